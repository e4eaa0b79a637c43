//! Spellings that both exist, of which one text keeps to one.

use crate::{
    analysis::{
        Names,
        around::{char_after, char_before},
        is_word_char,
        places::runs,
    },
    check::Context,
    text::{Mixing, Span},
};
use memchr::memmem;
use std::collections::HashMap;

/// A compound with the places where it has its hyphen and where it is solid.
pub(super) struct Use {
    /// With a hyphen.
    pub(super) hyphened: Vec<Span>,
    /// Solid.
    pub(super) solid: Vec<Span>,
}

/// Whether the language writes compounds now with a hyphen and now solid. In others a hyphen joins words that are
/// never written solid, or the solid form is another word (Romanian `s-a` and `sa`).
pub(super) fn compounds(cx: &Context<'_>) -> bool {
    matches!(cx.lang(), Some("en" | "de" | "nl" | "sv" | "da" | "nb"))
}

/// The compounds of a text that has at least one with a hyphen, in the order of their first place.
pub(super) fn hyphenation(prose: &str, names: Option<&Names>) -> Vec<Use> {
    let bytes = prose.as_bytes();
    let mut index: HashMap<String, usize, Mixing> = HashMap::default();
    let mut uses: Vec<Use> = Vec::new();
    let mut last = 0;
    for at in memchr::memchr_iter(b'-', bytes) {
        if at < last || at == 0 || !letter(bytes, at - 1) || !letter(bytes, at + 1) {
            continue;
        }
        let span = compound(prose, at);
        last = span.end;
        let text = &prose[span.range()];
        let mut parts = text.split('-');
        let (Some(first), Some(second), None) = (parts.next(), parts.next(), parts.next()) else { continue };
        let long = |p: &str| p.chars().count() >= 3;
        if !(long(first) && long(second) || PREFIXES.contains(&first.to_lowercase().as_str())) {
            continue;
        }
        // Two names joined, or an acronym: the solid form would be another thing.
        let name = second.starts_with(char::is_uppercase) && !first.starts_with(char::is_uppercase);
        if name || text.chars().filter(|c| c.is_uppercase()).count() > 2 {
            continue;
        }
        let key: String = match text.is_ascii() {
            true => text.bytes().filter(|b| *b != b'-').map(|b| char::from(b.to_ascii_lowercase())).collect(),
            false => text.chars().filter(|c| *c != '-').flat_map(char::to_lowercase).collect(),
        };
        match index.get(&key) {
            Some(&i) => uses[i].hyphened.push(span),
            None => {
                index.insert(key, uses.len());
                uses.push(Use { hyphened: vec![span], solid: Vec::new() });
            }
        }
    }
    // Where compounds have no capitals, it is known which solid forms stand there at all.
    let may_hold = |key: &String| names.is_none_or(|n| !key.is_ascii() || n.may_hold(prose, key));
    if !index.keys().any(may_hold) {
        return uses;
    }
    // Which beginnings and lengths are wanted at all, and which ends: most words are sent away by two looks.
    let mut lengths = [0u64; 256];
    let mut wanted = vec![0u64; WANTED / 64];
    for key in index.keys() {
        let place = place(key.as_bytes());
        wanted[place / 64] |= 1 << (place % 64);
        lengths[usize::from(key.as_bytes().first().copied().unwrap_or(0))] |= 1 << key.len().min(63);
    }
    runs(bytes, is_letter, |start, end| {
        let first = bytes[start].to_ascii_lowercase();
        if lengths[usize::from(first)] >> (end - start).min(63) & 1 == 0 {
            return;
        }
        let place = place(&bytes[start..end]);
        if wanted[place / 64] >> (place % 64) & 1 == 0 {
            return;
        }
        let joined = bytes.get(end) == Some(&b'-') || (start > 0 && bytes[start - 1] == b'-');
        let Some(word) = prose.get(start..end).filter(|_| !joined) else { return };
        // `NetworkManager` and `BOOTTIME` are names, not compounds.
        if word.chars().skip(1).any(char::is_uppercase) {
            return;
        }
        if let Some(&i) = index.get(word.to_lowercase().as_str()) {
            uses[i].solid.push(Span::new(start, end));
        }
    });
    uses
}

/// So many places are told apart.
const WANTED: usize = 1 << 14;

/// The place of a word, in whichever case, by its length and its ends.
fn place(word: &[u8]) -> usize {
    let code = |b: Option<&u8>| b.map_or(0, |b| if b.is_ascii() { usize::from(b | 0x20) } else { 0x80 });
    let ends = code(word.first()) * 31 + code(word.last()) * 1009;
    (ends + word.len() * 4093) % WANTED
}

/// Short first parts of compounds that are written both ways. Not `re-`: `re-sent` and `resent` are two words.
const PREFIXES: &[&str] = &["e", "co", "on", "by", "no"];

/// Letters as bytes: ASCII ones, and all parts of the others.
fn letter(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).copied().is_some_and(is_letter)
}

fn is_letter(b: u8) -> bool {
    b.is_ascii_alphabetic() | ((b >= 0x80) & (b != 0xE2) & (b != 0xC2))
}

/// The whole compound round a hyphen: letters and hyphens.
fn compound(prose: &str, at: usize) -> Span {
    let inner = |c: char| is_word_char(c) || c == '-';
    let head: usize = prose[..at].chars().rev().take_while(|c| inner(*c)).map(char::len_utf8).sum();
    let tail: usize = prose[at..].chars().take_while(|c| inner(*c)).map(char::len_utf8).sum();
    Span::new(at - head, at + tail)
}

/// A word in the other spelling, its own capital kept.
pub(super) fn respelt(text: &str, model: &str, with_hyphen: bool) -> String {
    let capital = text.starts_with(char::is_uppercase);
    if !with_hyphen {
        let mut parts = text.split('-');
        let first = parts.next().unwrap_or_default().to_owned();
        return parts.fold(first, |word, part| word + &part.to_lowercase());
    }
    let mut chars = model.chars();
    match chars.next() {
        Some(c) if capital => c.to_uppercase().chain(chars).collect(),
        Some(c) if text.starts_with(char::is_lowercase) => c.to_lowercase().chain(chars).collect(),
        _ => model.to_owned(),
    }
}

/// English words in two spellings, the usual one first. Only words whose two spellings mean the same everywhere:
/// not `all right`, not `any way`, not `every day`.
const SPELLINGS: &[(&str, &str)] = &[
    ("underway", "under way"),
    ("goodwill", "good will"),
    ("communiqué", "communique"),
    ("communiqués", "communiques"),
    ("adviser", "advisor"),
    ("advisers", "advisors"),
    ("café", "cafe"),
    ("cafés", "cafes"),
    ("naïve", "naive"),
    ("façade", "facade"),
    ("cliché", "cliche"),
    ("décor", "decor"),
    ("fiancé", "fiance"),
    ("fiancée", "fiancee"),
    ("protégé", "protege"),
    ("judgment", "judgement"),
    ("acknowledgment", "acknowledgement"),
    ("focused", "focussed"),
    ("targeted", "targetted"),
    ("traveled", "travelled"),
    ("traveling", "travelling"),
    ("canceled", "cancelled"),
    ("labeled", "labelled"),
    ("modeling", "modelling"),
    ("color", "colour"),
    ("colors", "colours"),
    ("favor", "favour"),
    ("favorite", "favourite"),
    ("honor", "honour"),
    ("labor", "labour"),
    ("neighbor", "neighbour"),
    ("neighbors", "neighbours"),
    ("neighboring", "neighbouring"),
    ("behavior", "behaviour"),
    ("harbor", "harbour"),
    ("rumors", "rumours"),
    ("center", "centre"),
    ("theater", "theatre"),
    ("defense", "defence"),
    ("offense", "offence"),
    ("organization", "organisation"),
    ("organizations", "organisations"),
    ("organize", "organise"),
    ("organized", "organised"),
    ("organizers", "organisers"),
    ("recognize", "recognise"),
    ("recognized", "recognised"),
    ("realize", "realise"),
    ("realized", "realised"),
    ("emphasize", "emphasise"),
    ("emphasized", "emphasised"),
    ("criticize", "criticise"),
    ("criticized", "criticised"),
    ("mobilization", "mobilisation"),
    ("stabilization", "stabilisation"),
    ("normalization", "normalisation"),
    ("skeptical", "sceptical"),
    ("aging", "ageing"),
    ("gray", "grey"),
    ("jewelry", "jewellery"),
    ("percent", "per cent"),
    ("policymaker", "policy maker"),
    ("policymakers", "policy makers"),
    // Compounds; in one document the check of hyphens speaks of them.
    ("ceasefire", "cease-fire"),
    ("ceasefires", "cease-fires"),
    ("email", "e-mail"),
    ("emails", "e-mails"),
    ("online", "on-line"),
    ("cooperation", "co-operation"),
    ("coordination", "co-ordination"),
    ("peacekeeping", "peace-keeping"),
    ("policymaking", "policy-making"),
    ("worldwide", "world-wide"),
    ("nationwide", "nation-wide"),
    ("longstanding", "long-standing"),
    ("website", "web site"),
    ("websites", "web sites"),
];

/// A place where one of two spellings stands.
pub(super) struct Found {
    /// Where.
    pub(super) span: Span,
    /// The other spelling, in lower case.
    pub(super) instead: String,
}

/// The two spellings of one word with their places.
#[derive(Default)]
pub(super) struct Pair {
    /// Of the usual spelling.
    pub(super) right: Vec<Found>,
    /// Of the other one.
    pub(super) other: Vec<Found>,
}

/// All places of words that have two spellings, in the order of the table.
pub(super) fn spellings(prose: &str, names: &Names, wanted: Wanted) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    for &(usual, other) in SPELLINGS {
        if wanted == Wanted::Both && !(names.may_hold(prose, usual) && names.may_hold(prose, other)) {
            continue;
        }
        // Which words stand there at all is known: few are searched for.
        let places = |word: &str, instead: &str| -> Vec<Found> {
            if !names.may_hold(prose, word) {
                return Vec::new();
            }
            let joins = |c: Option<char>| c.is_some_and(|c| is_word_char(c) || c == '-' || c == '_');
            memmem::find_iter(prose.as_bytes(), word)
                .map(|at| Span::new(at, at + word.len()))
                .filter(|s| !joins(char_before(prose, s.start)) && !joins(char_after(prose, s.end)))
                .map(|span| Found { span, instead: instead.to_owned() })
                .collect()
        };
        let pair = Pair { right: places(usual, other), other: places(other, usual) };
        if !pair.right.is_empty() || !pair.other.is_empty() {
            pairs.push(pair);
        }
    }
    pairs
}

/// Of which words the places are asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Those of which one spelling stands in the text.
    Either,
    /// Those that have both.
    Both,
}

/// The less usual spelling of a word.
pub(super) fn unusual(usual: &str) -> &str {
    SPELLINGS.iter().find(|(a, _)| *a == usual).map_or(usual, |(_, b)| *b)
}

/// A word with the capital of another.
pub(super) fn capital_of(model: &str, word: &str) -> String {
    let mut chars = word.chars();
    match chars.next() {
        Some(c) if model.starts_with(char::is_uppercase) => c.to_uppercase().chain(chars).collect(),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compounds_in_both_forms() {
        let text = "A cease-fire, the Cease-Fire deal; ceasefires, a ceasefire. Well-known.";
        let uses = hyphenation(text, None);
        assert_eq!((uses[0].hyphened.len(), uses[0].solid.len()), (2, 1));
    }

    #[test]
    fn a_spelling_keeps_its_capital() {
        assert_eq!(respelt("Ceasefire", "cease-fire", true), "Cease-fire");
        assert_eq!(respelt("cease-fire", "ceasefire", false), "ceasefire");
    }

    #[test]
    fn no_row_is_there_twice() {
        let mut all: Vec<&str> = SPELLINGS.iter().flat_map(|(a, b)| [*a, *b]).collect();
        all.sort_unstable();
        let before = all.len();
        all.dedup();
        assert_eq!(all.len(), before);
    }
}
