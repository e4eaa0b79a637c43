//! Characters that stand in a text as the escapes of some transport or language.

use super::{
    lattice, line,
    model::{BIT, BLANK, Cost, Model},
};
use crate::text::{
    Span,
    legacy::{Gaps, SingleByte},
};

/// The kind of escape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Escape {
    /// `=C3=A9`, of e-mail.
    QuotedPrintable,
    /// `%C3%A9`, of URLs.
    Percent,
    /// `&#195;&#169;`: the bytes of UTF-8 as character references.
    ByteReferences,
    /// `&#233;`, `&#xE9;`.
    Reference,
    /// `\u00e9`, of JSON and many languages.
    Backslash,
    /// `\xc3\xa9`: bytes, of many languages.
    BackslashBytes,
    /// `<U+00E9>`, of R and other programs.
    Angle,
    /// `+AOk-`, of old mail.
    Utf7,
}

impl Escape {
    /// The name for people.
    pub fn name(self) -> &'static str {
        match self {
            Escape::QuotedPrintable => "a quoted-printable escape",
            Escape::Percent => "a percent escape",
            Escape::ByteReferences => "UTF-8 bytes written as character references",
            Escape::Reference => "a numeric character reference",
            Escape::Backslash => "a Unicode escape",
            Escape::BackslashBytes => "UTF-8 bytes written as escapes",
            Escape::Angle => "a code point in angle brackets",
            Escape::Utf7 => "UTF-7",
        }
    }
}

/// Escapes in a text, and what they stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Escaped {
    /// Where.
    pub span: Span,
    /// What they stand for.
    pub text: String,
    /// What they are.
    pub kind: Escape,
    /// Whether they stand for letters in a text that has such letters, outside of addresses and code.
    pub prose: bool,
    /// Whether the bytes prove what they are; those of a legacy encoding do not.
    pub sure: bool,
}

/// All escapes of characters beyond ASCII, in order, neighbours in one.
pub fn escapes(text: &str) -> Vec<Escaped> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let next = |from: usize, [a, b, c]: [u8; 3]| {
        let rest = bytes.get(from..).unwrap_or_default();
        memchr::memchr3_iter(a, b, c, rest).map(|i| from + i).find(|at| begins(bytes, *at)).unwrap_or(bytes.len())
    };
    let (mut from, mut first, mut second) = (0, None, None);
    loop {
        // Each of the two searches goes on only when the line before has passed what it found.
        let a = *first.get_or_insert_with(|| next(from, *b"=%&"));
        let b = *second.get_or_insert_with(|| next(from, *b"\\<+"));
        let at = a.min(b);
        if at >= bytes.len() {
            return out;
        }
        let start = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |i| i + 1);
        let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |i| at + i);
        in_line(text.get(start..end).unwrap_or_default().trim_end_matches('\r'), start, &mut out);
        from = end;
        first = first.filter(|a| *a >= from);
        second = second.filter(|b| *b >= from);
    }
}

/// Whether a sign begins an escape, by what follows it.
fn begins(bytes: &[u8], at: usize) -> bool {
    let byte = |i: usize| bytes.get(at + i).copied().unwrap_or(0);
    match byte(0) {
        b'=' | b'%' => matches!(byte(1), b'C'..=b'F' | b'c'..=b'f') && byte(2).is_ascii_hexdigit(),
        b'&' => byte(1) == b'#' || bytes.get(at + 1..).is_some_and(|rest| rest.starts_with(b"amp;")),
        b'\\' => matches!(byte(1), b'u' | b'U' | b'x'),
        b'<' => matches!(byte(1), b'u' | b'U') && byte(2) == b'+',
        _ => (1..4).all(|i| byte(i).is_ascii_alphanumeric() || matches!(byte(i), b'+' | b'/')),
    }
}

/// One escape: its bytes in the line, and what it stands for.
struct Piece {
    start: usize,
    end: usize,
    text: String,
    kind: Escape,
    sure: bool,
}

fn in_line(line: &str, offset: usize, out: &mut Vec<Escaped>) {
    let bytes = line.as_bytes();
    let mut pieces: Vec<Piece> = Vec::new();
    let mut at = 0;
    while let Some(hit) = bytes.get(at..).and_then(|rest| rest.iter().position(|b| ESCAPING[usize::from(*b)])) {
        let start = at + hit;
        match piece(line, start) {
            Some(p) => {
                at = p.end;
                pieces.push(p);
            }
            None => at = start + 1,
        }
    }
    if pieces.is_empty() {
        western(line, &mut pieces);
    }
    if pieces.is_empty() {
        return;
    }
    if pieces.iter().any(|p| p.kind == Escape::Backslash) {
        quotes(line, &mut pieces);
    }
    if pieces.iter().any(|p| p.kind == Escape::Utf7) {
        // The sign itself.
        let plus = line
            .match_indices("+-")
            .map(|(at, _)| at)
            .filter(|at| !pieces.iter().any(|p| p.start <= *at && *at < p.end));
        let mut plus: Vec<Piece> = plus
            .map(|at| Piece { start: at, end: at + 2, text: "+".to_owned(), kind: Escape::Utf7, sure: true })
            .collect();
        pieces.append(&mut plus);
        pieces.sort_by_key(|p| p.start);
    }
    let first = out.len();
    // A path in quotation marks that stand in a sentence whose other letters are escapes too.
    let quotes_in_prose = || pieces.iter().any(|p| !is_quotation(p) && !in_address(line, p.start, p.end));
    let quotes_in_prose = pieces.iter().any(is_quotation) && quotes_in_prose();
    for p in &pieces {
        let span = Span::new(offset + p.start, offset + p.end);
        let prose = !in_address(line, p.start, p.end) || is_quotation(p) && quotes_in_prose;
        let last = out.get_mut(first..).and_then(<[Escaped]>::last_mut);
        match last {
            Some(last) if last.kind == p.kind && line::joins(line.get(last.span.end - offset..p.start)) => {
                last.text.push_str(line.get(last.span.end - offset..p.start).unwrap_or_default());
                last.text.push_str(&p.text);
                last.span.end = span.end;
                last.prose &= prose;
                last.sure &= p.sure;
            }
            _ => out.push(Escaped { span, text: p.text.clone(), kind: p.kind, prose, sure: p.sure }),
        }
    }
    // What comes out of the line must be what people write. UTF-7 has no sign of its own: there it must be good.
    let model = Model::get();
    let (cost, count) = out[first..].iter().fold((0, 0), |(c, n), e| {
        let (cost, count) = price(model, &e.text);
        (c + cost, n + count)
    });
    if out[first..].iter().any(|e| e.kind == Escape::Utf7) {
        let closed = out[first..].iter().all(|e| line.as_bytes().get(e.span.end - offset - 1) == Some(&b'-'));
        let word = || {
            out[first..].iter().all(|e| {
                let before = e.span.start.checked_sub(offset + 1).and_then(|i| line.as_bytes().get(i));
                before.is_some_and(u8::is_ascii_alphabetic)
            })
        };
        let most = if closed {
            22
        } else if word() {
            18
        } else {
            14
        };
        if cost > count * most * BIT {
            out.truncate(first);
        }
    }
    // Latin letters of a few languages only are rare in all languages together.
    let latin = out[first..].iter().flat_map(|e| e.text.chars()).all(|c| c < '\u{250}');
    for e in &mut out[first..] {
        e.prose &= cost <= count * if latin { 32 } else { 24 } * BIT;
    }
}

fn price(model: &Model, text: &str) -> (Cost, Cost) {
    let (mut cost, mut count, mut prev) = (0, 0, BLANK);
    let letter = model.symbol('e');
    for ch in text.chars() {
        let symbol = model.symbol(ch);
        if !ch.is_ascii() {
            // Where the character begins the piece its neighbour is not in sight: a blank or a letter.
            cost += if prev == BLANK {
                model.cost(BLANK, symbol).min(model.cost(letter, symbol))
            } else if prev == symbol {
                // Letters of a script that the model has not seen stand among their own.
                model.cost(prev, symbol).min(8 * BIT)
            } else {
                model.cost(prev, symbol)
            };
            count += 1;
        }
        prev = symbol;
    }
    (cost, count)
}

/// The bytes that an escape begins with.
static ESCAPING: [bool; 256] = {
    let mut table = [false; 256];
    let all = *b"=%&\\<+";
    let mut i = 0;
    while i < all.len() {
        table[all[i] as usize] = true;
        i += 1;
    }
    table
};

fn piece(line: &str, at: usize) -> Option<Piece> {
    let rest = line.get(at..)?;
    let bytes = rest.as_bytes();
    let (text, len, kind) = match bytes.first()? {
        b'=' => utf8_of(rest, |r| hex_pair(r, "=")).map(|(t, n)| (t, n, Escape::QuotedPrintable)),
        b'%' => utf8_of(rest, |r| hex_pair(r, "%")).map(|(t, n)| (t, n, Escape::Percent)),
        b'&' => utf8_of(rest, |r| reference(r).and_then(|(v, n)| Some((shown_byte(v)?, n))))
            .filter(|(t, _)| !is_sign_after_capital(line.get(..at).unwrap_or_default(), t))
            .map(|(t, n)| (t, n, Escape::ByteReferences))
            .or_else(|| character(reference(rest)?).map(|(t, n)| (t, n, Escape::Reference))),
        b'\\' => utf8_of(rest, |r| hex_pair(r, "\\x"))
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

/// A letter of a Western word as one byte: `caf=E9`. Only inside words, and only where two words of the line have one
/// or a word goes on after it: `=E9` alone is a cell of a spreadsheet.
fn western(line: &str, pieces: &mut Vec<Piece>) {
    let bytes = line.as_bytes();
    let page = SingleByte::get("windows-1252", Gaps::Strict);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(hit) = bytes.get(at..).and_then(|b| b.iter().position(|b| matches!(b, b'=' | b'%' | b'\\'))) {
        let start = at + hit;
        at = start + 1;
        let Some(rest) = line.get(start..) else { continue };
        let (mark, kind) = match bytes.get(start) {
            Some(b'=') => ("=", Escape::QuotedPrintable),
            Some(b'%') => ("%", Escape::Percent),
            _ => ("\\x", Escape::BackslashBytes),
        };
        let Some((byte, len)) = hex_pair(rest, mark).filter(|(b, _)| *b >= 0xC0) else { continue };
        let Some(letter) = page.and_then(|p| p.decode(byte)).filter(|c| c.is_alphabetic()) else { continue };
        let before = start.checked_sub(1).and_then(|i| bytes.get(i)).copied().unwrap_or(b' ');
        let after = bytes.get(start + len).copied().unwrap_or(b' ');
        let upper = rest.get(..len).is_some_and(|e| !e.bytes().any(|b| b.is_ascii_lowercase() && b != b'x'));
        // Inside a word or at its end, or a capital or small letter at its start.
        let inside = before.is_ascii_lowercase() && !after.is_ascii_digit()
            || before.is_ascii_uppercase() && after.is_ascii_lowercase();
        let begins = matches!(before, b' ' | b'\'' | b'"' | b'(') && after.is_ascii_lowercase();
        if upper && (inside || begins) {
            let firm = inside && after.is_ascii_lowercase();
            found.push((Piece { start, end: start + len, text: letter.to_string(), kind, sure: false }, firm));
        }
    }
    if found.len() > 1 && found.iter().any(|(_, firm)| *firm) || found.len() > 2 {
        pieces.extend(found.into_iter().map(|(p, _)| p));
    }
}

/// One character beyond ASCII whose UTF-8 bytes stand as escapes one after the other.
fn utf8_of(rest: &str, byte: impl Fn(&str) -> Option<(u8, usize)>) -> Option<(String, usize)> {
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

fn hex_pair(rest: &str, before: &str) -> Option<(u8, usize)> {
    let digits = rest.strip_prefix(before)?.get(..2)?;
    let value = u8::from_str_radix(digits, 16).ok().filter(|_| digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
    Some((value, before.len() + 2))
}

/// The byte that a character stands for where windows-1252 was read; what that page does not define is shown as itself.
fn shown_byte(code: u32) -> Option<u8> {
    let page = || SingleByte::get("windows-1252", Gaps::Filled)?.encode(char::from_u32(code)?);
    u8::try_from(code).ok().or_else(page)
}

/// Whether what looks like a letter of UTF-8 in two bytes is rather a capital and the sign behind it, `CAFÉ»`: it would be a
/// letter of another script in a Latin word, or a small one behind capitals. The commonest letters are never that.
fn is_sign_after_capital(before: &str, text: &str) -> bool {
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

fn character((value, len): (u32, usize)) -> Option<(String, usize)> {
    let ch = char::from_u32(value).filter(|c| !c.is_ascii() && !c.is_control())?;
    Some((ch.to_string(), len))
}

fn backslash(rest: &str) -> Option<(String, usize)> {
    let unit = |r: &str| {
        let digits = r.strip_prefix("\\u")?.get(..4)?;
        u32::from_str_radix(digits, 16).ok().filter(|_| digits.bytes().all(|b| b.is_ascii_hexdigit()))
    };
    if let Some(body) = rest.strip_prefix("\\u{").or_else(|| rest.strip_prefix("\\U{")) {
        let len = body.bytes().take(7).position(|b| b == b'}')?;
        return character((u32::from_str_radix(body.get(..len)?, 16).ok()?, len + 4));
    }
    if let Some(digits) = rest.strip_prefix("\\U").and_then(|b| b.get(..8)) {
        return character((u32::from_str_radix(digits, 16).ok()?, 10));
    }
    let first = unit(rest)?;
    if let 0xD800..=0xDBFF = first {
        let second = unit(rest.get(6..)?).filter(|u| (0xDC00..=0xDFFF).contains(u))?;
        return character((0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00), 12));
    }
    character((first, 6))
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

/// Quotes and backslashes that the same writer escaped in the same line.
fn quotes(line: &str, pieces: &mut Vec<Piece>) {
    let mut found = Vec::new();
    for (at, _) in line.match_indices("\\\"") {
        if !pieces.iter().any(|p| p.start <= at && at < p.end) && !line[..at].ends_with('\\') {
            found.push(Piece { start: at, end: at + 2, text: "\"".to_owned(), kind: Escape::Backslash, sure: true });
        }
    }
    pieces.append(&mut found);
    pieces.sort_by_key(|p| p.start);
}

/// Whether an escape stands for a quotation mark.
fn is_quotation(piece: &Piece) -> bool {
    let mut chars = piece.text.chars();
    matches!((chars.next(), chars.next()), (Some(c), None) if matches!(c, '«' | '»' | '‹' | '›' | '‘'..='‟' | '「'..='』'))
}

/// Whether the token round an escape is an address, a path or an assignment, where escapes belong.
fn in_address(line: &str, start: usize, end: usize) -> bool {
    let before = line.get(..start).unwrap_or_default();
    let after = line.get(end..).unwrap_or_default();
    let from = before.rfind([' ', '\t', '"', '\'', '<', '>', '(']).map_or(0, |i| i + 1);
    let to = after.find([' ', '\t', '"', '\'', '<', '>', ')']).map_or(line.len(), |i| end + i);
    let token = line.get(from..to).unwrap_or_default();
    // Two words with a stroke between them, one of them beginning with an escape, are no path.
    let escaped = |t: &&str| t.matches('%').count() > 1 && !t.contains('/');
    let in_prose = || line.split([' ', '\t']).filter(escaped).nth(1).is_some();
    let path = || {
        let words = token.trim_end_matches(['.', ',', ';', ':', '!', '?']);
        token.contains("/%")
            && (words.matches('/').count() > 1
                || words.starts_with(['/', '.'])
                || words.starts_with('%') && !in_prose()
                || words.contains(['.', ':', '?', '&', '=', '_', '#'])
                || !line.get(..from).unwrap_or_default().contains('%')
                    && !line.get(to..).unwrap_or_default().contains('%'))
    };
    token.contains("://") || token.starts_with("www.") || token.starts_with("mailto:") || path() || token.contains("=%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_read() {
        let cases = [
            ("caf=C3=A9", "é", Escape::QuotedPrintable),
            ("caf%C3%A9", "é", Escape::Percent),
            ("caf&#195;&#169;", "é", Escape::ByteReferences),
            ("caf&#233;", "é", Escape::Reference),
            ("caf&#xE9;", "é", Escape::Reference),
            ("caf\\u00e9", "é", Escape::Backslash),
            ("caf\\xc3\\xa9", "é", Escape::BackslashBytes),
            ("caf<U+00E9>", "é", Escape::Angle),
            ("caf+AOk-", "é", Escape::Utf7),
            ("\\ud83d\\ude00", "😀", Escape::Backslash),
        ];
        for (text, plain, kind) in cases {
            let found = escapes(text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!((found[0].text.as_str(), found[0].kind), (plain, kind), "{text}");
        }
    }

    #[test]
    fn ordinary_signs_are_left_alone() {
        for text in
            ["a+b+c", "100% sure", "x = 3 & y", "C:\\users\\new", "+49 170 1234567", "<U+XYZ>", "50%C", "A&#x41;"]
        {
            assert!(escapes(text).is_empty(), "{text}: {:?}", escapes(text));
        }
    }

    #[test]
    fn a_stroke_between_words_is_no_path_in_a_sentence() {
        let prose = |line| escapes(line).iter().all(|e| e.prose);
        assert!(prose("%D0%B4%D0%B0 %D0%BD%D0%B5%D1%82 %D0%B8/%D0%B8%D0%BB%D0%B8 %D0%BD%D0%B5%D1%82"));
        assert!(!prose("%D0%B4%D0%B0/%D0%B8%D0%BB%D0%B8 stands in the list"));
    }

    #[test]
    fn letters_of_one_byte() {
        let texts = |line| escapes(line).into_iter().map(|e| (e.text, e.sure)).collect::<Vec<_>>();
        assert_eq!(texts("Die B=FCcher und das Caf=E9."), [("ü".to_owned(), false), ("é".to_owned(), false)]);
        assert!(texts("=E9+E10, and A=E9").is_empty());
        assert!(texts("Rate=E9 of 5").is_empty());
    }

    #[test]
    fn addresses_are_no_prose() {
        assert!(escapes("see https://example.org/caf%C3%A9").iter().all(|e| !e.prose));
        assert!(escapes("the page /wiki/%E2%80%9Cso%E2%80%9D").iter().all(|e| !e.prose));
    }

    #[test]
    fn quotation_marks_round_a_path_are_prose() {
        let found = escapes("Die T%C3%BCr hei%C3%9Ft %E2%80%9E/haus/hof/%E2%80%9C.");
        assert!(found.len() > 1 && found.iter().all(|e| e.prose), "{found:?}");
    }
}
