//! C0 controls in prose.

use super::near::{self, Run};
use crate::{
    analysis::Signals,
    check::{Check, Context, Example, Meta, Sink},
    finding::{Safety, Severity},
    region::Format,
    unicode::flag,
};

pub(super) struct Control;

const BACKSPACE: char = '\u{8}';
const VERTICAL_TAB: char = '\u{b}';
const FORM_FEED: char = '\u{c}';
const ESCAPE: char = '\u{1b}';

static META: Meta = Meta {
    name: "hidden/control",
    since: "0.1.0",
    severity: Severity::Error,
    summary: "control character in the text",
    why: "A control character shows nothing. It is left over from a terminal, a broken file, or a character that a \
          program could not write; XML refuses it, and other programs stop reading there.",
    when_wrong: "The file is a recording of a terminal, or uses the controls to separate its fields.",
    fix: "Deletes it; on request only, because it may stand for a character that was lost.",
    needs: Signals::CONTROL,
    examples: &[
        Example::Bad { text: "The bridge\u{3} is closed.", find: &["\u{3}"], fixed: Some("The bridge is closed.") },
        Example::Bad { text: "Die Brü\u{2}cke ist zu.", find: &["\u{2}"], fixed: Some("Die Brücke ist zu.") },
        Example::Bad { text: "the light\u{8}house", find: &["\u{8}"], fixed: Some("the lighthouse") },
        Example::Bad { text: "a safe of\u{c}fice", find: &["\u{c}"], fixed: None },
        Example::Good { text: "Page one ends here.\n\u{c}\nPage two begins.\n" },
        Example::Good { text: "\u{c}Chapter two\n" },
        Example::Good { text: "N\u{8}NA\u{8}AM\u{8}ME\u{8}E\n  _\u{8}f_\u{8}i_\u{8}l_\u{8}e\n" },
        Example::Good { text: "\u{1b}[31mred\u{1b}[0m and plain" },
        Example::Good { text: "anna\u{1f}42\u{1e}bert\u{1f}17\u{1e}carl\u{1f}9\u{1e}" },
    ],
};

/// More of one kind are a way of writing the file.
const MANY: usize = 12;

impl Check for Control {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        // Troff uses controls as delimiters.
        if matches!(cx.format(), Format::Roff) {
            return;
        }
        let text = cx.text();
        let runs = near::runs(cx, |h| h.props.any(flag::CONTROL_C0));
        let mut counts = [0usize; 128];
        for run in &runs {
            if let Some(n) = counts.get_mut(run.first as usize) {
                *n += 1;
            }
        }
        for run in runs {
            if run.is_shown() || near::in_markup(cx, run.span.start) || belongs(text, &run, &counts) {
                continue;
            }
            let message = format!(
                "{}{}; delete it, or find out what stood there",
                near::named(&run),
                near::place(text, run.span)
            );
            let fix =
                (!matches!(run.first, FORM_FEED | VERTICAL_TAB)).then(|| near::delete(Safety::Suggested, run.span));
            out.report(run.span, 0.9, message, fix);
        }
    }
}

fn belongs(text: &str, run: &Run, counts: &[usize; 128]) -> bool {
    let count = counts.get(run.first as usize).copied().unwrap_or(0);
    let in_word = run.before.is_some_and(char::is_alphanumeric) && run.after.is_some_and(char::is_alphanumeric);
    match run.first {
        // Pages; between two letters of a word it stands for a lost ligature.
        FORM_FEED | VERTICAL_TAB => !in_word || count > MANY,
        // Struck over: underlined and bold text for printers.
        BACKSPACE => {
            let struck = run.before == run.after || run.before == Some('_') || run.after == Some('_');
            !in_word || struck || run.count > 1 || count > MANY
        }
        // A terminal's colours.
        ESCAPE => run.after.is_some_and(|c| matches!(c, '[' | ']' | '(' | ')' | '#' | '=' | '>')),
        // The end of a file for DOS.
        '\u{1a}' => text[run.span.end..].trim_matches(['\u{1a}', '\0', '\r', '\n']).is_empty(),
        // Separators of fields.
        '\u{1c}'..='\u{1f}' => count > 2,
        // Colours and bold of chat programs.
        '\u{1}' | '\u{2}' | '\u{3}' | '\u{f}' | '\u{16}' if !in_word => {
            run.count > 1 || count > MANY || run.after.is_some_and(|c| c.is_ascii_digit())
        }
        _ => count > MANY,
    }
}
