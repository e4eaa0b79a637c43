//! A summary in Markdown, for the page of a job or a comment under a change.

use super::{FileReport, Report, Skipped, Totals, count, line};
use std::io::{self, Write};

/// How many findings are listed; the services that show this cut long pages off.
const LISTED: usize = 200;

/// The report.
#[derive(Default)]
pub(super) struct Markdown {
    rows: Vec<String>,
    more: usize,
    skipped: Vec<String>,
}

impl Report for Markdown {
    fn file(&mut self, _out: &mut dyn Write, file: &FileReport) -> io::Result<()> {
        for f in &file.findings {
            if self.rows.len() >= LISTED {
                self.more += 1;
                continue;
            }
            let place = format!("{}:{}:{}", line::path(&file.path), f.start.line, f.start.column);
            let fix = f.fix.as_ref().map(|x| line::message(&x.title).into_owned()).unwrap_or_default();
            self.rows.push(format!(
                "| {} | {} | {} | {} | {} |",
                cell(&place),
                f.severity,
                cell(&f.rule),
                cell(&line::message(&f.message)),
                cell(&fix)
            ));
        }
        Ok(())
    }
    fn skipped(&mut self, _out: &mut dyn Write, skipped: &Skipped) -> io::Result<()> {
        if self.skipped.len() < LISTED {
            self.skipped.push(format!(
                "- {}: {}",
                cell(&line::path(&skipped.path)),
                cell(&line::shown(&skipped.reason))
            ));
        }
        Ok(())
    }
    fn end(&mut self, out: &mut dyn Write, totals: &Totals) -> io::Result<()> {
        let [info, warning, error] = totals.severity;
        writeln!(out, "## tidyglot\n")?;
        writeln!(
            out,
            "{} scanned, {} skipped: {}, {}, {}.\n",
            count(totals.files, "file"),
            totals.skipped,
            count(error, "error"),
            count(warning, "warning"),
            count(info, "note")
        )?;
        if !self.rows.is_empty() {
            writeln!(out, "| Place | Severity | Rule | What is wrong | Fix |\n| --- | --- | --- | --- | --- |")?;
            for row in &self.rows {
                writeln!(out, "{row}")?;
            }
            writeln!(out)?;
        }
        if self.more > 0 {
            writeln!(out, "And {} more.\n", self.more)?;
        }
        if !self.skipped.is_empty() {
            writeln!(out, "<details><summary>Skipped</summary>\n\n{}\n\n</details>", self.skipped.join("\n"))?;
        }
        Ok(())
    }
}

/// Text in a table, in which nothing is markup.
fn cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\n' | '\r' => out.push(' '),
            // An at sign could call a person, a number sign an issue.
            '@' => out.push_str("&#64;"),
            '#' => out.push_str("&#35;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '!' | '~' | '$' | ':' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_hold_no_markup() {
        assert_eq!(cell("a|b<i>@x #1 [l](u)\n"), "a\\|b&lt;i&gt;&#64;x &#35;1 \\[l\\](u) ");
    }
}
