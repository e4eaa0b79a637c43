//! All literals of all rules in one automaton; each hit is confirmed in a small window.

use super::{LoadError, Place, Rule};
use crate::{
    analysis::is_word_char,
    check::Context,
    finding::{Edit, Finding, Fix},
    text::Span,
};
use aho_corasick::{AhoCorasick, AhoCorasickBuilder};
use regex::{Regex, RegexBuilder};
use std::{collections::HashMap, sync::OnceLock};

/// How far round a hit a confirming regex may look, in bytes.
const WINDOW: usize = 256;

/// Rules, ready to run.
pub struct Matcher {
    rules: Vec<Rule>,
    automaton: AhoCorasick,
    /// For each literal of the automaton: its rule and whether it is the literal's own case that counts.
    owners: Vec<(usize, String)>,
    /// Whole lines, normalised, to their rules.
    lines: HashMap<String, Vec<usize>>,
    longest_line: usize,
    confirm: Vec<OnceLock<Option<Regex>>>,
    unless: Vec<OnceLock<Option<Regex>>>,
}

impl Matcher {
    /// Compiles the literals of the rules. Regexes are compiled when first needed.
    pub fn new(rules: Vec<Rule>) -> Result<Matcher, LoadError> {
        let mut literals = Vec::new();
        let mut owners = Vec::new();
        let mut lines: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, rule) in rules.iter().enumerate() {
            for literal in &rule.literals {
                if rule.place == Place::Line {
                    lines.entry(normalise_line(literal)).or_default().push(index);
                    continue;
                }
                literals.push(literal.clone());
                owners.push((index, literal.clone()));
                // The automaton folds ASCII only; other scripts get their capitalised form as a literal of its own.
                if rule.ignore_case && !literal.is_ascii() {
                    for form in [capitalised(literal), literal.to_uppercase(), literal.to_lowercase()] {
                        if form != *literal {
                            literals.push(form.clone());
                            owners.push((index, form));
                        }
                    }
                }
            }
        }
        let automaton = AhoCorasickBuilder::new()
            .ascii_case_insensitive(true)
            .build(&literals)
            .map_err(|e| LoadError { file: "rules".into(), place: None, what: e.to_string() })?;
        let longest_line = lines.keys().map(String::len).max().unwrap_or(0);
        let cells = || rules.iter().map(|_| OnceLock::new()).collect();
        Ok(Matcher { confirm: cells(), unless: cells(), rules, automaton, owners, lines, longest_line })
    }

    /// The rules.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Everything the rules find, of those that `wanted` lets through.
    pub fn run(&self, cx: &Context<'_>, wanted: &dyn Fn(&str) -> bool, out: &mut Vec<Finding>) {
        let text = cx.text();
        for hit in self.automaton.find_overlapping_iter(text) {
            let (index, literal) = &self.owners[hit.pattern().as_usize()];
            let rule = &self.rules[*index];
            let span = Span::new(hit.start(), hit.end());
            if !rule.ignore_case && text[span.range()] != **literal {
                continue;
            }
            let haystack = if rule.place == Place::Anywhere { text } else { cx.prose() };
            if haystack.as_bytes()[span.range()] != text.as_bytes()[span.range()] || !wanted(&rule.name) {
                continue;
            }
            if rule.word_edges && !has_word_edges(haystack, span) {
                continue;
            }
            if rule.place == Place::LineStart && !starts_line(haystack, span.start) {
                continue;
            }
            self.confirm(cx, *index, haystack, span, out);
        }
        if !self.lines.is_empty() {
            self.run_lines(cx, wanted, out);
        }
    }

    fn run_lines(&self, cx: &Context<'_>, wanted: &dyn Fn(&str) -> bool, out: &mut Vec<Finding>) {
        let prose = cx.prose();
        for line in cx.facts().lines(prose) {
            if line.is_empty() || line.len() > self.longest_line + 32 {
                continue;
            }
            let part = trimmed_line(prose, *line);
            let Some(owners) = self.lines.get(&normalise_line(&prose[part.range()])) else { continue };
            for &index in owners {
                if wanted(&self.rules[index].name) {
                    self.confirm(cx, index, prose, part, out);
                }
            }
        }
    }

    /// Language, format and regex; then the finding.
    fn confirm(&self, cx: &Context<'_>, index: usize, haystack: &str, hit: Span, out: &mut Vec<Finding>) {
        let rule = &self.rules[index];
        let format = cx.format().as_str();
        let wrong = !rule.formats.is_empty() && !rule.formats.iter().any(|f| f == format);
        if wrong || rule.not_formats.iter().any(|f| f == format) {
            return;
        }
        let named = |list: &[String]| cx.lang().is_some_and(|lang| list.iter().any(|l| l == lang));
        if (!rule.languages.is_empty() && !named(&rule.languages)) || named(&rule.not_languages) {
            return;
        }
        let mut span = hit;
        let mut replacement = rule.replace.clone();
        if let Some(pattern) = &rule.confirm {
            let Some(regex) = compiled(&self.confirm[index], pattern, rule.ignore_case) else { return };
            let window = window(haystack, hit);
            let part = &haystack[window.range()];
            let found = regex.captures_iter(part).find_map(|caps| {
                let all = caps.get(0)?;
                let m = caps.name("hit").unwrap_or(all);
                let all = Span::new(window.start + all.start(), window.start + all.end());
                all.overlaps(hit).then(|| {
                    let text = rule.replace.as_ref().map(|template| {
                        let mut text = String::new();
                        caps.expand(template, &mut text);
                        text
                    });
                    (Span::new(window.start + m.start(), window.start + m.end()), text)
                })
            });
            let Some((confirmed, text)) = found else { return };
            span = confirmed;
            replacement = text;
        }
        if let Some(pattern) = &rule.unless_line {
            let Some(regex) = compiled(&self.unless[index], pattern, true) else { return };
            let line = line_of(haystack, span);
            if regex.is_match(&haystack[line.range()]) {
                return;
            }
        }
        if span.is_empty() || out.iter().any(|f| f.rule == rule.name && f.span.overlaps(span)) {
            return;
        }
        let text = &cx.text()[span.range()];
        let fixed = replacement.as_deref().unwrap_or_default();
        let message = rule.message.replace("{text}", &shorten(text)).replace("{fix}", fixed);
        let fix = replacement.map(|text| {
            let title = if text.is_empty() { "delete it".to_owned() } else { format!("write «{text}»") };
            Fix { safety: rule.safety, title, edits: vec![Edit { span, text }] }
        });
        out.push(Finding {
            rule: rule.name.clone().into(),
            severity: rule.severity,
            confidence: rule.confidence,
            span,
            message,
            fix,
        });
    }
}

fn compiled<'r>(cell: &'r OnceLock<Option<Regex>>, pattern: &str, ignore_case: bool) -> Option<&'r Regex> {
    cell.get_or_init(|| RegexBuilder::new(pattern).case_insensitive(ignore_case).multi_line(true).build().ok()).as_ref()
}

/// A long text is quoted by its two ends.
fn shorten(text: &str) -> String {
    const MOST: usize = 60;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    let head: String = text.chars().take(MOST / 2).collect();
    let tail: String = text.chars().skip(text.chars().count() - MOST / 3).collect();
    format!("{head}…{tail}")
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

fn has_word_edges(text: &str, span: Span) -> bool {
    let joins = |c: char| is_word_char(c) || c.is_ascii_digit();
    !text[..span.start].chars().next_back().is_some_and(joins) && !text[span.end..].chars().next().is_some_and(joins)
}

fn starts_line(text: &str, at: usize) -> bool {
    let start = text[..at].rfind('\n').map_or(0, |i| i + 1);
    text[start..at].chars().all(|c| c.is_whitespace() || "-•*–—>\"“«‘'\u{1}".contains(c))
}

fn line_of(text: &str, span: Span) -> Span {
    let start = text[..span.start].rfind('\n').map_or(0, |i| i + 1);
    let end = text[span.end..].find('\n').map_or(text.len(), |i| span.end + i);
    Span::new(start, end)
}

/// The line of a hit, cut to the window's size on both sides.
fn window(text: &str, hit: Span) -> Span {
    let mut start = hit.start.saturating_sub(WINDOW);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let mut end = (hit.end + WINDOW).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    Span::new(start.min(hit.start), end.max(hit.end))
}

/// What of a line is left without the blanks, bullets and arrows at its edges.
fn trimmed_line(text: &str, line: Span) -> Span {
    let part = &text[line.range()];
    let edge = |c: char| c.is_whitespace() || "\u{1}-–—•·*>»›→«‹←|:…[]#".contains(c);
    let left = part.trim_start_matches(edge);
    let start = line.start + (part.len() - left.len());
    Span::new(start, start + left.trim_end_matches(edge).len())
}

/// A line as it is compared: trimmed, in lower case, blanks single, straight apostrophes.
fn normalise_line(line: &str) -> String {
    let trimmed = &line[trimmed_line(line, Span::new(0, line.len())).range()];
    let mut out = String::with_capacity(trimmed.len());
    for word in trimmed.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }));
    }
    out
}
