//! Which rules run: by name, family or `all`.

use std::fmt;

/// The rules that the user selects and ignores; empty lists mean: everything, nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    select: Vec<String>,
    ignore: Vec<String>,
}

/// A selector that names no rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectError {
    /// What was asked for.
    pub name: String,
    /// The nearest name there is.
    pub nearest: Option<String>,
}

impl fmt::Display for SelectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown rule or family '{}'", self.name)?;
        match &self.nearest {
            Some(near) => write!(f, "; did you mean '{near}'?"),
            None => write!(f, "; 'tidyglot rules' lists them"),
        }
    }
}

impl std::error::Error for SelectError {}

impl Selection {
    /// A selection of names that are known to be right.
    pub fn unchecked(select: Vec<String>, ignore: Vec<String>) -> Selection {
        Selection { select, ignore }
    }
    /// A selection; every selector must be a family or a name out of `known`.
    pub fn new(select: &[String], ignore: &[String], known: &[&str]) -> Result<Selection, SelectError> {
        for name in select.iter().chain(ignore) {
            let exists = name == "all"
                || known.iter().any(|k| k == name || k.split('/').next() == Some(name))
                || crate::check::FAMILIES.iter().any(|(family, _)| family == name);
            if !exists {
                let families = crate::check::FAMILIES.iter().map(|(family, _)| *family);
                return Err(SelectError {
                    name: name.clone(),
                    nearest: nearest(name, families.chain(known.iter().copied())),
                });
            }
        }
        Ok(Selection { select: select.to_vec(), ignore: ignore.to_vec() })
    }
    /// Whether a rule runs.
    pub fn allows(&self, rule: &str) -> bool {
        let names = |s: &String| s == "all" || s == rule || rule.split('/').next() == Some(s);
        // A rule's own name beats its family, whatever list it stands in.
        if self.select.iter().any(|s| s == rule) {
            return !self.ignore.iter().any(|s| s == rule);
        }
        (self.select.is_empty() || self.select.iter().any(names)) && !self.ignore.iter().any(names)
    }
}

/// The candidate nearest to a misspelt name, if any is near.
pub fn nearest<'c>(name: &str, candidates: impl Iterator<Item = &'c str>) -> Option<String> {
    let short = |s: &str| s.rsplit('/').next().unwrap_or(s).to_owned();
    candidates
        .map(|c| (distance(name, c).min(distance(&short(name), &short(c)) + usize::from(name.contains('/'))), c))
        .min()
        .filter(|(d, c)| *d <= 2 + c.len() / 5)
        .map(|(_, c)| c.to_owned())
}

/// Levenshtein distance in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let next = (diagonal + usize::from(ca != *cb)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = row[j + 1];
            row[j + 1] = next;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_beat_families() {
        let known = ["script/mixed-word", "script/stray-mark"];
        let s = |v: &[&str]| v.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
        let selection = Selection::new(&s(&["script"]), &s(&["script/stray-mark"]), &known).unwrap();
        assert!(selection.allows("script/mixed-word") && !selection.allows("script/stray-mark"));
        let error = Selection::new(&s(&["script/mixed-wrod"]), &[], &known).unwrap_err();
        assert_eq!(error.nearest.as_deref(), Some("script/mixed-word"));
        assert_eq!(Selection::new(&s(&["scripts"]), &[], &known).unwrap_err().nearest.as_deref(), Some("script"));
    }
}
