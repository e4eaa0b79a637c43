//! Two words of different scripts without a space between them.

use super::mixed::{self, Cause};
use crate::{
    analysis::Signals,
    check::{Check, Context, Example, Meta, Sink},
    finding::{Edit, Fix, Safety, Severity},
    text::Span,
    unicode::{Script, props},
};

/// Two words of different scripts without a space between them.
pub(super) struct GluedScripts;

static META: Meta = Meta {
    name: "script/glued-scripts",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "two words of different scripts without a space between them",
    why: "A link, a button or a table cell lost the space or line end beside it; the reader sees one long word.",
    when_wrong: "When the two belong together, as an ending on a name.",
    fix: "Puts the space back, or takes a single leftover letter away; suggested.",
    needs: Signals::MIXED.or(Signals::PAREN),
    examples: &[
        Example::Bad {
            text: "Отчёт компанииSiemens вышел вчера.",
            find: &["компанииSiemens"],
            fixed: Some("Отчёт компании Siemens вышел вчера."),
        },
        Example::Good { text: "Купили iPhone и MacBook, а ещё IT-журнал." },
    ],
};

impl Check for GluedScripts {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        mixed::report(cx, Cause::Glued, out);
        after_bracket(cx, out);
    }
}

/// A bracket with a Latin word in it, and the next word of the text's own script right behind it.
fn after_bracket(cx: &Context<'_>, out: &mut Sink) {
    let prose = cx.prose();
    for block in
        cx.blocks(Signals::INDIC.or(Signals::HEBREW).or(Signals::ARABIC).or(Signals::ARMENIAN).or(Signals::GEORGIAN))
    {
        let Some(text) = prose.get(block.range()) else { continue };
        for at in memchr::memchr_iter(b')', text.as_bytes()) {
            let inside = text[..at].rfind('(').filter(|open| at - open < 60);
            let Some(open) = inside else { continue };
            let latin = text[open + 1..at].chars().all(|c| c.is_ascii_alphabetic() || c == ' ') && at - open > 3;
            if !latin || !text[..open].ends_with(' ') {
                continue;
            }
            let rest = &text[at + 1..];
            let word = rest.find(|c| !(props(c).is_letter() || props(c).is_mark())).unwrap_or(rest.len());
            let native =
                rest.chars().next().is_some_and(|c| props(c).is_letter() && props(c).script() != Script::Latin);
            // Short endings may follow a bracket; a word may not.
            if !native
                || rest[..word].chars().count() < 4
                || text[..open].trim_end().chars().next_back().map(|c| props(c).script())
                    != rest.chars().next().map(|c| props(c).script())
            {
                continue;
            }
            let start = text[..at].rfind([' ', '(']).map_or(at, |i| i + 1);
            let span = Span::new(block.start + start, block.start + at + 1 + word);
            let insert = block.start + at + 1;
            let fix = Fix {
                safety: Safety::Suggested,
                title: "insert a space".into(),
                edits: vec![Edit { span: Span::new(insert, insert), text: " ".into() }],
            };
            let message = format!("The space after the bracket before «{}» is missing.", &rest[..word]);
            out.report(span, 0.75, message, Some(fix));
        }
    }
}
