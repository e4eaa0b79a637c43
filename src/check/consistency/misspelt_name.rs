//! A name that is written one way many times and another way once.

use super::alike::one_inner_edit;
use crate::{
    analysis::{Facts, Name, Signals, names::inside_sentences},
    check::{Check, Context, Example, Meta, Sink},
    finding::Safety,
    finding::Severity,
    text::{Mixing, Span},
    unicode::{flag, props},
};
use std::collections::HashMap;

pub(super) struct MisspeltName;

static META: Meta = Meta {
    name: "consistency/misspelt-name",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "name that differs in one letter from a name that the document uses often",
    why: "A slip in a name is what spelling checkers cannot see and what the person named sees first.",
    when_wrong: "Two people or places whose names differ in one letter.",
    fix: "Writes the name as the rest of the document does.",
    needs: Signals::ASCII_LETTER.or(Signals::CYRILLIC).or(Signals::GREEK),
    examples: &[
        Example::Bad {
            text: "The judge asked Brandt twice. In the end Brandtner spoke: the lawyer Lindqvist had left. Later \
                   Lindqvist came back, and the clerk saw Lindkvist and called Lindqvist in.",
            find: &["Lindkvist"],
            fixed: Some(
                "The judge asked Brandt twice. In the end Brandtner spoke: the lawyer Lindqvist had left. Later \
                 Lindqvist came back, and the clerk saw Lindqvist and called Lindqvist in.",
            ),
        },
        Example::Bad {
            text: "The envoy, Jan de Wolver, spoke first. Then de Wolver left. The talks with de Wolver went on without \
                   the UN Special Envoy De Walver and his staff.",
            find: &["De Walver"],
            fixed: Some(
                "The envoy, Jan de Wolver, spoke first. Then de Wolver left. The talks with de Wolver went on without \
                 the UN Special Envoy de Wolver and his staff.",
            ),
        },
        Example::Good {
            text: "The Syrian army crossed Syria, and Syrians say that Syria is tired; the Russian and the Russians, \
                   Russia and Prussia agreed. Later Russia spoke, and then Russia left.",
        },
        Example::Bad {
            text: "Судья выслушал, что говорил Воронцов. Потом Воронцов вышел, и секретарь сказала, что Воронцов вернётся. Позже там Ворунцов забыл шляпу, и за ней пришла жена.",
            find: &["Ворунцов"],
            fixed: Some(
                "Судья выслушал, что говорил Воронцов. Потом Воронцов вышел, и секретарь сказала, что Воронцов вернётся. Позже там Воронцов забыл шляпу, и за ней пришла жена.",
            ),
        },
        Example::Good {
            text: "The brothers Hansen came with Peter Hansen, and then Hansen met Karla Hanson, who is no relation; so \
                   Hansen said.",
        },
        Example::Good {
            text: "She flew from Ireland to Iceland, then back to Ireland; the rest of Ireland had rain, said people in \
                   Ireland.",
        },
    ],
};

/// Different places whose names are one edit apart.
const TWINS: &[(&str, &str)] = &[("Iceland", "Ireland"), ("Zambia", "Gambia"), ("Lebanon", "Lebanen")];

/// Languages in which a name has one form, or nearly so.
pub(super) fn names_keep_their_form(cx: &Context<'_>) -> bool {
    matches!(cx.lang(), Some("en" | "fr" | "es" | "pt" | "it" | "ca" | "nl" | "da" | "nb" | "sv"))
}

/// Languages in which the end of a name changes, and seldom anything before it. German is none of them: its nouns have
/// capitals too.
fn names_change_their_end(cx: &Context<'_>) -> bool {
    matches!(
        cx.lang(),
        Some("ru" | "uk" | "be" | "bg" | "sr" | "hr" | "sl" | "mk" | "pl" | "cs" | "sk" | "ro" | "el" | "hu" | "fi")
    )
}

/// Whether two names stand inside sentences that only differ as [`same_end`] says: without them nothing is found where names
/// change their ends, and most names of a text need not be known.
fn may_differ(prose: &str) -> bool {
    const ENDS: usize = 1 << 12;
    /// So many different names with the same ends are too many to compare.
    const MANY: usize = 16;
    // The different names with the same ends: the last one's number for each hash of the ends, and for each the one before.
    let mut last = vec![0u32; ENDS];
    let mut names: Vec<(&str, u32)> = vec![("", 0)];
    let mut found = false;
    inside_sentences(prose, |name| {
        if name.len() < 6 || found {
            return;
        }
        let Some(place) = ends(name) else { return };
        let place = &mut last[place % ENDS];
        let (mut before, mut compared) = (*place, 0);
        while let Some((other, next)) = names.get(before as usize).filter(|_| before > 0) {
            if *other == name {
                return;
            }
            compared += 1;
            found |=
                compared == MANY || (same_end(name, other) || same_end(other, name)) && one_inner_edit(name, other);
            before = *next;
        }
        names.push((name, std::mem::replace(place, names.len() as u32)));
    });
    found
}

/// A hash of the first letter of a name and its last four; `None` of a shorter one.
fn ends(name: &str) -> Option<usize> {
    let bytes = name.as_bytes();
    let begins = bytes.iter().enumerate().rev().filter(|(_, b)| **b & 0xC0 != 0x80);
    let (tail, _) = begins.take(4).last().filter(|(at, _)| *at > 0)?;
    let hash = |part: &[u8]| part.iter().rev().take(8).fold(0u64, |hash, b| hash << 8 | u64::from(*b));
    let hash = (hash(bytes.get(tail..)?) ^ u64::from(bytes[0])).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    Some((hash >> 40) as usize)
}

/// Whether two forms have their last four letters in common, and more than one before the difference.
fn same_end(a: &str, b: &str) -> bool {
    let common = a.chars().rev().zip(b.chars().rev()).take_while(|(x, y)| x == y).count();
    let opening = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    common >= 4 && opening >= 2 && a.chars().count() >= 7
}

impl Check for MisspeltName {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let prose = cx.prose();
        let keep = names_keep_their_form(cx);
        if !Facts::is_article(prose) || !(keep || names_change_their_end(cx) && may_differ(prose)) {
            return;
        }
        let all = cx.facts().names(prose);
        let names = all.list.as_slice();
        let mut forms: HashMap<&str, Vec<usize>, Mixing> = HashMap::default();
        let is_small = |c: char| if c.is_ascii() { !c.is_ascii_uppercase() } else { !props(c).any(flag::UPPER) };
        for (number, name) in names.iter().enumerate() {
            let text = &prose[name.span.range()];
            // Capitals at the start only: `GateHouse`, `NATO` have habits of their own.
            if text.len() >= 6 && text.chars().skip(1).all(is_small) {
                forms.entry(text).or_default().push(number);
            }
        }
        let common: Vec<(&str, &Vec<usize>)> = forms
            .iter()
            .filter(|(_, at)| at.len() >= 3 && at.iter().any(|&n| !names[n].starts(prose)))
            .map(|(form, at)| (*form, at))
            .collect();
        if common.is_empty() {
            return;
        }
        // One edit inside leaves the first letter and the last.
        let ends = |form: &str| (form.chars().next(), form.chars().next_back());
        let mut by_ends: HashMap<_, Vec<(&str, &Vec<usize>)>, Mixing> = HashMap::default();
        common.into_iter().for_each(|known| by_ends.entry(ends(known.0)).or_default().push(known));
        let mut rare: Vec<(&str, usize)> = forms
            .iter()
            .filter(|(_, at)| at.len() == 1 && !names[at[0]].starts(prose))
            .map(|(form, at)| (*form, at[0]))
            .collect();
        rare.sort_by_key(|(_, at)| *at);
        for (form, number) in rare {
            if form.chars().count() < 6 {
                continue;
            }
            let near = |other: &str| {
                form.len().abs_diff(other.len()) <= 4
                    && one_inner_edit(form, other)
                    && !twins(form, other)
                    && (keep || same_end(form, other))
            };
            let alike = by_ends.get(&ends(form)).into_iter().flatten();
            let Some((right, places)) = alike.filter(|(other, _)| near(other)).max_by_key(|(_, at)| at.len()) else {
                continue;
            };
            if all.is_common_word(prose, form)
                || all.is_common_word(prose, right)
                || other_person(prose, names, number, places)
            {
                continue;
            }
            let (span, text) = with_particle(prose, names, number, places, right);
            let message = format!(
                "«{}» here, «{right}» in {} other places: one letter apart",
                &prose[span.range()],
                places.len()
            );
            out.replace(span, 0.9, message, Safety::Suggested, text);
        }
    }
}

fn twins(a: &str, b: &str) -> bool {
    TWINS.iter().any(|&(x, y)| (a, b) == (x, y) || (a, b) == (y, x))
}

/// Whether a given name stands before the odd form that never stands before the usual one, while that has its own.
fn other_person(prose: &str, names: &[Name], number: usize, places: &[usize]) -> bool {
    let given = |n: usize| {
        let before = n
            .checked_sub(1)
            .and_then(|i| names.get(i))
            .filter(|_| names[n].follows(prose) && names[n].particle(prose).is_empty());
        before.map(|b| &prose[b.span.range()])
    };
    let own: Vec<&str> = places.iter().filter_map(|&n| given(n)).collect();
    given(number).is_some_and(|g| !own.is_empty() && !own.contains(&g))
}

/// The span and the right text, with a particle that has a capital here and none elsewhere.
fn with_particle(prose: &str, names: &[Name], number: usize, places: &[usize], right: &str) -> (Span, String) {
    let span = names[number].span;
    let usual = places.iter().map(|&n| &prose[names[n].particle(prose).range()]).find(|p| !p.is_empty());
    let before = number.checked_sub(1).and_then(|i| names.get(i)).filter(|_| names[number].follows(prose));
    if let (Some(usual), Some(before)) = (usual, before)
        && prose[before.span.range()].to_lowercase() == usual.trim_end()
        && !before.starts(prose)
    {
        return (Span::new(before.span.start, span.end), format!("{usual}{right}"));
    }
    (span, right.to_owned())
}
