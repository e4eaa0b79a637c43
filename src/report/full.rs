//! The report for people: each finding with the line it stands in, the damage marked, its characters named, and the
//! text before and after the fix; then what was scanned and what is to do.

use super::{
    FileReport, Report, Setup, Skipped, Style, Totals, count, line, uri,
    window::{self, Window},
};
use crate::{
    finding::{Located, Safety, Severity},
    unicode::{Script, is_visible_as_is, props, short_name, width},
};
use anstyle::{AnsiColor, Effects, Style as Paint};
use std::{
    collections::BTreeMap,
    io::{self, Write},
    path::Path,
};

/// Columns that hold the line number, before the bar.
const GUTTER: usize = 6;
/// How many characters of a finding are named.
const NAMED: usize = 4;
/// How many skipped files of one kind are listed.
const LISTED: usize = 5;

/// The report.
pub(super) struct Full {
    style: Style,
    rules: usize,
    skipped: BTreeMap<String, (usize, Vec<String>)>,
}

pub(super) fn color_of(severity: Severity) -> Paint {
    let color = match severity {
        Severity::Error => AnsiColor::Red,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Info => AnsiColor::Cyan,
    };
    Paint::new().fg_color(Some(color.into())).effects(Effects::BOLD)
}

/// A text in a style, where colours are used.
pub(super) fn paint(color: bool, style: Paint, text: &str) -> String {
    if color && !text.is_empty() { format!("{style}{text}{style:#}") } else { text.to_owned() }
}

pub(super) const BOLD: Paint = Paint::new().effects(Effects::BOLD);
const DIM: Paint = Paint::new().effects(Effects::DIMMED);
const RED: Paint = Paint::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red)));
const GREEN: Paint = Paint::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Green)));

impl Full {
    pub(super) fn new(setup: Setup<'_>) -> Full {
        Full { style: setup.style, rules: setup.pages.len(), skipped: BTreeMap::new() }
    }
    fn paint(&self, style: Paint, text: &str) -> String {
        paint(self.style.color, style, text)
    }
    /// A place that opens its file, where the terminal does that.
    fn linked(&self, path: &Path, text: String) -> String {
        if !self.style.links {
            return text;
        }
        format!("\x1b]8;;{}\x1b\\{text}\x1b]8;;\x1b\\", uri(&crate::input::absolute(path)))
    }
    fn room(&self) -> usize {
        self.style.width.saturating_sub(GUTTER + 4).max(20)
    }
    /// A line behind the gutter; whatever comes from an input stands behind a bar.
    fn row(&self, out: &mut dyn Write, sign: &str, text: &str) -> io::Result<()> {
        let bar = self.paint(DIM, "│");
        writeln!(out, "{sign:>GUTTER$} {bar} {text}")
    }
    fn finding(&self, out: &mut dyn Write, file: &Path, path: &str, f: &Located) -> io::Result<()> {
        let place = format!("{path}:{}:{}", f.start.line, f.start.column);
        let severity = self.paint(color_of(f.severity), f.severity.as_str());
        let rule = self.paint(DIM, &line::shown(&f.rule));
        writeln!(out, "{} {severity} {rule}", self.linked(file, self.paint(BOLD, &place)))?;
        for text in wrapped(&line::message(&f.message), self.room()) {
            self.row(out, "", &line::isolated(&text))?;
        }
        self.window(out, f)?;
        self.fix(out, f)?;
        writeln!(out)
    }
    fn window(&self, out: &mut dyn Write, f: &Located) -> io::Result<()> {
        let w = window::of(&f.excerpt, self.room());
        let number = f.start.line.to_string();
        let names = names(f);
        let red = color_of(f.severity).effects(Effects::BOLD | Effects::UNDERLINE);
        if line::is_rtl(&format!("{}{}{}", w.before, w.marked, w.after)) {
            // Columns mean nothing where the terminal turns the line round: brackets go with the text.
            let Window { before, marked, after } = w;
            let text = format!("{before}⟦{}⟧{after}", self.paint(red, &marked));
            self.row(out, &number, &line::isolated(&text))?;
            if !names.is_empty() {
                self.row(out, "", &names)?;
            }
            return Ok(());
        }
        self.row(out, &number, &format!("{}{}{}", w.before, self.paint(red, &w.marked), w.after))?;
        let carets = self.paint(color_of(f.severity), &"^".repeat(width(&w.marked).max(1)));
        self.row(out, "", format!("{}{carets} {names}", " ".repeat(width(&w.before))).trim_end())
    }
    fn fix(&self, out: &mut dyn Write, f: &Located) -> io::Result<()> {
        let Some(fix) = &f.fix else { return Ok(()) };
        let how = match fix.safety {
            Safety::Safe => "safe fix",
            Safety::Suggested => "suggestion",
        };
        let Some(c) = window::change(&f.excerpt, self.room().saturating_sub(how.len() + 3)) else {
            let title = format!("{how}: {}", line::message(&fix.title));
            return self.row(out, "=", &line::isolated(&title));
        };
        let old = format!("{}{}{}", c.before, self.paint(RED, &c.old), c.after);
        let new = format!("{}{}{}", c.before, self.paint(GREEN, &c.new), c.after);
        self.row(out, &self.sign("-", RED), &line::isolated(&old))?;
        self.row(out, &self.sign("+", GREEN), &format!("{}   {}", line::isolated(&new), self.paint(DIM, how)))
    }
    /// A sign in the gutter; padded by hand, because colours have no width.
    fn sign(&self, sign: &str, style: Paint) -> String {
        format!("{}{}", " ".repeat(GUTTER - 1), self.paint(style, sign))
    }
    fn list(names: &BTreeMap<String, usize>) -> String {
        let mut list: Vec<_> = names.iter().collect();
        list.sort_by_key(|(name, n)| (std::cmp::Reverse(**n), *name));
        list.iter().map(|(name, n)| format!("{} {n}", line::shown(name))).collect::<Vec<_>>().join(", ")
    }
}

impl Report for Full {
    fn file(&mut self, out: &mut dyn Write, file: &FileReport) -> io::Result<()> {
        let path = line::path(&file.path);
        file.findings.iter().try_for_each(|f| self.finding(out, &file.path, &path, f))
    }
    fn skipped(&mut self, _out: &mut dyn Write, skipped: &Skipped) -> io::Result<()> {
        let kind = skipped.reason.split(':').next().unwrap_or_default().to_owned();
        let (n, list) = self.skipped.entry(kind).or_default();
        *n += 1;
        if list.len() < LISTED {
            list.push(line::path(&skipped.path));
        }
        Ok(())
    }
    fn end(&mut self, out: &mut dyn Write, totals: &Totals) -> io::Result<()> {
        write!(out, "{} scanned", count(totals.files, "file"))?;
        if !totals.encodings.is_empty() {
            write!(out, " ({})", Self::list(&totals.encodings))?;
        }
        writeln!(out, " with {}", count(self.rules, "rule"))?;
        for (kind, (n, list)) in &self.skipped {
            let more = if *n > list.len() { format!(" and {} more", n - list.len()) } else { String::new() };
            writeln!(out, "{n} skipped, {}: {}{more}", line::shown(kind), list.join(", "))?;
        }
        if let Some(fixed) = totals.fixed {
            writeln!(out, "{} applied", count(fixed, "fix").replace("fixs", "fixes"))?;
        }
        if totals.known > 0 {
            writeln!(out, "{} not shown", count(totals.known, "known finding"))?;
        }
        if totals.findings() == 0 {
            let left = if totals.fixed.is_some() { "Nothing left." } else { "Nothing found." };
            return writeln!(out, "{}", self.paint(GREEN, left));
        }
        let [info, warning, error] = totals.severity;
        let parts = [
            (error, "error", Severity::Error),
            (warning, "warning", Severity::Warning),
            (info, "note", Severity::Info),
        ];
        let parts: Vec<_> = parts
            .iter()
            .filter(|(n, ..)| *n > 0)
            .map(|(n, what, severity)| self.paint(color_of(*severity), &count(*n, what)))
            .collect();
        writeln!(out, "{}: {}", parts.join(", "), Self::list(&totals.families))?;
        let [safe, suggested] = totals.fixable;
        match (safe, suggested) {
            (0, 0) => Ok(()),
            (safe, 0) => writeln!(out, "{safe} with a safe fix: tidyglot fix"),
            (0, suggested) => writeln!(out, "{suggested} with a suggestion: tidyglot fix --unsafe"),
            (safe, suggested) => {
                writeln!(
                    out,
                    "{safe} with a safe fix: tidyglot fix; {suggested} with a suggestion: tidyglot fix --unsafe"
                )
            }
        }
    }
}

/// The names of the characters that a reader cannot tell by looking: hidden ones, and letters of the script that is
/// the lesser one in the damaged text.
fn names(f: &Located) -> String {
    let mut scripts: BTreeMap<Script, usize> = BTreeMap::new();
    for c in f.text.chars().take(200) {
        let p = props(c);
        if p.is_letter() && p.script().is_real() {
            *scripts.entry(p.script()).or_default() += 1;
        }
    }
    let main = if scripts.len() > 1 { scripts.iter().max_by_key(|(_, n)| **n).map(|(s, _)| *s) } else { None };
    let odd = |c: &char| {
        let p = props(*c);
        !(is_visible_as_is(*c) || matches!(c, '\n' | '\r' | '\t'))
            || (main.is_some() && p.is_letter() && p.script().is_real() && Some(p.script()) != main)
            || *c == '\u{FFFD}'
    };
    let mut seen: Vec<char> = Vec::new();
    for c in f.text.chars().filter(odd) {
        if !seen.contains(&c) {
            seen.push(c);
        }
    }
    if seen.is_empty() && f.text.chars().count() <= 2 {
        seen = f.text.chars().filter(|c| !c.is_ascii()).collect();
    }
    // What the message names already is not named again.
    seen.retain(|c| !f.message.contains(&format!("U+{:04X}", *c as u32)));
    let more = if seen.len() > NAMED { " …" } else { "" };
    let list: Vec<_> = seen
        .iter()
        .take(NAMED)
        .map(|c| {
            let name = short_name(*c);
            let code = format!("U+{:04X}", *c as u32);
            if name.contains(&code) { name } else { format!("{code} {name}") }
        })
        .collect();
    list.join(", ") + more
}

/// Words in lines of at most `room` columns; a word that is wider stands alone.
fn wrapped(text: &str, room: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        let wide = width(word);
        match lines.last_mut() {
            Some(last) if used + 1 + wide <= room => {
                last.push(' ');
                last.push_str(word);
                used += 1 + wide;
            }
            _ => {
                lines.push(word.to_owned());
                used = wide;
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_wrapped() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("", 7), [""; 0]);
    }
}
