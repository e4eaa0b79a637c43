//! Applies edits to the bytes on disk.

use crate::text::{Source, Span, Unencodable};

/// The bytes with the edits applied; edits are sorted and don't overlap. Everything outside them is copied.
pub fn apply(source: &Source<'_>, edits: &[(Span, &str)]) -> Result<Vec<u8>, Unencodable> {
    let raw = source.raw();
    let mut out = Vec::with_capacity(raw.len());
    let mut at = 0;
    for (span, text) in edits {
        let range = source.raw_range(*span);
        out.extend_from_slice(&raw[at..range.start]);
        out.extend_from_slice(&source.encode(text)?);
        at = range.end;
    }
    out.extend_from_slice(&raw[at..]);
    Ok(out)
}
