//! A character's name as a person would say it.

use super::flag;
use super::name::{control, name};
use super::props::props;
use super::scripts::NAMES;
use std::{cell::RefCell, collections::HashMap};

/// A short name for messages: "Latin letter a", "Cyrillic capital letter O", "zero width space".
/// Plain ASCII, so that it is safe to show anywhere.
pub fn short_name(c: char) -> String {
    let cp = c as u32;
    if let Some(alias) = control(c) {
        return match c {
            '\t' | '\n' | '\r' => alias.to_lowercase(),
            _ => format!("control character {} (U+{cp:04X})", alias.to_lowercase()),
        };
    }
    if let Some(usual) = usual(c) {
        return usual.into();
    }
    let p = props(c);
    if p.any(flag::PRIVATE_USE) {
        return format!("private-use character U+{cp:04X}");
    }
    if p.any(flag::NONCHARACTER) {
        return format!("noncharacter U+{cp:04X}");
    }
    if p.any(flag::UNASSIGNED) {
        return format!("unassigned character U+{cp:04X}");
    }
    thread_local! {
        // The same few letters are named again and again.
        static NAMES: RefCell<HashMap<char, String>> = RefCell::default();
    }
    const MOST: usize = 256;
    NAMES.with(|names| {
        let Ok(mut names) = names.try_borrow_mut() else { return from_name(c) };
        if names.len() >= MOST {
            names.clear();
        }
        names.entry(c).or_insert_with(|| from_name(c)).clone()
    })
}

/// The name that Unicode gives a character, as a person would say it.
fn from_name(c: char) -> String {
    let name = name(c);
    if name.starts_with("CJK UNIFIED IDEOGRAPH-") {
        return format!("CJK character U+{:04X}", c as u32);
    }
    spoken(&name)
}

/// What people call some characters, where Unicode has another word.
fn usual(c: char) -> Option<&'static str> {
    Some(match c {
        '#' => "hash sign",
        '-' => "hyphen",
        '/' => "slash",
        '@' => "at sign",
        '\\' => "backslash",
        '_' => "underscore",
        '|' => "vertical bar",
        '\u{feff}' => "byte order mark",
        _ => return None,
    })
}

/// A Unicode name in lower case, but for names of scripts and the capital letter itself; "small"
/// letters are just letters.
fn spoken(name: &str) -> String {
    let mut out = String::new();
    let mut rest = name;
    let mut capital = false;
    while let Some(first) = rest.chars().next() {
        if first == ' ' || first == '-' {
            out.push(first);
            rest = rest.get(1..).unwrap_or("");
            continue;
        }
        if let Some(r) = rest.strip_prefix("SMALL LETTER") {
            out.push_str("letter");
            rest = r;
            continue;
        }
        let len = proper(rest);
        let end = len.unwrap_or_else(|| rest.find([' ', '-']).unwrap_or(rest.len()));
        let (word, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        capital |= word == "CAPITAL";
        // The letter itself keeps its case (of the Latin ones, AE too); so does a number of a
        // catalogue: A001.
        let own = if out.starts_with("Latin") { 2 } else { 1 };
        let letter = capital && word.len() <= own && out.ends_with("letter ");
        if letter || word == "CJK" || word.bytes().any(|b| b.is_ascii_digit()) {
            out.push_str(word);
        } else if len.is_some() {
            push_title(word, &mut out);
        } else {
            out.push_str(&word.to_ascii_lowercase());
        }
        rest = after;
    }
    out
}

/// The length of the name of a script or language that `rest` begins with.
fn proper(rest: &str) -> Option<usize> {
    #[rustfmt::skip]
    const MORE: [&str; 15] = [
        "AFRICAN", "ANATOLIAN", "BYELORUSSIAN", "BYZANTINE", "CANADIAN", "EGYPTIAN", "FARSI",
        "GERMAN", "INDIC", "JAPANESE", "KANGXI", "MACEDONIAN", "NKO", "SANSKRIT", "UKRAINIAN",
    ];
    // Names of scripts that are words as well.
    const WORDS: [&str; 5] = ["Common", "Inherited", "Unknown", "Seal", "Cuneiform"];
    let first = rest.as_bytes().first().map(u8::to_ascii_uppercase);
    let whole = |n: &str| {
        if n.as_bytes().first().copied() != first {
            return false;
        }
        let begins = rest.get(..n.len()).is_some_and(|r| r.eq_ignore_ascii_case(n));
        begins && matches!(rest.as_bytes().get(n.len()), None | Some(b' ' | b'-'))
    };
    let scripts = NAMES.iter().map(|n| n.0).filter(|n| !WORDS.contains(n));
    scripts.chain(MORE).filter(|n| whole(n)).map(str::len).max()
}

/// "OLD ITALIC" as "Old Italic", "PHAGS-PA" as "Phags-pa".
fn push_title(words: &str, out: &mut String) {
    let mut start = true;
    for c in words.chars() {
        out.push(if start { c } else { c.to_ascii_lowercase() });
        start = c == ' ';
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_a_person_says_it() {
        for (c, n) in [
            ('a', "Latin letter a"),
            ('A', "Latin capital letter A"),
            ('Æ', "Latin capital letter AE"),
            ('Ä', "Latin capital letter A with diaeresis"),
            ('о', "Cyrillic letter o"),
            ('Ω', "Greek capital letter omega"),
            ('\u{650}', "Arabic kasra"),
            ('\u{200b}', "zero width space"),
            ('\u{ad}', "soft hyphen"),
            ('\u{202e}', "right-to-left override"),
            ('٣', "Arabic-Indic digit three"),
            ('木', "CJK character U+6728"),
            ('\u{85}', "control character next line (U+0085)"),
            ('\n', "line feed"),
            ('\u{e000}', "private-use character U+E000"),
            ('各', "CJK character U+5404"),
            ('각', "Hangul syllable gag"),
            ('☃', "snowman"),
            ('/', "slash"),
            ('𝑎', "mathematical italic small a"),
            ('𐌀', "Old Italic letter a"),
            ('ꡀ', "Phags-pa letter ka"),
            ('𓂀', "Egyptian hieroglyph D010"),
            ('\u{fe0f}', "variation selector-16"),
        ] {
            assert_eq!(short_name(c), n);
        }
    }

    #[test]
    fn always_plain_ascii() {
        for c in '\0'..=char::MAX {
            let n = short_name(c);
            assert!(!n.is_empty() && n.bytes().all(|b| (0x20..0x7f).contains(&b)), "{n:?}");
        }
    }
}
