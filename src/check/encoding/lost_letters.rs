//! A whole file without the accents, or without the capitals, that its language has.

use super::marked::{self, Bare};
use crate::{
    analysis::{Signals, around::boundary_before, places::count},
    check::{Check, Context, Example, Meta, Sink, script::language_name},
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
    needs: Signals::ASCII_LETTER.or(Signals::GREEK),
    examples: &[
        Example::Good { text: "le petit chat dort sur la table et le chien le regarde sans rien dire." },
        Example::Good { text: "Die Schule in der Strasse beim Bahnhof schliesst im August, teilt die Gemeinde mit." },
    ],
};

/// The check.
pub(super) struct LostLetters;

/// Bytes below which nothing is concluded.
const ENOUGH: usize = 500;
/// The same for capitals, in letters.
const LETTERS: usize = 800;
/// Sentences that must begin with a small letter.
const SENTENCES: usize = 12;
/// So many of them right after a full stop.
const STOPS: usize = 4;

impl Check for LostLetters {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let text = beginning(cx.prose());
        if let Some((letters, sentences)) = without_capitals(text).filter(|_| knows_capitals(beginning(cx.text()))) {
            let message =
                format!("The file has {letters} letters in {sentences} sentences and no capital: they were lost");
            out.report(first_line(text), 0.6, message, None);
        }
        if let Some(bare) = without_marks(cx) {
            out.report(first_line(text), 0.7, message(bare), None);
        }
    }
}

/// What a text that lost its accents shows. English, and any text with a fair share of letters beyond ASCII, is done
/// with at once.
pub(super) fn without_marks<'d>(cx: &Context<'d>) -> Option<&'d Bare> {
    let text = beginning(cx.prose());
    let may = || text.len() >= ENOUGH && marked::may_be_bare(text) && !is_english(text);
    cx.facts().bare.get_or_init(|| may().then(|| marked::bare(text)).flatten()).as_ref()
}

fn is_english(text: &str) -> bool {
    let least = text.len() / 400;
    memchr::memmem::find_iter(text.as_bytes(), b" the ").take(least + 2).count() > least
}

/// What is missing, in words.
pub(super) fn message(bare: &Bare) -> String {
    let language = language_name(bare.language.lang).unwrap_or(bare.language.lang);
    let shown: Vec<String> = bare.examples.iter().take(3).map(|w| format!("«{w}»")).collect();
    let have = match bare.marked {
        0 => "without a single accented letter".to_owned(),
        n => format!("of which {n} carry an accent"),
    };
    format!(
        "{language} text of {} words {have}; about {} are usual, and {} are never written so: the accents were lost",
        bare.words,
        bare.usual(),
        shown.join(", ")
    )
}

/// Letters and sentences of a text that has no capital although it has sentences.
pub(super) fn without_capitals(text: &str) -> Option<(usize, usize)> {
    if text.len() < LETTERS || count(text.as_bytes(), |b| b.is_ascii_uppercase()) > 0 {
        return None;
    }
    if text.contains(char::is_uppercase) || !text.contains(char::is_lowercase) {
        return None;
    }
    // Georgian has capitals, but nobody begins a sentence with one.
    let cased = |c: char| c.is_lowercase() && !matches!(c, '\u{10D0}'..='\u{10FF}');
    let letters = text.chars().filter(|c| cased(*c)).count();
    // Words and addresses in a text of a script without capitals say nothing.
    if letters < LETTERS || letters * 8 < text.chars().filter(|c| c.is_alphabetic()).count() * 7 {
        return None;
    }
    let ends = |sign: &[char]| text.match_indices(sign).filter(|(at, _)| small_follows(text, at + 1)).count();
    // Lines of a list begin with small letters as well; sentences that follow one another do not.
    let after_stop = ends(&['.', '!', '?']);
    let stops = |at: usize| text.get(..at).is_some_and(|t| t.trim_end_matches('\r').ends_with(['.', '!', '?']));
    let lines = text.match_indices('\n').filter(|(at, _)| !stops(*at) && small_follows(text, at + 1)).count();
    let sentences = after_stop + lines;
    (sentences >= SENTENCES && after_stop >= STOPS).then_some((letters, sentences))
}

/// Whether nearly all letters of a text, markup and all, are of scripts that have capitals.
pub(super) fn knows_capitals(text: &str) -> bool {
    let (cased, all) = text
        .chars()
        .filter(|c| c.is_alphabetic())
        .fold((0usize, 0usize), |(cased, all), c| (cased + usize::from(c.is_lowercase() || c.is_uppercase()), all + 1));
    cased * 8 >= all * 7
}

/// The first line with letters.
pub(super) fn first_line(text: &str) -> Span {
    let mut start = 0;
    let first = text.split_inclusive('\n').find(|l| {
        let here = l.chars().any(char::is_alphabetic);
        start += if here { 0 } else { l.len() };
        here
    });
    Span::new(start, start + first.unwrap_or_default().trim_end().len())
}

/// The first part of a long text: what a whole file lost is missing there too.
pub(super) fn beginning(text: &str) -> &str {
    head(text, 32 << 10)
}

/// So many bytes of a text, or a few less.
pub(super) fn head(text: &str, size: usize) -> &str {
    &text[..boundary_before(text, size)]
}

fn small_follows(text: &str, at: usize) -> bool {
    text.get(at..).is_some_and(|rest| rest.trim_start_matches([' ', '\r', '\n']).starts_with(char::is_lowercase))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::found_by;

    fn found(text: &str) -> Vec<String> {
        found_by(&LostLetters, text).into_iter().map(|f| f.message).collect()
    }

    #[test]
    fn what_is_missing_is_said() {
        let good = "Les élèves étaient déjà là après la première neige, près de la fenêtre. Leurs données et les clés \
                    étaient également prêtes, et la dernière période précédente a été très générale.\n";
        let small = "der hund bellte. die katze schlief. es regnete den ganzen tag und niemand ging vor das haus. \n";
        let bare = marked::bared(&good.repeat(6));
        assert_eq!(found(&bare).len(), 1);
        assert!(found(&bare)[0].starts_with("French text of "), "{:?}", found(&bare));
        assert_eq!(found(&good.repeat(6)).len(), 0);
        assert_eq!(found(&marked::bared(good)).len(), 0);
        assert_eq!(found(&small.repeat(20)).len(), 1);
        // Hebrew has no capitals: the addresses between its lines show nothing.
        let feed = "ספינה חדשה הגיעה לנמל. www.example.com/one/two.html. news.example.com/three. see more.\n";
        assert_eq!(found(&feed.repeat(40)).len(), 0);
    }
}
