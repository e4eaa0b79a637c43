//! Punctuation that is followed at once by something other than a blank: one pass for every check of lost spaces.

use super::places::beginnings;

/// The kind of a joint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    /// `.`, `?` or `!` before a capital, or before a character beyond ASCII.
    Stop,
    /// The end of a sentence before a quotation mark.
    Quoted,
    /// `,` before a letter, or before a character beyond ASCII.
    Comma,
    /// Two marks that never stand side by side: `,,` `;;` `,.`.
    Doubled,
}

/// All joints of a text, in order.
pub(super) fn joints(text: &str) -> Vec<(usize, Joint)> {
    let bytes = text.as_bytes();
    // Marks that end something, or the last byte of `…`; few of them have anything but a blank after them.
    let marks = |b: u8| (b == b'.') | (b == b',') | (b == b'?') | (b == b'!') | (b == b';') | (b == 0xA6);
    let mut found = Vec::new();
    beginnings(bytes, |[b, next, ..]| marks(b) & (next > b' '), |at| found.extend(joint(bytes, at)));
    found
}

fn joint(bytes: &[u8], at: usize) -> Option<(usize, Joint)> {
    let (&b, &n) = (bytes.get(at)?, bytes.get(at + 1)?);
    let joint = match (b, n) {
        (b'.' | b'?' | b'!', b'"' | 0xE2 | 0xC2) => Joint::Quoted,
        (b'.' | b'?' | b'!', b'A'..=b'Z' | 0x80..) => Joint::Stop,
        (b',', b'a'..=b'z' | b'A'..=b'Z' | 0x80..) => Joint::Comma,
        (b',', b',' | b'.') | (b';', b';') => Joint::Doubled,
        // The last byte of `…`.
        (0xA6, b'"' | 0xE2 | 0xC2) if bytes[..at].ends_with(b"\xE2\x80") => Joint::Quoted,
        _ => return None,
    };
    Some((at, joint))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_joints() {
        assert_eq!(
            joints("a.B c,d e,,f. G"),
            [(1, Joint::Stop), (5, Joint::Comma), (9, Joint::Doubled), (10, Joint::Comma)]
        );
        assert_eq!(joints("a.\"B b…”C"), [(1, Joint::Quoted), (8, Joint::Quoted)]);
        assert!(joints("").is_empty());
        let long = format!("{}a,b{}", "x ".repeat(60), " y".repeat(60));
        assert_eq!(joints(&long), [(121, Joint::Comma)]);
    }
}
