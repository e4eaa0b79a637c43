//! One cache-warm pass that says which kinds of characters stand in which blocks of a text. A check that needs a kind
//! of character is called only where that kind stands.

use crate::text::Span;
use std::ops::{BitOr, BitOrAssign};

/// A set of kinds of characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signals(u64);

macro_rules! signals {
    ($($(#[$doc:meta])* $name:ident = $bit:expr;)*) => {
        impl Signals { $($(#[$doc])* pub const $name: Signals = Signals(1 << $bit);)* }
    };
}

signals! {
    /// A C0 control other than tab, line feed and carriage return; DEL.
    CONTROL = 0;
    /// `"`
    QUOTE = 1;
    /// `'`
    APOSTROPHE = 2;
    /// `` ` `` or `^` or `~`
    BACKTICK = 3;
    /// `<` or `>`
    ANGLE = 4;
    /// `{` or `}`
    BRACE = 5;
    /// `[` or `]`
    SQUARE = 6;
    /// `&`
    AMPERSAND = 7;
    /// `%`
    PERCENT = 8;
    /// `\`
    BACKSLASH = 9;
    /// `@`
    AT = 10;
    /// `$`
    DOLLAR = 11;
    /// `|`
    PIPE = 12;
    /// `_`
    UNDERSCORE = 13;
    /// `#`, `*` or `=`
    MARKDOWN = 14;
    /// A digit.
    DIGIT = 15;
    /// `(` or `)`
    PAREN = 16;
    /// `?`
    QUESTION = 17;
    /// `+`
    PLUS = 18;
    /// An ASCII letter.
    ASCII_LETTER = 19;
    /// Anything beyond ASCII.
    NON_ASCII = 32;
}

impl Signals {
    /// Every document, even an empty one.
    pub const ANY: Signals = Signals(u64::MAX);

    /// Both sets together, in constants.
    pub const fn or(self, other: Signals) -> Signals {
        Signals(self.0 | other.0)
    }
    /// Whether the two sets share a kind.
    pub const fn intersects(self, other: Signals) -> bool {
        self.0 & other.0 != 0
    }
}

impl BitOr for Signals {
    type Output = Signals;
    fn bitor(self, other: Signals) -> Signals {
        Signals(self.0 | other.0)
    }
}

impl BitOrAssign for Signals {
    fn bitor_assign(&mut self, other: Signals) {
        self.0 |= other.0;
    }
}

/// The blocks of a text with what stands in each.
#[derive(Debug, Default)]
pub struct Blocks {
    all: Signals,
    blocks: Vec<(Span, Signals)>,
}

/// About how long a block is, in bytes: long enough to be cheap, short enough to stay in the first-level cache.
const BLOCK: usize = 4096;

impl Blocks {
    /// Scans a text. Blocks end at line ends, or at a blank where a line is very long.
    pub fn scan(text: &str) -> Blocks {
        let bytes = text.as_bytes();
        let mut blocks = Blocks::default();
        let mut start = 0;
        while start < bytes.len() {
            let mut end = (start + BLOCK).min(bytes.len());
            if end < bytes.len() {
                end = match memchr::memrchr(b'\n', &bytes[start..end])
                    .or_else(|| memchr::memrchr(b' ', &bytes[start..end]))
                {
                    Some(i) => start + i + 1,
                    None => (end..=bytes.len()).find(|&i| text.is_char_boundary(i)).unwrap_or(bytes.len()),
                };
            }
            let signals = scan_block(&bytes[start..end]);
            blocks.all |= signals;
            blocks.blocks.push((Span::new(start, end), signals));
            start = end;
        }
        blocks
    }
    /// What stands anywhere in the text.
    pub fn all(&self) -> Signals {
        self.all
    }
    /// The blocks that show one of `needs`, neighbours merged.
    pub fn spans(&self, needs: Signals) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        for &(span, signals) in &self.blocks {
            if needs == Signals::ANY || signals.intersects(needs) {
                match spans.last_mut() {
                    Some(last) if last.end == span.start => last.end = span.end,
                    _ => spans.push(span),
                }
            }
        }
        spans
    }
}

/// What each byte says about itself.
static BYTE: [u64; 256] = byte_table();

const fn byte_table() -> [u64; 256] {
    let mut table = [0u64; 256];
    let mut b = 0;
    while b < 256 {
        table[b] = match b as u8 {
            b'\t' | b'\n' | b'\r' => 0,
            0..0x20 | 0x7F => Signals::CONTROL.0,
            b'"' => Signals::QUOTE.0,
            b'\'' => Signals::APOSTROPHE.0,
            b'`' | b'^' | b'~' => Signals::BACKTICK.0,
            b'<' | b'>' => Signals::ANGLE.0,
            b'{' | b'}' => Signals::BRACE.0,
            b'[' | b']' => Signals::SQUARE.0,
            b'&' => Signals::AMPERSAND.0,
            b'%' => Signals::PERCENT.0,
            b'\\' => Signals::BACKSLASH.0,
            b'@' => Signals::AT.0,
            b'$' => Signals::DOLLAR.0,
            b'|' => Signals::PIPE.0,
            b'_' => Signals::UNDERSCORE.0,
            b'#' | b'*' | b'=' => Signals::MARKDOWN.0,
            b'0'..=b'9' => Signals::DIGIT.0,
            b'(' | b')' => Signals::PAREN.0,
            b'?' => Signals::QUESTION.0,
            b'+' => Signals::PLUS.0,
            b'a'..=b'z' | b'A'..=b'Z' => Signals::ASCII_LETTER.0,
            0x80.. => Signals::NON_ASCII.0,
            _ => 0,
        };
        b += 1;
    }
    table
}

fn scan_block(bytes: &[u8]) -> Signals {
    // Four sums at once: the loads of the table don't wait for each other.
    let mut sums = [0u64; 4];
    let mut chunks = bytes.chunks_exact(4);
    for c in &mut chunks {
        sums[0] |= BYTE[c[0] as usize];
        sums[1] |= BYTE[c[1] as usize];
        sums[2] |= BYTE[c[2] as usize];
        sums[3] |= BYTE[c[3] as usize];
    }
    let rest = chunks.remainder().iter().fold(0, |sum, &b| sum | BYTE[b as usize]);
    Signals(sums[0] | sums[1] | sums[2] | sums[3] | rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_cover_the_text() {
        let text = format!("{}\n{}é\n", "a ".repeat(5000), "x".repeat(9000));
        let blocks = Blocks::scan(&text);
        assert_eq!(blocks.spans(Signals::ANY), [Span::new(0, text.len())]);
        assert!(blocks.all().intersects(Signals::NON_ASCII));
        let with = blocks.spans(Signals::NON_ASCII);
        assert_eq!(with.len(), 1);
        assert!(text[with[0].range()].contains('é'));
    }
}
