//! Two words of different scripts without a space between them.

use super::mixed::{self, Cause};
use crate::{
    analysis::Signals,
    check::{Check, Context, Example, Meta, Sink},
    finding::Severity,
};

/// Two words of different scripts without a space between them.
pub(super) struct GluedScripts;

static META: Meta = Meta {
    name: "script/glued-scripts",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "two words of different scripts without a space between them",
    why: "A link, a button or a table cell lost the space or line end beside it; the reader sees one long word.",
    when_wrong: "When the two belong together, as an ending on a name.",
    fix: "Puts the space back, or takes a single leftover letter away; suggested.",
    needs: Signals::MIXED,
    examples: &[
        Example::Bad {
            text: "Отчёт компанииSiemens вышел вчера.",
            find: &["компанииSiemens"],
            fixed: Some("Отчёт компании Siemens вышел вчера."),
        },
        Example::Good { text: "Купили iPhone и MacBook, а ещё IT-журнал." },
    ],
};

impl Check for GluedScripts {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        mixed::report(cx, Cause::Glued, out);
    }
}
