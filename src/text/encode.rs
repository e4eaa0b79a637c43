//! Text to bytes, without ever writing anything that does not come back as the same text.

use encoding_rs::{EncoderResult, Encoding as Web};

use super::encoding::{Encoding, Form, Unencodable};
use super::iso2022::{self, State};
use super::legacy::{Gaps, SingleByte};
use super::variants;

pub(super) fn encode(encoding: &Encoding, text: &str) -> Result<Vec<u8>, Unencodable> {
    encode_between(encoding, text, State::default(), State::default())
}

/// Encodes text between bytes that leave off in one state and bytes that expect another; the states matter in
/// ISO-2022-JP only.
pub(super) fn encode_between(encoding: &Encoding, text: &str, from: State, to: State) -> Result<Vec<u8>, Unencodable> {
    let missing = |ch| Unencodable { ch, encoding: encoding.name() };
    let bytes = match encoding.form {
        Form::Utf8 => text.as_bytes().to_vec(),
        Form::Cesu8 => variants::encode_cesu8(text, false),
        Form::Java => variants::encode_cesu8(text, true),
        Form::Utf7 => variants::encode_utf7(text),
        Form::Utf16 { big: true } => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        Form::Utf16 { big: false } => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        Form::Utf32 { big: true } => text.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect(),
        Form::Utf32 { big: false } => text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect(),
        Form::Single(index) => single(SingleByte::at(index, Gaps::Web), text).map_err(missing)?,
        Form::Multi(web, _) => multi(web, text).map_err(missing)?,
        Form::Iso2022Jp => return iso2022::encode(text, from, to),
    };
    // Some encoders of the web platform write look-alikes (¥ as 5C in Shift_JIS): those are not the same text.
    if let Form::Multi(..) = encoding.form {
        let back = encoding.decode(&bytes);
        if back.text != text {
            let ch = text.chars().zip(back.text.chars()).find(|(a, b)| a != b).map(|(a, _)| a);
            return Err(missing(ch.or(text.chars().next_back()).unwrap_or_default()));
        }
    }
    Ok(bytes)
}

fn single(page: &SingleByte, text: &str) -> Result<Vec<u8>, char> {
    text.chars().map(|ch| page.encode(ch).ok_or(ch)).collect()
}

fn multi(web: &'static Web, text: &str) -> Result<Vec<u8>, char> {
    let mut encoder = web.new_encoder();
    let mut out = Vec::with_capacity(text.len() + 16);
    let mut read = 0;
    loop {
        let rest = text.get(read..).unwrap_or_default();
        let (result, consumed) = encoder.encode_from_utf8_to_vec_without_replacement(rest, &mut out, true);
        read += consumed;
        match result {
            EncoderResult::InputEmpty => return Ok(out),
            EncoderResult::OutputFull => out.reserve(rest.len() * 2 + 64),
            EncoderResult::Unmappable(ch) => return Err(ch),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::text::{encodings, lookup};

    #[test]
    fn what_is_written_reads_the_same() {
        let samples = ["plain", "é", "Привет", "日本語", "中文", "한국어", "€", "¥", "‾", "−", "😀", "ﾊ", "\u{a0}"];
        for encoding in encodings() {
            for sample in samples {
                if let Ok(bytes) = encoding.encode(sample) {
                    assert_eq!(encoding.decode_strict(&bytes).as_deref(), Some(sample), "{encoding:?}");
                }
            }
        }
    }

    #[test]
    fn look_alikes_and_entities_are_refused() {
        let refused = |label, text| lookup(label).and_then(|e| e.encode(text).err()).map(|e| e.ch);
        assert_eq!(refused("shift_jis", "a¥"), Some('¥'));
        assert_eq!(refused("windows-1252", "aЖ"), Some('Ж'));
        assert_eq!(refused("windows-1252", "a\u{FFFD}"), Some('\u{FFFD}'));
        assert_eq!(refused("gb18030", "aЖ😀"), None);
        assert_eq!(refused("big5", "한"), Some('한'));
    }
}
