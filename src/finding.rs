//! What a check reports: where, which rule, how sure, why, and what to put instead.

use crate::text::{Position, Span};
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, fmt, str::FromStr};

/// A rule's stable name, `family/name`.
pub type RuleName = Cow<'static, str>;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth a look; never fails a default run.
    Info,
    /// Very likely wrong.
    Warning,
    /// Damage: nobody means this.
    Error,
}

impl Severity {
    /// The name used in every report.
    pub const fn as_str(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Severity {
    type Err = ();
    fn from_str(s: &str) -> Result<Self, ()> {
        match s {
            "info" => Ok(Severity::Info),
            "warning" => Ok(Severity::Warning),
            "error" => Ok(Severity::Error),
            _ => Err(()),
        }
    }
}

/// Whether a fix may be applied without asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Safety {
    /// The one right text; no reader could object.
    Safe,
    /// Probably right; a person decides.
    Suggested,
}

impl Safety {
    /// The name used in every report.
    pub const fn as_str(self) -> &'static str {
        match self {
            Safety::Safe => "safe",
            Safety::Suggested => "suggested",
        }
    }
}

/// One replacement of a span of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; may be empty, for an insertion.
    pub span: Span,
    /// What stands there afterwards; may be empty, for a deletion.
    pub text: String,
}

/// What to put instead: all edits together, or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// Whether it may be applied without asking.
    pub safety: Safety,
    /// In the imperative, for menus: `write «é»`.
    pub title: String,
    /// Sorted by position, not overlapping.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// A fix of one edit; the title says what it does.
    pub fn replace(safety: Safety, span: Span, text: impl Into<String>) -> Fix {
        let text = text.into();
        let title = if text.is_empty() { "delete it".to_owned() } else { format!("write «{text}»") };
        Fix { safety, title, edits: vec![Edit { span, text }] }
    }
}

/// One damaged span of one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The rule's name.
    pub rule: RuleName,
    /// How bad it is.
    pub severity: Severity,
    /// From 0 to 1.
    pub confidence: f32,
    /// The exact damaged text, as short as the damage allows.
    pub span: Span,
    /// One or two sentences for a person: what is wrong, and why that is so.
    pub message: String,
    /// What to put instead, where that is known.
    pub fix: Option<Fix>,
}

/// An edit with its place in the file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LocatedEdit {
    /// First position replaced.
    pub start: Position,
    /// One past the last position replaced.
    pub end: Position,
    /// What stands there afterwards.
    pub text: String,
}

/// A fix with its places in the file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LocatedFix {
    /// Whether it may be applied without asking.
    pub safety: Safety,
    /// In the imperative.
    pub title: String,
    /// Sorted by position, not overlapping.
    pub edits: Vec<LocatedEdit>,
}

/// A finding that no longer needs its document: positions, the damaged text and the line round it are copied out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Located {
    /// The rule's name.
    pub rule: RuleName,
    /// How bad it is.
    pub severity: Severity,
    /// From 0 to 1.
    pub confidence: f32,
    /// For a person.
    pub message: String,
    /// The exact damaged text.
    pub text: String,
    /// First position.
    pub start: Position,
    /// One past the last position.
    pub end: Position,
    /// What to put instead.
    pub fix: Option<LocatedFix>,
    /// The text round the finding, for reports that show it.
    #[serde(skip)]
    pub excerpt: Excerpt,
}

/// A window of the line (or lines) that a finding lies in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// The window's text; at most a few hundred characters.
    pub text: String,
    /// The damaged part inside `text`, in bytes.
    pub mark: (usize, usize),
    /// Whether the line goes on before the window.
    pub cut_before: bool,
    /// Whether the line goes on after the window.
    pub cut_after: bool,
    /// The window with the fix applied, where there is one.
    pub fixed: Option<String>,
}
