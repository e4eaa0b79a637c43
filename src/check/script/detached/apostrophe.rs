//! When an acute or grave accent between letters may be an apostrophe instead.

use crate::unicode::{flag, props};

use super::{
    signs::{has_dotless, is_own},
    sites::{Kind, Side, Site},
};

/// What stands before an apostrophe where a vowel or a syllable was dropped.
const ELIDED: &[&str] = &[
    "l", "d", "j", "n", "s", "m", "t", "c", "o", "b", "qu", "ch", "un", "all", "dall", "dell", "nell", "sull", "coll",
    "quest", "quell", "bell", "sant", "tutt", "mezz", "gl", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu", "quelqu",
    "aujourd", "po", "mo", "be", "fa", "va", "da", "sta",
];
/// What stands behind one at the end of a word.
const ENDINGS: &[&str] = &["s", "t", "d", "m", "n", "em", "en", "er", "ll", "re", "ve", "r", "ns", "es"];
/// Languages that put no ending behind an apostrophe.
const WITHOUT_ENDINGS: &[&str] = &["fr", "es", "pt", "it", "ca", "gl", "ro", "hu", "cs", "sk", "is", "ga", "eu", "oc"];
/// Languages that drop no vowel before an apostrophe.
const WITHOUT_ELISION: &[&str] =
    &["hu", "cs", "sk", "pl", "is", "de", "sv", "da", "nb", "nn", "fi", "et", "hr", "sl", "sr", "lt", "lv", "ro"];
/// Languages that put their endings behind foreign names with an apostrophe.
const ENDINGS_OF_NAMES: &[&str] =
    &["pl", "fi", "et", "tr", "az", "lv", "lt", "hr", "sl", "sr", "bs", "uz", "tk", "crh"];

/// Whether the sign may stand for an apostrophe. `head`: the letters of the word before it; `tail`: those after it, both up to
/// the next sign.
pub(super) fn is_possible(site: &Site, head: &str, tail: &str, lang: Option<&str>) -> bool {
    let among = |list: &[&str], word: &str| list.contains(&word.to_lowercase().as_str());
    let speaks = |list: &[&str]| lang.is_some_and(|lang| list.contains(&lang));
    if among(ELIDED, head) && !speaks(WITHOUT_ELISION) {
        return true;
    }
    if among(ENDINGS, tail) && (site.weight(Side::Before) < 3 || !speaks(WITHOUT_ENDINGS)) {
        return true;
    }
    let own = |letter: Option<char>| letter.is_some_and(|c| is_own(c, site.mark, lang) == Some(true));
    let name = head.starts_with(|c: char| props(c).any(flag::UPPER));
    speaks(ENDINGS_OF_NAMES) && (name || !own(site.before) && !own(site.after.map(|a| a.1)))
}

/// Whether the sign is one for sure: no letter beside it bears the accent, or it stands where words have an apostrophe.
pub(super) fn is_certain(site: &Site, head: &str, tail: &str, lang: Option<&str>) -> bool {
    let other = site.weight(Side::After);
    let ending = other < 2 && is_possible(site, "", tail, lang);
    let elided = other == 0 && site.weight(Side::Before) == 0 && is_possible(site, head, "", lang);
    site.is_inner() && !site.gap && (site.weights == [0, 0] || ending || elided)
}

/// Whether an acute accent between letters is one by the shape of its word alone. `signs`: how many accents the word has, if
/// all of them stand on the same side of their letters.
pub(super) fn is_accent(site: &Site, head: &str, tail: &str, lang: Option<&str>, signs: usize) -> bool {
    if site.kind != Kind::Acute || is_possible(site, head, tail, lang) {
        return false;
    }
    let Some(side) = site.certain() else { return false };
    let (letter, other) = match (side, site.before, site.after) {
        (Side::Before, Some(before), after) => (before, after.map(|a| a.1)),
        (Side::After, before, Some((_, after))) => (after, before),
        _ => return false,
    };
    if is_own(letter, site.mark, lang) == Some(true) {
        return true;
    }
    if letter == 'ı' && !has_dotless(lang) {
        return true;
    }
    // Ejectives and aspirates of transliterations are followed by a vowel as well: `k´art`, `Ch´ing`.
    let breathed = |c: char| matches!(c.to_ascii_lowercase(), 'k' | 'p' | 't' | 'q' | 'h' | 'z');
    if signs > 1 && !(side == Side::After && other.is_some_and(breathed)) {
        return true;
    }
    side == Side::After && matches!(tail, "e" | "es" | "ee") && head.len() > 2 && has_vowel(head)
}

/// Whether one of the letters is a vowel.
pub(super) fn has_vowel(letters: &str) -> bool {
    letters.chars().any(|c| !c.is_ascii() || matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y'))
}
