//! UTF-16 and UTF-32 without a byte-order mark, and the escapes of ISO-2022-JP.

use super::encoding::{Encoding, lookup};
use crate::repair::model::{BIT, Cost, Model};

/// How much of a file is looked at.
const SAMPLE: usize = 4096;

/// A character of text costs less than this many bits on average; noise costs more.
const PLAUSIBLE: Cost = 17 * BIT;

/// UTF-16 or UTF-32 without a mark, if the bytes read as text in it, and the mean cost of a character.
pub(super) fn guess(raw: &[u8]) -> Option<(&'static Encoding, Cost)> {
    let sample = raw.get(..SAMPLE).unwrap_or(raw);
    if raw.len() < 4 {
        return None;
    }
    if raw.len().is_multiple_of(4)
        && let Some(big) = utf32_order(sample)
    {
        return Some((lookup(if big { "utf-32be" } else { "utf-32le" })?, 0));
    }
    let model = Model::get();
    let readings = ["utf-16le", "utf-16be"].into_iter().filter_map(lookup);
    let scored = readings.filter_map(|e| Some((cost(sample, e, model)?, e)));
    let (cost, encoding) = scored.min_by_key(|(cost, _)| *cost)?;
    (cost <= PLAUSIBLE).then_some((encoding, cost))
}

/// Whether all is code points below 110000, and in which order.
fn utf32_order(sample: &[u8]) -> Option<bool> {
    let quads = sample.as_chunks::<4>().0;
    let valid = |big: bool| {
        quads.iter().all(|q| {
            let point = if big { u32::from_be_bytes(*q) } else { u32::from_le_bytes(*q) };
            char::from_u32(point).is_some_and(|c| c != '\0')
        })
    };
    [false, true].into_iter().find(|big| valid(*big))
}

/// The mean cost of a character; nothing if it cannot be text.
pub(super) fn cost(sample: &[u8], encoding: &Encoding, model: &Model) -> Option<Cost> {
    let decoded = encoding.decode(sample.get(..sample.len() / 2 * 2)?);
    let (mut count, mut odd) = (0, 0);
    for ch in decoded.text.chars() {
        count += 1;
        let noncharacter = u32::from(ch) & 0xFFFE == 0xFFFE || ('\u{FDD0}'..='\u{FDEF}').contains(&ch);
        let private = ('\u{E000}'..='\u{F8FF}').contains(&ch);
        odd += Cost::from(noncharacter || private || (ch.is_control() && !ch.is_whitespace()));
    }
    // A sample may end between surrogates.
    let damaged = decoded.damage.text.len().saturating_sub(1) as Cost;
    if count == 0 || (odd + damaged) * 50 > count {
        return None;
    }
    Some((model.text(decoded.text.chars()) + (odd + damaged) * 20 * BIT) / count)
}

/// Whether ASCII bytes switch to Japanese and back.
pub(super) fn looks_like_iso_2022_jp(raw: &[u8]) -> bool {
    let Some(at) = memchr::memmem::find(raw, b"\x1B$") else { return false };
    let sample = raw.get(at..raw.len().min(at + SAMPLE)).unwrap_or_default();
    let Some(encoding) = lookup("iso-2022-jp") else { return false };
    let decoded = encoding.decode(sample);
    let japanese = decoded.text.chars().filter(|c| ('\u{3000}'..='\u{9FFF}').contains(c)).count();
    japanese > 0 && decoded.damage.text.len() * 10 <= japanese
}
