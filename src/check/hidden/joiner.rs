//! Zero width joiners and non-joiners between letters that know no joining.

use super::near;
use crate::{
    analysis::Signals,
    check::{Check, Context, Example, Meta, Sink},
    finding::{Safety, Severity},
    unicode::{Script, script},
};

pub(super) struct Joiner;

const ZWNJ: char = '\u{200c}';
const ZWJ: char = '\u{200d}';

static META: Meta = Meta {
    name: "hidden/joiner",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "zero width joiner or non-joiner where there is nothing to join",
    why: "The two joiners choose the shapes of Arabic and Indian letters. In words of other scripts, doubled, or \
          beside a blank they only hide the word from searches.",
    when_wrong: "The character keeps two letters of a blackletter font apart: keep it with an inline directive.",
    fix: "Deletes it, or all but one where it stands doubled.",
    needs: Signals::INVISIBLE,
    examples: &[
        Example::Bad {
            text: "The light\u{200c}house keeper waved.",
            find: &["\u{200c}"],
            fixed: Some("The lighthouse keeper waved."),
        },
        Example::Bad {
            text: "Маяк\u{200d} виден издалека.", find: &["\u{200d}"], fixed: Some("Маяк виден издалека.")
        },
        Example::Bad {
            text: "این کتاب\u{200c}\u{200c}ها خوب است.",
            find: &["\u{200c}\u{200c}"],
            fixed: Some("این کتاب\u{200c}ها خوب است."),
        },
        Example::Good { text: "می\u{200c}رویم و کتاب\u{200c}ها را می\u{200c}خوانیم." },
        Example::Good { text: "ෆ්\u{200d}රාන්සය සහ ශ්\u{200d}රේණිය" },
        Example::Good { text: "क्\u{200d}या आप र्\u{200c}क लिखते हैं?" },
        Example::Good { text: "په\u{200c} و له\u{200c} سەرە" },
        Example::Good { text: "سال ۱۳۹۹ ه\u{200d} ش" },
        Example::Good { text: "A 👩\u{200d}🚀 waved from the hatch." },
        Example::Good { text: "Schiff\u{200c}fahrt und Auf\u{200c}lage in Fraktur" },
        Example::Good { text: "CD\u{200c}های تازه" },
    ],
};

impl Check for Joiner {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let text = cx.text();
        let mut useless_runs: Vec<near::Run> = Vec::new();
        for joiner in [ZWNJ, ZWJ] {
            for run in near::runs(cx, |h| h.c == joiner) {
                let is_shaping = run.touches(near::is_shaped);
                let is_useless = || joiner == ZWNJ && useless(text, &run);
                // Most of them do what they are for.
                if is_shaping && run.count == 1 && !is_useless() {
                    continue;
                }
                if run.is_shown() || run.touches(near::is_emoji) || near::in_markup(cx, run.span.start) {
                    continue;
                }
                let place = near::place(text, run.span);
                if is_shaping {
                    if run.count == 1 {
                        useless_runs.push(run);
                        continue;
                    }
                    let arabic = run.before.is_some_and(|c| script(c) == Script::Arabic)
                        && run.after.is_some_and(|c| script(c) == Script::Arabic);
                    if run.count > 1 && (arabic || joiner == ZWNJ) {
                        let message = format!("{}{place}; one is enough", near::named(&run));
                        out.replace(run.span, 0.9, message, Safety::Safe, joiner);
                    }
                    continue;
                }
                let (open, close) = (near::is_edge(run.before), near::is_edge(run.after));
                // Blackletter: f and the letters it would be tied to.
                let tied = match run.before {
                    Some('f') => run.after.is_some_and(|c| "fijltbhk".contains(c)),
                    Some('ſ') => run.after.is_some_and(|c| "ſtsi".contains(c)),
                    Some('t') => run.after == Some('z'),
                    _ => false,
                };
                let beside = (open && run.after.is_some_and(near::is_letter))
                    || (close && run.before.is_some_and(|c| near::is_letter(c) || c.is_alphanumeric()));
                if (run.in_word() && !(tied && joiner == ZWNJ)) || beside {
                    let message = format!("{}{place}, where nothing is joined; delete it", near::named(&run));
                    out.report(run.span, 0.9, message, Some(near::delete(Safety::Safe, run.span)));
                }
            }
        }
        // A text that has many of them has a keyboard or a program that writes them.
        if useless_runs.len() > HABIT {
            return;
        }
        for run in useless_runs {
            let place = near::place(text, run.span);
            let message = format!("{}{place}, before a blank, where nothing is joined; delete it", near::named(&run));
            out.report(run.span, 0.8, message, Some(near::delete(Safety::Suggested, run.span)));
        }
    }
}

/// More non-joiners before blanks are a habit.
const HABIT: usize = 2;

/// A non-joiner at the end of an Arabic word, where the letter has its final form anyway. After heh it is the old way to
/// write the Kurdish vowel.
fn useless(text: &str, run: &near::Run) -> bool {
    let heh = |c: char| matches!(c, 'ه' | 'ھ' | 'ە' | 'ہ' | 'ۀ' | 'ة');
    // One letter is an abbreviation that keeps its shape.
    let is_long = || text.get(..run.span.start).unwrap_or("").chars().rev().nth(1).is_some_and(near::is_letter);
    run.after.is_none_or(|c| matches!(c, ' ' | '\n' | '\r' | '.' | '،' | '؛' | '؟' | '!'))
        && run.before.is_some_and(|c| script(c) == Script::Arabic && near::is_letter(c) && !heh(c))
        && is_long()
}
