//! The shape of a declarative rule.

use crate::finding::{Safety, Severity};
use serde::Deserialize;
use std::collections::BTreeMap;

/// One declarative rule, as it stands in a rule file.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Rule {
    /// `family/name`, stable.
    pub name: String,
    /// The first version that has it.
    #[serde(default)]
    pub since: String,
    /// Whether it is in preview: it may still change or go, and runs only where previews are wanted.
    #[serde(default)]
    pub preview: bool,
    /// The severity of its findings.
    pub severity: Severity,
    /// One line: the defect as a noun phrase.
    pub summary: String,
    /// What goes wrong for the reader, and where the damage comes from.
    pub why: String,
    /// When a finding is wrong, and what to do then.
    #[serde(default)]
    pub when_wrong: String,
    /// Where this is known from.
    #[serde(default)]
    pub source: String,
    /// What a person reads; `{text}` is the damaged text, `{fix}` the replacement.
    pub message: String,
    /// Where in the text the rule applies.
    #[serde(default)]
    pub place: Place,
    /// Literals, one of which must stand at the hit; for `place = "line"`, whole lines.
    #[serde(default)]
    pub literals: Vec<String>,
    /// Literals with what to put in the place of each: a list of words and their right forms.
    #[serde(default)]
    pub replacements: BTreeMap<String, String>,
    /// Whether case is ignored.
    #[serde(default)]
    pub ignore_case: bool,
    /// Whether the characters before and after the literal must not be letters or digits.
    #[serde(default)]
    pub word_edges: bool,
    /// A regex that must match round the hit, overlapping it; the group `hit` (or `hit2` to `hit4`), or all of the match, becomes
    /// the span (with `replacements` the literal stays the span).
    #[serde(default)]
    pub confirm: Option<String>,
    /// A regex that must not match the line of the hit.
    #[serde(default)]
    pub unless_line: Option<String>,
    /// Languages of the document that the rule is for; empty for all.
    #[serde(default)]
    pub languages: Vec<String>,
    /// The only file formats that the rule is for; empty for all.
    #[serde(default)]
    pub formats: Vec<String>,
    /// Languages of the document in which the same thing is right.
    #[serde(default)]
    pub not_languages: Vec<String>,
    /// File formats in which the same thing is the format's own.
    #[serde(default)]
    pub not_formats: Vec<String>,
    /// What to put instead; `$1` and `${name}` stand for groups of `confirm`. An empty text deletes the hit, and with it
    /// the blank before it, or the line when nothing else stands there.
    #[serde(default)]
    pub replace: Option<String>,
    /// Whether the replacement may be applied without asking.
    #[serde(default = "suggested")]
    pub safety: Safety,
    /// Whether the text counts where it is only quoted.
    #[serde(default)]
    pub quoted: Quoted,
    /// The hit must stand inside a sentence: a blank before it, and before that a word in lower case or a comma.
    #[serde(default)]
    pub mid_sentence: bool,
    /// The line of the hit must be a sentence in ordinary case: no heading, no title, no line in capitals.
    #[serde(default)]
    pub sentence_case: bool,
    /// The severity where the hit stands in the first or the last line of the document.
    #[serde(default)]
    pub edge_severity: Option<Severity>,
    /// How often the rule must hit in a document before it says anything.
    #[serde(default)]
    pub min_hits: usize,
    /// How many words the document must have at least: what is right in a message or a label is none in an article.
    #[serde(default)]
    pub min_words: usize,
    /// What its fix does, in a sentence.
    #[serde(default)]
    pub fix: String,
    /// How sure a hit is, from 0 to 1.
    #[serde(default = "sure")]
    pub confidence: f32,
    /// Texts that the rule must find something in.
    #[serde(default)]
    pub bad: Vec<BadExample>,
    /// Real traps, in which no rule may find anything.
    #[serde(default)]
    pub good: Vec<GoodExample>,
}

/// Where in the text a rule applies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// Anywhere in prose.
    #[default]
    Prose,
    /// Anywhere but in code: in links, attributes and other markup as well.
    Anywhere,
    /// A whole line of prose, once blanks, bullets, arrows and colons at its edges are gone.
    Line,
    /// The start of a line of prose.
    LineStart,
}

/// Whether a text counts where it is only quoted: an article about a token names it between quotation marks or code
/// marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quoted {
    /// Not where quotation marks or code marks stand directly round it, nor inside inline code marks.
    #[default]
    Mention,
    /// Not anywhere inside a quotation that opens on the same line.
    Inside,
    /// Quoted or not.
    Report,
}

/// One span, or several in order.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Spans {
    /// One.
    One(String),
    /// Several, each searched after the one before.
    Many(Vec<String>),
}

impl Spans {
    /// All of them.
    pub fn to_vec(&self) -> Vec<String> {
        match self {
            Spans::One(span) => vec![span.clone()],
            Spans::Many(spans) => spans.clone(),
        }
    }
}

/// A text that a rule must find something in.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct BadExample {
    /// The text, whole.
    pub text: String,
    /// The exact span that the rule reports; a list where it reports several.
    pub find: Spans,
    /// The text with the rule's fixes applied, suggested ones too.
    #[serde(default)]
    pub fixed: Option<String>,
}

/// A text in which no rule may find anything.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct GoodExample {
    /// The text, whole.
    pub text: String,
}

fn suggested() -> Safety {
    Safety::Suggested
}

fn sure() -> f32 {
    0.95
}
