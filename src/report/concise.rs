//! One line for each finding: `path:line:column: severity rule message`.

use super::{FileReport, Report, Skipped, Style, Totals};
use std::io::{self, Write};

/// The report.
pub(super) struct Concise;

impl Concise {
    pub(super) fn new(_style: Style) -> Concise {
        Concise
    }
}

impl Report for Concise {
    fn file(&mut self, out: &mut dyn Write, file: &FileReport) -> io::Result<()> {
        for f in &file.findings {
            writeln!(
                out,
                "{}:{}:{}: {} [{}] {}",
                file.path, f.start.line, f.start.column, f.severity, f.rule, f.message
            )?;
        }
        Ok(())
    }
    fn skipped(&mut self, _out: &mut dyn Write, _skipped: &Skipped) -> io::Result<()> {
        Ok(())
    }
    fn end(&mut self, _out: &mut dyn Write, _totals: &Totals) -> io::Result<()> {
        Ok(())
    }
}
