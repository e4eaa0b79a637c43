//! Damage that nobody can undo, by name.

mod questions;
mod stripped;

use super::wide::Wide;
use crate::{
    analysis::{Blocks, Signals, around::line_at},
    text::Span,
};
use aho_corasick::packed::Searcher;
use questions::question_marks;
use std::sync::LazyLock;
use stripped::{seven_bit, without_escape};

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
