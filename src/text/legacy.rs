//! Single-byte encodings as tables with both directions.
//!
//! `encoding_rs` covers the pages of the web platform but has no way back for one character, and it lacks
//! DOS pages and most Macintosh ones; the missing pages come from a generated table. Whoever undoes a misread
//! needs to know what a byte that the page does not define became, hence [`Gaps`].

use std::sync::OnceLock;

use super::legacy_data::PAGES;

/// What stands for a byte that the vendor's page leaves undefined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Gaps {
    /// As the WHATWG standard has it: some pages give a C1 control (windows-1252 byte 81), some nothing
    /// (windows-1253 byte AA). This is what decoding uses.
    Web,
    /// Nothing: windows pages without the C1 controls. What strict decoders (Python, iconv) do.
    Strict,
    /// Always the character with the number of the byte, as lenient decoders do.
    Filled,
}

/// One single-byte encoding; the bytes 00 to 7F are ASCII.
pub struct SingleByte {
    name: &'static str,
    decode: [char; 128],
    /// For each block of 256 code points of the basic plane: 0, or 1 + its row in `rows`.
    blocks: [u8; 256],
    /// Rows of 256 bytes; 0 means that the character is not in the page.
    rows: Vec<[u8; 256]>,
}

/// Marks an undefined byte in [`SingleByte::upper_half`].
pub const UNDEFINED: char = '\u{FFFD}';

impl SingleByte {
    fn new(name: &'static str, decode: [char; 128]) -> Self {
        let mut table = Self { name, decode, blocks: [0; 256], rows: Vec::new() };
        // Backwards, so that of two bytes for one character the lower one wins.
        for (byte, &ch) in (0x80u8..=0xFF).zip(&decode).rev() {
            let point = ch as usize;
            if ch == UNDEFINED || point > 0xFFFF {
                continue;
            }
            if table.blocks[point >> 8] == 0 {
                table.rows.push([0; 256]);
                table.blocks[point >> 8] = table.rows.len() as u8;
            }
            let row = usize::from(table.blocks[point >> 8]) - 1;
            table.rows[row][point & 0xFF] = byte;
        }
        table
    }

    /// The table of an encoding by its canonical name (`windows-1252`, `ibm850`, `x-mac-ce`), built on first use.
    pub fn get(name: &str, gaps: Gaps) -> Option<&'static SingleByte> {
        PAGE_NAMES.iter().position(|n| *n == name).map(|index| Self::at(index, gaps))
    }

    /// All single-byte encodings, in the order of [`PAGE_NAMES`].
    pub fn all(gaps: Gaps) -> impl ExactSizeIterator<Item = &'static SingleByte> {
        (0..PAGE_NAMES.len()).map(move |index| Self::at(index, gaps))
    }

    pub(super) fn at(index: usize, gaps: Gaps) -> &'static SingleByte {
        static CELLS: [[OnceLock<SingleByte>; 3]; PAGE_NAMES.len()] =
            [const { [const { OnceLock::new() }; 3] }; PAGE_NAMES.len()];
        let name = PAGE_NAMES[index];
        let cell = &CELLS[index][gaps as usize];
        cell.get_or_init(|| Self::new(name, with_gaps(name, upper_half(name), gaps)))
    }

    /// The canonical name of the encoding.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The character for a byte, `None` where the page has none.
    #[inline]
    pub fn decode(&self, byte: u8) -> Option<char> {
        if byte < 0x80 {
            return Some(byte as char);
        }
        let ch = self.decode[usize::from(byte & 0x7F)];
        (ch != UNDEFINED).then_some(ch)
    }

    /// The byte for a character, `None` where the page lacks it.
    #[inline]
    pub fn encode(&self, ch: char) -> Option<u8> {
        let point = ch as usize;
        if point < 0x80 {
            return Some(point as u8);
        }
        let block = usize::from(*self.blocks.get(point >> 8)?);
        let byte = self.rows.get(block.checked_sub(1)?)?[point & 0xFF];
        (byte != 0).then_some(byte)
    }

    /// The whole text for the bytes, `None` if one of them is undefined.
    pub fn decode_all(&self, bytes: &[u8]) -> Option<String> {
        bytes.iter().map(|&b| self.decode(b)).collect()
    }

    /// The bytes for the whole text, `None` if the page lacks one of its characters.
    pub fn encode_all(&self, text: &str) -> Option<Vec<u8>> {
        text.chars().map(|c| self.encode(c)).collect()
    }

    /// The characters for the bytes 80 to FF, [`UNDEFINED`] where there is none.
    pub fn upper_half(&self) -> &[char; 128] {
        &self.decode
    }
}

impl std::fmt::Debug for SingleByte {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SingleByte({})", self.name)
    }
}

/// What the number of a character reference means to a browser: 128 to 159 are bytes of windows-1252.
pub(crate) fn of_number(number: u32) -> Option<char> {
    match u8::try_from(number) {
        Ok(byte @ 0x80..=0x9F) => SingleByte::get("windows-1252", Gaps::Filled)?.decode(byte),
        _ => char::from_u32(number),
    }
}

/// The pages of the WHATWG standard, by the names that `encoding_rs` knows.
const WEB: [&str; 27] = [
    "windows-1250",
    "windows-1251",
    "windows-1252",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "windows-1257",
    "windows-1258",
    "windows-874",
    "iso-8859-2",
    "iso-8859-3",
    "iso-8859-4",
    "iso-8859-5",
    "iso-8859-6",
    "iso-8859-7",
    "iso-8859-8",
    "iso-8859-10",
    "iso-8859-13",
    "iso-8859-14",
    "iso-8859-15",
    "iso-8859-16",
    "koi8-r",
    "koi8-u",
    "ibm866",
    "macintosh",
    "x-mac-cyrillic",
];

/// ISO 8859-1 as ISO has it, with C1 controls; on the web this label means windows-1252.
pub(super) const LATIN_1: &str = "iso-8859-1-strict";

/// The canonical names of all single-byte encodings.
pub static PAGE_NAMES: [&str; WEB.len() + 1 + PAGES.len()] = {
    let mut names = [LATIN_1; WEB.len() + 1 + PAGES.len()];
    let mut i = 0;
    while i < WEB.len() {
        names[i] = WEB[i];
        i += 1;
    }
    let mut j = 0;
    while j < PAGES.len() {
        names[WEB.len() + 1 + j] = PAGES[j].0;
        j += 1;
    }
    names
};

fn upper_half(name: &str) -> [char; 128] {
    let mut half: [char; 128] = std::array::from_fn(|i| char::from(0x80 + i as u8));
    if let Some((_, points)) = PAGES.iter().find(|(n, _)| *n == name) {
        for (ch, &point) in half.iter_mut().zip(points) {
            *ch = if point == 0 { UNDEFINED } else { char::from_u32(point.into()).unwrap_or(UNDEFINED) };
        }
    } else if let Some(web) = encoding_rs::Encoding::for_label(name.as_bytes())
        && web.name().eq_ignore_ascii_case(name)
    {
        for (byte, ch) in (0x80u8..=0xFF).zip(&mut half) {
            let bytes = [byte];
            let text = web.decode_without_bom_handling_and_without_replacement(&bytes);
            *ch = text.and_then(|t| t.chars().next()).unwrap_or(UNDEFINED);
        }
    }
    half
}

/// ISO pages define the C1 controls; in all others a C1 control stands for a byte that the vendor left undefined.
fn with_gaps(name: &str, mut half: [char; 128], gaps: Gaps) -> [char; 128] {
    let iso = name.starts_with("iso-");
    for (byte, ch) in (0x80u8..=0xFF).zip(&mut half) {
        match gaps {
            Gaps::Strict if !iso && ('\u{80}'..='\u{9F}').contains(ch) => *ch = UNDEFINED,
            Gaps::Filled if *ch == UNDEFINED => *ch = char::from(byte),
            _ => {}
        }
    }
    half
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_round_trips() {
        for gaps in [Gaps::Web, Gaps::Strict, Gaps::Filled] {
            for page in SingleByte::all(gaps) {
                assert!(page.upper_half().iter().any(|c| *c != UNDEFINED), "{page:?} is empty");
                for byte in 0..=0xFF {
                    let Some(ch) = page.decode(byte) else {
                        assert_ne!(gaps, Gaps::Filled, "{page:?} {byte:02X}");
                        continue;
                    };
                    let back = page.encode(ch).and_then(|b| page.decode(b));
                    assert_eq!(back, Some(ch), "{page:?} {byte:02X}");
                }
                assert_eq!(page.encode('\u{1F600}'), None);
                assert_eq!(page.encode(UNDEFINED), None);
            }
        }
    }

    #[test]
    fn known_characters() {
        let at = |name, byte| SingleByte::get(name, Gaps::Web).and_then(|p| p.decode(byte));
        assert_eq!(at("windows-1252", 0x80), Some('€'));
        assert_eq!(at("windows-1252", 0x81), Some('\u{81}'));
        assert_eq!(at("iso-8859-1-strict", 0x80), Some('\u{80}'));
        assert_eq!(at("ibm850", 0x82), Some('é'));
        assert_eq!(at("ibm437", 0xE1), Some('ß'));
        assert_eq!(at("macintosh", 0x8E), Some('é'));
        assert_eq!(at("x-mac-ce", 0x8B), Some('č'));
        assert_eq!(at("windows-1253", 0xAA), None);
        assert_eq!(at("ibm857", 0xD5), None);
        assert_eq!(SingleByte::get("utf-8", Gaps::Web).map(SingleByte::name), None);
    }

    #[test]
    fn gaps_decide_undefined_bytes() {
        let at = |gaps, byte| SingleByte::get("windows-1252", gaps).and_then(|p| p.decode(byte));
        assert_eq!(at(Gaps::Strict, 0x81), None);
        assert_eq!(at(Gaps::Filled, 0x81), Some('\u{81}'));
        let greek = SingleByte::get("windows-1253", Gaps::Filled).and_then(|p| p.decode(0xAA));
        assert_eq!(greek, Some('\u{AA}'));
    }
}
