//! `und so weiter und so weiter und so weiter`: an engine that could not stop.

use crate::{
    analysis::{Repeat, Signals},
    check::{Check, Context, Example, Meta, Sink},
    finding::{Edit, Fix, Safety, Severity},
    text::Span,
};

pub(super) struct RepetitionLoop;

static META: Meta = Meta {
    name: "translation/repetition-loop",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "phrase repeated over and over",
    why: "Translation engines and language models fall into loops: they write the same words again and again. Often the \
          rest of the sentence is missing as well.",
    when_wrong: "A refrain, a prayer or speech written down as it was spoken.",
    fix: "Leaves the first occurrence.",
    needs: Signals::ANY,
    examples: &[
        Example::Bad {
            text: "Das Dorf liegt am Ufer des Sees und am Ufer des Sees und am Ufer des Sees und ist sehr alt.",
            find: &["am Ufer des Sees und am Ufer des Sees und am Ufer des Sees und"],
            fixed: Some("Das Dorf liegt am Ufer des Sees und ist sehr alt."),
        },
        Example::Bad {
            text: "The engine engine engine engine engine engine was tested in spring.",
            find: &["engine engine engine engine engine engine"],
            fixed: Some("The engine was tested in spring."),
        },
        Example::Bad {
            text: "Президент сказал, что он готов к переговорам что он готов к переговорам о границе.",
            find: &["что он готов к переговорам что он готов к переговорам"],
            fixed: Some("Президент сказал, что он готов к переговорам о границе."),
        },
        Example::Good { text: "He tried again and again and again and again, until the door gave way at last." },
        Example::Good { text: "No. No. No. No. She shook her head, and the children laughed: ha ha ha ha ha!" },
        Example::Good { text: "Wir sind sehr, sehr, sehr müde, und der Weg ist noch lang, lang, lang." },
        Example::Good { text: "| no | no | no | no |\n| 0 0 0 0 | x x x x | 1 2 1 2 1 2 |" },
        Example::Good { text: "Jingle bells, jingle bells, jingle all the way, they sang in the snow." },
    ],
};

impl Check for RepetitionLoop {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let prose = cx.prose();
        for repeat in cx.facts().repeats(prose) {
            let Some(confidence) = judge(prose, repeat) else { continue };
            let span = Span::new(repeat.first.start, repeat.end);
            let rest = Span::new(repeat.first.end, repeat.end);
            let fix = Fix {
                safety: Safety::Suggested,
                title: "leave the first".into(),
                edits: vec![Edit { span: rest, text: String::new() }],
            };
            let severity = if repeat.count > 2 { Severity::Error } else { Severity::Warning };
            let message = format!("the same words stand here {} times in a row", repeat.count);
            out.report_as(severity, span, confidence, message, Some(fix));
        }
    }
}

/// How sure it is that nobody meant the repeat; `None` where somebody may.
fn judge(prose: &str, repeat: &Repeat) -> Option<f32> {
    let unit = &prose[repeat.first.range()];
    let whole = &prose[repeat.first.start..repeat.end];
    // Tables, code, numbers and what is not prose.
    if whole.contains(|c: char| c.is_ascii_digit() || c.is_ascii_control() || "|=+_/\\<>{}[]()*#@$%^~`\"".contains(c)) {
        return None;
    }
    let words: Vec<&str> = unit.split(' ').filter(|w| w.chars().any(char::is_alphabetic)).collect();
    let letters = unit.chars().filter(|c| c.is_alphabetic()).count();
    let short = |w: &&str| w.chars().count() <= 3;
    // A unit that itself is one word over and over («la la la la») is a song.
    let one_word = words.windows(2).all(|w| w[0] == w[1]);
    let punctuated = whole.contains([',', '.', '!', '?', ';', '…', '،', '、', '-', '—', '–']);
    match (words.len(), repeat.count) {
        (1, n) if n >= 4 && !punctuated && letters >= 4 => Some(if n >= 6 { 0.95 } else { 0.85 }),
        (1, n) if n >= 10 && !punctuated && letters >= 2 => Some(0.85),
        (1, _) => None,
        _ if one_word => None,
        // «again and again and again», «und und»: two short words make a figure of speech.
        (2, n) if words.iter().any(short) && n < 6 => None,
        (2..=3, n) if n >= 3 && punctuated && n < 5 => None,
        (2.., n) if n >= 3 && letters >= 6 => Some(0.95),
        (5.., 2) if letters >= 16 && !punctuated => Some(0.8),
        _ => None,
    }
}
