//! `UTC +04:00`: a blank inside an offset.

use crate::{
    analysis::{
        Signals,
        around::{char_after, char_before},
    },
    check::{Check, Context, Example, Meta, Sink},
    finding::{Safety, Severity},
    text::Span,
};

pub(super) struct UtcOffsetSpacing;

static META: Meta = Meta {
    name: "typography/utc-offset-spacing",
    since: "0.1.0",
    severity: Severity::Info,
    summary: "blank inside a UTC offset",
    why: "UTC and its offset are one term; with a blank the offset can stand alone on the next line. ISO 8601 writes \
          the offset without one.",
    when_wrong: "A house style that sets the blank.",
    fix: "Deletes the blank.",
    needs: Signals::DIGIT,
    examples: &[
        Example::Bad {
            text: "All times are local (UTC +05:30) unless the table says otherwise.",
            find: &["UTC +05:30"],
            fixed: Some("All times are local (UTC+05:30) unless the table says otherwise."),
        },
        Example::Bad {
            text: "Alle Zeiten gelten für GMT +1, auch im Sommer.",
            find: &["GMT +1"],
            fixed: Some("Alle Zeiten gelten für GMT+1, auch im Sommer."),
        },
        Example::Good { text: "The clock shows UTC+2, not UTC - nobody knows why." },
        Example::Good { text: "GMT +/- a few seconds is good enough." },
        Example::Good { text: "The offset from UTC +1000 people reported was wrong." },
    ],
};

impl Check for UtcOffsetSpacing {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let prose = cx.prose();
        for &at in cx.facts().zones(prose).iter().filter(|at| prose[*at + 3..].starts_with(' ')) {
            let sign = at + 4;
            let Some(mark) = char_after(prose, sign).filter(|c| matches!(c, '+' | '-' | '−')) else { continue };
            let rest = &prose[sign + mark.len_utf8()..];
            let digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let hours = digits(rest);
            let minutes = rest[hours..].strip_prefix(':').map_or(0, digits);
            let length = hours + if minutes == 2 { 3 } else { 0 };
            let span = Span::new(at, sign + mark.len_utf8() + length);
            let ends = char_after(prose, span.end).is_none_or(|c| c.is_whitespace() || ").,;:!?".contains(c));
            let free = char_before(prose, at).is_none_or(|c| !c.is_alphanumeric());
            if !(1..=2).contains(&hours) || !ends || !free || cx.facts().is_opaque(prose, span) {
                continue;
            }
            let right = prose[span.range()].replacen(' ', "", 1);
            out.replace(span, 0.8, "no blank belongs between the zone and its offset", Safety::Suggested, right);
        }
    }
}
