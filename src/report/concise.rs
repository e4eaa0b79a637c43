//! One line for each finding: `path:line:column: severity[rule] message`.

use super::{FileReport, Report, Style, full::paint, line};
use std::io::{self, Write};

/// The report.
pub(super) struct Concise {
    style: Style,
}

impl Concise {
    pub(super) fn new(style: Style) -> Concise {
        Concise { style }
    }
}

impl Report for Concise {
    fn file(&mut self, out: &mut dyn Write, file: &FileReport) -> io::Result<()> {
        let path = line::path(&file.path);
        for f in &file.findings {
            let severity = paint(self.style.color, super::full::color_of(f.severity), f.severity.as_str());
            let message = line::message(&f.message);
            writeln!(
                out,
                "{path}:{}:{}: {severity}[{}] {}",
                f.start.line,
                f.start.column,
                line::shown(&f.rule),
                line::isolated(&message)
            )?;
        }
        Ok(())
    }
}
