//! Leftover markup tokens, templates, page furniture.

mod entity;
mod html_tag;
mod near;
mod stray_brace;

use super::Check;

/// The checks of this family, by name.
pub(super) static CHECKS: &[&dyn Check] = &[&entity::Entity, &html_tag::HtmlTag, &stray_brace::StrayBrace];
