//! Finds thousands of literals at memory speed. An automaton over all of them would read every byte of every clean text
//! at half a gigabyte a second; instead each literal goes where it is cheapest to look for:
//!
//! - one with a byte that prose hardly has (`<`, `{`, `_` ...) is anchored at that byte, found by `memchr` and only in
//!   blocks that show it;
//! - a longer phrase leaves four of its six-byte windows in a bitmap; the text is sampled at every fourth byte, so that
//!   one of the four is met wherever the phrase stands;
//! - a short one goes into a packed vector search by its rarest bytes, those beyond ASCII over the blocks that are not
//!   ASCII;
//! - what is left (short words whose case is ignored, out of a user's rules) goes into a small automaton.

use crate::{
    analysis::{Blocks, Signals, places::window},
    check::Context,
    text::Span,
};
use aho_corasick::{AhoCorasick, AhoCorasickBuilder, packed};
use memchr::memmem;
use std::collections::{BTreeMap, BTreeSet};

/// A literal that stands in the text (ASCII case ignored).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hit {
    /// Where.
    pub(super) span: Span,
    /// The literal's number.
    pub(super) literal: u32,
}

/// All literals, ready to be looked for.
pub(super) struct Literals {
    texts: Vec<String>,
    anchors: Anchors,
    samples: Samples,
    short: Packed<3>,
    short_beyond_ascii: Packed<3>,
    /// Too short for either.
    shortest: Vec<(memmem::Finder<'static>, u32, Signals)>,
    small: Option<AhoCorasick>,
    small_ids: Vec<u32>,
}

/// Bytes that prose hardly has, each with its signal, rarest first.
static RARE: &[(u8, Signals)] = &[
    (b'|', Signals::PIPE),
    (b'\\', Signals::BACKSLASH),
    (b'{', Signals::BRACE),
    (b'}', Signals::BRACE),
    (b'^', Signals::BACKTICK),
    (b'~', Signals::BACKTICK),
    (b'`', Signals::BACKTICK),
    (b'<', Signals::ANGLE),
    (b'>', Signals::ANGLE),
    (b'@', Signals::AT),
    (b'$', Signals::DOLLAR),
    (b'+', Signals::PLUS),
    (b'_', Signals::UNDERSCORE),
    (b'#', Signals::MARKDOWN),
    (b'=', Signals::MARKDOWN),
    (b'*', Signals::MARKDOWN),
    (b'&', Signals::AMPERSAND),
    (b'%', Signals::PERCENT),
    (b'[', Signals::SQUARE),
    (b']', Signals::SQUARE),
    (b'"', Signals::QUOTE),
    (b'(', Signals::PAREN),
];

impl Literals {
    /// Sorts the literals into the searches.
    ///
    /// `exact` says whether a literal's case counts.
    pub(super) fn new(texts: Vec<String>, exact: &dyn Fn(usize) -> bool) -> Result<Literals, String> {
        let mut anchors = Anchors::default();
        let mut samples = Samples::default();
        let (mut short, mut short_beyond_ascii) = (Packed::default(), Packed::default());
        let mut shortest = Vec::new();
        let mut small_ids = Vec::new();
        for (id, text) in (0u32..).zip(&texts) {
            if anchors.take(id, text.as_bytes()) || samples.take(id, text.as_bytes()) {
                continue;
            }
            let exact = exact(id as usize);
            let taken = match text.is_ascii() {
                true => short.take(id, text, exact),
                false => short_beyond_ascii.take(id, text, exact),
            };
            let uncased = exact || !text.bytes().any(|b| b.is_ascii_alphabetic());
            if !taken && uncased && shortest.len() < SHORTEST {
                shortest.push((memmem::Finder::new(text).into_owned(), id, Blocks::scan(text).all()));
            } else if !taken {
                small_ids.push(id);
            }
        }
        anchors.finish();
        samples.finish();
        small_ids.append(&mut short.finish());
        small_ids.append(&mut short_beyond_ascii.finish());
        let small = if small_ids.is_empty() {
            None
        } else {
            let patterns = small_ids.iter().map(|&id| texts[id as usize].as_str());
            let mut builder = AhoCorasickBuilder::new();
            Some(builder.ascii_case_insensitive(true).build(patterns).map_err(|e| e.to_string())?)
        };
        Ok(Literals { texts, anchors, samples, short, short_beyond_ascii, shortest, small, small_ids })
    }

    /// The literal of a number.
    pub(super) fn text(&self, literal: u32) -> &str {
        &self.texts[literal as usize]
    }

    /// How many literals need the automaton; none of the built-in ones should.
    #[cfg(test)]
    pub(super) fn in_automaton(&self) -> Vec<&str> {
        self.small_ids.iter().map(|&id| self.text(id)).collect()
    }

    /// How many parts the search for short literals looks for; up to 32 it needs half of the time.
    #[cfg(test)]
    pub(super) fn short_parts(&mut self) -> usize {
        self.short.choose().len()
    }

    /// Every place where a literal stands, ASCII case ignored, by position.
    pub(super) fn find(&self, cx: &Context<'_>) -> Vec<Hit> {
        let text = cx.text();
        let bytes = text.as_bytes();
        let mut hits = Vec::new();
        self.anchors.find(cx, &self.texts, &mut hits);
        self.samples.find(bytes, &self.texts, &mut hits);
        self.short.find(bytes, &[Span::new(0, bytes.len())], &mut hits);
        if self.short_beyond_ascii.search.is_some() {
            self.short_beyond_ascii.find(bytes, &cx.blocks(Signals::NON_ASCII), &mut hits);
        }
        let all = cx.facts().signals(text).all();
        for (finder, literal, _) in self.shortest.iter().filter(|(_, _, needs)| all & *needs == *needs) {
            let mut from = 0;
            while let Some(at) = bytes.get(from..).and_then(|rest| finder.find(rest)).map(|at| from + at) {
                hits.push(Hit { span: Span::new(at, at + finder.needle().len()), literal: *literal });
                from = at + 1;
            }
        }
        if let Some(small) = &self.small {
            for m in small.find_overlapping_iter(text) {
                let literal = self.small_ids[m.pattern().as_usize()];
                hits.push(Hit { span: Span::new(m.start(), m.end()), literal });
            }
        }
        hits.sort_unstable();
        hits.dedup();
        hits
    }
}

/// How many literals are searched for one by one.
const SHORTEST: usize = 4;

/// A few dozen literals in a vector search, each by `PART` of its bytes: a search for `of ` stops at every line.
#[derive(Default)]
struct Packed<const PART: usize> {
    ids: Vec<u32>,
    texts: Vec<(String, bool)>,
    /// Where the part begins that each literal is looked for by.
    offsets: Vec<usize>,
    search: Option<packed::Searcher>,
}

impl<const PART: usize> Packed<PART> {
    /// The search holds no more.
    const MOST: usize = 64;
    /// A part that several literals share is looked for if it is at least so rare.
    const SHARED: u32 = 16;

    /// Takes in a literal, if there is room for it and a part to look for.
    fn take(&mut self, id: u32, text: &str, exact: bool) -> bool {
        if self.ids.len() >= Self::MOST || parts::<PART>(text, exact).next().is_none() {
            return false;
        }
        self.ids.push(id);
        self.texts.push((text.to_owned(), exact));
        true
    }

    /// The parts to look for, one for each literal: what is looked for already costs nothing more, so those that most
    /// literals share, then the rarest.
    fn choose(&mut self) -> BTreeSet<&[u8]> {
        let mut shared: BTreeMap<&[u8], usize> = BTreeMap::new();
        for part in self.texts.iter().flat_map(|(text, exact)| parts::<PART>(text, *exact)) {
            *shared.entry(part.1).or_default() += 1;
        }
        // Prose has capitals where sentences begin, one at a time.
        let rarity = |b: &u8| rarity(*b) + if b.is_ascii_uppercase() { 5 } else { 0 };
        let worth = |part: &[u8]| {
            let rare = part.iter().map(rarity).sum::<u32>();
            (if rare < Self::SHARED { 1 } else { shared.get(part).copied().unwrap_or(1) }, rare)
        };
        let mut chosen = BTreeSet::new();
        self.offsets.clear();
        for (text, exact) in &self.texts {
            let all = || parts::<PART>(text, *exact);
            let known = all().find(|(_, part)| chosen.contains(part));
            let best = known.or_else(|| all().max_by_key(|(_, part)| worth(part)));
            chosen.extend(best.map(|(_, part)| part));
            self.offsets.push(best.map_or(0, |(at, _)| at));
        }
        chosen
    }

    /// Builds the search; gives the literals back where the processor has no vectors.
    fn finish(&mut self) -> Vec<u32> {
        if self.ids.is_empty() {
            return Vec::new();
        }
        let parts = self.choose();
        let search = packed::Config::new().builder().extend(parts).build();
        self.search = search;
        if self.search.is_none() { std::mem::take(&mut self.ids) } else { Vec::new() }
    }

    fn find(&self, bytes: &[u8], blocks: &[Span], hits: &mut Vec<Hit>) {
        let Some(search) = &self.search else { return };
        for block in blocks {
            let mut from = block.start;
            while from < block.end {
                let Some(m) = search.find_in(bytes, (from..block.end).into()) else { break };
                // Others may have the same part.
                for (((text, _), at), &literal) in self.texts.iter().zip(&self.offsets).zip(&self.ids) {
                    let Some(start) = m.start().checked_sub(*at) else { continue };
                    if stands(bytes, start, text) {
                        hits.push(Hit { span: Span::new(start, start + text.len()), literal });
                    }
                }
                from = m.start() + 1;
            }
        }
    }
}

/// The parts of a literal that can be looked for, with their places in it: the search has no case folding.
fn parts<const PART: usize>(text: &str, exact: bool) -> impl Iterator<Item = (usize, &[u8])> {
    let searched = move |part: &[u8]| exact || !part.iter().any(u8::is_ascii_alphabetic);
    text.as_bytes().windows(PART).enumerate().filter(move |(_, part)| searched(part))
}

/// Whether a literal stands at a place of the text, ASCII case ignored.
fn stands(bytes: &[u8], at: usize, literal: &str) -> bool {
    bytes.get(at..at + literal.len()).is_some_and(|part| part.eq_ignore_ascii_case(literal.as_bytes()))
}

/// Literals anchored at a rare byte, grouped by that byte and the one after it.
#[derive(Default)]
struct Anchors {
    /// For each entry of `RARE`: its literals, by the byte after the anchor (folded; `None` at the literal's end).
    groups: Vec<AnchorGroup>,
}

#[derive(Default)]
struct AnchorGroup {
    /// (byte after the anchor, literal, offset of the anchor in it, byte before the anchor), sorted.
    entries: Vec<(u8, u32, u16, u8)>,
    /// Where the entries of each following byte begin.
    starts: Vec<u16>,
    /// Literals that end in the anchor, with the byte before it.
    at_end: Vec<(u32, u16, u8)>,
}

impl Anchors {
    fn take(&mut self, id: u32, literal: &[u8]) -> bool {
        let Some((rank, offset)) = RARE
            .iter()
            .enumerate()
            .find_map(|(rank, (byte, _))| literal.iter().position(|b| b == byte).map(|offset| (rank, offset)))
        else {
            return false;
        };
        let Ok(at) = u16::try_from(offset) else { return false };
        if self.groups.is_empty() {
            self.groups.resize_with(RARE.len(), AnchorGroup::default);
        }
        // 0 stands for any byte.
        let before = offset.checked_sub(1).map_or(0, |i| literal[i].to_ascii_lowercase());
        match literal.get(offset + 1) {
            Some(next) => self.groups[rank].entries.push((next.to_ascii_lowercase(), id, at, before)),
            None => self.groups[rank].at_end.push((id, at, before)),
        }
        true
    }

    fn finish(&mut self) {
        for group in &mut self.groups {
            group.entries.sort_unstable();
            if !group.entries.is_empty() {
                group.starts =
                    (0..=256u16).map(|b| group.entries.partition_point(|e| u16::from(e.0) < b) as u16).collect();
            }
        }
    }

    fn find(&self, cx: &Context<'_>, texts: &[String], hits: &mut Vec<Hit>) {
        let bytes = cx.text().as_bytes();
        let all = cx.facts().signals(cx.text()).all();
        for (group, (byte, signal)) in self.groups.iter().zip(RARE) {
            if !all.intersects(*signal) || (group.entries.is_empty() && group.at_end.is_empty()) {
                continue;
            }
            for block in cx.blocks(*signal) {
                for i in memchr::memchr_iter(*byte, &bytes[block.range()]) {
                    let at = block.start + i;
                    let next = bytes.get(at + 1).map_or(0, u8::to_ascii_lowercase);
                    let (from, to) = match group.starts.get(usize::from(next)..usize::from(next) + 2) {
                        Some(&[from, to]) => (usize::from(from), usize::from(to)),
                        _ => (0, 0),
                    };
                    let last = at.checked_sub(1).map_or(0, |i| bytes[i].to_ascii_lowercase());
                    let entries = group.entries[from..to].iter().map(|e| (e.1, e.2, e.3));
                    for (id, offset, before) in entries.chain(group.at_end.iter().copied()) {
                        if before != 0 && before != last {
                            continue;
                        }
                        let literal = &texts[id as usize];
                        let Some(start) = at.checked_sub(usize::from(offset)) else { continue };
                        if stands(bytes, start, literal) {
                            hits.push(Hit { span: Span::new(start, start + literal.len()), literal: id });
                        }
                    }
                }
            }
        }
    }
}

/// The window that is hashed.
const GRAM: usize = 6;
/// The text is looked at at every such byte; each literal leaves as many windows.
const STEP: usize = 4;
/// The size of the bitmap: 64 KB, of which prose touches a small part again and again.
const BITS: u32 = 19;
/// Six bytes, the bit of ASCII case cleared.
const FOLD: u64 = 0x0000_DFDF_DFDF_DFDF;

fn hash(window: u64) -> u32 {
    ((window & FOLD).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as u32
}

/// Longer literals, found by sampling.
#[derive(Default)]
struct Samples {
    bitmap: Vec<u64>,
    /// (hash, literal, offset of the window in it), sorted.
    entries: Vec<(u32, u32, u16)>,
    /// Where the entries begin whose hash has this top.
    starts: Vec<u32>,
}

const TOP: u32 = 12;

impl Samples {
    fn take(&mut self, id: u32, literal: &[u8]) -> bool {
        if literal.len() < GRAM + STEP - 1 {
            return false;
        }
        // The rarest run of windows: what is common in prose would be met, and refused, too often.
        let rarity: Vec<u32> = literal.iter().map(|&b| rarity(b)).collect();
        let windows: Vec<u32> = rarity.windows(GRAM).map(|w| w.iter().sum()).collect();
        let best = windows
            .windows(STEP)
            .map(|w| w.iter().min().copied().unwrap_or(0) * 4 + w.iter().sum::<u32>())
            .enumerate()
            .max_by_key(|&(at, score)| (score, std::cmp::Reverse(at)))
            .map_or(0, |(at, _)| at);
        let Ok(first) = u16::try_from(best) else { return false };
        for offset in first..first + STEP as u16 {
            let at = usize::from(offset);
            let Some(window) = load(literal, at) else { return false };
            self.entries.push((hash(window), id, offset));
        }
        true
    }

    fn finish(&mut self) {
        if self.entries.is_empty() {
            return;
        }
        self.entries.sort_unstable();
        self.bitmap = vec![0; 1 << (BITS - 6)];
        for &(hash, ..) in &self.entries {
            let bit = hash >> (32 - BITS);
            self.bitmap[(bit >> 6) as usize] |= 1 << (bit & 63);
        }
        self.starts = vec![0; (1 << TOP) + 1];
        for &(hash, ..) in &self.entries {
            self.starts[(hash >> (32 - TOP)) as usize + 1] += 1;
        }
        for i in 1..self.starts.len() {
            self.starts[i] += self.starts[i - 1];
        }
    }

    fn find(&self, bytes: &[u8], texts: &[String], hits: &mut Vec<Hit>) {
        let Ok(bitmap) = <&[u64; 1 << (BITS - 6)]>::try_from(self.bitmap.as_slice()) else { return };
        let mut at = 0;
        // Four samples at a time: which of them is known cannot be guessed, that one is can.
        while let Some(part) = bytes.get(at..).and_then(|rest| rest.first_chunk::<{ 4 * STEP + 4 }>()) {
            let known = |i: usize| {
                let bit = hash(window(part, i * STEP)) >> (32 - BITS);
                bitmap[(bit >> 6) as usize] >> (bit & 63)
            };
            if (known(0) | known(1) | known(2) | known(3)) & 1 == 1 {
                for i in (0..4).filter(|i| known(*i) & 1 == 1) {
                    self.verify(bytes, at + i * STEP, hash(window(part, i * STEP)), texts, hits);
                }
            }
            at += 4 * STEP;
        }
        // What is left, padded.
        while let Some(window) = load(bytes, at) {
            self.verify(bytes, at, hash(window), texts, hits);
            at += STEP;
        }
    }

    #[cold]
    fn verify(&self, bytes: &[u8], at: usize, hash: u32, texts: &[String], hits: &mut Vec<Hit>) {
        let top = (hash >> (32 - TOP)) as usize;
        let (Some(&from), Some(&to)) = (self.starts.get(top), self.starts.get(top + 1)) else { return };
        for &(own, id, offset) in &self.entries[from as usize..to as usize] {
            if own != hash {
                continue;
            }
            let literal = &texts[id as usize];
            let Some(start) = at.checked_sub(usize::from(offset)) else { continue };
            if stands(bytes, start, literal) {
                hits.push(Hit { span: Span::new(start, start + literal.len()), literal: id });
            }
        }
    }
}

/// The window at a place, padded with zeroes past the end; `None` where no whole window is left.
fn load(bytes: &[u8], at: usize) -> Option<u64> {
    let rest = bytes.get(at..)?;
    if rest.len() < GRAM {
        return None;
    }
    let mut window = [0; 8];
    let take = rest.len().min(8);
    window[..take].copy_from_slice(&rest[..take]);
    Some(u64::from_le_bytes(window))
}

/// How rare a byte is in prose, roughly, in bits.
fn rarity(byte: u8) -> u32 {
    match byte.to_ascii_lowercase() {
        b' ' => 2,
        b'e' | b't' | b'a' | b'o' | b'i' | b'n' => 4,
        b's' | b'r' | b'h' | b'l' | b'd' => 5,
        b'c' | b'u' | b'm' | b'f' | b'p' | b'g' | b'w' | b'y' | b'b' => 6,
        b'v' | b'k' | b',' | b'.' | b'-' | b'\'' => 7,
        b'x' | b'j' | b'q' | b'z' => 10,
        // Lead bytes of the big scripts say almost nothing; what follows them does.
        0xD0 | 0xD1 | 0xD8 | 0xD9 | 0xE0..=0xE9 => 1,
        0x80..=0xBF => 5,
        0xC3 => 4,
        _ => 8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Document, Settings, region::Format, text::Source};

    fn found(literals: &[&str], text: &str) -> Vec<(usize, String)> {
        let list = Literals::new(literals.iter().map(|s| (*s).to_owned()).collect(), &|_| true).unwrap();
        let doc = Document::new(Source::from_str(text), Format::Plain);
        let settings = Settings::default();
        let hits = list.find(&Context { doc: &doc, settings: &settings });
        hits.iter().map(|h| (h.span.start, text[h.span.range()].to_owned())).collect()
    }

    #[test]
    fn every_search_finds_at_every_offset() {
        let literals =
            ["<unk>", "as an ai model", "“⁇", "xyz", "XX.", "Как языковая модель", "cite_", "</s>", "надеюсь это"];
        for pad in 0..20 {
            for literal in literals {
                let before = ".".repeat(pad);
                for after in ["", "!", " and more of the same"] {
                    let text = format!("{before}{literal}{after}");
                    assert_eq!(found(&literals, &text), [(pad, literal.to_owned())], "{text}");
                }
            }
        }
    }

    #[test]
    fn a_short_literal_may_have_letters_of_any_case() {
        let list = Literals::new(vec!["身为AI".to_owned(), "xy".to_owned()], &|_| false).unwrap();
        assert_eq!(list.in_automaton(), ["xy"]);
        let doc = Document::new(Source::from_str("所以，身为ai，我"), Format::Plain);
        let settings = Settings::default();
        assert_eq!(list.find(&Context { doc: &doc, settings: &settings }).len(), 1);
    }

    #[test]
    fn ascii_case_is_folded_and_overlaps_are_seen() {
        assert_eq!(found(&["as an ai model"], "x As An AI Model y"), [(2, "As An AI Model".to_owned())]);
        let all = found(&["language model", "as a language model", "model]"], "as a language model]");
        assert_eq!(all.len(), 3);
    }
}
