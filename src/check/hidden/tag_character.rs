//! Tag characters outside the flags that are spelled with them.

use super::near;
use crate::{
    analysis::Signals,
    check::{Check, Context, Example, Meta, Sink},
    finding::{Safety, Severity},
    unicode::{flag, visible},
};

pub(super) struct TagCharacter;

static META: Meta = Meta {
    name: "hidden/tag-character",
    since: "0.1.0",
    severity: Severity::Error,
    summary: "invisible text in tag characters",
    why: "Tag characters are an invisible copy of ASCII. Outside the flags of England, Scotland and Wales they carry \
          text that no reader sees and many programs read.",
    when_wrong: "A flag of another region is spelled with them.",
    fix: "Deletes them; the message spells out what they say.",
    needs: Signals::INVISIBLE,
    examples: &[
        Example::Bad {
            text: "Opening hours\u{e0068}\u{e0069}: nine to five.",
            find: &["\u{e0068}\u{e0069}"],
            fixed: Some("Opening hours: nine to five."),
        },
        Example::Good { text: "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f} won the match." },
    ],
};

const BLACK_FLAG: char = '\u{1f3f4}';

impl Check for TagCharacter {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let text = cx.text();
        for run in near::runs(cx, |h| h.props.any(flag::TAG)) {
            let said: String =
                text[run.span.range()].chars().filter_map(|c| char::from_u32(c as u32 - 0xE0000)).collect();
            // A region of two to six letters and digits, and the end mark.
            let region = said.strip_suffix('\u{7f}');
            let is_flag = run.before == Some(BLACK_FLAG)
                && region.is_some_and(|r| {
                    (3..=6).contains(&r.len()) && r.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
                });
            if is_flag {
                continue;
            }
            let said: String = said.chars().filter(|c| matches!(c, ' '..='~')).take(80).collect();
            let message = if said.is_empty() {
                "Invisible tag characters; delete them".to_owned()
            } else {
                format!("Invisible tag characters that say «{}»; delete them", visible(&said))
            };
            out.report(run.span, 0.97, message, Some(near::delete(Safety::Safe, run.span)));
        }
    }
}
