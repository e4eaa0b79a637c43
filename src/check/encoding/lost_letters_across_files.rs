//! A file without the accents, or without the capitals, that the other files of the run have.

use super::{
    lost_letters::{beginning, first_line, head, knows_capitals, message, without_capitals, without_marks},
    marked,
};
use crate::{
    analysis::{Signals, places::count},
    check::{Context, Example, Mention, Meta, SetCheck},
    finding::{Finding, Severity},
    text::Span,
};
use std::collections::HashMap;

/// A file without the accents, or without the capitals, that the other files of the run have.
pub(super) struct LostLettersAcrossFiles;

static META: Meta = Meta {
    name: "encoding/lost-letters-across-files",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "a file without the accented letters, or without the capitals, that other files of the run have",
    why: "A program that knows only ASCII dropped the accents of every letter of one file, or folded its letters to \
          lower case. The other files in the same language show that the publication writes them.",
    when_wrong: "The file is written so on purpose: a list of search words, a message from a telephone.",
    fix: "",
    needs: Signals::ASCII_LETTER.or(Signals::GREEK),
    examples: &[
        Example::Good { text: "Les élèves étaient déjà là après la première neige." },
        Example::Good { text: "One file alone has nothing to be compared with." },
    ],
};

/// How much of a file is read for the marks that it has.
const SAMPLE: usize = 4 << 10;
/// Files shorter than this show no habit.
const ENOUGH: usize = 500;
/// Files with capitals for each one without.
const CAPITALS: usize = 3;

impl SetCheck for LostLettersAcrossFiles {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn collect(&self, cx: &Context<'_>) -> Vec<Mention> {
        let text = beginning(cx.prose());
        if text.len() < ENOUGH {
            return Vec::new();
        }
        let mut out = Vec::new();
        let mut add = |key: String, text: String, span| out.push(Mention { key, text, span });
        let sample = head(text, SAMPLE);
        if let Some(bare) = without_marks(cx) {
            let words = bare.examples.join(" ");
            add(format!("bare {}", bare.language.lang), format!("{words}\t{}", message(bare)), first_line(text));
        } else if !sample.is_ascii()
            && let Some((lang, words)) = marked::with_marks(sample)
        {
            add(format!("marked {lang}"), words.join(" "), Span::new(0, 0));
        }
        let capitals = count(sample.as_bytes(), |b| b.is_ascii_uppercase());
        match without_capitals(text).filter(|_| knows_capitals(beginning(cx.text()))) {
            Some((letters, sentences)) => {
                add("small".into(), format!("{letters} letters in {sentences} sentences"), first_line(text));
            }
            // One sentence in some hundred letters begins with one.
            None if capitals * 400 > sample.len() => add("capitals".into(), String::new(), Span::new(0, 0)),
            None => {}
        }
        out
    }
    fn finish(&self, mentions: &[(usize, Mention)]) -> Vec<(usize, Finding)> {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for (_, mention) in mentions {
            *counts.entry(mention.key.as_str()).or_default() += 1;
        }
        let with = |key: &str| counts.get(key).copied().unwrap_or(0);
        let (small, capitals) = (with("small"), with("capitals"));
        let mut words_of: Option<HashMap<&str, HashMap<String, &str>>> = None;
        let finding = |span, confidence, message| Finding {
            rule: META.name.into(),
            severity: META.severity,
            confidence,
            span,
            message,
            fix: None,
        };
        let mut out = Vec::new();
        for (document, mention) in mentions {
            if let Some(lang) = mention.key.strip_prefix("bare ") {
                let others = format!("marked {lang}");
                let files = with(&others);
                let Some((words, said)) = mention.text.split_once('\t').filter(|_| files > 0) else { continue };
                // The same word in both, the first that the run has.
                let marked = words_of.get_or_insert_with(|| marked_words(mentions)).get(others.as_str());
                let Some(marked) = marked else { continue };
                let pair = words.split(' ').find_map(|w| marked.get(w).map(|word| (w.to_owned(), *word)));
                let pair = pair.map_or_else(String::new, |(bare, word)| format!(": «{bare}» here, «{word}» there"));
                let message = format!("{said}; {} {pair}", files_have(files)).replace(" :", ":");
                out.push((*document, finding(mention.span, 0.9, message.trim_end().to_owned())));
            }
            if mention.key == "small" && capitals >= CAPITALS * small {
                let message = format!(
                    "The file has {} and no capital; {}: they were lost",
                    mention.text,
                    files_have(capitals).replace("them", "capitals")
                );
                out.push((*document, finding(mention.span, 0.7, message)));
            }
        }
        out
    }
}

/// The marked words of a run, by the key of their language and by what they are without their marks; the first of each.
fn marked_words(mentions: &[(usize, Mention)]) -> HashMap<&str, HashMap<String, &str>> {
    let mut words: HashMap<&str, HashMap<String, &str>> = HashMap::new();
    for (_, mention) in mentions.iter().filter(|(_, m)| m.key.starts_with("marked ")) {
        let known = words.entry(mention.key.as_str()).or_default();
        for word in mention.text.split(' ') {
            known.entry(marked::bared(word)).or_insert(word);
        }
    }
    words
}

fn files_have(files: usize) -> String {
    match files {
        1 => "another file of this run has them".to_owned(),
        n => format!("{n} other files of this run have them"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Settings, check::found_in};

    const GOOD: &str = "Les élèves étaient déjà là après la première neige, près de la fenêtre. Leurs données et les \
                        clés étaient également prêtes, et la dernière période précédente a été très générale.\n";

    fn messages(texts: &[String]) -> Vec<(usize, String)> {
        let found = found_in(&LostLettersAcrossFiles, &Settings::default(), texts);
        found.into_iter().map(|(n, f)| (n, f.message)).collect()
    }

    #[test]
    fn the_other_files_show_what_is_missing() {
        let (good, bare) = (GOOD.repeat(6), marked::bared(&GOOD.repeat(6)));
        let found = messages(&[good.clone(), bare.clone()]);
        assert!(
            matches!(found.as_slice(), [(1, m)] if m.contains("another file of this run has them: «")),
            "{found:?}"
        );
        assert!(messages(&[good.clone(), good.clone()]).is_empty());
        assert!(messages(&[bare.clone(), bare]).is_empty());
    }

    #[test]
    fn capitals_are_missed_where_others_have_them() {
        let text = "Der Hund bellte. Die Katze schlief. Es regnete den ganzen Tag und niemand ging vor das Haus.\n";
        let (good, small) = (text.repeat(20), text.to_lowercase().repeat(20));
        let found = messages(&[good.clone(), small.clone(), good.clone(), good.clone()]);
        assert!(
            matches!(found.as_slice(), [(1, m)] if m.contains("3 other files of this run have capitals")),
            "{found:?}"
        );
        assert!(messages(&[good, small]).is_empty());
    }
}
