//! `the road.Later they`: the blank between two sentences is gone.

use crate::{
    analysis::{
        Joint, Signals,
        around::{char_after, char_before, word_after, word_before},
        names::starts_sentences,
    },
    check::{Check, Context, Example, Meta, Sink},
    finding::{Edit, Fix, Safety, Severity},
    text::Span,
};

pub(super) struct GluedSentence;

static META: Meta = Meta {
    name: "typography/glued-sentence",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "two sentences run together at a full stop",
    why: "A line break or a blank was lost when lines were joined or markup was taken out, so that the next sentence \
          starts right after the full stop.",
    when_wrong: "A name with an inner stop, or an abbreviation that is always written without a blank.",
    fix: "Inserts the blank.",
    needs: Signals::ANY,
    examples: &[
        Example::Bad {
            text: "They walked along the road.Later they took the train to the coast.",
            find: &["road.Later"],
            fixed: Some("They walked along the road. Later they took the train to the coast."),
        },
        Example::Bad {
            text: "Вечером они вышли на берег моря.Потом начался дождь, и все ушли домой.",
            find: &["моря.Потом"],
            fixed: Some("Вечером они вышли на берег моря. Потом начался дождь, и все ушли домой."),
        },
        Example::Bad {
            text: "Is this really what the committee wanted?They never said so in public.",
            find: &["wanted?They"],
            fixed: Some("Is this really what the committee wanted? They never said so in public."),
        },
        Example::Good { text: "The server runs on Node.Js and ASP.Net, and the news came from Yahoo!Japan." },
        Example::Good {
            text: "Зустріч відбулася на вул.Шевченка біля пам’ятника, о п’ятій годині вечора."
        },
        Example::Good { text: "The method list.Append is called by java.util.List and by example.Com in the test." },
    ],
};

impl Check for GluedSentence {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let prose = cx.prose();
        for &(at, joint) in cx.facts().joints(prose) {
            if joint == Joint::Stop
                && let Some(span) = seam(cx, prose, at)
            {
                let place = Span::new(at + 1, at + 1);
                let fix = Fix {
                    safety: Safety::Suggested,
                    title: "insert a blank".into(),
                    edits: vec![Edit { span: place, text: " ".into() }],
                };
                out.report(span, 0.9, "a new sentence starts right after the full stop: a blank was lost", Some(fix));
            }
        }
    }
}

/// The two words at a seam of two sentences.
fn seam(cx: &Context<'_>, prose: &str, at: usize) -> Option<Span> {
    let before = word_before(prose, at);
    let after = word_after(prose, at + 1);
    let (left, right) = (&prose[before.range()], &prose[after.range()]);
    let mut letters = right.chars();
    let starts = letters.next().is_some_and(char::is_uppercase) && letters.clone().all(char::is_lowercase);
    let ends = left.chars().count() >= 3 && left.chars().all(char::is_lowercase);
    if !starts || !ends || right.chars().count() < 2 || abbreviation(left) {
        return None;
    }
    // The words stand free: `java.util.List`, `self.Name(`, `a/b.C` are names.
    let free_left = char_before(prose, before.start).is_none_or(|c| c.is_whitespace() || "“\"(«’'".contains(c));
    let next = char_after(prose, after.end);
    let free_right = next.is_some_and(|c| c.is_whitespace() || c == ',' || c == '’' || c == ':');
    if !free_left || !free_right || cx.facts().is_opaque(prose, Span::new(before.start, after.end)) {
        return None;
    }
    // Prose goes on after the seam, with a word in lower case or with another name.
    let rest = &prose[after.end..];
    let rest = rest.trim_start_matches([',', ' ', '’']);
    let goes_on = rest.chars().next().is_some_and(char::is_alphanumeric);
    let known = starts_sentences(right);
    // In technical text `list.Append` is a name; a common first word of a sentence is not.
    let prose_like = known || (!right.is_ascii() || cx.lang().is_some_and(|l| l != "en")) || {
        let next = rest.split_whitespace().next().unwrap_or_default();
        next.chars().all(char::is_lowercase) && !VERBS.contains(&next)
    };
    (goes_on && prose_like && cx.lang().is_some()).then(|| Span::new(before.start, after.end))
}

/// After these words in technical text a name stood, not the first word of a sentence.
static VERBS: &[&str] = &["is", "was", "can", "will", "in", "and", "or", "to", "for", "from", "with", "by", "as", "on"];

/// Abbreviations of three letters and more that are written without a blank before a name.
fn abbreviation(word: &str) -> bool {
    matches!(
        word,
        // Streets, houses, people and places, as written in Ukrainian, Russian, Bulgarian, Serbian.
        "вул"
            | "буд"
            | "просп"
            | "пров"
            | "пос"
            | "тов"
            | "ред"
            | "рис"
            | "див"
            | "див-"
            | "обл"
            | "пер"
            | "наб"
            | "дер"
            | "ред-"
            | "чл"
            | "проф"
            | "акад"
            | "доц"
            | "инж"
            | "ген"
            | "полк"
            | "кап"
            | "ул"
            | "бул"
            | "жк"
            | "str"
            | "nkkt"
            | "mnu"
            | "nkk"
            | "dkt"
            | "prof"
            | "inż"
            | "gen"
            | "tel"
            | "ust"
            | "rys"
            | "tab"
            | "poz"
            | "str-"
            | "bld"
            | "bul"
            | "cad"
            | "sok"
            | "mah"
            | "doç"
            | "hôp"
            | "ing"
            | "mgr"
            | "doc"
            | "ulic"
            | "nám"
            | "avda"
            | "vol"
            | "fig"
            | "art"
            | "cap"
            | "pág"
            | "núm"
            | "abb"
            | "bzw"
            | "vgl"
            | "usw"
            | "zzgl"
            | "inkl"
    )
}
