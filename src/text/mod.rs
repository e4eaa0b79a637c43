//! Bytes to text and back.

use std::{borrow::Cow, fmt, ops::Range, sync::OnceLock};

/// A half-open range of bytes in the decoded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span from `start` up to, not including, `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }
    /// The number of bytes.
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }
    /// Whether the span holds no byte.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }
    /// Whether `other` lies inside.
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
    /// Whether the two share a byte.
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
    /// As a range, for slicing.
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// Where a text position is in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Position {
    /// Offset in the file as it is on disk.
    pub byte: u64,
    /// Line, from 1.
    pub line: u32,
    /// Column in code points, from 1.
    pub column: u32,
    /// Column in UTF-16 units, from 1.
    pub utf16: u32,
}

/// What the file is written in, and how that is known.
#[derive(Clone, Debug)]
pub struct EncodingInfo {
    /// Lower-case WHATWG or IANA name.
    pub name: Cow<'static, str>,
    /// Whether a byte-order mark stands at the start.
    pub bom: bool,
    /// From 0 to 1.
    pub confidence: f32,
    /// The evidence in words.
    pub why: String,
}

/// How to decode.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'o> {
    /// A forced encoding.
    pub encoding: Option<&'o str>,
}

/// Why bytes are not text.
#[derive(Clone, Debug)]
pub enum NotText {
    /// Not text at all.
    Binary(String),
}

impl fmt::Display for NotText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotText::Binary(why) => write!(f, "binary: {why}"),
        }
    }
}

/// An edit whose text the file's encoding cannot hold.
#[derive(Clone, Debug)]
pub struct Unencodable {
    /// The character.
    pub ch: char,
    /// The encoding's name.
    pub encoding: String,
}

/// A decoded file that can be mapped back to its bytes.
pub struct Source<'a> {
    raw: &'a [u8],
    text: Cow<'a, str>,
    encoding: EncodingInfo,
    offset: usize,
    lines: OnceLock<Vec<usize>>,
}

impl<'a> Source<'a> {
    /// Decodes.
    pub fn decode(raw: &'a [u8], _options: &Options<'_>) -> Result<Source<'a>, NotText> {
        let (bom, body) = match raw.strip_prefix(b"\xEF\xBB\xBF") {
            Some(rest) => (true, rest),
            None => (false, raw),
        };
        let text = simdutf8::basic::from_utf8(body).map_err(|e| NotText::Binary(e.to_string()))?;
        Ok(Source {
            raw,
            text: Cow::Borrowed(text),
            encoding: EncodingInfo { name: "utf-8".into(), bom, confidence: 1.0, why: "valid UTF-8".into() },
            offset: raw.len() - body.len(),
            lines: OnceLock::new(),
        })
    }
    /// A text that is UTF-8 already.
    pub fn from_str(text: &'a str) -> Source<'a> {
        Source {
            raw: text.as_bytes(),
            text: Cow::Borrowed(text),
            encoding: EncodingInfo { name: "utf-8".into(), bom: false, confidence: 1.0, why: "given as text".into() },
            offset: 0,
            lines: OnceLock::new(),
        }
    }
    /// The bytes on disk.
    pub fn raw(&self) -> &'a [u8] {
        self.raw
    }
    /// The decoded text.
    pub fn text(&self) -> &str {
        &self.text
    }
    /// What it is written in.
    pub fn encoding(&self) -> &EncodingInfo {
        &self.encoding
    }
    /// Text spans that stand for damaged bytes.
    pub fn damaged(&self) -> &[Span] {
        &[]
    }
    /// The bytes on disk behind a span.
    pub fn raw_range(&self, span: Span) -> Range<usize> {
        span.start + self.offset..span.end + self.offset
    }
    fn lines(&self) -> &[usize] {
        self.lines.get_or_init(|| {
            std::iter::once(0).chain(memchr::memchr_iter(b'\n', self.text.as_bytes()).map(|i| i + 1)).collect()
        })
    }
    /// The line, from 0, that an offset lies in.
    pub fn line_of(&self, offset: usize) -> usize {
        self.lines().partition_point(|&l| l <= offset) - 1
    }
    /// The span of a line, from 0, without its line end.
    pub fn line_span(&self, line: usize) -> Span {
        let lines = self.lines();
        let start = lines.get(line).copied().unwrap_or(self.text.len());
        let end = lines.get(line + 1).map_or(self.text.len(), |e| e - 1);
        let end = if end > start && self.text.as_bytes()[end - 1] == b'\r' { end - 1 } else { end };
        Span::new(start, end)
    }
    /// How many lines there are.
    pub fn line_count(&self) -> usize {
        self.lines().len()
    }
    /// Where an offset is.
    pub fn position(&self, offset: usize) -> Position {
        let line = self.line_of(offset);
        let before = &self.text[self.lines()[line]..offset];
        Position {
            byte: (offset + self.offset) as u64,
            line: line as u32 + 1,
            column: before.chars().count() as u32 + 1,
            utf16: before.chars().map(char::len_utf16).sum::<usize>() as u32 + 1,
        }
    }
    /// Into the file's own encoding.
    pub fn encode(&self, text: &str) -> Result<Vec<u8>, Unencodable> {
        Ok(text.as_bytes().to_vec())
    }
}

impl fmt::Display for Unencodable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} cannot hold U+{:04X}", self.encoding, self.ch as u32)
    }
}
