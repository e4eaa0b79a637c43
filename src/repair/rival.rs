//! Whether another explanation of a line is the better one: UTF-8 against a legacy encoding, and the other way round.

use super::{
    lattice::{self, Through},
    letters::{self, Letters},
    line::Cell,
    model::{BIT, Cost, Model},
    search::Candidate,
    shape,
    swap::{self, Coding, Swap},
};

/// More sequences than that are no accident.
const FEW: u32 = 6;
/// What one sequence that happens to be UTF-8 is worth: hardly two bytes in ten are one by chance.
const CHANCE: Cost = 3 * BIT;

/// Whether a few sequences that read as UTF-8 are more likely text in a legacy encoding.
pub(super) fn is_beaten(cells: &[Cell], best: &Candidate) -> bool {
    if best.units > FEW {
        return false;
    }
    let own = price(&best.cells) - if best.kept == 0 { best.units as Cost * CHANCE } else { 0 };
    let beats = |other: &Swap| other.verdict(false).is_some() && price(&other.cells) < own;
    let ideographs = cells.iter().any(|c| swap::is_ideograph(c.ch));
    // One letter out of one ideograph is as good as a letter and the one after it.
    let single = best.chain.iter().any(|t| matches!(t, Through::Wide(_))) && best.units < 3;
    let page =
        |other: &Swap| single && matches!(other.was, Coding::Page(_)) && price(&other.cells) < price(&best.cells);
    swap::wide(cells).is_some_and(|s| page(&s) || s.convincing() && beats(&s))
        || !ideographs && best.kept > 0 && swap::single(cells).is_some_and(|s| s.fluent() && beats(&s))
}

/// Whether letters of another script stand inside the Latin words of a line.
pub(super) fn is_crossed(cells: &[Cell]) -> bool {
    let beside = |w: &[Cell]| match w {
        [a, b] => {
            a.ch.is_ascii_alphabetic() && shape::script(b.ch) != 0
                || shape::script(a.ch) != 0 && b.ch.is_ascii_alphabetic()
        }
        _ => false,
    };
    cells.windows(2).any(beside) && lattice::is_latin(cells)
}

/// Whether what came out are letters that the language of the line's other words does not have.
pub(super) fn is_foreign(best: &Candidate) -> bool {
    let after: Vec<char> = best.cells.iter().map(|c| c.ch).collect();
    let before: Vec<char> = best.cells.iter().map(|c| if c.new { ' ' } else { c.ch }).collect();
    let letters = Letters::get();
    let fit = letters.fit(&after, &letters::tokens(&after));
    fit.is_some_and(|f| f.around_letters >= 8 && letters.strange(&before, &after, f.language))
}

/// What a line costs by pairs, and by the letters of the language that it fits best.
fn price(cells: &[Cell]) -> Cost {
    let chars: Vec<char> = cells.iter().map(|c| c.ch).collect();
    let pairs = Model::get().text(chars.iter().copied());
    pairs + Letters::get().price(&chars, &letters::tokens(&chars)).0 / 2
}

/// Whether a line is what is left of UTF-8 that was read as latin-1 or windows-1252 and lost its controls. Every
/// continuation byte stands after a lead byte, and most lead bytes are the same few: no other text looks like that.
pub(super) fn is_remnant(cells: &[Cell]) -> bool {
    let Some(page) = swap::pages().first() else { return false };
    let (mut high, mut tails, mut stray, mut ascii) = (0usize, 0usize, 0usize, 0usize);
    let mut leads = [0usize; 256];
    // Continuation bytes that may still follow.
    let mut open = 0;
    for cell in cells {
        if cell.ch.is_ascii() {
            ascii += usize::from(cell.ch.is_ascii_alphabetic());
            open = 0;
            continue;
        }
        // What the page cannot hold stands beside it.
        let Some(byte) = page.encode(cell.ch) else { return false };
        high += 1;
        match byte {
            0x80..=0xBF if open > 0 => {
                open -= 1;
                tails += 1;
            }
            0x80..=0xBF => stray += 1,
            _ => {
                leads[usize::from(byte)] += 1;
                open = match byte {
                    0xC2..=0xDF => 1,
                    0xE0..=0xEF => 2,
                    _ => 3,
                };
            }
        }
    }
    let all: usize = leads.iter().sum();
    leads.sort_unstable();
    let most: usize = leads.iter().rev().take(2).sum();
    high >= 12
        && ascii * 2 < high
        && stray * 12 <= high
        && most * 10 >= all * 7
        && (tails * 5 >= high || tails * 12 >= high && most * 10 >= all * 9)
}

/// Lead bytes whose other bytes were dropped, in a line that is otherwise intact: a capital inside a word of small letters
/// (`IzraÄun`), an `â` between blanks. Only in a file that shows UTF-8 read as latin-1 or windows-1252 they are that.
pub(super) fn left_over(cells: &[Cell]) -> impl Iterator<Item = &Cell> {
    let at = |i: Option<usize>| i.and_then(|i| cells.get(i)).map_or(' ', |c| c.ch);
    let lead = |c: char| ('Â'..='ß').contains(&c) && c.is_uppercase();
    let found = move |&i: &usize| {
        let (before, ch, after) = (at(i.checked_sub(1)), at(Some(i)), at(Some(i + 1)));
        lead(ch) && before.is_lowercase() && after.is_lowercase() || ch == 'â' && before == ' ' && after == ' '
    };
    (0..cells.len()).filter(found).filter_map(|i| cells.get(i))
}

#[cfg(test)]
mod tests {
    use super::{super::repairs, *};
    use crate::repair::line;

    fn fixed(text: &str) -> String {
        let mut out = text.to_owned();
        for r in repairs(text).iter().rev().filter(|r| r.safe) {
            out.replace_range(r.span.range(), &r.text);
        }
        out
    }

    #[test]
    fn a_letter_and_the_next_one_beat_one_strange_letter() {
        assert_eq!(fixed("Die Kinder l臘helten im Garten."), "Die Kinder lächelten im Garten.");
        assert!(repairs("Les r鑒les du club sont simples.").iter().all(|r| r.text == "èg"));
    }

    #[test]
    fn what_is_left_of_one_letter_is_named_where_the_file_shows_how() {
        let good = "Raziskava je pokazala, da je mesto Å¾e vedno najlepÅ¡e.\nIn Å¡e nekaj Å¾upanov.\n";
        let lost = "IzraÄun je na voljo â vsem.\n";
        assert!(repairs(lost).is_empty());
        let left: Vec<String> = repairs(&format!("{good}{lost}")).into_iter().skip(4).map(|r| r.text).collect();
        assert_eq!(left, ["Ä", "â"]);
    }

    #[test]
    fn two_cyrillic_letters_in_a_latin_word_are_one_letter() {
        assert_eq!(fixed("La colecciГіn estГЎ completa."), "La colección está completa.");
        assert_eq!(fixed("Nцёo adianta esperar."), "Não adianta esperar.");
    }

    #[test]
    fn what_is_left_of_utf8_is_named_and_left_alone() {
        let line = |text: &str| is_remnant(&line::cells(text));
        let left: String = "Вечером мы поедем домой"
            .chars()
            .flat_map(|c| {
                let mut bytes = [0; 4];
                c.encode_utf8(&mut bytes).bytes().map(char::from).filter(|c| !c.is_control()).collect::<Vec<_>>()
            })
            .collect();
        assert!(line(&left), "{left}");
        assert_eq!(fixed(&left), left);
        assert!(repairs(&left).iter().all(|r| left.get(r.span.range()) == Some(&r.text)));
        assert!(!line("Näääääääääääääääin!"));
        assert!(!line("L’été déjà passé, l’élève répétée à côté"));
        assert!(!line("Ïðèâåò, êàê äåëà? Âñ¸ õîðîøî."));
    }
}
