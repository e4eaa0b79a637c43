//! Straight quotation marks in a document that uses typographic ones.

use super::habit;
use crate::{
    analysis::{QuotePair, Quotes, Signals, around::line_at},
    check::{Check, Context, Example, Meta, Sink},
    finding::{Edit, Fix, Safety, Severity},
    text::Span,
};

pub(super) struct MixedQuotes;

static META: Meta = Meta {
    name: "typography/mixed-quotes",
    since: "0.1.0",
    severity: Severity::Info,
    summary: "straight and typographic quotation marks in one document",
    why: "Text from two sources was pasted together, or one program set typographic quotation marks and another did \
          not. A publication uses one style.",
    when_wrong: "The straight marks belong to a sample of code or to a form field.",
    fix: "Writes the odd quotation in the style of the rest, apostrophes inside it too.",
    needs: Signals::QUOTE.or(Signals::APOSTROPHE),
    examples: &[
        Example::Bad {
            text: "“We waited,” she said. “Nobody came.” The letter spoke of a \"delay\" and of “next week”.",
            find: &["\"delay\""],
            fixed: Some("“We waited,” she said. “Nobody came.” The letter spoke of a “delay” and of “next week”."),
        },
        Example::Bad {
            text: "„Wir warten“, sagte sie. „Niemand kam.“ Im Brief stand \"später\", und „morgen“ stand da auch.",
            find: &["\"später\""],
            fixed: Some("„Wir warten“, sagte sie. „Niemand kam.“ Im Brief stand „später“, und „morgen“ stand da auch."),
        },
        Example::Good { text: "She said \"no\", then \"perhaps\", then \"yes\", and it wasn't clear why." },
        Example::Good { text: "“No,” she said. “It isn’t ‘done’ yet,” and that was that." },
        Example::Good { text: "« Non », dit-elle, et \"peut-être\" ne vint jamais." },
    ],
};

/// More findings than this in one document become one.
const MOST: usize = 20;
/// So few typographic quotations among many straight ones are odd; more of them have a purpose of their own.
const FEW: usize = 2;

impl Check for MixedQuotes {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let prose = cx.prose();
        let quotes = cx.facts().quotes(prose);
        let (straight, typographic) = habit::styles(quotes);
        if typographic < 2 {
            return;
        }
        let is_free = |p: &&QuotePair| !cx.facts().is_opaque(prose, p.open.0) && !is_syntax(prose, p);
        if !habit::prefers_typographic(straight, typographic) {
            if typographic > FEW {
                return;
            }
            let odd: Vec<_> = quotes.pairs.iter().filter(|p| p.is_typographic()).filter(is_free).collect();
            report(prose, quotes, &odd, ('"', '"'), straight, out);
            return;
        }
        let marks = habit::marks(cx, quotes);
        let mut odd: Vec<_> = quotes.pairs.iter().filter(|p| p.is_straight()).filter(is_free).collect();
        odd.extend(quotes.singles.iter().filter(|p| is_heading_quote(prose, p)));
        odd.sort_by_key(|p| p.span());
        report(prose, quotes, &odd, marks, typographic, out);
    }
}

/// Straight single marks count only at the start of a heading: elsewhere they may be apostrophes.
fn is_heading_quote(prose: &str, pair: &QuotePair) -> bool {
    let line = line_at(prose, pair.open.0.start);
    let above = prose[..line.start].trim_end_matches('\n').len();
    let stands_alone = line.start == 0 || line.start - above >= 2;
    line.start == pair.open.0.start
        && stands_alone
        && line.len() < 80
        && !prose[line.range()].ends_with(['.', ',', ';'])
}

/// Marks of a programming language or a data format: `name="value"`, `f("x")`.
fn is_syntax(prose: &str, pair: &QuotePair) -> bool {
    let line = &prose[line_at(prose, pair.open.0.start).range()];
    // A request of roff: `.SH "SEE ALSO"`.
    line.starts_with('.')
        || prose[..pair.open.0.start].ends_with(['=', '(', '[', '{', ':', ','])
        || prose[pair.close.0.end..].starts_with([']', '}', '=', ':'])
}

fn report(prose: &str, quotes: &Quotes, odd: &[&QuotePair], marks: (char, char), others: usize, out: &mut Sink) {
    let edits = |pair: &QuotePair| {
        let single = pair.open.1 == '\'';
        let (open, close) = if single { ('‘', '’') } else { marks };
        let mut edits = vec![Edit { span: pair.open.0, text: open.to_string() }];
        if !marks.0.is_ascii() && quotes.curly_apostrophes > 0 {
            let inside = quotes.straight_apostrophes.iter().filter(|s| pair.span().contains(**s));
            edits.extend(inside.map(|s| Edit { span: *s, text: "’".into() }));
        }
        edits.push(Edit { span: pair.close.0, text: close.to_string() });
        edits
    };
    let style = if marks.0.is_ascii() { "straight" } else { "typographic" };
    let other = if marks.0.is_ascii() { "typographic" } else { "straight" };
    if odd.len() > MOST {
        let first = odd[0];
        let fix = Fix {
            safety: Safety::Suggested,
            title: format!("write all {} with «{}…{}»", odd.len(), marks.0, marks.1),
            edits: odd.iter().flat_map(|p| edits(p)).collect(),
        };
        let message =
            format!("{} quotations with {other} marks among {others} with {style} ones; this is the first", odd.len());
        out.report(first.span(), 0.8, message, Some(fix));
        return;
    }
    for pair in odd {
        let fix =
            Fix {
                safety: Safety::Suggested, title: format!("write «{}…{}»", marks.0, marks.1), edits: edits(pair)
            };
        let text = &prose[pair.span().range()];
        let message =
            format!("{other} quotation marks in a document that also has {others} quotations with {style} ones");
        out.report(Span::new(pair.open.0.start, pair.open.0.start + text.len()), 0.8, message, Some(fix));
    }
}
