//! The files of a run, and the walk over them: in parallel, in batches that fit into memory, in the order of paths.

use super::{
    args::CheckArgs,
    exit::{Trouble, say},
    progress::Progress,
};
use crate::{
    config::Merged,
    input::{self, Entry, Origin, Walk},
    report::line,
};
use rayon::prelude::*;
use std::{
    io::Read,
    path::{Component, Path, PathBuf},
};

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

/// The paths that the user names, one way or the other.
pub(super) fn paths(args: &CheckArgs) -> Result<Vec<PathBuf>, Trouble> {
    let mut paths = args.paths.clone();
    if let Some(file) = &args.files_from0 {
        let fail = |e: std::io::Error| Trouble::new(format!("{}: {}", line::path(file), input::reason(&e)));
        let list = if file.as_os_str() == "-" {
            let mut list = Vec::new();
            std::io::stdin().lock().read_to_end(&mut list).map_err(fail)?;
            list
        } else {
            std::fs::read(file).map_err(fail)?
        };
        paths.extend(list.split(|&b| b == 0).filter(|p| !p.is_empty()).map(to_path));
    } else if paths.is_empty() {
        paths.push(PathBuf::from("."));
    }
    Ok(paths)
}

#[cfg(unix)]
fn to_path(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn to_path(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

/// The folder that all paths have in common: a folder itself, a file by the folder it is in.
pub(super) fn common_folder(paths: &[PathBuf]) -> PathBuf {
    let mut all = paths.iter().filter(|p| p.as_os_str() != "-").map(|p| {
        let path = plain(p);
        if path.is_dir() { path } else { path.parent().map(Path::to_path_buf).unwrap_or_default() }
    });
    let first = all.next().unwrap_or_else(|| plain(Path::new(".")));
    all.fold(first, |a, b| a.components().zip(b.components()).take_while(|(x, y)| x == y).map(|(x, _)| x).collect())
}

/// An absolute path without `.` and `..`, by its text alone.
pub(super) fn plain(path: &Path) -> PathBuf {
    let whole = input::absolute(path);
    let mut out = PathBuf::new();
    for part in whole.components() {
        match part {
            Component::ParentDir => {
                out.pop();
            }
            Component::CurDir => {}
            other => out.push(other),
        }
    }
    out
}

/// Lists the files of the run. `outputs` are paths that this run writes.
pub(super) fn list(
    args: &CheckArgs,
    named: &[PathBuf],
    config: &Merged,
    outputs: &[PathBuf],
) -> Result<Files, Trouble> {
    let stdin = named.iter().any(|p| p.as_os_str() == "-");
    let paths: Vec<PathBuf> = named.iter().filter(|p| p.as_os_str() != "-").cloned().collect();
    let outputs = outputs.iter().filter_map(|o| o.canonicalize().ok()).collect();
    let how = Walk { hidden: args.hidden || config.hidden(), no_ignore: args.no_ignore, outputs };
    let (mut entries, errors) = input::walk(&paths, &how);
    for entry in &mut entries {
        if entry.skip.is_none()
            && (args.force_exclude || entry.origin == Origin::Walked)
            && config.excludes(&entry.path)
        {
            entry.skip = Some("excluded: the configuration leaves it out".into());
        }
    }
    if stdin {
        let path = args.stdin_filename.clone().unwrap_or_else(|| PathBuf::from("<stdin>"));
        entries.insert(0, Entry { path, origin: Origin::Stdin, size: 0, stamp: None, skip: None });
    }
    for (path, why) in &errors {
        say(&format!("{}: {why}", line::path(path)));
    }
    // That everything named is excluded on purpose is no mistake: commit hooks name whatever was touched.
    let meant =
        args.force_exclude && entries.iter().any(|e| e.skip.as_ref().is_some_and(|s| s.starts_with("excluded")));
    if entries.iter().all(|e| e.skip.is_some()) && errors.is_empty() && !args.allow_empty && !meant {
        let left = entries.len();
        let left =
            if left > 0 { format!(" ({left} left out; --hidden and --no-ignore take them)") } else { String::new() };
        let under = paths.iter().take(5).map(|p| line::path(p)).collect::<Vec<_>>().join(", ");
        let under = if paths.is_empty() { "the empty list".to_owned() } else { under };
        return Err(Trouble::new(format!(
            "nothing to scan: no file under {under}{left}; --allow-empty makes this no error"
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
