//! Words and phrases that stand twice or more in a row. One pass over the blanks of the text, a small table of where
//! each beginning stood last, and a comparison of the two stretches: linear whatever the text.

use super::places::places;
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
    let mut found: Vec<Repeat> = Vec::new();
    // For each hash of a beginning: where it stood last (places wrap at four gigabytes), and above that the hash.
    let mut table = [0u64; SLOTS];
    // This sees every word of every clean text: what is rare is looked at in `look`.
    let mut word = |before: Before, end: usize| {
        let here = before.end;
        let now = Before { end: end + 1, len: end - here, window: window(bytes, here) };
        let hash = now.window.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
        let entry = std::mem::replace(&mut table[hash as usize % SLOTS], hash << 32 | (here as u64 & 0xFFFF_FFFF));
        let doubled = now.len == before.len && alike(now.window, before.window, now.len);
        if entry >> 32 == hash || doubled {
            let far = (here as u32).wrapping_sub(entry as u32) as usize;
            let again = entry >> 32 == hash && (1..=FAR.min(here)).contains(&far) && goes_on(bytes, here, far);
            if again || doubled {
                let done = found.last().map_or(0, |r| r.end);
                found.extend(look(bytes, Span::new(here, end), again.then(|| here - far), done));
            }
        }
        now
    };
    let last = places(bytes, |b| (b == b' ') | (b == b'\n')).fold(Before::default(), &mut word);
    word(last, bytes.len());
    found
}

/// The word before: where the blank after it ends, its length, and its first eight bytes.
#[derive(Clone, Copy, Default)]
struct Before {
    end: usize,
    len: usize,
    window: u64,
}

/// Whether the middle of a stretch that began `far` bytes before stands at the same distance from here.
#[inline]
fn goes_on(bytes: &[u8], here: usize, far: usize) -> bool {
    let middle = far / 2;
    bytes.get(here + middle).is_none_or(|b| *b == bytes[here - far + middle])
}

/// The eight bytes at a place, zeroes past the end.
#[inline]
fn window(bytes: &[u8], at: usize) -> u64 {
    match bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        Some(window) => u64::from_le_bytes(*window),
        None => {
            let rest = bytes.get(at..).unwrap_or_default();
            rest.iter().rev().fold(0, |window, b| window << 8 | u64::from(*b))
        }
    }
}

/// Whether the first `len` bytes of two windows may be the same word, whatever their case.
#[inline]
fn alike(a: u64, b: u64, len: usize) -> bool {
    const CASE: u64 = 0x2020_2020_2020_2020;
    len != 0 && ((a ^ b) & !CASE) << (64 - 8 * len.min(8)) == 0
}

/// Whether a word begins the second occurrence of a stretch that began at `before`, or doubles the word before it.
#[cold]
fn look(bytes: &[u8], word: Span, before: Option<usize>, done: usize) -> Option<Repeat> {
    // A comma or a bracket begins no word; nor does what was already counted.
    let here = word.start;
    let first = bytes.get(here)?;
    if here < done || word.is_empty() || !(first.is_ascii_alphabetic() || *first >= 0x80) {
        return None;
    }
    let phrase = || {
        let at = before.filter(|at| *at >= done && *at < here && here - at <= FAR && bytes.len() - here >= 8)?;
        let one_line = memchr::memchr(b'\n', bytes.get(at..here)?).is_none();
        one_line.then(|| repeat(bytes, at, here - at)).flatten()
    };
    let doubled = || {
        let first = Span::new(here.checked_sub(word.len() + 1)?, here - 1);
        let begins = first.start >= done && (first.start == 0 || matches!(bytes[first.start - 1], b' ' | b'\n'));
        let same = bytes.get(first.range())?.eq_ignore_ascii_case(bytes.get(word.range())?);
        (begins && same && bytes[here - 1] == b' ').then_some(Repeat { first, end: word.end, count: 2 })
    };
    phrase().or_else(doubled)
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
