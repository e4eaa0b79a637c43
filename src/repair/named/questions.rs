//! Question marks where letters were.

use super::{Kind, Named};
use crate::{analysis::around::line_at, repair::model::Model, text::Span};

/// Runs of question marks that were words, and single ones inside words.
pub(super) fn question_marks(text: &str, span: Span, out: &mut Vec<Named>) {
    let Some(block) = text.get(span.range()) else { return };
    let bytes = block.as_bytes();
    let first = out.len();
    // Words that end in a question mark inside a sentence: damage where others have one between their letters.
    let mut ends = Vec::new();
    // Words that begin with one are damage where others are: manuals write `?pattern` and `?option?`.
    let mut starts = Vec::new();
    let mut from = 0;
    while let Some(at) = bytes.get(from..).and_then(|rest| memchr::memchr(b'?', rest)).map(|i| from + i) {
        let start = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |i| i + 1);
        let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |i| at + i + 1);
        let line = block.get(start..end).unwrap_or_default();
        in_line(line, span.start + start, &mut starts, out);
        trailing(line, span.start + start, &mut ends);
        from = end;
    }
    let inside = out
        .iter()
        .skip(first)
        .filter(|n| text.get(n.span.range()).is_some_and(|t| t.contains(char::is_alphabetic) && !t.ends_with('?')));
    let inside = inside.count();
    let start = if inside > 0 { Kind::QuestionMarks } else { Kind::QuestionMark };
    out.extend(starts.into_iter().map(|span| Named { span, kind: start, fixed: None }));
    let kind = if inside >= 2 { Kind::QuestionMarks } else { Kind::QuestionMark };
    // In speech a question goes on in a small letter: `« Vraiment ? » dit-il`.
    let speech = |span: &Span| {
        let line = text.get(line_at(text, span.start).range()).unwrap_or_default();
        line.contains(['"', '«', '“', '„', '”', '—', '–', '¿', '‘'])
    };
    ends.retain(|span| kind == Kind::QuestionMarks || !speech(span));
    out.extend(ends.into_iter().map(|span| Named { span, kind, fixed: None }));
}

/// Words that end in one question mark although the sentence goes on with a small letter.
fn trailing(line: &str, offset: usize, out: &mut Vec<Span>) {
    for (at, _) in line.match_indices("? ") {
        let word = line.get(..at).unwrap_or_default();
        let start = word
            .rfind(|c: char| !c.is_alphabetic())
            .map_or(0, |i| i + word.get(i..).and_then(|w| w.chars().next()).map_or(1, char::len_utf8));
        let goes_on = line.get(at + 2..).is_some_and(|rest| rest.starts_with(char::is_lowercase));
        let letters = word.get(start..).unwrap_or_default();
        let marked = word.get(..start).is_some_and(|before| before.ends_with('?'));
        if goes_on && !marked && letters.chars().count() >= 2 && letters.ends_with(char::is_lowercase) {
            out.push(Span::new(offset + start, offset + at + 1));
        }
    }
}

fn in_line(line: &str, offset: usize, starts: &mut Vec<Span>, out: &mut Vec<Named>) {
    let mut runs = Vec::new();
    let mut inside = Vec::new();
    let mut first_letters = Vec::new();
    let mut at = 0;
    for token in line.split_inclusive([' ', '\t', '\n']) {
        let from = offset + at;
        at += token.len();
        if !token.contains('?')
            || token.contains("://")
            || token.contains("//")
            || token.contains(['=', '<', '>', '{', '\\', '*', '[', '|', '_', '%'])
        {
            continue;
        }
        let body = token.trim_end();
        let core = body.trim_matches(|c: char| !(c.is_alphanumeric() || c == '?'));
        let asked = core.bytes().filter(|b| *b == b'?').count();
        let letters = core.chars().filter(|c| c.is_alphabetic()).count();
        let lead = body.len() - body.trim_start_matches(|c: char| !(c.is_alphanumeric() || c == '?')).len();
        let span = Span::new(from + lead, from + lead + core.len());
        let first = core.find('?').unwrap_or(0);
        let after = core[first..].trim_start_matches('?');
        if asked > 1 && letters == 0 && core.bytes().all(|b| b == b'?' || !b.is_ascii_alphanumeric()) {
            runs.push((span, asked));
        } else {
            // Nothing but a word: patterns and calls have other signs in them.
            let is_word = core.chars().all(|c| c.is_alphabetic() || matches!(c, '?' | '\'' | '’' | '-'));
            // A quoted word is a search pattern; so is one with the ending of another script.
            let quote = |c: Option<char>| c.is_some_and(|c| "\"'“”„«»‘’‹›「」『』".contains(c));
            let (left, right) = (&body[..lead], &body[lead + core.len()..]);
            let quoted = quote(left.chars().next_back()) && quote(right.chars().next());
            let two = core.contains(|c: char| c.is_ascii_alphabetic()) && core.contains(|c| c >= '\u{370}');
            if quoted || two {
                continue;
            }
            let goes_on = after.starts_with(|c: char| c.is_lowercase());
            let several = asked > 1 && core.trim_matches('?').contains('?');
            if letters == 0 || !is_word {
                continue;
            }
            if goes_on && first > 0 || several {
                inside.push(span);
            } else if goes_on && asked <= letters && !core.ends_with('?') && !token.contains(['-', '(', ')']) {
                first_letters.push(span);
            }
        }
    }
    if first_letters.len() >= 2 || !inside.is_empty() {
        inside.append(&mut first_letters);
        inside.sort_by_key(|span| span.start);
    }
    starts.append(&mut first_letters);
    // One `???` is emphasis; several runs, or a long one, were words.
    let words = runs.iter().filter(|(_, n)| *n >= 2).count();
    let total: usize = runs.iter().map(|(_, n)| n).sum();
    // Words differ in length: the same three marks here and there stand for a reference that was never filled in.
    let filler = inside.is_empty() && runs.iter().all(|(_, n)| *n == 3) && runs.len() * 3 < line.split(' ').count();
    if (words >= 2 && total >= 6 || runs.iter().any(|(_, n)| *n >= 6) || !inside.is_empty() && total > 3) && !filler {
        out.extend(runs.iter().map(|(span, _)| Named { span: *span, kind: Kind::QuestionMarks, fixed: None }));
    }
    let kind = if is_syntax(line) { Kind::QuestionMark } else { Kind::QuestionMarks };
    out.extend(inside.iter().map(|span| Named { span: *span, kind, fixed: None }));
}

/// Whether question marks in the ASCII words of a line are signs of a syntax: `?option?` in a synopsis, or words
/// among ideographs, which no Latin page could have held.
fn is_syntax(line: &str) -> bool {
    let option = |token: &str| {
        let inner = token.trim_end().strip_prefix('?').and_then(|t| t.strip_suffix('?'));
        inner.is_some_and(|t| t.len() > 3 && t.bytes().all(|b| b.is_ascii_alphabetic() || b == b'.'))
    };
    // Ideographs that are misread letters are rare ones.
    let model = Model::get();
    let ranks =
        || line.chars().filter(|c| crate::repair::swap::is_ideograph(*c)).filter_map(|c| model.rank(model.symbol(c)));
    let (wide, rare) = ranks().fold((0, 0), |(n, sum), rank| (n + 1, sum + u32::from(rank)));
    line.split(' ').any(option) || wide >= 4 && rare * 4 < wide * 7
}
