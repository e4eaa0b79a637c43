//! The character names, compressed: a dictionary of words, and for each name the number of words
//! it shares with the name before it and the words that follow.

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::fmt::Write;

pub struct Named {
    pub gc: String,
    pub name: String,
}

pub fn read(tsv: &str) -> Result<BTreeMap<u32, Named>, Box<dyn Error>> {
    let mut all = BTreeMap::new();
    for line in tsv.lines() {
        let mut f = line.split('\t');
        let (Some(cp), Some(gc), Some(name)) = (f.next(), f.next(), f.next()) else {
            return Err(format!("bad line {line:?}").into());
        };
        let named = Named { gc: gc.into(), name: name.into() };
        all.insert(u32::from_str_radix(cp, 16)?, named);
    }
    Ok(all)
}

pub struct Names {
    pub words: Vec<u8>,
    pub word_index: Vec<u8>,
    pub text: Vec<u8>,
    pub blocks: Vec<u8>,
    pub runs: Vec<u8>,
    /// "CJK UNIFIED IDEOGRAPH-" + the code point
    ranges: Vec<(u32, u32, String)>,
    /// FNV-1a over all names as they were read, a line each.
    checksum: u64,
}

/// Words are found by skipping from the next indexed word; so are names.
const WORDS_PER_BLOCK: usize = 32;
const NAMES_PER_BLOCK: usize = 16;
/// Codes below this are one byte long.
const ONE_BYTE: usize = 192;

pub fn build(all: &BTreeMap<u32, Named>) -> Names {
    let named = all.values().filter(|n| !n.name.is_empty());
    let bytes = named.flat_map(|n| n.name.bytes().chain([b'\n']));
    let checksum = bytes.fold(0xcbf2_9ce4_8422_2325u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    let mut ranges: Vec<(u32, u32, String)> = Vec::new();
    let mut listed: Vec<(u32, Vec<String>)> = Vec::new();
    for (&cp, n) in all {
        if n.name.is_empty() || (0xAC00..0xD7A4).contains(&cp) {
            continue;
        }
        match n.name.strip_suffix(&format!("-{cp:X}")) {
            Some(p) => match ranges.last_mut() {
                Some((_, end, prefix)) if *end + 1 == cp && prefix == p => *end = cp,
                _ => ranges.push((cp, cp, p.into())),
            },
            None => listed.push((cp, split(&n.name))),
        }
    }
    let mut count: HashMap<&str, usize> = HashMap::new();
    let mut last: &[String] = &[];
    for (_, words) in &listed {
        let same = words.iter().zip(last).take_while(|(a, b)| a == b).count();
        words.iter().skip(same).for_each(|w| *count.entry(w).or_default() += 1);
        last = words;
    }
    // The block starts write words out that sharing had saved.
    listed.iter().flat_map(|(_, w)| w).for_each(|w| {
        count.entry(w).or_insert(1);
    });
    let mut dictionary: Vec<&str> = count.keys().copied().collect();
    dictionary.sort_by_key(|w| (std::cmp::Reverse(count[w]), *w));
    assert!(dictionary.len() <= ONE_BYTE + 64 * 256, "{} words", dictionary.len());
    let code: HashMap<&str, usize> = dictionary.iter().zip(0..).map(|(w, n)| (*w, n)).collect();

    let mut n =
        Names { words: vec![], word_index: vec![], text: vec![], blocks: vec![], runs: vec![], ranges, checksum };
    // The last byte of a word has its high bit set.
    for (i, w) in dictionary.iter().enumerate() {
        if i % WORDS_PER_BLOCK == 0 {
            n.word_index.extend(&(n.words.len() as u32).to_le_bytes()[..3]);
        }
        n.words.extend(w.bytes());
        *n.words.last_mut().unwrap() |= 0x80;
    }
    let mut last: &[String] = &[];
    let mut runs: Vec<(u32, u16, u16)> = Vec::new();
    for (i, (cp, words)) in listed.iter().enumerate() {
        if i % NAMES_PER_BLOCK == 0 {
            n.blocks.extend(&(n.text.len() as u32).to_le_bytes()[..3]);
            last = &[];
        }
        let same = words.iter().zip(last).take_while(|(a, b)| a == b).count().min(15);
        let rest = &words[same..];
        assert!(rest.len() < 256);
        n.text.push((same as u8) << 4 | rest.len().min(15) as u8);
        if rest.len() >= 15 {
            n.text.push(rest.len() as u8);
        }
        for w in rest {
            let c = code[w.as_str()];
            if c < ONE_BYTE {
                n.text.push(c as u8);
            } else {
                let c = c - ONE_BYTE;
                n.text.extend([(ONE_BYTE + c / 256) as u8, (c % 256) as u8]);
            }
        }
        last = words;
        match runs.last_mut() {
            Some((start, len, _)) if *start + u32::from(*len) == *cp => *len += 1,
            _ => runs.push((*cp, 1, u16::try_from(i).unwrap())),
        }
    }
    for (start, len, first) in runs {
        n.runs.extend(&start.to_le_bytes()[..3]);
        n.runs.extend(len.to_le_bytes());
        n.runs.extend(first.to_le_bytes());
    }
    println!("{} names of {} words", listed.len(), dictionary.len());
    n
}

/// Words, cut also after hyphens; no space follows a word that ends in one. The two names with
/// "- " in them keep it inside one word.
fn split(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let space = rest.find(' ').unwrap_or(rest.len());
        let hyphen = rest.find('-').map_or(usize::MAX, |h| h + 1);
        let end = if hyphen == space {
            rest[space + 1..].find(' ').map_or(rest.len(), |e| space + 1 + e)
        } else {
            space.min(hyphen)
        };
        words.push(rest[..end].to_string());
        rest = rest[end..].strip_prefix(' ').unwrap_or(&rest[end..]);
    }
    words
}

pub fn ranges_rs(n: &Names) -> String {
    let mut o = String::from("//! Generated by `tools/unicode-tables`: do not edit.\n\n");
    o.push_str("/// Characters called by a prefix and their own code point.\n");
    let _ = writeln!(o, "pub(super) static RANGES: [(u32, u32, &str); {}] = [", n.ranges.len());
    for (a, b, p) in &n.ranges {
        let _ = writeln!(o, "    (0x{a:X}, 0x{b:X}, \"{p}\"),");
    }
    o.push_str("];\n\n/// FNV-1a over all names, a line each, for the test.\n#[cfg(test)]\n");
    let _ = writeln!(o, "pub(super) const CHECKSUM: u64 = 0x{:016X};", n.checksum);
    o
}
