//! Findings under the name of their file.

use super::{FileReport, Report, Style, count, full, line};
use std::io::{self, Write};

/// The report.
pub(super) struct Grouped {
    style: Style,
}

impl Grouped {
    pub(super) fn new(style: Style) -> Grouped {
        Grouped { style }
    }
}

impl Report for Grouped {
    fn file(&mut self, out: &mut dyn Write, file: &FileReport) -> io::Result<()> {
        if file.findings.is_empty() {
            return Ok(());
        }
        let path = full::paint(self.style.color, full::BOLD, &line::path(&file.path));
        writeln!(out, "{path} ({})", count(file.findings.len(), "finding"))?;
        let place = |f: &crate::finding::Located| format!("{}:{}", f.start.line, f.start.column);
        let wide = file.findings.iter().map(|f| place(f).len()).max().unwrap_or(0);
        for f in &file.findings {
            let severity = full::paint(self.style.color, full::color_of(f.severity), f.severity.as_str());
            let message = line::message(&f.message);
            writeln!(out, "  {:>wide$} {severity}[{}] {}", place(f), line::shown(&f.rule), line::isolated(&message))?;
        }
        writeln!(out)
    }
}
