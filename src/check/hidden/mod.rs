//! Invisible and control characters, bidirectional controls, odd spaces, private use.

use super::Check;

/// The checks of this family, by name.
pub(super) static CHECKS: &[&dyn Check] = &[];
