//! `tidyglot fix`: writes the cleaned text in place, atomically; or a patch, or copies.

use super::{
    args::FixArgs,
    exit::{Exit, Trouble, say},
    run::{self, Loaded},
};
use crate::{
    fix::{diff, write},
    report::Totals,
};
use std::{collections::BTreeMap, fs, io::Write, path::PathBuf};

pub(super) fn run(args: FixArgs) -> Result<Exit, Trouble> {
    let check = &args.check;
    let (engine, settings) = run::engine(&check.common)?;
    let (files, mut failed) = run::entries(check)?;
    let from_stdin = check.paths == [PathBuf::from("-")];
    let mut out = run::output(&check.common)?;
    // First all files are checked, because a name's variants show only in the set; then each is cleaned.
    let mut mentions = Vec::new();
    let mut loaded = Vec::new();
    let mut skipped = 0;
    for entry in &files {
        let bytes = match run::load(check, entry) {
            Loaded::Bytes(bytes) => bytes,
            Loaded::Skipped(_) => continue,
            Loaded::Unreadable(why) => {
                say(&format!("{}: {why}", entry.path.display()));
                failed = true;
                continue;
            }
        };
        match run::with_document(&settings, &entry.path, &bytes, |doc| engine.mentions(doc, &settings)) {
            Ok(list) => {
                mentions.push(list);
                loaded.push((entry, if from_stdin { Some(bytes) } else { None }));
            }
            Err(reason) => {
                say(&format!("{}: skipped: {reason}", entry.path.display()));
                skipped += 1;
            }
        }
    }
    let of_set: BTreeMap<usize, _> = run::by_document(engine.compare(mentions)).into_iter().collect();
    let mut totals = Totals { skipped, ..Totals::default() };
    let mut changed = 0;
    let mut fixes = 0;
    for (number, (entry, bytes)) in loaded.into_iter().enumerate() {
        let bytes = match bytes.map_or_else(|| run::load(check, entry), Loaded::Bytes) {
            Loaded::Bytes(bytes) => bytes,
            Loaded::Skipped(_) | Loaded::Unreadable(_) => continue,
        };
        let cleaned = run::with_document(&settings, &entry.path, &bytes, |doc| {
            let mut found = engine.check(doc, &settings);
            found.extend(of_set.get(&number).into_iter().flatten().cloned());
            found.sort_by_key(|f| f.span);
            engine.clean(doc, &found, &settings, args.r#unsafe)
        })
        .map_err(Trouble::new)?;
        let name = entry.path.display().to_string();
        for line in &cleaned.refused {
            say(&format!("{name}:{line}"));
        }
        let differs = cleaned.bytes != bytes;
        changed += usize::from(differs);
        fixes += cleaned.applied;
        if args.diff {
            diff::unified(&name, &bytes, &cleaned.bytes, &mut out)?;
        } else if let Some(folder) = &args.output_dir {
            let target = folder.join(entry.path.strip_prefix("/").unwrap_or(&entry.path));
            let made =
                target.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&target, &cleaned.bytes));
            made.map_err(|e| Trouble::new(format!("{}: {e}", target.display())))?;
        } else if from_stdin {
            out.write_all(&cleaned.bytes)?;
        } else if differs && let Err(e) = write::write_atomic(&entry.path, &cleaned.bytes) {
            say(&format!("{name}: not written: {e}"));
            failed = true;
        }
        // What is left after the fixes decides the status.
        if let Ok(left) = run::check_bytes(&engine, &settings, &entry.path, &cleaned.bytes) {
            totals.add(&left.report);
        }
    }
    out.flush()?;
    if !args.diff {
        let [info, warning, error] = totals.severity;
        say(&format!(
            "{fixes} fixes in {changed} of {} files; left: {error} errors, {warning} warnings, {info} notes",
            totals.files
        ));
    }
    if failed {
        return Ok(Exit::Trouble);
    }
    if args.diff {
        return Ok(if changed > 0 { Exit::Findings } else { Exit::Clean });
    }
    Ok(run::status(check.fail_on, &totals))
}
