//! What tells, without reading it, that a file is as it was.

use std::{
    fs::Metadata,
    time::{Duration, SystemTime},
};

/// A file's size, times and number. The time of the last change of the file's own entry cannot be set by hand, so a file
/// that was rewritten with its old date back is told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    device: u64,
    inode: u64,
    size: u64,
    modified: (i64, i64),
    changed: (i64, i64),
}

impl Stamp {
    /// `None` on systems that don't tell enough.
    #[cfg(unix)]
    pub fn new(meta: &Metadata) -> Option<Stamp> {
        use std::os::unix::fs::MetadataExt;
        Some(Stamp {
            device: meta.dev(),
            inode: meta.ino(),
            size: meta.len(),
            modified: (meta.mtime(), meta.mtime_nsec()),
            changed: (meta.ctime(), meta.ctime_nsec()),
        })
    }
    /// `None` on systems that don't tell enough.
    #[cfg(not(unix))]
    pub fn new(_meta: &Metadata) -> Option<Stamp> {
        None
    }
    /// Whether both times lie further back than that.
    pub fn is_older_than(&self, now: SystemTime, least: Duration) -> bool {
        let now = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let latest = u64::try_from(self.modified.0.max(self.changed.0)).unwrap_or(0);
        // Whole seconds, so one more.
        Duration::from_secs(latest.saturating_add(1)).saturating_add(least) < now
    }
    /// In bytes.
    pub fn to_bytes(self) -> Vec<u8> {
        let signed = [self.modified.0, self.modified.1, self.changed.0, self.changed.1].map(|n| n.to_le_bytes());
        let plain = [self.device, self.inode, self.size].map(|n| n.to_le_bytes());
        plain.into_iter().chain(signed).flatten().collect()
    }
    /// From bytes.
    pub fn from_bytes(mut bytes: &[u8]) -> Option<Stamp> {
        let mut next = || {
            let (n, rest) = bytes.split_first_chunk::<8>()?;
            bytes = rest;
            Some(*n)
        };
        let [device, inode, size] = [next()?, next()?, next()?].map(u64::from_le_bytes);
        let [m, mn, c, cn] = [next()?, next()?, next()?, next()?].map(i64::from_le_bytes);
        Some(Stamp { device, inode, size, modified: (m, mn), changed: (c, cn) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let stamp = Stamp { device: 1, inode: 2, size: 3, modified: (100, -5), changed: (200, 6) };
        assert_eq!(Stamp::from_bytes(&stamp.to_bytes()), Some(stamp));
        assert_eq!(Stamp::from_bytes(b"short"), None);
        let at = |s: u64| SystemTime::UNIX_EPOCH + Duration::from_secs(s);
        assert!(stamp.is_older_than(at(204), Duration::from_secs(2)));
        assert!(!stamp.is_older_than(at(202), Duration::from_secs(2)) && !stamp.is_older_than(at(1), Duration::ZERO));
    }
}
