//! Edits of the text, made in the raw bytes: everything outside an edit is copied as it is on disk.

use std::fmt;

use crate::text::{Options, Source, Span, Unencodable};

/// Why edits were not applied; nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApplyError {
    /// An edit is not on character boundaries inside the text, or edits are not in order or overlap.
    BadEdit {
        /// The index of the edit.
        edit: usize,
    },
    /// The file's encoding lacks a character of a replacement.
    Unencodable {
        /// The index of the edit.
        edit: usize,
        /// Which character, which encoding.
        reason: Unencodable,
    },
    /// The new bytes would join a damaged neighbour and read as something else.
    Joins {
        /// The index of the edit.
        edit: usize,
    },
}

impl ApplyError {
    /// The index of the edit that cannot be made.
    pub fn edit(&self) -> usize {
        match self {
            Self::BadEdit { edit } | Self::Unencodable { edit, .. } | Self::Joins { edit } => *edit,
        }
    }
}

impl fmt::Display for ApplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadEdit { edit } => write!(f, "edit {edit} overlaps another or cuts a character"),
            Self::Unencodable { reason, .. } => write!(f, "{reason}"),
            Self::Joins { .. } => f.write_str("the new text would run into damaged bytes beside it"),
        }
    }
}

impl std::error::Error for ApplyError {}

/// The file with the edits made. Edits are in order and don't overlap.
///
/// The result is decoded once more and compared, so that bytes that come to stand side by side cannot turn into
/// another character unnoticed.
pub fn apply(source: &Source<'_>, edits: &[(Span, &str)]) -> Result<Vec<u8>, ApplyError> {
    let text = source.text();
    let mut done = 0;
    for (edit, (span, _)) in edits.iter().enumerate() {
        if span.start < done || text.get(span.range()).is_none() {
            return Err(ApplyError::BadEdit { edit });
        }
        done = span.end;
    }
    let raw = source.raw();
    let mut out = Vec::with_capacity(raw.len() + edits.iter().map(|e| e.1.len()).sum::<usize>());
    let mut copied = 0;
    for (edit, (span, new)) in group(source, edits) {
        let replaced = source.replace(span, &new).map_err(|reason| ApplyError::Unencodable { edit, reason })?;
        out.extend_from_slice(raw.get(copied..replaced.raw.start).unwrap_or_default());
        out.extend(replaced.bytes);
        copied = replaced.raw.end.max(copied);
    }
    out.extend_from_slice(raw.get(copied..).unwrap_or_default());
    verify(source, edits, &out)?;
    Ok(out)
}

/// Edits that share bytes on disk as one, each with the index of its first edit.
fn group(source: &Source<'_>, edits: &[(Span, &str)]) -> Vec<(usize, (Span, String))> {
    let text = source.text();
    let mut groups: Vec<(usize, (Span, String), usize)> = Vec::with_capacity(edits.len());
    for (index, (span, new)) in edits.iter().enumerate() {
        let touched = source.piece(*span).raw;
        if let Some((_, (whole, joined), raw_end)) = groups.last_mut()
            && touched.start < *raw_end
            && let Some(between) = text.get(whole.end..span.start)
        {
            joined.push_str(between);
            joined.push_str(new);
            whole.end = span.end;
            *raw_end = touched.end.max(*raw_end);
        } else {
            groups.push((index, (*span, (*new).to_owned()), touched.end));
        }
    }
    groups.into_iter().map(|(index, edit, _)| (index, edit)).collect()
}

/// Decodes the result and compares it with the text as it should be.
fn verify(source: &Source<'_>, edits: &[(Span, &str)], out: &[u8]) -> Result<(), ApplyError> {
    let options = Options { encoding: Some(source.codec().name()), ..Options::default() };
    let decoded = Source::decode(out, &options).ok();
    let mut rest = decoded.as_ref().filter(|d| d.encoding().bom == source.encoding().bom).map_or("", Source::text);
    let mut done = 0;
    for (edit, (span, new)) in edits.iter().enumerate() {
        let kept = source.text().get(done..span.start).unwrap_or_default();
        rest = rest.strip_prefix(kept).ok_or(ApplyError::Joins { edit: edit.saturating_sub(1) })?;
        rest = rest.strip_prefix(new).ok_or(ApplyError::Joins { edit })?;
        done = span.end;
    }
    let kept = source.text().get(done..).unwrap_or_default();
    if rest == kept { Ok(()) } else { Err(ApplyError::Joins { edit: edits.len().saturating_sub(1) }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{encodings, lookup};

    fn edited(label: &str, raw: &[u8], edits: &[(Span, &str)]) -> Result<Vec<u8>, ApplyError> {
        let options = Options { encoding: Some(label), ..Options::default() };
        apply(&Source::decode(raw, &options).expect("is text"), edits)
    }

    #[test]
    fn bytes_outside_stay_as_they_are() {
        let raw = b"\xEF\xBB\xBFcaf\xC3\xA9 \xE9 stays\r\n";
        let out = edited("utf-8", raw, &[(Span::new(0, 3), "K"), (Span::new(5, 5), "!")]);
        assert_eq!(out.as_deref(), Ok(&b"\xEF\xBB\xBFK\xC3\xA9! \xE9 stays\r\n"[..]));
    }

    #[test]
    fn states_are_left_as_found() {
        let raw = b"ab\x1B$B\x24\x22\x24\x24\x24\x26\x1B(Bcd";
        let jp = |edits: &[(Span, &str)]| edited("iso-2022-jp", raw, edits).expect("can be made");
        assert_eq!(jp(&[]), raw);
        assert_eq!(jp(&[(Span::new(5, 8), "x")]), b"ab\x1B$B\x24\x22\x1B(Bx\x1B$B\x24\x26\x1B(Bcd");
        assert_eq!(jp(&[(Span::new(2, 11), "")]), b"abcd");
        assert_eq!(jp(&[(Span::new(2, 5), "x"), (Span::new(8, 11), "y")]).len(), 14);
        let plus = edited("utf-7", b"a +AOkA6Q- b", &[(Span::new(2, 4), "e")]);
        assert_eq!(plus.as_deref(), Ok(&b"a e+AOk- b"[..]));
    }

    #[test]
    fn edits_that_cannot_be_made_are_refused() {
        let bad = |edits: &[(Span, &str)]| edited("utf-8", "aé".as_bytes(), edits).map_err(|e| e.edit());
        assert_eq!(bad(&[(Span::new(0, 2), "x")]), Err(0));
        assert_eq!(bad(&[(Span::new(1, 3), "x"), (Span::new(0, 1), "y")]), Err(1));
        assert_eq!(bad(&[(Span::new(3, 9), "x")]), Err(0));
        let cyrillic = edited("windows-1252", b"abc", &[(Span::new(0, 1), "\u{44F}")]);
        assert!(matches!(cyrillic, Err(ApplyError::Unencodable { edit: 0, .. })));
        // Without the blank, the two halves of a damaged sequence would become a letter.
        let joined = edited("utf-8", b"\xC3 \xA9", &[(Span::new(3, 4), "")]);
        assert_eq!(joined, Err(ApplyError::Joins { edit: 0 }));
        let eaten = edited("shift_jis", b"\x81 x", &[(Span::new(3, 4), "A")]);
        assert_eq!(eaten, Err(ApplyError::Joins { edit: 0 }));
    }

    #[test]
    fn every_encoding_keeps_its_file() {
        for encoding in encodings() {
            let words = ["caf\u{e9}", "Привет", "日本", "한국", "Ελλ", "שלום", "سلام", "ไทย", "ascii", "ęż", "ı"];
            let Some(word) = words.iter().find(|w| encoding.encode(w).is_ok()) else {
                panic!("{encoding:?} has none of the words");
            };
            let line = format!("{word} one {word} two\n");
            let text = format!("{}dam\u{61}ged word\n{}", line.repeat(500), line.repeat(500));
            let raw = encoding.encode(&text).expect("can be written");
            let at = text.find("damaged").expect("is there");
            let span = Span::new(at, at + 7);
            let out = edited(encoding.name(), &raw, &[(span, word)]).expect("can be made");
            let expected = encoding.encode(&text.replacen("damaged", word, 1)).expect("can be written");
            assert_eq!(out, expected, "{encoding:?}");
            let source = Source::decode(&raw, &Options { encoding: Some(encoding.name()), ..Options::default() });
            let range = source.expect("is text").raw_range(span);
            assert_eq!(raw[..range.start], out[..range.start], "{encoding:?}");
            assert!(out.ends_with(&raw[range.end..]), "{encoding:?}");
        }
        assert!(lookup("utf-8").is_some());
    }
}
