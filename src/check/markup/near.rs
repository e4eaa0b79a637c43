//! What stands next to a span: the line, the neighbours, and what a deletion leaves behind.

use crate::{analysis::around::boundary_after, text::Span};

/// The character before an offset.
pub(super) fn before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

/// The character at an offset.
pub(super) fn after(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}

/// The colons of a text, those of East Asian writing too, with their width. `wide` says whether the text may have those.
pub(super) fn colons(text: &str, wide: bool) -> impl Iterator<Item = (usize, usize)> {
    let bytes = text.as_bytes();
    let east_asian = if wide { bytes } else { &[] };
    let wide = memchr::memmem::find_iter(east_asian, "：").map(|at| (at, "：".len()));
    memchr::memchr_iter(b':', bytes).map(|at| (at, 1)).chain(wide)
}

/// The line round an offset, without its line end.
pub(super) fn line(text: &str, at: usize) -> Span {
    let start = memchr::memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |i| i + 1);
    let end = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |i| at + i);
    let end = if end > start && text.as_bytes()[end - 1] == b'\r' { end - 1 } else { end };
    Span::new(start, end.max(at))
}

/// What to delete so that no trace is left: a whole line goes with its line end and one of two blank lines round it;
/// inside a line one of two blanks goes too.
pub(super) fn deletion(text: &str, span: Span) -> Span {
    let bytes = text.as_bytes();
    let blank = |b: Option<&u8>| matches!(b, Some(b' ' | b'\t'));
    let mut start = span.start;
    while start > 0 && blank(bytes.get(start - 1)) {
        start -= 1;
    }
    let mut end = span.end;
    while blank(bytes.get(end)) {
        end += 1;
    }
    let opens = start == 0 || bytes[start - 1] == b'\n';
    let line_end = |at: usize| match (bytes.get(at), bytes.get(at + 1)) {
        (Some(b'\n'), _) => Some(at + 1),
        (Some(b'\r'), Some(b'\n')) => Some(at + 2),
        _ => None,
    };
    let closes = end == bytes.len() || line_end(end).is_some();
    match (opens, closes) {
        (true, true) => {
            let mut stop = line_end(end).unwrap_or(end);
            // Blank lines before and after: one of them goes too.
            let blank_before = start == 0 || text[..start].ends_with("\n\n") || text[..start].ends_with("\n\r\n");
            while let Some(next) = line_end(stop).filter(|_| blank_before) {
                stop = next;
            }
            if stop == bytes.len() {
                // The last line: the line end before it goes instead, and blank lines with it.
                let had_end = line_end(end).is_some();
                let kept = text[..start].trim_end_matches(['\n', '\r']).len();
                let first_end = line_end(kept).unwrap_or(kept);
                start = if had_end { first_end.min(start) } else { kept };
            }
            Span::new(start, stop)
        }
        (true, false) => Span::new(span.start, end),
        (false, true) => Span::new(start, span.end),
        // Between two blanks one stays; a mark of punctuation needs none before it.
        (false, false) if start < span.start && end > span.end => Span::new(start, span.end),
        (false, false) if start < span.start && after(text, span.end).is_some_and(|c| ".,;:!?)»”".contains(c)) => {
            Span::new(start, span.end)
        }
        (false, false) => span,
    }
}

/// Whether quotation or code marks stand directly round a span: the text talks about it.
pub(in crate::check) fn is_mentioned(text: &str, span: Span) -> bool {
    let mark = |c: Option<char>| c.is_some_and(|c| "`\"'“”„‘’«»‹›「」『』".contains(c));
    mark(before(text, span.start)) && mark(after(text, span.end)) || in_code_marks(text, span)
}

/// Whether a span lies between two backticks of its line.
pub(in crate::check) fn in_code_marks(text: &str, span: Span) -> bool {
    let line = line(text, span.start);
    // What stands behind it is asked first: a line may be a whole file, with many spans in it.
    span.end <= line.end
        && memchr::memchr(b'`', &text.as_bytes()[span.end..line.end]).is_some()
        && memchr::memchr_iter(b'`', &text.as_bytes()[line.start..span.start]).count() % 2 == 1
}

/// Whether a line, or the last one before it that holds something, names a markup language: then it is about markup.
pub(super) fn names_markup(text: &str, line: Span) -> bool {
    let above = text[..line.start].trim_end();
    let above = self::line(text, above.len());
    let from = boundary_after(text, above.start.max(above.end.saturating_sub(400)).min(line.start));
    let part = &text[from..line.end];
    part.as_bytes().windows(3).enumerate().any(|(i, w)| {
        let long = |name: &[u8]| part.as_bytes().get(i..i + 4).is_some_and(|p| p.eq_ignore_ascii_case(name));
        w.eq_ignore_ascii_case(b"xml") || long(b"html") || long(b"sgml")
    })
}

/// The words directly before and after a span, in lower case, on the same line.
pub(super) fn neighbours(text: &str, span: Span) -> [String; 2] {
    let line = line(text, span.start);
    let word = |c: &char| c.is_alphabetic();
    let skip = |c: &char| !c.is_alphabetic();
    let mut left: Vec<char> =
        text[line.start..span.start].chars().rev().skip_while(skip).take_while(word).take(24).collect();
    left.reverse();
    let right = text[span.end..line.end.max(span.end)].chars().skip_while(skip).take_while(word).take(24);
    [left.iter().collect::<String>().to_lowercase(), right.collect::<String>().to_lowercase()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deleted(text: &str, what: &str) -> String {
        let at = text.find(what).unwrap();
        let cut = deletion(text, Span::new(at, at + what.len()));
        format!("{}{}", &text[..cut.start], &text[cut.end..])
    }

    #[test]
    fn deletions_leave_no_trace() {
        assert_eq!(deleted("a\n\nX\n\nb", "X"), "a\n\nb");
        assert_eq!(deleted("a\nX\nb", "X"), "a\nb");
        assert_eq!(deleted("a\n\nX\n", "X"), "a\n");
        assert_eq!(deleted("a\n\nX", "X"), "a");
        assert_eq!(deleted("X\n\nb", "X"), "b");
        assert_eq!(deleted("a X b", "X"), "a b");
        assert_eq!(deleted("a X.", "X"), "a.");
        assert_eq!(deleted("a\r\nX\r\nb", "X"), "a\r\nb");
        assert_eq!(deleted("X", "X"), "");
    }
}
