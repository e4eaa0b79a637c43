//! The phrases as tables, with bits that refuse almost every line of prose.

use super::{super::line_edges::head_of, Label, trimmed};
use aho_corasick::AhoCorasick;
use std::{borrow::Cow, collections::HashMap, sync::OnceLock};

/// What the file of phrases holds.
pub(super) struct Phrases {
    pub(super) whole: HashMap<&'static str, Label>,
    pub(super) prefix: Vec<(&'static str, Label)>,
    /// Caption labels as printed, and whether a credit follows them (otherwise the caption's words do).
    pub(super) captions: Vec<(&'static str, bool)>,
    pub(super) agencies: Vec<&'static str>,
    pub(super) counted: Vec<&'static str>,
    /// What stands before the title of another article.
    pub(super) leads: Vec<&'static str>,
    /// How leads and labels of credits end, one bit for each hash of their last bytes: before most colons stands something else.
    pub(super) lead_ends: Vec<u64>,
    pub(super) photo_ends: Vec<u64>,
    /// Labels of a credit, and what credits name.
    pub(super) photos: Vec<&'static str>,
    pub(super) origins: Vec<&'static str>,
    pub(super) inside: AhoCorasick,
    pub(super) inside_labels: Vec<Label>,
    /// Lengths and edges of whole phrases, so that almost no line of prose is normalised.
    pub(super) filter: Vec<u64>,
    pub(super) ends: Vec<u64>,
    pub(super) longest: usize,
    /// How whole phrases begin, and with `true` leads.
    pub(super) heads: Vec<(u64, bool)>,
}

const BITS: u32 = 16;

pub(super) fn phrases() -> &'static Phrases {
    static PHRASES: OnceLock<Phrases> = OnceLock::new();
    PHRASES.get_or_init(load)
}

fn load() -> Phrases {
    let mut p = Phrases {
        whole: HashMap::new(),
        prefix: Vec::new(),
        captions: Vec::new(),
        agencies: Vec::new(),
        counted: Vec::new(),
        leads: Vec::new(),
        lead_ends: vec![0; 1 << 10],
        photo_ends: vec![0; 1 << 10],
        photos: Vec::new(),
        origins: Vec::new(),
        inside: AhoCorasick::new([""; 0]).unwrap_or_else(|_| unreachable!("no pattern, no error")),
        inside_labels: Vec::new(),
        filter: vec![0; 1 << (BITS - 6)],
        ends: vec![0; 1 << (BITS - 6)],
        longest: 0,
        heads: Vec::new(),
    };
    let mut inside = Vec::new();
    let mut section = ("whole", Label { kind: "", strong: false });
    for line in include_str!("../../../../rules/page-furniture.txt").lines() {
        if let Some(head) = line.strip_prefix('[') {
            let words: Vec<&str> = head.trim_end_matches(']').split(' ').collect();
            section = match words[..] {
                [
                    place @ ("inside" | "prefix" | "counter" | "caption" | "credit" | "lead" | "photo" | "origin"),
                    strength,
                    kind,
                ] => (place, Label { kind, strong: strength == "strong" }),
                [kind, strength] => ("whole", Label { kind, strong: strength == "strong" }),
                _ => section,
            };
            continue;
        }
        let Some((lang, list)) = line.split_once(": ").filter(|_| !line.starts_with('#')) else { continue };
        debug_assert!(lang.len() <= 3, "{line}");
        for phrase in list.split(" | ").map(str::trim).filter(|s| !s.is_empty()) {
            match section.0 {
                "inside" => {
                    inside.push(phrase);
                    p.inside_labels.push(section.1);
                }
                "prefix" => p.prefix.push((phrase, section.1)),
                "counter" => p.counted.push(phrase),
                "caption" => p.captions.push((phrase, section.1.kind == "source")),
                "credit" => p.agencies.push(phrase),
                "lead" => {
                    p.leads.push(phrase);
                    add_end(&mut p.lead_ends, phrase);
                    debug_assert!(head_of(phrase).is_some(), "{phrase} is too short for a lead");
                    p.heads.extend(forms(phrase).iter().filter_map(|form| Some((head_of(form)?, true))));
                }
                "photo" => {
                    p.photos.push(phrase);
                    add_end(&mut p.photo_ends, phrase);
                }
                "origin" => {
                    p.origins.push(phrase);
                }
                _ => {
                    // Of two sections that name a phrase the strong one counts.
                    let phrase = trimmed(phrase);
                    let label = p.whole.entry(phrase).or_insert(section.1);
                    if section.1.strong {
                        *label = section.1;
                    }
                    p.longest = p.longest.max(phrase.len());
                    for form in forms(phrase) {
                        let (bit, end) = (place(&form), end_place(&form));
                        p.filter[bit >> 6] |= 1 << (bit & 63);
                        p.ends[end >> 6] |= 1 << (end & 63);
                        p.heads.extend(head_of(&form).map(|head| (head, false)));
                    }
                }
            }
        }
    }
    for list in [&mut p.leads, &mut p.photos, &mut p.origins] {
        list.sort_unstable();
    }
    p.captions.sort_by_key(|(label, _)| std::cmp::Reverse(label.len()));
    if let Ok(automaton) = AhoCorasick::builder().ascii_case_insensitive(true).build(&inside) {
        p.inside = automaton;
    } else {
        p.inside_labels.clear();
    }
    p
}

/// A phrase as lines have it, but for case that ASCII folds: in lower case, with a capital, in capitals, in title case,
/// with the Turkish capital, and each of them with typographic apostrophes.
fn forms(phrase: &'static str) -> Vec<Cow<'static, str>> {
    let mut forms = vec![Cow::Borrowed(phrase)];
    if let Some(rest) = phrase.strip_prefix('i') {
        forms.push(format!("İ{rest}").into());
    }
    if !phrase.is_ascii() {
        forms.push(phrase.to_uppercase().into());
        let mut opens = true;
        let mut title = String::with_capacity(phrase.len() + 1);
        for (at, c) in phrase.char_indices() {
            if at > 0 && opens {
                forms.push(format!("{title}{}", &phrase[at..]).into());
            }
            if opens {
                title.extend(c.to_uppercase())
            } else {
                title.push(c)
            }
            opens = c == ' ';
        }
        forms.push(title.into());
    }
    if phrase.contains('\'') {
        let curly: Vec<_> = forms.iter().map(|form| Cow::Owned(form.replace('\'', "’"))).collect();
        forms.extend(curly);
    }
    forms.dedup();
    forms
}

/// A hash of a line's first bytes and its length in steps of four: title case changes neither.
pub(super) fn place(line: &str) -> usize {
    let bytes = line.as_bytes();
    let at = |i: usize| bytes.get(i).copied().unwrap_or(0);
    // In ASCII case is one bit; elsewhere `forms` lists the cases.
    let fold = |b: u8| if b.is_ascii() { b | 0x20 } else { b };
    let head = u32::from_le_bytes([fold(at(0)), fold(at(1)), if at(0) < 0x80 { fold(at(2)) } else { 0 }, 0]);
    let hash = head.wrapping_mul(0x9E37_79B1) ^ (bytes.len() as u32 / 4).wrapping_mul(0x85EB_CA6B);
    (hash.wrapping_mul(0xC2B2_AE35) >> (32 - BITS)) as usize
}

/// As [`place`], of a line's last bytes, in ASCII three, else one letter, which title case leaves as it is: what begins like
/// a phrase and is as long seldom ends like one too.
pub(super) fn end_place(line: &str) -> usize {
    let bytes = line.as_bytes();
    let fold = |b: &u8| if b.is_ascii() { b | 0x20 } else { *b };
    let most = if bytes.last().is_some_and(u8::is_ascii) { 3 } else { 2 };
    let tail = bytes.iter().rev().take(most).fold(0u32, |tail, b| tail << 8 | u32::from(fold(b)));
    let hash = tail.wrapping_mul(0x9E37_79B1) ^ (bytes.len() as u32 / 4).wrapping_mul(0x85EB_CA6B);
    (hash.wrapping_mul(0xC2B2_AE35) >> (32 - BITS)) as usize
}

/// A hash of the last three bytes before a colon, without blanks and marks of emphasis.
fn end_before(bytes: &[u8], colon: usize) -> Option<usize> {
    let mut part = bytes.get(..colon)?;
    loop {
        part = match part {
            [rest @ .., b' ' | b'*' | b'_' | b'.'] | [rest @ .., 0xC2, 0xA0] | [rest @ .., 0xE2, 0x80, 0xAF] => rest,
            [.., a, b, c] => {
                let hash = |all: u16, b: &u8| all.rotate_left(5) ^ u16::from(b.to_ascii_lowercase());
                return Some(usize::from([a, b, c].into_iter().fold(0u16, hash)));
            }
            _ => return None,
        };
    }
}

fn add_end(ends: &mut [u64], phrase: &str) {
    for phrase in [phrase.to_owned(), phrase.to_uppercase()] {
        if let Some(end) = end_before(phrase.as_bytes(), phrase.len()) {
            ends[end >> 6] |= 1 << (end & 63);
        }
    }
}

pub(super) fn has_end(ends: &[u64], text: &str, colon: usize) -> bool {
    end_before(text.as_bytes(), colon).is_some_and(|end| ends[end >> 6] >> (end & 63) & 1 == 1)
}
