//! Variation selectors after characters that have no variants.

use super::near;
use crate::{
    analysis::Signals,
    check::{Check, Context, Example, Meta, Sink},
    finding::{Safety, Severity},
    unicode::{Script, flag, props, script},
};

pub(super) struct VariationSelector;

static META: Meta = Meta {
    name: "hidden/variation-selector",
    since: "0.1.0",
    severity: Severity::Error,
    summary: "variation selector after a character without variants",
    why: "A variation selector chooses between shapes of the emoji, the ideograph or the Mongolian letter before it. \
          After anything else, or in a row, it does nothing; a row of them can carry a hidden message.",
    when_wrong: "A font of your own gives the sequence a meaning.",
    fix: "Deletes it.",
    needs: Signals::INVISIBLE,
    examples: &[
        Example::Bad {
            text: "Take the tram\u{fe0f} to the zoo.",
            find: &["\u{fe0f}"],
            fixed: Some("Take the tram to the zoo."),
        },
        Example::Bad {
            text: "Good morning 😀\u{e0101}\u{e0132}\u{e0120}!",
            find: &["\u{e0101}\u{e0132}\u{e0120}"],
            fixed: Some("Good morning 😀!"),
        },
        Example::Bad { text: "❤\u{fe0f}\u{fe0f}", find: &["\u{fe0f}"], fixed: Some("❤\u{fe0f}") },
        Example::Good { text: "I ❤\u{fe0f} rain and ☎\u{fe0e} calls, press 1\u{fe0f}\u{20e3} now." },
        Example::Good { text: "葛\u{e0100}城市と辻\u{e0101}さん" },
        Example::Good { text: "ᠮᠣᠩᠭᠣᠯ\u{180b} ᠪᠢᠴᠢᠭ\u{180c}" },
        Example::Good { text: "The union ∪\u{fe00} with serifs" },
        Example::Good { text: "Tip: 👉🏽\u{fe0f} here" },
    ],
};

impl Check for VariationSelector {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let text = cx.text();
        for mut run in near::runs(cx, |h| h.props.any(flag::VARIATION_SELECTOR)) {
            if run.is_shown() || near::in_code(cx, run.span.start) {
                continue;
            }
            if run.before.is_some_and(|base| has_variants(base, run.first)) {
                if run.count == 1 {
                    continue;
                }
                // The first is right, and the rest too much.
                run.span.start += run.first.len_utf8();
                run.count -= 1;
                run.first = text[run.span.range()].chars().next().unwrap_or(run.first);
            }
            let what = if run.count >= 3 {
                format!("{} variation selectors in a row, which can carry a hidden message", run.count)
            } else {
                let after = run
                    .before
                    .filter(|c| !c.is_whitespace())
                    .map(|c| format!(" after {}", crate::unicode::short_name(c)));
                format!("{}{}, which has no variants", near::named(&run), after.unwrap_or_default())
            };
            out.report(run.span, 0.9, format!("{what}; delete it"), Some(near::delete(Safety::Safe, run.span)));
        }
    }
}

/// Whether Unicode lists variants of `base`, or a font may well have some.
fn has_variants(base: char, selector: char) -> bool {
    let p = props(base);
    match selector {
        '\u{180b}'..='\u{180f}' => matches!(script(base), Script::Mongolian | Script::PhagsPa) || base == '\u{180e}',
        '\u{e0100}'..='\u{e01ef}' => p.any(flag::IDEOGRAPHIC),
        '\u{fe0e}' | '\u{fe0f}' => {
            p.any(flag::EMOJI | flag::EMOJI_BASE | flag::SYMBOL) || (p.any(flag::PUNCT) && !base.is_ascii())
        }
        _ => {
            // Ideographs, symbols, full-width punctuation, and the scripts with listed sequences.
            p.any(flag::IDEOGRAPHIC | flag::SYMBOL | flag::PUNCT | flag::WIDTH_FORM)
                || base == '0'
                || (!base.is_ascii()
                    && p.any(flag::LETTER | flag::NUMBER)
                    && !matches!(
                        script(base),
                        Script::Latin | Script::Cyrillic | Script::Greek | Script::Arabic | Script::Hebrew
                    ))
        }
    }
}
