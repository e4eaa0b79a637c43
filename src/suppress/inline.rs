//! Directives inside a text, in any comment style or in plain text:
//!
//! ```text
//! tidyglot-ignore            this line
//! tidyglot-ignore-next-line  the line after
//! tidyglot-off … tidyglot-on the lines between, and those of the directives
//! tidyglot-ignore-file       the whole file
//! ```
//!
//! Rules or families may follow, then a reason after two hyphens: `<!-- tidyglot-ignore script/mixed-word -- a brand -->`.

use crate::{
    check::FAMILIES,
    config::nearest,
    document::Document,
    finding::{Finding, Fix, Safety, Severity},
    text::{Source, Span},
};
use memchr::memmem;

/// The rule that reports directives which silence nothing.
pub const UNUSED: &str = "markup/unused-directive";

const MARK: &str = "tidyglot-";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    Line,
    Next,
    Off,
    On,
    File,
}

/// A directive in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Directive {
    /// From its first letter to the end of its rules.
    span: Span,
    scope: Scope,
    rules: Vec<String>,
    /// A name that is no rule's, with the nearest that is.
    unknown: Option<(String, Option<String>)>,
}

/// A directive with the text that it silences.
struct Reach {
    directive: Directive,
    over: Span,
    used: bool,
}

/// Whether a text can hold a directive at all.
pub fn is_possible(text: &str) -> bool {
    memmem::find(text.as_bytes(), MARK.as_bytes()).is_some()
}

/// Takes out the findings that directives silence, and adds one for each directive that is of no use. `names` are the
/// names of all rules; `runs` says whether a rule runs, for only then its directive can be of use.
pub fn apply(doc: &Document<'_>, found: &mut Vec<Finding>, names: &[&str], runs: &dyn Fn(&str) -> bool) {
    let source = &doc.source;
    let directives = parse(source.text(), names);
    if directives.is_empty() {
        return;
    }
    let mut reaches = reaches(source, directives);
    found.retain(|f| {
        let silenced = reaches.iter_mut().filter(|r| r.silences(f)).fold(false, |_, r| {
            r.used = true;
            true
        });
        // What a directive itself is made of is nobody's damage.
        !silenced && !reaches.iter().any(|r| r.directive.span.contains(f.span))
    });
    if runs(UNUSED) {
        found.extend(reaches.iter().filter_map(|r| r.complaint(source, names, runs)));
        found.sort_by_key(|f| f.span);
    }
}

/// Whether a directive silences this finding; for findings that come from outside the document.
pub fn silences(doc: &Document<'_>, finding: &Finding, names: &[&str]) -> bool {
    reaches(&doc.source, parse(doc.source.text(), names)).iter().any(|r| r.silences(finding))
}

impl Reach {
    fn silences(&self, f: &Finding) -> bool {
        let rules = &self.directive.rules;
        let family = f.rule.split('/').next().unwrap_or_default();
        let named = rules.is_empty() || rules.iter().any(|r| *r == f.rule || r == family);
        let touches =
            f.span.start < self.over.end.max(self.over.start + 1) && self.over.start <= f.span.end.max(f.span.start);
        named && touches && (self.directive.unknown.is_none() || !rules.is_empty())
    }
    fn complaint(&self, source: &Source<'_>, names: &[&str], runs: &dyn Fn(&str) -> bool) -> Option<Finding> {
        let d = &self.directive;
        if d.scope == Scope::On {
            return None;
        }
        let (message, fix) = match &d.unknown {
            Some((name, near)) => {
                let near = near.as_ref().map(|n| format!("; did you mean '{n}'?")).unwrap_or_default();
                (format!("The directive names '{name}', which is no rule{near}"), None)
            }
            None if !self.used => {
                let whole = |rule: &String| {
                    names.iter().filter(|n| *n == rule || n.split('/').next() == Some(rule)).all(|n| runs(n))
                };
                let all = if d.rules.is_empty() { names.iter().all(|n| runs(n)) } else { d.rules.iter().all(whole) };
                if !all {
                    return None;
                }
                let fix = removal(source, d.span).map(|span| Fix::replace(Safety::Suggested, span, ""));
                ("The directive silences nothing; it can go".to_owned(), fix)
            }
            None => return None,
        };
        Some(Finding { rule: UNUSED.into(), severity: Severity::Info, confidence: 0.9, span: d.span, message, fix })
    }
}

/// The directives of a text, in order.
fn parse(text: &str, names: &[&str]) -> Vec<Directive> {
    let mut found = Vec::new();
    for at in memmem::find_iter(text.as_bytes(), MARK) {
        let Some(rest) = text.get(at + MARK.len()..) else { continue };
        let before = text.get(..at).unwrap_or_default();
        let joined = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.' | '`' | '\'' | '"');
        // `<!--` and `--` open comments.
        let word_before = before.ends_with(joined) && !["--", "//", "///"].iter().any(|open| before.ends_with(open));
        let len = rest.bytes().take_while(|b| b.is_ascii_lowercase() || *b == b'-').count();
        // A comment may end right behind: `tidyglot-ignore-->`.
        let word = rest.get(..len).unwrap_or_default().trim_end_matches('-');
        let scope = match word {
            "ignore" => Scope::Line,
            "ignore-next-line" => Scope::Next,
            "off" => Scope::Off,
            "on" => Scope::On,
            "ignore-file" => Scope::File,
            _ => continue,
        };
        let after = rest.get(word.len()..).unwrap_or_default();
        if word_before
            || after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '`' | '\'' | '"' | '_' | '.' | '/' | '='))
        {
            continue;
        }
        let mut end = at + MARK.len() + word.len();
        let mut rules = Vec::new();
        let mut unknown = None;
        let line = after.split('\n').next().unwrap_or_default();
        let mut at_token = 0;
        while let Some(token) = token(line, at_token) {
            let name = line.get(token.clone()).unwrap_or_default();
            let family = FAMILIES.iter().any(|(family, _)| *family == name);
            if family || names.contains(&name) || names.iter().any(|n| n.split('/').next() == Some(name)) {
                rules.push(name.to_owned());
            } else if name.contains('/') && unknown.is_none() && name.split('/').all(|p| !p.is_empty()) {
                unknown = Some((name.to_owned(), nearest(name, names.iter().copied())));
            } else {
                break;
            }
            at_token = token.end;
            end = at + MARK.len() + word.len() + token.end;
        }
        found.push(Directive { span: Span::new(at, end), scope, rules, unknown });
    }
    found
}

/// The next word that can be a rule's name: after blanks, a comma or a colon.
fn token(line: &str, from: usize) -> Option<std::ops::Range<usize>> {
    let rest = line.get(from..)?;
    let start = from + (rest.len() - rest.trim_start_matches([' ', '\t', ',', ':', '(', '[']).len());
    let rest = line.get(start..)?;
    let len =
        rest.bytes().take_while(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'/')).count();
    let name = rest.get(..len)?.trim_end_matches(['-', '/']);
    (start > from && !name.is_empty() && !rest.starts_with('-')).then(|| start..start + name.len())
}

/// What each directive silences.
fn reaches(source: &Source<'_>, directives: Vec<Directive>) -> Vec<Reach> {
    let end = source.text().len();
    let line = |n: usize| source.line_span(n.min(source.line_count().saturating_sub(1)));
    let mut list: Vec<Reach> = Vec::new();
    for directive in directives {
        let at = source.line_of(directive.span.start);
        let over = match directive.scope {
            Scope::Line => line(at),
            Scope::Next if at + 1 < source.line_count() => line(at + 1),
            Scope::Next => Span::new(end, end),
            Scope::File => Span::new(0, end),
            Scope::Off => Span::new(line(at).start, end),
            Scope::On => {
                // Ends the open blocks that name the same rules; without rules, all of them.
                for open in list.iter_mut().filter(|r| r.directive.scope == Scope::Off && r.over.end == end) {
                    if directive.rules.is_empty() || directive.rules == open.directive.rules {
                        open.over.end = line(at).end;
                    }
                }
                Span::new(0, 0)
            }
        };
        list.push(Reach { directive, over, used: false });
    }
    // The end of a block silences nothing by itself.
    list.retain(|r| r.directive.scope != Scope::On || r.directive.unknown.is_some());
    list
}

/// What goes when a directive goes: its comment, where that holds nothing else, and its line, where nothing is left.
fn removal(source: &Source<'_>, span: Span) -> Option<Span> {
    const COMMENTS: &[(&str, &str)] =
        &[("<!--", "-->"), ("/*", "*/"), ("{#", "#}"), ("{{/*", "*/}}"), ("(*", "*)"), ("{-", "-}")];
    const LINES: &[&str] = &["///", "//!", "//", "#", "--", ";;", ";", "%%", "%", "..", "'", "REM", ".\\\""];
    let text = source.text();
    let line = source.line_span(source.line_of(span.start));
    let (before, after) = (text.get(line.start..span.start)?, text.get(span.end..line.end)?);
    for (open, close) in COMMENTS {
        if let (Some(lead), Some(at)) = (before.trim_end().strip_suffix(open), after.find(close)) {
            let start = line.start + lead.trim_end().len();
            return Some(whole_line(text, line, Span::new(start, span.end + at + close.len())));
        }
    }
    for open in LINES {
        if let Some(lead) = before.trim_end().strip_suffix(open) {
            return Some(whole_line(text, line, Span::new(line.start + lead.trim_end().len(), line.end)));
        }
    }
    // In plain text only a directive that stands alone can go.
    (before.trim().is_empty() && (after.trim().is_empty() || after.trim_start().starts_with("--")))
        .then(|| whole_line(text, line, Span::new(line.start, line.end)))
}

/// A line of which nothing is left goes with its line end.
fn whole_line(text: &str, line: Span, cut: Span) -> Span {
    let left = [text.get(line.start..cut.start), text.get(cut.end..line.end)];
    if left.iter().flatten().all(|t| t.trim().is_empty()) {
        let rest = text.get(line.end..).unwrap_or_default();
        let end = if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with('\n')) };
        return Span::new(line.start, line.end + end);
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: &[&str] = &["script/mixed-word", "script/stray-mark", "markup/zzz"];

    fn one(text: &str) -> Directive {
        let mut all = parse(text, NAMES);
        assert_eq!(all.len(), 1, "{text}");
        all.remove(0)
    }

    #[test]
    fn forms() {
        assert_eq!(one("<!-- tidyglot-ignore -->").scope, Scope::Line);
        assert_eq!(one("<!--tidyglot-ignore-next-line-->").scope, Scope::Next);
        assert_eq!(one("# tidyglot-ignore-file: script, markup/zzz -- old names").rules, ["script", "markup/zzz"]);
        assert_eq!(one("/* tidyglot-off script/mixed-word*/").rules, ["script/mixed-word"]);
        assert_eq!(one("tidyglot-ignore because of this").rules, [""; 0]);
        assert_eq!(one("tidyglot-ignore script/mixed-wrod").unknown.unwrap().1.as_deref(), Some("script/mixed-word"));
        assert_eq!(one("// tidyglot-on").scope, Scope::On);
    }

    #[test]
    fn talk_about_directives_is_none() {
        for text in [
            "the `tidyglot-ignore` directive",
            "tidyglot-ignored",
            "tidyglot-rules",
            "x/tidyglot-ignore",
            "tidyglot-ignore.md",
        ] {
            assert_eq!(parse(text, NAMES), [], "{text}");
        }
    }

    #[test]
    fn removal_takes_the_comment_and_the_empty_line() {
        let cut = |text: &str| {
            let source = Source::from_str(text);
            let span = removal(&source, one(text).span).unwrap();
            format!("{}{}", &text[..span.start], &text[span.end..])
        };
        assert_eq!(cut("a\n<!-- tidyglot-ignore script -- why -->\nb"), "a\nb");
        assert_eq!(cut("x = 1  # tidyglot-ignore\r\ny"), "x = 1\r\ny");
        assert_eq!(cut("a\ntidyglot-ignore-next-line\nb"), "a\nb");
    }
}
