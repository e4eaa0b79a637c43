//! A check that panics on one file must not end the run, nor print a backtrace.

use std::{
    cell::RefCell,
    panic::{self, AssertUnwindSafe},
};

thread_local! {
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Keeps panics quiet; [`guarded`] says what happened.
pub(super) fn install() {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(|l| format!("{}:{}", l.file(), l.line()));
        let what = info.payload();
        let what =
            what.downcast_ref::<&str>().map(|s| (*s).to_owned()).or_else(|| what.downcast_ref::<String>().cloned());
        let text = [place, what].into_iter().flatten().collect::<Vec<_>>().join(": ");
        PLACE.with(|p| *p.borrow_mut() = Some(text));
    }));
}

/// Runs it; a panic becomes a line that says where it happened.
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
        let place = PLACE.with(|p| p.borrow_mut().take()).unwrap_or_default();
        format!("not done: a fault in tidyglot ({place}); please report it with this file")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panics_become_lines() {
        assert_eq!(guarded(|| 1), Ok(1));
        assert!(guarded(|| panic!("no {}", 1)).unwrap_err().contains("fault in tidyglot"));
    }
}
