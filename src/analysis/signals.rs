//! The kinds of characters that checks ask for.

use std::ops::{BitAnd, BitOr, BitOrAssign};

/// A set of kinds of characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signals(pub(super) u64);

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
