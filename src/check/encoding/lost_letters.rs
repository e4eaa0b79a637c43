//! A whole file without the accents, or without the capitals, that its language has.

use crate::{
    analysis::{Signals, places::count},
    check::{Check, Context, Example, Meta, Sink},
    finding::Severity,
    text::Span,
};

static META: Meta = Meta {
    name: "encoding/lost-letters",
    since: "0.1.0",
    severity: Severity::Info,
    summary: "a file without the accented letters, or without the capitals, that its language has",
    why: "A program that knows only ASCII dropped the accents of every letter, or folded all letters to lower case for \
          an index, and its output became the text. Words become other words (`pêche`, `péché`), and names unfindable.",
    when_wrong: "Texts that are written so on purpose: messages from telephones, lists of search words, verse.",
    fix: "",
    needs: Signals::ASCII_LETTER,
    examples: &[Example::Good { text: "le petit chat dort sur la table et le chien le regarde sans rien dire." }],
};

/// The check.
pub(super) struct LostLetters;

/// How many letters in a thousand carry a mark, at least, in ordinary text of a language.
static MARKED: [(&str, usize); 24] = [
    ("az", 80),
    ("ca", 20),
    ("cs", 110),
    ("da", 20),
    ("de", 14),
    ("es", 18),
    ("et", 28),
    ("fi", 40),
    ("fr", 32),
    ("hr", 20),
    ("hu", 90),
    ("is", 100),
    ("lt", 50),
    ("lv", 75),
    ("nb", 11),
    ("no", 11),
    ("pl", 55),
    ("pt", 32),
    ("ro", 50),
    ("sk", 90),
    ("sl", 18),
    ("sv", 40),
    ("tr", 65),
    ("vi", 220),
];

/// Letters below which nothing is concluded.
const ENOUGH: usize = 800;
/// Marked letters that must be missing.
const MISSING: usize = 15;
/// Sentences that must begin with a small letter.
const SENTENCES: usize = 12;

impl Check for LostLetters {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let text = beginning(cx.prose());
        if text.len() < ENOUGH {
            return;
        }
        // English, and any text with a fair share of letters beyond ASCII, is done with here.
        let bytes = text.as_bytes();
        let high = count(bytes, |b| b >= 0x80);
        let capitals = count(bytes, |b| b.is_ascii_uppercase());
        let many = high * 100 > text.len();
        if many && capitals > 0
            || memchr::memmem::find_iter(bytes, b" the ").take(text.len() / 2000 + 2).count() > text.len() / 2000
        {
            return;
        }
        let letters = bytes.iter().filter(|b| b.is_ascii_alphabetic()).count();
        if letters < ENOUGH {
            return;
        }
        let mut start = 0;
        let first = text.split_inclusive('\n').find(|l| {
            let here = l.bytes().any(|b| b.is_ascii_alphabetic());
            start += if here { 0 } else { l.len() };
            here
        });
        let span = Span::new(start, start + first.unwrap_or_default().trim_end().len());
        if capitals == 0 && !text.contains(char::is_uppercase) {
            let sentences = text.match_indices(['.', '\n']).filter(|(at, _)| small_follows(text, at + 1)).count();
            if sentences >= SENTENCES {
                let message =
                    format!("The file has {letters} letters in {sentences} sentences and no capital: they were lost");
                out.report(span, 0.6, message, None);
            }
        }
        let Some(lang) = cx.lang().filter(|_| !many) else { return };
        let Some((_, share)) = MARKED.iter().find(|(l, _)| *l == lang) else { return };
        let expected = letters * share / 1000;
        let marked = text.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()).count();
        // German has another way to write without them.
        let digraphs = || ["ae", "oe", "ue"].iter().map(|d| text.matches(d).count()).sum::<usize>();
        if expected < MISSING || marked * 10 > expected || lang == "de" && digraphs() * 2 > expected {
            return;
        }
        let message = format!(
            "The language is {lang}, and of {letters} letters {marked} carry a mark; about {expected} would be usual: accents were lost"
        );
        out.report(span, 0.6, message, None);
    }
}

/// The first part of a long text: what a whole file lost is missing there too.
fn beginning(text: &str) -> &str {
    const SAMPLE: usize = 128 << 10;
    let end = (0..=SAMPLE.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
    text.get(..end).unwrap_or(text)
}

fn small_follows(text: &str, at: usize) -> bool {
    text.get(at..).is_some_and(|rest| rest.strip_prefix(' ').unwrap_or(rest).starts_with(char::is_lowercase))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Document, Settings,
        region::Format,
        text::{Options, Source},
    };

    fn found(text: &str, lang: &str) -> Vec<String> {
        let settings = Settings { lang: Some(lang.to_owned()), ..Settings::default() };
        let Ok(source) = Source::decode(text.as_bytes(), &Options::default()) else { return Vec::new() };
        let doc = Document::new(source, Format::Plain);
        let mut sink = Sink::new(&META);
        LostLetters.run(&Context { doc: &doc, settings: &settings }, &mut sink);
        sink.into_findings().into_iter().map(|f| f.message).collect()
    }

    #[test]
    fn what_is_missing_is_said() {
        let plain = "Les eleves etaient deja arrives a l'ecole quand la premiere neige est tombee. Ils sont restes.\n";
        let good = "Les élèves étaient déjà arrivés à l'école quand la première neige est tombée. Ils sont restés.\n";
        let small = "der hund bellte. die katze schlief. es regnete den ganzen tag und niemand ging vor das haus. \n";
        assert_eq!(found(&plain.repeat(20), "fr").len(), 1);
        assert_eq!(found(&good.repeat(20), "fr").len(), 0);
        assert_eq!(found(plain, "fr").len(), 0);
        assert_eq!(found(&small.repeat(20), "en").len(), 1);
    }
}
