//! Where accents stand alone beside letters.

use super::signs::{begins_sign, is_below, is_latin, is_mark, mark_of, weight};
use crate::{
    analysis::{
        around::{char_after, char_before},
        places::list_beginnings,
    },
    text::Span,
};

/// On which side of the accent its letter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// The letter comes first: `Bu¨rger`.
    Before,
    /// The accent comes first: `Universit¨at`.
    After,
}

/// How much a sign means an accent by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It is nothing else inside a word: `¨`, `ˇ`, `¸`.
    Plain,
    /// It may be an apostrophe: `´`.
    Acute,
    /// It is used for much else: `` ` ``, `^`, `~`.
    Ascii,
}

/// An accent that stands beside a letter.
#[derive(Clone, Debug)]
pub(super) struct Site {
    /// The sign; with the blank before it where it is a combining mark.
    pub(super) span: Span,
    pub(super) sign: char,
    /// The combining mark that the sign stands for.
    pub(super) mark: char,
    pub(super) kind: Kind,
    /// The letter right before it.
    pub(super) before: Option<char>,
    /// The letter right after it, or after it and one blank, and where it is.
    pub(super) after: Option<(usize, char)>,
    /// Whether a blank stands between the sign and that letter.
    pub(super) gap: bool,
    /// How likely the letters bear the mark.
    pub(super) weights: [u8; 2],
}

impl Site {
    pub(super) fn weight(&self, side: Side) -> u8 {
        self.weights[usize::from(side == Side::After)]
    }
    /// Between two letters.
    pub(super) fn is_inner(&self) -> bool {
        self.before.is_some() && self.after.is_some()
    }
    /// The side on which the letter must stand, as far as the two letters say.
    pub(super) fn certain(&self) -> Option<Side> {
        let [before, after] = self.weights;
        if before >= after + 2 {
            Some(Side::Before)
        } else if after >= before + 2 || before == 0 && after > 0 {
            Some(Side::After)
        } else {
            (after == 0 && before > 0).then_some(Side::Before)
        }
    }
    pub(super) fn is_below(&self) -> bool {
        is_below(self.mark)
    }
}

/// The accents beyond ASCII in a part of the text.
pub(super) fn plain(prose: &str, part: Span, sites: &mut Vec<Site>) {
    let Some(bytes) = prose.as_bytes().get(part.range()) else { return };
    for at in list_beginnings(bytes, begins_sign) {
        sites.extend(site(prose, part.start + at));
    }
}

/// Those of ASCII.
pub(super) fn ascii(prose: &str, part: Span, sites: &mut Vec<Site>) {
    let Some(bytes) = prose.as_bytes().get(part.range()) else { return };
    for at in memchr::memchr3_iter(b'`', b'^', b'~', bytes) {
        sites.extend(site(prose, part.start + at).filter(|s| !s.gap));
    }
}

/// Grave accents of ASCII between letters.
pub(super) fn graves(prose: &str, part: Span, sites: &mut Vec<Site>) {
    let Some(bytes) = prose.as_bytes().get(part.range()) else { return };
    let is_letter =
        |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(|b| b.is_ascii_alphabetic() || *b >= 0x80);
    for at in memchr::memchr_iter(b'`', bytes) {
        if is_letter(at.checked_sub(1)) && is_letter(Some(at + 1)) {
            sites.extend(site(prose, part.start + at).filter(|s| s.is_inner() && !s.gap));
        }
    }
}

/// The accent at a place, if letters touch it. The weights are not known yet.
fn site(prose: &str, at: usize) -> Option<Site> {
    let first = char_after(prose, at)?;
    let (sign, mark, len) = if first == ' ' {
        let mark = char_after(prose, at + 1).filter(|c| is_mark(*c))?;
        (mark, mark, 1 + mark.len_utf8())
    } else {
        (first, mark_of(first)?, first.len_utf8())
    };
    let span = Span::new(at, at + len);
    let latin = |c: Option<char>| c.filter(|c| is_latin(*c));
    let next = char_after(prose, span.end);
    let previous = char_before(prose, at);
    let before = latin(previous);
    let mut after = latin(next).map(|c| (span.end, c));
    let mut gap = false;
    if next == Some(' ') && (before.is_some() || previous.is_none_or(opens)) {
        after = latin(char_after(prose, span.end + 1)).map(|c| (span.end + 1, c));
        // A word that goes on goes on in small letters, or all of it is in capitals.
        let fits = |(at, c): (usize, char)| match before {
            Some(b) if c.is_uppercase() => {
                b.is_uppercase() && char_after(prose, at + c.len_utf8()).is_some_and(char::is_uppercase)
            }
            _ => true,
        };
        after = after.filter(|a| fits(*a));
        gap = after.is_some();
    }
    if before.is_none() && (after.is_none() || !previous.is_none_or(opens)) {
        return None;
    }
    if before.is_some() && after.is_none() && !next.is_none_or(closes) {
        return None;
    }
    let kind = match sign {
        '´' => Kind::Acute,
        c if c.is_ascii() => Kind::Ascii,
        _ => Kind::Plain,
    };
    Some(Site { span, sign, mark, kind, before, after, gap, weights: [0; 2] })
}

/// Whether a word may begin behind a character.
fn opens(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | '[' | '«' | '“' | '„' | '"' | '‘' | '\'' | '’' | '-' | '–' | '—' | '¿' | '¡')
}

/// Whether a word may end before a character.
fn closes(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            ')' | ']' | '»' | '”' | '“' | '"' | '’' | '\'' | '-' | '–' | '—' | ',' | '.' | ';' | ':' | '!' | '?'
        )
}

impl Site {
    /// Asks the letters how likely they bear the mark.
    pub(super) fn weigh(&mut self, lang: Option<&str>) {
        let of = |c: Option<char>| c.map_or(0, |c| weight(c, self.mark, lang));
        self.weights = [of(self.before), of(self.after.map(|a| a.1))];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sides(text: &str) -> Vec<Option<Side>> {
        let mut sites = Vec::new();
        plain(text, Span::new(0, text.len()), &mut sites);
        sites.iter_mut().for_each(|s| s.weigh(None));
        sites.iter().map(Site::certain).collect()
    }

    #[test]
    fn the_letters_say_the_side() {
        assert_eq!(sides("Universit¨at d´em M¨ unchen"), [Some(Side::After); 3]);
        assert_eq!(sides("Bu¨rger Cafe´."), [Some(Side::Before); 2]);
        assert_eq!(sides("Citro¨en"), [None]);
        assert_eq!(sides("M ̈unchen, Bu ̈rger"), [Some(Side::After), Some(Side::Before)]);
        assert!(sides("15˚C, ´x´, (´) ˇ 5 ¨").iter().all(Option::is_none));
    }
}
