//! A word rewritten in one script, letter by letter.

use super::{
    super::alphabets::{Fit, Languages},
    word::{Letter, Word},
};
use crate::unicode::{Script, Twin, twins};
use unicode_normalization::UnicodeNormalization;

/// A word rewritten in one of its scripts.
#[derive(Debug)]
pub(super) struct Conversion {
    pub(super) text: String,
    /// All letters changed are of the same shape as what they become.
    pub(super) near: bool,
    /// Whether the language has all the letters written.
    pub(super) fit: Fit,
    /// The letters changed: index in the word, what is written instead.
    pub(super) changes: Vec<(usize, String)>,
}

/// Writes a word in the script `to`; `None` when a letter has no twin there.
pub(super) fn convert(word: &Word<'_>, to: Script, languages: &Languages) -> Option<Conversion> {
    let mut done = Conversion { text: String::new(), near: true, fit: Fit::Yes, changes: Vec::new() };
    for (i, letter) in word.letters.iter().enumerate() {
        if letter.script == to || !letter.script.is_real() {
            done.text.push_str(letter.text);
            continue;
        }
        let (twin, fit, text) = best(letter, to, languages)?;
        done.near &= twin.near;
        done.fit = done.fit.min(fit);
        done.text.push_str(&text);
        done.changes.push((i, text));
    }
    if to == Script::Cyrillic {
        harmonize(word, &mut done, languages);
    }
    Some(done)
}

/// Mongolic and Turkic words have front vowels or back vowels, not both: beside ө and ү, Latin o and y stand for those.
fn harmonize(word: &Word<'_>, done: &mut Conversion, languages: &Languages) {
    let own = |set: &str| word.letters.iter().any(|l| l.script == Script::Cyrillic && set.contains(l.base));
    let front = |back: &str| match back {
        "о" => Some("ө"),
        "О" => Some("Ө"),
        "у" => Some("ү"),
        "У" => Some("Ү"),
        _ => None,
    };
    if !done.changes.iter().any(|(_, text)| front(text).is_some()) {
        return;
    }
    let has = |c: char| languages.fit(c);
    let back = own("аоуыАОУЫ");
    // The open e and the schwa are front vowels where the language is sure to have ү; ө and ү are so everywhere.
    let beside = own("өүӨҮ") || has('ү') == Fit::Yes && own("эәЭӘ");
    if !beside || back {
        // Nothing tells which vowel it is, where the language may have both.
        let unsure = |text: &str| matches!(text, "у" | "У") && has('ү') > Fit::No && (!back || beside);
        if back && beside || done.changes.iter().any(|(_, text)| unsure(text)) {
            done.fit = done.fit.min(Fit::Maybe);
        }
        return;
    }
    for (_, text) in &mut done.changes {
        if let Some(front) = front(text).filter(|f| f.chars().next().is_some_and(|c| languages.fit(c) > Fit::No)) {
            text.clear();
            text.push_str(front);
        }
    }
    let mut changes = done.changes.iter().peekable();
    done.text = String::new();
    for (i, letter) in word.letters.iter().enumerate() {
        match changes.next_if(|(at, _)| *at == i) {
            Some((_, text)) => done.text.push_str(text),
            None => done.text.push_str(letter.text),
        }
    }
}

/// The letter's twin that the language has; the first that it may have; the first at all.
fn best(letter: &Letter<'_>, to: Script, languages: &Languages) -> Option<(Twin, Fit, String)> {
    let composed: String = letter.text.nfc().collect();
    let mut found: Vec<(Twin, Fit, String)> =
        twins(&composed, to).map(|t| (t, languages.fit(t.letter()), t.text.to_owned())).collect();
    if found.is_empty() {
        // The letter's twin with the letter's own marks.
        let base = letter.base.to_string();
        let (twin_of, marks) = if composed.chars().count() > 1 || composed == base {
            (base.as_str(), letter.text.get(letter.base.len_utf8()..).unwrap_or(""))
        } else {
            return None;
        };
        found = twins(twin_of, to)
            .map(|t| {
                let text: String = format!("{}{marks}", t.text).nfc().collect();
                (t, languages.fit(t.letter()), text)
            })
            .collect();
    }
    let first = |fit: Fit| found.iter().position(|(_, f, _)| *f == fit);
    // A plain letter that every language has loses to a twin that this unknown language may have, if it is nearer.
    let maybe = first(Fit::Maybe).filter(|&i| {
        languages.only().is_none() && first(Fit::Yes).is_none_or(|y| to == Script::Latin && i < y && found[i].0.near)
    });
    let at = maybe.or_else(|| first(Fit::Yes)).or_else(|| first(Fit::Maybe)).unwrap_or(0);
    // «Yндэсний» with nothing round it that tells the language: Ү or У.
    let other = found.iter().take(at).any(|(t, fit, _)| *fit == Fit::Maybe && t.near);
    let mut chosen = (at < found.len()).then(|| found.swap_remove(at))?;
    if other && to == Script::Cyrillic && languages.only().is_none() {
        chosen.1 = chosen.1.min(Fit::Maybe);
    }
    Some(chosen)
}

/// Whether a letter has a twin of the same shape in a script.
pub(super) fn has_near_twin(letter: &Letter<'_>, to: Script) -> bool {
    letter.script == to || twins(letter.text, to).any(|t| t.near)
}
