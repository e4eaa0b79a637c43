//! The names of the characters, from the compressed list.

use super::flag;
use super::name_ranges::RANGES;
use super::props::props;
use std::borrow::Cow;

/// The words of all names, the most used ones first; the last byte of each has its high bit set.
static WORDS: &[u8] = include_bytes!("data/name_words.bin");
/// Where every 32nd word begins (3 bytes each).
static WORD_INDEX: &[u8] = include_bytes!("data/name_word_index.bin");
/// The names: words shared with the name before, words that follow (4 bits each), their numbers.
static TEXT: &[u8] = include_bytes!("data/name_text.bin");
/// Where every 16th name begins (3 bytes each).
static BLOCKS: &[u8] = include_bytes!("data/name_blocks.bin");
/// Runs of named characters: first character (3 bytes), length (2), number of its name (2).
static RUNS: &[u8] = include_bytes!("data/name_runs.bin");

const WORDS_PER_BLOCK: usize = 32;
const NAMES_PER_BLOCK: usize = 16;
const ONE_BYTE: usize = 192;

/// The Unicode name: "CYRILLIC SMALL LETTER O". A control character goes by its alias ("NEXT
/// LINE"); what has no name at all gets a label, `<private-use-E000>`.
pub fn name(c: char) -> Cow<'static, str> {
    let cp = c as u32;
    if let Some(alias) = control(c) {
        return alias.into();
    }
    if let Some(n) = listed(cp) {
        return n.into();
    }
    if let Some((_, _, prefix)) = RANGES.iter().find(|(a, b, _)| (*a..=*b).contains(&cp)) {
        return format!("{prefix}-{cp:04X}").into();
    }
    if ('가'..='힣').contains(&c) {
        return format!("HANGUL SYLLABLE {}", hangul(cp)).into();
    }
    let p = props(c);
    let kind = if p.any(flag::PRIVATE_USE) {
        "private-use"
    } else if p.any(flag::NONCHARACTER) {
        "noncharacter"
    } else {
        "unassigned"
    };
    format!("<{kind}-{cp:04X}>").into()
}

/// The name from the list; `None` for what is not in it.
fn listed(cp: u32) -> Option<String> {
    let count = RUNS.len() / 7;
    let (mut lo, mut hi) = (0, count);
    while lo < hi {
        let mid = lo.midpoint(hi);
        if number(RUNS, mid * 7, 3)? <= cp as usize {
            lo = mid + 1;
        } else {
            hi = mid;
        }
    }
    let run = lo.checked_sub(1)? * 7;
    let offset = cp as usize - number(RUNS, run, 3)?;
    if offset >= number(RUNS, run + 3, 2)? {
        return None;
    }
    nth_name(number(RUNS, run + 5, 2)? + offset)
}

fn nth_name(n: usize) -> Option<String> {
    let mut at = number(BLOCKS, n / NAMES_PER_BLOCK * 3, 3)?;
    let mut words: Vec<usize> = Vec::new();
    for _ in 0..=n % NAMES_PER_BLOCK {
        let head = usize::from(*TEXT.get(at)?);
        at += 1;
        words.truncate(head >> 4);
        let mut more = head & 15;
        if more == 15 {
            more = usize::from(*TEXT.get(at)?);
            at += 1;
        }
        for _ in 0..more {
            let code = usize::from(*TEXT.get(at)?);
            at += 1;
            words.push(if code < ONE_BYTE {
                code
            } else {
                at += 1;
                ONE_BYTE + (code - ONE_BYTE) * 256 + usize::from(*TEXT.get(at - 1)?)
            });
        }
    }
    let mut out = String::new();
    for w in words {
        if !out.is_empty() && !out.ends_with('-') {
            out.push(' ');
        }
        push_word(w, &mut out)?;
    }
    Some(out)
}

fn push_word(n: usize, out: &mut String) -> Option<()> {
    let mut at = number(WORD_INDEX, n / WORDS_PER_BLOCK * 3, 3)?;
    for _ in 0..n % WORDS_PER_BLOCK {
        at += WORDS.get(at..)?.iter().position(|b| *b >= 0x80)? + 1;
    }
    let rest = WORDS.get(at..)?;
    let end = rest.iter().position(|b| *b >= 0x80)?;
    out.extend(rest.get(..=end)?.iter().map(|b| char::from(b & 0x7f)));
    Some(())
}

/// The little-endian number of `len` bytes at `at`.
fn number(table: &[u8], at: usize, len: usize) -> Option<usize> {
    let bytes = table.get(at..at + len)?;
    Some(bytes.iter().rev().fold(0, |n, b| n << 8 | usize::from(*b)))
}

fn hangul(cp: u32) -> String {
    const LEAD: [&str; 19] =
        ["G", "GG", "N", "D", "DD", "R", "M", "B", "BB", "S", "SS", "", "J", "JJ", "C", "K", "T", "P", "H"];
    const VOWEL: [&str; 21] = [
        "A", "AE", "YA", "YAE", "EO", "E", "YEO", "YE", "O", "WA", "WAE", "OE", "YO", "U", "WEO", "WE", "WI", "YU",
        "EU", "YI", "I",
    ];
    const TRAIL: [&str; 28] = [
        "", "G", "GG", "GS", "N", "NJ", "NH", "D", "L", "LG", "LM", "LB", "LS", "LT", "LP", "LH", "M", "B", "BS", "S",
        "SS", "NG", "J", "C", "K", "T", "P", "H",
    ];
    let s = cp.saturating_sub(0xAC00) as usize;
    let part = |t: &[&'static str], n: usize| t.get(n).copied().unwrap_or("");
    let (l, v, t) = (part(&LEAD, s / 588), part(&VOWEL, s % 588 / 28), part(&TRAIL, s % 28));
    format!("{l}{v}{t}")
}

/// The aliases of the control characters, which have no names.
pub(super) fn control(c: char) -> Option<&'static str> {
    #[rustfmt::skip]
    const C0: [&str; 32] = [
        "NULL", "START OF HEADING", "START OF TEXT", "END OF TEXT", "END OF TRANSMISSION",
        "ENQUIRY", "ACKNOWLEDGE", "BELL", "BACKSPACE", "TAB", "LINE FEED", "LINE TABULATION",
        "FORM FEED", "CARRIAGE RETURN", "SHIFT OUT", "SHIFT IN", "DATA LINK ESCAPE",
        "DEVICE CONTROL ONE", "DEVICE CONTROL TWO", "DEVICE CONTROL THREE", "DEVICE CONTROL FOUR",
        "NEGATIVE ACKNOWLEDGE", "SYNCHRONOUS IDLE", "END OF TRANSMISSION BLOCK", "CANCEL",
        "END OF MEDIUM", "SUBSTITUTE", "ESCAPE", "FILE SEPARATOR", "GROUP SEPARATOR",
        "RECORD SEPARATOR", "UNIT SEPARATOR",
    ];
    #[rustfmt::skip]
    const C1: [&str; 33] = [
        "DELETE", "PADDING CHARACTER", "HIGH OCTET PRESET", "BREAK PERMITTED HERE",
        "NO BREAK HERE", "INDEX", "NEXT LINE", "START OF SELECTED AREA", "END OF SELECTED AREA",
        "CHARACTER TABULATION SET", "CHARACTER TABULATION WITH JUSTIFICATION",
        "LINE TABULATION SET", "PARTIAL LINE FORWARD", "PARTIAL LINE BACKWARD",
        "REVERSE LINE FEED", "SINGLE SHIFT TWO", "SINGLE SHIFT THREE", "DEVICE CONTROL STRING",
        "PRIVATE USE ONE", "PRIVATE USE TWO", "SET TRANSMIT STATE", "CANCEL CHARACTER",
        "MESSAGE WAITING", "START OF GUARDED AREA", "END OF GUARDED AREA", "START OF STRING",
        "SINGLE GRAPHIC CHARACTER INTRODUCER", "SINGLE CHARACTER INTRODUCER",
        "CONTROL SEQUENCE INTRODUCER", "STRING TERMINATOR", "OPERATING SYSTEM COMMAND",
        "PRIVACY MESSAGE", "APPLICATION PROGRAM COMMAND",
    ];
    match c as usize {
        n @ 0..0x20 => C0.get(n).copied(),
        n @ 0x7F..0xA0 => C1.get(n - 0x7F).copied(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_every_kind() {
        for (c, n) in [
            ('a', "LATIN SMALL LETTER A"),
            ('о', "CYRILLIC SMALL LETTER O"),
            ('-', "HYPHEN-MINUS"),
            ('\u{ad}', "SOFT HYPHEN"),
            ('\u{202e}', "RIGHT-TO-LEFT OVERRIDE"),
            ('\u{feff}', "ZERO WIDTH NO-BREAK SPACE"),
            ('\u{85}', "NEXT LINE"),
            ('\0', "NULL"),
            ('\u{7f}', "DELETE"),
            ('\u{9f}', "APPLICATION PROGRAM COMMAND"),
            ('木', "CJK UNIFIED IDEOGRAPH-6728"),
            ('각', "HANGUL SYLLABLE GAG"),
            ('힣', "HANGUL SYLLABLE HIH"),
            ('༊', "TIBETAN MARK BKA- SHOG YIG MGO"),
            ('ཨ', "TIBETAN LETTER A"),
            ('འ', "TIBETAN LETTER -A"),
            ('\u{e000}', "<private-use-E000>"),
            ('\u{378}', "<unassigned-0378>"),
            ('\u{fffe}', "<noncharacter-FFFE>"),
            ('\u{e0001}', "LANGUAGE TAG"),
            ('\u{10ffff}', "<noncharacter-10FFFF>"),
            ('🏴', "WAVING BLACK FLAG"),
        ] {
            assert_eq!(name(c), n);
        }
    }

    #[test]
    fn every_name_survives_the_compression() {
        let mut hash = 0xcbf2_9ce4_8422_2325u64;
        for c in '\0'..=char::MAX {
            let n = name(c);
            if control(c).is_none() && !n.starts_with('<') {
                for b in n.bytes().chain([b'\n']) {
                    hash = (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
                }
            }
        }
        assert_eq!(hash, crate::unicode::name_ranges::CHECKSUM);
    }
}
