//! What each check costs on a file, so that the slow one is found at once: the best of some runs over a fresh document.
//! A fact is on the bill of the first check that asks for it.
//!
//! `cargo bench --bench checks -- FILE...`

use std::{collections::BTreeMap, time::Instant};
use tidyglot::{
    Document, Engine, Settings,
    analysis::Signals,
    check::{self, Context, Sink},
    region::Format,
    text::{Options, Source},
};

fn main() {
    let files: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let settings = Settings::default();
    let start = Instant::now();
    let engine = Engine::new(Vec::new()).expect("the built-in rules load");
    println!("engine {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    for file in &files {
        let bytes = std::fs::read(file).expect("a readable file");
        let mb = bytes.len() as f64 / 1e6;
        let mut best: BTreeMap<&str, f64> = BTreeMap::new();
        let mut note = |name: &'static str, start: Instant| {
            let time = start.elapsed().as_secs_f64() * 1e3 / mb;
            let entry = best.entry(name).or_insert(time);
            *entry = entry.min(time);
        };
        for _ in 0..RUNS {
            let start = Instant::now();
            let source = Source::decode(&bytes, &Options::default()).expect("text");
            note("(decode)", start);
            let start = Instant::now();
            let doc = Document::new(source, Format::of_path(std::path::Path::new(file)));
            let cx = Context { doc: &doc, settings: &settings };
            let _ = cx.prose();
            note("(regions)", start);
            let start = Instant::now();
            let signals = doc.facts.signals(cx.text()).all();
            note("(signals)", start);
            for check in check::all() {
                let meta = check.meta();
                let here = check.formats().is_empty() || check.formats().contains(&doc.format);
                if here && (meta.needs == Signals::ANY || meta.needs.intersects(signals)) {
                    let start = Instant::now();
                    let mut sink = Sink::new(meta);
                    check.run(&cx, &mut sink);
                    note(meta.name, start);
                }
            }
            let start = Instant::now();
            let _ = engine.check(&doc, &settings);
            note("(the engine again, facts known)", start);
        }
        let mut rows: Vec<_> = best.into_iter().collect();
        rows.sort_by(|a, b| b.1.total_cmp(&a.1));
        let sum: f64 = rows.iter().filter(|r| !r.0.contains("again")).map(|r| r.1).sum();
        println!("{file}: {mb:.1} MB, ms a MB; {sum:.2} together without the rules");
        for (name, time) in rows.iter().take(24) {
            println!("{time:8.3} {name}");
        }
    }
}

const RUNS: usize = 7;
