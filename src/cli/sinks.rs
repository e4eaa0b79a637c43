//! The reports of a run, all fed with the same files in the same order.

use super::{exit::Trouble, gather::Item, output::Output};
use crate::report::{self, Report, Setup, Totals};

/// Reports and where each of them goes.
#[derive(Default)]
pub(super) struct Sinks<'p> {
    list: Vec<(Box<dyn Report + 'p>, Output)>,
}

impl<'p> Sinks<'p> {
    /// Begins a report.
    pub(super) fn add(&mut self, format: &str, setup: Setup<'p>, mut out: Output) -> Result<(), Trouble> {
        let mut report =
            report::by_name(format, setup).ok_or_else(|| Trouble::new(format!("unknown format '{format}'")))?;
        report.begin(&mut out)?;
        self.list.push((report, out));
        Ok(())
    }
    /// Hands a file on and counts it.
    pub(super) fn put(&mut self, item: Item, totals: &mut Totals) -> Result<(), Trouble> {
        match item {
            Item::File { report: file, size } => {
                totals.add(&file);
                totals.bytes += size;
                self.list.iter_mut().try_for_each(|(report, out)| report.file(out, &file))?;
            }
            Item::Skipped(skipped) => {
                totals.skipped += 1;
                self.list.iter_mut().try_for_each(|(report, out)| report.skipped(out, &skipped))?;
            }
        }
        Ok(())
    }
    /// Ends every report and puts its file in place.
    pub(super) fn finish(self, totals: &Totals) -> Result<(), Trouble> {
        for (mut report, mut out) in self.list {
            report.end(&mut out, totals)?;
            out.finish()?;
        }
        Ok(())
    }
}
