//! East Asian text: ideographs that are common enough on average.

use super::{CHUNK, Odd, WINDOW};
use crate::{
    analysis::{
        around::pieces,
        places::{mask, tops},
        wider::{Loop, widest},
    },
    repair::{gate::are_rare, model::Model, quick::Ranks, swap::is_wide},
};

/// Ideographs that are looked at where all are of three bytes: a few, and all if these are rare.
const SOME: u64 = 1 | 1 << 15 | 1 << 30 | 1 << 45;
/// Where there are fewer, each is.
const FEW: u32 = 12;

/// So many bytes in so many places of a text say in which script it is written,
const SAMPLE: usize = 1 << 12;
const SAMPLES: usize = 4;
/// if they have so many characters of it, and not so many times more Latin letters.
const ENOUGH: u32 = 64;
const MOST: u32 = 16;
/// As rare as an ideograph can be.
const RAREST: u32 = 7;

/// Whether a text is good East Asian text by and large, Latin words in between or not.
pub(in crate::repair) fn prevails(text: &str) -> bool {
    let model = Model::get();
    let (mut count, mut ranks, mut letters) = (0u32, 0u32, 0u32);
    for piece in pieces(text, SAMPLES, SAMPLE.min(text.len() / SAMPLES)) {
        for ch in piece.chars() {
            if ch.is_ascii() {
                letters += u32::from(ch.is_ascii_alphabetic());
            } else if is_wide(ch) {
                count += 1;
                ranks += match ch {
                    // What misread bytes give.
                    '\u{E000}'..='\u{F8FF}' | '\u{FF61}'..='\u{FF9F}' => RAREST,
                    _ => model.rank(model.symbol(ch)).map_or(0, u32::from),
                };
            }
        }
    }
    count >= ENOUGH && letters <= count * MOST && !are_rare(ranks, count)
}

/// The first bytes of characters of three bytes, those of signs among them, and those of all other characters.
#[inline(never)]
fn wide_leads(chunk: &[u8; CHUNK]) -> [u64; 3] {
    widest(Leads { chunk })
}

struct Leads<'c> {
    chunk: &'c [u8; CHUNK],
}

impl Loop for Leads<'_> {
    type Out = [u64; 3];
    #[inline(always)]
    fn run(self) -> [u64; 3] {
        let chunk = self.chunk;
        let mut flags = [[0u8; CHUNK]; 3];
        let [three, signs, others] = &mut flags;
        for (((three, sign), other), b) in three.iter_mut().zip(signs).zip(others).zip(chunk) {
            *three = if (*b >= 0xE2) & (*b < 0xF0) { 0xFF } else { 0 };
            *sign = if (*b == 0xE2) | (*b == 0xEF) { 0xFF } else { 0 };
            *other = if (*b >= 0xC0) & (*b < 0xE2) | (*b >= 0xF0) { 0xFF } else { 0 };
        }
        [tops(&flags[0]), tops(&flags[1]), tops(&flags[2])]
    }
}

/// Passes a chunk of East Asian text, which may begin inside of a character.
pub(super) fn wide(window: &[u8; WINDOW], high: u64) -> Result<(), Odd> {
    let chunk = window.first_chunk().unwrap_or(&[0; CHUNK]);
    let [leads, signs, others] = wide_leads(chunk);
    // Nothing before the odd character has been looked at, and it may stand on a line of its own.
    if others != 0 {
        return Err(Odd((leads | others).trailing_zeros()));
    }
    let point = |place: u32| {
        let byte = |i: u32| usize::from(window[(place + i) as usize % WINDOW]);
        (byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | byte(2) & 0x3F
    };
    let mut left = leads & signs;
    while left != 0 {
        let place = left.trailing_zeros();
        left &= left - 1;
        if !matches!(point(place), 0xFF01..0xFF61 | 0xFFE0..0xFFE7 | 0x2010..0x2028) {
            return Err(Odd(leads.trailing_zeros()));
        }
    }
    let ideographs = leads & !signs;
    let first = ideographs.trailing_zeros();
    let count = ideographs.count_ones();
    if high != u64::MAX && leads != 0 {
        let latin = mask(chunk, |b| (b | 0x20).wrapping_sub(b'a') < 26);
        let letters = latin.count_ones();
        let touching = latin & (high << 1 | high >> 1) != 0;
        if touching && letters > 2 * count || count < 4 && letters > 12 * count {
            return Err(Odd(leads.trailing_zeros()));
        }
    }
    let ranks = Ranks::get();
    let excess = |places: u64| {
        let (mut left, mut sum) = (places, 0);
        while left != 0 {
            sum += i32::from(ranks.excess(point(left.trailing_zeros())));
            left &= left - 1;
        }
        sum
    };
    let some = SOME << (first % CHUNK as u32) & ideographs;
    if (count < FEW || excess(some) > 0) && excess(ideographs) > 0 {
        return Err(Odd(first));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_prevails() {
        let good = "这本书是我的，他在学校里看了一天，还写了三封信。API文档\n";
        assert!(prevails(&good.repeat(8)));
        assert!(prevails(&format!("{}{}", "Installation of the program\n".repeat(20), good.repeat(8))));
        assert!(!prevails(good));
        assert!(!prevails(&"Le caf茅 est ferm茅 aujourd'hui et demain.\n".repeat(40)));
        assert!(!prevails(&"娑撴牜鏅捄鍟梾鏂囦欢\n".repeat(40)));
        assert!(!prevails(""));
    }
}
