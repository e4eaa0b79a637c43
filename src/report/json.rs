//! `json`, one document, and `jsonl`, one object a line. The shapes are fixed: other programs rely on them.

use super::{FileReport, Report, Skipped, Totals, escape};
use crate::finding::Located;
use serde_json::{Value, json};
use std::io::{self, Write};

/// One object a line, as soon as a file is done.
pub(super) struct Lines;

impl Report for Lines {
    fn file(&mut self, out: &mut dyn Write, file: &FileReport) -> io::Result<()> {
        let path = file.path.to_string_lossy();
        for finding in &file.findings {
            let mut value = json!({"type": "finding", "path": path});
            merge(&mut value, of_finding(finding));
            line(out, &value)?;
        }
        let mut value = json!({"type": "file"});
        merge(&mut value, of_file(file));
        line(out, &value)
    }
    fn skipped(&mut self, out: &mut dyn Write, skipped: &Skipped) -> io::Result<()> {
        let mut value = json!({"type": "skipped"});
        merge(&mut value, of_skipped(skipped));
        line(out, &value)
    }
    fn end(&mut self, out: &mut dyn Write, totals: &Totals) -> io::Result<()> {
        let mut value = json!({"type": "summary"});
        merge(&mut value, of_totals(totals));
        line(out, &value)
    }
}

fn line(out: &mut dyn Write, value: &Value) -> io::Result<()> {
    escape::write(out, value)?;
    out.write_all(b"\n")
}

/// Everything in one document. Findings are written as they come; only what is said about files is held.
#[derive(Default)]
pub(super) struct Json {
    findings: usize,
    files: Vec<Value>,
    skipped: Vec<Value>,
}

impl Report for Json {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"{\"version\":1,\n\"findings\":[")
    }
    fn file(&mut self, out: &mut dyn Write, file: &FileReport) -> io::Result<()> {
        let path = file.path.to_string_lossy();
        for finding in &file.findings {
            let mut value = json!({"path": path});
            merge(&mut value, of_finding(finding));
            out.write_all(if self.findings == 0 { b"\n" } else { b",\n" })?;
            escape::write(out, &value)?;
            self.findings += 1;
        }
        self.files.push(of_file(file));
        Ok(())
    }
    fn skipped(&mut self, _out: &mut dyn Write, skipped: &Skipped) -> io::Result<()> {
        self.skipped.push(of_skipped(skipped));
        Ok(())
    }
    fn end(&mut self, out: &mut dyn Write, totals: &Totals) -> io::Result<()> {
        out.write_all(b"\n]")?;
        for (name, list) in [("files", &self.files), ("skipped", &self.skipped)] {
            write!(out, ",\n\"{name}\":[")?;
            for (number, value) in list.iter().enumerate() {
                out.write_all(if number == 0 { b"\n" } else { b",\n" })?;
                escape::write(out, value)?;
            }
            out.write_all(b"\n]")?;
        }
        out.write_all(b",\n\"summary\":")?;
        escape::write(out, &of_totals(totals))?;
        out.write_all(b"}\n")
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
    let mut value = json!({
        "path": file.path.to_string_lossy(),
        "encoding": {"name": e.name, "bom": e.bom, "confidence": rounded(e.confidence), "why": e.why},
        "language": file.language, "format": file.format, "findings": file.findings.len(),
    });
    if let Some(fixed) = file.fixed {
        merge(&mut value, json!({"fixed": fixed}));
    }
    value
}

fn of_skipped(skipped: &Skipped) -> Value {
    json!({"path": skipped.path.to_string_lossy(), "reason": skipped.reason})
}

fn of_totals(totals: &Totals) -> Value {
    let [info, warning, error] = totals.severity;
    let mut value = json!({
        "files": totals.files, "skipped": totals.skipped,
        "findings": {"error": error, "warning": warning, "info": info},
    });
    if let Some(fixed) = totals.fixed {
        merge(&mut value, json!({"fixed": fixed}));
    }
    value
}

fn rounded(x: f32) -> f64 {
    (f64::from(x) * 1000.0).round() / 1000.0
}

fn merge(into: &mut Value, from: Value) {
    if let (Value::Object(into), Value::Object(from)) = (into, from) {
        into.extend(from);
    }
}
