//! Text read in the wrong encoding, and bytes that were lost on the way.

use super::Check;

/// The checks of this family, by name.
pub(super) static CHECKS: &[&dyn Check] = &[];
