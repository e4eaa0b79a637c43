//! What stands round a hit: its line, quotation marks and code marks, the edges of the document.

pub(super) use crate::analysis::around::{is_inside_quotation, line_of};
use crate::{
    analysis::{
        around::{boundary_after, boundary_before, line_end, line_start},
        is_word_char,
    },
    text::Span,
};

/// How far before a hit a confirming regex may look, in bytes.
const BEFORE: usize = 256;
/// How far behind a hit it may look: what opens with the hit can be a long template.
const BEHIND: usize = 1024;
/// How long a side of the hit's line may be and still be looked at as a whole.
const LINE: usize = 1024;

/// Whether no letter or digit touches the span.
pub(super) fn has_word_edges(text: &str, span: Span) -> bool {
    let joins = |c: char| is_word_char(c) || c.is_ascii_digit();
    !text[..span.start].chars().next_back().is_some_and(joins) && !text[span.end..].chars().next().is_some_and(joins)
}

/// Whether only blanks, bullets and quotation marks stand before a place on its line.
pub(super) fn starts_line(text: &str, at: usize) -> bool {
    let start = line_start(text, at);
    // Nobody indents by more; a place far inside a long line is refused at once.
    at - start <= 200 && text[start..at].chars().all(|c| c.is_whitespace() || "-•*–—>#(\"“«‘'\u{1}\u{FEFF}".contains(c))
}

/// The part round a hit that a regex may look at: its line where that is not too long, some lines more where they are
/// short.
pub(super) fn window(text: &str, hit: Span) -> Span {
    let mut start = hit.start.saturating_sub(BEFORE);
    let line = line_of(text, hit);
    if line.start < start && hit.start - line.start <= LINE {
        start = line.start;
    }
    let mut end = (hit.end + BEHIND).min(text.len());
    if line.end > end && line.end - hit.end <= LINE {
        end = line.end;
    }
    Span::new(boundary_before(text, start), boundary_after(text, end))
}

const OPENING: &str = "\"'`“„«‹‘‚「『《〈";
const CLOSING: &str = "\"'`”“»›’」』》〉";

/// Whether quotation marks or code marks stand directly on both sides, or the span lies inside inline code marks.
pub(super) fn is_mentioned(text: &str, span: Span) -> bool {
    let before = text[..span.start].chars().next_back();
    let after = text[span.end..].chars().next();
    // Two or three straight apostrophes are the bold and the italics of a wiki.
    let emphasis = text[..span.start].ends_with("''");
    if !emphasis && before.is_some_and(|c| OPENING.contains(c)) && after.is_some_and(|c| CLOSING.contains(c)) {
        return true;
    }
    let line = line_of(text, span);
    let (left, right) = (&text[line.start..span.start], &text[span.end..line.end]);
    memchr::memchr(b'`', left.as_bytes()).is_some()
        && right.contains('`')
        && memchr::memchr_iter(b'`', left.as_bytes()).count() % 2 == 1
}

/// Whether a place stands inside a sentence: a blank before it, and before that a word in lower case, «The» or a comma.
pub(super) fn is_mid_sentence(text: &str, at: usize) -> bool {
    let Some(before) = text[..at].strip_suffix([' ', '\u{a0}']) else { return false };
    let word = before.trim_end_matches(is_word_char);
    let last = before[word.len()..].chars();
    before.ends_with([',', ';', ')'])
        // «The» never ends a sentence.
        || before[word.len()..] == *"The"
        || (!before.ends_with('\n') && last.clone().count() > 0 && last.rev().take(3).all(char::is_lowercase))
}

/// Whether a line is a sentence in ordinary case: at most two thirds of its longer words begin with a
/// capital.
pub(super) fn is_sentence_case(line: &str) -> bool {
    let (mut long, mut capital) = (0usize, 0usize);
    for word in line.split(|c: char| !is_word_char(c)).filter(|w| w.len() > 3) {
        long += 1;
        capital += usize::from(word.chars().next().is_some_and(char::is_uppercase));
    }
    long >= 4 && capital * 3 <= long * 2
}

/// Whether a span lies in the first or the last line that is not blank.
pub(super) fn is_at_edge(text: &str, span: Span) -> bool {
    let line = line_of(text, span);
    text[..line.start].trim().is_empty() || text[line.end..].trim().is_empty()
}

/// Words after which something has to follow: where a token stands there, it is a part of the sentence.
static GOVERN: &[&str] = &[
    "see",
    "in",
    "by",
    "from",
    "to",
    "of",
    "at",
    "per",
    "with",
    "via",
    "on",
    "under",
    "for",
    "cf",
    "than",
    "and",
    "or",
    "is",
    "siehe",
    "vgl",
    "laut",
    "von",
    "aus",
    "mit",
    "nach",
    "bei",
    "zu",
    "auf",
    "und",
    "voir",
    "selon",
    "dans",
    "par",
    "de",
    "avec",
    "sur",
    "et",
    "véase",
    "ver",
    "según",
    "en",
    "por",
    "con",
    "y",
    "segundo",
    "em",
    "vedi",
    "secondo",
    "da",
    "di",
    "e",
    "zie",
    "volgens",
    "van",
    "met",
    "см",
    "согласно",
    "по",
    "в",
    "из",
    "с",
    "и",
    "див",
    "згідно",
    "за",
    "у",
    "з",
    "та",
    "patrz",
    "według",
    "w",
    "z",
    "zob",
    "viz",
    "podle",
    "se",
    "enligt",
    "från",
    "och",
    "ifølge",
    "fra",
    "og",
    "av",
    "af",
    "bkz",
    "ve",
    "lihat",
    "menurut",
    "dari",
    "dan",
    "xem",
    "theo",
    "từ",
    "انظر",
    "في",
    "من",
    "ببین",
    "در",
    "از",
    "του",
    "στο",
    "από",
    "και",
    "参见",
    "根据",
    "见",
    "참조",
];

/// Whether a sentence would miss its subject or its object without the span.
pub(super) fn is_needed(text: &str, span: Span) -> bool {
    let line = line_of(text, span);
    let before = text[line.start..span.start].trim_end_matches([' ', '\u{a0}']);
    let after = text[span.end..line.end].trim_start_matches([' ', '\u{a0}']);
    let word = &before[before.trim_end_matches(is_word_char).len()..];
    let spaced = before.len() < span.start - line.start;
    let governed = spaced && !word.is_empty() && GOVERN.contains(&word.to_lowercase().as_str());
    // «[token] says that …»: nothing before it, and a word in lower case behind it.
    let opens = before.is_empty() || before.ends_with(['.', '!', '?', '…', '。']);
    let subject = opens && text[span.end..].starts_with(' ') && after.chars().next().is_some_and(char::is_lowercase);
    // Particles of Japanese and Korean stand behind what they mark.
    let marked = text[span.end..].starts_with(['は', 'が', 'を', 'に', 'で', '은', '는', '을', '를', '에']);
    governed || subject || marked
}

/// What to delete so that no trace of the span is left: the blank before it, or its whole line.
pub(super) fn deletion(text: &str, span: Span) -> Span {
    let line = line_of(text, span);
    let blank = |s: &str| s.chars().all(char::is_whitespace);
    if blank(&text[line.start..span.start]) && blank(&text[span.end..line.end]) {
        // The whole line; of the blank lines round it one is enough, and none at the end.
        let end = (line.end + 1).min(text.len());
        if text[end..].trim().is_empty() {
            let kept = text[..line.start].trim_end().len();
            let start = if line.end == text.len() || kept == 0 { kept } else { line_end(text, kept) + 1 };
            return Span::new(start, text.len().max(start));
        }
        let blank_before = line.start == 0 || blank(&text[line_start(text, line.start - 1)..line.start]);
        let next = line_end(text, end);
        if blank_before && blank(&text[end..next]) {
            return Span::new(line.start, (next + 1).min(text.len()));
        }
        return Span::new(line.start, end);
    }
    let after = &text[span.end..line.end];
    let before = &text[line.start..span.start];
    let gap = before.len() - before.trim_end_matches([' ', '\u{a0}']).len();
    if blank(before) {
        let gap = after.len() - after.trim_start_matches([' ', '\u{a0}']).len();
        return Span::new(span.start, span.end + gap);
    }
    // Before punctuation, a blank or the end of the line nothing may stay between the words.
    let closes = after.chars().next().is_none_or(|c| c.is_whitespace() || ".,;:!?…)]}»”".contains(c));
    Span::new(if closes { span.start - gap } else { span.start }, span.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, part: &str) -> String {
        let at = text.find(part).unwrap();
        let span = deletion(text, Span::new(at, at + part.len()));
        format!("{}{}", &text[..span.start], &text[span.end..])
    }

    #[test]
    fn deletions_leave_no_trace() {
        assert_eq!(cut("Ein Satz [X].", "[X]"), "Ein Satz.");
        assert_eq!(cut("Ein [X] Satz", "[X]"), "Ein Satz");
        assert_eq!(cut("[X] Satz", "[X]"), "Satz");
        assert_eq!(cut("a\n\n[X]\n\nb", "[X]"), "a\n\nb");
        assert_eq!(cut("a\n[X]\nb", "[X]"), "a\nb");
        assert_eq!(cut("a\n\n[X]", "[X]"), "a");
        assert_eq!(cut("a\r\n\r\n[X]\r\n", "[X]"), "a\r\n");
        assert_eq!(cut("[X]", "[X]"), "");
    }

    #[test]
    fn mentions_are_not_uses() {
        let is = |text: &str, f: fn(&str, Span) -> bool| {
            let at = text.find('X').unwrap();
            f(text, Span::new(at, at + 1))
        };
        assert!(is("the token “X” is", is_mentioned));
        assert!(is("the code `a X b` is", is_mentioned));
        assert!(!is("the `code` X is `b`", is_mentioned));
        assert!(is("he wrote: „Das ist X hier“ und", is_inside_quotation));
        assert!(is("she said \"it is X now\" and", is_inside_quotation));
        assert!(!is("\"a\" X \"b\"", is_inside_quotation));
        assert!(!is("“a” X “b”", is_inside_quotation));
    }

    #[test]
    fn sentences_keep_their_objects() {
        let is = |text: &str| {
            let at = text.find("[X]").unwrap();
            is_needed(text, Span::new(at, at + 3))
        };
        assert!(is("For the rest see [X]."));
        assert!(is("Die Zahlen stammen aus [X] und von Frau Berg."));
        assert!(is("[X] says that the ferry is late."));
        assert!(is("詳細は [X]を参照してください。"));
        assert!(!is("The ferry is late [X]. Nobody knows why."));
        assert!(!is("The ferry is late. [X] Nobody knows why."));
        assert!(!is("Die Fähre fährt nicht[X]"));
    }

    #[test]
    fn titles_are_not_sentences() {
        assert!(is_sentence_case("He said that Russia in General is satisfied with it."));
        assert!(!is_sentence_case("The Ministry of Foreign Affairs in General"));
        assert!(!is_sentence_case("Short One"));
    }
}
