//! `tidyglot check`: scans and reports; never writes an input.

use super::{
    args::CheckArgs,
    exit::{Exit, Trouble},
    run::{self, Outcome},
};
use crate::report::{self, Totals};

pub(super) fn run(args: CheckArgs) -> Result<Exit, Trouble> {
    let (engine, settings) = run::engine(&args.common)?;
    let (files, mut failed) = run::entries(&args)?;
    let style = run::style(&args.common);
    let format = args.format.as_deref().unwrap_or("concise");
    let mut report =
        report::by_name(format, style).ok_or_else(|| Trouble::new(format!("unknown format '{format}'")))?;
    let mut out = run::output(&args.common)?;
    let mut totals = Totals::default();
    report.begin(&mut out)?;
    for outcome in run::check_all(&engine, &settings, &args, &files) {
        match outcome {
            Outcome::Checked(checked) => {
                totals.add(&checked.report);
                report.file(&mut out, &checked.report)?;
            }
            Outcome::Skipped(skipped) => {
                totals.skipped += 1;
                report.skipped(&mut out, &skipped)?;
            }
            Outcome::Failed => failed = true,
        }
    }
    report.end(&mut out, &totals)?;
    out.flush()?;
    Ok(if failed { Exit::Trouble } else { run::status(args.fail_on, &totals) })
}
