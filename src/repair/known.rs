//! Words that were found to be good in the document's language: most words of a text have stood in it before, and are
//! known again from their bytes, several of them at one look.

use super::{model::Cost, plain::next_high};
use crate::{analysis::places::tops, text::Mixer};
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
    pub(super) fn pass(&self, line: &[u8], mut from: usize, tally: &mut Tally) -> Option<Run> {
        let Ok(runs) = <&[u64; RUNS]>::try_from(self.runs.as_slice()) else {
            return next_high(line, from).map(|start| Run { start, print: None });
        };
        while from < line.len() {
            let rest = line.get(from..)?;
            let mut padded = [0; WINDOW];
            let window: &[u8; WINDOW] = match rest.first_chunk() {
                Some(window) => window,
                None => {
                    padded[..rest.len()].copy_from_slice(rest);
                    &padded
                }
            };
            let base = from;
            let mut high = tops(window.first_chunk()?);
            from += STEP;
            while high != 0 {
                let at = high.trailing_zeros() as usize;
                let len = (high >> at).trailing_ones() as usize;
                let start = base + at;
                if at + len == STEP && at > 0 {
                    // It goes on behind what was searched.
                    from = start;
                    break;
                }
                let (end, hash) = if len <= SHORT {
                    (start + len, self.short(line, start, window, at, len))
                } else {
                    self.long(line, start)
                };
                let entry = runs[hash as usize % RUNS];
                if entry == 0 || (entry ^ hash) >> 32 != 0 {
                    return Some(Run { start, print: Some((end, hash)) });
                }
                tally.runs += 1;
                tally.sum += (entry & 0xFF_FFFF) as Cost;
                tally.steps += (entry >> 24 & 0xFF) as Cost;
                if len > SHORT {
                    from = end;
                    break;
                }
                // A carry through the run clears it.
                high &= high.wrapping_add(1 << at);
            }
        }
        None
    }

    pub(super) fn put(&mut self, hash: u64, sum: Cost, steps: Cost) {
        if let (Ok(sum), Ok(steps)) = (u32::try_from(sum), u8::try_from(steps))
            && sum <= 0xFF_FFFF
            && let Some(cell) = self.runs.get_mut(hash as usize % RUNS)
        {
            *cell = hash >> 32 << 32 | u64::from(steps) << 24 | u64::from(sum);
        }
    }

    /// The hash of a run of at most [`SHORT`] bytes, the same number of steps for each length.
    #[inline(always)]
    fn short(&self, line: &[u8], start: usize, window: &[u8; WINDOW], at: usize, len: usize) -> u64 {
        let eight = |i: usize| {
            let part = window.get(at + 8 * i..).and_then(|rest| rest.first_chunk());
            part.map_or(0, |part| u64::from_le_bytes(*part)) & FIRST.get(len + SHORT - 8 * i).copied().unwrap_or(0)
        };
        let hash = eight(0).wrapping_mul(0x9E37_79B9_7F4A_7C15)
            ^ eight(1).wrapping_mul(0xC2B2_AE3D_27D4_EB4F).rotate_left(21)
            ^ eight(2).wrapping_mul(0x1656_67B1_9E37_79F9).rotate_left(42);
        self.finish(hash, line, start, start + len)
    }

    /// Where a longer run ends, and its hash.
    #[cold]
    fn long(&self, line: &[u8], start: usize) -> (usize, u64) {
        let rest = line.get(start..).unwrap_or_default();
        let len = rest.iter().position(u8::is_ascii).unwrap_or(rest.len());
        let mut print = Mixer::default();
        print.write(&rest[..len]);
        (start + len, self.finish(print.finish(), line, start, start + len))
    }

    /// Takes in the letters beside a run, and the language.
    #[inline(always)]
    fn finish(&self, hash: u64, line: &[u8], start: usize, end: usize) -> u64 {
        let beside = |at: usize| u64::from(line.get(at).map_or(0, |b| LETTER[usize::from(*b)]));
        let around = beside(start.wrapping_sub(1)) << 8 | beside(end) | (self.language as u64) << 16;
        let hash = (hash ^ around.wrapping_mul(0x27D4_EB2F_1656_67C5)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        hash ^ hash >> 32
    }
}

/// Masks for the first bytes of eight: of 24 entries none, then one more in each, then all.
static FIRST: [u64; 3 * SHORT] = {
    let mut masks = [u64::MAX; 3 * SHORT];
    let mut i = 0;
    while i < SHORT + 8 {
        masks[i] = if i < SHORT { 0 } else { (1 << (8 * (i - SHORT))) - 1 };
        i += 1;
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
