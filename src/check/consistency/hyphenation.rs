//! `cease-fire` and `ceasefire` in one document.

use super::variants::{self, Use};
use crate::{
    analysis::{Facts, Signals},
    check::{Check, Context, Example, Meta, Sink},
    finding::{Fix, Safety, Severity},
};

pub(super) struct Hyphenation;

static META: Meta = Meta {
    name: "consistency/hyphenation",
    since: "0.1.0",
    severity: Severity::Info,
    summary: "word that is written both with a hyphen and solid",
    why: "Both spellings exist, but one text keeps to one of them. The mixture shows that it was put together from \
          two sources, and a search for the one form misses the other.",
    when_wrong: "The two forms are two words (a verb and a noun), or one stands in a quotation that must stay.",
    fix: "Writes the form that the document uses more often.",
    needs: Signals::ASCII_LETTER,
    examples: &[
        Example::Bad {
            text: "The cease-fire began at noon. Both sides kept the cease-fire for a week, and then the ceasefire broke.",
            find: &["ceasefire"],
            fixed: Some(
                "The cease-fire began at noon. Both sides kept the cease-fire for a week, and then the cease-fire broke.",
            ),
        },
        Example::Bad {
            text: "Das Finanzamt schickt die Mehrwertsteuer-Voranmeldung zurück. Die Mehrwertsteuervoranmeldung war \
                   falsch, und die nächste Mehrwertsteuervoranmeldung auch.",
            find: &["Mehrwertsteuer-Voranmeldung"],
            fixed: Some(
                "Das Finanzamt schickt die Mehrwertsteuervoranmeldung zurück. Die Mehrwertsteuervoranmeldung war \
                 falsch, und die nächste Mehrwertsteuervoranmeldung auch.",
            ),
        },
        Example::Good {
            text: "They re-form the team and reform the law; he resent it, so he re-sent the letter twice.",
        },
        Example::Good {
            text: "L-a văzut la masă, s-a dus la sa, și i-a spus ia masa, a zis el, în casa sa de la țară.",
        },
        Example::Good { text: "The cease-\nfire holds. A ceasefire is good; another ceasefire would be better still." },
    ],
};

impl Check for Hyphenation {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let prose = cx.prose();
        if !Facts::is_article(prose) || !variants::compounds(cx) {
            return;
        }
        let names = (cx.lang() == Some("en")).then(|| cx.facts().names(prose));
        for Use { hyphened, solid } in variants::hyphenation(prose, names) {
            if solid.is_empty() {
                continue;
            }
            let (odd, usual, with) = match hyphened.len().cmp(&solid.len()) {
                std::cmp::Ordering::Greater => (&solid, &hyphened, true),
                std::cmp::Ordering::Less => (&hyphened, &solid, false),
                std::cmp::Ordering::Equal => continue,
            };
            for &span in odd {
                if cx.facts().is_opaque(prose, span) {
                    continue;
                }
                let text = &prose[span.range()];
                let right = variants::respelt(text, &prose[usual[0].range()], with);
                let message = format!(
                    "«{text}» here, «{}» in {} other places of the document",
                    &prose[usual[0].range()],
                    usual.len()
                );
                out.report(span, 0.8, message, Some(Fix::replace(Safety::Suggested, span, right)));
            }
        }
    }
}
