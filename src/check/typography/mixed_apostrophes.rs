//! Straight apostrophes in a document that uses typographic ones.

use super::habit;
use crate::{
    analysis::{
        Signals,
        around::{word_after, word_before},
    },
    check::{Check, Context, Example, Meta, Sink},
    finding::{Edit, Fix, Safety, Severity},
    text::Span,
};

pub(super) struct MixedApostrophes;

static META: Meta = Meta {
    name: "typography/mixed-apostrophes",
    since: "0.1.0",
    severity: Severity::Info,
    summary: "straight and typographic apostrophes in one document",
    why: "Text from two sources was pasted together. Besides the looks, a search for the one form misses the other.",
    when_wrong: "The straight apostrophe belongs to a sample of code or to a transcription that needs it.",
    fix: "Writes the typographic apostrophe.",
    needs: Signals::APOSTROPHE,
    examples: &[
        Example::Bad {
            text: "It’s late, and she’s tired; they’re all at Anna's house.",
            find: &["Anna's"],
            fixed: Some("It’s late, and she’s tired; they’re all at Anna’s house."),
        },
        Example::Bad {
            text: "L’heure passe, l’eau monte, et l'homme n’attend pas.",
            find: &["l'homme"],
            fixed: Some("L’heure passe, l’eau monte, et l’homme n’attend pas."),
        },
        Example::Good { text: "It's late, and she's tired; they're all at Anna's house." },
        Example::Good { text: "It’s late, and she’s tired; they’re all at Anna’s house." },
        Example::Good { text: "One quoted ‘word’ doesn't make a style, and it isn't a rule." },
    ],
};

/// More findings than this in one document become one.
const MOST: usize = 12;

impl Check for MixedApostrophes {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let prose = cx.prose();
        let quotes = cx.facts().quotes(prose);
        if quotes.curly_apostrophes < 3
            || !habit::prefers_typographic(quotes.straight_apostrophes.len(), quotes.curly_apostrophes)
        {
            return;
        }
        // Apostrophes inside a quotation with straight marks are repaired with it.
        let (straight, typographic) = habit::styles(quotes);
        let with_quotes = typographic >= 2 && habit::prefers_typographic(straight, typographic);
        let inside = |s: Span| with_quotes && quotes.pairs.iter().any(|p| p.is_straight() && p.span().contains(s));
        let odd: Vec<Span> = quotes
            .straight_apostrophes
            .iter()
            .copied()
            .filter(|s| !inside(*s) && !cx.facts().is_opaque(prose, *s))
            .collect();
        let word = |s: &Span| Span::new(word_before(prose, s.start).start, word_after(prose, s.end).end);
        let edit = |s: &Span| Edit { span: *s, text: "’".into() };
        let others = quotes.curly_apostrophes;
        if let (Some(first), true) = (odd.first(), odd.len() > MOST) {
            let fix = Fix {
                safety: Safety::Suggested,
                title: format!("write all {} with «’»", odd.len()),
                edits: odd.iter().map(edit).collect(),
            };
            let message =
                format!("{} straight apostrophes among {others} typographic ones; this is the first", odd.len());
            out.report(word(first), 0.8, message, Some(fix));
            return;
        }
        for s in &odd {
            let fix = Fix { safety: Safety::Suggested, title: "write «’»".into(), edits: vec![edit(s)] };
            let message = format!("a straight apostrophe in a document with {others} typographic ones");
            out.report(word(s), 0.8, message, Some(fix));
        }
    }
}
