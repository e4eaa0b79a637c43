//! How often the charset is guessed right, on short samples. Slow and in need of texts, so run on demand:
//!
//! `TIDYGLOT_TEXTS=folder cargo test --release --test charset -- --ignored --nocapture`
//!
//! where the folder holds `LANG.txt` files in UTF-8, one sentence or paragraph a line (`de.txt`, `zh-Hans.txt`).
//! Right means: decoding with the answer gives the text back.

use std::collections::BTreeMap;
use std::{env, fs, path::Path};

use tidyglot::text::{Encoding, Options, Source, lookup};

const WEST: &str = "fr de es pt it sv da no fi nl ca is";
const CENTRAL: &str = "pl cs hu sk sl hr ro";

/// Encodings and the languages that were written in them.
const TRIALS: [(&str, &str); 31] = [
    ("windows-1250", CENTRAL),
    ("windows-1251", "ru uk bg be sr mk"),
    ("windows-1252", WEST),
    ("windows-1253", "el"),
    ("windows-1254", "tr"),
    ("windows-1255", "he"),
    ("windows-1256", "ar fa"),
    ("windows-1257", "lt lv et"),
    ("windows-1258", "vi"),
    ("windows-874", "th"),
    ("iso-8859-2", "pl cs hu sk sl hr"),
    ("iso-8859-5", "ru bg sr"),
    ("iso-8859-6", "ar"),
    ("iso-8859-7", "el"),
    ("iso-8859-15", "fr fi et"),
    ("koi8-r", "ru"),
    ("koi8-u", "uk"),
    ("ibm437", "de fr es it"),
    ("ibm850", "de fr es pt da sv"),
    ("ibm852", "pl cs hu"),
    ("ibm866", "ru bg be"),
    ("macintosh", "fr de es it sv pt"),
    ("x-mac-cyrillic", "ru bg uk"),
    ("gb18030", "zh-Hans"),
    ("big5", "zh-Hant"),
    ("shift_jis", "ja"),
    ("euc-jp", "ja"),
    ("iso-2022-jp", "ja"),
    ("euc-kr", "ko"),
    ("utf-16le", "en de ru ja zh-Hans el ar ko th"),
    ("utf-16be", "en de ru ja zh-Hans el ar ko th"),
];

/// Encodings that few files are in; for information.
const RARE: [(&str, &str); 14] = [
    ("ibm737", "el"),
    ("ibm775", "lt lv et"),
    ("ibm855", "sr bg ru"),
    ("ibm857", "tr"),
    ("ibm860", "pt"),
    ("ibm861", "is"),
    ("ibm862", "he"),
    ("ibm863", "fr"),
    ("ibm865", "da no"),
    ("ibm869", "el"),
    ("x-mac-ce", "pl cs hu sk"),
    ("x-mac-greek", "el"),
    ("x-mac-turkish", "tr"),
    ("iso-8859-13", "lt lv et"),
];

const SIZES: [usize; 4] = [20, 60, 200, 1000];

/// Texts that fill `size` bytes, hold something beyond ASCII and are not UTF-8 by chance.
fn samples(lines: &[String], encoding: &'static Encoding, size: usize, count: usize) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut start = 0;
    while found.len() < count && start < lines.len() {
        let mut text = String::new();
        let mut used = 0;
        for line in &lines[start..] {
            let line = if encoding.name() == "windows-1258" { &in_windows_1258(line) } else { line };
            let kept: String = line.chars().filter(|c| encoding.encode(c.encode_utf8(&mut [0; 4])).is_ok()).collect();
            // A language that the encoding cannot write.
            if kept.chars().count() + 3 < line.chars().count() {
                break;
            }
            text.push_str(&kept);
            text.push('\n');
            used += 1;
            if encoding.encode(&text).is_ok_and(|b| b.len() >= size) {
                break;
            }
        }
        start += used.max(1);
        // The end of a long text, the start of a short one: some words at most.
        let mut cut = String::new();
        for ch in text.chars() {
            cut.push(ch);
            if encoding.encode(&cut).is_ok_and(|b| b.len() > size) {
                cut.pop();
                break;
            }
        }
        let bytes = encoding.encode(&cut).unwrap_or_default();
        // UTF-16 and ISO-2022-JP have their own marks; all others show themselves only where they are not UTF-8.
        let marked = encoding.name().starts_with("utf-16") || !cut.is_ascii();
        let told = encoding.name().starts_with("utf-16") || encoding.name().starts_with("iso-2022");
        if bytes.len() + 8 >= size && marked && (told || std::str::from_utf8(&bytes).is_err()) {
            found.push((cut, bytes));
        }
    }
    found
}

/// windows-1258 has letters with circumflex, breve and horn, and tone marks on their own.
fn in_windows_1258(line: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let tone = |c: char| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    let mut out = String::new();
    for ch in line.chars() {
        let parts: String = std::iter::once(ch).nfd().collect();
        let tones: String = parts.chars().filter(|c| tone(*c)).collect();
        let rest: String = parts.chars().filter(|c| !tone(*c)).nfc().collect();
        out.extend([rest, tones]);
    }
    out
}

fn trial(folder: &Path, title: &str, trials: &[(&'static str, &'static str)], count: usize) {
    let mut all = [[0usize; 2]; SIZES.len()];
    println!("{title:<16} {}", SIZES.map(|s| format!("{s:>8}")).concat());
    let mut sure = [[0usize; 2]; 11];
    let only = env::var("TIDYGLOT_ONLY").ok();
    for (name, languages) in trials.iter().filter(|(n, _)| only.as_deref().is_none_or(|o| o == *n)) {
        let encoding = lookup(name).expect("a known encoding");
        let mut row = [[0usize; 2]; SIZES.len()];
        let mut wrong: BTreeMap<(&str, String), usize> = BTreeMap::new();
        let languages: Vec<_> = languages.split(' ').collect();
        for language in &languages {
            let Ok(text) = fs::read_to_string(folder.join(format!("{language}.txt"))) else { continue };
            let lines: Vec<String> = text.lines().map(str::to_owned).collect();
            for (size, sums) in SIZES.iter().zip(&mut row) {
                for (text, bytes) in samples(&lines, encoding, *size, count.div_ceil(languages.len())) {
                    let decoded = Source::decode(&bytes, &Options::default());
                    let right = decoded.as_ref().is_ok_and(|d| d.text() == text);
                    let confidence = decoded.as_ref().map_or(0.0, |d| d.encoding().confidence);
                    let bin = &mut sure[(confidence * 10.0) as usize];
                    bin[0] += usize::from(right);
                    bin[1] += 1;
                    sums[0] += usize::from(right);
                    sums[1] += 1;
                    if !right {
                        let answer = decoded.as_ref().map_or("binary".into(), |d| d.encoding().name.to_string());
                        if env::var_os("TIDYGLOT_SHOW").is_some_and(|v| v == *name) {
                            println!(
                                "  {size} {language} {answer}: {text:?} {:?}",
                                decoded.as_ref().map_or("", |d| d.text())
                            );
                        }
                        *wrong.entry((language, answer)).or_default() += 1;
                    }
                }
            }
        }
        let mut wrong: Vec<_> = wrong.into_iter().collect();
        wrong.sort_by_key(|w| std::cmp::Reverse(w.1));
        let wrong: Vec<_> = wrong.iter().take(5).map(|((l, a), n)| format!("{l}>{a} {n}")).collect();
        let share = |[right, of]: [usize; 2]| format!("{:>8.1}", 100.0 * right as f64 / of.max(1) as f64);
        println!("{name:<16} {}   {} of {}", row.map(share).concat(), wrong.join(", "), row[0][1]);
        for (sum, cell) in all.iter_mut().zip(row) {
            // Each encoding counts the same, however many samples it has.
            sum[0] += 10_000 * cell[0] / cell[1].max(1);
            sum[1] += 10_000 * usize::from(cell[1] > 0);
        }
    }
    let share = |[right, of]: [usize; 2]| format!("{:>8.1}", 100.0 * right as f64 / of.max(1) as f64);
    let total = all.iter().fold([0, 0], |t, c| [t[0] + c[0], t[1] + c[1]]);
    let sure = sure.iter().enumerate().filter(|(_, b)| b[1] > 0);
    let sure: Vec<_> = sure.map(|(i, b)| format!("0.{i}: {} of {}", share(*b).trim(), b[1])).collect();
    println!("right, by confidence: {}", sure.join(", "));
    println!("{:<16} {}   all {}\n", "mean", all.map(share).concat(), share(total));
}

#[test]
#[ignore = "needs a folder of texts"]
fn guesses() {
    let Some(folder) = env::var_os("TIDYGLOT_TEXTS") else { panic!("TIDYGLOT_TEXTS names no folder of texts") };
    trial(Path::new(&folder), "common", &TRIALS, 100);
    trial(Path::new(&folder), "rare", &RARE, 60);
}
