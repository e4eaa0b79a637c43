//! A document that an editor holds open, and what is found in it.

use super::place::{Text, Units};
use crate::{
    cli::session::Session,
    finding::{Located, Safety},
    report::line,
    suppress::baseline::Baseline,
};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// An open document.
pub(super) struct Open {
    pub(super) uri: String,
    pub(super) path: PathBuf,
    pub(super) version: Value,
    pub(super) text: Text,
    /// As of the last check; `None` when the text has changed since.
    pub(super) found: Option<Vec<Located>>,
}

impl Open {
    /// Checks the text, unless that is done.
    pub(super) fn check(&mut self, session: &Session, baseline: Option<&Baseline>) {
        if self.found.is_some() {
            return;
        }
        let excluded = session.configs.run.excludes(&self.path);
        let checked = (!excluded).then(|| session.check_text(&self.path, &self.text.text));
        let found = match checked {
            Some(Ok(mut checked)) => {
                if let Some(baseline) = baseline {
                    baseline.clone().filter(&mut checked.report);
                }
                checked.report.findings
            }
            _ => Vec::new(),
        };
        self.found = Some(found);
    }
    fn findings(&self) -> &[Located] {
        self.found.as_deref().unwrap_or_default()
    }
    /// The diagnostics. `page`: where the page of a rule is.
    pub(super) fn diagnostics(&self, units: Units, page: impl Fn(&str) -> Option<String>) -> Vec<Value> {
        self.findings().iter().map(|f| self.diagnostic(f, units, &page)).collect()
    }
    fn diagnostic(&self, f: &Located, units: Units, page: &dyn Fn(&str) -> Option<String>) -> Value {
        let mut value = json!({
            "range": self.range(f, units),
            "severity": 3 - f.severity as u8,
            "code": f.rule,
            "source": "tidyglot",
            "message": line::message(&f.message),
        });
        if let Some(href) = page(&f.rule) {
            value["codeDescription"] = json!({"href": href});
        }
        value
    }
    fn range(&self, f: &Located, units: Units) -> Value {
        self.text.range(f.start.byte as usize, f.end.byte as usize, units)
    }
    /// The findings that a range touches.
    fn touched(&self, range: &Value, units: Units) -> impl Iterator<Item = &Located> {
        let (start, end) = (self.text.byte(&range["start"], units), self.text.byte(&range["end"], units));
        self.findings().iter().filter(move |f| f.start.byte as usize <= end && start <= f.end.byte as usize)
    }
    /// A quick fix for each finding in a range that has one.
    pub(super) fn quick_fixes(
        &self,
        range: &Value,
        units: Units,
        versions: bool,
        page: impl Fn(&str) -> Option<String>,
    ) -> Vec<Value> {
        let action = |f: &Located| {
            let fix = f.fix.as_ref()?;
            let edits = fix.edits.iter().map(|e| {
                let range = self.text.range(e.start.byte as usize, e.end.byte as usize, units);
                json!({"range": range, "newText": e.text})
            });
            Some(json!({
                "title": format!("{} ({})", line::message(&fix.title), f.rule),
                "kind": "quickfix",
                "diagnostics": [self.diagnostic(f, units, &page)],
                "isPreferred": fix.safety == Safety::Safe,
                "edit": self.edit(edits.collect(), versions),
            }))
        };
        self.touched(range, units).filter_map(action).collect()
    }
    /// All safe fixes in one.
    pub(super) fn fix_all(&self, session: &Session, units: Units, versions: bool) -> Option<Value> {
        let safe = |f: &Located| f.fix.as_ref().is_some_and(|x| x.safety == Safety::Safe);
        if !self.findings().iter().any(safe) {
            return None;
        }
        let cleaned = session.clean_text(&self.path, &self.text.text).ok()?;
        let (start, end, new) = self.text.edit_to(&cleaned)?;
        let edit = json!({"range": self.text.range(start, end, units), "newText": new});
        Some(json!({
            "title": "Apply every safe fix of tidyglot",
            "kind": "source.fixAll.tidyglot",
            "edit": self.edit(vec![edit], versions),
        }))
    }
    fn edit(&self, edits: Vec<Value>, versions: bool) -> Value {
        if versions {
            let document = json!({"uri": self.uri, "version": self.version});
            return json!({"documentChanges": [{"textDocument": document, "edits": edits}]});
        }
        let mut changes = serde_json::Map::new();
        changes.insert(self.uri.clone(), edits.into());
        json!({"changes": changes})
    }
    /// What is wrong at a place, and why. Plain text: Markdown out of a text could ask a server for a picture.
    pub(super) fn hover(&self, place: &Value, units: Units, session: &Session) -> Value {
        let range = json!({"start": place, "end": place});
        let Some(f) = self.touched(&range, units).next() else { return Value::Null };
        let mut text = format!("{}: {}", f.rule, line::message(&f.message));
        if let Some(page) = session.engine.pages().iter().find(|p| p.name == f.rule) {
            text.push_str(&format!("\n\n{}", page.why));
            if !page.when_wrong.is_empty() {
                text.push_str(&format!("\n\nWhen it is wrong: {}", page.when_wrong));
            }
        }
        json!({"contents": {"kind": "plaintext", "value": text}, "range": self.range(f, units)})
    }
}

/// The path that a document goes by; one that is not saved yet gets a name that fits its language.
pub(super) fn path_of(uri: &str, language: &str, root: &Path) -> PathBuf {
    let Some(rest) = uri.strip_prefix("file://") else {
        let ending = match language {
            "markdown" => "md",
            "html" => "html",
            "xml" => "xml",
            "json" | "jsonc" => "json",
            "yaml" => "yaml",
            "latex" | "tex" => "tex",
            "po" | "gettext" => "po",
            _ => "txt",
        };
        return root.join(format!("untitled.{ending}"));
    };
    // What stands before the first slash is a machine's name.
    let path = rest.find('/').and_then(|at| rest.get(at..)).unwrap_or(rest);
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(b) = rest.next() {
        let digits = (b == b'%').then(|| {
            let mut ahead = rest.clone();
            let hex = [ahead.next()?, ahead.next()?];
            u8::from_str_radix(std::str::from_utf8(&hex).ok()?, 16).ok()
        });
        match digits.flatten() {
            Some(byte) => {
                bytes.push(byte);
                rest.nth(1);
            }
            None => bytes.push(b),
        }
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    // `/c:/x` is a path of Windows.
    let drive = text.as_bytes().get(2) == Some(&b':') && cfg!(windows);
    PathBuf::from(if drive { text.trim_start_matches('/').to_owned() } else { text })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_documents() {
        let of = |uri: &str| path_of(uri, "markdown", Path::new("/w"));
        assert_eq!(of("file:///a/b%20c/%D0%B1.md"), Path::new("/a/b c/б.md"));
        assert_eq!(of("file:///a/100%"), Path::new("/a/100%"));
        assert_eq!(of("untitled:Untitled-1"), Path::new("/w/untitled.md"));
    }
}
