//! East Asian encodings read as single-byte pages, the other way round, and as each other.

use super::{Coding, Guess, Swap, coding::NAMES, pages};
use crate::repair::{
    letters::{self, Letters},
    line::Cell,
    model::{BIT, Cost, Model},
    wide::{self, Wide},
};

/// Bits that kana in a Chinese or Korean encoding have to earn.
const KANA: i32 = 16;

/// Bytes of the line under one wrong decoder.
fn bytes_of(cells: &[Cell], wrong: Coding) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(cells.len() * 2);
    for cell in cells {
        match wrong {
            Coding::Page(b) => out.push(pages().get(b)?.encode(cell.ch)?),
            Coding::Wide(w) => out.extend_from_slice(w.encode(cell.ch)?.as_slice()),
        }
    }
    Some(out)
}

/// The best other reading of a line where an East Asian encoding stands on one side at least.
pub(in crate::repair) fn wide(cells: &[Cell]) -> Option<Swap> {
    let model = Model::get();
    let before: Vec<char> = cells.iter().map(|c| c.ch).collect();
    let ideographs = before.iter().filter(|c| is_ideograph(**c)).count();
    let high = before.iter().filter(|c| !c.is_ascii()).count();
    let wrongs = wide::DECODERS.into_iter().map(Coding::Wide).filter(|_| ideographs > 0);
    let wrongs = wrongs.chain((0..NAMES.len()).map(Coding::Page).filter(|_| ideographs == 0 && high > 1));
    let mut guesses: Vec<Guess> = Vec::new();
    let mut add = |chars: Vec<char>, was, read_as, rare: i32| {
        if chars != before && !guesses.iter().any(|g: &Guess| g.chars == chars) {
            let cost = price(&chars) + rare * BIT;
            guesses.push(Guess { chars, cost, was, read_as });
        }
    };
    for wrong in wrongs {
        let Some(bytes) = bytes_of(cells, wrong) else { continue };
        // UTF-8 that lost some bytes is still no other encoding.
        if ideographs == 0 && high >= 8 && mostly_utf8(&bytes) {
            continue;
        }
        let rare = match wrong {
            Coding::Page(b) => NAMES.get(b).map_or(0, |n| n.2),
            Coding::Wide(_) => 0,
        };
        for right in wide::ALL {
            let right_rare = |text: &str| match right {
                Wide::ShiftJis | Wide::EucJp => 0,
                // The other encodings have kana, too, but Japanese is hardly ever written in them.
                _ if text.chars().any(|c| ('\u{3041}'..='\u{30FF}').contains(&c)) => KANA,
                _ => 0,
            };
            if wrong.name() != right.name()
                && let Some(text) = right.decode(&bytes)
                && text.chars().all(|c| c.is_ascii() || is_wide(c) || ('\u{2000}'..'\u{2700}').contains(&c) || c == '·')
            {
                let rare = rare + right_rare(&text);
                add(text.chars().collect(), Coding::Wide(right), wrong, rare);
            }
        }
        if let Coding::Wide(_) = wrong {
            for (a, page) in pages().iter().enumerate() {
                if let Some(text) = page.decode_all(&bytes) {
                    add(text.chars().collect(), Coding::Page(a), wrong, rare + NAMES.get(a).map_or(0, |n| n.1));
                }
            }
        }
    }
    guesses.sort_by_key(|g| g.cost);
    let now = price(&before);
    let mut rest = guesses.into_iter();
    let best = rest.next()?;
    let next = rest.next();
    let ahead = next.map_or(now, |g| g.cost.min(now)) - best.cost;
    let (rare, odd) = best.chars.iter().fold((0, false), |(sum, odd), c| {
        let private = matches!(*c, '\u{E000}'..='\u{F8FF}' | '\u{80}'..='\u{9F}' | '\u{20000}'..);
        (sum + i32::from(rank(model, *c)), odd || private)
    });
    // A few ideographs alone are letters of some page by accident.
    let few = matches!(best.was, Coding::Page(_)) && ideographs < 5 && !before.iter().any(|c| c.is_ascii_alphabetic());
    let new_wide = best.chars.iter().filter(|c| is_ideograph(**c) || ('\u{3040}'..'\u{3100}').contains(*c)).count();
    let half = best.chars.iter().filter(|c| ('\u{FF61}'..='\u{FF9F}').contains(*c)).count();
    // Half-width letters are written in runs; one alone beside ideographs is a byte that fits nowhere.
    let is_half = |i: usize| best.chars.get(i).is_some_and(|c| ('\u{FF61}'..='\u{FF9F}').contains(c));
    let beside = |i: Option<usize>| i.is_some_and(&is_half);
    let lone = (0..best.chars.len()).filter(|i| is_half(*i) && !beside(i.checked_sub(1)) && !beside(Some(i + 1)));
    let lone = lone.count();
    // East Asian text stands in runs, not in single characters among Latin letters.
    let east = |c: &char| is_wide(*c);
    let runs = best.chars.windows(2).filter(|w| east(&w[1]) && !east(&w[0])).count();
    let spots = matches!(best.was, Coding::Wide(_)) && (new_wide < 2 * runs || 2 * half > new_wide);
    // Korean is Hangul with few ideographs; no text has the same few characters again and again.
    let hangul = best.chars.iter().filter(|c| ('\u{AC00}'..='\u{D7A3}').contains(*c)).count();
    let mut distinct: Vec<char> = best.chars.iter().copied().filter(|c| is_wide(*c)).collect();
    let all_wide = distinct.len();
    distinct.sort_unstable();
    distinct.dedup();
    let strange = lone * 2 > half && lone * 8 >= new_wide
        || hangul > 0 && hangul * 2 < new_wide
        || all_wide >= 12 && distinct.len() * 5 < (2 * all_wide).min(200);
    // Nor do its characters stand inside Latin words.
    let ascii = best.chars.iter().filter(|c| c.is_ascii_alphabetic()).count();
    let glued = best.chars.windows(2).filter(|w| w[0].is_ascii_alphabetic() && is_wide(w[1])).count();
    let strange = strange || glued * 2 > runs && glued > 1 && ascii > all_wide;
    // What would be a sign or a letter of UTF-8 in the page that it is most often read as, is that.
    let strange = strange || ideographs == 0 && ascii > 2 * all_wide && spells_utf8(cells);
    // Single ones that each touch a Latin letter, or none at all.
    let touching = |i: usize| {
        let latin = |i: Option<usize>| i.and_then(|i| best.chars.get(i)).is_some_and(char::is_ascii_lowercase);
        latin(i.checked_sub(1)) || latin(Some(i + 1))
    };
    let touched = (0..best.chars.len()).filter(|i| best.chars.get(*i).is_some_and(east) && touching(*i)).count();
    let doubtful = matches!(best.was, Coding::Wide(_)) && all_wide == touched && all_wide < 4;
    // What a single-byte page gives must read well in a language.
    let letters = Letters::get();
    let tokens = letters::tokens(&best.chars);
    let unread = matches!(best.was, Coding::Page(_))
        && !letters.fit(&best.chars, &tokens).is_some_and(|f| {
            let mean = letters.languages.get(f.language).map_or(0, |l| l.mean);
            f.cost <= f.letters as Cost * (mean + 2 * BIT) + 4 * BIT
        });
    let solid = !odd && !few && !spots && !strange && !unread && rare <= 3 * all_wide as i32;
    let cells = replaced(cells, &best.chars)?;
    Some(Swap {
        partial: false,
        solid,
        broken: !solid,
        other: doubtful || rare * 2 > 3 * all_wide as i32 && all_wide < 16,
        latin: false,
        strange: false,
        shaped: false,
        rivalled: false,
        single: false,
        changed: high as u32,
        cells,
        was: best.was,
        read_as: best.read_as,
        gain: now - best.cost,
        ahead,
        fit: None,
    })
}

/// Whether most bytes beyond ASCII belong to whole sequences of UTF-8, of a kind that stands together in one text: East
/// Asian bytes spell some by chance, of every kind.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let high = bytes.iter().filter(|b| **b >= 0x80).count();
    let (mut whole, mut all, mut three) = (0, 0, 0);
    let mut leads = [0usize; 256];
    for chunk in bytes.utf8_chunks() {
        for &byte in chunk.valid().as_bytes().iter().filter(|b| **b >= 0x80) {
            whole += 1;
            if byte >= 0xC0 {
                all += 1;
                three += usize::from((0xE0..0xF0).contains(&byte));
                leads[usize::from(byte)] += 1;
            }
        }
    }
    leads.sort_unstable();
    let two: usize = leads.iter().rev().take(2).sum();
    whole * 5 >= high * 3 && (three * 4 >= all * 3 || two * 4 >= all * 3)
}

/// Whether most of what stands beyond ASCII are whole sequences of UTF-8 read as windows-1252.
fn spells_utf8(cells: &[Cell]) -> bool {
    let Some(western) = pages().first() else { return false };
    // What the page lacks may be what became of one of its characters.
    let bytes: Vec<u8> = cells.iter().map(|c| western.encode(c.ch).unwrap_or(0)).collect();
    let high = cells.iter().filter(|c| !c.ch.is_ascii()).count();
    let whole: usize = bytes.utf8_chunks().map(|part| part.valid().bytes().filter(|b| *b >= 0x80).count()).sum();
    whole * 3 >= high * 2
}

/// What a text with ideographs costs. Each kind of East Asian text has its own common characters.
pub(super) fn price(chars: &[char]) -> Cost {
    use crate::repair::model::Ideographs::{Japanese, Simplified, Traditional};
    let model = Model::get();
    let base = model.text(chars.iter().copied());
    let extra = |kind| {
        chars
            .iter()
            .filter_map(|c| model.han(kind, *c).map(|r| (Cost::from(r) - 2 * Cost::from(rank(model, *c))) * 10))
            .sum::<Cost>()
    };
    if chars.iter().any(|c| matches!(c, '\u{3041}'..='\u{30FF}' | '\u{FF66}'..='\u{FF9F}')) {
        return base + extra(Japanese);
    }
    base + [Simplified, Traditional, Japanese].into_iter().map(extra).min().unwrap_or(0)
}

fn rank(model: &Model, ch: char) -> u16 {
    model.rank(model.symbol(ch)).unwrap_or(0)
}

/// Ideographs, Hangul and half-width kana: what stands in no other text.
pub(in crate::repair) fn is_ideograph(ch: char) -> bool {
    matches!(ch, '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{FF61}'..='\u{FF9F}')
}

/// Characters of East Asian encodings only.
pub(in crate::repair) fn is_wide(ch: char) -> bool {
    matches!(ch, '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{E000}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}')
}

/// The line with another text; what both have in common at its ends and at ASCII anchors stays.
fn replaced(cells: &[Cell], chars: &[char]) -> Option<Vec<Cell>> {
    let same = |(a, b): &(&Cell, &char)| a.ch == **b;
    let head = cells.iter().zip(chars).take_while(same).count();
    let tail = cells[head..].iter().rev().zip(chars[head..].iter().rev()).take_while(same).count();
    let middle = &cells[head..cells.len() - tail];
    let start = middle.first().or(cells.get(head)).map(|c| c.start).or(cells.last().map(|c| c.end))?;
    let end = middle.last().map_or(start, |c| c.end);
    let mut out = cells[..head].to_vec();
    for (i, &ch) in chars[head..chars.len() - tail].iter().enumerate() {
        let from = if i == 0 { start } else { end };
        out.push(Cell { ch, start: from, end, new: true, depth: 1, lost: false });
    }
    out.extend_from_slice(&cells[cells.len() - tail..]);
    Some(out)
}
