//! Chooses, of all fixes, those that can be applied together.

use crate::{
    finding::{Finding, Safety},
    text::Span,
};

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

/// Whole lines that go together take one of the blank lines round them along; each by itself knows only its own.
pub fn close_gaps(text: &str, edits: &mut [(Span, &str)]) {
    let blank_line = |at: usize| {
        let rest = text[at..].strip_prefix('\r').unwrap_or(&text[at..]);
        rest.starts_with('\n').then(|| text.len() - rest.len() + 1)
    };
    let mut first = 0;
    for i in 0..edits.len() {
        let joined = i > 0 && edits[i - 1].0.end == edits[i].0.start && edits[i - 1].1.is_empty();
        if !joined {
            first = i;
        }
        let ends = edits.get(i + 1).is_none_or(|next| next.0.start != edits[i].0.end);
        let whole = edits[first..=i].iter().all(|(_, t)| t.is_empty());
        if i == first || !ends || !whole {
            continue;
        }
        let (start, end) = (edits[first].0.start, edits[i].0.end);
        let above = start == 0 || text[..start].ends_with("\n\n") || text[..start].ends_with("\n\r\n");
        let below = text[..end].ends_with('\n').then(|| blank_line(end)).flatten();
        let free = |stop: usize| edits.get(i + 1).is_none_or(|next| next.0.start >= stop);
        if let Some(stop) = below.filter(|stop| above && free(*stop)) {
            edits[i].0.end = stop;
        }
    }
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
    use crate::finding::{Fix, Severity};

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
    fn lines_that_go_together_leave_one_blank_line() {
        let cut = |text: &str, parts: &[&str]| {
            let mut edits: Vec<(Span, &str)> =
                parts.iter().map(|p| text.find(p).map(|at| (Span::new(at, at + p.len()), "")).unwrap()).collect();
            close_gaps(text, &mut edits);
            let mut out = String::new();
            let mut at = 0;
            for (span, _) in edits {
                out.push_str(&text[at..span.start]);
                at = span.end;
            }
            out + &text[at..]
        };
        assert_eq!(cut("a\n\nX\nY\n\nb", &["X\n", "Y\n"]), "a\n\nb");
        assert_eq!(cut("X\nY\n\nb", &["X\n", "Y\n"]), "b");
        assert_eq!(cut("a\nX\nY\n\nb", &["X\n", "Y\n"]), "a\n\nb");
        assert_eq!(cut("a\r\n\r\nX\r\nY\r\n\r\nb", &["X\r\n", "Y\r\n"]), "a\r\n\r\nb");
        assert_eq!(cut("a X Y\n\nb", &["X ", "Y"]), "a \n\nb");
    }

    #[test]
    fn safe_fixes_win() {
        let all = [finding(0, 5, Safety::Suggested), finding(3, 6, Safety::Safe), finding(6, 8, Safety::Suggested)];
        assert_eq!(choose(&all, Safety::Safe).len(), 1);
        let both = choose(&all, Safety::Suggested);
        assert_eq!(both.iter().map(|f| f.span.start).collect::<Vec<_>>(), [3, 6]);
    }
}
