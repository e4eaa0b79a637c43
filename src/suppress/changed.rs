//! Which lines a patch adds or changes.

use std::{
    collections::BTreeMap,
    ops::RangeInclusive,
    path::{Path, PathBuf},
};

/// The changed lines of each file, by its path relative to the folder that the patch is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    files: BTreeMap<PathBuf, Vec<RangeInclusive<u32>>>,
}

impl Changed {
    /// Reads a unified diff; other text in it is passed over. Paths lose what stands before their first slash (`a/`,
    /// `b/`) where the patch is one of git's or both sides have it.
    pub fn parse(patch: &[u8]) -> Changed {
        let mut changed = Changed::default();
        let mut old: Option<Vec<u8>> = None;
        let mut current: Option<PathBuf> = None;
        // Lines of the hunk that are still to come, so that a line `+++ x` of a text is not taken for a header.
        let (mut old_left, mut new_left, mut at) = (0, 0, 0);
        for line in patch.split(|&b| b == b'\n') {
            if old_left > 0 || new_left > 0 {
                match line.first() {
                    Some(b'+') => {
                        if let Some(path) = &current {
                            changed.add(path, at);
                        }
                        at += 1;
                        new_left -= 1.min(new_left);
                    }
                    Some(b'-') => old_left -= 1.min(old_left),
                    Some(b'\\') => {}
                    _ => {
                        at += 1;
                        new_left -= 1.min(new_left);
                        old_left -= 1.min(old_left);
                    }
                }
                continue;
            }
            if let Some(rest) = line.strip_prefix(b"--- ") {
                old = Some(name(rest));
            } else if let Some(rest) = line.strip_prefix(b"+++ ") {
                let new = name(rest);
                current = (new != b"/dev/null").then(|| to_path(strip(&new, old.as_deref())));
                if let Some(path) = &current {
                    changed.files.entry(path.clone()).or_default();
                }
            } else if let Some(hunk) = line.strip_prefix(b"@@ -")
                && let Some((o, n, start)) = numbers(hunk)
            {
                (old_left, new_left, at) = (o, n, start);
            }
        }
        changed
    }
    /// Counts a whole file as changed.
    pub fn add_file(&mut self, path: &Path) {
        self.files.insert(path.to_path_buf(), vec![1..=u32::MAX]);
    }
    fn add(&mut self, path: &Path, line: u32) {
        let lines = self.files.entry(path.to_path_buf()).or_default();
        match lines.last_mut() {
            Some(last) if *last.end() + 1 == line => *last = *last.start()..=line,
            _ => lines.push(line..=line),
        }
    }
    /// Whether anything in this file is new.
    pub fn has(&self, path: &Path) -> bool {
        self.files.get(&plain(path)).is_some_and(|l| !l.is_empty())
    }
    /// Whether one of these lines is new.
    pub fn touches(&self, path: &Path, first: u32, last: u32) -> bool {
        self.files.get(&plain(path)).is_some_and(|l| l.iter().any(|r| *r.start() <= last && first <= *r.end()))
    }
    /// Every file with new lines.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().filter(|(_, lines)| !lines.is_empty()).map(|(path, _)| path.as_path())
    }
    /// Whether there is no file in it.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

/// A path without `.`, relative to the current folder where it lies below.
fn plain(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    let inside = path.strip_prefix(&here).unwrap_or(path);
    inside.components().filter(|c| !matches!(c, std::path::Component::CurDir)).collect()
}

/// `12,3 +14,5 @@`: lines of the old side, lines of the new one, the first of them.
fn numbers(hunk: &[u8]) -> Option<(u32, u32, u32)> {
    let text = std::str::from_utf8(hunk.split(|&b| b == b'@').next()?).ok()?;
    let (old, new) = text.trim().split_once(" +")?;
    let part = |s: &str| -> Option<(u32, u32)> {
        let (start, len) = s.split_once(',').unwrap_or((s, "1"));
        Some((start.parse().ok()?, len.parse().ok()?))
    };
    let ((_, old_len), (start, new_len)) = (part(old)?, part(new)?);
    Some((old_len, new_len, start))
}

/// A file name of a header: quoted as in C, or up to a tab.
fn name(rest: &[u8]) -> Vec<u8> {
    let rest = rest.strip_suffix(b"\r").unwrap_or(rest);
    let Some(quoted) = rest.strip_prefix(b"\"") else {
        return rest.split(|&b| b == b'\t').next().unwrap_or_default().to_vec();
    };
    let mut out = Vec::new();
    let mut bytes = quoted.iter().copied().peekable();
    while let Some(b) = bytes.next() {
        match b {
            b'"' => break,
            b'\\' => match bytes.next() {
                Some(d @ b'0'..=b'7') => {
                    let mut value = u32::from(d - b'0');
                    while let Some(&d @ b'0'..=b'7') = bytes.peek() {
                        value = (value * 8 + u32::from(d - b'0')) & 0xFF;
                        bytes.next();
                    }
                    out.push(value as u8);
                }
                Some(b'n') => out.push(b'\n'),
                Some(b't') => out.push(b'\t'),
                Some(b'r') => out.push(b'\r'),
                Some(b'a') => out.push(7),
                Some(b'b') => out.push(8),
                Some(b'v') => out.push(11),
                Some(b'f') => out.push(12),
                Some(other) => out.push(other),
                None => {}
            },
            b => out.push(b),
        }
    }
    out
}

/// Takes off the first folder, `b/`, where both sides have one of git's.
fn strip<'n>(new: &'n [u8], old: Option<&[u8]>) -> &'n [u8] {
    let old_is = |p: &[u8]| old.is_some_and(|o| o.starts_with(p) || o == b"/dev/null");
    match new {
        [b'b', b'/', rest @ ..] if old_is(b"a/") => rest,
        // With git's `diff.mnemonicPrefix`.
        [b'w' | b'i' | b'c', b'/', rest @ ..] if old_is(b"i/") || old_is(b"c/") || old_is(b"w/") => rest,
        other => other,
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_patch() {
        let patch = b"diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,3 @@\n one\n+two\n+++ b/y\n@@ -9 +10,0 @@\n-gone\n--- \"a/\\303\\274 \\\"n\"\n+++ \"b/\\303\\274 \\\"n\"\n@@ -0,0 +1 @@\n+new\n\\ No newline at end of file\n--- a/del\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n";
        let changed = Changed::parse(patch);
        assert!(changed.touches(Path::new("x"), 2, 2) && changed.touches(Path::new("./x"), 1, 9));
        assert!(changed.touches(Path::new("x"), 3, 3) && !changed.touches(Path::new("x"), 1, 1));
        assert!(changed.touches(Path::new("\u{fc} \"n"), 1, 1));
        assert!(!changed.has(Path::new("y")) && !changed.has(Path::new("del")));
    }
}
