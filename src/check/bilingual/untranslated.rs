//! A translation that equals its source.

use crate::{
    analysis::Signals,
    check::{Check, Context, Example, Meta, Sink},
    finding::Severity,
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
        let Some(pair) = &cx.doc.pair else { return };
        let text = cx.text();
        let target = text.trim();
        if target.is_empty() || !target.eq_ignore_ascii_case(pair.source.trim()) {
            return;
        }
        // Four words that could be translated: in lower case, no file names, no placeholders.
        let words = target.split_whitespace().filter(|w| {
            let letters = w.trim_matches(|c: char| c.is_ascii_punctuation() || "«»“”„…".contains(c));
            letters.chars().count() > 1 && letters.chars().all(|c| c.is_lowercase() || "'’-".contains(c))
        });
        let unspaced =
            target.chars().filter(|c| (0x3040..0xAC00).contains(&(*c as u32)) || (0xE00..0xE80).contains(&(*c as u32)));
        let (words, unspaced) = (words.count(), unspaced.count());
        let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let same = match (&pair.lang, &cx.settings.lang) {
            (Some(source), Some(target)) => primary(source) == primary(target),
            _ => false,
        };
        if same || (words < 3 && unspaced < 6) {
            return;
        }
        let start = text.len() - text.trim_start().len();
        let span = Span::new(start, start + target.len());
        out.report(span, 0.9, "the translation is the source text, word for word", None);
    }
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
    fn copies_are_found_and_names_are_not() {
        assert_eq!(found("The file could not be opened.", "The file could not be opened."), 1);
        assert_eq!(found("The file could not be opened.", "Die Datei konnte nicht geöffnet werden."), 0);
        assert_eq!(found("GNU Image Manipulation Program", "GNU Image Manipulation Program"), 0);
        assert_eq!(found("https://example.org/a b", "https://example.org/a b"), 0);
        assert_eq!(found("", ""), 0);
    }
}
