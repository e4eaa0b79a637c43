//! Catalogues and data: what a person wrote in them are the values; keys, quotes, escapes and comments are the format's.

use super::{Kind, Region};
use crate::text::Span;

/// Collects what lies between the pieces of prose.
pub(super) struct Gaps<'t> {
    text: &'t str,
    at: usize,
    kind: Kind,
    regions: Vec<Region>,
}

impl<'t> Gaps<'t> {
    pub(super) fn new(text: &'t str, kind: Kind) -> Gaps<'t> {
        Gaps { text, at: 0, kind, regions: Vec::new() }
    }
    /// Everything up to here is the format's, what follows up to `end` is prose. Escapes in it are masked.
    pub(super) fn prose(&mut self, start: usize, end: usize) {
        self.gap(start);
        let (start, end) = (start.max(self.at), end.min(self.text.len()));
        let bytes = self.text.as_bytes();
        let mut at = start;
        while at < end {
            let Some(i) = memchr::memchr(b'\\', &bytes[at..end]) else { break };
            let escape = at + i;
            let long = match bytes.get(escape + 1) {
                Some(b'u') => 6,
                Some(b'x') => 4,
                Some(b'\n' | b'\r') | None => 1,
                Some(_) => 2,
            };
            let mut stop = (escape + long).min(end);
            while !self.text.is_char_boundary(stop) {
                stop += 1;
            }
            self.regions.push(Region { span: Span::new(escape, stop), kind: Kind::Markup });
            at = stop.max(escape + 1);
        }
        self.at = self.at.max(end);
    }
    /// Everything up to here is the format's.
    pub(super) fn gap(&mut self, end: usize) {
        if self.at < end {
            self.regions.push(Region { span: Span::new(self.at, end), kind: self.kind });
            self.at = end;
        }
    }
    pub(super) fn done(mut self) -> Vec<Region> {
        self.gap(self.text.len());
        self.regions
    }
}

/// The end of a string that begins after `start`: the place of its closing quote, of the line's end, or the text's.
pub(super) fn string_end(text: &str, start: usize, quote: u8, lines: bool) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while let Some(&b) = bytes.get(at) {
        match b {
            b'\\' => at += 1,
            b'\n' if !lines => return at,
            b if b == quote => return at,
            _ => {}
        }
        at += 1;
    }
    text.len()
}

/// The lines with their offsets, without their ends.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim_end_matches(['\n', '\r']))
    })
}

/// Gettext: the translations. Where a message has none, nothing of it is prose yet.
pub(super) fn po(text: &str) -> Vec<Region> {
    let mut gaps = Gaps::new(text, Kind::Data);
    let mut inside = false;
    let mut header = false;
    for (start, line) in lines(text) {
        if line.starts_with("msg") {
            inside = line.starts_with("msgstr");
            if line.starts_with("msgid") {
                // The message with an empty identifier is the catalogue's header.
                header = line.trim_end().ends_with("\"\"");
            }
        } else if !line.trim_start().starts_with('"') {
            inside = false;
        } else if !inside {
            header = false;
        }
        if let Some(quote) = line.find('"').filter(|_| inside && !header) {
            let open = start + quote + 1;
            gaps.prose(open, string_end(text, open, b'"', false).min(start + line.len()));
        }
    }
    gaps.done()
}

/// JSON: the string values. A string before a colon is a key.
pub(super) fn json(text: &str) -> Vec<Region> {
    let bytes = text.as_bytes();
    let mut gaps = Gaps::new(text, Kind::Data);
    let mut at = 0;
    while let Some(i) = bytes.get(at..).and_then(|b| memchr::memchr(b'"', b)) {
        let open = at + i + 1;
        let close = string_end(text, open, b'"', false);
        let after = bytes.get(close + 1..).unwrap_or_default();
        let is_key = after.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b':');
        if !is_key {
            gaps.prose(open, close);
        }
        at = close + 1;
    }
    gaps.done()
}

/// YAML, roughly: what stands after a key, and lines without one. Comments are prose.
pub(super) fn yaml(text: &str) -> Vec<Region> {
    let mut gaps = Gaps::new(text, Kind::Data);
    for (start, line) in lines(text) {
        let body = line.trim_start_matches([' ', '\t', '-', '#']);
        let from = start + line.len() - body.len();
        let key = body.find(": ").or_else(|| body.ends_with(':').then(|| body.len() - 1));
        let value = match key {
            Some(colon) if !body[..colon].trim_matches(['"', '\'']).contains(' ') => from + colon + 1,
            _ => from,
        };
        prose_trimmed(&mut gaps, text, value, start + line.len());
    }
    gaps.done()
}

/// Keys and values: what stands after the first `=` or `:`; continued lines; comments.
pub(super) fn properties(text: &str) -> Vec<Region> {
    let mut gaps = Gaps::new(text, Kind::Data);
    let mut continued = false;
    for (start, line) in lines(text) {
        let end = start + line.len();
        let trimmed = line.trim_start();
        if continued || trimmed.starts_with(['#', '!', ';']) {
            prose_trimmed(&mut gaps, text, end - trimmed.len(), end);
        } else if let Some(sep) = line.find(['=', ':']) {
            prose_trimmed(&mut gaps, text, start + sep + 1, end);
        }
        let slashes = line.len() - line.trim_end_matches('\\').len();
        continued = slashes % 2 == 1;
    }
    gaps.done()
}

/// Columns: everything but the quotes round a cell.
pub(super) fn table(text: &str) -> Vec<Region> {
    memchr::memchr_iter(b'"', text.as_bytes())
        .map(|i| Region { span: Span::new(i, i + 1), kind: Kind::Markup })
        .collect()
}

/// A value without the blanks, quotes and end marks round it.
fn prose_trimmed(gaps: &mut Gaps<'_>, text: &str, start: usize, end: usize) {
    let Some(part) = text.get(start..end) else { return };
    let left = part.trim_start_matches([' ', '\t', '"', '\'', '>', '|', '#', '!']);
    let right = left.trim_end_matches([' ', '\t', '"', '\'', ';', '\\']);
    let from = end - left.len();
    if !right.is_empty() {
        gaps.prose(from, from + right.len());
    }
}

#[cfg(test)]
mod tests {
    use crate::region::{Format, mask, split};

    fn prose(format: Format, text: &str) -> String {
        mask(text, &split(format, text)).replace('\u{1}', "")
    }

    #[test]
    fn catalogues_show_their_translations() {
        let po = "msgid \"\"\nmsgstr \"Language: de\\n\"\n\n# note\nmsgid \"Save %s\"\nmsgstr \"\"\n\"Speichere\\n\"\n\"%s\"\n";
        assert_eq!(prose(Format::Po, po), "\n\n\n\n\n\nSpeichere\n%s\n");
    }

    #[test]
    fn values_are_prose_and_keys_are_not() {
        assert_eq!(prose(Format::Json, r#"{"key": "Wert \u00e9\n", "b": ["x"]}"#), "Wert x");
        assert_eq!(prose(Format::Yaml, "title: \"Ein Buch\"\n- Punkt eins\n"), "Ein Buch\nPunkt eins\n");
        assert_eq!(prose(Format::Properties, "# Hinweis\na.b = Ein \\\n  Wert\n"), "Hinweis\nEin\nWert\n");
        assert_eq!(prose(Format::Table, "a,\"b c\"\n"), "a,b c\n");
    }
}
