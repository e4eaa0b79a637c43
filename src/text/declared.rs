//! What a file says about its own encoding: HTML `meta`, the XML declaration, the cookies of editors.

use std::sync::LazyLock;

use regex::bytes::Regex;

use super::encoding::{Encoding, lookup};
use super::{Hint, Span};

/// A charset that a file declares for itself.
#[derive(Clone, Debug)]
pub struct Declared {
    /// The label as written.
    pub label: String,
    /// Where the label stands in the text.
    pub span: Span,
    /// The encoding it names, if that is known.
    pub encoding: Option<&'static Encoding>,
    /// Where, for people: `declared in HTML meta`, `declared in the XML declaration`.
    pub why: &'static str,
}

/// HTML asks authors to put the declaration into the first 1,024 bytes; many pages are late.
const HTML_HEAD: usize = 4096;

static META: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"(?i-u)<meta\s[^>]{0,400}?charset\s*=\s*["']?\s*([a-z0-9][a-z0-9_:.\-]{1,39})"#).ok()
});
static XML: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"^(?-u)\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9][A-Za-z0-9_:.\-]{1,39})["']"#).ok()
});
static CSS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"^(?-u)@charset "([A-Za-z0-9][A-Za-z0-9_:.\-]{1,39})";"#).ok());
/// The header of a message catalogue.
static PO: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"(?m-u)^"Content-Type: text/plain; charset=([A-Za-z0-9][A-Za-z0-9_:.\-]{1,39})\\n"#).ok()
});
static TEX: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?m-u)^\s*\\usepackage\[([A-Za-z0-9]{2,20})\]\{inputenc\}").ok());
/// Python (PEP 263), Emacs (`-*- coding: x -*-`), Vim (`fileencoding=x`).
static COOKIE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?-u)(?:coding[:=]|\bfenc=)[ \t]*([A-Za-z0-9][A-Za-z0-9_.\-]{1,39})").ok());

/// The declaration in a file, looked for where its type may have one. Its place is in raw bytes still.
pub(super) fn find(raw: &[u8], hint: Hint) -> Option<Declared> {
    let head = raw.get(..HTML_HEAD).unwrap_or(raw);
    // A mark says more than any declaration, which may still contradict it.
    let mark = if head.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let mut found = in_head(head.get(mark..).unwrap_or_default(), hint)?;
    found.span = Span::new(found.span.start + mark, found.span.end + mark);
    Some(found)
}

impl Declared {
    /// Turns the place in raw bytes into one in the text that they were decoded to.
    pub(super) fn place(mut self, raw: &[u8], mark: usize, encoding: &Encoding, text: &str) -> Option<Self> {
        let before = encoding.decode(raw.get(mark..self.span.start)?).text.len();
        self.span = Span::new(before, before + self.label.len());
        (text.get(self.span.range()) == Some(&self.label)).then_some(self)
    }
}

fn in_head(head: &[u8], hint: Hint) -> Option<Declared> {
    if head.starts_with(b"@charset \"") {
        return captured(&CSS, head, 0, "declared by @charset");
    }
    let markup = memchr::memchr(b'<', head).is_some();
    if markup && let Some(found) = captured(&XML, head, 0, "declared in the XML declaration") {
        return Some(found);
    }
    if markup && (hint == Hint::Html || (hint == Hint::Plain && begins_like_html(head))) {
        return captured(&META, head, 0, "declared in HTML meta");
    }
    if matches!(hint, Hint::Code | Hint::Plain) {
        return cookie(head)
            .or_else(|| captured(&PO, head, 0, "declared in the catalogue's header"))
            .or_else(|| captured(&TEX, head, 0, "declared by inputenc"));
    }
    None
}

/// Whether a file of unknown type is a page, and not a text that quotes one.
fn begins_like_html(head: &[u8]) -> bool {
    let head = head.trim_ascii_start();
    [&b"<!doctype html"[..], b"<html", b"<head", b"<meta", b"<?xml"]
        .iter()
        .any(|start| head.get(..start.len()).is_some_and(|h| h.eq_ignore_ascii_case(start)))
}

/// Looks in the first two lines, as Python and Emacs do, and only if they are comments.
fn cookie(head: &[u8]) -> Option<Declared> {
    let mut start = 0;
    for line in head.split_inclusive(|b| *b == b'\n').take(2) {
        let comment = line.iter().find(|b| !b.is_ascii_whitespace());
        if comment.is_some_and(|b| b"#/;%\"-*(<".contains(b))
            && let Some(found) = captured(&COOKIE, line, start, "declared in an editor line")
        {
            return Some(found);
        }
        start += line.len();
    }
    None
}

fn captured(pattern: &LazyLock<Option<Regex>>, bytes: &[u8], offset: usize, why: &'static str) -> Option<Declared> {
    let found = LazyLock::force(pattern).as_ref()?.captures(bytes)?.get(1)?;
    let label = std::str::from_utf8(found.as_bytes()).ok()?;
    // Emacs adds the kind of line ends to the name.
    let label = ["-unix", "-dos", "-mac"].iter().find_map(|end| label.strip_suffix(end)).unwrap_or(label);
    Some(Declared {
        label: label.to_owned(),
        span: Span::new(offset + found.start(), offset + found.start() + label.len()),
        encoding: lookup(label),
        why,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declared(text: &str, hint: Hint) -> Option<(String, Option<&'static str>)> {
        find(text.as_bytes(), hint).map(|d| {
            assert_eq!(&text[d.span.range()], d.label);
            (d.label, d.encoding.map(Encoding::name))
        })
    }

    #[test]
    fn finds_declarations() {
        let some = |label: &str, name| Some((label.to_owned(), Some(name)));
        let html = r#"<html><head><meta charset="windows-1251"></head>"#;
        assert_eq!(declared(html, Hint::Html), some("windows-1251", "windows-1251"));
        let html = r#"<META HTTP-EQUIV=Content-Type CONTENT="text/html; charset=KOI8-R">"#;
        assert_eq!(declared(html, Hint::Html), some("KOI8-R", "koi8-r"));
        let xml = "<?xml version=\"1.0\" encoding='ISO-8859-2'?><a/>";
        assert_eq!(declared(xml, Hint::Xml), some("ISO-8859-2", "iso-8859-2"));
        assert_eq!(declared(xml, Hint::Plain), some("ISO-8859-2", "iso-8859-2"));
        let python = "#!/usr/bin/python\n# -*- coding: latin-1 -*-\n";
        assert_eq!(declared(python, Hint::Code), some("latin-1", "windows-1252"));
        assert_eq!(declared("/* vim: set fileencoding=cp850 : */", Hint::Code), some("cp850", "ibm850"));
        assert_eq!(declared(";; -*- coding: utf-8-unix -*-\n", Hint::Plain), some("utf-8", "utf-8"));
        let po = "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=ISO-8859-15\\n\"\n";
        assert_eq!(declared(po, Hint::Plain), some("ISO-8859-15", "iso-8859-15"));
        assert_eq!(declared("\\usepackage[latin1]{inputenc}", Hint::Plain), some("latin1", "windows-1252"));
        assert_eq!(declared("@charset \"shift_jis\";", Hint::Plain), some("shift_jis", "shift_jis"));
    }

    #[test]
    fn prose_declares_nothing() {
        assert_eq!(declared("we talked about coding: python first", Hint::Plain), None);
        assert_eq!(declared("# one\n# two\n# coding: cp1251\n", Hint::Code), None);
        assert_eq!(declared("charset=utf-8 is what the page said", Hint::Html), None);
        assert_eq!(declared("Write `<meta charset=koi8-r>` into the page.", Hint::Plain), None);
    }
}
