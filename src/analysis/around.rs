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
