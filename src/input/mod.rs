//! From paths to bytes: walks folders, honours ignore files, opens nothing twice.

mod read;
mod walk;

pub use read::{Problem, read, read_from, reason};
pub use walk::{Walk, walk};

use std::path::PathBuf;

/// Where a file of the run comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// Standard input.
    Stdin,
    /// The user named this very file.
    Named,
    /// A folder that the user named holds it.
    Walked,
}

/// A file to check, or one that is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The path as it is shown: relative where the user's was.
    pub path: PathBuf,
    /// Where it comes from.
    pub origin: Origin,
    /// Its size when it was found; 0 where that says nothing.
    pub size: u64,
    /// Why it is not scanned, where that is known before it is opened.
    pub skip: Option<String>,
}
