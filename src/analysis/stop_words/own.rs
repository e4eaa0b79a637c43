//! The function words of one language, looked for without branches.

use super::{LANGUAGES, languages_at, number};
use crate::{
    analysis::places::{mask, window},
    text::Span,
};

/// The words that speak for one language: enough of them among the first words of a paragraph are proof, and cheaper than
/// counting for all languages.
pub(crate) struct Own {
    /// Each word at the place that its number says; 0 where there is none.
    words: [u64; OWN],
    /// What each of them is worth: one that no other language has is worth three that others share.
    worth: [u8; OWN],
    /// What a word's number is multiplied with for its place.
    factor: u64,
}

const OWN: usize = 1024;
/// Two of a language's own words are proof, or six that it shares,
const PROOF: u64 = 6;
/// among so many.
const FIRST: u32 = 40;

impl Own {
    /// Those of the language of a tag, if it is one of those known here.
    pub(crate) fn of_tag(tag: &str) -> Option<Own> {
        super::language(tag).map(Own::of)
    }

    /// Those of the language of a number.
    pub(crate) fn of(language: usize) -> Own {
        let list = LANGUAGES.get(language).map_or("", |l| l.1).split(' ');
        let list: Vec<&[u8]> = list.map(str::as_bytes).filter(|w| (1..=8).contains(&w.len())).collect();
        let mut own = Own { words: [0; OWN], worth: [0; OWN], factor: 0x9E37_79B9_7F4A_7C15 };
        let worth = |word: &&[u8]| {
            let shared = languages_at(word, 0, word.len()).map_or(0, |hits| hits.iter().sum());
            if shared == 1 { 3 } else { 1 }
        };
        let worths: Vec<u8> = list.iter().map(worth).collect();
        // A place has room for one word: another factor, until none meets another.
        while !list.iter().zip(&worths).all(|(word, worth)| own.put(word, *worth)) {
            let factor = own.factor.wrapping_mul(0xD134_2543_DE82_EF95) | 1;
            own = Own { words: [0; OWN], worth: [0; OWN], factor };
        }
        own
    }

    /// Takes in a word; `false` where another has its place.
    fn put(&mut self, word: &[u8], worth: u8) -> bool {
        let number = number(word);
        let place = self.place(number);
        let free = self.words[place] == 0 || self.words[place] == number;
        (self.words[place], self.worth[place]) = (number, worth);
        free
    }

    fn place(&self, number: u64) -> usize {
        (number.wrapping_mul(self.factor) >> 54) as usize
    }

    /// Whether a paragraph's first words are beyond doubt in this language.
    pub(crate) fn speaks_for(&self, prose: &str, paragraph: Span) -> bool {
        let bytes = prose.as_bytes();
        let (mut start, mut at) = (paragraph.start, paragraph.start);
        let mut next = window(bytes, start);
        let (mut worth, mut words) = (0, 0);
        while at < paragraph.end && words < FIRST {
            // Where the text ends, the paragraph is read in the ordinary way.
            let Some(part) = bytes.get(at..).and_then(|rest| rest.first_chunk::<PART>()) else { return false };
            let mut ends = part.first_chunk().map_or(0, |part| mask(part, |b| b <= b' '));
            if paragraph.end - at < STEP {
                ends &= (1 << (paragraph.end - at)) - 1;
            }
            while ends != 0 {
                let offset = ends.trailing_zeros() as usize % STEP;
                ends &= ends - 1;
                // Which word is known cannot be guessed: so nothing branches on it. No word has the number 0.
                let number = next & SHORT[(at + offset - start).min(9)];
                let place = self.place(number);
                worth += u64::from(self.worth[place]) * u64::from(self.words[place] == number);
                words += 1;
                (start, next) = (at + offset + 1, window(part, offset + 1));
            }
            if worth >= PROOF {
                return true;
            }
            at += STEP;
        }
        false
    }
}

/// So many bytes are looked at together,
const STEP: usize = 64;
/// with the first eight of a word that begins behind them.
const PART: usize = STEP + 8;

/// Masks for words of so many bytes; nothing is left of an empty or a longer one.
static SHORT: [u64; 10] = {
    let mut masks = [0; 10];
    let mut len = 1;
    while len <= 8 {
        masks[len] = u64::MAX >> (64 - 8 * len);
        len += 1;
    }
    masks
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_own_words_of_each_language_have_places_of_their_own() {
        for (language, (tag, list)) in LANGUAGES.iter().enumerate() {
            let own = Own::of(language);
            let known = own.words.iter().filter(|w| **w != 0).count();
            let short: std::collections::BTreeSet<_> = list.split(' ').filter(|w| w.len() <= 8).collect();
            assert_eq!(known, short.len(), "{tag}");
            let text = format!("{} and nothing else in this line of the text at all, whatever it may say.", list);
            assert!(own.speaks_for(&text, Span::new(0, text.len() - 64)), "{tag}");
        }
    }
}
