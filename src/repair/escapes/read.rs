//! What one escape stands for.

use super::{Escape, Piece};
use crate::{
    repair::lattice,
    text::legacy::{Gaps, SingleByte},
};

/// The escape that begins here.
pub(super) fn piece(line: &str, at: usize) -> Option<Piece> {
    let rest = line.get(at..)?;
    let bytes = rest.as_bytes();
    let (text, len, kind) = match bytes.first()? {
        b'=' => utf8_of(rest, |r| hex_pair(r, "=")).map(|(t, n)| (t, n, Escape::QuotedPrintable)),
        b'%' => utf8_of(rest, |r| hex_pair(r, "%"))
            .map(|(t, n)| (t, n, Escape::Percent))
            .or_else(|| units(rest, "%u").map(|(t, n)| (t, n, Escape::PercentUnits))),
        b'&' => utf8_of(rest, |r| reference(r).and_then(|(v, n)| Some((shown_byte(v)?, n))))
            .filter(|(t, _)| !is_sign_after_capital(line.get(..at).unwrap_or_default(), t))
            .map(|(t, n)| (t, n, Escape::ByteReferences))
            .or_else(|| character(reference(rest)?).map(|(t, n)| (t, n, Escape::Reference))),
        b'\\' => utf8_of(rest, |r| hex_pair(r, "\\x"))
            .or_else(|| utf8_of(rest, octal))
            .map(|(t, n)| (t, n, Escape::BackslashBytes))
            .or_else(|| backslash(rest).map(|(t, n)| (t, n, Escape::Backslash))),
        b'<' => angle(rest).map(|(t, n)| (t, n, Escape::Angle)),
        _ => utf7(line, at).map(|(t, n)| (t, n, Escape::Utf7)),
    }?;
    // An escaped backslash is a backslash.
    if bytes[0] == b'\\' && at > 0 && line.as_bytes().get(at - 1) == Some(&b'\\') {
        return None;
    }
    Some(Piece { start: at, end: at + len, text, kind, sure: true })
}

/// One character beyond ASCII whose UTF-8 bytes stand as escapes one after the other.
pub(super) fn utf8_of(rest: &str, byte: impl Fn(&str) -> Option<(u8, usize)>) -> Option<(String, usize)> {
    let (lead, mut at) = byte(rest)?;
    let need = lattice::followers(lead)?;
    let mut sequence = vec![lead];
    for _ in 0..need {
        let (next, len) = byte(rest.get(at..)?)?;
        sequence.push(next);
        at += len;
    }
    let text = String::from_utf8(sequence).ok()?;
    (!text.chars().any(char::is_control)).then_some((text, at))
}

pub(super) fn hex_pair(rest: &str, before: &str) -> Option<(u8, usize)> {
    let digits = rest.strip_prefix(before)?.get(..2)?;
    let value = u8::from_str_radix(digits, 16).ok().filter(|_| digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
    Some((value, before.len() + 2))
}

/// A byte in three octal digits, as the shell, C and version control write it.
fn octal(rest: &str) -> Option<(u8, usize)> {
    let digits = rest.strip_prefix('\\')?.get(..3)?;
    let value = u8::from_str_radix(digits, 8).ok().filter(|_| !digits.starts_with('+'))?;
    Some((value, 4))
}

/// The byte that a character stands for where windows-1252 was read; what that page does not define is shown as itself.
pub(super) fn shown_byte(code: u32) -> Option<u8> {
    let page = || SingleByte::get("windows-1252", Gaps::Filled)?.encode(char::from_u32(code)?);
    u8::try_from(code).ok().or_else(page)
}

/// Whether what looks like a letter of UTF-8 in two bytes is rather a capital and the sign behind it, `CAFÉ»`: it would be a
/// letter of another script in a Latin word, or a small one behind capitals. The commonest letters are never that.
pub(super) fn is_sign_after_capital(before: &str, text: &str) -> bool {
    let mut back = before.chars().rev();
    let (last, prior) = (back.next(), back.next());
    let capitals = last.is_some_and(|c| c.is_ascii_uppercase()) && prior.is_some_and(|c| c.is_alphabetic() || c == ';');
    match text.chars().next() {
        Some('\u{180}'..='\u{2FF}') => capitals && !text.chars().any(char::is_uppercase),
        Some('\u{300}'..='\u{7FF}') => last.is_some_and(|c| c.is_ascii_alphabetic()),
        _ => false,
    }
}

/// A numeric character reference, also one whose ampersand was escaped again: what it is, and its length.
fn reference(rest: &str) -> Option<(u32, usize)> {
    let mut body = rest.strip_prefix('&')?;
    for _ in 0..3 {
        body = body.strip_prefix("amp;").unwrap_or(body);
    }
    let body = body.strip_prefix('#')?;
    let escaped = rest.len() - body.len();
    let len = body.bytes().take(9).position(|b| b == b';')?;
    let digits = body.get(..len)?;
    let value = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => digits.parse().ok()?,
    };
    Some((value, escaped + len + 1))
}

pub(super) fn character((value, len): (u32, usize)) -> Option<(String, usize)> {
    let ch = char::from_u32(value).filter(|c| !c.is_ascii() && !c.is_control())?;
    Some((ch.to_string(), len))
}

fn backslash(rest: &str) -> Option<(String, usize)> {
    if let Some(body) = rest.strip_prefix("\\u{").or_else(|| rest.strip_prefix("\\U{")) {
        let len = body.bytes().take(7).position(|b| b == b'}')?;
        return character((u32::from_str_radix(body.get(..len)?, 16).ok()?, len + 4));
    }
    if let Some(digits) = rest.strip_prefix("\\U").and_then(|b| b.get(..8)) {
        return character((u32::from_str_radix(digits, 16).ok()?, 10));
    }
    units(rest, "\\u")
}

/// A character in four hexadecimal digits behind a mark, or in two times four.
pub(super) fn units(rest: &str, mark: &str) -> Option<(String, usize)> {
    let unit = |r: &str| {
        let digits = r.strip_prefix(mark)?.get(..4)?;
        u32::from_str_radix(digits, 16).ok().filter(|_| digits.bytes().all(|b| b.is_ascii_hexdigit()))
    };
    let (first, len) = (unit(rest)?, mark.len() + 4);
    if let 0xD800..=0xDBFF = first {
        let second = unit(rest.get(len..)?).filter(|u| (0xDC00..=0xDFFF).contains(u))?;
        return character((0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00), 2 * len));
    }
    character((first, len))
}

fn angle(rest: &str) -> Option<(String, usize)> {
    let body = rest.strip_prefix("<U+").or_else(|| rest.strip_prefix("<u+"))?;
    let len = body.bytes().take(9).position(|b| b == b'>').filter(|n| *n >= 4)?;
    character((u32::from_str_radix(body.get(..len)?, 16).ok()?, len + 4))
}

/// A shifted run of UTF-7. The sign before it must not end a word or a number: `a+b` is no shift.
fn utf7(line: &str, at: usize) -> Option<(String, usize)> {
    let body = line.get(at + 1..)?;
    let len = body.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/')).count();
    if len < 3 {
        return None;
    }
    let mut units = Vec::new();
    let (mut bits, mut held) = (0u32, 0u32);
    for b in body.bytes().take(len) {
        let value = match b {
            b'A'..=b'Z' => b - b'A',
            b'a'..=b'z' => b - b'a' + 26,
            b'0'..=b'9' => b - b'0' + 52,
            b'+' => 62,
            _ => 63,
        };
        held = held << 6 | u32::from(value);
        bits += 6;
        if bits >= 16 {
            bits -= 16;
            units.push((held >> bits) as u16);
            held &= (1 << bits) - 1;
        }
    }
    if bits >= 6 || held != 0 {
        return None;
    }
    let text = String::from_utf16(&units).ok()?;
    let closed = body.as_bytes().get(len) == Some(&b'-');
    let beyond = text.chars().filter(|c| !c.is_ascii()).count();
    let good = text.chars().all(|c| !c.is_control()) && beyond > 0;
    good.then_some((text, 1 + len + usize::from(closed)))
}
