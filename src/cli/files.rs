//! The files of a run, and the walk over them: in parallel, in batches that fit into memory, in the order of paths.

use super::{
    args::CheckArgs,
    exit::{Trouble, say},
    progress::Progress,
};
use crate::{
    input::{self, Entry, Origin, Walk},
    report::line,
};
use rayon::prelude::*;
use std::path::PathBuf;

/// Files that are worked on together: enough for all cores.
const BATCH: usize = 256;
/// Bytes that are worked on together; a bigger file is worked on alone.
const BATCH_BYTES: u64 = 16 << 20;

/// The files of a run.
pub(super) struct Files {
    /// In the order of paths; those left out too.
    pub(super) entries: Vec<Entry>,
    /// Whether a path could not be read.
    pub(super) failed: bool,
}

/// Whether the run reads standard input alone.
pub(super) fn from_stdin(args: &CheckArgs) -> bool {
    args.paths == [PathBuf::from("-")]
}

/// Lists the files of the run. `outputs` are paths that this run writes.
pub(super) fn list(args: &CheckArgs, outputs: &[PathBuf]) -> Result<Files, Trouble> {
    let stdin = args.paths.iter().filter(|p| p.as_os_str() == "-").count();
    let mut paths: Vec<PathBuf> = args.paths.iter().filter(|p| p.as_os_str() != "-").cloned().collect();
    if args.paths.is_empty() {
        paths.push(PathBuf::from("."));
    }
    let outputs = outputs.iter().filter_map(|o| o.canonicalize().ok()).collect();
    let how = Walk { hidden: args.hidden, no_ignore: args.no_ignore, outputs };
    let (mut entries, errors) = input::walk(&paths, &how);
    if stdin > 0 {
        let path = args.stdin_filename.clone().unwrap_or_else(|| PathBuf::from("<stdin>"));
        entries.insert(0, Entry { path, origin: Origin::Stdin, size: 0, skip: None });
    }
    for (path, why) in &errors {
        say(&format!("{}: {why}", line::path(path)));
    }
    if entries.iter().all(|e| e.skip.is_some()) && errors.is_empty() && !args.allow_empty {
        let left = entries.len();
        let left =
            if left > 0 { format!(" ({left} left out; --hidden and --no-ignore take them)") } else { String::new() };
        return Err(Trouble::new(format!(
            "nothing to scan: no file under {}{left}; --allow-empty makes this no error",
            paths.iter().map(|p| line::path(p)).collect::<Vec<_>>().join(", ")
        )));
    }
    Ok(Files { entries, failed: !errors.is_empty() })
}

/// Works on all files in parallel and hands the results on in their order. `work` gets the number of the file.
pub(super) fn in_order<T: Send>(
    entries: &[Entry],
    work: impl Fn(usize, &Entry) -> T + Sync,
    mut then: impl FnMut(usize, T) -> Result<(), Trouble>,
) -> Result<(), Trouble> {
    let mut progress = Progress::new(entries.len());
    let mut first = 0;
    while first < entries.len() {
        let mut size = 0;
        let batch = entries[first..]
            .iter()
            .take(BATCH)
            .take_while(|e| {
                let fits = size == 0 || size + e.size <= BATCH_BYTES;
                size += e.size;
                fits
            })
            .count()
            .max(1);
        let done: Vec<T> =
            entries[first..first + batch].par_iter().enumerate().map(|(i, e)| work(first + i, e)).collect();
        progress.clear();
        for (i, result) in done.into_iter().enumerate() {
            then(first + i, result)?;
        }
        first += batch;
        progress.at(first);
    }
    Ok(())
}
