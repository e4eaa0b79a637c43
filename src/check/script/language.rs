//! Which language a paragraph is in, when a decision hangs on it.

use super::alphabets;
use crate::{
    analysis::{around::char_after, places::places},
    check::Context,
    text::Mixing,
    unicode::{Script, flag, props, script},
};
use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    ops::Range,
    sync::OnceLock,
};

/// The common words of many languages.
struct Common {
    langs: Vec<&'static str>,
    /// Word to where the languages that have it stand in the list.
    words: HashMap<&'static str, Range<u32>, Mixing>,
    /// Languages by number, one word's after the other's.
    of_words: Vec<u8>,
}

impl Common {
    /// The languages that have a word, by number.
    fn languages(&self, word: &str) -> &[u8] {
        let place = self.words.get(word).map(|place| place.start as usize..place.end as usize);
        place.and_then(|place| self.of_words.get(place)).unwrap_or_default()
    }
}

fn common() -> &'static Common {
    static WORDS: OnceLock<Common> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut all = Common { langs: Vec::new(), words: HashMap::default(), of_words: Vec::new() };
        let mut words: BTreeMap<&str, Vec<u8>> = BTreeMap::new();
        let lines = include_str!("data/common_words.tsv").lines().filter(|l| !l.starts_with('#'));
        for (lang, list) in lines.filter_map(|line| line.split_once('\t')) {
            let number = all.langs.iter().position(|l| *l == lang).unwrap_or(all.langs.len());
            let Ok(number) = u8::try_from(number) else { break };
            if usize::from(number) == all.langs.len() {
                all.langs.push(lang);
            }
            for word in list.split(' ') {
                let langs = words.entry(word).or_default();
                if !langs.contains(&number) {
                    langs.push(number);
                }
            }
        }
        for (word, mut langs) in words {
            let start = all.of_words.len() as u32;
            all.of_words.append(&mut langs);
            all.words.insert(word, start..all.of_words.len() as u32);
        }
        all
    })
}

/// No common word in Latin letters is longer, in bytes.
pub(super) const LONGEST_LATIN: usize = 12;

/// A word in small letters.
fn lower(word: &str) -> Cow<'_, str> {
    let is_upper = |c: char| if c.is_ascii() { c.is_ascii_uppercase() } else { props(c).any(flag::UPPER) };
    if word.chars().any(is_upper) { Cow::Owned(word.to_lowercase()) } else { Cow::Borrowed(word) }
}

/// Whether a word is common in a language; in any language, where that is unknown.
pub(super) fn is_common(word: &str, lang: Option<&str>) -> bool {
    let word = lower(word);
    let has = |number: &u8, lang: &str| common().langs.get(usize::from(*number)) == Some(&lang);
    let langs = common().languages(&word);
    lang.map_or(!langs.is_empty(), |lang| langs.iter().any(|n| has(n, lang)))
}

/// The language whose small words stand in a text, if there are some.
pub(in crate::check) fn language_of_small_words(text: &str) -> Option<&'static str> {
    by_words(text, None).first().copied()
}

/// Whether small words of one language stand in a short text, and not by accident: one in six.
pub(in crate::check) fn has_small_words(text: &str) -> bool {
    let words = text.split(|c: char| !props(c).is_letter()).filter(|w| !w.is_empty()).count();
    by_words(text, None).first().is_some_and(|lang| hits(text, lang) * 6 >= words)
}

/// How many of the first words of a text are common ones of a language.
pub(super) fn hits(text: &str, lang: &str) -> usize {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|w| w.len() > 1).take(100);
    words.filter(|w| is_common(w, Some(lang))).count()
}

/// The primary tag of the language that the user gave.
pub(super) fn given<'d>(cx: &Context<'d>) -> Option<&'d str> {
    cx.settings.lang.as_deref().map(|tag| tag.split(['-', '_']).next().unwrap_or(tag))
}

/// The likely language of a paragraph: the given one, or the one whose common words stand in it, or the document's.
pub(super) fn guess(cx: &Context<'_>, paragraph: &str) -> Option<String> {
    if let Some(lang) = given(cx) {
        return Some(lang.to_owned());
    }
    let top = by_words(paragraph, cx.lang());
    if let [one] = top.as_slice() {
        return Some((*one).to_owned());
    }
    // The document's language is known already; identifying a paragraph costs a hundred times more.
    if let Some(lang) = cx.lang()
        && (top.is_empty() || top.contains(&lang))
    {
        return Some(lang.to_owned());
    }
    let detected = whatlang::detect(paragraph).map(|i| (crate::analysis::language_tag(i.lang()), i.confidence()));
    if let Some((lang, _)) = detected
        && top.contains(&lang)
    {
        return Some(lang.to_owned());
    }
    if let Some(lang) = cx.lang() {
        return Some(lang.to_owned());
    }
    if let Some(first) = top.first() {
        return Some((*first).to_owned());
    }
    let (lang, confidence) = detected?;
    (confidence > 0.6 && alphabets::all().iter().any(|a| a.lang == lang)).then(|| lang.to_owned())
}

/// The languages with the most common words here, at least two of them, that have all the letters of the text. The
/// document's language need not be counted to the last word.
fn by_words(paragraph: &str, document: Option<&str>) -> Vec<&'static str> {
    let common = common();
    let own = document.and_then(|document| common.langs.iter().position(|lang| *lang == document));
    let mut hits: Vec<u32> = vec![0; common.langs.len()];
    // In the order in which the languages were met.
    let mut met: Vec<u8> = Vec::new();
    let is_letter = |c: char| if c.is_ascii() { c.is_ascii_alphabetic() } else { props(c).is_letter() };
    let words = paragraph.split(|c: char| !is_letter(c)).filter(|w| !w.is_empty());
    for (number, word) in words.take(80).enumerate() {
        if number > 0 && number % ENOUGH == 0 && own.is_some_and(|own| leads(&hits, own)) {
            break;
        }
        for &lang in common.languages(&lower(word)) {
            let Some(n) = hits.get_mut(usize::from(lang)) else { continue };
            if *n == 0 {
                met.push(lang);
            }
            *n += 1;
        }
    }
    let mut letters: Vec<(char, usize)> = Vec::new();
    let beyond_ascii = places(paragraph.as_bytes(), |b| b >= 0xC0).filter_map(|at| char_after(paragraph, at));
    for c in beyond_ascii.filter(|c| script(*c) == Script::Latin && c.is_lowercase()) {
        match letters.iter_mut().find(|(l, _)| *l == c) {
            Some((_, n)) => *n += 1,
            None => letters.push((c, 1)),
        }
    }
    let strangers = |lang: &str| {
        let alphabet = alphabets::of(lang, Script::Latin);
        alphabet.map_or(0, |a| letters.iter().filter(|(c, _)| !a.has(*c)).map(|(_, n)| n).sum())
    };
    // The languages that two words speak for, those with the most words first.
    let of = |number: u8| Some((*common.langs.get(usize::from(number))?, *hits.get(usize::from(number))?));
    let mut likely: Vec<(&str, u32)> = met.into_iter().filter_map(of).filter(|(_, n)| *n >= 2).collect();
    likely.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    // One strange letter may be the damage.
    let mut second: Vec<&str> = Vec::new();
    for equal in likely.chunk_by(|a, b| a.1 == b.1) {
        let judged: Vec<(&str, usize)> = equal.iter().map(|(lang, _)| (*lang, strangers(lang))).collect();
        let with = |most: usize| judged.iter().filter(|(_, n)| *n <= most).map(|(lang, _)| *lang).collect::<Vec<_>>();
        let best = with(0);
        if !best.is_empty() {
            return best;
        }
        if second.is_empty() {
            second = with(1);
        }
    }
    second
}

/// After so many words the document's language may be beyond doubt.
const ENOUGH: usize = 20;

/// Whether a language has a quarter of so many words, and no other has as many.
fn leads(hits: &[u32], language: usize) -> bool {
    let own = hits.get(language).copied().unwrap_or(0);
    own as usize * 4 >= ENOUGH && hits.iter().filter(|n| **n >= own).count() == 1
}

/// The English name of a language, for messages.
pub(in crate::check) fn name(lang: &str) -> Option<&'static str> {
    Some(match lang {
        "ab" => "Abkhaz",
        "av" => "Avar",
        "az" => "Azerbaijani",
        "ba" => "Bashkir",
        "be" => "Belarusian",
        "bg" => "Bulgarian",
        "bxr" | "bua" => "Buryat",
        "ce" => "Chechen",
        "cs" => "Czech",
        "cv" => "Chuvash",
        "da" => "Danish",
        "de" => "German",
        "el" => "Greek",
        "en" => "English",
        "es" => "Spanish",
        "et" => "Estonian",
        "fa" => "Persian",
        "fi" => "Finnish",
        "fr" => "French",
        "hr" => "Croatian",
        "hu" => "Hungarian",
        "hy" => "Armenian",
        "it" => "Italian",
        "kab" => "Kabyle",
        "kk" => "Kazakh",
        "ky" => "Kyrgyz",
        "lt" => "Lithuanian",
        "lv" => "Latvian",
        "mk" => "Macedonian",
        "mn" => "Mongolian",
        "nb" | "nn" => "Norwegian",
        "nl" => "Dutch",
        "os" => "Ossetian",
        "pl" => "Polish",
        "ps" => "Pashto",
        "pt" => "Portuguese",
        "ro" => "Romanian",
        "ru" => "Russian",
        "sah" => "Sakha",
        "sk" => "Slovak",
        "sl" => "Slovenian",
        "sr" | "sr-latin" => "Serbian",
        "sv" => "Swedish",
        "tg" => "Tajik",
        "tr" => "Turkish",
        "tt" => "Tatar",
        "uk" => "Ukrainian",
        "ur" => "Urdu",
        "uz" => "Uzbek",
        "vi" => "Vietnamese",
        "ast" => "Asturian",
        "br" => "Breton",
        "bs" => "Bosnian",
        "ca" => "Catalan",
        "cy" => "Welsh",
        "dsb" => "Lower Sorbian",
        "eo" => "Esperanto",
        "ga" => "Irish",
        "gd" => "Scottish Gaelic",
        "gl" => "Galician",
        "hsb" => "Upper Sorbian",
        "is" => "Icelandic",
        "sq" => "Albanian",
        "szl" => "Silesian",
        "af" => "Afrikaans",
        "am" => "Amharic",
        "ar" => "Arabic",
        "bn" => "Bengali",
        "gu" => "Gujarati",
        "he" => "Hebrew",
        "hi" => "Hindi",
        "id" => "Indonesian",
        "ja" => "Japanese",
        "jv" => "Javanese",
        "ka" => "Georgian",
        "km" => "Khmer",
        "kn" => "Kannada",
        "ko" => "Korean",
        "la" => "Latin",
        "ml" => "Malayalam",
        "mr" => "Marathi",
        "my" => "Burmese",
        "ne" => "Nepali",
        "or" => "Odia",
        "pa" => "Punjabi",
        "si" => "Sinhala",
        "ta" => "Tamil",
        "te" => "Telugu",
        "th" => "Thai",
        "tk" => "Turkmen",
        "tl" => "Tagalog",
        "yi" => "Yiddish",
        "zh" => "Chinese",
        "zu" => "Zulu",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_tell_the_language() {
        assert_eq!(by_words("Rada się zebrała, żeby nie czekać", None), ["pl"]);
        assert!(by_words("Nothing here", None).is_empty());
        assert!(is_common("På", Some("nb")) && !is_common("på", Some("de")));
    }

    #[test]
    fn no_common_word_is_longer_than_the_longest() {
        let mut latin = common().words.keys().filter(|w| w.chars().all(|c| props(c).script() == Script::Latin));
        assert!(latin.all(|w| w.len() <= LONGEST_LATIN));
    }
}
