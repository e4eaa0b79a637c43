//! Declarative rules: `rules/*.toml` and the user's own files. [`load`] reads and proves them, [`matcher`] finds all
//! their literals in one pass and confirms each hit in a small window.

mod load;
mod matcher;
mod spec;

pub use load::{LoadError, builtin, from_toml};
pub use matcher::Matcher;
pub use spec::{BadExample, GoodExample, Place, Rule};
