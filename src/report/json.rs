//! `json`, one document, and `jsonl`, one object a line. The shapes are fixed: other programs rely on them.

use super::{FileReport, Report, Skipped, Totals};
use crate::finding::Located;
use serde_json::{Value, json};
use std::io::{self, Write};

/// One object a line, as soon as a file is done.
pub(super) struct Lines;

impl Report for Lines {
    fn file(&mut self, out: &mut dyn Write, file: &FileReport) -> io::Result<()> {
        for finding in &file.findings {
            let mut value = json!({"type": "finding", "path": file.path});
            merge(&mut value, of_finding(finding));
            writeln!(out, "{value}")?;
        }
        let mut value = json!({"type": "file"});
        merge(&mut value, of_file(file));
        writeln!(out, "{value}")
    }
    fn skipped(&mut self, out: &mut dyn Write, skipped: &Skipped) -> io::Result<()> {
        writeln!(out, "{}", json!({"type": "skipped", "path": skipped.path, "reason": skipped.reason}))
    }
    fn end(&mut self, out: &mut dyn Write, totals: &Totals) -> io::Result<()> {
        let mut value = json!({"type": "summary"});
        merge(&mut value, of_totals(totals));
        writeln!(out, "{value}")
    }
}

/// Everything in one document.
#[derive(Default)]
pub(super) struct Json {
    findings: Vec<Value>,
    files: Vec<Value>,
    skipped: Vec<Value>,
}

impl Report for Json {
    fn file(&mut self, _out: &mut dyn Write, file: &FileReport) -> io::Result<()> {
        for finding in &file.findings {
            let mut value = json!({"path": file.path});
            merge(&mut value, of_finding(finding));
            self.findings.push(value);
        }
        self.files.push(of_file(file));
        Ok(())
    }
    fn skipped(&mut self, _out: &mut dyn Write, skipped: &Skipped) -> io::Result<()> {
        self.skipped.push(json!({"path": skipped.path, "reason": skipped.reason}));
        Ok(())
    }
    fn end(&mut self, out: &mut dyn Write, totals: &Totals) -> io::Result<()> {
        let value = json!({
            "version": 1, "findings": self.findings, "files": self.files, "skipped": self.skipped,
            "summary": of_totals(totals),
        });
        serde_json::to_writer_pretty(&mut *out, &value)?;
        writeln!(out)
    }
}

/// A finding as it stands in every JSON output, without `type` and `path`.
pub fn of_finding(finding: &Located) -> Value {
    json!({
        "rule": finding.rule, "severity": finding.severity, "confidence": rounded(finding.confidence),
        "message": finding.message, "text": finding.text, "start": finding.start, "end": finding.end,
        "fix": finding.fix,
    })
}

fn of_file(file: &FileReport) -> Value {
    let e = &file.encoding;
    json!({
        "path": file.path,
        "encoding": {"name": e.name, "bom": e.bom, "confidence": rounded(e.confidence), "why": e.why},
        "language": file.language, "findings": file.findings.len(),
    })
}

fn of_totals(totals: &Totals) -> Value {
    let [info, warning, error] = totals.severity;
    json!({
        "files": totals.files, "skipped": totals.skipped,
        "findings": {"error": error, "warning": warning, "info": info},
    })
}

fn rounded(x: f32) -> f64 {
    (f64::from(x) * 1000.0).round() / 1000.0
}

fn merge(into: &mut Value, from: Value) {
    if let (Value::Object(into), Value::Object(from)) = (into, from) {
        into.extend(from);
    }
}
