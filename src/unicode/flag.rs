//! The bits of [`Props`](super::Props). This file is plain constants, so that the generator of the
//! tables (`tools/unicode-tables`) includes it: the table and its readers cannot disagree.
//!
//! Bits 0-7 hold the script, 8-12 the general category, 13-20 the number of the script-extension
//! set (0: the script itself). The rest is one bit per yes/no property.

/// A letter (general category L*).
pub const LETTER: u64 = 1 << 21;
/// A combining mark (Mn, Me, Mc).
pub const MARK: u64 = 1 << 22;
/// A mark that takes no room of its own (Mn, Me).
pub const NONSPACING: u64 = 1 << 23;
/// Upper case (the derived property `Uppercase`).
pub const UPPER: u64 = 1 << 24;
/// Lower case (the derived property `Lowercase`).
pub const LOWER: u64 = 1 << 25;
/// A decimal digit (Nd) of any script.
pub const DIGIT: u64 = 1 << 26;
/// Any number (Nd, Nl, No).
pub const NUMBER: u64 = 1 << 27;
/// C0 control or DEL, without tab, line feed and carriage return.
pub const CONTROL_C0: u64 = 1 << 28;
/// C1 control (U+0080 to U+009F).
pub const CONTROL_C1: u64 = 1 << 29;
/// Shows nothing: Cf and default-ignorable characters, fillers and blank letters such as U+3164,
/// U+115F, U+2800. Without the few Cf that have a shape (U+0600, U+06DD ...).
pub const FORMAT_INVISIBLE: u64 = 1 << 30;
/// The property `Bidi_Control`: marks, embeddings, overrides, isolates.
pub const BIDI_CONTROL: u64 = 1 << 31;
/// Private use.
pub const PRIVATE_USE: u64 = 1 << 32;
/// Not assigned in this version of Unicode (noncharacters apart).
pub const UNASSIGNED: u64 = 1 << 33;
/// One of the 66 noncharacters.
pub const NONCHARACTER: u64 = 1 << 34;
/// A space (Zs) other than U+0020.
pub const SPACE: u64 = 1 << 35;
/// U+2028 or U+2029.
pub const LINE_SEPARATOR: u64 = 1 << 36;
/// A variation selector, the Mongolian ones included.
pub const VARIATION_SELECTOR: u64 = 1 << 37;
/// A tag character (U+E0001, U+E0020 to U+E007F).
pub const TAG: u64 = 1 << 38;
/// A presentation form: "... ISOLATED/INITIAL/MEDIAL/FINAL FORM", Hebrew forms of the same blocks.
pub const PRESENTATION_FORM: u64 = 1 << 39;
/// A Latin or Armenian ligature of the presentation-form block (U+FB00 to U+FB17).
pub const LIGATURE: u64 = 1 << 40;
/// A Kangxi or CJK radical.
pub const CJK_RADICAL: u64 = 1 << 41;
/// A CJK compatibility ideograph that stands for another ideograph.
pub const CJK_COMPAT: u64 = 1 << 42;
/// A full-width or half-width form.
pub const WIDTH_FORM: u64 = 1 << 43;
/// A letter or digit that is a style of another: mathematical alphanumerics, letter-like styles.
pub const MATH_ALNUM: u64 = 1 << 44;
/// NFC_Quick_Check = No.
pub const NFC_NO: u64 = 1 << 45;
/// NFC_Quick_Check = Maybe.
pub const NFC_MAYBE: u64 = 1 << 46;
/// Strong right-to-left (bidi class R or AL).
pub const RTL: u64 = 1 << 47;
/// Stands as an emoji: `Extended_Pictographic`, `Emoji_Presentation`, a modifier or a regional
/// indicator. Not the digits, `#` and `*`.
pub const EMOJI: u64 = 1 << 48;
/// Shown in colour without a variation selector (`Emoji_Presentation`).
pub const EMOJI_PRESENTATION: u64 = 1 << 49;
/// A skin tone.
pub const EMOJI_MODIFIER: u64 = 1 << 50;
/// A regional indicator (half a flag).
pub const REGIONAL_INDICATOR: u64 = 1 << 51;
/// Punctuation (P*).
pub const PUNCT: u64 = 1 << 52;
/// A symbol (S*).
pub const SYMBOL: u64 = 1 << 53;
/// The property `White_Space`.
pub const WHITE_SPACE: u64 = 1 << 54;
/// Canonical combining class other than 0: takes part in reordering.
pub const REORDERS: u64 = 1 << 55;
/// The property `Ideographic`.
pub const IDEOGRAPHIC: u64 = 1 << 56;
/// The property `Quotation_Mark`.
pub const QUOTATION: u64 = 1 << 57;
/// The property `Dash`.
pub const DASH: u64 = 1 << 58;
/// The property `Emoji` (digits, `#` and `*` included).
pub const EMOJI_BASE: u64 = 1 << 59;
/// The property `Grapheme_Extend`, or a spacing mark: stays with the character before it.
pub const EXTENDS: u64 = 1 << 60;
/// Deprecated by Unicode.
pub const DEPRECATED: u64 = 1 << 61;
/// The property `Default_Ignorable_Code_Point`.
pub const DEFAULT_IGNORABLE: u64 = 1 << 62;

/// Some form kept for compatibility.
pub const COMPAT: u64 = PRESENTATION_FORM | LIGATURE | CJK_RADICAL | CJK_COMPAT | WIDTH_FORM | MATH_ALNUM;
/// NFC_Quick_Check is not Yes.
pub const NFC_NOT_YES: u64 = NFC_NO | NFC_MAYBE;
/// Any control character but tab, line feed and carriage return.
pub const CONTROL: u64 = CONTROL_C0 | CONTROL_C1;
/// Part of a word: letter, mark or number.
pub const WORD: u64 = LETTER | MARK | NUMBER;
/// What a reader cannot see or tell apart, and [`visible`](super::visible()) therefore spells out.
pub const HIDDEN: u64 = CONTROL
    | FORMAT_INVISIBLE
    | BIDI_CONTROL
    | PRIVATE_USE
    | UNASSIGNED
    | NONCHARACTER
    | SPACE
    | LINE_SEPARATOR
    | VARIATION_SELECTOR
    | TAG;
