//! Punctuation that is followed at once by something other than a blank: one pass for every check of lost spaces.

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
    let mut found = Vec::new();
    for (at, pair) in bytes.windows(2).enumerate() {
        // Most bytes are letters and blanks: two comparisons send them away.
        if pair[0] >= b'@' || pair[0] <= b' ' {
            // The last byte of `…`.
            if pair[0] == 0xA6 && matches!(pair[1], b'"' | 0xE2 | 0xC2) && bytes[..at].ends_with(b"\xE2\x80") {
                found.push((at, Joint::Quoted));
            }
            continue;
        }
        let joint = match (pair[0], pair[1]) {
            (b'.' | b'?' | b'!', b'"' | 0xE2 | 0xC2) => Joint::Quoted,
            (b'.' | b'?' | b'!', b'A'..=b'Z' | 0x80..) => Joint::Stop,
            (b',', b'a'..=b'z' | b'A'..=b'Z' | 0x80..) => Joint::Comma,
            (b',', b',' | b'.') | (b';', b';') => Joint::Doubled,
            _ => continue,
        };
        found.push((at, joint));
    }
    found
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
    }
}
