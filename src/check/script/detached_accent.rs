//! Accents that stand beside their letters.

use super::{detached, mixed::explain::char_name};
use crate::{
    analysis::Signals,
    check::{Check, Context, Example, Meta, Sink},
    finding::{Fix, Safety, Severity},
    unicode::visible,
};

/// Accents that stand beside their letters.
pub(super) struct DetachedAccent;

static META: Meta = Meta {
    name: "script/detached-accent",
    since: "0.1.0",
    severity: Severity::Error,
    summary: "accent beside its letter",
    why: "Some typesetting programs draw an accent and its letter one after the other, and text that is copied from such a \
          page keeps them apart. Search and spelling checkers find the word no more.",
    when_wrong: "When a text shows the accents by themselves; quote them then, or mark them as code.",
    fix: "Writes the accented letter. Safe where the whole text has the accents on the same side of the letters and only one \
          letter can bear the accent, suggested otherwise.",
    needs: Signals::MODIFIER.or(Signals::ORPHAN_MARK).or(Signals::BACKTICK),
    examples: &[
        Example::Bad {
            text: "Die Universit¨at liegt in M¨ unchen an der Schellingstra\u{df}e.",
            find: &["Universit¨at", "M¨ unchen"],
            fixed: Some("Die Universität liegt in München an der Schellingstra\u{df}e."),
        },
        Example::Bad {
            text: "Le caf´e fran¸cais a d´em´enag´e `a la fin de l'´et´e.",
            find: &["caf´e", "fran¸cais", "d´em´enag´e", "`a", "´et´e"],
            fixed: Some("Le café français a déménagé à la fin de l'été."),
        },
        Example::Bad {
            text: "Die Bu¨rger zahlen ho¨here Gebu¨hren.",
            find: &["Bu¨rger", "ho¨here", "Gebu¨hren"],
            fixed: Some("Die Bürger zahlen höhere Gebühren."),
        },
        Example::Bad {
            text: "This was shown by Erd˝os and later by Dvoˇr´ak.",
            find: &["Erd˝os", "Dvoˇr´ak"],
            fixed: Some("This was shown by Erdős and later by Dvořák."),
        },
        Example::Bad {
            text: "La citt`a `e pi`u bella della universit`a, e la libert`a non c'`e.",
            find: &["citt`a", "`e", "pi`u", "universit`a", "libert`a", "`e"],
            fixed: Some("La città è più bella della università, e la libertà non c'è."),
        },
        Example::Bad {
            text: "Die Bu\u{20}\u{308}rger zahlen fu\u{20}\u{308}r die Gebu\u{20}\u{308}hren.",
            find: &["Bu\u{20}\u{308}rger", "fu\u{20}\u{308}r", "Gebu\u{20}\u{308}hren"],
            fixed: Some("Die Bürger zahlen für die Gebühren."),
        },
        Example::Good { text: "The accents are ´ ` ¨ and ˆ, and ˇ is a sign by itself, as ^ and ~ are." },
        Example::Good { text: "The keys (´) and (`) make «é», and a tilde (˜) makes «ñ»." },
        Example::Good { text: "The estimates are xˆ, yˆi and xˆt, with \\'e and \\\"u in the source." },
        Example::Good { text: "La ¨libertad¨ de la ¨prensa¨ es de todos." },
        Example::Good { text: "ㄇㄚˇ and ㄒㄩㄝˊ are read with a tone." },
    ],
};

impl Check for DetachedAccent {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        for word in detached::all(cx) {
            let shown = cx.prose().get(word.span.range()).unwrap_or("");
            let (safety, severity, confidence) = match word.sure {
                true => (Safety::Safe, out.severity(), 0.97),
                false => (Safety::Suggested, Severity::Warning, 0.8),
            };
            let message = format!(
                "{} beside its letter in «{}», as in text copied from a PDF; the word is «{}».",
                char_name(word.sign),
                visible(shown),
                word.text
            );
            let fix = Fix::replace(safety, word.span, word.text.as_str());
            out.report_as(severity, word.span, confidence, message, Some(fix));
        }
    }
}
