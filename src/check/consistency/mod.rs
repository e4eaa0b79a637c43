//! The same thing written in two ways, inside a file and across the files of one run.

use super::Check;

/// The checks of this family, by name.
pub(super) static CHECKS: &[&dyn Check] = &[];
