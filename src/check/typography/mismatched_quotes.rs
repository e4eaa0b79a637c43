//! `"…”` and `“…"`: a quotation that opens in one style and closes in another.

use super::habit;
use crate::{
    analysis::Signals,
    check::{Check, Context, Example, Meta, Sink},
    finding::{Edit, Fix, Safety, Severity},
    region::MASK,
    text::Span,
};

pub(super) struct MismatchedQuotes;

static META: Meta = Meta {
    name: "typography/mismatched-quotes",
    since: "0.1.0",
    severity: Severity::Error,
    summary: "quotation that opens with a straight mark and closes with a typographic one, or the other way round",
    why: "Half of a quotation was typed or converted in another program. No house style wants it, and programs that \
          look for quotations miss it.",
    when_wrong: "The two marks belong to two quotations, or the straight one means inches or seconds.",
    fix: "Writes the odd mark in the style of the document. Safe where the document leaves no doubt about its style.",
    needs: Signals::QUOTE,
    examples: &[
        Example::Bad {
            text: "“We waited,” he said. “Nobody came.” Then he left: \"Good night.”",
            find: &["\"Good night.”"],
            fixed: Some("“We waited,” he said. “Nobody came.” Then he left: “Good night.”"),
        },
        Example::Bad {
            text: "The sign said “closed for the summer\" and nothing else.",
            find: &["“closed for the summer\""],
            fixed: Some("The sign said “closed for the summer” and nothing else."),
        },
        Example::Bad {
            text: "Auf dem Schild stand „Wegen Umbau geschlossen\", und die Tür war zu.",
            find: &["„Wegen Umbau geschlossen\""],
            fixed: Some("Auf dem Schild stand „Wegen Umbau geschlossen“, und die Tür war zu."),
        },
        Example::Good { text: "“A 3.5\" disk is not an 8\" disk,” the old engineer explained." },
        Example::Good {
            text: "“The first paragraph opens and does not close.\n\n“The second says \"stop\" and closes.”",
        },
        Example::Good { text: "”Så säger man”, sade hon, och ”så skriver man” här i landet." },
        Example::Good { text: "„Tak się pisze” po polsku, a „so“ auf Deutsch." },
    ],
};

impl Check for MismatchedQuotes {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let prose = cx.prose();
        let quotes = cx.facts().quotes(prose);
        let (straight, typographic) = habit::styles(quotes);
        let curly = habit::prefers_typographic(straight, typographic);
        let (most, least) = (straight.max(typographic), straight.min(typographic));
        let sure = most >= 3 && least * 4 <= most;
        for pair in quotes.pairs.iter().filter(|p| p.open.1.is_ascii() != p.close.1.is_ascii()) {
            if !plausible(&prose[pair.open.0.end..pair.close.0.start])
                || cx.facts().is_opaque(prose, pair.open.0)
                || cx.facts().is_opaque(prose, pair.close.0)
            {
                continue;
            }
            let (mut open, mut close) = habit::marks(cx, quotes);
            if !curly {
                (open, close) = ('"', '"');
            } else if pair.open.1 == '„' && close == '”' && typographic == 0 {
                // The typographic half says which pair it was.
                (open, close) = ('„', if matches!(cx.lang(), Some("pl" | "ro" | "hu" | "hr")) { '”' } else { '“' });
            }
            let mut edits = Vec::new();
            for ((span, now), wanted) in [(pair.open, open), (pair.close, close)] {
                if now != wanted {
                    edits.push(Edit { span, text: wanted.to_string() });
                }
            }
            let safety = if sure && edits.len() == 1 { Safety::Safe } else { Safety::Suggested };
            let fix = Fix { safety, title: format!("write «{open}…{close}»"), edits };
            let message =
                format!("the quotation opens with {} and closes with {}", named(pair.open.1), named(pair.close.1));
            out.report(Span::new(pair.open.0.start, pair.close.0.end), 0.96, message, Some(fix));
        }
    }
}

/// Whether a text between two marks can be one quotation: not across blocks of markup, and not the text between two
/// quotations.
fn plausible(inside: &str) -> bool {
    let lines = memchr::memchr_iter(b'\n', inside.as_bytes()).count();
    let markup = inside.contains(MASK);
    let starts =
        inside.chars().next().is_some_and(|c| c.is_alphanumeric() || "-+*/.$#‘'…[(¿¡@&€£".contains(c) || c == MASK);
    starts && lines <= 3 && !(markup && lines > 0)
}

fn named(mark: char) -> String {
    if mark == '"' { "a straight mark".into() } else { format!("«{mark}»") }
}
