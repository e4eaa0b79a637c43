//! The Unicode tables against crates that get the same facts on their own: every code point.

use tidyglot::unicode::{self, Script, ScriptSet, flag, props};
use unicode_normalization::IsNormalized;
use unicode_properties::{GeneralCategory as Gc, UnicodeEmoji, UnicodeGeneralCategory};
use unicode_script::UnicodeScript;

fn every_char() -> impl Iterator<Item = char> {
    '\0'..=char::MAX
}

#[test]
fn one_version_of_unicode() {
    let (a, b, c) = unicode_script::UNICODE_VERSION;
    let (x, y, z) = unicode::UNICODE_VERSION;
    assert_eq!((a, b, c), (u64::from(x), u64::from(y), u64::from(z)));
    assert_eq!(unicode_normalization::UNICODE_VERSION, unicode::UNICODE_VERSION);
}

#[test]
fn scripts_of_every_character() {
    for c in every_char() {
        assert_eq!(unicode::script(c).code(), c.script().short_name(), "U+{:04X}", c as u32);
    }
}

#[test]
fn script_extensions_of_every_character() {
    for c in every_char() {
        let theirs = c.script_extension();
        let ours = unicode::script_extensions(c);
        if theirs.is_common() || theirs.is_inherited() {
            assert_eq!(ours, ScriptSet::ALL, "U+{:04X}", c as u32);
            continue;
        }
        let mut set = ScriptSet::EMPTY;
        for s in theirs.iter() {
            set.insert(Script::from_code(s.short_name()).unwrap_or(Script::Unknown));
        }
        if theirs.is_empty() {
            set.insert(Script::Unknown);
        }
        assert_eq!(ours, set, "U+{:04X}", c as u32);
    }
}

#[test]
fn nfc_quick_check_of_every_character() {
    for c in every_char() {
        let ours = match props(c) {
            p if p.any(flag::NFC_NO) => IsNormalized::No,
            p if p.any(flag::NFC_MAYBE) => IsNormalized::Maybe,
            _ => IsNormalized::Yes,
        };
        let theirs = unicode_normalization::is_nfc_quick(std::iter::once(c));
        assert_eq!(ours, theirs, "U+{:04X}", c as u32);
        let reorders = unicode_normalization::char::canonical_combining_class(c) != 0;
        assert_eq!(props(c).any(flag::REORDERS), reorders, "U+{:04X}", c as u32);
    }
}

#[test]
fn general_category_of_every_character() {
    for c in every_char() {
        let theirs = match c.general_category() {
            Gc::UppercaseLetter => "Lu",
            Gc::LowercaseLetter => "Ll",
            Gc::TitlecaseLetter => "Lt",
            Gc::ModifierLetter => "Lm",
            Gc::OtherLetter => "Lo",
            Gc::NonspacingMark => "Mn",
            Gc::SpacingMark => "Mc",
            Gc::EnclosingMark => "Me",
            Gc::DecimalNumber => "Nd",
            Gc::LetterNumber => "Nl",
            Gc::OtherNumber => "No",
            Gc::ConnectorPunctuation => "Pc",
            Gc::DashPunctuation => "Pd",
            Gc::OpenPunctuation => "Ps",
            Gc::ClosePunctuation => "Pe",
            Gc::InitialPunctuation => "Pi",
            Gc::FinalPunctuation => "Pf",
            Gc::OtherPunctuation => "Po",
            Gc::MathSymbol => "Sm",
            Gc::CurrencySymbol => "Sc",
            Gc::ModifierSymbol => "Sk",
            Gc::OtherSymbol => "So",
            Gc::SpaceSeparator => "Zs",
            Gc::LineSeparator => "Zl",
            Gc::ParagraphSeparator => "Zp",
            Gc::Control => "Cc",
            Gc::Format => "Cf",
            Gc::Surrogate => "Cs",
            Gc::PrivateUse => "Co",
            Gc::Unassigned => "Cn",
        };
        let ours = props(c).general_category();
        assert_eq!(format!("{ours:?}"), theirs, "U+{:04X}", c as u32);
        let p = props(c);
        assert_eq!(p.is_letter(), theirs.starts_with('L'));
        assert_eq!(p.is_mark(), theirs.starts_with('M'));
        assert_eq!(p.any(flag::PUNCT), theirs.starts_with('P'));
        assert_eq!(p.any(flag::SYMBOL), theirs.starts_with('S'));
        assert_eq!(p.any(flag::DIGIT), theirs == "Nd");
        assert_eq!(p.any(flag::UNASSIGNED | flag::NONCHARACTER), theirs == "Cn");
        assert_eq!(p.any(flag::PRIVATE_USE), theirs == "Co");
        assert_eq!(p.any(flag::EMOJI_BASE), c.is_emoji_char(), "U+{:04X}", c as u32);
    }
}
