//! Sequences of UTF-8 whose signs another program changed after the misreading: letters put in capitals or in small ones,
//! `™` written as `TM`, curly quotation marks made straight.

use crate::repair::line::Cell;
use std::ops::Range;

/// The bytes of signs that windows-1252 shows only in another case: `µ`, `ƒ` and `Ÿ`.
pub(super) fn byte_of(ch: char) -> u8 {
    match ch {
        'Μ' => 0xB5,
        'Ƒ' => 0x83,
        'ÿ' => 0x9F,
        _ => 0,
    }
}

fn at(cells: &[Cell], i: usize) -> Option<char> {
    cells.get(i).filter(|c| !c.new).map(|c| c.ch)
}

/// A mark of quotation, a dash or dots of which the first sign is a capital or the last one is written otherwise: `Â€™`,
/// `â€TM`, `â€(tm)`, `â€"`. How many cells it takes, what it is, and whether that is told.
pub(super) fn sign(cells: &[Cell], page: &[u8], first: usize) -> Option<(usize, char, bool)> {
    let ch = |i: usize| at(cells, first + i);
    if ch(1) != Some('€') {
        return None;
    }
    let word = |i: usize| ch(i).is_some_and(|c| c.is_ascii_uppercase());
    match (ch(0)?, ch(2)?) {
        ('â' | 'Â', 'T') if ch(3) == Some('M') && !word(4) => Some((4, '’', true)),
        ('â' | 'Â', '(') if matches!((ch(3), ch(4), ch(5)), (Some('t' | 'T'), Some('m' | 'M'), Some(')'))) => {
            Some((6, '’', true))
        }
        // Which dash it was is lost; numbers have the shorter one between them.
        ('â' | 'Â', '"') => {
            let digit = |i: Option<usize>| i.and_then(|i| cells.get(i)).is_some_and(|c| c.ch.is_ascii_digit());
            let range = digit(first.checked_sub(1)) && digit(Some(first + 3));
            Some((3, if range { '–' } else { '—' }, false))
        }
        ('Â', third) => {
            let byte = match third {
                'Œ' => 0x9C,
                'Š' => 0x9A,
                'Ž' => 0x9E,
                _ => page.get(first + 2).copied().filter(|b| (0x80..=0xBF).contains(b))?,
            };
            let sign = char::from_u32(0x2000 + u32::from(byte & 0x3F))?;
            matches!(sign, '‘' | '’' | '‚' | '“' | '”' | '„' | '–' | '—' | '…' | '•' | '‹' | '›')
                .then_some((3, sign, true))
        }
        _ => None,
    }
}

/// A letter that ends with a quotation mark, which was made straight: `Å'` for `ő`. How many cells it takes, and the letter,
/// a small one.
pub(super) fn straight(cells: &[Cell], first: usize) -> Option<(usize, char)> {
    let ch = |i: usize| at(cells, first + i);
    let found = match (ch(0)?, ch(1)?, ch(2)) {
        ('Ä', '\'', _) => (2, 'đ'),
        ('Å', '\'', _) => (2, 'ő'),
        ('Ñ', '\'', _) => (2, 'ё'),
        ('á', '»', Some('\'')) => (3, 'ố'),
        ('á', '»', Some('"')) => (3, 'ồ'),
        _ => return None,
    };
    let is_letter = |i: Option<usize>| i.and_then(|i| cells.get(i)).is_some_and(|c| c.ch.is_lowercase());
    (is_letter(first.checked_sub(1)) || is_letter(Some(first + found.0))).then_some(found)
}

/// Three bytes whose first was put in capitals: `Áº¤` for `ấ`, in a line of capitals.
pub(super) fn capital(cells: &[Cell], page: &[u8], first: usize) -> Option<char> {
    let tail = |i: usize| page.get(first + i).copied().filter(|b| (0x80..=0xBF).contains(b));
    match at(cells, first)? {
        'Á' => std::str::from_utf8(&[0xE1, tail(1)?, tail(2)?]).ok()?.chars().next(),
        _ => None,
    }
}

/// Two signs that were a letter before the text was put in small letters: `ã±` for `ñ`. `latin`: the line is in Latin letters,
/// so that no third byte is missing.
pub(super) fn small(cells: &[Cell], page: &[u8], first: usize, latin: bool) -> Option<char> {
    let byte = |i: Option<usize>| i.and_then(|i| page.get(i)).copied().unwrap_or(0);
    at(cells, first).filter(|c| ('â'..='ÿ').contains(c))?;
    let second = at(cells, first + 1)?;
    let lead = byte(Some(first)).checked_sub(0x20).filter(|b| (0xC2..=0xDF).contains(b))?;
    let second = match byte(Some(first + 1)) {
        own @ 0x80..=0xBF => own,
        _ => byte_of(second),
    };
    // Three bytes as they stand, or a capital beside it.
    let (before, after) = (byte(first.checked_sub(1)), byte(Some(first + 2)));
    let whole = (0x80..=0xBF).contains(&after) || after == 0 || after == b'?' || !latin && lead < 0xD0 && after > 0x7F;
    if whole || before.is_ascii_uppercase() || after.is_ascii_uppercase() {
        return None;
    }
    let decode = |second: u8| std::str::from_utf8(&[lead, second]).ok().and_then(|t| t.chars().next());
    // `š`, `œ` and `ž` are two bytes each; of the two letters one is small.
    let other = matches!(second, 0x9A | 0x9C | 0x9E).then(|| decode(second - 0x10)).flatten();
    let own = decode(second)?;
    let letter = if own.is_lowercase() { own } else { other.filter(|c| c.is_lowercase()).unwrap_or(own) };
    let letter = letter.to_lowercase().next()?;
    (letter.is_alphabetic() && letter.is_lowercase()).then_some(letter)
}

/// Whether no word of any language has two such signs at this place: between small letters, or a `©` at the end of a word.
pub(super) fn is_impossible(cells: &[Cell], first: usize) -> bool {
    let small = |i: Option<usize>| i.and_then(|i| cells.get(i)).is_some_and(|c| c.ch.is_ascii_lowercase());
    let second = cells.get(first + 1).map_or(' ', |c| c.ch);
    let is_sign = !second.is_alphabetic() && !matches!(second, '’' | '‘' | '´' | '·' | '\u{A0}' | '\u{AD}');
    small(first.checked_sub(1)) && is_sign && (small(Some(first + 2)) || second == '©')
}

/// A letter that some cells were, as it stands among capitals: `ESPAÃ±A` was `España`, or has been given capitals where a
/// program knew of no others than those of ASCII. `capitals`: the whole line is written so.
pub(super) fn raised(ch: char, cells: &[Cell], at: Range<usize>, capitals: bool) -> char {
    let is_capital = |i: Option<usize>| i.and_then(|i| cells.get(i)).is_some_and(|c| c.ch.is_ascii_uppercase());
    let among_capitals = || is_capital(at.start.checked_sub(1)) && is_capital(Some(at.end));
    let mut upper = ch.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(one), None) if ch.is_lowercase() && (capitals || among_capitals()) => one,
        _ => ch,
    }
}

/// Whether a line is written in capitals.
pub(super) fn is_in_capitals(cells: &[Cell]) -> bool {
    let capitals = cells.iter().filter(|c| c.ch.is_ascii_uppercase()).count();
    capitals >= 6 && !cells.iter().any(|c| c.ch.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use crate::repair::repaired;

    #[test]
    fn capitals_stay_capitals() {
        for (line, right) in [
            ("UNIVERSIDAD DE MÃ¡LAGA, ESPAÃ±A", "UNIVERSIDAD DE MÁLAGA, ESPAÑA"),
            ("IL RÃ©PÃ¨TE QUE LÂ€™Ã©TÃ© EST FINI", "IL RÉPÈTE QUE L’ÉTÉ EST FINI"),
            ("ÃŒBRIGENS KOMMT JÃ¼RGEN MÃ¼LLER", "ÜBRIGENS KOMMT JÜRGEN MÜLLER"),
            ("CÁ»§A BÃ  NGOÁº¡I", "CỦA BÀ NGOẠI"),
            // What was written in capitals from the beginning.
            ("LUNEDÃŒ LA CITTÃ€ Ãˆ CHIUSA", "LUNEDÌ LA CITTÀ È CHIUSA"),
        ] {
            assert_eq!(repaired(line), (right.to_owned(), true));
        }
        assert_eq!(repaired("Il caffÃ© di Mario.").0, "Il caffé di Mario.");
    }

    #[test]
    fn what_was_put_in_small_letters_is_suggested() {
        for (line, right) in [
            ("la niã±a comiã³ una manzana", "la niña comió una manzana"),
            ("la ciudad de mã©xico es grande", "la ciudad de méxico es grande"),
            ("gã¶rã¼åÿmeler sã¼rã¼yor, ancak henã¼z bir sonuã§ yok", "görüşmeler sürüyor, ancak henüz bir sonuç yok"),
        ] {
            assert_eq!(repaired(line), (right.to_owned(), false));
        }
        for good in ["la manhã© da irmã¹", "på®", "så ¼ liter", "crème brûlée®", "Pão de manhã²"] {
            assert_eq!(repaired(good).0, good);
        }
    }

    #[test]
    fn signs_that_were_written_otherwise() {
        for (line, right, safe) in [
            ("Heâ€TMs here, donâ€(tm)t go.", "He’s here, don’t go.", true),
            ("It was ready â€\" or so he said â€\" not yet.", "It was ready — or so he said — not yet.", false),
            ("The years 2001â€\"2005 were good.", "The years 2001–2005 were good.", false),
            ("Az idÅ' nagyon szÃ©p volt.", "Az idő nagyon szép volt.", false),
        ] {
            assert_eq!(repaired(line), (right.to_owned(), safe));
        }
    }

    #[test]
    fn what_a_file_has_proven_does_not_tell_which_dash_it_was() {
        let proof = "SchÃ¶ne GrÃ¼ÃŸe aus MÃ¼nchen, wo die BÃ¤ume schon blÃ¼hen und die VÃ¶gel singen.\n".repeat(3);
        let found = crate::repair::repairs(&format!("{proof}Er kam, Zoë â€\" so hieß es â€\" nicht.\n"));
        let dashes: Vec<bool> = found.iter().filter(|r| r.text.contains('—')).map(|r| r.safe).collect();
        assert_eq!(dashes, [false, false]);
    }

    #[test]
    fn signs_that_became_letters_do_not_make_it_japanese() {
        let line = "She paid Â£20 for the cafÃ©â€TMs lunch and a further 5 â‚¬ for coffee.";
        assert_eq!(repaired(line).0, "She paid £20 for the café’s lunch and a further 5 € for coffee.");
    }
}
