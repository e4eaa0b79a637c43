//! What each rule costs on clean text: the run without it beside the run with all of them, one rule left out at a time
//! through the selection that users have. A fact that several checks share is on nobody's bill.
//!
//! `cargo bench --bench clean -- 1 --write DIR`, then `cargo bench --bench rules -- DIR/*.txt [family/rule…]`: time. The two
//! runs take turns at being first, and of their differences the median counts.
//! With `--count` as the first argument: instructions, counted by valgrind (which must be there); the same again and again.

use std::{hint::black_box, path::Path, process::Command, time::Instant};
use tidyglot::{
    Document, Engine, Settings,
    region::Format,
    text::{Options, Source},
};

/// How often each rule is left out where time counts.
const RUNS: usize = 25;
/// Percent of the run from which a rule is named.
const NAMED: f64 = 1.0;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let (flags, rest): (Vec<String>, Vec<String>) = args.into_iter().partition(|a| a.starts_with("--"));
    let (files, chosen): (Vec<String>, Vec<String>) = rest.into_iter().partition(|a| Path::new(a).is_file());
    let bench = Bench::new(&chosen);
    match flags.first().map(String::as_str) {
        Some("--count") => files.iter().for_each(|file| bench.count(file, &chosen)),
        Some(COUNTED) => files.iter().for_each(|file| bench.counted(file)),
        _ => files.iter().for_each(|file| bench.time(file)),
    }
}

/// The argument of the process that valgrind watches.
const COUNTED: &str = "--counted";

struct Bench {
    engine: Engine,
    names: Vec<String>,
    /// All rules but one.
    settings: Vec<Settings>,
    all: Settings,
}

impl Bench {
    fn new(chosen: &[String]) -> Bench {
        let engine = Engine::new(Vec::new()).expect("the built-in rules load");
        let is_chosen = |name: &&str| chosen.is_empty() || chosen.iter().any(|c| c == name);
        let mut names: Vec<String> = engine.names().into_iter().filter(is_chosen).map(str::to_owned).collect();
        // A family as a whole.
        names.extend(chosen.iter().filter(|c| !c.contains('/')).cloned());
        let settings = names.iter().map(|name| Settings {
            selection: engine.selection(&[], std::slice::from_ref(name)).expect("the rule is there"),
            ..Settings::default()
        });
        let settings = settings.collect();
        Bench { engine, names, settings, all: Settings::default() }
    }

    fn time(&self, file: &str) {
        let bytes = std::fs::read(file).expect("a readable file");
        let run = |settings: &Settings| {
            let start = Instant::now();
            one_run(&self.engine, &bytes, settings);
            start.elapsed().as_secs_f64()
        };
        let mut whole = Vec::new();
        let mut differences = vec![Vec::new(); self.names.len()];
        for round in 0..=RUNS {
            for (settings, differences) in self.settings.iter().zip(&mut differences) {
                let without_first = (round % 2 == 1).then(|| run(settings));
                let with = run(&self.all);
                let without = without_first.unwrap_or_else(|| run(settings));
                // The first round only warms up.
                if round > 0 {
                    whole.push(with);
                    differences.push(with - without);
                }
            }
        }
        let whole = median(whole);
        let costs = differences.into_iter().map(|d| median(d) / whole).collect();
        self.print(&format!("{file}: {:.2} ms", whole * 1e3), costs);
    }

    /// Lets valgrind count what a process does that runs each of the settings once.
    fn count(&self, file: &str, chosen: &[String]) {
        let folder = std::env::temp_dir().join(format!("rules-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder for the counts");
        let out = folder.join("counts");
        let done = Command::new("valgrind")
            .args(["--tool=callgrind", "--zero-before=rules::one_run", "--dump-after=rules::one_run"])
            .arg(format!("--callgrind-out-file={}", out.display()))
            .arg(std::env::current_exe().expect("a program"))
            .arg(COUNTED)
            .arg(file)
            .args(chosen)
            .output();
        assert!(done.is_ok_and(|out| out.status.success()), "valgrind counts");
        let count = |n: usize| {
            let counts = std::fs::read_to_string(folder.join(format!("counts.{n}"))).expect("a count");
            let total = counts.lines().find_map(|line| line.strip_prefix("totals: "));
            total.and_then(|n| n.trim().parse::<f64>().ok()).expect("a total")
        };
        // The first run only warms up.
        let whole = count(2);
        let costs = (0..self.names.len()).map(|i| (whole - count(i + 3)) / whole).collect();
        std::fs::remove_dir_all(&folder).expect("the folder is ours");
        self.print(&format!("{file}: {:.1} million instructions", whole / 1e6), costs);
    }

    fn counted(&self, file: &str) {
        let bytes = std::fs::read(file).expect("a readable file");
        for settings in [&self.all, &self.all].into_iter().chain(&self.settings) {
            one_run(&self.engine, &bytes, settings);
        }
    }

    fn print(&self, head: &str, costs: Vec<f64>) {
        let mut rows: Vec<(f64, &String)> = costs.iter().map(|cost| cost * 100.0).zip(&self.names).collect();
        rows.sort_by(|a, b| b.0.total_cmp(&a.0));
        println!("{head}");
        for (share, name) in rows.iter().take_while(|row| row.0 >= NAMED) {
            println!("{share:6.1} % {name}");
        }
        // How far the figures can be trusted: nothing costs less than nothing.
        println!("{:6.1} % is the lowest", rows.last().map_or(0.0, |row| row.0));
    }
}

#[inline(never)]
fn one_run(engine: &Engine, bytes: &[u8], settings: &Settings) {
    let source = Source::decode(bytes, &Options::default()).expect("text");
    let doc = Document::new(source, Format::Plain);
    black_box(engine.check(&doc, settings).len());
    // What the document adds to the comparison of all files of a run.
    black_box(engine.mentions(&doc, settings).len());
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}
