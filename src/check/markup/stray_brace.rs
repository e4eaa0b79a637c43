//! A curly brace that opens or closes nothing.

use super::near;
use crate::{
    analysis::Signals,
    check::{Check, Context, Example, Meta, Sink},
    finding::{Fix, Safety, Severity},
    region::Format,
    text::Span,
};

/// The check.
pub(super) struct StrayBrace;

static META: Meta = Meta {
    name: "markup/stray-brace",
    since: "0.1.0",
    severity: Severity::Error,
    summary: "curly brace without its partner",
    why: "A template or a script left half of a pair behind. Prose has no use for a single curly brace.",
    when_wrong: "A text that quotes code or a formula: put it between code marks, or silence the line.",
    fix: "Deletes a closing brace at the end of a line. Elsewhere the deletion is only suggested.",
    needs: Signals::BRACE,
    examples: &[
        Example::Bad {
            text: "The bridge stays closed until Friday}\nTraffic goes round by the mill.",
            find: &["}"],
            fixed: Some("The bridge stays closed until Friday\nTraffic goes round by the mill."),
        },
        Example::Bad {
            text: "Мост {закрыт до пятницы, сообщила мэрия.",
            find: &["{"],
            fixed: Some("Мост закрыт до пятницы, сообщила мэрия."),
        },
        Example::Good { text: "The set {a, b} is finite, and so is {1}." },
        Example::Good { text: "function open(x) {\n  return x;\n}" },
        Example::Good { text: "He smiled :} and she winked ;{ at him." },
        Example::Good { text: "Press { to go to the start of the paragraph, and the other one to go to its end." },
        Example::Good {
            text: "行の先頭で文字を入力すると、{ コマンドと同様の動作をする。"
        },
        Example::Good { text: "To write one brace in the template, use {{} and go on as before." },
        Example::Good { text: "The list {red,\ngreen, blue} goes over two lines." },
    ],
};

impl Check for StrayBrace {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn formats(&self) -> &'static [Format] {
        &[Format::Plain, Format::Markdown]
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let prose = cx.prose();
        // A document with more than a few braces is not prose, or its braces pair across lines.
        const MOST: usize = 12;
        let mut open: Vec<usize> = Vec::new();
        let mut stray: Vec<usize> = Vec::new();
        let mut seen = 0;
        for block in cx.blocks(Signals::BRACE) {
            for at in memchr::memchr2_iter(b'{', b'}', &prose.as_bytes()[block.range()]).map(|i| i + block.start) {
                seen += 1;
                if prose.as_bytes()[at] == b'{' {
                    open.push(at);
                } else if open.pop().is_none() {
                    stray.push(at);
                }
            }
        }
        stray.append(&mut open);
        if stray.len() > 3 || seen > MOST {
            return;
        }
        stray.sort_unstable();
        let text = cx.text();
        let lone = !text.trim_end().contains('\n');
        for at in stray {
            // A record of one line may be cut out of a text that has the partner.
            let cut =
                lone && (text[..at].trim().is_empty() || text[at + 1..].chars().all(|c| c.is_whitespace() || c == '.'));
            one(text, at, if cut { Severity::Info } else { META.severity }, out);
        }
    }
}

fn one(text: &str, at: usize, severity: Severity, out: &mut Sink) {
    let line = near::line(text, at);
    let part = &text[line.range()];
    let span = Span::new(at, at + 1);
    // Code and formulas have other signs beside the brace; smileys have eyes.
    let code = part.bytes().any(|b| b"{}()[];=<>|\\$`#_%^~@&*+/".contains(&b) && b != b'{' && b != b'}')
        && !part.trim_end_matches(['}', ' ']).ends_with(['.', '!', '?', '…', '”', '"', '»'])
        || part.bytes().any(|b| b"=<>|\\$`#_%^~&*".contains(&b));
    let eyes = near::before(text, at).is_some_and(|c| ":;=8-'".contains(c))
        || near::after(text, at + 1).is_some_and(|c| ":;=-".contains(c));
    // «press { to go back» names the brace; so does what opens a block of code.
    let blank = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || "、，。；：".contains(c));
    let ends = |c: Option<char>| blank(c) || c.is_some_and(|c| ",.;:!?)".contains(c));
    let alone = blank(near::before(text, at)) && ends(near::after(text, at + 1));
    let optional = near::before(text, at) == Some('[');
    let empty_pair = text[at + 1..].starts_with("{}") || text[..at].ends_with("{}");
    let letters = part.chars().filter(|c| c.is_alphabetic()).count();
    if code
        || eyes
        || alone
        || optional
        || empty_pair
        || letters < 12
        || near::in_code_marks(text, span)
        || near::is_mentioned(text, span)
    {
        return;
    }
    let closes = text.as_bytes()[at] == b'}';
    let at_end = part.trim_end().len() + line.start == at + 1;
    let glued = near::before(text, at).is_some_and(|c| !c.is_whitespace());
    let safety = if closes && at_end && glued { Safety::Safe } else { Safety::Suggested };
    let message =
        if closes { "this brace closes nothing; no brace opens before it" } else { "this brace is never closed" };
    out.report_as(severity, span, 0.95, message, Some(Fix::replace(safety, span, "")));
}
