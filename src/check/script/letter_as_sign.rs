//! A Cyrillic letter that stands for a sign between digits or for a unit: `105х195`, `220 °С`.

use crate::{
    analysis::{Signals, around::line_at},
    check::{Check, Context, Example, Meta, Sink},
    finding::{Fix, Safety, Severity},
    text::Span,
};
use memchr::memmem::Finder;
use std::sync::OnceLock;

/// The check.
pub(super) struct LetterAsSign;

static META: Meta = Meta {
    name: "script/letter-as-sign",
    since: "0.1.0",
    severity: Severity::Error,
    summary: "Cyrillic letter in a measure",
    why: "The numbers were taken over from a Cyrillic text, with the letter that stands there for «by» or for a unit. It looks right; searching, sorting and reading aloud go wrong.",
    when_wrong: "A part number that has the letter in its name.",
    fix: "Writes the Latin letter that looks the same.",
    needs: Signals::CYRILLIC,
    examples: &[
        Example::Bad {
            text: "The frame of the window is 105х195 mm wide, and the door next to it is a little higher than that.",
            find: &["х"],
            fixed: Some(
                "The frame of the window is 105x195 mm wide, and the door next to it is a little higher than that.",
            ),
        },
        Example::Bad {
            text: "Le pain cuit pendant une heure à 220 °С, puis il repose sur la table jusqu'au lendemain matin.",
            find: &["С"],
            fixed: Some(
                "Le pain cuit pendant une heure à 220 °C, puis il repose sur la table jusqu'au lendemain matin.",
            ),
        },
        Example::Good {
            text: "The frame of the window is 105x195 mm wide, and the bread is baked at 220 °C for an hour.",
        },
        Example::Good {
            text: "Размер рамы 105х195 мм, а хлеб пекут при температуре 220 °С в течение часа, пока корка не потемнеет.",
        },
        Example::Good {
            text: "The sign on the door said «размер 3х4 метра», and nobody in the group knew what it was about.",
        },
    ],
};

/// The letters, and the ones that look the same.
const LETTERS: &[(&str, &str)] = &[("х", "x"), ("Х", "x"), ("С", "C"), ("К", "K")];

impl Check for LetterAsSign {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        // Prepared once: many texts have hundreds of blocks.
        static FINDERS: OnceLock<Vec<(Finder<'static>, &str, &str)>> = OnceLock::new();
        let finders = FINDERS.get_or_init(|| LETTERS.iter().map(|(l, twin)| (Finder::new(*l), *l, *twin)).collect());
        let prose = cx.prose();
        // Only in a line with Latin words.
        let latin = Signals::ASCII_LETTER.or(Signals::LATIN);
        if !cx.facts().signals(cx.text()).all().intersects(latin) {
            return;
        }
        for block in cx.blocks(Signals::CYRILLIC) {
            for (finder, letter, twin) in finders {
                for at in finder.find_iter(&prose.as_bytes()[block.range()]) {
                    let span = Span::new(block.start + at, block.start + at + letter.len());
                    if !is_sign(prose, span, *twin == "x") || is_cyrillic(&prose[line_at(prose, span.start).range()]) {
                        continue;
                    }
                    let message = format!("this «{letter}» is a Cyrillic letter; write «{twin}»");
                    out.report(span, 0.95, message, Some(Fix::replace(Safety::Safe, span, *twin)));
                }
            }
        }
    }
}

/// Between two digits, or behind the sign for degrees and before no letter.
fn is_sign(text: &str, span: Span, times: bool) -> bool {
    let (before, after) = (&text[..span.start], &text[span.end..]);
    if times {
        return before.ends_with(|c: char| c.is_ascii_digit()) && after.starts_with(|c: char| c.is_ascii_digit());
    }
    let degrees = before.trim_end_matches([' ', '\u{a0}']);
    degrees.ends_with(['°', 'º']) && !after.starts_with(char::is_alphanumeric)
}

/// Whether a line has Cyrillic words: there the letter is usual. A line without Latin words says nothing.
fn is_cyrillic(line: &str) -> bool {
    let cyrillic = |c: char| matches!(c, '\u{400}'..='\u{52F}');
    let (mut run, mut latin) = (0, 0);
    for c in line.chars() {
        run = if cyrillic(c) { run + 1 } else { 0 };
        latin += usize::from(c.is_alphabetic() && !cyrillic(c));
        if run > 1 {
            return true;
        }
    }
    latin < 12
}
