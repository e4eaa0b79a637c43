//! The folders and the lists must say the same: a check that stands in no list never runs.

use std::{collections::BTreeSet, fs};

#[test]
fn every_check_file_is_in_its_familys_list() {
    let mut missing = Vec::new();
    for (family, checks) in tidyglot::check::FAMILIES {
        let folder = format!("src/check/{family}");
        let list = fs::read_to_string(format!("{folder}/mod.rs")).expect("every family has a mod.rs");
        let files: BTreeSet<String> = fs::read_dir(&folder)
            .expect("every family has a folder")
            .filter_map(Result::ok)
            .map(|e| e.path())
            .filter(|p| p.extension().is_some_and(|e| e == "rs") && p.file_stem().is_some_and(|s| s != "mod"))
            .filter(|p| fs::read_to_string(p).is_ok_and(|text| text.contains("impl Check for")))
            .filter_map(|p| p.file_stem().map(|s| s.to_string_lossy().into_owned()))
            .collect();
        for file in &files {
            if !list.contains(&format!("mod {file};")) {
                missing.push(format!("{folder}/mod.rs lacks `mod {file};`"));
            }
            if list.matches(&format!("{file}::")).count() == 0 {
                missing.push(format!("{folder}/mod.rs lacks an entry `&{file}::…` in CHECKS"));
            }
        }
        for check in *checks {
            let name = check.meta().name;
            if !name.starts_with(&format!("{family}/")) {
                missing.push(format!("{name} stands in the list of family {family}"));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn names_are_unique_and_kebab_case() {
    let engine = tidyglot::Engine::new(Vec::new()).expect("the built-in rules load");
    let mut seen = BTreeSet::new();
    for page in engine.pages() {
        assert!(seen.insert(&page.name), "{} is used twice", page.name);
        let (family, name) = page.name.split_once('/').expect("family/name");
        let kebab =
            |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        assert!(kebab(family) && kebab(name), "{}", page.name);
        assert!(tidyglot::check::FAMILIES.iter().any(|(f, _)| *f == family), "{}: unknown family", page.name);
    }
}
