//! What speaks for a reading, and whether that is enough.

use super::{Coding, is_wide};
use crate::repair::{
    letters::{Fit, Letters, is_latin},
    line::Cell,
    model::{BIT, Cost},
};

/// A way to read the line otherwise.
pub(in crate::repair) struct Swap {
    pub(in crate::repair) cells: Vec<Cell>,
    pub(in crate::repair) was: Coding,
    pub(in crate::repair) read_as: Coding,
    /// Bits saved against the text as it is, and against the next best text.
    pub(in crate::repair) gain: Cost,
    pub(in crate::repair) ahead: Cost,
    /// Characters that change.
    pub(in crate::repair) changed: u32,
    /// Whether only some words of the line are meant.
    pub(super) partial: bool,
    /// Whether enough of the changed characters stand where only a letter can.
    pub(super) solid: bool,
    /// Whether something comes out that no text has.
    pub(super) broken: bool,
    /// Whether a text all in one script becomes one in another, or East Asian characters are none of the usual ones:
    /// then it must be very good.
    pub(super) other: bool,
    /// Whether Latin letters become Latin letters.
    pub(super) latin: bool,
    /// Whether a letter comes out that the language does not have.
    pub(super) strange: bool,
    /// Whether one letter of another script at the end of words becomes a Latin one, and nothing else changes.
    pub(super) single: bool,
    /// Whether it is the shape of the words that speaks for it, whatever their language.
    pub(super) shaped: bool,
    /// Whether a reading through a single-byte page is nearly as likely.
    pub(in crate::repair) rivalled: bool,
    /// The language it is good in; none for ideographs.
    pub(in crate::repair) fit: Option<Fit>,
}

impl Swap {
    /// For East Asian readings: whether the text really gets better.
    pub(in crate::repair) fn convincing(&self) -> bool {
        self.solid && self.gain >= 16 * BIT && self.ahead >= 3 * BIT
    }

    /// Whether to report it, and whether it is safe.
    pub(in crate::repair) fn verdict(&self, known: bool) -> Option<bool> {
        if self.partial {
            return Some(known && self.changed >= 4);
        }
        if self.shaped {
            return Some(false);
        }
        if !known && self.scattered() {
            return None;
        }
        let wide = self.cells.iter().filter(|c| c.new && is_wide(c.ch)).count();
        if wide > 0 && (wide < 6 && self.gain < 45 * BIT || self.other) && !known {
            return match self.outweighs(wide) {
                true => Some(true),
                false => (wide > 2).then_some(false),
            };
        }
        if wide == 0 && self.other && self.fit.is_none() && !known {
            return Some(false);
        }
        let known_language = match self.fit {
            None => true,
            Some(fit) => {
                let mean = Letters::get().languages.get(fit.language).map_or(0, |l| l.mean);
                let most = if self.gain >= 50 * BIT { 3 * BIT / 2 } else { 3 * BIT / 4 };
                // A few words of a sentence say less than many.
                let most = most + 10 * BIT / fit.around_letters.max(1) as Cost;
                let around = fit.around_letters < 8 || fit.around < mean + most;
                let own = if self.latin && fit.around_letters < 8 { 3 * BIT / 2 } else { 5 * BIT / 2 };
                let letters = fit.letters.max(1) as Cost;
                // The more letters, the nearer to what the language's words cost.
                let least = if self.latin { BIT } else { 3 * BIT / 2 };
                let own = if known { own } else { own.min(least + 8 * BIT / letters) };
                around && !self.strange && fit.cost / letters <= mean + own
            }
        };
        let few = self.changed < 3 && !known;
        // One or two odd letters without a sentence round them are a name or a word of another language.
        let alone = self.fit.is_some_and(|f| f.around_letters < 8 && f.letters < 12);
        let least = match () {
            () if known => 4,
            () if few && alone => 20,
            () if self.latin && alone => 16,
            () => 11,
        };
        // Signs where letters belong, in a sentence whose other words speak for the language.
        let sentence = !self.solid
            && !self.broken
            && self.changed > 1
            && self.gain >= 30 * BIT
            && self.ahead >= 8 * BIT
            && self.fit.is_some_and(|f| f.around_letters >= 12);
        if known_language && sentence {
            return Some(false);
        }
        // Latin letters that are another language's own: every one of them would have to be better.
        if self.latin && !known && self.gain < 10 * BIT * self.changed.min(20) as Cost {
            return None;
        }
        if !known_language || !self.solid || self.gain < least * BIT || self.ahead < 2 * BIT {
            return None;
        }
        let least = match () {
            () if known => 6,
            // Latin letters that become other Latin letters: most languages of the world are known to no model, so a
            // line alone proves nothing unless its other words speak for the language.
            () if self.latin && !self.speaks() => return Some(false),
            () if self.other && !self.fluent() => return Some(false),
            () if few => 22,
            () => 16,
        };
        // One letter of another script is more than one thing: `Publica` with a Greek letter at its end may have lost bytes.
        if self.single && !known && !self.speaks() {
            return Some(false);
        }
        // Few letters read well in several languages at once.
        let few = !known && self.fit.is_some_and(|f| f.letters < 12);
        Some(self.gain >= least * BIT && self.ahead >= if few { 14 } else { 5 } * BIT)
    }

    /// Whether all that changes into letters other than Latin ones are words of one letter: `à` and `è` in a Latin sentence,
    /// the letters in a table of characters. Damage leaves no longer word alone.
    fn scattered(&self) -> bool {
        let letter = |i: Option<usize>| i.and_then(|i| self.cells.get(i)).is_some_and(|c| c.ch.is_alphabetic());
        let alone = |i: usize| !letter(i.checked_sub(1)) && !letter(Some(i + 1));
        let becomes = |c: &Cell| c.new && c.ch.is_alphabetic() && !is_latin(c.ch);
        let mut new = self.cells.iter().enumerate().filter(|(_, c)| becomes(c)).peekable();
        new.peek().is_some() && new.all(|(i, c)| !is_wide(c.ch) && alone(i))
    }

    /// Whether few East Asian characters are still too good for an accident. Of clean lines in nearly a thousand languages
    /// none gains half as much: every pair of their letters would have to be a usual character. One East Asian text
    /// read as another gains more easily.
    fn outweighs(&self, wide: usize) -> bool {
        // Two characters in a Latin sentence are an accident.
        if wide < 3 && self.cells.iter().filter(|c| c.ch.is_ascii_alphabetic()).count() > 3 * wide {
            return false;
        }
        let (gain, ahead) = match (self.read_as, wide) {
            _ if !self.solid || self.rivalled || wide < 2 => return false,
            (Coding::Page(_), 3..) if !self.other => (16, 6),
            (Coding::Page(_), _) => (24, 10),
            (Coding::Wide(_), 3..) if !self.other => (28, 10),
            (Coding::Wide(_), _) => (36, 14),
        };
        self.gain >= gain * BIT && self.ahead >= ahead * BIT
    }

    /// Whether the words that are not in question are as good as any in the language, and many.
    fn speaks(&self) -> bool {
        self.fit.is_some_and(|fit| {
            let mean = Letters::get().languages.get(fit.language).map_or(0, |l| l.mean);
            let good = fit.cost / fit.letters.max(1) as Cost <= mean + BIT;
            good && fit.around_letters >= 20 && fit.around <= mean + BIT / 4 && self.gain >= 24 * BIT
        })
    }

    /// Whether more than the letters that change speaks for it. Latin letters that become Latin letters are another
    /// language's own as well: there the other words of the line must be good ones of the language, too.
    pub(in crate::repair) fn backed(&self) -> bool {
        !self.latin
            || self.fit.is_none_or(|fit| {
                let mean = Letters::get().languages.get(fit.language).map_or(0, |l| l.mean);
                fit.around_letters >= 20 && fit.around <= mean + BIT / 2
            })
    }

    /// Whether the words are as good as any in their language.
    pub(in crate::repair) fn fluent(&self) -> bool {
        self.fit.is_some_and(|fit| {
            let mean = Letters::get().languages.get(fit.language).map_or(0, |l| l.mean);
            fit.letters >= 4 && fit.cost / fit.letters.max(1) as Cost <= mean + BIT
        })
    }
}
