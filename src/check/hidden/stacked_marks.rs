//! Letters buried under marks, and the same mark twice.

use super::near;
use crate::{
    analysis::{Signals, places::beginnings},
    check::{Check, Context, Example, Meta, Sink},
    finding::{Edit, Fix, Safety, Severity},
    text::Span,
    unicode::{Script, flag, props, script, short_name},
};

pub(super) struct StackedMarks;

static META: Meta = Meta {
    name: "hidden/stacked-marks",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "letters under a stack of marks; the same mark twice",
    why: "A stack of marks spills over the lines above and below and makes a text unreadable; a mark that was typed \
          twice cannot be seen, but the word is no longer the same for a search.",
    when_wrong: "The marks are a notation of their own.",
    fix: "Deletes the stack, or the second of two equal marks.",
    needs: Signals::MARK,
    examples: &[
        Example::Bad {
            text: "T\u{301}\u{302}\u{336}\u{321}h\u{316}\u{317}\u{318}\u{319}e end",
            find: &["T\u{301}\u{302}\u{336}\u{321}h\u{316}\u{317}\u{318}\u{319}"],
            fixed: Some("The end"),
        },
        Example::Bad { text: "x\u{304}\u{304} is the mean", find: &["\u{304}"], fixed: Some("x\u{304} is the mean") },
        Example::Bad { text: "น่\u{e48}ารัก", find: &["\u{e48}"], fixed: Some("น่ารัก") },
        Example::Good { text: "ǖ\u{301} and ệ and r\u{325}\u{304}\u{301}" },
        Example::Good { text: "בְּרֵאשִׁ֖ית בָּרָ֣א" },
        Example::Good { text: "ٱلرَّحْمَٰنِ" },
        Example::Good { text: "བསྒྲུབས་" },
    ],
};

/// So many marks on one letter no orthography or notation writes.
const STACK: usize = 4;

impl Check for StackedMarks {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let text = cx.text();
        for line in cx.blocks(Signals::MARK).into_iter().flat_map(|block| lines_with_stacks(text, block)) {
            let Some(part) = text.get(line.range()) else { continue };
            let mut base = line.start;
            let mut count = 0;
            let mut last = '\0';
            let mut stack: Option<Stack> = None;
            for (i, c) in part.char_indices() {
                if c.is_ascii() && last == '\0' {
                    base = line.start + i;
                    continue;
                }
                let at = line.start + i;
                if !c.is_ascii() && is_plain_mark(c) {
                    count += 1;
                    if c == last && doubled(c) && !near::in_markup(cx, at) {
                        let span = Span::new(at, at + c.len_utf8());
                        let name = near::capitalised(&short_name(c));
                        let message = format!("{name} (U+{:04X}) twice on one letter; delete one", c as u32);
                        out.report(span, 0.8, message, Some(near::delete(Safety::Suggested, span)));
                    }
                    last = c;
                    if count >= STACK && !may_pile_up(c) {
                        let stack = stack.get_or_insert_with(|| Stack::new(base));
                        stack.end = at + c.len_utf8();
                    }
                    continue;
                }
                // A letter without a stack ends the run of them; one with three marks goes on with it.
                if count + 1 < STACK
                    && let Some(stack) = stack.take()
                {
                    stack.report(cx, out);
                }
                (base, count, last) = (at, 0, '\0');
            }
            if let Some(stack) = stack {
                stack.report(cx, out);
            }
        }
    }
}

/// The lines of a block with a mark that is looked at, twice, or behind two others: in most texts there is none.
fn lines_with_stacks(text: &str, block: Span) -> Vec<Span> {
    let is_mark = |c: char| !c.is_ascii() && is_plain_mark(c);
    let mut lines: Vec<Span> = Vec::new();
    let Some(part) = text.get(block.range()) else { return lines };
    let bytes = part.as_bytes();
    // In Thai and Lao every mark is watched, and every other letter has one: of these it is enough to count how many follow
    // one another, and to see whether one is the same as the last.
    let mut watched = (usize::MAX, 0);
    beginnings(bytes, is_watched, |at| {
        let last = at.wrapping_sub(3);
        let thai =
            matches!(bytes.get(last..).and_then(|b| b.first_chunk()), Some([0xE0, 0xB8..=0xBB, _, 0xE0, 0xB8..=0xBB]));
        let marks = match watched {
            (before, marks) if thai => {
                if before == last {
                    marks + 1
                } else {
                    1
                }
            }
            _ => STACK,
        };
        watched = (at, marks);
        if marks < STACK - 1 && (marks == 1 || bytes.get(last..at) != bytes.get(at..at + 3)) {
            return;
        }
        let Some((before, rest)) = part.split_at_checked(at) else { return };
        let (mut back, mut after) = (before.chars().rev(), rest.chars());
        let (Some(c), next) = (after.next(), after.next()) else { return };
        let last = back.next();
        let mut is_stack =
            || next == Some(c) || last == Some(c) || last.is_some_and(is_mark) && back.next().is_some_and(is_mark);
        let place = block.start + at;
        if is_mark(c) && is_stack() && lines.last().is_none_or(|l| l.end <= place) {
            let start = before.rfind('\n').map_or(block.start, |i| block.start + i + 1);
            let end = rest.find('\n').map_or(block.end, |i| place + i);
            lines.push(Span::new(start, end));
        }
    });
    lines
}

/// Whether four bytes may begin with a mark that piles up on no letter, or that nobody writes twice.
fn is_watched([a, b, c, _]: [u8; 4]) -> bool {
    let common = (a == 0xCC) | (a == 0xCD) | (a == 0xD2) | (a == 0xD6) | (a == 0xD7) | (a >= 0xEA);
    let arabic = (a == 0xD9) & ((0x8B..=0x9F).contains(&b) | (b == 0xB0));
    // The second byte says which half of the block of Thai or Lao it is.
    let above = ((b & 0xFD) == 0xB8) & ((c == 0xB1) | (0xB4..=0xBC).contains(&c));
    let below = ((b & 0xFD) == 0xB9) & (0x86..=0x8F).contains(&c);
    let e0 = (a == 0xE0) & (above | below);
    let e1 = (a == 0xE1) & ((b == 0xAA) | (b == 0xAB) | (b == 0xB3) | (b == 0xB6) | (b == 0xB7));
    let e2 = (a == 0xE2) & ((b == 0x83) | (b == 0xB7));
    common | arabic | e0 | e1 | e2 | ((a == 0xE3) & ((b == 0x80) | (b == 0x82)))
}

/// Letters with stacks, side by side.
struct Stack {
    start: usize,
    end: usize,
}

impl Stack {
    fn new(start: usize) -> Stack {
        Stack { start, end: start }
    }
    fn report(self, cx: &Context<'_>, out: &mut Sink) {
        let span = Span::new(self.start, self.end);
        if near::in_code(cx, span.start) {
            return;
        }
        let edits = cx.text()[span.range()]
            .char_indices()
            .filter(|(_, c)| is_plain_mark(*c))
            .map(|(i, c)| Edit { span: Span::new(span.start + i, span.start + i + c.len_utf8()), text: String::new() })
            .collect();
        let fix = Fix { safety: Safety::Suggested, title: "delete the marks".to_owned(), edits };
        out.report(span, 0.85, "Letters under a stack of combining marks; delete the marks", Some(fix));
    }
}

/// A mark that sits over, under or on its letter; vowel signs of Indian scripts are letters of their own.
fn is_plain_mark(c: char) -> bool {
    let p = props(c);
    p.any(flag::NONSPACING) && !p.any(flag::VARIATION_SELECTOR | flag::FORMAT_INVISIBLE | flag::DEFAULT_IGNORABLE)
}

/// Marks that no one writes twice.
fn doubled(c: char) -> bool {
    matches!(script(c), Script::Inherited | Script::Thai | Script::Hebrew)
        && !matches!(c, '\u{64b}'..='\u{655}' | '\u{1cd0}'..='\u{1cff}' | '\u{20d0}'..='\u{20ff}' | '\u{951}'..='\u{954}')
}

/// Scripts whose letters carry more marks by nature.
fn may_pile_up(c: char) -> bool {
    !matches!(script(c), Script::Inherited | Script::Cyrillic | Script::Thai | Script::Lao)
        || matches!(c, '\u{64b}'..='\u{655}' | '\u{670}' | '\u{951}'..='\u{954}' | '\u{1cd0}'..='\u{1cff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::places::beginning_of;

    #[test]
    fn no_mark_that_counts_is_passed_over() {
        for c in '\u{80}'..=char::MAX {
            let counts = is_plain_mark(c) && (doubled(c) || !may_pile_up(c));
            assert!(!counts || is_watched(beginning_of(c)), "U+{:04X}", c as u32);
        }
    }
}
