//! Applies edits to raw bytes and writes files.

pub mod raw;
pub mod write;
