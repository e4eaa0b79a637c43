//! A letter left over from an old font.

use super::mixed::{self, Cause};
use crate::{
    analysis::Signals,
    check::{Check, Context, Example, Meta, Sink},
    finding::Severity,
};

/// A letter left over from an old font.
pub(super) struct OldFontLetter;

static META: Meta = Meta {
    name: "script/old-font-letter",
    since: "0.1.0",
    severity: Severity::Error,
    summary: "a letter left over from an old font",
    why: "Before Unicode, fonts for many scripts drew their letters in the place of Latin ones. Text converted by halves keeps some of them: the reader sees a strange letter inside the word.",
    when_wrong: "When the Latin letter is meant, as in a formula.",
    fix: "Writes the letter that the old font showed, where that is known; suggested.",
    needs: Signals::MIXED,
    examples: &[
        Example::Bad {
            text: "পরীÿার ফল আগামীকাল প্রকাশ হবে।", find: &["পরীÿার"], fixed: Some("পরীক্ষার ফল আগামীকাল প্রকাশ হবে।")
        },
        Example::Good { text: "নতুন ISBNটি বইয়ের পেছনে ছাপা আছে।" },
    ],
};

impl Check for OldFontLetter {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        mixed::report(cx, Cause::OldFont, out);
    }
}
