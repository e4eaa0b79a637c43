//! Markdown in a text that is not Markdown.

use super::near;
use crate::{
    analysis::Signals,
    check::{Check, Context, Example, Meta, Sink},
    finding::{Edit, Fix, Safety, Severity},
    region::Format,
    text::Span,
};

/// The check.
pub(super) struct MarkdownMark;

static META: Meta = Meta {
    name: "markup/markdown-mark",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "mark of Markdown in a plain text",
    why: "Chat assistants and editors write Markdown. Pasted into a plain text, its asterisks, hashes and brackets stay and nobody turns them into bold words and headings.",
    when_wrong: "A text that is Markdown: name the file .md. A file with three kinds of marks is taken for Markdown and reported once, as a remark.",
    fix: "Takes the asterisks off bold words; the rest is only suggested.",
    needs: Signals::MARKDOWN.or(Signals::SQUARE).or(Signals::BACKTICK),
    examples: &[
        Example::Bad {
            text: "The ferry is **not** running today.",
            find: &["**not**"],
            fixed: Some("The ferry is not running today."),
        },
        Example::Bad {
            text: "## Расписание\n\nПаром ходит каждый час, сообщили в порту.",
            find: &["## Расписание"],
            fixed: Some("Расписание\n\nПаром ходит каждый час, сообщили в порту."),
        },
        Example::Bad {
            text: "Den Fahrplan gibt es [hier](https://example.org/plan), schreibt die Stadt.",
            find: &["[hier](https://example.org/plan)"],
            fixed: Some("Den Fahrplan gibt es hier (https://example.org/plan), schreibt die Stadt."),
        },
        Example::Good { text: "2 ** 3 is 8, and f(**args) takes them all; so does g(*a, **b)." },
        Example::Good { text: "## ---- settings ----\n# one\n#two\n" },
        Example::Good {
            text: "The fee [1] (see https://example.org) rose; rating: ***** of five. Bible: f**k and s**t.",
        },
        Example::Bad {
            text: "# Notes\n\n**Ferry** times, see [plan](https://example.org).\n\n```\n9:00\n```\n\n## Prices\n\nIt costs three crowns.",
            find: &["**Ferry**"],
            fixed: None,
        },
    ],
};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Bold,
    Heading,
    Link,
    Fence,
    Escape,
    Table,
}

struct Hit {
    mark: Mark,
    span: Span,
    fixed: Option<String>,
}

impl Check for MarkdownMark {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn formats(&self) -> &'static [Format] {
        &[Format::Plain]
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let text = cx.text();
        let mut hits: Vec<Hit> = Vec::new();
        for block in cx.blocks(META.needs) {
            bold(text, block, &mut hits);
            links(text, block, &mut hits);
            lines(text, block, &mut hits);
            if hits.len() > 400 {
                break;
            }
        }
        if hits.is_empty() {
            return;
        }
        hits.sort_by_key(|h| h.span);
        let mut kinds: Vec<Mark> = Vec::new();
        for hit in &hits {
            if !kinds.contains(&hit.mark) {
                kinds.push(hit.mark);
            }
        }
        let weak = kinds.iter().all(|k| matches!(k, Mark::Fence | Mark::Table | Mark::Escape));
        if kinds.len() >= 3 || (hits.len() > 8 && kinds.len() > 1) || hits.len() > 40 {
            let message =
                "this text is written in Markdown from start to end; name the file .md, or turn it into plain text";
            out.report_as(Severity::Info, hits[0].span, 0.6, message, None);
            return;
        }
        if weak {
            return;
        }
        for hit in hits {
            let (what, safety) = match hit.mark {
                Mark::Bold => {
                    ("asterisks round a word are Markdown for bold; in plain text they stay asterisks", Safety::Safe)
                }
                Mark::Heading => (
                    "hashes before a line are Markdown for a heading; in plain text they stay hashes",
                    Safety::Suggested,
                ),
                Mark::Link => ("this is a link as Markdown writes it", Safety::Suggested),
                Mark::Fence | Mark::Escape | Mark::Table => continue,
            };
            let fix = hit.fixed.map(|text| Fix {
                safety,
                title: format!("write «{text}»"),
                edits: vec![Edit { span: hit.span, text }],
            });
            out.report(hit.span, 0.85, what, fix);
        }
    }
}

/// `**word**`: letters inside, blanks or punctuation outside.
fn bold(text: &str, block: Span, hits: &mut Vec<Hit>) {
    let bytes = text.as_bytes();
    let mut at = block.start;
    while let Some(i) = memchr::memchr(b'*', &bytes[at..block.end]) {
        let start = at + i;
        let stars = bytes[start..block.end].iter().take_while(|b| **b == b'*').count();
        at = start + stars;
        if stars != 2 && stars != 3 {
            continue;
        }
        let line = near::line(text, start);
        let inside = &text[start + stars..line.end.max(start + stars)];
        let mark = &"***"[..stars];
        let Some(length) = inside.find(mark).filter(|l| *l > 0 && *l < 400) else { continue };
        let end = start + stars + length + stars;
        let word = &inside[..length];
        let open =
            near::before(text, start).is_none_or(|c| !c.is_alphanumeric() && !"*([{,=\\/`_".contains(c) || c == '(');
        // Writing without blanks has letters on both sides.
        let unspaced =
            |c: char| matches!(u32::from(c), 0x0E00..=0x0EFF | 0x1780..=0x17FF | 0x3040..=0x30FF | 0x3400..=0x9FFF);
        let open = open || near::before(text, start).is_some_and(unspaced);
        let close = near::after(text, end).is_none_or(|c| !c.is_alphanumeric() && !"*/`_=".contains(c) || unspaced(c));
        let prose = !word.starts_with(char::is_whitespace)
            && !word.ends_with(char::is_whitespace)
            && word.chars().filter(|c| c.is_alphabetic()).count() >= 2
            && !word.contains(['*', '=', '(', '`', '{']);
        if open
            && close
            && prose
            && !near::in_code_marks(text, Span::new(start, end))
            && !near::is_mentioned(text, Span::new(start, end))
        {
            hits.push(Hit { mark: Mark::Bold, span: Span::new(start, end), fixed: Some(word.to_owned()) });
            at = end;
        }
    }
}

/// `[words](https://…)`.
fn links(text: &str, block: Span, hits: &mut Vec<Hit>) {
    for i in memchr::memmem::find_iter(&text.as_bytes()[block.range()], b"](") {
        let middle = block.start + i;
        let line = near::line(text, middle);
        let Some(open) = text[line.start..middle].rfind('[').map(|i| line.start + i) else { continue };
        let Some(close) = text[middle..line.end].find(')').map(|i| middle + i) else { continue };
        let words = &text[open + 1..middle];
        let target = &text[middle + 2..close];
        let is_link = ["http://", "https://", "mailto:", "www.", "/", "#"].iter().any(|p| target.starts_with(p));
        let is_link = is_link && target.chars().nth(1).is_some_and(|c| c.is_alphanumeric() || "/.#_-".contains(c));
        if !is_link || target.contains(char::is_whitespace) || words.trim().is_empty() {
            continue;
        }
        let start = if near::before(text, open) == Some('!') { open - 1 } else { open };
        let span = Span::new(start, close + 1);
        if near::in_code_marks(text, span) || near::is_mentioned(text, span) {
            continue;
        }
        let fixed = if words.contains("://") || target.starts_with(['#', '/']) {
            words.to_owned()
        } else {
            format!("{words} ({target})")
        };
        hits.push(Hit { mark: Mark::Link, span, fixed: (start == open).then_some(fixed) });
    }
}

/// Headings, fences, escaped marks and table rules, line by line.
fn lines(text: &str, block: Span, hits: &mut Vec<Hit>) {
    let bytes = text.as_bytes();
    for i in memchr::memchr3_iter(b'#', b'`', b'|', &bytes[block.range()]) {
        let at = block.start + i;
        if at > 0 && bytes[at - 1] != b'\n' {
            continue;
        }
        let line = near::line(text, at);
        let part = text[line.range()].trim_end();
        let span = Span::new(line.start, line.start + part.len());
        match bytes[at] {
            b'#' => {
                let words = part.trim_start_matches('#');
                let hashes = part.len() - words.len();
                let heading = (2..=6).contains(&hashes)
                    && words.starts_with(' ')
                    && words.trim().chars().next().is_some_and(|c| c.is_alphanumeric() || "«“\"'¿¡*".contains(c))
                    && words.chars().filter(|c| c.is_alphabetic()).count() >= 3
                    && !words.contains(['=', ';', '$'])
                    // Comments stand in blocks; a heading stands alone.
                    && !text[line.end..].trim_start_matches('\r').get(1..).is_some_and(|next| next.starts_with('#'))
                    && !text[..line.start].trim_end_matches(['\n', '\r']).rsplit('\n').next().is_some_and(|l| l.starts_with('#') && text[..line.start].ends_with('\n') && !text[..line.start].ends_with("\n\n"));
                let alone = text[..line.start].trim().is_empty() && text[line.end..].trim().is_empty();
                if heading && !alone {
                    hits.push(Hit {
                        mark: Mark::Heading,
                        span,
                        fixed: Some(words.trim().trim_end_matches('#').trim_end().to_owned()),
                    });
                }
            }
            b'`' if part.starts_with("```") => hits.push(Hit { mark: Mark::Fence, span, fixed: None }),
            b'|' if part.len() > 4 && part.bytes().all(|b| b"|-: ".contains(&b)) && part.contains("--") => {
                hits.push(Hit { mark: Mark::Table, span, fixed: None });
            }
            _ => {}
        }
    }
    for mark in [&b"\\*"[..], b"\\_", b"\\#"] {
        for i in memchr::memmem::find_iter(&bytes[block.range()], mark) {
            let at = block.start + i;
            hits.push(Hit { mark: Mark::Escape, span: Span::new(at, at + 2), fixed: None });
        }
    }
}
