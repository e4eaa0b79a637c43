//! The phrases of `rules/page-furniture.txt`, and which of them a line is made of.

mod credit;
mod table;

use super::{line_edges, near};
use crate::{analysis::around::boundary_before, text::Span};
use table::{Phrases, end_place, has_end, phrases, place};

pub(super) use credit::{Credit, credit, is_agency, is_photo_label, may_be_photo_label};

/// What a line of page furniture is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label {
    /// Its kind, as in the file: `share`, `nav`, `legal`.
    pub(super) kind: &'static str,
    /// Whether the line alone is proof.
    pub(super) strong: bool,
}

/// What a line says, without bullets, arrows, colons and brackets at its edges.
pub(super) fn trimmed(line: &str) -> &str {
    match line.as_bytes() {
        // Most lines of prose begin with a letter; their ends decide.
        [first, .., last] if first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric() => line,
        [0xD0 | 0xD1, .., 0xD0 | 0xD1, _] => line,
        _ => line.trim_matches(is_edge),
    }
}

/// Blanks, and signs that decorate a line.
fn is_edge(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' => false,
        '-' | '*' | '>' | '|' | '/' | ':' | '[' | ']' | '(' | ')' | '{' | '}' | '#' | '!' | '?' | '.' | '+'
        | '\u{1}' => true,
        '\0'..='~' => c.is_whitespace(),
        '–' | '—' | '•' | '·' | '»' | '›' | '→' | '▶' | '▸' | '►' | '«' | '‹' | '←' | '：' | '…' | '？' | '！'
        | '؟' | '¿' | '¡' | '。' | '▼' | '▲' | '↑' | '↓' | '✉' | '✔' | '❯' | '❮' | '\u{feff}' => {
            true
        }
        _ => c.is_whitespace(),
    }
}

fn normalise(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for word in line.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        // The Turkish capital «İ» becomes two characters; the phrases have one.
        for c in word.chars() {
            match c {
                '\0'..='~' => out.push(c.to_ascii_lowercase()),
                'а'..='џ' => out.push(c),
                '’' | 'ʻ' => out.push('\''),
                _ => out.extend(c.to_lowercase().filter(|c| *c != '\u{307}')),
            }
        }
    }
    out
}

/// The label that a whole line is; costs next to nothing for prose.
pub(super) fn whole(line: &str) -> Option<Label> {
    let p = phrases();
    if line.len() > p.longest + 40 {
        return None;
    }
    let part = trimmed(line);
    if part.is_empty() || part.len() > p.longest + 8 {
        return None;
    }
    let has = |filter: &[u64], bit: usize| filter[bit >> 6] >> (bit & 63) & 1 == 1;
    if !has(&p.filter, place(part)) || !has(&p.ends, end_place(part)) {
        return None;
    }
    p.whole.get(normalise(part).as_str()).copied()
}

/// How lines begin that are furniture as a whole, and with `true` those that lead to another article.
pub(super) fn heads() -> impl Iterator<Item = (u64, bool)> {
    phrases().heads.iter().copied()
}

/// The label of a line that is furniture as a whole, or that leads to another article and names it.
pub(super) fn whole_or_lead(text: &str, line: Span) -> Option<Label> {
    const FAR: usize = 72;
    let part = &text[line.range()];
    let may_be = line_edges::phrase(text, line);
    let whole = if may_be & line_edges::WHOLE != 0 { whole(part) } else { None };
    if may_be & line_edges::LEAD == 0 {
        return whole;
    }
    whole.or_else(|| {
        let part = &part[..boundary_before(part, FAR + 1)];
        let wide = memchr::memchr(0xEF, part.as_bytes()).is_some();
        near::colons(part, wide).find_map(|(at, width)| Some(lead(text, line.start + at, width)?.1))
    })
}

/// The label of a line that leads to another article and names it (`Read also: Ferry to run every hour`), and where the
/// line begins, by its colon.
pub(super) fn lead(text: &str, colon: usize, width: usize) -> Option<(usize, Label)> {
    const FAR: usize = 72;
    const LONGEST: usize = 400;
    let p = phrases();
    if !has_end(&p.lead_ends, text, colon) {
        return None;
    }
    let from = colon.saturating_sub(FAR);
    let bytes = text.as_bytes();
    let start = match memchr::memrchr(b'\n', bytes.get(from..colon)?) {
        Some(at) => from + at + 1,
        None if from == 0 => 0,
        None => return None,
    };
    let part = trimmed(text.get(start..colon)?);
    if part.len() < 3 {
        return None;
    }
    p.leads.binary_search(&normalise(part).as_str()).ok()?;
    let label = Label { kind: "read-more", strong: true };
    let rest = text.get(colon + width..)?;
    let rest = rest.get(..memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len()))?;
    if rest.len() > LONGEST {
        return None;
    }
    let rest = trimmed(rest);
    let words = rest.split_whitespace().filter(|w| w.chars().any(char::is_alphabetic)).count();
    let unspaced = rest.chars().filter(|c| u32::from(*c) >= 0x0E00 && c.is_alphabetic()).count() >= 4;
    let address = rest.contains("://") || rest.contains("www.") || rest.contains('@');
    ((words >= 2 || unspaced) && !address).then_some((start, label))
}

/// Whether a line of the head or the tail is furniture: labels in a row, a label with its value, a sentence that only
/// footers have, a counter. `dated` says whether the line holds a date or a time.
pub(super) fn edge(line: &str, dated: bool) -> Option<Label> {
    let p = phrases();
    if let Some(label) = whole(line) {
        // `Tags:` with nothing behind it is a label that lost its value.
        let lost = line.trim_end().ends_with([':', '：']) && {
            let folded = normalise(line.trim());
            p.prefix.iter().any(|(phrase, l)| l.kind == "meta" && *phrase == folded)
        };
        return Some(Label { strong: label.strong || lost, ..label });
    }
    if line.len() > 600 {
        return None;
    }
    if let Some((_, label)) = near::colons(line, true).next().and_then(|(at, width)| lead(line, at, width)) {
        return Some(label);
    }
    let folded = normalise(line.trim());
    if let Some(label) = row(p, &folded) {
        return Some(label);
    }
    let words = folded.split(' ').count();
    if words <= 20 {
        let bare = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
        for (phrase, label) in &p.prefix {
            if phrase.as_bytes().first() != bare.as_bytes().first() {
                continue;
            }
            let Some(rest) = bare.strip_prefix(phrase) else { continue };
            let ends_word = phrase.ends_with([':', '：']) || rest.chars().next().is_none_or(|c| !c.is_alphabetic());
            let fits = match label.kind {
                "date" => dated,
                "reading" => words <= 8 && rest.bytes().any(|b| b.is_ascii_digit()),
                "contact" => rest.is_empty() || rest.bytes().any(|b| b.is_ascii_digit() || b == b'@'),
                // A label without its value is a leftover whatever follows.
                _ => true,
            };
            if ends_word && fits {
                let empty = trimmed(rest).is_empty() && label.kind == "meta";
                return Some(Label { strong: label.strong || empty, ..*label });
            }
        }
        let number = bare.trim_start_matches(|c: char| c.is_ascii_digit() || ".,km ".contains(c));
        if number.len() < bare.len()
            && bare.starts_with(|c: char| c.is_ascii_digit())
            && p.counted.contains(&number.trim_matches([' ', '.', '!', ')']))
        {
            return Some(Label { kind: "counter", strong: false });
        }
    }
    let mut found: Option<Label> = None;
    for hit in p.inside.find_overlapping_iter(&folded) {
        let label = p.inside_labels.get(hit.pattern().as_usize()).copied()?;
        if found.is_none_or(|f| label.strong && !f.strong) {
            found = Some(label);
        }
    }
    found
}

/// The labels of picture captions as printed, longest first; `true` where a credit follows.
pub(super) fn captions() -> &'static [(&'static str, bool)] {
    &phrases().captions
}

/// Labels side by side: `Share | Print`, `Not registered? - Sign up`.
fn row(p: &Phrases, folded: &str) -> Option<Label> {
    const HOME: &[&str] = &[
        "home",
        "home page",
        "startseite",
        "accueil",
        "inicio",
        "portada",
        "início",
        "página inicial",
        "home page",
        "strona główna",
        "główna",
        "главная",
        "головна",
        "ana sayfa",
        "anasayfa",
        "hem",
        "hjem",
        "forside",
        "etusivu",
        "úvod",
        "domov",
        "kezdőlap",
        "főoldal",
        "acasă",
        "начало",
        "почетна",
        "naslovnica",
        "početna",
        "αρχική",
        "beranda",
        "trang chủ",
        "首页",
        "首頁",
        "ホーム",
        "홈",
        "الرئيسية",
        "خانه",
        "ראשי",
    ];
    let mut parts = 0;
    let mut known = 0;
    let first = folded.split(['|', '»', '›', '/', '>']).next().map(str::trim);
    let mut best: Option<Label> = None;
    for part in folded
        .split(['|', '»', '·', '•', '›', '/', '>', '\t'])
        .flat_map(|s| s.split(" - "))
        .flat_map(|s| s.split(" – "))
    {
        let part = trimmed(part);
        if part.is_empty() {
            continue;
        }
        parts += 1;
        if let Some(label) = p.whole.get(part) {
            known += 1;
            if best.is_none_or(|b| label.strong && !b.strong) {
                best = Some(*label);
            }
        }
    }
    // A way from the home page down to the article.
    let steps = |c: char| matches!(c, '|' | '»' | '›' | '/' | '>');
    if (3..=7).contains(&parts)
        && folded.len() < 120
        && !folded.ends_with(['.', '!', '?', ',', ';', ':'])
        && folded.split(steps).all(|step| step.split_whitespace().count() <= 5)
        && first.is_some_and(|first| HOME.contains(&first))
    {
        return Some(Label { kind: "nav", strong: true });
    }
    best.filter(|_| parts > 1 && known * 3 >= parts * 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        let p = phrases();
        assert!(p.whole.len() > 2000, "{}", p.whole.len());
        assert!(!p.inside_labels.is_empty() && !p.prefix.is_empty() && !p.counted.is_empty());
        for phrase in p.whole.keys() {
            assert_eq!(normalise(trimmed(phrase)), **phrase, "write phrases in lower case, with straight apostrophes");
            assert!(whole(phrase).is_some(), "{phrase}");
        }
    }

    #[test]
    fn lines_are_read_without_their_edges() {
        let strong = |line: &str| whole(line).is_some_and(|l| l.strong);
        assert!(
            strong("» Читать далее…")
                && strong("Share this article:")
                && strong("[Leave a Comment]")
                && strong("続きを読む")
        );
        assert!(whole("Home").is_some_and(|l| !l.strong));
        assert!(whole("The read more button stays.").is_none());
    }

    #[test]
    fn edges_know_rows_prefixes_and_footers() {
        let kind = |line: &str| edge(line, false).map(|l| l.kind);
        assert_eq!(kind("Share | Tweet | Print"), Some("share"));
        assert_eq!(kind("Tags: bridges, ferries"), Some("meta"));
        assert_eq!(kind("12 comments"), Some("counter"));
        assert_eq!(kind("При использовании материалов ссылка обязательна."), Some("legal"));
        assert_eq!(kind("The ferry leaves at nine."), None);
        assert_eq!(edge("Posted on Monday evening", false), None);
    }
}
