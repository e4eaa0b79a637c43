//! Text that stands twice: a headline repeated, a standfirst that is the opening of the next paragraph, a paragraph
//! pasted again.

use super::near;
use crate::{
    analysis::{Signals, places::window},
    check::{Check, Context, Example, Meta, Sink},
    finding::{Edit, Fix, Safety, Severity},
    region::Format,
    text::{Mixing, Span},
};
use std::collections::{HashMap, HashSet};

/// The check.
pub(super) struct RepeatedText;

static META: Meta = Meta {
    name: "markup/repeated-text",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "headline or paragraph that stands twice",
    why: "Pages print the headline and the first sentence several times: in the title, above the picture, in the text. Copied, the reader reads them twice. A paragraph of running prose stands twice when something was pasted again.",
    when_wrong: "A refrain, a form or a list that repeats itself on purpose: silence the line.",
    fix: "Deletes the repetition; only suggested.",
    needs: Signals::ANY,
    examples: &[
        Example::Bad {
            text: "Ferry to run every hour from May\n\nThe ferry to the island will run every hour, the company said on Tuesday.\n\nFerry to run every hour from May",
            find: &["Ferry to run every hour from May"],
            fixed: Some(
                "Ferry to run every hour from May\n\nThe ferry to the island will run every hour, the company said on Tuesday.",
            ),
        },
        Example::Bad {
            text: "Паром пойдёт каждый час\n\nПаром на остров с мая пойдёт каждый час, сообщили во вторник в компании на пристани\n\nПаром пойдёт каждый час\n\nПаром на остров с мая пойдёт каждый час, сообщили во вторник в компании на пристани, передаёт газета.",
            find: &[
                "Паром на остров с мая пойдёт каждый час, сообщили во вторник в компании на пристани",
                "Паром пойдёт каждый час",
            ],
            fixed: Some(
                "Паром пойдёт каждый час\n\nПаром на остров с мая пойдёт каждый час, сообщили во вторник в компании на пристани, передаёт газета.",
            ),
        },
        Example::Bad {
            text: "Il traghetto per l'isola partirà ogni ora da maggio, ha detto martedì la compagnia ai giornalisti riuniti nel porto.\n\nIl traghetto per l'isola partirà ogni ora da maggio, ha detto martedì la compagnia ai giornalisti riuniti nel porto.\n\nI biglietti costano come prima.",
            find: &[
                "Il traghetto per l'isola partirà ogni ora da maggio, ha detto martedì la compagnia ai giornalisti riuniti nel porto.",
            ],
            fixed: Some(
                "Il traghetto per l'isola partirà ogni ora da maggio, ha detto martedì la compagnia ai giornalisti riuniti nel porto.\n\nI biglietti costano come prima.",
            ),
        },
        Example::Good {
            text: "Row, row, row your boat\nGently down the stream\nMerrily, merrily, merrily, merrily\nRow, row, row your boat",
        },
        Example::Good {
            text: "What did you see that night?\n\nNothing.\n\nWhat did you see that night?\n\nNothing, I told you.",
        },
        Example::Good { text: "Name: ________\nDate: ________\nName: ________\nDate: ________" },
        Example::Good { text: "Chapter one\n\nIt rained all day.\n\nChapter one ends here, and the rain with it." },
    ],
};

/// Words that a paragraph needs before its repetition means anything.
const PARAGRAPH: usize = 15;

impl Check for RepeatedText {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn formats(&self) -> &'static [Format] {
        &[Format::Plain]
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let text = cx.text();
        let lines = cx.facts().lines(text);
        let mut taken: Vec<Span> = Vec::new();
        headline(text, lines, &mut taken, out);
        standfirst(text, lines, &mut taken, out);
        paragraphs(text, lines, &taken, out);
    }
}

/// What is compared: letters and digits, in lower case.
fn folded(line: &str) -> impl Iterator<Item = char> {
    line.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// The lines that hold something, at most `most`.
fn filled<'l>(text: &'l str, lines: &'l [Span], most: usize) -> impl Iterator<Item = Span> + 'l {
    lines.iter().map(|l| trimmed(text, *l)).filter(|l| !l.is_empty()).take(most)
}

fn trimmed(text: &str, line: Span) -> Span {
    let part = &text[line.range()];
    let is_blank = |c: char| c.is_whitespace() || c == '\u{feff}';
    // Most lines have no blanks at their edges.
    let (first, last) = (part.chars().next(), part.chars().next_back());
    if first.is_some_and(|c| !is_blank(c)) && last.is_some_and(|c| !c.is_whitespace()) {
        return line;
    }
    let start = line.start + (part.len() - part.trim_start_matches(is_blank).len());
    Span::new(start, start + text[start..line.end].trim_end().len())
}

/// A headline again within the first lines or as the last line.
fn headline(text: &str, lines: &[Span], taken: &mut Vec<Span>, out: &mut Sink) {
    let first: Vec<Span> = filled(text, lines, 8).collect();
    // One of the first lines is the headline; what stands above it may be furniture.
    let last = lines.iter().rev().map(|l| trimmed(text, *l)).find(|l| !l.is_empty());
    let prose = |s: &Span| {
        let part = &text[s.range()];
        part.len() > 60
            && part
                .trim_end_matches(['"', '”', '»', '’', ')'])
                .ends_with(['.', '!', '?', '…', '。', '।', '؟', '။', '།'])
    };
    // Without a paragraph it is a song, a form or a list.
    if !lines.iter().any(|l| prose(&trimmed(text, *l))) {
        return;
    }
    for (i, head) in first.iter().enumerate().take(4) {
        let part = &text[head.range()];
        let words = part.split_whitespace().count();
        let unspaced = part.chars().filter(|c| !c.is_ascii()).count() >= 10 && words < 3;
        if part.len() > 200
            || (words < 4 && !unspaced)
            || part.ends_with(['.', '?', ':', ';', ',', '。'])
            || part.starts_with(['-', '*', '•', '|'])
        {
            continue;
        }
        let near = first.iter().skip(i + 1).take(6).copied();
        let again = near.chain(last.filter(|l| l.start > head.end));
        let again: Vec<Span> =
            again.filter(|s| s.len() <= part.len() + 8 && folded(&text[s.range()]).eq(folded(part))).collect();
        for span in again {
            if !taken.contains(&span) {
                taken.push(span);
                report(text, span, "the headline stands here a second time", out);
            }
        }
    }
}

/// A line without its full stop that one of the next lines begins with.
fn standfirst(text: &str, lines: &[Span], taken: &mut Vec<Span>, out: &mut Sink) {
    let first: Vec<Span> = filled(text, lines, 12).collect();
    for (i, span) in first.iter().enumerate() {
        let part = &text[span.range()];
        let opening = part.trim_end_matches(['.', '…', ' ']);
        if opening.chars().count() <= 40 || opening.ends_with([':', ';', ',', '|']) || taken.contains(span) {
            continue;
        }
        let begins = |later: &Span| {
            let rest = text[later.range()].strip_prefix(opening);
            rest.is_some_and(|r| {
                r.len() > 3 && r.starts_with(|c: char| !c.is_alphanumeric()) && r.chars().any(char::is_alphabetic)
            })
        };
        if first.iter().skip(i + 1).take(4).any(begins) {
            taken.push(*span);
            report(text, *span, "a paragraph below begins with this very line", out);
        }
    }
}

/// A paragraph of running prose that stands twice.
fn paragraphs(text: &str, lines: &[Span], taken: &[Span], out: &mut Sink) {
    const LEAST: usize = 80;
    let long: Vec<Span> = lines.iter().filter(|l| l.len() >= LEAST).copied().collect();
    if long.len() < 2 {
        return;
    }
    let mut seen: HashMap<&str, Span, Mixing> = HashMap::default();
    for (at, line) in alike(text, &long) {
        let span = trimmed(text, line);
        let Some(before) = seen.insert(&text[span.range()], line) else { continue };
        let last = at.checked_sub(1).and_then(|at| long.get(at));
        let directly = last.is_some_and(|l| text[l.end..line.start].trim().is_empty());
        let part = &text[span.range()];
        let words = part.split_whitespace().count();
        let sentence =
            part.trim_end_matches(['"', '”', '»', '’', ')']).ends_with(['.', '!', '?', '…', '。', '।', '؟', '።', '။']);
        if taken.contains(&span)
            || !sentence
            || part.starts_with(['|', '>', '#', '*', '-', '•', '['])
            || part.starts_with(|c: char| c.is_ascii_digit())
            || (words < PARAGRAPH && part.chars().count() < 60)
            || (words < PARAGRAPH && part.is_ascii())
        {
            continue;
        }
        let directly = directly && before.end <= span.start && text[before.end..span.start].trim().is_empty();
        let message = if directly {
            "this paragraph stands twice in a row"
        } else {
            "this paragraph stands further up already, word for word"
        };
        let severity = if directly { Severity::Warning } else { Severity::Info };
        out.report_as(severity, span, 0.9, message, Some(fix(text, span)));
    }
}

/// Of these lines, with their numbers, those that may stand there twice: most are told apart by their length and their
/// first and last bytes.
fn alike<'l>(text: &str, lines: &'l [Span]) -> impl Iterator<Item = (usize, Span)> + 'l {
    let bytes = text.as_bytes();
    let print = |line: &Span| {
        let mut part = bytes.get(line.range()).unwrap_or_default();
        // Most lines have no blanks at their edges.
        if !matches!(part, [first, .., last] if first.is_ascii_graphic() & last.is_ascii_graphic()) {
            part = bytes.get(trimmed(text, *line).range()).unwrap_or_default();
        }
        let ends = window(part, 0).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ window(part, part.len().saturating_sub(8));
        (ends ^ ends >> 32 ^ part.len() as u64).wrapping_mul(0xD6E8_FEB8_6659_FD93)
    };
    let prints: Vec<u64> = lines.iter().map(print).collect();
    let slots = (16 * lines.len()).next_power_of_two();
    let mut once = vec![0u64; slots / 64 + 1];
    // Hardly any line shares its place with another one.
    let mut shared = once.clone();
    let mut twice = HashSet::<u64, Mixing>::default();
    let place = move |print: u64| {
        let slot = (print >> 32) as usize & (slots - 1);
        (slot >> 6, 1 << (slot & 63))
    };
    for print in &prints {
        let (at, bit) = place(*print);
        if once[at] & bit != 0 {
            shared[at] |= bit;
            twice.insert(*print);
        }
        once[at] |= bit;
    }
    lines
        .iter()
        .copied()
        .zip(prints)
        .enumerate()
        .filter(move |(_, (_, print))| {
            let (at, bit) = place(*print);
            shared[at] & bit != 0 && twice.contains(print)
        })
        .map(|(at, (line, _))| (at, line))
}

fn fix(text: &str, span: Span) -> Fix {
    let edits = vec![Edit { span: near::deletion(text, span), text: String::new() }];
    Fix { safety: Safety::Suggested, title: "delete it".into(), edits }
}

fn report(text: &str, span: Span, message: &str, out: &mut Sink) {
    out.report(span, 0.9, message, Some(fix(text, span)));
}
