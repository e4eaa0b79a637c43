//! A byte-order mark that was read as text.

use crate::{
    analysis::Signals,
    check::{Check, Context, Example, Meta, Sink},
    finding::{Fix, Safety, Severity},
    repair::Kind,
};

static META: Meta = Meta {
    name: "encoding/byte-order-mark-as-text",
    since: "0.1.0",
    severity: Severity::Error,
    summary: "a byte-order mark that was read as letters",
    why: "The three bytes EF BB BF at the start of a UTF-8 file mark its encoding. Read in another encoding they are \
          `ï»¿`, `п»ї`, `锘` and the like, and stand in front of the first word.",
    when_wrong: "The text shows the mark on purpose.",
    fix: "Deletes it. Not offered where the wrong decoder took the first letter with it.",
    needs: Signals::NON_ASCII,
    examples: &[
        Example::Bad { text: "ï»¿Chapter one", find: &["ï»¿"], fixed: Some("Chapter one") },
        Example::Bad {
            text: "п»їПервая глава", find: &["п»ї"], fixed: Some("Первая глава")
        },
        Example::Good { text: "A UTF-8 file may begin with EF BB BF, which a browser shows as «ï»¿»." },
    ],
};

/// The check.
pub(super) struct ByteOrderMarkAsText;

impl Check for ByteOrderMarkAsText {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let text = cx.text();
        for n in cx.facts().lost(text).iter().filter(|n| n.kind == Kind::ByteOrderMark) {
            let shown = text.get(n.span.range()).unwrap_or_default();
            let message = format!("«{shown}» is the byte-order mark of UTF-8, read as text; delete it");
            let fix = n.fixed.as_ref().map(|t| Fix::replace(Safety::Safe, n.span, t.clone()));
            out.report(n.span, 0.98, message, fix);
        }
    }
}
