//! The same words in two documents of a run, with a comma in one and none in the other.

use crate::{
    analysis::{Facts, Signals, around::char_after, is_alphanumeric, is_word_char, places::beginnings},
    check::{Context, Example, Mention, Meta, SetCheck},
    finding::{Edit, Finding, Fix, Safety, Severity},
    text::Span,
};
use std::{borrow::Cow, collections::HashMap};

pub(super) struct PunctuationAcrossFiles;

static META: Meta = Meta {
    name: "consistency/punctuation-across-files",
    since: "0.1.0",
    severity: Severity::Info,
    summary: "passage that has a comma in one document of the run and none in another",
    why: "Two texts quote the same words; a comma got lost, or came in, on the way into one of them.",
    when_wrong: "One of the two follows the original on purpose.",
    fix: "Writes the passage as the earlier document does.",
    needs: Signals::ANY,
    examples: &[
        Example::Good { text: "One document alone: if they want the thing done well, they have to do it themselves." },
        Example::Good {
            text: "One document, twice: if they want it done, they do it. If they want it done they do it.",
        },
        Example::Good { text: "" },
    ],
};

/// Shorter passages are the same by chance.
const LEAST_WORDS: usize = 10;

impl SetCheck for PunctuationAcrossFiles {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn collect(&self, cx: &Context<'_>) -> Vec<Mention> {
        let prose = cx.prose();
        if !Facts::is_article(prose) {
            return Vec::new();
        }
        let bytes = prose.as_bytes();
        let mut passages = String::new();
        let mut start = 0;
        // What ends a passage.
        let ascii =
            |b: u8| (b == b'.') | (b == b'?') | (b == b'!') | (b == b'"') | (b == b':') | (b == b'\n') | (b == b'\r');
        let guillemet = |a: u8, b: u8| (a == 0xC2) & ((b == 0xAB) | (b == 0xBB));
        let quote = |a: u8, b: u8, c: u8| (a == 0xE2) & (b == 0x80) & (0x9C..=0x9E).contains(&c);
        beginnings(
            bytes,
            |[a, b, c, _]| ascii(a) | guillemet(a, b) | quote(a, b, c),
            |at| {
                // Ten words need some forty bytes.
                if at - start >= 40 {
                    note(&prose[start..at], start, &mut passages);
                }
                start = at + char_after(prose, at).map_or(1, char::len_utf8);
            },
        );
        if passages.is_empty() {
            return Vec::new();
        }
        passages.shrink_to_fit();
        vec![Mention { key: passages, text: String::new(), span: Span::new(0, 0) }]
    }
    fn finish(&self, mentions: &[(usize, Mention)]) -> Vec<(usize, Finding)> {
        // One document alone is compared with nothing.
        if mentions.len() < 2 {
            return Vec::new();
        }
        let mut known: HashMap<[u8; MARK], Vec<(usize, &str)>> = HashMap::new();
        let mut found = Vec::new();
        let noted = mentions.iter().flat_map(|(document, mention)| noted(&mention.key).map(|n| (*document, n)));
        for (document, (start, text)) in noted {
            let alike = known.entry(mark(text.as_bytes())).or_default();
            if alike.iter().any(|(_, earlier)| *earlier == text) {
                continue;
            }
            let words = words(text);
            let earlier = alike.iter().find_map(|(document, earlier)| {
                let theirs = self::words(earlier);
                theirs.iter().map(Word::letters).eq(words.iter().map(Word::letters)).then_some((*document, theirs))
            });
            match earlier {
                Some((other, theirs)) if other != document => {
                    found.extend(compare(&theirs, &words, start).map(|f| (document, f)));
                }
                None if alike.len() < MOST_ALIKE => alike.push((document, text)),
                _ => {}
            }
        }
        found
    }
}

/// So many passages that begin and end alike are told apart.
const MOST_ALIKE: usize = 16;

/// The most letters and digits that are taken from the beginning of a passage, and from its end.
const ENDS: usize = 16;
/// What a passage is known by, in bytes.
const MARK: usize = 2 * ENDS;

/// The digits of a passage's place: six bits each.
const PLACE: usize = 4;

/// Adds a passage to those of its document: the digits of its place, and its text. A passage holds no line end; one stands
/// between two of them.
fn note(text: &str, start: usize, passages: &mut String) {
    let blanks = |blank: u8| memchr::memchr_iter(blank, text.as_bytes()).count();
    let spaces = blanks(b' ');
    if spaces + 1 < LEAST_WORDS && spaces + blanks(b'\t') + 1 < LEAST_WORDS {
        return;
    }
    if passages.is_empty() {
        passages.reserve(4 * text.len());
    } else {
        passages.push('\n');
    }
    for digit in 0..PLACE {
        passages.push(char::from(b'0' + (start >> (6 * digit) & 0x3F) as u8));
    }
    passages.push_str(text);
}

/// The passages of a document, each with its place.
fn noted(passages: &str) -> impl Iterator<Item = (usize, &str)> {
    passages.split('\n').filter_map(|passage| {
        let (place, text) = passage.split_at_checked(PLACE)?;
        let start = place.bytes().rev().fold(0, |start, digit| start << 6 | usize::from(digit.wrapping_sub(b'0')));
        Some((start, text))
    })
}

/// What a passage is known by: the letters it begins and ends with. What lies between is compared where two are alike.
fn mark(text: &[u8]) -> [u8; MARK] {
    let mut mark = [b' '; MARK];
    let (first, last) = mark.split_at_mut(ENDS);
    // Without the bytes that quotation marks and dashes are made of: those stand there in one text only.
    let is_letter =
        |b: &&u8| b.is_ascii_alphanumeric() || !b.is_ascii() && !matches!(b, 0x80..=0x9F | 0xAB | 0xBB | 0xC2 | 0xE2);
    first.iter_mut().zip(text.iter().filter(is_letter)).for_each(|(to, b)| *to = *b);
    last.iter_mut().zip(text.iter().rev().filter(is_letter)).for_each(|(to, b)| *to = *b);
    mark
}

/// What stands between two blanks.
struct Word<'t> {
    text: &'t str,
    /// Where its last letter or digit ends; none without a letter.
    end: Option<usize>,
    /// Whether a comma follows that.
    comma: bool,
    /// Whether one stands anywhere behind it: `(so),`.
    has_comma: bool,
}

impl<'t> Word<'t> {
    /// What has to be the same: the letters and digits, and all of what has no letter, a dash, a bracket, a number.
    fn letters(&self) -> Cow<'t, str> {
        if self.end.is_none() || self.text.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Cow::Borrowed(self.text);
        }
        Cow::Owned(self.text.chars().filter(|c| is_alphanumeric(*c)).collect())
    }
}

fn words(text: &str) -> Vec<Word<'_>> {
    let word = |token| {
        let start = str::as_ptr(token) as usize - text.as_ptr() as usize;
        let letters = token.trim_end_matches(|c: char| !is_alphanumeric(c));
        let end = letters.chars().any(is_word_char).then_some(start + letters.len());
        let signs = &token[letters.len()..];
        Word { text: token, end, comma: signs.starts_with(','), has_comma: signs.contains(',') }
    };
    let mut words: Vec<Word<'_>> = text.split_ascii_whitespace().map(word).collect();
    // A comma at the very end belongs to what follows.
    if let Some(last) = words.iter_mut().rev().find(|w| w.end.is_some()) {
        last.comma = false;
    }
    words
}

/// The first place where the one has a comma and the other has none; `start` is where the passage begins.
fn compare(earlier: &[Word<'_>], here: &[Word<'_>], start: usize) -> Option<Finding> {
    let ends: Vec<(usize, &Word<'_>)> = here.iter().filter_map(|w| Some((w.end?, w))).collect();
    let theirs = earlier.iter().filter(|w| w.end.is_some());
    if ends.len() < LEAST_WORDS {
        return None;
    }
    let differ =
        |ours: &Word<'_>, theirs: &Word<'_>| ours.comma && !theirs.has_comma || theirs.comma && !ours.has_comma;
    let place = ends.iter().zip(theirs).position(|((_, ours), theirs)| differ(ours, theirs))?;
    let (end, has_comma) = (ends[place].0, ends[place].1.comma);
    let at = start + end;
    let comma = Span::new(at, if has_comma { at + 1 } else { at });
    let (message, title, text) = if has_comma {
        ("an earlier document of this run has no comma here in the same passage", "delete the comma", "")
    } else {
        ("an earlier document of this run has a comma here in the same passage", "insert the comma", ",")
    };
    let before = place.checked_sub(1).map_or(start, |p| start + ends[p].0 + 1);
    Some(Finding {
        rule: META.name.into(),
        severity: META.severity,
        confidence: 0.6,
        span: Span::new(before.min(at), at.max(comma.end)),
        message: message.into(),
        fix: Some(Fix {
            safety: Safety::Suggested,
            title: title.into(),
            edits: vec![Edit { span: comma, text: text.into() }],
        }),
    })
}

#[cfg(test)]
mod tests {
    use super::{super::found_in, *};
    use crate::Settings;

    fn found(texts: &[&str]) -> Vec<(usize, String)> {
        let findings = found_in(&PunctuationAcrossFiles, &Settings::default(), texts);
        findings.iter().map(|(d, f)| (*d, texts[*d][f.span.range()].to_owned())).collect()
    }

    #[test]
    fn a_comma_that_only_one_has() {
        let a = "\"If they want the thing done well, they have to do it here,\" said he.";
        let b = "“If they want the thing done well they have to do it here,” she wrote.";
        assert_eq!(found(&[a, b]), [(1, "well".into())]);
        assert_eq!(found(&[b, a]), [(1, "well,".into())]);
        assert!(found(&[a, a]).is_empty());
        // A comma behind another sign is one too.
        let c = "\"If they want the thing done (well), they have to do it here,\" said he.";
        assert!(found(&[a, c]).is_empty() && found(&[c, a]).is_empty());
        assert!(found(&[b, c]).is_empty());
    }
}
