//! One person under two spellings of the name: the same surname, and given names that sound alike.

use super::{alike::same_sound, misspelt_name::names_keep_their_form};
use crate::{
    analysis::{Facts, Name, Signals, names::stands_small, sounds::fold},
    check::{Check, Context, Example, Meta, Sink},
    finding::{Fix, Safety, Severity},
    text::{Mixing, Span},
};
use std::collections::{BTreeSet, HashMap};

pub(super) struct NameVariant;

static META: Meta = Meta {
    name: "consistency/name-variant",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "one person under two spellings of the given name",
    why: "Two sources romanise a name in two ways, and a translation engine does it anew in every sentence. A reader \
          may take them for two people.",
    when_wrong: "Two relatives whose given names sound alike.",
    fix: "Writes the form that is more frequent, or else the one that comes first.",
    needs: Signals::ASCII_LETTER,
    examples: &[
        Example::Bad {
            text: "The envoy Stephan de Groot arrived in the morning. In the evening the minister met Stefen di Groot \
                   and his team in the old town hall, as the spokesman of the ministry told the press on the next day.",
            find: &["Stefen di Groot"],
            fixed: Some(
                "The envoy Stephan de Groot arrived in the morning. In the evening the minister met Stephan de Groot \
                 and his team in the old town hall, as the spokesman of the ministry told the press on the next day.",
            ),
        },
        Example::Bad {
            text: "According to Aleksei Petrov, the bridge is safe. The mayor asked Aleksei Petrov again. On Friday \
                   the paper quoted Aleksey Petrov once more.",
            find: &["Aleksey Petrov"],
            fixed: Some(
                "According to Aleksei Petrov, the bridge is safe. The mayor asked Aleksei Petrov again. On Friday \
                 the paper quoted Aleksei Petrov once more.",
            ),
        },
        Example::Good { text: "The sisters Maria Lopez and Marie Lopez run the shop with their brother Mario Lopez." },
        Example::Good { text: "The firm of Jane Miller and Jean Miller was sold to Hassan Karimi and Hussein Karimi." },
        Example::Bad {
            text: "The envoy, Bashar Maraadi, came late. Later Bashar Mara’adi left with his wife, and nobody saw Bashar Maraadi again, although Bashar Maraadi had promised to stay until the end of the week in the town.",
            find: &["Bashar Mara’adi"],
            fixed: Some(
                "The envoy, Bashar Maraadi, came late. Later Bashar Maraadi left with his wife, and nobody saw Bashar Maraadi again, although Bashar Maraadi had promised to stay until the end of the week in the town.",
            ),
        },
        Example::Good {
            text: "The players, Kevin O’Brien and Kevin Obrien-Smith, are no relation, said Sean O’Brien, who knows them both from the club.",
        },
        Example::Good { text: "New York, New Jersey and North York are not West York." },
    ],
};

/// A given name and a surname with the particle between them.
struct Full<'t> {
    span: Span,
    given: &'t str,
    particle: &'t str,
    surname: &'t str,
}

impl Check for NameVariant {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let prose = cx.prose();
        if !Facts::is_article(prose) || !names_keep_their_form(cx) {
            return;
        }
        let names = cx.facts().names(prose);
        let mut by_surname: HashMap<&str, Vec<Full<'_>>, Mixing> = HashMap::default();
        for full in names.list.windows(2).filter_map(|pair| full(prose, pair)) {
            by_surname.entry(full.surname).or_default().push(full);
        }
        // Most texts have no such name: which words stand there in lower case need not be known.
        let varies = |list: &Vec<Full<'_>>| {
            let given: BTreeSet<&str> = list.iter().map(|full| full.given).collect();
            let mut pairs =
                given.iter().enumerate().flat_map(|(n, one)| given.iter().skip(n + 1).map(move |other| (one, other)));
            pairs.any(|(one, other)| same_sound(one, other))
        };
        let marks = by_surname.values().flatten().any(|full| has_mark(&full));
        by_surname.retain(|_, list| marks || varies(list));
        // Few are asked about, unless all are.
        let is_word = |given: &str| if marks { names.is_common_word(prose, given) } else { stands_small(prose, given) };
        for list in by_surname.values_mut() {
            list.retain(|full| !is_word(full.given));
        }
        marked(by_surname.values().flatten(), out);
        let mut found = Vec::new();
        for list in by_surname.values().filter(|l| l.len() >= 2) {
            let count = |given: &str, particle: &str| {
                list.iter().filter(|f| f.given == given && f.particle == particle).count()
            };
            for odd in list {
                // The form to keep: the most frequent of those that sound like this one; of equals, the first.
                let own = count(odd.given, odd.particle);
                let keep = list
                    .iter()
                    .filter(|f| f.given != odd.given && same_sound(f.given, odd.given))
                    .filter(|f| f.particle == odd.particle || (!f.particle.is_empty() && !odd.particle.is_empty()))
                    .map(|f| (count(f.given, f.particle), f))
                    .filter(|(n, f)| *n > own || (*n == own && f.span < odd.span))
                    .max_by(|a, b| a.0.cmp(&b.0).then(b.1.span.cmp(&a.1.span)));
                if let Some((n, keep)) = keep {
                    found.push((odd, keep, n, own));
                }
            }
        }
        found.sort_by_key(|(odd, ..)| odd.span);
        for (odd, keep, n, own) in found {
            let right = format!("{}{}{}{}", keep.given, " ", keep.particle, keep.surname);
            let severity = if n >= 2 * own || keep.particle != odd.particle { META.severity } else { Severity::Info };
            let message = format!("«{}» here, «{right}» elsewhere in the document", &prose[odd.span.range()]);
            let fix = Fix::replace(Safety::Suggested, odd.span, right);
            out.report_as(severity, odd.span, 0.85, message, Some(fix));
        }
    }
}

fn has_mark(full: &&Full<'_>) -> bool {
    full.surname.contains(['\'', '’', '‘', 'ʿ', 'ʾ', 'ʼ'])
}

/// One given name, and a surname with its apostrophe and without: `Bashar Ja’afari`, `Bashar Jaafari`.
fn marked<'l, 't: 'l>(all: impl Iterator<Item = &'l Full<'t>> + Clone, out: &mut Sink) {
    // Most texts have none.
    if !all.clone().any(|f| has_mark(&f)) {
        return;
    }
    let mut by_letters: HashMap<(&str, String), Vec<&Full<'_>>> = HashMap::new();
    for full in all {
        by_letters.entry((full.given, fold(full.surname))).or_default().push(full);
    }
    let mut found = Vec::new();
    for list in by_letters.values().filter(|l| l.len() >= 2 && l.iter().any(has_mark)) {
        let count = |surname: &str| list.iter().filter(|f| f.surname == surname).count();
        // Of equals the form that comes first.
        let usual = list.iter().max_by_key(|f| (count(f.surname), std::cmp::Reverse(f.span)));
        let Some(keep) = usual.map(|f| f.surname) else { continue };
        found.extend(list.iter().filter(|f| f.surname != keep).map(|f| (*f, keep, count(keep), count(f.surname))));
    }
    found.sort_by_key(|(odd, ..)| odd.span);
    for (odd, keep, n, own) in found {
        let right = format!("{} {}{keep}", odd.given, odd.particle);
        let severity = if n >= 2 * own { META.severity } else { Severity::Info };
        let message =
            format!("«{} {}{}» here, «{keep}» elsewhere in the document", odd.given, odd.particle, odd.surname);
        out.report_as(severity, odd.span, 0.8, message, Some(Fix::replace(Safety::Suggested, odd.span, right)));
    }
}

fn full<'t>(prose: &'t str, pair: &[Name]) -> Option<Full<'t>> {
    let [given, surname] = pair else { return None };
    if !surname.follows(prose) || surname.starts(prose) {
        return None;
    }
    let (first, last) = (&prose[given.span.range()], &prose[surname.span.range()]);
    let is_name = |w: &str| w.chars().count() >= 4 && w.chars().skip(1).all(char::is_lowercase);
    if !is_name(first) || last.chars().count() < 4 || !last.chars().any(char::is_lowercase) {
        return None;
    }
    Some(Full {
        span: Span::new(given.span.start, surname.span.end),
        given: first,
        particle: &prose[surname.particle(prose).range()],
        surname: last,
    })
}
