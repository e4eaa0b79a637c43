//! Markdown through pulldown-cmark, which gives byte ranges of every event.

use super::{Kind, Region, html};
use crate::text::Span;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// What is not prose in a Markdown text: everything that no text event covers, and code.
pub(super) fn split(text: &str) -> Vec<Region> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut regions = Vec::new();
    let mut at = 0;
    let mut code = None;
    // A gap between two text events holds markup; blanks and line ends in it stay as they are.
    let gap = |regions: &mut Vec<Region>, from: usize, to: usize, kind: Kind| {
        if from < to {
            for word in split_blank(text, from, to) {
                regions.push(Region { span: word, kind });
            }
        }
    };
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code = Some(Kind::Code),
            Event::Start(Tag::MetadataBlock(_)) => code = Some(Kind::Data),
            Event::End(TagEnd::CodeBlock | TagEnd::MetadataBlock(_)) => {
                if let Some(kind) = code.take() {
                    gap(&mut regions, at.max(range.start), range.end, kind);
                    at = at.max(range.end);
                }
            }
            Event::Text(_) if code.is_none() && range.start >= at => {
                gap(&mut regions, at, range.start, Kind::Markup);
                at = range.end;
            }
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) if range.start >= at => {
                gap(&mut regions, at, range.start, Kind::Markup);
                gap(&mut regions, range.start, range.end, Kind::Code);
                at = range.end;
            }
            Event::Html(_) | Event::InlineHtml(_) if range.start >= at => {
                gap(&mut regions, at, range.start, Kind::Markup);
                for inner in html::split(&text[range.clone()]) {
                    let span = Span::new(inner.span.start + range.start, inner.span.end + range.start);
                    regions.push(Region { span, kind: inner.kind });
                }
                at = range.end;
            }
            _ => {}
        }
    }
    gap(&mut regions, at, text.len(), Kind::Markup);
    modules(text, &mut regions);
    regions
}

/// MDX begins with module lines: `import X from './x'`, `export const y = …`.
fn modules(text: &str, regions: &mut Vec<Region>) {
    let mut fenced = false;
    for (start, line) in super::data::lines(text) {
        fenced ^= line.trim_start().starts_with("```");
        let import = line.starts_with("import ")
            && (line.contains(" from '")
                || line.contains(" from \"")
                || line.starts_with("import '")
                || line.starts_with("import \""));
        let export = ["export const ", "export default ", "export function ", "export let ", "export {"]
            .iter()
            .any(|e| line.starts_with(e));
        if (import || export) && !fenced {
            regions.push(Region { span: Span::new(start, start + line.len()), kind: Kind::Code });
        }
    }
}

/// The runs of non-blank characters of a part of the text.
fn split_blank(text: &str, from: usize, to: usize) -> impl Iterator<Item = Span> + '_ {
    let part = text.get(from..to).unwrap_or_default();
    part.split_ascii_whitespace().map(move |word| {
        let start = from + (word.as_ptr() as usize - part.as_ptr() as usize);
        Span::new(start, start + word.len())
    })
}

#[cfg(test)]
mod tests {
    use crate::region::{Format, mask, split};

    fn prose(text: &str) -> String {
        mask(text, &split(Format::Markdown, text)).replace('\u{1}', "")
    }

    #[test]
    fn keeps_prose_and_masks_the_rest() {
        assert_eq!(prose("# Title\n\nSome **bold** [link](http://x.y) and `code`."), " Title\n\nSome bold link and .");
        assert_eq!(prose("---\ntitle: x\n---\nText"), "\n \n\nText");
        assert_eq!(prose("A\n\n```rust\nlet x = 1;\n```\n\nB"), "A\n\n\n  = \n\n\nB".replace("  = ", "   "));
    }

    #[test]
    fn module_lines_are_code() {
        assert_eq!(prose("import Tabs from '@x/tabs'\n\nEin <Tabs>Text</Tabs> hier.\n"), "\n\nEin Text hier.\n");
        assert_eq!(prose("We import tea from China.\n"), "We import tea from China.\n");
    }

    #[test]
    fn a_blank_file_is_blank() {
        assert_eq!(prose(""), "");
        assert_eq!(prose("\n\n"), "\n\n");
    }
}
