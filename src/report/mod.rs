//! One file for each output format. Reports know nothing about checking.

mod concise;
pub mod json;

use crate::{
    finding::{Located, Severity},
    text::EncodingInfo,
};
use std::{
    collections::BTreeMap,
    io::{self, Write},
};

/// What was found in one file.
#[derive(Clone, Debug)]
pub struct FileReport {
    /// The path as it is shown.
    pub path: String,
    /// What the file is written in.
    pub encoding: EncodingInfo,
    /// The language of most of it.
    pub language: Option<String>,
    /// The findings in order.
    pub findings: Vec<Located>,
}

/// A file that was not scanned.
#[derive(Clone, Debug)]
pub struct Skipped {
    /// The path as it is shown.
    pub path: String,
    /// Why, in a few words.
    pub reason: String,
}

/// Sums over the run.
#[derive(Clone, Debug, Default)]
pub struct Totals {
    /// Files scanned.
    pub files: usize,
    /// Files not scanned.
    pub skipped: usize,
    /// Findings by severity: info, warning, error.
    pub severity: [usize; 3],
    /// Findings by family.
    pub families: BTreeMap<String, usize>,
    /// Files by encoding.
    pub encodings: BTreeMap<String, usize>,
    /// Findings with a safe fix, and with a suggested one.
    pub fixable: [usize; 2],
}

impl Totals {
    /// Adds a file.
    pub fn add(&mut self, file: &FileReport) {
        self.files += 1;
        *self.encodings.entry(file.encoding.name.to_string()).or_default() += 1;
        for finding in &file.findings {
            self.severity[finding.severity as usize] += 1;
            *self.families.entry(finding.rule.split('/').next().unwrap_or_default().to_owned()).or_default() += 1;
            if let Some(fix) = &finding.fix {
                self.fixable[fix.safety as usize] += 1;
            }
        }
    }
    /// Whether a finding is at or above a severity.
    pub fn reaches(&self, severity: Severity) -> bool {
        self.severity[severity as usize..].iter().any(|n| *n > 0)
    }
}

/// How a report is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Whether colours are used.
    pub color: bool,
    /// Columns of the terminal.
    pub width: usize,
}

/// An output format. Called in the order of paths, from one thread.
pub trait Report {
    /// Before the first file.
    fn begin(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
    /// A file that was scanned.
    fn file(&mut self, out: &mut dyn Write, file: &FileReport) -> io::Result<()>;
    /// A file that was not.
    fn skipped(&mut self, out: &mut dyn Write, skipped: &Skipped) -> io::Result<()>;
    /// After the last file.
    fn end(&mut self, out: &mut dyn Write, totals: &Totals) -> io::Result<()>;
}

/// The output formats by name.
pub const FORMATS: &[&str] = &["concise", "jsonl", "json"];

/// The report of that name; `None` for an unknown one.
pub fn by_name(name: &str, style: Style) -> Option<Box<dyn Report>> {
    Some(match name {
        "concise" => Box::new(concise::Concise::new(style)),
        "jsonl" => Box::new(json::Lines),
        "json" => Box::new(json::Json::default()),
        _ => return None,
    })
}
