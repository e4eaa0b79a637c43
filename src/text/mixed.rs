//! Files whose lines are in different encodings: logs, subtitles and tables that were put together from others.

use std::ops::Range;

use super::encoding::{Encoding, Form, Multi, utf8};
use super::{Source, Span, guess};

/// Lines in another encoding than the rest of the file.
#[derive(Clone, Debug)]
pub struct Stretch {
    /// The lines, from 0. Lines in ASCII between such lines belong to them.
    pub lines: Range<usize>,
    /// The text of these lines, without the last line end.
    pub span: Span,
    /// What they are in.
    pub encoding: &'static Encoding,
    /// From 0 to 1.
    pub confidence: f32,
}

/// Below this a guess is none: the bytes stay damaged.
const SURE: f32 = 0.75;

/// Bits by which UTF-8 has to be the better reading.
const BETTER: i32 = 12;

/// Bits by which another encoding has to be the better reading of a damaged line in which some of it is UTF-8.
const OPEN: i32 = 40;

/// How much of the odd lines is looked at for a guess.
const SAMPLE: usize = 64 * 1024;

/// The stretches of a file, in order.
pub(super) fn find(source: &Source<'_>) -> Vec<Stretch> {
    match source.codec().form {
        Form::Utf8 if source.damaged().is_empty() => Vec::new(),
        Form::Utf8 => legacy_in_utf8(source),
        Form::Single(_) => utf8_in_legacy(source, 2),
        Form::Multi(_, Multi::Gb | Multi::EucKr) => utf8_in_legacy(source, 5),
        Form::Multi(..) => utf8_in_legacy(source, 4),
        _ => Vec::new(),
    }
}

/// Damaged lines that hold no UTF-8 at all, if they are all text in one other encoding.
fn legacy_in_utf8(source: &Source<'_>) -> Vec<Stretch> {
    let mut lines = Vec::new();
    for span in source.damaged() {
        let line = source.line_of(span.start);
        if lines.last() != Some(&line) {
            lines.push(line);
        }
    }
    // Hardly a letter but marks: nothing of the line is UTF-8. Thai and Japanese bytes spell some by chance.
    let (sure, open): (Vec<usize>, Vec<usize>) = lines.iter().partition(|&&line| {
        let text = source.text().get(source.line_span(line).range()).unwrap_or_default();
        let marks = text.matches('\u{FFFD}').count();
        let letters = text.chars().filter(|c| !c.is_ascii()).count() - marks;
        letters * 2 <= marks
    });
    let asked = if sure.is_empty() { &open } else { &sure };
    if asked.is_empty() {
        return Vec::new();
    }
    let (encoding, confidence) = guess::legacy(&sample(asked.iter().map(|&line| bytes(source, line))));
    if confidence < SURE {
        return Vec::new();
    }
    lines.retain(|&line| {
        let raw = bytes(source, line);
        let better = || guess::margin(raw, encoding, utf8()) >= OPEN;
        encoding.decode(raw).damage.is_empty() && (sure.binary_search(&line).is_ok() || better())
    });
    stretches(source, &lines, encoding, confidence)
}

/// Lines that are valid UTF-8 with at least so many characters beyond ASCII, which hardly any other text is by chance.
fn utf8_in_legacy(source: &Source<'_>, least: usize) -> Vec<Stretch> {
    let raw = source.raw().get(source.raw_range(Span::new(0, source.text().len()))).unwrap_or_default();
    let odd = raw.split(|b| *b == b'\n').enumerate().filter(|(_, line)| {
        let text = (!line.is_ascii()).then(|| simdutf8::basic::from_utf8(line).ok()).flatten();
        text.is_some_and(|t| t.chars().filter(|c| !c.is_ascii()).count() >= least)
    });
    let (lines, texts): (Vec<usize>, Vec<&[u8]>) = odd.unzip();
    // Words in capitals before a sign may spell UTF-8 by chance.
    if lines.is_empty() || guess::margin(&sample(texts.into_iter()), utf8(), source.codec()) < BETTER {
        return Vec::new();
    }
    stretches(source, &lines, utf8(), 0.98)
}

/// The first of the odd lines, as many as are looked at.
fn sample<'l>(lines: impl Iterator<Item = &'l [u8]>) -> Vec<u8> {
    let mut sample = Vec::new();
    for line in lines {
        sample.extend_from_slice(line);
        sample.push(b'\n');
        if sample.len() > SAMPLE {
            break;
        }
    }
    sample
}

fn bytes<'a>(source: &Source<'a>, line: usize) -> &'a [u8] {
    source.raw().get(source.raw_range(source.line_span(line))).unwrap_or_default()
}

/// Joins lines with nothing but ASCII between them.
fn stretches(source: &Source<'_>, lines: &[usize], encoding: &'static Encoding, confidence: f32) -> Vec<Stretch> {
    let mut all: Vec<Stretch> = Vec::new();
    for &line in lines {
        let span = source.line_span(line);
        if let Some(last) = all.last_mut()
            && source.text().get(last.span.end..span.start).is_some_and(str::is_ascii)
        {
            last.lines.end = line + 1;
            last.span.end = span.end;
        } else {
            all.push(Stretch { lines: line..line + 1, span, encoding, confidence });
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use crate::text::{Options, Source, lookup};

    fn file(parts: &[(&str, &str)]) -> Vec<u8> {
        parts
            .iter()
            .flat_map(|(label, text)| lookup(label).and_then(|e| e.encode(text).ok()).unwrap_or_default())
            .collect()
    }

    #[test]
    fn windows_lines_in_utf8() {
        let russian = "Это строка в другой кодировке\nи ещё одна\nascii\nтретья строка\n";
        let raw =
            file(&[("utf-8", &"Первая часть файла\n".repeat(20)), ("windows-1251", russian), ("utf-8", "Конец\n")]);
        let source = Source::decode(&raw, &Options::default()).expect("is text");
        assert_eq!(source.encoding().name, "utf-8");
        let [stretch] = source.mixed() else { panic!("{:?}", source.mixed()) };
        assert_eq!((stretch.lines.clone(), stretch.encoding.name()), (20..24, "windows-1251"));
        assert_eq!(source.read_as(stretch.span, stretch.encoding).as_deref(), Some(russian.trim_end()));
    }

    #[test]
    fn utf8_lines_in_a_windows_file() {
        let german = "Die Straße führt über die Brücke\n";
        let raw = file(&[("windows-1252", &german.repeat(20)), ("utf-8", german), ("windows-1252", german)]);
        let source = Source::decode(&raw, &Options::default()).expect("is text");
        assert_eq!(source.encoding().name, "windows-1252");
        let [stretch] = source.mixed() else { panic!("{:?}", source.mixed()) };
        assert_eq!((stretch.lines.clone(), stretch.encoding.name()), (20..21, "utf-8"));
        assert_eq!(source.read_as(stretch.span, stretch.encoding).as_deref(), Some(german.trim_end()));
    }

    #[test]
    fn where_utf8_can_hold_both_halves_it_is_the_file_s_encoding() {
        let mut parts = Vec::new();
        for _ in 0..20 {
            parts.push(("ibm850", "Les élèves ont été reçus par le maire\n"));
            parts.push(("utf-8", "L’œuvre a été retrouvée près du château\n"));
        }
        let raw = file(&parts);
        let source = Source::decode(&raw, &Options::default()).expect("is text");
        assert_eq!(source.encoding().name, "utf-8");
        assert_eq!(source.mixed().len(), 20);
        assert!(source.mixed().iter().all(|m| m.encoding.name() == "ibm850"));
    }

    #[test]
    fn a_damaged_letter_is_not_a_mixture() {
        let raw = b"\xC3\xA9t\xC3\xA9 d\xC3\xA9j\xC3\xA0 \xC3 vu\n";
        let source = Source::decode(raw, &Options::default()).expect("is text");
        assert_eq!((source.damaged().len(), source.mixed().len()), (1, 0));
    }
}
