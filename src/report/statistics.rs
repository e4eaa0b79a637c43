//! Counts: by rule, by encoding, by language.

use super::{FileReport, Report, Totals, line};
use std::{
    collections::BTreeMap,
    io::{self, Write},
};

/// The report.
#[derive(Default)]
pub(super) struct Statistics {
    files: BTreeMap<String, usize>,
    fixable: BTreeMap<String, usize>,
}

impl Report for Statistics {
    fn file(&mut self, _out: &mut dyn Write, file: &FileReport) -> io::Result<()> {
        let mut rules: Vec<&str> = file.findings.iter().map(|f| &*f.rule).collect();
        for f in file.findings.iter().filter(|f| f.fix.is_some()) {
            *self.fixable.entry(f.rule.to_string()).or_default() += 1;
        }
        rules.sort_unstable();
        rules.dedup();
        for rule in rules {
            *self.files.entry(rule.to_owned()).or_default() += 1;
        }
        Ok(())
    }
    fn end(&mut self, out: &mut dyn Write, totals: &Totals) -> io::Result<()> {
        let of = |map: &BTreeMap<String, usize>, name: &str| map.get(name).copied().unwrap_or(0);
        writeln!(out, "findings  fixable  files  rule")?;
        let mut rules: Vec<_> = totals.rules.iter().collect();
        rules.sort_by_key(|(name, n)| (std::cmp::Reverse(**n), *name));
        for (rule, n) in rules {
            writeln!(out, "{n:8} {:8} {:6}  {}", of(&self.fixable, rule), of(&self.files, rule), line::shown(rule))?;
        }
        let fixable: usize = totals.fixable.iter().sum();
        writeln!(out, "{:8} {fixable:8} {:6}  all", totals.findings(), totals.files)?;
        for (what, map) in [("encoding", &totals.encodings), ("language", &totals.languages)] {
            writeln!(out, "\n   files  {what}")?;
            let mut list: Vec<_> = map.iter().collect();
            list.sort_by_key(|(name, n)| (std::cmp::Reverse(**n), *name));
            for (name, n) in list {
                writeln!(out, "{n:8}  {}", line::shown(name))?;
            }
        }
        Ok(())
    }
}
