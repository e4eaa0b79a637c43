//! Soft hyphens that stand where no word can be divided.

use super::near::{self, Run};
use crate::{
    analysis::Signals,
    check::{Check, Context, Example, Meta, Sink},
    finding::{Fix, Safety, Severity},
    unicode::{flag, props},
};

pub(super) struct SoftHyphen;

const SOFT_HYPHEN: char = '\u{ad}';

static META: Meta = Meta {
    name: "hidden/soft-hyphen",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "soft hyphen at the edge of a word, doubled, or between digits",
    why: "A soft hyphen says where a word may be divided. At the edge of a word it says nothing, and some programs \
          print it as a hyphen; at a line end it is left over from a text that was set in other lines.",
    when_wrong: "The character itself is shown, in a table of characters for instance: put it into code marks.",
    fix: "Deletes it; all but one where it stands doubled inside a word. Between digits it proposes a hyphen, at a \
          line end the word in one piece.",
    needs: Signals::INVISIBLE,
    examples: &[
        Example::Bad {
            text: "The fish\u{ad} market opens \u{ad}early.",
            find: &["\u{ad}", "\u{ad}"],
            fixed: Some("The fish market opens early."),
        },
        Example::Bad { text: "Donau\u{ad}\u{ad}dampfer", find: &["\u{ad}\u{ad}"], fixed: Some("Donau\u{ad}dampfer") },
        Example::Bad {
            text: "The years 1990\u{ad}1995 were dry.",
            find: &["\u{ad}"],
            fixed: Some("The years 1990-1995 were dry."),
        },
        Example::Bad {
            text: "a long sen\u{ad}\ntence was set anew",
            find: &["\u{ad}\n"],
            fixed: Some("a long sentence was set anew"),
        },
        Example::Good { text: "Donau\u{ad}dampf\u{ad}schiff und Lösch\u{ad}zug" },
        Example::Good { text: "255\t173\tAD\t\u{ad}\tSOFT HYPHEN" },
    ],
};

impl Check for SoftHyphen {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let text = cx.text();
        for run in near::runs(cx, |h| h.c == SOFT_HYPHEN) {
            if run.is_shown() || near::in_markup(cx, run.span.start) {
                continue;
            }
            let Some((span, what, fix)) = judge(text, &run) else { continue };
            out.report(span, 0.85, format!("{}{}{what}", near::named(&run), near::place(text, run.span)), Some(fix));
        }
    }
}

fn judge(text: &str, run: &Run) -> Option<(crate::text::Span, &'static str, Fix)> {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    if is_digit(run.before) && is_digit(run.after) {
        return Some((run.span, " between digits; write a hyphen", Fix::replace(Safety::Suggested, run.span, "-")));
    }
    let before = run.before.is_some_and(near::is_letter);
    if run.in_word() {
        let fix = Fix::replace(Safety::Safe, run.span, SOFT_HYPHEN);
        return (run.count > 1).then_some((run.span, "; one is enough", fix));
    }
    // A word that was divided at the end of a line goes on in small letters on the next one.
    let rest = text.get(run.span.end..)?;
    let gap = rest.len() - rest.trim_start_matches([' ', '\r', '\n']).len();
    let joined = rest.get(..gap).is_some_and(|g| g.matches('\n').count() == 1)
        && rest.get(gap..).and_then(|r| r.chars().next()).is_some_and(|c| props(c).any(flag::LOWER));
    if before && joined && run.count == 1 {
        let span = crate::text::Span::new(run.span.start, run.span.end + gap);
        return Some((span, " at the end of a line; join the word", Fix::replace(Safety::Suggested, span, "")));
    }
    // A hyphen or a dash shown by it: in lists and between blanks.
    let alone = near::is_edge(run.before) && near::is_edge(run.after);
    let touches_word = before || run.after.is_some_and(near::is_letter);
    let touches_edge = near::is_edge(run.before)
        || near::is_edge(run.after)
        || run.touches(|c| props(c).any(flag::PUNCT) && !matches!(c, '<' | '>' | '&' | '\\'));
    if alone && run.before.is_some_and(|c| c == '\t') {
        return None;
    }
    let fix = near::delete(if alone { Safety::Suggested } else { Safety::Safe }, run.span);
    (touches_word && touches_edge).then_some((run.span, ", where no word can be divided; delete it", fix))
}
