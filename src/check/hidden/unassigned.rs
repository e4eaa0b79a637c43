//! Characters that Unicode has not assigned.

use super::near;
use crate::{
    analysis::Signals,
    check::{Check, Context, Example, Meta, Sink},
    finding::Severity,
    unicode::{UNICODE_VERSION, flag},
};

pub(super) struct Unassigned;

static META: Meta = Meta {
    name: "hidden/unassigned",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "code point without a character",
    why: "No font can show it. It comes from a wrong encoding, a damaged byte, or a slip in a table of characters.",
    when_wrong: "The character was added to Unicode after this program was made.",
    fix: "",
    needs: Signals::UNASSIGNED,
    examples: &[
        Example::Bad { text: "The ferry\u{378} leaves at nine.", find: &["\u{378}"], fixed: None },
        Example::Good { text: "Old and new letters: ჲ Ᲊ ꟑ ᚠ" },
    ],
};

impl Check for Unassigned {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let (major, minor, _) = UNICODE_VERSION;
        for run in near::runs(cx, |h| h.props.any(flag::UNASSIGNED) && !h.props.any(flag::TAG)) {
            if run.is_shown() || near::in_code(cx, run.span.start) {
                continue;
            }
            let message = format!(
                "U+{:04X}{} is no character in Unicode {major}.{minor}",
                run.first as u32,
                near::place(cx.text(), run.span)
            );
            out.report(run.span, 0.9, message, None);
        }
    }
}
