//! Letters of another script inside words, stray letters and marks, look-alikes, letter variants by language.

use super::Check;

/// The checks of this family, by name.
pub(super) static CHECKS: &[&dyn Check] = &[];
