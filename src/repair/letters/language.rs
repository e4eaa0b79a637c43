//! One language: which letters it has, and how they follow each other.

use super::{SLOTS, Slot, slot};
use crate::repair::{
    model::{BIT, Cost, Reader},
    plain::Quick,
    words::Ways,
};
use std::sync::OnceLock;

/// A letter that the language does not have.
const UNKNOWN: Cost = 14 * BIT;

/// One language.
pub(crate) struct Language {
    /// BCP 47 tag, as the source of the texts had it.
    pub(crate) tag: &'static str,
    /// Whether it is written in Latin letters.
    pub(crate) latin: bool,
    pub(super) n: usize,
    /// Letters up to this one are ASCII; triples of ASCII letters are not in the data of Latin languages.
    pub(super) ascii: usize,
    /// What a letter costs on average in text of this language.
    pub(in crate::repair) mean: Cost,
    /// Slot to letter, 0 where the language lacks it.
    pub(super) index: Vec<u8>,
    pub(super) pairs: &'static [u8],
    pub(super) back: &'static [u8],
    pub(super) triples: &'static [u8],
    pub(super) cube: OnceLock<Vec<u8>>,
    pub(super) quick: OnceLock<Option<Quick>>,
    pub(super) ways: OnceLock<Option<Ways>>,
}

impl Language {
    pub(in crate::repair) fn load(data: &mut Reader) -> Language {
        let size = usize::from(data.byte());
        let tag = std::str::from_utf8(data.take(size)).unwrap_or_default();
        let latin = data.byte() == 4;
        let n = usize::from(data.byte());
        let mean = Cost::from(data.byte());
        let mut index = vec![0; SLOTS];
        let mut ascii = 0;
        for i in 1..n {
            let Some(ch) = char::from_u32(u32::from(data.short())) else { continue };
            ascii += usize::from(ch.is_ascii());
            let mut put = |c: char| {
                if let Some(cell) = index.get_mut(usize::from(slot(c))) {
                    *cell = i as u8;
                }
            };
            put(ch);
            let mut upper = ch.to_uppercase();
            if let (Some(c), None) = (upper.next(), upper.next()) {
                put(c);
            }
        }
        let pairs = data.take(n * n);
        let back = data.take(n * n);
        let triples = data.short();
        let triples = data.take(usize::from(triples) * if n < 64 { 3 } else { 4 });
        Language {
            tag,
            latin,
            n,
            ascii,
            mean,
            index,
            pairs,
            back,
            triples,
            cube: OnceLock::new(),
            quick: OnceLock::new(),
            ways: OnceLock::new(),
        }
    }

    pub(in crate::repair) fn cube(&self) -> &[u8] {
        self.cube.get_or_init(|| {
            let n = self.n;
            let mut cube = Vec::with_capacity(n * n * n);
            for (ab, &extra) in self.back.iter().enumerate() {
                let (a, b) = (ab / n, ab % n);
                let row = self.pairs.get(b * n..(b + 1) * n).unwrap_or_default();
                let plain = if self.latin && a <= self.ascii && b <= self.ascii { self.ascii + 1 } else { 0 };
                let with = |(c, p): (usize, &u8)| if c < plain { *p } else { p.saturating_add(extra) };
                cube.extend(row.iter().enumerate().map(with));
            }
            let size = if n < 64 { 3 } else { 4 };
            for entry in self.triples.chunks_exact(size) {
                let packed = entry.iter().rev().fold(0u32, |sum, &b| sum << 8 | u32::from(b));
                if let Some(cell) = cube.get_mut((packed >> 6) as usize) {
                    *cell = ((packed & 63) * 2) as u8;
                }
            }
            cube
        })
    }

    /// How many letters the language has, and the edge of a word.
    pub(in crate::repair) fn count(&self) -> usize {
        self.n
    }

    /// The letter in a place, 0 where the language lacks it; 0 is the edge of a word, too.
    pub(crate) fn letter(&self, slot: Slot) -> usize {
        usize::from(self.index.get(usize::from(slot)).copied().unwrap_or(0))
    }

    /// What a letter costs after one other.
    pub(crate) fn pair(&self, prev: usize, next: usize) -> Cost {
        Cost::from(self.pairs.get(prev * self.n + next).copied().unwrap_or(255))
    }

    /// What a letter costs after two others.
    pub(crate) fn triple(&self, before: usize, prev: usize, next: usize) -> Cost {
        Cost::from(self.cube().get((before * self.n + prev) * self.n + next).copied().unwrap_or(255))
    }

    /// By pairs only; where it gets dearer than the limit, that it does.
    pub(in crate::repair) fn rough(&self, words: &[Slot], limit: Cost) -> Cost {
        let mut cost = 0;
        let mut prev = 0;
        for &slot in words.iter().skip(1) {
            if cost > limit {
                return cost;
            }
            let id = self.letter(slot);
            cost += if id == 0 && slot != 0 {
                UNKNOWN
            } else {
                Cost::from(self.pairs.get(prev * self.n + id).copied().unwrap_or(255))
            };
            prev = id;
        }
        cost
    }

    /// By triples.
    pub(in crate::repair) fn exact(&self, words: &[Slot]) -> Cost {
        self.steps(words).0
    }

    /// By triples, and the dearest single step.
    fn steps(&self, words: &[Slot]) -> (Cost, Cost) {
        let cube = self.cube();
        let (mut cost, mut dearest) = (0, 0);
        // Two back, none at the start of a word.
        let (mut a, mut b) = (None, 0);
        for &slot in words.iter().skip(1) {
            let id = self.letter(slot);
            if id == 0 && slot != 0 {
                cost += UNKNOWN;
                dearest = UNKNOWN;
                (a, b) = (None, 0);
                continue;
            }
            let price = match a {
                Some(a) => cube.get((a * self.n + b) * self.n + id),
                None => self.pairs.get(b * self.n + id),
            };
            let price = Cost::from(price.copied().unwrap_or(255));
            cost += price;
            dearest = dearest.max(price);
            (a, b) = if slot == 0 { (None, 0) } else { (Some(b), id) };
        }
        (cost, dearest)
    }
}
