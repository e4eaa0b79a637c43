//! The pass over a block: which kinds of characters stand in it, sixty-four bytes at a time.

use super::{
    places::{mask, tops},
    says::{ANY_SCRIPT, BASE, BYTE, COMBINATION, LEAD, LOW, SCRIPT_SHIFT, SIGNALS, are_companions},
    signals::Signals,
};
use crate::unicode::{Script, combination, combination_const};

/// How many bytes are looked at together. The compiler turns the loops over them into vector instructions.
const CHUNK: usize = 64;

/// What stands in a block, and whether it is calm: see [`Blocks::wild`](super::Blocks::wild).
pub(super) fn scan_block(text: &str) -> (Signals, bool) {
    let bytes = text.as_bytes();
    let mut scan = Scan::default();
    if bytes.is_ascii() {
        let (chunks, rest) = bytes.as_chunks();
        for chunk in chunks {
            scan.ascii(chunk);
        }
        return (Signals((scan.sum | rest.iter().fold(0, |sum, &b| sum | BYTE[usize::from(b)])) & SIGNALS), true);
    }
    let mut at = 0;
    'chunks: while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<CHUNK>) {
        let mut high = tops(chunk);
        if high == 0 {
            scan.ascii(chunk);
            at += CHUNK;
            continue;
        }
        // A chunk begins with a whole character, so its first byte beyond ASCII begins one.
        let first = chunk[high.trailing_zeros() as usize];
        if first & 0xFE == 0xD0 && is_plain_cyrillic(chunk) && scan.goes_with(bytes, at, Script::Cyrillic) {
            at = scan.letters_of(bytes, at, chunk, CYRILLIC_LETTER);
            continue;
        }
        if first == 0xC3 && is_plain_latin(chunk) && scan.goes_with(bytes, at, Script::Latin) {
            scan.ascii_letters(chunk);
            at = scan.letters_of(bytes, at, chunk, LATIN_LETTER);
            continue;
        }
        scan.ascii(chunk);
        while high != 0 {
            let end = scan.run(bytes, at + high.trailing_zeros() as usize);
            if end >= at + CHUNK {
                at = end;
                continue 'chunks;
            }
            high &= u64::MAX << (end - at);
        }
        at += CHUNK;
    }
    while let Some(&b) = bytes.get(at) {
        if b < 0x80 {
            scan.sum |= BYTE[usize::from(b)];
            at += 1;
        } else {
            at = scan.run(bytes, at);
        }
    }
    (Signals(scan.sum & SIGNALS), !scan.wild)
}

/// What an ordinary Cyrillic letter says.
const CYRILLIC_LETTER: u64 = COMBINATION[combination_const(0x430)];

/// What an ordinary Latin letter beyond ASCII says.
const LATIN_LETTER: u64 = COMBINATION[combination_const(0xE9)];

// All that begins with the byte C3, but for two signs.
const _: () = {
    let mut cp = 0xC0;
    while cp < 0x100 {
        assert!(cp == 0xD7 || cp == 0xF7 || COMBINATION[combination_const(cp)] == LATIN_LETTER);
        cp += 1;
    }
};

/// A letter, a blank, the commonest punctuation, none of which any check asks for, or a byte beyond ASCII.
#[inline(always)]
fn is_plain(b: u8) -> bool {
    ((b | 0x20).wrapping_sub(b'a') < 26) | (b >= 0x80) | is_plain_sign(b)
}

#[inline(always)]
fn is_plain_sign(b: u8) -> bool {
    (b == b' ') | (b == b'\n') | (b == b',') | (b == b'.') | (b == b'-') | (b == b'\r')
}

/// Only U+0400 to U+047F, all of them letters, and plain signs. The last byte may be half a letter.
#[inline(never)]
fn is_plain_cyrillic(chunk: &[u8; CHUNK]) -> bool {
    mask(chunk, |b| (b & 0xFE == 0xD0) | (b & 0xC0 == 0x80) | is_plain_sign(b)) == u64::MAX
}

/// Only U+00C0 to U+00FF without the two signs among them, ASCII letters and plain signs. The last byte may be half a
/// letter.
#[inline(never)]
fn is_plain_latin(chunk: &[u8; CHUNK]) -> bool {
    let letter = |b: u8| ((b | 0x20).wrapping_sub(b'a') < 26) | (b == 0xC3) | (b & 0xC0 == 0x80) & (b & 0xDF != 0x97);
    mask(chunk, |b| letter(b) | is_plain_sign(b)) == u64::MAX
}

#[derive(Default)]
struct Scan {
    sum: u64,
    /// What the last character beyond ASCII said, and where it ended.
    previous: u64,
    end: usize,
    /// Whether something beyond ASCII is not calm.
    wild: bool,
}

impl Scan {
    /// What the ASCII bytes of a chunk say.
    #[inline(always)]
    fn ascii(&mut self, chunk: &[u8; CHUNK]) {
        // The plain ones but letters say nothing.
        let mut odd = mask(chunk, |b| !is_plain(b));
        while odd != 0 {
            self.sum |= BYTE[usize::from(chunk[odd.trailing_zeros() as usize % CHUNK])];
            odd &= odd - 1;
        }
        self.ascii_letters(chunk);
    }

    /// What the ASCII letters of a plain chunk say.
    #[inline(always)]
    fn ascii_letters(&mut self, chunk: &[u8; CHUNK]) {
        if self.sum & Signals::ASCII_LETTER.0 == 0 {
            // Of the plain ASCII bytes only the letters have this bit.
            let letters = chunk.iter().fold(0, |or, &b| or | if b < 0x80 { b & 0x40 } else { 0 });
            self.sum |= u64::from(letters >> 6) * Signals::ASCII_LETTER.0;
        }
    }

    /// What the character before `at` says.
    #[inline(always)]
    fn before(&self, bytes: &[u8], at: usize) -> u64 {
        if at == self.end {
            return self.previous;
        }
        at.checked_sub(1).and_then(|i| bytes.get(i)).map_or(0, |&b| BYTE[usize::from(b)])
    }

    /// Whether a letter of this script may stand at `at` without two scripts touching.
    fn goes_with(&self, bytes: &[u8], at: usize, script: Script) -> bool {
        let before = self.before(bytes, at) >> SCRIPT_SHIFT;
        before == 0 || before == script as u64
    }

    /// Takes in a chunk whose characters beyond ASCII are letters of two bytes that say the same; where it ends.
    fn letters_of(&mut self, bytes: &[u8], at: usize, chunk: &[u8; CHUNK], says: u64) -> usize {
        self.sum |= says;
        self.wild = true;
        let cut = usize::from(chunk[CHUNK - 1] >= 0xC0);
        let end = at + CHUNK - cut;
        if chunk[CHUNK - 1 - cut] >= 0x80 {
            (self.previous, self.end) = (says, end);
            self.meets_ascii(bytes);
        }
        end
    }

    /// Looks at the ASCII letter that may follow a character beyond ASCII.
    #[inline(always)]
    fn meets_ascii(&mut self, bytes: &[u8]) {
        let after = bytes.get(self.end).map_or(0, |&b| BYTE[usize::from(b)]) >> SCRIPT_SHIFT;
        let before = self.previous >> SCRIPT_SHIFT;
        if after != 0 && before != 0 && before != after && !are_companions(before, after) {
            self.sum |= Signals::MIXED.0;
        }
    }

    /// Takes in the characters beyond ASCII from `at` on; where the next ASCII byte stands.
    #[inline(always)]
    fn run(&mut self, bytes: &[u8], mut at: usize) -> usize {
        let trail = |i: usize| u32::from(bytes.get(i).copied().unwrap_or(0) & 0x3F);
        self.previous = self.before(bytes, at);
        let behind_letter = at.checked_sub(1).and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_alphabetic);
        let mut wild = false;
        while let Some(&lead) = bytes.get(at).filter(|&&b| b >= 0x80) {
            let same = LEAD[usize::from(lead)];
            if same != 0 {
                // In a run of one script there is nothing new to say.
                if same != self.previous {
                    self.add(same);
                }
                wild = true;
                at += if lead < 0xE0 { 2 } else { 3 };
            } else if lead < 0xE0 {
                let cp = u32::from(lead & 0x1F) << 6 | trail(at + 1);
                self.add(LOW[cp as usize]);
                wild = true;
                at += 2;
            } else if lead < 0xF0 {
                let cp = u32::from(lead & 0x0F) << 12 | trail(at + 1) << 6 | trail(at + 2);
                if cp == 0xFFFD {
                    self.sum |= Signals::REPLACEMENT.0;
                }
                self.add(COMBINATION[combination(cp)]);
                at += 3;
                let between = behind_letter && bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
                wild |= !is_calm(cp, between);
            } else {
                let cp = u32::from(lead & 0x07) << 18 | trail(at + 1) << 12 | trail(at + 2) << 6 | trail(at + 3);
                self.add(COMBINATION[combination(cp)] | Signals::SUPPLEMENTARY.0);
                wild = true;
                at += 4;
            }
        }
        self.end = at;
        self.wild |= wild;
        self.meets_ascii(bytes);
        at
    }

    #[inline(always)]
    fn add(&mut self, mut says: u64) {
        let (before, script) = (self.previous >> SCRIPT_SHIFT, says >> SCRIPT_SHIFT);
        if script == ANY_SCRIPT {
            says = says & !(ANY_SCRIPT << SCRIPT_SHIFT) | before << SCRIPT_SHIFT;
        } else if script != before && script != 0 && before != 0 && !are_companions(before, script) {
            self.sum |= Signals::MIXED.0;
        }
        if says & Signals::MARK.0 != 0 && self.previous & BASE == 0 {
            self.sum |= Signals::ORPHAN_MARK.0;
        }
        self.sum |= says;
        self.previous = says;
    }
}

/// Whether a sign beyond ASCII is one that good text in any language has, at a place where good text has it: dashes and
/// apostrophes anywhere, the quotation marks “ and ” not `between` two letters.
#[inline(always)]
fn is_calm(cp: u32, between: bool) -> bool {
    const ANYWHERE: u64 = 1 << 0x11 | 1 << 0x13 | 1 << 0x14 | 1 << 0x18 | 1 << 0x19 | 1 << 0x26;
    const BESIDE: u64 = 1 << 0x1C | 1 << 0x1D;
    let set = if between { ANYWHERE } else { ANYWHERE | BESIDE };
    let place = cp.wrapping_sub(0x2000);
    place < 64 && set >> place & 1 == 1
}
