//! Reads a paragraph's words, sixty-four bytes at a time, and keeps the function words among them. Which word is one
//! cannot be guessed: so nothing branches on it until all of a part are at hand.

use super::{HEAD, LANES, LONGEST, Table};
use crate::{
    analysis::places::{mask, padded},
    text::Span,
};
use std::hint::select_unpredictable;

/// The way through the paragraphs of a text.
pub(crate) struct Reader<'t> {
    /// The whole text, and where the paragraph ends in it.
    bytes: &'t [u8],
    end: usize,
    /// Where the next part begins; `None` at the end.
    at: Option<usize>,
    /// Where the next word begins.
    start: usize,
    table: &'static Table,
    /// What may be function words of the last part, and how many of them there are.
    known: [u128; PART],
    count: usize,
}

/// Bytes of a part. A word and the blank behind it have at least two of them.
const PART: usize = 64;

impl<'t> Reader<'t> {
    /// Reads paragraphs of a text.
    pub(crate) fn new(prose: &'t str) -> Reader<'t> {
        let bytes = prose.as_bytes();
        Reader { bytes, end: 0, at: None, start: 0, table: Table::get(), known: [0; PART], count: 0 }
    }

    /// Begins to read a paragraph.
    pub(crate) fn begin(&mut self, paragraph: Span) {
        self.end = paragraph.end.min(self.bytes.len());
        self.start = paragraph.start.min(self.end);
        (self.at, self.count) = (Some(self.start), 0);
    }

    /// Reads the words that end in the next part, and says how many there are; `None` at the end.
    #[inline(never)]
    pub(crate) fn next_part(&mut self) -> Option<usize> {
        let at = self.at?;
        let rest = self.bytes.get(at..)?;
        // Blanks and what stands in place of markup.
        let blank = |b: u8| b <= b' ';
        let mut ends = match rest.first_chunk() {
            Some(part) => mask(part, blank),
            None => mask(&padded(rest, b' '), blank),
        };
        self.at = Some(at + PART);
        if self.end - at < PART {
            // The last word ends where the paragraph does.
            let last = 1 << (self.end - at);
            ends = ends & (last - 1) | last;
            self.at = None;
        }
        let (mut words, mut count) = (0, 0);
        while ends != 0 {
            let end = at + ends.trailing_zeros() as usize;
            ends &= ends - 1;
            let begin = std::mem::replace(&mut self.start, end + 1);
            let window = self.window(begin);
            let is_word = (window as u8).is_ascii_alphabetic() | (window as u8 >= 0x80);
            let len = (end - begin).wrapping_sub(closing(self.bytes, end));
            let key = window & HEAD[select_unpredictable(is_word, len.min(LONGEST + 1), 0)];
            self.known[count % PART] = key;
            count += usize::from(self.table.may_hold(key));
            words += usize::from(is_word);
        }
        self.count = count;
        Some(words)
    }

    /// What the function words of the last part say: the languages that each speaks for, 1 for each.
    pub(crate) fn hits(&self) -> impl Iterator<Item = &'static [u8; LANES]> {
        self.known[..self.count.min(PART)].iter().filter_map(|key| self.table.find(*key))
    }

    /// The bytes at a place, zeroes past the text's end.
    #[inline(always)]
    fn window(&self, at: usize) -> u128 {
        let rest = self.bytes.get(at..).unwrap_or_default();
        u128::from_le_bytes(match rest.first_chunk() {
            Some(window) => *window,
            None => padded(rest, 0),
        })
    }
}

/// How much ASCII punctuation stands at the end of a word.
#[inline(always)]
fn closing(bytes: &[u8], end: usize) -> usize {
    let closes = |byte: u8| CLOSES[usize::from(byte)];
    let Some([c, b, a]) = end.checked_sub(3).and_then(|at| bytes.get(at..)).and_then(|last| last.first_chunk()) else {
        return closing_run(bytes, end);
    };
    let one = closes(*a);
    let two = one & closes(*b);
    if two & closes(*c) == 1 {
        return closing_run(bytes, end);
    }
    usize::from(one + two)
}

#[cold]
fn closing_run(bytes: &[u8], end: usize) -> usize {
    bytes.get(..end).unwrap_or_default().iter().rev().take_while(|b| b.is_ascii_punctuation()).count()
}

/// 1 for ASCII punctuation.
static CLOSES: [u8; 256] = {
    let mut closes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        closes[byte] = (byte as u8).is_ascii_punctuation() as u8;
        byte += 1;
    }
    closes
};

#[cfg(test)]
mod tests {
    use super::{super::tag, *};

    #[test]
    fn words_and_what_they_say() {
        let prose = format!(
            "{} die, Der und... nicht\u{1}mit «der» 12 (das) extraordinarily-long-words-everywhere und",
            "Haus ".repeat(20)
        );
        for (start, words, known) in [(0, 28, 5), (100, 8, 5)] {
            let mut reader = Reader::new(&prose);
            reader.begin(Span::new(start, prose.len()));
            let (mut all, mut german) = (0, 0);
            while let Some(words) = reader.next_part() {
                all += words;
                german += reader.hits().filter(|hits| (0..LANES).any(|i| hits[i] == 1 && tag(i) == "de")).count();
            }
            assert_eq!((all, german), (words, known), "from {start}");
        }
    }
}
