//! Dates with English names of months.

use crate::{
    analysis::{
        Signals,
        around::{is_inside_quotation, line_of},
    },
    check::Context,
    text::Span,
};
use aho_corasick::packed;
use std::sync::OnceLock;

/// Which comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// `8 February`
    DayFirst,
    /// `February 8`
    MonthFirst,
}

/// A day with the name of its month, in running text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Date {
    pub(super) span: Span,
    pub(super) day: Span,
    pub(super) month: Span,
    pub(super) order: Order,
}

static MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The dates of a text, outside quotations, headings and stamps.
pub(super) fn dates(cx: &Context<'_>) -> Vec<Date> {
    static SEARCH: OnceLock<Option<packed::Searcher>> = OnceLock::new();
    // With the blank before or after it a month is rarer than the bare name.
    let Some(search) = SEARCH.get_or_init(|| packed::Config::new().builder().extend(MONTHS).build()).as_ref() else {
        return Vec::new();
    };
    let prose = cx.prose();
    let mut dates = Vec::new();
    for block in cx.blocks(Signals::DIGIT) {
        let mut from = block.start;
        while let Some(m) = search.find_in(prose.as_bytes(), (from..block.end).into()) {
            from = m.end();
            let month = Span::new(m.start(), m.end());
            let Some(date) = date(prose, month) else { continue };
            // `Thu May 30 19:21`: a stamp.
            let clock = prose.as_bytes()[date.span.end..].iter().take(4).any(|b| *b == b':');
            let line = line_of(prose, date.span);
            let sentence = &prose[line.range()];
            let in_text = sentence.len() > 60
                && sentence[..date.span.start - line.start]
                    .chars()
                    .rev()
                    .skip_while(|c| !c.is_alphabetic())
                    .take(2)
                    .all(char::is_lowercase);
            if !clock
                && (in_text || prose[..date.span.start].ends_with("On "))
                && !is_inside_quotation(prose, date.span)
            {
                dates.push(date);
            }
        }
    }
    dates
}

/// The date that a month belongs to: one or two digits on exactly one side of it.
fn date(prose: &str, month: Span) -> Option<Date> {
    let bytes = prose.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take(3).take_while(|b| b.is_ascii_digit()).count();
    let after = month.end + 1;
    let (mut behind, mut before) = (None, None);
    if bytes.get(month.end) == Some(&b' ') && after < bytes.len() {
        let len = digits(after);
        let next = bytes.get(after + len).copied().unwrap_or(b' ');
        if (1..=2).contains(&len) && !next.is_ascii_alphanumeric() && !matches!(next, b':' | b'/' | b'-' | b'.')
            || (1..=2).contains(&len) && next == b'.' && bytes.get(after + len + 1).is_none_or(|b| !b.is_ascii_digit())
        {
            behind = Some(Span::new(after, after + len));
        }
    }
    if month.start > 1 && bytes[month.start - 1] == b' ' {
        let end = month.start - 1;
        let len = bytes[..end].iter().rev().take(3).take_while(|b| b.is_ascii_digit()).count();
        let prev = if end > len { bytes[end - len - 1] } else { b' ' };
        if (1..=2).contains(&len) && matches!(prev, b' ' | b'\n' | b'(') {
            before = Some(Span::new(end - len, end));
        }
    }
    let edge = !bytes.get(month.end).is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 0x80);
    match (before, behind) {
        (Some(day), None) if edge => {
            Some(Date { span: Span::new(day.start, month.end), day, month, order: Order::DayFirst })
        }
        (None, Some(day)) => Some(Date { span: Span::new(month.start, day.end), day, month, order: Order::MonthFirst }),
        _ => None,
    }
}
