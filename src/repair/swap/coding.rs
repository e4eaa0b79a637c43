//! The encodings on either side of such a mistake, and how usual each is.

use crate::{
    repair::wide::Wide,
    text::legacy::{Gaps, SingleByte},
};
use std::sync::OnceLock;

/// An encoding on either side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::repair) enum Coding {
    /// By its place in [`NAMES`].
    Page(usize),
    /// An East Asian one.
    Wide(Wide),
}

/// The pages, with the bits that they have to earn as what the text was, and as what it was read as.
pub(super) static NAMES: [(&str, i32, i32); 30] = [
    ("windows-1252", 0, 0),
    ("windows-1251", 0, 0),
    ("windows-1250", 0, 0),
    ("iso-8859-1-strict", 9, 1),
    ("windows-1253", 0, 1),
    ("windows-1254", 0, 1),
    ("windows-1255", 0, 1),
    ("windows-1256", 0, 1),
    ("windows-1257", 0, 1),
    ("windows-874", 0, 3),
    ("koi8-r", 0, 1),
    ("ibm866", 0, 1),
    ("macintosh", 1, 1),
    ("ibm437", 1, 1),
    ("ibm850", 1, 1),
    ("ibm852", 1, 1),
    ("iso-8859-2", 1, 2),
    ("iso-8859-5", 1, 3),
    ("iso-8859-7", 1, 3),
    ("iso-8859-6", 1, 3),
    ("x-mac-cyrillic", 2, 2),
    ("ibm857", 1, 3),
    ("ibm862", 1, 3),
    ("ibm737", 1, 3),
    ("iso-8859-15", 3, 3),
    ("koi8-u", 3, 3),
    ("x-mac-ce", 6, 6),
    ("ibm775", 7, 7),
    ("x-mac-greek", 3, 4),
    ("x-mac-turkish", 6, 6),
];

impl Coding {
    /// The canonical name.
    pub(in crate::repair) fn name(self) -> &'static str {
        match self {
            Coding::Page(index) => NAMES.get(index).map_or("", |n| n.0),
            Coding::Wide(wide) => wide.name(),
        }
    }
}

pub(in crate::repair) fn pages() -> &'static [&'static SingleByte] {
    static PAGES: OnceLock<Vec<&'static SingleByte>> = OnceLock::new();
    PAGES.get_or_init(|| NAMES.iter().filter_map(|(name, ..)| SingleByte::get(name, Gaps::Filled)).collect())
}
