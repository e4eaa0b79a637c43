//! ` -- `: two hyphens where a dash was meant.

use super::habit;
use crate::{
    analysis::{
        Signals,
        around::{char_after, char_before},
    },
    check::{Check, Context, Example, Meta, Sink},
    finding::{Edit, Fix, Safety, Severity},
    text::Span,
};

pub(super) struct DoubleHyphen;

static META: Meta = Meta {
    name: "typography/double-hyphen",
    since: "0.1.0",
    severity: Severity::Info,
    summary: "two hyphens in place of a dash",
    why: "Two hyphens are what a typewriter, a terminal or an e-mail puts in place of a dash; print and web pages set \
          the dash.",
    when_wrong: "The hyphens belong to a command line or a comment: put it into code marks.",
    fix: "Writes the dash as the document, or else its language, writes it.",
    needs: Signals::ANY,
    examples: &[
        Example::Bad {
            text: "The bridge -- the oldest in the valley -- was closed.",
            find: &[" -- ", " -- "],
            fixed: Some("The bridge — the oldest in the valley — was closed."),
        },
        Example::Bad {
            text: "Der Zug – wie immer – kam zu spät, und der Bus -- wie immer – auch.",
            find: &[" -- "],
            fixed: Some("Der Zug – wie immer – kam zu spät, und der Bus – wie immer – auch."),
        },
        Example::Good { text: "Run git checkout -- . to throw the changes away." },
        Example::Good { text: "-- Anna, from the train" },
        Example::Good { text: "npm run build -- --watch" },
    ],
};

/// More of them are the writer's way of typing: one finding for all.
const MOST: usize = 6;

impl Check for DoubleHyphen {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let prose = cx.prose();
        let joins = |c: Option<char>, marks: &str| c.is_some_and(|c| c.is_alphanumeric() || marks.contains(c));
        let hits: Vec<Span> = cx
            .facts()
            .hyphens(prose)
            .iter()
            .filter_map(|at| at.checked_sub(2).map(|start| Span::new(start, at + 2)))
            .filter(|s| prose.as_bytes()[s.range()] == *b" -- ")
            .filter(|s| {
                joins(char_before(prose, s.start), ",.;:!?)]”’\"'»%") && joins(char_after(prose, s.end), "([“‘\"'«$€£")
            })
            .collect();
        let Some(first) = hits.first().copied() else { return };
        let dash = habit::dash(cx);
        let edit = |s: &Span| Edit { span: *s, text: dash.to_owned() };
        if hits.len() > MOST {
            let title = format!("write «{}» in all {} places", dash.trim(), hits.len());
            let fix = Fix { safety: Safety::Suggested, title, edits: hits.iter().map(edit).collect() };
            let message = format!("{} times two hyphens in place of a dash; this is the first", hits.len());
            out.report(first, 0.7, message, Some(fix));
            return;
        }
        for s in &hits {
            let fix =
                Fix { safety: Safety::Suggested, title: format!("write «{}»", dash.trim()), edits: vec![edit(s)] };
            out.report(*s, 0.8, "two hyphens in place of a dash", Some(fix));
        }
    }
}
