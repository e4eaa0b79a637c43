//! What a run works with: the engine, the settings, the arguments; and what it does with one file.

use super::{
    args::{CheckArgs, Common, FailOn},
    exit::{Exit, Trouble},
    guard::guarded,
};
use crate::{
    Document, Engine, Settings,
    catalog::Page,
    check::{self, Mention},
    finding::{Finding, Severity},
    input::{self, Entry, Origin, Problem},
    locate,
    region::Format,
    report::{FileReport, Totals, line},
    rules,
    text::{NotText, Options, Source},
};
use std::{io, path::Path};

/// An engine with the user's own rules, and the settings of the run.
pub(super) fn engine(common: &Common) -> Result<(Engine, Settings), Trouble> {
    let mut own = Vec::new();
    for file in &common.rule_files {
        let text = std::fs::read_to_string(file)
            .map_err(|e| Trouble::new(format!("{}: {}", line::path(file), input::reason(&e))))?;
        own.extend(rules::from_toml(file, &text).map_err(Trouble::new)?);
    }
    let engine = Engine::new(own).map_err(Trouble::new)?;
    let selection = engine.selection(&common.select, &common.ignore).map_err(Trouble::new)?;
    let settings =
        Settings { lang: common.lang.clone(), encoding: common.encoding.clone(), selection, ..Settings::default() };
    let options = Options { encoding: settings.encoding.as_deref(), ..Options::default() };
    if let Err(unknown @ NotText::UnknownEncoding { .. }) = Source::decode(b"", &options) {
        return Err(Trouble::new(unknown));
    }
    if common.threads > 0 {
        // Only the first pool of a process can be set; a second call in tests keeps the first.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(common.threads.min(256)).build_global();
    }
    Ok((engine, settings))
}

/// Status 1 when a finding is at or above `--fail-on`.
pub(super) fn status(fail_on: FailOn, totals: &Totals) -> Exit {
    let least = match fail_on {
        FailOn::Error => Severity::Error,
        FailOn::Warning => Severity::Warning,
        FailOn::Info => Severity::Info,
        FailOn::Never => return Exit::Clean,
    };
    if totals.reaches(least) { Exit::Findings } else { Exit::Clean }
}

/// What a run works with.
pub(super) struct Session {
    pub(super) engine: Engine,
    pub(super) settings: Settings,
    pub(super) max_file_size: u64,
    /// The rules that run.
    pub(super) pages: Vec<Page>,
    /// Whether checks of the whole set run.
    pub(super) sets: bool,
}

/// A file after its own checks.
pub(super) struct Checked {
    pub(super) report: FileReport,
    pub(super) mentions: Vec<Vec<Mention>>,
    /// Bytes of the file.
    pub(super) size: u64,
}

impl Session {
    pub(super) fn new(args: &CheckArgs) -> Result<Session, Trouble> {
        let (engine, settings) = engine(&args.common)?;
        let sets = check::sets().any(|c| settings.selection.allows(c.meta().name));
        let pages = engine.pages().iter().filter(|p| settings.selection.allows(&p.name)).cloned().collect();
        Ok(Session { engine, settings, max_file_size: args.max_file_size, pages, sets })
    }
    /// The bytes of a file of the run.
    pub(super) fn load(&self, entry: &Entry) -> Result<Vec<u8>, Problem> {
        match entry.origin {
            Origin::Stdin => input::read_from(io::stdin().lock(), 0, self.max_file_size),
            Origin::Named | Origin::Walked => input::read(&entry.path, self.max_file_size),
        }
    }
    /// Decodes a file and hands its document on. What is not text is left out; a panic is a fault of this program.
    pub(super) fn document<T>(
        &self,
        path: &Path,
        bytes: &[u8],
        then: impl FnOnce(&Document<'_>, &Settings) -> T,
    ) -> Result<T, Problem> {
        let settings = &self.settings;
        guarded(|| {
            let options = Options { encoding: settings.encoding.as_deref(), ..Options::default() };
            let source = Source::decode(bytes, &options).map_err(|e| match e {
                NotText::Binary { why } => Problem::Skipped(format!("binary: {why}")),
                other @ NotText::UnknownEncoding { .. } => Problem::Unreadable(other.to_string()),
            })?;
            let format = Format::detect(path, source.text());
            Ok(then(&Document::new(source, format), settings))
        })
        .unwrap_or_else(|fault| Err(Problem::Unreadable(fault)))
    }
    /// Checks one file's bytes.
    pub(super) fn check(&self, path: &Path, bytes: &[u8]) -> Result<Checked, Problem> {
        self.document(path, bytes, |doc, settings| {
            let found = self.engine.check(doc, settings);
            let mentions = if self.sets { self.engine.mentions(doc, settings) } else { Vec::new() };
            Checked { mentions, size: bytes.len() as u64, report: report(doc, settings, path, &found) }
        })
    }
    /// Findings of set checks with their places; none when the file is no longer what it was.
    pub(super) fn locate(&self, path: &Path, bytes: &[u8], found: &[Finding]) -> Vec<crate::finding::Located> {
        let located = self.document(path, bytes, |doc, _| {
            let text = doc.source.text();
            let spans = |f: &Finding| {
                let edits = f.fix.iter().flat_map(|fix| fix.edits.iter().map(|e| e.span));
                std::iter::once(f.span).chain(edits).all(|s| text.get(s.range()).is_some())
            };
            found.iter().filter(|f| spans(f)).map(|f| locate(doc, f)).collect()
        });
        located.unwrap_or_default()
    }
}

fn report(doc: &Document<'_>, settings: &Settings, path: &Path, found: &[Finding]) -> FileReport {
    FileReport {
        path: path.to_path_buf(),
        encoding: doc.source.encoding().clone(),
        language: settings.lang.clone().or_else(|| doc.facts.language(doc.prose()).map(str::to_owned)),
        findings: found.iter().map(|f| locate(doc, f)).collect(),
        fixed: None,
    }
}
