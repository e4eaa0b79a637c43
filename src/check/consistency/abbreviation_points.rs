//! `U.S.` in a document that writes `UN`.

use super::english_article;
use crate::{
    analysis::{
        Signals,
        around::{char_after, char_before, line_at},
    },
    check::{Check, Context, Example, Meta, Sink},
    finding::{Fix, Safety, Severity},
    text::Span,
};
use memchr::memmem;

pub(super) struct AbbreviationPoints;

static META: Meta = Meta {
    name: "consistency/abbreviation-points",
    since: "0.1.0",
    severity: Severity::Info,
    summary: "abbreviation with points in a document that writes such abbreviations without, or the other way round",
    why: "American agencies write U.S., U.N. and U.K., others US, UN and UK. No house writes one with points and the \
          other without.",
    when_wrong: "The odd form stands in a name or a quotation that must stay.",
    fix: "Writes the abbreviation as the document writes the others.",
    needs: Signals::ASCII_LETTER,
    examples: &[
        Example::Bad {
            text: "The UN envoy arrived in the morning. A UN spokesman said that the U.S. Ambassador would come later, \
                   and that the UN had no comment.",
            find: &["U.S."],
            fixed: Some(
                "The UN envoy arrived in the morning. A UN spokesman said that the US Ambassador would come later, \
                 and that the UN had no comment.",
            ),
        },
        Example::Bad {
            text: "The U.S. delegation met the U.K. delegation in the morning, and the U.S. envoy said that the UN had \
                   been asked for help.",
            find: &["UN"],
            fixed: Some(
                "The U.S. delegation met the U.K. delegation in the morning, and the U.S. envoy said that the U.N. had \
                 been asked for help.",
            ),
        },
        Example::Good {
            text: "The U.S. and the U.N. agreed with the EU and NATO on this, as the U.S. envoy told the press.",
        },
        Example::Good {
            text: "US OFFICIALS MEET\nThe U.S. officials met the U.K. officials in the old hall on that day.",
        },
        Example::Good {
            text: "The US and the UN agreed with the EU and the UK on this, as the US envoy told the press.",
        },
    ],
};

const PAIRS: [(&str, &str); 3] = [("U.S.", "US"), ("U.N.", "UN"), ("U.K.", "UK")];

impl Check for AbbreviationPoints {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let Some(prose) = english_article(cx) else { return };
        if memmem::find(prose.as_bytes(), b"U.").is_none() {
            return;
        }
        let mut dotted: Vec<(Span, &str)> = Vec::new();
        let mut plain: Vec<(Span, &str)> = Vec::new();
        for (with, without) in PAIRS {
            dotted.extend(places(prose, with).map(|s| (s, without)));
            if !dotted.is_empty() || places(prose, "U.S.").next().is_some() || places(prose, "U.N.").next().is_some() {
                plain.extend(places(prose, without).filter(|s| !is_headline(prose, *s)).map(|s| (s, with)));
            }
        }
        if dotted.is_empty() || plain.is_empty() {
            return;
        }
        // Of equals, the form that comes first stays.
        let first = |list: &[(Span, &str)]| list.iter().map(|(s, _)| s.start).min();
        let points = match dotted.len().cmp(&plain.len()) {
            std::cmp::Ordering::Greater => true,
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Equal => first(&dotted) < first(&plain),
        };
        let (odd, usual) = if points { (plain, dotted) } else { (dotted, plain) };
        let example = usual.first().map_or("", |(s, _)| &prose[s.range()]);
        for (span, right) in odd {
            let text = &prose[span.range()];
            // The last point may end the sentence too.
            let next = prose[span.end..].trim_start().chars().next();
            let ends =
                text.ends_with('.') && !prose[span.end..].starts_with(' ') && next.is_none_or(char::is_uppercase);
            let right = if ends { format!("{right}.") } else { right.to_owned() };
            let message = format!("«{text}» in a document that writes «{example}»");
            out.report(span, 0.7, message, Some(Fix::replace(Safety::Suggested, span, right)));
        }
    }
}

fn places<'t>(prose: &'t str, form: &'t str) -> impl Iterator<Item = Span> + 't {
    memmem::find_iter(prose.as_bytes(), form).map(|at| Span::new(at, at + form.len())).filter(|s| {
        let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || "-_/&".contains(c));
        let dotted = char_before(prose, s.start) == Some('.')
            || prose[s.end..].starts_with(".S")
            || prose[s.end..].starts_with("A.");
        !joins(char_before(prose, s.start)) && !joins(char_after(prose, s.end)) && !dotted
    })
}

/// Headlines and lines in capitals leave points out in every style.
fn is_headline(prose: &str, span: Span) -> bool {
    let line = &prose[line_at(prose, span.start).range()];
    line.len() < 120 && !line.trim_end().ends_with(['.', '”', '"', '!', '?', ',', ':'])
}
