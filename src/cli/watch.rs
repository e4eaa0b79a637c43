//! `tidyglot check --watch`: again whenever a file changes.

use super::{
    args::CheckCommand,
    check,
    exit::{Exit, Trouble, say},
    files,
    output::Wanted,
};
use crate::input::{self, Walk};
use std::{
    collections::BTreeMap,
    io::{self, IsTerminal, Write},
    path::PathBuf,
    thread::sleep,
    time::{Duration, SystemTime},
};

/// The time between two looks.
const EVERY: Duration = Duration::from_millis(300);

pub(super) fn run(args: &CheckCommand) -> Result<Exit, Trouble> {
    let mut before = BTreeMap::new();
    loop {
        let now = look(args)?;
        if now != before {
            before = now;
            if io::stdout().is_terminal() {
                write!(io::stdout(), "\x1b[2J\x1b[H")?;
            }
            match check::once(args) {
                Ok(_) => {}
                // A mistake in a configuration is corrected while this runs.
                Err(Trouble::Said(what)) => say(&what),
                Err(other) => return Err(other),
            }
            io::stdout().flush()?;
        }
        sleep(EVERY);
    }
}

/// Every file with its time and size.
fn look(args: &CheckCommand) -> Result<BTreeMap<PathBuf, (Option<SystemTime>, u64)>, Trouble> {
    let paths = files::paths(&args.check)?;
    if paths.iter().any(|p| p.as_os_str() == "-") || args.check.files_from0.is_some() {
        return Err(Trouble::new("--watch needs files or folders; standard input cannot change"));
    }
    // What a run writes is no reason for another one.
    let outputs = Wanted::new(&args.check.common.output)?.files();
    let outputs = outputs.iter().filter_map(|o| o.canonicalize().ok()).collect();
    let how = Walk { hidden: true, no_ignore: args.check.no_ignore, outputs };
    let (entries, _) = input::walk(&paths, &how);
    let time = |p: &PathBuf| std::fs::metadata(p).and_then(|m| m.modified()).ok();
    Ok(entries.into_iter().filter(|e| e.skip.is_none()).map(|e| (e.path.clone(), (time(&e.path), e.size))).collect())
}
