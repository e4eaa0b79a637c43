//! JUnit XML: a test suite for each file, a failed test for each finding.

use super::{FileReport, Report, Skipped, Totals, line, xml};
use crate::finding::Severity;
use std::io::{self, Write};

/// The report. The counts stand before the suites, so they are held until the end.
#[derive(Default)]
pub(super) struct Junit {
    suites: Vec<u8>,
    tests: usize,
    failures: usize,
    skipped: usize,
}

impl Report for Junit {
    fn file(&mut self, _out: &mut dyn Write, file: &FileReport) -> io::Result<()> {
        let path = xml::markup(&line::path(&file.path));
        let out = &mut self.suites;
        let tests = file.findings.len().max(1);
        // Information is no failure.
        let failures = file.findings.iter().filter(|f| f.severity > Severity::Info).count();
        writeln!(
            out,
            "  <testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\">"
        )?;
        if file.findings.is_empty() {
            writeln!(out, "    <testcase name=\"tidyglot\" classname=\"{path}\"/>")?;
        }
        for f in &file.findings {
            let rule = xml::escape(&f.rule);
            let (row, column) = (f.start.line, f.start.column);
            let message = xml::markup(&line::message(&f.message));
            writeln!(out, "    <testcase name=\"{rule}:{row}:{column}\" classname=\"{path}\">")?;
            if f.severity > Severity::Info {
                writeln!(
                    out,
                    "      <failure type=\"{}\" message=\"{message}\">line {row}, column {column}: {message}</failure>",
                    f.severity
                )?;
            } else {
                writeln!(out, "      <system-out>line {row}, column {column}: {message}</system-out>")?;
            }
            writeln!(out, "    </testcase>")?;
        }
        writeln!(out, "  </testsuite>")?;
        self.tests += tests;
        self.failures += failures;
        Ok(())
    }
    fn skipped(&mut self, _out: &mut dyn Write, skipped: &Skipped) -> io::Result<()> {
        let path = xml::markup(&line::path(&skipped.path));
        let reason = xml::escape(&skipped.reason);
        self.tests += 1;
        self.skipped += 1;
        writeln!(
            self.suites,
            "  <testsuite name=\"{path}\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"1\">\n    <testcase name=\"tidyglot\" classname=\"{path}\"><skipped message=\"{reason}\"/></testcase>\n  </testsuite>"
        )
    }
    fn end(&mut self, out: &mut dyn Write, _totals: &Totals) -> io::Result<()> {
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        writeln!(
            out,
            "<testsuites name=\"tidyglot\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\">",
            self.tests, self.failures, self.skipped
        )?;
        out.write_all(&self.suites)?;
        writeln!(out, "</testsuites>")
    }
}
