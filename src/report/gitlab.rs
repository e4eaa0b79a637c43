//! GitLab code quality: one JSON list.

use super::{FileReport, Report, Totals, escape, fingerprint, line};
use crate::finding::Severity;
use serde_json::json;
use std::{
    collections::BTreeMap,
    io::{self, Write},
};

/// The report.
#[derive(Default)]
pub(super) struct GitLab {
    written: usize,
    seen: BTreeMap<String, usize>,
}

impl Report for GitLab {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"[")
    }
    fn file(&mut self, out: &mut dyn Write, file: &FileReport) -> io::Result<()> {
        let path = file.path.to_string_lossy().replace('\\', "/");
        let path = path.strip_prefix("./").unwrap_or(&path);
        for f in &file.findings {
            // GitLab shows only one of several entries with the same fingerprint.
            let print = fingerprint(f);
            let number = self.seen.entry(print.clone()).or_default();
            *number += 1;
            let severity = match f.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Info => "info",
            };
            let value = json!({
                "description": line::message(&f.message), "check_name": f.rule, "severity": severity,
                "fingerprint": format!("{print}{number:04x}"),
                "location": {"path": path, "lines": {"begin": f.start.line, "end": f.end.line}},
            });
            out.write_all(if self.written == 0 { b"\n" } else { b",\n" })?;
            escape::write(out, &value)?;
            self.written += 1;
        }
        Ok(())
    }
    fn end(&mut self, out: &mut dyn Write, _totals: &Totals) -> io::Result<()> {
        out.write_all(b"\n]\n")
    }
}
