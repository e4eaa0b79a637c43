//! `Sergei Lavrov` in one document of a run and `Sergey Lavrov` in another.

use super::{alike::same_sound, misspelt_name::names_keep_their_form, preferred_name};
use crate::{
    analysis::{
        Facts, Name, Signals,
        names::starts_sentences,
        sounds::{fold, sound},
    },
    check::{Context, Example, Mention, Meta, SetCheck},
    finding::{Finding, Fix, Safety, Severity},
    text::Span,
};
use std::collections::{BTreeMap, HashMap};

pub(super) struct NameAcrossFiles;

static META: Meta = Meta {
    name: "consistency/name-across-files",
    since: "0.1.0",
    severity: Severity::Info,
    summary: "name that other documents of the run romanise in another way",
    why: "Sources romanise a name in several ways. Who publishes their texts side by side chooses one form, so that \
          readers and searches find the same person in all of them.",
    when_wrong: "Two people whose names sound alike. A list «names» in the configuration settles which form is \
                 preferred.",
    fix: "Writes the form that most documents use; of equally frequent ones, the first.",
    needs: Signals::ASCII_LETTER,
    examples: &[
        Example::Good { text: "One document alone: Sergei Ivanov met Yusuf al-Hadi, and Anna Zeid stayed at home." },
        Example::Good { text: "The sisters Maria Lopez and Marie Lopez run the shop with their brother Mario Lopez." },
        Example::Good { text: "The firm of Jane Miller and Jean Miller was sold to Hassan Karimi and Hussein Karimi." },
    ],
};

/// Between the parts of a name in a mention.
const CUT: char = '\t';

impl SetCheck for NameAcrossFiles {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn collect(&self, cx: &Context<'_>) -> Vec<Mention> {
        let prose = cx.prose();
        if !Facts::is_article(prose) || !names_keep_their_form(cx) {
            return Vec::new();
        }
        let mut by_key: BTreeMap<String, Vec<Mention>> = BTreeMap::new();
        let names = cx.facts().names(prose);
        for pair in names.list.windows(2) {
            // Most names stand alone; and a word of the language has a capital in titles: `With Statement`, `Wait Statement`.
            if !pair[1].follows(prose) || pair.iter().any(|n| names.is_common_word(prose, &prose[n.span.range()])) {
                continue;
            }
            let Some(mut mention) = full(prose, pair) else { continue };
            mention.key.push_str(cx.lang().unwrap_or_default());
            // The user's list has the last word on the names in it.
            let text = &prose[mention.span.range()];
            if !preferred_name::forms(&cx.settings.names).any(|form| text.contains(form) || form.contains(text)) {
                by_key.entry(mention.key.clone()).or_default().push(mention);
            }
        }
        // Where the document itself uses several forms, the check of one document speaks; here its usual one counts.
        for list in by_key.values_mut() {
            let count = |text: &str| list.iter().filter(|m| m.text == text).count();
            let Some(usual) = list.iter().map(|m| &m.text).rev().max_by_key(|t| count(t)).cloned() else { continue };
            list.retain(|m| m.text == usual);
        }
        let mut mentions: Vec<Mention> = by_key.into_values().flatten().collect();
        mentions.sort_by_key(|m| m.span);
        mentions
    }
    fn finish(&self, mentions: &[(usize, Mention)]) -> Vec<(usize, Finding)> {
        let mut groups: HashMap<&str, Vec<&(usize, Mention)>> = HashMap::new();
        for mention in mentions {
            groups.entry(&mention.1.key).or_default().push(mention);
        }
        let mut found = Vec::new();
        for group in groups.values().filter(|g| g.windows(2).any(|w| w[0].1.text != w[1].1.text)) {
            settle(group, &mut found);
        }
        found.sort_by_key(|(document, f): &(usize, Finding)| (*document, f.span));
        // `Minister Sergey` and `Sergey Lavrov` say the same: the pair that begins with the name says it better.
        let mut kept: Vec<(usize, Finding)> = Vec::with_capacity(found.len());
        for next in found {
            if kept.last().is_some_and(|last| last.0 == next.0 && last.1.span.overlaps(next.1.span)) {
                kept.pop();
            }
            kept.push(next);
        }
        kept
    }
}

/// Given name, article or particle, surname: the parts are voted on one by one.
fn parts(text: &str) -> [&str; 3] {
    let mut parts = text.split(CUT);
    [parts.next().unwrap_or_default(), parts.next().unwrap_or_default(), parts.next().unwrap_or_default()]
}

fn settle(group: &[&(usize, Mention)], found: &mut Vec<(usize, Finding)>) {
    let mut winners: [&str; 3] = [""; 3];
    for (part, winner) in winners.iter_mut().enumerate() {
        // One vote for each document; of equals, the form that comes first.
        let mut votes: Vec<(&str, Vec<usize>)> = Vec::new();
        for (document, mention) in group {
            let form = parts(&mention.text)[part];
            match votes.iter_mut().find(|(f, _)| *f == form) {
                // Mentions come in the order of documents.
                Some((_, documents)) if documents.last() == Some(document) => {}
                Some((_, documents)) => documents.push(*document),
                None => votes.push((form, vec![*document])),
            }
        }
        *winner = votes.iter().rev().max_by_key(|(_, documents)| documents.len()).map_or("", |(f, _)| *f);
    }
    let right = format!("{} {}{}", winners[0], winners[1], winners[2]);
    for (document, mention) in group {
        let own = parts(&mention.text);
        let unlike = |part: usize| own[part].to_lowercase() != winners[part].to_lowercase();
        // Particles that differ alone are another grammar; the article `al-` comes and goes with the romanisation.
        let article = own[1].ends_with("al-") != winners[1].ends_with("al-");
        let differs = unlike(0) || unlike(2) || article;
        // One part must be the same to the letter: two parts that only sound alike are two names.
        let same_part = own[0] == winners[0] || own[2] == winners[2];
        let alike = same_sound(own[0], winners[0]) && same_sound(own[2], winners[2]);
        if !differs || !same_part || !alike {
            continue;
        }
        let written = format!("{} {}{}", own[0], own[1], own[2]);
        let message = format!("«{written}» here; most other documents of this run have «{right}»");
        found.push((
            *document,
            Finding {
                rule: META.name.into(),
                severity: META.severity,
                confidence: 0.7,
                span: mention.span,
                message,
                fix: Some(Fix::replace(Safety::Suggested, mention.span, right.clone())),
            },
        ));
    }
}

/// A name of two parts that follow each other.
fn full(prose: &str, pair: &[Name]) -> Option<Mention> {
    let [given, surname] = pair else { return None };
    let (first, last) = (&prose[given.span.range()], &prose[surname.span.range()]);
    let is_name = |w: &str| w.chars().count() >= 3 && w.chars().skip(1).any(char::is_lowercase);
    if starts_sentences(first) && given.starts(prose) {
        return None;
    }
    if !is_name(first) || !is_name(last) || fold(last).chars().count() < 4 {
        return None;
    }
    let plain = |w: &str| w.replace(['’', '‘', 'ʼ', '`'], "'");
    let (article, core) = match last.get(..3) {
        Some("al-" | "Al-") => ("al-", &last[3..]),
        _ => ("", last),
    };
    let particle = &prose[surname.particle(prose).range()];
    Some(Mention {
        key: format!("{} {}", sound(first), sound(last)),
        text: format!("{}{CUT}{particle}{article}{CUT}{}", plain(first), plain(core)),
        span: Span::new(given.span.start, surname.span.end),
    })
}

#[cfg(test)]
mod tests {
    use super::{super::found_in, *};
    use crate::Settings;

    fn found(texts: &[&str]) -> Vec<(usize, String, String)> {
        let settings = Settings { lang: Some("en".into()), ..Settings::default() };
        let findings = found_in(&NameAcrossFiles, &settings, texts);
        let fixed = |f: &Finding| f.fix.as_ref().map(|x| x.edits[0].text.clone()).unwrap_or_default();
        findings.iter().map(|(d, f)| (*d, texts[*d][f.span.range()].to_owned(), fixed(f))).collect()
    }

    #[test]
    fn the_form_of_most_documents_wins() {
        let texts = ["Then Sergei Orlov spoke.", "Then Sergey Orlov spoke.", "Then Sergei Orlov left."];
        assert_eq!(found(&texts), [(1, "Sergey Orlov".into(), "Sergei Orlov".into())]);
    }

    #[test]
    fn parts_are_voted_on_one_by_one() {
        let texts = ["He met Karim al-Sa'adi.", "He met Karim al-Saadi.", "He met Karim Saadi."];
        let right = "Karim al-Saadi".to_owned();
        assert_eq!(found(&texts), [(0, "Karim al-Sa'adi".into(), right.clone()), (2, "Karim Saadi".into(), right)]);
    }

    #[test]
    fn different_people_and_capitals_stay() {
        assert!(found(&["Then Maria Lopez spoke.", "Then Mario Lopez spoke."]).is_empty());
        assert!(found(&["Then Marek Novak spoke.", "Then Marik Nowak spoke."]).is_empty());
        assert!(found(&["In the United Nations hall.", "In the UNITED NATIONS hall."]).is_empty());
        assert!(found(&["Then Ivan O'Brien left.", "Then Ivan O’Brien left."]).is_empty());
    }
}
