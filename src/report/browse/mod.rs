//! One page for people who would rather look than read: no network, and a content policy that lets nothing run but the
//! page's own script. Texts travel as data and reach the page as text only.

mod sha256;

use super::{FileReport, Report, Skipped, Totals, escape, json};
use std::io::{self, Write};

static STYLE: &str = include_str!("page.css");
static SCRIPT: &str = include_str!("page.js");

/// The report.
#[derive(Default)]
pub(super) struct Html;

impl Report for Html {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let (style, script) = (sha256::base64(STYLE.as_bytes()), sha256::base64(SCRIPT.as_bytes()));
        write!(
            out,
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" \
             content=\"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; base-uri 'none'; \
             form-action 'none'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n<title>tidyglot</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
             <noscript>This page shows its findings with a script of its own; nothing is fetched from anywhere.</noscript>\n<div id=\"page\"></div>\n"
        )
    }
    fn file(&mut self, out: &mut dyn Write, file: &FileReport) -> io::Result<()> {
        if file.findings.is_empty() {
            return Ok(());
        }
        let findings: Vec<_> = file
            .findings
            .iter()
            .map(|f| {
                let mut value = json::of_finding(f);
                if let serde_json::Value::Object(map) = &mut value {
                    let e = &f.excerpt;
                    let (from, to) = e.mark;
                    let part = |r: std::ops::Range<usize>| e.text.get(r).unwrap_or_default();
                    let context = [part(0..from), part(from..to), part(to..e.text.len())];
                    map.insert("context".into(), serde_json::json!(context));
                    map.insert("fixed".into(), serde_json::json!(e.fixed));
                }
                value
            })
            .collect();
        let value = serde_json::json!({
            "path": file.path.to_string_lossy(), "encoding": file.encoding.name, "language": file.language,
            "text": file.text, "findings": findings,
        });
        data(out, "file", &value)
    }
    fn skipped(&mut self, out: &mut dyn Write, skipped: &Skipped) -> io::Result<()> {
        data(out, "skipped", &serde_json::json!({"path": skipped.path.to_string_lossy(), "reason": skipped.reason}))
    }
    fn end(&mut self, out: &mut dyn Write, totals: &Totals) -> io::Result<()> {
        let [info, warning, error] = totals.severity;
        let value = serde_json::json!({
            "files": totals.files, "skipped": totals.skipped, "families": totals.families,
            "findings": {"error": error, "warning": warning, "info": info},
        });
        data(out, "summary", &value)?;
        writeln!(out, "<script>{SCRIPT}</script>\n</body>\n</html>")
    }
}

/// A value that the script reads. No `<` and no `>` stands in it, so nothing in it can end the element.
fn data(out: &mut dyn Write, kind: &str, value: &serde_json::Value) -> io::Result<()> {
    let mut json = Vec::new();
    escape::write(&mut json, value)?;
    let json = String::from_utf8_lossy(&json).replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026");
    writeln!(out, "<script type=\"application/json\" data-kind=\"{kind}\">{json}</script>")
}
