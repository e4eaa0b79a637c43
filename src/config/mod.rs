//! Settings: what the user wants checked, in which language, and from which severity on it fails.

mod select;

pub use select::{SelectError, Selection, nearest};

/// The settings that hold for one document.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The document's language, where the user gives it; BCP 47.
    pub lang: Option<String>,
    /// The file's encoding, where the user gives it.
    pub encoding: Option<String>,
    /// Names in their right spelling: people, places, products, as the user's list has them. What is written after
    /// `=` are spellings that are not wanted: `Sergei Lavrov = Sergey Lavrov, Sergej Lavrov`.
    pub names: Vec<String>,
    /// Which rules run.
    pub selection: Selection,
}
