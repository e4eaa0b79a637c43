//! Lines and columns, from a sparse index: one entry every few KB of text.
//!
//! An entry knows where its line began and how many characters of that line lie before it, so that neither a
//! file of millions of lines nor one line of many megabytes makes a single look-up slow.

use memchr::{memchr, memchr_iter, memrchr};

use super::Span;

const BLOCK: usize = 2048;

/// What is known at the start of a block.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    /// The number of lines that end before the block.
    line: usize,
    /// Where the line that the block starts in begins.
    line_start: usize,
    /// Code points and UTF-16 units between there and the block.
    chars: usize,
    units: usize,
}

/// The index. Lines end with LF or CR LF; in a text without any LF, with CR.
pub(super) struct LineIndex {
    entries: Vec<Entry>,
    newline: u8,
    count: usize,
}

/// A line, and columns in it, all from 0.
pub(super) struct Place {
    pub(super) line: usize,
    pub(super) chars: usize,
    pub(super) units: usize,
}

impl LineIndex {
    pub(super) fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let newline = if memchr(b'\n', bytes).is_none() { b'\r' } else { b'\n' };
        let mut entries = Vec::with_capacity(bytes.len() / BLOCK + 1);
        let mut entry = Entry::default();
        let mut at = 0;
        for block in bytes.chunks(BLOCK) {
            entries.push(entry);
            let tail = match memrchr(newline, block) {
                Some(last) => {
                    entry.line += memchr_iter(newline, block).count();
                    entry.line_start = at + last + 1;
                    (entry.chars, entry.units) = (0, 0);
                    block.get(last + 1..).unwrap_or_default()
                }
                None => block,
            };
            let (chars, units) = count(tail);
            entry.chars += chars;
            entry.units += units;
            at += block.len();
        }
        if entries.is_empty() {
            entries.push(entry);
        }
        Self { entries, newline, count: entry.line + 1 }
    }

    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// The entry of the block that holds the offset, and the bytes from the block's start up to it.
    fn block<'t>(&self, text: &'t str, offset: usize) -> (Entry, usize, &'t [u8]) {
        let index = (offset / BLOCK).min(self.entries.len() - 1);
        let start = index * BLOCK;
        let before = text.as_bytes().get(start..offset.min(text.len())).unwrap_or_default();
        (self.entries.get(index).copied().unwrap_or_default(), start, before)
    }

    pub(super) fn place(&self, text: &str, offset: usize) -> Place {
        let (entry, _, before) = self.block(text, offset);
        match memrchr(self.newline, before) {
            Some(last) => {
                let (chars, units) = count(before.get(last + 1..).unwrap_or_default());
                Place { line: entry.line + memchr_iter(self.newline, before).count(), chars, units }
            }
            None => {
                let (chars, units) = count(before);
                Place { line: entry.line, chars: entry.chars + chars, units: entry.units + units }
            }
        }
    }

    pub(super) fn line_of(&self, text: &str, offset: usize) -> usize {
        let (entry, _, before) = self.block(text, offset);
        entry.line + memchr_iter(self.newline, before).count()
    }

    /// The line without its end; an empty span at the end of the text for a line that does not exist.
    pub(super) fn span(&self, text: &str, line: usize) -> Span {
        let bytes = text.as_bytes();
        let start = match line {
            0 => 0,
            _ => {
                // The last block that fewer lines than asked for end before holds the end of the previous line.
                let block = self.entries.partition_point(|e| e.line < line).saturating_sub(1);
                let passed = self.entries.get(block).map_or(0, |e| e.line);
                let at = block * BLOCK;
                let rest = bytes.get(at..).unwrap_or_default();
                match memchr_iter(self.newline, rest).nth(line - passed - 1) {
                    Some(end) => at + end + 1,
                    None => return Span::new(bytes.len(), bytes.len()),
                }
            }
        };
        let rest = bytes.get(start..).unwrap_or_default();
        let mut end = start + memchr(self.newline, rest).unwrap_or(rest.len());
        if self.newline == b'\n' && end < bytes.len() && end > start && bytes[end - 1] == b'\r' {
            end -= 1;
        }
        Span::new(start, end)
    }
}

/// Code points and UTF-16 units that begin in these bytes of a text.
pub(super) fn count(bytes: &[u8]) -> (usize, usize) {
    let mut chars = 0;
    let mut pairs = 0;
    // Small sums in bytes let the compiler use vector instructions.
    for part in bytes.chunks(192) {
        let (mut c, mut p) = (0u8, 0u8);
        for &byte in part {
            c += u8::from((byte as i8) >= -64);
            p += u8::from(byte >= 0xF0);
        }
        chars += usize::from(c);
        pairs += usize::from(p);
    }
    (chars, chars + pairs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) {
        let index = LineIndex::new(text);
        let newline = if text.contains('\n') { '\n' } else { '\r' };
        let (mut line, mut chars, mut units, mut start) = (0, 0, 0, 0);
        let end = [(text.len(), '\0')];
        for (offset, ch) in text.char_indices().chain(end) {
            let place = index.place(text, offset);
            assert_eq!((place.line, place.chars, place.units), (line, chars, units), "{offset} in {text:?}");
            assert_eq!(index.line_of(text, offset), line);
            assert_eq!(index.span(text, line).start, start);
            chars += 1;
            units += ch.len_utf16();
            if ch == newline {
                (line, chars, units, start) = (line + 1, 0, 0, offset + 1);
            }
        }
        assert_eq!(index.count(), line + 1);
        let joined: Vec<_> = (0..index.count()).map(|l| &text[index.span(text, l).range()]).collect();
        let expected: Vec<_> = text.split(newline).map(|l| l.to_owned()).collect();
        for (number, (a, b)) in joined.iter().zip(&expected).enumerate() {
            let last = number + 1 == expected.len();
            let b = if newline == '\n' && !last { b.strip_suffix('\r').unwrap_or(b) } else { b };
            assert_eq!(*a, b);
        }
    }

    #[test]
    fn agrees_with_counting_by_hand() {
        for text in ["", "\n", "a\r\nb", "a\rb\r", "é😀\nñ", "\r\n\r\n", "x\n\r\ny\r"] {
            check(text);
        }
        for size in [BLOCK - 1, BLOCK, BLOCK + 1] {
            check(&"é".repeat(size));
            check(&format!("{}\n{}😀\n", "я".repeat(size / 2), "ab\n".repeat(size / 3)));
            check(&"\n".repeat(size + 5));
        }
    }

    #[test]
    fn lines_that_do_not_exist() {
        let index = LineIndex::new("a\nb");
        assert_eq!(index.span("a\nb", 7), Span::new(3, 3));
        assert_eq!(index.place("a\nb", 99).line, 1);
    }
}
