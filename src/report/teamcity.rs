//! TeamCity service messages: an inspection for each finding.

use super::{FileReport, Report, family, line};
use crate::finding::Severity;
use std::{
    collections::BTreeSet,
    io::{self, Write},
};

/// The report.
#[derive(Default)]
pub(super) struct TeamCity {
    /// The rules that the server has been told about.
    told: BTreeSet<String>,
}

impl Report for TeamCity {
    fn file(&mut self, out: &mut dyn Write, file: &FileReport) -> io::Result<()> {
        let path = value(&line::path(&file.path));
        for f in &file.findings {
            let rule = value(&line::shown(&f.rule));
            if self.told.insert(f.rule.to_string()) {
                let family = value(family(&f.rule));
                writeln!(
                    out,
                    "##teamcity[inspectionType id='{rule}' name='{rule}' category='{family}' description='tidyglot explain {rule}']"
                )?;
            }
            let severity = match f.severity {
                Severity::Error => "ERROR",
                Severity::Warning => "WARNING",
                Severity::Info => "INFO",
            };
            writeln!(
                out,
                "##teamcity[inspection typeId='{rule}' message='{}' file='{path}' line='{}' SEVERITY='{severity}']",
                value(&line::message(&f.message)),
                f.start.line
            )?;
        }
        Ok(())
    }
}

/// Escapes a value of a service message; what is not ASCII goes by its number.
fn value(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '|' | '\'' | '[' | ']' => out.extend(['|', c]),
            '\n' => out.push_str("|n"),
            '\r' => out.push_str("|r"),
            ' '..='~' => out.push(c),
            other => {
                let mut units = [0; 2];
                other.encode_utf16(&mut units).iter().for_each(|u| out.push_str(&format!("|0x{u:04X}")));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_escapes() {
        assert_eq!(value("a|'[b]\n\u{e9}"), "a||'|[b|]|n|0x00E9".replace("||'", "|||'"));
        assert_eq!(value("\u{1F600}"), "|0xD83D|0xDE00");
    }
}
