//! Checks: one file for each, grouped by family. A check only reads and reports.
//!
//! To add one: write `src/check/<family>/<name>.rs` with a `static META`, its examples and `run`; add its `mod` line
//! and its entry in the family's `CHECKS` list. Everything else (`explain`, the rule list, configuration keys, the
//! tests of its examples) comes from the metadata.

mod bilingual;
mod consistency;
mod context;
mod encoding;
mod hidden;
mod markup;
mod script;
mod translation;
mod typography;

pub use context::{Context, Sink};
pub(crate) use encoding::{Bare, Coded};
pub(crate) use script::{Detached, Mixed};

use crate::{
    analysis::Signals,
    finding::{Finding, Severity},
    region::Format,
    text::Span,
};

/// What everybody may know about a check.
#[derive(Debug)]
pub struct Meta {
    /// `family/name`, stable.
    pub name: &'static str,
    /// The first version that has it.
    pub since: &'static str,
    /// The severity of its findings, unless a finding says less.
    pub severity: Severity,
    /// One line: the defect as a noun phrase.
    pub summary: &'static str,
    /// What goes wrong for the reader, and where the damage comes from.
    pub why: &'static str,
    /// When a finding is wrong, and what to do then.
    pub when_wrong: &'static str,
    /// What its fix does and how safe that is; empty when it has none.
    pub fix: &'static str,
    /// The check is called only for documents that show one of these; `Signals::ANY` for all.
    pub needs: Signals,
    /// Examples: documentation and tests in one.
    pub examples: &'static [Example],
}

impl Meta {
    /// The part of the name before the slash.
    pub fn family(&self) -> &'static str {
        self.name.split('/').next().unwrap_or(self.name)
    }
}

/// A text that a check must find something in, or must leave alone.
#[derive(Debug, Clone, Copy)]
pub enum Example {
    /// Damage.
    Bad {
        /// The text, whole.
        text: &'static str,
        /// The exact spans that this rule reports, in order; each is searched after the one before.
        find: &'static [&'static str],
        /// The text with all of this rule's fixes applied, suggested ones too; `None` where it has no fix.
        fixed: Option<&'static str>,
    },
    /// A real trap: no rule may say anything here at warning level or above.
    Good {
        /// The text, whole.
        text: &'static str,
    },
}

/// A check of one document.
pub trait Check: Sync {
    /// Its description.
    fn meta(&self) -> &'static Meta;
    /// Whether it is in preview: it may still change or go, and runs only where previews are wanted.
    fn preview(&self) -> bool {
        false
    }
    /// The file formats that it is for; elsewhere what it looks for is the format's own.
    fn formats(&self) -> &'static [Format] {
        Format::ALL
    }
    /// Reads the document and reports.
    fn run(&self, cx: &Context<'_>, out: &mut Sink);
}

/// A check that sees all documents of one run together: what only a set of files shows.
pub trait SetCheck: Sync {
    /// Its description.
    fn meta(&self) -> &'static Meta;
    /// Whether it is in preview, as [`Check::preview`].
    fn preview(&self) -> bool {
        false
    }
    /// Collects from one document what the comparison needs; small, since all of it is kept to the end of the run.
    fn collect(&self, cx: &Context<'_>) -> Vec<Mention>;
    /// Compares. `mentions` come in the order of documents and positions, each with its document's number.
    fn finish(&self, mentions: &[(usize, Mention)]) -> Vec<(usize, Finding)>;
}

/// Something in a document that a [`SetCheck`] compares with other documents.
#[derive(Clone, Debug)]
pub struct Mention {
    /// What is compared: a folded name, a hash of a paragraph.
    pub key: String,
    /// The text as it stands there.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// Every check of sets of documents.
pub fn sets() -> impl Iterator<Item = &'static dyn SetCheck> {
    encoding::SETS.iter().chain(consistency::SETS).copied()
}

/// Every check that is built in, family by family.
pub fn all() -> impl Iterator<Item = &'static dyn Check> {
    FAMILIES.iter().flat_map(|(_, checks)| checks.iter().copied())
}

/// The families in the order of reports and documentation, with their checks.
pub static FAMILIES: &[(&str, &[&dyn Check])] = &[
    ("encoding", encoding::CHECKS),
    ("script", script::CHECKS),
    ("hidden", hidden::CHECKS),
    ("translation", translation::CHECKS),
    ("markup", markup::CHECKS),
    ("typography", typography::CHECKS),
    ("consistency", consistency::CHECKS),
    ("bilingual", bilingual::CHECKS),
];

/// What a check finds in a plain text.
#[cfg(test)]
fn found_by(check: &dyn Check, text: &str) -> Vec<Finding> {
    let doc = crate::Document::new(crate::text::Source::from_str(text), Format::Plain);
    let mut out = Sink::new(check.meta());
    check.run(&Context { doc: &doc, settings: &crate::Settings::default() }, &mut out);
    out.into_findings()
}

/// What a check of a set finds in the texts of one run, each finding with its text's place in the list.
#[cfg(test)]
fn found_in(check: &dyn SetCheck, settings: &crate::Settings, texts: &[impl AsRef<str>]) -> Vec<(usize, Finding)> {
    let mut mentions = Vec::new();
    for (number, text) in texts.iter().enumerate() {
        let doc = crate::Document::new(crate::text::Source::from_str(text.as_ref()), Format::Plain);
        let cx = Context { doc: &doc, settings };
        mentions.extend(check.collect(&cx).into_iter().map(|m| (number, m)));
    }
    check.finish(&mentions)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, Instant};

    /// A small document: names that all have, in two romanisations, and names of its own; English habits in two ways; a
    /// paragraph that others have too; French with its accents and without.
    fn small(n: usize) -> String {
        let marked = "Les élèves étaient déjà là après la première neige, près de la fenêtre. Leurs données et les clés étaient également prêtes, et la dernière période précédente a été très générale.\n";
        match n % 5 {
            0 => marked.repeat(3),
            1 => marked.replace(['é', 'è', 'ê'], "e").replace('à', "a").repeat(3),
            _ => {
                let given = if n.is_multiple_of(2) { "Sergei" } else { "Sergey" };
                let own: String = n.to_string().bytes().map(|b| char::from(b - b'0' + b'a')).collect();
                let (colour, comma) = if n.is_multiple_of(3) { ("color", ",") } else { ("colour", "") };
                let shared = [
                    "The ferry will run every hour from the first day of May, and nobody who lives on the island has to pay for it in the first month.",
                    "The old bridge was built before the war, and it was closed in the autumn, when the bolts of the third pier were found to be rusty.",
                    "The council will meet again in June, when the engineer has seen the other bridges of the valley, and the money will be on the table.",
                ];
                format!(
                    "The envoy {given} Marenkov came to the harbour in the morning, and Anna Mar{own}ova met him at the gate. \
                     He had been to Oslo, Bergen{comma} and Hamburg, and said that the {colour} of the new ferry was his own idea.\n\n\
                     {}\n\nLater {given} Marenkov said “we will wait.” Anna Mar{own}ova was not there, because the boat to the town had left too early for her.\n",
                    shared.join("\n\n"),
                )
            }
        }
    }

    #[test]
    fn many_small_documents_cost_no_more_than_their_number() {
        let settings = crate::Settings::default();
        let texts: Vec<String> = (0..60).map(small).collect();
        for check in sets() {
            let name = check.meta().name;
            let collect = |text: &String| {
                let doc = crate::Document::new(crate::text::Source::from_str(text), Format::Plain);
                check.collect(&Context { doc: &doc, settings: &settings })
            };
            let each: Vec<Vec<Mention>> = texts.iter().map(collect).collect();
            assert!(each.iter().any(|mentions| !mentions.is_empty()), "{name} collects nothing");
            // The documents again and again; in every other round what they have is their own.
            let set = |documents: usize| -> Vec<(usize, Mention)> {
                let again = |n: usize| {
                    let own = (n / texts.len()) % 2 == 1;
                    each[n % texts.len()].iter().cloned().map(move |mut mention| {
                        if own {
                            mention.key.push_str(&n.to_string());
                        }
                        (n, mention)
                    })
                };
                (0..documents).flat_map(again).collect()
            };
            let time = |mentions: &[(usize, Mention)]| {
                let start = Instant::now();
                std::hint::black_box(check.finish(mentions));
                start.elapsed()
            };
            let (few, many) = (set(1_000), set(20_000));
            let shortest = |mentions| (0..3).map(|_| time(mentions)).min().unwrap_or_default();
            let (short, long) = (shortest(&few), shortest(&many));
            // Twenty times the documents; a step that looks at all pairs would take four hundred times as long. The rest is
            // for a machine that does other work meanwhile.
            assert!(long <= short * 60 + Duration::from_millis(90), "{name}: {short:?} for 1,000, {long:?} for 20,000");
        }
    }
}
