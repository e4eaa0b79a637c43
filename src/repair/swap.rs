//! Text in one legacy encoding that was read as another: single-byte pages among themselves, and East Asian
//! encodings with everything.
//!
//! Here nothing in the bytes proves the mistake. It takes a text that is odd in every language as it stands, and good
//! in one language that the models know once the bytes are read otherwise.

use super::{
    gate::Habit,
    letters::{self, Fit, Letters},
    line::Cell,
    model::{BIT, BLANK, Cost, Model},
    shape::{self, script},
    wide::{self, Wide},
    words,
};
use crate::text::legacy::{Gaps, SingleByte};
use std::{collections::HashSet, sync::OnceLock};

/// An encoding on either side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    /// By its place in [`NAMES`].
    Page(usize),
    /// An East Asian one.
    Wide(Wide),
}

/// The pages, with the bits that they have to earn as what the text was, and as what it was read as.
static NAMES: [(&str, i32, i32); 30] = [
    ("windows-1252", 0, 0),
    ("windows-1251", 0, 0),
    ("windows-1250", 0, 0),
    ("iso-8859-1-strict", 9, 1),
    ("windows-1253", 0, 1),
    ("windows-1254", 0, 1),
    ("windows-1255", 0, 1),
    ("windows-1256", 0, 1),
    ("windows-1257", 0, 1),
    ("windows-874", 0, 3),
    ("koi8-r", 0, 1),
    ("ibm866", 0, 1),
    ("macintosh", 1, 1),
    ("ibm437", 1, 1),
    ("ibm850", 1, 1),
    ("ibm852", 1, 1),
    ("iso-8859-2", 1, 2),
    ("iso-8859-5", 1, 3),
    ("iso-8859-7", 1, 3),
    ("iso-8859-6", 1, 3),
    ("x-mac-cyrillic", 2, 2),
    ("ibm857", 1, 3),
    ("ibm862", 1, 3),
    ("ibm737", 1, 3),
    ("iso-8859-15", 3, 3),
    ("koi8-u", 3, 3),
    ("x-mac-ce", 6, 6),
    ("ibm775", 7, 7),
    ("x-mac-greek", 3, 4),
    ("x-mac-turkish", 6, 6),
];

impl Coding {
    /// The canonical name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Coding::Page(index) => NAMES.get(index).map_or("", |n| n.0),
            Coding::Wide(wide) => wide.name(),
        }
    }
}

pub(super) fn pages() -> &'static [&'static SingleByte] {
    static PAGES: OnceLock<Vec<&'static SingleByte>> = OnceLock::new();
    PAGES.get_or_init(|| NAMES.iter().filter_map(|(name, ..)| SingleByte::get(name, Gaps::Filled)).collect())
}

/// A way to read the line otherwise.
pub(super) struct Swap {
    pub(super) cells: Vec<Cell>,
    pub(super) was: Coding,
    pub(super) read_as: Coding,
    /// Bits saved against the text as it is, and against the next best text.
    pub(super) gain: Cost,
    pub(super) ahead: Cost,
    /// Characters that change.
    pub(super) changed: u32,
    /// Whether only some words of the line are meant.
    partial: bool,
    /// Whether enough of the changed characters stand where only a letter can.
    solid: bool,
    /// Whether something comes out that no text has.
    broken: bool,
    /// Whether a text all in one script becomes one in another, or East Asian characters are none of the usual ones:
    /// then it must be very good.
    other: bool,
    /// Whether Latin letters become Latin letters.
    latin: bool,
    /// Whether a letter comes out that the language does not have.
    strange: bool,
    /// Whether one letter of another script at the end of words becomes a Latin one, and nothing else changes.
    single: bool,
    /// Whether it is the shape of the words that speaks for it, whatever their language.
    shaped: bool,
    /// Whether a reading through a single-byte page is nearly as likely.
    pub(super) rivalled: bool,
    /// The language it is good in; none for ideographs.
    pub(super) fit: Option<Fit>,
}

impl Swap {
    /// For East Asian readings: whether the text really gets better.
    pub(super) fn convincing(&self) -> bool {
        self.solid && self.gain >= 16 * BIT && self.ahead >= 3 * BIT
    }

    /// Whether to report it, and whether it is safe.
    pub(super) fn verdict(&self, known: bool) -> Option<bool> {
        if self.partial {
            return Some(known && self.changed >= 4);
        }
        if self.shaped {
            return Some(false);
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
    pub(super) fn backed(&self) -> bool {
        !self.latin
            || self.fit.is_none_or(|fit| {
                let mean = Letters::get().languages.get(fit.language).map_or(0, |l| l.mean);
                fit.around_letters >= 20 && fit.around <= mean + BIT / 2
            })
    }

    /// Whether the words are as good as any in their language.
    pub(super) fn fluent(&self) -> bool {
        self.fit.is_some_and(|fit| {
            let mean = Letters::get().languages.get(fit.language).map_or(0, |l| l.mean);
            fit.letters >= 4 && fit.cost / fit.letters.max(1) as Cost <= mean + BIT
        })
    }
}

/// Readings that pairs of letters find so much dearer than the best are not priced.
const FAR: Cost = 48 * BIT;
/// Bits by which a few East Asian characters have to be more likely than what a single-byte page gives.
const RIVAL: Cost = 16 * BIT;
/// Bits that kana in a Chinese or Korean encoding have to earn.
const KANA: i32 = 16;

struct Guess {
    chars: Vec<char>,
    cost: Cost,
    was: Coding,
    read_as: Coding,
}

/// The best other reading of a line, single-byte pages among themselves.
pub(super) fn single(cells: &[Cell]) -> Option<Swap> {
    let letters = Letters::get();
    let model = Model::get();
    let before: Vec<char> = cells.iter().map(|c| c.ch).collect();
    let special: Vec<(usize, char)> = before.iter().copied().enumerate().filter(|(_, c)| !c.is_ascii()).collect();
    let mut distinct: Vec<char> = special.iter().map(|(_, c)| *c).collect();
    distinct.sort_unstable();
    distinct.dedup();
    // For each character in question, which of the distinct ones it is.
    let which: Vec<usize> = special.iter().map(|(_, c)| distinct.binary_search(c).unwrap_or(0)).collect();
    // No letter of another script stands inside a Latin word.
    let latin_at = |i: Option<usize>| i.and_then(|i| before.get(i)).is_some_and(char::is_ascii_alphabetic);
    let mut beside = vec![false; distinct.len()];
    for (&(at, _), &way) in special.iter().zip(&which) {
        beside[way] |= latin_at(at.checked_sub(1)) || latin_at(Some(at + 1));
    }
    let foreign = |new: &[char]| new.iter().zip(&beside).any(|(c, latin)| *latin && script(*c) != 0);
    let mut seen: HashSet<Vec<char>> = HashSet::new();
    let mut ways: Vec<(Cost, Vec<char>, Coding, Coding)> = Vec::new();
    let mut chars = before.clone();
    for (b, wrong) in pages().iter().enumerate() {
        let Some(bytes) = distinct.iter().map(|c| wrong.encode(*c)).collect::<Option<Vec<u8>>>() else { continue };
        for (a, right) in pages().iter().enumerate() {
            let decode = |byte: &u8| right.decode(*byte).filter(|c| !('\u{80}'..'\u{A0}').contains(c));
            if a == b {
                continue;
            }
            let Some(new) = bytes.iter().map(decode).collect::<Option<Vec<char>>>() else { continue };
            if new == distinct || foreign(&new) || !seen.insert(new.clone()) {
                continue;
            }
            for (&(at, _), &way) in special.iter().zip(&which) {
                chars[at] = new[way];
            }
            // Only the steps that change count.
            let symbol = |i: Option<usize>| i.and_then(|i| chars.get(i)).map_or(BLANK, |c| model.symbol(*c));
            let mut cost = 0;
            for (k, &(at, _)) in special.iter().enumerate() {
                if k == 0 || special[k - 1].0 + 1 != at {
                    cost += model.cost(symbol(at.checked_sub(1)), symbol(Some(at)));
                }
                cost += model.cost(symbol(Some(at)), symbol(Some(at + 1)));
            }
            let rare = NAMES.get(a).map_or(0, |n| n.1) + NAMES.get(b).map_or(0, |n| n.2);
            ways.push((cost + rare * BIT, new, Coding::Page(a), Coding::Page(b)));
        }
    }
    if ways.is_empty() {
        return None;
    }
    ways.sort_by_key(|w| w.0);
    // Letters by letters in one language may turn the order of pairs in all, but not by that much.
    let most = ways.first().map_or(0, |w| w.0) + FAR;
    let near = ways.iter().take(8).enumerate().take_while(|(n, way)| *n < 2 || way.0 <= most).count();
    let guesses: Vec<Guess> = ways
        .into_iter()
        .take(near)
        .map(|(cost, new, was, read_as)| {
            let mut chars = before.clone();
            for (&(at, _), &way) in special.iter().zip(&which) {
                chars[at] = new[way];
            }
            Guess { chars, cost, was, read_as }
        })
        .collect();
    let tokens = letters::tokens(&before);
    let mut around = letters.around(&before, &tokens);
    let (now, _) = letters.price_among(&before, &tokens, &mut around);
    let mut priced: Vec<(Cost, Option<Fit>, Guess)> = guesses
        .into_iter()
        .map(|g| {
            let (cost, fit) = letters.price_among(&g.chars, &tokens, &mut around);
            let rare = |c: Coding, side: fn(&(&str, i32, i32)) -> i32| match c {
                Coding::Page(i) => NAMES.get(i).map_or(0, side),
                Coding::Wide(_) => 0,
            };
            (cost + (rare(g.was, |n| n.1) + rare(g.read_as, |n| n.2)) * BIT, fit, g)
        })
        .collect();
    priced.sort_by_key(|p| p.0);
    let known = judged(cells, &before, &priced, now);
    if known.as_ref().is_some_and(|s| s.verdict(false).is_some()) {
        return known;
    }
    shaped(cells, &before, &priced, now).or(known)
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

/// The best other reading of a line, if the line is odd as it stands.
pub(super) fn read(cells: &[Cell], line: &str, habit: &mut Habit) -> Option<Swap> {
    let model = Model::get();
    let letters = Letters::get();
    let chars: Vec<char> = cells.iter().map(|c| c.ch).collect();
    let ideographs = chars.iter().filter(|c| is_ideograph(**c)).count();
    let mut one = None;
    if ideographs == 0 {
        let tokens = letters::tokens(&chars);
        let fit = letters.fit(&chars, &tokens);
        if let Some(fit) = fit
            && letters.reads(line, fit.language)
        {
            habit.speaks(fit.language);
            return None;
        }
        one = single(cells);
        // Rare words, but of this language rather than of any other.
        if let Some(fit) = fit
            && one.as_ref().is_none_or(|s| s.verdict(false).is_none())
        {
            let mean = letters.languages.get(fit.language).map_or(0, |l| l.mean);
            if fit.letters > 40 && fit.cost <= fit.letters as Cost * (mean + 5 * BIT / 4) {
                habit.leans(fit.language);
            }
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

/// Some words of a line read otherwise, in the document's language.
fn part(cells: &[Cell], line: &str, habit: &Habit) -> Option<Swap> {
    let language = habit.established()?;
    let found = words::part(line, language)?;
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

/// Bytes of the line under one wrong decoder.
fn bytes_of(cells: &[Cell], wrong: Coding) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(cells.len() * 2);
    for cell in cells {
        match wrong {
            Coding::Page(b) => out.push(pages().get(b)?.encode(cell.ch)?),
            Coding::Wide(w) => out.extend_from_slice(w.encode(cell.ch)?.as_slice()),
        }
    }
    Some(out)
}

/// The best other reading of a line where an East Asian encoding stands on one side at least.
pub(super) fn wide(cells: &[Cell]) -> Option<Swap> {
    let model = Model::get();
    let before: Vec<char> = cells.iter().map(|c| c.ch).collect();
    let ideographs = before.iter().filter(|c| is_ideograph(**c)).count();
    let high = before.iter().filter(|c| !c.is_ascii()).count();
    let wrongs = wide::DECODERS.into_iter().map(Coding::Wide).filter(|_| ideographs > 0);
    let wrongs = wrongs.chain((0..NAMES.len()).map(Coding::Page).filter(|_| ideographs == 0 && high > 1));
    let mut guesses: Vec<Guess> = Vec::new();
    let mut add = |chars: Vec<char>, was, read_as, rare: i32| {
        if chars != before && !guesses.iter().any(|g: &Guess| g.chars == chars) {
            let cost = price(&chars) + rare * BIT;
            guesses.push(Guess { chars, cost, was, read_as });
        }
    };
    for wrong in wrongs {
        let Some(bytes) = bytes_of(cells, wrong) else { continue };
        // UTF-8 that lost some bytes is still no other encoding.
        if ideographs == 0 && high >= 8 && mostly_utf8(&bytes) {
            continue;
        }
        let rare = match wrong {
            Coding::Page(b) => NAMES.get(b).map_or(0, |n| n.2),
            Coding::Wide(_) => 0,
        };
        for right in wide::ALL {
            let right_rare = |text: &str| match right {
                Wide::ShiftJis | Wide::EucJp => 0,
                // The other encodings have kana, too, but Japanese is hardly ever written in them.
                _ if text.chars().any(|c| ('\u{3041}'..='\u{30FF}').contains(&c)) => KANA,
                _ => 0,
            };
            if wrong.name() != right.name()
                && let Some(text) = right.decode(&bytes)
                && text.chars().all(|c| c.is_ascii() || is_wide(c) || ('\u{2000}'..'\u{2700}').contains(&c) || c == '·')
            {
                let rare = rare + right_rare(&text);
                add(text.chars().collect(), Coding::Wide(right), wrong, rare);
            }
        }
        if let Coding::Wide(_) = wrong {
            for (a, page) in pages().iter().enumerate() {
                if let Some(text) = page.decode_all(&bytes) {
                    add(text.chars().collect(), Coding::Page(a), wrong, rare + NAMES.get(a).map_or(0, |n| n.1));
                }
            }
        }
    }
    guesses.sort_by_key(|g| g.cost);
    let now = price(&before);
    let mut rest = guesses.into_iter();
    let best = rest.next()?;
    let next = rest.next();
    let ahead = next.map_or(now, |g| g.cost.min(now)) - best.cost;
    let (rare, odd) = best.chars.iter().fold((0, false), |(sum, odd), c| {
        let private = matches!(*c, '\u{E000}'..='\u{F8FF}' | '\u{80}'..='\u{9F}' | '\u{20000}'..);
        (sum + i32::from(rank(model, *c)), odd || private)
    });
    // A few ideographs alone are letters of some page by accident.
    let few = matches!(best.was, Coding::Page(_)) && ideographs < 5 && !before.iter().any(|c| c.is_ascii_alphabetic());
    let new_wide = best.chars.iter().filter(|c| is_ideograph(**c) || ('\u{3040}'..'\u{3100}').contains(*c)).count();
    let half = best.chars.iter().filter(|c| ('\u{FF61}'..='\u{FF9F}').contains(*c)).count();
    // Half-width letters are written in runs; one alone beside ideographs is a byte that fits nowhere.
    let is_half = |i: usize| best.chars.get(i).is_some_and(|c| ('\u{FF61}'..='\u{FF9F}').contains(c));
    let beside = |i: Option<usize>| i.is_some_and(&is_half);
    let lone = (0..best.chars.len()).filter(|i| is_half(*i) && !beside(i.checked_sub(1)) && !beside(Some(i + 1)));
    let lone = lone.count();
    // East Asian text stands in runs, not in single characters among Latin letters.
    let east = |c: &char| is_wide(*c);
    let runs = best.chars.windows(2).filter(|w| east(&w[1]) && !east(&w[0])).count();
    let spots = matches!(best.was, Coding::Wide(_)) && (new_wide < 2 * runs || 2 * half > new_wide);
    // Korean is Hangul with few ideographs; no text has the same few characters again and again.
    let hangul = best.chars.iter().filter(|c| ('\u{AC00}'..='\u{D7A3}').contains(*c)).count();
    let mut distinct: Vec<char> = best.chars.iter().copied().filter(|c| is_wide(*c)).collect();
    let all_wide = distinct.len();
    distinct.sort_unstable();
    distinct.dedup();
    let strange = lone * 2 > half && lone * 8 >= new_wide
        || hangul > 0 && hangul * 2 < new_wide
        || all_wide >= 12 && distinct.len() * 5 < (2 * all_wide).min(200);
    // Nor do its characters stand inside Latin words.
    let ascii = best.chars.iter().filter(|c| c.is_ascii_alphabetic()).count();
    let glued = best.chars.windows(2).filter(|w| w[0].is_ascii_alphabetic() && is_wide(w[1])).count();
    let strange = strange || glued * 2 > runs && glued > 1 && ascii > all_wide;
    // Single ones that each touch a Latin letter, or none at all.
    let touching = |i: usize| {
        let latin = |i: Option<usize>| i.and_then(|i| best.chars.get(i)).is_some_and(char::is_ascii_lowercase);
        latin(i.checked_sub(1)) || latin(Some(i + 1))
    };
    let touched = (0..best.chars.len()).filter(|i| best.chars.get(*i).is_some_and(east) && touching(*i)).count();
    let doubtful = matches!(best.was, Coding::Wide(_)) && all_wide == touched && all_wide < 4;
    // What a single-byte page gives must read well in a language.
    let letters = Letters::get();
    let tokens = letters::tokens(&best.chars);
    let unread = matches!(best.was, Coding::Page(_))
        && !letters.fit(&best.chars, &tokens).is_some_and(|f| {
            let mean = letters.languages.get(f.language).map_or(0, |l| l.mean);
            f.cost <= f.letters as Cost * (mean + 2 * BIT) + 4 * BIT
        });
    let solid = !odd && !few && !spots && !strange && !unread && rare <= 3 * all_wide as i32;
    let cells = replaced(cells, &best.chars)?;
    Some(Swap {
        partial: false,
        solid,
        broken: !solid,
        other: doubtful || rare * 2 > 3 * all_wide as i32 && all_wide < 16,
        latin: false,
        strange: false,
        shaped: false,
        rivalled: false,
        single: false,
        changed: high as u32,
        cells,
        was: best.was,
        read_as: best.read_as,
        gain: now - best.cost,
        ahead,
        fit: None,
    })
}

/// Whether most bytes beyond ASCII belong to whole sequences of UTF-8, of a kind that stands together in one text: East
/// Asian bytes spell some by chance, of every kind.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let high = bytes.iter().filter(|b| **b >= 0x80).count();
    let (mut whole, mut all, mut three) = (0, 0, 0);
    let mut leads = [0usize; 256];
    for chunk in bytes.utf8_chunks() {
        for &byte in chunk.valid().as_bytes().iter().filter(|b| **b >= 0x80) {
            whole += 1;
            if byte >= 0xC0 {
                all += 1;
                three += usize::from((0xE0..0xF0).contains(&byte));
                leads[usize::from(byte)] += 1;
            }
        }
    }
    leads.sort_unstable();
    let two: usize = leads.iter().rev().take(2).sum();
    whole * 5 >= high * 3 && (three * 4 >= all * 3 || two * 4 >= all * 3)
}

/// What a text with ideographs costs. Each kind of East Asian text has its own common characters.
fn price(chars: &[char]) -> Cost {
    use super::model::Ideographs::{Japanese, Simplified, Traditional};
    let model = Model::get();
    let base = model.text(chars.iter().copied());
    let extra = |kind| {
        chars
            .iter()
            .filter_map(|c| model.han(kind, *c).map(|r| (Cost::from(r) - 2 * Cost::from(rank(model, *c))) * 10))
            .sum::<Cost>()
    };
    if chars.iter().any(|c| matches!(c, '\u{3041}'..='\u{30FF}' | '\u{FF66}'..='\u{FF9F}')) {
        return base + extra(Japanese);
    }
    base + [Simplified, Traditional, Japanese].into_iter().map(extra).min().unwrap_or(0)
}

fn rank(model: &Model, ch: char) -> u16 {
    model.rank(model.symbol(ch)).unwrap_or(0)
}

/// Ideographs, Hangul and half-width kana: what stands in no other text.
pub(super) fn is_ideograph(ch: char) -> bool {
    matches!(ch, '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{FF61}'..='\u{FF9F}')
}

/// Characters of East Asian encodings only.
pub(super) fn is_wide(ch: char) -> bool {
    matches!(ch, '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{E000}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}')
}

/// The line with another text; what both have in common at its ends and at ASCII anchors stays.
fn replaced(cells: &[Cell], chars: &[char]) -> Option<Vec<Cell>> {
    let same = |(a, b): &(&Cell, &char)| a.ch == **b;
    let head = cells.iter().zip(chars).take_while(same).count();
    let tail = cells[head..].iter().rev().zip(chars[head..].iter().rev()).take_while(same).count();
    let middle = &cells[head..cells.len() - tail];
    let start = middle.first().or(cells.get(head)).map(|c| c.start).or(cells.last().map(|c| c.end))?;
    let end = middle.last().map_or(start, |c| c.end);
    let mut out = cells[..head].to_vec();
    for (i, &ch) in chars[head..chars.len() - tail].iter().enumerate() {
        let from = if i == 0 { start } else { end };
        out.push(Cell { ch, start: from, end, new: true, depth: 1, lost: false });
    }
    out.extend_from_slice(&cells[cells.len() - tail..]);
    Some(out)
}
