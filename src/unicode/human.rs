//! A character's name as a person would say it.

use super::flag;
use super::name::{control, name};
use super::props::props;
use super::scripts::NAMES;

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
    match c {
        '\u{feff}' => return "byte order mark".into(),
        '\u{fffd}' => return "replacement character".into(),
        '\u{a0}' => return "no-break space".into(),
        _ => {}
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
    let name = name(c);
    if name.starts_with("CJK UNIFIED IDEOGRAPH-") {
        return format!("Chinese character U+{cp:04X}");
    }
    let mut out = String::new();
    let mut words = name.split(' ').peekable();
    let mut capital = false;
    while let Some(word) = words.next() {
        if word == "SMALL" && words.peek() == Some(&"LETTER") {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        capital |= word == "CAPITAL";
        // The letter itself, where it is named by one or two letters, keeps its case.
        let letter = capital && word.len() <= 2 && out.ends_with("letter ");
        push_word(word, letter, &mut out);
    }
    out
}

fn push_word(word: &str, as_is: bool, out: &mut String) {
    for (i, part) in word.split('-').enumerate() {
        if i > 0 {
            out.push('-');
        }
        if as_is || is_code(part) || part == "CJK" {
            out.push_str(part);
        } else if is_proper(part) {
            let (first, rest) = part.split_at_checked(1).unwrap_or((part, ""));
            out.push_str(first);
            out.push_str(&rest.to_ascii_lowercase());
        } else {
            out.push_str(&part.to_ascii_lowercase());
        }
    }
}

/// "A001", "1F600": a number of the script's catalogue.
fn is_code(part: &str) -> bool {
    part.bytes().any(|b| b.is_ascii_digit())
}

/// Names of scripts and languages, which English writes with a capital.
fn is_proper(part: &str) -> bool {
    const MORE: [&str; 12] = [
        "INDIC",
        "FARSI",
        "KANGXI",
        "BYZANTINE",
        "BYELORUSSIAN",
        "UKRAINIAN",
        "MACEDONIAN",
        "GERMAN",
        "AFRICAN",
        "JAPANESE",
        "SANSKRIT",
        "ROMAN",
    ];
    const COMMON: [&str; 10] = [
        "OLD",
        "NEW",
        "COMMON",
        "INHERITED",
        "UNKNOWN",
        "SQUARE",
        "SMALL",
        "SCRIPT",
        "SIGN",
        "LINEAR",
    ];
    let script = |n: &str| n.split([' ', '-']).any(|w| w.eq_ignore_ascii_case(part));
    MORE.contains(&part)
        || (part.len() > 2 && !COMMON.contains(&part) && NAMES.iter().any(|n| script(n.0)))
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
            ('木', "Chinese character U+6728"),
            ('\u{85}', "control character next line (U+0085)"),
            ('\n', "line feed"),
            ('\u{e000}', "private-use character U+E000"),
            ('各', "Chinese character U+5404"),
            ('각', "Hangul syllable gag"),
            ('☃', "snowman"),
        ] {
            assert_eq!(short_name(c), n);
        }
    }

    #[test]
    fn always_plain_ascii() {
        for c in '\0'..=char::MAX {
            let n = short_name(c);
            assert!(
                !n.is_empty() && n.bytes().all(|b| (0x20..0x7f).contains(&b)),
                "{n:?}"
            );
        }
    }
}
