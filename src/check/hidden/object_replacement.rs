//! The sign that stands for a picture or another object, after the object was lost.

use super::near;
use crate::{
    analysis::{
        Signals,
        around::{char_after, char_before},
    },
    check::{Check, Context, Example, Meta, Sink},
    finding::{Fix, Safety, Severity},
    text::Span,
};
use memchr::memmem;

pub(super) struct ObjectReplacement;

const OBJECT: &str = "\u{fffc}";

static META: Meta = Meta {
    name: "hidden/object-replacement",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "place of a picture or another object that was lost",
    why: "Word processors and web pages keep a picture, a field or a table as one character. Copied as plain text, only that character is left: readers see nothing or a box.",
    when_wrong: "Another program puts the objects back.",
    fix: "Deletes it, with the blank that it leaves doubled; suggested, because something is missing there.",
    needs: Signals::SIGN,
    examples: &[
        Example::Bad {
            text: "The plan of the harbour \u{fffc} is on page four.",
            find: &["\u{fffc}"],
            fixed: Some("The plan of the harbour is on page four."),
        },
        Example::Bad { text: "Ста\u{fffc}нция", find: &["\u{fffc}"], fixed: Some("Станция") },
        Example::Good { text: "The object replacement character «\u{fffc}» stands for a picture." },
        Example::Good { text: "A box \u{25a1} and a picture 🖼 are signs of their own." },
    ],
};

impl Check for ObjectReplacement {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let text = cx.text();
        for block in cx.blocks(Signals::SIGN) {
            let Some(part) = text.get(block.range()) else { continue };
            let mut skip_to = 0;
            for at in memmem::find_iter(part.as_bytes(), OBJECT) {
                if at < skip_to {
                    continue;
                }
                let rest = &part[at..];
                let length = rest.len() - rest.trim_start_matches('\u{fffc}').len();
                skip_to = at + length;
                let span = Span::new(block.start + at, block.start + at + length);
                report(cx, span, out);
            }
        }
    }
}

fn report(cx: &Context<'_>, span: Span, out: &mut Sink) {
    let text = cx.text();
    let (before, after) = (char_before(text, span.start), char_after(text, span.end));
    let quoted = |c: Option<char>| {
        c.is_some_and(|c| crate::unicode::props(c).any(crate::unicode::flag::QUOTATION) || "()[]`".contains(c))
    };
    if quoted(before) && quoted(after) || near::in_code(cx, span.start) {
        return;
    }
    let gone = if before == Some(' ') && after.is_none_or(|c| c == ' ' || c == '\n') {
        Span::new(span.start - 1, span.end)
    } else {
        span
    };
    let message = format!(
        "Object replacement character (U+FFFC){}: a picture or another object stood here and was lost",
        near::place(text, span)
    );
    out.report(span, 0.9, message, Some(Fix::replace(Safety::Suggested, gone, "")));
}
