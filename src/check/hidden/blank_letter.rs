//! Letters without a shape, used as blanks.

use super::near::{self, Run};
use crate::{
    analysis::{Signals, around::line_at},
    check::{Check, Context, Example, Meta, Sink},
    finding::{Fix, Safety, Severity},
};

pub(super) struct BlankLetter;

const BRAILLE_BLANK: char = '\u{2800}';

static META: Meta = Meta {
    name: "hidden/blank-letter",
    since: "0.1.0",
    severity: Severity::Error,
    summary: "letter without a shape in place of a blank",
    why: "Hangul fillers and the Braille blank look like blanks but are letters: the two words count as one, lines do \
          not break there, and names seem to be empty.",
    when_wrong: "The text shows the character itself, or draws with Braille patterns on other lines.",
    fix: "Writes a blank, or deletes it where there is one already.",
    needs: Signals::INVISIBLE,
    examples: &[
        Example::Bad {
            text: "Open the\u{3164}door and\u{2800}wait.",
            find: &["\u{3164}", "\u{2800}"],
            fixed: Some("Open the door and wait."),
        },
        Example::Bad {
            text: "문을 \u{115f}열어 주세요.", find: &["\u{115f}"], fixed: Some("문을 열어 주세요.")
        },
        Example::Good { text: "⠓⠑⠇⠇⠕⠀⠺⠕⠗⠇⠙" },
        Example::Good { text: "⣿⣿⠀⠀⣿⣿\n⣿⠀⠀⠀⠀⣿" },
        Example::Good { text: "\u{115f}\u{1161}\u{11ab}" },
        Example::Good { text: "\u{3164}ㄱㅏ" },
    ],
};

impl Check for BlankLetter {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let text = cx.text();
        let wanted = |c| matches!(c, '\u{3164}' | '\u{ffa0}' | '\u{115f}' | '\u{1160}' | BRAILLE_BLANK);
        for run in near::runs(cx, |h| wanted(h.c)) {
            if run.is_shown() || near::in_code(cx, run.span.start) || belongs(text, &run) {
                continue;
            }
            let (open, close) = (near::is_edge(run.before), near::is_edge(run.after));
            let hangul = run.touches(|c| matches!(c, '\u{ac00}'..='\u{d7a3}'));
            let (text_instead, advice) = if open || close { ("", "delete it") } else { (" ", "write a blank") };
            // Inside a Korean word the filler is what is left of a syllable: nobody knows whether a blank belongs there.
            let jamo = matches!(run.first, '\u{115f}' | '\u{1160}');
            let safety = if hangul || (open && close) { Safety::Suggested } else { Safety::Safe };
            let instead = if jamo && hangul { "" } else { text_instead };
            let advice = if jamo && hangul { "delete it" } else { advice };
            let message = format!(
                "{}{} looks like a blank but is a letter; {advice}",
                near::named(&run),
                near::place(text, run.span)
            );
            out.report(run.span, 0.9, message, Some(Fix::replace(safety, run.span, instead)));
        }
    }
}

/// Where the character does its own work.
fn belongs(text: &str, run: &Run) -> bool {
    match run.first {
        BRAILLE_BLANK => {
            text[line_at(text, run.span.start).range()].chars().any(|c| matches!(c, '\u{2801}'..='\u{28ff}'))
        }
        // A syllable of single letters that lacks its first or second one.
        '\u{115f}' | '\u{1160}' => {
            run.touches(|c| matches!(c, '\u{1100}'..='\u{11ff}' | '\u{a960}'..='\u{a97c}' | '\u{d7b0}'..='\u{d7fb}'))
        }
        '\u{3164}' => run.touches(|c| matches!(c, '\u{3131}'..='\u{318e}')),
        _ => run.touches(|c| matches!(c, '\u{ffa1}'..='\u{ffdc}')),
    }
}
