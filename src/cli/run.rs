//! What `check` and `fix` share: the engine from the arguments, and the walk over all files, in parallel and in order.

use super::{
    args::{CheckArgs, Common, FailOn, When},
    exit::{Exit, Trouble, say},
};
use crate::{
    Document, Engine, Settings,
    check::Mention,
    finding::{Finding, Severity},
    input::{self, Entry},
    locate,
    region::Format,
    report::{FileReport, Skipped, Style, Totals},
    rules,
    text::{Options, Source},
};
use rayon::prelude::*;
use std::{
    fs::File,
    io::{self, BufWriter, IsTerminal, Read, Write},
    path::{Path, PathBuf},
};

/// An engine and the settings of the run.
pub(super) fn engine(common: &Common) -> Result<(Engine, Settings), Trouble> {
    let mut own = Vec::new();
    for file in &common.rule_files {
        let text = std::fs::read_to_string(file)
            .map_err(|e| Trouble::new(format!("{}: {}", file.display(), input::reason(&e))))?;
        own.extend(rules::from_toml(file, &text).map_err(Trouble::new)?);
    }
    let engine = Engine::new(own).map_err(Trouble::new)?;
    let selection = engine.selection(&common.select, &common.ignore).map_err(Trouble::new)?;
    let settings =
        Settings { lang: common.lang.clone(), encoding: common.encoding.clone(), selection, ..Settings::default() };
    if common.threads > 0 {
        // Only the first pool of a process can be set; a second call in tests keeps the first.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(common.threads).build_global();
    }
    Ok((engine, settings))
}

/// The output: a file, or standard output, buffered.
pub(super) fn output(common: &Common) -> Result<Box<dyn Write>, Trouble> {
    Ok(match &common.output {
        Some(path) => {
            let file =
                File::create(path).map_err(|e| Trouble::new(format!("{}: {}", path.display(), input::reason(&e))))?;
            Box::new(BufWriter::new(file))
        }
        None => Box::new(BufWriter::new(io::stdout().lock())),
    })
}

/// Colours and width, from the arguments, the environment and the terminal.
pub(super) fn style(common: &Common) -> Style {
    let set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
    let color = match common.color {
        When::Always => true,
        When::Never => false,
        When::Auto if set("NO_COLOR") => false,
        When::Auto if set("FORCE_COLOR") || set("CLICOLOR_FORCE") => true,
        When::Auto => common.output.is_none() && io::stdout().is_terminal(),
    };
    let from_env = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
    let width = from_env.or_else(|| terminal_size::terminal_size().map(|(w, _)| usize::from(w.0))).unwrap_or(100);
    Style { color, width: width.clamp(40, 400) }
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

/// A file of the run with its bytes.
pub(super) enum Loaded {
    /// Its bytes.
    Bytes(Vec<u8>),
    /// Why it has none.
    Skipped(String),
    /// It was named, and cannot be read.
    Unreadable(String),
}

/// The files of the run.
pub(super) fn entries(args: &CheckArgs) -> Result<(Vec<Entry>, bool), Trouble> {
    if args.paths == [PathBuf::from("-")] {
        let name = args.stdin_filename.clone().unwrap_or_else(|| PathBuf::from("<stdin>"));
        return Ok((vec![Entry { path: name, named: true }], false));
    }
    let here = [PathBuf::from(".")];
    let paths = if args.paths.is_empty() { &here[..] } else { &args.paths };
    let (files, errors) = input::walk(paths);
    for error in &errors {
        say(&format!("{}: {}", error.path.display(), error.why));
    }
    if files.is_empty() && errors.is_empty() && !args.allow_empty {
        return Err(Trouble::new("nothing to scan: no file under the given paths; --allow-empty makes this no error"));
    }
    Ok((files, !errors.is_empty()))
}

/// Reads a file, or standard input.
pub(super) fn load(args: &CheckArgs, entry: &Entry) -> Loaded {
    if args.paths == [PathBuf::from("-")] {
        let mut bytes = Vec::new();
        return match io::stdin().lock().read_to_end(&mut bytes) {
            Ok(_) => Loaded::Bytes(bytes),
            Err(e) => Loaded::Unreadable(format!("standard input: {e}")),
        };
    }
    match input::read(&entry.path) {
        Ok(bytes) => Loaded::Bytes(bytes),
        Err(e) => Loaded::Unreadable(e.why),
    }
}

/// A file after its own checks.
pub(super) struct Checked {
    pub(super) report: FileReport,
    pub(super) mentions: Vec<Vec<Mention>>,
}

/// Checks one file's bytes.
pub(super) fn check_bytes(engine: &Engine, settings: &Settings, path: &Path, bytes: &[u8]) -> Result<Checked, String> {
    with_document(settings, path, bytes, |doc| {
        let found = engine.check(doc, settings);
        Checked { mentions: engine.mentions(doc, settings), report: report(doc, settings, path, &found) }
    })
}

/// Decodes a file and hands its document on.
pub(super) fn with_document<T>(
    settings: &Settings,
    path: &Path,
    bytes: &[u8],
    then: impl FnOnce(&Document<'_>) -> T,
) -> Result<T, String> {
    let options = Options { encoding: settings.encoding.as_deref(), ..Options::default() };
    let source = Source::decode(bytes, &options).map_err(|e| e.to_string())?;
    let format = Format::detect(path, source.text());
    Ok(then(&Document::new(source, format)))
}

fn report(doc: &Document<'_>, settings: &Settings, path: &Path, found: &[Finding]) -> FileReport {
    FileReport {
        path: path.display().to_string(),
        encoding: doc.source.encoding().clone(),
        language: settings.lang.clone().or_else(|| doc.facts.language(doc.prose()).map(str::to_owned)),
        findings: found.iter().map(|f| locate(doc, f)).collect(),
    }
}

/// The outcome of a file of the run.
pub(super) enum Outcome {
    Checked(Box<Checked>),
    Skipped(Skipped),
    Failed,
}

/// Checks all files, in parallel, and adds what only the whole set shows. In the order of paths.
pub(super) fn check_all(engine: &Engine, settings: &Settings, args: &CheckArgs, files: &[Entry]) -> Vec<Outcome> {
    let mut outcomes: Vec<Outcome> = files
        .par_iter()
        .map(|entry| match load(args, entry) {
            Loaded::Unreadable(why) => {
                say(&format!("{}: {why}", entry.path.display()));
                Outcome::Failed
            }
            Loaded::Skipped(reason) => Outcome::Skipped(Skipped { path: entry.path.display().to_string(), reason }),
            Loaded::Bytes(bytes) => match check_bytes(engine, settings, &entry.path, &bytes) {
                Ok(checked) => Outcome::Checked(Box::new(checked)),
                Err(reason) => Outcome::Skipped(Skipped { path: entry.path.display().to_string(), reason }),
            },
        })
        .collect();
    let mentions = outcomes
        .iter_mut()
        .map(|o| if let Outcome::Checked(c) = o { std::mem::take(&mut c.mentions) } else { Vec::new() })
        .collect();
    for (number, found) in by_document(engine.compare(mentions)) {
        let (Some(entry), Some(Outcome::Checked(checked))) = (files.get(number), outcomes.get_mut(number)) else {
            continue;
        };
        let Loaded::Bytes(bytes) = load(args, entry) else { continue };
        let located = with_document(settings, &entry.path, &bytes, |doc| {
            found.iter().map(|f| locate(doc, f)).collect::<Vec<_>>()
        });
        checked.report.findings.extend(located.unwrap_or_default());
        checked.report.findings.sort_by(|a, b| (a.start, a.end, &a.rule).cmp(&(b.start, b.end, &b.rule)));
    }
    outcomes
}

/// Findings of set checks, grouped by document.
pub(super) fn by_document(found: Vec<(usize, Finding)>) -> Vec<(usize, Vec<Finding>)> {
    let mut groups: std::collections::BTreeMap<usize, Vec<Finding>> = std::collections::BTreeMap::new();
    for (number, finding) in found {
        groups.entry(number).or_default().push(finding);
    }
    groups.into_iter().collect()
}
