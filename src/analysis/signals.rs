//! One cache-warm pass that says which kinds of characters stand in which blocks of a text. A check that needs a kind
//! of character is called only where that kind stands.

use super::{around::boundary_after, places::tops};
use crate::{
    text::Span,
    unicode::{
        COMBINATIONS, GeneralCategory, Script, combination, combination_bits, combination_const, extension_words, flag,
    },
};
use std::ops::{BitAnd, BitOr, BitOrAssign};

/// A set of kinds of characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signals(u64);

macro_rules! signals {
    ($($(#[$doc:meta])* $name:ident = $bit:expr;)*) => {
        impl Signals { $($(#[$doc])* pub const $name: Signals = Signals(1 << $bit);)* }
    };
}

signals! {
    /// A C0 control other than tab, line feed and carriage return; DEL.
    CONTROL = 0;
    /// `"`
    QUOTE = 1;
    /// `'`
    APOSTROPHE = 2;
    /// `` ` `` or `^` or `~`
    BACKTICK = 3;
    /// `<` or `>`
    ANGLE = 4;
    /// `{` or `}`
    BRACE = 5;
    /// `[` or `]`
    SQUARE = 6;
    /// `&`
    AMPERSAND = 7;
    /// `%`
    PERCENT = 8;
    /// `\`
    BACKSLASH = 9;
    /// `@`
    AT = 10;
    /// `$`
    DOLLAR = 11;
    /// `|`
    PIPE = 12;
    /// `_`
    UNDERSCORE = 13;
    /// `#`, `*` or `=`
    MARKDOWN = 14;
    /// A digit.
    DIGIT = 15;
    /// `(` or `)`
    PAREN = 16;
    /// `?`
    QUESTION = 17;
    /// `+`
    PLUS = 18;
    /// An ASCII letter.
    ASCII_LETTER = 19;
    /// A Latin letter beyond ASCII.
    LATIN = 20;
    /// A Cyrillic letter.
    CYRILLIC = 21;
    /// A Greek letter.
    GREEK = 22;
    /// A letter of the Arabic script.
    ARABIC = 23;
    /// A Hebrew letter.
    HEBREW = 24;
    /// An Armenian letter.
    ARMENIAN = 25;
    /// A Georgian letter.
    GEORGIAN = 26;
    /// A letter of one of the scripts of India, Nepal, Bangladesh or Sri Lanka.
    INDIC = 27;
    /// A Thai, Lao, Khmer or Burmese letter.
    SOUTH_EAST_ASIAN = 28;
    /// A Chinese character.
    HAN = 29;
    /// A Japanese kana.
    KANA = 30;
    /// A Korean letter or syllable.
    HANGUL = 31;
    /// Anything beyond ASCII.
    NON_ASCII = 32;
    /// A character that shows nothing: format characters, variation selectors, tags, blank letters, line separators.
    INVISIBLE = 33;
    /// A bidirectional control.
    BIDI = 34;
    /// A C1 control.
    C1 = 35;
    /// A private-use character.
    PRIVATE_USE = 36;
    /// An unassigned character or a noncharacter.
    UNASSIGNED = 37;
    /// A space other than U+0020; a line or paragraph separator.
    ODD_SPACE = 38;
    /// A combining mark (variation selectors apart).
    MARK = 39;
    /// A combining mark that follows no letter, mark, number or symbol.
    ORPHAN_MARK = 40;
    /// A form kept for compatibility: presentation forms, ligatures, radicals, full-width forms, mathematical letters.
    COMPAT = 41;
    /// A full-width or half-width form.
    WIDTH_FORM = 42;
    /// A character that composed text (NFC) does not hold, or not in every place.
    NFC_NOT_YES = 43;
    /// A quotation mark beyond ASCII.
    QUOTATION = 44;
    /// A dash beyond ASCII.
    DASH = 45;
    /// U+FFFD.
    REPLACEMENT = 46;
    /// A decimal digit beyond ASCII.
    OTHER_DIGIT = 47;
    /// An emoji.
    EMOJI = 48;
    /// A modifier letter or modifier symbol: spacing accents, letter-like apostrophes.
    MODIFIER = 49;
    /// A letter of no script of its own: the micro sign, ordinal indicators, the kana length mark.
    COMMON_LETTER = 50;
    /// Letters of two scripts touch. Chinese and Japanese count as one; marks count with the letters they go with.
    /// Latin letters beside Chinese, Japanese or Korean ones are how those languages are written, and don't count.
    MIXED = 51;
    /// A letter of another script than those named here.
    OTHER_SCRIPT = 52;
    /// A character beyond U+FFFF.
    SUPPLEMENTARY = 53;
    /// A symbol or sign of punctuation beyond ASCII that is neither quotation mark, dash nor emoji.
    SIGN = 54;
}

impl Signals {
    /// Every document, even an empty one.
    pub const ANY: Signals = Signals(u64::MAX);

    /// No kind at all.
    pub const NONE: Signals = Signals(0);

    /// What only text with hidden characters shows.
    pub const HIDDEN: Signals = Signals::CONTROL
        .or(Signals::INVISIBLE)
        .or(Signals::BIDI)
        .or(Signals::C1)
        .or(Signals::PRIVATE_USE)
        .or(Signals::UNASSIGNED);

    /// Both sets together, in constants.
    pub const fn or(self, other: Signals) -> Signals {
        Signals(self.0 | other.0)
    }
    /// This set without the kinds of another, in constants.
    pub const fn without(self, other: Signals) -> Signals {
        Signals(self.0 & !other.0)
    }
    /// Whether the two sets share a kind.
    pub const fn intersects(self, other: Signals) -> bool {
        self.0 & other.0 != 0
    }
}

impl BitOr for Signals {
    type Output = Signals;
    fn bitor(self, other: Signals) -> Signals {
        Signals(self.0 | other.0)
    }
}

impl BitAnd for Signals {
    type Output = Signals;
    fn bitand(self, other: Signals) -> Signals {
        Signals(self.0 & other.0)
    }
}

impl BitOrAssign for Signals {
    fn bitor_assign(&mut self, other: Signals) {
        self.0 |= other.0;
    }
}

/// The blocks of a text with what stands in each.
#[derive(Debug, Default)]
pub struct Blocks {
    all: Signals,
    blocks: Vec<(Span, Signals)>,
}

/// About how long a block is, in bytes: long enough to be cheap, short enough to stay in the first-level cache.
const BLOCK: usize = 4096;

impl Blocks {
    /// Scans a text. Blocks end at line ends, or at a blank where a line is very long.
    pub fn scan(text: &str) -> Blocks {
        let bytes = text.as_bytes();
        let mut blocks = Blocks::default();
        let mut start = 0;
        while start < bytes.len() {
            let mut end = (start + BLOCK).min(bytes.len());
            if end < bytes.len() {
                end = match memchr::memrchr(b'\n', &bytes[start..end])
                    .or_else(|| memchr::memrchr(b' ', &bytes[start..end]))
                {
                    Some(i) => start + i + 1,
                    None => boundary_after(text, end),
                };
            }
            let signals = scan_block(text.get(start..end).unwrap_or_default());
            blocks.all |= signals;
            blocks.blocks.push((Span::new(start, end), signals));
            start = end;
        }
        blocks
    }
    /// What stands anywhere in the text.
    pub fn all(&self) -> Signals {
        self.all
    }
    /// Every block with what it shows, in order.
    pub(crate) fn each(&self) -> impl Iterator<Item = (Span, Signals)> {
        self.blocks.iter().copied()
    }
    /// The blocks that show one of `needs`, neighbours merged.
    pub fn spans(&self, needs: Signals) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        for &(span, signals) in &self.blocks {
            if needs == Signals::ANY || signals.intersects(needs) {
                match spans.last_mut() {
                    Some(last) if last.end == span.start => last.end = span.end,
                    _ => spans.push(span),
                }
            }
        }
        spans
    }
}

// The entries of the tables below are signals, and in the bits that no signal has:
/// Something a mark can sit on.
const BASE: u64 = 1 << 55;
/// From here on the script of a letter, by its number; 0 for what is no letter.
const SCRIPT_SHIFT: u32 = 56;
/// The script of a mark that goes with any letter before it.
const ANY_SCRIPT: u64 = 0xFF;
/// The bits that are signals.
const SIGNALS: u64 = BASE - 1;

/// What each combination of properties says.
static COMBINATION: [u64; COMBINATIONS] = {
    let mut table = [0; COMBINATIONS];
    let mut n = 0;
    while n < COMBINATIONS {
        table[n] = of_properties(combination_bits(n));
        n += 1;
    }
    table
};

/// Scripts that stand side by side in East Asian text.
fn are_companions(a: u64, b: u64) -> bool {
    let east = |s: u64| s == Script::Han as u64 || s == Script::Hangul as u64;
    let latin = |s: u64| s == Script::Latin as u64;
    (east(a) && (east(b) || latin(b))) || (east(b) && latin(a))
}

/// What the characters say that UTF-8 writes in two bytes: one load instead of three.
static LOW: [u64; 0x800] = {
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
static BYTE: [u64; 256] = byte_table();

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
static LEAD: [u64; 256] = {
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

/// How many bytes are looked at together. The compiler turns the loops over them into vector instructions.
const CHUNK: usize = 64;

fn scan_block(text: &str) -> Signals {
    let bytes = text.as_bytes();
    let mut scan = Scan::default();
    if bytes.is_ascii() {
        let (chunks, rest) = bytes.as_chunks();
        for chunk in chunks {
            scan.ascii(chunk);
        }
        return Signals((scan.sum | rest.iter().fold(0, |sum, &b| sum | BYTE[usize::from(b)])) & SIGNALS);
    }
    let mut at = 0;
    'chunks: while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<CHUNK>) {
        let mut high = tops(chunk);
        if high == 0 {
            scan.ascii(chunk);
            at += CHUNK;
            continue;
        }
        // A chunk begins with a whole character, so its first byte beyond ASCII begins one.
        let first = chunk[high.trailing_zeros() as usize];
        if first & 0xFE == 0xD0 && is_plain_cyrillic(chunk) && scan.goes_with(bytes, at, Script::Cyrillic) {
            at = scan.letters_of(bytes, at, chunk, CYRILLIC_LETTER);
            continue;
        }
        if first == 0xC3 && is_plain_latin(chunk) && scan.goes_with(bytes, at, Script::Latin) {
            scan.ascii_letters(chunk);
            at = scan.letters_of(bytes, at, chunk, LATIN_LETTER);
            continue;
        }
        scan.ascii(chunk);
        while high != 0 {
            let end = scan.run(bytes, at + high.trailing_zeros() as usize);
            if end >= at + CHUNK {
                at = end;
                continue 'chunks;
            }
            high &= u64::MAX << (end - at);
        }
        at += CHUNK;
    }
    while let Some(&b) = bytes.get(at) {
        if b < 0x80 {
            scan.sum |= BYTE[usize::from(b)];
            at += 1;
        } else {
            at = scan.run(bytes, at);
        }
    }
    Signals(scan.sum & SIGNALS)
}

/// What an ordinary Cyrillic letter says.
const CYRILLIC_LETTER: u64 = COMBINATION[combination_const(0x430)];

/// What an ordinary Latin letter beyond ASCII says.
const LATIN_LETTER: u64 = COMBINATION[combination_const(0xE9)];

// All that begins with the byte C3, but for two signs.
const _: () = {
    let mut cp = 0xC0;
    while cp < 0x100 {
        assert!(cp == 0xD7 || cp == 0xF7 || COMBINATION[combination_const(cp)] == LATIN_LETTER);
        cp += 1;
    }
};

/// Nothing but letters, blanks, the commonest punctuation, none of which any check asks for, and bytes beyond ASCII.
/// Never inlined: by itself the compiler makes vectors of the loop, inside a larger one it may not.
#[inline(never)]
fn is_plain(chunk: &[u8; CHUNK]) -> bool {
    chunk.iter().fold(true, |all, &b| all & (((b | 0x20).wrapping_sub(b'a') < 26) | (b >= 0x80) | is_plain_sign(b)))
}

fn is_plain_sign(b: u8) -> bool {
    (b == b' ') | (b == b'\n') | (b == b',') | (b == b'.') | (b == b'-') | (b == b'\r')
}

/// Only U+0400 to U+047F, all of them letters, and plain signs. The last byte may be half a letter.
#[inline(never)]
fn is_plain_cyrillic(chunk: &[u8; CHUNK]) -> bool {
    chunk.iter().fold(true, |all, &b| all & ((b & 0xFE == 0xD0) | (b & 0xC0 == 0x80) | is_plain_sign(b)))
}

/// Only U+00C0 to U+00FF without the two signs among them, ASCII letters and plain signs. The last byte may be half a
/// letter.
#[inline(never)]
fn is_plain_latin(chunk: &[u8; CHUNK]) -> bool {
    let letter = |b: u8| ((b | 0x20).wrapping_sub(b'a') < 26) | (b == 0xC3) | (b & 0xC0 == 0x80) & (b & 0xDF != 0x97);
    chunk.iter().fold(true, |all, &b| all & (letter(b) | is_plain_sign(b)))
}

#[derive(Default)]
struct Scan {
    sum: u64,
    /// What the last character beyond ASCII said, and where it ended.
    previous: u64,
    end: usize,
}

impl Scan {
    /// What the ASCII bytes of a chunk say.
    #[inline(always)]
    fn ascii(&mut self, chunk: &[u8; CHUNK]) {
        if !is_plain(chunk) {
            self.sum |= chunk.iter().fold(0, |sum, &b| sum | BYTE[usize::from(b)]);
        } else {
            self.ascii_letters(chunk);
        }
    }

    /// What the ASCII letters of a plain chunk say.
    #[inline(always)]
    fn ascii_letters(&mut self, chunk: &[u8; CHUNK]) {
        if self.sum & Signals::ASCII_LETTER.0 == 0 {
            // Of the plain ASCII bytes only the letters have this bit.
            let letters = chunk.iter().fold(0, |or, &b| or | if b < 0x80 { b & 0x40 } else { 0 });
            self.sum |= u64::from(letters >> 6) * Signals::ASCII_LETTER.0;
        }
    }

    /// What the character before `at` says.
    #[inline(always)]
    fn before(&self, bytes: &[u8], at: usize) -> u64 {
        if at == self.end {
            return self.previous;
        }
        at.checked_sub(1).and_then(|i| bytes.get(i)).map_or(0, |&b| BYTE[usize::from(b)])
    }

    /// Whether a letter of this script may stand at `at` without two scripts touching.
    fn goes_with(&self, bytes: &[u8], at: usize, script: Script) -> bool {
        let before = self.before(bytes, at) >> SCRIPT_SHIFT;
        before == 0 || before == script as u64
    }

    /// Takes in a chunk whose characters beyond ASCII are letters of two bytes that say the same; where it ends.
    fn letters_of(&mut self, bytes: &[u8], at: usize, chunk: &[u8; CHUNK], says: u64) -> usize {
        self.sum |= says;
        let cut = usize::from(chunk[CHUNK - 1] >= 0xC0);
        let end = at + CHUNK - cut;
        if chunk[CHUNK - 1 - cut] >= 0x80 {
            (self.previous, self.end) = (says, end);
            self.meets_ascii(bytes);
        }
        end
    }

    /// Looks at the ASCII letter that may follow a character beyond ASCII.
    #[inline(always)]
    fn meets_ascii(&mut self, bytes: &[u8]) {
        let after = bytes.get(self.end).map_or(0, |&b| BYTE[usize::from(b)]) >> SCRIPT_SHIFT;
        let before = self.previous >> SCRIPT_SHIFT;
        if after != 0 && before != 0 && before != after && !are_companions(before, after) {
            self.sum |= Signals::MIXED.0;
        }
    }

    /// Takes in the characters beyond ASCII from `at` on; where the next ASCII byte stands.
    #[inline(always)]
    fn run(&mut self, bytes: &[u8], mut at: usize) -> usize {
        let trail = |i: usize| u32::from(bytes.get(i).copied().unwrap_or(0) & 0x3F);
        self.previous = self.before(bytes, at);
        while let Some(&lead) = bytes.get(at).filter(|&&b| b >= 0x80) {
            let same = LEAD[usize::from(lead)];
            if same != 0 {
                // In a run of one script there is nothing new to say.
                if same != self.previous {
                    self.add(same);
                }
                at += if lead < 0xE0 { 2 } else { 3 };
            } else if lead < 0xE0 {
                let cp = u32::from(lead & 0x1F) << 6 | trail(at + 1);
                self.add(LOW[cp as usize]);
                at += 2;
            } else if lead < 0xF0 {
                let cp = u32::from(lead & 0x0F) << 12 | trail(at + 1) << 6 | trail(at + 2);
                if cp == 0xFFFD {
                    self.sum |= Signals::REPLACEMENT.0;
                }
                self.add(COMBINATION[combination(cp)]);
                at += 3;
            } else {
                let cp = u32::from(lead & 0x07) << 18 | trail(at + 1) << 12 | trail(at + 2) << 6 | trail(at + 3);
                self.add(COMBINATION[combination(cp)] | Signals::SUPPLEMENTARY.0);
                at += 4;
            }
        }
        self.end = at;
        self.meets_ascii(bytes);
        at
    }

    #[inline(always)]
    fn add(&mut self, mut says: u64) {
        let (before, script) = (self.previous >> SCRIPT_SHIFT, says >> SCRIPT_SHIFT);
        if script == ANY_SCRIPT {
            says = says & !(ANY_SCRIPT << SCRIPT_SHIFT) | before << SCRIPT_SHIFT;
        } else if script != before && script != 0 && before != 0 && !are_companions(before, script) {
            self.sum |= Signals::MIXED.0;
        }
        if says & Signals::MARK.0 != 0 && self.previous & BASE == 0 {
            self.sum |= Signals::ORPHAN_MARK.0;
        }
        self.sum |= says;
        self.previous = says;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Signals {
        // The same text at every offset: what a chunk says must not depend on where it begins.
        let all = Blocks::scan(text).all();
        for shift in 1..70 {
            let shifted = format!("{}{text}", " ".repeat(shift));
            assert_eq!(Blocks::scan(&shifted).all(), all, "{text:?} after {shift} blanks");
        }
        all
    }

    #[test]
    fn blocks_cover_the_text() {
        let text = format!("{}\n{}é\n", "a ".repeat(5000), "x".repeat(9000));
        let blocks = Blocks::scan(&text);
        assert_eq!(blocks.spans(Signals::ANY), [Span::new(0, text.len())]);
        assert!(blocks.all().intersects(Signals::NON_ASCII));
        let with = blocks.spans(Signals::NON_ASCII);
        assert_eq!(with.len(), 1);
        assert!(text[with[0].range()].contains('é'));
    }

    #[test]
    fn kinds_of_characters() {
        for (text, kinds) in [
            ("a\u{200b}", Signals::INVISIBLE),
            ("a\u{fe0f}", Signals::INVISIBLE),
            ("\u{3164}", Signals::INVISIBLE),
            ("\u{202e}", Signals::BIDI.or(Signals::INVISIBLE)),
            ("\u{92}", Signals::C1),
            ("\u{f0b7}", Signals::PRIVATE_USE),
            ("\u{10fffd}", Signals::PRIVATE_USE.or(Signals::SUPPLEMENTARY)),
            ("\u{378}", Signals::UNASSIGNED),
            ("\u{fdd0}", Signals::UNASSIGNED),
            ("\u{a0}", Signals::ODD_SPACE),
            ("\u{2028}", Signals::ODD_SPACE),
            ("é", Signals::LATIN),
            ("e\u{301}", Signals::MARK.or(Signals::NFC_NOT_YES)),
            (" \u{301}", Signals::ORPHAN_MARK),
            ("ﬁ", Signals::COMPAT),
            ("Ａ", Signals::WIDTH_FORM.or(Signals::COMPAT)),
            ("«", Signals::QUOTATION),
            ("—", Signals::DASH),
            ("\u{fffd}", Signals::REPLACEMENT),
            ("٣", Signals::OTHER_DIGIT),
            ("😀", Signals::EMOJI.or(Signals::SUPPLEMENTARY)),
            ("ʼ", Signals::MODIFIER),
            ("µ", Signals::COMMON_LETTER),
            ("я", Signals::CYRILLIC),
            ("λ", Signals::GREEK),
            ("و", Signals::ARABIC),
            ("ש", Signals::HEBREW),
            ("հ", Signals::ARMENIAN),
            ("ქ", Signals::GEORGIAN),
            ("क", Signals::INDIC),
            ("ក", Signals::SOUTH_EAST_ASIAN),
            ("木", Signals::HAN),
            ("の", Signals::KANA),
            ("각", Signals::HANGUL),
            ("አ", Signals::OTHER_SCRIPT),
        ] {
            let all = of(text);
            assert_eq!(all & kinds, kinds, "{text:?}");
            assert!(all.intersects(Signals::NON_ASCII) && !all.intersects(Signals::MIXED), "{text:?}");
            assert_eq!(of(&text.repeat(40)) & kinds, kinds, "{text:?} often");
        }
        assert!(!of("Où ça ? En été. Наша земля, вот она.").intersects(Signals::HIDDEN));
        assert!(!of("e\u{301}").intersects(Signals::ORPHAN_MARK));
    }

    #[test]
    fn two_scripts_that_touch() {
        for text in ["Gуинеа", "словo", "бa", "वnews", "кλ", "aِl", "а\u{301}b"] {
            assert!(of(text).intersects(Signals::MIXED), "{text:?}");
        }
        for text in [
            "été",
            "IT-компания и Word 2",
            "東京タワー",
            "カー",
            "LG는",
            "卡拉OK",
            "مـن",
            "а\u{301}б",
            "x̄",
            "한국 TV",
            "ö\u{301}a",
        ] {
            assert!(!of(text).intersects(Signals::MIXED), "{text:?}");
        }
        // At every offset of a long Cyrillic run.
        for n in 0..80 {
            assert!(of(&format!("{}a{}", "д".repeat(n), "ж".repeat(40))).intersects(Signals::MIXED));
        }
    }
}
