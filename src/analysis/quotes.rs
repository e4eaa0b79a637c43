//! Quotation marks: which belong together, which kind each is, and where the apostrophes are.

use super::around::{char_after, char_before};
use crate::{region::MASK, text::Span};

/// Two quotation marks that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuotePair {
    /// The mark that opens.
    pub open: (Span, char),
    /// The mark that closes.
    pub close: (Span, char),
}

impl QuotePair {
    /// From the first mark to the last.
    pub fn span(&self) -> Span {
        Span::new(self.open.0.start, self.close.0.end)
    }
    /// Both marks are ASCII.
    pub fn is_straight(&self) -> bool {
        self.open.1.is_ascii() && self.close.1.is_ascii()
    }
    /// Neither mark is ASCII.
    pub fn is_typographic(&self) -> bool {
        !self.open.1.is_ascii() && !self.close.1.is_ascii()
    }
}

/// The quotation marks and apostrophes of a text. Empty where the text has only one style: then nothing can be mixed.
#[derive(Debug, Default)]
pub struct Quotes {
    /// Double marks, `"` and its typographic forms, that belong together.
    pub pairs: Vec<QuotePair>,
    /// Straight single marks round a few words.
    pub singles: Vec<QuotePair>,
    /// Straight apostrophes between letters.
    pub straight_apostrophes: Vec<Span>,
    /// How many typographic apostrophes between letters there are.
    pub curly_apostrophes: usize,
}

/// Longest text between two marks that is still taken as one quotation.
const LONGEST: usize = 4000;
/// A line longer than this is a paragraph of its own.
const PARAGRAPH: usize = 150;

/// Pairs the quotation marks of a text that has both straight and typographic ones.
pub(super) fn quotes(prose: &str) -> Quotes {
    let bytes = prose.as_bytes();
    let mut quotes = Quotes::default();
    let curly = memchr::memchr_iter(0xE2, bytes).any(|i| is_curly(bytes, i));
    if !curly || memchr::memchr2(b'"', b'\'', bytes).is_none() {
        return quotes;
    }
    let mut double: Option<(Span, char)> = None;
    let mut single: Option<(Span, char)> = None;
    let mut last = 0;
    for at in memchr::memchr3_iter(b'"', b'\'', 0xE2, bytes) {
        if bytes[at] == 0xE2 && !is_curly(bytes, at) {
            continue;
        }
        let Some(mark) = char_after(prose, at) else { continue };
        let span = Span::new(at, at + mark.len_utf8());
        if (double.is_some() || single.is_some()) && ends_paragraph(bytes, last, at) {
            double = None;
            single = None;
        }
        last = at;
        let before = char_before(prose, at);
        let after = char_after(prose, span.end);
        let letters = before.is_some_and(char::is_alphabetic) && after.is_some_and(char::is_alphabetic);
        match mark {
            '\'' | '’' if letters => {
                if mark == '\'' {
                    quotes.straight_apostrophes.push(span);
                } else {
                    quotes.curly_apostrophes += 1;
                }
            }
            '\'' => match side(before, after) {
                Side::Open if after.is_some_and(char::is_alphabetic) => single = Some((span, mark)),
                Side::Close => {
                    if let Some(open) = single.take().filter(|o| at - o.0.end <= 80) {
                        quotes.singles.push(QuotePair { open, close: (span, mark) });
                    }
                }
                _ => {}
            },
            '"' | '“' | '”' | '„' | '‟' => {
                let opens = match side(before, after) {
                    // A digit before a straight mark: inches or seconds, unless the quotation is straight too.
                    Side::Close if mark == '"' && before.is_some_and(|c| c.is_ascii_digit()) => {
                        if double.is_some_and(|d| d.1 != '"') {
                            continue;
                        }
                        false
                    }
                    Side::Open => true,
                    Side::Close => false,
                    Side::Either => match mark {
                        '„' => true,
                        _ => double.is_none(),
                    },
                };
                if opens {
                    double = Some((span, mark));
                } else if let Some(open) = double.take().filter(|o| at - o.0.end <= LONGEST) {
                    quotes.pairs.push(QuotePair { open, close: (span, mark) });
                }
            }
            _ => {}
        }
    }
    quotes
}

/// Whether `“`, `”`, `„`, `‟`, `‘`, `’`, `‚` or `‛` begins at a byte 0xE2.
fn is_curly(bytes: &[u8], at: usize) -> bool {
    bytes.get(at + 1) == Some(&0x80) && matches!(bytes.get(at + 2), Some(0x98..=0x9F))
}

enum Side {
    Open,
    Close,
    Either,
}

fn side(before: Option<char>, after: Option<char>) -> Side {
    let opens_after = before.is_none_or(|c| c.is_whitespace() || "([{—–‘'“\"«„/¿¡=".contains(c));
    let blank_after = after.is_none_or(|c| c.is_whitespace() || c == MASK);
    let closes_before = after.is_none_or(|c| c.is_whitespace() || ".,;:!?…)]}—–-’'”\"»/".contains(c));
    match (opens_after, closes_before) {
        (true, false) => Side::Open,
        (false, true) => Side::Close,
        (true, true) if !blank_after => Side::Open,
        _ => Side::Either,
    }
}

/// Whether a paragraph ends between two places: at a blank line, or at the end of a line that is one on its own.
fn ends_paragraph(bytes: &[u8], from: usize, to: usize) -> bool {
    let mut at = from;
    while let Some(i) = memchr::memchr(b'\n', &bytes[at..to]) {
        let end = at + i;
        let start = memchr::memrchr(b'\n', &bytes[..end]).map_or(0, |s| s + 1);
        let next = &bytes[end + 1..];
        let rest = &next[..memchr::memchr(b'\n', next).unwrap_or(next.len())];
        if end - start > PARAGRAPH || rest.iter().all(u8::is_ascii_whitespace) {
            return true;
        }
        at = end + 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        quotes(text).pairs.iter().map(|p| &text[p.span().range()]).collect()
    }

    #[test]
    fn pairs_straight_and_typographic() {
        assert_eq!(found("She said “no” and \"yes\"."), ["“no”", "\"yes\""]);
        assert_eq!(found("“One two,\" he said. \"Three.”"), ["“One two,\"", "\"Three.”"]);
        assert_eq!(found("It is \"over.\"He left ‘it’."), ["\"over.\""]);
    }

    #[test]
    fn inches_and_open_paragraphs_do_not_close() {
        assert_eq!(found("“A 5\" pipe and a 7\" pipe,” he said."), ["“A 5\" pipe and a 7\" pipe,”"]);
        assert_eq!(found("“First paragraph.\n\n“Second paragraph, \"so\" he said."), ["\"so\""]);
    }

    #[test]
    fn apostrophes_are_counted_apart() {
        let text = "It’s Anna's and Bob's, 'really' so.";
        let quotes = quotes(text);
        assert_eq!((quotes.straight_apostrophes.len(), quotes.curly_apostrophes, quotes.singles.len()), (2, 1, 1));
    }

    #[test]
    fn one_style_needs_no_look() {
        assert!(quotes("\"a\" and 'b' isn't").pairs.is_empty());
    }
}
