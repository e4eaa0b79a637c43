//! Confirms the hits of the literals: place, quotation, format, regex, language; then the finding.

use super::{LoadError, Place, Quoted, Rule, alternatives::Alternatives, around, lines::Lines, literals::Literals};
use crate::{
    check::Context,
    finding::{Edit, Finding, Fix, Safety},
    text::Span,
};
use std::sync::OnceLock;

/// Rules, ready to run.
pub struct Matcher {
    rules: Vec<Rule>,
    literals: Literals,
    /// For each literal its rule, and what to put in its place.
    owners: Vec<(usize, Option<String>)>,
    lines: Lines,
    confirm: Vec<OnceLock<Alternatives>>,
    unless: Vec<OnceLock<Alternatives>>,
}

/// The findings of one run; what is asked for each rule again and again is kept.
struct Run<'r> {
    found: Vec<(usize, Finding)>,
    /// The end of each rule's last finding.
    last: Vec<usize>,
    wanted: Vec<Option<bool>>,
    filter: &'r dyn Fn(&str) -> bool,
}

impl Matcher {
    /// Sorts the literals of the rules into their searches. Regexes are compiled when first needed.
    pub fn new(rules: Vec<Rule>) -> Result<Matcher, LoadError> {
        let mut texts = Vec::new();
        let mut owners = Vec::new();
        let mut lines = Lines::default();
        for (index, rule) in rules.iter().enumerate() {
            let plain = rule.literals.iter().map(|literal| (literal, None));
            for (literal, fixed) in plain.chain(rule.replacements.iter().map(|(l, f)| (l, Some(f.clone())))) {
                if rule.place == Place::Line {
                    lines.add(literal, index);
                    continue;
                }
                let mut forms = vec![literal.clone()];
                // The searches fold ASCII only; other scripts get their other cases as literals of their own.
                if rule.ignore_case && !literal.is_ascii() {
                    forms.extend([capitalised(literal), literal.to_uppercase(), literal.to_lowercase()]);
                    forms.sort();
                    forms.dedup();
                }
                owners.extend(forms.iter().map(|_| (index, fixed.clone())));
                texts.append(&mut forms);
            }
        }
        let exact = |literal: usize| !rules[owners[literal].0].ignore_case;
        let literals =
            Literals::new(texts, &exact).map_err(|what| LoadError { file: "rules".into(), place: None, what })?;
        let cells = || rules.iter().map(|_| OnceLock::new()).collect();
        Ok(Matcher { confirm: cells(), unless: cells(), rules, literals, owners, lines })
    }

    /// The rules.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Everything the rules find, of those that `filter` lets through.
    pub fn run(&self, cx: &Context<'_>, filter: &dyn Fn(&str) -> bool, out: &mut Vec<Finding>) {
        let count = self.rules.len();
        if !self.rules.iter().any(|rule| filter(&rule.name)) {
            return;
        }
        let mut run = Run { found: Vec::new(), last: vec![0; count], wanted: vec![None; count], filter };
        for hit in self.literals.find(cx) {
            let (index, fixed) = &self.owners[hit.literal as usize];
            self.hit(cx, *index, hit.span, self.literals.text(hit.literal), fixed.as_deref(), &mut run);
        }
        if !self.lines.is_empty() {
            run.last.fill(0);
            let prose = cx.prose();
            for line in cx.facts().lines(prose) {
                let Some((part, owners)) = self.lines.look_up(prose, *line) else { continue };
                for &index in owners {
                    if self.is_wanted(index, &mut run) {
                        self.confirm(cx, index, prose, part, None, &mut run);
                    }
                }
            }
        }
        let mut hits = vec![0usize; count];
        for (index, _) in &run.found {
            hits[*index] += 1;
        }
        out.extend(run.found.into_iter().filter(|(i, _)| hits[*i] >= self.rules[*i].min_hits).map(|(_, f)| f));
    }

    fn is_wanted(&self, index: usize, run: &mut Run<'_>) -> bool {
        *run.wanted[index].get_or_insert_with(|| (run.filter)(&self.rules[index].name))
    }

    /// What costs next to nothing comes first.
    fn hit(&self, cx: &Context<'_>, index: usize, span: Span, literal: &str, fixed: Option<&str>, run: &mut Run<'_>) {
        let rule = &self.rules[index];
        let text = cx.text();
        if (!rule.ignore_case && text[span.range()] != *literal) || !self.is_wanted(index, run) {
            return;
        }
        let haystack = if rule.place == Place::Anywhere { text } else { cx.prose() };
        if haystack.as_bytes()[span.range()] != text.as_bytes()[span.range()]
            || (rule.place == Place::Anywhere && cx.doc.is_code(span))
            || (rule.word_edges && !around::has_word_edges(haystack, span))
            || (rule.place == Place::LineStart && !around::starts_line(haystack, span.start))
            || (rule.mid_sentence && !around::is_mid_sentence(haystack, span.start))
        {
            return;
        }
        self.confirm(cx, index, haystack, span, fixed, run);
    }

    /// Format, regexes, quotation, language; then the finding.
    fn confirm(
        &self,
        cx: &Context<'_>,
        index: usize,
        haystack: &str,
        hit: Span,
        fixed: Option<&str>,
        run: &mut Run<'_>,
    ) {
        let rule = &self.rules[index];
        let format = cx.format().as_str();
        let other = !rule.formats.is_empty() && !rule.formats.iter().any(|f| f == format);
        if hit.end <= run.last[index] || other || rule.not_formats.iter().any(|f| f == format) {
            return;
        }
        let mut span = hit;
        let mut replacement = fixed.map(str::to_owned).or_else(|| rule.replace.clone());
        if let Some(pattern) = &rule.confirm {
            let regex = self.confirm[index].get_or_init(|| Alternatives::new(pattern, rule.ignore_case));
            let Some((confirmed, text)) = matched(regex, rule.replace.as_deref(), haystack, hit) else { return };
            if fixed.is_none() {
                span = confirmed;
                replacement = text;
            }
        }
        if span.is_empty() || span.start < run.last[index] {
            return;
        }
        if rule.min_words > 0 && haystack.split_ascii_whitespace().take(rule.min_words).count() < rule.min_words {
            return;
        }
        let line = around::line_of(haystack, span);
        if let Some(pattern) = &rule.unless_line {
            let regex = self.unless[index].get_or_init(|| Alternatives::new(pattern, true));
            if regex.is_match(&haystack[line.range()]) {
                return;
            }
        }
        let quoted = match rule.quoted {
            Quoted::Report => false,
            Quoted::Mention => around::is_mentioned(haystack, span),
            Quoted::Inside => around::is_mentioned(haystack, span) || around::is_inside_quotation(haystack, span),
        };
        if quoted || (rule.sentence_case && !around::is_sentence_case(&haystack[line.range()])) {
            return;
        }
        // The language last: it costs a thousand times more than all of the above.
        if !(rule.languages.is_empty() && rule.not_languages.is_empty()) {
            let lang = cx.lang().map(|tag| tag.split(['-', '_']).next().unwrap_or(tag));
            let named = |list: &[String]| lang.is_some_and(|lang| list.iter().any(|l| l == lang));
            if (!rule.languages.is_empty() && !named(&rule.languages)) || named(&rule.not_languages) {
                return;
            }
        }
        run.last[index] = span.end;
        let severity = match rule.edge_severity {
            Some(severity) if around::is_at_edge(haystack, span) => severity,
            _ => rule.severity,
        };
        let finding = finding(rule, cx.text(), span, severity, replacement);
        run.found.push((index, finding));
    }
}

/// The match of a rule's regex that overlaps a hit: the span, and the replacement with its groups filled in.
fn matched(regex: &Alternatives, template: Option<&str>, haystack: &str, hit: Span) -> Option<(Span, Option<String>)> {
    let window = around::window(haystack, hit);
    // What stands before the window stays visible to anchors.
    let part = &haystack[..window.end];
    let mut from = window.start;
    while from <= hit.start.max(window.start) {
        let caps = regex.captures_at(part, from, hit.end)?;
        let all = caps.get(0)?;
        if all.start() >= hit.end {
            return None;
        }
        if all.end() > hit.start {
            let m = ["hit", "hit2", "hit3", "hit4"].iter().find_map(|group| caps.name(group)).unwrap_or(all);
            let text = template.map(|template| {
                let mut text = String::new();
                caps.expand(template, &mut text);
                text
            });
            return Some((Span::new(m.start(), m.end()), text));
        }
        from = if all.is_empty() { next_char(part, all.end())? } else { all.end() };
    }
    None
}

fn next_char(text: &str, at: usize) -> Option<usize> {
    text.get(at..)?.chars().next().map(|c| at + c.len_utf8())
}

fn finding(
    rule: &Rule,
    text: &str,
    span: Span,
    severity: crate::finding::Severity,
    replacement: Option<String>,
) -> Finding {
    let damaged = &text[span.range()];
    let fixed = replacement.as_deref().unwrap_or_default();
    let message = rule.message.replace("{text}", &shorten(damaged)).replace("{fix}", fixed);
    let fix = replacement.filter(|fixed| fixed != damaged).map(|fixed| {
        let (title, cut) = match fixed.is_empty() {
            true => ("delete it".to_owned(), around::deletion(text, span)),
            false => (format!("write «{fixed}»"), span),
        };
        let safety = match rule.safety {
            // Without it the sentence would miss something: a person decides.
            Safety::Safe if fixed.is_empty() && around::is_needed(text, span) => Safety::Suggested,
            safety => safety,
        };
        Fix { safety, title, edits: vec![Edit { span: cut, text: fixed }] }
    });
    Finding { rule: rule.name.clone().into(), severity, confidence: rule.confidence, span, message, fix }
}

/// A long text is quoted by its two ends.
fn shorten(text: &str) -> String {
    const MOST: usize = 60;
    let count = text.chars().count();
    if count <= MOST {
        return text.to_owned();
    }
    let head: String = text.chars().take(MOST / 2).collect();
    let tail: String = text.chars().skip(count - MOST / 3).collect();
    format!("{head}…{tail}")
}

/// The text with its first letter as a capital.
fn capitalised(text: &str) -> String {
    let mut done = false;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if !done && c.is_alphabetic() {
            done = true;
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Document, Settings, region::Format, rules::builtin, text::Source};

    fn run(toml: &str, text: &str) -> Vec<String> {
        let file: toml::Table = toml.parse().unwrap();
        let rules = file["rule"].as_array().unwrap().iter().map(|r| r.clone().try_into().unwrap()).collect();
        let doc = Document::new(Source::from_str(text), Format::Plain);
        let settings = Settings::default();
        let mut out = Vec::new();
        Matcher::new(rules).unwrap().run(&Context { doc: &doc, settings: &settings }, &|_| true, &mut out);
        out.iter().map(|f| format!("{} {}", f.severity, &text[f.span.range()])).collect()
    }

    const HEAD: &str = "[[rule]]\nname = 'a/b'\nseverity = 'warning'\nsummary = ''\nwhy = ''\nmessage = ''\n";

    #[test]
    fn anchors_see_whole_lines() {
        let rule = format!("{HEAD}literals = ['the copy']\nconfirm = '^the copy$'\nedge-severity = 'error'");
        assert_eq!(run(&rule, "a\nthe copy\nb"), ["warning the copy"]);
        assert_eq!(run(&rule, "a\nthe copy"), ["error the copy"]);
        assert!(run(&rule, &format!("{} the copy\n", "x".repeat(400))).is_empty());
    }

    #[test]
    fn few_hits_stay_silent_where_the_rule_says_so() {
        let rule = format!("{HEAD}literals = ['[x]']\nmin-hits = 2");
        assert!(run(&rule, "a [x] b").is_empty());
        assert_eq!(run(&rule, "a [x] b [x]").len(), 2);
    }

    #[test]
    fn built_in_literals_need_no_automaton() {
        let mut matcher = Matcher::new(builtin().unwrap()).unwrap();
        assert_eq!(matcher.literals.in_automaton(), [""; 0], "too short, and without a rare byte");
        let parts = matcher.literals.short_parts();
        assert!(parts <= 32, "{parts}");
    }
}
