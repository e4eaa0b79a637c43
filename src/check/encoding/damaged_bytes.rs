//! Bytes that are not valid in the file's encoding.

use crate::{
    analysis::Signals,
    check::{Check, Context, Example, Meta, Sink},
    finding::{Fix, Safety, Severity},
    text::{
        Span,
        legacy::{Gaps, SingleByte},
    },
};

static META: Meta = Meta {
    name: "encoding/damaged-bytes",
    since: "0.1.0",
    severity: Severity::Error,
    summary: "bytes that are not valid in the file's encoding",
    why: "Most readers show U+FFFD for them or stop. They come from a piece of text in another encoding that was \
          pasted or appended, from a cut in the middle of a character, or from a disk.",
    when_wrong: "The file's encoding was guessed wrongly: say the right one.",
    fix: "Where such a byte is a letter of windows-1252 between other letters, that letter is suggested.",
    needs: Signals::NON_ASCII,
    examples: &[Example::Good { text: "Every byte of this text is valid: é, я, 中." }],
};

/// The check.
pub(super) struct DamagedBytes;

impl Check for DamagedBytes {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let source = cx.source();
        let name = &source.encoding().name;
        let mut spans: Vec<Span> = Vec::new();
        // Whole lines in another encoding are another rule's business.
        let mixed = source.mixed();
        for &span in source.damaged() {
            let next = mixed.partition_point(|m| m.span.end <= span.start);
            if mixed.get(next).is_some_and(|m| m.span.contains(span)) {
                continue;
            }
            match spans.last_mut() {
                Some(last) if last.end == span.start => last.end = span.end,
                _ => spans.push(span),
            }
        }
        for span in spans {
            let bytes = source.damaged_bytes(span);
            let shown: Vec<String> = bytes.iter().take(8).map(|b| format!("{b:02X}")).collect();
            let more = if bytes.len() > 8 { " …" } else { "" };
            let (noun, verb) = if bytes.len() == 1 { ("Byte", "is") } else { ("Bytes", "are") };
            let message = format!("{noun} {}{more} {verb} not valid in {name}", shown.join(" "));
            let fix = western(cx.text(), span, bytes).map(|t| Fix::replace(Safety::Suggested, span, t));
            let message = match &fix {
                Some(f) => format!("{message}; in windows-1252 {verb} «{}»", f.edits.first().map_or("", |e| &e.text)),
                None => message,
            };
            out.report(span, 0.99, message, fix);
        }
    }
}

/// The bytes as windows-1252, if that gives letters or typographic signs beside ASCII letters.
fn western(text: &str, span: Span, bytes: &[u8]) -> Option<String> {
    let page = SingleByte::get("windows-1252", Gaps::Strict)?;
    let read = page.decode_all(bytes)?;
    let before = text.get(..span.start)?.chars().next_back();
    let after = text.get(span.end..)?.chars().next();
    let near = [before, after].into_iter().flatten().any(|c| c.is_ascii_alphabetic());
    (near
        && bytes.len() <= 4
        && read.chars().all(|c| c.is_alphabetic() || matches!(c, '’' | '‘' | '“' | '”' | '–' | '—' | '…')))
    .then_some(read)
}
