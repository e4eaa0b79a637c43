//! A file's bytes and text side by side.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use super::declared::Declared;
use super::decode::Damage;
use super::detect::{self, Decision};
use super::encode;
use super::encoding::{Encoding, Form, Unencodable};
use super::iso2022::{self, State};
use super::lines::LineIndex;
use super::mixed::{self, Stretch};
use super::offsets::{Boundary, Ground, OffsetMap};
use super::{EncodingInfo, NotText, Options, Position, Span};

/// A decoded file. Borrows the raw bytes; a clean UTF-8 file is not copied.
pub struct Source<'a> {
    raw: &'a [u8],
    /// The length of the byte-order mark, which is not part of the text.
    mark: usize,
    text: Cow<'a, str>,
    encoding: &'static Encoding,
    info: EncodingInfo,
    damage: Damage,
    declared: Option<Declared>,
    map: OffsetMap,
    lines: OnceLock<LineIndex>,
    mixed: OnceLock<Vec<Stretch>>,
}

impl<'a> Source<'a> {
    /// Decides the encoding and decodes. Never fails on damaged text.
    pub fn decode(raw: &'a [u8], options: &Options<'_>) -> Result<Source<'a>, NotText> {
        detect::decide(raw, options).map(|decision| Self::new(raw, decision))
    }

    /// A string that is known to be UTF-8 without a byte-order mark.
    #[expect(clippy::should_implement_trait, reason = "cannot fail and borrows, so it is not that trait")]
    pub fn from_str(text: &'a str) -> Source<'a> {
        Self::new(text.as_bytes(), Decision::of_str(text))
    }

    fn new(raw: &'a [u8], decision: Decision<'a>) -> Self {
        let Decision { encoding, info, mark, decoded, declared } = decision;
        let map = OffsetMap::new(encoding.form, decoded.units);
        let (text, damage) = (decoded.text, decoded.damage);
        Self { raw, mark, text, encoding, info, damage, declared, map, lines: OnceLock::new(), mixed: OnceLock::new() }
    }

    /// The file as it is on disk.
    pub fn raw(&self) -> &'a [u8] {
        self.raw
    }

    /// The text, without a byte-order mark; a damaged sequence of bytes is one U+FFFD.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What was assumed about the encoding.
    pub fn encoding(&self) -> &EncodingInfo {
        &self.info
    }

    /// The encoding itself.
    pub fn codec(&self) -> &'static Encoding {
        self.encoding
    }

    /// The charset that the file declares for itself, right or wrong.
    pub fn declared(&self) -> Option<&Declared> {
        self.declared.as_ref()
    }

    /// Where U+FFFD stands for bytes that are not valid in the encoding. A U+FFFD that is itself in the file is
    /// not listed.
    pub fn damaged(&self) -> &[Span] {
        &self.damage.text
    }

    /// The bytes on disk behind a span.
    pub fn damaged_bytes(&self, span: Span) -> &'a [u8] {
        // A damaged sequence's own bytes, without the escape sequences that may stand before it.
        let own = self.damage.text.binary_search(&span).ok().and_then(|i| self.damage.raw.get(i));
        let range = match own {
            Some(raw) => raw.start + self.mark..raw.end + self.mark,
            None => self.raw_range(span),
        };
        self.raw.get(range).unwrap_or_default()
    }

    /// The text with the file's own declaration changed to UTF-8, for a conversion; `None` if the file is in UTF-8
    /// already. Damaged bytes have no place in UTF-8; the error is how many there are.
    pub fn to_utf8(&self) -> Result<Option<String>, usize> {
        if self.encoding == super::utf8() {
            return Ok(None);
        }
        if !self.damage.is_empty() {
            return Err(self.damage.text.len());
        }
        let (text, mut converted) = (self.text(), String::with_capacity(self.text.len()));
        let mut rest = text;
        if let Some(declared) = self.declared.as_ref().filter(|d| d.encoding != Some(super::utf8()))
            && let (Some(before), Some(after)) = (text.get(..declared.span.start), text.get(declared.span.end..))
        {
            converted.push_str(before);
            converted.push_str("utf-8");
            rest = after;
        }
        converted.push_str(rest);
        Ok(Some(converted))
    }

    /// Lines that are in another encoding than the rest of the file; see [`Source::read_as`] for their text. An edit
    /// that replaces such lines with that text brings them into the file's encoding.
    pub fn mixed(&self) -> &[Stretch] {
        self.mixed.get_or_init(|| mixed::find(self))
    }

    /// The text of a span's bytes in another encoding, if they are valid in it.
    pub fn read_as(&self, span: Span, encoding: &Encoding) -> Option<String> {
        encoding.decode_strict(self.raw.get(self.raw_range(span))?)
    }

    /// The bytes on disk for a span of text.
    pub fn raw_range(&self, span: Span) -> Range<usize> {
        let start = self.raw_offset(span.start);
        let end = if span.end <= span.start { start } else { self.raw_offset(span.end) };
        start..end.max(start)
    }

    fn raw_offset(&self, offset: usize) -> usize {
        if offset >= self.text.len() { self.raw.len() } else { self.mark + self.around(offset).0.raw }
    }

    fn around(&self, offset: usize) -> (Boundary, Boundary) {
        let raw = self.raw.get(self.mark..).unwrap_or_default();
        self.map.around(Ground { raw, text: &self.text, damage: &self.damage }, offset)
    }

    fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }

    /// Where a place in the text is in the file.
    pub fn position(&self, offset: usize) -> Position {
        let place = self.lines().place(&self.text, offset);
        let from_one = |n: usize| u32::try_from(n + 1).unwrap_or(u32::MAX);
        Position {
            byte: self.raw_offset(offset) as u64,
            line: from_one(place.line),
            column: from_one(place.chars),
            utf16: from_one(place.units),
        }
    }

    /// The index (from 0) of the line that a place in the text is in. Lines end with LF or CR LF; in a text
    /// without any LF, with CR.
    pub fn line_of(&self, offset: usize) -> usize {
        self.lines().line_of(&self.text, offset)
    }

    /// The text of a line (index from 0), without its line end.
    pub fn line_span(&self, line: usize) -> Span {
        self.lines().span(&self.text, line)
    }

    /// The number of lines. What follows the last line end is a line, even if empty.
    pub fn line_count(&self) -> usize {
        self.lines().count()
    }

    /// Text in the file's own encoding, for an edit; fails rather than write anything that reads differently.
    pub fn encode(&self, text: &str) -> Result<Vec<u8>, Unencodable> {
        self.encoding.encode(text)
    }

    /// The bytes on disk to replace, and what to put there, so that `span` reads as `text`.
    ///
    /// The range is larger than the span's own bytes where several characters share their bytes, or where escape
    /// sequences follow. The result of an empty replacement may not be empty (a switch of state).
    pub fn replace(&self, span: Span, text: &str) -> Result<Replaced, Unencodable> {
        let piece = self.piece(span);
        let before = self.text.get(piece.text.start..span.start).unwrap_or_default();
        let after = self.text.get(span.end..piece.text.end).unwrap_or_default();
        let whole = if before.is_empty() && after.is_empty() {
            Cow::Borrowed(text)
        } else {
            Cow::Owned([before, text, after].concat())
        };
        let bytes = encode::encode_between(self.encoding, &whole, piece.before, piece.after)?;
        Ok(Replaced { raw: piece.raw, bytes })
    }

    /// The smallest piece around a span that has bytes of its own.
    pub(crate) fn piece(&self, span: Span) -> Piece {
        let (start, end) = (self.around(span.start).0, self.around(span.end).1);
        let rest = self.raw.get(self.mark + end.raw..).unwrap_or_default();
        let (escapes, after) = match self.encoding.form {
            Form::Iso2022Jp => iso2022::escapes(rest, end.state),
            _ => (0, end.state),
        };
        Piece {
            text: Span::new(start.text, end.text),
            raw: self.mark + start.raw..self.mark + end.raw + escapes,
            before: start.state,
            after,
        }
    }
}

/// Text and bytes that belong together, and the states of ISO-2022-JP around them.
pub(crate) struct Piece {
    text: Span,
    pub(crate) raw: Range<usize>,
    before: State,
    after: State,
}

/// An edit in raw bytes, see [`Source::replace`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replaced {
    /// The bytes to replace.
    pub raw: Range<usize>,
    /// What to put there.
    pub bytes: Vec<u8>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::lookup;

    fn source(raw: &[u8]) -> Source<'_> {
        Source::decode(raw, &Options::default()).expect("is text")
    }

    #[test]
    fn conversion_changes_the_declaration() {
        let page = "<html><meta charset='windows-1251'><p>Это обычный текст</p>";
        let raw = lookup("windows-1251").and_then(|e| e.encode(page).ok()).unwrap_or_default();
        let converted = source(&raw).to_utf8();
        assert_eq!(converted, Ok(Some(page.replace("windows-1251", "utf-8"))));
        assert_eq!(source("é".as_bytes()).to_utf8(), Ok(None));
        assert_eq!(source(b"\xFF\xFEa\0b").to_utf8(), Err(1));
    }

    #[test]
    fn positions_count_on_disk() {
        let text = "a😀é\nя";
        let raw = lookup("utf-16le").and_then(|e| e.encode(&format!("\u{feff}{text}")).ok()).unwrap_or_default();
        let source = source(&raw);
        let at = |offset| source.position(offset);
        assert_eq!(at(0), Position { byte: 2, line: 1, column: 1, utf16: 1 });
        assert_eq!(at(5), Position { byte: 8, line: 1, column: 3, utf16: 4 });
        assert_eq!(at(8), Position { byte: 12, line: 2, column: 1, utf16: 1 });
        assert_eq!(at(10), Position { byte: 14, line: 2, column: 2, utf16: 2 });
    }
}
