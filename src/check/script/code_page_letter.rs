//! A letter read in the wrong 8-bit code page inside a word.

use super::mixed::{self, Cause};
use crate::{
    analysis::Signals,
    check::{Check, Context, Example, Meta, Sink},
    finding::Severity,
};

/// A letter read in the wrong 8-bit code page inside a word.
pub(super) struct CodePageLetter;

static META: Meta = Meta {
    name: "script/code-page-letter",
    since: "0.1.0",
    severity: Severity::Error,
    summary: "a letter read in the wrong 8-bit code page inside a word",
    why: "The byte of an accented letter was read as a letter of another alphabet: the word cannot be read, and a look-alike letter in its place would be wrong as well.",
    when_wrong: "When a word of two alphabets is meant.",
    fix: "Writes the letter that the byte meant in the language's own code page. Safe where the language has exactly one such letter.",
    needs: Signals::MIXED,
    examples: &[
        Example::Bad {
            text: "Wir mцchten uns bei allen Lesern bedanken, die uns geschrieben haben.",
            find: &["mцchten"],
            fixed: Some("Wir möchten uns bei allen Lesern bedanken, die uns geschrieben haben."),
        },
        Example::Bad {
            text: "Det er nшdvendig at vi og de andre er med.",
            find: &["nшdvendig"],
            fixed: Some("Det er nødvendig at vi og de andre er med."),
        },
        Example::Good { text: "Das Wort «жук» ist russisch und heißt Käfer." },
    ],
};

impl Check for CodePageLetter {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        mixed::report(cx, Cause::CodePage, out);
    }
}
