//! `27,9 kg` in English: the source's decimal sign.

use crate::{
    analysis::{
        Signals,
        around::{char_after, char_before, word_after},
    },
    check::{Check, Context, Example, Meta, Sink},
    finding::{Fix, Safety, Severity},
    text::Span,
};

pub(super) struct DecimalComma;

static META: Meta = Meta {
    name: "translation/decimal-comma",
    since: "0.1.0",
    severity: Severity::Info,
    summary: "decimal comma in a language that writes a point",
    why: "The number kept the source's decimal comma. In English «1,2 billion» can be read as a list or a slip of \
          twelve.",
    when_wrong: "A list of numbers, or a publisher that writes the comma everywhere.",
    fix: "Writes a point.",
    needs: Signals::DIGIT,
    examples: &[
        Example::Bad {
            text: "The box weighs 27,9 kg and costs about 1,2 million dollars, as the report of the museum says.",
            find: &["27,9", "1,2"],
            fixed: Some(
                "The box weighs 27.9 kg and costs about 1.2 million dollars, as the report of the museum says.",
            ),
        },
        Example::Bad {
            text: "Prices rose by 3,2 % in the first half of the year, and by 4,5 per cent in the second one.",
            find: &["3,2", "4,5"],
            fixed: Some("Prices rose by 3.2 % in the first half of the year, and by 4.5 per cent in the second one."),
        },
        Example::Good {
            text: "Lists 1,2 and 3 are in the drawer, and 27,900 kg of wheat are in the barn behind the house.",
        },
        Example::Good {
            text: "Die Kiste wiegt 27,9 kg und kostet rund 1,2 Millionen Euro, wie im Bericht des Museums steht.",
        },
        Example::Good {
            text: "The points (1,2), (3,4) and the pages 7,8 of the second part are the ones that we need.",
        },
    ],
};

/// Languages that write a decimal point.
static POINT: &[&str] = &["en", "zh", "ja", "ko", "he", "th", "sw", "hi", "my", "si", "ne"];

/// What follows a measured number.
static UNITS: &[&str] = &[
    "kg",
    "g",
    "mg",
    "km",
    "cm",
    "mm",
    "m",
    "million",
    "billion",
    "trillion",
    "percent",
    "per",
    "litres",
    "liters",
    "kilometres",
    "kilometers",
    "metres",
    "meters",
    "tonnes",
    "tons",
    "degrees",
    "hectares",
    "GHz",
    "MHz",
    "kHz",
    "Hz",
    "MB",
    "GB",
    "TB",
    "kB",
    "kW",
    "MW",
    "kWh",
    "mln",
    "bln",
    "bn",
];

impl Check for DecimalComma {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let prose = cx.prose();
        let bytes = prose.as_bytes();
        let mut found = Vec::new();
        for block in cx.blocks(Signals::DIGIT) {
            for i in memchr::memchr_iter(b',', &bytes[block.range()]) {
                let at = block.start + i;
                let digits = |part: &mut dyn Iterator<Item = &u8>| part.take_while(|b| b.is_ascii_digit()).count();
                if !bytes.get(at + 1).is_some_and(u8::is_ascii_digit) {
                    continue;
                }
                let left = digits(&mut bytes[..at].iter().rev().take(8));
                let right = digits(&mut bytes[at + 1..].iter().take(4));
                let span = Span::new(at - left, at + 1 + right);
                if !(1..=6).contains(&left) || !(1..=2).contains(&right) || !is_measure(prose, span) {
                    continue;
                }
                found.push((span, at));
            }
        }
        if found.is_empty() || !cx.lang().is_some_and(|l| POINT.contains(&l.split('-').next().unwrap_or(l))) {
            return;
        }
        for (span, at) in found {
            let text = format!("{}.{}", &prose[span.start..at], &prose[at + 1..span.end]);
            let message = format!("a decimal comma where this language writes a point: «{text}»");
            out.report(span, 0.7, message, Some(Fix::replace(Safety::Suggested, span, text)));
        }
    }
}

/// Whether a number stands alone and a unit, a percent sign or a big number's name follows.
fn is_measure(prose: &str, span: Span) -> bool {
    if char_before(prose, span.start).is_some_and(|c| !c.is_whitespace() && !"(~≈<>±$€£–".contains(c)) {
        return false;
    }
    let rest = prose[span.end..].trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let unit = word_after(prose, prose.len() - rest.len());
    rest.starts_with(['%', '‰', '°', '℃'])
        || (UNITS.contains(&&prose[unit.range()]) && !char_after(prose, unit.end).is_some_and(|c| c.is_ascii_digit()))
}
