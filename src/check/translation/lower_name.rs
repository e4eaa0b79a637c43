//! `al-nusra` where the text writes `al-Islam`: a name that lost its capital.

use crate::{
    analysis::{
        Signals,
        around::{char_after, char_before, word_after},
    },
    check::{Check, Context, Example, Meta, Sink},
    finding::{Fix, Safety, Severity},
    text::Span,
};

pub(super) struct LowerName;

static META: Meta = Meta {
    name: "translation/lower-name",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "Arabic name without its capital after the article",
    why: "Engines that take names apart write the part after the article in lower case: «al-nusra» beside «al-Assad».",
    when_wrong: "A word that is no name: put it into italics or quotation marks.",
    fix: "Writes the name with its capital, as the text does elsewhere.",
    needs: Signals::ASCII_LETTER,
    examples: &[
        Example::Bad {
            text: "Fighters of the group al-nusra left the town, said a man who is close to President al-Assad.",
            find: &["al-nusra"],
            fixed: Some("Fighters of the group al-Nusra left the town, said a man who is close to President al-Assad."),
        },
        Example::Bad {
            text: "The village of al-bab and the camp at al-Hol lie a day apart, as people in al-Raqqa told us.",
            find: &["al-bab"],
            fixed: Some("The village of al-Bab and the camp at al-Hol lie a day apart, as people in al-Raqqa told us."),
        },
        Example::Good {
            text: "The pasta was cooked al-dente, as the guide says, and nobody spoke of politics at the table.",
        },
        Example::Good { text: "Fighters of al-Nusra, of al-Qaeda and of Jaish al-Islam left the town in the night." },
        Example::Good {
            text: "See Smith et al-so they say, and Global-wide or tropical-rainforest areas near al-Hol.",
        },
    ],
};

impl Check for LowerName {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let prose = cx.prose();
        let bytes = prose.as_bytes();
        let (mut capital, mut lower) = (0, Vec::new());
        for &at in cx.facts().articles(prose) {
            if at < 2 || !matches!(bytes[at - 2], b'a' | b'A') {
                continue;
            }
            if char_before(prose, at - 2).is_some_and(|c| c.is_alphanumeric() || c == '-') {
                continue;
            }
            let word = word_after(prose, at + 1);
            match char_after(prose, at + 1) {
                Some(c) if c.is_uppercase() => capital += 1,
                Some(c) if c.is_lowercase() && word.len() > 2 => lower.push(Span::new(at - 2, word.end)),
                _ => {}
            }
        }
        // One slip among names that are written with their capital; where lower case is the habit, it is meant.
        if capital == 0 || lower.len() > 4 || lower.len() > capital * 2 {
            return;
        }
        for span in lower {
            let name = &prose[span.start + 3..span.end];
            if cx.facts().is_opaque(prose, span) || matches!(name, "dente" | "fresco" | "so") {
                continue;
            }
            let mut text = prose[span.start..span.start + 3].to_owned();
            let mut chars = name.chars();
            text.extend(chars.next().into_iter().flat_map(char::to_uppercase));
            text.push_str(chars.as_str());
            let message = format!("the text writes such names with a capital; write «{text}»");
            out.report(span, 0.85, message, Some(Fix::replace(Safety::Suggested, span, text)));
        }
    }
}
