//! Reads whole files, up to a limit.

use super::Stamp;
use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

/// Why a file has no bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It is left out, for this reason.
    Skipped(String),
    /// It cannot be read.
    Unreadable(String),
}

/// Reads a whole file; one of more than `limit` bytes is left out.
pub fn read(path: &Path, limit: u64) -> Result<Vec<u8>, Problem> {
    read_with_stamp(path, limit).map(|(bytes, _)| bytes)
}

/// Reads a whole file, and says what tells that it is still as it was just before that.
pub fn read_with_stamp(path: &Path, limit: u64) -> Result<(Vec<u8>, Option<Stamp>), Problem> {
    let file = File::open(path).map_err(|e| Problem::Unreadable(reason(&e)))?;
    let (size, stamp) = match file.metadata() {
        Ok(meta) if meta.is_dir() => return Err(Problem::Unreadable("is a folder".into())),
        Ok(meta) => (meta.len(), Stamp::new(&meta)),
        Err(_) => (0, None),
    };
    if size > limit {
        return Err(Problem::Skipped(too_big(size, limit)));
    }
    read_from(file, size, limit).map(|bytes| (bytes, stamp))
}

/// Reads all of a stream, of which `size` bytes are expected.
pub fn read_from(stream: impl Read, size: u64, limit: u64) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    let expected = usize::try_from(size.min(limit)).unwrap_or(0);
    bytes.try_reserve_exact(expected + 1).map_err(|_| Problem::Skipped("too big: not enough memory".into()))?;
    stream.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|e| Problem::Unreadable(reason(&e)))?;
    if bytes.len() as u64 > limit {
        return Err(Problem::Skipped(too_big(bytes.len() as u64, limit)));
    }
    Ok(bytes)
}

fn too_big(size: u64, limit: u64) -> String {
    format!("too big: at least {size} bytes, and the limit is {limit}; --max-file-size raises it")
}

/// An I/O error in words, without the system's error number.
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".into(),
        io::ErrorKind::PermissionDenied => "no permission".into(),
        _ => {
            let text = error.to_string();
            text.split(" (os error").next().unwrap_or(&text).to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits() {
        assert_eq!(read_from(&b"abc"[..], 0, 3).unwrap(), b"abc");
        assert!(matches!(read_from(&b"abcd"[..], 0, 3), Err(Problem::Skipped(why)) if why.starts_with("too big")));
        assert!(matches!(read(Path::new("."), 3), Err(Problem::Unreadable(_))));
    }
}
