//! Which letters the languages have, and which languages a text's letters allow.

use crate::{
    analysis::Letters,
    text::Mixing,
    unicode::{Script, props, script},
};
use std::{collections::HashMap, sync::OnceLock};

/// The letters of one language in one script.
#[derive(Debug)]
pub(super) struct Alphabet {
    /// BCP 47 primary tag.
    pub(super) lang: &'static str,
    pub(super) script: Script,
    /// Lower case; for Latin without a to z.
    pub(super) letters: &'static str,
}

impl Alphabet {
    pub(super) fn has(&self, c: char) -> bool {
        if c.is_ascii() {
            return self.script == Script::Latin;
        }
        self.letters.contains(c) || c.to_lowercase().next().is_some_and(|l| l != c && self.letters.contains(l))
    }
}

/// Every alphabet there is.
pub(super) fn all() -> &'static [Alphabet] {
    static ALL: OnceLock<Vec<Alphabet>> = OnceLock::new();
    ALL.get_or_init(|| {
        let lines = include_str!("data/alphabets.tsv").lines().filter(|l| !l.starts_with('#'));
        lines
            .filter_map(|line| {
                let mut columns = line.split('\t');
                let (lang, code) = (columns.next()?, columns.next()?);
                Some(Alphabet { lang, script: Script::from_code(code)?, letters: columns.next().unwrap_or("") })
            })
            .collect()
    })
}

/// The alphabet of a language in a script.
pub(super) fn of(lang: &str, script: Script) -> Option<&'static Alphabet> {
    static PLACES: OnceLock<HashMap<(&'static str, Script), &'static Alphabet, Mixing>> = OnceLock::new();
    let places = PLACES.get_or_init(|| all().iter().rev().map(|a| ((a.lang, a.script), a)).collect());
    places.get(&(lang, script)).copied()
}

/// Whether all Latin letters of a text are in the alphabet of one language.
pub(in crate::check) fn are_of_one_language(text: &str) -> bool {
    let mut letters: Vec<char> = text.chars().filter(|c| !c.is_ascii() && script(*c) == Script::Latin).collect();
    letters.sort_unstable();
    letters.dedup();
    all().iter().any(|a| a.script == Script::Latin && letters.iter().all(|c| a.has(*c)))
}

/// Whether a Latin letter is in the alphabet of a language.
pub(in crate::check) fn has_letter(lang: &str, c: char) -> bool {
    of(lang, Script::Latin).is_some_and(|a| a.has(c))
}

/// Letters that every language of the script has, or takes for loan words: they say nothing about the language.
fn says_nothing(c: char) -> bool {
    c.is_ascii() || matches!(c, 'а'..='з' | 'й'..='ш' | 'А'..='З' | 'Й'..='Ш')
}

/// The vowel of a Cyrillic letter with a stress mark of its own.
fn stressed(c: char) -> Option<char> {
    Some(match c {
        'ѐ' => 'е',
        'Ѐ' => 'Е',
        'ѝ' => 'и',
        'Ѝ' => 'И',
        _ => return None,
    })
}

/// Whether a letter can be meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// The language does not have it.
    No,
    /// Some of the languages that the text may be in have it.
    Maybe,
    /// The language has it.
    Yes,
}

/// The languages that a text may be in, judged by its letters of one script.
#[derive(Debug)]
pub(super) struct Languages {
    fitting: Vec<&'static Alphabet>,
    seen: Letters,
}

impl Languages {
    /// The languages whose letters fit; `given` is the language where it is known, `guess` where it is likely.
    pub(super) fn of(letters: &Letters, of_script: Script, given: Option<&str>, guess: Option<&str>) -> Languages {
        let seen = letters.clone();
        if let Some(alphabet) = given.and_then(|lang| of(lang, of_script)) {
            return Languages { fitting: vec![alphabet], seen };
        }
        let mut total = 0;
        let own: Vec<(char, u32)> = letters
            .iter()
            .filter(|(c, _)| script(*c) == of_script && props(*c).is_letter())
            .inspect(|(_, n)| total += n)
            .filter(|(c, _)| !says_nothing(*c))
            .collect();
        let strangers = |a: &Alphabet| own.iter().filter(|(c, _)| !a.has(*c)).map(|(_, n)| n).sum::<u32>();
        let mut fitting: Vec<(&Alphabet, u32)> =
            all().iter().filter(|a| a.script == of_script).map(|a| (a, strangers(a))).collect();
        let least = fitting.iter().map(|(_, n)| *n).min().unwrap_or(0);
        // Foreign names bring their letters: one in two hundred is no argument.
        fitting.retain(|(_, n)| *n <= least.max(total / 200));
        // A long text shows all the letters that its language has.
        if total >= 600 {
            let lacks = |a: &Alphabet| a.letters.chars().filter(|c| !says_nothing(*c) && !letters.has(*c)).count();
            let fewest = fitting.iter().map(|(a, _)| lacks(a)).min().unwrap_or(0);
            fitting.retain(|(a, _)| lacks(a) <= fewest + 1);
        }
        let mut fitting: Vec<&Alphabet> = fitting.into_iter().map(|(a, _)| a).collect();
        if let Some(alphabet) = fitting.iter().copied().find(|a| Some(a.lang) == guess) {
            fitting = vec![alphabet];
        }
        Languages { fitting, seen }
    }
    /// The one language, where only one is left.
    pub(super) fn only(&self) -> Option<&'static str> {
        match self.fitting.as_slice() {
            [a] => Some(a.lang),
            _ => None,
        }
    }
    /// The languages left.
    pub(super) fn langs(&self) -> impl Iterator<Item = &'static str> {
        self.fitting.iter().map(|a| a.lang)
    }
    /// Whether a letter can be meant in this text.
    pub(super) fn fit(&self, c: char) -> Fit {
        if says_nothing(c) || self.seen.count(c) >= 2 {
            return Fit::Yes;
        }
        // Grave, acute, circumflex and macron on a Cyrillic vowel mark stress and tone, in every language.
        let base = stressed(c).unwrap_or(c);
        let with = self.fitting.iter().filter(|a| a.has(base)).count();
        match with {
            0 if self.seen.has(c) => Fit::Maybe,
            0 => Fit::No,
            n if n == self.fitting.len() => Fit::Yes,
            _ => Fit::Maybe,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Profile;

    fn languages(text: &str, script: Script) -> Languages {
        Languages::of(Profile::of(text).letters(), script, None, None)
    }

    #[test]
    fn the_letters_tell_the_language() {
        let kazakh = languages("Бұл қаланың тұрғындары жаңа кітапхана ашты", Script::Cyrillic);
        assert_eq!(kazakh.only(), Some("kk"));
        assert_eq!(kazakh.fit('Ү'), Fit::Yes);
        assert_eq!(kazakh.fit('ї'), Fit::No);
        let buryat = languages("Хүнэй һайн һанаан", Script::Cyrillic);
        assert_eq!(buryat.fit('һ'), Fit::Yes);
        let short = languages("На столе лежит книга", Script::Cyrillic);
        assert_eq!(short.fit('ј'), Fit::Maybe);
        assert_eq!(short.fit('о'), Fit::Yes);
    }
}
