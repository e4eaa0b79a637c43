//! A part of a word typed with the wrong keyboard layout.

use super::mixed::{self, Cause};
use crate::{
    analysis::Signals,
    check::{Check, Context, Example, Meta, Sink},
    finding::Severity,
};

/// A part of a word typed with the wrong keyboard layout.
pub(super) struct KeyboardLayout;

static META: Meta = Meta {
    name: "script/keyboard-layout",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "a part of a word typed with the wrong keyboard layout",
    why: "Some letters of the word were typed before or after the keyboard layout was switched; they look like nothing in the language.",
    when_wrong: "When the word is a code or a coined name.",
    fix: "Writes the letters that the same keys give in the other layout; suggested, since the word should be read.",
    needs: Signals::MIXED,
    examples: &[
        Example::Bad {
            text: "Комиссия проgустила важный документ.",
            find: &["проgустила"],
            fixed: Some("Комиссия пропустила важный документ."),
        },
        Example::Good { text: "Нажмите клавишу F5, затем Alt+Tab." },
    ],
};

impl Check for KeyboardLayout {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        mixed::report(cx, Cause::Layout, out);
    }
}
