//! Memory that was never written, printed as text.

use crate::{
    analysis::Signals,
    check::{Check, Context, Example, Meta, Sink},
    finding::Severity,
    repair::Kind,
};

static META: Meta = Meta {
    name: "encoding/uninitialised-memory",
    since: "0.1.0",
    severity: Severity::Error,
    summary: "fill bytes of memory that was never written, read as text",
    why: "Debug builds fill fresh memory with CC or CD. A program that prints it shows `烫烫烫` or `屯屯屯` in a \
          Chinese encoding, `ÌÌÌÌ` or `ÍÍÍÍ` in a Western one.",
    when_wrong: "Somebody plays with the letters.",
    fix: "",
    needs: Signals::NON_ASCII,
    examples: &[
        Example::Bad { text: "姓名：王小明烫烫烫烫", find: &["烫烫烫烫"], fixed: None },
        Example::Good { text: "水很烫，屯子里的人都知道。" },
    ],
};

/// The check.
pub(super) struct UninitialisedMemory;

impl Check for UninitialisedMemory {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let text = cx.text();
        for n in cx.facts().lost(text).iter().filter(|n| n.kind == Kind::Uninitialised) {
            let shown = text.get(n.span.range()).unwrap_or_default();
            let message = format!(
                "«{}» is memory that was never written (bytes CC or CD), read as text",
                super::mojibake::short(shown)
            );
            out.report(n.span, 0.95, message, None);
        }
    }
}
