//! C1 controls: bytes of windows-1252 that were taken for ISO 8859-1.

use super::near::{self, Run};
use crate::{
    analysis::{Signals, around::line_start},
    check::{Check, Context, Example, Meta, Sink},
    finding::{Fix, Safety, Severity},
    unicode::{Script, flag, props, script},
};

pub(super) struct C1Control;

static META: Meta = Meta {
    name: "hidden/c1-control",
    since: "0.1.0",
    severity: Severity::Error,
    summary: "control character in place of a quotation mark, dash or letter",
    why: "The text was written in windows-1252 and read as ISO 8859-1: curly quotes, apostrophes, dashes and the euro \
          sign became control characters that show nothing.",
    when_wrong: "The file really holds terminal controls.",
    fix: "Writes the character that windows-1252 has in that place; safe where its neighbours agree.",
    needs: Signals::C1,
    examples: &[
        Example::Bad {
            text: "The captain\u{92}s log says \u{93}fog\u{94}.",
            find: &["\u{92}", "\u{93}", "\u{94}"],
            fixed: Some("The captain’s log says “fog”."),
        },
        Example::Bad {
            text: "Öppet 10\u{96}16, entré 40 \u{80}",
            find: &["\u{96}", "\u{80}"],
            fixed: Some("Öppet 10–16, entré 40 €"),
        },
        Example::Bad { text: "Il a du c\u{9c}ur.", find: &["\u{9c}"], fixed: Some("Il a du cœur.") },
        Example::Bad { text: "A broken \u{81} byte", find: &["\u{81}"], fixed: None },
        Example::Good { text: "The captain’s log says “fog”." },
    ],
};

/// What windows-1252 has from 0x80 to 0x9F; U+FFFD where it has nothing.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž', '\u{fffd}', '\u{fffd}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{fffd}', 'ž', 'Ÿ',
];

impl Check for C1Control {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let text = cx.text();
        for run in near::runs(cx, |h| h.props.any(flag::CONTROL_C1)) {
            let instead: String = text[run.span.range()].chars().map(character).collect();
            let place = near::place(text, run.span);
            let code = run.first as u32;
            if instead.contains('\u{fffd}') || run.count > 2 || is_multi_byte(&run) || !is_western(&run) {
                let message = format!("Control character U+{code:04X}{place}, left over from a wrong encoding");
                out.report(run.span, 0.9, message, None);
                continue;
            }
            let safety = if agrees(cx, &run) { Safety::Safe } else { Safety::Suggested };
            let message =
                format!("Control character U+{code:04X}{place}: windows-1252 has «{instead}» in its place; write that");
            out.report(run.span, 0.95, message, Some(Fix::replace(safety, run.span, instead)));
        }
    }
}

fn character(c: char) -> char {
    (c as usize).checked_sub(0x80).and_then(|i| WINDOWS_1252.get(i)).copied().unwrap_or('\u{fffd}')
}

/// Whether the control is a later byte of a UTF-8 sequence that was read one byte at a time: «â\u{80}\u{99}».
fn is_multi_byte(run: &Run) -> bool {
    let lead = run.before.map_or(0, |c| c as u32);
    match lead {
        // Two bytes: the control is the second one.
        0xC2..=0xDF => true,
        // Three or four: another byte must follow.
        0xE0..=0xF4 => run.count > 1 || run.after.is_some_and(|c| matches!(c as u32, 0x80..=0xBF)),
        _ => false,
    }
}

/// Whether the letters beside it can come out of a Western code page; its own letters beside Latin ones only.
fn is_western(run: &Run) -> bool {
    let is_letter = matches!(run.first as u32, 0x8A | 0x8C | 0x8E | 0x9A | 0x9C | 0x9E | 0x9F | 0x83);
    !run.touches(|c| {
        let fits = match script(c) {
            Script::Latin | Script::Common | Script::Inherited => true,
            Script::Greek | Script::Cyrillic => !is_letter,
            _ => false,
        };
        near::is_letter(c) && !fits
    })
}

/// „so“: the other sign of a pair that began low.
fn closes_low_quote(cx: &Context<'_>, run: &Run) -> bool {
    let line = &cx.text()[line_start(cx.text(), run.span.start)..run.span.start];
    line.rfind(['\u{84}', '„']).is_some_and(|i| !line[i..].contains(['\u{93}', '“', '”']))
}

/// Whether the neighbours leave no other reading.
fn agrees(cx: &Context<'_>, run: &Run) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| props(c).any(flag::LETTER));
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let edge = |c: Option<char>| near::is_edge(c) || c.is_some_and(|c| props(c).any(flag::PUNCT));
    if run.count > 1 {
        return false;
    }
    // All Windows code pages agree on the punctuation, not on the letters.
    match run.first as u32 {
        // Apostrophe or single quotes.
        0x92 => letter(run.before) || digit(run.before) || edge(run.before),
        0x91 | 0x84 | 0x82 => edge(run.before) || run.after.is_some_and(char::is_alphanumeric),
        0x93 => edge(run.before) || run.after.is_some_and(char::is_alphanumeric) || closes_low_quote(cx, run),
        0x94 => true,
        0x96 | 0x97 => {
            (edge(run.before) && edge(run.after))
                || run.before.is_some_and(|c| c.is_alphanumeric() || c == '.')
                    && run.after.is_some_and(|c| c.is_alphanumeric())
        }
        0x85 => letter(run.before) && run.after.is_some_and(|c| c != '\n' && c != '\r') || run.before == Some(' '),
        0x80 => {
            let near_digit = |c: Option<char>, further: Option<char>| digit(c) || (near::is_edge(c) && digit(further));
            let text = cx.text();
            let further_before = text[..run.span.start].chars().rev().nth(1);
            let further_after = text[run.span.end..].chars().nth(1);
            near_digit(run.before, further_before) || near_digit(run.after, further_after)
        }
        0x95 | 0x99 | 0x8B | 0x9B | 0x86 | 0x87 | 0x89 => true,
        0x8C | 0x9C => letter(run.after) && cx.lang() == Some("fr") && run.touches(|c| script(c) == Script::Latin),
        0x8A | 0x9A | 0x8E | 0x9E => {
            letter(run.after)
                && run.touches(|c| script(c) == Script::Latin)
                && matches!(cx.lang(), Some("et" | "fi" | "lt" | "lv" | "sl" | "hr" | "bs" | "cs" | "sk"))
        }
        _ => false,
    }
}
