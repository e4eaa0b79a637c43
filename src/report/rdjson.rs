//! Reviewdog's diagnostic format, as one JSON document. Its columns count bytes of the line in UTF-8.

use super::{FileReport, Report, Totals, escape, line};
use crate::{
    finding::{Located, Severity},
    text::Position,
};
use serde_json::{Value, json};
use std::io::{self, Write};

/// The report.
#[derive(Default)]
pub(super) struct Rdjson {
    written: usize,
}

impl Report for Rdjson {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"{\"source\":{\"name\":\"tidyglot\"},\"diagnostics\":[")
    }
    fn file(&mut self, out: &mut dyn Write, file: &FileReport) -> io::Result<()> {
        let path = file.path.to_string_lossy();
        for f in &file.findings {
            let severity = match f.severity {
                Severity::Error => "ERROR",
                Severity::Warning => "WARNING",
                Severity::Info => "INFO",
            };
            let mut value = json!({
                "message": line::message(&f.message),
                "location": {"path": path, "range": range(f, f.start, f.end)},
                "severity": severity, "code": {"value": f.rule},
            });
            let all: Option<Vec<Value>> = f.fix.as_ref().map(|fix| {
                fix.edits.iter().map(|e| json!({"range": range(f, e.start, e.end), "text": e.text})).collect()
            });
            if let (Value::Object(map), Some(all)) = (&mut value, all) {
                map.insert("suggestions".into(), all.into());
            }
            out.write_all(if self.written == 0 { b"\n" } else { b",\n" })?;
            escape::write(out, &value)?;
            self.written += 1;
        }
        Ok(())
    }
    fn end(&mut self, out: &mut dyn Write, _totals: &Totals) -> io::Result<()> {
        out.write_all(b"\n]}\n")
    }
}

/// A range whose columns count bytes, where the excerpt shows the line from its start; without columns elsewhere, so
/// that no column is wrong.
fn range(f: &Located, start: Position, end: Position) -> Value {
    match (byte_column(f, start), byte_column(f, end)) {
        (Some(a), Some(b)) => {
            json!({"start": {"line": start.line, "column": a}, "end": {"line": end.line, "column": b}})
        }
        _ => json!({"start": {"line": start.line}, "end": {"line": end.line}}),
    }
}

fn byte_column(f: &Located, at: Position) -> Option<usize> {
    let before = at.column.checked_sub(1)? as usize;
    if f.excerpt.cut_before || at.line != f.start.line {
        return (before == 0).then_some(1);
    }
    let line = f.excerpt.text.split('\n').next().unwrap_or_default();
    let mut chars = line.chars();
    let bytes: usize = chars.by_ref().take(before).map(char::len_utf8).sum();
    (line.chars().count() >= before).then_some(bytes + 1)
}
