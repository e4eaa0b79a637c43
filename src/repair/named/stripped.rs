//! Text that lost bits or escape characters: KOI8-R without its eighth bit, ISO-2022-JP without its escapes.

use super::{Kind, Named};
use crate::{
    analysis::places::count,
    repair::{
        letters::Letters,
        model::{BIT, Cost, Model},
    },
    text::Span,
};

/// `$B` … `(B`: the two shift sequences of ISO-2022-JP with the escape character gone from before them.
pub(super) fn without_escape(text: &str, out: &mut Vec<Named>) {
    let mut from = 0;
    while let Some(start) = memchr::memmem::find(&text.as_bytes()[from..], b"$B").map(|i| i + from) {
        let inner = start + 2;
        let Some(len) = memchr::memmem::find(&text.as_bytes()[inner..], b"(B") else { return };
        let body = &text[inner..inner + len];
        let pairs = len % 2 == 0 && len >= 2 && body.bytes().all(|b| (0x21..=0x7E).contains(&b));
        if pairs {
            let mut raw = b"\x1b$B".to_vec();
            raw.extend_from_slice(body.as_bytes());
            raw.extend_from_slice(b"\x1b(B");
            let decoded = encoding_rs::ISO_2022_JP.decode_without_bom_handling_and_without_replacement(&raw);
            if let Some(japanese) = decoded
                && japanese.chars().all(plausible_japanese)
            {
                let span = Span::new(start, inner + len + 2);
                out.push(Named { span, kind: Kind::NoEscape, fixed: Some(japanese.into_owned()) });
                from = inner + len + 2;
                continue;
            }
        }
        from = inner;
    }
}

fn plausible_japanese(ch: char) -> bool {
    use crate::repair::model::Ideographs::Japanese;
    match Model::get().han(Japanese, ch) {
        Some(rank) => rank < 13,
        None => !ch.is_ascii() && ch != '\u{FFFD}',
    }
}

/// The Cyrillic letter whose KOI8-R byte without its eighth bit is this ASCII character.
fn eighth_bit(ch: char) -> Option<char> {
    let byte = ch as u32;
    // Its byte is not among the other letters', and some channels let it pass.
    if ch == '£' {
        return Some('ё');
    }
    if !(0x40..0x80).contains(&byte) {
        return None;
    }
    let page = crate::text::legacy::SingleByte::get("koi8-r", crate::text::legacy::Gaps::Filled)?;
    page.decode(byte as u8 | 0x80)
}

/// KOI8-R without its eighth bit: Latin letters that are Russian by sound, small and capital swapped.
pub(super) fn seven_bit(text: &str, lines: &[Span], out: &mut Vec<Named>) {
    for line in lines {
        // Most lines begin with more small letters than capitals; shorter lines are looked at whole.
        let begin = text.as_bytes().get(line.start..).and_then(|rest| rest.first_chunk::<32>());
        if line.len() >= 32 && begin.is_some_and(has_more_small_letters) {
            continue;
        }
        let start = line.start;
        let body = text.get(line.range()).unwrap_or_default();
        if count(body.as_bytes(), |b| b.wrapping_sub(b'A') < 26) < CAPITALS {
            continue;
        }
        let body = body.trim_end();
        let bytes = body.as_bytes();
        // Mostly capitals, with a small letter at the start of sentences and names: the reverse of any other text.
        let upper = bytes.iter().filter(|b| b.is_ascii_uppercase()).count();
        let lower = bytes.iter().filter(|b| b.is_ascii_lowercase()).count();
        if upper >= CAPITALS
            && upper > 2 * lower
            && body.chars().all(|c| c.is_ascii() || c == '£')
            && odd_for_latin(body)
        {
            let (russian, words, source) = with_eighth_bit(body);
            let letters = |t: &str| t.bytes().filter(u8::is_ascii_alphabetic).count();
            if odd_for_latin(&source) && letters(&source) * 5 >= letters(body) * 3 && fluent_russian(&words) {
                let span = Span::new(start, start + body.len());
                out.push(Named { span, kind: Kind::SevenBit, fixed: Some(russian) });
            }
        }
    }
}

/// The line with its eighth bit, but for Latin words in it; and its Russian words alone, with and
/// without it. Small and capital are swapped, so a
/// name as it is usually written, or a command, is none of them; nor is a short form that Russian could not spell.
fn with_eighth_bit(line: &str) -> (String, String, String) {
    let letters = Letters::get();
    let mean = letters.languages.iter().find(|l| l.tag == "ru").map_or(0, |l| l.mean);
    let (mut out, mut words, mut source) = (String::new(), String::new(), String::new());
    let is_sign = |c: char| !c.is_ascii_alphanumeric() && eighth_bit(c).is_some();
    let is_part = |c: char| c.is_ascii_alphabetic() || is_sign(c);
    let mut rest = line;
    while !rest.is_empty() {
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let (gap, after) = after.split_at(after.find(is_part).unwrap_or(after.len()));
        let russian: String = word.chars().map(|c| eighth_bit(c).unwrap_or(c)).collect();
        let count = word.chars().count();
        let small = word.chars().skip(1).filter(char::is_ascii_lowercase).count();
        let is_name = count > 1 && word.chars().all(|c| c.is_ascii_alphabetic()) && small > 0;
        let cost = || letters.spelling(&russian.to_lowercase(), "ru").unwrap_or(0);
        let is_short = (2..=6).contains(&count)
            && word.chars().all(|c| c.is_ascii_uppercase())
            && cost() > (count as Cost + 1) * (mean + 3 * BIT);
        if is_name || is_short {
            out.push_str(word);
        } else {
            out.push_str(&russian);
            words.push_str(&russian);
            source.push_str(word);
        }
        out.push_str(gap);
        words.push_str(gap);
        source.push_str(gap);
        rest = after;
    }
    (out, words, source)
}

/// A line of KOI8-R without its eighth bit has at least so many.
const CAPITALS: usize = 6;

/// Whether at least as many small ASCII letters as capitals stand there.
fn has_more_small_letters(bytes: &[u8; 32]) -> bool {
    let weight = |b: u8| i8::from(b.wrapping_sub(b'a') < 26) - i8::from(b.wrapping_sub(b'A') < 26);
    bytes.iter().map(|b| weight(*b)).sum::<i8>() >= 0
}

/// Small letters before capitals, or signs that stand for letters (`[`, `]`, `\`, `@`) among capitals.
fn odd_for_latin(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.windows(2).any(|w| {
        let sign = |b: u8| matches!(b, b'[' | b']' | b'\\' | b'@' | b'^' | b'`' | b'{' | b'~' | b'|');
        w[0].is_ascii_lowercase() && w[1].is_ascii_uppercase() || w[0].is_ascii_uppercase() && sign(w[1])
    }) || bytes.windows(3).any(|w| matches!(w, [b'Y', b'J', _] | [b'X', b'I', _] | [b'Q', b' ', _]))
}

fn fluent_russian(text: &str) -> bool {
    let letters = Letters::get();
    let chars: Vec<char> = text.chars().collect();
    let Some(ru) = letters.languages.iter().position(|l| l.tag == "ru") else { return false };
    let tokens = vec![true; chars.len()];
    letters.close(&chars, &tokens, ru)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_words_stay_among_stripped_ones() {
        let line = "uSTANOWITE PROGRAMMU Debian I PERESAVIWAJTE WS£ NA DISK CD";
        assert_eq!(with_eighth_bit(line).0, "Установите программу Debian и пересаживайте всё на диск CD");
    }
}
