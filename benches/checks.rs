//! What each check costs on a file, so that the slow one is found at once. Every check runs twice on the same document:
//! the second run shows the check alone, the first one the facts that it was the first to ask for as well.
//!
//! `cargo bench --bench checks -- FILE...`

use std::time::Instant;
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
        let start = Instant::now();
        let source = Source::decode(&bytes, &Options::default()).expect("text");
        let decoded = start.elapsed();
        let doc = Document::new(source, Format::of_path(std::path::Path::new(file)));
        let cx = Context { doc: &doc, settings: &settings };
        let mb = bytes.len() as f64 / 1e6;
        let per_mb = |t: std::time::Duration| t.as_secs_f64() * 1e3 / mb;
        println!("{file}: {mb:.1} MB; all times in ms a MB\n{:8.3} decode", per_mb(decoded));
        let start = Instant::now();
        let signals = doc.facts.signals(cx.text()).all();
        println!("{:8.3} signals", per_mb(start.elapsed()));
        let mut rows = Vec::new();
        for check in check::all() {
            let meta = check.meta();
            if meta.needs != Signals::ANY && !meta.needs.intersects(signals) {
                continue;
            }
            let mut run = || {
                let start = Instant::now();
                let mut sink = Sink::new(meta);
                check.run(&cx, &mut sink);
                let time = start.elapsed();
                (per_mb(time), sink.into_findings().len())
            };
            let (first, found) = run();
            let (second, _) = run();
            rows.push((first, second, found, meta.name));
        }
        rows.sort_by(|a, b| b.0.total_cmp(&a.0));
        println!("{:>8} {:>8} {:>6}", "first", "again", "found");
        for (first, second, found, name) in rows.iter().take(30) {
            println!("{first:8.3} {second:8.3} {found:6} {name}");
        }
        let sum: f64 = rows.iter().map(|r| r.0).sum();
        println!("{sum:8.3} all checks; {:8.3} the ones not shown", rows.iter().skip(30).map(|r| r.0).sum::<f64>());
        let start = Instant::now();
        let found = engine.check(&doc, &settings).len();
        println!("{:8.3} the engine on the warm document, {found} findings", per_mb(start.elapsed()));
    }
}
