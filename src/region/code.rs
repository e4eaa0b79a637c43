//! Source code of any language, roughly: comments and strings are prose, everything else is code.

use super::{
    Kind, Region,
    data::{Gaps, string_end},
};

/// One lexer for all: `//`, `/* */`, `#`, `--` and `;` comments, strings in three kinds of quotes.
pub(super) fn split(text: &str) -> Vec<Region> {
    let bytes = text.as_bytes();
    let mut gaps = Gaps::new(text, Kind::Code);
    let mut at = 0;
    while let Some(&b) = bytes.get(at) {
        let next = bytes.get(at + 1).copied().unwrap_or(b' ');
        let line_end = |from: usize| memchr::memchr(b'\n', &bytes[from..]).map_or(text.len(), |n| from + n);
        let starts_line = || bytes[..at].iter().rev().find(|b| !matches!(b, b' ' | b'\t')).is_none_or(|b| *b == b'\n');
        match b {
            b'/' if next == b'*' => {
                let end = memchr::memmem::find(&bytes[at + 2..], b"*/").map_or(text.len(), |n| at + 2 + n);
                gaps.prose(at + 2, end);
                at = end;
            }
            b'/' if next == b'/' && !(at > 0 && bytes[at - 1] == b':') => {
                let end = line_end(at);
                gaps.prose((at + 2).min(end), end);
                at = end;
            }
            b'#' | b';' if next.is_ascii_whitespace() && next != b'\n' && starts_line() => {
                let end = line_end(at);
                gaps.prose(at + 1, end);
                at = end;
            }
            b'-' if next == b'-' && starts_line() => {
                let end = line_end(at);
                gaps.prose((at + 2).min(end), end);
                at = end;
            }
            b'"' | b'\'' | b'`' => {
                let triple = bytes[at..].starts_with(&[b, b, b]);
                let end = if triple {
                    memchr::memmem::find(&bytes[at + 3..], &[b, b, b]).map_or(text.len(), |n| at + 3 + n)
                } else {
                    string_end(text, at + 1, b, b == b'`')
                };
                let start = at + if triple { 3 } else { 1 };
                // An apostrophe in a word, or a lifetime, is no string.
                let closed = triple || bytes.get(end) == Some(&b);
                if closed && start <= end {
                    gaps.prose(start, end);
                    at = end + if triple { 2 } else { 0 };
                }
            }
            _ => {}
        }
        at += 1;
    }
    gaps.done()
}

#[cfg(test)]
mod tests {
    use crate::region::{Format, mask, split};

    fn prose(text: &str) -> String {
        mask(text, &split(Format::Code, text)).replace('\u{1}', "")
    }

    #[test]
    fn comments_and_strings_are_prose() {
        assert_eq!(prose("let x = \"ein Satz\\n\"; // Bemerkung\n"), "ein Satz Bemerkung\n");
        assert_eq!(prose("/* mehr\n Zeilen */ f('a', b);"), " mehr\n Zeilen a");
        assert_eq!(prose("# Notiz\nx = 1\n"), " Notiz\n\n");
    }
}
