//! Line and paragraph separators, which most programs do not know.

use super::near;
use crate::{
    analysis::Signals,
    check::{Check, Context, Example, Meta, Sink},
    finding::{Fix, Safety, Severity},
};

pub(super) struct LineSeparator;

static META: Meta = Meta {
    name: "hidden/line-separator",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "U+2028 or U+2029 in place of a line end",
    why: "Layout programs and chat programs put these two where a line or paragraph ends. Most other programs show \
          nothing, or a box, and two lines run into one.",
    when_wrong: "The program that reads the file knows the two separators.",
    fix: "Deletes it beside a blank or a line end; elsewhere it proposes a line end.",
    needs: Signals::ODD_SPACE,
    examples: &[
        Example::Bad {
            text: "First line\u{2028}second line\u{2029}\nthird",
            find: &["\u{2028}", "\u{2029}"],
            fixed: Some("First line\nsecond line\nthird"),
        },
        Example::Good { text: "First line\nsecond line\r\nthird" },
    ],
};

impl Check for LineSeparator {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let text = cx.text();
        for run in near::runs(cx, |h| matches!(h.c, '\u{2028}' | '\u{2029}')) {
            if run.is_shown() || near::in_code(cx, run.span.start) {
                continue;
            }
            let fix = if near::is_edge(run.before) || near::is_edge(run.after) {
                near::delete(Safety::Suggested, run.span)
            } else {
                Fix::replace(Safety::Suggested, run.span, "\n")
            };
            let message =
                format!("{}{} is no line end for most programs", near::named(&run), near::place(text, run.span));
            out.report(run.span, 0.85, message, Some(fix));
        }
    }
}
