//! The same paragraphs in two documents of a run: one article came in twice.

use crate::{
    analysis::{Facts, Signals, is_alphabetic, is_word_char, places::count},
    check::{Context, Example, Mention, Meta, SetCheck},
    finding::{Finding, Severity},
    text::{Mixer, Span},
};
use std::{
    collections::{BTreeMap, HashMap},
    hash::Hasher,
};

pub(super) struct PassageAcrossFiles;

static META: Meta = Meta {
    name: "consistency/passage-across-files",
    since: "0.1.0",
    severity: Severity::Info,
    summary: "paragraphs that stand in another document of the run too",
    why: "Two sources carried the same agency text, and both came into the collection: readers see it twice, and \
          programs that learn from the collection count it twice.",
    when_wrong: "A notice that belongs into every document.",
    fix: "",
    needs: Signals::ANY,
    examples: &[
        Example::Good { text: "One document alone cannot repeat another one, however often it says the same thing." },
        Example::Good { text: "" },
        Example::Good { text: "Short line.\nShort line.\nShort line." },
    ],
};

/// Paragraphs with fewer words are titles, captions and notices.
const LEAST_WORDS: usize = 20;
/// Paragraphs are compared by their last words: a dateline or a label stands in front.
const TAIL_WORDS: usize = 16;
/// Fewer paragraphs in common are a quotation.
const LEAST_PARAGRAPHS: usize = 3;
/// More documents than this with the same passages are the collection's way, and one finding.
const MOST_FINDINGS: usize = 5;
/// What stands in more documents than this is a notice.
const MOST_DOCUMENTS: usize = 4;

impl SetCheck for PassageAcrossFiles {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn collect(&self, cx: &Context<'_>) -> Vec<Mention> {
        let prose = cx.prose();
        if !Facts::is_article(prose) {
            return Vec::new();
        }
        let lines = cx.facts().lines(prose).iter().filter(|l| l.len() >= 120);
        lines.filter_map(|line| paragraph(prose, *line)).collect()
    }
    fn finish(&self, mentions: &[(usize, Mention)]) -> Vec<(usize, Finding)> {
        let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
        for (document, mention) in mentions {
            let list = places.entry(&mention.key).or_default();
            if list.last() != Some(document) {
                list.push(*document);
            }
        }
        // For each two documents, the paragraphs that both have; the later document is reported.
        let mut pairs: BTreeMap<(usize, usize), Vec<Span>> = BTreeMap::new();
        for (document, mention) in mentions {
            let Some(list) = places.get(mention.key.as_str()).filter(|l| l.len() <= MOST_DOCUMENTS) else { continue };
            if let Some(&first) = list.first().filter(|d| **d < *document) {
                pairs.entry((*document, first)).or_default().push(mention.span);
            }
        }
        // One finding for a document: the one it has most in common with.
        let mut most: BTreeMap<usize, Vec<Span>> = BTreeMap::new();
        for ((document, _), spans) in pairs {
            let best = most.entry(document).or_default();
            if spans.len() > best.len() {
                *best = spans;
            }
        }
        most.retain(|_, spans| spans.len() >= LEAST_PARAGRAPHS);
        // A folder that holds each page twice, as HTML and as text, or in many languages with the same passages not
        // yet translated, would say so for each page: one finding says it for all.
        let documents = most.len();
        let one_for_all = documents > MOST_FINDINGS;
        let finding = |(document, spans): (usize, Vec<Span>)| {
            let span = *spans.first()?;
            let message = if one_for_all {
                format!(
                    "{documents} documents of this run have passages of earlier ones word for word; this is the first \
                     of them"
                )
            } else {
                format!(
                    "this paragraph and {} more stand word for word in an earlier document of this run",
                    spans.len() - 1
                )
            };
            let rule = META.name.into();
            Some((document, Finding { rule, severity: META.severity, confidence: 0.9, span, message, fix: None }))
        };
        most.into_iter().take(if one_for_all { 1 } else { documents }).filter_map(finding).collect()
    }
}

/// The paragraph of a line, known by its last words.
fn paragraph(prose: &str, line: Span) -> Option<Mention> {
    let text = &prose[line.range()];
    // Most lines are seen to be too short by their blanks.
    if count(text.as_bytes(), |b| (b == b' ') | (b == b'\t') | (b == b'\x0C') | (b == b'\r')) + 1 < LEAST_WORDS {
        return None;
    }
    let words = text.split_ascii_whitespace().filter(|w| w.chars().any(is_word_char));
    if words.take(LEAST_WORDS).count() < LEAST_WORDS {
        return None;
    }
    Some(Mention { key: format!("{:x}", tail(text)?), text: String::new(), span: line })
}

/// A hash of the last words of a text, those without a letter apart.
fn tail(text: &str) -> Option<u64> {
    let (mut all, mut word) = (Mixer::default(), Mixer::default());
    let (mut count, mut is_word) = (0, false);
    for c in text.chars().rev().chain(std::iter::once(' ')) {
        if c.is_whitespace() {
            if std::mem::take(&mut is_word) {
                all.write_u64(word.finish());
                count += 1;
            }
            if count == TAIL_WORDS {
                return Some(all.finish());
            }
            word = Mixer::default();
        } else if is_alphabetic(c) {
            // Letters and digits only: one source set typographic quotation marks, the other did not.
            word.write_u64(u64::from(c));
            is_word = true;
        } else if c.is_numeric() {
            word.write_u64(u64::from(c));
        } else {
            is_word |= is_word_char(c);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{super::found_in, *};
    use crate::Settings;

    fn text(dateline: &str, quote: char, others: &str) -> String {
        let names = ["harbour", "bridge", "market", "library"];
        let lines = names.map(|n| {
            format!(
                "The council of the old town by the river said on the first day of the week that the {n} would be \
                 {quote}repaired and painted{quote} before the end of the summer, as the people had asked.\n"
            )
        });
        format!("{dateline}{}\n{others}\n", lines.concat())
    }

    fn found(texts: &[String]) -> Vec<(usize, usize)> {
        let findings = found_in(&PassageAcrossFiles, &Settings::default(), texts);
        findings.iter().map(|(d, f)| (*d, f.span.start)).collect()
    }

    #[test]
    fn the_later_document_is_reported() {
        let texts = [text("", '"', "One end."), text("AGENCY - ", '’', "Another end.")];
        assert_eq!(found(&texts), [(1, 0)]);
    }

    #[test]
    fn a_folder_that_holds_everything_twice_is_one_finding() {
        let page = |n: usize| {
            text("", '"', "End.").replace("the harbour", &format!("pier {n}")).replace("town", &format!("port{n}"))
        };
        // Numbers are not compared, words are.
        let seasons = ["spring", "summer", "autumn", "winter", "month", "year"];
        let distinct = |n: usize| page(n).replace("the summer", &format!("the {}", seasons[n]));
        let texts: Vec<String> = (0..6).chain(0..6).map(distinct).collect();
        assert_eq!(found(&texts).len(), 1);
    }

    #[test]
    fn a_notice_in_all_documents_is_none() {
        let texts: Vec<String> = (0..6).map(|n| text("", '"', &n.to_string())).collect();
        assert!(found(&texts).is_empty());
    }
}
