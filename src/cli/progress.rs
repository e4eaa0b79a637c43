//! One line on the terminal that says how far a long run has come. Never in a pipe.

use std::{
    io::{self, IsTerminal, Write},
    time::{Duration, Instant},
};

/// A run shorter than this needs no line.
const AFTER: Duration = Duration::from_secs(1);
/// The time between two lines.
const EVERY: Duration = Duration::from_millis(200);

/// The line.
pub(super) struct Progress {
    total: usize,
    next: Instant,
    terminal: bool,
    drawn: bool,
}

impl Progress {
    pub(super) fn new(total: usize) -> Progress {
        let terminal = io::stderr().is_terminal() && std::env::var_os("CI").is_none();
        Progress { total, next: Instant::now() + AFTER, terminal, drawn: false }
    }
    /// Shows how many files are done, if it is time.
    pub(super) fn at(&mut self, done: usize) {
        if self.terminal && Instant::now() >= self.next {
            let _ = write!(io::stderr(), "\r\x1b[2K{done} of {} files", self.total);
            self.next = Instant::now() + EVERY;
            self.drawn = true;
        }
    }
    /// Takes the line away, before anything else is printed.
    pub(super) fn clear(&mut self) {
        if self.drawn {
            let _ = write!(io::stderr(), "\r\x1b[2K");
            self.drawn = false;
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}
