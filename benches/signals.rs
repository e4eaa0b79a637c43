//! How fast the one pass over a text is, measured against a plain scan of the same bytes in the same run, so that a
//! busy machine changes both. Files named on the command line are measured; without any, four short texts repeated.

use std::{hint::black_box, time::Instant};
use tidyglot::analysis::Blocks;

fn main() {
    let files: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let mut texts: Vec<(String, String)> = Vec::new();
    for file in &files {
        match std::fs::read(file) {
            Ok(bytes) => {
                texts.push((file.clone(), String::from_utf8_lossy(&bytes[..bytes.len().min(1 << 20)]).into_owned()))
            }
            Err(e) => eprintln!("{file}: {e}"),
        }
    }
    if files.is_empty() {
        for (name, sample) in [
            ("English", "The ferry leaves at nine, or when the fog lifts; bring a coat (and don't be late).\n"),
            ("French", "Le bac part à neuf heures, dès que la brume se lève ; prévoyez un manteau, même l’été.\n"),
            ("Russian", "Паром отходит в девять или когда рассеется туман; возьмите пальто, не опаздывайте.\n"),
            ("Chinese", "渡轮九点出发，或者等雾散了再走；请带上外套，不要迟到。\n"),
        ] {
            texts.push((name.to_owned(), sample.repeat((1 << 20) / sample.len())));
        }
    }
    println!("{:>10} {:>10} {:>7}", "signals", "plain", "ratio");
    for (name, text) in &texts {
        let plain = best(text, |t| t.bytes().filter(|&b| b == b'\n').count());
        let pass = best(text, |t| Blocks::scan(t).spans(tidyglot::analysis::Signals::MIXED).len());
        println!("{pass:>7.2} GB/s {plain:>5.1} GB/s {:>7.1}  {name}", plain / pass);
    }
}

/// The best of many short runs, in GB/s: some of them are not interrupted.
fn best<T>(text: &str, mut run: impl FnMut(&str) -> T) -> f64 {
    let mut best = f64::MAX;
    for _ in 0..60 {
        let start = Instant::now();
        black_box(run(black_box(text)));
        best = best.min(start.elapsed().as_secs_f64());
    }
    text.len() as f64 / best / 1e9
}
