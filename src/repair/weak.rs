//! Few sequences are weak evidence: clean text has some of the same shape.
//!
//! A word in capitals before a footnote mark (`LIBERTÀ®`, `PROSZĘ²`) is a lead byte and a continuation byte in some
//! page or other, and one ideograph is a Cyrillic letter in another. Two such sequences prove nothing.

use super::{
    model::{BIT, BLANK, Cost, Model},
    search::Candidate,
};

/// What one repaired stretch may cost at most where it is the only one.
const DEAR: Cost = 24 * BIT;

/// Whether the candidate is more than an accident of clean text. `gain` is what it saves.
pub(super) fn convincing(text: &str, candidate: &Candidate, gain: Cost) -> bool {
    let model = Model::get();
    let (mut firm, mut doubtful, mut wide, mut foreign) = (0, 0, 0, false);
    let cells = &candidate.cells;
    let new = |i: usize| cells.get(i).is_some_and(|c| c.new);
    for (i, cell) in cells.iter().enumerate() {
        if !cell.new || cell.start == cell.end {
            continue;
        }
        let damaged = text.get(cell.start as usize..cell.end as usize).unwrap_or_default();
        let before = text.get(..cell.start as usize).and_then(|t| t.chars().next_back()).unwrap_or(' ');
        let after = text.get(cell.end as usize..).and_then(|t| t.chars().next()).unwrap_or(' ');
        if damaged.chars().any(|c| model.rank(model.symbol(c)).is_some()) {
            wide += damaged.chars().count();
            foreign |= before.is_ascii_alphabetic() || after.is_ascii_alphabetic();
        }
        // Side by side they are no accident.
        if new(i + 1) || i.checked_sub(1).is_some_and(new) {
            firm += 1;
            continue;
        }
        let at = |i: usize| cells.get(i).map_or(BLANK, |c| model.symbol(c.ch));
        let price = model.cost(i.checked_sub(1).map_or(BLANK, at), at(i)) + model.cost(at(i), at(i + 1));
        let first = damaged.chars().next().unwrap_or(' ');
        if price > DEAR || capital(before, first, after) {
            doubtful += 1;
        } else {
            firm += 1;
        }
    }
    // In a Latin word an ideograph is foreign; among its own kind it takes several, or none is left over.
    if wide > 0 && !foreign && wide < 4 && (gain < 20 * BIT || candidate.kept > 0) {
        return false;
    }
    firm > 0 && firm * 2 >= doubtful || (doubtful > 3 && candidate.kept == 0)
}

/// A capital where a capital belongs, before something that is no letter. `Ã` and `Â` are left out: in text they are
/// nearly always lead bytes.
fn capital(before: char, first: char, after: char) -> bool {
    let fits = before.is_uppercase() || !before.is_alphanumeric();
    first.is_uppercase() && !matches!(first, 'Ã' | 'Â') && fits && !after.is_lowercase()
}
