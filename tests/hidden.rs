//! The hidden family on cases of its own: damage with the exact spans and the repaired text, and legitimate uses of
//! hidden characters on which every rule must stay silent.

use serde::Deserialize;
use tidyglot::{Document, Engine, Settings, finding::Severity, region::Format, text::Source};
use unicode_normalization::UnicodeNormalization;

#[derive(Deserialize)]
struct Damaged {
    rule: String,
    text: String,
    find: Vec<String>,
    fixed: Option<String>,
}

#[derive(Deserialize)]
struct Clean {
    text: String,
    why: String,
}

fn lines<T: serde::de::DeserializeOwned>(text: &str) -> Vec<T> {
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect()
}

#[test]
fn damage_is_found_and_repaired() {
    let engine = Engine::new(Vec::new()).unwrap();
    let settings = Settings::default();
    let mut wrong = Vec::new();
    for case in lines::<Damaged>(include_str!("../fixtures/hidden/damaged.jsonl")) {
        let doc = Document::new(Source::from_str(&case.text), Format::Plain);
        let found = engine.check(&doc, &settings);
        let spans: Vec<&str> =
            found.iter().filter(|f| f.rule == case.rule).map(|f| &case.text[f.span.range()]).collect();
        if spans != case.find {
            wrong.push(format!("{}: found {spans:?} in {:?}", case.rule, case.text));
        }
        if let Some(loud) = found.iter().find(|f| f.rule != case.rule && f.severity >= Severity::Warning) {
            wrong.push(format!("{} also finds {:?}", loud.rule, case.text));
        }
        let safe = engine.clean_text(&case.text, &settings, false);
        let all = engine.clean_text(&case.text, &settings, true);
        match &case.fixed {
            Some(fixed) if all != *fixed => wrong.push(format!("{}: {:?} became {all:?}", case.rule, case.text)),
            Some(fixed) if engine.clean_text(fixed, &settings, true) != *fixed => {
                wrong.push(format!("{}: not stable: {fixed:?}", case.rule));
            }
            None if all != case.text => wrong.push(format!("{}: {:?} became {all:?}", case.rule, case.text)),
            _ => {}
        }
        // Safe fixes alone are part of the way to the repaired text: they take hidden characters only.
        let visible = |s: &str| s.nfd().filter(|c| c.is_alphabetic() && c.is_ascii()).count();
        if visible(&safe) != visible(&case.text) {
            wrong.push(format!("{}: a safe fix changed letters of {:?}", case.rule, case.text));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn legitimate_uses_are_left_alone() {
    let engine = Engine::new(Vec::new()).unwrap();
    let settings = Settings::default();
    let mut wrong = Vec::new();
    for case in lines::<Clean>(include_str!("../fixtures/hidden/clean.jsonl")) {
        for text in
            [case.text.clone(), format!("{}\n", case.text), format!("# {}\r\n\r\n- {}\r\n", case.why, case.text)]
        {
            let doc = Document::new(Source::from_str(&text), Format::Plain);
            for f in engine.check(&doc, &settings) {
                if f.rule.starts_with("hidden/") || f.severity >= Severity::Warning {
                    wrong.push(format!(
                        "{} ({}): {} finds {:?}",
                        case.why,
                        text.escape_debug(),
                        f.rule,
                        &text[f.span.range()]
                    ));
                }
            }
            if engine.clean_text(&text, &settings, false) != text {
                wrong.push(format!("{}: changed", case.why));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
