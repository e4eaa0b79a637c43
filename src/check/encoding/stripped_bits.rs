//! Text that went through a channel of seven bits.

use super::mojibake::short;
use crate::{
    analysis::Signals,
    check::{Check, Context, Example, Meta, Sink},
    finding::{Fix, Safety, Severity},
    repair::Kind,
};

static META: Meta = Meta {
    name: "encoding/stripped-bits",
    since: "0.1.0",
    severity: Severity::Error,
    summary: "text that lost its eighth bit or its escape characters",
    why: "Old mail systems cut the eighth bit of every byte: Russian in KOI8-R becomes Latin letters with small and \
          capital swapped (`pRIWET`). Japanese in ISO-2022-JP that loses its escape characters shows `$B$3$s(B`.",
    when_wrong: "The text shows this on purpose.",
    fix: "Puts the characters back. Safe for ISO-2022-JP; suggested for KOI8-R, where Latin words may stand among the \
          Russian ones.",
    needs: Signals::ASCII_LETTER,
    examples: &[
        Example::Bad { text: "$B$3$s$K$A$O(B", find: &["$B$3$s$K$A$O(B"], fixed: Some("こんにちは") },
        Example::Good { text: "THE QUICK BROWN FOX, and $B or (B) too." },
    ],
};

/// The check.
pub(super) struct StrippedBits;

impl Check for StrippedBits {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let text = cx.text();
        for n in cx.facts().lost(text) {
            let (what, safety) = match n.kind {
                Kind::SevenBit => ("Russian in KOI8-R that lost the eighth bit of every byte", Safety::Suggested),
                Kind::NoEscape => ("Japanese in ISO-2022-JP without its escape characters", Safety::Safe),
                _ => continue,
            };
            let Some(fixed) = &n.fixed else { continue };
            let shown = short(text.get(n.span.range()).unwrap_or_default());
            let message = format!("«{shown}» is {what}; write «{}»", short(fixed));
            out.report(n.span, 0.9, message, Some(Fix::replace(safety, n.span, fixed.clone())));
        }
    }
}
