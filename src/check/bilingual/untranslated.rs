//! A translation that equals its source.

use super::catalogue;
use crate::{
    analysis::Signals,
    check::{Check, Context, Example, Meta, Sink},
    finding::Severity,
    region::Format,
    text::Span,
};

pub(super) struct Untranslated;

static META: Meta = Meta {
    name: "bilingual/untranslated",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "translation that equals its source",
    why: "The source text was copied into the place of the translation, and nobody translated it.",
    when_wrong: "A name, an address or a piece of code that stays as it is in every language.",
    fix: "",
    needs: Signals::ANY,
    // Pairs of texts cannot stand in an example; the tests below hold them.
    examples: &[
        Example::Good { text: "A text without a source is never compared with anything, whatever it says." },
        Example::Good { text: "Ein Text ohne Quelle wird mit nichts verglichen, was auch immer in ihm steht." },
        Example::Good {
            text: "Текст без исходного текста ни с чем не сравнивается, что бы в нём ни стояло."
        },
    ],
};

impl Check for Untranslated {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        if let Some(pair) = &cx.doc.pair {
            let same = match (&pair.lang, &cx.settings.lang) {
                (Some(source), Some(target)) => primary(source) == primary(target),
                _ => false,
            };
            if let Some(span) = copy(&pair.source, cx.text(), LEAST).filter(|_| !same) {
                out.report(span, 0.9, MESSAGE, None);
            }
        } else if cx.format() == Format::Po {
            let messages = catalogue::messages(cx.text());
            // Programs speak English; where the catalogue's language is not known, it may be the same.
            if catalogue::language(&messages).is_none_or(|language| language == "en") {
                return;
            }
            let copies = messages.iter().filter(|message| message.plural.is_empty()).flat_map(|message| {
                let copied = |target: &catalogue::Target| {
                    let span = copy(&message.source, &target.text, LEAST_IN_CATALOGUE)?;
                    Some(target.place(span))
                };
                message.targets.iter().filter_map(copied)
            });
            let copies: Vec<Span> = copies.collect();
            if let Some(first) = copies.first().filter(|_| copies.len() > MANY) {
                let count = copies.len();
                let message = format!("{count} translations, from this one on, are the source text, word for word");
                out.report(*first, 0.9, message, None);
                return;
            }
            copies.into_iter().for_each(|span| out.report(span, 0.9, MESSAGE, None));
        }
    }
}

const MESSAGE: &str = "the translation is the source text, word for word";

/// A catalogue with more copies than that was never translated: one matter, not many.
const MANY: usize = 12;
/// So many words that could be translated are no name.
const LEAST: usize = 3;
/// A catalogue's strings are commands, options and credits as well.
const LEAST_IN_CATALOGUE: usize = 5;

/// The translation, if it is the source's text with at least so many words that could be translated.
fn copy(source: &str, text: &str, least: usize) -> Option<Span> {
    let target = text.trim();
    if target.is_empty() || !target.eq_ignore_ascii_case(source.trim()) {
        return None;
    }
    if target.contains("$(") || target.contains("\\\\") {
        return None;
    }
    // In lower case, no file names, no placeholders.
    let words = target.split_whitespace().filter(|w| {
        let letters = w.trim_matches(|c: char| c.is_ascii_punctuation() || "«»“”„…".contains(c));
        letters.chars().count() > 1 && letters.chars().all(|c| c.is_lowercase() || "'’-".contains(c))
    });
    let unspaced =
        target.chars().filter(|c| (0x3040..0xAC00).contains(&(*c as u32)) || (0xE00..0xE80).contains(&(*c as u32)));
    let start = text.len() - text.trim_start().len();
    (words.count() >= least || unspaced.count() >= 6).then(|| Span::new(start, start + target.len()))
}

#[cfg(test)]
mod tests {
    use crate::{Document, Engine, Pair, Settings, region::Format, text::Source};

    fn found(source: &str, target: &str) -> usize {
        let mut doc = Document::new(Source::from_str(target), Format::Plain);
        doc.pair = Some(Pair { source: source.into(), lang: Some("en".into()) });
        let settings = Settings { lang: Some("de".into()), ..Settings::default() };
        let engine = Engine::new(Vec::new()).unwrap();
        engine.check(&doc, &settings).iter().filter(|f| f.rule == "bilingual/untranslated").count()
    }

    #[test]
    fn messages_of_catalogues() {
        let po = "msgid \"\"\nmsgstr \"Language: de\\n\"\n\nmsgid \"The file could not be opened again.\"\nmsgstr \"\"\n\"The file could not \"\n\"be opened again.\"\n\n\
                  msgid \"GNU General Public License\"\nmsgstr \"GNU General Public License\"\n";
        let all = |po: &str| {
            let doc = Document::new(Source::from_str(po), Format::Po);
            let found = Engine::new(Vec::new()).unwrap().check(&doc, &Settings::default());
            found.iter().filter(|f| f.rule == "bilingual/untranslated").count()
        };
        assert_eq!(all(po), 1);
        assert_eq!(all(&po.replace("Language: de", "Language: en_GB")), 0);
        assert_eq!(all(&po.replace("Language: de", "")), 0);
    }

    #[test]
    fn copies_are_found_and_names_are_not() {
        assert_eq!(found("The file could not be opened.", "The file could not be opened."), 1);
        assert_eq!(found("The file could not be opened.", "Die Datei konnte nicht geöffnet werden."), 0);
        assert_eq!(found("GNU Image Manipulation Program", "GNU Image Manipulation Program"), 0);
        assert_eq!(found("https://example.org/a b", "https://example.org/a b"), 0);
        assert_eq!(found("", ""), 0);
    }
}
