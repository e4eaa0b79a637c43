//! Letters of another script inside a word.

use super::mixed::{self, Cause};
use crate::{
    analysis::Signals,
    check::{Check, Context, Example, Meta, Sink},
    finding::Severity,
};

/// Letters of another script inside a word.
pub(super) struct MixedWord;

static META: Meta = Meta {
    name: "script/mixed-word",
    since: "0.1.0",
    severity: Severity::Error,
    summary: "letters of another script inside a word",
    why: "The word looks right and is not: search does not find it, spelling checkers and screen readers stumble over it, two spellings of one name differ. It comes from keyboards switched too late, from optical recognition, from copied tables of letters, from language models that write a letter for its sound in another alphabet, and from forgers of names.",
    when_wrong: "When the letter is meant as it is: a coined name, a formula. Put the name into the configuration's list of allowed words.",
    fix: "Writes the letter of the word's own script that looks alike, or else the one of the same sound. Safe where the neighbours use the same script, the language has the letter and there is no other reading of a look-alike letter; suggested otherwise.",
    needs: Signals::MIXED.or(Signals::COMMON_LETTER),
    examples: &[
        Example::Bad {
            text: "Сегодня утром пoезд пришёл вовремя.",
            find: &["пoезд"],
            fixed: Some("Сегодня утром поезд пришёл вовремя."),
        },
        Example::Bad {
            text: "The cоmmittee met again on Monday.",
            find: &["cоmmittee"],
            fixed: Some("The committee met again on Monday."),
        },
        Example::Bad {
            text: "Το πλoίο έφυγε από το λιμάνι.",
            find: &["πλoίο"],
            fixed: Some("Το πλοίο έφυγε από το λιμάνι."),
        },
        Example::Bad {
            text: "Замок стоит здесь с XVІ века.",
            find: &["XVІ"],
            fixed: Some("Замок стоит здесь с XVI века."),
        },
        Example::Bad {
            text: "Les musées sont ouverts en été, et l'entrée est гratuite pour les enfants.",
            find: &["гratuite"],
            fixed: Some("Les musées sont ouverts en été, et l'entrée est gratuite pour les enfants."),
        },
        Example::Good {
            text: "Новый USB-кабель и SIM-карта лежат в коробке, рядом два CDшника."
        },
        Example::Good { text: "Die β-Strahlung und ein Kondensator mit 5 μF." },
        Example::Good {
            text: r"For the angle $\fracπ2$ the bound $\overlineρ \leβ$ holds, and $e^{2πi βm x}$ is periodic.",
        },
        Example::Good { text: "Σήμερα ο server έχει 5 kΩ αντίσταση και ρεύμα Δt." },
    ],
};

impl Check for MixedWord {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        mixed::report(cx, Cause::LookAlike, out);
    }
}
