//! Subtitles: numbers, times, styles and tags are the format's, the lines between them are prose.

use super::{Kind, Region, data::lines};
use crate::text::Span;

/// SubRip, WebVTT, Advanced SubStation, SubViewer, MicroDVD, SAMI and lyrics, by the shape of each line.
pub(super) fn split(text: &str) -> Vec<Region> {
    let mut regions = Vec::new();
    for (start, line) in lines(text) {
        let mut push = |from: usize, to: usize| {
            if from < to {
                regions.push(Region { span: Span::new(start + from, start + to), kind: Kind::Markup });
            }
        };
        let trimmed = line.trim();
        let is_time = trimmed.contains("-->")
            || (!trimmed.is_empty() && trimmed.bytes().all(|b| b.is_ascii_digit() || b":.,".contains(&b)));
        let is_head = ["WEBVTT", "NOTE ", "STYLE", "REGION", "Style:", "Format:", "[Script", "[V4", "[Events"]
            .iter()
            .any(|h| trimmed.starts_with(h));
        if is_time || is_head {
            push(0, line.len());
            continue;
        }
        let mut from = 0;
        if line.starts_with("Dialogue:") || line.starts_with("Comment:") {
            // The tenth field is the text.
            from = line.match_indices(',').nth(8).map_or(line.len(), |(i, _)| i + 1);
            push(0, from);
        }
        tags(line, from, &mut push);
    }
    regions
}

/// `<i>`, `{\an8}`, `{120}`, `[00:12.00]` and the line breaks `\N` and `|`.
fn tags(line: &str, from: usize, push: &mut impl FnMut(usize, usize)) {
    let bytes = line.as_bytes();
    let mut at = from;
    while let Some(&b) = bytes.get(at) {
        let close = match b {
            b'<' => b'>',
            b'{' => b'}',
            b'[' if bytes.get(at + 1).is_some_and(u8::is_ascii_digit) => b']',
            b'\\' if matches!(bytes.get(at + 1), Some(b'N' | b'n' | b'h')) => {
                push(at, at + 2);
                at += 2;
                continue;
            }
            _ => {
                at += 1;
                continue;
            }
        };
        match memchr::memchr(close, &bytes[at..]) {
            Some(i) => {
                push(at, at + i + 1);
                at += i + 1;
            }
            None => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::region::{Format, mask, split};

    fn prose(text: &str) -> String {
        mask(text, &split(Format::Subtitles, text)).replace('\u{1}', "")
    }

    #[test]
    fn keeps_what_is_said() {
        assert_eq!(prose("1\n00:00:01,000 --> 00:00:02,000\n<i>Hallo</i> {\\an8}du\n"), "\n\nHallo du\n");
        assert_eq!(prose("Dialogue: 0,0:00:01.00,0:00:02.00,D,,0,0,0,,Ja, gut\\Nso\n"), "Ja, gutso\n");
        assert_eq!(prose("{10}{20}Und nun"), "Und nun");
    }
}
