//! Text of which every hundredth word has a letter of another script, all rules on, one core: what finding and
//! explaining damaged words costs.
//!
//! `cargo bench --bench damaged` prints a line for each text; `cargo bench --bench damaged -- 1` takes 1 MB instead of 4;
//! `cargo bench --bench damaged -- 1 --write DIR` writes the texts instead, for a profiler.

use std::{fs, hint::black_box, time::Instant};
use tidyglot::{
    Document, Engine, Settings,
    region::Format,
    text::{Options, Source},
    unicode::{Script, script, twins},
};

/// Text, its language, its script, and the script that the letters are taken from.
const TEXTS: &[(&str, &str, Script, Script)] = &[
    ("Russian", "ru", Script::Cyrillic, Script::Latin),
    ("Ukrainian", "uk", Script::Cyrillic, Script::Latin),
    ("Greek", "el", Script::Greek, Script::Latin),
    ("English", "en", Script::Latin, Script::Cyrillic),
    ("Polish", "pl", Script::Latin, Script::Cyrillic),
];

fn main() {
    let megabytes: usize = std::env::args().filter_map(|a| a.parse().ok()).next().unwrap_or(4);
    if let Some(folder) = std::env::args().skip_while(|a| a != "--write").nth(1) {
        for (_, lang, own, other) in TEXTS {
            fs::write(format!("{folder}/{lang}.txt"), sample(lang, *own, *other, megabytes << 20).0)
                .expect("the folder can be written to");
        }
        return;
    }
    let engine = Engine::new(Vec::new()).expect("the built-in rules load");
    println!("{:10} {:>11} {:>9} {:>9}", "text", "check", "damaged", "findings");
    for (name, lang, own, other) in TEXTS {
        let (text, damaged) = sample(lang, *own, *other, megabytes << 20);
        let mut best = f64::MAX;
        let mut findings = 0;
        for _ in 0..3 {
            let start = Instant::now();
            findings = black_box(check(&engine, text.as_bytes()));
            best = best.min(start.elapsed().as_secs_f64());
        }
        println!("{name:10} {:6.1} MB/s {damaged:9} {findings:9}", text.len() as f64 / best / 1e6);
    }
}

fn check(engine: &Engine, raw: &[u8]) -> usize {
    let source = Source::decode(raw, &Options::default()).expect("a sample is text");
    engine.check(&Document::new(source, Format::Plain), &Settings::default()).len()
}

/// Paragraphs of the words of the language's clean fixture, and how many of them were damaged.
fn sample(lang: &str, own: Script, other: Script, size: usize) -> (String, usize) {
    let text = fs::read_to_string(format!("fixtures/clean/{lang}.txt")).expect("the fixture is there");
    let pure = |w: &str| w.chars().count() > 1 && w.chars().all(|c| c.is_alphabetic() && script(c) == own);
    let mut words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| pure(w)).map(str::to_lowercase).collect();
    words.sort();
    words.dedup();
    let mut out = String::with_capacity(size + 1024);
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let (mut written, mut damaged) = (0_usize, 0);
    while out.len() < size {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let word = &words[state as usize % words.len()];
        written += 1;
        match swapped(word, other).filter(|_| written.is_multiple_of(100)) {
            Some(swapped) => {
                damaged += 1;
                out.push_str(&swapped);
            }
            None => out.push_str(word),
        }
        out.push_str(match written {
            n if n.is_multiple_of(60) => ".\n\n",
            n if n.is_multiple_of(12) => ". ",
            _ => " ",
        });
    }
    (out, damaged)
}

/// The word with its last letter that has a twin in the other script replaced by it.
fn swapped(word: &str, other: Script) -> Option<String> {
    let (at, c, twin) = word.char_indices().rev().find_map(|(at, c)| {
        let twin = twins(&c.to_string(), other).find(|t| t.near)?;
        Some((at, c, twin.text))
    })?;
    Some(format!("{}{twin}{}", &word[..at], &word[at + c.len_utf8()..]))
}
