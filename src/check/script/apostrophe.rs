//! A grave or acute accent in the place of the apostrophe.

use super::mixed::{
    around::{is_cjk, line_round},
    explain::char_name,
};
use crate::{
    analysis::{Signals, around::boundary_after},
    check::{Check, Context, Example, Meta, Sink},
    finding::{Fix, Safety, Severity},
    text::Span,
    unicode::{Script, props, visible},
};

/// A grave or acute accent in the place of the apostrophe.
pub(super) struct WrongApostrophe;

static META: Meta = Meta {
    name: "script/wrong-apostrophe",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "accent in the place of the apostrophe",
    why: "The accent keys lie beside the apostrophe on many keyboards. Spelling checkers and search see two words.",
    when_wrong: "When the accent is shown as a character.",
    fix: "Writes the apostrophe that the text uses elsewhere; suggested.",
    needs: Signals::BACKTICK.or(Signals::MODIFIER),
    examples: &[
        Example::Bad {
            text: "We can`t wait any longer.", find: &["can`t"], fixed: Some("We can’t wait any longer.")
        },
        Example::Bad {
            text: "Il mare d´inverno è bello.",
            find: &["d´inverno"],
            fixed: Some("Il mare d’inverno è bello."),
        },
        Example::Bad {
            text: "Ми їмо м`ясо, а об'єкт закрито.",
            find: &["м`ясо"],
            fixed: Some("Ми їмо м'ясо, а об'єкт закрито."),
        },
        Example::Good { text: "Use `ls` or `cat file` here; it isn't `sudo`." },
    ],
};

impl Check for WrongApostrophe {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let prose = cx.prose();
        let is_letter = |c: Option<char>| {
            c.is_some_and(|c| (props(c).is_letter() || props(c).is_mark()) && !is_cjk(props(c).script()) && c != 'ー')
        };
        let mut own: Option<&'static str> = None;
        let accents_apart = super::detached::all(cx);
        for block in cx.blocks(META.needs) {
            let Some(text) = prose.get(block.range()) else { continue };
            let accents = memchr::memchr2_iter(b'`', 0xB4, text.as_bytes());
            for at in accents {
                let (at, c) = if text.as_bytes()[at] == b'`' {
                    (at, '`')
                } else if text.is_char_boundary(at.wrapping_sub(1)) && text[at - 1..].starts_with('´') {
                    (at - 1, '´')
                } else {
                    continue;
                };
                let rest = &text[at + c.len_utf8()..];
                let (before, after) = (text[..at].chars().next_back(), rest.chars().next());
                if !is_letter(before) || !is_letter(after) {
                    continue;
                }
                let here = Span::new(block.start + at, block.start + at + c.len_utf8());
                // Not in the place of an apostrophe but beside its letter.
                let next = accents_apart.partition_point(|d| d.span.end <= here.start);
                if accents_apart.get(next).is_some_and(|d| d.span.contains(here)) {
                    continue;
                }
                let line = line_round(prose, here);
                let shown = prose.get(line.range()).unwrap_or("");
                // Code in Markdown style: another backtick in the line that is not between letters.
                if c == '`' && is_code(shown) || cx.facts().is_opaque(prose, here) {
                    continue;
                }
                let start = text[..at]
                    .char_indices()
                    .rev()
                    .take_while(|&(_, c)| is_letter(Some(c)))
                    .last()
                    .map_or(at, |(i, _)| i);
                let end = at
                    + c.len_utf8()
                    + rest.char_indices().find(|&(_, c)| !is_letter(Some(c))).map_or(rest.len(), |(i, _)| i);
                let word = &text[start..end];
                // Letters and signs without a small letter among them are data.
                if !word.chars().any(char::is_lowercase) && word.chars().any(char::is_uppercase) {
                    continue;
                }
                // A word of capitals and signs is a name in code.
                if before.is_some_and(|c| props(c).script() != props(after.unwrap_or(' ')).script()) {
                    continue;
                }
                let sign = *own.get_or_insert_with(|| habit(cx, prose));
                let fixed = format!("{}{sign}{}", &text[start..at], &text[at + c.len_utf8()..end]);
                let span = Span::new(block.start + start, block.start + end);
                let message = format!("{} in the word «{}»; the apostrophe is {sign}.", char_name(c), visible(word));
                out.report(span, 0.85, message, Some(Fix::replace(Safety::Suggested, span, fixed)));
            }
        }
    }
}

fn is_code(line: &str) -> bool {
    let chars: Vec<char> = line.chars().collect();
    chars.iter().enumerate().any(|(i, c)| {
        let letter = |j: Option<usize>| j.and_then(|j| chars.get(j)).is_some_and(|c| c.is_alphanumeric());
        *c == '`' && !(letter(i.checked_sub(1)) && letter(Some(i + 1)))
    })
}

/// The apostrophe that the document writes between letters.
fn habit(cx: &Context<'_>, prose: &str) -> &'static str {
    let lang = super::language::given(cx).or(cx.lang());
    let sample = &prose[..boundary_after(prose, 64 << 10)];
    let mut best = ("’", 0);
    for sign in ["’", "'", "ʼ", "ʻ", "‘"] {
        let count = memchr::memmem::find_iter(sample.as_bytes(), sign)
            .filter(|&at| {
                let letter =
                    |c: Option<char>| c.is_some_and(|c| props(c).is_letter() && props(c).script() != Script::Han);
                letter(sample[..at].chars().next_back()) && letter(sample[at + sign.len()..].chars().next())
            })
            .count();
        if count > best.1 {
            best = (sign, count);
        }
    }
    if best.1 == 0 && matches!(lang, Some("uz" | "haw" | "to" | "sm" | "ty")) {
        return "ʻ";
    }
    best.0
}
