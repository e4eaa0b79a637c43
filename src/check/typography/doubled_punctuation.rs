//! `,,` `;;` `,.`: two marks where one was meant.

use crate::{
    analysis::{
        Joint, Signals,
        around::{char_after, char_before},
    },
    check::{Check, Context, Example, Meta, Sink},
    finding::{Safety, Severity},
    text::Span,
};

pub(super) struct DoubledPunctuation;

static META: Meta = Meta {
    name: "typography/doubled-punctuation",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "two punctuation marks where one was meant",
    why: "What stood between the marks was deleted, or a translation engine or a person typed the mark twice.",
    when_wrong: "A text about punctuation or a programming language that uses the pair: put it into code marks.",
    fix: "Leaves one of the two: a full stop before a new sentence, a comma otherwise.",
    needs: Signals::ANY,
    examples: &[
        Example::Bad {
            text: "The council met in May,, but the report came later.",
            find: &[",,"],
            fixed: Some("The council met in May, but the report came later."),
        },
        Example::Bad {
            text: "They closed the bridge,. The ferry still runs.",
            find: &[",."],
            fixed: Some("They closed the bridge. The ferry still runs."),
        },
        Example::Good { text: "Zobaczył napis ,,Zakaz wjazdu'' i zawrócił." },
        Example::Good { text: "En EE. UU., la ley cambió; etc., etc." },
        Example::Good { text: "The statement ends with ;; in that language, and ,, means an empty field." },
    ],
};

impl Check for DoubledPunctuation {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let prose = cx.prose();
        for &(at, joint) in cx.facts().joints(prose) {
            if joint != Joint::Doubled {
                continue;
            }
            let span = Span::new(at, at + 2);
            let word_before = char_before(prose, at).is_some_and(|c| c.is_alphabetic() || c == ')');
            if !word_before || char_after(prose, at + 2) != Some(' ') {
                continue;
            }
            let rest = prose[at + 2..].trim_start_matches(' ');
            let Some(next) = rest.chars().next().filter(|c| c.is_alphabetic()) else { continue };
            let fixed = match &prose[span.range()] {
                ";;" => ";",
                ",." if next.is_uppercase() => ".",
                _ => ",",
            };
            let message = format!("«{}» where «{fixed}» was meant", &prose[span.range()]);
            out.replace(span, 0.9, message, Safety::Suggested, fixed);
        }
    }
}
