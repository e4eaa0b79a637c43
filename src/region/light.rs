//! TeX, manual pages, light markup and mail: crude scanners that know a format's marks well enough to keep them out of
//! the prose.

use super::{
    Kind, Region,
    data::{lines, string_end},
};
use crate::text::Span;

fn region(start: usize, end: usize, kind: Kind) -> Region {
    Region { span: Span::new(start, end), kind }
}

/// TeX: commands, braces, mathematics, comments.
pub(super) fn tex(text: &str) -> Vec<Region> {
    let bytes = text.as_bytes();
    let mut regions = Vec::new();
    let mut at = 0;
    while let Some(i) = bytes.get(at..).and_then(|b| b.iter().position(|b| b"\\{}$%~&".contains(b))) {
        let start = at + i;
        let end = match bytes[start] {
            b'\\' => {
                let name = bytes[start + 1..].iter().take_while(|b| b.is_ascii_alphabetic()).count();
                let mut end = start + 1 + name.max(1);
                while end < text.len() && !text.is_char_boundary(end) {
                    end += 1;
                }
                end.min(text.len())
            }
            b'%' => memchr::memchr(b'\n', &bytes[start..]).map_or(text.len(), |n| start + n),
            b'$' => {
                let close = string_end(text, start + 1, b'$', true);
                if close < text.len() && close - start < 2000 { close + 1 } else { start + 1 }
            }
            _ => start + 1,
        };
        regions.push(region(start, end, Kind::Markup));
        at = end.max(start + 1);
    }
    regions
}

/// Manual pages: requests at the start of a line, and escapes.
pub(super) fn roff(text: &str) -> Vec<Region> {
    let mut regions = Vec::new();
    for (start, line) in lines(text) {
        let bytes = line.as_bytes();
        if line.starts_with(".\\\"") || line.starts_with("'\\\"") {
            regions.push(region(start, start + line.len(), Kind::Data));
            continue;
        }
        let mut at = 0;
        if line.starts_with(['.', '\'']) {
            at = line.find(' ').unwrap_or(line.len());
            regions.push(region(start, start + at, Kind::Markup));
        }
        while let Some(i) = bytes.get(at..).and_then(|b| memchr::memchr2(b'\\', b'"', b)) {
            let from = at + i;
            let long = match (bytes[from], bytes.get(from + 1)) {
                (b'"', _) | (_, None) => 1,
                (_, Some(b'f' | b's' | b'*')) => match bytes.get(from + 2) {
                    Some(b'(') => 5,
                    Some(b'[') => memchr::memchr(b']', &bytes[from..]).map_or(3, |n| n + 1),
                    _ => 3,
                },
                (_, Some(b'(')) => 4,
                (_, Some(b'[')) => memchr::memchr(b']', &bytes[from..]).map_or(2, |n| n + 1),
                _ => 2,
            };
            let mut end = (from + long).min(line.len());
            while !line.is_char_boundary(end) {
                end += 1;
            }
            regions.push(region(start + from, start + end, Kind::Markup));
            at = end;
        }
    }
    regions
}

/// reStructuredText, AsciiDoc, Org, wiki text: literals between backticks, and lines that are directives or rules.
pub(super) fn light(text: &str) -> Vec<Region> {
    let mut regions = Vec::new();
    for (start, line) in lines(text) {
        let trimmed = line.trim();
        let is_rule = trimmed.len() > 2 && trimmed.bytes().all(|b| b.is_ascii_punctuation());
        let is_directive = trimmed.starts_with(".. ") || trimmed.starts_with("#+");
        let is_field = trimmed.starts_with(':') && trimmed[1..].contains(':') && !trimmed.starts_with(": ");
        if is_rule || is_directive || is_field {
            regions.push(region(start, start + line.len(), Kind::Markup));
            continue;
        }
        let bytes = line.as_bytes();
        let mut at = 0;
        while let Some(i) = bytes.get(at..).and_then(|b| memchr::memchr(b'`', b)) {
            let from = at + i;
            let marks = bytes[from..].iter().take_while(|b| **b == b'`').count();
            let fence = &line[from..from + marks];
            let Some(close) = line[from + marks..].find(fence) else { break };
            let end = from + marks + close + marks;
            regions.push(region(start + from, start + end, Kind::Code));
            at = end;
        }
    }
    regions
}

/// Mail: the header block but for the subject. What follows is as it was sent.
pub(super) fn mail(text: &str) -> Vec<Region> {
    let mut regions = Vec::new();
    for (start, line) in lines(text) {
        if line.is_empty() {
            break;
        }
        let from = if line.starts_with("Subject: ") { 9 } else { line.len() };
        if from > 0 {
            regions.push(region(start, start + from, Kind::Data));
        }
    }
    regions
}

#[cfg(test)]
mod tests {
    use crate::region::{Format, mask, split};

    fn prose(format: Format, text: &str) -> String {
        mask(text, &split(format, text)).replace('\u{1}', "")
    }

    #[test]
    fn keeps_words_and_masks_marks() {
        assert_eq!(prose(Format::Tex, "\\section{Über uns} kostet $x_1$ viel % nie\n"), "Über uns kostet  viel \n");
        assert_eq!(prose(Format::Roff, ".SH NAME\n\\fBls\\fP \\- zeigt an\n"), " NAME\nls  zeigt an\n");
        assert_eq!(prose(Format::Light, ".. note::\n\nDer ``code`` hier\n====\n"), "\n\nDer  hier\n\n");
        assert_eq!(prose(Format::Mail, "From: a\nSubject: Hallo\n\nText\n"), "\nHallo\n\nText\n");
    }
}
