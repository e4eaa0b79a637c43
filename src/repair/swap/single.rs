//! Single-byte pages read as each other.

use super::{Coding, Guess, Swap, changed, coding::NAMES, pages};
use crate::{
    repair::{
        letters::{self, Fit, Letters},
        line::Cell,
        model::{BIT, BLANK, Cost, Model, Symbol},
        shape::{self, script},
    },
    text::Mixing,
};
use std::{collections::HashSet, hash::BuildHasher};

/// Readings that pairs of letters find so much dearer than the best are not priced.
const FAR: Cost = 48 * BIT;

/// A reading of the characters in question, and what it costs by pairs of letters.
struct Way {
    cost: Cost,
    /// What each of the distinct characters becomes.
    new: Vec<char>,
    was: usize,
    read_as: usize,
}

/// The characters of a line that are in question: all beyond ASCII.
struct Special {
    distinct: Vec<char>,
    /// Where each stands, and which of the distinct ones it is.
    places: Vec<(usize, usize)>,
    /// What stands before and after each that no reading changes; nothing where a neighbour is in question, too.
    sides: Vec<(Option<Symbol>, Option<Symbol>)>,
    /// Whether each of the distinct ones stands beside a Latin letter somewhere.
    beside_latin: Vec<bool>,
}

impl Special {
    fn of(chars: &[char]) -> Special {
        let model = Model::get();
        let mut distinct: Vec<char> = chars.iter().copied().filter(|c| !c.is_ascii()).collect();
        distinct.sort_unstable();
        distinct.dedup();
        let mut special =
            Special { beside_latin: vec![false; distinct.len()], distinct, places: vec![], sides: vec![] };
        let symbol = |ch: Option<&char>| match ch {
            None => Some(BLANK),
            Some(ch) => ch.is_ascii().then(|| model.symbol(*ch)),
        };
        for (at, ch) in chars.iter().enumerate().filter(|(_, c)| !c.is_ascii()) {
            let which = special.distinct.binary_search(ch).unwrap_or(0);
            let (before, after) = (at.checked_sub(1).and_then(|i| chars.get(i)), chars.get(at + 1));
            special.places.push((at, which));
            special.sides.push((symbol(before), symbol(after)));
            special.beside_latin[which] |= [before, after].into_iter().flatten().any(char::is_ascii_alphabetic);
        }
        special
    }

    /// No letter of another script stands inside a Latin word.
    fn is_foreign(&self, new: &[char]) -> bool {
        new.iter().zip(&self.beside_latin).any(|(c, latin)| *latin && script(*c) != 0)
    }

    /// Only the steps that change count. `symbols`: what the distinct characters became; more than `limit` is not counted.
    fn cost(&self, symbols: &[Symbol], mut cost: Cost, limit: Cost) -> Cost {
        let model = Model::get();
        let symbol = |(_, which): &(usize, usize)| symbols.get(*which).copied().unwrap_or(BLANK);
        for (k, (place, (before, after))) in self.places.iter().zip(&self.sides).enumerate() {
            let own = symbol(place);
            if let Some(before) = before {
                cost += model.cost(*before, own);
            }
            let next = after.or_else(|| self.places.get(k + 1).map(symbol));
            cost += model.cost(own, next.unwrap_or(BLANK));
            if cost > limit {
                break;
            }
        }
        cost
    }

    /// The readings that pairs of letters do not find far dearer than others, the cheapest first. `settled`: only those
    /// that leave most of the characters as they are.
    fn ways(&self, settled: bool) -> Vec<Way> {
        let model = Model::get();
        let mut seen: HashSet<u64, Mixing> = HashSet::default();
        let mut ways: Vec<Way> = Vec::new();
        let (mut new, mut symbols) = (Vec::new(), Vec::new());
        // The two cheapest are kept, and what is near the first.
        let (mut least, mut second) = (Cost::MAX, Cost::MAX);
        for (b, wrong) in pages().iter().enumerate() {
            let Some(bytes) = self.distinct.iter().map(|c| wrong.encode(*c)).collect::<Option<Vec<u8>>>() else {
                continue;
            };
            for (a, right) in pages().iter().enumerate().filter(|(a, _)| *a != b) {
                let decode = |byte: &u8| right.decode(*byte).filter(|c| !('\u{80}'..'\u{A0}').contains(c));
                new.clear();
                new.extend(bytes.iter().map_while(decode));
                if new.len() < bytes.len() || new == self.distinct || self.is_foreign(&new) {
                    continue;
                }
                if settled && new.iter().zip(&self.distinct).filter(|(new, old)| new != old).count() * 2 > new.len() {
                    continue;
                }
                if !seen.insert(Mixing::default().hash_one(&new)) {
                    continue;
                }
                symbols.clear();
                symbols.extend(new.iter().map(|c| model.symbol(*c)));
                let rare = NAMES.get(a).map_or(0, |n| n.1) + NAMES.get(b).map_or(0, |n| n.2);
                let limit = second.max(least.saturating_add(FAR));
                let cost = self.cost(&symbols, rare * BIT, limit);
                if cost > limit {
                    continue;
                }
                (least, second) = (least.min(cost), least.max(cost).min(second));
                ways.push(Way { cost, new: new.clone(), was: a, read_as: b });
            }
        }
        ways.sort_by_key(|w| w.cost);
        ways
    }

    /// The text with its characters in question read otherwise.
    fn put(&self, chars: &[char], new: &[char]) -> Vec<char> {
        let mut chars = chars.to_vec();
        for &(at, which) in &self.places {
            if let (Some(cell), Some(ch)) = (chars.get_mut(at), new.get(which)) {
                *cell = *ch;
            }
        }
        chars
    }
}

/// The best other reading of a line, single-byte pages among themselves.
pub(in crate::repair) fn single(cells: &[Cell]) -> Option<Swap> {
    let before: Vec<char> = cells.iter().map(|c| c.ch).collect();
    let tokens = letters::tokens(&before);
    single_among(cells, &before, &tokens, &mut Letters::get().around(&before, &tokens), false)
}

/// As [`single`], for a line whose words were looked at before. `settled`: most of them are good.
pub(super) fn single_among(
    cells: &[Cell],
    before: &[char],
    tokens: &[bool],
    around: &mut letters::Around,
    settled: bool,
) -> Option<Swap> {
    let letters = Letters::get();
    let special = Special::of(before);
    let ways = special.ways(settled);
    // Letters by letters in one language may turn the order of pairs in all, but not by that much.
    let most = ways.first()?.cost + FAR;
    let near = ways.iter().take(8).enumerate().take_while(|(n, way)| *n < 2 || way.cost <= most).count();
    let guesses = ways.into_iter().take(near).map(|way| Guess {
        chars: special.put(before, &way.new),
        cost: way.cost,
        was: Coding::Page(way.was),
        read_as: Coding::Page(way.read_as),
    });
    let (now, _) = letters.price_among(before, tokens, around);
    let mut priced: Vec<(Cost, Option<Fit>, Guess)> = guesses
        .map(|g| {
            let (cost, fit) = letters.price_among(&g.chars, tokens, around);
            let rare = |c: Coding, side: fn(&(&str, i32, i32)) -> i32| match c {
                Coding::Page(i) => NAMES.get(i).map_or(0, side),
                Coding::Wide(_) => 0,
            };
            (cost + (rare(g.was, |n| n.1) + rare(g.read_as, |n| n.2)) * BIT, fit, g)
        })
        .collect();
    priced.sort_by_key(|p| p.0);
    let known = judged(cells, before, &priced, now);
    if known.as_ref().is_some_and(|s| s.verdict(false).is_some()) {
        return known;
    }
    shaped(cells, before, &priced, now).or(known)
}

/// The best of the readings, by the letters of the languages.
fn judged(cells: &[Cell], before: &[char], priced: &[(Cost, Option<Fit>, Guess)], now: Cost) -> Option<Swap> {
    let letters = Letters::get();
    let mut rest = priced.iter();
    let (cost, fit, best) = rest.next()?;
    let ahead = rest.next().map_or(now, |p| p.0.min(now)) - cost;
    let (changes, solid, broken) = changes(before, &best.chars);
    // A word in one script is not turned into a word in another lightly.
    let other = coherent(before).is_some_and(|script| coherent(&best.chars) != Some(script));
    let solid = solid && (changes >= 8 || !other);
    let latin = latin(before, &best.chars);
    // A Greek letter for the African one that looks like it is a matter of the keyboard.
    let mut old = before.iter().zip(&best.chars).filter(|(a, b)| a != b);
    let first = old.next().map(|(a, b)| (*a, *b));
    let alone = old.all(|(a, _)| Some(*a) == first.map(|f| f.0));
    if alone && first.is_some_and(|(a, _)| "εγηιυωβ".contains(a)) {
        return None;
    }
    let ends = |a: char| before.windows(2).all(|w| w[0] != a || !w[1].is_alphabetic());
    let single = alone && first.is_some_and(|(a, b)| script(a) != 0 && letters::is_latin(b) && ends(a));
    // Controls that are windows-1252 have a rule of their own.
    if (best.was, best.read_as) == (Coding::Page(0), Coding::Page(3)) {
        return None;
    }
    Some(Swap {
        changed: changes,
        partial: false,
        solid,
        broken: broken || changes < 8 && other,
        other,
        latin,
        strange: fit.is_some_and(|f| letters.strange(before, &best.chars, f.language)),
        shaped: false,
        rivalled: false,
        single,
        cells: changed(cells, &best.chars),
        was: best.was,
        read_as: best.read_as,
        gain: now - cost,
        ahead,
        fit: *fit,
    })
}

/// The reading that mends the shape of the words, where no language is good enough to speak for it.
fn shaped(cells: &[Cell], before: &[char], priced: &[(Cost, Option<Fit>, Guess)], now: Cost) -> Option<Swap> {
    let mended: Vec<Option<u32>> = priced.iter().map(|p| shape::mended(before, &p.2.chars)).collect();
    if mended.iter().flatten().all(|score| *score < shape::ODD) {
        return None;
    }
    let model = Model::get();
    let pairs = |chars: &[char]| model.text(chars.iter().copied());
    let now = now + pairs(before);
    let mut keys: Vec<(Cost, u32, &Guess)> = Vec::new();
    for ((cost, _, guess), score) in priced.iter().zip(mended) {
        if let Some(score) = score {
            keys.push((cost + pairs(&guess.chars), score, guess));
        }
    }
    keys.sort_by_key(|k| k.0);
    let &(cost, score, best) = keys.first()?;
    let ahead = keys.get(1).map_or(now, |k| k.0.min(now)) - cost;
    // What lost bytes of UTF-8 leave behind.
    let old = || before.iter().zip(&best.chars).filter(|(a, b)| a != b).map(|(a, _)| a);
    if old().filter(|c| matches!(c, 'Ã' | 'Â' | 'Ä' | 'Å')).count() * 2 >= old().count() {
        return None;
    }
    if score < shape::ODD || now - cost < 14 * BIT || ahead < 2 * BIT {
        return None;
    }
    Some(Swap {
        changed: before.iter().zip(&best.chars).filter(|(a, b)| a != b).count() as u32,
        partial: false,
        solid: true,
        broken: false,
        other: false,
        latin: true,
        strange: false,
        shaped: true,
        rivalled: false,
        single: false,
        cells: changed(cells, &best.chars),
        was: best.was,
        read_as: best.read_as,
        gain: now - cost,
        ahead,
        fit: None,
    })
}

/// The one script that all letters are in, of Greek, Cyrillic, Hebrew, Arabic and Thai.
fn coherent(chars: &[char]) -> Option<u8> {
    let mut all = chars.iter().filter(|c| c.is_alphabetic()).map(|c| script(*c));
    let first = all.next().filter(|s| *s != 0)?;
    all.all(|s| s == first).then_some(first)
}

/// Whether some letter that changes is Latin and stays Latin.
fn latin(before: &[char], after: &[char]) -> bool {
    let is_latin = |c: char| c.is_alphabetic() && letters::is_latin(c);
    before.iter().zip(after).any(|(old, new)| old != new && is_latin(*old) && is_latin(*new))
}

/// How many characters change, and whether most of them stand where only a letter can stand: a letter that becomes
/// another one, or a sign between letters. A sign at the end of a word is a footnote mark, one before a capital or a
/// digit opens something, and a no-break space is a blank. The last: whether something comes out that no text has.
fn changes(before: &[char], after: &[char]) -> (u32, bool, bool) {
    let letters = Letters::get();
    let is_letter = |c: char| {
        (c.is_alphabetic() || letters.is_letter(c)) && !('\u{2B0}'..'\u{300}').contains(&c) && c != 'ª' && c != 'º'
    };
    let letter = |c: Option<&char>| c.is_some_and(|c| is_letter(*c));
    let (mut strong, mut weak, mut broken) = (0, 0, false);
    for (i, (old, new)) in before.iter().zip(after).enumerate() {
        if old == new {
            continue;
        }
        let odd =
            |i: usize| letter(before.get(i)) || before.get(i).is_some_and(|c| !c.is_ascii() && after.get(i) != Some(c));
        let inside = i.checked_sub(1).is_some_and(|p| letter(after.get(p))) && letter(after.get(i + 1));
        broken |=
            inside && !is_letter(*new) && !matches!(new, '’' | '\'' | '-' | '\u{AD}' | '·') && old.is_alphabetic();
        // Nor does a small letter become a capital inside a word.
        broken |= old.is_lowercase()
            && new.is_uppercase()
            && i.checked_sub(1).and_then(|p| after.get(p)).is_some_and(|c| c.is_lowercase());
        // A small letter at the end of a word does not become a sign.
        broken |= old.is_lowercase() && !is_letter(*new) && i.checked_sub(1).is_some_and(|p| letter(after.get(p)));
        let between = i.checked_sub(1).is_some_and(odd) && odd(i + 1);
        let ordinal = matches!(old, '²' | '³' | '¹' | 'º' | 'ª');
        let control = ('\u{80}'..'\u{A0}').contains(old);
        // What opens something, or is an accent alone, does not stand right after a letter.
        let after = i.checked_sub(1).is_some_and(odd);
        let misplaced = after
            && matches!(old, '‚' | '„' | '‹' | '¡' | '¿' | '¤' | '¢' | '£' | '¥' | '¬' | '¦' | '‰' | '¨' | '¯' | '´' | '¸' | 'ˆ' | '˜' | '\u{2D8}'..='\u{2DD}' | 'ˇ' | '÷' | '≡' | '\u{2200}'..='\u{25FF}');
        if misplaced {
            strong += 1;
            continue;
        }
        if old.is_alphabetic() && !ordinal || control || between && *old != '\u{A0}' {
            strong += 1;
        } else {
            weak += 1;
        }
    }
    (strong + weak, strong > weak && !broken, broken)
}
