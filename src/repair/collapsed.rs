//! A no-break space that became a blank and then one with the blank beside it: «cittÃ bella» was «cittÃ\u{A0} bella».
//!
//! The sequence takes the only blank there is, and two words become one. Whether they were one is told by the letters
//! of the language.

use super::{
    letters::{self, Language, Letters, Slot},
    line::Cell,
    model::{BIT, Cost},
};

/// What it must be worth to assume that a blank was lost: most texts keep both.
const COLLAPSED: Cost = 2 * BIT;
/// Below this it is not told.
const CLEAR: Cost = 4 * BIT;

/// Gives blanks back that stood for a byte and for themselves, and takes those that stood for a byte alone. `false` where
/// it is not told of each of them which it is.
pub(super) fn part(text: &str, cells: &mut Vec<Cell>) -> bool {
    let source = |c: &Cell| text.get(c.start as usize..c.end as usize).unwrap_or_default();
    let is_letter = |c: Option<&Cell>| c.is_some_and(|c| c.ch.is_alphabetic());
    let mut places = Vec::new();
    for (i, cell) in cells.iter().enumerate().filter(|(_, c)| c.new && c.ch.is_lowercase() && letters::is_latin(c.ch)) {
        let is_apart = match source(cell) {
            "Ã " | "Ă " => false,
            "Ã" | "Ă" => cells.get(i + 1).is_some_and(|c| c.ch == ' ' && !c.new),
            _ => continue,
        };
        let next = cells.get(i + 1 + usize::from(is_apart)).map_or(' ', |c| c.ch);
        if next.is_alphabetic() || !is_apart && opens(next) {
            places.push((i, is_apart));
        }
    }
    if places.is_empty() {
        return true;
    }
    let chars: Vec<char> = cells.iter().map(|c| c.ch).collect();
    let near: Vec<&Language> = Letters::get().nearest(&chars).collect();
    let (mut told, mut more) = (true, 0isize);
    for (i, is_apart) in places {
        let i = i.wrapping_add_signed(more);
        let inside = |j: &usize| is_letter(cells.get(*j));
        let start = (0..i).rev().take_while(inside).last().unwrap_or(i);
        let next = i + 1 + usize::from(is_apart);
        let end = (next..cells.len()).take_while(inside).last().map_or(next, |j| j + 1);
        // A number or a sign is no part of a word.
        if !is_letter(cells.get(next)) {
            told &= !matches!(cells[next].ch, '"' | '\'');
            part_at(cells, i);
            more += 1;
            continue;
        }
        // Alone at the start of a sentence it may be a capital that lost a control.
        let mut before = cells[..start].iter().rev().map(|c| c.ch).filter(|c| *c != ' ');
        if start == i && !before.next().is_some_and(|c| c.is_lowercase() || c == ',') {
            told = false;
            continue;
        }
        let word: Vec<char> = cells[start..end].iter().map(|c| c.ch).filter(|c| *c != ' ').collect();
        // In the language that either of them is likeliest in: others may not even have the letter.
        let both =
            |l: &&Language| (cost(l, &word, None), cost(l, &word, Some(i + 1 - start)).saturating_add(COLLAPSED));
        let Some((one, two)) = near.iter().map(both).min_by_key(|(one, two)| *one.min(two)) else { return false };
        told &= (one - two).abs() >= CLEAR;
        if is_apart && one < two {
            let blank = cells.remove(i + 1);
            cells[i].end = blank.end;
            more -= 1;
        } else if !is_apart && two < one {
            part_at(cells, i);
            more += 1;
        }
    }
    told
}

/// Gives the blank back that a cell ends with.
fn part_at(cells: &mut Vec<Cell>, i: usize) {
    let Some(cell) = cells.get_mut(i) else { return };
    cell.end -= 1;
    let at = cell.end;
    cells.insert(i + 1, Cell { ch: ' ', start: at, end: at + 1, new: false, depth: 0, lost: false });
}

/// Whether a sign stands before a word, or may: then a blank stood before it.
fn opens(sign: char) -> bool {
    !sign.is_whitespace()
        && !matches!(sign, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '»' | '”' | '…' | '%' | '-' | '/')
}

/// What a word costs in a language, or two with a blank before `at`.
fn cost(language: &Language, word: &[char], at: Option<usize>) -> Cost {
    let lower = word.iter().map(|c| c.to_lowercase().next().unwrap_or(*c));
    let mut slots: Vec<Slot> = vec![0];
    for (i, ch) in lower.enumerate() {
        if at == Some(i) {
            slots.push(0);
        }
        slots.push(letters::slot(ch));
    }
    slots.push(0);
    language.exact(&slots)
}

#[cfg(test)]
mod tests {
    fn repaired(line: &str) -> (String, bool) {
        let found = crate::repair::repairs(line);
        let mut out = line.to_owned();
        for r in found.iter().rev() {
            out.replace_range(r.span.range(), &r.text);
        }
        (out, found.iter().all(|r| r.safe))
    }

    #[test]
    fn a_blank_that_was_two_is_kept() {
        for (line, right) in [
            ("La cittÃ bella, perchÃ© non troppo.", "La città bella, perché non troppo."),
            ("La cittÃ è bella, perchÃ© no.", "La città è bella, perché no."),
            (
                "Fare clic per modificare le proprietÃ dell'oggetto",
                "Fare clic per modificare le proprietà dell'oggetto",
            ),
            ("SÃ©quence Ã©gale Ã 100 moins le numÃ©ro", "Séquence égale à 100 moins le numéro"),
            ("C'est-Ã -dire un texte assez prÃ©cis", "C'est-à-dire un texte assez précis"),
            ("La pÃ gina estÃ disponible.", "La pàgina està disponible."),
            ("L'homme habite Ã Bruxelles, Ã cÃ´tÃ© de la gare.", "L'homme habite à Bruxelles, à côté de la gare."),
        ] {
            assert_eq!(repaired(line), (right.to_owned(), true));
        }
        // The letters of these do not tell it well enough.
        let line = "Em relaÃ§Ã£o Ã s mulheres, Ã noite.";
        assert_eq!(repaired(line), ("Em relação às mulheres, à noite.".to_owned(), false));
        let line = "Ela foi Ã quela casa, e depois nÃ£o voltou.";
        assert!(!repaired(line).1);
    }

    #[test]
    fn intact_letters_beside_it_do_not_hide_a_final_letter() {
        for (line, right) in [
            ("Le marchÃ© ouvre le 1er décembre Ã  dix heures.", "Le marché ouvre le 1er décembre à dix heures."),
            ("La cittÃ  è bella.", "La città è bella."),
            ("La città è bella, la libertÃ , no.", "La città è bella, la libertà, no."),
        ] {
            assert_eq!(repaired(line), (right.to_owned(), true));
        }
        for good in ["A MANHÃ . JOÃO", "MANHÃ  DE SÃO PAULO", "A letra Ã é do português", "De la lettre Ã on dit"]
        {
            assert_eq!(repaired(good).0, good);
        }
    }
}
