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
    Some(done)
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
    (at < found.len()).then(|| found.swap_remove(at))
}

/// Whether a letter has a twin of the same shape in a script.
pub(super) fn has_near_twin(letter: &Letter<'_>, to: Script) -> bool {
    letter.script == to || twins(letter.text, to).any(|t| t.near)
}
