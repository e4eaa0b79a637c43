//! Text in scripts that no encoding but Unicode's holds: of India but for Thai, Georgian, Khmer and others. Nothing is ever
//! misread as their letters.

use super::{CHUNK, Odd, WINDOW, window_of};
use crate::analysis::{
    places::tops,
    wider::{Loop, widest},
};

/// How far such text is passed that begins within a chunk: to the first odd place, or the end of the last chunk.
pub(super) fn passed(bytes: &[u8], at: usize) -> Option<usize> {
    let mut end = at;
    while let Some(rest) = bytes.get(end..).filter(|rest| !rest.is_empty()) {
        match chunk(&window_of(rest)) {
            Ok(true) => end += rest.len().min(CHUNK),
            Ok(false) => break,
            Err(Odd(0)) => break,
            Err(Odd(place)) => {
                end += place as usize;
                break;
            }
        }
    }
    (end > at).then_some(end)
}

/// Whether a chunk has such letters, and nothing else beyond ASCII but signs that stand among them.
pub(super) fn chunk(window: &[u8; WINDOW]) -> Result<bool, Odd> {
    let [mut signs, others, own] = kinds(window);
    let mut odd = others;
    while signs != 0 {
        let place = signs.trailing_zeros() as usize;
        signs &= signs - 1;
        let before = place.checked_sub(1).and_then(|at| window.get(at)).copied().unwrap_or(b' ');
        let sign = [window[place], window[(place + 1) % WINDOW], window[(place + 2) % WINDOW]];
        if before.is_ascii_alphabetic() || !is_usual(sign) {
            odd |= 1 << place;
        }
    }
    if odd == 0 { Ok(own != 0) } else { Err(Odd(odd.trailing_zeros())) }
}

/// A joiner, a dash, a typographic quotation mark or an ellipsis.
fn is_usual(sign: [u8; 3]) -> bool {
    matches!(sign, [0xE2, 0x80, 0x8C | 0x8D | 0x93 | 0x94 | 0x98 | 0x99 | 0x9C | 0x9D | 0xA6])
}

/// Where signs begin, where other characters do, and where such letters do.
#[inline(never)]
fn kinds(window: &[u8; WINDOW]) -> [u64; 3] {
    widest(Kinds { window })
}

struct Kinds<'w> {
    window: &'w [u8; WINDOW],
}

impl Loop for Kinds<'_> {
    type Out = [u64; 3];
    #[inline(always)]
    fn run(self) -> [u64; 3] {
        let mut flags = [[0u8; CHUNK]; 3];
        let [signs, others, own] = &mut flags;
        for (i, ((sign, other), own)) in signs.iter_mut().zip(others).zip(own).enumerate() {
            let (a, b) = (self.window[i], self.window[i + 1]);
            let indian = (a == 0xE0) & (b >= 0xA0) & !(0xB8..0xBA).contains(&b);
            let letter = indian | ((a == 0xE1) & (b < 0xB8));
            *sign = if a == 0xE2 { 0xFF } else { 0 };
            *own = if letter { 0xFF } else { 0 };
            *other = if (a >= 0xC0) & (a != 0xE2) & !letter { 0xFF } else { 0 };
        }
        [tops(&flags[0]), tops(&flags[1]), tops(&flags[2])]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn such_text_is_passed_to_what_is_none() {
        let bengali = "আজ বাজারে অনেক লোক ছিল — তারা ‘ফল’ কিনেছে।\n".repeat(5);
        assert_eq!(passed(bengali.as_bytes(), 0), Some(bengali.len()));
        let georgian = "ქალაქში ახალი ხიდი გაიხსნა.\n".repeat(5);
        for odd in ["à¦†à¦œ", "cafй", "l”se", "ก", "\u{FFFD}", "ﾃ"] {
            let text = format!("{georgian}{odd} {georgian}");
            let place = text.len() - georgian.len() - 1;
            let end = passed(text.as_bytes(), 0).unwrap();
            assert!(end >= georgian.len() && end < place, "{odd}");
        }
        assert_eq!(passed(b"plain ASCII", 0), None);
    }
}
