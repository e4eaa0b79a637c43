//! Byte-order marks inside a text.

use super::near;
use crate::{
    analysis::Signals,
    check::{Check, Context, Example, Meta, Sink},
    finding::{Safety, Severity},
};

pub(super) struct ByteOrderMark;

static META: Meta = Meta {
    name: "hidden/byte-order-mark",
    since: "0.1.0",
    severity: Severity::Error,
    summary: "byte-order mark inside the text",
    why: "The mark belongs to the very beginning of a file. Inside, it is left over from files that were put together \
          or from text pasted out of one; programs stumble over it and nobody sees why.",
    when_wrong: "A program's text names the character on purpose: write it as an escape.",
    fix: "Deletes it. It shows nothing and joins nothing.",
    needs: Signals::INVISIBLE,
    examples: &[
        Example::Bad {
            text: "The harbour\u{feff} was closed for the night.",
            find: &["\u{feff}"],
            fixed: Some("The harbour was closed for the night."),
        },
        Example::Bad {
            text: "Första delen.\n\u{feff}Andra delen.\n",
            find: &["\u{feff}"],
            fixed: Some("Första delen.\nAndra delen.\n"),
        },
        Example::Bad { text: "كتاب\u{feff} جديد", find: &["\u{feff}"], fixed: Some("كتاب جديد") },
        Example::Good { text: "A file may begin with the bytes EF BB BF." },
    ],
};

impl Check for ByteOrderMark {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let text = cx.text();
        for run in near::runs(cx, |h| h.c == '\u{feff}') {
            if run.is_shown() || near::in_code(cx, run.span.start) {
                continue;
            }
            let place = near::place(text, run.span);
            let what = if run.span.start == 0 {
                "Second byte-order mark (U+FEFF) at the start of the file".to_owned()
            } else {
                format!("Byte-order mark (U+FEFF){place}, inside the text")
            };
            let message = format!("{what}; delete it");
            out.report(run.span, 0.99, message, Some(near::delete(Safety::Safe, run.span)));
        }
    }
}
