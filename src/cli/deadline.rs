//! A run that must end in time, whatever a file does to it: the files are worked on by threads that nobody waits for once the
//! time is over. They end with the process.

use super::exit::Trouble;
use crate::input::Entry;
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc,
    },
    time::{Duration, Instant},
};

/// Works on all files in parallel until `end` and hands the results on in their order; what is not done by then is `late`.
/// Says whether anything was.
pub(super) fn in_order<T: Send + 'static>(
    entries: &Arc<Vec<Entry>>,
    end: Instant,
    work: impl Fn(&Entry) -> T + Send + Sync + 'static,
    late: impl Fn() -> T,
    mut then: impl FnMut(usize, T) -> Result<(), Trouble>,
) -> Result<bool, Trouble> {
    let (sender, results) = mpsc::channel();
    // Where no time is given at all, no file is begun.
    let over = Arc::new(AtomicBool::new(end <= Instant::now()));
    let (next, work) = (Arc::new(AtomicUsize::new(0)), Arc::new(work));
    for _ in 0..rayon::current_num_threads().min(entries.len()) {
        let (sender, entries) = (sender.clone(), entries.clone());
        let (next, over, work) = (next.clone(), over.clone(), work.clone());
        std::thread::spawn(move || {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let Some(entry) = entries.get(number).filter(|_| !over.load(Ordering::Relaxed)) else { break };
                if sender.send((number, work(entry))).is_err() {
                    break;
                }
            }
        });
    }
    drop(sender);
    let mut waiting = BTreeMap::new();
    let mut first = 0;
    while first < entries.len() {
        let left = end.saturating_duration_since(Instant::now());
        let got = if left > Duration::ZERO { results.recv_timeout(left).ok() } else { None };
        match got {
            Some((number, result)) => {
                waiting.insert(number, result);
                while let Some(result) = waiting.remove(&first) {
                    then(first, result)?;
                    first += 1;
                }
            }
            None => {
                over.store(true, Ordering::Relaxed);
                waiting.extend(results.try_iter());
                for number in first..entries.len() {
                    then(number, waiting.remove(&number).unwrap_or_else(&late))?;
                }
                return Ok(true);
            }
        }
    }
    Ok(false)
}
