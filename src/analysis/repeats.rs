//! Words and phrases that stand twice or more in a row. One pass over the blanks of the text, a small table of where
//! each beginning stood last, and a comparison of the two stretches: linear whatever the text.

use super::{
    places::{self, mask, padded},
    stop_words::{CASELESS, Ear, FACTOR, STEP},
};
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
const FAR: u64 = 320;
/// The table of beginnings; a phrase has far fewer words.
const SLOTS: usize = 1024;

/// All repeats, by position, not overlapping; and what `ear` heard in each [`STEP`] bytes.
pub(super) fn repeats(text: &str, ear: Option<&Ear>) -> (Vec<Repeat>, Vec<u16>) {
    let bytes = text.as_bytes();
    let mut words = Words { bytes, here: 0, window: 0, before: 0, table: [0; SLOTS], found: Vec::new() };
    words.window = u64::from_le_bytes(padded(bytes, 0));
    let mut heard = Vec::with_capacity(ear.map_or(0, |_| bytes.len() / STEP + 1));
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let tail;
        let part = match rest.first_chunk() {
            Some(part) => part,
            None => {
                tail = padded(rest, 0);
                &tail
            }
        };
        let ends = blanks(part);
        match ear {
            Some(ear) => heard.push(words.look_at(at, part, ends, |word| ear.hear(word))),
            None => _ = words.look_at(at, part, ends, |_| 0),
        }
        at += STEP;
    }
    // The last word ends with the text.
    words.look_at(bytes.len(), &[0; PART], 1, |_| 0);
    (words.found, heard)
}

/// So many bytes are looked at together, with the first eight of a word that begins behind them.
const PART: usize = STEP + 8;

/// Where blanks and line ends stand among the first bytes of a part.
fn blanks(part: &[u8; PART]) -> u64 {
    part.first_chunk().map_or(0, |part| mask(part, |b| (b == b' ') | (b == b'\n')))
}

/// The way through the words of a text.
struct Words<'t> {
    bytes: &'t [u8],
    /// Where the word begins that was not looked at yet,
    here: usize,
    /// its first bytes, and whatever follows it,
    window: u64,
    /// and the number of the word before it.
    before: u64,
    /// For each hash of two words in a row where they stood last, in the lower half of an entry, and the upper half of
    /// their hash: two entries differ by little where the same words stand a little further on. Places wrap at four
    /// gigabytes.
    table: [u64; SLOTS],
    found: Vec<Repeat>,
}

/// Keeps of a word's first eight bytes what belongs to the word, without the bit of ASCII case. Words of sixteen bytes and
/// more are kept as if they were shorter, and told apart later.
static OWN: [u64; 16] = {
    let mut masks = [CASELESS; 16];
    let mut len = 0;
    while len < 8 {
        masks[len] &= (1 << (8 * len)) - 1;
        len += 1;
    }
    masks
};

impl Words<'_> {
    /// Looks at the words that end where bits are set in a part of the text: whether one doubles the word before it, or
    /// has stood after the same word not long ago. Nothing else branches on what the text says, for no processor can
    /// guess that. The sum of what `hear` says to the words: their first bytes without ASCII case, times [`FACTOR`].
    #[inline(never)]
    fn look_at(&mut self, at: usize, part: &[u8; PART], mut ends: u64, hear: impl Fn(u64) -> u16) -> u16 {
        let (mut here, mut window, mut before) = (self.here, self.window, self.before);
        let mut heard = 0;
        while ends != 0 {
            let offset = ends.trailing_zeros() as usize % STEP;
            ends &= ends - 1;
            let end = at + offset;
            let word = (window & OWN[end.wrapping_sub(here) % OWN.len()]).wrapping_mul(FACTOR);
            heard += hear(word);
            let pair = (word >> 32) as u32 ^ (before >> 24) as u32;
            let entry = u64::from(pair) << 32 | u64::from(here as u32);
            let far = entry.wrapping_sub(std::mem::replace(&mut self.table[(pair >> 22) as usize % SLOTS], entry));
            if (word == before) | (far < FAR) {
                self.note(Span::new(here, end), far, word == before);
            }
            (here, window, before) = (end + 1, places::window(part, offset + 1), word);
        }
        (self.here, self.window, self.before) = (here, window, before);
        heard
    }

    /// Looks closer at a word that may be the one before it again, or stood `far` bytes before.
    #[cold]
    #[inline(never)]
    fn note(&mut self, word: Span, far: u64, again: bool) {
        let far = usize::try_from(far).ok().filter(|far| (1..FAR as usize).contains(far));
        let before = far.filter(|far| goes_on(self.bytes, word.start, *far)).map(|far| word.start.saturating_sub(far));
        if before.is_some() || again {
            let done = self.found.last().map_or(0, |r| r.end);
            self.found.extend(look(self.bytes, word, before, done));
        }
    }
}

/// Whether a stretch of `far` bytes may stand twice around here: half of its length from any place in its second
/// occurrence, behind it or before it, both occurrences agree.
fn goes_on(bytes: &[u8], here: usize, far: usize) -> bool {
    let half = far / 2;
    // Four bytes tell more than one, where there is room for them.
    let wide = if half >= 4 { 4 } else { 1 };
    let agree = |at: usize| match (bytes.get(at..at + wide), at.checked_sub(far)) {
        (Some(second), Some(first)) => bytes.get(first..first + wide) == Some(second),
        // Past the text's end nothing speaks against it.
        (None, _) => true,
        (_, None) => false,
    };
    agree((here + half + 1).saturating_sub(wide)) || agree(here.saturating_sub(half))
}

/// Whether a word that stood at `before` too is part of a stretch and its repetition, or doubles the word before it.
#[cold]
fn look(bytes: &[u8], word: Span, before: Option<usize>, done: usize) -> Option<Repeat> {
    let here = word.start;
    let begins = |at: usize| {
        // A comma or a bracket begins no word; nor does what was already counted.
        at >= done && bytes.get(at).is_some_and(|b| b.is_ascii_alphabetic() || *b >= 0x80)
    };
    if !begins(here) || word.is_empty() {
        return None;
    }
    let phrase = || {
        let at = before.filter(|at| *at >= done && *at < here && here - at <= FAR as usize)?;
        let period = here - at;
        if memchr::memchr(b'\n', bytes.get(at..here)?).is_some() {
            return None;
        }
        // The stretch may begin with shorter words: as far back as both occurrences agree, to the beginning of a word.
        let most = (period - 1).min(at - done);
        let back = (1..=most).take_while(|&i| bytes[at - i] == bytes[here - i] && bytes[at - i] != b'\n').count();
        let is_start = |i: &usize| at == *i || matches!(bytes[at - i - 1], b' ' | b'\n');
        let start = (0..=back).rev().filter(is_start).map(|i| at - i).find(|start| begins(*start))?;
        repeat(bytes, start, period)
    };
    let doubled = || {
        let first = Span::new(here.checked_sub(word.len() + 1)?, here - 1);
        let is_word = begins(first.start) && (first.start == 0 || matches!(bytes[first.start - 1], b' ' | b'\n'));
        let same = bytes.get(first.range())?.eq_ignore_ascii_case(bytes.get(word.range())?);
        if !is_word || !same || bytes[here - 1] != b' ' {
            return None;
        }
        repeat(bytes, first.start, word.len() + 1).filter(|all| all.first == first).or(Some(Repeat {
            first,
            end: word.end,
            count: 2,
        }))
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
        repeats(text, None).0.iter().map(|r| (text[r.first.range()].to_owned(), r.count)).collect()
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
        assert_eq!(found("is on the table is on the table is on the table"), [("is on the table".to_owned(), 3)]);
        assert_eq!(
            found("This is on the table, is on the table, is on the table."),
            [("is on the table".to_owned(), 3)]
        );
        assert_eq!(found("so so so so it is"), [("so".to_owned(), 4)]);
        assert_eq!(found("thus it often goes thus it often goes"), [("thus it often goes".to_owned(), 2)]);
    }
}
