//! HTML through html5gum, which gives byte spans of every token and never fails.

use super::{Kind, Region};
use crate::text::Span;
use html5gum::{
    Token, Tokenizer,
    emitters::default::{DefaultEmitter, StartTag},
};

/// What is not prose in an HTML text: tags, comments, doctype, entities, and the text of `script`, `style`, `code`,
/// `pre`, `kbd`, `samp`, `var`, `textarea` and `svg`.
pub(super) fn split(text: &str) -> Vec<Region> {
    scan(text, is_code)
}

/// XML reads like HTML, but none of its element names has a meaning.
pub(super) fn split_xml(text: &str) -> Vec<Region> {
    scan(text, |_| false)
}

fn scan(text: &str, is_code: fn(&[u8]) -> bool) -> Vec<Region> {
    let mut regions = Vec::new();
    let mut code: Option<(Vec<u8>, usize, usize)> = None;
    for token in Tokenizer::new_with_emitter(text, DefaultEmitter::<usize>::new_with_span()) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                if let Some((name, depth, _)) = &mut code {
                    if *name == *tag.name && !tag.self_closing {
                        *depth += 1;
                    }
                } else if is_code(&tag.name) && !tag.self_closing {
                    code = Some((tag.name.to_vec(), 1, tag.span.start));
                    continue;
                }
                // What a reader hears or sees of a tag is prose: the words for a picture, a tool tip.
                let mut at = tag.span.start;
                if code.is_none() {
                    for value in spoken(text, &tag) {
                        if value.start >= at && value.end <= tag.span.end {
                            push(text, &mut regions, at, value.start, Kind::Markup);
                            entities(text, value.start, value.end, &mut regions);
                            at = value.end;
                        }
                    }
                }
                push(text, &mut regions, at, tag.span.end, kind_of(&tag.name));
            }
            Token::EndTag(tag) => {
                if let Some((name, depth, start)) = &mut code
                    && *name == *tag.name
                {
                    *depth -= 1;
                    if *depth == 0 {
                        push(text, &mut regions, *start, tag.span.end, Kind::Code);
                        code = None;
                        continue;
                    }
                }
                push(text, &mut regions, tag.span.start, tag.span.end, kind_of(&tag.name));
            }
            Token::Comment(c) => push(text, &mut regions, c.span.start, c.span.end, Kind::Markup),
            Token::Doctype(d) => push(text, &mut regions, d.span.start, d.span.end, Kind::Markup),
            Token::String(s) => entities(text, s.span.start, s.span.end, &mut regions),
            Token::Error(_) => {}
        }
    }
    if let Some((_, _, start)) = code {
        push(text, &mut regions, start, text.len(), Kind::Code);
    }
    regions
}

/// A tag that stands inside a line of text, or one that ends it.
fn kind_of(name: &[u8]) -> Kind {
    match name {
        b"html" | b"head" | b"body" | b"title" | b"p" | b"div" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6"
        | b"ul" | b"ol" | b"li" | b"dl" | b"dt" | b"dd" | b"table" | b"thead" | b"tbody" | b"tfoot" | b"tr" | b"td"
        | b"th" | b"caption" | b"blockquote" | b"section" | b"article" | b"aside" | b"header" | b"footer" | b"main"
        | b"nav" | b"figure" | b"figcaption" | b"br" | b"hr" | b"form" | b"fieldset" | b"legend" | b"option"
        | b"address" | b"details" | b"summary" => Kind::Break,
        _ => Kind::Markup,
    }
}

/// The values of the attributes that are read out or shown, where they stand in the text as they are.
fn spoken(text: &str, tag: &StartTag<usize>) -> Vec<Span> {
    let is_summary = *tag.name == *b"meta"
        && [&b"name"[..], b"property"].iter().filter_map(|n| tag.attributes.get(*n)).any(|v| {
            [&b"description"[..], b"og:title", b"og:description", b"twitter:title", b"twitter:description"]
                .contains(&v.value.as_slice())
        });
    let shown = |name: &[u8]| match name {
        b"alt" | b"title" | b"placeholder" | b"aria-label" | b"summary" => true,
        b"content" => is_summary,
        _ => false,
    };
    let mut spans: Vec<Span> = tag
        .attributes
        .iter()
        .filter(|(name, value)| shown(name.as_slice()) && value.value.contains(&b' '))
        .filter_map(|(_, value)| {
            let value_text = std::str::from_utf8(&value.value).ok()?;
            let all = text.get(value.span.start..value.span.end.min(text.len()))?;
            let start = value.span.start + all.find(value_text)?;
            Some(Span::new(start, start + value_text.len()))
        })
        .collect();
    spans.sort();
    spans
}

fn is_code(name: &[u8]) -> bool {
    matches!(
        name,
        b"script" | b"style" | b"code" | b"pre" | b"kbd" | b"samp" | b"var" | b"tt" | b"textarea" | b"svg" | b"math"
    )
}

fn push(text: &str, regions: &mut Vec<Region>, start: usize, end: usize, kind: Kind) {
    let end = end.min(text.len());
    if start < end && text.is_char_boundary(start) && text.is_char_boundary(end) {
        regions.push(Region { span: Span::new(start, end), kind });
    }
}

/// Character references are the format's own way of writing: masked, so that no check reads them as letters.
fn entities(text: &str, start: usize, end: usize, regions: &mut Vec<Region>) {
    let Some(part) = text.get(start..end.min(text.len())) else { return };
    let bytes = part.as_bytes();
    for at in memchr::memchr_iter(b'&', bytes) {
        let body = bytes[at + 1..].iter().take(32).take_while(|b| b.is_ascii_alphanumeric() || **b == b'#').count();
        if body > 1 && bytes.get(at + 1 + body) == Some(&b';') {
            push(text, regions, start + at, start + at + body + 2, Kind::Markup);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::region::{Format, mask, split};

    fn prose(text: &str) -> String {
        mask(text, &split(Format::Html, text)).replace(['\u{1}', '\n'], "")
    }

    #[test]
    fn keeps_text_and_masks_the_rest() {
        assert_eq!(prose("<p class=\"a\">Das ist <b>fett</b>&nbsp;!</p>"), "Das ist fett!");
        assert_eq!(prose("<p>Vor <code>x &lt; y</code> nach<!-- c --></p>"), "Vor  nach");
        assert_eq!(prose("<script>var a = '<p>';</script>Text"), "Text");
    }

    #[test]
    fn what_is_read_out_is_prose() {
        assert_eq!(
            prose("<img src=\"a b.png\" alt=\"Ein alter Hafen\"><a title='Zum Plan &amp; mehr' href=x>Plan</a>"),
            "Ein alter HafenPlan"
        );
        assert_eq!(
            prose("<meta name=description content=\"Alles über den Hafen\"><meta name=x content=\"a b\">"),
            "Alles über den Hafen"
        );
    }

    #[test]
    fn broken_markup_does_no_harm() {
        for text in ["<", "<p", "a < b", "</", "<!--", "<script>", "&", "&#", "<é>ü"] {
            let _ = prose(text);
        }
    }
}
