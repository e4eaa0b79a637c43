//! What a document itself does with dashes and quotation marks, so that a suggestion fits in.

use crate::{analysis::Quotes, check::Context};
use memchr::memmem;

/// A dash with the blanks round it, as the document writes it; without a habit, as its language does.
pub(super) fn dash(cx: &Context<'_>) -> &'static str {
    let text = cx.text().as_bytes();
    let count = |needle: &str| memmem::find_iter(text, needle).take(50).count();
    let spaced = (count(" — "), count(" – "));
    let tight = count("—").saturating_sub(spaced.0);
    match spaced {
        (0, 0) if tight > 0 => "—",
        (0, 0) => match cx.lang() {
            Some(
                "de" | "nl" | "sv" | "da" | "nb" | "nn" | "fi" | "et" | "pl" | "cs" | "sk" | "sl" | "hr" | "hu" | "ro"
                | "lv" | "tr" | "is",
            ) => " – ",
            _ => " — ",
        },
        (em, en) if en > em => " – ",
        (em, _) if tight > 2 * em => "—",
        _ => " — ",
    }
}

/// The typographic marks that open and close a quotation in the document; without a habit, its language's.
pub(super) fn marks(cx: &Context<'_>, quotes: &Quotes) -> (char, char) {
    let mut counts: Vec<((char, char), usize)> = Vec::new();
    for pair in quotes.pairs.iter().filter(|p| p.is_typographic()) {
        let key = (pair.open.1, pair.close.1);
        match counts.iter_mut().find(|(k, _)| *k == key) {
            Some((_, n)) => *n += 1,
            None => counts.push((key, 1)),
        }
    }
    counts.iter().max_by_key(|(_, n)| *n).map_or_else(|| of_language(cx.lang()), |(key, _)| *key)
}

fn of_language(lang: Option<&str>) -> (char, char) {
    match lang {
        Some("de" | "cs" | "sk" | "sl" | "bg" | "lt" | "is" | "et" | "ka" | "mk" | "sq") => ('„', '“'),
        Some("pl" | "ro" | "hu" | "hr" | "sr" | "bs") => ('„', '”'),
        Some("sv" | "fi") => ('”', '”'),
        _ => ('“', '”'),
    }
}

/// How the document quotes: pairs of straight marks, pairs of typographic ones.
pub(super) fn styles(quotes: &Quotes) -> (usize, usize) {
    let straight = quotes.pairs.iter().filter(|p| p.is_straight()).count();
    let typographic = quotes.pairs.iter().filter(|p| p.is_typographic()).count();
    (straight, typographic)
}

/// Whether typographic marks are the document's own style: it uses them for a fifth of its quotations or more. A
/// writer who never sets them has none; a few straight ones slip into any text that was pasted together.
pub(super) fn prefers_typographic(straight: usize, typographic: usize) -> bool {
    typographic * 4 >= straight
}
