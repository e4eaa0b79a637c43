//! One document on its way through: source, format, regions, facts.

use crate::{
    analysis::Facts,
    region::{self, Format, Region},
    text::{Source, Span},
};
use std::{borrow::Cow, sync::OnceLock};

/// A decoded document with everything that checks ask about it.
pub struct Document<'a> {
    /// Bytes, text, and the map between them.
    pub source: Source<'a>,
    /// What kind of file it is.
    pub format: Format,
    /// What is prose and what is not; empty for plain text, which is all prose.
    pub regions: Vec<Region>,
    /// Facts, computed when first asked for.
    pub facts: Facts,
    /// The source side, when the document is a translation.
    pub pair: Option<Pair>,
    masked: OnceLock<Option<String>>,
}

/// The text that a document is a translation of.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The source text.
    pub source: String,
    /// Its language, where given.
    pub lang: Option<String>,
}

impl<'a> Document<'a> {
    /// Splits a decoded source into regions.
    pub fn new(source: Source<'a>, format: Format) -> Document<'a> {
        let regions = region::split(format, source.text());
        Document { source, format, regions, facts: Facts::default(), pair: None, masked: OnceLock::new() }
    }
    /// Whether a span lies in code.
    pub fn is_code(&self, span: Span) -> bool {
        let at = self.regions.partition_point(|r| r.span.end <= span.start);
        self.regions.get(at).is_some_and(|r| r.kind == region::Kind::Code && r.span.overlaps(span))
    }
    /// The text with everything that is not prose masked: same length, same offsets.
    pub fn prose(&self) -> &str {
        let masked = self.masked.get_or_init(|| match region::mask(self.source.text(), &self.regions) {
            Cow::Borrowed(_) => None,
            Cow::Owned(text) => Some(text),
        });
        masked.as_deref().unwrap_or_else(|| self.source.text())
    }
}
