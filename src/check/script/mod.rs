//! Letters of another script inside words, stray letters and marks, look-alikes, letter variants by language.

mod alphabets;
mod code_page_letter;
mod glued_scripts;
mod keyboard_layout;
mod language;
mod mixed;
mod mixed_word;
mod old_font_letter;
mod stray_letter;
mod stray_mark;
mod stray_word;

pub(crate) use mixed::Mixed;

use super::Check;

/// The checks of this family, by name.
pub(super) static CHECKS: &[&dyn Check] = &[
    &code_page_letter::CodePageLetter,
    &glued_scripts::GluedScripts,
    &keyboard_layout::KeyboardLayout,
    &mixed_word::MixedWord,
    &old_font_letter::OldFontLetter,
    &stray_letter::StrayLetter,
    &stray_mark::StrayMark,
    &stray_word::StrayWord,
];
