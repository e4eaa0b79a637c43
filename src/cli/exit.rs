//! The one table of exit statuses.

use crate::report::line;
use std::{fmt, io, process::ExitCode};

/// How a run ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// Nothing at or above `--fail-on`.
    Clean = 0,
    /// At least one finding at or above it.
    Findings = 1,
    /// Not done as asked.
    Trouble = 2,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}

/// What stops a run: one clear line, or a closed pipe, which is quiet.
#[derive(Debug)]
pub(super) enum Trouble {
    /// What is wrong and the way out.
    Said(String),
    /// Output that cannot be written.
    Output(io::Error),
}

impl Trouble {
    /// One clear line.
    pub(super) fn new(what: impl fmt::Display) -> Trouble {
        Trouble::Said(what.to_string())
    }
    /// Says it and ends.
    pub(super) fn finish(self) -> ExitCode {
        match self {
            Trouble::Output(e) if e.kind() == io::ErrorKind::BrokenPipe => Exit::Clean.into(),
            Trouble::Output(e) => {
                say(&format!("cannot write the output: {e}"));
                Exit::Trouble.into()
            }
            Trouble::Said(what) => {
                say(&what);
                Exit::Trouble.into()
            }
        }
    }
}

impl From<io::Error> for Trouble {
    fn from(e: io::Error) -> Trouble {
        Trouble::Output(e)
    }
}

/// Prints one line on standard error; a closed standard error is no reason to stop.
pub(super) fn say(what: &str) {
    use std::io::Write;
    let _ = writeln!(io::stderr(), "tidyglot: {}", line::shown(what));
}
