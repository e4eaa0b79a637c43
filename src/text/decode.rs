//! Bytes to text, with a note of every byte that is not valid.

use std::borrow::Cow;
use std::ops::Range;

use encoding_rs::{DecoderResult, Encoding as Web};

use super::Span;
use super::encoding::Form;
use super::legacy::{Gaps, SingleByte};

/// What stands in the text for a malformed sequence.
pub(super) const REPLACEMENT: char = '\u{FFFD}';

/// The outcome of decoding. Raw ranges count from the start of the decoded bytes.
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) damage: Damage,
    /// Places where the text is not as long as the bytes, for forms close to ASCII or UTF-8 (see `offsets`).
    pub(super) units: Vec<Unit>,
}

/// The malformed sequences, in order: where their U+FFFD stands in the text and which bytes it stands for.
#[derive(Default)]
pub(super) struct Damage {
    pub(super) text: Vec<Span>,
    pub(super) raw: Vec<Range<usize>>,
}

impl Damage {
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Notes a malformed sequence and puts its mark into the text.
    pub(super) fn mark(&mut self, text: &mut String, raw: Range<usize>) {
        let start = text.len();
        text.push(REPLACEMENT);
        self.text.push(Span::new(start, text.len()));
        self.raw.push(raw);
    }
}

/// A stretch of text that belongs to a stretch of bytes as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) text: Span,
    pub(super) raw: Range<usize>,
}

/// Decodes without looking at byte-order marks.
pub(super) fn decode(form: Form, bytes: &[u8]) -> Decoded<'_> {
    let mut sink = Sink::default();
    match form {
        Form::Utf8 => return utf8(bytes),
        Form::Cesu8 => super::variants::cesu8(bytes, false, &mut sink),
        Form::Java => super::variants::cesu8(bytes, true, &mut sink),
        Form::Utf7 => super::variants::utf7(bytes, &mut sink),
        Form::Utf16 { big } => utf16(bytes, big, &mut sink),
        Form::Utf32 { big } => utf32(bytes, big, &mut sink),
        Form::Single(index) => single(bytes, SingleByte::at(index, Gaps::Web), &mut sink),
        Form::Multi(web, _) => multi(bytes, web, &mut sink),
        Form::Iso2022Jp => super::iso2022::decode(bytes, &mut sink),
    }
    Decoded { text: Cow::Owned(sink.text), damage: sink.damage, units: sink.units }
}

/// Where decoders write.
#[derive(Default)]
pub(super) struct Sink {
    pub(super) text: String,
    pub(super) damage: Damage,
    pub(super) units: Vec<Unit>,
}

impl Sink {
    pub(super) fn damaged(&mut self, raw: Range<usize>) {
        self.damage.mark(&mut self.text, raw);
    }

    /// A damaged sequence in a form whose map is made of units.
    pub(super) fn damaged_unit(&mut self, raw: Range<usize>) {
        let start = self.text.len();
        self.damaged(raw.clone());
        self.units.push(Unit { text: Span::new(start, self.text.len()), raw });
    }
}

impl<'a> Decoded<'a> {
    pub(super) fn clean(text: &'a str) -> Self {
        Self { text: Cow::Borrowed(text), damage: Damage::default(), units: Vec::new() }
    }
}

/// Borrows where all is valid: a clean file is never copied.
pub(super) fn utf8(bytes: &[u8]) -> Decoded<'_> {
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        return Decoded::clean(text);
    }
    let mut sink = Sink { text: String::with_capacity(bytes.len() + bytes.len() / 64 + 16), ..Sink::default() };
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        sink.text.push_str(chunk.valid());
        at += chunk.valid().len();
        let bad = chunk.invalid().len();
        if bad > 0 {
            sink.damaged_unit(at..at + bad);
            at += bad;
        }
    }
    Decoded { text: Cow::Owned(sink.text), damage: sink.damage, units: sink.units }
}

fn single(bytes: &[u8], page: &SingleByte, sink: &mut Sink) {
    sink.text.reserve(bytes.len() + bytes.len() / 2);
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|r| !r.is_empty()) {
        let ascii = Web::ascii_valid_up_to(rest);
        let (plain, rest) = rest.split_at(ascii);
        sink.text.extend(std::str::from_utf8(plain));
        at += ascii;
        for &byte in rest.iter().take_while(|b| **b >= 0x80) {
            match page.decode(byte) {
                Some(ch) => sink.text.push(ch),
                None => sink.damaged(at..at + 1),
            }
            at += 1;
        }
    }
}

fn utf16(bytes: &[u8], big: bool, sink: &mut Sink) {
    sink.text.reserve(bytes.len());
    let (pairs, odd) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|&pair| if big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) });
    let mut at = 0;
    for unit in char::decode_utf16(units) {
        match unit {
            Ok(ch) => {
                sink.text.push(ch);
                at += 2 * ch.len_utf16();
            }
            Err(_) => {
                sink.damaged(at..at + 2);
                at += 2;
            }
        }
    }
    if !odd.is_empty() {
        sink.damaged(at..at + odd.len());
    }
}

fn utf32(bytes: &[u8], big: bool, sink: &mut Sink) {
    sink.text.reserve(bytes.len() / 2);
    for (index, quad) in bytes.chunks(4).enumerate() {
        let point = <[u8; 4]>::try_from(quad).ok();
        let point = point.map(|q| if big { u32::from_be_bytes(q) } else { u32::from_le_bytes(q) });
        match point.and_then(char::from_u32) {
            Some(ch) => sink.text.push(ch),
            None => sink.damaged(index * 4..index * 4 + quad.len()),
        }
    }
}

fn multi(bytes: &[u8], web: &'static Web, sink: &mut Sink) {
    let mut decoder = web.new_decoder_without_bom_handling();
    sink.text.reserve(bytes.len() + bytes.len() / 2 + 16);
    let mut read = 0;
    loop {
        let rest = bytes.get(read..).unwrap_or_default();
        let (result, consumed) = decoder.decode_to_string_without_replacement(rest, &mut sink.text, true);
        read += consumed;
        match result {
            DecoderResult::InputEmpty => return,
            DecoderResult::OutputFull => sink.text.reserve(rest.len() + 64),
            DecoderResult::Malformed(len, after) => {
                let end = read - usize::from(after);
                sink.damaged(end - usize::from(len)..end);
            }
        }
    }
}
