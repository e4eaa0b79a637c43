//! The accents that stand alone, and which letters bear them.

use super::super::alphabets::{self, has_letter};
use crate::unicode::{Script, props, script};
use unicode_normalization::char::compose;

/// The combining mark that a spacing accent stands for.
pub(super) fn mark_of(sign: char) -> Option<char> {
    Some(match sign {
        '`' => '\u{300}',
        '´' => '\u{301}',
        '^' | 'ˆ' => '\u{302}',
        '~' | '˜' => '\u{303}',
        '¯' => '\u{304}',
        '˘' => '\u{306}',
        '˙' => '\u{307}',
        '¨' => '\u{308}',
        '˚' => '\u{30A}',
        '˝' => '\u{30B}',
        'ˇ' => '\u{30C}',
        '¸' => '\u{327}',
        '˛' => '\u{328}',
        _ => return None,
    })
}

/// Whether a combining mark is one of those; behind a blank it is the compatibility form (NFKC) of the spacing accent.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{304}' | '\u{306}'..='\u{308}' | '\u{30A}'..='\u{30C}' | '\u{327}' | '\u{328}')
}

/// Whether four bytes may begin with a spacing accent beyond ASCII, or with a blank and a combining mark.
pub(super) fn begins_sign([a, b, c, _]: [u8; 4]) -> bool {
    (a == 0xC2) & ((b == 0xA8) | (b == 0xAF) | (b == 0xB4) | (b == 0xB8))
        | (a == 0xCB) & ((b == 0x86) | (b == 0x87) | (0x98..=0x9D).contains(&b))
        | (a == b' ') & (b == 0xCC) & (c >= 0x80)
}

/// Below the letter: the accent that fonts set apart from those above, and in another order.
pub(super) fn is_below(mark: char) -> bool {
    matches!(mark, '\u{327}' | '\u{328}')
}

/// A Latin letter.
pub(super) fn is_latin(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphabetic() } else { script(c) == Script::Latin && props(c).is_letter() }
}

/// The letter with its mark. `ı` and `ȷ` lose their dots to it, where the language does not have them anyway.
pub(super) fn with_mark(letter: char, mark: char, lang: Option<&str>) -> Option<char> {
    match letter {
        'ı' if !has_dotless(lang) => compose('i', mark),
        'ȷ' => compose('j', mark),
        'ı' => None,
        // Romanian letters have a comma, which fonts draw as the cedilla.
        't' | 'T' if mark == '\u{327}' && lang != Some("gag") => compose(letter, '\u{326}'),
        's' | 'S' if mark == '\u{327}' && lang == Some("ro") => compose(letter, '\u{326}'),
        _ => compose(letter, mark),
    }
}

/// Whether a language writes `ı` for itself.
pub(super) fn has_dotless(lang: Option<&str>) -> bool {
    matches!(lang, Some("tr" | "az" | "crh" | "tt" | "gag" | "kk"))
}

/// How likely a letter bears a mark in a text of a language: 5 for `ı`, 3 where the language has it, 2 for vowels and the consonants
/// that only bear marks, 1 for consonants of few languages, 0 where nobody writes it.
pub(super) fn weight(letter: char, mark: char, lang: Option<&str>) -> u8 {
    let Some(composed) = with_mark(letter, mark, lang) else { return 0 };
    // Only drawn without its dot to make room for the mark.
    if letter == 'ı' {
        return 5;
    }
    if lang.is_some_and(|lang| has_letter(lang, composed)) {
        return 3;
    }
    let (usual, rare) = match mark {
        '\u{300}' => ("aeiou", ""),
        '\u{301}' => ("aeiouy", "cnsz"),
        '\u{302}' => ("aeiou", ""),
        '\u{303}' => ("ano", ""),
        '\u{304}' => ("aeiou", ""),
        '\u{306}' => ("ag", ""),
        '\u{307}' => ("z", ""),
        '\u{308}' => ("aeiou", "y"),
        '\u{30A}' => ("au", ""),
        '\u{30B}' => ("ou", ""),
        '\u{30C}' => ("cenrsz", "dtl"),
        '\u{327}' => ("cs", "t"),
        '\u{328}' => ("ae", ""),
        _ => ("", ""),
    };
    let base = letter.to_ascii_lowercase();
    if usual.contains(base) { 2 } else { u8::from(rare.contains(base)) }
}

/// Whether the language is known to have the letter; `None` where it is not known which letters it has, or it has none
/// beyond ASCII and takes those of foreign names.
pub(super) fn is_own(letter: char, mark: char, lang: Option<&str>) -> Option<bool> {
    let alphabet = alphabets::of(lang?, Script::Latin).filter(|a| !a.letters.is_empty())?;
    Some(with_mark(letter, mark, lang).is_some_and(|c| alphabet.has(c)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::places::beginning_of;

    #[test]
    fn no_sign_is_passed_over() {
        for c in ('\u{80}'..='\u{FFFF}').filter(|c| mark_of(*c).is_some()) {
            assert!(begins_sign(beginning_of(c)), "U+{:04X}", c as u32);
        }
        assert!(begins_sign([b' ', 0xCC, 0x88, b'u']) && !begins_sign([b'e', 0xCC, 0x88, b'u']));
    }

    #[test]
    fn letters_that_bear_marks() {
        assert_eq!(weight('u', '\u{308}', Some("de")), 3);
        assert_eq!(weight('o', '\u{30B}', Some("en")), 2);
        assert_eq!(weight('t', '\u{308}', Some("de")), 0);
        assert_eq!(weight('ı', '\u{301}', Some("tr")), 0);
        assert_eq!(with_mark('ı', '\u{308}', Some("fr")), Some('ï'));
    }
}
