//! Where `GMT` and `UTC` stand.

/// The places of the names of the zone that all others are counted from.
pub(super) fn zones(prose: &str) -> impl Iterator<Item = usize> {
    let bytes = prose.as_bytes();
    memchr::memchr2_iter(b'G', b'U', bytes).filter(|at| matches!(bytes.get(*at..at + 3), Some(b"GMT" | b"UTC")))
}
