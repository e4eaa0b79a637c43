//! Reads rule files. A rule without a literal, without a bad or without a good example does not load.

use super::{Matcher, Rule};
use crate::{Document, Settings, check::Context, config::nearest, region::Format, text::Source};
use serde::Deserialize;
use std::{collections::BTreeMap, fmt, path::Path};

/// The built-in rule files, as `src/build.rs` left them.
static BUILTIN: &str = include_str!(concat!(env!("OUT_DIR"), "/rules.json"));

/// Why a rule file does not load: file, place, reason, way out.
#[derive(Clone, Debug)]
pub struct LoadError {
    /// The file's name.
    pub file: String,
    /// Line and column, from 1, where known.
    pub place: Option<(usize, usize)>,
    /// What is wrong, in one line.
    pub what: String,
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some((line, column)) = self.place {
            write!(f, ":{line}:{column}")?;
        }
        write!(f, ": {}", self.what)
    }
}

impl std::error::Error for LoadError {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    rule: Vec<Rule>,
}

/// The rules that are built in, file by file.
pub fn builtin() -> Result<Vec<Rule>, LoadError> {
    let error = |file: &str, what: String| LoadError { file: file.to_owned(), place: None, what };
    let files: BTreeMap<String, File> =
        serde_json::from_str(BUILTIN).map_err(|e| error("built-in rules", e.to_string()))?;
    let mut rules = Vec::new();
    for (name, file) in files {
        for rule in file.rule {
            prove(&rule).map_err(|what| error(&name, what))?;
            rules.push(rule);
        }
    }
    Ok(rules)
}

/// The rules of a user's file.
pub fn from_toml(path: &Path, text: &str) -> Result<Vec<Rule>, LoadError> {
    let file_name = path.display().to_string();
    let file: File = toml::from_str(text).map_err(|e| LoadError {
        file: file_name.clone(),
        place: e.span().map(|s| line_column(text, s.start)),
        what: explain(&e.message().replace('\n', " ")),
    })?;
    for rule in &file.rule {
        prove(rule).and_then(|()| try_out(rule)).map_err(|what| {
            let name = [format!("\"{}\"", rule.name), format!("'{}'", rule.name)];
            let at = name.iter().find_map(|name| text.find(name)).map(|i| line_column(text, i));
            LoadError { file: file_name.clone(), place: at, what }
        })?;
    }
    Ok(file.rule)
}

/// An unknown key or value, with the nearest one that there is.
fn explain(message: &str) -> String {
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    match quoted.split_first() {
        Some((unknown, known)) if message.starts_with("unknown ") && !known.is_empty() => {
            let kind = if message.starts_with("unknown field") { "key" } else { "value" };
            match nearest(unknown, known.iter().copied()) {
                Some(near) => format!("unknown {kind} '{unknown}'; did you mean '{near}'?"),
                None => format!("unknown {kind} '{unknown}'; there are: {}", known.join(", ")),
            }
        }
        _ => message.to_owned(),
    }
}

/// A rule that cannot even find its own bad examples is a mistake, and says so before it is trusted.
fn try_out(rule: &Rule) -> Result<(), String> {
    let name = &rule.name;
    for pattern in [&rule.confirm, &rule.unless_line].into_iter().flatten() {
        if let Err(e) = regex::Regex::new(pattern) {
            let what = e.to_string();
            let reason = what.lines().last().unwrap_or_default().trim_start_matches("error: ");
            return Err(format!("rule '{name}': the regex '{pattern}' is wrong: {reason}"));
        }
    }
    let matcher = Matcher::new(vec![rule.clone()]).map_err(|e| e.what)?;
    // Examples are short; the language that the rule is for counts as given.
    let settings = Settings { lang: rule.languages.first().cloned(), ..Settings::default() };
    for example in &rule.bad {
        let doc = Document::new(Source::from_str(&example.text), Format::Plain);
        let mut found = Vec::new();
        matcher.run(&Context { doc: &doc, settings: &settings }, &|_| true, &mut found);
        if found.is_empty() {
            return Err(format!(
                "rule '{name}' does not find its own bad example {:?}; is one of its literals in it, and does 'confirm' match there?",
                example.text
            ));
        }
    }
    Ok(())
}

fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

/// What every rule must have.
fn prove(rule: &Rule) -> Result<(), String> {
    let name = &rule.name;
    let fail = |what: &str| Err(format!("rule '{name}': {what}"));
    let kebab = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !name.split_once('/').is_some_and(|(family, rest)| kebab(family) && kebab(rest)) {
        return fail("the name must read 'family/name', in lower case with hyphens");
    }
    let literals = || rule.literals.iter().chain(rule.replacements.keys());
    if literals().next().is_none() || literals().any(String::is_empty) {
        return fail("it needs at least one literal, and none may be empty; the shared scanner looks for literals");
    }
    if rule.bad.is_empty() {
        return fail("it needs at least one [[rule.bad]] example");
    }
    if rule.good.is_empty() {
        return fail("it needs at least one [[rule.good]] example, a text that must stay silent");
    }
    for pattern in [&rule.confirm, &rule.unless_line].into_iter().flatten() {
        if pattern.contains(r"\b") {
            return fail(r"'\b' is not allowed in a regex; use 'word-edges = true'");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_rules_load() {
        let rules = builtin().unwrap();
        let mut names: Vec<_> = rules.iter().map(|r| r.name.clone()).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), rules.len(), "a name is used twice");
    }

    #[test]
    fn errors_name_the_place() {
        let text = "[[rule]]\nname = 'x/y'\nseverity = 'erorr'\n";
        let error = from_toml(Path::new("r.toml"), text).unwrap_err();
        assert_eq!(error.place, Some((3, 12)));
        assert!(error.to_string().starts_with("r.toml:3:12: "));
        assert!(error.what.ends_with("did you mean 'error'?"), "{}", error.what);
        let text = "[[rule]]\nname = 'x/y'\nlitterals = ['a']\n";
        let error = from_toml(Path::new("r.toml"), text).unwrap_err();
        assert!(error.to_string().ends_with("unknown key 'litterals'; did you mean 'literals'?"), "{error}");
    }

    #[test]
    fn a_rule_must_find_its_own_example() {
        let rule = |confirm: &str, bad: &str| {
            let text = format!(
                "[[rule]]\nname = 'x/y'\nseverity = 'error'\nsummary = ''\nwhy = ''\nmessage = ''\nliterals = ['colour']\n\
                 confirm = '{confirm}'\n[[rule.bad]]\ntext = '{bad}'\nfind = 'colour'\n[[rule.good]]\ntext = 'color'\n"
            );
            from_toml(Path::new("r.toml"), &text).map(|rules| rules.len()).map_err(|e| e.to_string())
        };
        assert_eq!(rule("colour", "the colour"), Ok(1));
        assert!(rule("colour", "the color").is_err_and(|e| e.contains("r.toml:2:") && e.contains("own bad example")));
        assert!(rule("colour(", "the colour").is_err_and(|e| e.contains("the regex 'colour('")));
    }
}
