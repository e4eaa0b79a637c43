//! BBCode: the tags of forums, in square brackets.

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
pub(super) struct BbCode;

static META: Meta = Meta {
    name: "markup/bbcode",
    since: "0.1.0",
    severity: Severity::Error,
    summary: "tag of a forum in square brackets",
    why: "The text was written in a forum, which turns such tags into bold words, links and quotations. Outside of it the reader sees the tags.",
    when_wrong: "A text about forums: put the tag between code marks or quotation marks.",
    fix: "Deletes the tag. Links, pictures and quotations are only suggested, since something is lost with them.",
    needs: Signals::SQUARE,
    examples: &[
        Example::Bad {
            text: "The ferry is [b]not[/b] running today.",
            find: &["[b]", "[/b]"],
            fixed: Some("The ferry is not running today."),
        },
        Example::Bad {
            text: "Расписание [url=https://example.org]здесь[/url], всем удачи.",
            find: &["[url=https://example.org]", "[/url]"],
            fixed: Some("Расписание здесь, всем удачи."),
        },
        Example::Bad {
            text: "[size=4][color=red]Achtung![/color][/size] Heute kein Schiff.",
            find: &["[size=4][color=red]", "[/color][/size]"],
            fixed: Some("Achtung! Heute kein Schiff."),
        },
        Example::Bad {
            text: "[h1]Der Hafen[/h1]\nDie Fähre fährt heute [strike]nicht[/strike].",
            find: &["[h1]", "[/h1]", "[strike]", "[/strike]"],
            fixed: Some("Der Hafen\nDie Fähre fährt heute nicht."),
        },
        Example::Good { text: "Let a[i] be the sum of b[i] and c[i]; see [b] and [i] in the list." },
        Example::Good { text: "The [quote] was cut, and [u] stands for a vowel [s] for a sound." },
        Example::Good { text: "Forums write `[b]so[/b]` for bold, and \"[/i]\" ends italics." },
    ],
};

/// The names, and whether something is lost with the tag.
fn loses(name: &str) -> Option<bool> {
    Some(match name {
        "b" | "i" | "u" | "size" | "color" | "colour" | "font" | "center" | "left" | "right" | "justify" | "align"
        | "indent" | "highlight" | "h1" | "h2" | "h3" | "strong" | "noparse" => false,
        "s" | "sub" | "sup" | "url" | "img" | "quote" | "code" | "list" | "email" | "youtube" | "spoiler" | "media"
        | "attach" | "hide" | "php" | "strike" | "olist" | "ulist" | "table" | "tr" | "td" | "th" | "mention"
        | "user" => true,
        _ => return None,
    })
}

impl Check for BbCode {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn formats(&self) -> &'static [Format] {
        &[Format::Plain, Format::Markdown]
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        // In Markdown, code and addresses are no text.
        let text = cx.prose();
        let mut run: Option<(Span, bool)> = None;
        for block in cx.blocks(Signals::SQUARE) {
            for at in memchr::memchr_iter(b'[', &text.as_bytes()[block.range()]).map(|i| i + block.start) {
                let Some((span, lost)) = tag(text, at).filter(|(s, _)| !near::is_mentioned(text, *s)) else { continue };
                match &mut run {
                    Some((last, all)) if last.end == span.start => {
                        last.end = span.end;
                        *all |= lost;
                    }
                    _ => {
                        report(text, run.replace((span, lost)), out);
                    }
                }
            }
        }
        report(text, run, out);
    }
}

/// The tag that begins here: a closing tag, one with a value, or one that is closed further down.
fn tag(text: &str, at: usize) -> Option<(Span, bool)> {
    let rest = &text[at + 1..];
    let closing = rest.starts_with('/');
    let body = &rest[usize::from(closing)..];
    let length = body.bytes().take(12).take_while(u8::is_ascii_alphanumeric).count();
    let name = body[..length].to_ascii_lowercase();
    let lost = loses(&name)?;
    let from = at + 1 + usize::from(closing) + length;
    let tail = &text[from..];
    let span = |len: usize| Span::new(at, from + len);
    if tail.starts_with(']') {
        let pair = if closing { format!("[{name}") } else { format!("[/{name}]") };
        let part =
            if closing { window(text, at.saturating_sub(20_000), at) } else { window(text, from, from + 20_000) };
        // Half a pair of letters is mathematics or a sound; half a pair of a longer name is a leftover.
        let sure = contains(part, &pair) || (closing && name.len() > 2);
        return sure.then(|| (span(1), lost));
    }
    if closing || !tail.starts_with('=') || name.len() < 2 {
        return None;
    }
    let end = tail.bytes().take(400).position(|b| matches!(b, b']' | b'\n' | b'['))?;
    (tail.as_bytes()[end] == b']' && end > 1 && !tail[1..end].starts_with(' ')).then(|| (span(end + 1), lost))
}

fn window(text: &str, from: usize, to: usize) -> &str {
    text.get(boundary_after(text, from)..boundary_before(text, to)).unwrap_or_default()
}

fn contains(text: &str, needle: &str) -> bool {
    let (bytes, needle) = (text.as_bytes(), needle.as_bytes());
    memchr::memchr_iter(b'[', bytes).any(|i| {
        bytes.get(i..i + needle.len()).is_some_and(|part| part.eq_ignore_ascii_case(needle))
            // `[url` of a pair may be `[url=…`, but not `[urls`.
            && !bytes.get(i + needle.len()).is_some_and(|b| b.is_ascii_alphabetic() && !needle.ends_with(b"]"))
    })
}

fn report(text: &str, run: Option<(Span, bool)>, out: &mut Sink) {
    let Some((span, lost)) = run else { return };
    let line = near::line(text, span.start);
    let alone =
        text[line.start..span.start].trim().is_empty() && text[span.end..line.end.max(span.end)].trim().is_empty();
    let cut = if alone { near::deletion(text, span) } else { span };
    let message = format!(
        "«{}» is a tag of a forum; outside of it the reader sees the tag",
        text[span.range()].chars().take(40).collect::<String>()
    );
    let safety = if lost { Safety::Suggested } else { Safety::Safe };
    let edits = vec![Edit { span: cut, text: String::new() }];
    out.report(span, 0.95, message, Some(Fix { safety, title: "delete it".into(), edits }));
}
