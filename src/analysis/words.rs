//! Words, and the tokens that only look like words.

use crate::{text::Span, unicode::props};

/// A run of letters and marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where.
    pub span: Span,
}

/// The runs of letters and combining marks of a text. Apostrophes, hyphens and digits end a word.
pub fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        if is_word_char(c) {
            start.get_or_insert(at);
        } else if let Some(from) = start.take() {
            words.push(Word { span: Span::new(from, at) });
        }
    }
    if let Some(from) = start {
        words.push(Word { span: Span::new(from, text.len()) });
    }
    words
}

/// Letters, and the marks that belong to them.
pub(crate) fn is_word_char(c: char) -> bool {
    is_alphabetic(c) || !c.is_ascii() && crate::analysis::is_mark(c)
}

/// As [`char::is_alphabetic`], without its search for letters beyond ASCII.
pub(crate) fn is_alphabetic(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphabetic() } else { props(c).is_letter() || !is_sign(c) && c.is_alphabetic() }
}

/// As [`char::is_alphanumeric`], without that search.
pub(crate) fn is_alphanumeric(c: char) -> bool {
    is_alphabetic(c) || c.is_numeric()
}

/// Dashes and quotation marks: what most characters beyond ASCII are that are no letters.
fn is_sign(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2050}' | '\u{3001}'..='\u{3004}')
}

/// URLs, e-mail addresses, paths, file names and hashes: tokens between blanks that hold one of their signs.
pub(super) fn opaque(text: &str) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut spans: Vec<Span> = Vec::new();
    let mut add = |at: usize| {
        if spans.last().is_some_and(|s| s.end > at) {
            return;
        }
        let ends = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'<' | b'>' | b'"' | 1);
        let start = bytes[..at].iter().rposition(ends).map_or(0, |i| i + 1);
        let end = bytes[at..].iter().position(ends).map_or(bytes.len(), |i| at + i);
        if text.is_char_boundary(start) && text.is_char_boundary(end) {
            spans.push(Span::new(start, end));
        }
    };
    // The signs are rare in prose: each hit looks at its own token only.
    for at in memchr::memchr3_iter(b'/', b'@', b'_', bytes) {
        let next = bytes.get(at + 1).copied().unwrap_or(b' ');
        let before = if at == 0 { b' ' } else { bytes[at - 1] };
        let is_url = bytes[at] == b'/' && (before == b':' || before == b'/' || before == b'.');
        let is_path = bytes[at] == b'/'
            && !next.is_ascii_whitespace()
            && before.is_ascii_alphanumeric()
            && next.is_ascii_alphanumeric()
            && {
                let rest = &bytes[at + 1..];
                let end = rest.iter().position(u8::is_ascii_whitespace).unwrap_or(rest.len());
                memchr::memchr2(b'/', b'.', &rest[..end.saturating_sub(1)]).is_some()
            };
        let is_mail = bytes[at] == b'@' && before.is_ascii_alphanumeric() && next.is_ascii_alphanumeric();
        let is_name = bytes[at] == b'_' && (before.is_ascii_alphanumeric() || next.is_ascii_alphanumeric());
        if is_url || is_path || is_mail || is_name {
            add(at);
        }
    }
    spans.sort();
    spans
}

/// Whether a span touches one of some spans in order.
pub(super) fn touches(all: &[Span], span: Span) -> bool {
    let at = all.partition_point(|o| o.end <= span.start);
    all.get(at).is_some_and(|o| o.overlaps(span))
}

/// Whether a span touches one of the tokens that [`opaque`] names; `None` where no blank is near.
pub(super) fn is_opaque(text: &str, span: Span) -> Option<bool> {
    const FAR: usize = 256;
    let bytes = text.as_bytes();
    let mut before = bytes.get(..span.start)?.iter().rev().take(FAR);
    let mut after = bytes.get(span.end..)?.iter().take(FAR);
    let start = match before.position(u8::is_ascii_whitespace) {
        Some(letters) => span.start - letters,
        None => (span.start < FAR).then_some(0)?,
    };
    let end = match after.position(u8::is_ascii_whitespace) {
        Some(letters) => span.end + letters,
        None => (bytes.len() - span.end < FAR).then_some(bytes.len())?,
    };
    let near = opaque(text.get(start..end)?);
    Some(touches(&near, Span::new(span.start - start, span.end - start)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_are_those_of_unicode() {
        for c in (0..=0x10_FFFF).filter_map(char::from_u32) {
            // The tables of the program may know letters of a later Unicode than the standard library.
            let new = props(c).is_letter();
            assert!(is_alphanumeric(c) == (c.is_alphanumeric() || new), "{c}");
            assert!(is_alphabetic(c) == (c.is_alphabetic() || new), "{c}");
            assert!(is_word_char(c) == (c.is_alphabetic() || new || crate::analysis::is_mark(c)), "{c}");
        }
    }

    #[test]
    fn words_are_letters_and_marks() {
        let text = "Об'єкт é-x 42";
        let found: Vec<_> = words(text).iter().map(|w| &text[w.span.range()]).collect();
        assert_eq!(found, ["Об", "єкт", "é", "x"]);
    }

    #[test]
    fn urls_and_addresses_are_opaque() {
        let text = "See https://example.org/a_b, mail a@b.org or src/main.rs now";
        let found: Vec<_> = opaque(text).iter().map(|s| &text[s.range()]).collect();
        assert_eq!(found, ["https://example.org/a_b,", "a@b.org", "src/main.rs"]);
        let all = opaque(text);
        for span in (0..text.len()).map(|at| Span::new(at, (at + 5).min(text.len()))) {
            assert_eq!(is_opaque(text, span), Some(touches(&all, span)), "{span:?}");
        }
        assert_eq!(is_opaque(&"/".repeat(600), Span::new(300, 301)), None);
    }
}
