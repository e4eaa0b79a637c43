//! Named sets of keys, in data.

/// The presets by name; the first one holds where none is named.
pub const NAMES: &[&str] = &["publication", "localization", "docs", "corpus"];

static DATA: &str = include_str!("presets.toml");

/// The keys of a preset; `None` for an unknown name.
pub(super) fn keys(name: &str) -> Option<toml::Table> {
    let all: toml::Table = toml::from_str(DATA).ok()?;
    all.get(name)?.as_table().cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_is_there_and_loads() {
        let all: toml::Table = toml::from_str(DATA).unwrap();
        assert_eq!(all.len(), NAMES.len());
        for name in NAMES {
            let text = toml::to_string(&keys(name).unwrap()).unwrap();
            super::super::file::parse(std::path::Path::new("tidyglot.toml"), &text).unwrap();
        }
    }
}
