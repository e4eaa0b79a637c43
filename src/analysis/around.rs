//! What stands on the two sides of a place in the text.

use super::is_word_char;
use crate::text::Span;

/// The character that ends at `at`.
pub(crate) fn char_before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// The character that begins at `at`.
pub(crate) fn char_after(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// The run of letters and marks that ends at `at`; empty when there is none.
pub(crate) fn word_before(text: &str, at: usize) -> Span {
    let Some(head) = text.get(..at) else { return Span::new(at, at) };
    let start = head.char_indices().rev().take_while(|(_, c)| is_word_char(*c)).last().map_or(at, |(i, _)| i);
    Span::new(start, at)
}

/// The run of letters and marks that begins at `at`; empty when there is none.
pub(crate) fn word_after(text: &str, at: usize) -> Span {
    let Some(tail) = text.get(at..) else { return Span::new(at, at) };
    let len = tail.char_indices().find(|(_, c)| !is_word_char(*c)).map_or(tail.len(), |(i, _)| i);
    Span::new(at, at + len)
}

/// The line that holds `at`, without its line end.
pub(crate) fn line_at(text: &str, at: usize) -> Span {
    let bytes = text.as_bytes();
    let at = at.min(bytes.len());
    let start = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |i| i + 1);
    let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |i| at + i);
    let end = if end > start && bytes[end - 1] == b'\r' { end - 1 } else { end };
    Span::new(start, end)
}

/// Beyond this distance nothing is looked at.
const FAR: usize = 8192;

/// The line's start, or a place some kilobytes before: a text may be one line of many megabytes.
pub(crate) fn line_start(text: &str, at: usize) -> usize {
    let from = boundary_before(text, at.saturating_sub(FAR));
    memchr::memrchr(b'\n', &text.as_bytes()[from..at]).map_or(from, |i| from + i + 1)
}

/// The line's end, or a place some kilobytes on.
pub(crate) fn line_end(text: &str, at: usize) -> usize {
    let to = boundary_after(text, at + FAR);
    memchr::memchr(b'\n', &text.as_bytes()[at..to]).map_or(to, |i| at + i)
}

/// The line (or lines) of a span, without the line end.
pub(crate) fn line_of(text: &str, span: Span) -> Span {
    Span::new(line_start(text, span.start), line_end(text, span.end))
}

/// The last place up to `at` that does not lie inside a character.
pub(crate) fn boundary_before(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0)
}

/// So many pieces of a text of `len` bytes each, about; the first from its beginning, all equally far apart.
pub(crate) fn pieces(text: &str, count: usize, len: usize) -> impl Iterator<Item = &str> {
    (0..count).map(move |piece| {
        let from = boundary_before(text, text.len() / count * piece);
        &text[from..boundary_before(text, from + len)]
    })
}

/// The first place from `at` on that does not lie inside a character.
pub(crate) fn boundary_after(text: &str, at: usize) -> usize {
    (at..text.len()).find(|&i| text.is_char_boundary(i)).unwrap_or(text.len())
}

/// Whether a quotation that opens before the span on its line closes after it.
pub(crate) fn is_inside_quotation(text: &str, span: Span) -> bool {
    let line = line_of(text, span);
    let (left, right) = (&text[line.start..span.start], &text[span.start..line.end]);
    if memchr::memchr_iter(b'"', left.as_bytes()).count() % 2 == 1 && right.contains('"') {
        return true;
    }
    [('“', '”'), ('„', '“'), ('„', '”'), ('«', '»'), ('»', '«'), ('「', '」'), ('『', '』'), ('《', '》'), ('‘', '’')]
        .iter()
        .any(|&(open, close)| {
            let opened = left.rfind(open);
            opened.is_some_and(|at| left.rfind(close).is_none_or(|closed| closed <= at)) && right.contains(close)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_of_a_place() {
        let text = "one. Żółw,two";
        let comma = text.find(',').unwrap_or_default();
        assert_eq!(&text[word_before(text, comma).range()], "Żółw");
        assert_eq!(&text[word_after(text, comma + 1).range()], "two");
        assert_eq!(char_before(text, 0), None);
        assert_eq!(char_after(text, text.len()), None);
        assert_eq!(line_at("a\r\nbc\nd", 4), Span::new(3, 5));
    }
}
