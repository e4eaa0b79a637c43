//! `8 February` in a document that writes `January 24`.

use super::english_article;
use crate::{
    analysis::Signals,
    check::{Check, Context, Example, Meta, Sink},
    finding::{Fix, Safety, Severity},
    text::Span,
};
use aho_corasick::{AhoCorasick, MatchKind};
use std::sync::LazyLock;

pub(super) struct DateFormat;

static META: Meta = Meta {
    name: "consistency/date-format",
    since: "0.1.0",
    severity: Severity::Info,
    summary: "date in another format than the other dates of the document",
    why: "The order of day and month follows the source language in one sentence and the house style in the next. A \
          text keeps to one order.",
    when_wrong: "The date stands in a quotation, a title or a reference that must stay.",
    fix: "Writes the date as the document writes the others.",
    needs: Signals::DIGIT,
    examples: &[
        Example::Bad {
            text: "The talks began on March 3 and went on until March 9. A second round is planned for 14 April in the \
                   same town.",
            find: &["14 April"],
            fixed: Some(
                "The talks began on March 3 and went on until March 9. A second round is planned for April 14 in the \
                 same town.",
            ),
        },
        Example::Bad {
            text: "The treaty, signed on 12th of June 2015, was renewed on Nov. 3 and again on May 5, 2020.",
            find: &["12th of June 2015"],
            fixed: Some("The treaty, signed on June 12, 2015, was renewed on Nov. 3 and again on May 5, 2020."),
        },
        Example::Good { text: "She was born on 3 May 1970 and died on 4 June 2020; the funeral is on 9 June." },
        Example::Good { text: "On the 4th of July 1776 they signed; since July 4, 1777, people celebrate." },
        Example::Good {
            text: "In March 2011 there were 12 hares, and in May 2012 there were more; in June, 30 of them left.",
        },
        Example::Good { text: "Updated 24 January 2017 02:30\nThe talks began on March 3 and ended on March 5." },
    ],
};

const MONTHS: [&str; 12] = [
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
/// Short forms, with the month that each stands for.
const SHORT: [(&str, usize); 12] = [
    ("Jan.", 0),
    ("Feb.", 1),
    ("Mar.", 2),
    ("Apr.", 3),
    ("Aug.", 7),
    ("Sept.", 8),
    ("Sep.", 8),
    ("Oct.", 9),
    ("Nov.", 10),
    ("Dec.", 11),
    ("Jun.", 5),
    ("Jul.", 6),
];

static NAMES: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    // The first of two that begin alike, which vectors can look for.
    let names = MONTHS.iter().copied().chain(SHORT.iter().map(|(s, _)| *s));
    AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(names).ok()
});

#[derive(Clone, Copy, PartialEq)]
enum Order {
    /// `January 24`
    MonthFirst,
    /// `24 January`
    DayFirst,
    /// `24th of January`, without an article before it.
    Ordinal,
}

struct Date {
    span: Span,
    order: Order,
    day: u32,
    month: usize,
    year: Option<Span>,
    /// The month as it is written.
    written: Span,
}

impl Check for DateFormat {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let Some(prose) = english_article(cx) else { return };
        let Some(names) = NAMES.as_ref() else { return };
        let dates: Vec<Date> = names
            .find_iter(prose)
            .filter_map(|m| {
                let number = m.pattern().as_usize();
                let month = if number < 12 { number } else { SHORT[number - 12].1 };
                date(prose, Span::new(m.start(), m.end()), month)
            })
            .filter(|d| !cx.facts().is_opaque(prose, d.span))
            .collect();
        let count = |order: Order| dates.iter().filter(|d| d.order == order).count();
        let (month_first, day_first) = (count(Order::MonthFirst), count(Order::DayFirst));
        // Of equals, the order that comes first stays.
        let first = dates.iter().find(|d| d.order != Order::Ordinal).map(|d| d.order);
        let usual = match month_first.cmp(&day_first) {
            std::cmp::Ordering::Greater => Order::MonthFirst,
            std::cmp::Ordering::Less => Order::DayFirst,
            std::cmp::Ordering::Equal => match first {
                Some(order) => order,
                None => return,
            },
        };
        let usual_count = if usual == Order::MonthFirst { month_first } else { day_first };
        let odd = dates.iter().filter(|d| d.order != usual);
        // Two habits of equal weight are no slip: tables, references, quotations.
        if odd.clone().count() > usual_count.max(1) {
            return;
        }
        for d in odd {
            let example = dates.iter().find(|o| o.order == usual).map_or("", |o| &prose[o.span.range()]);
            let right = write(prose, d, usual, &dates);
            let message = format!("«{}» in a document that writes «{example}»", &prose[d.span.range()]);
            out.report(d.span, 0.8, message, Some(Fix::replace(Safety::Suggested, d.span, right)));
        }
    }
}

fn date(prose: &str, name: Span, month: usize) -> Option<Date> {
    let (head, tail) = (&prose[..name.start], &prose[name.end..]);
    if tail.starts_with(char::is_alphanumeric) || head.ends_with(char::is_alphanumeric) {
        return None;
    }
    // After: `24`, `24th`, then perhaps `, 2017`; or a year at once.
    let number = |text: &str| {
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        text[..digits].parse::<u32>().ok().map(|n| (n, digits))
    };
    if let Some((n, digits)) = tail.strip_prefix(' ').and_then(number)
        && (1..=31).contains(&n)
        && digits <= 2
    {
        let end = name.end + 1 + digits;
        let rest = &prose[end..];
        let suffix = ["st", "nd", "rd", "th"].iter().find(|s| rest.starts_with(**s)).map_or(0, |s| s.len());
        let rest = &rest[suffix..];
        // `May 3 people entered`, `March 12:30`, `June 5–9`: no date, or more than one.
        let ends = rest
            .chars()
            .next()
            .is_none_or(|c| matches!(c, '.' | ',' | ';' | ')' | '\n' | '?' | '!' | '’' | '\'') || c == ' ');
        if !ends
            || head.ends_with(|c: char| c.is_ascii_digit())
            || head.trim_end().ends_with(|c: char| c.is_ascii_digit())
        {
            return None;
        }
        let end = end + suffix;
        let year = rest.strip_prefix(", ").and_then(number).filter(|(_, d)| *d == 4);
        let year = year.map(|_| Span::new(end + 2, end + 6));
        let span = Span::new(name.start, year.map_or(end, |y| y.end));
        if clock_follows(&prose[span.end..]) {
            return None;
        }
        return Some(Date { span, order: Order::MonthFirst, day: n, month, year, written: name });
    }
    // Before: `24 `, `24th of `.
    let of = head.strip_suffix(" of ");
    let before = of.or_else(|| head.strip_suffix(' '))?;
    let bare = ["st", "nd", "rd", "th"].iter().find_map(|s| before.strip_suffix(*s));
    let digits = bare.unwrap_or(before);
    if of.is_some() && bare.is_none() {
        return None;
    }
    let len = digits.len() - digits.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let day: u32 = digits[digits.len() - len..].parse().ok()?;
    let start = digits.len() - len;
    let lead = &prose[..start];
    let free = lead.chars().next_back().is_none_or(|c| c.is_whitespace() || c == '(');
    let after_word = lead.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
    // `the 24th of January` is good English; `from 3 to 9 May`, `3 and 9 May` have two days.
    let other = matches!(after_word, "the" | "The" | "and" | "to" | "or" | "-" | "–") || after_word.ends_with('-');
    if len > 2 || !(1..=31).contains(&day) || !free || other {
        return None;
    }
    let year = tail.strip_prefix(' ').and_then(number).filter(|(_, d)| *d == 4);
    let year = year.map(|_| Span::new(name.end + 1, name.end + 5));
    let span = Span::new(start, year.map_or(name.end, |y| y.end));
    if clock_follows(&prose[span.end..]) {
        return None;
    }
    let order = if of.is_some() { Order::Ordinal } else { Order::DayFirst };
    Some(Date { span, order, day, month, year, written: name })
}

/// A stamp of a content system, `24 January 2017 02:30`, says nothing about the text.
fn clock_follows(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', ',', '/', '|', '-', '–']);
    let mut bytes = rest.bytes();
    bytes.next().is_some_and(|b| b.is_ascii_digit())
        && rest.bytes().take(5).any(|b| b == b':')
        && rest.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(':')
}

/// The date in another order, its month as the document writes it in that order.
fn write(prose: &str, date: &Date, order: Order, all: &[Date]) -> String {
    let same = all.iter().find(|o| o.order == order && o.month == date.month);
    let short = all.iter().any(|o| o.order == order && prose[o.written.range()].ends_with('.'));
    let own = &prose[date.written.range()];
    let month = match same {
        Some(o) => &prose[o.written.range()],
        None if short && own == MONTHS[date.month] => {
            SHORT[..10].iter().find(|(_, m)| *m == date.month && !matches!(m, 2 | 3)).map_or(own, |(s, _)| *s)
        }
        None => own,
    };
    let year = date.year.map(|y| &prose[y.range()]);
    match (order, year) {
        (Order::MonthFirst, Some(y)) => format!("{month} {}, {y}", date.day),
        (Order::MonthFirst, None) => format!("{month} {}", date.day),
        (_, Some(y)) => format!("{} {month} {y}", date.day),
        (_, None) => format!("{} {month}", date.day),
    }
}
