//! The messages.

use super::{super::language, around::Around, codepage::Reading, convert::Conversion, sound, word::Word};
use crate::unicode::{Script, short_name, visible};
use std::fmt::Display;

/// "Latin letter a (U+0061)"
pub(in super::super) fn char_name(c: char) -> String {
    let name = short_name(c);
    let code = format!("U+{:04X}", c as u32);
    let mut name = if name.contains(&code) { name } else { format!("{name} ({code})") };
    if let Some(first) = name.get(..1) {
        let first = first.to_uppercase();
        name.replace_range(..1, &first);
    }
    name
}

fn written(text: &str) -> String {
    let codes: Vec<String> = text.chars().map(|c| format!("U+{:04X}", c as u32)).collect();
    format!("{text} ({})", codes.join(" "))
}

/// "the Russian word", or by its script where the language is not known.
fn kind(around: &Around<'_, '_>, to: Script, text: &str) -> &'static str {
    let guess = around.guess();
    // A language that lacks a letter of the word or of its line is a wrong guess.
    let fits = |lang: &&str| {
        let own = |c: char| crate::unicode::script(c) == to && crate::unicode::props(c).is_letter();
        super::super::alphabets::of(lang, to).is_some_and(|a| {
            let line = || around.paragraph().letters();
            text.chars().filter(|c| own(*c)).all(|c| a.has(c))
                && (to == Script::Latin || line().iter().all(|(c, _)| !own(c) || a.has(c)))
        })
    };
    guess.as_deref().filter(fits).and_then(language::name).unwrap_or_else(|| to.name())
}

pub(super) fn look(word: &Word<'_>, around: &Around<'_, '_>, to: Script, look: &Conversion) -> String {
    let kind = kind(around, to, &look.text);
    let shown = visible(word.text);
    let mut seen: Vec<&str> = Vec::new();
    let mut changes: Vec<(char, &str)> = Vec::new();
    for (at, text) in &look.changes {
        if let Some(letter) = word.letters.get(*at)
            && !seen.contains(&letter.text)
        {
            seen.push(letter.text);
            changes.push((letter.base, text.as_str()));
        }
    }
    match changes.as_slice() {
        [(c, text)] => {
            format!("{} in the {kind} word «{shown}»; write {}.", char_name(*c), written(text))
        }
        many => several(kind, &shown, many),
    }
}

pub(super) fn sound(word: &Word<'_>, around: &Around<'_, '_>, to: Script, sound: &sound::Reading) -> String {
    let kind = kind(around, to, &sound.text);
    let shown = visible(word.text);
    let changes: Vec<(char, String)> = sound.changes.iter().map(|(c, meant)| (*c, meant.to_string())).collect();
    match changes.as_slice() {
        [(c, meant)] => format!(
            "{} in the {kind} word «{shown}», where {} has its sound: «{}».",
            char_name(*c),
            written(meant),
            sound.text
        ),
        many => several(kind, &shown, many),
    }
}

/// "Latin letters in the Russian word «пpивeт»: p for р, e for е."
fn several(kind: &str, shown: &str, changes: &[(char, impl Display)]) -> String {
    let from = changes.first().map_or(Script::Common, |(c, _)| crate::unicode::script(*c)).name();
    let list: Vec<String> = changes.iter().take(6).map(|(c, t)| format!("{c} for {t}")).collect();
    format!("{from} letters in the {kind} word «{shown}»: {}.", list.join(", "))
}

pub(super) fn page(word: &Word<'_>, around: &Around<'_, '_>, page: &Reading) -> String {
    let foreign = word.letters.iter().find(|l| l.script != Script::Latin);
    let c = foreign.map_or(' ', |l| l.base);
    let (was, taken) = page.pages;
    format!(
        "{} in the {} word «{}»: a byte of {was} was read as {taken}; the word was «{}».",
        char_name(c),
        kind(around, Script::Latin, &page.text),
        visible(word.text),
        page.text
    )
}

pub(super) fn numeral(word: &Word<'_>, numeral: &str) -> String {
    let foreign = word.letters.iter().find(|l| l.script != Script::Latin);
    let c = foreign.map_or(' ', |l| l.base);
    format!("{} in the Roman numeral «{}»; Roman numerals are Latin letters: {numeral}.", char_name(c), word.text)
}

pub(super) fn glued(word: &Word<'_>, at: usize) -> String {
    let (a, b) = word.text.split_at_checked(at).unwrap_or((word.text, ""));
    format!("The space between «{a}» and «{b}» is missing: two words of two scripts are glued together.")
}

pub(super) fn layout(word: &Word<'_>, text: &str) -> String {
    format!(
        "A part of «{}» was typed while another keyboard layout was on; with the keys of the other layout it is «{text}».",
        visible(word.text)
    )
}

pub(super) fn unknown(word: &Word<'_>) -> String {
    let least = word.scripts.last().map_or(Script::Common, |(s, _)| *s);
    let most = word.scripts.first().map_or(Script::Common, |(s, _)| *s);
    let stray: String = word.letters.iter().filter(|l| l.script == least).map(|l| l.text).collect();
    format!(
        "The {} word «{}» has {} letters in it: {stray}. No look-alike, code page or keyboard layout explains them.",
        most.name(),
        visible(word.text),
        least.name()
    )
}
