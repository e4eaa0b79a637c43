//! Letters of another script inside words, stray letters and marks, look-alikes, letter variants by language.

mod alphabets;
mod apostrophe;
mod arabic;
mod code_page_letter;
mod detached;
mod detached_accent;
mod digit_letter;
mod digits;
mod foreign_runs;
mod glued_scripts;
mod kana;
mod keyboard_layout;
mod language;
mod letter_as_sign;
mod mixed;
mod mixed_word;
mod old_font_letter;
mod presentation;
mod sequences;
mod stray_letter;
mod stray_mark;
mod stray_word;
mod wrong_letter;

pub(super) use alphabets::{are_of_one_language, has_letter};
pub(crate) use detached::Detached;
pub(super) use language::{has_small_words, language_of_small_words, name as language_name};
pub(crate) use mixed::Mixed;
pub(super) use sequences::has_danda;

use super::Check;

/// The checks of this family, by name.
pub(super) static CHECKS: &[&dyn Check] = &[
    &arabic::ArabicLetter,
    &presentation::Radical,
    &code_page_letter::CodePageLetter,
    &digits::DegreeSign,
    &detached_accent::DetachedAccent,
    &digit_letter::DigitLetter,
    &glued_scripts::GluedScripts,
    &sequences::IndicSign,
    &kana::KanaLookAlike,
    &keyboard_layout::KeyboardLayout,
    &letter_as_sign::LetterAsSign,
    &presentation::Ligature,
    &sequences::LookAlikeSequence,
    &digits::MixedDigits,
    &mixed_word::MixedWord,
    &old_font_letter::OldFontLetter,
    &presentation::PresentationForm,
    &presentation::ReversedHebrew,
    &stray_letter::StrayLetter,
    &stray_mark::StrayMark,
    &stray_word::StrayWord,
    &presentation::StyledLetters,
    &apostrophe::WrongApostrophe,
    &wrong_letter::WrongLetter,
];
