//! UTF-8 that was read through another decoder.

use crate::{
    analysis::Signals,
    check::{Check, Context, Example, Meta, Sink},
    finding::{Safety, Severity},
    repair,
};

static META: Meta = Meta {
    name: "encoding/mojibake",
    since: "0.1.0",
    severity: Severity::Error,
    summary: "text in UTF-8 that was read as another encoding",
    why: "A program read UTF-8 bytes with the wrong decoder and saved what it saw. Every letter beyond ASCII became \
          two or more strange characters; names and words can no longer be read or searched.",
    when_wrong: "The text shows such characters on purpose: a table of encodings, an article about them, a test.",
    fix: "Puts the original characters back. Safe where the repair is the only good reading, and reading it wrongly \
          again gives exactly the damaged text; where a byte was lost, U+FFFD stays in its place.",
    needs: Signals::NON_ASCII,
    examples: &[
        Example::Bad {
            text: "Le cafÃ© est dÃ©jÃ\u{a0} fermÃ©.",
            find: &["Ã©", "Ã©jÃ\u{a0}", "Ã©"],
            fixed: Some("Le café est déjà fermé."),
        },
        Example::Bad {
            text: "РџРѕРіРѕРґР°", find: &["РџРѕРіРѕРґР°"], fixed: Some("Погода")
        },
        Example::Good { text: "Від нього, ÅØ, MÅ², qu’à" },
        Example::Good { text: "ATTIVITÀ¶ und LIBERTÀ®" },
    ],
};

/// The check.
pub(super) struct Mojibake;

impl Check for Mojibake {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let text = cx.text();
        let evidence = repair::evidence(text);
        for r in repair::repairs(text, &evidence) {
            let safety = if r.safe { Safety::Safe } else { Safety::Suggested };
            let damaged = text.get(r.span.range()).unwrap_or_default();
            let message = format!("«{damaged}» is {}; write «{}»", r.chain, r.text);
            out.replace(r.span, r.confidence, message, safety, r.text);
        }
    }
}
