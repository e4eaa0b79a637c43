//! Text in one legacy encoding that was read as another: single-byte pages among themselves, and East Asian
//! encodings with everything.
//!
//! Here nothing in the bytes proves the mistake. It takes a text that is odd in every language as it stands, and good
//! in one language that the models know once the bytes are read otherwise.

mod coding;
mod east;
mod single;
mod verdict;

use super::{
    gate::{self, Habit},
    letters::{self, Letters},
    line::Cell,
    model::{BIT, Cost, Model},
    words,
};
use east::price;
use unicode_normalization::char::compose;

pub(super) use coding::{Coding, pages};
pub(super) use east::{is_ideograph, is_wide, wide};
pub(super) use single::single;
pub(super) use verdict::Swap;

/// Bits by which a few East Asian characters have to be more likely than what a single-byte page gives.
const RIVAL: Cost = 16 * BIT;

struct Guess {
    chars: Vec<char>,
    cost: Cost,
    was: Coding,
    read_as: Coding,
}

/// The best other reading of a line, if the line is odd as it stands.
pub(super) fn read(cells: &[Cell], line: &str, habit: &mut Habit) -> Option<Swap> {
    let model = Model::get();
    let letters = Letters::get();
    let chars: Vec<char> = cells.iter().map(|c| c.ch).collect();
    if are_detached(&chars) {
        return None;
    }
    let ideographs = chars.iter().filter(|c| is_ideograph(**c)).count();
    let mut one = None;
    if ideographs == 0 {
        let tokens = letters::tokens(&chars);
        let mut around = letters.around(&chars, &tokens);
        let fit = letters.fit_among(&chars, &tokens, &mut around);
        if let Some(fit) = fit
            && letters.reads(line, fit.language)
        {
            habit.speaks(fit.language);
            return None;
        }
        let leaning = fit.filter(|fit| {
            let mean = letters.languages.get(fit.language).map_or(0, |l| l.mean);
            fit.letters > 40 && fit.cost <= fit.letters as Cost * (mean + 5 * BIT / 4)
        });
        // A long line that is mostly in the document's language is read as nothing that leaves little of it as it is.
        let settled = leaning.is_some_and(|fit| habit.established() == Some(fit.language));
        one = single::single_among(cells, &chars, &tokens, &mut around, settled);
        // Rare words, but of this language rather than of any other.
        if let Some(fit) = leaning
            && one.as_ref().is_none_or(|s| s.verdict(false).is_none())
        {
            habit.leans(fit.language);
        }
        if one.as_ref().is_some_and(|s| s.fluent() && s.verdict(false).is_some()) {
            return one;
        }
    }
    let (mut cost, mut others, mut prev) = (0, 0, ' ');
    for &ch in &chars {
        if !ch.is_ascii() {
            others += 1;
            cost += model.cost(model.symbol(prev), model.symbol(ch));
        }
        prev = ch;
    }
    if ideographs == 0
        && one.as_ref().is_none_or(|s| s.verdict(false).is_none())
        && let Some(found) = part(cells, line, habit)
    {
        return Some(found);
    }
    let odd = ideographs > 0 || cost > others * 9 * BIT;
    let mut found = odd.then(|| wide(cells)).flatten().filter(Swap::convincing);
    if let (Some(wide), Some(one)) = (&mut found, &one) {
        let cost = |swap: &Swap| price(&swap.cells.iter().map(|c| c.ch).collect::<Vec<char>>());
        wide.rivalled = cost(one) < cost(wide) + RIVAL;
    }
    found.or(one)
}

/// Whether the line was copied from a page that draws accents beside their letters, `mu¨ssen`, `d´em´enag´e`: no letters of
/// another page, though one may have some in the accents' places.
fn are_detached(chars: &[char]) -> bool {
    let mark = |c: char| match c {
        '´' => Some('\u{301}'),
        '¨' => Some('\u{308}'),
        'ˆ' => Some('\u{302}'),
        '˜' => Some('\u{303}'),
        '¸' => Some('\u{327}'),
        'ˇ' => Some('\u{30C}'),
        '˘' => Some('\u{306}'),
        '˝' => Some('\u{30B}'),
        '˛' => Some('\u{328}'),
        '˚' => Some('\u{30A}'),
        '˙' => Some('\u{307}'),
        _ => None,
    };
    let composes = |base: Option<&char>, mark| {
        base.is_some_and(|b| *b == 'ı' || b.is_ascii_alphabetic() && compose(*b, mark).is_some())
    };
    let mut accents = 0;
    for (i, mark) in chars.iter().enumerate().filter_map(|(i, c)| Some((i, mark(*c)?))) {
        accents += 1;
        // A blank may stand between: `M¨ unchen`.
        let after = chars.get(i + 1 + usize::from(chars.get(i + 1) == Some(&' ')));
        if !composes(i.checked_sub(1).and_then(|i| chars.get(i)), mark) && !composes(after, mark) {
            return false;
        }
    }
    let is_other = |c: char| !c.is_ascii() && !c.is_alphabetic() && mark(c).is_none() && !gate::is_typographic(c);
    let touches = |c: Option<&char>| c.is_some_and(|c| c.is_alphabetic());
    let inside = |i: usize| touches(i.checked_sub(1).and_then(|i| chars.get(i))) || touches(chars.get(i + 1));
    accents > 1 && !chars.iter().enumerate().any(|(i, c)| is_other(*c) && inside(i))
}

/// Some words of a line read otherwise, in the document's language.
fn part(cells: &[Cell], line: &str, habit: &Habit) -> Option<Swap> {
    let language = habit.established()?;
    let found = words::part(line, language)?;
    // Letters that stand alone are those of a table of characters.
    if found.spans.iter().all(|s| line.get(s.0..s.1).is_none_or(|word| word.chars().nth(1).is_none())) {
        return None;
    }
    if found.gain < 20 * BIT * found.spans.len() as Cost || found.ahead < 4 * BIT {
        return None;
    }
    let (was, read_as) = (Coding::Page(found.was), Coding::Page(found.read_as));
    let (right, wrong) = (pages().get(found.was)?, pages().get(found.read_as)?);
    let inside = |c: &Cell| found.spans.iter().any(|s| s.0 <= c.start as usize && (c.end as usize) <= s.1);
    let put = |c: &Cell| match wrong.encode(c.ch).and_then(|b| right.decode(b)) {
        Some(ch) if !c.ch.is_ascii() && ch != c.ch && inside(c) => Cell { ch, new: true, depth: 1, ..*c },
        _ => *c,
    };
    let cells: Vec<Cell> = cells.iter().map(put).collect();
    let changed = cells.iter().filter(|c| c.new).count() as u32;
    Some(Swap {
        partial: true,
        solid: true,
        broken: false,
        other: false,
        latin: true,
        strange: false,
        shaped: false,
        rivalled: false,
        single: false,
        changed,
        cells,
        was,
        read_as,
        gain: found.gain,
        ahead: found.ahead,
        fit: None,
    })
}

fn changed(cells: &[Cell], chars: &[char]) -> Vec<Cell> {
    let put = |(cell, &ch): (&Cell, &char)| Cell { ch, new: cell.new || cell.ch != ch, ..*cell };
    cells.iter().zip(chars).map(put).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn accents_beside_their_letters_are_no_letters_of_another_page() {
        for line in ["Die Bu¨rger mu¨ssen ku¨nftig ho¨here Gebu¨hren zahlen.", "La m`ere de Zo´e a d´em´enag´e l`a."]
        {
            assert!(crate::repair::repairs(line).is_empty(), "{line}");
        }
    }
}
