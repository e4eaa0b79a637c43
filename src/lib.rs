//! tidyglot.

pub mod unicode;
