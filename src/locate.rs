//! Makes findings independent of their document: positions, texts and the line round them are copied out.

use crate::{
    analysis::around::{boundary_after, boundary_before},
    document::Document,
    finding::{Excerpt, Finding, Located, LocatedEdit, LocatedFix},
    text::{Source, Span},
};

/// How many bytes of a line are kept on each side of a finding.
const SIDE: usize = 160;

/// A finding with its places in the file.
pub fn locate(doc: &Document<'_>, finding: &Finding) -> Located {
    let source = &doc.source;
    let fix = finding.fix.as_ref().map(|fix| LocatedFix {
        safety: fix.safety,
        title: fix.title.clone(),
        edits: fix
            .edits
            .iter()
            .map(|e| LocatedEdit {
                start: source.position(e.span.start),
                end: source.position(e.span.end),
                text: e.text.clone(),
            })
            .collect(),
    });
    Located {
        rule: finding.rule.clone(),
        severity: finding.severity,
        confidence: finding.confidence,
        message: finding.message.clone(),
        text: source.text()[finding.span.range()].to_owned(),
        start: source.position(finding.span.start),
        end: source.position(finding.span.end),
        fix,
        excerpt: excerpt(source, finding),
    }
}

fn excerpt(source: &Source<'_>, finding: &Finding) -> Excerpt {
    let text = source.text();
    let span = finding.span;
    // A long span is shown by its beginning.
    let shown = Span::new(span.start, boundary_before(text, span.end.min(span.start + 2 * SIDE)));
    // A line may be as long as the file: no more of it is looked through than decides what is shown.
    let near = boundary_before(text, shown.start.saturating_sub(SIDE + 1));
    let far = boundary_after(text, shown.end + SIDE + 2);
    let line_start = text[near..shown.start].rfind('\n').map_or(near, |i| near + i + 1);
    let line_end = text[shown.end..far].find('\n').map_or(far, |i| shown.end + i);
    let line_end = if text[..line_end].ends_with('\r') && line_end > shown.end { line_end - 1 } else { line_end };
    let start = if shown.start - line_start > SIDE { boundary_after(text, shown.start - SIDE) } else { line_start };
    let end = if line_end - shown.end > SIDE { boundary_before(text, shown.end + SIDE) } else { line_end };
    let fixed = finding.fix.as_ref().and_then(|fix| {
        let mut out = String::new();
        let mut at = start;
        for edit in &fix.edits {
            if edit.span.start < at || edit.span.end > end {
                return None;
            }
            out.push_str(&text[at..edit.span.start]);
            out.push_str(&edit.text);
            at = edit.span.end;
        }
        out.push_str(&text[at..end]);
        Some(out)
    });
    Excerpt {
        text: text[start..end].to_owned(),
        mark: (shown.start - start, shown.end - start),
        cut_before: start > line_start,
        cut_after: end < line_end || shown.end < span.end,
        fixed,
    }
}
