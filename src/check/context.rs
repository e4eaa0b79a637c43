//! What a check sees of a document, and where it puts what it finds.

use super::Meta;
use crate::{
    analysis::{Facts, Signals},
    config::Settings,
    document::Document,
    finding::{Finding, Fix, Safety, Severity},
    region::Format,
    text::{Source, Span},
};

/// What a check sees: one document, its facts and the settings that hold for it.
pub struct Context<'d> {
    /// The document.
    pub doc: &'d Document<'d>,
    /// The settings that hold for it.
    pub settings: &'d Settings,
}

impl<'d> Context<'d> {
    /// The decoded text, everything in it.
    pub fn text(&self) -> &'d str {
        self.doc.source.text()
    }
    /// The text with everything that is not prose (markup, code, front matter) replaced byte for byte by
    /// [`crate::region::MASK`]: same length, same offsets.
    pub fn prose(&self) -> &'d str {
        self.doc.prose()
    }
    /// Facts about the document, each computed once, when first asked for.
    pub fn facts(&self) -> &'d Facts {
        &self.doc.facts
    }
    /// The spans of the text that show one of `needs`: whole blocks of lines, in order, neighbours merged.
    pub fn blocks(&self, needs: Signals) -> Vec<Span> {
        self.doc.facts.signals(self.text()).spans(needs)
    }
    /// The source: bytes, encoding, positions.
    pub fn source(&self) -> &'d Source<'d> {
        &self.doc.source
    }
    /// The file's format.
    pub fn format(&self) -> Format {
        self.doc.format
    }
    /// The document's language as a BCP 47 primary tag (`en`, `ru`), given or guessed; `None` where unsure.
    pub fn lang(&self) -> Option<&'d str> {
        self.settings.lang.as_deref().or_else(|| self.doc.facts.language(self.prose()))
    }
}

/// Where findings go. One for each check and document.
pub struct Sink {
    meta: &'static Meta,
    found: Vec<Finding>,
}

impl Sink {
    /// An empty one.
    pub fn new(meta: &'static Meta) -> Sink {
        Sink { meta, found: Vec::new() }
    }
    /// The check's own severity.
    pub fn severity(&self) -> crate::finding::Severity {
        self.meta.severity
    }
    /// Reports a finding at the check's own severity.
    pub fn report(&mut self, span: Span, confidence: f32, message: impl Into<String>, fix: Option<Fix>) {
        self.report_as(self.meta.severity, span, confidence, message, fix);
    }
    /// Reports a finding at another severity than the check's own.
    pub fn report_as(
        &mut self,
        severity: Severity,
        span: Span,
        confidence: f32,
        message: impl Into<String>,
        fix: Option<Fix>,
    ) {
        debug_assert!(span.start <= span.end);
        self.found.push(Finding {
            rule: self.meta.name.into(),
            severity,
            confidence,
            span,
            message: message.into(),
            fix,
        });
    }
    /// Reports a replacement of the whole span.
    pub fn replace(
        &mut self,
        span: Span,
        confidence: f32,
        message: impl Into<String>,
        safety: Safety,
        text: impl Into<String>,
    ) {
        self.report(span, confidence, message, Some(Fix::replace(safety, span, text)));
    }
    /// What was found.
    pub fn into_findings(self) -> Vec<Finding> {
        self.found
    }
}
