//! Text read in the wrong encoding, and bytes that were lost on the way.

use super::Check;

mod mojibake;

/// The checks of this family, by name.
pub(super) static CHECKS: &[&dyn Check] = &[&mojibake::Mojibake];
