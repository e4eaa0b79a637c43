//! Names: words with a capital inside a sentence, with the particles that belong to them.

use super::{
    around::{char_after, char_before},
    places::{beginnings, runs},
    prints::Prints,
    words::is_alphabetic,
};
use crate::{
    region::MASK,
    text::Span,
    unicode::{flag, props},
};
use std::sync::OnceLock;

/// A capitalised word, with what is joined to it by a hyphen or an apostrophe: `al-Jaafari`, `O’Brien`. What stands before it
/// is looked at when it is asked for: most names of a text are compared with each other only.
#[derive(Clone, Copy, Debug)]
pub struct Name {
    /// Where; a possessive `’s` is not part of it.
    pub span: Span,
    /// Where the name before it in the list ends.
    before: Option<usize>,
}

impl Name {
    /// Whether it stands at the start of a sentence or a line, where any word has a capital. `prose` is the text that the
    /// names are of, here and below.
    pub fn starts(&self, prose: &str) -> bool {
        let particle = self.particle(prose);
        starts_sentence(prose, if particle.is_empty() { self.span.start } else { particle.start })
    }
    /// Whether the name before it in the list is the word before it in the text, a particle between them at most.
    pub fn follows(&self, prose: &str) -> bool {
        let Some(before) = self.before else { return false };
        match prose.get(before..self.span.start) {
            Some(" ") => return true,
            Some(gap) if (2..=LONGEST_PARTICLE + 2).contains(&gap.len()) => {}
            _ => return false,
        }
        let particle = before_particle(prose, before, self.span.start);
        !particle.is_empty() && prose.get(before..particle.start) == Some(" ")
    }
    /// The particle between it and the word before, with its blank: `de `; empty when there is none.
    pub fn particle(&self, prose: &str) -> Span {
        before_particle(prose, self.before.unwrap_or(0), self.span.start)
    }
}

/// The names of a text, and which words stand in it in lower case.
#[derive(Debug, Default)]
pub struct Names {
    /// In order.
    pub list: Vec<Name>,
    /// The longer ASCII words in lower case; made when first asked for.
    seen: OnceLock<Prints>,
}

/// Bits for words in lower case: an article has some thousand different ones, so that few are taken for another.
const BITS: usize = 1 << 16;

impl Names {
    /// Whether all ASCII words of a phrase stand in the text in lower case, somewhere; now and then said of one that
    /// doesn't. `prose` is the text that the names are of.
    pub fn may_hold(&self, prose: &str, phrase: &str) -> bool {
        let mut words = phrase.split(|c: char| !c.is_ascii_lowercase()).filter(|w| !w.is_empty());
        words.all(|w| self.has(prose, w.as_bytes()))
    }
    /// Whether a capitalised word also stands in the text in lower case; now and then said of one that doesn't. `prose` is
    /// the text that the names are of.
    pub fn is_common_word(&self, prose: &str, word: &str) -> bool {
        self.has(prose, word.to_ascii_lowercase().as_bytes())
    }
    fn has(&self, prose: &str, word: &[u8]) -> bool {
        if word.len() < SHORTEST {
            return true;
        }
        self.seen.get_or_init(|| lower_case(prose.as_bytes())).may_have(word)
    }
}

/// Shorter words are not kept: nearly all stand in every text.
const SHORTEST: usize = 4;

/// All ASCII words in lower case.
fn lower_case(bytes: &[u8]) -> Prints {
    let mut seen = Prints::new(BITS);
    runs(
        bytes,
        |b| b.is_ascii_lowercase(),
        |start, end| {
            if end - start >= SHORTEST {
                seen.add(&bytes[start..end]);
            }
        },
    );
    seen
}

/// As [`Names::is_common_word`], exactly: for a text of which only a few words are asked.
pub(crate) fn stands_small(prose: &str, word: &str) -> bool {
    let small = word.to_ascii_lowercase();
    let is_letter = |at: Option<usize>| at.and_then(|at| prose.as_bytes().get(at)).is_some_and(u8::is_ascii_lowercase);
    let mut places = memchr::memmem::find_iter(prose.as_bytes(), small.as_bytes());
    places.any(|at| !is_letter(at.checked_sub(1)) && !is_letter(Some(at + small.len())))
}

/// The names of a text.
pub(super) fn names(prose: &str) -> Names {
    let mut list: Vec<Name> = Vec::with_capacity(prose.len() / 128);
    scan(prose, |_| false, |span| list.push(Name { span, before: list.last().map(|n| n.span.end) }));
    Names { list, seen: OnceLock::new() }
}

/// The names that [`Name::starts`] may say `false` of: all but those that two bytes before them show to begin a line or a
/// sentence.
pub(crate) fn inside_sentences<'t>(prose: &'t str, mut then: impl FnMut(&'t str)) {
    let byte = |at: Option<usize>| at.and_then(|at| prose.as_bytes().get(at)).copied().unwrap_or(b'\n');
    let ends = |b: u8| matches!(b, b'.' | b'!' | b'?' | b':' | b';' | b'\n' | b'\r' | b'|' | b'*' | b'>');
    let begins = |at: usize| {
        let before = byte(at.checked_sub(1));
        ends(before) || before == b' ' && ends(byte(at.checked_sub(2)))
    };
    scan(prose, begins, |span| then(&prose[span.range()]));
}

/// Goes through the names of a text, in order; `is_none` says at which capitals none is looked for.
fn scan(prose: &str, is_none: impl Fn(usize) -> bool, mut then: impl FnMut(Span)) {
    let mut done = 0;
    beginnings(prose.as_bytes(), may_be_capital, |at| {
        if at < done || is_none(at) || !char_after(prose, at).is_some_and(is_capital) {
            return;
        }
        let span = token(prose, at, done);
        // A possessive ending is not part of it, and holds no other.
        done = span.end;
        then(span);
    });
}

/// As [`char::is_uppercase`], which searches for letters beyond ASCII.
fn is_capital(c: char) -> bool {
    props(c).any(flag::UPPER) || !props(c).is_letter() && c.is_uppercase()
}

/// Whether four bytes may begin with a capital: none of the alphabets that most small letters are of, and of no script that
/// has one case only.
fn may_be_capital([a, b, ..]: [u8; 4]) -> bool {
    let latin = (a == 0xC3) & (b >= 0x9F);
    let greek = ((a == 0xCE) & (b >= 0xB0)) | ((a == 0xCF) & (b <= 0x8E));
    let cyrillic = ((a == 0xD0) & (b >= 0xB0)) | ((a == 0xD1) & (b < 0xA0));
    let caseless = (0xD7..=0xE0).contains(&a) | (0xE3..=0xE9).contains(&a) | (0xEB..=0xED).contains(&a);
    let punctuation = (a == 0xE2) & (b == 0x80);
    a.is_ascii_uppercase() | ((a > 0xC2) & !(latin | greek | cyrillic | caseless | punctuation))
}

/// The whole token round a capital: letters, and hyphens and apostrophes between letters.
fn token(prose: &str, capital: usize, least: usize) -> Span {
    let bytes = prose.as_bytes();
    // Most names stand behind a blank.
    let is_blank = |b: u8| b.is_ascii() && !b.is_ascii_alphabetic() && !joins(char::from(b));
    let start = match capital.checked_sub(1).and_then(|at| bytes.get(at)) {
        Some(before) if !is_blank(*before) => token_start(prose, capital, least),
        _ => capital,
    };
    let mut end = capital;
    loop {
        end = letters_end(bytes, end);
        let Some(c) = char_after(prose, end) else { break };
        let next = end + c.len_utf8();
        if !(is_inner(c) || joins(c) && char_after(prose, next).is_some_and(is_alphabetic)) {
            break;
        }
        end = next;
    }
    let text = &prose[start..end];
    let own = ["'s", "’s"].iter().find_map(|s| text.strip_suffix(s)).map_or(text.len(), str::len);
    Span::new(start, start + own)
}

fn token_start(prose: &str, capital: usize, least: usize) -> usize {
    let mut start = capital;
    for (i, c) in prose[..capital].char_indices().rev() {
        if i < least || !(is_inner(c) || joins(c)) {
            break;
        }
        start = i;
    }
    start + prose[start..capital].find(is_alphabetic).unwrap_or(capital - start)
}

fn joins(c: char) -> bool {
    matches!(c, '-' | '\'' | '’' | 'ʼ' | 'ʿ' | 'ʾ' | '‘' | '`')
}

fn is_inner(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphabetic() } else { props(c).any(flag::LETTER | flag::MARK) }
}

/// Where the letters end that their first two bytes tell: those of most names.
fn letters_end(bytes: &[u8], mut at: usize) -> usize {
    loop {
        let next = bytes.get(at + 1).copied().unwrap_or(0);
        at += match bytes.get(at) {
            Some(b'a'..=b'z' | b'A'..=b'Z') => 1,
            Some(0xC4..=0xC9 | 0xD0 | 0xD1) => 2,
            Some(0xC3) if !matches!(next, 0x97 | 0xB7) => 2,
            Some(0xCE) if next >= 0x91 && next != 0xA2 => 2,
            Some(0xCF) if next != 0xB6 => 2,
            _ => return at,
        };
    }
}

/// The particles of names that are written in lower case.
const PARTICLES: &[&str] = &[
    "de", "di", "da", "do", "dos", "del", "della", "den", "der", "des", "du", "la", "le", "van", "von", "zu", "bin",
    "ibn", "bint", "abu", "al", "el", "ul", "af", "av", "ter", "ten",
];

const LONGEST_PARTICLE: usize = 5;

/// The particle that ends at `to`.
fn before_particle(prose: &str, from: usize, to: usize) -> Span {
    let none = Span::new(to, to);
    let Some(gap) = prose.get(from..to) else { return none };
    let Some(words) = gap.strip_suffix(' ') else { return none };
    let start = words.rfind(|c: char| !c.is_ascii_lowercase()).map_or(0, |i| i + 1);
    let Some(word) = words.get(start..) else { return none };
    if PARTICLES.contains(&word) && (start == 0 || words[..start].ends_with(' ')) {
        return Span::new(from + start, to);
    }
    none
}

fn starts_sentence(prose: &str, at: usize) -> bool {
    let head =
        prose[..at].trim_end_matches(['"', '“', '”', '‘', '’', '\'', '«', '»', '(', '[', ' ', '\u{A0}', '—', '–', '-']);
    let ends =
        |c: char| matches!(c, '.' | '!' | '?' | '…' | ':' | ';' | '\n' | '\r' | '|' | '•' | '*' | '·' | '>' | MASK);
    head.chars().next_back().is_none_or(ends)
        || char_before(prose, at).is_some_and(|c| matches!(c, '“' | '"' | '‘' | '\'' | '«'))
}

/// Whether a word is a common first word of English sentences, rather than a name.
pub(crate) fn starts_sentences(word: &str) -> bool {
    SENTENCE_STARTS.binary_search(&word).is_ok()
}

/// Common first words of English sentences, sorted.
static SENTENCE_STARTS: &[&str] = &[
    "A",
    "According",
    "After",
    "All",
    "Also",
    "Although",
    "An",
    "And",
    "Another",
    "As",
    "At",
    "Because",
    "Before",
    "But",
    "By",
    "Despite",
    "During",
    "Each",
    "Earlier",
    "Even",
    "Every",
    "For",
    "From",
    "He",
    "Her",
    "Here",
    "His",
    "How",
    "However",
    "I",
    "If",
    "In",
    "Instead",
    "It",
    "Its",
    "Last",
    "Later",
    "Many",
    "Meanwhile",
    "More",
    "Moreover",
    "Most",
    "My",
    "No",
    "Not",
    "Now",
    "On",
    "Once",
    "One",
    "Only",
    "Or",
    "Other",
    "Our",
    "Please",
    "She",
    "Since",
    "So",
    "Some",
    "Such",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "Though",
    "Through",
    "Thus",
    "To",
    "Today",
    "Two",
    "Under",
    "Until",
    "We",
    "What",
    "When",
    "Where",
    "Whether",
    "Which",
    "While",
    "Who",
    "Why",
    "With",
    "Without",
    "Yet",
    "You",
    "Your",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::places::beginning_of;

    #[test]
    fn capitals_are_those_of_unicode() {
        for c in (0..=0x10_FFFF).filter_map(char::from_u32) {
            // Unicode may have gone on since the standard library was made.
            assert!(is_capital(c) == (c.is_uppercase() || props(c).any(flag::UPPER)), "{c}");
        }
    }

    #[test]
    fn names_with_particles() {
        let text = "Yesterday Anna de Vries met Omar al-Ja'afari and O’Brien's son in Al-Bab.";
        let found: Vec<_> = names(text).list.iter().map(|n| &text[n.span.range()]).collect();
        assert_eq!(found, ["Yesterday", "Anna", "Vries", "Omar", "al-Ja'afari", "O’Brien", "Al-Bab"]);
        let vries = &names(text).list[2];
        assert_eq!(
            (&text[vries.particle(text).range()], vries.follows(text), vries.starts(text)),
            ("de ", true, false)
        );
        assert!(names(text).list[0].starts(text));
        assert!(PARTICLES.iter().all(|particle| particle.len() <= LONGEST_PARTICLE));
        assert!(names(text).is_common_word(text, "Met") && !names(text).is_common_word(text, "Vries"));
        assert!(stands_small(text, "Met") && !stands_small(text, "Vries") && !stands_small(text, "Ester"));
    }

    #[test]
    fn no_capital_is_passed_over() {
        for c in (char::MIN..=char::MAX).filter(|c| c.is_uppercase()) {
            assert!(may_be_capital(beginning_of(c)), "{c}");
        }
    }

    #[test]
    fn letters_that_two_bytes_tell() {
        for c in (char::MIN..=char::MAX).filter(|c| !is_inner(*c)) {
            assert_eq!(letters_end(c.to_string().as_bytes(), 0), 0, "{c}");
        }
        let letters = "Oświęcim Ναύπλιο Їжакевич Éire".split(' ');
        letters.for_each(|word| assert_eq!(letters_end(word.as_bytes(), 0), word.len(), "{word}"));
    }
}
