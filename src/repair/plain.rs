//! The first and cheapest look at a line: does everything in it read like the text before?
//!
//! A table for the language that the document has shown, two loads for each letter, nothing allocated. What passes is
//! not looked at again; what does not goes to the gate, which knows more. So this may err on one side only.

use super::{
    gate::{are_rare, is_joint, is_typographic},
    known::{Known, Run, Tally},
    model::{BIT, Cost},
    quick::{CAPITAL, QUOTE, Quick, Ranks, SIGN, TYPOGRAPHIC, is_letter},
};

use std::ops::Range;

/// A step that is not taken on trust.
const STEP: Cost = 11 * BIT;

/// Where the next byte beyond ASCII stands, from `at` on.
#[inline]
pub(super) fn next_high(bytes: &[u8], at: usize) -> Option<usize> {
    const NEAR: usize = 16;
    let rest = bytes.get(at..)?;
    // In most scripts the next word begins a few bytes on; what is farther away is looked for in longer steps.
    let near = rest.len().min(NEAR);
    high(&rest[..near])
        .or_else(|| {
            let far = &rest[near..];
            let skip =
                far.as_chunks::<32>().0.iter().take_while(|part| part.iter().fold(0, |or, b| or | b) < 0x80).count()
                    * 32;
            high(&far[skip..]).map(|i| near + skip + i)
        })
        .map(|i| at + i)
}

/// The first byte beyond ASCII, by steps of eight bytes.
#[inline]
fn high(bytes: &[u8]) -> Option<usize> {
    let (eights, rest) = bytes.as_chunks::<8>();
    for (i, eight) in eights.iter().enumerate() {
        let high = u64::from_le_bytes(*eight) & 0x8080_8080_8080_8080;
        if high != 0 {
            return Some(8 * i + (high.trailing_zeros() / 8) as usize);
        }
    }
    rest.iter().position(|b| *b >= 0x80).map(|i| 8 * eights.len() + i)
}

/// What a character is, for [`is_plain`].
enum Seen {
    /// As in [`Quick::info`].
    Info(u8),
    /// Ideographs and what stands among them only; how rare, where that counts.
    Wide(Option<u8>),
    /// Something that no page holds.
    Other,
    /// Not for here.
    Stop,
}

/// Says of a word, and of it with what follows, that it is no damage.
pub(super) type Harmless<'f> = &'f mut dyn FnMut(&str, &str) -> bool;

/// Whether a byte belongs to a word, or to what may be a damaged one: a letter, or anything beyond ASCII.
pub(super) fn in_word(byte: &u8) -> bool {
    !byte.is_ascii() || byte.is_ascii_alphabetic()
}

/// The word round a place.
pub(super) fn word_round(bytes: &[u8], at: usize) -> Range<usize> {
    let (before, after) = bytes.split_at_checked(at).unwrap_or_default();
    let begin = at - before.iter().rev().take_while(|b| in_word(b)).count();
    begin..at + after.iter().take_while(|b| in_word(b)).count()
}

/// Whether a line is what the document has shown before, and so good; only what stands from `high` on is read. `quick`: the document's language. `harmless` says
/// of a word that is not the language's that it is no damage either; a few such are let pass. `known`: what was good in
/// the same language before.
pub(super) fn is_plain(
    line: &str,
    high: usize,
    quick: Option<&Quick>,
    mut known: Option<&mut Known>,
    mut harmless: Option<Harmless<'_>>,
) -> bool {
    let bytes = line.as_bytes();
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(b' ');
    let ranks = Ranks::get();
    let mut tally = Tally::default();
    let (mut wide, mut rare, mut foreign) = (0u32, 0u32, false);
    let mut strange = 0u32;
    let mut from = high;
    loop {
        let next = match &known {
            Some(known) => known.pass(bytes, from, &mut tally),
            None => next_high(bytes, from).map(|start| Run { start, print: None }),
        };
        let Some(Run { start, print }) = next else { break };
        tally.runs += 1;
        let so_far = tally;
        let before = if start == 0 { b' ' } else { byte(start - 1) };
        let mut prev = quick.map_or(0, |q| q.info(usize::from(before)));
        // Whether a letter beyond ASCII stands just before a sign.
        let mut trailing = false;
        let mut in_wide = false;
        let mut at = start;
        let mut fine = loop {
            let lead = byte(at);
            let low = |i: usize| usize::from(byte(at + i) & 0x3F);
            let seen = match lead {
                0..0x80 => break true,
                0xC2..=0xDF => {
                    let place = usize::from(lead & 0x1F) << 6 | low(1);
                    at += 2;
                    match quick {
                        Some(q) if place < 0x700 => Seen::Info(q.info(place)),
                        Some(_) => Seen::Other,
                        None => bare(place),
                    }
                }
                0xE0..=0xEF => {
                    let point = usize::from(lead & 0x0F) << 12 | low(1) << 6 | low(2);
                    at += 3;
                    three(point, quick, ranks)
                }
                _ => {
                    at += 4;
                    Seen::Other
                }
            };
            match seen {
                Seen::Info(info) => {
                    let kind = info & 127;
                    if kind >= QUOTE {
                        let letter = before.is_ascii_alphabetic() && prev & 127 < QUOTE || is_letter(prev);
                        match kind {
                            QUOTE if letter && byte(at).is_ascii_alphabetic() => break false,
                            TYPOGRAPHIC | QUOTE if !trailing => {
                                if prev != 0 && prev & 127 < QUOTE {
                                    tally.sum += quick.map_or(0, |q| q.step(prev, 0));
                                    trailing = true;
                                }
                                prev = kind;
                                continue;
                            }
                            SIGN => {
                                // Alone, and not between letters.
                                let after = byte(at);
                                let touched = before.is_ascii_alphabetic() && after.is_ascii_alphabetic();
                                if prev & 127 >= QUOTE || after >= 0x80 || touched || trailing || in_wide {
                                    break false;
                                }
                                prev = SIGN;
                                continue;
                            }
                            _ => break false,
                        }
                    }
                    let Some(q) = quick else { break false };
                    let cost = q.step(prev, info);
                    let small = prev & CAPITAL == 0 && prev != 0 && prev < QUOTE;
                    if cost >= STEP || small && info & CAPITAL != 0 {
                        break false;
                    }
                    tally.sum += cost;
                    tally.steps += 1;
                    prev = info;
                    trailing = false;
                }
                Seen::Wide(rank) => {
                    if let Some(rank) = rank {
                        wide += 1;
                        rare += u32::from(rank);
                        foreign |= !in_wide && before.is_ascii_alphabetic() || byte(at).is_ascii_alphabetic();
                    }
                    (prev, trailing, in_wide) = (0, false, true);
                }
                Seen::Other => (prev, trailing) = (0, false),
                Seen::Stop => return false,
            }
        };
        // The step out of the run.
        if fine
            && let Some(q) = quick
            && prev & 127 != 0
            && prev & 127 < QUOTE
        {
            let cost = q.step(prev, q.info(usize::from(byte(at))));
            fine = cost < STEP;
            tally.sum += cost;
            tally.steps += 1;
        }
        if !fine {
            strange += 1;
            let Some(harmless) = harmless.as_mut().filter(|_| strange <= 3 + tally.runs / 4) else { return false };
            let Range { start: begin, end } = word_round(bytes, start);
            let around = line.get(begin..(end + 2).min(line.len())).or(line.get(begin..end));
            if !harmless(line.get(begin..end).unwrap_or_default(), around.unwrap_or_default()) {
                return false;
            }
            at = end;
        } else if let (Some((end, hash)), Some(known)) = (print, &mut known)
            && end == at
            && !in_wide
        {
            known.put(hash, tally.sum - so_far.sum, tally.steps - so_far.steps);
        }
        from = at + 1;
    }
    let Tally { sum, steps, .. } = tally;
    if steps > 0
        && quick.is_none_or(|q| sum > steps * (q.slope + if harmless.is_some() { 3 * BIT / 2 } else { 0 }) + 10 * BIT)
    {
        return false;
    }
    if wide == 0 {
        return true;
    }
    if are_rare(rare, wide) {
        return false;
    }
    if !foreign && wide >= 4 {
        return true;
    }
    let letters = bytes.iter().filter(|b| b.is_ascii_alphabetic()).count() as u32;
    !(foreign && letters > 2 * wide || wide < 4 && letters > 12 * wide)
}

/// A character of two bytes where no language is known yet.
fn bare(place: usize) -> Seen {
    match char::from_u32(place as u32) {
        Some('\u{80}'..='\u{9F}') | None => Seen::Stop,
        Some(ch) if is_joint(ch) => Seen::Info(TYPOGRAPHIC),
        Some(ch) if is_typographic(ch) => Seen::Info(QUOTE),
        Some(ch) if ch < '\u{100}' && !ch.is_alphabetic() => Seen::Info(SIGN),
        Some('\u{530}'..='\u{58F}' | '\u{700}'..) => Seen::Other,
        Some(_) => Seen::Stop,
    }
}

/// A character of three bytes.
#[inline(always)]
fn three(point: usize, quick: Option<&Quick>, ranks: &Ranks) -> Seen {
    match point {
        0x3400..0xD7A4 => Seen::Wide(ranks.of(point)),
        0x2E80..0x3400 | 0xFF00..0xFF61 | 0xFFE0..0xFFF0 => Seen::Wide(None),
        0x2000..0x2500 | 0x25A0..0x2E80 => match char::from_u32(point as u32) {
            Some(ch) if is_joint(ch) => Seen::Info(TYPOGRAPHIC),
            Some(ch) if is_typographic(ch) => Seen::Info(QUOTE),
            _ => Seen::Info(SIGN),
        },
        0xE00..0xE80 => quick.map_or(Seen::Stop, |q| Seen::Info(q.info(point - 0xE00 + 0x700))),
        0x1E00..0x1F00 => quick.map_or(Seen::Stop, |q| Seen::Info(q.info(point - 0x1E00 + 0x780))),
        0x800..0xE00 | 0xE80..0x1E00 | 0x1F00..0x2000 | 0xFB00..=0xFEFE => Seen::Other,
        _ => Seen::Stop,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repair::letters::Letters;

    fn quick(tag: &str) -> Option<Quick> {
        let letters = Letters::get();
        let language = letters.languages.iter().position(|l| l.tag == tag)?;
        Quick::new(letters, language)
    }

    #[test]
    fn good_lines_pass() {
        for (tag, line) in [
            ("fr", "Les élèves étaient déjà arrivés à l’école, « très » tôt."),
            ("ru", "Доброе утро, дорогие друзья — сегодня около 20 °C."),
            ("el", "Η γρήγορη αλεπού πηδάει πάνω από τον σκύλο"),
            ("zh", "他打了一斤酒，看了一本书，还写了三封信。"),
            ("hi", "यह एक साधारण वाक्य है।"),
        ] {
            assert!(is_plain(line, 0, quick(tag).as_ref(), None, None), "{line}");
        }
    }

    #[test]
    fn damage_does_not() {
        for (tag, line) in [
            ("fr", "Les Ã©lÃ¨ves Ã©taient dÃ©jÃ  arrivÃ©s"),
            ("fr", "Les itudiants trčs contents"),
            ("sv", "Inaktivera l”senordet"),
            ("ru", "РЎСЉРµС€СЊ РµС‰С‘ СЌС‚РёС… РјСЏРіРєРёС… Р±СѓР»РѕС‡РµРє"),
            ("ru", "рТЙЧЕФ, ЛБЛ ДЕМБ"),
            ("ru", "Ïðèâåò, êàê äåëà"),
            ("zh", "锟斤拷烫烫烫"),
            ("zh", "娑撴牜鏅捄鍟梾"),
        ] {
            assert!(!is_plain(line, 0, quick(tag).as_ref(), None, None), "{line}");
        }
    }

    #[test]
    fn the_next_high_byte_is_found() {
        assert_eq!(next_high("abcdefghijké".as_bytes(), 0), Some(11));
        assert_eq!(next_high("abcdefghijk".as_bytes(), 0), None);
        assert_eq!(next_high("é".as_bytes(), 1), Some(1));
    }
}
