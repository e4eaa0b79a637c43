//! Realistic prose with leftovers of markup and page furniture, and prose that only looks like it.

use tidyglot::{Document, Engine, Settings, finding::Severity, region::Format, text::Source};

fn rows(file: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(format!("fixtures/markup/{file}")).expect("the fixture is there");
    let plain =
        |cell: &str| cell.replace("\\\\", "\u{0}").replace("\\n", "\n").replace("\\t", "\t").replace('\u{0}', "\\");
    text.lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').map(plain).collect()).collect()
}

#[test]
fn damage_is_found_where_it_is() {
    let engine = Engine::new(Vec::new()).expect("the built-in rules load");
    let mut problems = Vec::new();
    let rows = rows("damaged.tsv");
    for row in &rows {
        let [_, text, rule, damage] = &row[..] else { panic!("{row:?}") };
        let doc = Document::new(Source::from_str(text), Format::Plain);
        let found = engine.check(&doc, &Settings::default());
        if !found.iter().any(|f| f.rule == *rule && text[f.span.range()] == **damage) {
            let seen: Vec<_> = found.iter().map(|f| (f.rule.as_ref(), &text[f.span.range()])).collect();
            problems.push(format!("{rule} {damage:?} in {text:?}: {seen:?}"));
        }
    }
    assert!(rows.len() >= 40);
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn traps_stay_silent() {
    let engine = Engine::new(Vec::new()).expect("the built-in rules load");
    let mut problems = Vec::new();
    for row in &rows("traps.tsv") {
        let text = &row[1];
        let doc = Document::new(Source::from_str(text), Format::Plain);
        for f in engine.check(&doc, &Settings::default()).iter().filter(|f| f.severity >= Severity::Warning) {
            problems.push(format!("{} {:?} in {text:?}", f.rule, &text[f.span.range()]));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn what_the_source_has_too_is_no_leftover() {
    let engine = Engine::new(Vec::new()).expect("the built-in rules load");
    let text = "Du hast <b>{{count}}</b> neue Nachrichten&hellip;";
    let markup = |source: Option<&str>| {
        let mut doc = Document::new(Source::from_str(text), Format::Plain);
        doc.pair = source.map(|s| tidyglot::Pair { source: s.to_owned(), lang: None });
        engine.check(&doc, &Settings::default()).iter().filter(|f| f.rule.starts_with("markup/")).count()
    };
    assert!(markup(None) > 2);
    assert!(markup(Some("You have many new messages.")) > 2);
    assert_eq!(markup(Some("You have <b>{{count}}</b> new messages&hellip;")), 0);
}
