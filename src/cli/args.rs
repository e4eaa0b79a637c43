//! Arguments.

use clap::{Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Finds what went wrong between a writer, a translator, a content system and the reader, and offers the cleaned text.
#[derive(Debug, Parser)]
#[command(name = "tidyglot", version, about, max_term_width = 100)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Scan files and report; never writes an input
    Check(CheckArgs),
    /// Write the cleaned text in place, atomically
    Fix(FixArgs),
    /// JSON Lines on standard input to JSON Lines on standard output
    Stream(StreamArgs),
    /// List the rules
    Rules(RulesArgs),
    /// Explain one rule: what, why, examples, when it is wrong
    Explain(ExplainArgs),
    /// Run the examples inside rule files
    TestRules(TestRulesArgs),
}

/// What `check`, `fix` and `stream` share.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Common {
    /// Run only these rules or families
    #[arg(long, value_name = "RULE|FAMILY", value_delimiter = ',')]
    pub(super) select: Vec<String>,
    /// Don't run these rules or families
    #[arg(long, value_name = "RULE|FAMILY", value_delimiter = ',')]
    pub(super) ignore: Vec<String>,
    /// Read no configuration files
    #[arg(long)]
    pub(super) isolated: bool,
    /// The language of the text, instead of a guess
    #[arg(long, value_name = "LANG")]
    pub(super) lang: Option<String>,
    /// The encoding of the files, instead of a guess
    #[arg(long, value_name = "NAME")]
    pub(super) encoding: Option<String>,
    /// A file of your own rules; may be repeated
    #[arg(long = "rules", value_name = "FILE")]
    pub(super) rule_files: Vec<PathBuf>,
    /// Write the output to a file
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// How many threads work; 0 means one for each core
    #[arg(long, short = 'j', value_name = "N", default_value_t = 0)]
    pub(super) threads: usize,
    /// Colours: auto, always, never
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(super) color: When,
}

/// When colours are used.
#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
pub(super) enum When {
    Auto,
    Always,
    Never,
}

/// From which severity on a run fails.
#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
pub(super) enum FailOn {
    Error,
    Warning,
    Info,
    Never,
}

#[derive(Debug, clap::Args)]
pub(super) struct CheckArgs {
    /// Files and folders; `-` for standard input; the current folder when none is named
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) common: Common,
    /// The output format; for people, unless named
    #[arg(long, value_name = "FORMAT", value_parser = clap::builder::PossibleValuesParser::new(crate::report::FORMATS))]
    pub(super) format: Option<String>,
    /// From which severity on the exit status is 1
    #[arg(long, value_name = "SEVERITY", default_value = "warning")]
    pub(super) fail_on: FailOn,
    /// The name that standard input goes by
    #[arg(long, value_name = "NAME")]
    pub(super) stdin_filename: Option<PathBuf>,
    /// Finding nothing to scan is no error
    #[arg(long)]
    pub(super) allow_empty: bool,
    /// Hidden files and folders too
    #[arg(long)]
    pub(super) hidden: bool,
    /// Files that ignore files name, too
    #[arg(long)]
    pub(super) no_ignore: bool,
    /// Leave out files of more bytes than this; K, M and G are understood
    #[arg(long, value_name = "SIZE", default_value = "512M", value_parser = size)]
    pub(super) max_file_size: u64,
}

#[derive(Debug, clap::Args)]
pub(super) struct FixArgs {
    #[command(flatten)]
    pub(super) check: CheckArgs,
    /// Apply the suggested fixes too
    #[arg(long)]
    pub(super) r#unsafe: bool,
    /// Print a unified patch and write nothing
    #[arg(long, conflicts_with = "output_dir")]
    pub(super) diff: bool,
    /// Write cleaned copies there and leave the inputs alone
    #[arg(long, value_name = "DIR")]
    pub(super) output_dir: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct StreamArgs {
    #[command(flatten)]
    pub(super) common: Common,
    /// Apply the suggested fixes too
    #[arg(long)]
    pub(super) r#unsafe: bool,
    /// The output format; a stream is always JSON Lines
    #[arg(long, value_name = "FORMAT", value_parser = ["jsonl"])]
    pub(super) format: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct RulesArgs {
    /// The output format
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = ["text", "json"])]
    pub(super) format: String,
}

#[derive(Debug, clap::Args)]
pub(super) struct ExplainArgs {
    /// The rule's name
    pub(super) rule: String,
}

#[derive(Debug, clap::Args)]
pub(super) struct TestRulesArgs {
    /// Rule files; the built-in ones when none is named
    #[arg(value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
}

/// A number of bytes: `4096`, `64K`, `512M`, `2G`.
fn size(text: &str) -> Result<u64, String> {
    let (number, factor) = match text.to_ascii_uppercase().trim_end_matches('B') {
        t if t.ends_with('K') => (t.trim_end_matches('K').to_owned(), 1 << 10),
        t if t.ends_with('M') => (t.trim_end_matches('M').to_owned(), 1 << 20),
        t if t.ends_with('G') => (t.trim_end_matches('G').to_owned(), 1 << 30),
        t => (t.to_owned(), 1),
    };
    let number: u64 = number.parse().map_err(|_| "a size is a number of bytes, such as 4096, 64K, 512M or 2G")?;
    number.checked_mul(factor).ok_or_else(|| "this is more than there are bytes".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        assert_eq!(size("64k"), Ok(65536));
        assert_eq!(size("2GB"), Ok(2 << 30));
        assert!(size("x").is_err() && size("99999999999999G").is_err());
    }

    #[test]
    fn arguments_are_consistent() {
        use clap::CommandFactory;
        Args::command().debug_assert();
    }
}
