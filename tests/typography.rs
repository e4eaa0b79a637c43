//! Realistic damage in many languages and the traps of `fixtures/typography`, and the set of documents of
//! `fixtures/consistency`.

use tidyglot::{Document, Engine, Settings, finding::Severity, region::Format, text::Source};

fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn settings(lang: &str) -> Settings {
    Settings { lang: Some(lang.to_owned()), ..Settings::default() }
}

#[test]
fn damage_is_found_where_it_stands() {
    let engine = Engine::new(Vec::new()).unwrap();
    let mut missed = Vec::new();
    let mut count = 0;
    for line in lines(include_str!("../fixtures/typography/damaged.tsv")) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [lang, rule, damage, text] = fields[..] else { panic!("four fields a line: {line}") };
        let text = text.replace('⏎', "\n");
        let doc = Document::new(Source::from_str(&text), Format::Plain);
        let found = engine.check(&doc, &settings(lang));
        let name = format!("typography/{rule}");
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
    for text in lines(include_str!("../fixtures/typography/traps.txt")) {
        let doc = Document::new(Source::from_str(text), Format::Plain);
        let found = engine.check(&doc, &Settings::default());
        let loud: Vec<_> = found.iter().filter(|f| f.severity >= Severity::Warning).map(|f| &f.rule).collect();
        assert!(loud.is_empty(), "{loud:?} in {text}");
    }
}

#[test]
fn a_set_shows_what_no_document_shows_alone() {
    let texts = [
        include_str!("../fixtures/consistency/set/1-agency.txt"),
        include_str!("../fixtures/consistency/set/2-paper.txt"),
        include_str!("../fixtures/consistency/set/3-blog.txt"),
        include_str!("../fixtures/consistency/set/4-letter.txt"),
    ];
    let engine = Engine::new(Vec::new()).unwrap();
    let settings = settings("en");
    let documents = texts.map(|text| Document::new(Source::from_str(text), Format::Plain));
    let mentions = documents.iter().map(|doc| engine.mentions(doc, &settings)).collect();
    let found: Vec<String> = engine
        .compare(mentions)
        .iter()
        .map(|(number, f)| {
            format!("{number}\t{}\t{}", f.rule.replace("consistency/", ""), &texts[*number][f.span.range()])
        })
        .collect();
    for line in lines(include_str!("../fixtures/consistency/expected.tsv")) {
        assert!(found.iter().any(|f| f == line), "{line} is not in {found:#?}");
    }
    // The article that came in twice, and nothing else.
    assert_eq!(found.iter().filter(|f| f.starts_with("1\tpassage-across-files\tAGENCY")).count(), 1);
    assert_eq!(found.len(), 7, "{found:#?}");
}

#[test]
fn inconsistencies_are_found_in_many_languages() {
    let engine = Engine::new(Vec::new()).unwrap();
    let mut missed = Vec::new();
    let mut languages = std::collections::BTreeSet::new();
    let mut count = 0;
    for line in lines(include_str!("../fixtures/consistency/damaged.tsv")) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [lang, rule, damage, text] = fields[..] else { panic!("four fields a line: {line}") };
        let text = text.replace('⏎', "\n");
        let doc = Document::new(Source::from_str(&text), Format::Plain);
        let found = engine.check(&doc, &settings(lang));
        let name = format!("consistency/{rule}");
        if !found.iter().any(|f| f.rule == name && text[f.span.range()] == *damage) {
            let seen: Vec<_> = found.iter().map(|f| (f.rule.as_ref(), &text[f.span.range()])).collect();
            missed.push(format!("{line}\n    {seen:?}"));
        }
        languages.insert(lang);
        count += 1;
    }
    assert!(missed.is_empty(), "not found: {}", missed.join("\n"));
    assert!(count >= 40 && languages.len() >= 12, "{count} lines in {} languages", languages.len());
}

#[test]
fn traps_of_consistency_stay_silent() {
    let engine = Engine::new(Vec::new()).unwrap();
    let mut loud = Vec::new();
    for text in lines(include_str!("../fixtures/consistency/traps.txt")) {
        let doc = Document::new(Source::from_str(text), Format::Plain);
        let found = engine.check(&doc, &Settings::default());
        loud.extend(found.iter().filter(|f| f.severity >= Severity::Warning).map(|f| format!("{} in {text}", f.rule)));
    }
    assert!(loud.is_empty(), "{loud:#?}");
}
