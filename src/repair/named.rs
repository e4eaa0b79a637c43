//! Damage that nobody can undo, by name.

use super::{
    letters::Letters,
    model::{BIT, Cost, Model},
    wide::Wide,
};
use crate::{
    analysis::{Blocks, Signals, around::line_at, places::count},
    text::Span,
};
use aho_corasick::packed::Searcher;
use std::sync::LazyLock;

/// What kind of damage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// U+FFFD, put there by a decoder for bytes that it could not read.
    Replacement,
    /// U+FFFD in UTF-8, read as GBK (`锟斤拷`) or as a single-byte page (`ï¿½`).
    ReplacementMisread,
    /// A byte-order mark read as text: `ï»¿`, `п»ї`, `锘`.
    ByteOrderMark,
    /// `烫烫烫`, `屯屯屯`, `ÍÍÍÍ`: memory that was never written, read as text.
    Uninitialised,
    /// Question marks where letters were: `????`, `s?owo`.
    QuestionMarks,
    /// A question mark at the end of a word inside a sentence, or before a word, with nothing else that speaks for
    /// damage.
    QuestionMark,
    /// Russian in KOI8-R that lost the eighth bit of every byte.
    SevenBit,
    /// Japanese in ISO-2022-JP that lost its escape characters.
    NoEscape,
    /// C1 control characters.
    Control,
}

/// A damaged stretch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: Kind,
    /// What may stand there instead, where that is certain.
    pub fixed: Option<String>,
}

/// Byte-order marks as the usual pages show them.
static MARKS: [&str; 12] = ["ï»¿", "п»ї", "ďťż", "ο»Ώ", "∩╗┐", "´╗┐", "я╗┐", "Ôªø", "ן»¿", "ï»؟", "О╩©", "Ã¯Â»Â¿"];

/// U+FFFD as the usual pages show its bytes.
static MISREAD: [&str; 8] = ["ï¿½", "пїЅ", "ďż˝", "ο»½", "∩┐╜", "´┐¢", "я┐╜", "Ôøô"];

/// The byte-order mark that a text begins with, read as text.
pub(super) fn mark(text: &str) -> Option<&'static str> {
    MARKS.iter().find(|m| text.starts_with(**m)).copied()
}

/// Whether a line holds the bytes of U+FFFD as a wrong decoder shows them.
pub(super) fn is_misread(line: &str) -> bool {
    static ALL: LazyLock<Option<Searcher>> = LazyLock::new(|| Searcher::new(MISREAD));
    match ALL.as_ref() {
        Some(all) => all.find(line).is_some(),
        None => MISREAD.iter().any(|m| line.contains(m)),
    }
}

/// Whether a line holds memory that was never written, read as text: what its other characters are cannot be told.
pub(super) fn is_uninitialised(line: &str) -> bool {
    ["烫烫烫", "屯屯屯"].iter().any(|run| line.contains(run))
}

/// All of them, in order. `blocks` says what stands where, so that clean text costs next to nothing; `lines` are its lines.
pub fn named(text: &str, blocks: &Blocks, lines: &[Span]) -> Vec<Named> {
    let mut out = Vec::new();
    let bytes = text.as_bytes();
    let marks = Signals::C1.or(Signals::REPLACEMENT);
    // Every trace but a few has a sign, a Latin letter or an ideograph.
    let most = Signals::HAN.or(Signals::LATIN).or(Signals::SIGN).or(Signals::COMMON_LETTER);
    let few = Signals::CYRILLIC.or(Signals::GREEK).or(Signals::ARABIC);
    for (span, signals) in blocks.each() {
        if signals.intersects(most) {
            beyond_ascii(text, span, &ALL_TRACES, &mut out);
        } else if signals.intersects(few) {
            beyond_ascii(text, span, &FEW_TRACES, &mut out);
        }
    }
    for span in blocks.spans(marks) {
        in_block(text, span, &mut out);
    }
    for span in blocks.spans(Signals::QUESTION) {
        question_marks(text, span, &mut out);
    }
    // ISO-2022-JP's shift sequences without the escape before them.
    if blocks.all().intersects(Signals::DOLLAR)
        && let Some(finder) = memchr::memmem::find(bytes, b"$B")
        && memchr::memmem::find(&bytes[finder..], b"(B").is_some()
    {
        without_escape(text, &mut out);
    }
    seven_bit(text, lines, &mut out);
    out.sort_by_key(|n| (n.span, n.kind));
    out.dedup();
    out
}

/// Something that stands in all damage of [`beyond_ascii`] but U+FFFD and controls, and hardly ever in good text.
static TRACES: [&str; 20] = [
    "锟", "烫烫", "屯屯", "葺葺", "锘", "嚜", "癤", "ÍÍÍ", "ÌÌÌ", "»¿", "»ї", "ťż", "»Ώ", "╗┐", "Ôªø", "»؟", "╩©",
    "¿½", "їЅ", "ż˝",
];
static MORE_TRACES: [&str; 5] = ["»½", "┐╜", "┐¢", "Ôøô", "Ã¯Â»"];

static ALL_TRACES: LazyLock<Option<Searcher>> = LazyLock::new(|| Searcher::new(TRACES.iter().chain(&MORE_TRACES)));
/// Those that may stand where there are no such characters.
static FEW_TRACES: LazyLock<Option<Searcher>> = LazyLock::new(|| Searcher::new(["»ї", "»Ώ", "»؟", "їЅ"]));

/// Looks closely at the lines that hold a trace.
fn beyond_ascii(text: &str, span: Span, searcher: &Option<Searcher>, out: &mut Vec<Named>) {
    let Some(block) = text.get(span.range()) else { return };
    let Some(searcher) = searcher else { return in_block(text, span, out) };
    let mut from = 0;
    while let Some(rest) = block.as_bytes().get(from..)
        && let Some(hit) = searcher.find(rest)
    {
        let at = from + hit.start();
        let line = line_at(block, at);
        in_block(text, Span::new(span.start + line.start, span.start + line.end), out);
        from = line.end;
    }
}

fn in_block(text: &str, span: Span, out: &mut Vec<Named>) {
    let mut run: Option<(char, usize, usize)> = None;
    let mut push = |span: Span, kind: Kind, fixed: Option<String>| out.push(Named { span, kind, fixed });
    let mut skip = 0;
    for (at, ch) in text.get(span.range()).unwrap_or_default().char_indices() {
        let at = span.start + at;
        if ch.is_ascii() || at < skip {
            continue;
        }
        let rest = &text[at..];
        match ch {
            '\u{FFFD}' => {
                let len = rest.find(|c| c != '\u{FFFD}').unwrap_or(rest.len());
                skip = at + len;
                push(Span::new(at, skip), Kind::Replacement, None);
                continue;
            }
            '锟' | '斤' | '拷' => {
                let len = rest.find(|c| !matches!(c, '锟' | '斤' | '拷')).unwrap_or(rest.len());
                // EF BF, then BD with whatever follows: the mark's three bytes at an odd place.
                let next = rest[len..].chars().next();
                let odd = next.and_then(|c| Wide::Gbk.encode(c)).is_some_and(|b| b.as_slice().first() == Some(&0xBD));
                let odd = odd || next.is_some_and(|c| c == '\u{FFFD}' || c == '?');
                if rest[..len].contains('锟') && (rest[..len].chars().count() > 1 || odd) {
                    skip = at + len;
                    push(Span::new(at, skip), Kind::ReplacementMisread, None);
                    continue;
                }
            }
            '锘' | '嚜' | '癤' if at == 0 || text[..at].ends_with('\n') => {
                // GBK takes the mark's last byte together with the next one; that character is lost with it.
                let odd = rest.chars().nth(1).filter(|c| *c == '\u{FFFD}' || *c == '?' || *c == '縊');
                skip = at + ch.len_utf8() + odd.map_or(0, char::len_utf8);
                let fixed = odd.map(|_| String::new());
                push(Span::new(at, skip), Kind::ByteOrderMark, fixed);
                continue;
            }
            '烫' | '屯' | '葺' | '\u{CD}' | '\u{CC}' => {
                let same = rest.find(|c| c != ch).unwrap_or(rest.len());
                if same / ch.len_utf8() >= if ch < '\u{100}' { 4 } else { 3 } {
                    skip = at + same;
                    push(Span::new(at, skip), Kind::Uninitialised, None);
                    continue;
                }
            }
            '\u{80}'..='\u{9F}' => match run {
                Some((_, from, to)) if to == at => run = Some((ch, from, at + ch.len_utf8())),
                _ => {
                    if let Some((_, from, to)) = run.replace((ch, at, at + ch.len_utf8())) {
                        push(Span::new(from, to), Kind::Control, None);
                    }
                }
            },
            _ => {}
        }
        let leading = at == 0 || text.as_bytes()[at - 1] == b'\n';
        if leading && let Some(mark) = MARKS.iter().find(|m| rest.starts_with(**m)) {
            skip = at + mark.len();
            push(Span::new(at, skip), Kind::ByteOrderMark, Some(String::new()));
            continue;
        }
        if !matches!(ch, 'ï' | 'п' | 'ď' | 'ο' | '∩' | '´' | 'я' | 'Ô') {
            continue;
        }
        if let Some(bad) = MISREAD.iter().find(|m| rest.starts_with(**m)) {
            let mut len = bad.len();
            while rest[len..].starts_with(bad) {
                len += bad.len();
            }
            skip = at + len;
            push(Span::new(at, skip), Kind::ReplacementMisread, Some("\u{FFFD}".repeat(len / bad.len())));
        }
    }
    if let Some((_, from, to)) = run {
        push(Span::new(from, to), Kind::Control, None);
    }
}

/// Runs of question marks that were words, and single ones inside words.
fn question_marks(text: &str, span: Span, out: &mut Vec<Named>) {
    let Some(block) = text.get(span.range()) else { return };
    let bytes = block.as_bytes();
    let first = out.len();
    // Words that end in a question mark inside a sentence: damage where others have one between their letters.
    let mut ends = Vec::new();
    // Words that begin with one are damage where others are: manuals write `?pattern` and `?option?`.
    let mut starts = Vec::new();
    let mut from = 0;
    while let Some(at) = bytes.get(from..).and_then(|rest| memchr::memchr(b'?', rest)).map(|i| from + i) {
        let start = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |i| i + 1);
        let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |i| at + i + 1);
        let line = block.get(start..end).unwrap_or_default();
        in_line(line, span.start + start, &mut starts, out);
        trailing(line, span.start + start, &mut ends);
        from = end;
    }
    let inside = out
        .iter()
        .skip(first)
        .filter(|n| text.get(n.span.range()).is_some_and(|t| t.contains(char::is_alphabetic) && !t.ends_with('?')));
    let inside = inside.count();
    let start = if inside > 0 { Kind::QuestionMarks } else { Kind::QuestionMark };
    out.extend(starts.into_iter().map(|span| Named { span, kind: start, fixed: None }));
    let kind = if inside >= 2 { Kind::QuestionMarks } else { Kind::QuestionMark };
    // In speech a question goes on in a small letter: `« Vraiment ? » dit-il`.
    let speech = |span: &Span| {
        let line = text.get(line_at(text, span.start).range()).unwrap_or_default();
        line.contains(['"', '«', '“', '„', '”', '—', '–', '¿', '‘'])
    };
    ends.retain(|span| kind == Kind::QuestionMarks || !speech(span));
    out.extend(ends.into_iter().map(|span| Named { span, kind, fixed: None }));
}

/// Words that end in one question mark although the sentence goes on with a small letter.
fn trailing(line: &str, offset: usize, out: &mut Vec<Span>) {
    for (at, _) in line.match_indices("? ") {
        let word = line.get(..at).unwrap_or_default();
        let start = word
            .rfind(|c: char| !c.is_alphabetic())
            .map_or(0, |i| i + word.get(i..).and_then(|w| w.chars().next()).map_or(1, char::len_utf8));
        let goes_on = line.get(at + 2..).is_some_and(|rest| rest.starts_with(char::is_lowercase));
        let letters = word.get(start..).unwrap_or_default();
        let marked = word.get(..start).is_some_and(|before| before.ends_with('?'));
        if goes_on && !marked && letters.chars().count() >= 2 && letters.ends_with(char::is_lowercase) {
            out.push(Span::new(offset + start, offset + at + 1));
        }
    }
}

fn in_line(line: &str, offset: usize, starts: &mut Vec<Span>, out: &mut Vec<Named>) {
    let mut runs = Vec::new();
    let mut inside = Vec::new();
    let mut first_letters = Vec::new();
    let mut at = 0;
    for token in line.split_inclusive([' ', '\t', '\n']) {
        let from = offset + at;
        at += token.len();
        if !token.contains('?')
            || token.contains("://")
            || token.contains("//")
            || token.contains(['=', '<', '>', '{', '\\', '*', '[', '|', '_', '%'])
        {
            continue;
        }
        let body = token.trim_end();
        let core = body.trim_matches(|c: char| !(c.is_alphanumeric() || c == '?'));
        let asked = core.bytes().filter(|b| *b == b'?').count();
        let letters = core.chars().filter(|c| c.is_alphabetic()).count();
        let lead = body.len() - body.trim_start_matches(|c: char| !(c.is_alphanumeric() || c == '?')).len();
        let span = Span::new(from + lead, from + lead + core.len());
        let first = core.find('?').unwrap_or(0);
        let after = core[first..].trim_start_matches('?');
        if asked > 1 && letters == 0 && core.bytes().all(|b| b == b'?' || !b.is_ascii_alphanumeric()) {
            runs.push((span, asked));
        } else {
            // Nothing but a word: patterns and calls have other signs in them.
            let is_word = core.chars().all(|c| c.is_alphabetic() || matches!(c, '?' | '\'' | '’' | '-'));
            // A quoted word is a search pattern; so is one with the ending of another script.
            let quote = |c: Option<char>| c.is_some_and(|c| "\"'“”„«»‘’‹›「」『』".contains(c));
            let (left, right) = (&body[..lead], &body[lead + core.len()..]);
            let quoted = quote(left.chars().next_back()) && quote(right.chars().next());
            let two = core.contains(|c: char| c.is_ascii_alphabetic()) && core.contains(|c| c >= '\u{370}');
            if quoted || two {
                continue;
            }
            let goes_on = after.starts_with(|c: char| c.is_lowercase());
            let several = asked > 1 && core.trim_matches('?').contains('?');
            if letters == 0 || !is_word {
                continue;
            }
            if goes_on && first > 0 || several {
                inside.push(span);
            } else if goes_on && asked <= letters && !core.ends_with('?') && !token.contains(['-', '(', ')']) {
                first_letters.push(span);
            }
        }
    }
    if first_letters.len() >= 2 || !inside.is_empty() {
        inside.append(&mut first_letters);
        inside.sort_by_key(|span| span.start);
    }
    starts.append(&mut first_letters);
    // One `???` is emphasis; several runs, or a long one, were words.
    let words = runs.iter().filter(|(_, n)| *n >= 2).count();
    let total: usize = runs.iter().map(|(_, n)| n).sum();
    // Words differ in length: the same three marks here and there stand for a reference that was never filled in.
    let filler = inside.is_empty() && runs.iter().all(|(_, n)| *n == 3) && runs.len() * 3 < line.split(' ').count();
    if (words >= 2 && total >= 6 || runs.iter().any(|(_, n)| *n >= 6) || !inside.is_empty() && total > 3) && !filler {
        out.extend(runs.iter().map(|(span, _)| Named { span: *span, kind: Kind::QuestionMarks, fixed: None }));
    }
    let kind = if is_syntax(line) { Kind::QuestionMark } else { Kind::QuestionMarks };
    out.extend(inside.iter().map(|span| Named { span: *span, kind, fixed: None }));
}

/// Whether question marks in the ASCII words of a line are signs of a syntax: `?option?` in a synopsis, or words
/// among ideographs, which no Latin page could have held.
fn is_syntax(line: &str) -> bool {
    let option = |token: &str| {
        let inner = token.trim_end().strip_prefix('?').and_then(|t| t.strip_suffix('?'));
        inner.is_some_and(|t| t.len() > 3 && t.bytes().all(|b| b.is_ascii_alphabetic() || b == b'.'))
    };
    // Ideographs that are misread letters are rare ones.
    let model = Model::get();
    let ranks = || line.chars().filter(|c| super::swap::is_ideograph(*c)).filter_map(|c| model.rank(model.symbol(c)));
    let (wide, rare) = ranks().fold((0, 0), |(n, sum), rank| (n + 1, sum + u32::from(rank)));
    line.split(' ').any(option) || wide >= 4 && rare * 4 < wide * 7
}

/// `$B` … `(B`: the two shift sequences of ISO-2022-JP with the escape character gone from before them.
fn without_escape(text: &str, out: &mut Vec<Named>) {
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
    use super::model::Ideographs::Japanese;
    match Model::get().han(Japanese, ch) {
        Some(rank) => rank < 13,
        None => !ch.is_ascii() && ch != '\u{FFFD}',
    }
}

/// The Cyrillic letter whose KOI8-R byte without its eighth bit is this ASCII character.
pub(super) fn eighth_bit(ch: char) -> Option<char> {
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
fn seven_bit(text: &str, lines: &[Span], out: &mut Vec<Named>) {
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

    fn kinds(text: &str) -> Vec<(Kind, &str)> {
        let facts = crate::analysis::Facts::default();
        named(text, &Blocks::scan(text), facts.lines(text))
            .into_iter()
            .map(|n| (n.kind, &text[n.span.range()]))
            .collect()
    }

    #[test]
    fn damage_has_names() {
        assert_eq!(kinds("na\u{FFFD}ve"), [(Kind::Replacement, "\u{FFFD}")]);
        assert_eq!(kinds("caf锟斤拷"), [(Kind::ReplacementMisread, "锟斤拷")]);
        assert_eq!(kinds("ï»¿Hallo"), [(Kind::ByteOrderMark, "ï»¿")]);
        assert_eq!(kinds("值烫烫烫烫"), [(Kind::Uninitialised, "烫烫烫烫")]);
        assert_eq!(
            kinds("???? ?????? ???"),
            [(Kind::QuestionMarks, "????"), (Kind::QuestionMarks, "??????"), (Kind::QuestionMarks, "???"),]
        );
        assert_eq!(kinds("Wys?ano wiadomo??"), [(Kind::QuestionMarks, "Wys?ano")]);
        assert_eq!(
            kinds("La libert? est l'?cole, ferm?e pour la soci?t?."),
            [
                (Kind::QuestionMarks, "libert?"),
                (Kind::QuestionMarks, "l'?cole"),
                (Kind::QuestionMarks, "ferm?e"),
                (Kind::QuestionMarks, "soci?t?"),
            ]
        );
    }

    #[test]
    fn latin_words_stay_among_stripped_ones() {
        let line = "uSTANOWITE PROGRAMMU Debian I PERESAVIWAJTE WS£ NA DISK CD";
        assert_eq!(with_eighth_bit(line).0, "Установите программу Debian и пересаживайте всё на диск CD");
    }

    #[test]
    fn ordinary_questions_are_left_alone() {
        for text in [
            "search for ?broken or ?narrow(pattern, ?term)",
            "info ?id? and ?options? in a manual",
            "„k?s“ findet »kos« und »kus«; \"M?ller\" auch",
            "after info ?id? 這個命令",
            "Really??? Why?",
            "Wie? Was?",
            "https://a.example/?q=1&b=?x",
            "a ? b : c",
            "他烫了头发",
            "Quoi ?",
        ] {
            let sure: Vec<_> = kinds(text).into_iter().filter(|(kind, _)| *kind != Kind::QuestionMark).collect();
            assert!(sure.is_empty(), "{text}: {sure:?}");
        }
    }
}
