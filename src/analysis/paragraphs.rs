//! The paragraphs of a text.

use crate::text::Span;

/// The longer paragraphs, with the blanks at their edges: what stands between blank lines, or a long line. The text itself
/// is not looked at.
#[derive(Clone)]
pub(crate) struct Paragraphs<'l> {
    lines: &'l [Span],
    /// The next line, and where the paragraph begins that it belongs to.
    line: usize,
    start: usize,
}

impl<'l> Paragraphs<'l> {
    /// Those of a text with these lines.
    pub(crate) fn of(lines: &'l [Span]) -> Paragraphs<'l> {
        Paragraphs { lines, line: 0, start: 0 }
    }
}

impl Iterator for Paragraphs<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        while let Some(line) = self.lines.get(self.line) {
            self.line += 1;
            // A line that ends a paragraph: a blank line follows, or the line itself is long.
            let next = self.lines.get(self.line);
            if !next.is_none_or(|next| next.is_empty()) && line.end - self.start < 240 {
                continue;
            }
            let start = std::mem::replace(&mut self.start, next.map_or(line.end, |next| next.start));
            if line.end - start > 100 {
                return Some(Span::new(start, line.end));
            }
        }
        None
    }
}

/// A paragraph without what masks markup, and without blanks at its edges.
pub(crate) fn trimmed(prose: &str, paragraph: Span) -> Span {
    let text = prose.get(paragraph.range()).unwrap_or_default();
    let edge = |c: char| c.is_whitespace() || c == crate::region::MASK;
    let from = paragraph.start + (text.len() - text.trim_start_matches(edge).len());
    Span::new(from, from + text.trim_matches(edge).len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_and_what_blank_lines_close() {
        let long = "A line of a hundred and more bytes, as most paragraphs are that somebody writes for others to read at leisure.";
        let text = format!("Title\n\n  {long}\n\n{long}\n{long}\n{long}\nshort\n\n{}", long.repeat(3));
        let lines: Vec<Span> = {
            let facts = crate::analysis::Facts::default();
            facts.lines(&text).to_vec()
        };
        let found: Vec<&str> = Paragraphs::of(&lines).map(|s| &text[trimmed(&text, s).range()]).collect();
        assert_eq!(found.len(), 3, "{found:?}");
        assert_eq!(found[0], long);
        assert_eq!(found[1], format!("{long}\n{long}\n{long}"));
        assert_eq!(found[2], long.repeat(3));
    }
}
