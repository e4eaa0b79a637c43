//! Guesses from the bytes themselves.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

use super::decode::Decoded;
use super::encoding::{Encoding, lookup, utf8};

/// How much a detector is given: more does not change its answer, and it is slow.
const SAMPLE: usize = 64 * 1024;

/// What speaks for a damaged file being UTF-8.
pub(super) struct Utf8Evidence {
    good: usize,
    bad: usize,
}

impl Utf8Evidence {
    /// In other encodings a pair of bytes that is valid UTF-8 is rarer than one that is not by far.
    pub(super) fn is_utf8(&self) -> bool {
        self.good > self.bad
    }

    pub(super) fn confidence(&self) -> f32 {
        self.good as f32 / (self.good + self.bad).max(1) as f32
    }
}

/// Counts well-formed sequences of several bytes against malformed ones.
pub(super) fn utf8_evidence(raw: &[u8], decoded: &Decoded<'_>) -> Utf8Evidence {
    let bad = decoded.damage.text.len();
    let leads = decoded.text.bytes().filter(|b| *b >= 0xC0).count();
    let _ = raw;
    Utf8Evidence { good: leads.saturating_sub(bad), bad }
}

/// UTF-16 or UTF-32 without a mark.
pub(super) fn wide(raw: &[u8]) -> Option<&'static Encoding> {
    let sample = raw.get(..4096).unwrap_or(raw);
    if raw.len() < 4 || !raw.len().is_multiple_of(2) || memchr::memchr(0, sample).is_none() {
        return None;
    }
    let mut nuls = [0usize; 4];
    for quad in sample.as_chunks::<4>().0 {
        for (count, byte) in nuls.iter_mut().zip(quad) {
            *count += usize::from(*byte == 0);
        }
    }
    let quads = sample.len() / 4;
    let most = |n: usize| n * 10 >= quads * 9;
    let few = |n: usize| n * 10 <= quads;
    let name = match nuls {
        [a, b, _, d] if raw.len().is_multiple_of(4) && most(a) && most(b) && few(d) => "utf-32be",
        [a, _, c, d] if raw.len().is_multiple_of(4) && most(c) && most(d) && few(a) => "utf-32le",
        [a, b, c, d] if few(a) && few(c) && b + d > quads / 4 => "utf-16le",
        [a, b, c, d] if few(b) && few(d) && a + c > quads / 4 => "utf-16be",
        _ => return None,
    };
    let encoding = lookup(name)?;
    let text = encoding.decode(sample.get(..sample.len() / 4 * 4).unwrap_or(sample));
    let odd = text.text.chars().filter(|c| c.is_control() && !c.is_whitespace()).count();
    (text.damage.text.len() <= 1 && odd * 50 <= text.text.len()).then_some(encoding)
}

/// Whether ASCII bytes switch to Japanese and back.
pub(super) fn looks_like_iso_2022_jp(raw: &[u8]) -> bool {
    let finder = memchr::memmem::Finder::new(b"\x1B$");
    let Some(at) = finder.find(raw) else {
        return false;
    };
    let sample = raw.get(at..raw.len().min(at + SAMPLE)).unwrap_or_default();
    let Some(encoding) = lookup("iso-2022-jp") else {
        return false;
    };
    let decoded = encoding.decode(sample);
    let japanese = decoded.text.chars().filter(|c| ('\u{3000}'..='\u{9FFF}').contains(c)).count();
    japanese > 0 && decoded.damage.text.len() * 10 <= japanese
}

/// The most likely encoding of bytes that are not UTF-8.
pub(super) fn legacy(raw: &[u8]) -> (&'static Encoding, f32) {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let mut fed = 0;
    for line in raw.split_inclusive(|b| *b == b'\n').filter(|l| !l.is_ascii()) {
        let line = line.get(..SAMPLE - fed).unwrap_or(line);
        // Never `last`: a sample that ends inside a character would rule out its encoding.
        detector.feed(line, false);
        fed += line.len();
        if fed >= SAMPLE {
            break;
        }
    }
    let web = detector.guess(None, Utf8Detection::Deny);
    (lookup(&web.name().to_ascii_lowercase()).unwrap_or(utf8()), 0.6)
}
