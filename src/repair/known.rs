//! Words that were found to be good in the document's language: most words of a text have stood in it before, and are
//! known again from their bytes, several of them at one look.

use super::{model::Cost, plain::next_high};
use crate::{
    analysis::places::{padded, tops},
    text::Mixer,
};
use std::hash::Hasher;

/// Runs of characters beyond ASCII that were good, with what they cost.
#[derive(Default)]
pub(super) struct Known {
    /// Each at the place that its hash says: half of the hash, its steps, what they cost.
    runs: Vec<u64>,
    language: usize,
}

/// So many runs are remembered: as much as stays in the nearer caches.
const RUNS: usize = 1 << 12;
/// So many bytes of a line are searched for runs at once,
const STEP: usize = 64;
/// and a run of so many bytes is known at one look: twelve letters of most scripts.
const SHORT: usize = 24;
/// A run may begin with the last byte that is searched.
const WINDOW: usize = STEP + SHORT;

/// What the runs of a line cost.
#[derive(Clone, Copy, Default)]
pub(super) struct Tally {
    pub(super) runs: u32,
    pub(super) sum: Cost,
    pub(super) steps: Cost,
}

/// A run that is not known.
pub(super) struct Run {
    pub(super) start: usize,
    /// Where it ends, and its hash with what stands beside it.
    pub(super) print: Option<(usize, u64)>,
}

impl Known {
    /// Those of one language.
    pub(super) fn of(&mut self, language: usize) -> &mut Known {
        self.runs.resize(RUNS, 0);
        self.language = language;
        self
    }

    /// The first run of a line from a place on that is not known; counts those before it.
    #[inline(never)]
    pub(super) fn pass(&self, line: &[u8], mut from: usize, tally: &mut Tally) -> Option<Run> {
        let Ok(runs) = <&[u64; RUNS]>::try_from(self.runs.as_slice()) else {
            return next_high(line, from).map(|start| Run { start, print: None });
        };
        let mut sums = *tally;
        let language = (self.language as u64) << 16;
        let byte = |at: usize| line.get(at).copied().unwrap_or(b' ');
        let mut stranger = None;
        'windows: while let Some(rest) = line.get(from..).filter(|rest| !rest.is_empty()) {
            let tail;
            let window: &[u8; WINDOW] = match rest.first_chunk() {
                Some(window) => window,
                None => {
                    tail = padded(rest, 0);
                    &tail
                }
            };
            let base = from;
            let mut high = window.first_chunk().map_or(0, tops);
            from += STEP;
            while high != 0 {
                let at = high.trailing_zeros() as usize;
                let len = (high >> at).trailing_ones() as usize;
                let start = base + at;
                let (end, hash) = if len <= SHORT && at + len < STEP {
                    let before = if at > 0 { window[at - 1] } else { byte(start.wrapping_sub(1)) };
                    (start + len, finish(short(window, at, len), language, before, window[at + len]))
                } else if at > 0 {
                    // It goes on behind what was searched, or is better looked at from its beginning.
                    from = start;
                    break;
                } else {
                    let (end, hash) = long(rest);
                    let end = start + end;
                    (end, finish(hash, language, byte(start.wrapping_sub(1)), byte(end)))
                };
                let entry = runs[hash as usize % RUNS];
                if (entry ^ hash) >> 32 != 0 || entry == 0 {
                    stranger = Some(Run { start, print: Some((end, hash)) });
                    break 'windows;
                }
                sums.runs += 1;
                sums.sum += (entry & 0xFF_FFFF) as Cost;
                sums.steps += (entry >> 24 & 0xFF) as Cost;
                if len > SHORT {
                    from = end;
                    break;
                }
                // A carry through the run clears it.
                high &= high.wrapping_add(1 << at);
            }
        }
        *tally = sums;
        stranger
    }

    pub(super) fn put(&mut self, hash: u64, sum: Cost, steps: Cost) {
        if let (Ok(sum), Ok(steps)) = (u32::try_from(sum), u8::try_from(steps))
            && sum <= 0xFF_FFFF
            && let Some(cell) = self.runs.get_mut(hash as usize % RUNS)
        {
            *cell = hash >> 32 << 32 | u64::from(steps) << 24 | u64::from(sum);
        }
    }
}

/// The hash of a run of at most [`SHORT`] bytes, the same number of steps for each length.
#[inline(always)]
fn short(window: &[u8; WINDOW], at: usize, len: usize) -> u64 {
    let run = window.get(at..).and_then(|rest| rest.first_chunk::<SHORT>()).unwrap_or(&[0; SHORT]);
    let (eights, _) = run.as_chunks::<8>();
    let masks = &FIRST[len.min(SHORT)];
    let eight = |i: usize| u64::from_le_bytes(eights[i]) & masks[i];
    eight(0).wrapping_mul(0x9E37_79B9_7F4A_7C15)
        ^ eight(1).wrapping_mul(0xC2B2_AE3D_27D4_EB4F).rotate_left(21)
        ^ eight(2).wrapping_mul(0x1656_67B1_9E37_79F9).rotate_left(42)
}

/// The length of a longer run, and its hash.
#[cold]
#[inline(never)]
fn long(rest: &[u8]) -> (usize, u64) {
    let len = rest.iter().position(u8::is_ascii).unwrap_or(rest.len());
    let mut print = Mixer::default();
    print.write(&rest[..len]);
    (len, print.finish())
}

/// Takes in the letters beside a run, and the language.
#[inline(always)]
fn finish(hash: u64, language: u64, before: u8, after: u8) -> u64 {
    let letter = |b: u8| u64::from(LETTER[usize::from(b)]);
    let around = letter(before) << 8 | letter(after) | language;
    let hash = (hash ^ around.wrapping_mul(0x27D4_EB2F_1656_67C5)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    hash ^ hash >> 32
}

/// Masks for the bytes of a run of each length, three times eight.
static FIRST: [[u64; 3]; SHORT + 1] = {
    let mut masks = [[0; 3]; SHORT + 1];
    let mut len = 1;
    while len <= SHORT {
        let mut i = 0;
        while i < len {
            masks[len][i / 8] |= 0xFF << (8 * (i % 8));
            i += 1;
        }
        len += 1;
    }
    masks
};

/// ASCII letters as they are, 0 for all other bytes.
static LETTER: [u8; 256] = {
    let mut table = [0; 256];
    let mut b = 0;
    while b < 128 {
        if (b as u8).is_ascii_alphabetic() {
            table[b] = b as u8;
        }
        b += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    /// The runs of a line that are not known; they are from now on.
    fn strangers(known: &mut Known, line: &str) -> Vec<String> {
        let (mut from, mut tally, mut found) = (0, Tally::default(), Vec::new());
        while let Some(run) = known.pass(line.as_bytes(), from, &mut tally) {
            let (end, hash) = run.print.unwrap_or((line.len(), 0));
            found.push(line[run.start..end].to_owned());
            known.put(hash, 1, 1);
            from = end;
        }
        found
    }

    #[test]
    fn every_run_is_met_at_every_offset_and_known_the_second_time() {
        let words = [
            "é",
            "слово",
            "двенадцатьбук",
            "предводительствовавшего",
            "これはとても長い一続きの文章なのでまとめて見る",
        ];
        for pad in 0..150 {
            let line = format!("{}{}", ".".repeat(pad), words.map(|w| format!("{w} a")).concat());
            let mut known = Known::default();
            known.of(3);
            assert_eq!(strangers(&mut known, &line), words, "{pad}");
            let mut tally = Tally::default();
            assert!(known.pass(line.as_bytes(), 0, &mut tally).is_none(), "{pad}");
            assert_eq!((tally.runs, tally.sum, tally.steps), (5, 5, 5), "{pad}");
        }
    }

    #[test]
    fn what_stands_beside_a_run_counts() {
        let mut known = Known::default();
        known.of(3);
        assert_eq!(strangers(&mut known, "d’été"), ["’é", "é"]);
        assert_eq!(strangers(&mut known, "d’éta").len(), 0);
        assert_eq!(strangers(&mut known, "d’éla"), ["’é"]);
        assert_eq!(strangers(known.of(4), "d’éla"), ["’é"]);
        assert_eq!(strangers(&mut known, "").len(), 0);
    }
}
