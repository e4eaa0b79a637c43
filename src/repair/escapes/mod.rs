//! Characters that stand in a text as the escapes of some transport or language.

mod address;
mod kind;
mod lost;
mod read;

use super::{
    line,
    model::{BIT, BLANK, Cost, Model},
};
use crate::text::{
    Span,
    legacy::{Gaps, SingleByte},
};
use address::{in_address, token};
use read::{hex_pair, piece};

pub use kind::Escape;
pub use lost::{Languages, lost};

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
        b'%' if byte(1) == b'u' => byte(2).is_ascii_hexdigit(),
        b'=' | b'%' => matches!(byte(1), b'C'..=b'F' | b'c'..=b'f') && byte(2).is_ascii_hexdigit(),
        b'&' => {
            byte(1) == b'#'
                || bytes.get(at + 1..).is_some_and(|rest| rest.starts_with(b"amp;#") || rest.starts_with(b"amp;amp;"))
        }
        b'\\' => match byte(1) {
            b'2' | b'3' => byte(4) == b'\\',
            next => matches!(next, b'u' | b'U' | b'x'),
        },
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
    binary(line, &mut pieces);
    if pieces.is_empty() {
        western(line, &mut pieces);
    }
    if pieces.is_empty() {
        return;
    }
    if pieces.iter().any(|p| p.kind == Escape::Backslash) {
        quotes(line, &mut pieces);
    }
    if pieces.iter().any(|p| p.kind == Escape::PercentUnits) {
        bytes_beside(line, &mut pieces);
    }
    if pieces.iter().any(|p| p.kind == Escape::Utf7) {
        // The sign itself.
        let plus = line.match_indices("+-").map(|(at, _)| at).filter(|at| !is_taken(&pieces, *at));
        let mut plus: Vec<Piece> = plus
            .map(|at| Piece { start: at, end: at + 2, text: "+".to_owned(), kind: Escape::Utf7, sure: true })
            .collect();
        pieces.append(&mut plus);
        pieces.sort_by_key(|p| p.start);
    }
    let first = out.len();
    merge(line, offset, &pieces, out);
    // What comes out of the line must be what people write. UTF-7 has no sign of its own: there it must be good.
    let (cost, count) = price_of(&out[first..]);
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
    let usual = cost <= count * most(&out[first..]) * BIT;
    for e in &mut out[first..] {
        e.prose &= usual;
    }
}

/// Adds pieces of a line, neighbours in one.
fn merge(line: &str, offset: usize, pieces: &[Piece], out: &mut Vec<Escaped>) {
    let first = out.len();
    // A path in quotation marks that stand in a sentence whose other letters are escapes too.
    let quotes_in_prose = || pieces.iter().any(|p| !is_quotation(p) && !in_address(line, p.start, p.end));
    let quotes_in_prose = pieces.iter().any(is_quotation) && quotes_in_prose();
    // A token of many escapes is looked at once.
    let (mut known, mut address) = (0..0, false);
    for p in pieces {
        let span = Span::new(offset + p.start, offset + p.end);
        if known.end < p.end || known.start > p.start {
            known = token(line, p.start, p.end);
            address = in_address(line, p.start, p.end);
        }
        let prose = !address || is_quotation(p) && quotes_in_prose;
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
}

/// Bits and characters beyond ASCII of what escapes stand for.
fn price_of(escapes: &[Escaped]) -> (Cost, Cost) {
    let model = Model::get();
    escapes.iter().fold((0, 0), |(c, n), e| {
        let (cost, count) = price(model, &e.text);
        (c + cost, n + count)
    })
}

/// The most bits for a character: Latin letters of a few languages only are rare in all languages together.
fn most(escapes: &[Escaped]) -> Cost {
    let latin = escapes.iter().flat_map(|e| e.text.chars()).all(|c| c < '\u{250}');
    if latin { 32 } else { 24 }
}

/// Whether people write what escapes stand for.
fn are_usual(escapes: &[Escaped]) -> bool {
    let (cost, count) = price_of(escapes);
    cost <= count * most(escapes) * BIT
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

/// Drops octal escapes beside others that are no text: `\320\317\021\340\241\261` is a file's first bytes.
fn binary(line: &str, pieces: &mut Vec<Piece>) {
    let octal = |at: usize| {
        let digits = line.get(at..at + 4).and_then(|e| e.strip_prefix('\\'));
        digits.is_some_and(|d| d.bytes().all(|b| matches!(b, b'0'..=b'7')))
    };
    let ends: Vec<usize> = pieces.iter().map(|p| p.end).collect();
    let starts: Vec<usize> = pieces.iter().map(|p| p.start).collect();
    pieces.retain(|p| {
        let before = |at: usize| octal(at) && ends.binary_search(&p.start).is_err();
        let beside =
            p.start.checked_sub(4).is_some_and(before) || octal(p.end) && starts.binary_search(&p.end).is_err();
        !(beside && octal(p.start))
    });
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

/// Quotes and backslashes that the same writer escaped in the same line.
fn quotes(line: &str, pieces: &mut Vec<Piece>) {
    let mut found = Vec::new();
    for (at, _) in line.match_indices("\\\"") {
        if !is_taken(pieces, at) && !line[..at].ends_with('\\') {
            found.push(Piece { start: at, end: at + 2, text: "\"".to_owned(), kind: Escape::Backslash, sure: true });
        }
    }
    pieces.append(&mut found);
    pieces.sort_by_key(|p| p.start);
}

/// What JavaScript writes with two digits in a line that has escapes with four: ASCII and Latin-1.
fn bytes_beside(line: &str, pieces: &mut Vec<Piece>) {
    let mut found = Vec::new();
    for (at, _) in line.match_indices('%') {
        let byte = line.get(at..).and_then(|rest| hex_pair(rest, "%"));
        let Some(ch) = byte.map(|(b, _)| char::from(b)).filter(|c| !c.is_control()) else { continue };
        if !is_taken(pieces, at) {
            let kind = Escape::PercentUnits;
            found.push(Piece { start: at, end: at + 3, text: ch.to_string(), kind, sure: true });
        }
    }
    pieces.append(&mut found);
    pieces.sort_by_key(|p| p.start);
}

/// Whether a place is in one of the pieces, which stand in order.
fn is_taken(pieces: &[Piece], at: usize) -> bool {
    pieces.get(pieces.partition_point(|p| p.end <= at)).is_some_and(|p| p.start <= at)
}

/// Whether an escape stands for a quotation mark.
fn is_quotation(piece: &Piece) -> bool {
    let mut chars = piece.text.chars();
    matches!((chars.next(), chars.next()), (Some(c), None) if matches!(c, '«' | '»' | '‹' | '›' | '‘'..='‟' | '「'..='』'))
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
            ("caf\\303\\251", "é", Escape::BackslashBytes),
            ("caf%u00E9", "é", Escape::PercentUnits),
            ("Stra&#195;&#376;e", "ß", Escape::ByteReferences),
            ("B&amp;#195;&amp;#188;rger", "ü", Escape::ByteReferences),
        ];
        for (text, plain, kind) in cases {
            let found = escapes(text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!((found[0].text.as_str(), found[0].kind), (plain, kind), "{text}");
        }
    }

    #[test]
    fn scripts_write_ascii_in_escapes_too() {
        let found = escapes("%u041D%u0435%u0442%2C%20%u0434%u0430");
        assert_eq!(found.iter().map(|e| e.text.as_str()).collect::<Vec<_>>(), ["Нет, да"]);
        assert_eq!(escapes("%u00E0 la cr%E8me").len(), 2);
    }

    #[test]
    fn other_bytes_are_no_text() {
        for text in ["\\320\\317\\021\\340\\241\\261", "\\033\\303\\251\\001", "page \\303 of \\351"] {
            assert!(escapes(text).is_empty(), "{text}: {:?}", escapes(text));
        }
        assert!(escapes("C:\\tmp\\303\\251").iter().all(|e| !e.prose));
        // A capital and a sign behind it.
        assert!(escapes("LIBERT&#201;&#187;").iter().all(|e| e.kind == Escape::Reference));
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
    fn letters_of_one_byte() {
        let texts = |line| escapes(line).into_iter().map(|e| (e.text, e.sure)).collect::<Vec<_>>();
        assert_eq!(texts("Die B=FCcher und das Caf=E9."), [("ü".to_owned(), false), ("é".to_owned(), false)]);
        assert!(texts("=E9+E10, and A=E9").is_empty());
        assert!(texts("Rate=E9 of 5").is_empty());
    }

    #[test]
    fn quotation_marks_round_a_path_are_prose() {
        let found = escapes("Die T%C3%BCr hei%C3%9Ft %E2%80%9E/haus/hof/%E2%80%9C.");
        assert!(found.len() > 1 && found.iter().all(|e| e.prose), "{found:?}");
    }
}
