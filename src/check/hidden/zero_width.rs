//! Zero width spaces and word joiners where they do nothing but break the word for every search.

use super::near::{self, Run};
use crate::{
    analysis::{Signals, around::line_at},
    check::{Check, Context, Example, Meta, Sink},
    finding::Severity,
    finding::{Fix, Safety},
    unicode::{Script, flag, props, script},
};

pub(super) struct ZeroWidth;

const ZWSP: char = '\u{200b}';
const WORD_JOINER: char = '\u{2060}';

static META: Meta = Meta {
    name: "hidden/zero-width",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "zero width space or word joiner that serves nothing",
    why: "Copied from a web page or left by a machine translation, it cannot be seen, but searches, spell checkers, \
          sorting and links no longer know the word.",
    when_wrong: "The character marks a place where a long name may be broken: keep it with an inline directive.",
    fix: "Deletes it; safe beside a blank and inside words of scripts that put blanks between words. Between Arabic \
          letters it proposes the zero width non-joiner where the language uses that.",
    needs: Signals::INVISIBLE,
    examples: &[
        Example::Bad {
            text: "The tide\u{200b}tables are printed every year.",
            find: &["\u{200b}"],
            fixed: Some("The tidetables are printed every year."),
        },
        Example::Bad {
            text: "\u{200b}Herzlich willkommen, \u{200b}\u{200b}liebe Gäste!\u{200b}",
            find: &["\u{200b}", "\u{200b}\u{200b}", "\u{200b}"],
            fixed: Some("Herzlich willkommen, liebe Gäste!"),
        },
        Example::Bad {
            text: "Лодка \u{2060}стоит у берега.",
            find: &["\u{2060}"],
            fixed: Some("Лодка стоит у берега."),
        },
        Example::Good {
            text: "ខ្ញុំ\u{200b}ចូលចិត្ត\u{200b}អាន\u{200b}សៀវភៅ។"
        },
        Example::Good { text: "ฉัน\u{200b}ชอบ\u{200b}อ่าน\u{200b}หนังสือ" },
        Example::Good { text: "Look into /usr/\u{200b}share/\u{200b}doc for more." },
        Example::Good { text: "Call setNative\u{200b}LookAndFeel once." },
        Example::Good { text: "The range 10\u{2060}–\u{2060}20 stays on one line." },
    ],
};

/// Longer words are given places to break on purpose.
const LONG_WORD: usize = 24;

impl Check for ZeroWidth {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let text = cx.text();
        for run in near::runs(cx, |h| matches!(h.c, ZWSP | WORD_JOINER)) {
            if run.is_shown() || near::in_markup(cx, run.span.start) || run.touches(near::is_unspaced) {
                continue;
            }
            let Some(fix) = judge(cx, &run) else { continue };
            // Blanks and digits in a text without blanks between words: the line tells.
            if run.first == ZWSP && text[line_at(text, run.span.start).range()].chars().any(near::is_unspaced) {
                continue;
            }
            let advice = if fix.edits.iter().all(|e| e.text.is_empty()) {
                "delete it"
            } else {
                "write the zero width non-joiner"
            };
            let message = format!("{}{}; {advice}", near::named(&run), near::place(text, run.span));
            out.report(run.span, 0.9, message, Some(fix));
        }
    }
}

fn judge(cx: &Context<'_>, run: &Run) -> Option<Fix> {
    let (open, close) = (near::is_edge(run.before), near::is_edge(run.after));
    let is_word = |c: char| c.is_alphanumeric() || near::is_letter(c);
    let delete = |safety| Some(near::delete(safety, run.span));
    if open || close {
        // Beside a blank it allows or forbids nothing; alone on a line it holds the line open.
        let starts = |c: char| is_word(c) || "\"'“„«‘¿¡([".contains(c) || c.is_whitespace();
        let ends = |c: char| is_word(c) || "\"'”“»’.,;:!?)]…".contains(c) || c.is_whitespace();
        let inner = if open { run.after.is_some_and(starts) } else { run.before.is_some_and(ends) };
        let alone = run.before.is_none_or(|c| c == '\n') && run.after.is_none_or(|c| c == '\n' || c == '\r');
        return if inner && !alone { delete(Safety::Safe) } else { None };
    }
    let (before, after) = (run.before?, run.after?);
    let ends_sentence = after == '.' && near::is_edge(cx.text()[run.span.end + 1..].chars().next());
    if is_word(before) && (",;:!?”»".contains(after) || ends_sentence) {
        return delete(Safety::Safe);
    }
    if !near::is_letter(before) || !near::is_letter(after) || is_break_opportunity(cx, run, before, after) {
        return None;
    }
    let arabic = script(before) == Script::Arabic || script(after) == Script::Arabic;
    if arabic && run.first == ZWSP && matches!(cx.lang(), Some("fa" | "ckb" | "ps" | "ur" | "ku")) {
        return Some(Fix::replace(Safety::Suggested, run.span, "\u{200c}"));
    }
    delete(if run.touches(near::is_shaped) { Safety::Suggested } else { Safety::Safe })
}

/// A name in capitals and small letters, or a very long word.
fn is_break_opportunity(cx: &Context<'_>, run: &Run, before: char, after: char) -> bool {
    if props(before).any(flag::LOWER) && props(after).any(flag::UPPER) {
        return true;
    }
    let text = cx.text();
    let stop = |c: char| c.is_whitespace();
    let left = text[..run.span.start].chars().rev().take_while(|c| !stop(*c)).take(LONG_WORD + 1);
    let right = text[run.span.end..].chars().take_while(|c| !stop(*c)).take(LONG_WORD + 1);
    let (mut length, mut is_name) = (0, false);
    for c in left.chain(right) {
        length += 1;
        is_name |= matches!(c, '_' | '/' | '\\' | '=' | '@' | '#' | '<' | '>' | '`' | '{' | '}');
    }
    length > LONG_WORD || is_name
}
