//! Decides the encoding of a file.
//!
//! The order: byte-order mark, what the user said, strict UTF-8, UTF-8 with a few damaged bytes, what the file
//! declares, and only then a guess from letters. A detector alone drops UTF-8 at the first damaged byte, and
//! then a single stray byte turns every other letter of the file into two.

use std::borrow::Cow;

use super::binary;
use super::declared::{self, Declared};
use super::decode::{Damage, Decoded};
use super::encoding::{Encoding, Form, lookup, nearest, utf8};
use super::guess;
use super::{EncodingInfo, NotText, Options};

/// The outcome: an encoding, why, and the decoded text after the mark.
pub(super) struct Decision<'a> {
    pub(super) encoding: &'static Encoding,
    pub(super) info: EncodingInfo,
    /// The length of the byte-order mark.
    pub(super) mark: usize,
    pub(super) decoded: Decoded<'a>,
    pub(super) declared: Option<Declared>,
}

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
    if let Some(encoding) = guess::wide(raw) {
        return Ok(Decision::new(raw, 0, encoding, 0.95, "pattern of NUL bytes"));
    }
    if let Some(why) = binary::reason(raw) {
        return Err(NotText::Binary { why });
    }
    let decoded = super::decode::utf8(raw);
    let declared = declared::find(raw, options.hint);
    let mut decision = by_content(raw, decoded, declared.as_ref());
    decision.declared = declared;
    Ok(decision)
}

fn by_content<'a>(raw: &'a [u8], decoded: Decoded<'a>, declared: Option<&Declared>) -> Decision<'a> {
    let named = declared.and_then(|d| Some((d, d.encoding?)));
    if decoded.damage.is_empty() {
        let ascii = raw.is_ascii();
        if ascii && guess::looks_like_iso_2022_jp(raw) {
            return Decision::new(raw, 0, lookup("iso-2022-jp").unwrap_or(utf8()), 0.95, "escape sequences");
        }
        // Pure ASCII says nothing, so what is declared decides how an edit is to be written.
        if ascii
            && let Some((declared, encoding)) = named
            && encoding != utf8()
            && (encoding.keeps_ascii() || matches!(encoding.form, Form::Utf7))
        {
            let decision = Decision::new(raw, 0, encoding, 0.9, declared.why);
            if decision.decoded.damage.is_empty() {
                return decision;
            }
        }
        let why = if ascii { "only ASCII" } else { "valid UTF-8" };
        return Decision::with(decoded, utf8(), 1.0, why);
    }
    let evidence = guess::utf8_evidence(raw, &decoded);
    if evidence.is_utf8() {
        return Decision::with(decoded, utf8(), evidence.confidence(), "UTF-8 with damaged bytes");
    }
    if let Some((declared, encoding)) = named
        && encoding != utf8()
        && encoding.keeps_ascii()
    {
        let decision = Decision::new(raw, 0, encoding, 0.9, declared.why);
        if decision.decoded.damage.is_empty() {
            return decision;
        }
    }
    let (encoding, confidence) = guess::legacy(raw);
    Decision::new(raw, 0, encoding, confidence, "guessed from letters")
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
        let decoded = Decoded { text: Cow::Borrowed(text), damage: Damage::default(), units: Vec::new() };
        Self::with(decoded, utf8(), 1.0, "a string")
    }
}
