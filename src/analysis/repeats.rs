//! Words and phrases that stand twice or more in a row. One pass over the blanks of the text, a small table of where
//! each beginning stood last, and a comparison of the two stretches: linear whatever the text.

use crate::text::Span;

/// A stretch of text that is repeated directly, on one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repeat {
    /// The first occurrence, without the blank after it.
    pub first: Span,
    /// Where the last occurrence ends.
    pub end: usize,
    /// How often the stretch stands there, at least twice.
    pub count: usize,
}

/// How far apart two occurrences may begin, in bytes.
const FAR: usize = 320;
/// The table of beginnings; a phrase has far fewer words.
const SLOTS: usize = 256;

/// All repeats, by position, not overlapping.
pub(super) fn repeats(text: &str) -> Vec<Repeat> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    // For each hash of a beginning: the hash, and where it stood last.
    let mut table = [(0u32, usize::MAX); SLOTS];
    let (mut start, mut line) = (0, 0);
    let mut before = Span::default();
    let mut done = 0;
    for end in memchr::memchr2_iter(b' ', b'\n', bytes).chain(std::iter::once(bytes.len())) {
        let token = Span::new(start, end);
        let ends_line = bytes.get(end) != Some(&b' ');
        start = end + 1;
        // A comma or a bracket begins no word; nor does what was already counted.
        if token.start < done || !bytes.get(token.start).is_some_and(|b| b.is_ascii_alphabetic() || *b >= 0x80) {
            before = Span::default();
        } else {
            let doubled = token.len() == before.len()
                && before.end + 1 == token.start
                && bytes[before.range()].eq_ignore_ascii_case(&bytes[token.range()]);
            if let Some(window) = bytes.get(token.start..).and_then(|rest| rest.first_chunk::<8>()) {
                let hash = (u64::from_le_bytes(*window).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as u32;
                let slot = &mut table[hash as usize % SLOTS];
                let last = std::mem::replace(slot, (hash, token.start));
                if last.0 == hash
                    && last.1 >= line.max(done)
                    && last.1 < token.start
                    && token.start - last.1 <= FAR
                    && let Some(repeat) = repeat(bytes, last.1, token.start - last.1)
                {
                    done = repeat.end;
                    found.push(repeat);
                } else if doubled {
                    found.push(Repeat { first: before, end: token.end, count: 2 });
                    done = token.end;
                }
            } else if doubled {
                found.push(Repeat { first: before, end: token.end, count: 2 });
                done = token.end;
            }
            before = token;
        }
        if ends_line {
            line = start;
            before = Span::default();
        }
    }
    found
}

/// How often the stretch of `period` bytes at `start` stands there.
fn repeat(bytes: &[u8], start: usize, period: usize) -> Option<Repeat> {
    let unit = bytes.get(start..start + period)?;
    // What closes the stretch may differ after the last occurrence: `once, once, once.`
    let body = unit.len() - unit.iter().rev().take_while(|b| b" .,;:!?".contains(b)).count();
    if body == 0 {
        return None;
    }
    let mut count = 1;
    let mut at = start + period;
    loop {
        let next = bytes.get(at..at + body)?;
        let ends = bytes.get(at + body).is_none_or(|b| !b.is_ascii_alphanumeric() && *b < 0x80);
        if next != &unit[..body] || !ends {
            break;
        }
        count += 1;
        if bytes.get(at + body..at + period) != Some(&unit[body..]) {
            at += body;
            return Some(Repeat { first: Span::new(start, start + body), end: at, count });
        }
        at += period;
        if at + body > bytes.len() {
            break;
        }
    }
    let tail = period - body;
    (count > 1).then(|| Repeat { first: Span::new(start, start + body), end: at - tail, count })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, usize)> {
        repeats(text).iter().map(|r| (text[r.first.range()].to_owned(), r.count)).collect()
    }

    #[test]
    fn phrases_and_words() {
        assert_eq!(found("und so weiter und so weiter und so weiter geht es"), [("und so weiter".to_owned(), 3)]);
        assert_eq!(found("Over the the hill"), [("the".to_owned(), 2)]);
        assert_eq!(found("я не знаю, я не знаю, я не знаю."), [("я не знаю".to_owned(), 3)]);
        assert_eq!(found("in the house in the garden"), []);
        assert_eq!(found("the theatre of of"), [("of".to_owned(), 2)]);
        assert_eq!(found("a b\na b\na b"), []);
        assert_eq!(found(""), []);
        assert_eq!(found("so it goes so it goes"), [("so it goes".to_owned(), 2)]);
    }
}
