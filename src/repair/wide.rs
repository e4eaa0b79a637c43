//! The East Asian encodings, from characters back to bytes and from bytes to characters.

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GBK, SHIFT_JIS};
use std::sync::OnceLock;

/// An East Asian multi-byte encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Wide {
    Gbk = 0,
    Big5 = 1,
    ShiftJis = 2,
    EucKr = 3,
    EucJp = 4,
    /// Big5 as code page 950 of some programs has it: kana and Cyrillic letters at other places.
    Big5Kana = 5,
}

/// All of them.
pub(super) const ALL: [Wide; 5] = [Wide::Gbk, Wide::Big5, Wide::ShiftJis, Wide::EucKr, Wide::EucJp];
/// All that a text may have been read as.
pub(super) const DECODERS: [Wide; 6] =
    [Wide::Gbk, Wide::Big5, Wide::Big5Kana, Wide::ShiftJis, Wide::EucKr, Wide::EucJp];

/// The characters of [`Wide::Big5Kana`] from C6A1 on, in the order of the bytes.
fn kana() -> &'static [char] {
    static ALL: OnceLock<Vec<char>> = OnceLock::new();
    ALL.get_or_init(|| {
        let rest = "ДЕЁЖЗИЙКЛМУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя①②③④⑤⑥⑦⑧⑨⑩⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽";
        "ヾゝゞ々".chars().chain('ぁ'..='ん').chain('ァ'..='ヶ').chain(rest.chars()).collect()
    })
}

/// The character of such a pair of bytes.
fn moved([lead, trail]: [u8; 2]) -> Option<char> {
    let row = usize::from(lead).checked_sub(0xC6)? * 157;
    let column = usize::from(if trail < 0x80 { trail - 0x40 } else { trail - 0xA1 + 63 });
    (row + column).checked_sub(63).and_then(|i| kana().get(i)).copied()
}

/// Bytes of one character: one, two, or three after 8F in EUC-JP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bytes {
    bytes: [u8; 3],
    len: u8,
}

impl Bytes {
    pub(super) fn as_slice(&self) -> &[u8] {
        &self.bytes[..usize::from(self.len)]
    }
}

impl Wide {
    /// The name of the encoding.
    pub(super) fn name(self) -> &'static str {
        match self {
            Wide::Gbk => "gbk",
            Wide::Big5 | Wide::Big5Kana => "big5",
            Wide::ShiftJis => "shift_jis",
            Wide::EucKr => "euc-kr",
            Wide::EucJp => "euc-jp",
        }
    }

    fn codec(self) -> &'static Encoding {
        match self {
            Wide::Gbk => GBK,
            Wide::Big5 | Wide::Big5Kana => BIG5,
            Wide::ShiftJis => SHIFT_JIS,
            Wide::EucKr => EUC_KR,
            Wide::EucJp => EUC_JP,
        }
    }

    /// Code point of the basic plane to its two bytes, made by decoding every pair once.
    fn back(self) -> &'static [u16] {
        static TABLES: [OnceLock<Vec<u16>>; 6] = [const { OnceLock::new() }; 6];
        TABLES[self as usize].get_or_init(|| {
            let mut table = vec![0u16; 0x1_0000];
            // Backwards: where two byte pairs give one character, the lower one is the usual one.
            // In Big5 the usual ones begin at A1; what stands before are later additions.
            let split = if matches!(self, Wide::Big5 | Wide::Big5Kana) { 0xA1 } else { 0x81 };
            let leads = (0x81..split).rev().chain((split..=0xFEu8).rev());
            let pairs: Vec<[u8; 2]> =
                leads.flat_map(|lead| (0x40..=0xFEu8).rev().map(move |trail| [lead, trail])).collect();
            // A line each, all decoded at once: no encoding takes a line end for the second byte of a pair.
            let lines: Vec<u8> = pairs.iter().flat_map(|[lead, trail]| [*lead, *trail, b'\n']).collect();
            let text = self.codec().decode_without_bom_handling(&lines).0;
            for (pair, line) in pairs.into_iter().zip(text.split('\n')) {
                let ch = if self.is_moved(pair) { moved(pair) } else { self.pair(pair, line) };
                if let Some(cell) = ch.and_then(|ch| table.get_mut(ch as usize)) {
                    *cell = u16::from_be_bytes(pair);
                }
            }
            table
        })
    }

    /// Whether only this variant has a character for a pair of bytes, see [`kana`].
    fn is_moved(self, pair: [u8; 2]) -> bool {
        self == Wide::Big5Kana && matches!(pair, [0xC6, 0xA1..=0xFE] | [0xC7, 0x40..=0x7E | 0xA1..=0xFE])
    }

    /// The character for a pair of bytes, out of what decoding them gave.
    fn pair(self, [lead, trail]: [u8; 2], decoded: &str) -> Option<char> {
        // In EUC-JP the first takes one byte more, the second begins a half-width letter.
        if self == Wide::EucJp && (lead == 0x8E || lead == 0x8F) && !(lead == 0x8E && (0xA1..=0xDF).contains(&trail)) {
            return None;
        }
        let mut chars = decoded.chars();
        let first = chars.next().filter(|ch| *ch != '\u{FFFD}')?;
        (chars.next().is_none() && !first.is_ascii()).then_some(first)
    }

    /// The bytes of a character; `None` where the encoding lacks it.
    pub(super) fn encode(self, ch: char) -> Option<Bytes> {
        let point = ch as u32;
        if point < 0x80 {
            return Some(Bytes { bytes: [point as u8, 0, 0], len: 1 });
        }
        if let Some(single) = self.single(point) {
            return Some(Bytes { bytes: [single, 0, 0], len: 1 });
        }
        match self.back().get(point as usize) {
            Some(&pair) if pair != 0 => {
                let [lead, trail] = pair.to_be_bytes();
                Some(Bytes { bytes: [lead, trail, 0], len: 2 })
            }
            _ => None,
        }
    }

    /// Characters of one high byte; decoders differ on them, so all variants are taken.
    fn single(self, point: u32) -> Option<u8> {
        match (self, point) {
            (Wide::ShiftJis, 0xFF61..=0xFF9F) => Some((point - 0xFF61 + 0xA1) as u8),
            (Wide::ShiftJis, 0x80 | 0xA0) => Some(point as u8),
            (Wide::ShiftJis, 0xF8F0) => Some(0xA0),
            (Wide::ShiftJis, 0xF8F1..=0xF8F3) => Some((point - 0xF8F1 + 0xFD) as u8),
            (Wide::Gbk, 0x20AC) => Some(0x80),
            (Wide::Gbk | Wide::EucKr | Wide::Big5 | Wide::Big5Kana, 0x80 | 0xFF) => Some(point as u8),
            _ => None,
        }
    }

    /// The text for the bytes; `None` if they are not valid.
    pub(super) fn decode(self, bytes: &[u8]) -> Option<String> {
        self.codec().decode_without_bom_handling_and_without_replacement(bytes).map(|t| t.into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_round_trip() {
        for wide in ALL {
            for text in ["日本", "か"] {
                let bytes: Vec<u8> =
                    text.chars().filter_map(|c| wide.encode(c)).flat_map(|b| b.as_slice().to_vec()).collect();
                assert_eq!(wide.decode(&bytes).as_deref(), Some(text), "{wide:?}");
            }
        }
        // Every character that two bytes give goes back to two bytes that give it.
        for wide in ALL {
            let pairs = (0x81..=0xFEu8).flat_map(|lead| (0x40..=0xFEu8).map(move |trail| [lead, trail]));
            for text in pairs.filter_map(|pair| wide.decode(&pair)) {
                let mut chars = text.chars();
                if let (Some(ch), None) = (chars.next(), chars.next())
                    && !ch.is_ascii()
                    && u32::from(ch) < 0x1_0000
                {
                    let back = wide.encode(ch).and_then(|bytes| wide.decode(bytes.as_slice()));
                    assert_eq!(back, Some(text), "{wide:?}");
                }
            }
        }
        assert_eq!(Wide::ShiftJis.encode('ﾃ').map(|b| b.as_slice().to_vec()), Some(vec![0xC3]));
        assert_eq!(Wide::Gbk.encode('\u{1F600}'), None);
        assert_eq!(Wide::Big5Kana.encode('ヶ').map(|b| b.as_slice().to_vec()), Some(vec![0xC7, 0xB0]));
    }
}
