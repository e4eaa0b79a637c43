//! HTML tags, comments and elements in a text that is not HTML.

use super::near;
use crate::{
    analysis::{
        Signals,
        around::{boundary_after, boundary_before},
    },
    check::{Check, Context, Example, Meta, Sink},
    finding::{Edit, Fix, Safety, Severity},
    region::Format,
    text::Span,
};

/// The check.
pub(super) struct HtmlTag;

static META: Meta = Meta {
    name: "markup/html-tag",
    since: "0.1.0",
    severity: Severity::Error,
    summary: "HTML in a text that is not HTML",
    why: "A page was turned into text and some of its markup stayed. The reader sees tags instead of bold words and line breaks.",
    when_wrong: "A text about HTML: put the tag between code marks or quotation marks, or silence the line.",
    fix: "Deletes the tag; where a tag stood for a new line, a line break takes its place. Always only suggested: in a message of a program the tags may be meant, and emphasis is lost with them.",
    needs: Signals::ANGLE,
    examples: &[
        Example::Bad {
            text: "The museum opens <b>at nine</b> on weekdays.",
            find: &["<b>", "</b>"],
            fixed: Some("The museum opens at nine on weekdays."),
        },
        Example::Bad {
            text: "Первая строка.<br />Вторая строка.",
            find: &["<br />"],
            fixed: Some("Первая строка.\nВторая строка."),
        },
        Example::Bad {
            text: "<p class=\"intro\">Der Zug fährt heute nicht.</p>",
            find: &["<p class=\"intro\">", "</p>"],
            fixed: Some("Der Zug fährt heute nicht."),
        },
        Example::Bad {
            text: "Le marché est ouvert. <!-- à revoir --> Il ferme à midi.",
            find: &["<!-- à revoir -->"],
            fixed: Some("Le marché est ouvert. Il ferme à midi."),
        },
        Example::Bad {
            text: "Mer om saken <a href=\"https://example.org/sak\">her</a>.",
            find: &["<a href=\"https://example.org/sak\">", "</a>"],
            fixed: Some("Mer om saken her."),
        },
        Example::Good {
            text: "With a<b and b>c we get a chain; I <3 it. Mail <name@example.org> or see <https://example.org>.",
        },
        Example::Good { text: "The <b> tag makes text bold, and `<br>` starts a new line." },
        Example::Good { text: "-y <tr>-attributes: what goes into the rows; -f<font> and [-x <table>] are like it." },
        Example::Good {
            text: "A declaration (<!DOCTYPE ...>) and whatever stands between <!-- and --> or <!-- a --> is left out.",
        },
        Example::Good { text: "<td> etiketinde kullanılacak öznitelikler burada belirtilir." },
        Example::Good { text: "Run it as: convert <input> <output>, where <title> is yours." },
        Example::Good { text: "<META NAME=\"AUTHOR\" CONTENT=\"Your name\">" },
        Example::Good { text: "A Map<String, List<A>> holds what Vec<i> cannot. ----> see below <----" },
    ],
};

/// What an element's tags do to the text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// Part of a line: bold, colour, links, images, raised figures.
    Inline,
    /// A new line: paragraphs, tables, lists, headings.
    Break,
    /// Also a usual name for a placeholder: needs attributes or a closing tag.
    Word,
    /// Its content is no text either: script, style.
    Element,
}

fn sort(name: &str) -> Option<Sort> {
    Some(match name {
        "b" | "i" | "u" | "em" | "strong" | "span" | "font" | "big" | "small" | "tt" | "nobr" | "wbr" | "bdi"
        | "o:p" | "a" | "img" | "sub" | "sup" | "del" | "ins" | "s" | "strike" | "q" | "cite" | "abbr" | "acronym"
        | "bdo" | "ruby" | "rt" | "rp" | "iframe" | "embed" => Sort::Inline,
        "br" | "p" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "li" | "dl" | "dt" | "dd"
        | "table" | "tbody" | "thead" | "tfoot" | "tr" | "td" | "th" | "hr" | "blockquote" | "center" | "pre"
        | "figure" | "figcaption" | "fieldset" => Sort::Break,
        "script" | "style" | "noscript" => Sort::Element,
        "html" | "head" | "body" | "title" | "meta" | "link" | "base" | "main" | "header" | "footer" | "nav"
        | "section" | "article" | "aside" | "address" | "code" | "kbd" | "samp" | "var" | "mark" | "time" | "data"
        | "dfn" | "button" | "form" | "input" | "label" | "select" | "option" | "textarea" | "legend" | "object"
        | "param" | "source" | "video" | "audio" | "track" | "canvas" | "map" | "area" | "details" | "summary"
        | "dialog" | "menu" | "picture" | "caption" | "col" | "colgroup" | "svg" | "path" | "marquee" | "frame"
        | "frameset" | "output" | "template" => Sort::Word,
        _ => return None,
    })
}

struct Tag {
    span: Span,
    sort: Sort,
    closing: bool,
    /// Attributes, a closing tag, or a shape that only a tag has.
    sure: bool,
}

impl Check for HtmlTag {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn formats(&self) -> &'static [Format] {
        &[Format::Plain]
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let text = cx.text();
        let mut run: Vec<Tag> = Vec::new();
        let mut reach = 0;
        let mut about = Span::new(0, 0);
        for block in cx.blocks(Signals::ANGLE) {
            for at in memchr::memchr_iter(b'<', &text.as_bytes()[block.range()]).map(|i| i + block.start) {
                if at < reach {
                    continue;
                }
                let Some(tag) = tag(text, at) else { continue };
                if about.end <= at {
                    about =
                        Span::new(at, if is_about_html(text, at) { near::line(text, at).end.max(at + 1) } else { at });
                }
                if about.end > at || near::is_mentioned(text, tag.span) {
                    reach = tag.span.end;
                    continue;
                }
                if tag.sure {
                    reach = tag.span.end;
                    let joined = run.last().is_some_and(|last| {
                        text[last.span.end..tag.span.start].bytes().all(|b| b == b' ' || b == b'\t')
                            && last.sort != Sort::Element
                            && tag.sort != Sort::Element
                    });
                    if !joined {
                        report(text, &run, out);
                        run.clear();
                    }
                    run.push(tag);
                }
            }
        }
        report(text, &run, out);
    }
}

/// The tag, comment or element that begins here.
fn tag(text: &str, at: usize) -> Option<Tag> {
    let rest = &text[at..];
    let found = |len: usize, sort, closing, sure| Some(Tag { span: Span::new(at, at + len), sort, closing, sure });
    if let Some(inside) = rest.strip_prefix("<!--") {
        // Arrows are no comments: `<!-----`.
        let close = inside.find("-->")?;
        // `<!-- and -->`, `<!--foo-->`: both marks are named, or an example shows them.
        let word = inside[..close].trim();
        let shown =
            word.chars().count() == 1 && inside.starts_with(' ') || ["foo", "bar", "baz", "toto"].contains(&word);
        let first = word.split(' ').next().unwrap_or_default();
        let shown = shown || word.len() < 24 && ["and", "und", "et", "or"].contains(&first);
        return if shown || inside.starts_with("--") { None } else { found(close + 7, Sort::Element, false, true) };
    }
    if rest.starts_with("<![CDATA[") {
        let close = rest.find("]]>").map_or(9, |i| i + 3);
        return found(close, Sort::Element, false, true);
    }
    if rest.len() > 10 && rest.as_bytes()[1] == b'!' && rest.get(..9)?.eq_ignore_ascii_case("<!doctype") {
        let close = rest.find('>')?;
        return if shows_how(&rest[..close]) { None } else { found(close + 1, Sort::Element, false, true) };
    }
    let closing = rest[1..].starts_with('/');
    let body = &rest[1 + usize::from(closing)..];
    let length = body.bytes().take(12).take_while(|b| b.is_ascii_alphanumeric() || *b == b':').count();
    let name = body[..length].to_ascii_lowercase();
    let sort = sort(&name)?;
    let (attributes, close) = attributes(&body[length..])?;
    if shows_how(&body[length..length + close]) {
        return None;
    }
    let len = 1 + usize::from(closing) + length + close;
    if attributes == 0 && !closing && is_option(&text[..at], &text[at + len..]) {
        return None;
    }
    if sort == Sort::Element && !closing {
        // All of it, with its content.
        let end = format!("</{name}>");
        let whole = find_ignore_case(&text[at..], &end).map_or(len, |i| i + end.len());
        return found(whole, sort, false, attributes > 0 || whole > len);
    }
    let paired = |from: usize| {
        find_ignore_case(&text[from..boundary_before(text, from + 20_000)], &format!("</{name}>")).is_some()
    };
    let sure = match sort {
        _ if attributes > 0 => true,
        // These have no content; without attributes they are somebody's placeholders.
        _ if matches!(
            name.as_str(),
            "param" | "source" | "track" | "input" | "meta" | "link" | "base" | "col" | "area"
        ) =>
        {
            false
        }
        _ if closing => sort != Sort::Word || opened(&text[..at], &name),
        Sort::Word => paired(at + len),
        _ if name == "p" => {
            let edge = |c: Option<char>| c.is_none_or(|c| c == '\n' || c == '\r' || ".!?…。".contains(c));
            edge(near::before(text, at)) || edge(near::after(text, at + len)) || paired(at + len)
        }
        // Somebody names it: «or <strong>; for italics».
        _ if matches!(name.as_str(), "strong" | "em" | "code" | "small" | "font" | "span" | "big" | "sub" | "sup")
            && near::before(text, at) == Some(' ')
            && near::after(text, at + len).is_some_and(|c| " .,;:!?)".contains(c)) =>
        {
            paired(at + len)
        }
        // `<Del>` and `<Ins>` are keys.
        _ if name.len() == 1 || matches!(name.as_str(), "del" | "ins" | "cite" | "ruby" | "embed" | "strike") => {
            paired(at + len)
        }
        _ => true,
    };
    found(len, sort, closing, sure)
}

/// `<a href=...>` shows how, and is no tag.
fn shows_how(inside: &str) -> bool {
    inside.contains('…') || inside.contains("..") && !inside.contains("../")
}

/// Whether a tag is what an option of a command takes (`-f<font>`, `[-x <table>…`) or the first half of a compound
/// (`<table>-attributes`).
fn is_option(before: &str, after: &str) -> bool {
    let mut behind = after.chars();
    if behind.next() == Some('-') && behind.next().is_some_and(char::is_alphabetic) {
        return true;
    }
    let mut back = before.strip_suffix(' ').unwrap_or(before).chars().rev();
    back.next().is_some_and(|c| c.is_ascii_alphabetic())
        && back.next() == Some('-')
        && back.next().is_none_or(|c| c.is_whitespace() || "[(".contains(c))
}

/// Whether an opening tag of this name stands in the text before.
fn opened(before: &str, name: &str) -> bool {
    let from = boundary_after(before, before.len().saturating_sub(20_000));
    find_ignore_case(&before[from..], &format!("<{name}")).is_some()
}

/// How many attributes follow a tag's name, and where the tag ends. Nothing else than attributes may stand there.
fn attributes(rest: &str) -> Option<(usize, usize)> {
    const MOST: usize = 4000;
    let bytes = rest.as_bytes();
    let mut at = 0;
    let mut count = 0;
    loop {
        let blank = bytes[at..].iter().take_while(|b| b.is_ascii_whitespace()).count();
        at += blank;
        match *bytes.get(at)? {
            b'>' => return Some((count, at + 1)),
            b'/' if bytes.get(at + 1) == Some(&b'>') => return Some((count, at + 2)),
            b if blank > 0 && (b.is_ascii_alphabetic() || b == b'_' || b == b'@' || b == b':') => {
                at += bytes[at..].iter().take_while(|b| b.is_ascii_alphanumeric() || b"-_:.@".contains(b)).count();
                let blank = bytes[at..].iter().take_while(|b| b.is_ascii_whitespace()).count();
                if bytes.get(at + blank) != Some(&b'=') {
                    continue;
                }
                at += blank + 1;
                at += bytes[at..].iter().take_while(|b| b.is_ascii_whitespace()).count();
                let first = *bytes.get(at)?;
                // Curly quotes get into tags when a word processor has had them.
                let curly = ["“", "”", "«", "’"].iter().any(|q| rest[at..].starts_with(q));
                if first == b'"' || first == b'\'' {
                    at += 2 + memchr::memchr(first, &bytes[at + 1..])?;
                } else {
                    let stop = |b: &u8| *b == b'>' || (b.is_ascii_whitespace() && !curly) || *b == b'<';
                    at += bytes[at..].iter().position(stop)?;
                }
                count += 1;
            }
            _ => return None,
        }
        if at > MOST {
            return None;
        }
    }
}

/// The place of an ASCII needle, whatever its case.
fn find_ignore_case(text: &str, needle: &str) -> Option<usize> {
    let (bytes, needle) = (text.as_bytes(), needle.as_bytes());
    let first = *needle.first()?;
    memchr::memchr_iter(first, bytes)
        .find(|&i| bytes.get(i..i + needle.len()).is_some_and(|part| part.eq_ignore_ascii_case(needle)))
}

/// Whether the line of a tag talks about tags: the word stands right beside one of them.
fn is_about_html(text: &str, at: usize) -> bool {
    const WORDS: &[&str] = &[
        "tag",
        "tags",
        "element",
        "elements",
        "elemento",
        "elementos",
        "élément",
        "éléments",
        "balise",
        "balises",
        "elementi",
        "etiqueta",
        "etiquetas",
        "html",
        "xml",
        "markup",
        "тег",
        "теги",
        "тега",
        "тегом",
        "тэг",
        "элемент",
        "элемента",
        "елемент",
        "znacznik",
        "znaczniki",
        "značka",
        "značky",
        "etiket",
        "etiketi",
        "标签",
        "標籤",
        "タグ",
        "要素",
        "태그",
        "وسم",
        "برچسب",
        "תגית",
    ];
    let line = near::line(text, at);
    let part = &text[line.range()];
    if near::names_markup(text, line) || is_listing(part) {
        return true;
    }
    memchr::memchr_iter(b'<', part.as_bytes()).any(|i| {
        let Some(close) = part[i..].find('>') else { return false };
        let span = Span::new(line.start + i, line.start + i + close + 1);
        let near = near::neighbours(text, span);
        // «Tag» is a day in German.
        near.iter().any(|w| WORDS.contains(&w.as_str()) || w.starts_with("etiket"))
            && !(near[0] == "tag" && part.contains(" am Tag"))
            || ["标签", "標籤", "タグ", "要素", "태그"].iter().any(|w| near[1].starts_with(w) || near[0].ends_with(w))
    })
}

/// `<META NAME="author" CONTENT="…">`: a line that begins with a tag in capitals, attributes too, lists code.
fn is_listing(line: &str) -> bool {
    let Some(rest) = line.trim_start().strip_prefix('<') else { return false };
    let capitals = |s: &str| s.len() - s.trim_start_matches(|c: char| c.is_ascii_uppercase()).len();
    let name = capitals(rest);
    let Some(rest) = rest[name..].strip_prefix(' ') else { return false };
    let attribute = capitals(rest);
    name > 0 && attribute > 1 && rest[attribute..].starts_with("=\"")
}

fn report(text: &str, run: &[Tag], out: &mut Sink) {
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return };
    let span = Span::new(first.span.start, last.span.end);
    let shown: String = text[span.range()].chars().take(40).collect();
    if run.iter().any(|t| t.sort == Sort::Element) {
        let what = if shown.starts_with("<!") { "a comment or declaration" } else { "code" };
        let message = format!("this is {what} of a web page, left in the text");
        if text[span.range()].starts_with("<![CDATA[") && span.len() > 12 && text[..span.end].ends_with("]]>") {
            let edit = |start, end| Edit { span: Span::new(start, end), text: String::new() };
            let edits = vec![edit(span.start, span.start + 9), edit(span.end - 3, span.end)];
            out.report(span, 0.95, message, Some(Fix { safety: Safety::Suggested, title: "unwrap it".into(), edits }));
            return;
        }
        let edits = vec![Edit { span: near::deletion(text, span), text: String::new() }];
        out.report(span, 0.95, message, Some(Fix { safety: Safety::Suggested, title: "delete it".into(), edits }));
        return;
    }
    let line = near::line(text, span.start);
    let edge_left = text[line.start..span.start].trim().is_empty();
    let edge_right = span.end >= line.end || text[span.end..line.end].trim().is_empty();
    let breaks = run.iter().any(|t| t.sort == Sort::Break);
    // A message of a program may mean its tags, and a dropped `<em>` is an emphasis lost: never without asking.
    let safety = Safety::Suggested;
    let (edit, what) = if breaks && !edge_left && !edge_right {
        let part = &text[line.start..span.start];
        let start = line.start + part.trim_end_matches([' ', '\t']).len();
        let part = &text[span.end..line.end];
        let end = line.end - part.trim_start_matches([' ', '\t']).len();
        let newline =
            if text[..line.start].ends_with("\r\n") || text[line.end..].starts_with("\r\n") { "\r\n" } else { "\n" };
        (Edit { span: Span::new(start, end), text: newline.into() }, "put a line break in its place")
    } else if edge_left || edge_right {
        (Edit { span: near::deletion(text, span), text: String::new() }, "delete it")
    } else {
        // Between two words a blank that stands on one side of the tag, or inside the run, stays.
        let gap = run.windows(2).any(|w| w[0].span.end < w[1].span.start);
        let has_blank = near::before(text, span.start) == Some(' ') || near::after(text, span.end) == Some(' ');
        let keep = if gap && !has_blank { " " } else { "" };
        let cut = if keep.is_empty() && first.closing && run.len() == 1 { span } else { near::deletion(text, span) };
        (Edit { span: cut, text: keep.into() }, "delete it")
    };
    let message = format!("«{shown}» is HTML that was meant for a browser; here the reader sees it as text");
    out.report(span, 0.98, message, Some(Fix { safety, title: what.into(), edits: vec![edit] }));
}
