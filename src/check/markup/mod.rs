//! Leftover markup tokens, templates, page furniture.

use super::Check;

/// The checks of this family, by name.
pub(super) static CHECKS: &[&dyn Check] = &[];
