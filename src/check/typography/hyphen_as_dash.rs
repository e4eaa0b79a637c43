//! `the harbour- but`: a hyphen glued to a word where a dash was meant.

use super::habit;
use crate::{
    analysis::{
        Signals,
        around::{line_at, word_after, word_before},
    },
    check::{Check, Context, Example, Meta, Sink},
    finding::{Edit, Fix, Safety, Severity},
    text::Span,
};

pub(super) struct HyphenAsDash;

static META: Meta = Meta {
    name: "typography/hyphen-as-dash",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "hyphen glued to a word in place of a dash",
    why: "A dash was meant; the blank before it was lost, so that it looks like half of a compound.",
    when_wrong: "A suspended hyphen, as in «pre- but not post-war».",
    fix: "Writes a dash with a blank on both sides.",
    needs: Signals::ASCII_LETTER,
    examples: &[
        Example::Bad {
            text: "The ferry is cheap and leaves every hour from the old harbour- but it never runs in winter.",
            find: &["harbour-"],
            fixed: Some("The ferry is cheap and leaves every hour from the old harbour – but it never runs in winter."),
        },
        Example::Bad {
            text: "The mayor and the whole council came to the opening of the library- which surprised everybody.",
            find: &["library-"],
            fixed: Some(
                "The mayor and the whole council came to the opening of the library – which surprised everybody.",
            ),
        },
        Example::Good {
            text: "The plan has short- but not long-term goals, and everybody in the office knows that it is so.",
        },
        Example::Good {
            text: "Pre- and post-war houses stand side by side in the old town, and so do large- and small-scale shops.",
        },
        Example::Good {
            text: "Das Wort ist lang- weilig geworden, sagte er, und alle Leute im Saal lachten sehr laut.",
        },
    ],
};

/// Words that go on after a dash and never end a suspended compound.
const AFTER: &[&str] = &[
    "but", "which", "who", "whose", "where", "while", "because", "although", "though", "however", "he", "she", "it",
    "they", "we", "this", "that", "these", "those", "not", "so", "yet",
];

impl Check for HyphenAsDash {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let prose = cx.prose();
        for &at in cx.facts().hyphens(prose) {
            let next = word_after(prose, at + 2);
            if !AFTER.contains(&&prose[next.range()]) {
                continue;
            }
            let before = word_before(prose, at);
            if before.len() < 3 || cx.lang() != Some("en") {
                continue;
            }
            // `short- but not long-term`: the second half of the compound follows within a few words.
            let line = line_at(prose, at);
            let rest = &prose[next.end.min(line.end)..line.end];
            let suspended = rest.split_ascii_whitespace().take(4).any(|w| w.trim_end_matches(['-', '–']).contains('-'));
            let span = Span::new(before.start, at + 1);
            if suspended || cx.facts().is_opaque(prose, span) {
                continue;
            }
            let dash = match habit::dash(cx) {
                " — " if prose.contains(" — ") => " —",
                _ => " –",
            };
            let fix = Fix {
                safety: Safety::Suggested,
                title: format!("write «{}»", dash.trim()),
                edits: vec![Edit { span: Span::new(at, at + 1), text: dash.into() }],
            };
            out.report(span, 0.85, "a hyphen glued to the word before it stands in place of a dash", Some(fix));
        }
    }
}
