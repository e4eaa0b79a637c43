//! Text read in the wrong encoding, and bytes that were lost on the way.

use super::{Check, SetCheck};

mod byte_order_mark_as_text;
mod coded;
mod damaged_bytes;
mod declared_otherwise;
mod escaped_characters;
mod lost_characters;
mod lost_letters;
mod lost_letters_across_files;
mod marked;
mod mixed_encodings;
mod mojibake;
mod replacement_character;
mod stripped_bits;
mod uninitialised_memory;
mod wrong_code_page;

pub(crate) use coded::Coded;
pub(super) use coded::first_in as first_coded_in;
pub(crate) use marked::Bare;

/// The checks of this family, by name.
pub(super) static CHECKS: &[&dyn Check] = &[
    &byte_order_mark_as_text::ByteOrderMarkAsText,
    &damaged_bytes::DamagedBytes,
    &declared_otherwise::DeclaredOtherwise,
    &escaped_characters::EscapedCharacters,
    &lost_characters::LostCharacters,
    &lost_letters::LostLetters,
    &mixed_encodings::MixedEncodings,
    &mojibake::Mojibake,
    &replacement_character::ReplacementCharacter,
    &stripped_bits::StrippedBits,
    &uninitialised_memory::UninitialisedMemory,
    &wrong_code_page::WrongCodePage,
];

/// The checks of this family that see all documents of a run.
pub(super) static SETS: &[&dyn SetCheck] = &[&lost_letters_across_files::LostLettersAcrossFiles];
