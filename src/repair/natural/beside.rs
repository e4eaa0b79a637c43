//! What stands beside each character beyond ASCII, and what that says against it.

use super::{CHUNK, WINDOW};
use crate::analysis::{
    places::tops,
    wider::{Loop, widest},
};
use crate::repair::{
    gate::{is_joint, is_typographic},
    model::{BIT, Cost},
    quick::{CONTROL, QUOTE, Quick, SIGN, TYPOGRAPHIC, is_capital, is_known, is_letter},
};

/// What the ASCII characters on both sides of a character beyond ASCII say against it: at most [`STEPS`].
pub(in crate::repair) struct Beside {
    /// Which of the rows a character has: the place of one with two bytes, or of one in general punctuation behind those.
    /// The first row is that of all that are not passed.
    rows: Box<[u8; ROWS]>,
    /// What the character before says, and the character after; at 0 what no table knows.
    sides: Box<[[[u8; 128]; 2]; 128]>,
    /// The bytes of the language's commonest small letters: in good text or bad, these are what they seem.
    usual: [[u8; 2]; USUAL],
    /// Whether the language is written in Cyrillic letters.
    pub(super) cyrillic: bool,
}

/// So many letters make most of what a language has beyond ASCII.
const USUAL: usize = 4;

/// Something that no table knows, and some letter beyond ASCII, where ASCII has controls.
const OTHER: u8 = 0;
const LETTER: u8 = 1;
/// Two steps, to a letter and on, that are not taken on trust: more than a letter costs that is rare, but in its place.
const STEPS: Cost = 15 * BIT;
/// Where general punctuation begins among the rows,
const PUNCTUATION: usize = 0x800;
/// and where it ends.
const ROWS: usize = PUNCTUATION + 0x40;

impl Beside {
    /// The tables of a language.
    pub(in crate::repair) fn new(quick: &Quick) -> Beside {
        let cyrillic = quick.has('а');
        let mut beside = Beside {
            rows: Box::new([0; ROWS]),
            sides: Box::new([[[u8::MAX; 128]; 2]; 128]),
            usual: usual(quick),
            cyrillic,
        };
        let mut sides = beside.sides.iter_mut().zip(0..).skip(1);
        for (row, place) in beside.rows.iter_mut().zip(0..) {
            let point = if place < PUNCTUATION { place } else { place - PUNCTUATION + 0x2000 };
            let info = kind(quick, point);
            // Signs far from each other would take more rows than there are.
            let sign = (QUOTE..=SIGN).contains(&info) && !(0x100..0x2000).contains(&point);
            if point < 0x80 || !(is_known(info) || sign) {
                continue;
            }
            let ch = Character { point, info };
            let Some(([before, after], index)) = sides.next() else { break };
            for (b, (before, after)) in before.iter_mut().zip(after.iter_mut()).enumerate().skip(2) {
                let beside = kind(quick, b);
                *before = ch.after(beside, quick, cyrillic, false).min(STEPS) as u8;
                *after = ch.before(beside, quick, b).min(STEPS) as u8;
            }
            // Quotation marks and apostrophes before any letter; only the language's own have steps.
            if !is_known(info) && info != SIGN {
                after[usize::from(LETTER)] = (STEPS / 2) as u8;
            }
            *row = index;
        }
        beside
    }

    /// The characters beyond ASCII that begin in a chunk, but for the usual letters and apostrophes; and those of East
    /// Asian text.
    #[inline(always)]
    pub(super) fn unusual(&self, window: &[u8; WINDOW]) -> [u64; 2] {
        unusual(window, &self.usual)
    }

    /// Whether what stands beside a character is clearly fine. `around`: the three bytes before it, and the five from its
    /// first one on.
    #[inline(always)]
    pub(super) fn clear(&self, around: u64) -> bool {
        let [a, b, c, lead, second, third, fourth, _] = around.to_le_bytes();
        let three = lead >= 0xE0;
        let two = usize::from(lead & 0x1F) << 6 | usize::from(second & 0x3F);
        let general = if (lead, second) == (0xE2, 0x80) { PUNCTUATION | usize::from(third & 0x3F) } else { 0 };
        let [before, after] = &self.sides[usize::from(self.rows[if three { general } else { two }]) & 127];
        let next = SIDES[usize::from(if three { fourth } else { third })];
        let sign = if (a == 0xE2) | (b == 0xC2) { b' ' } else { OTHER };
        let prev = if c < 0x80 { c } else { sign };
        Cost::from(before[usize::from(prev) & 127]) + Cost::from(after[usize::from(next) & 127]) < STEPS
    }

    /// Whether the character at a place and the steps beside it are such as the language has.
    pub(super) fn passes(&self, quick: &Quick, bytes: &[u8], at: usize) -> bool {
        let byte = |at: usize| bytes.get(at).copied().unwrap_or(b' ');
        let (point, len) = after(bytes, at);
        let ch = Character { point, info: kind(quick, point) };
        let (prev, next) = (kind(quick, before(bytes, at)), kind(quick, after(bytes, at + len).0));
        let costs = ch.after(prev, quick, self.cyrillic, at > 0 && byte(at - 1) >= 0x80)
            + ch.before(next, quick, usize::from(byte(at + len)));
        costs < STEPS
    }
}

/// The commonest small letters of two bytes: those that follow some letter most willingly.
fn usual(quick: &Quick) -> [[u8; 2]; USUAL] {
    let ease =
        |info: u8| (b'a'..=b'z').map(|b| quick.step(quick.info(usize::from(b)), info)).min().unwrap_or(Cost::MAX);
    let mut letters: Vec<(Cost, u8, u8)> = (0xC0..0x250usize)
        .map(|point| (point, quick.info(point)))
        .filter(|(_, info)| is_known(*info) && !is_capital(*info))
        .map(|(point, info)| (ease(info), 0xC0 | (point >> 6) as u8, 0x80 | (point & 0x3F) as u8))
        .filter(|(ease, ..)| *ease < 8 * BIT)
        .collect();
    letters.sort_unstable();
    let mut usual = letters.into_iter().map(|(_, lead, trail)| [lead, trail]);
    std::array::from_fn(|_| usual.next().unwrap_or_default())
}

/// As [`Beside::unusual`].
#[inline(never)]
fn unusual(window: &[u8; WINDOW], usual: &[[u8; 2]; USUAL]) -> [u64; 2] {
    widest(Unusual { window, usual: *usual })
}

struct Unusual<'w> {
    window: &'w [u8; WINDOW],
    usual: [[u8; 2]; USUAL],
}

impl Loop for Unusual<'_> {
    type Out = [u64; 2];
    #[inline(always)]
    fn run(self) -> [u64; 2] {
        let Unusual { window, usual } = self;
        let mut flags = [[0u8; CHUNK]; 2];
        let [unusual, wide] = &mut flags;
        for (i, (flag, wide)) in unusual.iter_mut().zip(wide).enumerate() {
            let (lead, second, third) = (window[i], window[i + 1], window[i + 2]);
            let is = |n: usize| (lead == usual[n][0]) & (second == usual[n][1]);
            let apostrophe = (lead == 0xE2) & (second == 0x80) & (third == 0x99);
            *flag = if (lead >= 0xC0) & !(is(0) | is(1) | is(2) | is(3) | apostrophe) { 0xFF } else { 0 };
            *wide = if lead.wrapping_sub(0xE3) < 0xF0 - 0xE3 { 0xFF } else { 0 };
        }
        [tops(&flags[0]), tops(&flags[1])]
    }
}

/// What begins with a byte, as [`Beside`] has it: an apostrophe or a dash is as good as a blank.
static SIDES: [u8; 256] = {
    let mut sides = [OTHER; 256];
    let mut b = 0;
    while b < 256 {
        sides[b] = match b {
            0..0x80 => b as u8,
            0xC2 | 0xE2 => b' ',
            0xC3..0xE0 => LETTER,
            _ => OTHER,
        };
        b += 1;
    }
    sides
};

/// A character beyond ASCII, with what it is.
#[derive(Clone, Copy)]
struct Character {
    point: usize,
    info: u8,
}

impl Character {
    /// What the character before it says against it. `high`: whether that is beyond ASCII.
    fn after(self, prev: u8, quick: &Quick, cyrillic: bool, high: bool) -> Cost {
        // The image of the first byte of two is a capital in most pages.
        let lead = high && is_capital(prev);
        let odd = match self.info & 127 {
            _ if is_known(self.info) => {
                let cased =
                    if is_capital(self.info) { is_capital(prev) || !is_letter(prev) } else { !(cyrillic && lead) };
                // A letter misread as another Cyrillic one has others beside it that betray it.
                let share = if cyrillic { 2 } else { 3 };
                return if cased { quick.step(prev, self.info) * share / 3 } else { STEPS };
            }
            QUOTE => lead,
            TYPOGRAPHIC => {
                // A no-break space between letters may have been a letter itself.
                if !lead && (cyrillic || !matches!(self.point, 0xA0 | 0xAD)) {
                    return 0;
                }
                lead
            }
            SIGN => high || is_letter(prev),
            _ => true,
        };
        // A quotation mark does not stand between two letters: each of them says half of it.
        match (odd, is_letter(prev)) {
            (true, _) => STEPS,
            (_, true) => STEPS / 2,
            _ => 0,
        }
    }

    /// What the character after it says against it; that begins with a byte.
    fn before(self, next: u8, quick: &Quick, byte: usize) -> Cost {
        let letter = is_letter(next);
        let odd = match self.info & 127 {
            _ if is_known(self.info) => {
                let cased = if is_capital(self.info) { letter } else { !is_capital(next) };
                return if cased { quick.step(self.info, next) } else { STEPS };
            }
            SIGN => byte >= 0x80 || (byte as u8).is_ascii_lowercase(),
            _ => false,
        };
        match (odd, letter) {
            (true, _) => STEPS,
            (_, true) => STEPS / 2,
            _ => 0,
        }
    }
}

/// What a character is, as in [`Quick`].
#[inline(always)]
fn kind(quick: &Quick, point: usize) -> u8 {
    match point {
        0..0x700 => quick.info(point),
        0x1E00..0x1F00 => quick.info(point - 0x1E00 + 0x780),
        0x2000..0x2E80 => match char::from_u32(point as u32) {
            Some(ch) if is_joint(ch) => TYPOGRAPHIC,
            Some(ch) if is_typographic(ch) => QUOTE,
            _ => SIGN,
        },
        _ => CONTROL,
    }
}

/// The character at a place, and its length; a blank at the end.
#[inline(always)]
fn after(bytes: &[u8], at: usize) -> (usize, usize) {
    let byte = |i: usize| usize::from(bytes.get(at + i).copied().unwrap_or(b' '));
    let low = |i: usize| byte(i) & 0x3F;
    match byte(0) {
        lead @ 0..0x80 => (lead, 1),
        lead @ 0x80..0xE0 => ((lead & 0x1F) << 6 | low(1), 2),
        lead @ 0xE0..0xF0 => ((lead & 0x0F) << 12 | low(1) << 6 | low(2), 3),
        lead => ((lead & 0x07) << 18 | low(1) << 12 | low(2) << 6 | low(3), 4),
    }
}

/// The character that ends before a place; a blank at the beginning.
#[inline(always)]
fn before(bytes: &[u8], at: usize) -> usize {
    let byte = |back: usize| at.checked_sub(back).and_then(|i| bytes.get(i)).copied().unwrap_or(b' ');
    let back = match (byte(1), byte(2), byte(3)) {
        (0..0x80, ..) => 1,
        (_, 0xC0.., _) => 2,
        (_, _, 0xC0..) => 3,
        _ => 4,
    };
    after(bytes, at.wrapping_sub(back)).0
}
