//! Words with accents beside their letters, and what the accents of a whole text say about each other.

use super::super::language;
use super::{
    apostrophe::{has_vowel, is_accent, is_certain, is_possible},
    signs::{is_latin, is_own, mark_of, with_mark},
    sites::{Kind, Side, Site},
};
use crate::{repair::letters::Letters, text::Span};
use std::rc::Rc;

/// A run of letters and accents; a blank behind an accent does not end it.
#[derive(Debug)]
pub(super) struct Chunk {
    pub(super) sites: Vec<Site>,
    /// Where its letters begin, and where those end that touch the last accent.
    pub(super) span: Span,
    /// The language of its line.
    pub(super) lang: Option<Rc<str>>,
}

/// Puts accents, in order, into words.
pub(super) fn chunks(prose: &str, sites: Vec<Site>) -> Vec<Chunk> {
    let mut chunks: Vec<Chunk> = Vec::new();
    for site in sites {
        let from = site.after.map_or(site.span.end, |a| a.0);
        let rest = prose.get(from..).unwrap_or_default();
        let end = from + rest.find(|c| !is_latin(c)).unwrap_or(rest.len());
        if let Some(last) = chunks.last_mut()
            && last.span.end >= site.span.start
        {
            last.span.end = end;
            last.sites.push(site);
            continue;
        }
        let head = prose.get(..site.span.start).unwrap_or_default();
        let start = head.char_indices().rev().take_while(|c| is_latin(c.1)).last().map_or(site.span.start, |c| c.0);
        chunks.push(Chunk { sites: vec![site], span: Span::new(start, end), lang: None });
    }
    chunks
}

impl Chunk {
    pub(super) fn lang(&self) -> Option<&str> {
        self.lang.as_deref()
    }
    /// The letters before and after one of its accents, up to the next ones.
    pub(super) fn parts<'p>(&self, prose: &'p str, index: usize) -> (&'p str, &'p str) {
        let neighbour = |i: Option<usize>| i.and_then(|i| self.sites.get(i));
        let Some(site) = self.sites.get(index) else { return ("", "") };
        let start = neighbour(index.checked_sub(1)).map_or(self.span.start, |s| s.after.map_or(s.span.end, |a| a.0));
        let from = site.after.map_or(site.span.end, |a| a.0);
        let end = neighbour(index.checked_add(1)).map_or(self.span.end, |s| s.span.start.max(from));
        (prose.get(start..site.span.start).unwrap_or(""), prose.get(from..end).unwrap_or(""))
    }
    /// How many accents it has, if all whose letters say so stand on one side of them; 0 otherwise.
    pub(super) fn agreeing(&self) -> usize {
        let mut sides = self.sites.iter().filter_map(Site::certain);
        let Some(first) = sides.next() else { return 0 };
        if sides.all(|s| s == first) { self.sites.len() } else { 0 }
    }
    /// The word with all its accents on one side; `None` where a letter cannot bear one.
    fn repaired(&self, prose: &str, side: Side) -> Option<String> {
        let mut text = String::new();
        let mut at = self.span.start;
        for site in &self.sites {
            text.push_str(prose.get(at..site.span.start)?);
            at = site.span.end;
            match side {
                Side::Before => {
                    text.pop();
                    text.push(with_mark(site.before?, site.mark, self.lang())?);
                    at += usize::from(site.gap);
                }
                Side::After => {
                    let (from, c) = site.after?;
                    text.push(with_mark(c, site.mark, self.lang())?);
                    at = from + c.len_utf8();
                }
            }
        }
        text.push_str(prose.get(at..self.span.end)?);
        Some(text)
    }
    /// Letters of the word.
    pub(super) fn letters(&self, prose: &str) -> usize {
        prose.get(self.span.range()).unwrap_or("").chars().filter(|c| is_latin(*c)).count()
    }
}

/// For how many accents the letter stands before or after.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Votes {
    sides: [u32; 2],
    /// Accents before a blank that no letter before them can bear, less those that a word begins with: these may be
    /// quotation marks, and the others close them.
    gaps: i32,
    /// Accents between letters of which none bears them.
    strange: u32,
}

impl Votes {
    /// The side on which the letters of a text stand, and how many accents say so.
    pub(super) fn side(self) -> Option<(Side, u32)> {
        let [before, after] = self.sides;
        let (side, more, less) =
            if before > after { (Side::Before, before, after) } else { (Side::After, after, before) };
        if more == 0 && self.gaps > 2 {
            return Some((Side::After, 1));
        }
        (more > 0 && less * 4 <= more && self.strange * 2 <= more).then_some((side, more))
    }
    /// Whether nothing speaks against it.
    pub(super) fn are_clear(self) -> bool {
        let [before, after] = self.sides;
        (before.min(after) + self.strange) * 20 <= before.max(after)
    }
}

/// What all accents of a text say.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Evidence {
    above: Votes,
    below: Votes,
    /// Acute accents that are apostrophes.
    pub(super) apostrophes: u32,
    /// Whether the text has real apostrophes between letters.
    pub(super) has_apostrophe: bool,
}

impl Evidence {
    pub(super) fn of(prose: &str, chunks: &[Chunk]) -> Evidence {
        let mut all = Evidence::default();
        for chunk in chunks {
            let agreeing = chunk.agreeing();
            for (i, site) in chunk.sites.iter().enumerate() {
                let (head, tail) = chunk.parts(prose, i);
                let votes = if site.is_below() { &mut all.below } else { &mut all.above };
                if site.gap && site.weight(Side::Before) == 0 && site.weight(Side::After) > 0 {
                    votes.gaps += 1;
                } else if !site.is_inner() && site.kind != Kind::Ascii {
                    votes.gaps -= 1;
                }
                if site.kind == Kind::Acute && i == 0 && is_certain(site, head, tail, chunk.lang()) {
                    all.apostrophes += 1;
                } else if site.is_inner() && !site.gap && site.weights == [0, 0] {
                    votes.strange += 1;
                } else if speaks(site, head, tail, chunk, agreeing, prose)
                    && let Some(side) = site.certain()
                {
                    votes.sides[usize::from(side == Side::After)] += 1;
                }
            }
        }
        all.has_apostrophe = !chunks.is_empty() && has_apostrophe(prose);
        all
    }
    pub(super) fn votes(&self, site: &Site) -> Votes {
        if site.is_below() { self.below } else { self.above }
    }
}

/// Whether an accent says for itself on which side its letter stands.
fn speaks(site: &Site, head: &str, tail: &str, chunk: &Chunk, agreeing: usize, prose: &str) -> bool {
    if !site.is_inner() || chunk.letters(prose) < 4 {
        return false;
    }
    if site.gap && !goes_on(site, head, tail, chunk) {
        return false;
    }
    match site.kind {
        Kind::Plain => true,
        Kind::Acute => is_accent(site, head, tail, chunk.lang(), agreeing),
        // At the end of a word where the language has the letter: `universit`a`, `perch`e`.
        Kind::Ascii => {
            let own = site.after.and_then(|(_, c)| is_own(c, site.mark, chunk.lang()));
            site.sign == '`'
                && tail.chars().nth(1).is_none()
                && own == Some(true)
                && !is_possible(site, head, tail, chunk.lang())
        }
    }
}

/// Whether a word goes on behind the blank after its accent: what stands before is none by itself, nor what stands behind.
fn goes_on(site: &Site, head: &str, tail: &str, chunk: &Chunk) -> bool {
    // Of one small letter with an accent behind it formulas are made.
    let is_part = head.len() > 1 || head.chars().all(char::is_uppercase);
    let bears = site.weight(Side::Before) == 0 && site.weight(Side::After) > 0;
    bears && is_part && !has_vowel(head) && !language::is_common(tail, chunk.lang())
}

/// Whether letters have an apostrophe between them somewhere.
fn has_apostrophe(prose: &str) -> bool {
    let between = |at: usize, len: usize| {
        let (before, after) = (prose.get(..at), prose.get(at + len..));
        before.is_some_and(|b| b.ends_with(is_latin))
            && after.is_some_and(|a| a.starts_with(|c| is_latin(c) || mark_of(c).is_some()))
    };
    memchr::memmem::find_iter(prose.as_bytes(), "’").any(|at| between(at, 3))
        || memchr::memchr_iter(b'\'', prose.as_bytes()).any(|at| between(at, 1))
}

/// The side on which an accent's letter stands, and whether that is sure; `None` where it is no accent.
pub(super) fn resolve(prose: &str, chunk: &Chunk, index: usize, all: &Evidence) -> Option<(Side, bool)> {
    let site = chunk.sites.get(index)?;
    let (head, tail) = chunk.parts(prose, index);
    let votes = all.votes(site);
    let text = votes.side();
    let strong = |least: u32| text.is_some_and(|(_, n)| n >= least) && votes.are_clear();
    let with_text = |least: u32| {
        let (side, _) = text.filter(|(_, n)| *n >= least)?;
        (site.weight(side) > 0).then_some(side)
    };
    let own = |side| site.weight(side) > 2;
    // A text that has it for the apostrophe has it for little else.
    if site.kind != Kind::Plain && all.apostrophes > 0 && text.is_none_or(|(_, n)| n < all.apostrophes * 4) {
        return None;
    }
    if !site.is_inner() {
        // A quotation mark more often than an accent, unless the text has shown it.
        let side = if site.before.is_none() { Side::After } else { Side::Before };
        let known = with_text(if site.kind == Kind::Plain { 1 } else { 2 }).filter(|s| *s == side);
        // The others of its word stand on this side.
        let inner = |s: &Site| s.is_inner() && !s.gap && s.certain() == Some(side);
        if known.is_none() && own(side) && chunk.agreeing() > 1 && chunk.sites.iter().any(inner) {
            return Some((side, false));
        }
        let known = known?;
        // One that stands by itself is shown, or belongs to the word behind it as it does inside other words.
        if site.gap {
            let listed = prose.get(..site.span.start).is_some_and(|t| t.trim_end().ends_with(|c| mark_of(c).is_some()));
            return (own(side) && votes.gaps > 0 && !listed).then_some((known, false));
        }
        let usual = site.kind != Kind::Ascii || own(side) && site.sign == '`' && !quotes(prose, chunk);
        return usual.then_some((known, strong(3) && site.kind != Kind::Ascii));
    }
    if site.gap {
        if site.kind == Kind::Plain && goes_on(site, head, tail, chunk) {
            return Some((Side::After, text.is_some_and(|t| t.0 == Side::After) && strong(2)));
        }
        let known = with_text(1)?;
        return Some((known, strong(4) && known == Side::After && site.weight(Side::Before) == 0));
    }
    let mut known = None;
    if site.kind != Kind::Plain {
        // Two or more in a word are no apostrophes.
        let needed = if site.kind == Kind::Ascii { 2 } else { 1 };
        if site.kind == Kind::Ascii && !text.is_some_and(|t| own(t.0)) {
            return None;
        }
        let word = chunk.agreeing() > 1;
        if is_possible(site, head, tail, chunk.lang()) && index == 0 {
            let apart = all.has_apostrophe || word || text.is_some_and(|(_, n)| n > 1);
            if all.apostrophes > 0 || !apart {
                return None;
            }
            return Some((with_text(needed)?, strong(8)));
        }
        if site.kind == Kind::Ascii || !is_accent(site, head, tail, chunk.lang(), chunk.agreeing()) {
            if let Some(side) = with_text(needed) {
                return Some((side, strong(4)));
            }
            // Both letters are the language's: an accent, whichever bears it.
            let own = site.kind == Kind::Acute && site.weights == [3, 3] && all.apostrophes == 0;
            return own.then(|| likelier(prose, chunk)).flatten().map(|side| (side, false));
        }
    }
    if let Some(side) = site.certain() {
        // Another letter is likelier than another side.
        let against = text.is_some_and(|(s, _)| s != side);
        let least = if site.kind == Kind::Plain { 1 } else { 2 };
        let sure = text.is_some_and(|(_, n)| n >= least) && votes.are_clear();
        known = Some(if against { (with_text(2).unwrap_or(side), false) } else { (side, sure) });
    }
    known.or_else(|| with_text(1).map(|side| (side, strong(3)))).or_else(|| {
        let both = site.weights[0] > 0 && site.weights[1] > 0;
        both.then(|| likelier(prose, chunk)).flatten().map(|side| (side, false))
    })
}

/// Whether a quotation mark closes behind the word: `` `so' ``.
fn quotes(prose: &str, chunk: &Chunk) -> bool {
    prose.get(chunk.span.end..).is_some_and(|rest| rest.starts_with(['\'', '’', '"', '´', ')', '(', ']']))
}

/// So much likelier, in eighths of a bit, must a word be than with its accents on the other letters.
const LIKELIER: i32 = 32;

/// On which side of the letters of a word its accents are, as far as the language's spelling says.
fn likelier(prose: &str, chunk: &Chunk) -> Option<Side> {
    let cost = |side| Letters::get().spelling(&chunk.repaired(prose, side)?.to_lowercase(), chunk.lang()?);
    match (cost(Side::Before), cost(Side::After)) {
        (Some(before), Some(after)) if before + LIKELIER <= after => Some(Side::Before),
        (Some(before), Some(after)) if after + LIKELIER <= before => Some(Side::After),
        (Some(_), None) => Some(Side::Before),
        (None, Some(_)) => Some(Side::After),
        _ => None,
    }
}
