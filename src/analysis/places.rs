//! Where the bytes of a kind stand: sixty-four bytes become one word of bits, by comparisons that the compiler does on
//! many bytes at once. Cheaper than one search for each hit where hits are as frequent as blanks are in prose.

use super::wider::{Loop, widest};

/// The places of all bytes that `is` names, in order. `is` should be a few comparisons joined by `|` and `&`.
pub(crate) fn places<F: Fn(u8) -> bool>(bytes: &[u8], is: F) -> Places<'_, F> {
    Places { bytes, is, next: 0, at: 0, bits: 0 }
}

/// As [`places`], sixty-four bytes at a time: where they begin, and a bit for each that `is` names, the first byte's lowest.
#[inline]
pub(super) fn masks(bytes: &[u8], is: impl Fn(u8) -> bool, mut then: impl FnMut(usize, u64)) {
    let mut places = places(bytes, is);
    while places.next < bytes.len() {
        places.advance();
        then(places.at, places.bits);
    }
}

/// The runs of bytes that `is` names, in order: where each begins and where it ends.
#[inline]
pub(crate) fn runs(bytes: &[u8], is: impl Fn(u8) -> bool, mut then: impl FnMut(usize, usize)) {
    let mut start = None;
    masks(bytes, is, |at, named| {
        // A bit wherever runs begin and end.
        let mut turns = named ^ (named << 1 | u64::from(start.is_some()));
        while turns != 0 {
            let place = at + turns.trailing_zeros() as usize;
            turns &= turns - 1;
            match start.take() {
                Some(start) => then(start, place),
                None => start = Some(place),
            }
        }
    });
    if let Some(start) = start {
        then(start, bytes.len());
    }
}

/// The places of all bytes that `is` names by themselves and the three after them; a text goes on with line ends.
#[inline]
pub(crate) fn beginnings(bytes: &[u8], is: impl Fn([u8; 4]) -> bool, mut then: impl FnMut(usize)) {
    for at in (0..bytes.len()).step_by(STEP) {
        let rest = &bytes[at..];
        let tail;
        let part = match rest.first_chunk() {
            Some(part) => part,
            None => {
                tail = padded(rest, b'\n');
                &tail
            }
        };
        let mut bits = bits_of_four(part, &is);
        while bits != 0 {
            let place = at + bits.trailing_zeros() as usize;
            bits &= bits - 1;
            if place < bytes.len() {
                then(place);
            }
        }
    }
}

/// The places of [`beginnings`], as a list.
pub(crate) fn list_beginnings(bytes: &[u8], is: impl Fn([u8; 4]) -> bool) -> Vec<usize> {
    let mut found = Vec::new();
    beginnings(bytes, is, |at| found.push(at));
    found
}

/// A character as [`beginnings`] sees it: for tests that ask whether one is passed over.
#[cfg(test)]
pub(crate) fn beginning_of(c: char) -> [u8; 4] {
    let mut four = [0; 4];
    c.encode_utf8(&mut four);
    four
}

/// The last bytes of a text, and behind them others.
#[cold]
pub(crate) fn padded<const N: usize>(rest: &[u8], with: u8) -> [u8; N] {
    let mut padded = [with; N];
    for (to, byte) in padded.iter_mut().zip(rest) {
        *to = *byte;
    }
    padded
}

/// As [`bits`], of each byte and the three after it.
#[inline(never)]
fn bits_of_four(part: &[u8; STEP + 3], is: &impl Fn([u8; 4]) -> bool) -> u64 {
    widest(EachFour { part, is })
}

struct EachFour<'p, F> {
    part: &'p [u8; STEP + 3],
    is: &'p F,
}

impl<F: Fn([u8; 4]) -> bool> Loop for EachFour<'_, F> {
    type Out = u64;
    #[inline(always)]
    fn run(self) -> u64 {
        let EachFour { part, is } = self;
        let mut flags = [0u8; STEP];
        for (i, flag) in flags.iter_mut().enumerate() {
            *flag = if is([part[i], part[i + 1], part[i + 2], part[i + 3]]) { 0xFF } else { 0 };
        }
        tops(&flags)
    }
}

/// The iterator of [`places`].
pub(crate) struct Places<'t, F> {
    bytes: &'t [u8],
    is: F,
    /// Where the next word of bits begins.
    next: usize,
    /// Where this one began.
    at: usize,
    bits: u64,
}

const STEP: usize = 64;

impl<F: Fn(u8) -> bool> Iterator for Places<'_, F> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.bits == 0 {
            if self.next >= self.bytes.len() {
                return None;
            }
            self.advance();
        }
        let place = self.at + self.bits.trailing_zeros() as usize;
        self.bits &= self.bits - 1;
        Some(place)
    }

    /// Two plain loops: what `for_each` and its like run, faster than one step at a time.
    #[inline]
    fn fold<B, G: FnMut(B, usize) -> B>(mut self, init: B, mut then: G) -> B {
        let mut sum = init;
        loop {
            while self.bits != 0 {
                sum = then(sum, self.at + self.bits.trailing_zeros() as usize);
                self.bits &= self.bits - 1;
            }
            if self.next >= self.bytes.len() {
                return sum;
            }
            self.advance();
        }
    }
}

impl<F: Fn(u8) -> bool> Places<'_, F> {
    /// Takes the next sixty-four bytes, or what is left.
    #[inline]
    fn advance(&mut self) {
        self.at = self.next;
        self.next += STEP;
        self.bits = match self.bytes.get(self.at..self.next).and_then(|part| part.first_chunk::<STEP>()) {
            Some(part) => bits(part, &self.is),
            None => self.bytes[self.at..].iter().rev().fold(0, |bits, b| bits << 1 | u64::from((self.is)(*b))),
        };
    }
}

/// One bit for each of sixty-four bytes, the first byte's lowest.
pub(crate) fn mask(part: &[u8; STEP], is: impl Fn(u8) -> bool) -> u64 {
    bits(part, &is)
}

/// One bit for each byte, the first byte's lowest. Never inlined: by itself the compiler makes vectors of the loop, inside
/// a larger one it may not.
#[inline(never)]
fn bits(part: &[u8; STEP], is: &impl Fn(u8) -> bool) -> u64 {
    widest(Each { part, is })
}

struct Each<'p, F> {
    part: &'p [u8; STEP],
    is: &'p F,
}

impl<F: Fn(u8) -> bool> Loop for Each<'_, F> {
    type Out = u64;
    #[inline(always)]
    fn run(self) -> u64 {
        let Each { part, is } = self;
        let mut flags = [0u8; STEP];
        for (flag, byte) in flags.iter_mut().zip(part) {
            *flag = if is(*byte) { 0xFF } else { 0 };
        }
        tops(&flags)
    }
}

/// The highest bits of sixty-four bytes, the first byte's lowest.
#[inline(always)]
pub(crate) fn tops(bytes: &[u8; STEP]) -> u64 {
    let sixteens = bytes.as_chunks::<16>().0.iter().enumerate();
    sixteens.fold(0, |bits, (i, sixteen)| bits | u64::from(tops_of_sixteen(sixteen)) << (16 * i))
}

/// The highest bits of sixteen bytes: one instruction where the processor has it.
#[inline(always)]
fn tops_of_sixteen(bytes: &[u8; 16]) -> u16 {
    wide::i8x16::new(bytes.map(u8::cast_signed)).move_mask() as u16
}

/// The eight bytes at a place, zeroes past the end.
#[inline(always)]
pub(crate) fn window(bytes: &[u8], at: usize) -> u64 {
    match bytes.get(at..at + 8).and_then(|part| part.first_chunk()) {
        Some(window) => u64::from_le_bytes(*window),
        None => rest(bytes, at),
    }
}

#[cold]
#[inline(never)]
fn rest(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..).unwrap_or_default().iter().rev().fold(0, |window, b| window << 8 | u64::from(*b))
}

/// How many bytes of a kind there are: sums of sixty-four bytes at once, and of sixteen at the end.
pub(crate) fn count(bytes: &[u8], is: impl Fn(u8) -> bool) -> usize {
    let sum = |part: &[u8]| usize::from(part.iter().map(|b| u8::from(is(*b))).sum::<u8>());
    let (wide, rest) = bytes.as_chunks::<STEP>();
    let (narrow, rest) = rest.as_chunks::<16>();
    wide.iter().map(|part| sum(part)).sum::<usize>() + narrow.iter().map(|part| sum(part)).sum::<usize>() + sum(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_and_no_other() {
        let text: Vec<u8> = (0..500u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        for len in [0, 1, 7, 63, 64, 65, 127, 128, 129, 500] {
            let expected: Vec<usize> = (0..len).filter(|&i| text[i] < 40 || text[i] == 200).collect();
            assert_eq!(places(&text[..len], |b| b < 40 || b == 200).collect::<Vec<_>>(), expected, "{len}");
            let mut folded = Vec::new();
            places(&text[..len], |b| b < 40 || b == 200).for_each(|at| folded.push(at));
            assert_eq!(folded, expected, "{len}");
            assert_eq!(count(&text[..len], |b| b < 40 || b == 200), expected.len());
            let (mut pairs, mut found) = (Vec::new(), Vec::new());
            let after = |i: usize| if i < len { text[i] } else { b'\n' };
            pairs.extend((0..len).filter(|&i| text[i] < 99 && after(i + 3) < 99));
            beginnings(&text[..len], |[a, _, _, d]| a < 99 && d < 99, |at| found.push(at));
            assert_eq!(found, pairs, "{len}");
        }
    }
}
