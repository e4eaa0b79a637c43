//! Brings together what each file shows and what only the whole set shows, and hands it on in the order of paths.
//!
//! Without checks of the set every file is handed on at once. With them, findings wait for the end of the run; where
//! they would take too much memory they are dropped and found again at the end.

use super::{
    exit::{Trouble, say},
    files::in_order,
    session::{Checked, Session},
};
use crate::{
    check::Mention,
    finding::Finding,
    input::{Entry, Origin, Problem},
    report::{FileReport, Skipped, line},
};
use std::{collections::BTreeMap, path::PathBuf};

/// Bytes that waiting findings may take, roughly.
const WAITING: usize = 256 << 20;

/// A file, done.
pub(super) enum Item {
    File { report: FileReport, size: u64 },
    Skipped(Skipped),
}

enum Waiting {
    Report {
        report: FileReport,
        size: u64,
    },
    /// Dropped for want of memory; how many fixes were applied is all that is kept.
    Again {
        fixed: Option<usize>,
    },
    Skipped(Skipped),
}

/// Collects the files of a run.
pub(super) struct Gather<'s, F: FnMut(Item) -> Result<(), Trouble>> {
    session: &'s Session,
    emit: F,
    waiting: Vec<(Entry, Waiting)>,
    mentions: Vec<Vec<Vec<Mention>>>,
    /// Standard input, which cannot be read twice.
    stdin: Option<Vec<u8>>,
    cost: usize,
    /// Whether a file could not be read.
    pub(super) failed: bool,
}

impl<'s, F: FnMut(Item) -> Result<(), Trouble>> Gather<'s, F> {
    pub(super) fn new(session: &'s Session, emit: F) -> Self {
        let (waiting, mentions) = (Vec::new(), Vec::new());
        Gather { session, emit, waiting, mentions, stdin: None, cost: 0, failed: false }
    }
    /// Keeps what standard input held.
    pub(super) fn keep_stdin(&mut self, bytes: Vec<u8>) {
        if self.session.sets {
            self.stdin = Some(bytes);
        }
    }
    /// Adds a file. `entry` is where its text can be read again.
    pub(super) fn add(&mut self, entry: &Entry, done: Result<Checked, Problem>) -> Result<(), Trouble> {
        let checked = match done {
            Ok(checked) => checked,
            Err(Problem::Skipped(reason)) => return self.skip(entry, reason),
            Err(Problem::Unreadable(why)) => {
                say(&format!("{}: {why}", line::path(&entry.path)));
                self.failed = true;
                return self.skip(entry, format!("unreadable: {why}"));
            }
        };
        let Checked { report, mentions, size } = checked;
        if !self.session.sets {
            return (self.emit)(Item::File { report, size });
        }
        self.cost += cost(&report);
        let kept = if self.cost > WAITING && entry.origin != Origin::Stdin {
            Waiting::Again { fixed: report.fixed }
        } else {
            Waiting::Report { report, size }
        };
        self.waiting.push((entry.clone(), kept));
        self.mentions.push(mentions);
        Ok(())
    }
    /// Adds a file that is left out.
    pub(super) fn skip(&mut self, entry: &Entry, reason: String) -> Result<(), Trouble> {
        let skipped = Skipped { path: entry.path.clone(), reason };
        if !self.session.sets {
            return (self.emit)(Item::Skipped(skipped));
        }
        self.waiting.push((entry.clone(), Waiting::Skipped(skipped)));
        self.mentions.push(Vec::new());
        Ok(())
    }
    /// Adds what the set shows and hands on what waited. Says whether a file could not be read.
    pub(super) fn finish(mut self) -> Result<bool, Trouble> {
        let session = self.session;
        let of_set = by_document(session.engine.compare(std::mem::take(&mut self.mentions)));
        let (entries, waiting): (Vec<Entry>, Vec<Waiting>) = std::mem::take(&mut self.waiting).into_iter().unzip();
        let stdin = self.stdin.as_deref();
        let again = |number: usize, entry: &Entry| -> (Option<Result<Checked, Problem>>, Vec<_>) {
            let found = of_set.get(&number);
            let redo = matches!(waiting.get(number), Some(Waiting::Again { .. }));
            if found.is_none() && !redo {
                return (None, Vec::new());
            }
            let loaded;
            let bytes = match (entry.origin, stdin) {
                (Origin::Stdin, Some(bytes)) => bytes,
                (Origin::Stdin, None) => return (None, Vec::new()),
                _ => match session.load(entry) {
                    Ok(bytes) => {
                        loaded = bytes;
                        &loaded
                    }
                    Err(problem) => return (redo.then_some(Err(problem)), Vec::new()),
                },
            };
            let more = found.map(|f| session.locate(&entry.path, bytes, f)).unwrap_or_default();
            (redo.then(|| session.check(&entry.path, bytes)), more)
        };
        let mut failed = self.failed;
        let emit = &mut self.emit;
        in_order(&entries, again, |number, (redone, more)| {
            let item = match (waiting.get(number), redone) {
                (Some(Waiting::Report { report, size }), _) => Item::File { report: report.clone(), size: *size },
                (Some(Waiting::Again { fixed }), Some(Ok(checked))) => {
                    Item::File { report: FileReport { fixed: *fixed, ..checked.report }, size: checked.size }
                }
                (Some(Waiting::Again { .. }), Some(Err(problem))) => {
                    let (Problem::Skipped(reason) | Problem::Unreadable(reason)) = problem;
                    failed = true;
                    Item::Skipped(Skipped { path: path(&entries, number), reason })
                }
                (Some(Waiting::Skipped(skipped)), _) => Item::Skipped(skipped.clone()),
                _ => return Ok(()),
            };
            emit(match item {
                Item::File { mut report, size } => {
                    // What the file shows by itself is not said twice; the stronger of both is said.
                    let own = report.findings.len();
                    for finding in more {
                        let same = |f: &crate::finding::Located| f.start == finding.start && f.end == finding.end;
                        match report.findings[..own].iter().position(same) {
                            None => report.findings.push(finding),
                            // A suggestion is not given up for a finding that has none.
                            Some(at)
                                if report.findings[at].severity < finding.severity
                                    && (report.findings[at].fix.is_none() || finding.fix.is_some()) =>
                            {
                                report.findings[at] = finding;
                            }
                            Some(_) => {}
                        }
                    }
                    report.findings.sort_by(|a, b| (a.start, a.end, &a.rule).cmp(&(b.start, b.end, &b.rule)));
                    Item::File { report, size }
                }
                skipped => skipped,
            })
        })?;
        Ok(failed)
    }
}

fn path(entries: &[Entry], number: usize) -> PathBuf {
    entries.get(number).map(|e| e.path.clone()).unwrap_or_default()
}

/// Bytes that a report takes, roughly.
fn cost(report: &FileReport) -> usize {
    let of_finding = |f: &crate::finding::Located| {
        let fix: usize = f.fix.iter().flat_map(|x| x.edits.iter().map(|e| e.text.len() + 64)).sum();
        let fixed = f.excerpt.fixed.as_ref().map_or(0, String::len);
        400 + f.message.len() + f.text.len() + f.excerpt.text.len() + fixed + fix
    };
    300 + report.text.as_ref().map_or(0, String::len) + report.findings.iter().map(of_finding).sum::<usize>()
}

/// Findings of set checks, by the number of their document.
pub(super) fn by_document(found: Vec<(usize, Finding)>) -> BTreeMap<usize, Vec<Finding>> {
    let mut groups: BTreeMap<usize, Vec<Finding>> = BTreeMap::new();
    for (number, finding) in found {
        groups.entry(number).or_default().push(finding);
    }
    groups
}
