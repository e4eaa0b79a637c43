//! `tidyglot check`: scans and reports; never writes an input.

use super::{
    args::{CheckArgs, CheckCommand},
    cache::Cache,
    exit::{Exit, Trouble, say},
    files,
    gather::{Gather, Item},
    known::Known,
    lines::Lines,
    output::{self, Output, Wanted},
    session::{Checked, Session},
    sinks::Sinks,
    watch,
};
use crate::{
    input::{self, Entry, Origin, Problem},
    report::{Setup, Style, Totals},
};
use std::path::PathBuf;

pub(super) fn run(args: CheckCommand) -> Result<Exit, Trouble> {
    if args.new.watch { watch::run(&args) } else { once(&args) }
}

/// One run over all files.
pub(super) fn once(command: &CheckCommand) -> Result<Exit, Trouble> {
    let args: &CheckArgs = &command.check;
    let wanted = Wanted::new(&args.common.output)?;
    let lines = Lines::new(&command.new)?;
    let paths = files::paths(args)?;
    let mut session = Session::new(args, &paths)?;
    let mut known = Known::new(&command.new, session.configs.run.baseline())?;
    let root = files::common_folder(&paths);
    // A cache inside the folder that is scanned is no input.
    let inside = Cache::folder(&command.cache).filter(|c| files::plain(c).starts_with(&root));
    let outputs: Vec<_> = wanted.files().into_iter().chain(known.file()).chain(inside).collect();
    let mut files = files::list(args, &paths, &session.configs.run, &outputs)?;
    if let Some(lines) = &lines {
        files.entries.retain(|e| e.origin == Origin::Stdin || lines.has(&e.path));
    }
    session.prepare(&files.entries)?;
    // A report with whole texts needs them all.
    let own: Vec<PathBuf> = session.configs.run.rules().iter().chain(&args.common.rule_files).cloned().collect();
    let cache = if session.keep_text { None } else { Cache::open(&command.cache, &root, files.entries.len(), &own)? };
    let mut sinks = Sinks::default();
    let setup = Setup { style: output::style(&args.common, wanted.main.is_some()), pages: &session.pages };
    sinks.add(args.format.as_deref().unwrap_or("full"), setup, Output::open(wanted.main.as_deref())?)?;
    for (format, file) in &wanted.more {
        sinks.add(format, Setup { style: Style::default(), ..setup }, Output::open(Some(file))?)?;
    }
    let mut totals = Totals::default();
    let mut gather = Gather::new(&session, |mut item| {
        if let Item::File { report, .. } = &mut item {
            if let Some(lines) = &lines {
                report.findings.retain(|f| lines.touches(&report.path, f.start.line, f.end.line));
            }
            totals.known += known.filter(report);
        }
        sinks.put(item, &mut totals)
    });
    files::in_order(
        &files.entries,
        |_, entry| work(&session, cache.as_ref(), entry),
        |number, (done, stdin)| {
            let Some(entry) = files.entries.get(number) else { return Ok(()) };
            stdin.into_iter().for_each(|bytes| gather.keep_stdin(bytes));
            gather.add(entry, done)
        },
    )?;
    let failed = gather.finish()? || files.failed;
    sinks.finish(&totals)?;
    cache.map(Cache::finish).transpose()?;
    // A run over part of the text says nothing about what is no longer there.
    let stale = known.finish(lines.is_none() && !failed)?;
    if failed {
        return Ok(Exit::Trouble);
    }
    if stale {
        say("known findings are no longer there, and --fail-on-stale is set; --prune-baseline takes them out");
        return Ok(Exit::Findings);
    }
    Ok(session.status(&totals))
}

/// Reads and checks a file; standard input is handed back, because it cannot be read twice.
fn work(session: &Session, cache: Option<&Cache>, entry: &Entry) -> (Result<Checked, Problem>, Option<Vec<u8>>) {
    if let Some(reason) = &entry.skip {
        return (Err(Problem::Skipped(reason.clone())), None);
    }
    if let (Some(cache), Origin::Walked | Origin::Named) = (cache, entry.origin) {
        let read = || input::read_with_stamp(&entry.path, session.max_file_size);
        let check = |bytes: &[u8]| session.check(&entry.path, bytes);
        let run = (session.sets, session.max_file_size);
        let done = cache.checked(&entry.path, entry.stamp, &session.configs, run, read, check);
        return (done, None);
    }
    match session.load(entry) {
        Err(problem) => (Err(problem), None),
        Ok(bytes) => {
            let done = session.check(&entry.path, &bytes);
            (done, (session.sets && entry.origin == Origin::Stdin).then_some(bytes))
        }
    }
}
