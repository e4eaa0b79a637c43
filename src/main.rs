//! The `tidyglot` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    tidyglot::cli::main()
}
