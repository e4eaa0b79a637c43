//! Spaces of other scripts, and text whose every blank is a no-break space.

use super::near;
use crate::{
    analysis::{
        Signals,
        around::{char_after, char_before, line_at, word_after, word_before},
    },
    check::{Check, Context, Example, Meta, Sink},
    finding::{Edit, Fix, Safety, Severity},
    text::Span,
    unicode::{Script, script, short_name},
};
use memchr::memmem;
use std::sync::OnceLock;

pub(super) struct OddSpace;

/// The no-break space.
const NBSP: [u8; 2] = *b"\xC2\xA0";

static META: Meta = Meta {
    name: "hidden/odd-space",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "space of another script; no-break spaces throughout",
    why: "The ideographic space is as wide as a Chinese character and the Ogham space may be a line; between words of \
          other scripts they come from another keyboard. A line in which every blank is a no-break space came out of a \
          web page and will not wrap.",
    when_wrong: "The width is meant.",
    fix: "Writes plain blanks.",
    needs: Signals::ODD_SPACE,
    examples: &[
        Example::Bad {
            text: "The market\u{3000}opens at eight.",
            find: &["\u{3000}"],
            fixed: Some("The market opens at eight."),
        },
        Example::Bad {
            text: "Every\u{a0}blank\u{a0}of\u{a0}this\u{a0}line\u{a0}came\u{a0}from\u{a0}a\u{a0}web\u{a0}page.",
            find: &["Every\u{a0}blank\u{a0}of\u{a0}this\u{a0}line\u{a0}came\u{a0}from\u{a0}a\u{a0}web\u{a0}page."],
            fixed: Some("Every blank of this line came from a web page."),
        },
        Example::Bad {
            text: "The ferry\u{a0}leaves from the north\u{a0}side of the harbour.",
            find: &["\u{a0}"],
            fixed: Some("The ferry leaves from the north side of the harbour."),
        },
        Example::Bad { text: "The ferry\u{2003}leaves.", find: &["\u{2003}"], fixed: Some("The ferry leaves.") },
        Example::Good { text: "Chapter One\u{2003}The Harbour" },
        Example::Good {
            text: "Для\u{a0}него это\u{a0}важно, потому\u{a0}что дом стоит у\u{a0}моря."
        },
        Example::Good { text: "東京\u{3000}タワー\u{3000}Tokyo\u{3000}Tower" },
        Example::Good { text: "Il coûte 1\u{202f}250\u{a0}€\u{a0}; qui paiera\u{a0}?" },
        Example::Good { text: "Дом стоит 1\u{a0}200\u{a0}₽, а\u{a0}сад\u{a0}— ещё больше." },
        Example::Good { text: "10\u{2009}km and\u{a0}200\u{a0}m" },
        Example::Good { text: "\u{3000}\u{3000}第一章" },
    ],
};

impl Check for OddSpace {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let text = cx.text();
        let mut no_break = Vec::new();
        for block in cx.blocks(Signals::ODD_SPACE) {
            let Some(part) = text.as_bytes().get(block.range()) else { continue };
            for space in finders() {
                for at in space.find_iter(part) {
                    wide(cx, Span::new(block.start + at, block.start + at + space.needle().len()), out);
                }
            }
            let follows = |at: &usize, rest: &[u8]| part.get(at + 1..).is_some_and(|part| part.starts_with(rest));
            for at in memchr::memchr_iter(0xE2, part).filter(|at| follows(at, b"\x80")) {
                typeset(cx, block.start + at, out);
            }
            no_break.clear();
            let all = memchr::memchr_iter(NBSP[0], part).filter(|at| follows(at, &NBSP[1..]));
            no_break.extend(all.map(|at| block.start + at));
            only_no_break(cx, &no_break, out);
            no_break_pairs(cx, &no_break, out);
        }
    }
}

/// What looks for wide spaces: to set it up costs more than to look through a part of a text.
fn finders() -> &'static [memmem::Finder<'static>; 2] {
    static FINDERS: OnceLock<[memmem::Finder<'static>; 2]> = OnceLock::new();
    FINDERS.get_or_init(|| ["\u{3000}", "\u{1680}"].map(memmem::Finder::new))
}

fn wide(cx: &Context<'_>, span: Span, out: &mut Sink) {
    let text = cx.text();
    let (before, after) = (char_before(text, span.start), char_after(text, span.end));
    let word = |c: Option<char>| c.is_some_and(|c| near::is_letter(c) || c.is_ascii_digit() || ".,;:!?)".contains(c));
    if !word(before) || !word(after) || near::in_markup(cx, span.start) {
        return;
    }
    let east_asian = |c: char| {
        !c.is_ascii()
            && !c.is_whitespace()
            && (near::is_unspaced(c)
                || matches!(script(c), Script::Hangul | Script::Ogham)
                || matches!(c, '、' | '。' | '\u{ff01}'..='\u{ff60}'))
    };
    if text[line_at(text, span.start).range()].chars().any(east_asian)
        || cx.blocks(Signals::HAN.or(Signals::KANA)).iter().any(|b| b.contains(span))
    {
        return;
    }
    let c = char_after(text, span.start).unwrap_or(' ');
    let message = format!(
        "{} (U+{:04X}){} between words of another script; write a plain blank",
        near::capitalised(&short_name(c)),
        c as u32,
        near::place(text, span)
    );
    out.replace(span, 0.85, message, Safety::Suggested, " ");
}

/// A typesetter's space of fixed width between two small letters: in a word, or for the blank between two.
fn typeset(cx: &Context<'_>, at: usize, out: &mut Sink) {
    let text = cx.text();
    let Some(c) = char_after(text, at) else { return };
    // The thin space and the figure space belong into numbers and before signs.
    if !matches!(c, '\u{2000}'..='\u{2006}' | '\u{2008}' | '\u{200a}') {
        return;
    }
    let span = Span::new(at, at + c.len_utf8());
    let small = |c: Option<char>| c.is_some_and(|c| c.is_lowercase());
    if !small(char_before(text, span.start)) || !small(char_after(text, span.end)) || near::in_markup(cx, at) {
        return;
    }
    let message = format!(
        "{} (U+{:04X}){}; write a plain blank, or none",
        near::capitalised(&short_name(c)),
        c as u32,
        near::place(text, span)
    );
    out.replace(span, 0.8, message, Safety::Suggested, " ");
}

/// No-break spaces between ordinary words: both have four small letters or more, so no typographer put them there.
fn no_break_pairs(cx: &Context<'_>, spaces: &[usize], out: &mut Sink) {
    let text = cx.text();
    let ordinary = |word: &str| word.chars().count() >= 4 && word.chars().all(char::is_lowercase);
    let mut pairs: Vec<Span> = Vec::new();
    // Most of them stand beside a figure or a capital.
    let small = |at: Option<usize>| {
        at.and_then(|at| text.as_bytes().get(at)).is_some_and(|b| b.is_ascii_lowercase() || !b.is_ascii())
    };
    for &at in spaces {
        if !small(at.checked_sub(1)) || !small(Some(at + NBSP.len())) {
            continue;
        }
        let span = Span::new(at, at + NBSP.len());
        let (left, right) = (word_before(text, span.start), word_after(text, span.end));
        let outer = (char_before(text, left.start), char_after(text, right.end));
        let free = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || ".,;:!?".contains(c));
        if ordinary(&text[left.range()])
            && ordinary(&text[right.range()])
            && free(outer.0)
            && free(outer.1)
            && !near::in_markup(cx, at)
        {
            pairs.push(span);
        }
    }
    let mut rest = pairs.as_slice();
    while let Some(first) = rest.first() {
        let line = line_at(text, first.start);
        let (here, after) = rest.split_at(rest.iter().take_while(|s| line.contains(**s)).count().max(1));
        rest = after;
        if !text[line.range()].trim().contains(' ') {
            // A line of nothing but these is one finding of its own.
            continue;
        }
        let edits = here.iter().map(|&span| Edit { span, text: " ".to_owned() }).collect();
        let fix = Fix { safety: Safety::Suggested, title: "write plain blanks".to_owned(), edits };
        let (left, right) = (word_before(text, first.start), word_after(text, first.end));
        let message = format!(
            "No-break space (U+00A0) between the ordinary words «{}» and «{}»{}; write a plain blank",
            &text[left.range()],
            &text[right.range()],
            if here.len() > 1 { format!(", and {} more in this line", here.len() - 1) } else { String::new() }
        );
        let severity = if here.len() > 1 { Severity::Warning } else { Severity::Info };
        out.report_as(severity, *first, 0.75, message, Some(fix));
    }
}

/// Lines of several words without one plain blank.
fn only_no_break(cx: &Context<'_>, spaces: &[usize], out: &mut Sink) {
    const LEAST: usize = 6;
    let text = cx.text();
    let mut done = 0;
    for &found in spaces {
        if found < done || blank_follows(text.as_bytes(), found + NBSP.len()) {
            continue;
        }
        let line = line_at(text, found);
        done = line.end + 1;
        let content = &text[line.range()];
        let trimmed = content.trim();
        let start = line.start + (content.len() - content.trim_start().len());
        let span = Span::new(start, start + trimmed.len());
        if trimmed.contains(' ') || near::in_markup(cx, span.start) {
            continue;
        }
        // Between words of letters; not in numbers, tables or indents.
        let gaps: Vec<usize> = memmem::find_iter(trimmed.as_bytes(), &NBSP)
            .map(|i| span.start + i)
            .filter(|&i| {
                char_before(text, i).is_some_and(|c| near::is_letter(c) || ",.;:".contains(c))
                    && char_after(text, i + NBSP.len()).is_some_and(near::is_letter)
            })
            .collect();
        if gaps.len() < LEAST {
            continue;
        }
        let edits = gaps.iter().map(|&i| Edit { span: Span::new(i, i + NBSP.len()), text: " ".to_owned() }).collect();
        let fix = Fix { safety: Safety::Suggested, title: "write plain blanks".to_owned(), edits };
        let message = "Every blank of this line is a no-break space (U+00A0): the line cannot wrap; write plain blanks";
        out.report_as(Severity::Info, span, 0.8, message, Some(fix));
    }
}

/// Whether a plain blank follows between two words of the line.
fn blank_follows(bytes: &[u8], at: usize) -> bool {
    let rest = bytes.get(at..).unwrap_or_default();
    let blank = memchr::memchr2(b' ', b'\n', rest).unwrap_or(rest.len());
    rest.get(blank) == Some(&b' ') && rest.get(blank + 1).is_some_and(u8::is_ascii_graphic)
}
