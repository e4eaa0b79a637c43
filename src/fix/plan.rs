//! Chooses, of all fixes, those that can be applied together.

use crate::finding::{Finding, Safety};

/// The findings whose fixes are at least as safe as `least` and touch no other chosen fix. Safe ones come first, then
/// the surer, then the earlier; all edits of a fix are taken, or none.
pub fn choose(found: &[Finding], least: Safety) -> Vec<&Finding> {
    let allowed = |f: &&Finding| f.fix.as_ref().is_some_and(|x| x.safety <= least && !x.edits.is_empty());
    let mut order: Vec<&Finding> = found.iter().filter(allowed).collect();
    order.sort_by(|a, b| {
        let key = |f: &Finding| (f.fix.as_ref().map(|x| x.safety), (-f.confidence * 1000.0) as i32, f.span.start);
        key(a).cmp(&key(b))
    });
    let mut taken: Vec<(usize, usize)> = Vec::new();
    let mut chosen: Vec<&Finding> = Vec::new();
    for finding in order {
        let Some(fix) = &finding.fix else { continue };
        let free = fix.edits.iter().all(|e| !taken.iter().any(|t| collide(*t, (e.span.start, e.span.end))));
        if free {
            taken.extend(fix.edits.iter().map(|e| (e.span.start, e.span.end)));
            chosen.push(finding);
        }
    }
    chosen.sort_by_key(|f| f.span);
    chosen
}

/// Two edits collide when they share a byte, or when one is an insertion at the other's edge.
fn collide(a: (usize, usize), b: (usize, usize)) -> bool {
    if a.0 == a.1 || b.0 == b.1 {
        return a.0 <= b.1 && b.0 <= a.1;
    }
    a.0 < b.1 && b.0 < a.1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        finding::{Fix, Severity},
        text::Span,
    };

    fn finding(start: usize, end: usize, safety: Safety) -> Finding {
        let span = Span::new(start, end);
        Finding {
            rule: "x/y".into(),
            severity: Severity::Error,
            confidence: 0.9,
            span,
            message: String::new(),
            fix: Some(Fix::replace(safety, span, "")),
        }
    }

    #[test]
    fn safe_fixes_win() {
        let all = [finding(0, 5, Safety::Suggested), finding(3, 6, Safety::Safe), finding(6, 8, Safety::Suggested)];
        assert_eq!(choose(&all, Safety::Safe).len(), 1);
        let both = choose(&all, Safety::Suggested);
        assert_eq!(both.iter().map(|f| f.span.start).collect::<Vec<_>>(), [3, 6]);
    }
}
