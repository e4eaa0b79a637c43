//! A name in lower case that the document elsewhere writes with a capital.

use super::english_article;
use crate::{
    analysis::{
        Signals,
        around::{char_after, char_before},
        sounds::fold,
    },
    check::{Check, Context, Example, Meta, Sink},
    finding::{Safety, Severity},
    text::Span,
};
use memchr::memmem;

pub(super) struct NameCase;

static META: Meta = Meta {
    name: "consistency/name-case",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "name in lower case where the document writes names of this kind with a capital",
    why: "A translation engine does not know that a transcribed word is a name and leaves it in lower case, often with \
          the apostrophe of another transcription.",
    when_wrong: "A word of the language that happens to look like the name.",
    fix: "Writes the name as it stands elsewhere in the document.",
    needs: Signals::ASCII_LETTER,
    examples: &[
        Example::Bad {
            text: "The minister, Karim al-Saadi, said no. According to Mr Saadi the talks were over, and the delegation \
                   went home; then Karim sa’adi left the room and spoke to the press in front of the hotel.",
            find: &["sa’adi"],
            fixed: Some(
                "The minister, Karim al-Saadi, said no. According to Mr Saadi the talks were over, and the delegation \
                 went home; then Karim Saadi left the room and spoke to the press in front of the hotel.",
            ),
        },
        Example::Bad {
            text: "The villages of al-Bara and al-Tamah were quiet on that day, and the road to al-rihan was open, so \
                   that people went to the market and came back in the evening.",
            find: &["al-rihan"],
            fixed: Some(
                "The villages of al-Bara and al-Tamah were quiet on that day, and the road to al-Rihan was open, so \
                 that people went to the market and came back in the evening.",
            ),
        },
        Example::Good { text: "The pasta was al-dente, said the cook from Al-Bab, and nobody disagreed with the man." },
        Example::Good { text: "At ten o’clock the O’Clock family rang the bell of the rock’n’roll bar." },
        Example::Good { text: "Kate Bush sang of the bush, and the Brown family painted their house brown." },
    ],
};

impl Check for NameCase {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let Some(prose) = english_article(cx) else { return };
        article(cx, prose, out);
        apostrophe(cx, prose, out);
    }
}

/// `al-nusra` among `al-Islam` and `al-Assad`.
fn article(cx: &Context<'_>, prose: &str, out: &mut Sink) {
    let mut capital = 0;
    let mut lower = Vec::new();
    for at in memmem::find_iter(prose.as_bytes(), "al-") {
        if char_before(prose, at).is_some_and(|c| c.is_alphanumeric() || c == '-' || c == '/') {
            continue;
        }
        let name = crate::analysis::around::word_after(prose, at + 3);
        match char_after(prose, name.start) {
            Some(c) if c.is_uppercase() => capital += 1,
            Some(_) if name.len() >= 4 => lower.push(name),
            _ => {}
        }
    }
    // One or two among many are slips; more are a house style that keeps them in lower case.
    if capital < 2 || lower.len() * 2 > capital {
        return;
    }
    for name in lower {
        let span = Span::new(name.start - 3, name.end);
        let word = &prose[name.range()];
        if cx.facts().is_opaque(prose, span) {
            continue;
        }
        let mut chars = word.chars();
        let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
        let right = format!("al-{first}{}", chars.as_str());
        let message =
            format!("«al-{word}» in lower case; the document's other {capital} names with al- have a capital");
        out.replace(span, 0.9, message, Safety::Suggested, right);
    }
}

/// `ja’afari` where `Jaafari` stands elsewhere.
fn apostrophe(cx: &Context<'_>, prose: &str, out: &mut Sink) {
    let bytes = prose.as_bytes();
    let mut last = 0;
    for at in memchr::memchr2_iter(b'\'', 0xE2, bytes) {
        let Some(mark) = char_after(prose, at).filter(|c| matches!(c, '\'' | '’' | '‘')) else { continue };
        if at < last {
            continue;
        }
        let inner = |c: char| c.is_lowercase() || matches!(c, '\'' | '’' | '‘' | '-');
        let head: usize = prose[..at].chars().rev().take_while(|c| inner(*c)).map(char::len_utf8).sum();
        let tail: usize = prose[at + mark.len_utf8()..].chars().take_while(|c| inner(*c)).map(char::len_utf8).sum();
        let span = Span::new(at - head, at + mark.len_utf8() + tail);
        last = span.end;
        // A clitic, a contraction or a quotation, not a name: too little on one side.
        if head < 2 || tail < 3 || char_before(prose, span.start) != Some(' ') {
            continue;
        }
        let folded = fold(&prose[span.range()]);
        let names = cx.facts().names(prose);
        let same = |n: &&crate::analysis::Name| !n.starts(prose) && fold(&prose[n.span.range()]) == folded;
        let Some(name) = names.list.iter().find(same) else { continue };
        let right = &prose[name.span.range()];
        let given = names.list.iter().any(|n| n.span.end + 1 == span.start);
        if !given {
            continue;
        }
        let message = format!("«{}» in lower case; the document also writes «{right}»", &prose[span.range()]);
        let right = right.strip_prefix("al-").unwrap_or(right);
        out.replace(span, 0.9, message, Safety::Suggested, right);
    }
}
