//! `tidyglot fix`: writes the cleaned text in place, atomically; or a patch, or copies.

use super::{
    args::FixArgs,
    copies::Copies,
    exit::{Exit, Trouble, say},
    files,
    gather::{self, Gather, Item},
    interactive,
    known::Known,
    lines::Lines,
    output::{self, Output, Wanted},
    part::Part,
    session::{Checked, Session},
    sinks::Sinks,
};
use crate::{
    Document,
    finding::Finding,
    fix::{diff, write},
    input::{Entry, Origin, Problem},
    report::{self, Setup, Totals, line},
    text::Span,
};
use std::{
    collections::BTreeMap,
    io::Write,
    path::{Path, PathBuf},
};

/// A file, cleaned; its bytes are kept only where they differ or a copy is asked for.
struct Done {
    bytes: Vec<u8>,
    cleaned: Option<Vec<u8>>,
    refused: Vec<String>,
    left: Checked,
}

pub(super) fn run(args: FixArgs) -> Result<Exit, Trouble> {
    let check = &args.check;
    let wanted = Wanted::new(&check.common.output)?;
    let paths = files::paths(check)?;
    let mut session = Session::new(check, &paths)?;
    let lines = Lines::new(&args.part, None)?;
    let mut known = Known::new(&args.part, None, session.configs.run.baseline())?;
    let outputs: Vec<_> = wanted.files().into_iter().chain(args.output_dir.clone()).chain(known.file()).collect();
    let mut files = files::list(check, &paths, &session.configs.run, &outputs)?;
    if let Some(lines) = &lines {
        files.entries.retain(|e| e.origin == Origin::Stdin || lines.has(&e.path));
    }
    session.prepare(&files.entries)?;
    if files.failed {
        return Err(Trouble::new(
            "nothing was written, because not every path could be read; name only those that can",
        ));
    }
    let stdin = paths == [PathBuf::from("-")];
    if !stdin && files.entries.iter().any(|e| e.origin == Origin::Stdin) {
        return Err(Trouble::new("'-' cannot be fixed together with files; name it alone"));
    }
    let copies = args.output_dir.as_deref().map(|to| Copies::new(to, &paths)).transpose()?;
    let input = if stdin { Some(take_stdin(&session, &mut files.entries)?) } else { None };
    let part = Part { lines: lines.as_ref(), known: &known };
    let of_set = survey(&session, &files.entries, input.as_deref())?;

    if args.interactive {
        let done = interactive::run(&session, &files.entries, &of_set, &part, output::style(&check.common, false))?;
        return Ok(done);
    }
    // The cleaned text or the patch goes to the output; the report beside it to standard error.
    let text_out = stdin && copies.is_none() || args.diff;
    let mut out = Output::open(wanted.main.as_deref())?;
    let style = if text_out { report::Style::default() } else { output::style(&check.common, wanted.main.is_some()) };
    let format = check.format.as_deref().unwrap_or(if text_out { "concise" } else { "full" });

    let mut totals = Totals::default();
    let mut changed = 0;
    let mut failed = false;
    // The report of what is left is written after the files, so that its text and the patch don't mix.
    let mut items: Vec<Item> = Vec::new();
    let mut gather = Gather::new(&session, |item| {
        items.push(item);
        Ok(())
    });
    files::in_order(
        &files.entries,
        |number, entry| one(&session, entry, input.as_deref(), of_set.get(&number), &args, &part),
        |number, done| {
            let Some(entry) = files.entries.get(number) else { return Ok(()) };
            let name = line::path(&entry.path);
            let mut done = match done {
                Ok(done) => done,
                Err(problem) => {
                    // What comes through a pipe goes on as it was where it is no text: nothing is lost on the way.
                    if let Some(bytes) = input.as_deref().filter(|_| text_out && !args.diff) {
                        out.write_all(bytes)?;
                        if let Problem::Skipped(why) = &problem {
                            say(&format!("{name}: not scanned, passed on as it was: {}", line::shown(why)));
                        }
                    }
                    return gather.add(entry, Err(problem));
                }
            };
            for refused in &done.refused {
                say(&format!("{name}:{refused}"));
            }
            changed += usize::from(done.cleaned.is_some());
            let mut place = entry.clone();
            let result = done.cleaned.as_deref().unwrap_or(&done.bytes);
            if args.diff {
                diff::unified(&entry.path, &done.bytes, result, &mut out)?;
            } else if let Some(copies) = &copies {
                place = Entry { path: copies.write(&entry.path, result)?, origin: Origin::Named, ..place };
            } else if stdin {
                out.write_all(result)?;
            } else if done.cleaned.is_some()
                && let Err(e) = write::write_atomic(&entry.path, result)
            {
                say(&format!("{name}: not written: {e}"));
                // What was there still is.
                if let Ok(left) = session.check(&entry.path, &done.bytes) {
                    done.left = left;
                }
                done.left.report.fixed = Some(0);
                failed = true;
            }
            if stdin {
                gather.keep_stdin(result.to_vec());
            }
            gather.add(&place, Ok(done.left))
        },
    )?;
    failed |= gather.finish()?;
    let pages = &session.pages;
    let mut sinks = Sinks::default();
    if text_out {
        out.finish()?;
        if !args.diff {
            sinks.add(format, Setup { style, pages }, Output::stderr())?;
        }
    } else {
        sinks.add(format, Setup { style, pages }, out)?;
    }
    for (format, file) in &wanted.more {
        sinks.add(format, Setup { style: report::Style::default(), pages }, Output::open(Some(file))?)?;
    }
    for mut item in items {
        if let Item::File { report, .. } = &mut item {
            if let Some(lines) = &lines {
                report.findings.retain(|f| lines.touches(&report.path, f.start.line, f.end.line));
            }
            totals.known += known.filter(report);
        }
        sinks.put(item, &mut totals)?;
    }
    sinks.finish(&totals)?;
    if failed {
        return Ok(Exit::Trouble);
    }
    if args.diff {
        return Ok(if changed > 0 { Exit::Findings } else { Exit::Clean });
    }
    Ok(session.status(&totals))
}

/// Reads standard input, once.
fn take_stdin(session: &Session, entries: &mut [Entry]) -> Result<Vec<u8>, Trouble> {
    let Some(entry) = entries.first_mut() else { return Ok(Vec::new()) };
    session.load(entry).map_err(|p| {
        let (Problem::Skipped(why) | Problem::Unreadable(why)) = p;
        Trouble::new(format!("{}: {why}", line::path(&entry.path)))
    })
}

/// Reads every file before anything is written: what only the set shows needs that, and a file that cannot be read
/// stops the run before it has changed anything.
fn survey(
    session: &Session,
    entries: &[Entry],
    input: Option<&[u8]>,
) -> Result<BTreeMap<usize, Vec<Finding>>, Trouble> {
    let mut mentions = Vec::new();
    let mut failed = false;
    files::in_order(
        entries,
        |_, entry| {
            if entry.skip.is_some() {
                return Ok(Vec::new());
            }
            if !session.sets {
                return match entry.origin {
                    Origin::Stdin => Ok(Vec::new()),
                    _ => std::fs::File::open(&entry.path).map(|_| Vec::new()).map_err(|e| crate::input::reason(&e)),
                };
            }
            match with_bytes(session, entry, input, |bytes| {
                session.document(&entry.path, bytes, |doc, settings| session.engine.mentions(doc, settings))
            }) {
                Ok(list) => Ok(list),
                // Said once, when the file's turn comes.
                Err(Problem::Skipped(_)) => Ok(Vec::new()),
                Err(Problem::Unreadable(why)) => Err(why),
            }
        },
        |number, result| {
            match result {
                Ok(list) => mentions.push(list),
                Err(why) => {
                    let path = entries.get(number).map(|e| line::path(&e.path)).unwrap_or_default();
                    say(&format!("{path}: {why}"));
                    failed = true;
                    mentions.push(Vec::new());
                }
            }
            Ok(())
        },
    )?;
    if failed {
        return Err(Trouble::new(
            "nothing was written, because not every file could be read; name only those that can",
        ));
    }
    Ok(gather::by_document(session.engine.compare(mentions)))
}

fn with_bytes<T>(
    session: &Session,
    entry: &Entry,
    input: Option<&[u8]>,
    then: impl FnOnce(&[u8]) -> Result<T, Problem>,
) -> Result<T, Problem> {
    match input {
        Some(bytes) => then(bytes),
        None => then(&session.load(entry)?),
    }
}

/// Cleans one file.
fn one(
    session: &Session,
    entry: &Entry,
    input: Option<&[u8]>,
    of_set: Option<&Vec<Finding>>,
    args: &FixArgs,
    part: &Part<'_>,
) -> Result<Done, Problem> {
    if let Some(reason) = &entry.skip {
        return Err(Problem::Skipped(reason.clone()));
    }
    let bytes = match input {
        Some(bytes) => bytes.to_vec(),
        None => session.load(entry)?,
    };
    let path: &Path = &entry.path;
    let (mut cleaned, encoding) = session.document(path, &bytes, |doc, settings| {
        let found = session.found(doc, settings, of_set);
        let cleaned = match part.of(doc, path, &found) {
            None => session.engine.clean(doc, &found, settings, args.r#unsafe),
            Some(some) => {
                let mut area = part.area(doc, path, &found, &some);
                let again =
                    |doc: &Document<'_>, found: &[Finding], edits: &[(Span, usize)]| area.follow(doc, found, edits);
                session.engine.clean_some(doc, &found, &some, settings, args.r#unsafe, again)
            }
        };
        (cleaned, doc.source.encoding().name.clone())
    })?;
    let differs = cleaned.bytes != bytes;
    // What is cleaned may look like another encoding than what was read.
    let same = !differs || session.document(path, &cleaned.bytes, |doc, _| doc.source.encoding().name == encoding)?;
    let mut encoding = (!same).then_some(&*encoding);
    if args.to_utf8 {
        match session.document_in(encoding, path, &cleaned.bytes, |doc, _| to_utf8(doc))? {
            Ok(Some(utf8)) => (cleaned.bytes, encoding) = (utf8, None),
            Ok(None) => {}
            Err(why) => cleaned.refused.push(format!("1:1: stays in its encoding: {why}")),
        }
    }
    let differs = cleaned.bytes != bytes;
    let mut left = session.check_in(encoding, path, if differs { &cleaned.bytes } else { &bytes })?;
    left.report.fixed = Some(cleaned.applied);
    Ok(Done { bytes, cleaned: differs.then_some(cleaned.bytes), refused: cleaned.refused, left })
}

/// A document in UTF-8; `None` when it is that already. Refused where something would be lost.
fn to_utf8(doc: &Document<'_>) -> Result<Option<Vec<u8>>, String> {
    match doc.source.to_utf8() {
        Ok(text) => Ok(text.map(String::into_bytes)),
        Err(1) => Err("it holds a damaged byte, which UTF-8 has no place for".into()),
        Err(count) => Err(format!("it holds {count} damaged bytes, which UTF-8 has no place for")),
    }
}
