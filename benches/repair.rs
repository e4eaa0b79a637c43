//! How fast mojibake is repaired: text that is broken throughout, and text in which one word in a hundred is. Speed is
//! said in bytes of the damaged text.
//!
//! `cargo bench --bench repair` · `cargo bench --bench repair -- 2` takes 2 MB instead of 4.

use std::{fs, hint::black_box, time::Instant};
use tidyglot::{
    repair::repairs,
    text::{Options, Source},
};

/// What UTF-8 was read as, for each language.
const TEXTS: &[(&str, &str, &str)] = &[
    ("French", "fr", "windows-1252"),
    ("Russian", "ru", "windows-1251"),
    ("Russian", "ru", "windows-1252"),
    ("Chinese", "zh", "windows-1252"),
];

fn main() {
    let megabytes: usize = std::env::args().filter_map(|a| a.parse().ok()).next().unwrap_or(4);
    println!("{:8} {:14} {:>10} {:>10} {:>9}", "text", "read as", "damaged", "MB/s", "repairs");
    for (name, lang, page) in TEXTS {
        for (share, every) in [("all", 1), ("1 in 100", 100)] {
            let text = damaged(lang, page, every, megabytes << 20);
            let mut best = f64::MAX;
            let mut found = 0;
            for _ in 0..3 {
                let start = Instant::now();
                found = black_box(repairs(&text)).len();
                best = best.min(start.elapsed().as_secs_f64());
            }
            println!("{name:8} {page:14} {share:>10} {:10.1} {found:9}", text.len() as f64 / best / 1e6);
        }
    }
}

/// Lines of the language's clean fixture over and over, each word or one in so many read wrongly.
fn damaged(lang: &str, page: &'static str, every: usize, size: usize) -> String {
    let clean = fs::read_to_string(format!("fixtures/clean/{lang}.txt")).expect("the fixture is there");
    let options = Options { encoding: Some(page), ..Options::default() };
    let read = |word: &str| Source::decode(word.as_bytes(), &options).expect("any bytes are text").text().to_owned();
    let mut out = String::with_capacity(size + 4096);
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    while out.len() < size {
        for line in clean.lines() {
            for word in line.split_inclusive(' ') {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                match (state >> 20) as usize % every {
                    0 => out.push_str(&read(word)),
                    _ => out.push_str(word),
                }
            }
            out.push('\n');
        }
    }
    out
}
