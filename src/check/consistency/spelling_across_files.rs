//! `communique` in one document of a run and `communiqué` in another.

use super::{english_article, variants};
use crate::{
    analysis::Signals,
    check::{Context, Example, Mention, Meta, SetCheck},
    finding::{Edit, Finding, Fix, Safety, Severity},
};
use std::collections::BTreeMap;

pub(super) struct SpellingAcrossFiles;

static META: Meta = Meta {
    name: "consistency/spelling-across-files",
    since: "0.1.0",
    severity: Severity::Info,
    summary: "word that other documents of the run spell in another way",
    why: "Both spellings exist, but a publication keeps to one of them in all its texts.",
    when_wrong: "The documents are meant for different publications.",
    fix: "Writes the spelling that most documents use; of two equally frequent ones, the usual one.",
    needs: Signals::ASCII_LETTER,
    examples: &[
        Example::Good { text: "One document alone: the cease-fire is under way, and the communiqué says so." },
        Example::Good { text: "The adviser spoke of the cease-fire, and a second adviser agreed with her." },
        Example::Good { text: "Der Berater sprach vom Communiqué und vom guten Willen, und das Center war voll." },
    ],
};

impl SetCheck for SpellingAcrossFiles {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn collect(&self, cx: &Context<'_>) -> Vec<Mention> {
        let Some(prose) = english_article(cx) else { return Vec::new() };
        let mut mentions = Vec::new();
        for pair in variants::spellings(prose, cx.facts().names(prose), variants::Wanted::Either) {
            // A document that uses both is the business of the check of one document.
            if !pair.right.is_empty() && !pair.other.is_empty() {
                continue;
            }
            let usual = pair.other.is_empty();
            for found in pair.right.iter().chain(&pair.other) {
                if cx.facts().is_opaque(prose, found.span) {
                    continue;
                }
                let text = &prose[found.span.range()];
                let key = if usual { text.to_lowercase() } else { found.instead.clone() };
                mentions.push(Mention { key, text: text.to_lowercase(), span: found.span });
            }
        }
        mentions
    }
    fn finish(&self, mentions: &[(usize, Mention)]) -> Vec<(usize, Finding)> {
        // By word: the documents with the usual spelling, and those with the other one.
        let mut words: BTreeMap<&str, [BTreeMap<usize, Vec<&Mention>>; 2]> = BTreeMap::new();
        for (document, mention) in mentions {
            let side = usize::from(mention.text != mention.key);
            words.entry(&mention.key).or_default()[side].entry(*document).or_default().push(mention);
        }
        let mut found = Vec::new();
        for (right, [usual, other]) in words {
            if usual.is_empty() || other.is_empty() {
                continue;
            }
            let turned = other.len() > usual.len();
            let (odd, most) = if turned { (&usual, other.len()) } else { (&other, usual.len()) };
            for (document, list) in odd {
                let Some(first) = list.first() else { continue };
                let here = first.text.as_str();
                let instead = if turned { variants::unusual(right) } else { right };
                let edits = list.iter().map(|m| Edit { span: m.span, text: instead.to_owned() }).collect();
                let more = if list.len() > 1 { format!(" ({} times)", list.len()) } else { String::new() };
                let message = format!(
                    "«{here}» here{more}; {most} other {} «{instead}»",
                    if most == 1 { "document of this run writes" } else { "documents of this run write" }
                );
                let fix = Fix { safety: Safety::Suggested, title: format!("write «{instead}»"), edits };
                found.push((
                    *document,
                    Finding {
                        rule: META.name.into(),
                        severity: META.severity,
                        confidence: 0.6,
                        span: first.span,
                        message,
                        fix: Some(fix),
                    },
                ));
            }
        }
        found.sort_by_key(|(document, f): &(usize, Finding)| (*document, f.span));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::{super::found_in, *};
    use crate::Settings;

    fn found(texts: &[&str]) -> Vec<(usize, String, usize)> {
        let settings = Settings { lang: Some("en".into()), ..Settings::default() };
        let findings = found_in(&SpellingAcrossFiles, &settings, texts);
        findings
            .iter()
            .map(|(d, f)| (*d, texts[*d][f.span.range()].to_owned(), f.fix.as_ref().map_or(0, |x| x.edits.len())))
            .collect()
    }

    #[test]
    fn most_documents_win_and_equals_fall_to_the_usual_spelling() {
        let texts = ["A cease-fire now.", "The ceasefire and the ceasefire.", "One cease-fire more."];
        assert_eq!(found(&texts), [(1, "ceasefire".into(), 2)]);
        assert_eq!(found(&["It is under way.", "It is underway."]), [(0, "under way".into(), 1)]);
        assert!(found(&["It is under way.", "They are under way."]).is_empty());
    }
}
