//! What each character says: tables of signals, by code point and by byte.

use super::signals::Signals;
use crate::unicode::{
    COMBINATIONS, GeneralCategory, Script, combination_bits, combination_const, extension_words, flag,
};

// The entries of the tables below are signals, and in the bits that no signal has:
/// Something a mark can sit on.
pub(super) const BASE: u64 = 1 << 55;
/// From here on the script of a letter, by its number; 0 for what is no letter.
pub(super) const SCRIPT_SHIFT: u32 = 56;
/// The script of a mark that goes with any letter before it.
pub(super) const ANY_SCRIPT: u64 = 0xFF;
/// The bits that are signals.
pub(super) const SIGNALS: u64 = BASE - 1;

/// What each combination of properties says.
pub(super) static COMBINATION: [u64; COMBINATIONS] = {
    let mut table = [0; COMBINATIONS];
    let mut n = 0;
    while n < COMBINATIONS {
        table[n] = of_properties(combination_bits(n));
        n += 1;
    }
    table
};

/// Scripts that stand side by side in East Asian text.
pub(super) fn are_companions(a: u64, b: u64) -> bool {
    let east = |s: u64| s == Script::Han as u64 || s == Script::Hangul as u64;
    let latin = |s: u64| s == Script::Latin as u64;
    (east(a) && (east(b) || latin(b))) || (east(b) && latin(a))
}

/// What the characters say that UTF-8 writes in two bytes: one load instead of three.
pub(super) static LOW: [u64; 0x800] = {
    let mut table = [0; 0x800];
    let mut cp = 0x80;
    while cp < 0x800 {
        table[cp] = COMBINATION[combination_const(cp)];
        cp += 1;
    }
    table
};

const INVISIBLE: u64 =
    flag::FORMAT_INVISIBLE | flag::VARIATION_SELECTOR | flag::TAG | flag::DEFAULT_IGNORABLE | flag::LINE_SEPARATOR;

const fn of_properties(bits: u64) -> u64 {
    let mut s = Signals::NON_ASCII.0;
    let script = (bits & 0xFF) as u8;
    let map = [
        (INVISIBLE, Signals::INVISIBLE),
        (flag::BIDI_CONTROL, Signals::BIDI),
        (flag::CONTROL_C1, Signals::C1),
        (flag::PRIVATE_USE, Signals::PRIVATE_USE),
        (flag::UNASSIGNED | flag::NONCHARACTER, Signals::UNASSIGNED),
        (flag::SPACE | flag::LINE_SEPARATOR, Signals::ODD_SPACE),
        (flag::COMPAT, Signals::COMPAT),
        (flag::WIDTH_FORM, Signals::WIDTH_FORM),
        (flag::NFC_NOT_YES, Signals::NFC_NOT_YES),
        (flag::QUOTATION, Signals::QUOTATION),
        (flag::DASH, Signals::DASH),
        (flag::DIGIT, Signals::OTHER_DIGIT),
        (flag::EMOJI, Signals::EMOJI),
    ];
    let mut i = 0;
    while i < map.len() {
        if bits & map[i].0 != 0 {
            s |= map[i].1.0;
        }
        i += 1;
    }
    let category = (bits >> 8 & 31) as u8;
    if category == GeneralCategory::Lm as u8 || category == GeneralCategory::Sk as u8 {
        s |= Signals::MODIFIER.0;
    }
    if bits & (flag::SYMBOL | flag::PUNCT) != 0 && bits & (flag::QUOTATION | flag::DASH | flag::EMOJI) == 0 {
        s |= Signals::SIGN.0;
    }
    if bits & (flag::LETTER | flag::NUMBER | flag::MARK | flag::SYMBOL) != 0 {
        s |= BASE;
    }
    let is_mark = bits & flag::MARK != 0 && bits & flag::VARIATION_SELECTOR == 0;
    if is_mark {
        s |= Signals::MARK.0;
    }
    if bits & flag::LETTER != 0 && (script == Script::Common as u8 || script == Script::Inherited as u8) {
        s |= Signals::COMMON_LETTER.0;
    }
    if bits & flag::LETTER == 0 && !is_mark {
        return s;
    }
    s | script_signal(script) | letter_script(script, (bits >> 13 & 0xFF) as usize) << SCRIPT_SHIFT
}

/// The script that a letter or mark counts with, by number: Chinese and Japanese as one; a mark that is used with one
/// script only, though it has none of its own, counts with that.
const fn letter_script(script: u8, extensions: usize) -> u64 {
    const BOPOMOFO: u8 = Script::Bopomofo as u8;
    const HIRAGANA: u8 = Script::Hiragana as u8;
    const KATAKANA: u8 = Script::Katakana as u8;
    const HAN: u8 = Script::Han as u8;
    const COMMON: u8 = Script::Common as u8;
    const INHERITED: u8 = Script::Inherited as u8;
    const UNKNOWN: u8 = Script::Unknown as u8;
    match script {
        BOPOMOFO | HIRAGANA | KATAKANA | HAN => Script::Han as u64,
        UNKNOWN => 0,
        COMMON | INHERITED => {
            if extensions == 0 {
                return ANY_SCRIPT;
            }
            let set = extension_words(extensions);
            let known = [Script::Arabic, Script::Hiragana, Script::Han, Script::Greek, Script::Cyrillic, Script::Latin];
            let mut i = 0;
            while i < known.len() {
                if set.contains(known[i]) && !(set.contains(Script::Latin) && set.contains(Script::Cyrillic)) {
                    return letter_script(known[i] as u8, 0);
                }
                i += 1;
            }
            ANY_SCRIPT
        }
        other => other as u64,
    }
}

/// The signal of a letter's own script; none for the common and inherited ones.
const fn script_signal(script: u8) -> u64 {
    const NAMED: &[(Script, Signals)] = &[
        (Script::Latin, Signals::LATIN),
        (Script::Cyrillic, Signals::CYRILLIC),
        (Script::Greek, Signals::GREEK),
        (Script::Arabic, Signals::ARABIC),
        (Script::Hebrew, Signals::HEBREW),
        (Script::Armenian, Signals::ARMENIAN),
        (Script::Georgian, Signals::GEORGIAN),
        (Script::Devanagari, Signals::INDIC),
        (Script::Bengali, Signals::INDIC),
        (Script::Gurmukhi, Signals::INDIC),
        (Script::Gujarati, Signals::INDIC),
        (Script::Oriya, Signals::INDIC),
        (Script::Tamil, Signals::INDIC),
        (Script::Telugu, Signals::INDIC),
        (Script::Kannada, Signals::INDIC),
        (Script::Malayalam, Signals::INDIC),
        (Script::Sinhala, Signals::INDIC),
        (Script::Thai, Signals::SOUTH_EAST_ASIAN),
        (Script::Lao, Signals::SOUTH_EAST_ASIAN),
        (Script::Khmer, Signals::SOUTH_EAST_ASIAN),
        (Script::Myanmar, Signals::SOUTH_EAST_ASIAN),
        (Script::Han, Signals::HAN),
        (Script::Bopomofo, Signals::HAN),
        (Script::Hiragana, Signals::KANA),
        (Script::Katakana, Signals::KANA),
        (Script::Hangul, Signals::HANGUL),
    ];
    if script == Script::Common as u8 || script == Script::Inherited as u8 || script == Script::Unknown as u8 {
        return 0;
    }
    let mut i = 0;
    while i < NAMED.len() {
        if NAMED[i].0 as u8 == script {
            return NAMED[i].1.0;
        }
        i += 1;
    }
    Signals::OTHER_SCRIPT.0
}

/// What each ASCII byte says.
pub(super) static BYTE: [u64; 256] = byte_table();

const fn byte_table() -> [u64; 256] {
    let mut table = [0u64; 256];
    let mut b = 0;
    while b < 128 {
        table[b] = match b as u8 {
            b'\t' | b'\n' | b'\r' => 0,
            0..0x20 | 0x7F => Signals::CONTROL.0,
            b'"' => Signals::QUOTE.0,
            b'\'' => Signals::APOSTROPHE.0,
            b'`' | b'^' | b'~' => Signals::BACKTICK.0 | BASE,
            b'<' | b'>' => Signals::ANGLE.0 | BASE,
            b'{' | b'}' => Signals::BRACE.0,
            b'[' | b']' => Signals::SQUARE.0,
            b'&' => Signals::AMPERSAND.0,
            b'%' => Signals::PERCENT.0,
            b'\\' => Signals::BACKSLASH.0,
            b'@' => Signals::AT.0,
            b'$' => Signals::DOLLAR.0 | BASE,
            b'|' => Signals::PIPE.0 | BASE,
            b'_' => Signals::UNDERSCORE.0,
            b'=' => Signals::MARKDOWN.0 | BASE,
            b'#' | b'*' => Signals::MARKDOWN.0,
            b'0'..=b'9' => Signals::DIGIT.0 | BASE,
            b'(' | b')' => Signals::PAREN.0,
            b'?' => Signals::QUESTION.0,
            b'+' => Signals::PLUS.0 | BASE,
            b'a'..=b'z' | b'A'..=b'Z' => Signals::ASCII_LETTER.0 | BASE | (Script::Latin as u64) << SCRIPT_SHIFT,
            _ => 0,
        };
        b += 1;
    }
    table
}

/// What every character says that begins with this byte, where all say the same: most Chinese characters, Korean
/// syllables and Cyrillic letters. 0 for other bytes.
pub(super) static LEAD: [u64; 256] = {
    let mut table = [0; 256];
    let mut lead = 0xC2;
    while lead < 0xF0 {
        let (from, to) = match lead {
            0..0xE0 => ((lead & 0x1F) << 6, ((lead & 0x1F) << 6) + 0x40),
            0xE0 => (0x800, 0x1000),
            _ => ((lead & 0x0F) << 12, ((lead & 0x0F) << 12) + 0x1000),
        };
        let says = COMBINATION[combination_const(from)];
        let mut cp = from + 1;
        while cp < to && COMBINATION[combination_const(cp)] == says {
            cp += 1;
        }
        if cp == to && says >> SCRIPT_SHIFT != ANY_SCRIPT && says & Signals::MARK.0 == 0 {
            table[lead] = says;
        }
        lead += 1;
    }
    table
};
