//! The command line: arguments, one file for each command, the one table of exit statuses.

mod args;
mod check;
mod exit;
mod explain;
mod fix;
mod rules;
mod run;
mod stream;
mod test_rules;

use args::{Args, Command};
use clap::Parser;
use exit::Exit;
use std::process::ExitCode;

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(e) => {
            let status = if e.use_stderr() { Exit::Trouble } else { Exit::Clean };
            let _ = e.print();
            return status.into();
        }
    };
    let done = match args.command {
        Command::Check(a) => check::run(a),
        Command::Fix(a) => fix::run(a),
        Command::Stream(a) => stream::run(a),
        Command::Rules(a) => rules::run(a),
        Command::Explain(a) => explain::run(a),
        Command::TestRules(a) => test_rules::run(a),
    };
    match done {
        Ok(exit) => exit.into(),
        Err(trouble) => trouble.finish(),
    }
}
