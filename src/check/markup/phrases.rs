//! The phrases of `rules/page-furniture.txt`, and which of them a line is made of.

use super::near;
use aho_corasick::AhoCorasick;
use std::{collections::HashMap, sync::OnceLock};

/// What a line of page furniture is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label {
    /// Its kind, as in the file: `share`, `nav`, `legal`.
    pub(super) kind: &'static str,
    /// Whether the line alone is proof.
    pub(super) strong: bool,
}

struct Phrases {
    whole: HashMap<&'static str, Label>,
    prefix: Vec<(&'static str, Label)>,
    /// Caption labels as printed, and whether a credit follows them (otherwise the caption's words do).
    captions: Vec<(&'static str, bool)>,
    agencies: Vec<&'static str>,
    counted: Vec<&'static str>,
    /// What stands before the title of another article.
    leads: Vec<&'static str>,
    /// How leads and labels of credits end, one bit for each hash of their last bytes: before most colons stands something else.
    lead_ends: Vec<u64>,
    photo_ends: Vec<u64>,
    /// Labels of a credit, and what credits name.
    photos: Vec<&'static str>,
    origins: Vec<&'static str>,
    inside: AhoCorasick,
    inside_labels: Vec<Label>,
    /// Lengths and edges of whole phrases, so that almost no line of prose is normalised.
    filter: Vec<u64>,
    ends: Vec<u64>,
    longest: usize,
}

const BITS: u32 = 16;

fn phrases() -> &'static Phrases {
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
    };
    let mut inside = Vec::new();
    let mut section = ("whole", Label { kind: "", strong: false });
    for line in include_str!("../../../rules/page-furniture.txt").lines() {
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
                    for (bit, end) in forms(phrase) {
                        p.filter[bit >> 6] |= 1 << (bit & 63);
                        p.ends[end >> 6] |= 1 << (end & 63);
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

/// The filter's places for a phrase in lower case, with a capital, in capitals, and in title case.
fn forms(phrase: &str) -> [(usize, usize); 4] {
    let upper = phrase.to_uppercase();
    let mut chars = phrase.chars();
    let capital: String = chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect();
    let dotted = phrase.strip_prefix('i').map_or_else(String::new, |rest| format!("İ{rest}"));
    [phrase, &capital, &upper, &dotted].map(|form| (place(form), end_place(form)))
}

/// A hash of a line's first bytes and its length in steps of four: title case changes neither.
fn place(line: &str) -> usize {
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
fn end_place(line: &str) -> usize {
    let bytes = line.as_bytes();
    let fold = |b: &u8| if b.is_ascii() { b | 0x20 } else { *b };
    let most = if bytes.last().is_some_and(u8::is_ascii) { 3 } else { 2 };
    let tail = bytes.iter().rev().take(most).fold(0u32, |tail, b| tail << 8 | u32::from(fold(b)));
    let hash = tail.wrapping_mul(0x9E37_79B1) ^ (bytes.len() as u32 / 4).wrapping_mul(0x85EB_CA6B);
    (hash.wrapping_mul(0xC2B2_AE35) >> (32 - BITS)) as usize
}

/// What a line says, without bullets, arrows, colons and brackets at its edges.
pub(super) fn trimmed(line: &str) -> &str {
    match line.as_bytes() {
        // Most lines of prose begin with a letter; their ends decide.
        [first, .., last] if first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric() => line,
        _ => line.trim_matches(is_edge),
    }
}

/// Blanks, and signs that decorate a line.
fn is_edge(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' => false,
        '-' | '*' | '>' | '|' | '/' | ':' | '[' | ']' | '(' | ')' | '{' | '}' | '#' | '!' | '?' | '.' | '+'
        | '\u{1}' => true,
        '\0'..='~' => c.is_whitespace(),
        _ => c.is_whitespace() || "–—•·»›→▶▸►«‹←：…？！¿¡。▼▲↑↓✉✔❯❮\u{feff}".contains(c),
    }
}

fn normalise(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for word in line.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        // The Turkish capital «İ» becomes two characters; the phrases have one.
        let lower = word.chars().flat_map(char::to_lowercase).filter(|c| *c != '\u{307}');
        out.extend(lower.map(|c| if c == '’' || c == 'ʻ' { '\'' } else { c }));
    }
    out
}

/// The label that a whole line is; costs next to nothing for prose.
pub(super) fn whole(line: &str) -> Option<Label> {
    let p = phrases();
    if line.len() > p.longest + 40 {
        return None;
    }
    let part = trimmed(line);
    if part.is_empty() || part.len() > p.longest + 8 {
        return None;
    }
    let has = |filter: &[u64], bit: usize| filter[bit >> 6] >> (bit & 63) & 1 == 1;
    if !has(&p.filter, place(part)) || !has(&p.ends, end_place(part)) {
        return None;
    }
    p.whole.get(normalise(part).as_str()).copied()
}

/// The label of a line that leads to another article and names it (`Read also: Ferry to run every hour`), and where the
/// line begins, by its colon.
pub(super) fn lead(text: &str, colon: usize, width: usize) -> Option<(usize, Label)> {
    const FAR: usize = 72;
    const LONGEST: usize = 400;
    let p = phrases();
    if !has_end(&p.lead_ends, text, colon) {
        return None;
    }
    let from = colon.saturating_sub(FAR);
    let bytes = text.as_bytes();
    let start = match memchr::memrchr(b'\n', bytes.get(from..colon)?) {
        Some(at) => from + at + 1,
        None if from == 0 => 0,
        None => return None,
    };
    let part = trimmed(text.get(start..colon)?);
    if part.len() < 3 {
        return None;
    }
    p.leads.binary_search(&normalise(part).as_str()).ok()?;
    let label = Label { kind: "read-more", strong: true };
    let rest = text.get(colon + width..)?;
    let rest = rest.get(..memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len()))?;
    if rest.len() > LONGEST {
        return None;
    }
    let rest = trimmed(rest);
    let words = rest.split_whitespace().filter(|w| w.chars().any(char::is_alphabetic)).count();
    let unspaced = rest.chars().filter(|c| u32::from(*c) >= 0x0E00 && c.is_alphabetic()).count() >= 4;
    let address = rest.contains("://") || rest.contains("www.") || rest.contains('@');
    ((words >= 2 || unspaced) && !address).then_some((start, label))
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

fn has_end(ends: &[u64], text: &str, colon: usize) -> bool {
    end_before(text.as_bytes(), colon).is_some_and(|end| ends[end >> 6] >> (end & 63) & 1 == 1)
}

/// Whether the label of a credit may end at a colon.
pub(super) fn may_be_photo_label(text: &str, colon: usize) -> bool {
    has_end(&phrases().photo_ends, text, colon)
}

/// Whether a word before a colon is the label of a picture's credit.
pub(super) fn is_photo_label(words: &str) -> bool {
    words.len() <= 40
        && phrases().photos.binary_search(&normalise(trimmed(words).trim_end_matches('.')).as_str()).is_ok()
}

/// What a credit names: an agency, an archive or another source that is known, or else what may be a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Credit {
    Known,
    Name,
}

/// What stands behind the label of a credit.
pub(super) fn credit(value: &str) -> Option<Credit> {
    let value = trimmed(value.trim());
    if value.is_empty() || value.len() > 80 {
        return None;
    }
    let p = phrases();
    let folded = normalise(value);
    let is_known = |part: &str| {
        let part = trimmed(part);
        p.origins.binary_search(&part).is_ok() || p.agencies.contains(&part)
    };
    if is_known(&folded) || folded.split(['/', '|', ',', '–']).any(|part| part.len() > 1 && is_known(part)) {
        return Some(Credit::Known);
    }
    // «пресс-служба мэрии», «courtesy of the museum»: the source is named, and whose it is.
    let owned =
        |origin: &str| origin.len() > 8 && folded.strip_prefix(origin).is_some_and(|rest| rest.starts_with(' '));
    if folded.split(' ').count() <= 6 && p.origins.iter().any(|origin| owned(origin)) {
        return Some(Credit::Known);
    }
    let words: Vec<&str> = value.split([' ', '/']).filter(|w| !w.is_empty()).collect();
    let name = |w: &&str| {
        let mut chars = w.chars();
        chars.next().is_some_and(char::is_uppercase)
            && chars.all(|c| c.is_lowercase() || matches!(c, '.' | '-' | '\'' | '’') || c.is_uppercase())
    };
    ((2..=4).contains(&words.len()) && words.iter().all(name)).then_some(Credit::Name)
}

/// Whether a line of the head or the tail is furniture: labels in a row, a label with its value, a sentence that only
/// footers have, a counter. `dated` says whether the line holds a date or a time.
pub(super) fn edge(line: &str, dated: bool) -> Option<Label> {
    let p = phrases();
    if let Some(label) = whole(line) {
        // `Tags:` with nothing behind it is a label that lost its value.
        let lost = line.trim_end().ends_with([':', '：']) && {
            let folded = normalise(line.trim());
            p.prefix.iter().any(|(phrase, l)| l.kind == "meta" && *phrase == folded)
        };
        return Some(Label { strong: label.strong || lost, ..label });
    }
    if line.len() > 600 {
        return None;
    }
    if let Some((_, label)) = near::colons(line, true).next().and_then(|(at, width)| lead(line, at, width)) {
        return Some(label);
    }
    let folded = normalise(line.trim());
    if let Some(label) = row(p, &folded) {
        return Some(label);
    }
    let words = folded.split(' ').count();
    if words <= 20 {
        let bare = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
        for (phrase, label) in &p.prefix {
            let Some(rest) = bare.strip_prefix(phrase) else { continue };
            let ends_word = phrase.ends_with([':', '：']) || rest.chars().next().is_none_or(|c| !c.is_alphabetic());
            let fits = match label.kind {
                "date" => dated,
                "reading" => words <= 8 && rest.bytes().any(|b| b.is_ascii_digit()),
                "contact" => rest.is_empty() || rest.bytes().any(|b| b.is_ascii_digit() || b == b'@'),
                // A label without its value is a leftover whatever follows.
                _ => true,
            };
            if ends_word && fits {
                let empty = trimmed(rest).is_empty() && label.kind == "meta";
                return Some(Label { strong: label.strong || empty, ..*label });
            }
        }
        let number = bare.trim_start_matches(|c: char| c.is_ascii_digit() || ".,km ".contains(c));
        if number.len() < bare.len()
            && bare.starts_with(|c: char| c.is_ascii_digit())
            && p.counted.contains(&number.trim_matches([' ', '.', '!', ')']))
        {
            return Some(Label { kind: "counter", strong: false });
        }
    }
    let mut found: Option<Label> = None;
    for hit in p.inside.find_overlapping_iter(&folded) {
        let label = p.inside_labels.get(hit.pattern().as_usize()).copied()?;
        if found.is_none_or(|f| label.strong && !f.strong) {
            found = Some(label);
        }
    }
    found
}

/// The labels of picture captions as printed, longest first; `true` where a credit follows.
pub(super) fn captions() -> &'static [(&'static str, bool)] {
    &phrases().captions
}

/// Whether a line names nothing but an agency or a picture desk.
pub(super) fn is_agency(line: &str) -> bool {
    if line.len() > 60 {
        return false;
    }
    let folded = normalise(trimmed(line));
    let known = |part: &str| phrases().agencies.contains(&part.trim());
    known(&folded) || folded.split(['/', '|', ',']).all(|part| known(part) || part.trim().is_empty())
}

/// Labels side by side: `Share | Print`, `Not registered? - Sign up`.
fn row(p: &Phrases, folded: &str) -> Option<Label> {
    const HOME: &[&str] = &[
        "home",
        "home page",
        "startseite",
        "accueil",
        "inicio",
        "portada",
        "início",
        "página inicial",
        "home page",
        "strona główna",
        "główna",
        "главная",
        "головна",
        "ana sayfa",
        "anasayfa",
        "hem",
        "hjem",
        "forside",
        "etusivu",
        "úvod",
        "domov",
        "kezdőlap",
        "főoldal",
        "acasă",
        "начало",
        "почетна",
        "naslovnica",
        "početna",
        "αρχική",
        "beranda",
        "trang chủ",
        "首页",
        "首頁",
        "ホーム",
        "홈",
        "الرئيسية",
        "خانه",
        "ראשי",
    ];
    let mut parts = 0;
    let mut known = 0;
    let first = folded.split(['|', '»', '›', '/', '>']).next().map(str::trim);
    let mut best: Option<Label> = None;
    for part in folded
        .split(['|', '»', '·', '•', '›', '/', '>', '\t'])
        .flat_map(|s| s.split(" - "))
        .flat_map(|s| s.split(" – "))
    {
        let part = trimmed(part);
        if part.is_empty() {
            continue;
        }
        parts += 1;
        if let Some(label) = p.whole.get(part) {
            known += 1;
            if best.is_none_or(|b| label.strong && !b.strong) {
                best = Some(*label);
            }
        }
    }
    // A way from the home page down to the article.
    let steps = |c: char| matches!(c, '|' | '»' | '›' | '/' | '>');
    if (3..=7).contains(&parts)
        && folded.len() < 120
        && !folded.ends_with(['.', '!', '?', ',', ';', ':'])
        && folded.split(steps).all(|step| step.split_whitespace().count() <= 5)
        && first.is_some_and(|first| HOME.contains(&first))
    {
        return Some(Label { kind: "nav", strong: true });
    }
    best.filter(|_| parts > 1 && known * 3 >= parts * 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        let p = phrases();
        assert!(p.whole.len() > 2000, "{}", p.whole.len());
        assert!(!p.inside_labels.is_empty() && !p.prefix.is_empty() && !p.counted.is_empty());
        for phrase in p.whole.keys() {
            assert_eq!(normalise(trimmed(phrase)), **phrase, "write phrases in lower case, with straight apostrophes");
            assert!(whole(phrase).is_some(), "{phrase}");
        }
    }

    #[test]
    fn lines_are_read_without_their_edges() {
        let strong = |line: &str| whole(line).is_some_and(|l| l.strong);
        assert!(
            strong("» Читать далее…")
                && strong("Share this article:")
                && strong("[Leave a Comment]")
                && strong("続きを読む")
        );
        assert!(whole("Home").is_some_and(|l| !l.strong));
        assert!(whole("The read more button stays.").is_none());
    }

    #[test]
    fn edges_know_rows_prefixes_and_footers() {
        let kind = |line: &str| edge(line, false).map(|l| l.kind);
        assert_eq!(kind("Share | Tweet | Print"), Some("share"));
        assert_eq!(kind("Tags: bridges, ferries"), Some("meta"));
        assert_eq!(kind("12 comments"), Some("counter"));
        assert_eq!(kind("При использовании материалов ссылка обязательна."), Some("legal"));
        assert_eq!(kind("The ferry leaves at nine."), None);
        assert_eq!(edge("Posted on Monday evening", false), None);
    }
}
