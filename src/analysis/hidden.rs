//! Every hidden character of a text, found once for all checks that ask for them.

use super::{Blocks, Signals};
use crate::unicode::{Props, flag, props};

/// A character that a reader cannot see: control, format character, blank letter, selector, private use, unassigned.
/// Odd spaces are not among them.
#[derive(Clone, Copy, Debug)]
pub struct Hidden {
    /// Where it begins.
    pub at: usize,
    /// Which.
    pub c: char,
    /// What Unicode says about it.
    pub props: Props,
}

impl Hidden {
    /// Where it ends.
    pub fn end(&self) -> usize {
        self.at + self.c.len_utf8()
    }
}

const KINDS: u64 = flag::HIDDEN & !flag::SPACE | flag::DEFAULT_IGNORABLE;

/// The hidden characters of a text, in order.
pub(super) fn hidden(text: &str, blocks: &Blocks) -> Vec<Hidden> {
    let mut found = Vec::new();
    for span in blocks.spans(Signals::HIDDEN) {
        let Some(part) = text.get(span.range()) else { continue };
        for (at, c) in part.char_indices() {
            let p = props(c);
            if p.any(KINDS) && !(c.is_ascii() && matches!(c, '\t' | '\n' | '\r')) {
                found.push(Hidden { at: span.start + at, c, props: p });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_is_not_seen() {
        let text = "a\u{200b}b\u{a0}c\u{2028}\u{92}\u{7}\t\n\u{f0b7}\u{fe0f}\u{3164}é";
        let found: String = hidden(text, &Blocks::scan(text)).iter().map(|h| h.c).collect();
        assert_eq!(found, "\u{200b}\u{2028}\u{92}\u{7}\u{f0b7}\u{fe0f}\u{3164}");
    }
}
