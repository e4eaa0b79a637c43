//! Invisible and control characters, bidirectional controls, odd spaces, private use.

use super::Check;

mod bidi_control;
mod bidi_mark;
mod blank_letter;
mod byte_order_mark;
mod c1_control;
mod control;
mod decomposed;
mod emoji_sequence;
mod format_character;
mod joiner;
mod line_separator;
mod near;
mod noncharacter;
mod object_replacement;
mod odd_space;
mod private_use;
mod soft_hyphen;
mod stacked_marks;
mod tag_character;
mod unassigned;
mod variation_selector;
mod zero_width;

/// The checks of this family, by name.
pub(super) static CHECKS: &[&dyn Check] = &[
    &bidi_control::BidiControl,
    &bidi_mark::BidiMark,
    &blank_letter::BlankLetter,
    &byte_order_mark::ByteOrderMark,
    &c1_control::C1Control,
    &control::Control,
    &decomposed::Decomposed,
    &emoji_sequence::EmojiSequence,
    &format_character::FormatCharacter,
    &joiner::Joiner,
    &line_separator::LineSeparator,
    &noncharacter::Noncharacter,
    &object_replacement::ObjectReplacement,
    &odd_space::OddSpace,
    &private_use::PrivateUse,
    &soft_hyphen::SoftHyphen,
    &stacked_marks::StackedMarks,
    &tag_character::TagCharacter,
    &unassigned::Unassigned,
    &variation_selector::VariationSelector,
    &zero_width::ZeroWidth,
];
