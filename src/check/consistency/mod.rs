//! One thing written in two ways, in a document and across the documents of one run.

use super::{Check, SetCheck};

mod alike;
mod date_format;
mod hyphenation;
mod misspelt_name;
mod name_across_files;
mod name_case;
mod name_variant;
mod passage_across_files;
mod preferred_name;
mod spelling_across_files;
mod spelling_variant;
mod variants;

/// The checks of this family, by name.
pub(super) static CHECKS: &[&dyn Check] = &[
    &date_format::DateFormat,
    &hyphenation::Hyphenation,
    &misspelt_name::MisspeltName,
    &name_case::NameCase,
    &name_variant::NameVariant,
    &preferred_name::PreferredName,
    &spelling_variant::SpellingVariant,
];

/// The checks of this family that see all documents of a run, by name.
pub(super) static SETS: &[&dyn SetCheck] = &[
    &name_across_files::NameAcrossFiles,
    &passage_across_files::PassageAcrossFiles,
    &spelling_across_files::SpellingAcrossFiles,
];
