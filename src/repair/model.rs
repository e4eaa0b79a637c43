//! What follows what in clean text: pairs of characters over all languages together.
//!
//! The table is counted by `tools/model/` and says for each pair how dear it is, in eighths of a bit. Mojibake is
//! dear (nobody writes `Ã` before `©`), its repair is cheap; the difference is the evidence.

use std::sync::OnceLock;

static DATA: &[u8] = include_bytes!("model.bin");

/// A character as the model sees it: frequent ones on their own, the others by class.
pub(crate) type Symbol = u16;

/// A cost in eighths of a bit.
pub(crate) type Cost = i32;

/// One bit, as a [`Cost`].
pub(crate) const BIT: Cost = 8;

/// The symbol of a blank, which also stands at both ends of a line.
pub(crate) const BLANK: Symbol = SPACE_SYMBOL;
const SPACE_SYMBOL: Symbol = 0;

/// The part of the model about pairs of characters.
pub(crate) struct Model {
    /// Symbol of every code point of the basic plane.
    symbols: Vec<Symbol>,
    astral: Symbol,
    count: usize,
    /// `count` x `count` costs.
    costs: Vec<u8>,
    /// Nibbles for U+4E00.. in simplified, traditional and Japanese text.
    han: [&'static [u8]; 3],
    first_han: Symbol,
    first_hangul: Symbol,
}

/// Bits for U+FFFD after anything, and on top for what comes after it.
const MARK_AFTER: Cost = 9;
const MARK_BEFORE: Cost = 1;

const HAN_RANKS: u16 = 8;
const HANGUL_RANKS: u16 = 4;

/// Which text an ideograph is common in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ideographs {
    /// Simplified Chinese.
    Simplified = 0,
    /// Traditional Chinese.
    Traditional = 1,
    /// Japanese.
    Japanese = 2,
}

/// Reads little-endian numbers; past the end everything is zero.
pub(crate) struct Reader(pub(super) &'static [u8]);

impl Reader {
    pub(crate) fn take(&mut self, n: usize) -> &'static [u8] {
        let (head, rest) = self.0.split_at(n.min(self.0.len()));
        self.0 = rest;
        head
    }
    pub(crate) fn byte(&mut self) -> u8 {
        self.take(1).first().copied().unwrap_or(0)
    }
    pub(crate) fn short(&mut self) -> u16 {
        self.take(2).iter().rev().fold(0, |sum, &b| sum << 8 | u16::from(b))
    }
    pub(crate) fn long(&mut self) -> u32 {
        self.take(4).iter().rev().fold(0, |sum, &b| sum << 8 | u32::from(b))
    }
}

/// One of the four parts of the data.
pub(crate) fn part(index: usize) -> &'static [u8] {
    let mut all = Reader(DATA);
    let mut found: &[u8] = &[];
    for _ in 0..=index {
        let size = all.long() as usize;
        found = all.take(size);
    }
    found
}

impl Model {
    /// The model, unpacked on first use.
    pub(crate) fn get() -> &'static Model {
        static MODEL: OnceLock<Model> = OnceLock::new();
        MODEL.get_or_init(Model::load)
    }

    fn load() -> Model {
        let mut runs = Reader(part(0));
        let first_han = runs.short();
        let first_hangul = runs.short();
        let astral = runs.short();
        let mut symbols = vec![0; 0x1_0000];
        let mut last: Option<(usize, Symbol)> = None;
        while !runs.0.is_empty() {
            let (start, symbol) = (usize::from(runs.short()), runs.short());
            if let Some((from, s)) = last {
                symbols[from..start].fill(s);
            }
            last = Some((start, symbol));
        }
        if let Some((from, s)) = last {
            symbols[from..].fill(s);
        }
        let mut ranks = Reader(part(2));
        let han = [(); 3].map(|()| ranks.take(0x5200 / 2));
        let hangul = ranks.take(11_172 / 2);
        for i in 0..0x5200 {
            let rank = han.iter().map(|table| nibble(table, i)).min().unwrap_or(15);
            symbols[0x4E00 + i] = first_han + (u16::from(rank) / 2).min(HAN_RANKS - 1);
        }
        for i in 0..11_172 {
            symbols[0xAC00 + i] = first_hangul + (u16::from(nibble(hangul, i)) / 4).min(HANGUL_RANKS - 1);
        }
        let (count, mut costs) = pairs();
        let mark = usize::from(symbols[0xFFFD]);
        for i in 0..count {
            // Clean text has none, so it cannot be counted: a lost character may stand anywhere, at a price.
            costs[i * count + mark] = (MARK_AFTER * BIT) as u8;
            costs[mark * count + i] = (inside(&costs, count, i) + MARK_BEFORE * BIT).min(255) as u8;
        }
        Model { symbols, astral, count, costs, han, first_han, first_hangul }
    }

    /// The symbol of a character.
    #[inline]
    pub(crate) fn symbol(&self, ch: char) -> Symbol {
        self.symbols.get(ch as usize).copied().unwrap_or(self.astral)
    }

    /// What it costs that `next` follows `prev`.
    #[inline]
    pub(crate) fn cost(&self, prev: Symbol, next: Symbol) -> Cost {
        Cost::from(self.costs.get(usize::from(prev) * self.count + usize::from(next)).copied().unwrap_or(255))
    }

    /// What a whole text costs, blanks at both ends included.
    pub(crate) fn text(&self, text: impl IntoIterator<Item = char>) -> Cost {
        let mut prev = BLANK;
        let mut sum = 0;
        for ch in text {
            let next = self.symbol(ch);
            sum += self.cost(prev, next);
            prev = next;
        }
        sum + self.cost(prev, BLANK)
    }

    /// How rare an ideograph is in one kind of text, 0 to 15; `None` for other characters.
    pub(crate) fn han(&self, kind: Ideographs, ch: char) -> Option<u8> {
        let at = (ch as usize).checked_sub(0x4E00).filter(|i| *i < 0x5200)?;
        Some(nibble(self.han[kind as usize], at))
    }

    /// Whether the symbol stands for an ideograph or a Hangul syllable, and how rare that is, from 0 to 7.
    #[inline]
    pub(crate) fn rank(&self, symbol: Symbol) -> Option<u16> {
        match symbol {
            s if (self.first_han..self.first_han + HAN_RANKS).contains(&s) => Some(s - self.first_han),
            s if (self.first_hangul..self.first_hangul + HANGUL_RANKS).contains(&s) => {
                Some((s - self.first_hangul) * 2 + 1)
            }
            _ => None,
        }
    }
}

/// What a symbol costs in the middle of nowhere: the mean of after a blank and after `e`.
fn inside(costs: &[u8], count: usize, symbol: usize) -> Cost {
    let after = |prev: usize| Cost::from(costs.get(prev * count + symbol).copied().unwrap_or(255));
    after(usize::from(BLANK)).min(after(usize::from(b'e' - b' ')))
}

fn nibble(table: &[u8], at: usize) -> u8 {
    let byte = table.get(at / 2).copied().unwrap_or(0xFF);
    if at.is_multiple_of(2) { byte & 15 } else { byte >> 4 }
}

/// Unpacks the costs: classes first, then what was counted.
fn pairs() -> (usize, Vec<u8>) {
    let mut data = Reader(part(1));
    let (n, classes) = (usize::from(data.short()), usize::from(data.short()));
    let class = data.take(n);
    let inside = data.take(n);
    let between = data.take(classes * classes);
    let never = data.take(n);
    let mut costs = vec![255u8; n * n];
    for (row, (out, &from)) in costs.chunks_exact_mut(n).zip(class).enumerate() {
        let line = &between[usize::from(from) * classes..][..classes];
        let extra = u32::from(never[row]);
        for ((cost, &to), &within) in out.iter_mut().zip(class).zip(inside) {
            let sum = u32::from(line[usize::from(to)]) + u32::from(within) + extra;
            *cost = sum.min(255) as u8;
        }
        for _ in 0..data.short() {
            let (to, cost) = (data.short(), data.byte());
            if let Some(cell) = out.get_mut(usize::from(to)) {
                *cell = cost;
            }
        }
    }
    (n, costs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clean_is_cheaper_than_broken() {
        let m = Model::get();
        assert_eq!(m.symbol(' '), BLANK);
        for (clean, broken) in [("né", "nÃ©"), ("Привет", "РџСЂРёРІРµС‚"), ("größer", "grÃ¶ÃŸer"), ("日本", "æ—¥æœ¬")]
        {
            assert!(m.text(clean.chars()) + 12 * BIT < m.text(broken.chars()), "{clean}");
        }
        assert!(m.text("Від нього".chars()) < m.text("³д нього".chars()));
    }
}
