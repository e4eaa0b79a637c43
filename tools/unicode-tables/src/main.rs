//! Generates the Unicode tables of tidyglot: `src/unicode/data/*.bin` and `src/unicode/scripts.rs`.
//!
//! Sources, all of one Unicode version: ICU4X (`icu_properties` compiled data), the Quick_Check of
//! `unicode-normalization`, and the names dumped by `dump.py`.
//!
//!     python3 dump.py > target/names.tsv
//!     cargo run --release -- target/names.tsv ../../src/unicode

mod names;
mod props;

use std::{error::Error, fs, path::Path};

#[path = "../../../src/unicode/flag.rs"]
#[allow(dead_code, rustdoc::broken_intra_doc_links)]
mod flag;

/// The one version everything here has to be of. ICU4X states it in its README only: the
/// comparison of every code point's general category with the dump proves it.
const VERSION: (u8, u8, u8) = (18, 0, 0);

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(tsv), Some(out)) = (args.next(), args.next()) else {
        return Err("usage: unicode-tables NAMES.TSV OUT_DIR".into());
    };
    assert_eq!(unicode_normalization::UNICODE_VERSION, VERSION);
    let names = names::read(&fs::read_to_string(tsv)?)?;
    let out = Path::new(&out);
    let data = out.join("data");
    fs::create_dir_all(&data)?;

    let t = props::build(&names);
    let n = names::build(&names);
    let write = |file: &str, bytes: &[u8]| {
        println!("{file}: {} bytes", bytes.len());
        fs::write(data.join(file), bytes)
    };
    write("stage1.bin", &t.stage1)?;
    write("stage2.bin", &t.stage2)?;
    write("props.bin", &t.props)?;
    write("script_extensions.bin", &t.extensions)?;
    write("name_words.bin", &n.words)?;
    write("name_word_index.bin", &n.word_index)?;
    write("name_text.bin", &n.text)?;
    write("name_blocks.bin", &n.blocks)?;
    write("name_runs.bin", &n.runs)?;
    fs::write(out.join("scripts.rs"), props::scripts_rs(&t, VERSION))?;
    fs::write(out.join("name_ranges.rs"), names::ranges_rs(&n))?;
    Ok(())
}
