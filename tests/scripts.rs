//! The script cases of `fixtures/scripts`: text that only looks damaged stays silent under all rules, damage is found
//! where it is, and repaired as a reader would.

use std::{collections::HashSet, fs, path::Path};
use tidyglot::{Document, Engine, Settings, finding::Severity, region::Format, text::Source};

struct Case {
    text: String,
    /// The damaged part; none where all is right.
    damaged: Option<String>,
    fixed: Option<String>,
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/scripts");
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let mut all = Vec::new();
    for line in read("traps.tsv").lines().filter(|l| !l.starts_with('#')) {
        let (_, text) = line.split_once('\t').unwrap();
        all.push(Case { text: text.into(), damaged: None, fixed: None });
    }
    for line in read("damage.tsv").lines().filter(|l| !l.starts_with('#')) {
        let columns: Vec<_> = line.split('\t').collect();
        let fixed = columns.get(3).filter(|f| !f.is_empty()).map(|f| (*f).to_owned());
        all.push(Case { text: columns[1].into(), damaged: Some(columns[2].into()), fixed });
    }
    for line in read("swapped.jsonl").lines().chain(read("rows.jsonl").lines()) {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let field = |name: &str| case[name].as_str().map(str::to_owned);
        all.push(Case { text: field("text").unwrap(), damaged: field("span"), fixed: field("fix") });
    }
    all
}

#[test]
fn scripts() {
    let engine = Engine::new(Vec::new()).unwrap();
    let settings = Settings::default();
    let mut wrong = Vec::new();
    for case in cases() {
        let doc = Document::new(Source::from_str(&case.text), Format::Plain);
        let found: Vec<_> =
            engine.check(&doc, &settings).into_iter().filter(|f| f.severity >= Severity::Warning).collect();
        let safe = engine.clean_text(&case.text, &settings, false);
        let allowed: HashSet<&str> = [Some(case.text.as_str()), case.fixed.as_deref()].into_iter().flatten().collect();
        if !allowed.contains(safe.as_str()) {
            wrong.push(format!("wrong safe fix: {:?} became {safe:?}", case.text));
        }
        match &case.damaged {
            None => wrong.extend(
                found
                    .iter()
                    .map(|f| format!("false alarm: {} on {:?} in {:?}", f.rule, &case.text[f.span.range()], case.text)),
            ),
            Some(part) => {
                let start = case.text.find(part.as_str()).unwrap();
                let end = start + part.len();
                if !found.iter().any(|f| f.span.start < end && start < f.span.end) {
                    wrong.push(format!("missed: {part:?} in {:?}", case.text));
                } else if let Some(fixed) = &case.fixed {
                    let cleaned = engine.clean_text(&case.text, &settings, true);
                    if cleaned != *fixed {
                        wrong.push(format!("repaired as {cleaned:?}, meant {fixed:?}"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} cases:\n{}", wrong.len(), wrong.join("\n"));
}
