//! The cheapest way to read a line in which some stretches may be UTF-8 that was read through a wrong decoder.
//!
//! At each character there are two ways on: keep it, or take the sequence that starts here as one UTF-8 sequence
//! (with a byte lost, if a mark stands for it). The pair model prices every way; the cheapest one wins. So intact
//! text beside broken text stays, and a whole line need not be consistent.

use super::{
    line::Cell,
    model::{BIT, BLANK, Cost, Model, Symbol},
    pages::{LIST, Pages},
    wide::Wide,
};
use crate::text::legacy::{Gaps, SingleByte};

/// The wrong decoder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Through {
    /// A single-byte page, by its index in [`LIST`].
    Page(usize),
    /// An East Asian encoding.
    Wide(Wide),
}

impl Through {
    /// The canonical name of the encoding.
    pub(super) fn name(self) -> &'static str {
        match self {
            Through::Page(index) => LIST.get(index).map_or("", |p| p.name),
            Through::Wide(wide) => wide.name(),
        }
    }
    /// Bits to earn on top of the others.
    pub(super) fn rare(self) -> Cost {
        match self {
            Through::Page(index) => LIST.get(index).map_or(0, |p| p.rare) * BIT,
            Through::Wide(_) => 4 * BIT,
        }
    }
}

/// The best reading through one decoder.
pub(super) struct Reading {
    pub(super) cells: Vec<Cell>,
    /// What the new text costs.
    pub(super) cost: Cost,
    /// Sequences that were put together, and those of them with a loss.
    pub(super) units: u32,
    pub(super) lossy: u32,
    /// Sequences of which every byte is there, and those of which one left no trace.
    pub(super) exact: u32,
    pub(super) dropped: u32,
    /// Characters beyond ASCII that stayed.
    pub(super) kept: u32,
}

/// A sequence that may be put together.
struct Unit {
    /// Cells it takes.
    len: usize,
    /// What comes out.
    out: Vec<char>,
    /// What it costs besides the text.
    extra: Cost,
    lost: bool,
}

impl Unit {
    fn exact(&self) -> bool {
        self.extra == 0
    }
}

#[derive(Clone, Copy)]
struct State {
    cost: Cost,
    symbol: Symbol,
    mode: Mode,
    /// The last unit on the way here, plus one.
    unit: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Unknown,
    Intact,
    Broken,
}

/// States at one place: at most one for each mode and way of arriving.
#[derive(Clone, Copy)]
struct Front {
    states: [State; FRONT],
    len: usize,
}

const FRONT: usize = 6;

impl Front {
    const EMPTY: Front =
        Front { states: [State { cost: 0, symbol: BLANK, mode: Mode::Unknown, unit: 0 }; FRONT], len: 0 };

    fn all(&self) -> &[State] {
        self.states.get(..self.len).unwrap_or_default()
    }

    fn add(&mut self, state: State) {
        for old in self.states.iter_mut().take(self.len) {
            if old.symbol == state.symbol && old.mode == state.mode {
                if state.cost < old.cost {
                    *old = state;
                }
                return;
            }
        }
        if let Some(free) = self.states.get_mut(self.len) {
            *free = state;
            self.len += 1;
        }
    }
}

/// A unit on a way, with the one before it.
struct Taken {
    start: usize,
    /// Its place among the units.
    unit: usize,
    prev: u32,
}

/// From broken to intact or back.
const SWITCH: Cost = 3 * BIT;
/// A blank that stands for a no-break space.
const BLANKED: Cost = 4 * BIT;
/// U+FFFD that stands for a byte.
const MARKED: Cost = 3 * BIT;
/// A question mark that stands for a byte.
const ASKED: Cost = 6 * BIT;
/// A byte that left no trace.
const DROPPED: Cost = 14 * BIT;
/// How far a unit may reach.
const REACH: usize = 16;

/// The bytes behind the cells under one decoder.
struct Bytes<'c> {
    cells: &'c [Cell],
    through: Through,
    /// Page only: byte of each cell, 0 where it has none.
    page: Vec<u8>,
    strict: Option<&'static SingleByte>,
    /// Whether a more usual page differs from this one in little but in which bytes it lacks: a mark says nothing here
    /// that it does not say there, and less is certain there.
    shadowed: bool,
    blank: u8,
}

impl<'c> Bytes<'c> {
    fn new(cells: &'c [Cell], through: Through) -> Bytes<'c> {
        let mut all = Bytes { cells, through, page: Vec::new(), strict: None, shadowed: false, blank: 0 };
        if let Through::Page(index) = through {
            let pages = Pages::get();
            let byte = |c: &Cell| if c.ch.is_ascii() { c.ch as u8 } else { pages.row(c.ch).map_or(0, |r| r[index]) };
            all.page = cells.iter().map(byte).collect();
            let name = LIST.get(index).map_or("", |p| p.name);
            all.strict = SingleByte::get(name, Gaps::Strict);
            all.shadowed = name == "iso-8859-7";
            all.blank = pages.row('\u{A0}').map_or(0, |r| r[index]);
        }
        all
    }

    /// Whether the no-break space is the image of a lead byte, so that a blank may be one.
    fn blank_leads(&self) -> bool {
        (0xC2..=0xDF).contains(&self.blank)
    }

    /// Whether a strict decoder could not read this byte and put a mark.
    fn undefined(&self, byte: u8) -> bool {
        self.strict.is_some_and(|page| page.decode(byte).is_none())
    }

    fn unit(&self, at: usize) -> Option<Unit> {
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
        let need = match lead {
            0xC2..=0xDF => 1,
            0xE0..=0xEF => 2,
            0xF0..=0xF4 => 3,
            _ => return None,
        };
        let mut bytes = [lead, 0, 0, 0];
        let mut unknown = 0usize;
        let mut unknown_at = 0;
        let mut extra = if blanked { BLANKED } else { 0 };
        let mut next = at + 1;
        for (k, slot) in bytes.iter_mut().enumerate().take(need + 1).skip(1) {
            let ch = self.cells.get(next).map(|c| c.ch);
            let byte = self.page.get(next).copied().unwrap_or(0);
            match ch {
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
            return match std::str::from_utf8(&bytes[..=need]) {
                Ok(text) => Some(Unit { len: next - at, out: text.chars().collect(), extra, lost: false }),
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
                return Some(Unit { len: next - at, out: vec![only], extra, lost: false });
            }
        }
        Some(Unit { len: next - at, out: vec!['\u{FFFD}'], extra, lost: true })
    }

    /// CESU-8: a character beyond the basic plane as two surrogates of three bytes each.
    fn surrogates(&self, at: usize, high: &[u8; 4], extra: Cost) -> Option<Unit> {
        let low: Vec<u8> = self.page.get(at + 3..at + 6)?.to_vec();
        let [0xED, a @ 0xA0..=0xAF, b, _] = *high else { return None };
        let [0xED, c @ 0xB0..=0xBF, d @ 0x80..=0xBF] = low[..] else { return None };
        let top = (u32::from(a & 0x0F) << 6 | u32::from(b & 0x3F)) << 10;
        let point = 0x1_0000 + (top | u32::from(c & 0x0F) << 6 | u32::from(d & 0x3F));
        Some(Unit { len: 6, out: vec![char::from_u32(point)?], extra, lost: false })
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
                return Some(Unit { len: 1 + tail, out: vec![ch], extra: marked, lost: false });
            }
        }
        Some(Unit { len: 1 + tail, out: vec!['\u{FFFD}'], extra: marked, lost: true })
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
                let out = if lost.is_empty() {
                    std::str::from_utf8(&bytes).ok()?.chars().collect()
                } else {
                    with_marks(&bytes)
                };
                return Some(Unit { len: len + 1, out, extra, lost: !lost.is_empty() });
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

/// The line with every sequence put together, if nothing beyond ASCII is left over: the short way for a page that the
/// file has proven.
pub(super) fn whole(cells: &[Cell], through: Through) -> Option<Vec<Cell>> {
    let Through::Page(index) = through else { return None };
    let pages = Pages::get();
    let mut out = Vec::with_capacity(cells.len());
    let mut at = 0;
    while let Some(cell) = cells.get(at) {
        if cell.ch.is_ascii() {
            out.push(*cell);
            at += 1;
            continue;
        }
        let byte = |i: usize| cells.get(i).and_then(|c| pages.row(c.ch)).map_or(0, |r| r[index]);
        let lead = byte(at);
        let need = match lead {
            0xC2..=0xDF => 1,
            0xE0..=0xEF => 2,
            0xF0..=0xF4 => 3,
            _ => return None,
        };
        let mut bytes = [lead, 0, 0, 0];
        for (k, slot) in bytes.iter_mut().enumerate().take(need + 1).skip(1) {
            *slot = byte(at + k);
        }
        let ch = std::str::from_utf8(&bytes[..=need]).ok()?.chars().next()?;
        let end = cells.get(at + need)?.end;
        out.push(Cell { ch, start: cell.start, end, new: true, depth: cell.depth + 1, lost: false });
        at += need + 1;
    }
    Some(out)
}

/// Whether most letters of a line are ASCII.
pub(super) fn is_latin(cells: &[Cell]) -> bool {
    let ascii = cells.iter().filter(|c| c.ch.is_ascii_alphabetic()).count();
    ascii >= 2 * cells.iter().filter(|c| !c.ch.is_ascii()).count()
}

/// What a repaired letter costs in a Latin line: letters of a few languages in Latin script are rare in all languages
/// together, but no less likely than others in the text that has them.
pub(super) fn rare(ch: char, cost: Cost) -> Cost {
    match ch {
        '\u{C0}'..='\u{FF}' => cost.min(14 * BIT),
        _ if "ƀƂƃƄƅƇƈƋƌƍƔƕƛƜƟƢƣƤƥƦƧƨƪƫƮƵƶƸƹƺƻƼƽƾƿǶǷȡȴȵȶȸȹ".contains(ch) => {
            cost + 8 * BIT
        }
        _ if is_african(ch) || is_tone(ch) => cost.min(15 * BIT),
        '\u{100}'..='\u{17F}' | '\u{218}'..='\u{21B}' => cost.min(15 * BIT),
        'Ə' | 'Ơ' | 'ơ' | 'Ư' | 'ư' | 'ǎ' | 'ǐ' | 'ǒ' | 'ǔ' | 'ǧ' | 'ǵ' => cost.min(15 * BIT),
        '\u{180}'..='\u{24F}' => cost.min(18 * BIT),
        '\u{1E00}'..='\u{1EFF}' | '\u{2BB}' | '\u{2BC}' => cost.min(15 * BIT),
        _ => cost,
    }
}

/// Of the letters of phonetic writing and their capitals, those that languages of Africa write.
fn is_african(ch: char) -> bool {
    "ɓɔɖɗəɛɣɨɩɪɲʃʉʊʋʌʒƁƆƉƊƐƑƒƓƔƖƗƘƙƝƲƳƴƱƩƷ".contains(ch)
}

/// Marks of tone, and the dot and the line below.
fn is_tone(ch: char) -> bool {
    matches!(ch, '\u{300}'..='\u{304}' | '\u{30C}' | '\u{323}' | '\u{329}' | '\u{331}')
}

/// Whether a letter is one of those that the model knows as signs of phonetic writing only, or a mark of tone.
pub(super) fn is_phonetic(ch: char) -> bool {
    is_african(ch) || is_tone(ch)
}

/// What may follow such a repaired letter in a Latin line: the model has hardly seen it and what stands after it.
pub(super) fn after_rare(ch: char, cost: Cost) -> Cost {
    if is_phonetic(ch) { cost.min(8 * BIT) } else { cost }
}

/// The cheapest reading of the cells through one decoder; `None` if nothing can be put together.
pub(super) fn read(cells: &[Cell], through: Through) -> Option<Reading> {
    let model = Model::get();
    let bytes = Bytes::new(cells, through);
    let latin = is_latin(cells);
    // Letters of phonetic writing share a symbol.
    let phonetic = model.symbol('ɖ');
    let mut fronts = [Front::EMPTY; REACH + 2];
    let ring = fronts.len();
    let mut units: Vec<Unit> = Vec::new();
    let mut taken: Vec<Taken> = Vec::new();
    fronts[0].add(State { cost: 0, symbol: BLANK, mode: Mode::Unknown, unit: 0 });
    for (at, cell) in cells.iter().enumerate() {
        let here = std::mem::replace(&mut fronts[at % ring], Front::EMPTY);
        let states = here.all();
        let symbol = model.symbol(cell.ch);
        let ascii = cell.ch.is_ascii();
        for s in states {
            let mut cost = s.cost + model.cost(s.symbol, symbol);
            if latin && ascii && s.mode == Mode::Broken && s.symbol == phonetic {
                cost = s.cost + model.cost(s.symbol, symbol).min(8 * BIT);
            }
            let mut mode = s.mode;
            if !ascii {
                if mode == Mode::Broken {
                    cost += SWITCH;
                }
                mode = Mode::Intact;
            }
            fronts[(at + 1) % ring].add(State { cost, symbol, mode, unit: s.unit });
        }
        if !ascii || cell.ch == '?' || cell.ch == ' ' && bytes.blank_leads() && !cell.new {
            let Some(unit) = bytes.unit(at) else { continue };
            for s in states {
                let mut cost = s.cost + unit.extra;
                let mut symbol = s.symbol;
                for &ch in &unit.out {
                    let next = model.symbol(ch);
                    let step = model.cost(symbol, next);
                    cost += if latin && unit.exact() { rare(ch, step) } else { step };
                    symbol = next;
                }
                if s.mode == Mode::Intact {
                    cost += SWITCH;
                }
                taken.push(Taken { start: at, unit: units.len(), prev: s.unit });
                let id = taken.len() as u32;
                fronts[(at + unit.len) % ring].add(State { cost, symbol, mode: Mode::Broken, unit: id });
            }
            units.push(unit);
        }
    }
    let ends = fronts[cells.len() % ring].all();
    let best = ends.iter().min_by_key(|s| s.cost + model.cost(s.symbol, BLANK))?;
    if best.unit == 0 {
        return None;
    }
    let cost = best.cost + model.cost(best.symbol, BLANK);
    let reading = assemble(cells, &taken, &units, best.unit, cost);
    // Losses alone prove nothing, but for `à` whose second byte became a blank, right after a small letter or before
    // another blank.
    let small = |i: usize| i.checked_sub(1).and_then(|p| cells.get(p)).is_some_and(|c| c.ch.is_lowercase());
    let blank = |i: usize| cells.get(i + 2).is_some_and(|c| c.ch == ' ');
    // A letter of another script inside a Latin word is no better: `shΓ bhaladh`.
    let lead = |i: usize, ch: char| {
        let western = matches!(ch, 'Ã' | 'Ă');
        western && (small(i) || blank(i))
            || !western && ch > '\u{370}' && small(i) && latin && bytes.page.get(i) == Some(&0xC3)
    };
    let grave = || cells.windows(2).enumerate().any(|(i, w)| w[1].ch == ' ' && lead(i, w[0].ch));
    (reading.exact > 0 || reading.lossy == 0 && grave()).then_some(reading)
}

fn assemble(cells: &[Cell], taken: &[Taken], units: &[Unit], last: u32, cost: Cost) -> Reading {
    let mut way = Vec::new();
    let mut id = last;
    while let Some(step) = (id as usize).checked_sub(1).and_then(|i| taken.get(i)) {
        way.extend(units.get(step.unit).map(|unit| (step.start, unit)));
        id = step.prev;
    }
    let mut reading =
        Reading { cells: Vec::with_capacity(cells.len()), cost, units: 0, lossy: 0, exact: 0, dropped: 0, kept: 0 };
    let mut at = 0;
    for &(from, unit) in way.iter().rev() {
        reading.keep(cells.get(at..from));
        let Some(span) = cells.get(from..from + unit.len) else { continue };
        let (start, end) = (span.first().map_or(0, |c| c.start), span.last().map_or(0, |c| c.end));
        let depth = span.iter().map(|c| c.depth).max().unwrap_or(0) + 1;
        let lost_before = span.iter().filter(|c| c.lost).count();
        for (i, &ch) in unit.out.iter().enumerate() {
            // The first carries the whole stretch, the others stand at its end.
            let from = if i == 0 { start } else { end };
            let lost = (unit.lost && ch == '\u{FFFD}') || i < lost_before;
            reading.cells.push(Cell { ch, start: from, end, new: true, depth, lost });
        }
        reading.units += 1;
        reading.lossy += u32::from(unit.lost);
        reading.exact += u32::from(unit.exact());
        reading.dropped += u32::from(unit.extra >= DROPPED);
        at = from + unit.len;
    }
    reading.keep(cells.get(at..));
    reading
}

impl Reading {
    fn keep(&mut self, cells: Option<&[Cell]>) {
        let cells = cells.unwrap_or_default();
        // What is lost says neither that the line is intact nor that it is broken.
        self.kept += cells.iter().filter(|c| !c.ch.is_ascii() && c.ch != '\u{FFFD}').count() as u32;
        self.cells.extend_from_slice(cells);
    }
}
