//! Lines in another encoding than the rest of the file.

use crate::{
    analysis::Signals,
    check::{Check, Context, Example, Meta, Sink},
    finding::{Edit, Fix, Safety, Severity},
    text::Stretch,
};

static META: Meta = Meta {
    name: "encoding/mixed-encodings",
    since: "0.1.0",
    severity: Severity::Error,
    summary: "lines in another encoding than the rest of the file",
    why: "The file was put together from several: a log, a table, subtitles, or a paste with the wrong settings. \
          Whatever one encoding it is read in, some lines come out wrong.",
    when_wrong: "The file keeps such lines on purpose, as tests of decoders do.",
    fix: "The lines are written in the encoding of the rest.",
    needs: Signals::NON_ASCII,
    examples: &[Example::Good { text: "Every line of this text is in one encoding:\né\nя\n中\n" }],
};

/// The check.
pub(super) struct MixedEncodings;

impl Check for MixedEncodings {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let source = cx.source();
        let rest = &source.encoding().name;
        for stretch in source.mixed() {
            let first = source.line_span(stretch.lines.start);
            let lines = match stretch.lines.len() {
                1 => "This line is".to_owned(),
                _ => format!("Lines {} to {} are", stretch.lines.start + 1, stretch.lines.end),
            };
            let message = format!("{lines} in {}, the rest of the file is in {rest}", stretch.encoding.name());
            out.report(first, stretch.confidence, message, fix(cx, stretch));
        }
    }
}

/// One edit a line, so that lines in ASCII between stay as they are.
fn fix(cx: &Context<'_>, stretch: &Stretch) -> Option<Fix> {
    let source = cx.source();
    let mut edits = Vec::new();
    for line in stretch.lines.clone() {
        let span = source.line_span(line);
        let text = source.read_as(span, stretch.encoding)?;
        // What the rest's encoding cannot hold stays as it is.
        if cx.text().get(span.range()) != Some(&text) && source.encode(&text).is_ok() {
            edits.push(Edit { span, text });
        }
    }
    if edits.is_empty() {
        return None;
    }
    let title = format!("write the lines in {}", source.encoding().name);
    Some(Fix { safety: Safety::Suggested, title, edits })
}

#[cfg(test)]
mod tests {
    use crate::{
        Document, Engine, Settings,
        region::Format,
        text::{Options, Source, lookup},
    };

    #[test]
    fn pasted_lines_are_found_and_written_anew() {
        let good = "Эта строка записана как надо.\n".repeat(20);
        let odd = "А эта строка пришла из старого файла.\nplain\nИ эта тоже.\n";
        let odd_bytes = lookup("koi8-r").and_then(|e| e.encode(odd).ok()).unwrap_or_default();
        let raw = [good.as_bytes(), &odd_bytes, good.as_bytes()].concat();
        let Ok(source) = Source::decode(&raw, &Options::default()) else { panic!("it is text") };
        let Ok(engine) = Engine::new(Vec::new()) else { panic!("built-in rules load") };
        let (doc, settings) = (Document::new(source, Format::Plain), Settings::default());
        let found = engine.check(&doc, &settings);
        let [mixed] = &found[..] else { panic!("{found:?}") };
        assert_eq!(mixed.rule, "encoding/mixed-encodings");
        assert_eq!(mixed.message, "Lines 21 to 23 are in koi8-r, the rest of the file is in utf-8");
        let cleaned = engine.clean(&doc, &found, &settings, true);
        assert_eq!(String::from_utf8(cleaned.bytes), Ok([&good, odd, &good].concat()));
    }
}
