//! Directives that silence nothing. The findings come from [`crate::suppress::inline`], which alone knows what a
//! directive silenced; here stands what people may read about them.

use crate::{
    analysis::Signals,
    check::{Check, Context, Example, Meta, Sink},
    finding::Severity,
    suppress::inline::UNUSED,
};

/// The check.
pub(super) struct UnusedDirective;

static META: Meta = Meta {
    name: UNUSED,
    since: "0.1.0",
    severity: Severity::Info,
    summary: "directive that silences nothing",
    why: "A directive such as tidyglot-ignore stays behind when the text that it was for is corrected or moved, and then silences the next, real damage in that place. One that names a rule that does not exist silences nothing at all.",
    when_wrong: "When the rule that it names runs elsewhere with other settings. Say so in its reason, or ignore this rule.",
    fix: "Takes out the directive, with its comment and its line where nothing else is left. Suggested.",
    needs: Signals::ANY,
    examples: &[
        Example::Bad {
            text: "# tidyglot-ignore-next-line markup/unused-directive -- was fixed\nThis line is in order.\n",
            find: &["tidyglot-ignore-next-line markup/unused-directive"],
            fixed: Some("This line is in order.\n"),
        },
        Example::Good { text: "The manual describes the `tidyglot-ignore` directive.\n" },
    ],
};

impl Check for UnusedDirective {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, _cx: &Context<'_>, _out: &mut Sink) {}
}
