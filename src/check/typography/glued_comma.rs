//! `now,keep`: the blank after a comma is gone.

use crate::{
    analysis::{
        Joint, Signals,
        around::{char_after, char_before, line_at, word_after, word_before},
    },
    check::{Check, Context, Example, Meta, Sink},
    finding::{Edit, Fix, Safety, Severity},
    text::Span,
};

pub(super) struct GluedComma;

static META: Meta = Meta {
    name: "typography/glued-comma",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "no blank after a comma between two words",
    why: "The blank was lost in typing or when lines were joined; the two words break and search as one.",
    when_wrong: "A list of values or a name that is written like this: put it into code marks.",
    fix: "Inserts the blank.",
    needs: Signals::ANY,
    examples: &[
        Example::Bad {
            text: "The bread was warm,fresh and cheap, so everybody bought two of them.",
            find: &["warm,fresh"],
            fixed: Some("The bread was warm, fresh and cheap, so everybody bought two of them."),
        },
        Example::Bad {
            text: "Když přišel domů,nikdo tam nebyl, a tak si uvařil čaj a šel zase spát.",
            find: &["domů,nikdo"],
            fixed: Some("Když přišel domů, nikdo tam nebyl, a tak si uvařil čaj a šel zase spát."),
        },
        Example::Good { text: "Set the option to red,green,blue and start the program again, please." },
        Example::Good {
            text: "Κάνε ό,τι θέλεις, αλλά κάνε το τώρα, γιατί αύριο θα είναι αργά για όλους μας."
        },
        Example::Good { text: "Call mount -o remount,ro first, and then wait until all of the disks are idle again." },
        Example::Good { text: "The total was 1,250,000 and the key was user,name in the old file." },
    ],
};

impl Check for GluedComma {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let prose = cx.prose();
        for &(at, joint) in cx.facts().joints(prose) {
            if joint != Joint::Comma {
                continue;
            }
            let (before, after) = (word_before(prose, at), word_after(prose, at + 1));
            let (left, right) = (&prose[before.range()], &prose[after.range()]);
            let lower = |w: &str| w.chars().all(char::is_lowercase);
            if left.chars().count() < 3 || right.chars().count() < 2 || !lower(right) || !lower(left) {
                continue;
            }
            let free_left = char_before(prose, before.start).is_none_or(|c| c.is_whitespace() || "“«’-(".contains(c));
            let free_right = char_after(prose, after.end).is_some_and(|c| c.is_whitespace() || ".!?’-".contains(c));
            let span = Span::new(before.start, after.end);
            if !free_left || !free_right || cx.facts().is_opaque(prose, span) || !in_sentence(prose, at) {
                continue;
            }
            let place = Span::new(at + 1, at + 1);
            let fix = Fix {
                safety: Safety::Suggested,
                title: "insert a blank".into(),
                edits: vec![Edit { span: place, text: " ".into() }],
            };
            out.report(span, 0.85, "no blank after the comma", Some(fix));
        }
    }
}

/// Whether the line reads as prose: many words, and another comma that does have its blank.
fn in_sentence(prose: &str, at: usize) -> bool {
    let line = &prose[line_at(prose, at).range()];
    let words = line.split_ascii_whitespace().filter(|w| w.chars().all(|c| c.is_alphabetic() || c == ',')).count();
    let glued = line.match_indices(',').filter(|(i, _)| char_after(line, i + 1).is_some_and(char::is_alphabetic));
    // `-o remount,ro`: the value of an option.
    let option = line.split_ascii_whitespace().any(|w| w.starts_with(['-', '\\', '$']) && w.len() > 1);
    words >= 8 && !option && line.contains(", ") && glued.count() <= 2
}
