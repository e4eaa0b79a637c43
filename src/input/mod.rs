//! From paths to bytes: walks folders, honours ignore files, opens nothing twice.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// A file to check, and whether the user named it or a folder held it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The path as it is shown: relative where the user's was.
    pub path: PathBuf,
    /// Whether the user named this very file.
    pub named: bool,
}

/// A path that cannot be read.
#[derive(Debug)]
pub struct Unreadable {
    /// The path.
    pub path: PathBuf,
    /// Why.
    pub why: String,
}

/// The files under the given paths, sorted, each once; folders are walked with their ignore files.
pub fn walk(paths: &[PathBuf]) -> (Vec<Entry>, Vec<Unreadable>) {
    let mut files = Vec::new();
    let mut errors = Vec::new();
    for path in paths {
        match fs::metadata(path) {
            Ok(meta) if meta.is_dir() => walk_folder(path, &mut files, &mut errors),
            Ok(_) => files.push(Entry { path: path.clone(), named: true }),
            Err(e) => errors.push(Unreadable { path: path.clone(), why: reason(&e) }),
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files.dedup_by(|later, kept| {
        let same = later.path == kept.path;
        kept.named |= same && later.named;
        same
    });
    (files, errors)
}

fn walk_folder(folder: &Path, files: &mut Vec<Entry>, errors: &mut Vec<Unreadable>) {
    let walker = ignore::WalkBuilder::new(folder).require_git(false).build();
    for entry in walker {
        match entry {
            Ok(e) if e.file_type().is_some_and(|t| t.is_file()) => {
                files.push(Entry { path: strip_dot(e.path()).to_path_buf(), named: false });
            }
            Ok(_) => {}
            Err(e) => errors.push(Unreadable { path: folder.to_path_buf(), why: e.to_string() }),
        }
    }
}

fn strip_dot(path: &Path) -> &Path {
    path.strip_prefix("./").unwrap_or(path)
}

/// Reads a whole file.
pub fn read(path: &Path) -> Result<Vec<u8>, Unreadable> {
    fs::read(path).map_err(|e| Unreadable { path: path.to_path_buf(), why: reason(&e) })
}

/// An I/O error in words, without the system's error number.
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".into(),
        io::ErrorKind::PermissionDenied => "no permission to read it".into(),
        _ => {
            let text = error.to_string();
            text.split(" (os error").next().unwrap_or(&text).to_owned()
        }
    }
}
