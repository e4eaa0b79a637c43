//! What was searched in vain: names, foreign words and signs come again and again in a text, and a line that has no other
//! reason to be searched is not searched again.

use super::{
    gate::Look,
    plain::{next_high, word_round},
};
use crate::text::Mixer;
use std::hash::Hasher;

/// The unusual words of lines that were searched for nothing.
#[derive(Default)]
pub(super) struct InVain {
    /// Each at the place that its hash says.
    prints: Vec<u64>,
    /// Those of the line that is looked at.
    line: Vec<u64>,
}

/// So many are remembered.
const PRINTS: usize = 1 << 12;
/// A line with more of them is searched.
const MOST: usize = 32;

impl InVain {
    /// Whether all unusual words of a line have been searched in vain. `is_usual` says of a word that it is one of the
    /// document's language.
    pub(super) fn knows(&mut self, line: &str, look: Look, mut is_usual: impl FnMut(&str) -> bool) -> bool {
        self.line.clear();
        let bytes = line.as_bytes();
        let mut from = 0;
        while let Some(high) = next_high(bytes, from) {
            let place = word_round(bytes, high);
            let end = place.end;
            from = end;
            let Some(word) = line.get(place) else { continue };
            if self.line.len() >= MOST {
                self.line.clear();
                return false;
            }
            // An ideograph or two say nothing by themselves.
            let is_wide = word.bytes().any(|b| b >= 0xE3);
            if is_wide || !is_usual(word) {
                let mut print = Mixer::default();
                print.write(word.as_bytes());
                print.write_u8(bytes.get(end).copied().unwrap_or(b' '));
                print.write_u8(u8::from(look.undo) | u8::from(look.swap) << 1);
                self.line.push(print.finish());
            }
        }
        let known = |print: &u64| self.prints.get(*print as usize % PRINTS) == Some(print);
        !self.line.is_empty() && self.line.iter().all(known)
    }

    /// The line that was asked about was searched, and nothing was found.
    pub(super) fn remember(&mut self) {
        self.prints.resize(PRINTS, 0);
        for print in self.line.drain(..) {
            if let Some(place) = self.prints.get_mut(print as usize % PRINTS) {
                *place = print;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_without_other_words_are_known() {
        let mut vain = InVain::default();
        let look = Look { swap: true, ..Look::default() };
        let usual = |word: &str| word == "más";
        let mut knows = |line: &str, look| {
            let knows = vain.knows(line, look, usual);
            vain.remember();
            knows
        };
        assert!(!knows("Raphaël aceptó más", look));
        assert!(knows("de Raphaël aceptó más", look));
        // Another sign follows: it may be a part of the damage.
        assert!(!knows("Raphaël aceptó, y más", look));
        assert!(!knows("Raphaël y Benoît", look));
        assert!(knows("Benoît y Raphaël y", look));
        assert!(!knows("Raphaël y", Look { undo: true, ..look }));
        assert!(!knows("nada", look));
        assert!(!knows("=LEFTB(\"中国\";1)", look) && knows("=LEFTB(\"中国\";2)", look));
    }
}
