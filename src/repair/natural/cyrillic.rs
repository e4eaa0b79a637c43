//! Cyrillic text: the letters that all its alphabets share at once, whatever else stands there one by one.

use super::{CHUNK, Natural, Odd, WINDOW};
use crate::analysis::{
    places::tops,
    wider::{Loop, widest},
};

/// Bytes of a word in capitals that stands in ordinary text: four letters.
const ACRONYM: u32 = 8;

impl Natural<'_> {
    /// Passes a chunk of Cyrillic text, which may begin inside of a character: the letters that all alphabets share at
    /// once, the others one by one.
    pub(super) fn cyrillic_text(&self, bytes: &[u8], at: usize, window: &[u8; WINDOW], high: u64) -> Result<(), Odd> {
        let [leads, capitals, latin] = letters(window);
        let before = |back: usize| at.checked_sub(back).and_then(|i| bytes.get(i)).copied().unwrap_or(b' ');
        // What is left of the character before.
        let left = window.iter().take_while(|b| **b & 0xC0 == 0x80).count();
        let cut = left == 1 && is_lead(before(1));
        let letters = leads | leads << 1 | u64::from(cut);
        // Whether a letter ended just before.
        let (cyrillic, other) = (left == 0 && is_lead(before(2)), before(1).is_ascii_alphabetic());
        // Two alphabets in a word, and capitals inside of one.
        let touching = letters & (latin << 1 | u64::from(other)) | latin & (letters << 1 | u64::from(cyrillic));
        let mut inside = capitals & (letters << 1 | u64::from(cyrillic));
        while inside != 0 {
            let place = inside.trailing_zeros();
            let below = !letters & ((1u64 << place) - 1);
            let begin = 64 - below.leading_zeros();
            let word = (letters >> begin).trailing_ones();
            let all = (u64::MAX >> (64 - word)) << begin;
            // An acronym; one that goes on beyond the chunk is looked at.
            let whole = (begin > 0 || !cut && !cyrillic) && begin + word < CHUNK as u32;
            if !whole || word > ACRONYM || leads & all != capitals & all {
                return Err(Odd(place));
            }
            inside &= !all;
        }
        if touching != 0 {
            return Err(Odd(touching.trailing_zeros()));
        }
        self.one_by_one(bytes, at, high & !letters & u64::MAX << left)
    }
}

/// Whether a letter begins with this byte, or with one beside it.
fn is_lead(byte: u8) -> bool {
    matches!(byte, 0xD0..=0xD2)
}

/// The first bytes of the letters that all Cyrillic alphabets share, those of the capitals among them, and Latin letters.
#[inline(never)]
fn letters(window: &[u8; WINDOW]) -> [u64; 3] {
    widest(Letters { window })
}

struct Letters<'w> {
    window: &'w [u8; WINDOW],
}

impl Loop for Letters<'_> {
    type Out = [u64; 3];
    #[inline(always)]
    fn run(self) -> [u64; 3] {
        let window = self.window;
        let mut flags = [[0u8; CHUNK]; 3];
        let [letters, capitals, latin] = &mut flags;
        for (i, ((letter, capital), latin)) in letters.iter_mut().zip(capitals).zip(latin).enumerate() {
            let (lead, trail) = (window[i], window[i + 1]);
            let upper = (lead == 0xD0) & (trail.wrapping_sub(0x90) < 0x20);
            let lower = (lead == 0xD0) & (trail >= 0xB0) | (lead == 0xD1) & (trail < 0x90);
            *letter = if upper | lower { 0xFF } else { 0 };
            *capital = if upper { 0xFF } else { 0 };
            *latin = if (lead | 0x20).wrapping_sub(b'a') < 26 { 0xFF } else { 0 };
        }
        [tops(&flags[0]), tops(&flags[1]), tops(&flags[2])]
    }
}
