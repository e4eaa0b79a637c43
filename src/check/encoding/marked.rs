//! Words that nobody writes without their marks, found bare: what a whole text that lost its accents shows.

use crate::{
    analysis::{around::char_after, is_alphabetic, places::count, prints::Prints},
    text::Mixing,
};
use std::{
    collections::{BTreeSet, HashMap},
    sync::OnceLock,
};
use unicode_normalization::UnicodeNormalization;

/// A language with such words.
pub(crate) struct Marked {
    /// BCP 47 tag.
    pub(super) lang: &'static str,
    /// How many words in a thousand carry a mark.
    share: usize,
}

struct Table {
    languages: Vec<Marked>,
    /// A bare word, or the ending of one, to its first place in `own` and how many it has.
    words: HashMap<&'static str, (u16, u8), Mixing>,
    /// Their prints: most words of a text are none.
    prints: Prints,
    /// Languages that write a word with a mark, each with whether no other language has the bare word.
    own: Vec<(u8, bool)>,
}

/// Some twenty bits for each word.
const PRINTS: usize = 1 << 18;

/// The sizes of endings, and by how much a word must be longer.
const ENDINGS: [usize; 2] = [5, 4];
const LONGER: usize = 2;

impl Table {
    /// The languages that write a word with a mark which stands here bare, and whether the word itself is known.
    fn languages_of(&self, word: &str) -> (&[(u8, bool)], bool) {
        if self.prints.may_have(word.as_bytes())
            && let Some(found) = self.get(word)
        {
            return (found, true);
        }
        let mut ending = [b'-'; 1 + ENDINGS[0]];
        for size in ENDINGS {
            let at = word.len().checked_sub(size).filter(|at| *at >= LONGER);
            let Some(bytes) = at.and_then(|at| word.as_bytes().get(at..)).filter(|b| b.is_ascii()) else { continue };
            let Some((_, key)) = ending.split_at_mut_checked(1) else { continue };
            let Some(key) = key.get_mut(..size) else { continue };
            key.copy_from_slice(bytes);
            let Some(key) = ending.get(..=size).filter(|key| self.prints.may_have(key)) else { continue };
            if let Some(found) = std::str::from_utf8(key).ok().and_then(|key| self.get(key)) {
                return (found, false);
            }
        }
        (&[], false)
    }

    fn get(&self, key: &str) -> Option<&[(u8, bool)]> {
        let (start, len) = *self.words.get(key)?;
        self.own.get(usize::from(start)..usize::from(start) + usize::from(len))
    }
}

/// The words, unpacked on first use: `tools/script-data/marked_words.py` makes them.
fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let text = include_str!("data/marked_words.tsv");
        let (languages, words) = text.split_once("\n\n").unwrap_or_default();
        let marked = |line: &'static str| {
            let (lang, share) = line.split_once('\t')?;
            Some(Marked { lang, share: share.parse().ok()? })
        };
        let mut table = Table {
            languages: languages.lines().filter_map(marked).collect(),
            words: HashMap::with_capacity_and_hasher(words.len() / 9, Mixing::default()),
            prints: Prints::new(PRINTS),
            own: Vec::with_capacity(words.len() / 9),
        };
        for line in words.lines() {
            let Some((word, numbers)) = line.split_once(' ') else { continue };
            let start = table.own.len();
            for number in numbers.split(' ') {
                let unique = number.strip_suffix('!');
                table.own.extend(unique.unwrap_or(number).parse().ok().map(|n| (n, unique.is_some())));
            }
            table.prints.add(word.as_bytes());
            table.words.insert(word, (start as u16, (table.own.len() - start) as u8));
        }
        table
    })
}

/// What a text without its marks shows.
pub(crate) struct Bare {
    pub(super) language: &'static Marked,
    /// Words of the text that were counted.
    pub(super) words: usize,
    /// How many of them carry a mark.
    pub(super) marked: usize,
    /// Different words that stand there bare, the first ones.
    pub(super) examples: Vec<String>,
}

impl Bare {
    /// How many words of such a text usually carry a mark.
    pub(super) fn usual(&self) -> usize {
        self.words * self.language.share / 1000
    }
}

/// Words below which nothing is concluded.
const WORDS: usize = 60;
/// Bare words that are needed, and how many different ones: some more in a long text.
const BARE: usize = 4;
const DIFFERENT: usize = 4;
/// The part of the usual marks that must be known to be missing.
const SHARE: usize = 8;
/// How many hits must be words that no other language has; where few words carry marks, how many different words may stand
/// for them.
const OWN: usize = 2;
const SPARSE: usize = 50;
const MANY: usize = 7;
/// After so many words the rest is read only where they leave hope.
const FIRST: usize = 1000;
/// Different words that are kept to be shown.
const SHOWN: usize = 16;

/// Whether a text may have lost its marks: it holds next to no letters of the kind. Costs one pass without branches.
pub(super) fn may_be_bare(text: &str) -> bool {
    let bytes = text.as_bytes();
    let letters = count(bytes, |b| b.is_ascii_alphabetic());
    // The lead bytes of Latin letters with marks.
    let latin = count(bytes, |b| (0xC3..=0xCA).contains(&b) | (b == 0xE1));
    if letters * 2 > text.len() {
        return latin * 120 <= text.len();
    }
    // Greek: no vowel with a tonos.
    let greek = count(bytes, |b| (b == 0xCE) | (b == 0xCF));
    let tonos = || text.chars().take(2000).filter(|c| matches!(c, 'ά'..='ί' | 'ό'..='ώ')).count();
    greek * 4 > text.len() && tonos() < 20
}

/// The words of a text of two bytes and more, as they stand: the table has small letters only.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut at = 0;
    let all = std::iter::from_fn(move || {
        let start = run_end(text, at, false);
        at = run_end(text, start, true);
        text.get(start..at).filter(|word| !word.is_empty())
    });
    all.filter(|w| w.len() >= 2)
}

/// Where the run of word characters, or of others, ends that begins at a place.
fn run_end(text: &str, mut at: usize, of_words: bool) -> usize {
    let bytes = text.as_bytes();
    while let Some(b) = bytes.get(at) {
        if b.is_ascii() {
            if b.is_ascii_alphabetic() != of_words {
                break;
            }
            at += 1;
        } else {
            let Some(c) = char_after(text, at).filter(|c| (is_alphabetic(*c) || *c == '\u{301}') == of_words) else {
                break;
            };
            at += c.len_utf8();
        }
    }
    at
}

/// Words of one language that stand bare in a text.
#[derive(Clone, Copy, Default)]
struct Hits {
    all: usize,
    /// Those that are no word of another language.
    own: usize,
}

impl Hits {
    /// What speaks for the language: many hits, and more of them than a language with many marks has by chance.
    fn weight(self, language: &Marked) -> usize {
        (self.all + 2 * self.own).pow(2) * 1000 / language.share.max(1)
    }
}

/// What speaks for lost marks, if that is enough.
pub(super) fn bare(text: &str) -> Option<Bare> {
    let table = table();
    let mut hits = vec![Hits::default(); table.languages.len()];
    let (mut all, mut marked) = (0, 0);
    for word in words(text) {
        if all == FIRST && is_hopeless(table, &hits, all, marked) {
            return None;
        }
        all += 1;
        marked += usize::from(is_marked(word));
        let (languages, whole) = table.languages_of(word);
        for (language, unique) in languages {
            if let Some(hits) = hits.get_mut(usize::from(*language)) {
                hits.all += 1;
                hits.own += usize::from(*unique && whole);
            }
        }
    }
    let weighed = hits.iter().zip(&table.languages).map(|(h, l)| h.weight(l)).enumerate();
    let (number, _) = weighed.max_by_key(|(i, weight)| (*weight, usize::MAX - i))?;
    let (language, hits) = (table.languages.get(number)?, *hits.get(number)?);
    let found = Bare { language, words: all, marked, examples: Vec::new() };
    // A text that keeps its marks has nearly all of them; a few foreign names may have theirs.
    if all < WORDS || hits.all < BARE || marked * 8 > hits.all || hits.all * SHARE < found.usual() {
        return None;
    }
    let (examples, whole) = examples(text, number as u8);
    let enough = examples.len() >= DIFFERENT + (all / 200).min(DIFFERENT)
        && (hits.own >= OWN || language.share < SPARSE && whole >= MANY);
    enough.then_some(Bare { examples, ..found })
}

/// Whether so many words show so little that the rest of the text will not show enough: far too few bare ones, or many that
/// have their marks.
fn is_hopeless(table: &Table, hits: &[Hits], all: usize, marked: usize) -> bool {
    let mut each = hits.iter().zip(&table.languages);
    let keeps = |hits: &Hits| marked >= 8 && marked * 4 > hits.all;
    each.all(|(hits, language)| keeps(hits) || hits.all * SHARE * 2 < (all * language.share / 1000).max(SHARE))
}

/// The first different words of a language that stand bare in a text, and how many of them are known as whole words.
fn examples(text: &str, language: u8) -> (Vec<String>, usize) {
    let mut seen = BTreeSet::new();
    let (mut found, mut whole) = (Vec::new(), 0);
    for word in words(text) {
        let (languages, known) = table().languages_of(word);
        if languages.iter().any(|(l, _)| *l == language) && seen.insert(word) {
            found.push(word.to_owned());
            whole += usize::from(known);
            if found.len() >= SHOWN {
                break;
            }
        }
    }
    (found, whole)
}

/// Whether a word carries a mark.
fn is_marked(word: &str) -> bool {
    // Letters that are no letter and mark: a program that takes off marks leaves them.
    let whole = |c: char| {
        matches!(
            c,
            'ß' | 'æ'
                | 'œ'
                | 'ø'
                | 'þ'
                | 'ð'
                | 'đ'
                | 'ł'
                | 'ħ'
                | 'ŧ'
                | 'ı'
                | 'ə'
                | 'Æ'
                | 'Œ'
                | 'Ø'
                | 'Þ'
                | 'Ð'
                | 'Đ'
                | 'Ł'
        )
    };
    let greek = |c: char| ('\u{370}'..'\u{400}').contains(&c);
    !word.is_ascii()
        && word.chars().any(|c| !c.is_ascii() && !whole(c) && (!greek(c) || matches!(c, 'ά'..='ί' | 'ό'..='ώ')))
}

/// The word without its marks, as a program writes that knows ASCII only.
pub(super) fn bared(word: &str) -> String {
    let plain = |c: char| match c {
        'ł' => 'l',
        'ø' => 'o',
        'đ' | 'ð' => 'd',
        'ı' => 'i',
        'ħ' => 'h',
        'ŧ' => 't',
        'ə' => 'e',
        c => c,
    };
    word.chars().map(plain).nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).nfc().collect()
}

/// Different words of a text that stand there with their marks, by language: at least a few of one.
pub(super) fn with_marks(text: &str) -> Option<(&'static str, Vec<&str>)> {
    let mut found: Vec<(u8, BTreeSet<&str>)> = Vec::new();
    // Cyrillic and what comes behind it is in no such language: only Latin letters further on have marks to lose.
    let far = |word: &str| match word.as_bytes() {
        [0xE1, second, ..] => *second < 0xB8,
        [first, ..] => *first >= 0xD0 && *first != 0xE2,
        [] => true,
    };
    for word in words(text).filter(|w| !far(w) && is_marked(w)) {
        // The table is made where a text has such a word.
        for (language, _) in table().languages_of(&bared(word)).0 {
            match found.iter_mut().find(|(l, _)| l == language) {
                Some((_, words)) => drop(words.insert(word)),
                None => found.push((*language, BTreeSet::from([word]))),
            }
        }
        if found.iter().any(|(_, words)| words.len() > SHOWN) {
            break;
        }
    }
    let (language, words) = found.into_iter().max_by_key(|(_, words)| words.len())?;
    let lang = table().languages.get(usize::from(language))?.lang;
    (words.len() >= DIFFERENT).then(|| (lang, words.into_iter().collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRENCH: &str = "Hier soir, les élèves de la bibliothèque ont été invités à une fête après la dernière leçon. \
        Le maire a présenté les données de la période précédente, et les clés de la nouvelle salle ont été remises \
        aux élus. Également présents, les délégués ont préféré s'asseoir près de la fenêtre. La première question, \
        très générale, a été posée par une étudiante qui était arrivée en retard à cause de la grève.\n";

    #[test]
    fn marks_that_are_gone_are_missed() {
        let lost = bared(FRENCH);
        assert!(may_be_bare(&lost) && !may_be_bare(FRENCH));
        let found = bare(&lost).map(|b| (b.language.lang, b.marked));
        assert_eq!(found, Some(("fr", 0)));
        assert!(bare(FRENCH).is_none());
        assert_eq!(with_marks(FRENCH).map(|(lang, _)| lang), Some("fr"));
    }

    #[test]
    fn other_languages_lack_nothing() {
        for text in [
            "The delegates sat near the window, and the first question was asked by a student who came late. ",
            "De gemeente heeft gisteren besloten dat de oude brug in het voorjaar wordt hersteld en verbreed. ",
            "Die Gemeinde hat beschlossen, die alte Bruecke im Fruehjahr fuer den Verkehr zu oeffnen. ",
            "Pemerintah kota memutuskan bahwa jembatan tua itu akan diperbaiki pada musim kemarau. ",
        ] {
            assert!(bare(&text.repeat(12)).is_none(), "{text}");
        }
    }

    #[test]
    fn marks_are_taken_off() {
        assert_eq!(bared("łódź søndag đak ısı žluťoučký"), "lodz sondag dak isi zlutoucky");
        assert_eq!(bared("είναι"), "ειναι");
    }
}
