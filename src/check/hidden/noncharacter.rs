//! Noncharacters.

use super::near;
use crate::{
    analysis::Signals,
    check::{Check, Context, Example, Meta, Sink},
    finding::{Safety, Severity},
    unicode::flag,
};

pub(super) struct Noncharacter;

static META: Meta = Meta {
    name: "hidden/noncharacter",
    since: "0.1.0",
    severity: Severity::Error,
    summary: "noncharacter in the text",
    why: "The 66 noncharacters are for a program's own use and never meant for text. They get out when a program's \
          marker is written to a file.",
    when_wrong: "The file is a program's test data.",
    fix: "Deletes it: it stands for nothing.",
    needs: Signals::UNASSIGNED,
    examples: &[
        Example::Bad {
            text: "The ferry leaves\u{fdd1} at nine.",
            find: &["\u{fdd1}"],
            fixed: Some("The ferry leaves at nine."),
        },
        Example::Bad { text: "Кон\u{ffff}ец", find: &["\u{ffff}"], fixed: Some("Конец") },
        Example::Good { text: "U+FFFF is a noncharacter." },
    ],
};

impl Check for Noncharacter {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        for run in near::runs(cx, |h| h.props.any(flag::NONCHARACTER)) {
            if run.is_shown() || near::in_code(cx, run.span.start) {
                continue;
            }
            let message = format!("{}{}; delete it", near::named(&run), near::place(cx.text(), run.span));
            out.report(run.span, 0.98, message, Some(near::delete(Safety::Safe, run.span)));
        }
    }
}
