//! Direction marks inside words, and in text that has only one direction.

use super::near;
use crate::{
    analysis::{Signals, around::line_at},
    check::{Check, Context, Example, Meta, Sink},
    finding::{Safety, Severity},
};

pub(super) struct BidiMark;

static META: Meta = Meta {
    name: "hidden/bidi-mark",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "direction mark where nothing is written from right to left",
    why: "Left-to-right and right-to-left marks settle the place of signs between letters of both directions. In a \
          text of one direction, or inside a word, they are left over from a web page or a file dialogue, and \
          searches no longer find the word.",
    when_wrong: "A program puts right-to-left text beside it.",
    fix: "Deletes it.",
    needs: Signals::BIDI,
    examples: &[
        Example::Bad {
            text: "Пр\u{200e}истань закрыта до весны.",
            find: &["\u{200e}"],
            fixed: Some("Пристань закрыта до весны."),
        },
        Example::Bad {
            text: "Saved on \u{200e}12 \u{200e}March 2021.",
            find: &["\u{200e}", "\u{200e}"],
            fixed: Some("Saved on 12 March 2021."),
        },
        Example::Good { text: "הדגם TX-40\u{200e} נמכר בחנות." },
        Example::Good { text: "The word “שלום”\u{200f} means peace." },
        Example::Good { text: "استخدم C++\u{200e} في هذا المشروع." },
    ],
};

impl Check for BidiMark {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let text = cx.text();
        let mut mostly_rtl = None;
        for run in near::runs(cx, |h| matches!(h.c, '\u{200e}' | '\u{200f}' | '\u{61c}')) {
            if run.is_shown() || near::in_code(cx, run.span.start) {
                continue;
            }
            let in_word = run.in_word() && !run.touches(near::is_rtl);
            if !in_word {
                let line = line_at(text, run.span.start);
                // Paragraphs set in lines: the neighbouring lines belong to it.
                let from = text[..line.start].char_indices().rev().nth(200).map_or(0, |(i, _)| i);
                let to = text[line.end..].char_indices().nth(200).map_or(text.len(), |(i, _)| line.end + i);
                if text[from..to].chars().any(near::is_rtl) {
                    continue;
                }
                if *mostly_rtl.get_or_insert_with(|| is_mostly_rtl(cx)) {
                    continue;
                }
            }
            let why = if in_word { "" } else { ", where all text runs in one direction" };
            let message = format!("{}{}{why}; delete it", near::named(&run), near::place(text, run.span));
            let severity = if in_word { Severity::Error } else { Severity::Warning };
            out.report_as(severity, run.span, 0.9, message, Some(near::delete(Safety::Safe, run.span)));
        }
    }
}

/// A translation into a right-to-left language has lines with placeholders only, and marks between them.
fn is_mostly_rtl(cx: &Context<'_>) -> bool {
    if matches!(cx.settings.lang.as_deref(), Some("ar" | "fa" | "he" | "ur" | "ps" | "ckb" | "yi" | "ug" | "sd" | "dv"))
    {
        return true;
    }
    let blocks = cx.blocks(Signals::ARABIC.or(Signals::HEBREW).or(Signals::OTHER_SCRIPT));
    let parts = blocks.iter().filter_map(|block| cx.text().get(block.range()));
    let letters = parts.flat_map(str::chars).filter(|c| near::is_rtl(*c)).take(2000).count();
    letters * 50 > cx.text().len().min(20_000)
}
