//! Escapes that lost a sign on the way: `u00e9` its backslash, `#233;` its ampersand, `&#233` its semicolon.
//!
//! Alone such a thing may be a name or a number. What stands round it has to say that it is a letter: others of its
//! script beside it, or the rest of a word.

use super::{
    Escape, Escaped, Piece, are_usual, merge,
    read::{character, is_sign_after_capital, shown_byte, units},
};
use crate::{
    analysis::{
        around::{char_after, char_before},
        is_mark,
    },
    repair::lattice,
    text::{Span, legacy::of_number},
    unicode::{Script, script},
};

/// What the languages say of letters.
pub struct Languages<'l> {
    /// Whether all Latin letters of a line are in the alphabet of one language.
    pub one_has: &'l dyn Fn(&str) -> bool,
    /// Whether a letter is in the alphabet of the text's language.
    pub own: &'l dyn Fn(char) -> bool,
}

/// Those that begin with a sign, `u` or `#`, in the parts of a text that may have them, in order.
pub fn lost(text: &str, spans: &[Span], sign: u8, languages: &Languages<'_>) -> Vec<Escaped> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut done = 0;
    for span in spans {
        let mut from = span.start.max(done);
        while let Some(at) = bytes.get(from..span.end).and_then(|part| memchr::memchr(sign, part)).map(|i| from + i) {
            from = at + 1;
            // Most are letters of words.
            let next = bytes.get(from).is_some_and(|b| b.is_ascii_hexdigit() || matches!(b, b'x' | b'X'));
            if !next || read(text, at, false).is_none() {
                continue;
            }
            let start = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |i| i + 1);
            let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |i| at + i);
            in_line(text.get(start..end).unwrap_or_default(), start, sign, languages, &mut out);
            (from, done) = (end, end);
            if from >= span.end {
                break;
            }
        }
    }
    out
}

fn in_line(line: &str, offset: usize, sign: u8, languages: &Languages<'_>, out: &mut Vec<Escaped>) {
    let pieces = pieces(line, sign);
    let of_line = out.len();
    for kind in [Escape::LostBackslash, Escape::LostAmpersand, Escape::LostSemicolon] {
        let mine: Vec<&Piece> = pieces.iter().filter(|p| p.kind == kind).collect();
        if mine.is_empty() {
            continue;
        }
        let mut kept = other_scripts(line, &mine);
        if kept.is_empty() {
            kept = latin(line, &mine, kind, languages);
        }
        let first = out.len();
        merge(line, offset, &kept, out);
        if !are_usual(out.get(first..).unwrap_or_default()) {
            out.truncate(first);
        }
    }
    out.get_mut(of_line..).unwrap_or_default().sort_by_key(|e| e.span);
}

/// All of a line; those that are bytes of UTF-8 one after the other are one.
fn pieces(line: &str, sign: u8) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let mut at = 0;
    while let Some(start) = line.as_bytes().get(at..).and_then(|rest| memchr::memchr(sign, rest)).map(|i| at + i) {
        at = start + 1;
        let touches = out.last().is_some_and(|last| last.kind == Escape::LostSemicolon && last.end + 1 == start);
        if let Some(p) = read(line, start, touches) {
            at = p.end;
            out.push(p);
        }
    }
    close(line, &mut out);
    let mut whole: Vec<Piece> = Vec::with_capacity(out.len());
    let mut rest = out.as_slice();
    while let Some(first) = rest.first() {
        let before = line.get(..first.start).unwrap_or_default();
        let bytes = bytes(rest).filter(|(_, text)| !is_sign_after_capital(before, text));
        let (count, text) = bytes.unwrap_or_else(|| (1, first.text.clone()));
        let end = rest.get(count - 1).map_or(first.end, |p| p.end);
        let sure = rest.iter().take(count).all(|p| p.sure);
        whole.push(Piece { start: first.start, end, text, kind: first.kind, sure });
        rest = rest.get(count..).unwrap_or_default();
    }
    whole
}

/// Gives runs of references without semicolons the one they may end with. Where others end without, it is the text's own.
fn close(line: &str, pieces: &mut [Piece]) {
    let is_closed = |p: &Piece| p.kind == Escape::LostSemicolon && line[p.end..].starts_with(';');
    let closed = pieces.iter().filter(|p| is_closed(p)).count();
    let is_open = |run: &&[Piece]| run.last().is_some_and(|p| p.kind == Escape::LostSemicolon && !is_closed(p));
    let open = pieces.chunk_by(|a, b| a.end == b.start).filter(is_open).count();
    if closed != 1 || open == 0 {
        for p in pieces.iter_mut().filter(|p| is_closed(p)) {
            p.end += 1;
            p.sure = open == 0 && closed > 1;
        }
    }
}

/// The character whose bytes of UTF-8 the first pieces are, and how many they are.
fn bytes(pieces: &[Piece]) -> Option<(usize, String)> {
    let byte = |p: &Piece| shown_byte(u32::from(p.text.chars().next()?));
    let first = pieces.first()?;
    let count = 1 + lattice::followers(byte(first)?)?;
    let all = pieces.get(..count)?;
    let touch = all.windows(2).all(|p| p[0].end == p[1].start && p[0].kind == p[1].kind);
    let text = String::from_utf8(all.iter().map(byte).collect::<Option<Vec<u8>>>()?).ok()?;
    (touch && !text.chars().any(char::is_control)).then_some((count, text))
}

/// The one that begins, or whose number sign stands, at a place. One with a semicolon counts only where it touches one
/// without; the semicolon is left out.
fn read(text: &str, at: usize, touches: bool) -> Option<Piece> {
    let (before, rest) = (text.get(..at)?, text.get(at..)?);
    let (start, (text, len), kind) = if rest.starts_with('u') {
        if before.ends_with(['\\', '%', '_']) {
            return None;
        }
        (at, units(rest, "u")?, Escape::LostBackslash)
    } else {
        let body = rest.strip_prefix('#')?;
        let hex = body.starts_with(['x', 'X']);
        let digits = body.get(usize::from(hex)..)?;
        let radix = if hex { 16 } else { 10 };
        let count = digits.bytes().take(7).take_while(|b| char::from(*b).is_digit(radix)).count();
        let value = u32::from_str_radix(digits.get(..count)?, radix).ok()?;
        let len = 1 + usize::from(hex) + count;
        let closed = digits.as_bytes().get(count) == Some(&b';');
        let open = before.ends_with('&');
        let value = u32::from(of_number(value)?);
        let c = if value == 39 { "'".to_owned() } else { character((value, len))?.0 };
        match (open, closed) {
            (true, _) if !closed || touches => (at - 1, (c, len + 1), Escape::LostSemicolon),
            (false, true) if !before.ends_with("&amp;") => (at, (c, len + 1), Escape::LostAmpersand),
            _ => return None,
        }
    };
    Some(Piece { start, end: start + len, text, kind, sure: true })
}

/// The script that a piece speaks for: one of letters or marks, East Asian ones as one.
fn speaks_for(piece: &Piece) -> Option<Script> {
    let c = piece.text.chars().next().filter(|c| c.is_alphabetic() || is_mark(*c))?;
    match script(c) {
        Script::Hiragana | Script::Katakana | Script::Han | Script::Bopomofo => Some(Script::Han),
        s => s.is_real().then_some(s),
    }
}

/// Those of other scripts than Latin, in runs of one script that touch no ASCII letter or digit, with the signs between
/// them.
fn other_scripts(line: &str, pieces: &[&Piece]) -> Vec<Piece> {
    let other = |p: &Piece| speaks_for(p).filter(|s| *s != Script::Latin);
    // The most letters that touch each other, how many do so in pairs, and all.
    let (mut most, mut pairs, mut all) = (0, 0, 0);
    let Some(own) = pieces.iter().find_map(|p| other(p)) else { return Vec::new() };
    let runs = || pieces.chunk_by(|a, b| a.end == b.start);
    let alone = |run: &[&Piece]| {
        let (start, end) = (run.first().map_or(0, |p| p.start), run.last().map_or(0, |p| p.end));
        !beside(line, start, end).into_iter().flatten().any(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    for run in runs().filter(|run| alone(run)) {
        let letters = run.iter().filter(|p| other(p) == Some(own)).count();
        most = most.max(letters);
        pairs += usize::from(letters > 1);
        all += letters;
    }
    if most < 3 && pairs < 2 && (pairs == 0 || pieces.len() > 2) {
        return Vec::new();
    }
    let sure = most > 2 && all > 3 || pairs > 2;
    let fits = |p: &&&Piece| speaks_for(p).map_or_else(|| p.text.chars().all(is_usual_sign), |s| s == own);
    let kept = runs().filter(|run| alone(run)).flatten();
    kept.filter(fits).map(|p| Piece { text: p.text.clone(), sure: sure && p.sure, ..**p }).collect()
}

/// The characters before and behind a stretch.
fn beside(line: &str, start: usize, end: usize) -> [Option<char>; 2] {
    [char_before(line, start), char_after(line, end)]
}

/// How much a piece's neighbours say.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Says {
    Nothing,
    /// It is a word or a sign of its own, or stands beside one letter.
    Hint,
    /// It may be a letter at the end of a word.
    Little,
    /// It stands inside a word.
    Much,
}

/// Those that are letters of Latin words, and the signs beside them.
fn latin(line: &str, pieces: &[&Piece], kind: Escape, languages: &Languages<'_>) -> Vec<Piece> {
    let says: Vec<Says> = (0..pieces.len()).map(|i| says(line, pieces, i)).collect();
    let count = |least: Says| says.iter().filter(|s| **s >= least).count();
    let mut decoded = String::with_capacity(line.len());
    let mut at = 0;
    for p in pieces {
        decoded.push_str(line.get(at..p.start).unwrap_or_default());
        decoded.push_str(&p.text);
        at = p.end;
    }
    decoded.push_str(line.get(at..).unwrap_or_default());
    if !(languages.one_has)(&decoded) {
        return Vec::new();
    }
    // A number behind a word may be a number, but hardly that of a letter that the language has.
    let is_own = pieces.iter().all(|p| p.text.chars().all(|c| !c.is_alphabetic() || (languages.own)(c)));
    let (much, little) = (count(Says::Much), count(Says::Little) - count(Says::Much));
    let (weight, is_open) = (2 * much + little, kind == Escape::LostSemicolon);
    if weight == 0 || !is_open && much == 0 && !is_own {
        return Vec::new();
    }
    let least = if is_open || weight > 2 || weight > 1 && is_own { Says::Hint } else { Says::Little };
    let is_sign = |p: &Piece| p.text.chars().all(is_usual_sign);
    let kept = pieces.iter().zip(&says).filter(|(p, s)| **s >= least || weight > 3 && is_sign(p));
    kept.map(|(p, _)| Piece { text: p.text.clone(), sure: p.sure && is_open, ..**p }).collect()
}

/// No word has more letters.
const LONG: usize = 48;

/// What the word round a Latin letter or sign says for it.
fn says(line: &str, pieces: &[&Piece], index: usize) -> Says {
    let Some(p) = pieces.get(index) else { return Says::Nothing };
    let Some(c) = p.text.chars().next() else { return Says::Nothing };
    let is_letter = speaks_for(p) == Some(Script::Latin);
    // The rest of a misread letter stands behind it: what it was the sign alone does not say.
    let next = line.get(p.end..).and_then(|t| t.chars().next());
    if matches!(c, 'Â' | 'Ã' | 'Ä' | 'Å' | 'â') && next.is_some_and(|c| !c.is_ascii() && !c.is_alphabetic()) {
        return Says::Nothing;
    }
    // The other pieces that belong to the word.
    let (mut first, mut last) = (index, index);
    let letters = |a: &Piece, b: &Piece| {
        line.get(a.end..b.start).is_some_and(|t| t.chars().all(char::is_alphabetic)) && speaks_for(b).is_some()
    };
    while first > 0
        && index - first < LONG
        && letters(pieces[first - 1], pieces[first])
        && speaks_for(pieces[first - 1]).is_some()
    {
        first -= 1;
    }
    while last - index < LONG && pieces.get(last + 1).is_some_and(|next| letters(pieces[last], next)) {
        last += 1;
    }
    let from = first.checked_sub(1).map_or(0, |i| pieces[i].end);
    let to = pieces.get(last + 1).map_or(line.len(), |p| p.start);
    let head = line.get(from..pieces[first].start).unwrap_or_default();
    let tail = line.get(pieces[last].end..to).unwrap_or_default();
    let before = head.len() - head.trim_end_matches(char::is_alphabetic).len();
    let after = tail.len() - tail.trim_start_matches(char::is_alphabetic).len();
    let joint = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || matches!(c, '_' | '@' | '#' | '\\'));
    if joint(head.get(..head.len() - before).and_then(|h| h.chars().next_back()))
        || joint(tail.get(after..).and_then(|t| t.chars().next()))
    {
        return Says::Nothing;
    }
    let neighbours = beside(line, p.start, p.end);
    let [left, right] = neighbours.map(|c| c.is_some_and(char::is_alphabetic));
    let left = left || first < index || head.is_empty() && from > 0;
    let right = right || index < last || tail.is_empty() && to < line.len();
    if speaks_for(p).is_some_and(|s| s != Script::Latin) || speaks_for(p).is_none() && !is_usual_sign(c) {
        // `&#16320` may be a pound sign and a number.
        return Says::Nothing;
    }
    if !is_letter {
        let apostrophe = matches!(c, '’' | '\'') && left && right;
        let named = p.kind != Escape::LostBackslash || is_contraction(head, tail, head.is_empty() && from > 0);
        return match c {
            _ if apostrophe && named => Says::Much,
            _ if p.kind == Escape::LostSemicolon && c != '\'' && (left || right) => Says::Little,
            _ if p.kind == Escape::LostSemicolon && c != '\'' => Says::Hint,
            _ => Says::Nothing,
        };
    }
    // A small letter before a capital is in no word, nor is a capital that only begins to be small behind it.
    let small = neighbours.map(|c| c.is_some_and(char::is_lowercase));
    if c.is_uppercase() && (small[0] || small[1] && neighbours[0].is_some_and(char::is_alphabetic))
        || c.is_lowercase() && neighbours[1].is_some_and(char::is_uppercase)
    {
        return Says::Nothing;
    }
    // A letter of Latin-1 has a hexadecimal letter in its number, which no year or part number has.
    let is_number = p.kind == Escape::LostBackslash
        && line.get(p.start + 1..p.end).is_some_and(|d| d.bytes().all(|b| b.is_ascii_digit()));
    match p.kind {
        Escape::LostSemicolon if left || right => Says::Much,
        Escape::LostBackslash if left && (right || before > 1 && !is_number) => Says::Much,
        Escape::LostBackslash if right && after > 1 && !is_number => Says::Much,
        Escape::LostAmpersand if left && right => Says::Much,
        _ if left && before > 1 || right && after > 1 || first < last => Says::Little,
        _ => Says::Hint,
    }
}

/// Whether a character is a sign that stands in prose.
fn is_usual_sign(c: char) -> bool {
    matches!(c, '\'' | '\u{A0}'..='\u{BF}' | '×' | '÷' | '\u{2000}'..='\u{2044}' | '\u{20A0}'..='\u{20BF}')
        || matches!(c, '\u{2100}'..='\u{214F}' | '\u{2190}'..='\u{2265}' | '\u{25A0}'..='\u{27BF}')
        || matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FF65}' | '\u{1F300}'..='\u{1FAFF}')
}

/// Whether what stands round an apostrophe makes a contraction or an elision: `u2019` may be a year. `follows` says whether
/// another piece ends where it begins.
fn is_contraction(head: &str, tail: &str, follows: bool) -> bool {
    let end = tail.find(|c: char| !c.is_alphabetic()).unwrap_or(tail.len());
    let start = head.rfind(|c: char| !c.is_alphabetic()).map_or(0, |i| i + 1);
    let before = head.get(start..).unwrap_or_default();
    let contracted = matches!(tail.get(..end), Some("s" | "t" | "re" | "ve" | "ll" | "d" | "m"));
    contracted && (before.len() > 1 || before == "I" || follows)
        || matches!(before, "l" | "L" | "d" | "D" | "c" | "C" | "j" | "J" | "n" | "s" | "qu" | "Qu" | "dell" | "all")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with all of them undone, and whether all are sure; in a language that has é, è, ü and ą.
    fn undone(text: &str) -> (String, bool) {
        let own = |c: char| "éèüą".contains(c);
        let languages = Languages { one_has: &|_| true, own: &own };
        let mut found = lost(text, &[Span::new(0, text.len())], b'u', &languages);
        found.extend(lost(text, &[Span::new(0, text.len())], b'#', &languages));
        found.sort_by_key(|e| e.span);
        let mut out = text.to_owned();
        for e in found.iter().rev() {
            out.replace_range(e.span.range(), &e.text);
        }
        (out, found.iter().all(|e| e.sure))
    }

    #[test]
    fn runs_of_a_script_are_sure() {
        for (text, right) in [
            ("u041du0435u0442, u0438 u0434u0430.", "Нет, и да."),
            ("#1053;#1077;#1090; #8211; #1076;#1072;", "Нет – да"),
            ("&#1053&#1077&#1090, &#1076&#1072", "Нет, да"),
            ("u6771u4eacu306eu7a7a", "東京の空"),
            ("&#195&#169t&#195&#169", "été"),
            ("Le caf&#233 noir, c&#8217est &#8364 5", "Le café noir, c’est € 5"),
            // The last one's semicolon is the text's own, or that of the run.
            ("&#964&#953 &#957&#945 &#960&#969;", "τι να πω;"),
            ("&#1076&#1072; &#1085&#1077&#1090;", "да нет"),
        ] {
            assert_eq!(undone(text), (right.to_owned(), true), "{text}");
        }
    }

    #[test]
    fn letters_of_words_are_suggested() {
        for (text, right) in [
            ("Le cafu00e9 noir", "Le café noir"),
            ("Gru00fcu00dfe aus Mu00fcnchen u00fcber u2013", "Grüße aus München über –"),
            ("It donu2019t and Iu2019m u201cso\u{75}201d", "It don’t and I’m “so”"),
            ("Sch#246;ne Gr#252;#223;e, #252;ber", "Schöne Grüße, über"),
            ("Le caf#233; est l#224; d#233;j#224;", "Le café est là déjà"),
            ("Un caf#233; noir", "Un café noir"),
        ] {
            assert_eq!(undone(text), (right.to_owned(), false), "{text}");
        }
    }

    #[test]
    fn names_and_numbers_are_none() {
        for text in [
            "menu2019, Peru2020s and gpu0142; qemu0105",
            "glyphs uni0412 u0413 u0414, u0415_u0416u0417",
            "colour: #233; or #123456; bug#241; RFC#1149;",
            "aGu00E9Kd, 3fu00e9, x_u00e9, \\u00e9, bug#1042;#1095;#1088;",
            "C#233; F#192;s; such as &#234 or &#16320 there; &#195± one",
        ] {
            assert_eq!(undone(text).0, text);
        }
    }
}
