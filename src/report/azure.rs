//! Azure Pipelines logging commands: one line for each finding.

use super::{FileReport, Report, line};
use crate::finding::Severity;
use std::io::{self, Write};

/// The report.
pub(super) struct Azure;

impl Report for Azure {
    fn file(&mut self, out: &mut dyn Write, file: &FileReport) -> io::Result<()> {
        let path = property(&line::path(&file.path));
        for f in &file.findings {
            // Azure knows errors and warnings only.
            let kind = if f.severity == Severity::Error { "error" } else { "warning" };
            writeln!(
                out,
                "##vso[task.logissue type={kind};sourcepath={path};linenumber={};columnnumber={};code={};]{}",
                f.start.line,
                f.start.column,
                property(&line::shown(&f.rule)),
                data(&line::message(&f.message))
            )?;
        }
        Ok(())
    }
}

/// Escapes the text of a command.
fn data(text: &str) -> String {
    text.replace('%', "%AZP25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a command.
fn property(text: &str) -> String {
    data(text).replace(';', "%3B").replace(']', "%5D")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_escapes() {
        assert_eq!(property("a;b]c%\n"), "a%3Bb%5Dc%AZP25%0A");
    }
}
