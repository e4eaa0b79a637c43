//! Relatives of UTF-8 that the web platform does not have: CESU-8, the modified UTF-8 of Java, UTF-7.

use super::Span;
use super::decode::{Sink, Unit};

/// Decodes CESU-8, or with `java` its variant that writes NUL as C0 80.
pub(super) fn cesu8(bytes: &[u8], java: bool, sink: &mut Sink) {
    sink.text.reserve(bytes.len());
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|r| !r.is_empty()) {
        let (valid, bad) = match simdutf8::compat::from_utf8(rest) {
            Ok(text) => {
                sink.text.push_str(text);
                return;
            }
            Err(error) => (error.valid_up_to(), error.error_len().unwrap_or(rest.len() - error.valid_up_to())),
        };
        let (good, rest) = rest.split_at(valid);
        sink.text.extend(std::str::from_utf8(good));
        at += valid;
        let (raw, ch) = match rest {
            [0xC0, 0x80, ..] if java => (2, Some('\0')),
            [0xED, a @ 0xA0..=0xAF, b @ 0x80..=0xBF, 0xED, c @ 0xB0..=0xBF, d @ 0x80..=0xBF, ..] => {
                let high = u32::from(a & 0x0F) << 6 | u32::from(b & 0x3F);
                let low = u32::from(c & 0x0F) << 6 | u32::from(d & 0x3F);
                (6, char::from_u32(0x10000 + (high << 10 | low)))
            }
            [0xED, 0xA0..=0xBF, 0x80..=0xBF, ..] => (3, None),
            _ => (bad, None),
        };
        let start = sink.text.len();
        match ch {
            Some(ch) => {
                sink.text.push(ch);
                sink.units.push(Unit { text: Span::new(start, sink.text.len()), raw: at..at + raw });
            }
            None => sink.damaged_unit(at..at + raw),
        }
        at += raw;
    }
}

/// Encodes as CESU-8 or modified UTF-8.
pub(super) fn encode_cesu8(text: &str, java: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for ch in text.chars() {
        let mut units = [0; 2];
        match ch.encode_utf16(&mut units) {
            [0] if java => out.extend([0xC0, 0x80]),
            [_] => out.extend(ch.encode_utf8(&mut [0; 4]).bytes()),
            pair => {
                for unit in pair {
                    out.extend([0xED, 0x80 | (*unit >> 6 & 0x3F) as u8, 0x80 | (*unit & 0x3F) as u8]);
                }
            }
        }
    }
    out
}

/// Decodes UTF-7 (RFC 2152). Each shifted run is one unit; a run that is not well formed is damaged as a whole.
pub(super) fn utf7(bytes: &[u8], sink: &mut Sink) {
    sink.text.reserve(bytes.len());
    let mut at = 0;
    while let Some((&byte, rest)) = bytes.get(at..).and_then(<[u8]>::split_first) {
        if byte >= 0x80 {
            sink.damaged_unit(at..at + 1);
            at += 1;
            continue;
        }
        if byte != b'+' {
            sink.text.push(char::from(byte));
            at += 1;
            continue;
        }
        let run = rest.iter().take_while(|b| base64_value(**b).is_some()).count();
        let (run, after) = rest.split_at(run);
        let hyphen = after.first() == Some(&b'-');
        let raw = at..at + 1 + run.len() + usize::from(hyphen);
        let decoded = if run.is_empty() { hyphen.then(|| "+".to_owned()) } else { base64_utf16(run) };
        at = raw.end;
        match decoded {
            Some(text) => {
                let start = sink.text.len();
                sink.text.push_str(&text);
                sink.units.push(Unit { text: Span::new(start, sink.text.len()), raw });
            }
            None => sink.damaged_unit(raw),
        }
    }
}

fn base64_value(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

/// The text of a run; `None` if surrogates are not paired or bits are left over.
fn base64_utf16(run: &[u8]) -> Option<String> {
    let (mut bits, mut count, mut units) = (0u32, 0, Vec::with_capacity(run.len() / 2));
    for value in run.iter().filter_map(|b| base64_value(*b)) {
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 16 {
            count -= 16;
            units.push((bits >> count) as u16);
            bits &= (1 << count) - 1;
        }
    }
    if count >= 6 || bits != 0 || units.is_empty() {
        return None;
    }
    String::from_utf16(&units).ok()
}

/// Encodes as UTF-7, closing every run with `-`.
pub(super) fn encode_utf7(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let direct = rest.find(|c: char| !is_direct(c)).unwrap_or(rest.len());
        let (plain, tail) = rest.split_at(direct);
        out.extend(plain.bytes());
        let shifted = tail.find(|c: char| is_direct(c) || c == '+').unwrap_or(tail.len());
        if let Some(after) = tail.strip_prefix('+') {
            out.extend(b"+-");
            rest = after;
            continue;
        }
        let (run, after) = tail.split_at(shifted);
        if !run.is_empty() {
            out.push(b'+');
            push_base64(run, &mut out);
            out.push(b'-');
        }
        rest = after;
    }
    out
}

/// ASCII but `+` (the shift), and `\` and `~`, which RFC 2152 wants shifted.
fn is_direct(ch: char) -> bool {
    matches!(ch, '\t' | '\n' | '\r' | ' '..='}') && ch != '+' && ch != '\\'
}

fn push_base64(run: &str, out: &mut Vec<u8>) {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bits, mut count) = (0u32, 0);
    for unit in run.encode_utf16() {
        bits = bits << 16 | u32::from(unit);
        count += 16;
        while count >= 6 {
            count -= 6;
            out.push(ALPHABET[(bits >> count & 0x3F) as usize]);
        }
        bits &= (1 << count) - 1;
    }
    if count > 0 {
        out.push(ALPHABET[(bits << (6 - count) & 0x3F) as usize]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8], decode: impl Fn(&[u8], &mut Sink)) -> (String, usize) {
        let mut sink = Sink::default();
        decode(bytes, &mut sink);
        (sink.text, sink.damage.text.len())
    }

    #[test]
    fn cesu8_pairs_and_lone_surrogates() {
        let bytes = encode_cesu8("a😀é\0", true);
        assert_eq!(bytes, b"a\xED\xA0\xBD\xED\xB8\x80\xC3\xA9\xC0\x80");
        assert_eq!(decoded(&bytes, |b, s| cesu8(b, true, s)), ("a😀é\0".into(), 0));
        assert_eq!(decoded(b"\xED\xA0\xBDx", |b, s| cesu8(b, false, s)), ("\u{FFFD}x".into(), 1));
        assert_eq!(decoded(b"\xC0\x80", |b, s| cesu8(b, false, s)).1, 2);
    }

    #[test]
    fn utf7_round_trips() {
        for text in ["Hi Mom -☺-!", "A≢Α.", "日本語", "1+1=2", "😀", "a\\b~c", "é-è", "+++"] {
            let bytes = encode_utf7(text);
            assert!(bytes.is_ascii());
            assert_eq!(decoded(&bytes, utf7), (text.into(), 0), "{}", bytes.escape_ascii());
        }
        assert_eq!(decoded(b"Hi Mom -+Jjo--!", utf7).0, "Hi Mom -☺-!");
        assert_eq!(decoded(b"+ZeVnLIqe.", utf7).0, "日本語.");
        assert_eq!(decoded(b"a + b \xE9", utf7), ("a \u{FFFD} b \u{FFFD}".into(), 2));
    }
}
