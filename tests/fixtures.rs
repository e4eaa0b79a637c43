//! The fixtures: clean texts stay silent; of each damaged text the findings and the cleaned text are known.
//!
//! `UPDATE_FIXTURES=1 cargo test --test fixtures` writes what is found as what is expected; read the difference.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};
use tidyglot::{
    Document, Engine, Settings,
    finding::Severity,
    locate,
    region::Format,
    text::{Options, Source},
};

fn files(folder: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder is there")
        .filter_map(Result::ok)
        .map(|e| e.path())
        .filter(|p| p.is_file() && !p.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.')))
        .collect();
    files.sort();
    files
}

fn with_document<T>(path: &Path, raw: &[u8], then: impl FnOnce(&Document<'_>) -> T) -> T {
    let source = Source::decode(raw, &Options::default()).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    then(&Document::new(source, Format::of_path(path)))
}

#[test]
fn clean_texts_are_silent() {
    let engine = Engine::new(Vec::new()).expect("the built-in rules load");
    let settings = Settings::default();
    let all = files("fixtures/clean");
    assert!(all.len() >= 40, "only {} clean texts", all.len());
    let mut loud = Vec::new();
    for path in all {
        let raw = fs::read(&path).expect("a fixture can be read");
        with_document(&path, &raw, |doc| {
            let found = engine.check(doc, &settings);
            for f in found.iter().filter(|f| f.severity >= Severity::Warning) {
                let text = &doc.source.text()[f.span.range()];
                loud.push(format!("{}: {} {text:?} {}", path.display(), f.rule, f.message));
            }
            let cleaned = engine.clean(doc, &found, &settings, false);
            if cleaned.bytes != raw {
                loud.push(format!("{}: a safe fix changes it", path.display()));
            }
        });
    }
    assert!(loud.is_empty(), "{}", loud.join("\n"));
}

#[test]
fn damaged_texts_give_what_is_expected() {
    let engine = Engine::new(Vec::new()).expect("the built-in rules load");
    let settings = Settings::default();
    let update = std::env::var_os("UPDATE_FIXTURES").is_some();
    let mut differ = Vec::new();
    for path in files("fixtures/damaged") {
        let raw = fs::read(&path).expect("a fixture can be read");
        let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
        let (report, cleaned) = with_document(&path, &raw, |doc| {
            let found = engine.check(doc, &settings);
            let mut report = format!("{}\n", doc.source.encoding().name);
            for finding in &found {
                let l = locate(doc, finding);
                let fix = l.fix.as_ref().map_or("-", |f| f.safety.as_str());
                writeln!(report, "{}:{} {} {} {fix} {:?}", l.start.line, l.start.column, l.severity, l.rule, l.text)
                    .expect("a string can be written");
            }
            (report, engine.clean(doc, &found, &settings, true).bytes)
        });
        for (kind, got) in [("findings", report.into_bytes()), ("cleaned", cleaned)] {
            let expected = PathBuf::from(format!("fixtures/damaged/expected/{name}.{kind}"));
            if update {
                fs::write(&expected, &got).expect("the fixture can be written");
            } else if fs::read(&expected).unwrap_or_default() != got {
                differ.push(format!("{} differs:\n{}", expected.display(), String::from_utf8_lossy(&got)));
            }
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}
