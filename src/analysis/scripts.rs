//! The scripts and letters of a text: how much of each, and the places where two meet inside a word.

use super::{Signals, around::char_after, places::places};
use crate::{
    text::Span,
    unicode::{Script, props},
};

/// How many letters of each script a text has, and which letters.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    scripts: Vec<(Script, u32)>,
    total: u32,
    letters: Letters,
    bytes: usize,
}

impl Profile {
    /// Counts a text.
    pub fn of(text: &str) -> Profile {
        let bytes = text.as_bytes();
        let mut profile = Profile { bytes: bytes.len(), ..Profile::default() };
        let leads = if bytes.len() < LONG { profile.add_each(text) } else { profile.add_all(text) };
        for lead in 0xC0..=0xFF {
            if let Some(script) = of_one_script(lead) {
                profile.add(script, leads[usize::from(lead)]);
            }
        }
        // All others that begin like these are letters.
        let hexagrams = memchr::memmem::find_iter(bytes, &HEXAGRAMS).count() as u32;
        profile.add(Script::Han, leads[usize::from(HEXAGRAMS[0])].saturating_sub(hexagrams));
        for c in ('A'..='Z').chain('a'..='z') {
            let n = leads[c as usize];
            profile.add(Script::Latin, n);
            profile.letters.add(c, n);
        }
        profile.scripts.sort_by_key(|&(_, n)| std::cmp::Reverse(n));
        profile
    }
    /// Adds the letters beyond ASCII but for those that their first byte tells, and says how often each byte occurs.
    fn add_each(&mut self, text: &str) -> [u32; 256] {
        let told_apart = |b: u8| (b >= 0xC0) & !(HEXAGRAMS[0]..=0xE9).contains(&b) & !(0xEB..=0xEC).contains(&b);
        let apart = places(text.as_bytes(), told_apart).filter_map(|at| char_after(text, at));
        apart.for_each(|c| self.add_letter(c, 1));
        frequencies(text.as_bytes())
    }
    /// As [`Profile::add_each`], for a long text: what a character is, is asked once for each. Only first bytes and ASCII are
    /// counted.
    fn add_all(&mut self, text: &str) -> [u32; 256] {
        let bytes = text.as_bytes();
        let mut leads = [0; 256];
        let mut counts = vec![0u32; BELOW_HAN];
        let mut at = 0;
        while let Some([a, b, c]) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
            let low = |b: &u8| usize::from(b & 0x3F);
            match a {
                0..0x80 => {
                    leads[usize::from(*a)] += 1;
                    at += 1;
                }
                0x80..0xE0 => {
                    counts[usize::from(a & 0x1F) << 6 | low(b)] += 1;
                    at += 2;
                }
                0xE0..0xE4 => {
                    counts[usize::from(a & 0x0F) << 12 | low(b) << 6 | low(c)] += 1;
                    at += 3;
                }
                _ => {
                    let told = *a == HEXAGRAMS[0] || of_one_script(*a).is_some();
                    let letter = if told { None } else { char_after(text, at) };
                    letter.into_iter().for_each(|c| self.add_letter(c, 1));
                    leads[usize::from(*a)] += 1;
                    at += if *a < 0xF0 { 3 } else { 4 };
                }
            }
        }
        for c in text.get(at..).unwrap_or_default().chars() {
            if c.is_ascii() { leads[c as usize] += 1 } else { self.add_letter(c, 1) }
        }
        for (c, n) in (0..).zip(counts).filter(|(_, n)| *n > 0) {
            char::from_u32(c).into_iter().for_each(|c| self.add_letter(c, n));
        }
        leads
    }
    fn add_letter(&mut self, c: char, times: u32) {
        let p = props(c);
        if !p.is_letter() {
            return;
        }
        if p.script().is_real() {
            self.add(p.script(), times);
        }
        self.letters.add(c, times);
    }
    fn add(&mut self, script: Script, letters: u32) {
        if letters == 0 {
            return;
        }
        self.total += letters;
        match self.scripts.iter_mut().find(|(s, _)| *s == script) {
            Some((_, n)) => *n += letters,
            None => self.scripts.push((script, letters)),
        }
    }
    /// The letters counted.
    pub fn total(&self) -> u32 {
        self.total
    }
    /// How many bytes were looked at, one at least.
    pub(crate) fn looked_at(&self) -> usize {
        self.bytes.max(1)
    }
    /// How many letters are of `script`.
    pub fn count(&self, script: Script) -> u32 {
        self.scripts.iter().find(|(s, _)| *s == script).map_or(0, |&(_, n)| n)
    }
    /// The share of a script, from 0 to 1.
    pub fn share(&self, script: Script) -> f32 {
        if self.total == 0 { 0.0 } else { self.count(script) as f32 / self.total as f32 }
    }
    /// The script of more than half of the letters. Han and kana count together as Han.
    pub fn main(&self) -> Option<Script> {
        let &(first, n) = self.scripts.first()?;
        if n * 2 > self.total {
            return Some(first);
        }
        let cjk = self.count(Script::Han) + self.count(Script::Hiragana) + self.count(Script::Katakana);
        (cjk * 2 > self.total).then_some(Script::Han)
    }
    /// The scripts, the most frequent first.
    pub fn scripts(&self) -> impl Iterator<Item = (Script, u32)> {
        self.scripts.iter().copied()
    }
    /// The letters themselves.
    pub fn letters(&self) -> &Letters {
        &self.letters
    }
}

/// The characters below here begin with one of the bytes up to E3.
const BELOW_HAN: usize = 0x4000;

/// From so many bytes on a table of all characters is worth its making.
const LONG: usize = 1 << 13;

/// The first bytes of the hexagrams, U+4DC0 to U+4DFF: the only ones from U+4000 to U+4FFF that are no Han letters.
const HEXAGRAMS: [u8; 2] = [0xE4, 0xB7];

/// The script of all characters that begin with a byte, where all are letters and none of those that are told apart: U+5000
/// to U+9FFF and U+B000 to U+CFFF.
fn of_one_script(lead: u8) -> Option<Script> {
    match lead {
        0xE5..=0xE9 => Some(Script::Han),
        0xEB | 0xEC => Some(Script::Hangul),
        _ => None,
    }
}

/// How often each byte occurs.
fn frequencies(bytes: &[u8]) -> [u32; 256] {
    let mut sums = [0; 256];
    // In turn, so that one letter twice in a row need not wait for itself.
    let (pairs, mut rest) = bytes.as_chunks::<2>();
    if bytes.len() > 2048 {
        let mut other = [0; 256];
        for [a, b] in pairs {
            sums[usize::from(*a)] += 1;
            other[usize::from(*b)] += 1;
        }
        for (sum, n) in sums.iter_mut().zip(other) {
            *sum += n;
        }
    } else {
        rest = bytes;
    }
    for b in rest {
        sums[usize::from(*b)] += 1;
    }
    sums
}

/// How often each letter below U+3000 occurs, upper and lower case apart.
#[derive(Clone, Debug, Default)]
pub struct Letters {
    counts: Vec<u32>,
}

impl Letters {
    const SIZE: usize = 0x3000;

    /// Counts the letters beyond ASCII of a text's parts.
    pub(crate) fn beyond_ascii<'t>(parts: impl Iterator<Item = &'t str>) -> Letters {
        let mut letters = Letters::default();
        for part in parts {
            let beyond = places(part.as_bytes(), |b| b >= 0xC0).filter_map(|at| char_after(part, at));
            beyond.filter(|c| props(*c).is_letter()).for_each(|c| letters.add(c, 1));
        }
        letters
    }
    fn add(&mut self, c: char, times: u32) {
        let at = c as usize;
        // A paragraph has few letters, most of them in the first rows: the table is as long as it has to be.
        if at >= self.counts.len() && at < Self::SIZE && times > 0 {
            self.counts.resize((at | 0x7F) + 1, 0);
        }
        if let Some(n) = self.counts.get_mut(at) {
            *n += times;
        }
    }
    /// How often a letter occurs, in either case.
    pub fn count(&self, c: char) -> u32 {
        let one = |c: char| self.counts.get(c as usize).copied().unwrap_or(0);
        let lower = c.to_lowercase().next().unwrap_or(c);
        let upper = c.to_uppercase().next().unwrap_or(c);
        one(c) + if lower != c { one(lower) } else { 0 } + if upper != c { one(upper) } else { 0 }
    }
    /// Whether a letter occurs, in either case.
    pub fn has(&self, c: char) -> bool {
        self.count(c) > 0
    }
    /// Every letter that occurs, with its count; upper and lower case apart.
    pub fn iter(&self) -> impl Iterator<Item = (char, u32)> {
        let all = self.counts.iter().enumerate().filter(|(_, n)| **n > 0);
        all.filter_map(|(cp, &n)| char::from_u32(cp as u32).map(|c| (c, n)))
    }
}

/// What a byte may be part of. Two classes that meet inside a word may be two scripts.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Class {
    Break,
    /// Marks and joiners: belong to whatever stands before.
    Neutral,
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Hebrew,
    Arabic,
    Indic(u8),
    Other(u8),
    Cjk,
    Micro,
}

fn class(bytes: &[u8], at: usize) -> Class {
    let byte = |i: usize| bytes.get(at + i).copied().unwrap_or(0);
    match byte(0) {
        b'a'..=b'z' | b'A'..=b'Z' => Class::Latin,
        0xC2 if byte(1) == 0xB5 => Class::Micro,
        0xC2 if byte(1) == 0xAD => Class::Neutral,
        0xC3 if matches!(byte(1), 0x97 | 0xB7) => Class::Break,
        0xC3..=0xCA => Class::Latin,
        0xCB => Class::Neutral,
        0xCC => Class::Neutral,
        0xCD if byte(1) < 0xB0 => Class::Neutral,
        0xCD..=0xCF => Class::Greek,
        0xD0..=0xD3 => Class::Cyrillic,
        0xD4 if byte(1) < 0xB0 => Class::Cyrillic,
        0xD4 | 0xD5 => Class::Armenian,
        0xD6 if byte(1) < 0x90 => Class::Armenian,
        0xD6 | 0xD7 => Class::Hebrew,
        0xD8..=0xDB => Class::Arabic,
        b @ 0xDC..=0xDF => Class::Other(b),
        0xE0 => Class::Indic(byte(1) >> 1),
        0xE1 if matches!(byte(1), 0xB8..=0xBB | 0xB4..=0xB6) => Class::Latin,
        0xE1 if matches!(byte(1), 0xBC..=0xBF) => Class::Greek,
        // Georgian capitals go with Georgian letters; Ethiopic lies on three rows.
        0xE1 if matches!(byte(1), 0x82 | 0x83 | 0xB2) => Class::Other(0x83),
        0xE1 if matches!(byte(1), 0x88..=0x8E) => Class::Other(0x88),
        0xE1 => Class::Other(byte(1) & 0xFC),
        0xE2 if byte(1) == 0x80 && matches!(byte(2), 0x8B..=0x8F) => Class::Neutral,
        0xE3..=0xED => Class::Cjk,
        0xEF if matches!(byte(1), 0xBC..=0xBE) => Class::Cjk,
        0xEF if matches!(byte(1), 0xAD..=0xB7 | 0xB9 | 0xBA | 0xBB) => Class::Arabic,
        0xF0 if byte(1) == 0x9D => Class::Break,
        0xF0 if byte(1) == 0x9F => Class::Break,
        0xF0 => Class::Other(byte(2)),
        _ => Class::Break,
    }
}

/// The blocks in which two scripts can meet inside a word; the micro sign has no script of its own.
const NEEDS: Signals = Signals::MIXED.or(Signals::COMMON_LETTER);

/// The words in which two scripts meet, candidates only: what they are is for a check to say.
pub(super) fn mixed_words(prose: &str, blocks: &super::Blocks) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let bytes = prose.as_bytes();
    for block in blocks.spans(NEEDS) {
        let Some(part) = bytes.get(block.range()) else { continue };
        let mut before = Class::Break;
        let mut at = 0;
        while at < part.len() {
            if matches!(before, Class::Break | Class::Latin)
                && let Some(skipped) = part.get(at..).and_then(latin_stretch)
            {
                at += skipped;
                before = if part[at - 1].is_ascii_alphabetic() { Class::Latin } else { Class::Break };
                continue;
            }
            // What most of a text is made of needs no table, and no look at each byte.
            if matches!(before, Class::Break | Class::Latin)
                && let Some(eight) = part.get(at..).and_then(|rest| rest.first_chunk::<8>())
                && eight.is_ascii()
            {
                before = if eight[7].is_ascii_alphabetic() { Class::Latin } else { Class::Break };
                at += 8;
                continue;
            }
            let b = part[at];
            if b.is_ascii() && !b.is_ascii_alphabetic() {
                before = Class::Break;
                at += 1;
                continue;
            }
            if b.is_ascii() && matches!(before, Class::Break | Class::Latin) {
                before = Class::Latin;
                at += 1;
                continue;
            }
            let lead = match b {
                0xC3 if !matches!(part.get(at + 1), Some(0x97 | 0xB7)) => Class::Latin,
                0xC4..=0xC8 => Class::Latin,
                0xCE | 0xCF => Class::Greek,
                0xD0..=0xD3 => Class::Cyrillic,
                _ => Class::Break,
            };
            if lead != Class::Break && (before == lead || before == Class::Break) {
                before = lead;
                at += 2;
                continue;
            }
            if (0xE3..=0xED).contains(&b) {
                before = Class::Cjk;
                at += 3;
                continue;
            }
            if !(0x80..0xC0).contains(&b) {
                let now = class(part, at);
                if now != Class::Neutral {
                    if now != before && meets(before, now) {
                        let span = word_at(prose, block.start + at);
                        if found.last().is_none_or(|last| last.end <= span.start) {
                            found.push(span);
                        }
                    }
                    before = now;
                }
            }
            at += 1;
        }
    }
    found
}

/// How far the bytes ahead are ASCII, or Latin letters beyond it, in steps of many; up to the last that is ASCII. `None`
/// where they are not.
fn latin_stretch(bytes: &[u8]) -> Option<usize> {
    let part = bytes.first_chunk::<32>()?;
    let latin = |b: &u8| (*b < 0xC0) | (b.wrapping_sub(0xC3) <= 0xC8 - 0xC3);
    if !part.iter().fold(true, |all, b| all & latin(b)) {
        return None;
    }
    part.iter().rposition(u8::is_ascii).map(|last| last + 1)
}

fn meets(a: Class, b: Class) -> bool {
    let apart = |c: Class| matches!(c, Class::Break | Class::Neutral);
    let cjk = |c: Class| matches!(c, Class::Cjk);
    !(apart(a) || apart(b) || cjk(a) || cjk(b))
}

/// The run of letters and marks round a position.
pub(crate) fn word_at(text: &str, at: usize) -> Span {
    let is_word = |c: char| {
        let p = props(c);
        p.is_letter() || p.is_mark()
    };
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    let start = before.char_indices().rev().take_while(|&(_, c)| is_word(c)).last().map_or(at, |(i, _)| i);
    let end = after.char_indices().find(|&(_, c)| !is_word(c)).map_or(text.len(), |(i, _)| at + i);
    Span::new(start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mixed(text: &str) -> Vec<&str> {
        let blocks = super::super::Blocks::scan(text);
        mixed_words(text, &blocks).into_iter().map(|s| &text[s.range()]).collect()
    }

    #[test]
    fn words_of_two_scripts() {
        assert_eq!(mixed("Новый пoезд и IT-отдел, кôд"), ["пoезд", "кôд"]);
        assert_eq!(mixed("Ça fait trente œuvres. Tiếng Việt rất hay."), [""; 0]);
        assert_eq!(mixed("A股 and 卡拉OK"), [""; 0]);
        assert_eq!(mixed("νέα µε"), ["µε"]);
    }

    #[test]
    fn profiles() {
        let p = Profile::of("Привет, world, и всем");
        assert_eq!(p.main(), Some(Script::Cyrillic));
        assert!(p.letters().has('П') && p.letters().has('п') && !p.letters().has('ю'));
        assert_eq!(p.count(Script::Latin), 5);
        let p = Profile::of("这是一本很好的书 from 서울, 제주 and ソウル");
        let counts = [Script::Han, Script::Hangul, Script::Katakana, Script::Latin].map(|s| p.count(s));
        assert_eq!((counts, p.total()), ([8, 4, 3, 7], 22));
    }

    #[test]
    fn leads_of_one_script() {
        for lead in 0..=u8::MAX {
            let Some(script) = of_one_script(lead) else { continue };
            let first = u32::from(lead & 0x0F) << 12;
            for c in (first..first + 0x1000).filter_map(char::from_u32) {
                assert!(props(c).is_letter() && props(c).script() == script, "{c}");
            }
        }
        for c in (0x4000..0x5000).filter_map(char::from_u32) {
            let is_hexagram = c.to_string().as_bytes().starts_with(&HEXAGRAMS);
            assert_eq!(props(c).is_letter() && props(c).script() == Script::Han, !is_hexagram, "{c}");
        }
        // A long text is counted by another way.
        let text = "乾䷀䷁中䶿 Привет, ქალაქი 서울 𝒜ß e\u{301} 한 ａ";
        let (once, often) = (Profile::of(text), Profile::of(&text.repeat(400)));
        assert!(once.scripts().all(|(script, n)| often.count(script) == 400 * n));
        assert!(once.letters().iter().all(|(c, n)| often.letters().iter().any(|(o, m)| o == c && m == 400 * n)));
        assert_eq!(Profile::of("乾䷀䷁中䶿").count(Script::Han), 3);
    }
}
