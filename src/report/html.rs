//! One page for people who would rather look than read: no network, a strict content policy, every finding in its
//! context, each suggestion with a switch, the cleaned text to copy or to download.
//!
//! The page is `page/page.html`; what it shows is JSON inside it, which its script puts on the page as text, never as
//! markup. The policy allows this script and this style sheet by their hashes and nothing else.

use super::{FileReport, Report, Skipped, Totals, line};
use crate::finding::Located;
use serde_json::{Value, json};
use std::io::{self, Write};

const PAGE: &str = include_str!("page/page.html");
const SCRIPT: &str = include_str!("page/page.js");
const STYLE: &str = include_str!("page/page.css");
/// SHA-256 of the script and of the style sheet in Base64; `tools/page-hashes` prints them. The browser test fails
/// when they are wrong, because then nothing runs.
const SCRIPT_HASH: &str = "IElPvWC76i6sa5nASrKMsQvN+8E9R17iQ3gTOXtQPXg=";
const STYLE_HASH: &str = "Omt8tGGd6HlVjnDhvRsE4WCDDvsDlVDuK/0soGzBlwg=";

/// A longer text is not shown whole.
const LONGEST: usize = 2 << 20;

/// The report.
#[derive(Default)]
pub(super) struct Html {
    files: Vec<Value>,
    skipped: Vec<Value>,
}

impl Report for Html {
    fn file(&mut self, _out: &mut dyn Write, file: &FileReport) -> io::Result<()> {
        let text = file.text.as_deref().filter(|t| t.len() <= LONGEST);
        let bom = if file.encoding.bom { " with a byte-order mark" } else { "" };
        self.files.push(json!({
            "path": line::path(&file.path),
            "encoding": format!("{}{bom}", file.encoding.name),
            "language": file.language,
            // A clean file is listed; its text is not needed.
            "text": if file.findings.is_empty() { Some("") } else { text },
            "findings": file.findings.iter().map(finding).collect::<Vec<_>>(),
        }));
        Ok(())
    }
    fn skipped(&mut self, _out: &mut dyn Write, skipped: &Skipped) -> io::Result<()> {
        self.skipped.push(json!({"path": line::path(&skipped.path), "reason": skipped.reason}));
        Ok(())
    }
    fn end(&mut self, out: &mut dyn Write, _totals: &Totals) -> io::Result<()> {
        let data = json!({"files": self.files, "skipped": self.skipped}).to_string();
        // Inside a script element nothing but `<` can end or open anything.
        let data = data.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
        let mut rest = PAGE;
        // One pass from left to right: a mark inside the data is never taken for one of the page's own.
        while let Some((before, after)) = rest.split_once('@') {
            out.write_all(before.as_bytes())?;
            let Some((name, after)) = after.split_once('@') else { break };
            let value = match name {
                "SCRIPT_HASH" => SCRIPT_HASH,
                "STYLE_HASH" => STYLE_HASH,
                "STYLE" => STYLE,
                "SCRIPT" => SCRIPT,
                "DATA" => &data,
                _ => "",
            };
            out.write_all(value.as_bytes())?;
            rest = after;
        }
        out.write_all(rest.as_bytes())
    }
}

fn finding(f: &Located) -> Value {
    let x = &f.excerpt;
    let (from, to) = x.mark;
    json!({
        "rule": f.rule, "severity": f.severity, "message": f.message, "start": f.start, "end": f.end, "fix": f.fix,
        "excerpt": {
            "before": x.text.get(..from), "text": x.text.get(from..to), "after": x.text.get(to..),
            "before_cut": x.cut_before, "after_cut": x.cut_after, "fixed": x.fixed,
        },
    })
}
