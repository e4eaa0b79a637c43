//! A letter written for its sound in another alphabet: «гratuite» for «gratuite», «sобака» for «собака».

use super::{
    super::{
        alphabets::{Fit, Languages},
        language,
    },
    word::{Word, is_upper},
};
use crate::{
    repair::{
        letters::Letters,
        model::{BIT, Cost},
    },
    unicode::Script,
};

/// Letters of one sound in Latin and Cyrillic. Greek ones among Latin letters are symbols, or Berber letters; and Latin
/// ones are where the keys of Greek have the same sound.
const SOUNDS: &[(char, char)] = &[
    ('a', 'а'),
    ('b', 'б'),
    ('v', 'в'),
    ('g', 'г'),
    ('d', 'д'),
    ('e', 'е'),
    ('e', 'э'),
    ('z', 'з'),
    ('i', 'и'),
    ('j', 'й'),
    ('y', 'й'),
    ('k', 'к'),
    ('l', 'л'),
    ('m', 'м'),
    ('n', 'н'),
    ('o', 'о'),
    ('p', 'п'),
    ('r', 'р'),
    ('s', 'с'),
    ('t', 'т'),
    ('u', 'у'),
    ('f', 'ф'),
    ('h', 'х'),
    ('c', 'ц'),
    ('y', 'ы'),
];

/// The word with its letters of other alphabets written for their sound.
pub(super) struct Reading {
    pub(super) text: String,
    /// The letters changed, and what is written instead.
    pub(super) changes: Vec<(char, char)>,
    /// What it costs in the language.
    cost: Cost,
    lang: String,
}

/// The likeliest way to write a word's one or few foreign letters for their sound, in a language whose words are known.
pub(super) fn reading(word: &Word<'_>, to: Script, languages: &Languages, lang: Option<&str>) -> Option<Reading> {
    let lang = lang?;
    let foreign = word.letters.len() - word.count(to);
    if word.count(to) < 2 || foreign > 2 || foreign == 2 && word.letters.len() < 8 {
        return None;
    }
    // Capitals are put together for names.
    if word.camel() || word.all_caps() {
        return None;
    }
    let mut texts = vec![(String::new(), Vec::new())];
    for letter in &word.letters {
        if letter.script == to || !letter.script.is_real() {
            texts.iter_mut().for_each(|(text, _)| text.push_str(letter.text));
            continue;
        }
        if letter.text.len() != letter.base.len_utf8() {
            return None;
        }
        let meant = sounds(letter.base, letter.script, to, languages);
        let with = |(text, changes): &(String, Vec<(char, char)>), c: char| {
            (format!("{text}{c}"), changes.iter().copied().chain([(letter.base, c)]).collect())
        };
        texts = meant.iter().flat_map(|c| texts.iter().map(move |t| with(t, *c))).take(8).collect();
    }
    let costed = texts.into_iter().filter_map(|(text, changes)| Some((cost(&text, lang)?, text, changes)));
    let (cost, text, changes) = costed.min_by_key(|(cost, ..)| *cost)?;
    Some(Reading { text, changes, cost, lang: lang.to_owned() })
}

impl Reading {
    /// Whether this is a likelier word of the language than another reading, by far.
    pub(super) fn beats(&self, other: &str) -> bool {
        self.wins(other, 3 * BIT)
    }

    /// Whether this is about as likely as another reading, or likelier.
    pub(super) fn rivals(&self, other: &str) -> bool {
        self.wins(other, -BIT)
    }

    /// Whether the sound explains the letter better than a key of another layout. Who writes in Latin letters seldom has
    /// another one at hand.
    pub(super) fn beats_keys(&self, keys: &str, to: Script) -> bool {
        self.wins(keys, if to == Script::Latin { -10 * BIT } else { 0 })
    }

    fn wins(&self, other: &str, by: Cost) -> bool {
        self.by_words(other).unwrap_or_else(|| self.costs_less(other, by))
    }

    /// What the common words say: that it is this reading, that it is the other, nothing.
    fn by_words(&self, other: &str) -> Option<bool> {
        let common = |w: &str| language::is_common(w, Some(&self.lang));
        let (own, other) = (common(&self.text), common(other));
        (own != other).then_some(own)
    }

    fn costs_less(&self, other: &str, by: Cost) -> bool {
        let other = cost(other, &self.lang);
        other.is_some_and(|other| self.cost + by < other)
    }
}

fn cost(word: &str, lang: &str) -> Option<Cost> {
    Letters::get().spelling(&word.to_lowercase(), lang)
}

/// The letters of an alphabet that sound like a letter of another, those that the languages have.
fn sounds(letter: char, from: Script, to: Script, languages: &Languages) -> Vec<char> {
    let Some(lower) = letter.to_lowercase().next() else { return Vec::new() };
    let column = |row: &(char, char), script| match script {
        Script::Latin => Some(row.0),
        Script::Cyrillic => Some(row.1),
        _ => None,
    };
    let alike = SOUNDS.iter().filter(|row| column(row, from) == Some(lower)).filter_map(|row| column(row, to));
    let known = alike.filter(|c| languages.fit(*c) > Fit::No);
    let case = |c: char| if is_upper(letter) { c.to_uppercase().next().unwrap_or(c) } else { c };
    known.map(case).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_has_those_of_its_sound() {
        let latin = Languages::of(&crate::analysis::Letters::default(), Script::Latin, Some("fr"), None);
        assert_eq!(sounds('Г', Script::Cyrillic, Script::Latin, &latin), ['G']);
        assert_eq!(sounds('й', Script::Cyrillic, Script::Latin, &latin), ['j', 'y']);
        assert!(sounds('ж', Script::Cyrillic, Script::Latin, &latin).is_empty());
        let russian = Languages::of(&crate::analysis::Letters::default(), Script::Cyrillic, Some("ru"), None);
        assert_eq!(sounds('s', Script::Latin, Script::Cyrillic, &russian), ['с']);
    }
}
