//! Realistic damage in many languages, and the traps: every line of `fixtures/translation`.

use tidyglot::{Document, Engine, Settings, finding::Severity, region::Format, text::Source};

fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[test]
fn damage_is_found_where_it_stands() {
    let engine = Engine::new(Vec::new()).unwrap();
    let settings = Settings::default();
    let mut missed = Vec::new();
    let mut count = 0;
    for line in lines(include_str!("../fixtures/translation/damaged.tsv")) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [rule, damage, text] = fields[..] else { panic!("three fields a line: {line}") };
        let text = text.replace('⏎', "\n");
        let doc = Document::new(Source::from_str(&text), Format::Plain);
        let found = engine.check(&doc, &settings);
        let name = format!("translation/{rule}");
        if !found.iter().any(|f| f.rule == name && text[f.span.range()] == *damage) {
            missed.push(line);
        }
        count += 1;
    }
    assert!(count >= 40);
    assert!(missed.is_empty(), "not found: {missed:#?}");
}

#[test]
fn traps_stay_silent() {
    let engine = Engine::new(Vec::new()).unwrap();
    for text in lines(include_str!("../fixtures/translation/traps.txt")) {
        let doc = Document::new(Source::from_str(text), Format::Plain);
        let found = engine.check(&doc, &Settings::default());
        let loud: Vec<_> = found.iter().filter(|f| f.severity >= Severity::Warning).map(|f| &f.rule).collect();
        assert!(loud.is_empty(), "{loud:?} in {text}");
    }
}
