//! Checkstyle XML.

use super::{FileReport, Report, Totals, line, xml};
use std::io::{self, Write};

/// The report.
pub(super) struct Checkstyle;

impl Report for Checkstyle {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">")
    }
    fn file(&mut self, out: &mut dyn Write, file: &FileReport) -> io::Result<()> {
        if file.findings.is_empty() {
            return Ok(());
        }
        writeln!(out, "  <file name=\"{}\">", xml::markup(&line::path(&file.path)))?;
        for f in &file.findings {
            writeln!(
                out,
                "    <error line=\"{}\" column=\"{}\" severity=\"{}\" message=\"{}\" source=\"tidyglot.{}\"/>",
                f.start.line,
                f.start.column,
                f.severity,
                xml::markup(&line::message(&f.message)),
                xml::escape(&f.rule)
            )?;
        }
        writeln!(out, "  </file>")
    }
    fn end(&mut self, out: &mut dyn Write, _totals: &Totals) -> io::Result<()> {
        writeln!(out, "</checkstyle>")
    }
}
