//! What each regex of the rules costs to compile: it is paid once in a run, at the rule's first hit.
//!
//! `cargo bench --bench regexes`

use regex::RegexBuilder;
use std::time::Instant;

fn main() {
    let rules = tidyglot::rules::builtin().expect("the built-in rules load");
    let mut rows = Vec::new();
    for rule in &rules {
        for (pattern, fold) in [(&rule.confirm, rule.ignore_case), (&rule.unless_line, true)] {
            let Some(pattern) = pattern else { continue };
            let best = (0..3)
                .map(|_| {
                    let start = Instant::now();
                    let regex = RegexBuilder::new(pattern).case_insensitive(fold).multi_line(true).crlf(true).build();
                    assert!(regex.is_ok(), "{}", rule.name);
                    start.elapsed()
                })
                .min();
            rows.push((best, &rule.name, pattern));
        }
    }
    rows.sort();
    for (time, name, pattern) in rows.iter().rev().take(30) {
        println!(
            "{:8.2} ms {name} {}",
            time.unwrap_or_default().as_secs_f64() * 1e3,
            pattern.chars().take(90).collect::<String>()
        );
    }
}
