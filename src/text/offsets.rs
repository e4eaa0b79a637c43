//! From a place in the text back to the byte on disk.
//!
//! Forms close to UTF-8 list the few places where text and bytes differ in length. Where every character, damaged or
//! not, has the same number of bytes, characters are counted. All others are walked: every character's length in bytes
//! follows from the encoding, so a checkpoint every few hundred bytes, made at the first question, is enough.

use std::sync::OnceLock;

use super::decode::{Damage, Unit};
use super::encoding::{Form, Multi};
use super::iso2022::{self, State};
use super::lines;

/// The distance of checkpoints, in bytes of text.
const STEP: usize = 256;

/// The map from text to raw bytes. All raw offsets count from the end of the byte-order mark.
pub(super) enum OffsetMap {
    /// Outside the units each byte of text is one byte on disk.
    Units(Vec<Unit>),
    /// Bytes for each code point or UTF-16 unit, and how many of these begin before each block of text.
    Counted(Count, OnceLock<Vec<usize>>),
    /// Checkpoints for a walk along the characters.
    Walk(Form, OnceLock<Vec<Boundary>>),
}

/// What is counted to get from text to bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Count {
    /// One byte a code point.
    Bytes,
    /// Two bytes a UTF-16 unit.
    Pairs,
    /// Four bytes a code point.
    Quads,
}

/// A place that is a boundary both in the text and in the bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Boundary {
    pub(super) text: usize,
    pub(super) raw: usize,
    /// The state before escape sequences at this place, for ISO-2022-JP.
    pub(super) state: State,
}

/// What a walk looks at.
#[derive(Clone, Copy)]
pub(super) struct Ground<'g> {
    pub(super) raw: &'g [u8],
    pub(super) text: &'g str,
    pub(super) damage: &'g Damage,
}

impl OffsetMap {
    pub(super) fn new(form: Form, units: Vec<Unit>) -> Self {
        match form {
            Form::Utf8 | Form::Cesu8 | Form::Java | Form::Utf7 => Self::Units(units),
            Form::Single(_) => Self::Counted(Count::Bytes, OnceLock::new()),
            Form::Utf16 { .. } => Self::Counted(Count::Pairs, OnceLock::new()),
            Form::Utf32 { .. } => Self::Counted(Count::Quads, OnceLock::new()),
            Form::Multi(..) | Form::Iso2022Jp => Self::Walk(form, OnceLock::new()),
        }
    }

    /// The nearest boundaries at or before, and at or after a character boundary of the text. They differ only
    /// inside a piece of text that has its bytes as a whole.
    pub(super) fn around(&self, ground: Ground<'_>, offset: usize) -> (Boundary, Boundary) {
        match self {
            Self::Units(units) => in_units(units, offset),
            Self::Counted(count, cell) => {
                let text = ground.text.as_bytes();
                let before = cell.get_or_init(|| count.blocks(text));
                let block = (offset / STEP).min(before.len().saturating_sub(1));
                let rest = text.get(block * STEP..offset).unwrap_or_default();
                let raw = before.get(block).copied().unwrap_or(0) + count.bytes(rest);
                // What is cut at the end of a file has fewer bytes.
                let place = Boundary { text: offset, raw: raw.min(ground.raw.len()), state: State::default() };
                (place, place)
            }
            Self::Walk(form, cell) => {
                let checkpoints = cell.get_or_init(|| checkpoints(*form, ground));
                let before = checkpoints.partition_point(|c| c.text <= offset);
                let start = checkpoints.get(before.saturating_sub(1)).copied().unwrap_or_default();
                walk(*form, ground, start, offset)
            }
        }
    }
}

impl Count {
    fn bytes(self, text: &[u8]) -> usize {
        let (points, units) = lines::count(text);
        match self {
            Self::Bytes => points,
            Self::Pairs => 2 * units,
            Self::Quads => 4 * points,
        }
    }

    fn blocks(self, text: &[u8]) -> Vec<usize> {
        let mut sum = 0;
        text.chunks(STEP)
            .map(|block| {
                let before = sum;
                sum += self.bytes(block);
                before
            })
            .collect()
    }
}

fn in_units(units: &[Unit], offset: usize) -> (Boundary, Boundary) {
    let at = |text, raw| Boundary { text, raw, state: State::default() };
    let before = units.partition_point(|u| u.text.start <= offset);
    match before.checked_sub(1).and_then(|i| units.get(i)) {
        None => (at(offset, offset), at(offset, offset)),
        Some(unit) if offset >= unit.text.end => {
            let place = at(offset, unit.raw.end + (offset - unit.text.end));
            (place, place)
        }
        Some(unit) => {
            let start = at(unit.text.start, unit.raw.start);
            (start, if offset == unit.text.start { start } else { at(unit.text.end, unit.raw.end) })
        }
    }
}

fn checkpoints(form: Form, ground: Ground<'_>) -> Vec<Boundary> {
    let mut all = vec![Boundary::default()];
    let mut walker = Walker::new(form, ground, Boundary::default());
    let mut due = STEP;
    while let Some(at) = walker.step() {
        if at.text >= due {
            all.push(at);
            due = at.text + STEP;
        }
    }
    all
}

fn walk(form: Form, ground: Ground<'_>, start: Boundary, offset: usize) -> (Boundary, Boundary) {
    let mut walker = Walker::new(form, ground, start);
    let mut before = start;
    while before.text < offset {
        match walker.step() {
            Some(next) if next.text > offset => return (before, next),
            Some(next) => before = next,
            None => break,
        }
    }
    (before, before)
}

/// Goes from one boundary to the next.
struct Walker<'g> {
    form: Form,
    ground: Ground<'g>,
    at: Boundary,
    /// The next damaged sequence.
    damage: usize,
}

impl<'g> Walker<'g> {
    fn new(form: Form, ground: Ground<'g>, at: Boundary) -> Self {
        let damage = ground.damage.text.partition_point(|span| span.start < at.text);
        Self { form, ground, at, damage }
    }

    fn step(&mut self) -> Option<Boundary> {
        let Boundary { text, raw, state } = self.at;
        let rest = self.ground.raw.get(raw..)?;
        let (escapes, state) = match self.form {
            Form::Iso2022Jp => iso2022::escapes(rest, state),
            _ => (0, state),
        };
        let damaged = self.ground.damage.text.get(self.damage).filter(|span| span.start == text);
        self.at = if let Some(span) = damaged {
            let raw = self.ground.damage.raw.get(self.damage)?.end;
            self.damage += 1;
            Boundary { text: span.end, raw, state }
        } else {
            let rest = rest.get(escapes..)?;
            let ch = self.ground.text.get(text..)?.chars().next()?;
            let (text_len, raw_len) = lengths(self.form, ch, rest, state);
            Boundary { text: text + text_len, raw: raw + escapes + raw_len, state }
        };
        Some(self.at)
    }
}

/// The bytes of text and on disk of the well-formed character at the start of the bytes.
fn lengths(form: Form, ch: char, raw: &[u8], state: State) -> (usize, usize) {
    let first = raw.first().copied().unwrap_or_default();
    let second = raw.get(1).copied().unwrap_or_default();
    let raw_len = match form {
        Form::Iso2022Jp => iso2022::char_len(first, state),
        Form::Multi(_, Multi::Big5) if first == 0x88 && matches!(second, 0x62 | 0x64 | 0xA3 | 0xA5) => {
            // Two bytes for a letter and a combining mark, which are two characters of two bytes each.
            return (4, 2);
        }
        Form::Multi(_, multi) => match (multi, first) {
            (_, ..0x80) => 1,
            (Multi::Gb | Multi::ShiftJis, 0x80) => 1,
            (Multi::ShiftJis, 0xA1..=0xDF) => 1,
            (Multi::Gb, _) if second.is_ascii_digit() => 4,
            (Multi::EucJp, 0x8F) => 3,
            _ => 2,
        },
        // Forms that are not walked.
        _ => ch.len_utf8(),
    };
    (ch.len_utf8(), raw_len)
}
