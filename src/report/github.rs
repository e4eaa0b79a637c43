//! GitHub workflow commands: one annotation a line for each finding.

use super::{FileReport, Report, line};
use crate::finding::Severity;
use std::io::{self, Write};

/// The report.
pub(super) struct GitHub;

impl Report for GitHub {
    fn file(&mut self, out: &mut dyn Write, file: &FileReport) -> io::Result<()> {
        let path = property(&line::path(&file.path));
        for f in &file.findings {
            let command = match f.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "notice",
            };
            write!(out, "::{command} file={path},line={},col={}", f.start.line, f.start.column)?;
            // GitHub takes an end column only on the line that the finding begins in.
            if f.end.line == f.start.line {
                write!(out, ",endColumn={}", f.end.column)?;
            } else {
                write!(out, ",endLine={}", f.end.line)?;
            }
            let rule = line::shown(&f.rule);
            writeln!(out, ",title={}::{}", property(&rule), data(&format!("[{rule}] {}", line::shown(&f.message))))?;
        }
        Ok(())
    }
}

/// Escapes the text of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_escapes() {
        assert_eq!(property("a%0A,b:c"), "a%250A%2Cb%3Ac");
        assert_eq!(data("50 %: a, b\r\n"), "50 %25: a, b%0D%0A");
    }
}
