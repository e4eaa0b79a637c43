//! What each character is in a language, for reading without a model at hand: one load for a letter, one for a step.

use super::{
    gate::{is_joint, is_typographic},
    letters::{Letters, SLOTS, slot},
    model::{BIT, Cost, Model},
    swap::is_ideograph,
};
use std::sync::OnceLock;

/// A sign that stands beside letters in good text, but not between them.
pub(super) const QUOTE: u8 = 123;
/// A control, which no good text has.
pub(super) const CONTROL: u8 = 124;
/// A sign that stands between letters in good text.
pub(super) const TYPOGRAPHIC: u8 = 125;
/// Any other sign.
pub(super) const SIGN: u8 = 126;
/// A letter that the language lacks.
pub(super) const UNKNOWN: u8 = 127;
/// A capital, on top of the letter.
pub(super) const CAPITAL: u8 = 128;
/// Entries in the table of letters: all places, filled up so that a mask keeps an index inside.
const PLACES: usize = 0x1000;

/// One language, for quick reading.
pub(super) struct Quick {
    /// Place to letter, or to one of the kinds above.
    info: Box<[u8; PLACES]>,
    /// What follows what, 128 in a row.
    pairs: Box<[u8; 0x4000]>,
    /// What a step costs on average at most.
    pub(super) slope: Cost,
}

impl Quick {
    /// The tables of a language; `None` if it has too many letters.
    pub(super) fn new(letters: &Letters, language: usize) -> Option<Quick> {
        let l = letters.languages.get(language)?;
        let n = l.count();
        if n > usize::from(QUOTE) {
            return None;
        }
        let mut info = Box::new([0u8; PLACES]);
        for ch in places() {
            let at = slot(ch);
            let id = l.letter(at) as u8;
            info[usize::from(at)] = match ch {
                _ if letters.is_letter(ch) => {
                    let known = if id == 0 { UNKNOWN } else { id };
                    known | if ch.is_uppercase() { CAPITAL } else { 0 }
                }
                '\0'..='\x7F' => 0,
                '\u{80}'..='\u{9F}' => CONTROL,
                _ if is_joint(ch) => TYPOGRAPHIC,
                _ if is_typographic(ch) => QUOTE,
                _ => SIGN,
            };
        }
        let mut pairs = Box::new([255u8; 0x4000]);
        let sides = |id: usize| match id as u8 {
            QUOTE | TYPOGRAPHIC | SIGN => Some(0),
            _ if id < n => Some(id),
            _ => None,
        };
        for a in 0..128 {
            for b in 0..128 {
                if let (Some(x), Some(y)) = (sides(a), sides(b)) {
                    pairs[a << 7 | b] = if x == 0 && y == 0 { 0 } else { l.pair(x, y).clamp(0, 255) as u8 };
                }
            }
        }
        // Mostly written without its dots, and so rare where it is learned.
        let (yo, ye) = (l.letter(slot('ё')), l.letter(slot('е')));
        if yo > 0 && ye > 0 {
            for other in 0..n {
                let undotted = |cost: u8| cost.saturating_add((5 * BIT) as u8);
                pairs[other << 7 | yo] = pairs[other << 7 | yo].min(undotted(pairs[other << 7 | ye]));
                pairs[yo << 7 | other] = pairs[yo << 7 | other].min(undotted(pairs[ye << 7 | other]));
            }
        }
        // In Latin text only the steps beside letters beyond ASCII are taken, and those are the dear ones.
        let slope = l.mean + if l.latin { 3 * BIT } else { 3 * BIT / 4 };
        Some(Quick { info, pairs, slope })
    }

    #[inline(always)]
    pub(super) fn info(&self, place: usize) -> u8 {
        self.info[place & (PLACES - 1)]
    }

    /// Whether a character is a letter of the language.
    pub(super) fn has(&self, ch: char) -> bool {
        is_known(self.of(ch))
    }

    /// What a character is here.
    pub(super) fn of(&self, ch: char) -> u8 {
        match slot(ch) {
            0 if ch != '\0' => SIGN,
            at => self.info(usize::from(at)),
        }
    }

    #[inline(always)]
    pub(super) fn step(&self, prev: u8, next: u8) -> Cost {
        Cost::from(self.pairs[usize::from(prev & 127) << 7 | usize::from(next & 127)])
    }
}

/// Whether that is a letter, of this language or of another.
pub(super) fn is_letter(info: u8) -> bool {
    !matches!(info & 127, 0 | QUOTE..=SIGN)
}

/// Whether that is a letter of the language.
pub(super) fn is_known(info: u8) -> bool {
    (1..QUOTE).contains(&(info & 127))
}

/// Whether that is a capital.
pub(super) fn is_capital(info: u8) -> bool {
    info & CAPITAL != 0
}

/// The characters that have a place of their own.
fn places() -> impl Iterator<Item = char> {
    (0..0x700).chain(0xE00..0xE80).chain(0x1E00..0x1F00).filter_map(char::from_u32)
}

/// Quarters of a rank that the ideographs of a text may have on average.
const RARE: i8 = 7;

const _: () = assert!(SLOTS <= PLACES);

/// How rare each ideograph and each Hangul syllable is: by how much rarer than those of a text may be on average, in
/// quarters of a rank; 0, which no rank comes to, for all other characters.
pub(super) struct Ranks(Box<[i8; 0x1_0000]>);

const FIRST_RANK: usize = 0x3400;

impl Ranks {
    pub(super) fn get() -> &'static Ranks {
        static RANKS: OnceLock<Ranks> = OnceLock::new();
        RANKS.get_or_init(|| {
            let model = Model::get();
            let mut ranks = Box::new([0; 0x1_0000]);
            for (excess, point) in ranks.iter_mut().zip(0..0xD7A4).skip(FIRST_RANK) {
                if let Some(ch) = char::from_u32(point).filter(|ch| is_ideograph(*ch)) {
                    *excess = model.rank(model.symbol(ch)).unwrap_or(0) as i8 * 4 - RARE;
                }
            }
            Ranks(ranks)
        })
    }

    /// How rare a character is; `None` where that is not known or does not count.
    #[inline(always)]
    pub(super) fn of(&self, point: usize) -> Option<u8> {
        match self.excess(point) {
            0 => None,
            excess => Some(((excess + RARE) / 4).cast_unsigned()),
        }
    }

    /// How much rarer a character is than those of a text may be on average, in quarters of a rank.
    #[inline(always)]
    pub(super) fn excess(&self, point: usize) -> i8 {
        self.0[point & 0xFFFF]
    }
}
