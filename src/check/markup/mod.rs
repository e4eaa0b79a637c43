//! Leftover markup tokens, templates, page furniture.

use super::Check;

mod unused_directive;

/// The checks of this family, by name.
pub(super) static CHECKS: &[&dyn Check] = &[&unused_directive::UnusedDirective];
