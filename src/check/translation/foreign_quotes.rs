//! «…» or „…“ all through a text in a language that sets “…”.

use crate::{
    analysis::{Signals, around::line_of, places::count},
    check::{Check, Context, Example, Meta, Sink},
    finding::{Edit, Fix, Safety, Severity},
    text::Span,
};

pub(super) struct ForeignQuotes;

static META: Meta = Meta {
    name: "translation/foreign-quotes",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "the source language's quotation marks all through the text",
    why: "A translation from Russian, French, Spanish or German kept «…» or „…“. English and Indonesian readers know \
          them from foreign languages only.",
    when_wrong: "A house style that wants them.",
    fix: "Writes “…” for all of them.",
    needs: Signals::QUOTATION,
    examples: &[
        Example::Bad {
            text: "The mayor said that the bridge was «in a very poor state» and would be closed. Residents called the plan «too little, too late» and asked for a new one.",
            find: &["«in a very poor state»"],
            fixed: Some(
                "The mayor said that the bridge was “in a very poor state” and would be closed. Residents called the plan “too little, too late” and asked for a new one.",
            ),
        },
        Example::Bad {
            text: "He told the paper that „the work is nearly done“ and that it had cost less than planned. The union called this „a fairy tale for the children“ and went on strike.",
            find: &["„the work is nearly done“"],
            fixed: Some(
                "He told the paper that “the work is nearly done” and that it had cost less than planned. The union called this “a fairy tale for the children” and went on strike.",
            ),
        },
        Example::Good {
            text: "The class is marked «interface» in the diagram, the arrow «include», and the box on the left «abstract», as the method wants it to be.",
        },
        Example::Good {
            text: "“We are closed,” she said. The sign on the door said «fermé pour cause de vacances», and “nobody knows until when,” as the neighbour told us.",
        },
        Example::Good {
            text: "Le maire a dit que le pont était « en très mauvais état » et qu'il serait fermé. Les habitants trouvent que c'est « trop peu et trop tard ».",
        },
        Example::Good {
            text: "« Previous page of the report | Next page of the report »\nThe table of contents is on the first page of the report.",
        },
    ],
};

/// Languages that never set these marks themselves.
static LANGUAGES: &[&str] = &["en", "id", "ms"];

impl Check for ForeignQuotes {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let prose = cx.prose();
        // To know the language of a short text costs more than to look for the marks.
        const LONG: usize = 32 << 10;
        let speaks = || cx.lang().is_some_and(|tag| LANGUAGES.contains(&tag));
        if prose.len() > LONG && !speaks() {
            return;
        }
        let mut pairs: Vec<(Span, Span)> = Vec::new();
        // Neither of the marks looked for stands in a calm block.
        for block in cx.facts().signals(cx.text()).wild_with(META.needs) {
            let part = &prose[block.range()];
            pairs.extend(found(prose, part, block.start, "«", "»"));
            // Most texts have none of these: looked for once.
            if memchr::memmem::find(part.as_bytes(), "„".as_bytes()).is_some() {
                pairs.extend(found(prose, part, block.start, "„", "“"));
                pairs.extend(found(prose, part, block.start, "„", "”"));
            }
        }
        pairs.sort_by_key(|(open, _)| open.start);
        pairs.dedup_by_key(|(open, _)| open.start);
        // Single words may be terms of a method; sentences and phrases are quotations.
        let phrases = pairs.iter().filter(|(a, b)| prose[a.end..b.start].trim().contains(' ')).count();
        if pairs.len() < 2 || phrases * 2 < pairs.len() || phrases < 2 {
            return;
        }
        // What stands between them must be words of this language, in its letters.
        let own =
            pairs.iter().filter(|(a, b)| prose[a.end..b.start].bytes().filter(|c| *c >= 0x80).count() < 4).count();
        if own * 4 < pairs.len() * 3 || count_cyrillic(prose) * 10 > prose.len() {
            return;
        }
        // In a text that has the language's own marks too, the others may stand round words of their language.
        let marks = |mark: &str| memchr::memmem::find_iter(prose.as_bytes(), mark).count();
        let english = marks("“").saturating_sub(marks("„"));
        let straight = count(prose.as_bytes(), |b| b == b'"') / 2;
        if (english + straight) * 2 > pairs.len() || !speaks() {
            return;
        }
        let mut edits = Vec::new();
        for (open, close) in &pairs {
            let inner = &prose[open.end..close.start];
            let blank = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}');
            let lead = inner.len() - inner.trim_start_matches(blank).len();
            let tail = inner.len() - inner.trim_end_matches(blank).len();
            edits.push(Edit { span: Span::new(open.start, open.end + lead), text: "“".into() });
            edits.push(Edit { span: Span::new(close.start - tail, close.end), text: "”".into() });
        }
        let Some((first, last)) = pairs.first() else { return };
        let message = format!(
            "{} quotations have marks of another language; this one writes “…”; this is the first",
            pairs.len()
        );
        let fix = Fix { safety: Safety::Suggested, title: "write “…” everywhere".into(), edits };
        out.report(Span::new(first.start, last.end), 0.85, message, Some(fix));
    }
}

/// Bytes that begin Cyrillic letters: such a text is in two languages.
fn count_cyrillic(prose: &str) -> usize {
    count(prose.as_bytes(), |b| (b == 0xD0) | (b == 0xD1))
}

/// The quotations of one kind: both marks in one line, the first one before a word, the second one behind it.
fn found(prose: &str, part: &str, base: usize, open: &str, close: &str) -> Vec<(Span, Span)> {
    let mut pairs = Vec::new();
    let mut at = 0;
    while let Some(i) = memchr::memmem::find(&part.as_bytes()[at..], open.as_bytes()) {
        let start = base + at + i;
        at += i + open.len();
        let from = start + open.len();
        let line = line_of(prose, Span::new(start, from));
        let rest = &prose[from..line.end.max(from)];
        let Some(length) = rest.find(close) else { continue };
        let inner = rest[..length].trim();
        let alone = line.start == start && rest[length + close.len()..].trim().is_empty();
        let joined = prose[..start].chars().next_back().is_some_and(char::is_alphanumeric);
        if inner.is_empty() || inner.contains(open) || alone || joined {
            continue;
        }
        let end = from + length;
        pairs.push((Span::new(start, from), Span::new(end, end + close.len())));
        at = at.max((end + close.len()).saturating_sub(base).min(part.len()));
    }
    pairs
}
