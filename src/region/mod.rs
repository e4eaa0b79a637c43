//! What in a file is prose, and what is markup, code or data. One scanner for each file format; a scanner may only
//! degrade to plain text, never fail.

mod html;
mod markdown;

use crate::text::Span;
use std::{borrow::Cow, path::Path};

/// Stands in the masked text for every byte that is not prose: not a letter, not a space, not punctuation.
pub const MASK: char = '\u{1}';

/// A file format that has a scanner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// All of it is prose.
    #[default]
    Plain,
    /// CommonMark with tables, footnotes and front matter.
    Markdown,
    /// HTML of any quality.
    Html,
}

impl Format {
    /// The format that a file's name speaks for.
    pub fn of_path(path: &Path) -> Format {
        let ext = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
        match ext.as_str() {
            "md" | "markdown" | "mdx" | "mkd" | "mdown" => Format::Markdown,
            "html" | "htm" | "xhtml" => Format::Html,
            _ => Format::Plain,
        }
    }
    /// The name used in configuration and reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Format::Plain => "plain",
            Format::Markdown => "markdown",
            Format::Html => "html",
        }
    }
    /// Every format.
    pub const ALL: &'static [Format] = &[Format::Plain, Format::Markdown, Format::Html];
}

/// What a part of a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The format's own markup: tags, attributes, link targets, emphasis marks, entities.
    Markup,
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

/// The text with every region replaced byte for byte by [`MASK`]; line ends stay, so that lines stay lines.
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
        out.extend(inside.bytes().map(|b| if b == b'\n' || b == b'\r' { char::from(b) } else { MASK }));
        at = region.span.end;
    }
    out.push_str(&text[at..]);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

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
