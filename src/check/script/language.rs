//! Which language a paragraph is in, when a decision hangs on it.

use super::alphabets;
use crate::check::Context;
use std::{collections::HashMap, sync::OnceLock};

type Words = HashMap<&'static str, Vec<&'static str>>;

/// Word to the languages that have it.
fn common() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut all: Words = HashMap::new();
        for line in include_str!("data/common_words.tsv").lines().filter(|l| !l.starts_with('#')) {
            let Some((lang, words)) = line.split_once('\t') else { continue };
            for word in words.split(' ') {
                let langs = all.entry(word).or_default();
                if !langs.contains(&lang) {
                    langs.push(lang);
                }
            }
        }
        all
    })
}

/// Whether a word is common in a language; in any language, where that is unknown.
pub(super) fn is_common(word: &str, lang: Option<&str>) -> bool {
    let word = word.to_lowercase();
    common().get(word.as_str()).is_some_and(|langs| lang.is_none_or(|l| langs.contains(&l)))
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
    if let Some(lang) = by_words(paragraph) {
        return Some(lang.to_owned());
    }
    if let Some(lang) = cx.lang() {
        return Some(lang.to_owned());
    }
    let info = whatlang::detect(paragraph)?;
    let lang = crate::analysis::language_tag(info.lang());
    (info.confidence() > 0.6 && alphabets::all().iter().any(|a| a.lang == lang)).then(|| lang.to_owned())
}

/// The language with at least two common words here, and more than any other.
fn by_words(paragraph: &str) -> Option<&'static str> {
    let mut hits: HashMap<&'static str, u32> = HashMap::new();
    let words = paragraph.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty());
    for word in words.take(200) {
        if let Some(langs) = common().get(word.to_lowercase().as_str()) {
            for lang in langs {
                *hits.entry(lang).or_default() += 1;
            }
        }
    }
    let best = hits.values().copied().max().filter(|n| *n >= 2)?;
    let mut top = hits.iter().filter(|(_, n)| **n == best).map(|(lang, _)| *lang);
    let first = top.next()?;
    top.next().is_none().then_some(first)
}

/// The English name of a language, for messages.
pub(super) fn name(lang: &str) -> Option<&'static str> {
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
        "sr" => "Serbian",
        "sv" => "Swedish",
        "tg" => "Tajik",
        "tr" => "Turkish",
        "tt" => "Tatar",
        "uk" => "Ukrainian",
        "ur" => "Urdu",
        "uz" => "Uzbek",
        "vi" => "Vietnamese",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_tell_the_language() {
        assert_eq!(by_words("Rada się zebrała, żeby nie czekać"), Some("pl"));
        assert_eq!(by_words("Nothing here"), None);
        assert!(is_common("På", Some("nb")) && !is_common("på", Some("de")));
    }
}
