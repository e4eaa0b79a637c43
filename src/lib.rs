//! tidyglot.

pub mod fix;
pub mod text;
