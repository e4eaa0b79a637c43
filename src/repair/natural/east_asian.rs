//! East Asian text: ideographs that are common enough on average.

use super::{CHUNK, Odd, WINDOW};
use crate::{
    analysis::{
        places::{mask, tops},
        wider::widest,
    },
    repair::quick::Ranks,
};

/// Ideographs that are looked at where all are of three bytes: a few, and all if these are rare.
const SOME: u64 = 1 | 1 << 15 | 1 << 30 | 1 << 45;
/// Where there are fewer, each is.
const FEW: u32 = 12;

/// The first bytes of characters of three bytes, those of signs among them, and those of all other characters.
#[inline(never)]
fn wide_leads(chunk: &[u8; CHUNK]) -> [u64; 3] {
    widest(chunk, |chunk| {
        let mut flags = [[0u8; CHUNK]; 3];
        let [three, signs, others] = &mut flags;
        for (((three, sign), other), b) in three.iter_mut().zip(signs).zip(others).zip(chunk) {
            *three = if (*b >= 0xE2) & (*b < 0xF0) { 0xFF } else { 0 };
            *sign = if (*b == 0xE2) | (*b == 0xEF) { 0xFF } else { 0 };
            *other = if (*b >= 0xC0) & (*b < 0xE2) | (*b >= 0xF0) { 0xFF } else { 0 };
        }
        [tops(&flags[0]), tops(&flags[1]), tops(&flags[2])]
    })
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
