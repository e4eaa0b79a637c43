//! `communiqué` and `communique`, `underway` and `under way` in one document.

use super::{
    english_article,
    variants::{self, Pair},
};
use crate::{
    analysis::Signals,
    check::{Check, Context, Example, Meta, Sink},
    finding::{Fix, Safety, Severity},
};

pub(super) struct SpellingVariant;

static META: Meta = Meta {
    name: "consistency/spelling-variant",
    since: "0.1.0",
    severity: Severity::Info,
    summary: "word in two spellings that both exist",
    why: "Dictionaries list both spellings, but one text keeps to one of them. The mixture shows that it was put \
          together from two sources.",
    when_wrong: "One of the two stands in a quotation or a name that must stay.",
    fix: "Writes the spelling that the document uses more often; of two equally frequent ones, the usual one.",
    needs: Signals::ASCII_LETTER,
    examples: &[
        Example::Bad {
            text: "The adviser spoke first. A second adviser agreed, and a third advisor did not.",
            find: &["advisor"],
            fixed: Some("The adviser spoke first. A second adviser agreed, and a third adviser did not."),
        },
        Example::Bad {
            text: "Repairs are underway in the harbour, and more repairs are under way on the bridge.",
            find: &["under way"],
            fixed: Some("Repairs are underway in the harbour, and more repairs are underway on the bridge."),
        },
        Example::Good {
            text: "The ship got under the way station, and a goodwill visit is no act of a good Will Smith.",
        },
        Example::Good { text: "The adviser spoke first, and a second adviser agreed with her on all points." },
        Example::Good { text: "Der Adviser und der Advisor sprachen über das Communiqué, und alle waren zufrieden." },
    ],
};

impl Check for SpellingVariant {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let Some(prose) = english_article(cx) else { return };
        for Pair { right, other } in variants::spellings(prose, cx.facts().names(prose), variants::Wanted::Both) {
            // Hyphens have a check of their own.
            if other.iter().chain(&right).any(|f| f.instead.contains('-') || prose[f.span.range()].contains('-')) {
                continue;
            }
            let (odd, usual) = match (right.len(), other.len()) {
                (0, _) | (_, 0) => continue,
                (r, o) if o > r => (&right, &other),
                _ => (&other, &right),
            };
            for found in odd {
                if cx.facts().is_opaque(prose, found.span) {
                    continue;
                }
                let text = &prose[found.span.range()];
                let message =
                    format!("«{text}» here, «{}» {} elsewhere in the document", found.instead, times(usual.len()));
                let right = variants::capital_of(text, &found.instead);
                out.report(found.span, 0.75, message, Some(Fix::replace(Safety::Suggested, found.span, right)));
            }
        }
    }
}

fn times(n: usize) -> String {
    if n == 1 { "once".into() } else { format!("{n} times") }
}
