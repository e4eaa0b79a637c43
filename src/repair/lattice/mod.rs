//! The cheapest way to read a line in which some stretches may be UTF-8 that was read through a wrong decoder.
//!
//! At each character there are two ways on: keep it, or take the sequence that starts here as one UTF-8 sequence
//! (with a byte lost, if a mark stands for it). The pair model prices every way; the cheapest one wins. So intact
//! text beside broken text stays, and a whole line need not be consistent.

mod changed;
mod rare;
mod unit;

use super::{
    line::Cell,
    model::{BIT, BLANK, Cost, Model, Symbol},
    pages::{LIST, Pages},
    unseen,
    wide::Wide,
};
use unit::{Bytes, DROPPED, REACH, Unit};

pub(super) use rare::{after_rare, is_latin, is_phonetic, rare};

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
    /// Whether nothing else can have stood where sequences were put together.
    pub(super) told: bool,
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

/// How many bytes follow the first one of a UTF-8 sequence; `None` where a byte begins none.
pub(super) fn followers(lead: u8) -> Option<usize> {
    match lead {
        0xC2..=0xDF => Some(1),
        0xE0..=0xEF => Some(2),
        0xF0..=0xF4 => Some(3),
        _ => None,
    }
}

/// The line with every sequence put together, if nothing beyond ASCII is left over: the short way for a page that the
/// file has proven.
pub(super) fn whole(cells: &[Cell], through: Through) -> Option<Vec<Cell>> {
    let Through::Page(index) = through else { return None };
    let pages = Pages::get();
    let capitals = changed::is_in_capitals(cells);
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
        let need = followers(lead)?;
        let mut bytes = [lead, 0, 0, 0];
        for (k, slot) in bytes.iter_mut().enumerate().take(need + 1).skip(1) {
            *slot = byte(at + k);
        }
        let ch = std::str::from_utf8(&bytes[..=need]).ok()?.chars().next()?;
        let end = cells.get(at + need)?.end;
        let ch = changed::raised(ch, cells, at..at + need + 1, capitals);
        out.push(Cell { ch, start: cell.start, end, new: true, depth: cell.depth + 1, lost: false });
        at += need + 1;
    }
    Some(out)
}

/// What the cells show whatever the decoder.
pub(super) struct Setting {
    /// Whether the file has shown UTF-8 read as windows-1252.
    shown: bool,
    latin: bool,
    /// Whether a third of the line at least are Latin letters.
    some_latin: bool,
    /// Whether the line is written in capitals.
    capitals: bool,
}

impl Setting {
    pub(super) fn of(cells: &[Cell], shown: bool) -> Setting {
        let ascii = cells.iter().filter(|c| c.ch.is_ascii_alphabetic()).count();
        let some_latin = 2 * ascii >= cells.iter().filter(|c| !c.ch.is_ascii()).count();
        Setting { shown, latin: is_latin(cells), some_latin, capitals: changed::is_in_capitals(cells) }
    }
}

/// The cheapest reading of the cells through one decoder; `None` if nothing can be put together.
pub(super) fn read(cells: &[Cell], through: Through, setting: &Setting) -> Option<Reading> {
    let model = Model::get();
    let bytes = Bytes::new(cells, through, setting);
    let latin = setting.latin;
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
    // No word has this capital after a small letter; others are typed by mistake once.
    let hidden = || {
        let source = |c: &Cell| cells.iter().find(|w| w.start == c.start && w.end == c.end).map_or(' ', |w| w.ch);
        let mut of = reading.cells.iter().filter(|c| c.new).map(source).filter(|c| unseen::is_lead(*c));
        of.next().is_some_and(|c| c == 'Ã' || setting.shown || of.next().is_some())
    };
    let small = || {
        let is_small = |i: &usize| {
            through == Through::Page(0) && changed::small(cells, &bytes.page, *i, setting.some_latin).is_some()
        };
        let mut places = (0..cells.len()).filter(is_small);
        places.clone().any(|i| changed::is_impossible(cells, i)) || places.nth(3).is_some()
    };
    (reading.exact > 0 || reading.lossy == 0 && (grave() || hidden() || small())).then_some(reading)
}

fn assemble(cells: &[Cell], taken: &[Taken], units: &[Unit], last: u32, cost: Cost) -> Reading {
    let mut way = Vec::new();
    let mut id = last;
    while let Some(step) = (id as usize).checked_sub(1).and_then(|i| taken.get(i)) {
        way.extend(units.get(step.unit).map(|unit| (step.start, unit)));
        id = step.prev;
    }
    let fresh = Vec::with_capacity(cells.len());
    let mut reading = Reading { cells: fresh, cost, units: 0, lossy: 0, exact: 0, dropped: 0, kept: 0, told: true };
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
        reading.told &= unit.told;
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
