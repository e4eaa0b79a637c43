//! Finds what happened to a line: layer by layer, the cheapest text wins.

use super::{
    lattice::{self, Setting, Through},
    letters::{self, Letters},
    line::Cell,
    model::{BIT, BLANK, Cost, Model},
    pages::{LIST, Pages},
    unseen, wide,
};

/// One way to repair a line.
#[derive(Clone)]
pub(super) struct Candidate {
    pub(super) cells: Vec<Cell>,
    /// Outermost first: the order in which the layers are undone.
    pub(super) chain: Vec<Through>,
    /// The cost of the text and of everything assumed.
    pub(super) cost: Cost,
    pub(super) units: u32,
    /// Sequences of which every byte is there.
    pub(super) exact: u32,
    /// Sequences of which a byte left no trace.
    pub(super) dropped: u32,
    /// Characters beyond ASCII that were left alone.
    pub(super) kept: u32,
    /// Whether nothing else can have stood there: no other letter, and no blank where one stood for a byte.
    pub(super) told: bool,
}

impl Candidate {
    /// Whether what comes out is rare where it stands.
    pub(super) fn is_rare(&self) -> bool {
        let model = Model::get();
        let text: Vec<char> = self.cells.iter().map(|c| c.ch).collect();
        let symbol = |i: Option<usize>| i.and_then(|i| text.get(i)).map_or(BLANK, |c| model.symbol(*c));
        let around = |i: usize| {
            let own = symbol(Some(i));
            model.cost(symbol(i.checked_sub(1)), own) + model.cost(own, symbol(Some(i + 1)))
        };
        self.cells.iter().enumerate().any(|(i, c)| c.new && around(i) > 20 * BIT)
    }
}

/// What a search found.
pub(super) struct Found {
    /// What the line costs as it is.
    pub(super) before: Cost,
    pub(super) best: Candidate,
    /// The cost of the best candidate with another text.
    pub(super) second: Cost,
}

/// Deeper than this nobody has seen.
const DEPTH: usize = 4;
/// Every layer has to earn this.
const LAYER: Cost = 3 * BIT;
/// What one sequence is worth in a line where nothing beyond ASCII is left over.
const WHOLE: Cost = 2 * BIT;
/// What a capital inside a word costs on top, beside small letters.
const CASE: Cost = 6 * BIT;

/// Searches a line, the cells of `text`. `known` holds chains that are proven elsewhere in the file: they cost nothing.
pub(super) fn search(text: &str, cells: &[Cell], known: &[Vec<Through>]) -> Option<Found> {
    let before = Model::get().text(cells.iter().map(|c| c.ch));
    let mut all = Vec::new();
    let shown = known.iter().any(|chain| matches!(chain.as_slice(), [Through::Page(0 | 1)]));
    descend(cells, shown, &mut Vec::new(), Above { units: 0, told: true }, &mut all);
    for candidate in &mut all {
        if known.contains(&candidate.chain) {
            let earned: Cost = candidate.chain.iter().map(|t| t.rare() + LAYER).sum();
            candidate.cost -= earned + 2 * BIT;
        }
    }
    all.sort_by_key(|c| c.cost);
    settle(&mut all);
    let mut rest = all.into_iter();
    let mut best = rest.next()?;
    complete(cells, &mut best);
    let came_out = |c: &Candidate| c.cells.iter().map(|x| x.ch).collect::<String>();
    let chosen = came_out(&best);
    let second = rest.find(|c| came_out(c) != chosen).map_or(before, |c| c.cost.min(before));
    best.told &= unseen::settle(text, &mut best.cells, &best.chain);
    Some(Found { before, best, second })
}

/// Where nearly everything beyond ASCII is put together and what stays would be whole sequences of the same decoder, it
/// is no accident: a letter of a language that no model knows, or a letter alone between blanks.
fn complete(cells: &[Cell], best: &mut Candidate) {
    let &[through] = best.chain.as_slice() else { return };
    if best.kept == 0 || best.exact < 4 || best.exact < 2 * best.kept {
        return;
    }
    if let Some(whole) = lattice::whole(cells, through).filter(|w| !w.iter().any(|c| c.ch.is_control())) {
        best.units += best.kept / 2;
        best.exact += best.kept / 2;
        best.kept = 0;
        best.cells = whole;
    }
}

/// The line through a chain that the file has proven, without a look at others.
pub(super) fn along(cells: &[Cell], chain: &[Through]) -> Option<Found> {
    let before = Model::get().text(cells.iter().map(|c| c.ch));
    let mut last: Option<lattice::Reading> = None;
    let (mut units, mut exact) = (0, 0);
    for through in chain {
        let cells = last.as_ref().map_or(cells, |r| &r.cells);
        let reading = lattice::read(cells, *through, &Setting::of(cells, false))?;
        if reading.lossy > 0 || reading.dropped > 0 || !reading.told {
            return None;
        }
        units = units.max(reading.units);
        exact = exact.max(reading.exact);
        last = Some(reading);
    }
    let r = last?;
    let chain = chain.to_vec();
    let best = Candidate { cells: r.cells, chain, cost: r.cost, units, exact, dropped: 0, kept: r.kept, told: true };
    Some(Found { before, best, second: before })
}

/// Where several readings are near each other, the letters of the languages decide.
fn settle(all: &mut [Candidate]) {
    let Some(least) = all.first().map(|c| c.cost) else { return };
    let near = all.iter().take_while(|c| c.cost < least + 12 * BIT).count().min(6);
    let text = |c: &Candidate| c.cells.iter().map(|x| x.ch).collect::<Vec<char>>();
    let texts: Vec<Vec<char>> = all.iter().take(near).map(text).collect();
    if texts.iter().all(|t| *t == texts[0]) {
        return;
    }
    let letters = Letters::get();
    let keys: Vec<Cost> =
        all.iter().zip(&texts).map(|(c, text)| c.cost + letters.price(text, &letters::tokens(text)).0).collect();
    let best = keys.iter().copied().min().unwrap_or(0);
    for (candidate, key) in all.iter_mut().zip(&keys) {
        candidate.cost = least + key - best;
    }
    all.sort_by_key(|c| c.cost);
}

/// What the layers above have shown.
#[derive(Clone, Copy)]
struct Above {
    units: u32,
    told: bool,
}

fn descend(cells: &[Cell], shown: bool, chain: &mut Vec<Through>, above: Above, all: &mut Vec<Candidate>) {
    let setting = Setting::of(cells, shown);
    let mut seen: Vec<(Vec<char>, Through, lattice::Reading)> = Vec::new();
    for through in suspects(cells) {
        let Some(reading) = lattice::read(cells, through, &setting) else { continue };
        let text: Vec<char> = reading.cells.iter().map(|c| c.ch).collect();
        if seen.iter().any(|(t, other, _)| *t == text && other.rare() <= through.rare()) {
            continue;
        }
        seen.retain(|(t, _, _)| *t != text);
        seen.push((text, through, reading));
    }
    seen.sort_by_key(|(_, _, r)| r.cost);
    let best = seen.first().map_or(0, |(_, _, r)| r.cost);
    for (_, through, reading) in seen.into_iter().take(6) {
        chain.push(through);
        let penalty: Cost = chain.iter().map(|t| t.rare() + LAYER).sum();
        let whole = if reading.kept == 0 && reading.lossy == 0 { reading.units as Cost * WHOLE } else { 0 };
        let case = capitals(&reading.cells) * CASE;
        // A deeper layer rests on what the layers above proved.
        let units = above.units.max(reading.units);
        let told = above.told && reading.told;
        let deeper = reading.cost < best + 60 * BIT && chain.len() < DEPTH;
        if deeper && reading.cells.iter().any(|c| !c.ch.is_ascii()) {
            descend(&reading.cells, shown, chain, Above { units, told }, all);
        }
        all.push(Candidate {
            cells: reading.cells,
            chain: chain.clone(),
            cost: reading.cost + penalty - whole + case,
            units,
            exact: above.units.max(reading.exact),
            dropped: reading.dropped,
            kept: reading.kept,
            told,
        });
        chain.pop();
    }
}

/// How many capitals came out inside words that have small letters beside them: `tŨ`, `ИОанна`.
fn capitals(cells: &[Cell]) -> Cost {
    let at = |i: usize| cells.get(i).map_or(' ', |c| c.ch);
    let inside = |i: usize| {
        let before = i.checked_sub(1).map_or(' ', at);
        before.is_lowercase() || before.is_uppercase() && at(i + 1).is_lowercase()
    };
    let odd = |i: &usize| cells.get(*i).is_some_and(|c| c.new && c.ch.is_uppercase()) && inside(*i);
    (0..cells.len()).filter(odd).count() as Cost
}

/// The decoders through which something in the line could be put together.
pub(super) fn suspects(cells: &[Cell]) -> Vec<Through> {
    let pages = Pages::get();
    let model = Model::get();
    let mut mask = 0u32;
    let mut blank = 0u32;
    let mut lead_before = 0u32;
    let (mut wide_chars, mut wide_cost) = (0u32, 0u32);
    let mut letters = 0;
    let mut last = ' ';
    for cell in cells {
        let ch = cell.ch;
        // A lead byte that stands alone: what came after it was not shown, and removed.
        if unseen::is_lead(last) && ch != ' ' {
            mask |= 1;
        }
        last = ch;
        if ch.is_ascii() {
            if ch == ' ' || ch == '?' {
                blank |= lead_before;
            }
            letters += u32::from(ch.is_ascii_alphabetic());
            lead_before = 0;
        } else {
            let (lead, tail) = pages.masks(ch);
            mask |= lead_before & tail;
            if ch == '\u{FFFD}' {
                mask |= lead_before;
                lead_before = u32::MAX;
            } else {
                lead_before = lead;
            }
            if let Some(rank) = model.rank(model.symbol(ch)) {
                wide_chars += 1;
                wide_cost += u32::from(rank);
            } else if matches!(ch, '\u{FF61}'..='\u{FF9F}' | '\u{E000}'..='\u{F8FF}' | '\u{FFFD}') {
                wide_chars += 1;
                wide_cost += 7;
            }
        }
    }
    mask |= blank;
    let mut out: Vec<Through> = (0..LIST.len()).filter(|i| mask & 1 << i != 0).map(Through::Page).collect();
    if wide_chars > 0 && (letters > 2 * wide_chars || wide_cost * 4 >= wide_chars * 7) {
        out.extend(wide::ALL.into_iter().filter(|w| *w != wide::Wide::EucJp).map(Through::Wide));
    }
    out
}
