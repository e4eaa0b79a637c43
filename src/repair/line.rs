//! A line while it is being repaired: characters that remember which bytes of the original they stand for.

use crate::{analysis::around::boundary_after, text::Span};

/// A character and the bytes of the original text behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) ch: char,
    pub(super) start: u32,
    pub(super) end: u32,
    /// Whether it is the result of a repair.
    pub(super) new: bool,
    /// How many layers were undone here.
    pub(super) depth: u8,
    /// Whether it stands where a character was lost for good.
    pub(super) lost: bool,
}

/// The cells of a line.
pub(super) fn cells(text: &str) -> Vec<Cell> {
    text.char_indices()
        .map(|(at, ch)| {
            let end = at + ch.len_utf8();
            Cell { ch, start: at as u32, end: end as u32, new: false, depth: 0, lost: false }
        })
        .collect()
}

/// A stretch of the original and what replaces it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Patch {
    pub(super) span: Span,
    pub(super) text: String,
    pub(super) lost: u32,
}

/// The replaced stretches. Neighbours become one where nothing but blanks and signs stands between them, or where
/// they lie in one word: one finding for one damaged word or run.
pub(super) fn patches(original: &str, cells: &[Cell]) -> Vec<Patch> {
    let mut out: Vec<Patch> = Vec::new();
    let mut at = 0;
    while let Some(cell) = cells.get(at) {
        if !cell.new {
            at += 1;
            continue;
        }
        let first = at;
        let mut patch = Patch { span: Span::new(cell.start as usize, cell.end as usize), text: String::new(), lost: 0 };
        while let Some(c) = cells.get(at).filter(|c| c.new) {
            patch.text.push(c.ch);
            patch.lost += u32::from(c.lost);
            patch.span.end = patch.span.end.max(c.end as usize);
            patch.span.start = patch.span.start.min(c.start as usize);
            at += 1;
        }
        debug_assert!(first < at);
        match out.last_mut() {
            Some(last) if joins(original.get(last.span.end..patch.span.start)) => {
                last.text.push_str(original.get(last.span.end..patch.span.start).unwrap_or_default());
                last.text.push_str(&patch.text);
                last.lost += patch.lost;
                last.span.end = patch.span.end;
            }
            _ => out.push(patch),
        }
    }
    out
}

pub(super) fn joins(between: Option<&str>) -> bool {
    let Some(between) = between else { return true };
    let blank = between.contains(char::is_whitespace);
    between.is_empty() || (!blank && between.len() < 40) || !between.chars().any(char::is_alphanumeric)
}

/// Lines longer than this are looked at piece by piece: a file without line ends is not one sentence.
const LONG: usize = 16 << 10;

/// So far behind the place that is looked at a piece may end.
pub(super) const REACH: usize = 4 * LONG;

/// The part of a line to look at, with the place `hit` in it; where it can be, from blank to blank.
pub(super) fn piece(text: &str, line: Span, hit: usize) -> Span {
    let (bytes, mut piece) = (text.as_bytes(), line);
    if hit - piece.start > LONG {
        let from = hit - LONG / 2;
        let blank = bytes.get(from..hit).and_then(|part| memchr::memrchr(b' ', part));
        piece.start = blank.map_or_else(|| boundary_after(text, from).min(hit), |i| from + i + 1);
    }
    if piece.end - piece.start > 2 * LONG {
        let (from, to) = (hit.max(piece.start + LONG), hit.max(piece.start + LONG) + LONG / 2);
        let blank = bytes.get(from..to).and_then(|part| memchr::memchr(b' ', part));
        piece.end = blank.map_or_else(|| boundary_after(text, to).min(line.end), |i| from + i);
    }
    piece
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_file_without_line_ends_is_repaired_piece_by_piece() {
        for unit in ["für schÃ¶n ", "schÃ¶n,"] {
            let text = unit.repeat(6000);
            let found = crate::repair::repairs(&text);
            let mut out = text.clone();
            for r in found.iter().rev().filter(|r| r.safe) {
                out.replace_range(r.span.range(), &r.text);
            }
            assert!(out.matches("schön").count() > 5990, "{}", out.matches("schön").count());
        }
    }
}
