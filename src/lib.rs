//! tidyglot.
