//! Letters that writers of a language type for one that their keyboard lacks: one note, not a finding for each word.

use super::{Cause, Mixed, explain::char_name, word::Word};
use crate::{
    analysis::Profile,
    finding::{Edit, Fix, Safety, Severity},
    unicode::script,
};
use std::sync::OnceLock;

/// A letter typed for another.
#[derive(Debug)]
struct Convention {
    typed: char,
    meant: char,
    /// Letters of which the text must have one; empty where the habit needs no such proof.
    beside: &'static str,
    /// Whether the first letter of a word counts.
    inside: bool,
}

fn table() -> &'static [Convention] {
    static TABLE: OnceLock<Vec<Convention>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let lines = include_str!("../data/conventions.tsv").lines().filter(|l| !l.starts_with('#'));
        lines
            .filter_map(|line| {
                let mut columns = line.split('\t');
                let (typed, meant) = (columns.next()?.chars().next()?, columns.next()?.chars().next()?);
                let beside = columns.next().filter(|b| *b != "-").unwrap_or("");
                let inside = columns.nth(1) == Some("inside");
                Some(Convention { typed, meant, beside, inside })
            })
            .collect()
    })
}

/// Words with such a letter: fewer are slips.
const HABIT: usize = 3;

/// Joins the words that only follow a habit of the text into one note for each letter.
pub(super) fn join(found: Vec<(Word<'_>, Mixed)>, letters: &Profile) -> Vec<Mixed> {
    let holds = |c: &Convention, w: &Word<'_>| {
        let from = usize::from(c.inside);
        w.count(script(c.meant)) > 0 && w.letters.iter().skip(from).any(|l| l.base == c.typed) && is_foreign(w, c.typed)
    };
    // Letters that the text never writes right are one habit: together they make it.
    let never = |c: &Convention| letters.letters().count(c.meant) == 0;
    let lacking = found.iter().filter(|(w, _)| table().iter().any(|c| never(c) && holds(c, w))).count();
    let habits: Vec<&Convention> = table()
        .iter()
        .filter(|c| {
            let home = script(c.meant);
            let words = found.iter().filter(|(w, _)| holds(c, w)).count();
            let own = letters.letters().count(c.meant) as usize;
            // «lа» in Romanian is no Chechen.
            if letters.count(home) * 2 <= letters.total() {
                return false;
            }
            let proof = c.beside.is_empty() || c.beside.chars().any(|b| letters.letters().has(b));
            (words > 0 && own == 0 && lacking >= HABIT || words >= HABIT && words > own) && proof
        })
        .collect();
    if habits.is_empty() {
        return found.into_iter().map(|(_, m)| m).collect();
    }
    let meant = |c: char| habits.iter().find(|h| h.typed == c || h.typed == other_case(c));
    let (mut kept, mut joined): (Vec<Mixed>, Vec<Vec<Edit>>) = (Vec::new(), vec![Vec::new(); habits.len()]);
    for (word, mixed) in found {
        let strange: Vec<char> =
            word.letters.iter().filter(|l| l.script.is_real() && is_foreign(&word, l.base)).map(|l| l.base).collect();
        let home = strange.first().and_then(|c| meant(*c)).map(|h| script(h.meant));
        if home.is_none_or(|s| word.count(s) == 0) || !strange.iter().all(|c| meant(*c).is_some()) {
            kept.push(mixed);
            continue;
        }
        let text: String =
            word.text.chars().map(|c| if is_foreign(&word, c) { meant(c).map_or(c, |h| h.meant) } else { c }).collect();
        let at = strange.first().and_then(|c| {
            habits.iter().position(|h| h.typed == *c).or_else(|| habits.iter().position(|h| h.typed == other_case(*c)))
        });
        if let Some(edits) = at.and_then(|i| joined.get_mut(i)) {
            edits.push(Edit { span: word.span, text });
        }
    }
    for (habit, edits) in habits.iter().zip(joined) {
        let Some(first) = edits.first() else { continue };
        let span = first.span;
        let message = format!(
            "{} stands for {} (U+{:04X}) in {} words of this text: readers see no difference, search does.",
            char_name(habit.typed),
            habit.meant,
            habit.meant as u32,
            edits.len()
        );
        let title = format!("write {} in all {} words", habit.meant, edits.len());
        kept.push(Mixed {
            cause: Cause::LookAlike,
            span,
            severity: Severity::Info,
            confidence: 0.8,
            message,
            fix: Some(Fix { safety: Safety::Suggested, title, edits }),
        });
    }
    kept.sort_by_key(|m| m.span.start);
    kept
}

/// Whether a letter is not of the script that most letters of the word have; in a tie, Latin is foreign.
fn is_foreign(word: &Word<'_>, c: char) -> bool {
    let own = script(c);
    let count = word.count(own);
    let others = word.letters.iter().filter(|l| l.script.is_real()).count().saturating_sub(count);
    count > 0 && (count < others || count == others && own == crate::unicode::Script::Latin)
}

fn other_case(c: char) -> char {
    let lower = c.to_lowercase().next().unwrap_or(c);
    if lower != c { lower } else { c.to_uppercase().next().unwrap_or(c) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_names_a_letter_and_its_twin() {
        for c in table() {
            assert_ne!(c.typed, c.meant);
            assert!(script(c.typed).is_real() && script(c.meant).is_real(), "{c:?}");
        }
        let lines = include_str!("../data/conventions.tsv").lines().filter(|l| !l.starts_with('#') && !l.is_empty());
        assert_eq!(lines.count(), table().len());
    }
}
