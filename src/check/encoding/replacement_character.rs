//! U+FFFD, and its bytes read wrongly.

use super::mojibake::short;
use crate::{
    analysis::Signals,
    check::{Check, Context, Example, Meta, Sink},
    finding::{Fix, Safety, Severity},
    repair::Kind,
};

static META: Meta = Meta {
    name: "encoding/replacement-character",
    since: "0.1.0",
    severity: Severity::Error,
    summary: "a mark that a decoder put in place of bytes that it could not read",
    why: "U+FFFD stands where a character was lost: a program read the text in the wrong encoding and saved it. \
          `ï¿½` and `锟斤拷` are the same mark, misread once more. What stood there cannot be computed from it.",
    when_wrong: "The text is about this character, or shows how broken text looks.",
    fix: "None for the lost character: look it up in the source. For `ï¿½` and the like the mark itself is suggested.",
    needs: Signals::NON_ASCII,
    examples: &[
        Example::Bad { text: "The na\u{fffd}ve approach.", find: &["\u{fffd}"], fixed: None },
        Example::Bad { text: "Documenta锟斤拷o da página", find: &["锟斤拷"], fixed: None },
        Example::Good { text: "他打了一斤酒，拷贝了一份文件。" },
    ],
};

/// The check.
pub(super) struct ReplacementCharacter;

impl Check for ReplacementCharacter {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let text = cx.text();
        let damaged = cx.source().damaged();
        for n in cx.facts().lost(text) {
            // Marks for bytes of this very file are another rule's business.
            let next = damaged.partition_point(|d| d.end <= n.span.start);
            if damaged.get(next).is_some_and(|d| d.overlaps(n.span)) {
                continue;
            }
            let count = text.get(n.span.range()).map_or(0, |t| t.chars().count());
            match n.kind {
                Kind::Replacement => {
                    let what = match count {
                        1 => "U+FFFD: a character was lost here".to_owned(),
                        n => format!("{n} times U+FFFD: characters were lost here"),
                    };
                    let message = format!("{what} when the text was decoded wrongly; look it up in the source");
                    out.report(n.span, 0.98, message, None);
                }
                Kind::ReplacementMisread => {
                    let shown = short(text.get(n.span.range()).unwrap_or_default());
                    let message = format!(
                        "«{shown}» is the mark U+FFFD for lost characters, misread once more; look the text up in the source"
                    );
                    let fix = n.fixed.as_ref().map(|t| Fix::replace(Safety::Suggested, n.span, t.clone()));
                    out.report(n.span, 0.97, message, fix);
                }
                _ => {}
            }
        }
    }
}
