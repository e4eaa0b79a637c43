//! The files under the given paths. What is left out is listed too, with the reason: a green result proves what it saw.

use super::{Entry, Origin, Stamp, reason};
use std::{
    collections::{HashMap, HashSet},
    fs::{self, Metadata},
    path::{Path, PathBuf},
};

/// How folders are walked.
#[derive(Clone, Debug, Default)]
pub struct Walk {
    /// Hidden files and folders too.
    pub hidden: bool,
    /// Files that ignore files name, too.
    pub no_ignore: bool,
    /// Canonical paths that this run writes: never inputs.
    pub outputs: Vec<PathBuf>,
}

/// The files under the given paths, sorted by the bytes of their paths, each once; and the paths that cannot be read,
/// with the reason.
pub fn walk(paths: &[PathBuf], how: &Walk) -> (Vec<Entry>, Vec<(PathBuf, String)>) {
    let mut files = Vec::new();
    let mut errors = Vec::new();
    for path in paths {
        match fs::metadata(path) {
            Ok(meta) if meta.is_dir() => walk_folder(path, how, &mut files, &mut errors),
            Ok(meta) => files.push(Entry {
                path: path.clone(),
                origin: Origin::Named,
                size: meta.len(),
                stamp: Stamp::new(&meta),
                skip: None,
            }),
            Err(e) => errors.push((path.clone(), reason(&e))),
        }
    }
    files.sort_by(|a, b| {
        let key = |e: &Entry| (e.skip.is_some(), e.origin);
        a.path.as_os_str().as_encoded_bytes().cmp(b.path.as_os_str().as_encoded_bytes()).then(key(a).cmp(&key(b)))
    });
    files.dedup_by(|later, kept| later.path == kept.path);
    (files, errors)
}

fn walk_folder(folder: &Path, how: &Walk, files: &mut Vec<Entry>, errors: &mut Vec<(PathBuf, String)>) {
    let walker = ignore::WalkBuilder::new(folder)
        .require_git(false)
        .hidden(!how.hidden)
        .ignore(!how.no_ignore)
        .parents(!how.no_ignore)
        .git_ignore(!how.no_ignore)
        .git_global(!how.no_ignore)
        .git_exclude(!how.no_ignore)
        .filter_entry(|e| e.file_name() != ".git" || e.depth() == 0)
        .build();
    let mut folders = Vec::new();
    let mut real: HashMap<PathBuf, PathBuf> = HashMap::new();
    let mut seen: HashSet<PathBuf> = HashSet::new();
    for entry in walker {
        let entry = match entry {
            Ok(entry) => entry,
            Err(e) => {
                errors.push((path_of(&e).unwrap_or(folder).to_path_buf(), why(&e)));
                continue;
            }
        };
        let path = entry.path();
        match entry.file_type() {
            Some(t) if t.is_dir() => folders.push(path.to_path_buf()),
            Some(t) if t.is_file() => {
                let output = !how.outputs.is_empty() && is_output(path, &how.outputs, &mut real);
                let skip = output.then(|| "output: this run writes it".to_owned());
                let meta: Option<Metadata> = entry.metadata().ok();
                let (size, stamp) = (meta.as_ref().map_or(0, Metadata::len), meta.as_ref().and_then(Stamp::new));
                files.push(Entry { path: shown(path), origin: Origin::Walked, size, stamp, skip });
            }
            Some(t) if t.is_symlink() => files.push(left_out(path, "symbolic link: name it to have it scanned")),
            Some(_) => files.push(left_out(path, "special: neither a file nor a folder")),
            None => continue,
        }
        seen.insert(path.to_path_buf());
    }
    for folder in folders {
        let Ok(list) = fs::read_dir(&folder) else { continue };
        for child in list.flatten() {
            let path = child.path();
            if seen.contains(&path) || child.file_name() == ".git" {
                continue;
            }
            let hidden = child.file_name().as_encoded_bytes().starts_with(b".") && !how.hidden;
            let is_folder = child.file_type().is_ok_and(|t| t.is_dir());
            let reason = match (hidden, is_folder) {
                (true, false) => "hidden: --hidden scans it",
                (true, true) => "hidden folder: --hidden scans it",
                (false, false) => "ignored: an ignore file names it",
                (false, true) => "ignored folder: an ignore file names it",
            };
            files.push(left_out(&if is_folder { path.join("") } else { path }, reason));
        }
    }
}

/// Whether a regular file is one that this run writes. `real` remembers what folders are called in truth.
fn is_output(path: &Path, outputs: &[PathBuf], real: &mut HashMap<PathBuf, PathBuf>) -> bool {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return false };
    if !real.contains_key(folder) {
        let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        real.insert(folder.to_path_buf(), here.canonicalize().unwrap_or_default());
    }
    let Some(whole) = real.get(folder).map(|f| f.join(name)) else { return false };
    outputs.iter().any(|o| whole.starts_with(o))
}

fn left_out(path: &Path, reason: &str) -> Entry {
    Entry { path: shown(path), origin: Origin::Walked, size: 0, stamp: None, skip: Some(reason.into()) }
}

/// `./a` is shown as `a`; a folder keeps the slash at its end, which `strip_prefix` drops.
fn shown(path: &Path) -> PathBuf {
    match path.strip_prefix("./") {
        Ok(rest) if path.as_os_str().as_encoded_bytes().ends_with(b"/") => rest.join(""),
        Ok(rest) => rest.to_path_buf(),
        Err(_) => path.to_path_buf(),
    }
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        ignore::Error::Partial(list) => list.first().and_then(path_of),
        _ => None,
    }
}

fn why(error: &ignore::Error) -> String {
    match error.io_error() {
        Some(e) => reason(e),
        None => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_listed_with_its_reason() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        };
        ["b/one.txt", "b.txt", ".hid/x", ".dot", "build/x", "log.log"].into_iter().for_each(write);
        fs::write(folder.path().join(".ignore"), "build/\n*.log\n").unwrap();
        let (files, errors) = walk(&[folder.path().to_path_buf()], &Walk::default());
        assert!(errors.is_empty());
        let list: Vec<_> = files
            .iter()
            .map(|e| {
                let path = e.path.strip_prefix(folder.path()).unwrap().to_string_lossy().into_owned();
                (path, e.skip.as_deref().map(|s| s.split(':').next().unwrap().to_owned()))
            })
            .collect();
        let want = [
            (".dot", Some("hidden")),
            (".hid", Some("hidden folder")),
            (".ignore", Some("hidden")),
            ("b.txt", None),
            ("b/one.txt", None),
            ("build", Some("ignored folder")),
            ("log.log", Some("ignored")),
        ];
        let want: Vec<_> = want.map(|(p, s)| (p.to_owned(), s.map(str::to_owned))).into();
        assert_eq!(list, want);
        assert!(walk(&[folder.path().join("nope")], &Walk::default()).1.len() == 1);
    }
}
