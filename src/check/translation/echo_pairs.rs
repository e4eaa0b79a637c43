//! Every line followed by its translation: the source was left between the lines.

use crate::{
    analysis::{Signals, places::count},
    check::{Check, Context, Example, Meta, Sink},
    finding::Severity,
    text::Span,
};

pub(super) struct EchoPairs;

static META: Meta = Meta {
    name: "translation/echo-pairs",
    since: "0.1.0",
    severity: Severity::Info,
    summary: "lines that alternate between two scripts",
    why: "A tool wrote each source line and its translation below; the source was to be deleted.",
    when_wrong: "A text in two languages on purpose: a phrase book, a poem with its translation, subtitles.",
    fix: "",
    needs: Signals::CYRILLIC
        .or(Signals::GREEK)
        .or(Signals::ARABIC)
        .or(Signals::HEBREW)
        .or(Signals::HAN)
        .or(Signals::KANA)
        .or(Signals::HANGUL)
        .or(Signals::INDIC),
    examples: &[
        Example::Bad {
            text: "Дом стоит на берегу большой реки.\nThe house stands on the bank of a great river.\nСад зарос, и забор упал.\nThe garden is overgrown, and the fence has fallen.\nНикто не знает, кто здесь жил.\nNobody knows who used to live here.",
            find: &["Дом стоит на берегу большой реки."],
            fixed: None,
        },
        Example::Bad {
            text: "この家は大きな川の岸に立っています。\nThe house stands on the bank of a great river.\n庭は荒れて、塀も倒れてしまいました。\nThe garden is overgrown, and the fence has fallen.\n誰がここに住んでいたのか誰も知りません。\nNobody knows who used to live here.",
            find: &["この家は大きな川の岸に立っています。"],
            fixed: None,
        },
        Example::Good {
            text: "Дом стоит на берегу большой реки.\nСад зарос, и забор упал.\nThe end, as they say in the films.",
        },
        Example::Good {
            text: "Имя: Anna\nName: Анна\nГород: Wien\nCity: Вена\nУлица: Ring\nStreet: Ринг"
        },
        Example::Good {
            text: "The word дом means a house, and река means a river; сад is a garden.\nThat is all for today.",
        },
    ],
};

/// So many lines must alternate.
const LINES: usize = 6;

impl Check for EchoPairs {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let prose = cx.prose();
        // Most lines begin with a letter of the same script as the line before, and are read no further: lines of which each
        // begins otherwise than the one before.
        let mut turns: Vec<Span> = Vec::new();
        let mut before = None;
        for &line in cx.facts().lines(prose) {
            let text = prose[line.range()].as_bytes();
            let opens = opens_latin(text);
            if opens.is_none() && text.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            if opens.is_none() || opens == before {
                alternating(prose, &turns, out);
                turns.clear();
            }
            if opens.is_some() {
                turns.push(line);
            }
            before = opens;
        }
        alternating(prose, &turns, out);
    }
}

/// Reports lines that alternate between two scripts throughout.
fn alternating(prose: &str, turns: &[Span], out: &mut Sink) {
    if turns.len() < LINES {
        return;
    }
    let (mut first, mut row, mut last) = (Span::default(), 0usize, None);
    for &line in turns {
        let script = script(prose[line.range()].as_bytes());
        if script.is_some() && last.is_some() && script != last {
            row += 1;
        } else {
            (row, first) = (usize::from(script.is_some()), line);
        }
        last = script;
        if row == LINES {
            let message = "from here on the lines alternate between two scripts: a source and its translation";
            out.report(first, 0.7, message, None);
        }
    }
}

/// Whether the first letter of a line is ASCII; `None` where there is no letter near its beginning.
fn opens_latin(line: &[u8]) -> Option<bool> {
    line.iter().take(24).find_map(|b| match b {
        b'a'..=b'z' | b'A'..=b'Z' => Some(true),
        0xC3..=0xC9 => Some(true),
        0xCE..=0xED if *b != 0xE2 => Some(false),
        _ => None,
    })
}

/// Whether a line is Latin (`true`) or clearly not; `None` where it is short or mixed. Counts bytes, which vectorises.
fn script(line: &[u8]) -> Option<bool> {
    let latin = count(line, |b| b.is_ascii_alphabetic());
    let other = count(line, |b| (b >= 0xCE) & (b != 0xE2));
    let sum = latin + other;
    (sum >= 12 && (latin * 10 >= sum * 9 || other * 10 >= sum * 9)).then_some(latin > other)
}
