//! From findings to cleaned bytes: [`plan`] chooses edits that don't overlap, [`raw`] applies them to the bytes on
//! disk, [`mod@write`] puts a file in place atomically, [`diff`] prints what would change.

pub mod diff;
pub mod plan;
pub mod raw;
pub mod write;
