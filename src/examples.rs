//! Runs the examples of a rule: every bad one must be found at exactly that span and its fixed text must come out;
//! every good one must stay silent under all rules.

use crate::{Document, Engine, Settings, catalog::Page, finding::Severity, region::Format, text::Source};

/// What is wrong with a rule's examples, each in one line; empty when all hold.
pub fn problems(engine: &Engine, page: &Page, settings: &Settings) -> Vec<String> {
    let mut problems = Vec::new();
    for (text, find, fixed) in &page.bad {
        problems.extend(bad(engine, page, settings, text, find, fixed.as_deref()).err());
    }
    for text in &page.good {
        let doc = Document::new(Source::from_str(text), Format::Plain);
        let loud =
            engine.check(&doc, settings).into_iter().find(|f| f.severity >= Severity::Warning || f.rule == page.name);
        if let Some(f) = loud {
            problems.push(format!(
                "good example is not silent: {} finds {:?} in {text:?}",
                f.rule,
                &text[f.span.range()]
            ));
        }
    }
    problems
}

fn bad(
    engine: &Engine,
    page: &Page,
    settings: &Settings,
    text: &str,
    find: &[String],
    fixed: Option<&str>,
) -> Result<(), String> {
    let doc = Document::new(Source::from_str(text), Format::Plain);
    let found: Vec<_> = engine.check(&doc, settings).into_iter().filter(|f| f.rule == page.name).collect();
    let spans: Vec<&str> = found.iter().map(|f| &text[f.span.range()]).collect();
    if spans != find.iter().map(String::as_str).collect::<Vec<_>>() {
        return Err(format!("bad example: expected {find:?}, found {spans:?} in {text:?}"));
    }
    let Some(fixed) = fixed else { return Ok(()) };
    // Only this rule's fixes: the example shows what this rule does.
    let mut alone = settings.clone();
    alone.selection = engine.selection(std::slice::from_ref(&page.name), &[]).map_err(|e| e.to_string())?;
    let cleaned = engine.clean_text(text, &alone, true);
    if cleaned != fixed {
        return Err(format!("bad example: expected the fixed text {fixed:?}, got {cleaned:?}"));
    }
    let again = engine.clean_text(&cleaned, settings, true);
    if again != cleaned {
        return Err(format!("bad example: the fixed text is not stable: {cleaned:?} becomes {again:?}"));
    }
    Ok(())
}
