//! Turns `rules/*.toml` into one JSON file that the library embeds: JSON loads several times faster than TOML
//! at start-up, and a broken rule file stops the build instead of the user.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

fn main() {
    sources();
    println!("cargo::rerun-if-changed=rules");
    let mut files: Vec<_> =
        fs::read_dir("rules").map(|dir| dir.filter_map(Result::ok).map(|e| e.path()).collect()).unwrap_or_default();
    files.retain(|p: &std::path::PathBuf| p.extension().is_some_and(|e| e == "toml"));
    files.sort();
    let mut all = serde_json::Map::new();
    for file in files {
        println!("cargo::rerun-if-changed={}", file.display());
        let text = fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        let table: serde_json::Value = toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        all.insert(name, table);
    }
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join("rules.json"), serde_json::to_vec(&all).expect("JSON"))
        .expect("OUT_DIR can be written");
}

/// A number that changes with the program: what an earlier build found does not hold for this one.
fn sources() {
    let mut files = vec![PathBuf::from("Cargo.lock"), PathBuf::from("Cargo.toml")];
    for folder in ["src", "rules"] {
        println!("cargo::rerun-if-changed={folder}");
        collect(Path::new(folder), &mut files);
    }
    files.sort();
    // FNV-1a: no secret to keep, only to tell builds apart.
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    for file in &files {
        println!("cargo::rerun-if-changed={}", file.display());
        for byte in fs::read(file).unwrap_or_default() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        hash = (hash ^ 0xFF).wrapping_mul(0x0100_0000_01b3);
    }
    println!("cargo::rustc-env=TIDYGLOT_SOURCES={hash:016x}");
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { collect(&path, files) } else { files.push(path) }
    }
}
