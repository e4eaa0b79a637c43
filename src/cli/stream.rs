//! `tidyglot stream`: JSON Lines in, JSON Lines out, one document a record, in order, in bounded memory.

use super::{
    args::StreamArgs,
    configs::Configs,
    exit::{Exit, Trouble},
    output::{Output, Wanted},
    session,
};
use crate::{Engine, Pair, Settings, finding::Finding, locate, report::json::of_finding};
use indexmap::IndexMap;
use rayon::prelude::*;
use serde_json::value::RawValue;
use std::io::{self, BufRead, Write};

/// Records that are worked on together: enough for all cores, few enough for memory.
const BATCH: usize = 256;
/// Bytes that are worked on together.
const BATCH_BYTES: usize = 4 << 20;

pub(super) fn run(args: StreamArgs) -> Result<Exit, Trouble> {
    let wanted = Wanted::new(&args.common.output)?;
    if let Some((format, _)) = wanted.more.first() {
        return Err(Trouble::new(format!("--output {format}=…: a stream has no reports; name a file alone")));
    }
    let mut configs = Configs::new(&args.common, std::path::Path::new("."), &[])?;
    let engine = session::engine(&args.common, &configs)?;
    configs.prepare(&[], &engine)?;
    let settings = configs.plain().as_ref().clone();
    let mut out = Output::open(wanted.main.as_deref())?;
    let mut input = io::stdin().lock();
    let mut number = 0;
    let mut failed = false;
    loop {
        let mut batch: Vec<(usize, Vec<u8>)> = Vec::new();
        let mut size = 0;
        while batch.len() < BATCH && size < BATCH_BYTES {
            let mut line = Vec::new();
            if input.read_until(b'\n', &mut line).map_err(|e| Trouble::new(format!("standard input: {e}")))? == 0 {
                break;
            }
            number += 1;
            if !line.iter().all(u8::is_ascii_whitespace) {
                size += line.len();
                batch.push((number, line));
            }
        }
        if batch.is_empty() {
            break;
        }
        let done: Vec<Result<String, String>> = batch
            .par_iter()
            .map(|(number, line)| record(&engine, &settings, args.r#unsafe, line).map_err(|e| error_line(*number, &e)))
            .collect();
        for result in done {
            failed |= result.is_err();
            let (Ok(line) | Err(line)) = result;
            writeln!(out, "{}", one_line(&line))?;
        }
        // A reader at the other end of a pipe gets each batch as soon as it is done.
        out.flush()?;
    }
    out.finish()?;
    Ok(if failed { Exit::Trouble } else { Exit::Clean })
}

/// Many readers split lines at these too, although JSON allows them inside strings: they go out escaped.
fn one_line(json: &str) -> std::borrow::Cow<'_, str> {
    const BREAKS: [char; 3] = ['\u{85}', '\u{2028}', '\u{2029}'];
    if !json.contains(BREAKS) {
        return json.into();
    }
    let escaped = json.chars().fold(String::with_capacity(json.len() + 16), |mut out, c| {
        if BREAKS.contains(&c) {
            out.push_str(&format!("\\u{:04x}", c as u32));
        } else {
            out.push(c);
        }
        out
    });
    escaped.into()
}

fn error_line(number: usize, what: &str) -> String {
    serde_json::json!({"error": what, "line": number}).to_string()
}

/// One record, done. Fields that are not ours pass through as they were written.
fn record(engine: &Engine, settings: &Settings, unsafe_fixes: bool, line: &[u8]) -> Result<String, String> {
    let line = std::str::from_utf8(line).map_err(|e| format!("not UTF-8 at byte {}", e.valid_up_to() + 1))?;
    let mut fields: IndexMap<String, Box<RawValue>> = serde_json::from_str(line).map_err(|e| e.to_string())?;
    let field = |name: &str| -> Result<Option<String>, String> {
        match fields.get(name) {
            None => Ok(None),
            Some(raw) if raw.get() == "null" => Ok(None),
            Some(raw) => serde_json::from_str(raw.get()).map(Some).map_err(|_| format!("'{name}' must be a string")),
        }
    };
    let text = field("text")?.ok_or("a record needs a 'text'")?;
    let mut settings = settings.clone();
    if let Some(lang) = field("lang")? {
        settings.lang = Some(lang);
    }
    let lang = field("source_lang")?;
    let pair = field("source")?.map(|source| Pair { source, lang });
    let doc = engine.record(&text, pair);
    let found: Vec<Finding> = engine.check(&doc, &settings);
    let findings: Vec<_> = found.iter().map(|f| of_finding(&locate(&doc, f))).collect();
    let bytes = engine.clean(&doc, &found, &settings, unsafe_fixes).bytes;
    let cleaned = String::from_utf8(bytes).map_err(|e| e.to_string())?;
    let raw = |value: &serde_json::Value| RawValue::from_string(value.to_string()).map_err(|e| e.to_string());
    fields.insert("findings".into(), raw(&findings.into())?);
    fields.insert("cleaned".into(), raw(&cleaned.into())?);
    serde_json::to_string(&fields).map_err(|e| e.to_string())
}
