//! `tidyglot check`: scans and reports; never writes an input.

use super::{
    args::CheckArgs,
    exit::{Exit, Trouble},
    files,
    gather::{Gather, Item},
    output::{self, Output},
    session::{self, Checked, Session},
};
use crate::{
    input::{Entry, Origin, Problem},
    report::{self, Setup, Totals},
};

pub(super) fn run(args: CheckArgs) -> Result<Exit, Trouble> {
    let session = Session::new(&args)?;
    let outputs: Vec<_> = args.common.output.iter().cloned().collect();
    let files = files::list(&args, &outputs)?;
    let setup = Setup { style: output::style(&args.common, !outputs.is_empty()), pages: &session.pages };
    let format = args.format.as_deref().unwrap_or("full");
    let mut report =
        report::by_name(format, setup).ok_or_else(|| Trouble::new(format!("unknown format '{format}'")))?;
    let mut out = Output::open(args.common.output.as_deref())?;
    let mut totals = Totals::default();
    report.begin(&mut out)?;
    let mut gather = Gather::new(&session, |item| {
        match item {
            Item::File { report: file, size } => {
                totals.add(&file);
                totals.bytes += size;
                report.file(&mut out, &file)?;
            }
            Item::Skipped(skipped) => {
                totals.skipped += 1;
                report.skipped(&mut out, &skipped)?;
            }
        }
        Ok(())
    });
    files::in_order(
        &files.entries,
        |_, entry| work(&session, entry),
        |number, (done, stdin)| {
            let Some(entry) = files.entries.get(number) else { return Ok(()) };
            stdin.into_iter().for_each(|bytes| gather.keep_stdin(bytes));
            gather.add(entry, done)
        },
    )?;
    let failed = gather.finish()? || files.failed;
    report.end(&mut out, &totals)?;
    drop(report);
    out.finish()?;
    Ok(if failed { Exit::Trouble } else { session::status(args.fail_on, &totals) })
}

/// Reads and checks a file; standard input is handed back, because it cannot be read twice.
fn work(session: &Session, entry: &Entry) -> (Result<Checked, Problem>, Option<Vec<u8>>) {
    if let Some(reason) = &entry.skip {
        return (Err(Problem::Skipped(reason.clone())), None);
    }
    match session.load(entry) {
        Err(problem) => (Err(problem), None),
        Ok(bytes) => {
            let done = session.check(&entry.path, &bytes);
            (done, (session.sets && entry.origin == Origin::Stdin).then_some(bytes))
        }
    }
}
