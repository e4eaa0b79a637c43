//! `he said."Then`: the blank or the line break between two sentences is gone, with a quotation mark at the seam.

use crate::{
    analysis::{
        Joint, Signals,
        around::{char_after, char_before, line_at, word_after, word_before},
    },
    check::{Check, Context, Example, Meta, Sink},
    finding::{Edit, Fix, Safety, Severity},
    text::Span,
};

pub(super) struct GluedAfterQuote;

static META: Meta = Meta {
    name: "typography/glued-after-quote",
    since: "0.1.0",
    severity: Severity::Error,
    summary: "two sentences run together at a quotation mark",
    why: "A paragraph break or a blank was lost when lines were joined, so that a new sentence starts right after the \
          closing quotation mark of the last one.",
    when_wrong: "A title or a code sample that is written like this on purpose: put it into code marks.",
    fix: "Inserts the blank. Safe where the quotation marks of the line say on which side of the mark it belongs.",
    needs: Signals::QUOTE.or(Signals::NON_ASCII),
    examples: &[
        Example::Bad {
            text: "The mayor called it \"a long road.\"Residents were less patient.",
            find: &["road.\"Residents"],
            fixed: Some("The mayor called it \"a long road.\" Residents were less patient."),
        },
        Example::Bad {
            text: "Le ministre parle d’une « étape décisive.\u{A0}»Les syndicats attendent.",
            find: &["décisive.\u{A0}»Les"],
            fixed: Some("Le ministre parle d’une « étape décisive.\u{A0}» Les syndicats attendent."),
        },
        Example::Bad {
            text: "Er sprach von einem „großen Tag.“Danach ging er.",
            find: &["Tag.“Danach"],
            fixed: Some("Er sprach von einem „großen Tag.“ Danach ging er."),
        },
        Example::Bad {
            text: "Nobody answered.“Come in,” she said at last.",
            find: &["answered.“Come"],
            fixed: Some("Nobody answered. “Come in,” she said at last."),
        },
        Example::Good { text: "The file is called \"notes.Old\" and nobody reads \"a.b\" any more." },
        Example::Good { text: "See section 4.5.\u{A0}\"Why it fails\" and chapter 2.\u{A0}\"How it works\"." },
        Example::Good { text: "He asked: \"Is this the end?\" Nobody knew." },
        Example::Good { text: "Она сказала: «Пора.» И ушла." },
        Example::Good { text: "She wrote \"etc.\", \"i.e.\" and \"U.S.\"-style dates." },
    ],
};

impl Check for GluedAfterQuote {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let prose = cx.prose();
        for &(at, joint) in cx.facts().joints(prose) {
            if joint == Joint::Quoted {
                seam(cx, prose, at + 1, out);
            }
        }
    }
}

/// Looks at a quotation mark (with a French blank before it, perhaps) right after the end of a sentence.
fn seam(cx: &Context<'_>, prose: &str, stop: usize, out: &mut Sink) {
    let mut at = stop;
    if let Some(blank) = char_after(prose, at).filter(|c| matches!(c, '\u{A0}' | '\u{202F}')) {
        at += blank.len_utf8();
        if char_after(prose, at) != Some('»') {
            return;
        }
    }
    let Some(quote) = char_after(prose, at).filter(|c| matches!(c, '"' | '“' | '”' | '«' | '»')) else { return };
    let end = at + quote.len_utf8();
    let next = word_after(prose, end);
    let word = &prose[next.range()];
    let mut letters = word.chars();
    let capital = letters.next().is_some_and(char::is_uppercase);
    let sentence = match letters.next() {
        Some(second) => second.is_lowercase(),
        None => char_after(prose, next.end) == Some(' '),
    };
    // The stop itself: after a word, not after another mark or inside a path.
    let last = prose[..stop].trim_end_matches(['.', '?', '!', '…']);
    let ends_word = char_before(last, last.len()).is_some_and(|c| c.is_alphanumeric() || ")]’'%".contains(c));
    if !capital || !sentence || !ends_word {
        return;
    }
    let before = word_before(prose, last.len());
    let span = Span::new(before.start, next.end);
    // A name with an inner stop, such as a file's, is one token without blanks that goes on in ASCII.
    if cx.facts().is_opaque(prose, span) {
        return;
    }
    let Some((insert, sure)) = side(cx, prose, at, quote) else { return };
    // Three dots and an opening mark: the sentence goes on.
    if insert == Insert::Before && (prose[..stop].ends_with("..") || prose[..stop].ends_with('…')) {
        return;
    }
    let place = if insert == Insert::After { end } else { at };
    let safety = if sure { Safety::Safe } else { Safety::Suggested };
    let fix = Fix {
        safety,
        title: "insert a blank".into(),
        edits: vec![Edit { span: Span::new(place, place), text: " ".into() }],
    };
    let message = if insert == Insert::After {
        format!(
            "a new sentence, «{word}…», starts right after the closing quotation mark: a blank or a line break was lost"
        )
    } else {
        "a quotation opens right after the end of a sentence: a blank or a line break was lost".into()
    };
    out.report(span, if sure { 0.98 } else { 0.9 }, message, Some(fix));
}

#[derive(PartialEq)]
enum Insert {
    Before,
    After,
}

/// On which side of the mark the blank is missing, and whether that is certain; `None` where both would be guesses.
fn side(cx: &Context<'_>, prose: &str, at: usize, quote: char) -> Option<(Insert, bool)> {
    let line = line_at(prose, at);
    let head = &prose[line.start..at];
    let tail = prose.get(at + quote.len_utf8()..line.end).unwrap_or_default();
    let count = |part: &str, marks: &[char]| part.chars().filter(|c| marks.contains(c)).count();
    match quote {
        '"' => {
            let (before, after) = (count(head, &['"']), count(tail, &['"']));
            match (before % 2, after % 2) {
                (1, 0) => Some((Insert::After, true)),
                (0, 1) => Some((Insert::Before, true)),
                // Another mark is missing, or the quotation began on a line above.
                (1, _) => Some((Insert::After, count(head, &['“']) == 0)),
                _ => (before == 0 && after == 0 && line.start > 0).then_some((Insert::After, false)),
            }
        }
        '“' if count(head, &['„']) > count(head, &['“']) => Some((Insert::After, true)),
        '“' => Some((Insert::Before, count(tail, &['”']) > 0)),
        '”' => match cx.lang() {
            // One mark for both sides.
            Some("sv" | "fi") if count(head, &['”']) % 2 == 0 => Some((Insert::Before, false)),
            _ => Some((Insert::After, count(head, &['“', '„', '”', '"']) > 0)),
        },
        '»' if count(head, &['«']) > count(head, &['»']) => Some((Insert::After, true)),
        '«' if count(head, &['»']) > count(head, &['«']) => Some((Insert::After, true)),
        '«' => Some((Insert::Before, count(tail, &['»']) > 0)),
        _ => None,
    }
}
