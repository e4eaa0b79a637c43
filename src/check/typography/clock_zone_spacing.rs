//! `0700GMT`: a time of day glued to its zone.

use crate::{
    analysis::{
        Signals,
        around::{char_after, char_before},
    },
    check::{Check, Context, Example, Meta, Sink},
    finding::{Edit, Fix, Safety, Severity},
    text::Span,
};

pub(super) struct ClockZoneSpacing;

static META: Meta = Meta {
    name: "typography/clock-zone-spacing",
    since: "0.1.0",
    severity: Severity::Info,
    summary: "time of day glued to its time zone",
    why: "The blank between the time and the zone was lost; a reader stumbles, and programs that read times fail.",
    when_wrong: "A house style that glues them, or a file name.",
    fix: "Inserts the blank.",
    needs: Signals::DIGIT,
    examples: &[
        Example::Bad {
            text: "The ship left port at noon (1000GMT) and was seen again at dusk.",
            find: &["1000GMT"],
            fixed: Some("The ship left port at noon (1000 GMT) and was seen again at dusk."),
        },
        Example::Bad {
            text: "Polling stations close at 18:30UTC on both islands.",
            find: &["18:30UTC"],
            fixed: Some("Polling stations close at 18:30 UTC on both islands."),
        },
        Example::Good { text: "The train leaves at 0700 GMT and arrives at 09:15 UTC." },
        Example::Good { text: "The chip is sold as model 2030GMTX and 99991000UTC." },
        Example::Good { text: "See log-20240101-1200UTC.txt for details." },
    ],
};

impl Check for ClockZoneSpacing {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let prose = cx.prose();
        for &at in cx.facts().zones(prose) {
            let end = at + 3;
            let ends = char_after(prose, end).is_none_or(|c| c.is_whitespace() || ").,;:!?”\"’".contains(c));
            let Some(len) = clock(&prose[..at]).filter(|_| ends) else { continue };
            let span = Span::new(at - len, end);
            let free = char_before(prose, span.start).is_none_or(|c| c.is_whitespace() || "(“\"–—".contains(c));
            if !free || cx.facts().is_opaque(prose, span) {
                continue;
            }
            let fix = Fix {
                safety: Safety::Suggested,
                title: "insert a blank".into(),
                edits: vec![Edit { span: Span::new(at, at), text: " ".into() }],
            };
            out.report(span, 0.85, "no blank between the time and the time zone", Some(fix));
        }
    }
}

/// The length of the time of day that a text ends with: `0700`, `18:30`, `9.15`.
fn clock(head: &str) -> Option<usize> {
    let digits = |text: &str| text.len() - text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let minutes = digits(head);
    let rest = &head[..head.len() - minutes];
    let (hour, length) = match (minutes, rest.strip_suffix([':', '.'])) {
        (4, _) => (&head[head.len() - 4..head.len() - 2], 4),
        (2, Some(rest)) => {
            let n = digits(rest);
            (&rest[rest.len() - n..], n + 3)
        }
        _ => return None,
    };
    let minute: u32 = head[head.len() - 2..].parse().ok()?;
    let hour: u32 = hour.parse().ok().filter(|_| hour.len() <= 2)?;
    (hour < 25 && minute < 60).then_some(length)
}
