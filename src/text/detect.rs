//! Decides the encoding of a file.
//!
//! The order: byte-order mark, what the user said, strict UTF-8, UTF-8 with a few damaged bytes, what the file
//! declares, and only then a guess from letters. A detector alone drops UTF-8 at the first damaged byte, and
//! then a single stray byte turns every other letter of the file into two.

use std::borrow::Cow;

use super::binary;
use super::declared::{self, Declared};
use super::decode::Decoded;
use super::encoding::{Encoding, Form, lookup, nearest, utf8};
use super::{EncodingInfo, NotText, Options};
use super::{guess, wide};

/// The outcome: an encoding, why, and the decoded text after the mark.
pub(super) struct Decision<'a> {
    pub(super) encoding: &'static Encoding,
    pub(super) info: EncodingInfo,
    /// The length of the byte-order mark.
    pub(super) mark: usize,
    pub(super) decoded: Decoded<'a>,
    pub(super) declared: Option<Declared>,
}

/// The share of lines that are UTF-8 beyond doubt above which a file is UTF-8 with other lines in it. It need not be the
/// greater one: UTF-8 can hold what the other lines say, but not the other way round.
const MOST: f32 = 0.35;

/// Byte-order marks. The mark of UTF-32LE begins with that of UTF-16LE and so comes first.
const MARKS: [(&[u8], &str); 6] = [
    (b"\xEF\xBB\xBF", "utf-8"),
    (b"\xFF\xFE\0\0", "utf-32le"),
    (b"\0\0\xFE\xFF", "utf-32be"),
    (b"\xFF\xFE", "utf-16le"),
    (b"\xFE\xFF", "utf-16be"),
    (b"\x84\x31\x95\x33", "gb18030"),
];

pub(super) fn decide<'a>(raw: &'a [u8], options: &Options<'_>) -> Result<Decision<'a>, NotText> {
    let declared = declared::find(raw, options.hint);
    let mut decision = choose(raw, options, declared.as_ref())?;
    let (mark, text) = (decision.mark, &decision.decoded.text);
    decision.declared = declared.and_then(|d| d.place(raw, mark, decision.encoding, text));
    Ok(decision)
}

fn choose<'a>(raw: &'a [u8], options: &Options<'_>, declared: Option<&Declared>) -> Result<Decision<'a>, NotText> {
    let forced = match options.encoding {
        Some(label) => Some(lookup(label).ok_or_else(|| NotText::UnknownEncoding {
            label: label.chars().take(80).collect(),
            nearest: nearest(label),
        })?),
        None => None,
    };
    if let Some((mark, encoding)) = marked(raw) {
        let why = match forced {
            Some(other) if other != encoding => Cow::Owned(format!("byte-order mark (not {} as given)", other.name())),
            _ => Cow::Borrowed("byte-order mark"),
        };
        return Ok(Decision::new(raw, mark, encoding, 1.0, why));
    }
    if let Some(encoding) = forced {
        return Ok(Decision::new(raw, 0, encoding, 1.0, "given by --encoding"));
    }
    if let Some(what) = binary::magic(raw) {
        return Err(NotText::Binary { why: what.to_owned() });
    }
    if let Some(why) = binary::reason(raw) {
        // What is no text byte by byte may be text in units of two or four bytes.
        return match wide::guess(raw) {
            Some((encoding, _)) => {
                Ok(Decision::new(raw, 0, encoding, 0.95, "reads as text two or four bytes at a time"))
            }
            None => Err(NotText::Binary { why }),
        };
    }
    Ok(match simdutf8::basic::from_utf8(raw) {
        Ok(text) => valid_utf8(text, declared),
        Err(_) => by_content(raw, declared),
    })
}

/// Bytes that are UTF-8 are hardly ever anything else.
fn valid_utf8<'a>(text: &'a str, declared: Option<&Declared>) -> Decision<'a> {
    let raw = text.as_bytes();
    let plain = |why| Decision::with(Decoded::clean(text), utf8(), 1.0, why);
    if !text.is_ascii() {
        return plain("valid UTF-8");
    }
    if wide::looks_like_iso_2022_jp(raw) {
        return Decision::new(raw, 0, lookup("iso-2022-jp").unwrap_or(utf8()), 0.95, "escape sequences");
    }
    // Pure ASCII says nothing, so what is declared decides how an edit is to be written.
    if let Some((declared, encoding)) = declared.and_then(|d| Some((d, d.encoding?)))
        && encoding != utf8()
        && (encoding.keeps_ascii() || matches!(encoding.form, Form::Utf7))
    {
        let decision = Decision::new(raw, 0, encoding, 0.9, declared.why);
        if decision.decoded.damage.is_empty() {
            return decision;
        }
    }
    plain("only ASCII")
}

fn by_content<'a>(raw: &'a [u8], declared: Option<&Declared>) -> Decision<'a> {
    let named = declared.and_then(|d| Some((d, d.encoding?)));
    if has_surrogates(raw)
        && let Some(cesu) = lookup("cesu-8")
    {
        let decision = Decision::new(raw, 0, cesu, 0.95, "UTF-8 in which surrogates stand for characters");
        if decision.decoded.damage.is_empty() {
            return decision;
        }
    }
    let evidence = guess::Utf8Evidence::of(raw);
    let damaged_utf8 = evidence.is_utf8();
    if damaged_utf8 == Some(true) {
        return Decision::new(raw, 0, utf8(), evidence.confidence(), "UTF-8 with damaged bytes");
    }
    if let Some((declared, encoding)) = named
        && encoding != utf8()
        && encoding.keeps_ascii()
    {
        let decision = Decision::new(raw, 0, encoding, 0.9, declared.why);
        if decision.decoded.damage.is_empty() {
            return match guess::instead_of(raw, encoding) {
                Some((is, sure)) => {
                    Decision::new(raw, 0, is, sure, format!("guessed from letters, not as {}", declared.why))
                }
                None => decision,
            };
        }
    }
    // Where most lines are UTF-8 beyond doubt, the letters of all lines together are not asked.
    let share = if damaged_utf8.is_none() { guess::share_of_utf8_lines(raw) } else { 0.0 };
    let (encoding, confidence) = match damaged_utf8 {
        None if share > MOST => (utf8(), share),
        None => guess::legacy_or_utf8(raw),
        _ => guess::legacy(raw),
    };
    if encoding == utf8() {
        return Decision::new(raw, 0, utf8(), confidence, "UTF-8 with damaged bytes");
    }
    // Lines in UTF-8 among the others say nothing of what those are in.
    let (encoding, confidence) = if share > 0.0 { guess::legacy(raw) } else { (encoding, confidence) };
    Decision::new(raw, 0, encoding, confidence, "guessed from letters")
}

/// Whether the surrogates of UTF-16 stand in the bytes, each in three of them, as CESU-8 writes characters beyond the basic plane.
fn has_surrogates(raw: &[u8]) -> bool {
    memchr::memchr_iter(0xED, raw).any(|at| {
        let pair = raw.get(at + 1..at + 6);
        pair.is_some_and(|p| matches!(p, [0xA0..=0xAF, 0x80..=0xBF, 0xED, 0xB0..=0xBF, 0x80..=0xBF]))
    })
}

fn marked(raw: &[u8]) -> Option<(usize, &'static Encoding)> {
    let (mark, name) = MARKS.iter().find(|(mark, name)| {
        // FF FE 00 00 is UTF-16LE that starts with NUL unless all of it can be UTF-32.
        raw.starts_with(mark) && (*name != "utf-32le" || raw.len().is_multiple_of(4))
    })?;
    Some((mark.len(), lookup(name)?))
}

impl<'a> Decision<'a> {
    fn new(
        raw: &'a [u8],
        mark: usize,
        encoding: &'static Encoding,
        confidence: f32,
        why: impl Into<Cow<'static, str>>,
    ) -> Self {
        let decoded = encoding.decode(raw.get(mark..).unwrap_or_default());
        let mut decision = Self::with(decoded, encoding, confidence, why);
        decision.mark = mark;
        decision.info.bom = mark > 0;
        decision
    }

    fn with(
        decoded: Decoded<'a>,
        encoding: &'static Encoding,
        confidence: f32,
        why: impl Into<Cow<'static, str>>,
    ) -> Self {
        let info = EncodingInfo { name: encoding.name().into(), bom: false, confidence, why: why.into() };
        Self { encoding, info, mark: 0, decoded, declared: None }
    }

    /// Text that is known to be UTF-8.
    pub(super) fn of_str(text: &'a str) -> Self {
        Self::with(Decoded::clean(text), utf8(), 1.0, "a string")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Hint, Source};

    fn decided(raw: &[u8]) -> (String, String) {
        match Source::decode(raw, &Options::default()) {
            Ok(source) => (source.encoding().name.to_string(), source.encoding().why.to_string()),
            Err(error) => (String::new(), error.to_string()),
        }
    }

    fn name(raw: &[u8]) -> String {
        decided(raw).0
    }

    #[test]
    fn marks_come_first() {
        assert_eq!(name(b"\xEF\xBB\xBFa"), "utf-8");
        assert_eq!(name(b"\xFF\xFEa\0"), "utf-16le");
        assert_eq!(name(b"\xFE\xFF\0a"), "utf-16be");
        assert_eq!(name(b"\xFF\xFE\0\0a\0\0\0"), "utf-32le");
        assert_eq!(name(b"\0\0\xFE\xFF\0\0\0a"), "utf-32be");
        let forced = Options { encoding: Some("koi8-r"), hint: Hint::Plain };
        let marked = Source::decode(b"\xEF\xBB\xBFa", &forced).expect("is text");
        assert_eq!(marked.encoding().name, "utf-8");
        assert_eq!((marked.text(), marked.position(0).byte), ("a", 3));
        let plain = Source::decode(b"\xC1", &forced).expect("is text");
        assert_eq!((plain.text(), plain.encoding().why.as_ref()), ("а", "given by --encoding"));
    }

    #[test]
    fn unknown_names_are_answered() {
        let forced = Options { encoding: Some("windws-1251"), hint: Hint::Plain };
        let error = Source::decode(b"a", &forced).err().map(|e| e.to_string());
        assert_eq!(error.as_deref(), Some("unknown encoding \"windws-1251\", did you mean windows-1251?"));
    }

    #[test]
    fn lines_in_utf8_outweigh_fewer_lines_in_another_encoding() {
        let russian = "Поезд из соседнего города опоздал почти на час.\nПассажиры ждали на холодной платформе.\n";
        let legacy = lookup("windows-1251").and_then(|e| e.encode(russian).ok()).unwrap_or_default();
        let mixed = [russian.as_bytes(), &legacy, "Потом пошёл дождь, и все ушли.\n".as_bytes()].concat();
        assert_eq!(name(&mixed), "utf-8");
    }

    #[test]
    fn surrogates_in_utf8() {
        assert_eq!(name(b"Une journ\xC3\xA9e \xED\xA0\xBD\xED\xB8\x80 tr\xC3\xA8s belle.\n"), "cesu-8");
    }

    #[test]
    fn a_few_damaged_bytes_leave_it_utf8() {
        for line in ["Où est passée la clé ?\n", "Где же ключ?\n", "鍵はどこですか。\n", "कुंजी कहाँ है?\n"]
        {
            let mut raw = line.repeat(1000).into_bytes();
            raw.insert(line.len() * 500, 0xE9);
            let source = Source::decode(&raw, &Options::default()).expect("is text");
            assert_eq!((source.encoding().name.as_ref(), source.damaged().len()), ("utf-8", 1));
            assert_eq!(source.damaged_bytes(source.damaged()[0]), b"\xE9");
        }
        // Cut in the middle of a character.
        let raw = "Der Schlüssel ist größer".as_bytes();
        assert_eq!(name(&raw[..raw.iter().rposition(|b| *b == 0xC3).unwrap_or(0) + 1]), "utf-8");
    }

    #[test]
    fn a_damaged_byte_hides_no_misread_utf8() {
        assert_eq!(name(b"caf\xC3\x83\xC2\xA9 noir \xFF\n"), "utf-8");
        assert_eq!(name(b"\xFF un th\xC3\x83\xC2\xA9 vert et un caf\xC3\x83\xC2\xA9\n"), "utf-8");
    }

    #[test]
    fn one_stray_byte_does_not_change_the_page() {
        let line = "Где же этот ключ?\n";
        let mut raw = lookup("windows-1251").and_then(|e| e.encode(&line.repeat(50)).ok()).unwrap_or_default();
        raw.insert(100, 0x98);
        assert_eq!(name(&raw), "windows-1251");
        raw.extend("Целый абзац в другой кодировке.\n".as_bytes());
        assert_eq!(name(&raw), "windows-1251");
    }

    #[test]
    fn declarations_count_where_bytes_allow_them() {
        let page = |charset: &str, text: &[u8]| [b"<html><meta charset=", charset.as_bytes(), b"><p>", text].concat();
        assert_eq!(decided(&page("koi8-r", b"\xC1\xC2\xD7")).1, "declared in HTML meta");
        assert_eq!(name(&page("koi8-r", "слово".as_bytes())), "utf-8");
        assert_eq!(name(&page("windows-1251", b"plain")), "windows-1251");
        assert_eq!(name(&page("utf-16", b"plain")), "utf-8");
        assert_eq!(name(&page("no-such", b"plain")), "utf-8");
    }

    #[test]
    fn letters_outweigh_a_declaration_that_makes_nonsense_of_them() {
        let page = |charset: &str, label: &str, text: &str| {
            let bytes = lookup(label).and_then(|e| e.encode(text).ok()).unwrap_or_default();
            name(&[b"<html><meta charset=", charset.as_bytes(), b"><p>", &bytes[..]].concat())
        };
        let german = "Die Bücher liegen für Sie an der Tür, die Schlüssel hängen über dem Gestühl, und später \
            wäre es schön, wenn jemand die Fenster schlösse; die Räume müssen übermorgen geräumt sein.";
        let polish = "Książki leżą przy drzwiach, a klucze wiszą nad łóżkiem; później byłoby dobrze, \
            gdyby ktoś zamknął okna, bo pokój musi być pusty już jutro.";
        assert_eq!(page("windows-1251", "windows-1252", german), "windows-1252");
        assert_eq!(page("iso-8859-1", "windows-1250", polish), "windows-1250");
        // A few letters say less than who wrote the declaration.
        assert_eq!(page("windows-1250", "windows-1252", "Größe"), "windows-1250");
        assert_eq!(page("iso-8859-13", "iso-8859-13", "Gerà dienà ir aèiû uþ dëmesá"), "iso-8859-13");
    }

    #[test]
    fn single_signs_are_western() {
        for text in ["Copyright © 2004 Somebody", "It costs £825 now", "At 25° and more", "see § 4", "«oui»", "a café"]
        {
            let raw = lookup("windows-1252").and_then(|e| e.encode(text).ok()).unwrap_or_default();
            let source = Source::decode(&raw, &Options::default()).expect("is text");
            assert_eq!(source.text(), text);
        }
    }

    #[test]
    fn wide_text_without_a_mark() {
        for text in [
            "Plain words, and no more.",
            "Просто слова",
            "これはペンです",
            "这是没有标记的文字",
            "한국어 문장입니다",
            "ภาษาไทย",
        ] {
            for label in ["utf-16le", "utf-16be", "utf-32le", "utf-32be"] {
                let raw = lookup(label).and_then(|e| e.encode(text).ok()).unwrap_or_default();
                assert_eq!(name(&raw), label, "{text}");
            }
        }
        assert_eq!(name("これは".repeat(40).as_bytes()), "utf-8");
    }

    #[test]
    fn binary_files_are_not_text() {
        assert_eq!(decided(b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR").1, "binary file (PNG image)");
        let noise: Vec<u8> = (0..2000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(decided(&noise).1.starts_with("binary file"), "{:?}", decided(&noise));
        assert_eq!(name(b""), "utf-8");
        assert_eq!(name(b"a"), "utf-8");
    }
}
