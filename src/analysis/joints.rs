//! Punctuation that is followed at once by something other than a blank, and other pairs of characters: one pass for every
//! check that asks for them.

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

/// Pairs of characters that several checks ask for, found in one pass.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Pairs {
    /// All joints of a text, in order.
    pub(super) joints: Vec<(usize, Joint)>,
    /// Where a hyphen stands before a blank.
    pub(super) hyphens: Vec<usize>,
    /// Where a hyphen stands behind an `l`, as in `al-`.
    pub(super) articles: Vec<usize>,
    /// Where `GMT` or `UTC` begins.
    pub(super) zones: Vec<usize>,
}

/// Looks for all of them.
pub(super) fn pairs(text: &str) -> Pairs {
    let bytes = text.as_bytes();
    // Marks that end something, or the last byte of `…`; few of them have anything but a blank after them.
    let marks = |b: u8| (b == b'.') | (b == b',') | (b == b'?') | (b == b'!') | (b == b';') | (b == 0xA6);
    let hyphen = |a: u8, b: u8| ((a == b'-') & (b == b' ')) | ((a == b'l') & (b == b'-'));
    let zone = |a: u8, b: u8| ((a == b'G') & (b == b'M')) | ((a == b'U') & (b == b'T'));
    let mut pairs = Pairs::default();
    beginnings(
        bytes,
        |[a, b, ..]| marks(a) & (b > b' ') | hyphen(a, b) | zone(a, b),
        |at| match bytes[at] {
            b'-' => pairs.hyphens.push(at),
            b'l' => pairs.articles.push(at + 1),
            b'G' | b'U' => {
                pairs.zones.extend(matches!(bytes.get(at..at + 3), Some(b"GMT" | b"UTC")).then_some(at));
            }
            _ => pairs.joints.extend(joint(bytes, at)),
        },
    );
    pairs
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

    fn joints(text: &str) -> Vec<(usize, Joint)> {
        pairs(text).joints
    }

    #[test]
    fn finds_other_pairs() {
        let found = pairs("al-Hadi - at 5 UTC, GMT+3 or GM- UTX");
        assert_eq!((found.hyphens, found.articles, found.zones), (vec![8, 31], vec![2], vec![15, 20]));
        assert_eq!(found.joints, []);
    }

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
