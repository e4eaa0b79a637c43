//! Emoji that fell apart: joiners without a second half, single halves of flags.

use super::near;
use crate::{
    analysis::{
        Signals,
        around::{char_after, char_before},
    },
    check::{Check, Context, Example, Meta, Sink},
    finding::{Safety, Severity},
    text::Span,
    unicode::{flag, props},
};
use memchr::memmem;

pub(super) struct EmojiSequence;

static META: Meta = Meta {
    name: "hidden/emoji-sequence",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "emoji sequence cut in two",
    why: "Joined emoji and flags are written with several characters. Text that was cut at a number of characters \
          keeps one half: a joiner that joins nothing, or one letter of a flag.",
    when_wrong: "The regional letters are meant as letters.",
    fix: "Deletes a joiner that joins nothing. The other half of a flag is not known.",
    needs: Signals::EMOJI,
    examples: &[
        Example::Bad {
            text: "See you soon 👩\u{200d} and bring cake.",
            find: &["\u{200d}"],
            fixed: Some("See you soon 👩 and bring cake."),
        },
        Example::Bad { text: "Greetings from \u{1f1eb}!", find: &["\u{1f1eb}"], fixed: None },
        Example::Good { text: "👨\u{200d}👩\u{200d}👧, 👩🏽\u{200d}🚀 and ❤\u{fe0f}\u{200d}🔥" },
        Example::Good { text: "🇫🇷🇩🇪 play tonight" },
        Example::Good { text: "\u{1f1e6} \u{1f1e7} \u{1f1e8} \u{1f1e9}" },
    ],
};

impl Check for EmojiSequence {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        for run in near::runs(cx, |h| h.c == '\u{200d}') {
            let pictograph = |c: Option<char>| c.is_some_and(|c| near::is_emoji(c) && c != '\u{fe0f}');
            let (before, after) = (run.before.is_some_and(near::is_emoji), pictograph(run.after));
            if (before || after) && !(before && after && run.count == 1) {
                // Between an emoji and a letter with shapes it may belong to the letter.
                if run.touches(near::is_shaped) || near::in_code(cx, run.span.start) {
                    continue;
                }
                let double = before && after;
                let fix = if double {
                    crate::finding::Fix::replace(Safety::Safe, run.span, "\u{200d}")
                } else {
                    near::delete(Safety::Safe, run.span)
                };
                let what =
                    if double { "doubled between emoji; one is enough" } else { "with no emoji to join; delete it" };
                out.report(run.span, 0.9, format!("{} {what}", near::named(&run)), Some(fix));
            }
        }
        halves_of_flags(cx, out);
    }
}

fn halves_of_flags(cx: &Context<'_>, out: &mut Sink) {
    const LENGTH: usize = 4;
    let text = cx.text();
    let finder = memmem::Finder::new(b"\xF0\x9F\x87");
    let mut lone: Vec<(Span, char)> = Vec::new();
    for block in cx.blocks(Signals::EMOJI) {
        let mut end = block.start;
        while let Some(found) = text.as_bytes().get(end..block.end).and_then(|part| finder.find(part)) {
            let start = end + found;
            end = start;
            while char_after(text, end).is_some_and(|c| props(c).any(flag::REGIONAL_INDICATOR)) {
                end += LENGTH;
            }
            if end == start {
                end += LENGTH;
            } else if (end - start) / LENGTH % 2 == 1 {
                let at = end - LENGTH;
                lone.extend(char_after(text, at).map(|c| (Span::new(at, end), c)));
            }
        }
    }
    // Several of them are an alphabet.
    if lone.len() > 2 {
        return;
    }
    for (span, c) in lone {
        if near::in_code(cx, span.start) || char_before(text, span.start) == Some('`') {
            continue;
        }
        let letter = char::from_u32(c as u32 - 0x1F1E6 + u32::from(b'A')).unwrap_or('?');
        out.report(span, 0.8, format!("Half of a flag: the regional letter {letter} without a second one"), None);
    }
}
