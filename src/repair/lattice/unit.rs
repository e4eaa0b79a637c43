//! The bytes behind a line under one decoder, and the sequences that may be put together from them.

use super::{Setting, Through, changed, followers};
use crate::{
    repair::{
        line::Cell,
        model::{BIT, Cost},
        pages::{LIST, Pages},
        unseen,
        wide::Wide,
    },
    text::legacy::{Gaps, SingleByte},
};

/// A blank that stands for a no-break space.
pub(super) const BLANKED: Cost = 4 * BIT;
/// U+FFFD that stands for a byte.
pub(super) const MARKED: Cost = 3 * BIT;
/// A question mark that stands for a byte.
pub(super) const ASKED: Cost = 6 * BIT;
/// A byte that left no trace.
pub(super) const DROPPED: Cost = 14 * BIT;
/// A byte that is shown nowhere and was removed.
pub(super) const HIDDEN: Cost = 4 * BIT;
/// A letter that was put in small ones after the misreading.
pub(super) const CHANGED: Cost = 5 * BIT;
/// How far a unit may reach.
pub(super) const REACH: usize = 16;

/// A sequence that may be put together.
pub(super) struct Unit {
    /// Cells it takes.
    pub(super) len: usize,
    /// What comes out.
    pub(super) out: Vec<char>,
    /// What it costs besides the text.
    pub(super) extra: Cost,
    pub(super) lost: bool,
    /// Whether nothing else can have stood there.
    pub(super) told: bool,
}

impl Unit {
    fn new(len: usize, out: Vec<char>, extra: Cost) -> Unit {
        Unit { len, out, extra, lost: false, told: true }
    }
    /// A letter or a sign that is one of several.
    fn guess(len: usize, ch: char, extra: Cost) -> Unit {
        Unit { told: false, ..Unit::new(len, vec![ch], extra) }
    }
    fn lost(len: usize, out: Vec<char>, extra: Cost) -> Unit {
        Unit { lost: true, ..Unit::new(len, out, extra) }
    }
    pub(super) fn exact(&self) -> bool {
        self.extra == 0
    }
}

/// The bytes behind the cells under one decoder.
pub(super) struct Bytes<'c> {
    pub(super) cells: &'c [Cell],
    pub(super) through: Through,
    /// Page only: byte of each cell, 0 where it has none.
    pub(super) page: Vec<u8>,
    pub(super) strict: Option<&'static SingleByte>,
    /// Whether a more usual page differs from this one in little but in which bytes it lacks: a mark says nothing here
    /// that it does not say there, and less is certain there.
    pub(super) shadowed: bool,
    pub(super) blank: u8,
    setting: &'c Setting,
    /// Whether the line was given its capitals after the misreading: letters of it are small.
    given: bool,
}

impl<'c> Bytes<'c> {
    pub(super) fn new(cells: &'c [Cell], through: Through, setting: &'c Setting) -> Bytes<'c> {
        let page = Vec::new();
        let mut all = Bytes { cells, through, page, strict: None, shadowed: false, blank: 0, setting, given: false };
        if let Through::Page(index) = through {
            let pages = Pages::get();
            let byte = |c: &Cell| if c.ch.is_ascii() { c.ch as u8 } else { pages.row(c.ch).map_or(0, |r| r[index]) };
            all.page = cells.iter().map(byte).collect();
            // What another case made of a byte after a lead byte.
            for (i, cell) in cells.iter().enumerate().skip(1).filter(|_| index == 0) {
                if all.page[i] == 0 && followers(all.page[i - 1]) == Some(1) {
                    all.page[i] = changed::byte_of(cell.ch);
                }
            }
            all.given = setting.capitals && all.page.windows(2).any(|w| w[0] == 0xC3 && (0xA0..=0xBF).contains(&w[1]));
            let name = LIST.get(index).map_or("", |p| p.name);
            all.strict = SingleByte::get(name, Gaps::Strict);
            all.shadowed = name == "iso-8859-7";
            all.blank = pages.row('\u{A0}').map_or(0, |r| r[index]);
        }
        all
    }

    /// Whether the no-break space is the image of a lead byte, so that a blank may be one.
    pub(super) fn blank_leads(&self) -> bool {
        (0xC2..=0xDF).contains(&self.blank)
    }

    /// Whether a strict decoder could not read this byte and put a mark.
    fn undefined(&self, byte: u8) -> bool {
        self.strict.is_some_and(|page| page.decode(byte).is_none())
    }

    pub(super) fn unit(&self, at: usize) -> Option<Unit> {
        match self.through {
            Through::Page(_) => self.page_unit(at),
            Through::Wide(wide) => self.wide_unit(at, wide),
        }
    }

    fn page_unit(&self, at: usize) -> Option<Unit> {
        let mut lead = *self.page.get(at)?;
        let first = self.cells.get(at)?.ch;
        let blanked = first == ' ';
        if blanked {
            lead = self.blank;
        }
        if first == '\u{FFFD}' || first == '?' {
            return self.lost_lead(at);
        }
        // What an earlier step put there is no damaged byte.
        let fresh = |at: usize| self.cells.get(at).is_some_and(|c| !c.new);
        if self.through == Through::Page(0) {
            if let Some((len, ch, told)) = changed::sign(self.cells, &self.page, at) {
                return Some(Unit { told, ..Unit::new(len, vec![ch], 0) });
            }
            if let Some(ch) = changed::small(self.cells, &self.page, at, self.setting.some_latin) {
                return Some(Unit::guess(2, ch, CHANGED));
            }
            if let Some((len, ch)) = changed::straight(self.cells, at) {
                return Some(Unit::guess(len, ch, CHANGED));
            }
            if self.setting.capitals
                && let Some(ch) = changed::capital(self.cells, &self.page, at)
            {
                return Some(Unit::new(3, vec![changed::raised(ch, self.cells, at..at + 3, true)], 0));
            }
        }
        let need = followers(lead)?;
        if let Some((len, ch)) = self.hidden(at) {
            return Some(Unit::guess(len, ch, HIDDEN));
        }
        let mut bytes = [lead, 0, 0, 0];
        let mut unknown = 0usize;
        let mut unknown_at = 0;
        let mut extra = if blanked { BLANKED } else { 0 };
        let mut next = at + 1;
        for (k, slot) in bytes.iter_mut().enumerate().take(need + 1).skip(1) {
            let ch = self.cells.get(next).map(|c| c.ch);
            let byte = self.page.get(next).copied().unwrap_or(0);
            match ch {
                // `œ` was given a capital too: no line begins with `Ì` as many do with `Ü`.
                Some('Œ') if self.given && lead == 0xC3 => *slot = 0x9C,
                _ if (0x80..=0xBF).contains(&byte) => *slot = byte,
                Some(' ') if (0x80..=0xBF).contains(&self.blank) && fresh(at) => {
                    *slot = self.blank;
                    extra += BLANKED;
                }
                Some('\u{FFFD}') if fresh(next) => {
                    unknown += 1;
                    unknown_at = k;
                    extra += MARKED;
                }
                Some('?') if fresh(at) => {
                    unknown += 1;
                    unknown_at = k;
                    extra += ASKED;
                }
                // Only latin-1 has controls that a filter removes.
                _ if self.through == Through::Page(1) && unknown == 0 && fresh(at) => {
                    unknown += 1;
                    unknown_at = 0;
                    extra += DROPPED;
                    next -= 1;
                }
                _ => return None,
            }
            next += 1;
        }
        // A blank beside a mark is a blank.
        if unknown > 0 && (self.shadowed || blanked) {
            return None;
        }
        if unknown == 0 {
            if self.is_word_of_one_letter(at) {
                next -= 1;
            }
            return match std::str::from_utf8(&bytes[..=need]) {
                Ok(text) => {
                    let raised = |c| changed::raised(c, self.cells, at..next, self.setting.capitals);
                    Some(Unit::new(next - at, text.chars().map(raised).collect(), extra))
                }
                Err(_) => self.surrogates(at, &bytes, extra),
            };
        }
        // Where one undefined byte alone fits, nothing is lost.
        if unknown == 1 && unknown_at > 0 {
            let mut fitting = (0x80..=0xBFu8).filter(|b| self.undefined(*b)).filter_map(|b| {
                let mut full = bytes;
                full[unknown_at] = b;
                std::str::from_utf8(&full[..=need]).ok().and_then(|t| t.chars().next())
            });
            if let (Some(only), None) = (fitting.next(), fitting.next()) {
                return Some(Unit::new(next - at, vec![only], extra));
            }
        }
        Some(Unit::lost(next - at, vec!['\u{FFFD}'], extra))
    }

    /// `paÃs`, `trÆ°á»ng`: inside a word, or at its end, a sequence whose last byte is one that is not shown, and was
    /// removed. How many cells are left of it, and a letter that it may have been; which it was is told later.
    fn hidden(&self, at: usize) -> Option<(usize, char)> {
        if !matches!(self.through, Through::Page(0 | 1)) {
            return None;
        }
        let ch = |i: usize| self.cells.get(i).filter(|c| !c.new).map(|c| c.ch);
        let (left, letters) = unseen::left_of(ch(at)?, ch(at + 1))?;
        let (first, len) = (*letters.first()?, left.chars().count());
        let byte = |i: usize| self.page.get(i).copied().unwrap_or(0);
        let after = byte(at + len);
        let is_open = after.is_ascii_lowercase() || followers(after).is_some();
        let is_end = after < 0x80 && !after.is_ascii_alphanumeric() && after != b'?';
        if len > 1 {
            return (is_open || is_end).then_some((len, first));
        }
        let is_end = is_end && left == "Ã" && after != b' ';
        let before = |n: usize| at.checked_sub(n).and_then(ch);
        let is_letter = |c: char| c.is_lowercase() || (0x80..=0xBF).contains(&byte(at - 1));
        // `NÃo` is a word in capitals of which some are small.
        let starts = |c: char| {
            c.is_ascii_uppercase() && !before(2).is_some_and(char::is_alphabetic) && !matches!(after, b'o' | b'e')
        };
        let is_inside = before(1).is_some_and(|c| is_letter(c) || is_open && starts(c));
        (is_inside && (is_open || is_end)).then_some((len, first))
    }

    /// `va Ã Paris`: between two words of a sentence, `à` stood before a blank that became one with its second byte, or
    /// at the start of a word. Which of them is told later, by the letters.
    fn is_word_of_one_letter(&self, at: usize) -> bool {
        let ch = |i: usize| self.cells.get(i).map(|c| c.ch);
        let before = |n: usize| at.checked_sub(n).and_then(ch);
        let (Some(' '), Some(word)) = (before(1), before(2)) else { return false };
        (self.page.get(at), self.blank, ch(at + 1)) == (Some(&0xC3), 0xA0, Some(' '))
            && (word.is_lowercase() || word == ',')
            && ch(at + 2).is_some_and(char::is_alphabetic)
    }

    /// CESU-8: a character beyond the basic plane as two surrogates of three bytes each.
    fn surrogates(&self, at: usize, high: &[u8; 4], extra: Cost) -> Option<Unit> {
        let low: Vec<u8> = self.page.get(at + 3..at + 6)?.to_vec();
        let [0xED, a @ 0xA0..=0xAF, b, _] = *high else { return None };
        let [0xED, c @ 0xB0..=0xBF, d @ 0x80..=0xBF] = low[..] else { return None };
        let top = (u32::from(a & 0x0F) << 6 | u32::from(b & 0x3F)) << 10;
        let point = 0x1_0000 + (top | u32::from(c & 0x0F) << 6 | u32::from(d & 0x3F));
        Some(Unit::new(6, vec![char::from_u32(point)?], extra))
    }

    /// A mark in place of the lead byte, where the page has undefined lead bytes.
    fn lost_lead(&self, at: usize) -> Option<Unit> {
        let marked = if self.cells.get(at)?.ch == '?' { ASKED } else { MARKED };
        if self.shadowed || self.cells.get(at..at + 2)?.iter().any(|c| c.new) {
            return None;
        }
        let mut tail = 0;
        while tail < 3 && self.page.get(at + 1 + tail).is_some_and(|b| (0x80..=0xBF).contains(b)) {
            tail += 1;
        }
        let leads = match tail {
            1 => 0xC2..=0xDFu8,
            2 => 0xE0..=0xEFu8,
            3 => 0xF0..=0xF4u8,
            _ => return None,
        };
        let mut fitting = leads.filter(|b| self.undefined(*b));
        let only = fitting.next()?;
        if fitting.next().is_none() {
            let mut bytes = vec![only];
            bytes.extend_from_slice(self.page.get(at + 1..=at + tail)?);
            if let Some(ch) = std::str::from_utf8(&bytes).ok().and_then(|t| t.chars().next()) {
                return Some(Unit::new(1 + tail, vec![ch], marked));
            }
        }
        Some(Unit::lost(1 + tail, vec!['\u{FFFD}'], marked))
    }

    /// The shortest stretch of characters whose bytes are whole UTF-8 sequences.
    fn wide_unit(&self, at: usize, wide: Wide) -> Option<Unit> {
        if self.cells.get(at)?.ch.is_ascii() {
            return None;
        }
        let mut bytes: Vec<u8> = Vec::with_capacity(2 * REACH);
        // How many continuation bytes are still to come.
        let mut open = 0usize;
        let mut extra = 0;
        let mut lost = Vec::new();
        for (len, cell) in self.cells.iter().skip(at).take(REACH).enumerate() {
            if cell.ch == '\u{FFFD}' || (cell.ch == '?' && open > 0) {
                if open == 0 || cell.new {
                    return None;
                }
                extra += if cell.ch == '?' { ASKED } else { MARKED };
                lost.push(bytes.len());
                bytes.push(0);
                open -= 1;
            } else {
                for &byte in wide.encode(cell.ch)?.as_slice() {
                    match byte {
                        0x80..=0xBF if open > 0 => open -= 1,
                        0xC2..=0xDF if open == 0 => open = 1,
                        0xE0..=0xEF if open == 0 => open = 2,
                        0xF0..=0xF4 if open == 0 => open = 3,
                        0..=0x7F if open == 0 => {}
                        _ => return None,
                    }
                    bytes.push(byte);
                }
            }
            if open == 0 {
                return Some(match lost.is_empty() {
                    true => Unit::new(len + 1, std::str::from_utf8(&bytes).ok()?.chars().collect(), extra),
                    false => Unit::lost(len + 1, with_marks(&bytes), extra),
                });
            }
        }
        None
    }
}

/// Decodes sequences in which a zero byte stands for one that was lost.
fn with_marks(bytes: &[u8]) -> Vec<char> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(&lead) = bytes.get(at) {
        let len = match lead {
            0xC2..=0xDF => 2,
            0xE0..=0xEF => 3,
            0xF0..=0xF4 => 4,
            _ => 1,
        };
        let sequence = bytes.get(at..at + len).unwrap_or(&[0xFF]);
        match std::str::from_utf8(sequence) {
            Ok(text) if !sequence.contains(&0) => out.extend(text.chars()),
            _ => out.push('\u{FFFD}'),
        }
        at += len;
    }
    out
}
