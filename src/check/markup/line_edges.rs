//! Lines whose first or last bytes are those of a label: a look at every line that takes no branch which a processor would
//! have to guess, for all checks that know labels.

use super::phrases;
use crate::{
    analysis::{Facts, places::window},
    text::Span,
};
use std::sync::OnceLock;

/// The numbers of the lines that may be a label, or begin or end with one, in order.
pub(super) fn labelled<'f>(facts: &'f Facts, text: &str) -> &'f [u32] {
    facts.labelled.get_or_init(|| of(text, facts.lines(text)))
}

fn of(text: &str, lines: &[Span]) -> Vec<u32> {
    let (bytes, marks) = (text.as_bytes(), marks());
    let mut found = Vec::new();
    for (n, part) in (0u32..).zip(lines.chunks(64)) {
        let mut bits = 0_u64;
        for (i, line) in part.iter().enumerate() {
            bits |= u64::from(marks.may_be_label(bytes, *line)) << i;
        }
        while bits != 0 {
            found.push(n * 64 + bits.trailing_zeros());
            bits &= bits - 1;
        }
    }
    found
}

/// What lines of labels begin and end with.
struct Marks {
    /// What begins so, by [`slot`]: [`WHOLE`], [`LEAD`], [`CAPTION`].
    heads: Vec<u8>,
    /// By [`end`].
    tails: Vec<bool>,
    /// First bytes of a blank, or of a sign that may decorate a line.
    opens: [bool; 256],
    /// Last bytes of what may follow a label.
    closes: [bool; 256],
}

/// A line of a page's furniture.
pub(super) const WHOLE: u8 = 1;
/// A line that leads to another article.
pub(super) const LEAD: u8 = 4;
/// The label of a picture's caption or credit.
const CAPTION: u8 = 2;

fn marks() -> &'static Marks {
    static MARKS: OnceLock<Marks> = OnceLock::new();
    MARKS.get_or_init(|| {
        let mut marks = Marks {
            heads: vec![0; 1 << SLOT_BITS],
            tails: vec![false; 1 << END_BITS],
            opens: [false; 256],
            closes: [false; 256],
        };
        for (head, leads) in phrases::heads() {
            marks.heads[slot(head)] |= if leads { LEAD } else { WHOLE };
        }
        for (label, _) in phrases::captions() {
            if let Some(head) = head_of(label) {
                marks.heads[slot(head)] |= CAPTION;
            }
            let bare = label.trim_end_matches([',', '،', '，', ' ']).as_bytes();
            if let Some(tail) = bare.last_chunk() {
                marks.tails[end(u32::from_le_bytes(*tail))] = true;
            }
        }
        for b in 0..=u8::MAX {
            // Beyond ASCII: signs of Latin-1, of General Punctuation and what follows it, and full-width ones.
            let sign = if b.is_ascii() { !b.is_ascii_alphanumeric() } else { matches!(b, 0xC2 | 0xE2 | 0xEF) };
            marks.opens[usize::from(b)] = sign;
            marks.closes[usize::from(b)] = b.is_ascii() && !b.is_ascii_graphic() || matches!(b, b':' | b',');
        }
        marks
    })
}

/// So short a line may be a phrase that is too short for [`slot`], with a sign behind it.
const SHORT: usize = 8;

impl Marks {
    #[inline(always)]
    fn may_be_label(&self, bytes: &[u8], line: Span) -> bool {
        let head = window(bytes, line.start);
        let tail = line.end.checked_sub(8).map_or_else(|| first(bytes, line.end), |at| window(bytes, at));
        let byte = |at: u64, word: u64| usize::from((word >> (8 * at)) as u8);
        // East Asian blanks and brackets share the first byte with kana.
        let opens = self.opens[byte(0, head)] | (head & 0xFFFF == 0x80E3);
        // One such sign is looked behind.
        let closes = self.closes[byte(7, tail)];
        let bare = tail << (8 * u32::from(closes));
        let blank = self.closes[byte(7, bare)]
            | (byte(6, bare) == 0xC2)
            | (byte(5, bare) == 0xE2)
            | (bare >> 48 == 0x8CD8)
            | (bare >> 40 == 0x8080E3)
            | (bare >> 40 == 0x8CBCEF);
        let known = (self.heads[slot(head)] != 0) | self.tails[end((bare >> 32) as u32)];
        !line.is_empty() & (opens | known | blank | (line.len() <= SHORT))
    }
}

/// What a line may be by how it begins, behind what decorates it: [`WHOLE`], [`LEAD`], both or nothing.
pub(super) fn phrase(text: &str, line: Span) -> u8 {
    let bytes = text.as_bytes();
    let part = bytes.get(line.range()).unwrap_or_default();
    let marks = marks();
    let opens = |at: usize| match part.get(at) {
        // A sign beyond ASCII is told from a letter by whoever reads the line.
        Some(b) => b.is_ascii() && marks.opens[usize::from(*b)],
        None => false,
    };
    let open = (0..part.len()).find(|at| !opens(*at)).unwrap_or(part.len());
    let rest = part.len() - open;
    let sign = part.get(open).is_some_and(|b| marks.opens[usize::from(*b)] || *b == 0xE3);
    match rest {
        0 => 0,
        _ if sign || rest <= SHORT => WHOLE | LEAD,
        _ => marks.heads[slot(window(bytes, line.start + open))] & (WHOLE | LEAD),
    }
}

/// Whether a line that was stripped of blanks may begin with the label of a picture, or end with one.
pub(super) fn may_be_caption(part: &str, body: &str) -> bool {
    let marks = marks();
    let tail = |tail: &[u8; 4]| marks.tails[end(u32::from_le_bytes(*tail))];
    marks.heads[slot(window(part.as_bytes(), 0))] & CAPTION != 0 || body.as_bytes().last_chunk().is_some_and(tail)
}

/// The last eight bytes before a place near the text's beginning, the last one highest.
#[cold]
fn first(bytes: &[u8], end: usize) -> u64 {
    bytes.get(..end).unwrap_or_default().iter().fold(0, |word, b| word >> 8 | u64::from(*b) << 56)
}

const SLOT_BITS: u32 = 14;
const END_BITS: u32 = 14;
/// So many bytes of a line say how it begins.
const HEAD: usize = 6;

/// A hash of how a line begins, in ASCII whatever its case.
fn slot(head: u64) -> usize {
    // One bit is case in ASCII; what the fold makes alike beyond ASCII only shares a place.
    let folded = (head | 0x2020_2020_2020) & 0xFFFF_FFFF_FFFF;
    (folded.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - SLOT_BITS)) as usize
}

/// A hash of how a line ends.
fn end(tail: u32) -> usize {
    (tail.wrapping_mul(0x9E37_79B9) >> (32 - END_BITS)) as usize
}

/// How a phrase begins; `None` where it is so short that what follows it on its line counts.
pub(super) fn head_of(phrase: &str) -> Option<u64> {
    let head = phrase.as_bytes().first_chunk::<HEAD>()?;
    Some(head.iter().rev().fold(0, |word, b| word << 8 | u64::from(*b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<u32> {
        let facts = Facts::default();
        labelled(&facts, text).to_vec()
    }

    #[test]
    fn labels_are_found_whatever_stands_round_them() {
        for label in
            ["Share this article", "READ MORE", "s’abonner", "Читать Далее", "Lo Más Leído", "Print", "Image caption"]
        {
            for (before, after) in [("", ""), ("» ", " …"), ("\u{3000}", ":"), ("- ", ""), ("", ","), ("", "  ")] {
                assert_eq!(
                    found(&format!("{before}{label}{after}\nThe harbour is closed\n")),
                    [0],
                    "{before}{label}{after}"
                );
            }
        }
        assert_eq!(found("The old harbourImage copyright\nAlderportMedia caption:\n"), [0, 1]);
        assert!(found("The harbour was closed at noon\nand opened again in the evening.\n\n").is_empty());
    }
}
