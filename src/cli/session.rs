//! What a run works with: the engine, the settings, the arguments; and what it does with one file.

use super::{
    args::{self, CheckArgs, Common},
    configs::Configs,
    exit::{Exit, Trouble},
    files,
    guard::guarded,
    lines,
};
use crate::{
    Document, Engine, Settings,
    catalog::Page,
    check::{self, Mention},
    config::FailOn,
    finding::{Finding, Located, Severity},
    input::{self, Entry, Origin, Problem},
    locate,
    region::Format,
    report::{self, FileReport, Totals, line},
    rules,
    suppress::inline,
    text::{NotText, Options, Source},
};
use std::{
    io,
    path::{Path, PathBuf},
};

/// Files of more bytes are left out, unless the user says otherwise.
const MAX_FILE_SIZE: u64 = 512 << 20;

/// Texts of more bytes are not shown whole; nobody reads them on a page.
const SHOWN: usize = 2 << 20;

/// An engine with the user's own rules.
pub(super) fn engine(common: &Common, configs: &Configs) -> Result<Engine, Trouble> {
    let engine = with_rules(configs.run.rules().iter().chain(&common.rule_files))?;
    // The names on the command line first: their message is the shorter one.
    engine.selection(&common.select, &common.ignore).map_err(Trouble::new)?;
    if common.threads > 0 {
        // Only the first pool of a process can be set; a second call in tests keeps the first.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(common.threads.min(256)).build_global();
    }
    Ok(engine)
}

/// An engine with the rules of these files.
pub(super) fn with_rules<'f>(files: impl IntoIterator<Item = &'f PathBuf>) -> Result<Engine, Trouble> {
    let mut own = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(file)
            .map_err(|e| Trouble::new(format!("{}: {}", line::path(file), input::reason(&e))))?;
        own.extend(rules::from_toml(file, &text).map_err(Trouble::new)?);
    }
    Engine::new(own).map_err(Trouble::new)
}

/// What a run works with.
pub(super) struct Session {
    pub(super) engine: Engine,
    pub(super) configs: Configs,
    pub(super) max_file_size: u64,
    /// The rules that run.
    pub(super) pages: Vec<Page>,
    /// Whether checks of the whole set run.
    pub(super) sets: bool,
    /// Whether a report shows whole texts.
    pub(super) keep_text: bool,
    /// Whether files are read as they are staged in git.
    pub(super) staged: bool,
    fail_on: FailOn,
    max_warnings: Option<usize>,
    exit_zero: bool,
}

/// A file after its own checks.
pub(super) struct Checked {
    pub(super) report: FileReport,
    pub(super) mentions: Vec<Vec<Mention>>,
    /// Bytes of the file.
    pub(super) size: u64,
}

impl Session {
    /// Reads the configuration that holds for these paths.
    pub(super) fn new(args: &CheckArgs, paths: &[PathBuf]) -> Result<Session, Trouble> {
        let configs = Configs::new(&args.common, &files::common_folder(paths), &args.exclude)?;
        let engine = engine(&args.common, &configs)?;
        let run = &configs.run;
        let max_file_size = match (args.max_file_size, run.max_file_size()) {
            (Some(size), _) => size,
            (None, Some(text)) => args::size(text).map_err(|e| Trouble::new(format!("max-file-size: {e}")))?,
            (None, None) => MAX_FILE_SIZE,
        };
        let settings = configs.plain();
        let sets = check::sets().any(|c| engine.runs(c.meta().name, settings));
        let pages = engine.pages().iter().filter(|p| engine.runs(&p.name, settings)).cloned().collect();
        let fail_on = args.fail_on.or(run.fail_on()).unwrap_or(FailOn::Warning);
        let max_warnings = args.max_warnings.or(run.max_warnings());
        let formats = args.common.output.iter().filter_map(|o| o.split_once('=')).map(|(format, _)| format);
        let keep_text = formats.chain(args.format.as_deref()).any(report::needs_text);
        Ok(Session {
            keep_text,
            staged: false,
            engine,
            max_file_size,
            pages,
            sets,
            fail_on,
            max_warnings,
            exit_zero: args.exit_zero,
            configs,
        })
    }
    /// Reads the configuration of every file of the run; an error in one stops it.
    pub(super) fn prepare(&mut self, entries: &[Entry]) -> Result<(), Trouble> {
        self.configs.prepare(entries, &self.engine)?;
        let labels: std::collections::BTreeSet<Option<String>> =
            entries.iter().filter(|e| e.skip.is_none()).map(|e| self.configs.of(&e.path).encoding.clone()).collect();
        for label in labels.iter().flatten() {
            known_encoding(label)?;
        }
        Ok(())
    }
    /// The exit status of a run that did all it was asked.
    pub(super) fn status(&self, totals: &Totals) -> Exit {
        let least = match self.fail_on {
            FailOn::Error => Some(Severity::Error),
            FailOn::Warning => Some(Severity::Warning),
            FailOn::Info => Some(Severity::Info),
            FailOn::Never => None,
        };
        let [_, warnings, errors] = totals.severity;
        // A number of warnings that is let through takes warnings out of what fails by itself.
        let fails = match (least, self.max_warnings) {
            (Some(Severity::Warning), Some(most)) => errors > 0 || warnings > most,
            (least, most) => least.is_some_and(|l| totals.reaches(l)) || most.is_some_and(|m| warnings > m),
        };
        if fails && !self.exit_zero { Exit::Findings } else { Exit::Clean }
    }
    /// The bytes of a file of the run.
    pub(super) fn load(&self, entry: &Entry) -> Result<Vec<u8>, Problem> {
        if self.staged && entry.origin != Origin::Stdin {
            return match lines::staged(&entry.path) {
                Ok(Some(bytes)) => input::read_from(&bytes[..], bytes.len() as u64, self.max_file_size),
                Ok(None) => Err(Problem::Skipped("not staged: git has no such file".into())),
                Err(Trouble::Said(why)) => Err(Problem::Unreadable(why)),
                Err(Trouble::Output(e)) => Err(Problem::Unreadable(input::reason(&e))),
            };
        }
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
        self.document_in(None, path, bytes, then)
    }
    /// As [`Session::document`], in an encoding that is known already.
    pub(super) fn document_in<T>(
        &self,
        encoding: Option<&str>,
        path: &Path,
        bytes: &[u8],
        then: impl FnOnce(&Document<'_>, &Settings) -> T,
    ) -> Result<T, Problem> {
        self.made(path, then, |settings| {
            let options = Options { encoding: encoding.or(settings.encoding.as_deref()), ..Options::default() };
            Source::decode(bytes, &options).map_err(|e| match e {
                NotText::Binary { why } => Problem::Skipped(format!("binary: {why}")),
                other @ NotText::UnknownEncoding { .. } => Problem::Unreadable(other.to_string()),
            })
        })
    }
    fn made<'b, T>(
        &self,
        path: &Path,
        then: impl FnOnce(&Document<'_>, &Settings) -> T,
        source: impl FnOnce(&Settings) -> Result<Source<'b>, Problem>,
    ) -> Result<T, Problem> {
        let settings = self.configs.of(path);
        guarded(|| {
            let source = source(&settings)?;
            let format = settings.format.unwrap_or_else(|| Format::detect(path, source.text()));
            Ok(then(&Document::new(source, format), &settings))
        })
        .unwrap_or_else(|fault| Err(Problem::Unreadable(fault)))
    }
    /// Checks one file's bytes.
    pub(super) fn check(&self, path: &Path, bytes: &[u8]) -> Result<Checked, Problem> {
        self.check_in(None, path, bytes)
    }
    /// As [`Session::check`], in an encoding that is known already.
    pub(super) fn check_in(&self, encoding: Option<&str>, path: &Path, bytes: &[u8]) -> Result<Checked, Problem> {
        self.document_in(encoding, path, bytes, |doc, settings| self.checked(doc, settings, path, bytes.len()))
    }
    fn checked(&self, doc: &Document<'_>, settings: &Settings, path: &Path, size: usize) -> Checked {
        let found = self.engine.check(doc, settings);
        let mentions = if self.sets { self.engine.mentions(doc, settings) } else { Vec::new() };
        let mut report = file_report(doc, settings, path, &found);
        if self.keep_text && doc.source.text().len() <= SHOWN {
            report.text = Some(doc.source.text().to_owned());
        }
        Checked { mentions, size: size as u64, report }
    }
    /// Checks a text that is decoded already: what an editor holds.
    #[cfg(feature = "lsp")]
    pub(super) fn check_text(&self, path: &Path, text: &str) -> Result<Checked, Problem> {
        self.made(path, |doc, s| self.checked(doc, s, path, text.len()), |_| Ok(Source::from_str(text)))
    }
    /// A text that is decoded already, with its safe fixes.
    #[cfg(feature = "lsp")]
    pub(super) fn clean_text(&self, path: &Path, text: &str) -> Result<String, Problem> {
        let clean = |doc: &Document<'_>, settings: &Settings| {
            let found = self.engine.check(doc, settings);
            String::from_utf8(self.engine.clean(doc, &found, settings, false).bytes).unwrap_or_else(|_| text.to_owned())
        };
        self.made(path, clean, |_| Ok(Source::from_str(text)))
    }
    /// What a document shows by itself and in the set, sorted.
    pub(super) fn found(&self, doc: &Document<'_>, settings: &Settings, of_set: Option<&Vec<Finding>>) -> Vec<Finding> {
        let mut found = self.engine.check(doc, settings);
        found.extend(self.of_set(doc, settings, of_set.map_or(&[], Vec::as_slice)));
        found.sort_by_key(|f| f.span);
        found
    }
    /// Those findings of set checks that hold for this document: not silenced, and of the text as it is now.
    pub(super) fn of_set(&self, doc: &Document<'_>, settings: &Settings, found: &[Finding]) -> Vec<Finding> {
        let text = doc.source.text();
        let fits = |f: &&Finding| {
            let edits = f.fix.iter().flat_map(|fix| fix.edits.iter().map(|e| e.span));
            std::iter::once(f.span).chain(edits).all(|s| text.get(s.range()).is_some())
        };
        let silent = |f: &&Finding| settings.inline && inline::silences(doc, f, &self.engine.names());
        let wanted = |f: &&Finding| self.engine.runs(&f.rule, settings);
        let mut kept: Vec<Finding> = found.iter().filter(fits).filter(wanted).filter(|f| !silent(f)).cloned().collect();
        settings.grade(&mut kept);
        kept
    }
    /// Findings of set checks with their places.
    pub(super) fn locate(&self, path: &Path, bytes: &[u8], found: &[Finding]) -> Vec<Located> {
        let located = self.document(path, bytes, |doc, settings| {
            self.of_set(doc, settings, found).iter().map(|f| locate(doc, f)).collect()
        });
        located.unwrap_or_default()
    }
}

/// Whether there is an encoding of that name.
pub(super) fn known_encoding(label: &str) -> Result<(), Trouble> {
    let options = Options { encoding: Some(label), ..Options::default() };
    match Source::decode(b"", &options) {
        Err(unknown @ NotText::UnknownEncoding { .. }) => Err(Trouble::new(unknown)),
        _ => Ok(()),
    }
}

fn file_report(doc: &Document<'_>, settings: &Settings, path: &Path, found: &[Finding]) -> FileReport {
    FileReport {
        path: path.to_path_buf(),
        encoding: doc.source.encoding().clone(),
        language: settings.lang.clone().or_else(|| doc.facts.language(doc.prose()).map(str::to_owned)),
        format: doc.format.as_str(),
        findings: found.iter().map(|f| locate(doc, f)).collect(),
        fixed: None,
        text: None,
    }
}
