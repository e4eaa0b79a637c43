//! A file's result in bytes and back. What cannot be read back is no result: the file is checked again.

use crate::{
    check::Mention,
    cli::session::Checked,
    finding::{Excerpt, Located, LocatedEdit, LocatedFix, Safety, Severity},
    input::Problem,
    region::Format,
    report::FileReport,
    text::{EncodingInfo, Position, Span},
};
use std::path::Path;

/// The result in bytes; `None` for one that is not to be stored: what could not be read may be readable next time.
pub(super) fn write(done: &Result<Checked, Problem>) -> Option<Vec<u8>> {
    let mut out = Out(Vec::new());
    match done {
        Ok(checked) if checked.report.text.is_none() && checked.report.fixed.is_none() => {
            out.byte(1);
            out.checked(checked);
        }
        Err(Problem::Skipped(reason)) => {
            out.byte(0);
            out.text(reason);
        }
        _ => return None,
    }
    Some(out.0)
}

/// The result that these bytes are.
pub(super) fn read(bytes: &[u8], path: &Path) -> Option<Result<Checked, Problem>> {
    let mut input = In(bytes);
    let done = match input.byte()? {
        0 => Err(Problem::Skipped(input.text()?)),
        1 => Ok(input.checked(path)?),
        _ => return None,
    };
    input.0.is_empty().then_some(done)
}

struct Out(Vec<u8>);

impl Out {
    fn byte(&mut self, b: u8) {
        self.0.push(b);
    }
    /// Small numbers take one byte.
    fn number(&mut self, mut n: u64) {
        while n >= 0x80 {
            self.0.push(n as u8 | 0x80);
            n >>= 7;
        }
        self.0.push(n as u8);
    }
    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }
    fn float(&mut self, f: f32) {
        self.0.extend_from_slice(&f.to_bits().to_le_bytes());
    }
    fn maybe<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Out, T)) {
        self.byte(value.is_some().into());
        if let Some(value) = value {
            write(self, value);
        }
    }
    fn list<T>(&mut self, list: &[T], mut write: impl FnMut(&mut Out, &T)) {
        self.number(list.len() as u64);
        list.iter().for_each(|item| write(self, item));
    }
    fn position(&mut self, p: Position) {
        [p.byte, p.line.into(), p.column.into(), p.utf16.into()].into_iter().for_each(|n| self.number(n));
    }
    fn checked(&mut self, checked: &Checked) {
        let report = &checked.report;
        self.number(checked.size);
        self.text(&report.encoding.name);
        self.byte(report.encoding.bom.into());
        self.float(report.encoding.confidence);
        self.text(&report.encoding.why);
        self.maybe(report.language.as_deref(), |o, l| o.text(l));
        self.text(report.format);
        self.list(&report.findings, |o, f| o.finding(f));
        self.list(&checked.mentions, |o, of_check| {
            o.list(of_check, |o, m: &Mention| {
                o.text(&m.key);
                o.text(&m.text);
                o.number(m.span.start as u64);
                o.number(m.span.end as u64);
            });
        });
    }
    fn finding(&mut self, f: &Located) {
        self.text(&f.rule);
        self.byte(f.severity as u8);
        self.float(f.confidence);
        self.text(&f.message);
        self.text(&f.text);
        self.position(f.start);
        self.position(f.end);
        self.maybe(f.fix.as_ref(), |o, fix| {
            o.byte(fix.safety as u8);
            o.text(&fix.title);
            o.list(&fix.edits, |o, e| {
                o.position(e.start);
                o.position(e.end);
                o.text(&e.text);
            });
        });
        let e = &f.excerpt;
        self.text(&e.text);
        self.number(e.mark.0 as u64);
        self.number(e.mark.1 as u64);
        self.byte(u8::from(e.cut_before) | u8::from(e.cut_after) << 1);
        self.maybe(e.fixed.as_deref(), |o, t| o.text(t));
    }
}

struct In<'a>(&'a [u8]);

impl In<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (b, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*b)
    }
    fn flag(&mut self) -> Option<bool> {
        self.byte().map(|b| b != 0)
    }
    fn number(&mut self) -> Option<u64> {
        let mut n = 0u64;
        for shift in (0..64).step_by(7) {
            let b = self.byte()?;
            n |= u64::from(b & 0x7F) << shift;
            if b < 0x80 {
                return Some(n);
            }
        }
        None
    }
    fn small(&mut self) -> Option<u32> {
        self.number()?.try_into().ok()
    }
    fn size(&mut self) -> Option<usize> {
        self.number()?.try_into().ok()
    }
    fn text(&mut self) -> Option<String> {
        let len = self.size()?;
        let (text, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        std::str::from_utf8(text).ok().map(str::to_owned)
    }
    fn float(&mut self) -> Option<f32> {
        let (bits, rest) = self.0.split_first_chunk::<4>()?;
        self.0 = rest;
        Some(f32::from_bits(u32::from_le_bytes(*bits)))
    }
    fn maybe<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<Option<T>> {
        if self.flag()? { read(self).map(Some) } else { Some(None) }
    }
    fn list<T>(&mut self, mut read: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let len = self.size()?;
        // Every item takes a byte at least: a damaged length asks for no memory.
        if len > self.0.len() {
            return None;
        }
        let mut list = Vec::with_capacity(len.min(1024));
        for _ in 0..len {
            list.push(read(self)?);
        }
        Some(list)
    }
    fn position(&mut self) -> Option<Position> {
        Some(Position { byte: self.number()?, line: self.small()?, column: self.small()?, utf16: self.small()? })
    }
    fn checked(&mut self, path: &Path) -> Option<Checked> {
        let size = self.number()?;
        let encoding = EncodingInfo {
            name: self.text()?.into(),
            bom: self.flag()?,
            confidence: self.float()?,
            why: self.text()?.into(),
        };
        let language = self.maybe(Self::text)?;
        let format = self.text()?;
        let format = Format::ALL.iter().map(|f| f.as_str()).find(|f| *f == format)?;
        let findings = self.list(Self::finding)?;
        let mentions = self.list(|i| {
            i.list(|i| Some(Mention { key: i.text()?, text: i.text()?, span: Span::new(i.size()?, i.size()?) }))
        })?;
        let report =
            FileReport { path: path.to_path_buf(), encoding, language, format, findings, fixed: None, text: None };
        Some(Checked { report, mentions, size })
    }
    fn finding(&mut self) -> Option<Located> {
        let rule = self.text()?.into();
        let severity = match self.byte()? {
            0 => Severity::Info,
            1 => Severity::Warning,
            2 => Severity::Error,
            _ => return None,
        };
        let (confidence, message, text) = (self.float()?, self.text()?, self.text()?);
        let (start, end) = (self.position()?, self.position()?);
        let fix = self.maybe(|i| {
            let safety = match i.byte()? {
                0 => Safety::Safe,
                1 => Safety::Suggested,
                _ => return None,
            };
            let title = i.text()?;
            let edits = i.list(|i| Some(LocatedEdit { start: i.position()?, end: i.position()?, text: i.text()? }))?;
            Some(LocatedFix { safety, title, edits })
        })?;
        let (text_round, mark, cut) = (self.text()?, (self.size()?, self.size()?), self.byte()?);
        let fixed = self.maybe(Self::text)?;
        // Reports slice the text at the mark.
        text_round.get(mark.0..mark.1)?;
        let excerpt = Excerpt { text: text_round, mark, cut_before: cut & 1 != 0, cut_after: cut & 2 != 0, fixed };
        Some(Located { rule, severity, confidence, message, text, start, end, fix, excerpt })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Checked {
        let at = |n: u32| Position { byte: n.into(), line: 1, column: n + 1, utf16: n + 1 };
        let finding = Located {
            rule: "a/b".into(),
            severity: Severity::Warning,
            confidence: 0.75,
            message: "m\u{e9}".into(),
            text: "x".into(),
            start: at(300),
            end: at(301),
            fix: Some(LocatedFix {
                safety: Safety::Suggested,
                title: "t".into(),
                edits: vec![LocatedEdit { start: at(0), end: at(1), text: String::new() }],
            }),
            excerpt: Excerpt { text: "axb".into(), mark: (1, 2), cut_before: true, cut_after: false, fixed: None },
        };
        let encoding = EncodingInfo { name: "utf-8".into(), bom: true, confidence: 0.5, why: "because".into() };
        let report = FileReport {
            path: "a.txt".into(),
            encoding,
            language: Some("en".into()),
            format: "plain",
            findings: vec![finding],
            fixed: None,
            text: None,
        };
        let mention = Mention { key: "k".into(), text: "t".into(), span: Span::new(3, 9) };
        Checked { report, mentions: vec![vec![], vec![mention]], size: 7 }
    }

    #[test]
    fn there_and_back() {
        let bytes = write(&Ok(example())).unwrap();
        let Some(Ok(back)) = read(&bytes, Path::new("a.txt")) else { panic!("not read") };
        assert_eq!(format!("{:?}", back.report), format!("{:?}", example().report));
        assert_eq!(format!("{:?}", back.mentions), format!("{:?}", example().mentions));
        assert_eq!(back.size, 7);
        let skipped: Result<Checked, _> = Err(Problem::Skipped("binary: x".into()));
        let bytes = write(&skipped).unwrap();
        assert!(matches!(read(&bytes, Path::new("a")), Some(Err(Problem::Skipped(why))) if why == "binary: x"));
        assert!(write(&Err(Problem::Unreadable("x".into()))).is_none());
    }

    #[test]
    fn damage_is_no_result_and_no_panic() {
        let bytes = write(&Ok(example())).unwrap();
        for at in 0..bytes.len() {
            assert!(read(&bytes[..at], Path::new("a")).is_none());
            for bit in 0..8 {
                let mut damaged = bytes.clone();
                damaged[at] ^= 1 << bit;
                let _ = read(&damaged, Path::new("a"));
            }
        }
    }
}
