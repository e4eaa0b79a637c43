//! Letters of different scripts that look alike.

use super::{Script, script};
use crate::text::Mixing;
use std::{collections::HashMap, ops::Range, sync::OnceLock};

/// The other script's letter that looks like a given one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Twin {
    /// What to write in the other script: one letter, or a letter and a mark.
    pub text: &'static str,
    /// The same shape, upright, in common fonts; otherwise only close.
    pub near: bool,
}

impl Twin {
    /// The letter, without its mark.
    pub fn letter(&self) -> char {
        self.text.chars().next().unwrap_or('\0')
    }
}

struct Entry {
    from: &'static str,
    to: Script,
    twin: Twin,
}

/// All twins, and where those of a letter are.
struct Table {
    /// In the order of the letters; several twins of one letter keep the order of the file.
    entries: Vec<Entry>,
    places: HashMap<&'static str, Range<usize>, Mixing>,
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut all: Vec<Entry> = Vec::new();
        for line in include_str!("data/look_alikes.tsv").lines() {
            let mut columns = line.split('\t');
            let (Some(a), Some(b), Some(grade)) = (columns.next(), columns.next(), columns.next()) else { continue };
            let near = grade.starts_with("near");
            let mut add = |from: &'static str, to: &'static str| {
                let Some(first) = to.chars().next() else { return };
                all.push(Entry { from, to: script(first), twin: Twin { text: to, near } });
            };
            if !grade.ends_with('<') {
                add(a, b);
            }
            if !grade.ends_with('>') {
                add(b, a);
            }
        }
        all.sort_by(|x, y| x.from.cmp(y.from));
        let mut places = HashMap::default();
        for (at, entry) in all.iter().enumerate() {
            places.entry(entry.from).or_insert(at..at).end = at + 1;
        }
        Table { entries: all, places }
    })
}

/// The letters of `to` that look like `letter` (a letter, or a letter with its marks), the first choice first.
pub fn twins(letter: &str, to: Script) -> impl Iterator<Item = Twin> {
    let Table { entries, places } = table();
    let own = places.get(letter).and_then(|place| entries.get(place.clone())).unwrap_or_default();
    own.iter().filter(move |e| e.to == to).map(|e| e.twin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twins_by_script() {
        let near = |s: &str, to| twins(s, to).map(|t| t.text).collect::<Vec<_>>();
        assert_eq!(near("a", Script::Cyrillic), ["а"]);
        assert_eq!(near("Y", Script::Cyrillic), ["Ү", "У"]);
        assert_eq!(near("ô", Script::Cyrillic), ["о̂"]);
        assert_eq!(near("γ", Script::Latin), ["ɣ", "y"]);
        assert!(near("ж", Script::Latin).is_empty());
    }

    #[test]
    fn every_line_joins_two_scripts() {
        for line in include_str!("data/look_alikes.tsv").lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
            let columns: Vec<_> = line.split('\t').collect();
            assert_eq!(columns.len(), 3, "{line}");
            let first = |s: &str| script(s.chars().next().unwrap());
            assert_ne!(first(columns[0]), first(columns[1]), "{line}");
        }
    }
}
