//! What each rule costs on clean text: the run without it beside the run with all of them, one rule left out at a time
//! through the selection that users have. Runs take turns, and the best of them counts. A fact that several
//! checks share is on nobody's bill.
//!
//! `cargo bench --bench clean -- 1 --write DIR`, then `cargo bench --bench rules -- DIR/*.txt [family/rule…]`

use std::{hint::black_box, time::Instant};
use tidyglot::{
    Document, Engine, Settings,
    region::Format,
    text::{Options, Source},
};

/// How often each rule is left out.
const RUNS: usize = 9;
/// Percent of the run from which a rule is named.
const NAMED: f64 = 1.0;

fn main() {
    let (files, chosen): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).filter(|a| !a.starts_with("--")).partition(|a| std::path::Path::new(a).is_file());
    let engine = Engine::new(Vec::new()).expect("the built-in rules load");
    let names: Vec<String> = engine
        .names()
        .into_iter()
        .filter(|n| chosen.is_empty() || chosen.iter().any(|c| c == n))
        .map(str::to_owned)
        .collect();
    let settings: Vec<Settings> = names
        .iter()
        .map(|name| Settings {
            selection: engine.selection(&[], std::slice::from_ref(name)).expect("the rule is there"),
            ..Settings::default()
        })
        .collect();
    let all = Settings::default();
    for file in &files {
        let bytes = std::fs::read(file).expect("a readable file");
        let run = |settings: &Settings| {
            let start = Instant::now();
            let source = Source::decode(&bytes, &Options::default()).expect("text");
            black_box(engine.check(&Document::new(source, Format::Plain), settings).len());
            start.elapsed().as_secs_f64()
        };
        // Each rule has a whole run of its own to stand beside: the best of more runs would be the better.
        let mut whole = vec![f64::MAX; names.len()];
        let mut without = vec![f64::MAX; names.len()];
        for _ in 0..RUNS {
            for ((whole, without), settings) in whole.iter_mut().zip(&mut without).zip(&settings) {
                *whole = whole.min(run(&all));
                *without = without.min(run(settings));
            }
        }
        let share = |(whole, without): (&f64, &f64)| (whole - without) / whole * 100.0;
        let mut rows: Vec<_> = whole.iter().zip(&without).map(share).zip(&names).collect();
        let whole = whole.iter().copied().fold(f64::MAX, f64::min);
        rows.sort_by(|a, b| b.0.total_cmp(&a.0));
        println!("{file}: {:.2} ms", whole * 1e3);
        for (share, name) in rows.iter().take_while(|row| row.0 >= NAMED) {
            println!("{share:6.1} % {name}");
        }
        // How far the figures can be trusted: nothing costs less than nothing.
        println!("{:6.1} % is the lowest", rows.last().map_or(0.0, |row| row.0));
    }
}
