//! What in a file is prose, and what is markup, code or data. One scanner for each file format; a scanner may only
//! degrade to plain text, never fail.

mod code;
mod data;
mod format;
mod html;
mod light;
mod markdown;
mod timed;

pub use format::Format;

use crate::text::Span;
use std::borrow::Cow;

/// Stands in the masked text for every byte that is not prose: not a letter, not a space, not punctuation.
pub const MASK: char = '\u{1}';

/// What a part of a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The format's own markup: tags, attributes, link targets, emphasis marks, entities.
    Markup,
    /// Markup that ends a line of text: the tags of paragraphs, headings, list items, cells.
    Break,
    /// Code, spans or blocks.
    Code,
    /// Front matter and other data about the document.
    Data,
}

/// A part of a file that is not prose. What no region covers is prose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: Kind,
}

/// The parts of a text that are not prose, in order, not overlapping.
pub fn split(format: Format, text: &str) -> Vec<Region> {
    let mut regions = match format {
        Format::Plain => return Vec::new(),
        Format::Markdown => markdown::split(text),
        Format::Html => html::split(text),
        Format::Xml => html::split_xml(text),
        Format::Po => data::po(text),
        Format::Json => data::json(text),
        Format::Yaml => data::yaml(text),
        Format::Properties => data::properties(text),
        Format::Table => data::table(text),
        Format::Subtitles => timed::split(text),
        Format::Tex => light::tex(text),
        Format::Roff => light::roff(text),
        Format::Light => light::light(text),
        Format::Mail => light::mail(text),
        Format::Code => code::split(text),
    };
    // Scanners report what they see; overlaps are settled here, once: the earlier region wins, the later keeps its rest.
    regions.sort_by_key(|r| (r.span.start, std::cmp::Reverse(r.span.end)));
    let mut at = 0;
    regions.retain_mut(|r| {
        r.span.start = r.span.start.max(at);
        at = at.max(r.span.end);
        !r.span.is_empty()
    });
    regions
}

/// The text with every region replaced byte for byte by [`MASK`], and a [`Kind::Break`] by line ends; line ends stay, so
/// that lines stay lines.
pub fn mask<'t>(text: &'t str, regions: &[Region]) -> Cow<'t, str> {
    if regions.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for region in regions {
        let (Some(before), Some(inside)) = (text.get(at..region.span.start), text.get(region.span.range())) else {
            return Cow::Borrowed(text);
        };
        out.push_str(before);
        let mask = if region.kind == Kind::Break { '\n' } else { MASK };
        out.extend(inside.bytes().map(|b| if b == b'\n' || b == b'\r' { char::from(b) } else { mask }));
        at = region.span.end;
    }
    out.push_str(&text[at..]);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_scanner_fails_on_anything() {
        let nasty = [
            "",
            "\"",
            "'",
            "\\",
            "\"\\",
            "/*",
            "//",
            "#",
            "<",
            "<!--",
            "{",
            "{\\",
            "$",
            "msgstr",
            "msgstr \"",
            "é",
            "\u{1}",
            "a: \"é",
            "é\\é",
            "-->",
            "1\n00:00:01,000 --> 00:00:02,000\n<i>é",
            "---\n",
            ".",
            ".é",
            "..é::",
            "&é;",
            "&",
            "\r\n\r\n",
            "```",
            "`é",
            "[é](",
            "<é",
            "\"\"\"",
            "{{",
            "«é",
            "\u{202e}\"\u{202e}",
            "Subject: é\n",
            "\"é\\",
        ];
        for &format in Format::ALL {
            for one in nasty {
                for two in nasty {
                    for text in [format!("{one}{two}"), format!("é{one}\n{two} é\r\n{one}")] {
                        let masked = mask(&text, &split(format, &text));
                        assert_eq!(masked.len(), text.len(), "{format:?} {text:?}");
                        assert_eq!(masked.matches('\n').count(), text.matches('\n').count(), "{format:?} {text:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn masks_keep_length_and_lines() {
        let text = "Ein `kod\nя` hier";
        let regions = [Region { span: Span::new(4, 12), kind: Kind::Code }];
        let masked = mask(text, &regions);
        assert_eq!(masked.len(), text.len());
        assert_eq!(masked.matches('\n').count(), 1);
        assert!(masked.ends_with(" hier"));
    }
}
