//! Second bytes that nobody sees: a no-break space that became a blank, and then one with the blank beside it («cittÃ bella»
//! was «cittÃ\u{A0} bella»); a soft hyphen that was removed («paÃs» was «paÃ\u{AD}s»).
//!
//! The first takes the only blank there is, and two words become one; the other leaves a lead byte alone. What stood there
//! is told by the letters of the language.

use super::{
    lattice::Through,
    letters::{self, Language, Letters, Slot},
    line::Cell,
    model::{BIT, Cost},
    pages::Pages,
};
use unicode_normalization::UnicodeNormalization;

/// What it must be worth to assume that a blank was lost: most texts keep both.
const COLLAPSED: Cost = 2 * BIT;
/// What it must be worth to assume that a byte left no trace, beside a blank that may be its trace.
const REMOVED: Cost = 4 * BIT;
/// Below this it is not told.
const CLEAR: Cost = 4 * BIT;

/// A letter of which the second byte is not there as it was.
struct Place {
    /// Its cell.
    at: usize,
    left: Left,
}

/// What is left of the second byte.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Left {
    /// A blank that is part of the cell.
    Joined,
    /// A blank that is the next cell.
    Apart,
    /// Nothing.
    Nothing,
}

/// One way to read such a letter: which letter, and whether a blank stands after it.
type Way = (char, bool);

/// What is left of a sequence without its last byte, and the small letters that it may have been: those whose last byte is
/// not shown in windows-1252, or for `ß` in latin-1. The pairs of letters are asked about the first.
const LEFT: [(&str, &[char]); 4] =
    [("Ã", &['í', 'à', 'ß']), ("Ä", &['č', 'ď', 'ā']), ("á»", &['ờ', 'ề', 'ọ', 'ỏ', 'ử']), ("áº", &['ậ'])];

/// Whether a sign may be all that is left of a letter: a capital that no word has inside.
pub(super) fn is_lead(ch: char) -> bool {
    matches!(ch, 'Ã' | 'Ä')
}

/// What is left of a letter where such signs stand, and the letters that it may have been.
pub(super) fn left_of(first: char, second: Option<char>) -> Option<(&'static str, &'static [char])> {
    LEFT.into_iter().find(|(left, _)| {
        let mut signs = left.chars();
        signs.next() == Some(first) && signs.next().is_none_or(|sign| Some(sign) == second)
    })
}

/// The letters that a stretch of the text may have been; none of one that is no such rest.
fn letters_of(left: &str) -> &'static [char] {
    LEFT.iter().find(|(own, _)| *own == left).map_or(&[], |(_, letters)| letters)
}

/// Chooses the letters, gives blanks back that stood for a byte and for themselves, and takes those that stood for a byte
/// alone. `false` where it is not told of each of them which it is. `chain`: what was undone, outermost first.
pub(super) fn settle(text: &str, cells: &mut Vec<Cell>, chain: &[Through]) -> bool {
    let is_letter = |c: Option<&Cell>| c.is_some_and(|c| c.ch.is_alphabetic());
    let places = places(text, cells, chain);
    if places.is_empty() {
        return true;
    }
    let mut chars: Vec<char> = cells.iter().map(|c| c.ch).collect();
    for place in places.iter().filter(|p| p.left == Left::Nothing) {
        // What is not known yet says nothing of the language.
        if let Some(ch) = chars.get_mut(place.at) {
            *ch = '\u{FFFD}';
        }
    }
    let near: Vec<(&Language, Cost)> = Letters::get().nearest(&chars).collect();
    let (mut told, mut more) = (true, 0isize);
    for Place { at, left } in places {
        let at = at.wrapping_add_signed(more);
        let Some(letter) = cells.get(at).map(|c| c.ch) else { return false };
        let inside = |j: &usize| is_letter(cells.get(*j));
        let start = (0..at).rev().take_while(inside).last().unwrap_or(at);
        let next = at + 1 + usize::from(left == Left::Apart);
        let end = (next..cells.len()).take_while(inside).last().map_or(next, |j| j + 1);
        let hidden = letters_of(source(text, &cells[at]));
        // A number or a sign is no part of a word.
        let stands_last = left == Left::Joined && end == next;
        let ways = match left {
            Left::Nothing => hidden.iter().map(|c| (*c, false)).collect(),
            _ => ways(letter, stands_last),
        };
        told &= !(stands_last && cells.get(next).is_some_and(|c| matches!(c.ch, '"' | '\'')));
        // Alone at the start of a sentence it may be a capital that lost a control.
        let mut before = cells[..start].iter().rev().map(|c| c.ch).filter(|c| *c != ' ');
        if start == at && !stands_last && !before.next().is_some_and(|c| c.is_lowercase() || c == ',') {
            told = false;
            continue;
        }
        let mut word: Vec<char> = cells[start..end].iter().map(|c| c.ch).filter(|c| *c != ' ').collect();
        let mut costs = |l: &Language| {
            let mut all: Vec<(Cost, Way)> = Vec::with_capacity(ways.len());
            for &(ch, apart) in &ways {
                if let Some(cell) = word.get_mut(at - start) {
                    *cell = ch;
                }
                let assumed = if apart && !stands_last { COLLAPSED } else { 0 };
                let removed = if ch != letter && left != Left::Nothing { REMOVED } else { 0 };
                let part = (apart && end > next).then_some(at + 1 - start);
                all.push((cost(l, &word, part).saturating_add(assumed + removed), (ch, apart)));
            }
            all.sort_by_key(|(cost, _)| *cost);
            all
        };
        // In the language that one of them is likeliest in: others may not even have the letter. Where it is one letter or
        // another, the language of the line counts as well.
        let behind = |cost: &Cost| if left == Left::Nothing { *cost } else { 0 };
        let of = |all: &[(Cost, Way)]| all.first().map_or(Cost::MAX / 2, |(cost, _)| *cost);
        let best = near.iter().map(|(l, cost)| (costs(l), behind(cost)));
        let best = best.min_by_key(|(all, behind)| of(all).saturating_add(*behind)).map(|(all, _)| all);
        let Some(all) = best else { return false };
        let Some(&(least, (ch, is_apart))) = all.first() else { return false };
        told &= all.get(1).is_none_or(|(second, _)| second - least >= CLEAR);
        if ch != letter {
            cells[at].ch = ch;
            told = false;
        }
        if left == Left::Apart && !is_apart {
            let blank = cells.remove(at + 1);
            cells[at].end = blank.end;
            more -= 1;
        } else if left == Left::Joined && is_apart {
            part_at(cells, at);
            more += 1;
        }
    }
    told
}

/// How a letter whose second byte may be the blank after it can be read. `is_last`: no letter stands after that.
fn ways(letter: char, is_last: bool) -> Vec<Way> {
    let mut all = vec![(letter, true)];
    if !is_last {
        all.push((letter, false));
    }
    // The blank is one, and the second byte left no trace.
    if letter == 'à' {
        all.extend(letters_of("Ã").iter().filter(|c| **c != letter).map(|c| (*c, true)));
    }
    all
}

/// The letters in question.
fn places(text: &str, cells: &[Cell], chain: &[Through]) -> Vec<Place> {
    // The image of the first byte of `à`, whose second one is the no-break space of most pages.
    let is_lead = |c: char| {
        let pages = Pages::get();
        chain.iter().any(|t| matches!(t, Through::Page(page) if pages.row(c).is_some_and(|row| row[*page] == 0xC3)))
    };
    let mut places = Vec::new();
    for (at, cell) in cells.iter().enumerate().filter(|(_, c)| c.new && c.ch.is_lowercase() && letters::is_latin(c.ch))
    {
        let before = at.checked_sub(1).and_then(|i| cells.get(i)).map_or(' ', |c| c.ch);
        let whole = source(text, cell);
        let mut source = whole.chars();
        let left = match (source.next(), source.next_back()) {
            (Some(_), Some(' ')) => Left::Joined,
            (Some(_), Some(_)) if !letters_of(whole).is_empty() => Left::Nothing,
            (Some(only), None) if is_lead(only) && before == ' ' => match cells.get(at + 1) {
                Some(c) if c.ch == ' ' && !c.new => Left::Apart,
                _ => continue,
            },
            (Some(_), None) if !letters_of(whole).is_empty() && before.is_alphabetic() => Left::Nothing,
            _ => continue,
        };
        let next = cells.get(at + 1 + usize::from(left == Left::Apart)).map_or(' ', |c| c.ch);
        if left == Left::Nothing || next.is_alphabetic() || left == Left::Joined && opens(next) {
            places.push(Place { at, left });
        }
    }
    places
}

/// What stands in the text for a cell.
fn source<'t>(text: &'t str, cell: &Cell) -> &'t str {
    text.get(cell.start as usize..cell.end as usize).unwrap_or_default()
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
    let parts = word.split_at(at.unwrap_or(0));
    let long = language.tag == "vi" && [parts.0, parts.1].into_iter().any(has_two_syllables);
    language.exact(&slots) + if long { SYLLABLE } else { 0 }
}

/// What a second syllable costs where every word has one.
const SYLLABLE: Cost = 32 * BIT;

/// Whether consonants stand between the vowels of a word.
fn has_two_syllables(word: &[char]) -> bool {
    let is_vowel = |c: char| {
        let base = c.nfd().next().unwrap_or(c);
        matches!(base.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
    };
    let mut vowels = word.iter().map(|c| is_vowel(*c)).peekable();
    let mut groups = 0;
    while let Some(vowel) = vowels.next() {
        groups += usize::from(vowel && vowels.peek() != Some(&true));
    }
    groups > 1
}

#[cfg(test)]
mod tests {
    use crate::repair::repaired;

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
    fn other_pages_and_two_layers_lose_blanks_too() {
        for (line, right) in [
            (
                "Il rГ©pГЁte que lвЂ™Г©tГ© est fini, Г cГґtГ© de la forГЄt.",
                "Il répète que l’été est fini, à côté de la forêt.",
            ),
            ("La cittГ ГЁ piГ№ bella perchГ© cвЂ™ГЁ il mare.", "La città è più bella perché c’è il mare."),
            (
                "La cittÃƒÂ ÃƒÂ¨ piÃƒÂ¹ bella perchÃƒÂ© cÃ¢â‚¬â„¢ÃƒÂ¨ il mare.",
                "La città è più bella perché c’è il mare.",
            ),
            // Every word of this language is one syllable.
            (
                "ThÃ nh phá»‘ nÃ y cÃ³ ráº¥t nhiá»u quÃ¡n cÃ phÃª Ä‘áº¹p vÃ yÃªn tÄ©nh.",
                "Thành phố này có rất nhiều quán cà phê đẹp và yên tĩnh.",
            ),
        ] {
            assert_eq!(repaired(line).0, right);
        }
    }

    #[test]
    fn a_soft_hyphen_that_was_removed_is_suggested() {
        for (line, right) in [
            ("MarÃa GarcÃa vive en Madrid.", "María García vive en Madrid."),
            ("La energía del país. La policÃa llegó tarde.", "La energía del país. La policía llegó tarde."),
            ("El niÃ±o vive en el paÃs.", "El niño vive en el país."),
            ("Die StraÃe ist lang.", "Die Straße ist lang."),
            ("V pondÄ›lÃ pÅ™ijdu.", "V pondělí přijdu."),
            ("Sá»‘ Ä‘Æ°á»£c lÃ m trÃ²n vá» hÆ°á»›ng khÃ¡c", "Số được làm tròn về hướng khác"),
            ("Urejanja niso roÄno ali samodejno oznaÄena.", "Urejanja niso ročno ali samodejno označena."),
        ] {
            assert_eq!(repaired(line), (right.to_owned(), false));
        }
        for good in ["NÃo sei.", "MANHÃS E IRMÃS", "meineÄnderung", "A letra Ã, às vezes", "LÃ, algodão"] {
            assert_eq!(repaired(good).0, good);
        }
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
