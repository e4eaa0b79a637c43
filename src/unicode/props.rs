//! The property table: one look-up per character.

use super::flag;
use super::script::ScriptSet;
use super::scripts::{PROPS_LEN, STAGE1_LEN, STAGE2_LEN, Script};

// Decoded by the compiler; nothing is built at run time.
static STAGE1: [u16; STAGE1_LEN] = u16s(include_bytes!("data/stage1.bin"));
static STAGE2: [u16; STAGE2_LEN] = u16s(include_bytes!("data/stage2.bin"));
static PROPS: [u64; PROPS_LEN] = u64s(include_bytes!("data/props.bin"));
/// What UTF-8 writes in one or two bytes: Latin to Arabic. One load instead of three.
static LOW: [Props; LOW_LEN] = low();
const LOW_LEN: usize = 0x800;

const fn u16s<const N: usize>(b: &[u8]) -> [u16; N] {
    assert!(b.len() == 2 * N);
    let mut a = [0; N];
    let mut i = 0;
    while i < N {
        a[i] = u16::from_le_bytes([b[2 * i], b[2 * i + 1]]);
        i += 1;
    }
    a
}

pub(super) const fn u64s<const N: usize>(b: &[u8]) -> [u64; N] {
    assert!(b.len() == 8 * N);
    let mut a = [0; N];
    let mut i = 0;
    while i < N {
        let mut k = 8;
        while k > 0 {
            k -= 1;
            a[i] = a[i] << 8 | b[8 * i + k] as u64;
        }
        i += 1;
    }
    a
}

const fn low() -> [Props; LOW_LEN] {
    let mut a = [Props(0); LOW_LEN];
    let mut i = 0;
    while i < LOW_LEN {
        a[i] = Props(PROPS[STAGE2[STAGE1[i >> 6] as usize * 64 + (i & 63)] as usize]);
        i += 1;
    }
    a
}

/// Everything the tables say about one character. Test it with the masks of [`flag`].
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Props(u64);

impl Props {
    /// Whether the character has at least one of the properties of `mask`.
    #[inline]
    pub const fn any(self, mask: u64) -> bool {
        self.0 & mask != 0
    }

    /// Whether the character has all properties of `mask`.
    #[inline]
    pub const fn all(self, mask: u64) -> bool {
        self.0 & mask == mask
    }

    /// The raw bits, to gather the properties of a text with `|`. Only the bits of [`flag`] mean
    /// anything in such a union.
    #[inline]
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// The script.
    #[inline]
    pub fn script(self) -> Script {
        super::script::from_number(self.0 as u8)
    }

    /// The scripts the character is used with; all of them for a Common or Inherited character
    /// without a narrower list.
    #[inline]
    pub fn script_extensions(self) -> ScriptSet {
        super::script::extensions((self.0 >> 13) as u8, self.script())
    }

    /// The general category.
    #[inline]
    pub fn general_category(self) -> GeneralCategory {
        CATEGORIES[(self.0 >> 8 & 31) as usize]
    }

    /// A letter of any kind.
    #[inline]
    pub const fn is_letter(self) -> bool {
        self.any(flag::LETTER)
    }

    /// A combining mark.
    #[inline]
    pub const fn is_mark(self) -> bool {
        self.any(flag::MARK)
    }

    /// A letter, mark or number: part of a word.
    #[inline]
    pub const fn is_word(self) -> bool {
        self.any(flag::WORD)
    }
}

impl std::fmt::Debug for Props {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let flags = self.0 >> 21 << 21;
        write!(f, "Props({:?}, {:?}, {flags:#x})", self.script(), self.general_category())
    }
}

/// The properties of a character.
#[inline]
pub fn props(c: char) -> Props {
    let cp = c as usize;
    match LOW.get(cp) {
        Some(p) => *p,
        None => beyond_low(cp),
    }
}

#[inline]
fn beyond_low(cp: usize) -> Props {
    // The generator writes tables that cover every code point, and the test reads every one; the
    // defaults are never taken and only keep a panic out of the program.
    let block = STAGE1.get(cp >> 6).copied().unwrap_or(0);
    let combination = STAGE2.get(usize::from(block) * 64 + (cp & 63)).copied().unwrap_or(0);
    Props(PROPS.get(usize::from(combination)).copied().unwrap_or(0))
}

/// How many different combinations of properties there are. A table with one entry for each turns one
/// look-up into any other function of the properties.
pub(crate) const COMBINATIONS: usize = PROPS_LEN;

/// The raw properties of a combination; for tables that the compiler fills.
pub(crate) const fn combination_bits(n: usize) -> u64 {
    PROPS[n]
}

/// The number of a code point's combination of properties, below [`COMBINATIONS`].
#[inline]
pub(crate) fn combination(cp: u32) -> usize {
    let block = STAGE1.get(cp as usize >> 6).copied().unwrap_or(0);
    STAGE2.get(usize::from(block) * 64 + (cp as usize & 63)).copied().unwrap_or(0).into()
}

/// As [`combination`], for tables that the compiler fills.
pub(crate) const fn combination_const(cp: usize) -> usize {
    STAGE2[STAGE1[cp >> 6] as usize * 64 + (cp & 63)] as usize
}

/// All properties that some character of the text has: one pass tells which checks have nothing to
/// look for. Only the bits of [`flag`] mean anything.
pub fn bits_of(s: &str) -> u64 {
    s.chars().fold(0, |bits, c| bits | props(c).0) & FLAGS
}

/// Without the numbers of script, category and extension set, whose union says nothing.
const FLAGS: u64 = u64::MAX << 21;

/// The general category of a character.
#[inline]
pub fn general_category(c: char) -> GeneralCategory {
    props(c).general_category()
}

macro_rules! categories {
    ($($short:ident $doc:literal),* $(,)?) => {
        /// The Unicode property `General_Category`, under its short names.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum GeneralCategory { $(#[doc = $doc] $short),* }

        /// In the order of the numbers in the table, which has room for 32.
        const CATEGORIES: [GeneralCategory; 32] = {
            let mut a = [GeneralCategory::Cn; 32];
            $(a[GeneralCategory::$short as usize] = GeneralCategory::$short;)*
            a
        };
    };
}

categories! {
    Cn "Unassigned, or a noncharacter.",
    Lu "Upper-case letter.",
    Ll "Lower-case letter.",
    Lt "Title-case letter.",
    Lm "Modifier letter.",
    Lo "Other letter.",
    Mn "Nonspacing mark.",
    Me "Enclosing mark.",
    Mc "Spacing mark.",
    Nd "Decimal digit.",
    Nl "Letter-like number.",
    No "Other number.",
    Zs "Space.",
    Zl "Line separator.",
    Zp "Paragraph separator.",
    Cc "Control character.",
    Cf "Format character.",
    Co "Private use.",
    Cs "Surrogate (no `char` has it).",
    Pd "Dash.",
    Ps "Opening punctuation.",
    Pe "Closing punctuation.",
    Pc "Connecting punctuation.",
    Po "Other punctuation.",
    Sm "Mathematical symbol.",
    Sc "Currency symbol.",
    Sk "Modifier symbol.",
    So "Other symbol.",
    Pi "Initial quotation mark.",
    Pf "Final quotation mark.",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_look_up_gives_everything() {
        let p = props('о');
        assert_eq!(p.script(), Script::Cyrillic);
        assert_eq!(p.general_category(), GeneralCategory::Ll);
        assert!(p.all(flag::LETTER | flag::LOWER) && !p.any(flag::HIDDEN | flag::UPPER));
        assert!(props('\u{301}').any(flag::NONSPACING) && props('\u{301}').is_mark());
        assert!(props('ا').any(flag::RTL));
        assert!(props('7').is_word() && !props('-').is_word());
    }

    #[test]
    fn hidden_characters() {
        for (c, f) in [
            ('\u{1b}', flag::CONTROL_C0),
            ('\u{7f}', flag::CONTROL_C0),
            ('\u{85}', flag::CONTROL_C1),
            ('\u{ad}', flag::FORMAT_INVISIBLE),
            ('\u{200b}', flag::FORMAT_INVISIBLE),
            ('\u{200d}', flag::FORMAT_INVISIBLE),
            ('\u{feff}', flag::FORMAT_INVISIBLE),
            ('\u{34f}', flag::FORMAT_INVISIBLE),
            ('\u{3164}', flag::FORMAT_INVISIBLE),
            ('\u{ffa0}', flag::FORMAT_INVISIBLE),
            ('\u{115f}', flag::FORMAT_INVISIBLE),
            ('\u{2800}', flag::FORMAT_INVISIBLE),
            ('\u{202e}', flag::BIDI_CONTROL),
            ('\u{2066}', flag::BIDI_CONTROL),
            ('\u{61c}', flag::BIDI_CONTROL),
            ('\u{e000}', flag::PRIVATE_USE),
            ('\u{378}', flag::UNASSIGNED),
            ('\u{fffe}', flag::NONCHARACTER),
            ('\u{fdd0}', flag::NONCHARACTER),
            ('\u{a0}', flag::SPACE),
            ('\u{3000}', flag::SPACE),
            ('\u{2028}', flag::LINE_SEPARATOR),
            ('\u{fe0f}', flag::VARIATION_SELECTOR),
            ('\u{180b}', flag::VARIATION_SELECTOR),
            ('\u{e0041}', flag::TAG),
        ] {
            assert!(props(c).all(f), "{c:?}");
            assert!(props(c).any(flag::HIDDEN), "{c:?}");
        }
        for c in ['\t', '\n', '\r', ' ', '\u{600}', '\u{6dd}', '\u{fffd}', '\u{fffc}', 'ㅤ'] {
            assert_eq!(props(c).any(flag::HIDDEN), c == 'ㅤ', "{c:?}");
        }
    }

    #[test]
    fn forms_kept_for_compatibility() {
        for (c, f) in [
            ('ﺍ', flag::PRESENTATION_FORM),
            ('ﬁ', flag::LIGATURE),
            ('⼀', flag::CJK_RADICAL),
            ('\u{f900}', flag::CJK_COMPAT),
            ('Ａ', flag::WIDTH_FORM),
            ('ｱ', flag::WIDTH_FORM),
            ('𝒜', flag::MATH_ALNUM),
            ('ℬ', flag::MATH_ALNUM),
        ] {
            assert!(props(c).all(f), "{c:?}");
        }
        // One of the twelve of that block that are ideographs of their own; ordinary text.
        for c in ['\u{fa0e}', 'ß', '№', '一', 'א', 'å'] {
            assert!(!props(c).any(flag::COMPAT), "{c:?}");
        }
        assert!(props('\u{958}').any(flag::NFC_NO));
        assert!(props('\u{301}').any(flag::NFC_MAYBE));
    }

    #[test]
    fn the_union_of_a_text() {
        assert_eq!(bits_of("a \u{202e}") & flag::HIDDEN, flag::FORMAT_INVISIBLE | flag::BIDI_CONTROL);
        assert_eq!(bits_of("Où ça\n") & flag::HIDDEN, 0);
    }

    #[test]
    fn emoji() {
        assert!(props('😀').all(flag::EMOJI | flag::EMOJI_PRESENTATION));
        assert!(props('❤').any(flag::EMOJI) && !props('❤').any(flag::EMOJI_PRESENTATION));
        assert!(props('1').any(flag::EMOJI_BASE) && !props('1').any(flag::EMOJI));
        assert!(props('🏽').any(flag::EMOJI_MODIFIER));
        assert!(props('🇫').any(flag::REGIONAL_INDICATOR));
    }
}
