//! Puts a file in place atomically.

use std::{io, path::Path};

/// Writes a temporary file in the same folder, then renames it.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> io::Result<()> {
    use std::io::Write;
    let target = path.canonicalize()?;
    let folder = target.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    std::fs::set_permissions(file.path(), std::fs::metadata(&target)?.permissions())?;
    file.persist(&target)?;
    Ok(())
}
