//! Replaces a file in one step: whoever reads it sees the old bytes or the new ones, never a mixture.

use std::fmt;
use std::fs::{self, File, Metadata, OpenOptions, Permissions};
use std::io::{self, Write};
use std::path::Path;

/// Why a file was not written; it is as it was.
#[derive(Debug)]
pub struct WriteError(Reason);

#[derive(Debug)]
enum Reason {
    NotAFile,
    HardLinks(u64),
    ReadOnly,
    Folder(io::Error),
    Io(io::Error),
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Reason::NotAFile => f.write_str("not a regular file"),
            Reason::HardLinks(count) => {
                write!(f, "has {count} hard links, and replacing it would leave the others with the old text")
            }
            Reason::ReadOnly => f.write_str("is read-only"),
            Reason::Folder(error) => {
                write!(f, "no new file can be made in its folder: {error}")
            }
            Reason::Io(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0 {
            Reason::Folder(error) | Reason::Io(error) => Some(error),
            _ => None,
        }
    }
}

/// Writes all bytes to a temporary file in the same folder, flushes it to disk and renames it over the target.
///
/// A symbolic link stays, its target is replaced. Mode and, where the system lets us, owner and group stay. A file
/// with several hard links is refused. A file that does not exist is created.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let (target, old) = match fs::canonicalize(path) {
        Ok(target) => {
            let old = fs::metadata(&target).map_err(|e| WriteError(Reason::Io(e)))?;
            (target, Some(old))
        }
        // A link to nowhere is not a place where to create a file.
        Err(e) if e.kind() == io::ErrorKind::NotFound && fs::symlink_metadata(path).is_err() => (path.to_owned(), None),
        Err(e) => return Err(WriteError(Reason::Io(e))),
    };
    if let Some(old) = &old {
        replaceable(&target, old).map_err(WriteError)?;
    }
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".tidyglot-").suffix(".tmp");
    if let Some(mode) = new_file_mode() {
        builder.permissions(mode);
    }
    let mut file = builder.tempfile_in(folder).map_err(|e| WriteError(Reason::Folder(e)))?;
    let written = || -> io::Result<()> {
        file.write_all(bytes)?;
        if let Some(old) = &old {
            keep_owner(file.as_file(), old);
            // After the owner: a change of owner may clear bits of the mode.
            file.as_file().set_permissions(old.permissions())?;
        }
        file.as_file().sync_all()?;
        file.persist(&target).map_err(|e| e.error)?;
        Ok(())
    };
    written().map_err(|e| WriteError(Reason::Io(e)))?;
    // Makes the rename last; some file systems refuse, and the file is whole either way.
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// Renaming needs no right to write the file itself, so that has to be asked for.
fn replaceable(target: &Path, old: &Metadata) -> Result<(), Reason> {
    if !old.is_file() {
        return Err(Reason::NotAFile);
    }
    let links = hard_links(old);
    if links > 1 {
        return Err(Reason::HardLinks(links));
    }
    if old.permissions().readonly() {
        return Err(Reason::ReadOnly);
    }
    match OpenOptions::new().write(true).open(target) {
        Ok(_) => Ok(()),
        Err(e) if e.kind() == io::ErrorKind::PermissionDenied => Err(Reason::ReadOnly),
        Err(e) => Err(Reason::Io(e)),
    }
}

#[cfg(unix)]
fn hard_links(old: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(old)
}

#[cfg(not(unix))]
fn hard_links(_: &Metadata) -> u64 {
    1
}

#[cfg(unix)]
fn keep_owner(file: &File, old: &Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    let Ok(new) = file.metadata() else { return };
    if (new.uid(), new.gid()) != (old.uid(), old.gid()) {
        // Only root may give files away; the group alone may still be ours to give.
        let _ = fchown(file, Some(old.uid()), Some(old.gid())).or_else(|_| fchown(file, None, Some(old.gid())));
    }
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Metadata) {}

/// Temporary files are private; a file that is new for good has the mode that any program would give it.
#[cfg(unix)]
fn new_file_mode() -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn new_file_mode() -> Option<Permissions> {
    None
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("a temporary folder")
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("can be read").filter_map(Result::ok);
        let mut names: Vec<_> = entries.map(|e| e.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn replaces_and_keeps_the_mode() {
        let folder = folder();
        let path = folder.path().join("a.txt");
        fs::write(&path, "old").expect("can be written");
        fs::set_permissions(&path, Permissions::from_mode(0o640)).expect("can be set");
        write_atomic(&path, b"new").expect("is written");
        assert_eq!(fs::read(&path).expect("can be read"), b"new");
        assert_eq!(fs::metadata(&path).expect("is there").permissions().mode() & 0o7777, 0o640);
        write_atomic(&folder.path().join("b.txt"), b"b").expect("is created");
        assert_eq!(names(folder.path()), ["a.txt", "b.txt"]);
    }

    #[test]
    fn writes_through_symbolic_links() {
        let folder = folder();
        let (target, link) = (folder.path().join("target"), folder.path().join("link"));
        fs::write(&target, "old").expect("can be written");
        symlink("target", &link).expect("can be linked");
        write_atomic(&link, b"new").expect("is written");
        assert!(fs::symlink_metadata(&link).expect("is there").is_symlink());
        assert_eq!(fs::read(&target).expect("can be read"), b"new");
        let nowhere = folder.path().join("nowhere");
        symlink("missing", &nowhere).expect("can be linked");
        assert!(write_atomic(&nowhere, b"x").is_err());
        assert!(fs::symlink_metadata(&nowhere).expect("is there").is_symlink());
    }

    #[test]
    fn refuses_what_it_would_break() {
        let folder = folder();
        let path = folder.path().join("a");
        fs::write(&path, "old").expect("can be written");
        fs::hard_link(&path, folder.path().join("b")).expect("can be linked");
        let error = write_atomic(&path, b"new").expect_err("is refused");
        assert!(error.to_string().contains("2 hard links"), "{error}");
        fs::remove_file(folder.path().join("b")).expect("can be removed");
        fs::set_permissions(&path, Permissions::from_mode(0o444)).expect("can be set");
        let error = write_atomic(&path, b"new").expect_err("is refused");
        assert_eq!(error.to_string(), "is read-only");
        assert!(write_atomic(folder.path(), b"new").is_err());
        assert_eq!(fs::read(&path).expect("can be read"), b"old");
        assert_eq!(names(folder.path()), ["a"]);
    }
}
