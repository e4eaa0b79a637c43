//! A translation against its source.

mod catalogue;
mod placeholders;
mod untranslated;

use super::Check;

/// The checks of this family, by name.
pub(super) static CHECKS: &[&dyn Check] = &[&placeholders::Placeholders, &untranslated::Untranslated];
