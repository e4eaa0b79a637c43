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

/// How many bytes are looked at together; the compiler turns the test of them into vector instructions.
const CHUNK: usize = 32;

/// All joints of a text, in order.
pub(super) fn joints(text: &str) -> Vec<(usize, Joint)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    // A mark and what follows it: in prose that is a blank almost always, and the whole chunk is passed over.
    while let (Some(marks), Some(next)) = (chunk(bytes, at), chunk(bytes, at + 1)) {
        let joins = marks.iter().zip(next).fold(false, |any, (&mark, &next)| any | (is_mark(mark) & (next > b' ')));
        if joins {
            (at..at + CHUNK).for_each(|i| found.extend(joint(bytes, i).map(|j| (i, j))));
        }
        at += CHUNK;
    }
    (at..bytes.len()).for_each(|i| found.extend(joint(bytes, i).map(|j| (i, j))));
    found
}

fn chunk(bytes: &[u8], at: usize) -> Option<&[u8; CHUNK]> {
    bytes.get(at..)?.first_chunk()
}

/// The marks, and the last byte of `…`.
fn is_mark(b: u8) -> bool {
    (b == b'.') | (b == b',') | (b == b';') | (b == b'?') | (b == b'!') | (b == 0xA6)
}

/// The joint of a byte and the one after it.
fn joint(bytes: &[u8], at: usize) -> Option<Joint> {
    let pair = bytes.get(at..at + 2)?;
    match (pair[0], pair[1]) {
        (0xA6, b'"' | 0xE2 | 0xC2) if bytes[..at].ends_with(b"\xE2\x80") => Some(Joint::Quoted),
        (b'.' | b'?' | b'!', b'"' | 0xE2 | 0xC2) => Some(Joint::Quoted),
        (b'.' | b'?' | b'!', b'A'..=b'Z' | 0x80..) => Some(Joint::Stop),
        (b',', b'a'..=b'z' | b'A'..=b'Z' | 0x80..) => Some(Joint::Comma),
        (b',', b',' | b'.') | (b';', b';') => Some(Joint::Doubled),
        _ => None,
    }
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
