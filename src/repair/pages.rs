//! The single-byte pages that a text may have been read as, and for each character its byte in each of them.

use crate::text::legacy::{Gaps, SingleByte};
use std::sync::OnceLock;

/// How many pages UTF-8 is tried through.
pub(super) const PAGES: usize = 30;

/// A page: its canonical name, the name people use, and how unusual it is, in bits.
pub(super) struct Page {
    /// The name in the table of encodings.
    pub(super) name: &'static str,
    /// Bits that a repair through this page has to earn on top.
    pub(super) rare: i32,
}

const fn page(name: &'static str, rare: i32) -> Page {
    Page { name, rare }
}

/// By how often each is the culprit: the first of several that give the same text is named.
pub(super) static LIST: [Page; PAGES] = [
    page("windows-1252", 0),
    page("iso-8859-1-strict", 0),
    page("windows-1251", 1),
    page("windows-1250", 1),
    page("windows-1254", 1),
    page("macintosh", 2),
    page("ibm437", 2),
    page("ibm850", 2),
    page("windows-1253", 2),
    page("windows-1255", 2),
    page("windows-1256", 2),
    page("windows-1257", 2),
    page("windows-1258", 3),
    page("windows-874", 3),
    page("iso-8859-2", 2),
    page("iso-8859-15", 6),
    page("koi8-r", 2),
    page("ibm866", 2),
    page("ibm852", 3),
    page("iso-8859-5", 4),
    page("iso-8859-7", 4),
    page("x-mac-turkish", 4),
    page("koi8-u", 4),
    page("x-mac-cyrillic", 4),
    page("ibm858", 4),
    page("ibm857", 4),
    page("iso-8859-13", 8),
    page("iso-8859-4", 4),
    page("x-mac-ce", 4),
    page("iso-8859-16", 8),
];

/// The bytes of one character in all pages; 0 where a page lacks it.
pub(super) type Row = [u8; PAGES];

/// What a character may be the image of, a bit for each page.
#[derive(Clone, Copy, Default)]
pub(super) struct Marks {
    /// The lead byte of two.
    pub(super) two: u32,
    /// The lead byte of three or four.
    pub(super) more: u32,
    /// A continuation byte.
    pub(super) tail: u32,
    /// Whether any page has it.
    pub(super) known: bool,
}

/// Lookups over all pages at once.
pub(super) struct Pages {
    /// For each block of 256 code points of the basic plane: 0, or 1 + its block of rows.
    blocks: [u8; 256],
    rows: Vec<[Row; 256]>,
    /// In the same order as `rows`: pages in which the character is the image of a lead byte, of a continuation byte.
    masks: Vec<[(u32, u32); 256]>,
    /// U+0000 to U+07FF and U+2000 to U+25FF, directly.
    near: Vec<Marks>,
    tables: Vec<&'static SingleByte>,
}

impl Pages {
    /// The tables, built on first use.
    pub(super) fn get() -> &'static Pages {
        static ALL: OnceLock<Pages> = OnceLock::new();
        ALL.get_or_init(Pages::build)
    }

    fn build() -> Pages {
        let tables: Vec<_> = LIST.iter().filter_map(|p| SingleByte::get(p.name, Gaps::Filled)).collect();
        debug_assert_eq!(tables.len(), PAGES);
        let mut all = Pages { blocks: [0; 256], rows: Vec::new(), masks: Vec::new(), near: Vec::new(), tables };
        for index in 0..all.tables.len() {
            let table = all.tables[index];
            // Backwards: of two bytes for one character the lower one wins, as in the table itself.
            for byte in (0x80..=0xFFu8).rev() {
                let Some(ch) = table.decode(byte) else { continue };
                let point = ch as usize;
                let Some(block) = all.blocks.get_mut(point >> 8) else { continue };
                if *block == 0 {
                    all.rows.push([[0; PAGES]; 256]);
                    all.masks.push([(0, 0); 256]);
                    *block = all.rows.len() as u8;
                }
                all.rows[usize::from(*block) - 1][point & 0xFF][index] = byte;
            }
        }
        for (masks, rows) in all.masks.iter_mut().zip(&all.rows) {
            for (mask, row) in masks.iter_mut().zip(rows) {
                for (index, &byte) in row.iter().enumerate() {
                    mask.0 |= u32::from((0xC2..=0xF4).contains(&byte)) << index;
                    mask.1 |= u32::from((0x80..=0xBF).contains(&byte)) << index;
                }
            }
        }
        let points = (0..0x800).chain(0x2000..0x2600).filter_map(char::from_u32);
        all.near = points.map(|ch| all.place(ch).map_or(Marks::default(), |(b, c)| all.marks_of(b, c))).collect();
        all
    }

    #[inline]
    fn place(&self, ch: char) -> Option<(usize, usize)> {
        let point = ch as usize;
        let block = *self.blocks.get(point >> 8)?;
        (block != 0).then(|| (usize::from(block) - 1, point & 0xFF))
    }

    /// The bytes of a character in all pages; `None` where no page has it.
    #[inline]
    pub(super) fn row(&self, ch: char) -> Option<&Row> {
        let (block, cell) = self.place(ch)?;
        self.rows.get(block).map(|rows| &rows[cell])
    }

    /// The masks of a character for the gate.
    #[inline]
    pub(super) fn marks(&self, ch: char) -> Marks {
        let point = ch as usize;
        let at = if point < 0x800 {
            point
        } else if (0x2000..0x2600).contains(&point) {
            point - 0x1800
        } else {
            return self.place(ch).map_or(Marks::default(), |(block, cell)| self.marks_of(block, cell));
        };
        self.near.get(at).copied().unwrap_or_default()
    }

    fn marks_of(&self, block: usize, cell: usize) -> Marks {
        let Some(row) = self.rows.get(block).map(|r| &r[cell]) else { return Marks::default() };
        let mut marks = Marks::default();
        for (index, &byte) in row.iter().enumerate() {
            marks.known |= byte != 0;
            marks.two |= u32::from((0xC2..=0xDF).contains(&byte)) << index;
            marks.more |= u32::from((0xE0..=0xF4).contains(&byte)) << index;
            marks.tail |= u32::from((0x80..=0xBF).contains(&byte)) << index;
        }
        marks
    }

    /// The pages in which a character is the image of a lead byte, and of a continuation byte.
    #[inline]
    pub(super) fn masks(&self, ch: char) -> (u32, u32) {
        self.place(ch).and_then(|(block, cell)| self.masks.get(block).map(|m| m[cell])).unwrap_or((0, 0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_exists() {
        let pages = Pages::get();
        assert_eq!(pages.tables.len(), PAGES);
        for (index, page) in LIST.iter().enumerate() {
            assert_eq!(pages.tables.get(index).map(|t| t.name()), Some(page.name));
        }
    }

    #[test]
    fn masks_know_the_classic() {
        let pages = Pages::get();
        assert_eq!(pages.row('Ã').map(|r| r[0]), Some(0xC3));
        assert_eq!(pages.masks('Ã').0 & 1, 1);
        assert_eq!(pages.masks('©').1 & 1, 1);
        assert_eq!(pages.masks('中'), (0, 0));
    }
}
