//! Text as no misreading leaves it: most of a clean file, passed sixty-four bytes at a time.
//!
//! What was misread shows signs, letters that the language lacks or hardly ever puts there, capitals inside words, or
//! rare ideographs. Where none of that stands and the document's language is known, no word is read. What is not passed
//! here goes to [`plain`](super::plain), line by line; so this may err on one side only.

mod beside;
mod cyrillic;
mod east_asian;
mod unpaged;

use super::quick::Quick;
use crate::analysis::places::{padded, tops, window};
pub(super) use beside::Beside;
pub(super) use east_asian::prevails as is_east_asian;
use std::ops::Range;

/// What may pass without a look at its words.
#[derive(Clone, Copy, Default)]
pub(super) struct Natural<'l> {
    /// The document's language, if it has capitals; without one only text passes that needs none: East Asian, and that in
    /// scripts of no old encoding.
    pub(super) language: Option<(&'l Quick, &'l Beside)>,
}

/// So many bytes are looked at together,
const CHUNK: usize = 64;
/// and the two after them.
const WINDOW: usize = CHUNK + 2;
/// Latin text is passed in such parts: its letters beyond ASCII are found first, and then looked at in one go.
const PART: usize = 8 * CHUNK;
/// So many places are noted down without asking how many there are.
const AT_ONCE: usize = 8;

/// A place in a chunk where something odd stands.
struct Odd(u32);

impl Natural<'_> {
    /// The first place from `at` on where something odd stands: its line has to be looked at.
    pub(super) fn first_odd(&self, bytes: &[u8], mut at: usize) -> Option<usize> {
        let cyrillic = self.language.is_some_and(|(_, beside)| beside.cyrillic);
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            if !cyrillic && let Some((quick, beside)) = self.language {
                // Nothing of it is looked at as Latin text.
                if let Some(end) = east_asian(bytes, at) {
                    at = end;
                    continue;
                }
                match latin(quick, beside, bytes, at..at + rest.len().min(PART)) {
                    Ok(end) => at = end,
                    Err(odd) => match east_asian(bytes, odd).or_else(|| unpaged::passed(bytes, odd)) {
                        Some(end) => at = end,
                        None => return Some(odd),
                    },
                }
                continue;
            }
            let tail;
            let window: &[u8; WINDOW] = match rest.first_chunk() {
                Some(window) => window,
                None => {
                    tail = padded(rest, b' ');
                    &tail
                }
            };
            let chunk = window.first_chunk().unwrap_or(&[0; CHUNK]);
            let high = tops(chunk);
            if high == 0 {
                at += CHUNK;
                continue;
            }
            let lead = chunk[high.trailing_zeros() as usize % CHUNK];
            let seen = match () {
                () if cyrillic && lead < 0xE3 => self.cyrillic_text(bytes, at, window, high),
                () if matches!(lead, 0xE0 | 0xE1) => unpaged::chunk(window).map(|_| ()),
                // The chunk may begin inside a character of either.
                () if lead < 0xC0 => {
                    east_asian::wide(window, high).or_else(|odd| unpaged::chunk(window).map(|_| ()).map_err(|_| odd))
                }
                () if lead >= 0xE2 => east_asian::wide(window, high),
                () => Err(Odd(high.trailing_zeros())),
            };
            if let Err(Odd(place)) = seen {
                return Some(at + place as usize);
            }
            at += CHUNK;
        }
        None
    }

    /// Passes the characters that begin in a chunk, where `high` has bits, one by one.
    fn one_by_one(&self, bytes: &[u8], at: usize, mut high: u64) -> Result<(), Odd> {
        while high != 0 {
            let place = high.trailing_zeros();
            let here = at + place as usize;
            let Some((quick, beside)) = self.language else { return Err(Odd(place)) };
            if !beside.clear(around(bytes, here)) && !beside.passes(quick, bytes, here) {
                return Err(Odd(place));
            }
            let end = place + bytes.get(here).map_or(1, |lead| length(*lead));
            high &= u64::MAX.checked_shl(end).unwrap_or(0);
        }
        Ok(())
    }
}

/// Passes a part of Latin text, or as much of it as comes before other text. The end of that, or the first odd place.
fn latin(quick: &Quick, beside: &Beside, bytes: &[u8], part: Range<usize>) -> Result<usize, usize> {
    let (from, len) = (part.start, part.len());
    let mut places = [0u16; PART + AT_ONCE];
    let mut count = 0;
    let mut end = part.end;
    for start in (0..len).step_by(CHUNK) {
        let rest = bytes.get(from + start..).unwrap_or_default();
        let tail;
        let window = match rest.first_chunk() {
            Some(window) => window,
            None => {
                tail = padded(rest, b' ');
                &tail
            }
        };
        let [mut leads, wide] = beside.unusual(window);
        if len - start < CHUNK {
            leads &= (1 << (len - start)) - 1;
        }
        let here = leads.count_ones() as usize;
        let Some(next) = places.get_mut(count..count + AT_ONCE) else { break };
        for place in next {
            *place = (start + leads.trailing_zeros() as usize) as u16;
            leads &= leads.wrapping_sub(1);
        }
        for place in places.iter_mut().take(count + here).skip(count + AT_ONCE) {
            *place = (start + leads.trailing_zeros() as usize) as u16;
            leads &= leads.wrapping_sub(1);
        }
        count += here;
        if wide != 0 {
            end = part.end.min(from + start + CHUNK);
            break;
        }
    }
    let places = places.get(..count).unwrap_or_default();
    let unclear = |place: &u16| !beside.clear(around(bytes, from + usize::from(*place)));
    if places.iter().fold(false, |any, place| any | unclear(place)) {
        let mut unclear = places.iter().filter(|p| unclear(p)).map(|p| from + usize::from(*p));
        return unclear.find(|at| !beside.passes(quick, bytes, *at)).map_or(Ok(end), Err);
    }
    Ok(end)
}

/// How far East Asian text is passed that begins within a chunk: to the chunk in which something else stands.
fn east_asian(bytes: &[u8], at: usize) -> Option<usize> {
    let mut end = at;
    while let Some(rest) = bytes.get(end..).filter(|rest| !rest.is_empty()) {
        let window = window_of(rest);
        let high = window.first_chunk().map_or(0, tops);
        let lead = window[high.trailing_zeros() as usize % CHUNK];
        // After a character that is cut the next one says what the text is.
        let begins = if end == at { lead >= 0xE3 } else { !(0xC0..0xE2).contains(&lead) };
        if high == 0 || !begins || east_asian::wide(&window, high).is_err() {
            break;
        }
        end += rest.len().min(CHUNK);
    }
    (end > at).then_some(end)
}

/// The beginning of a text that is not empty, blanks beyond its end.
#[inline(always)]
fn window_of(rest: &[u8]) -> [u8; WINDOW] {
    rest.first_chunk().copied().unwrap_or_else(|| padded(rest, b' '))
}

/// The three bytes before a place and the five from there on, blanks beyond the text.
#[inline(always)]
fn around(bytes: &[u8], at: usize) -> u64 {
    match at.checked_sub(3) {
        Some(from) if from + 8 <= bytes.len() => window(bytes, from),
        _ => edge(bytes, at),
    }
}

#[cold]
#[inline(never)]
fn edge(bytes: &[u8], at: usize) -> u64 {
    let byte = |i: usize| (at + i).checked_sub(3).and_then(|i| bytes.get(i)).copied().unwrap_or(b' ');
    u64::from_le_bytes(std::array::from_fn(byte))
}

/// How long a character is that begins with a byte beyond ASCII.
fn length(lead: u8) -> u32 {
    match lead {
        0..0xE0 => 2,
        0xE0..0xF0 => 3,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repair::letters::Letters;

    /// The first odd place, after every number of blanks up to two chunks, which must not matter.
    fn odd(tag: &str, text: &str) -> Option<usize> {
        let letters = Letters::get();
        let natural = match letters.languages.iter().position(|l| l.tag == tag) {
            Some(i) => Natural { language: letters.quick(i).zip(letters.beside(i)) },
            None => Natural::default(),
        };
        let first = natural.first_odd(text.as_bytes(), 0);
        for pad in 0..130 {
            let padded = format!("{}{text}{}", " ".repeat(pad), " .".repeat(pad));
            let line = |at: Option<usize>| at.map(|at| text[..at.min(text.len())].matches('\n').count());
            let found = natural.first_odd(padded.as_bytes(), 0).map(|at| at.saturating_sub(pad));
            // A chunk with a few ideographs may have rare ones only.
            if first.is_some() || !tag.is_empty() {
                assert_eq!(line(found), line(first), "{tag} {text} {pad}");
            }
        }
        first
    }

    #[test]
    fn natural_text_passes() {
        for (tag, text) in [
            ("fr", "Les élèves étaient déjà arrivés à l’école, « très » tôt. École — jusqu’à l’été…"),
            ("de", "Die Größe der Tür – „schön“, über 20 °C. Ärger und Öl?"),
            ("cs", "Děti si hrají na zahradě, už přišly domů. Česká pošta má zavřeno"),
            ("ru", "Доброе утро, дорогие друзья — сегодня около 20 °C. Ёлка и ребёнок"),
            ("uk", "Їжак і ґава з’їли все— наша"),
            ("", "他打了一斤酒，看了一本书，还写了三封信。图书馆里有很多人"),
            ("", "私は毎日学校に行きます。人が大きい山に上りました。"),
            ("ru", "plain ASCII"),
            ("", ""),
        ] {
            assert_eq!(odd(tag, text).map(|at| &text[at..]), None, "{tag}");
        }
    }

    #[test]
    fn what_a_misreading_leaves_does_not() {
        for (tag, text) in [
            ("fr", "Les Ã©lÃ¨ves"),
            ("fr", "très trčs"),
            ("fr", "dÈj‡ vu"),
            ("fr", "jusquâ€™Ã  la fin"),
            ("fr", "le caf\u{82} noir"),
            ("de", "die T\u{FFFD}r"),
            ("de", "f„llt"),
            ("sv", "Inaktivera l”senordet"),
            ("sv", "Å koda"),
            ("ru", "хорошо рТЙЧЕФ"),
            ("ru", "хорошо ПРИВЕТСТВИЕ"),
            ("ru", "РЎСЉРµС€СЊ"),
            ("ru", "слово Рё дело"),
            ("ru", "вoда"),
            ("ru", "Ïðèâåò"),
            ("ru", "как дела\u{FFFD}"),
            ("", "锟斤拷烫烫烫"),
            ("", "caf茅 is closed today and tomorrow"),
            ("", "娑撴牜鏅捄鍟梾"),
            ("", "Les élèves"),
            ("", "ﾃﾋﾁ"),
        ] {
            assert!(odd(tag, text).is_some(), "{tag} {text}");
        }
    }

    #[test]
    fn the_line_is_named() {
        let text = "Les élèves sont là.\n".repeat(40) + "Les Ã©lÃ¨ves\n" + &"L’été\n".repeat(300);
        let at = odd("fr", &text).unwrap_or(0);
        assert_eq!(text[..at].matches('\n').count(), 40);
    }
}
