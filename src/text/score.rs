//! What a text costs, in bits, if it is in one language or another: the readings of the same bytes by several encodings
//! are compared by it.

use std::borrow::Cow;
use std::cell::OnceCell;

use unicode_normalization::UnicodeNormalization;

use super::encoding::{Encoding, Form, Multi};
use crate::repair::letters::{Language, Letters, Slot, slot};
use crate::repair::model::{BIT, BLANK, Cost, Ideographs, Model};

/// Letters of two scripts side by side.
const MIXED: Cost = 12 * BIT;
/// A sign of money or measure beside a digit, or any sign on its own: texts of programs, which the model was counted on,
/// have few of them.
const MEASURE: Cost = 5 * BIT;
/// A letter beside a digit.
const DIGIT: Cost = 5 * BIT;
/// A letter that the language does not have.
const FOREIGN: Cost = 8 * BIT;
/// A sign beyond ASCII between two letters.
const INSIDE: Cost = 6 * BIT;
/// A sign beyond ASCII before a letter, other than those that open something.
const BEFORE: Cost = 4 * BIT;
/// A word in ASCII beside one in another script.
const SWITCH: Cost = 4 * BIT;
/// How many languages are looked at closely.
const CLOSE: usize = 4;

/// A text made ready to be scored in many languages.
struct Prepared {
    /// Each character's place in the tables, and what it costs where it is no letter of the language.
    chars: Vec<(Slot, u16)>,
    /// What does not depend on the language.
    fixed: Cost,
}

impl Prepared {
    fn new(text: &str, model: &Model) -> Self {
        let mut ready = Self { chars: Vec::with_capacity(text.len()), fixed: 0 };
        let (mut last, mut last_letter, mut letter_before, mut last_upper) = (' ', false, false, false);
        let alone = text.chars().nth(1).is_none();
        for ch in text.chars() {
            let letter = ch.is_alphabetic();
            let upper = ch.is_uppercase();
            let mut cost = model.cost(model.symbol(last), model.symbol(ch));
            let measure = (ch.is_ascii_digit() && is_sign(last)) || (last.is_ascii_digit() && is_sign(ch));
            if measure || (alone && is_sign(ch)) {
                cost = cost.min(MEASURE);
            }
            if letter {
                if !ch.is_ascii() {
                    cost += FOREIGN;
                    if last.is_ascii_digit() {
                        ready.fixed += DIGIT;
                    }
                }
                if last_letter && script_class(last) != script_class(ch) {
                    ready.fixed += MIXED;
                }
                if !last_letter && !last.is_ascii() && !opens(last) {
                    ready.fixed += BEFORE;
                }
                if !last_letter && letter_before && !last.is_ascii() && last != '\u{2019}' {
                    ready.fixed += INSIDE;
                }
                ready.fixed += match (last_letter, last_upper, upper) {
                    (false, _, true) => 3 * BIT,
                    (false, _, false) => BIT / 4,
                    (true, true, true) => 2 * BIT,
                    (true, true, false) => BIT / 2,
                    (true, false, true) => 10 * BIT,
                    (true, false, false) => 0,
                };
            }
            if ch.is_ascii_digit() && last_letter && !last.is_ascii() {
                ready.fixed += DIGIT;
            }
            ready.chars.push((slot(ch), u16::try_from(cost).unwrap_or(u16::MAX)));
            (letter_before, last_letter, last_upper, last) = (last_letter, letter, upper, ch);
        }
        ready
    }

    /// What it costs in a language, by pairs of letters or by triples.
    fn cost(&self, language: &Language, triples: bool) -> Cost {
        let mut sum = self.fixed;
        let (mut before, mut prev) = (0, 0);
        let price = |before, prev, next| {
            // At the edge of a word nothing before it counts.
            if triples && prev != 0 { language.triple(before, prev, next) } else { language.pair(prev, next) }
        };
        for &(slot, other) in &self.chars {
            let next = language.letter(slot);
            if next != 0 {
                sum += price(before, prev, next);
                (before, prev) = (prev, next);
            } else {
                if prev != 0 {
                    sum += price(before, prev, 0);
                }
                sum += Cost::from(other);
                (before, prev) = (0, 0);
            }
        }
        if prev != 0 {
            sum += price(before, prev, 0);
        }
        sum
    }
}

/// Quotation marks, dashes and the like.
fn opens(ch: char) -> bool {
    matches!(ch, '\u{A0}' | '«' | '»' | '¿' | '¡' | '·' | '\u{2010}'..='\u{203A}' | '\u{300}'..='\u{36F}' | '\u{591}'..='\u{65F}')
}

fn is_sign(ch: char) -> bool {
    matches!(
        ch,
        '£' | '€'
            | '¥'
            | '§'
            | '°'
            | '±'
            | '²'
            | '³'
            | '½'
            | '¼'
            | '×'
            | '–'
            | '©'
            | '®'
            | '™'
            | '¢'
            | '¶'
            | '·'
            | '•'
    )
}

/// Latin with all its letters is one, any other block is its own.
fn script_class(ch: char) -> u32 {
    match ch {
        '\0'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => 0,
        _ => u32::from(ch) >> 8,
    }
}

/// Scores readings of the words of one file.
pub(super) struct Scorer {
    /// The words in ASCII, which every reading has in common.
    plain: Vec<Prepared>,
    /// What they cost in each language, by pairs and by triples.
    rough: Vec<Cost>,
    exact: Vec<OnceCell<Cost>>,
    /// The least by pairs, and what it costs that they stand among words in another script.
    pub(super) mixed: Cost,
}

impl Scorer {
    /// Takes the words in ASCII, and how many of them stand beside other words.
    pub(super) fn new<'w>(plain: impl Iterator<Item = &'w str>, neighbours: usize) -> Self {
        let (letters, model) = (Letters::get(), Model::get());
        let plain: Vec<Prepared> = plain.map(|t| Prepared::new(t, model)).collect();
        let rough = letters.languages.iter().map(|l| plain.iter().map(|t| t.cost(l, false)).sum());
        let rough: Vec<Cost> = rough.collect();
        let least = rough.iter().min().copied().unwrap_or(0);
        let exact = rough.iter().map(|_| OnceCell::new()).collect();
        Self { plain, rough, exact, mixed: least + neighbours as Cost * SWITCH }
    }

    /// What a reading of the other words costs, together with the words in ASCII.
    pub(super) fn cost(&self, text: &[Cow<'_, str>], encoding: &Encoding) -> Cost {
        let (letters, model) = (Letters::get(), Model::get());
        let Some(latin) = is_latin(text) else {
            return self.mixed + text.iter().map(|t| east_asian(t, model, encoding)).sum::<Cost>();
        };
        let ready: Vec<Prepared> = text.iter().map(|t| Prepared::new(&modern(t, encoding), model)).collect();
        let mut order: Vec<(Cost, usize)> = Vec::with_capacity(letters.languages.len());
        for (index, (language, plain)) in letters.languages.iter().zip(&self.rough).enumerate() {
            if language.latin == latin {
                // Latin words stand in texts of all scripts.
                let plain = if latin { *plain } else { self.mixed };
                order.push((plain + ready.iter().map(|t| t.cost(language, false)).sum::<Cost>(), index));
            }
        }
        order.sort_unstable();
        let close = order.iter().take(CLOSE).filter_map(|(_, index)| Some((letters.languages.get(*index)?, *index)));
        let costs = close.map(|(language, index)| {
            let plain = if latin { self.plain_exact(language, index) } else { self.mixed };
            plain + ready.iter().map(|t| t.cost(language, true)).sum::<Cost>()
        });
        costs.min().unwrap_or(Cost::MAX / 2)
    }

    fn plain_exact(&self, language: &Language, index: usize) -> Cost {
        let sum = || self.plain.iter().map(|t| t.cost(language, true)).sum();
        self.exact.get(index).map_or(0, |cell| *cell.get_or_init(sum))
    }
}

/// Whether most letters beyond ASCII are Latin; nothing for East Asian text.
fn is_latin(text: &[Cow<'_, str>]) -> Option<bool> {
    let (mut latin, mut other, mut wide) = (0usize, 0usize, 0usize);
    for ch in text.iter().flat_map(|t| t.chars()).filter(|c| !c.is_ascii()) {
        if ch >= '\u{2E80}' {
            wide += 1;
        } else if script_class(ch) != 0 {
            other += usize::from(ch < '\u{2000}');
        } else {
            latin += usize::from(ch.is_alphabetic());
        }
    }
    (latin.max(other) >= wide).then_some(latin >= other)
}

/// Brings a text to the letters that the languages are known by: windows-1258 writes tone marks after the letter,
/// older pages have cedillas in place of the commas of Romanian.
fn modern<'t>(text: &'t str, encoding: &Encoding) -> Cow<'t, str> {
    const CEDILLAS: [&str; 5] = ["windows-1250", "iso-8859-2", "ibm852", "x-mac-ce", "x-mac-romanian"];
    if text.chars().any(|c| ('\u{300}'..='\u{323}').contains(&c)) {
        Cow::Owned(text.nfc().collect())
    } else if CEDILLAS.contains(&encoding.name()) && text.contains(['ş', 'ţ', 'Ş', 'Ţ']) {
        Cow::Owned(text.replace('ş', "ș").replace('ţ', "ț").replace('Ş', "Ș").replace('Ţ', "Ț"))
    } else {
        Cow::Borrowed(text)
    }
}

/// What a text costs in the East Asian languages that an encoding is for.
fn east_asian(text: &str, model: &Model, encoding: &Encoding) -> Cost {
    match encoding.form {
        Form::Multi(_, Multi::Gb) => ideographs(text, model, Ideographs::Simplified),
        Form::Multi(_, Multi::Big5) => ideographs(text, model, Ideographs::Traditional),
        _ => ideographs(text, model, Ideographs::Japanese),
    }
}

/// Ideographs and syllables by how common they are, all else by what it follows.
fn ideographs(text: &str, model: &Model, kind: Ideographs) -> Cost {
    // The table counts from six bits in steps of a bit and a quarter.
    let ranked = |rank: u8| 6 * BIT + Cost::from(rank) * BIT * 5 / 4;
    let own = if kind == Ideographs::Japanese { 3 * BIT / 2 } else { BIT / 2 };
    let mut last = ' ';
    let mut sum = 0;
    for ch in text.chars() {
        let own = match (model.han(kind, ch), model.rank(model.symbol(ch))) {
            (Some(rank), _) => Some(own + ranked(rank)),
            // Syllables are in groups of four ranks, numbered 1, 3, 5, 7.
            (_, Some(group)) => Some(BIT / 2 + ranked(group as u8 * 2)),
            _ => None,
        };
        sum += own.unwrap_or_else(|| model.cost(model.symbol(last), model.symbol(ch)));
        if (own.is_some() && last.is_ascii_alphabetic()) || (last >= '\u{2E80}' && ch.is_ascii_alphabetic()) {
            sum += SWITCH;
        }
        last = ch;
    }
    sum + model.cost(model.symbol(last), BLANK)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn least(text: &str) -> (Cost, &'static str) {
        let ready = Prepared::new(text, Model::get());
        let costs = Letters::get().languages.iter().map(|l| (ready.cost(l, true), l.tag));
        costs.min().unwrap_or_default()
    }

    #[test]
    fn each_language_knows_its_own() {
        assert_eq!(least("größere Straßenschäden").1, "de");
        assert_eq!(least("perché è così").1, "it");
        assert_eq!(least("zażółć gęślą jaźń").1, "pl");
        assert_eq!(least("съешь ещё этих булок").1, "ru");
        assert_eq!(least("їжак пішов далі").1, "uk");
        assert_eq!(least("καλημέρα κόσμε").1, "el");
        assert_eq!(least("ภาษาไทย").1, "th");
    }

    #[test]
    fn misread_letters_are_dear() {
        for (good, bad) in [("però", "per“"), ("città", "cittа"), ("geïnstalleerd", "ge’nstalleerd"), ("años", "aёos")]
        {
            assert!(least(good).0 + 2 * BIT < least(bad).0, "{good} {bad}");
        }
    }
}
