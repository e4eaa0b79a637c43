//! Every rule about translation and markup shows what it finds and what it leaves alone, and `docs/coverage.md` names
//! only rules that there are.

use std::collections::BTreeSet;
use tidyglot::Engine;

const FAMILIES: &[&str] = &["translation", "markup"];

#[test]
fn every_rule_has_two_bad_and_three_good_examples() {
    let engine = Engine::new(Vec::new()).expect("the built-in rules load");
    let few: Vec<String> = engine
        .pages()
        .iter()
        .filter(|p| FAMILIES.iter().any(|f| p.name.starts_with(&format!("{f}/"))))
        .filter(|p| p.name != "markup/unused-directive")
        .filter(|p| p.bad.len() < 2 || p.good.len() < 3)
        .map(|p| format!("{}: {} bad, {} good", p.name, p.bad.len(), p.good.len()))
        .collect();
    assert!(few.is_empty(), "{few:#?}");
}

#[test]
fn the_coverage_page_names_every_rule_and_only_rules_that_exist() {
    let engine = Engine::new(Vec::new()).expect("the built-in rules load");
    let names: BTreeSet<String> = engine.pages().iter().map(|p| p.name.clone()).collect();
    let families: BTreeSet<&str> = names.iter().filter_map(|n| n.split('/').next()).collect();
    let page = std::fs::read_to_string("docs/coverage.md").expect("the page is there");
    let quoted: BTreeSet<&str> = page.split('`').skip(1).step_by(2).collect();
    let named = |text: &str| {
        text.split_once('/').is_some_and(|(family, rest)| {
            families.contains(family) && rest.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
        })
    };
    let unknown: Vec<_> = quoted.iter().filter(|q| named(q) && !names.contains(**q)).collect();
    assert!(unknown.is_empty(), "no such rules: {unknown:?}");
    let missing: Vec<_> = names
        .iter()
        .filter(|n| FAMILIES.iter().any(|f| n.starts_with(&format!("{f}/"))))
        .filter(|n| !quoted.contains(n.as_str()) && !quoted.contains(n.trim_start_matches("translation/")))
        .collect();
    assert!(missing.is_empty(), "not on the page: {missing:?}");
}
