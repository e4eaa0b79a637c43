//! Words that the document's language does not have, but would have if their bytes were read otherwise.
//!
//! For each letter beyond ASCII a set of bits says through which pairs of pages it becomes a letter of the language.
//! What all letters of a word share are the ways to read it; hardly any good word has one that reads well.

use super::{
    letters::Letters,
    model::{BIT, Cost},
    plain::{in_word, next_high, word_round},
    quick::{Quick, is_capital, is_known, is_letter},
    swap::pages,
};
use std::{collections::HashMap, sync::OnceLock};

/// Pairs of pages, a bit for each: what it was, by what it was read as.
const PAGES: usize = 30;
const BITS: usize = PAGES * PAGES;
const WORDS: usize = BITS.div_ceil(64);
type Set = [u64; WORDS];

/// What characters become through pairs of pages.
struct Rows {
    /// Code points below this to their rows, plus one.
    near: Vec<u16>,
    far: HashMap<char, u16>,
    chars: Vec<char>,
    /// Pairs of pages through which a character becomes another.
    changes: Vec<Set>,
}

const NEAR: usize = 0x2600;

impl Rows {
    fn get() -> &'static Rows {
        static ROWS: OnceLock<Rows> = OnceLock::new();
        ROWS.get_or_init(|| {
            let mut rows = Rows { near: vec![0; NEAR], far: HashMap::new(), chars: Vec::new(), changes: Vec::new() };
            for page in pages() {
                for ch in (0x80..=0xFFu8).filter_map(|b| page.decode(b)) {
                    if rows.of(ch).is_none() {
                        rows.chars.push(ch);
                        let row = rows.chars.len() as u16;
                        match rows.near.get_mut(ch as usize) {
                            Some(cell) => *cell = row,
                            None => drop(rows.far.insert(ch, row)),
                        }
                    }
                }
            }
            rows.changes = rows.chars.iter().map(|&ch| set(ch, |new| new != ch)).collect();
            rows
        })
    }

    fn of(&self, ch: char) -> Option<usize> {
        let row = match self.near.get(ch as usize) {
            Some(row) => *row,
            None => self.far.get(&ch).copied().unwrap_or(0),
        };
        usize::from(row).checked_sub(1)
    }
}

/// The pairs of pages through which a character becomes one that is good.
fn set(ch: char, good: impl Fn(char) -> bool) -> Set {
    let mut set = [0; WORDS];
    for (b, wrong) in pages().iter().enumerate() {
        let Some(byte) = wrong.encode(ch) else { continue };
        for (a, right) in pages().iter().enumerate() {
            if a != b && right.decode(byte).is_some_and(&good) {
                let bit = b * PAGES + a;
                set[bit / 64] |= 1 << (bit % 64);
            }
        }
    }
    set
}

/// For one language, the pairs of pages that make a letter of it from each character.
pub(super) struct Ways {
    into: Vec<Set>,
}

impl Ways {
    pub(super) fn new(quick: &Quick) -> Ways {
        let good = |c: char| c > '\u{9F}' && (quick.has(c) || super::gate::is_typographic(c));
        Ways { into: Rows::get().chars.iter().map(|&ch| set(ch, good)).collect() }
    }
}

/// The pairs of pages that are left for some characters together.
struct Readings {
    /// Through these each of them becomes a letter of the language.
    into: Set,
    /// Through these at least one of them changes.
    change: Set,
}

impl Readings {
    const ALL: Readings = Readings { into: [u64::MAX; WORDS], change: [0; WORDS] };

    /// One more character, by its row.
    fn narrow(&mut self, row: usize, ways: &Ways, rows: &Rows) {
        for i in 0..WORDS {
            self.into[i] &= ways.into[row][i];
            self.change[i] |= rows.changes[row][i];
        }
    }

    /// The bits of the pairs, in order.
    fn pairs(&self) -> impl Iterator<Item = usize> {
        self.into.iter().zip(&self.change).enumerate().flat_map(|(i, (into, change))| {
            let mut left = into & change;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| i * 64 + left.trailing_zeros() as usize)?;
                left &= left - 1;
                Some(bit)
            })
        })
    }
}

/// Whether some word of a line is none of the language as it stands, and one if read otherwise.
pub(super) fn repairable(line: &str, language: usize) -> bool {
    let bytes = line.as_bytes();
    let mut weight = 0;
    let mut from = 0;
    while let Some(high) = next_high(bytes, from) {
        let word = word_round(bytes, high);
        from = word.end;
        weight += line.get(word).map_or(0, |word| weigh(word, language));
        if weight >= 3 {
            return true;
        }
    }
    false
}

/// One way to read some words of a line otherwise.
pub(super) struct Part {
    /// The pages, by their places: what it was, and what it was read as.
    pub(super) was: usize,
    pub(super) read_as: usize,
    /// The words, as bytes of the line.
    pub(super) spans: Vec<(usize, usize)>,
    /// Bits saved against the line as it is, and against the next best reading.
    pub(super) gain: Cost,
    pub(super) ahead: Cost,
}

/// A few words of a line that are none of the language, and good ones of it when one page is taken for another, while
/// the rest of the line is good as it stands.
pub(super) fn part(line: &str, language: usize) -> Option<Part> {
    let letters = Letters::get();
    let l = letters.languages.get(language)?;
    let (quick, ways, rows) = (letters.quick(language)?, letters.ways(language)?, Rows::get());
    let bytes = line.as_bytes();
    let mut words: Vec<(usize, usize)> = Vec::new();
    let (mut now, mut signs) = (0, false);
    let mut readings = Readings::ALL;
    let (mut good, mut special) = (0, 0);
    let mut start = 0;
    while start < bytes.len() {
        let skip = bytes.get(start..)?.iter().take_while(|b| !in_word(b)).count();
        let begin = start + skip;
        let end = begin + bytes.get(begin..)?.iter().take_while(|b| in_word(b)).count();
        start = end.max(begin + 1);
        let word = line.get(begin..end).filter(|w| w.len() < 256)?;
        if word.is_empty() {
            continue;
        }
        let price = price(quick, word.chars(), Cost::MAX);
        if word.is_ascii() || price.good(l.mean) {
            good += 1;
            continue;
        }
        // The letters themselves must be those that change.
        if weigh(word, language) < 3 {
            continue;
        }
        for ch in word.chars().filter(|c| !c.is_ascii()) {
            let row = rows.of(ch)?;
            special += 1;
            readings.narrow(row, ways, rows);
        }
        signs |= price.odd && word.chars().any(|c| !c.is_ascii() && !c.is_alphabetic());
        now += price.cost;
        words.push((begin, end));
    }
    // A line that is broken throughout is another matter, and so is a name.
    if words.is_empty() || good < 2 * words.len() || special < 4 && !signs {
        return None;
    }
    let mut found: Vec<(Cost, String, usize)> = Vec::new();
    for bit in readings.pairs() {
        let mut cost = 0;
        let mut text = String::new();
        for &(begin, end) in &words {
            let new: String = line.get(begin..end)?.chars().map(|c| through(bit, c)).collect();
            let price = price(quick, new.chars(), now);
            let sign = new.chars().zip(line.get(begin..end)?.chars()).any(|(n, o)| n != o && !n.is_alphabetic());
            if sign {
                cost = Cost::MAX / 2;
                break;
            }
            cost += if price.good(l.mean) { price.cost } else { now };
            text.push_str(&new);
        }
        if cost < now && !found.iter().any(|(_, t, _)| *t == text) {
            found.push((cost, text, bit));
        }
    }
    found.sort();
    let (cost, _, bit) = found.first()?;
    let ahead = found.get(1).map_or(now, |f| f.0) - cost;
    Some(Part { was: bit % PAGES, read_as: bit / PAGES, spans: words, gain: now - cost, ahead })
}

/// A character through a pair of pages.
fn through(bit: usize, ch: char) -> char {
    match (pages().get(bit / PAGES), pages().get(bit % PAGES)) {
        (Some(wrong), Some(right)) if !ch.is_ascii() => wrong.encode(ch).and_then(|b| right.decode(b)).unwrap_or(ch),
        _ => ch,
    }
}

/// How much a word speaks for damage: 3 if it would be a word of the language when read otherwise, 1 if a short one.
pub(super) fn weigh(word: &str, language: usize) -> u32 {
    let letters = Letters::get();
    let (Some(l), Some(quick), Some(ways)) =
        (letters.languages.get(language), letters.quick(language), letters.ways(language))
    else {
        return 3;
    };
    if word.len() > 255 {
        return 0;
    }
    let rows = Rows::get();
    let now = price(quick, word.chars(), Cost::MAX);
    if now.good(l.mean) {
        return 0;
    }
    let mut readings = Readings::ALL;
    for ch in word.chars().filter(|c| !c.is_ascii()) {
        let Some(row) = rows.of(ch) else { return 0 };
        readings.narrow(row, ways, rows);
    }
    let limit = now.cost - 6 * BIT;
    for bit in readings.pairs() {
        let new = price(quick, word.chars().map(|c| through(bit, c)), limit);
        if new.near(l.mean) && new.cost <= limit {
            return if new.letters < 3 { 1 } else { 3 };
        }
    }
    0
}

/// What a word costs in a language.
struct Price {
    cost: Cost,
    steps: Cost,
    letters: u32,
    /// A letter that the language lacks, a capital after a small letter, a sign between letters.
    odd: bool,
    dear: bool,
}

/// What an oddity costs on top of the step.
const ODD: Cost = 8 * BIT;

impl Price {
    fn good(&self, mean: Cost) -> bool {
        !self.odd && !self.dear && self.cost <= self.steps * (mean + 3 * BIT / 2) + 6 * BIT
    }
    fn near(&self, mean: Cost) -> bool {
        !self.odd && self.cost <= self.steps * (mean + 2 * BIT) + 4 * BIT
    }
}

/// The price, or the first part of it that is over the limit.
fn price(quick: &Quick, chars: impl Iterator<Item = char>, limit: Cost) -> Price {
    let mut price = Price { cost: 0, steps: 0, letters: 0, odd: false, dear: false };
    let (mut prev, mut sign) = (0, false);
    for ch in chars.chain([' ']) {
        let info = quick.of(ch);
        let (letter, was) = (is_letter(info), is_letter(prev));
        if letter || was {
            let cost = quick.step(prev, info).min(14 * BIT);
            price.cost += cost;
            price.steps += 1;
            price.dear |= cost >= 11 * BIT;
        }
        let odd = letter && (sign || was && is_capital(info) && !is_capital(prev) || !is_known(info));
        price.odd |= odd;
        price.cost += if odd { ODD } else { 0 };
        if letter {
            price.letters += 1;
            sign = false;
        } else {
            sign = was && !ch.is_ascii() && !super::gate::is_typographic(ch);
        }
        prev = info;
        if price.cost > limit {
            break;
        }
    }
    price
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(tag: &str) -> usize {
        Letters::get().languages.iter().position(|l| l.tag == tag).unwrap_or(usize::MAX)
    }

    #[test]
    fn damaged_words_are_seen() {
        for (tag, line) in [
            ("pl", "Szed³em drog¹ do domu"),
            ("ru", "Сегодня он сказал ОПХБЕР всем"),
            ("ru", "И тут он пришел Ïðèâåò"),
            ("cs", "Byl to mal\u{fd} k\u{f8}\u{ed}\u{9e}ek u cesty"),
        ] {
            assert!(repairable(line, language(tag)), "{line}");
        }
    }

    #[test]
    fn good_words_are_not() {
        for (tag, line) in [
            ("fr", "Les élèves étaient déjà là, près de la forêt"),
            ("ru", "Писатель жил в городе у моря"),
            ("de", "Über den größten Flüssen hängt Nebel"),
        ] {
            assert!(!repairable(line, language(tag)), "{line}");
        }
    }
}
