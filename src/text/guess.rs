//! Guesses the encoding from letters: every candidate's reading of the words beyond ASCII is scored in every language.
//!
//! The score is what the text costs in bits, so that readings of different lengths can be compared; the least wins.

use std::borrow::Cow;
use std::collections::HashSet;

use super::encoding::{Encoding, lookup, utf8};
use super::legacy::{Gaps, SingleByte};
use super::score::Scorer;
use crate::repair::model::{BIT, Cost};

/// Candidates, in the order of preference where two give the same text, each with the bits that it has to earn
/// because it is rarer in the world.
const CANDIDATES: [(&str, Cost); 48] = [
    ("windows-1252", 0),
    ("windows-1251", 0),
    ("windows-1250", 0),
    ("gb18030", 0),
    ("shift_jis", 0),
    ("euc-kr", 0),
    ("big5", 0),
    ("euc-jp", 0),
    ("windows-1253", 1),
    ("windows-1254", 1),
    ("windows-1255", 1),
    ("windows-1256", 1),
    ("windows-1257", 1),
    ("windows-874", 1),
    ("windows-1258", 2),
    ("koi8-r", 1),
    ("koi8-u", 2),
    ("iso-8859-2", 1),
    ("iso-8859-15", 2),
    ("iso-8859-5", 2),
    ("iso-8859-7", 2),
    ("iso-8859-6", 2),
    ("ibm866", 2),
    ("macintosh", 2),
    ("ibm850", 2),
    ("ibm437", 2),
    ("ibm852", 2),
    ("x-mac-cyrillic", 2),
    ("iso-8859-13", 3),
    ("ibm737", 3),
    ("ibm857", 3),
    ("ibm775", 3),
    ("ibm862", 3),
    ("ibm855", 3),
    ("ibm865", 3),
    ("ibm860", 4),
    ("ibm861", 4),
    ("ibm863", 4),
    ("ibm869", 4),
    ("x-mac-ce", 3),
    ("x-mac-greek", 4),
    ("x-mac-turkish", 4),
    ("ibm720", 4),
    ("iso-8859-16", 5),
    ("iso-8859-4", 7),
    ("iso-8859-3", 7),
    ("iso-8859-10", 8),
    ("ibm1125", 7),
];

/// A byte that a candidate cannot read.
const DAMAGED: Cost = 20 * BIT;
/// Bits for each word that was misread once before.
const TWICE: Cost = 2;
/// How much of a file is looked at.
const SAMPLE: usize = 64 * 1024;
/// How many different words, with and without bytes beyond ASCII.
const WORDS: usize = 80;
/// How much of a word: Thai and Chinese ones run to the next blank.
const WORD: usize = 240;

/// The words of a file.
struct Words<'a> {
    plain: Vec<&'a [u8]>,
    marked: Vec<&'a [u8]>,
    /// How many of the marked words' neighbours are words in ASCII.
    plain_neighbours: usize,
}

impl<'a> Words<'a> {
    /// `legacy` leaves out lines that are UTF-8: in a file that is not UTF-8 they say nothing of the others.
    fn of(raw: &'a [u8], legacy: bool) -> Self {
        let mut words = Self { plain: Vec::new(), marked: Vec::new(), plain_neighbours: 0 };
        let mut seen: HashSet<&[u8]> = HashSet::new();
        let mut looked = 0;
        for line in raw.split(|b| *b == b'\n' || *b == b'\r') {
            if line.is_ascii() || (legacy && simdutf8::basic::from_utf8(line).is_ok()) {
                continue;
            }
            // Whether the word before was in ASCII, or what it counts for as one that is not, and new.
            let (mut after_plain, mut after_new) = (false, 0);
            for word in line.split(|b| b.is_ascii_whitespace()).filter(|w| !w.is_empty()) {
                let word = word.get(..WORD).unwrap_or(word);
                let plain = word.is_ascii();
                let list = if plain { &mut words.plain } else { &mut words.marked };
                let new = list.len() < WORDS && seen.insert(word);
                if new {
                    list.push(word);
                }
                let letters = plain && word.iter().any(u8::is_ascii_alphabetic);
                // A single sign among plain words is hardly ever a word of its own.
                let weight = if plain { 0 } else { 1 + usize::from(word.len() == 1) };
                words.plain_neighbours += usize::from(new && after_plain) * weight + usize::from(letters) * after_new;
                (after_plain, after_new) = (letters, usize::from(new) * weight);
            }
            looked += line.len();
            if words.marked.len() >= WORDS || looked >= SAMPLE {
                break;
            }
        }
        words
    }
}

/// A candidate with its score.
struct Scored<'a> {
    cost: Cost,
    encoding: &'static Encoding,
    text: Vec<Cow<'a, str>>,
}

/// The most likely encoding of bytes that are not UTF-8, and how sure that is.
pub(super) fn legacy(raw: &[u8]) -> (&'static Encoding, f32) {
    among(raw, &CANDIDATES, true)
}

/// The same where the bytes may be UTF-8 with a good part of it damaged.
pub(super) fn legacy_or_utf8(raw: &[u8]) -> (&'static Encoding, f32) {
    let mut candidates = vec![("utf-8", 0)];
    candidates.extend(CANDIDATES);
    among(raw, &candidates, false)
}

/// Bits by which the letters have to speak against a declaration, together and for each word that reads differently.
const AGAINST: (Cost, Cost) = (60, 4);
/// Encodings rarer than that are declared by people who mean them.
const COMMON: Cost = 2;

/// The encoding that a text is in beyond doubt, where it is not the one declared.
pub(super) fn instead_of(raw: &[u8], declared: &'static Encoding) -> Option<(&'static Encoding, f32)> {
    let is_common = CANDIDATES.iter().any(|(name, rare)| *rare <= COMMON && lookup(name) == Some(declared));
    let (is, sure) = is_common.then(|| legacy(raw))?;
    if is == declared || sure < 0.7 {
        return None;
    }
    let words = Words::of(raw, true).marked;
    let other = words.iter().filter(|w| is.decode(w).text != declared.decode(w).text).count() as Cost;
    let ahead = margin(raw, is, declared);
    (other > 5 && ahead >= AGAINST.0 && ahead >= AGAINST.1 * other).then_some((is, sure))
}

/// By how many bits text is more likely in one encoding than in another.
pub(super) fn margin(raw: &[u8], one: &'static Encoding, other: &'static Encoding) -> Cost {
    let words = Words::of(raw, false);
    let plain = words.plain.iter().filter_map(|w| std::str::from_utf8(w).ok());
    let scorer = Scorer::new(plain, words.plain_neighbours);
    let cost = |encoding: &'static Encoding| {
        let text: Vec<_> = words.marked.iter().map(|w| encoding.decode(w).text).collect();
        scorer.cost(&text, encoding)
    };
    (cost(other) - cost(one)) / BIT
}

/// What words are in one encoding.
struct Reading<'a> {
    cost: Cost,
    text: Vec<Cow<'a, str>>,
}

/// Reads words in an encoding that has to earn `rare` bits.
fn read<'a>(marked: &[&'a [u8]], encoding: &'static Encoding, rare: Cost, scorer: &Scorer) -> Reading<'a> {
    let decoded: Vec<_> = marked.iter().map(|w| encoding.decode(w)).collect();
    let damaged: usize = decoded.iter().map(|d| d.damage.text.len()).sum();
    // A word that was cut may end inside a character.
    let cut = marked.iter().filter(|w| w.len() == WORD).count();
    let mut text: Vec<_> = decoded.into_iter().map(|d| d.text).collect();
    let mut rare = rare;
    // UTF-8 that was misread once before is UTF-8 all the same, however odd it looks.
    if encoding == utf8() {
        for word in &mut text {
            if let Some(once) = read_once(word) {
                *word = Cow::Owned(once);
                rare += TWICE;
            }
        }
    }
    // The currency sign stands where newer pages have the euro; nobody writes it.
    let currency = text.iter().flat_map(|t| t.chars()).filter(|c| *c == '¤').count() as Cost;
    rare += 6 * currency;
    let cost = scorer.cost(&text, encoding) + rare * BIT + damaged.saturating_sub(cut) as Cost * DAMAGED;
    Reading { cost, text }
}

/// A word in which every stretch beyond ASCII is UTF-8 that was read as windows-1252, as it was before.
fn read_once(word: &str) -> Option<String> {
    let page = SingleByte::get("windows-1252", Gaps::Filled)?;
    let bytes = word.chars().map(|c| page.encode(c)).collect::<Option<Vec<u8>>>()?;
    String::from_utf8(bytes).ok().filter(|once| !once.is_ascii())
}

/// Where there are many words, the candidates that the first of them do not rule out.
fn shortlist<'c>(marked: &[&[u8]], candidates: &[(&'c str, Cost)], scorer: &Scorer) -> Vec<(&'c str, Cost)> {
    const FIRST: usize = 12;
    const BEHIND: Cost = 60 * BIT;
    let Some(first) = marked.get(..FIRST).filter(|_| marked.len() >= 3 * FIRST) else {
        return candidates.to_vec();
    };
    let cost = |&(name, rare): &(&str, Cost)| lookup(name).map_or(Cost::MAX, |e| read(first, e, rare, scorer).cost);
    let costs: Vec<Cost> = candidates.iter().map(cost).collect();
    let most = costs.iter().min().map_or(Cost::MAX, |least| least.saturating_add(BEHIND));
    candidates.iter().zip(costs).filter(|(_, cost)| *cost <= most).map(|(candidate, _)| *candidate).collect()
}

fn among(raw: &[u8], candidates: &[(&str, Cost)], legacy: bool) -> (&'static Encoding, f32) {
    let words = Words::of(raw, legacy);
    let plain = words.plain.iter().filter_map(|w| std::str::from_utf8(w).ok());
    let scorer = Scorer::new(plain, words.plain_neighbours);
    let mut best: Option<Scored<'_>> = None;
    let mut second = Cost::MAX;
    for (name, rare) in shortlist(&words.marked, candidates, &scorer) {
        let Some(encoding) = lookup(name) else { continue };
        let Reading { cost, text } = read(&words.marked, encoding, rare, &scorer);
        match &best {
            Some(b) if b.cost <= cost => {
                if b.text != text {
                    second = second.min(cost);
                }
            }
            _ => {
                if let Some(b) = best.take().filter(|b| b.text != text) {
                    second = second.min(b.cost);
                }
                best = Some(Scored { cost, encoding, text });
            }
        }
    }
    let Some(best) = best else { return (utf8(), 0.0) };
    let bytes: usize = words.marked.iter().map(|w| w.len()).sum();
    let mean = (best.cost - scorer.mixed) / (bytes as Cost).max(1);
    match super::wide::guess(raw) {
        // Chinese or Japanese without a single ASCII character leaves no NUL byte to know it by.
        Some((wide, cost)) if cost / 2 + BIT < mean => (wide, sureness((mean - cost / 2) * 20)),
        _ => (best.encoding, sureness(second.saturating_sub(best.cost))),
    }
}

/// Characters beyond ASCII of a line that is UTF-8 beyond doubt: hardly any line of another encoding has as many by chance.
const PROVEN: usize = 5;

/// Fewer do where each stands alone among ASCII: bytes of other encodings do not come in such pairs there.
const ALONE: usize = 2;

fn is_proven(line: &str) -> bool {
    let (mut count, mut runs) = (0, 0);
    let mut last = b' ';
    for &byte in line.as_bytes() {
        count += usize::from(byte >= 0xC0);
        runs += usize::from(byte >= 0x80 && last < 0x80);
        last = byte;
    }
    count >= PROVEN || count >= ALONE && runs == count
}

/// The share of lines beyond ASCII, by bytes, that are UTF-8 beyond doubt.
pub(super) fn share_of_utf8_lines(raw: &[u8]) -> f32 {
    let (mut proven, mut all) = (0usize, 0usize);
    let start = raw.get(..SAMPLE.min(raw.len())).unwrap_or_default();
    for line in start.split(|b| matches!(b, b'\n' | b'\r')).filter(|l| !l.is_ascii()) {
        all += line.len();
        proven += if simdutf8::basic::from_utf8(line).is_ok_and(is_proven) { line.len() } else { 0 };
    }
    proven as f32 / all.max(1) as f32
}

/// Malformed sequences.
const ENOUGH: usize = 20_000;

/// What speaks for a damaged file being UTF-8.
pub(super) struct Utf8Evidence {
    good: usize,
    bad: usize,
}

impl Utf8Evidence {
    /// Counts well-formed sequences of several bytes against malformed ones, until enough were seen.
    pub(super) fn of(raw: &[u8]) -> Self {
        let mut evidence = Self { good: 0, bad: 0 };
        for chunk in raw.utf8_chunks() {
            evidence.good += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
            evidence.bad += usize::from(!chunk.invalid().is_empty());
            if evidence.bad > ENOUGH {
                break;
            }
        }
        evidence
    }

    /// In other encodings a sequence that is valid UTF-8 is rarer by far than one that is not. Nothing if too few
    /// speak for either.
    pub(super) fn is_utf8(&self) -> Option<bool> {
        if self.good >= 8 && self.good > 3 * self.bad {
            Some(true)
        } else if self.good * 4 < self.bad {
            Some(false)
        } else {
            None
        }
    }

    pub(super) fn confidence(&self) -> f32 {
        self.good as f32 / (self.good + self.bad).max(1) as f32
    }
}

/// From the bits between the best and the second reading.
fn sureness(margin: Cost) -> f32 {
    let bits = (margin / BIT).min(40) as f32;
    1.0 - 0.5 * (-bits / 6.0).exp2()
}
