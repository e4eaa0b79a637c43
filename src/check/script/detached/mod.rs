//! Accents that stand beside their letters, as text copied from a page that draws them by themselves has them.
//!
//! On which side a letter stands is said by all the words of a text together: in most of them only one of the two letters
//! beside an accent can bear it.

mod apostrophe;
mod signs;
mod sites;
mod words;

use crate::{
    analysis::{Signals, around::line_of},
    check::Context,
    repair::letters::Letters,
    text::Span,
    unicode::props,
};
use sites::{Kind, Side, Site};
use std::rc::Rc;
use words::{Chunk, Evidence};

/// A word whose accents stand beside its letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Detached {
    /// The word as it stands, blanks behind its accents included.
    pub(crate) span: Span,
    /// The word with its letters.
    pub(crate) text: String,
    /// The first of its accents.
    pub(crate) sign: char,
    /// Whether it can be nothing else.
    pub(crate) sure: bool,
}

/// The words of a text whose accents stand beside their letters.
pub(super) fn all<'d>(cx: &Context<'d>) -> &'d [Detached] {
    cx.facts().detached.get_or_init(|| find(cx))
}

fn find(cx: &Context<'_>) -> Vec<Detached> {
    let prose = cx.prose();
    let mut sites = Vec::new();
    for block in cx.blocks(Signals::MODIFIER.or(Signals::ORPHAN_MARK)) {
        sites::plain(prose, block, &mut sites);
    }
    for block in cx.blocks(Signals::BACKTICK) {
        sites::graves(prose, block, &mut sites);
    }
    if sites.is_empty() {
        return Vec::new();
    }
    sites.sort_by_key(|s| s.span.start);
    let chunks = weighed(cx, sites.clone());
    let mut evidence = Evidence::of(prose, &chunks);
    // The signs of ASCII mean much else; they are looked at where the others have shown what happened.
    let sides = sites.iter().filter_map(|s| evidence.votes(s).side());
    let Some(most) = sides.map(|(_, n)| n).max() else { return words(cx, &chunks, &evidence) };
    if most < 2 {
        return words(cx, &chunks, &evidence);
    }
    sites.retain(|s| s.kind != Kind::Ascii);
    for block in cx.blocks(Signals::BACKTICK) {
        sites::ascii(prose, block, &mut sites);
    }
    sites.sort_by_key(|s| s.span.start);
    let chunks = weighed(cx, sites);
    evidence.apostrophes += Evidence::of(prose, &chunks).apostrophes - evidence.apostrophes;
    words(cx, &chunks, &evidence)
}

/// The words of some accents, each with the language of its line, and every accent weighed by it.
fn weighed(cx: &Context<'_>, mut sites: Vec<Site>) -> Vec<Chunk> {
    let prose = cx.prose();
    sites.iter_mut().for_each(|s| s.weigh(None));
    let mut chunks = words::chunks(prose, sites.clone());
    let mut line: Option<(Span, Option<Rc<str>>)> = None;
    for chunk in chunks.iter_mut().filter(|c| c.sites.len() <= MOST) {
        let known = line.as_ref().is_some_and(|(span, _)| span.contains(chunk.span));
        if !known {
            let span = line_of(prose, chunk.span);
            let from = sites.partition_point(|s| s.span.start < span.start);
            let own = sites.get(from..).unwrap_or_default();
            let own = own.get(..own.partition_point(|s| s.span.end <= span.end)).unwrap_or_default();
            let text = likely(prose, span, own);
            let lang = super::language::guess(cx, &text).filter(|lang| {
                // A list of names is in no language.
                let of_text = prose.len() > LONG && cx.lang() == Some(lang);
                cx.settings.lang.is_some() || of_text || super::language::hits(&text, lang) > 1
            });
            line = Some((span, lang.map(Rc::from)));
        }
        chunk.lang = line.as_ref().and_then(|l| l.1.clone());
        let lang = chunk.lang.clone();
        chunk.sites.iter_mut().for_each(|s| s.weigh(lang.as_deref()));
    }
    // Vietnamese is typed with such signs behind the letters.
    chunks.retain(|c| c.lang() != Some("vi") && c.sites.len() <= MOST && !is_data(cx, c));
    chunks
}

/// No word has more accents.
const MOST: usize = 16;

/// The language of a text of so many bytes is that of its lines.
const LONG: usize = 1000;

/// A line with the letters that are certain in any language, and without the other accents: so its words tell its language.
fn likely(prose: &str, line: Span, sites: &[Site]) -> String {
    let mut text = String::new();
    let mut at = line.start;
    for site in sites.iter().filter(|s| !s.gap) {
        text.push_str(prose.get(at..site.span.start).unwrap_or(""));
        at = site.span.end;
        match (site.certain(), site.before, site.after) {
            (Some(Side::Before), Some(c), _) => {
                text.pop();
                text.extend(signs::with_mark(c, site.mark, None));
            }
            (Some(Side::After), _, Some((from, c))) => {
                text.extend(signs::with_mark(c, site.mark, None));
                at = from + c.len_utf8();
            }
            _ => {}
        }
    }
    text.push_str(prose.get(at..line.end).unwrap_or(""));
    text
}

/// Whether the letters are no word of prose: an address, TeX, a formula, code.
fn is_data(cx: &Context<'_>, chunk: &Chunk) -> bool {
    let prose = cx.prose();
    let before = prose.get(..chunk.span.start).and_then(|t| t.chars().next_back());
    let after = prose.get(chunk.span.end..).and_then(|t| t.chars().next());
    let odd = |c: char| {
        matches!(c, '\\' | '$' | '_' | '{' | '}' | '=' | '<' | '>' | '@' | '#' | '\u{1}')
            || c.is_numeric()
            || props(c).is_letter()
            || signs::mark_of(c).is_some()
    };
    before.is_some_and(odd) || after.is_some_and(odd) || cx.facts().is_opaque(prose, chunk.span)
}

/// The repaired words.
fn words(cx: &Context<'_>, chunks: &[Chunk], evidence: &Evidence) -> Vec<Detached> {
    let prose = cx.prose();
    let mut found = Vec::new();
    for chunk in chunks {
        if chunk.sites.iter().any(|s| s.sign == '`') && has_code(prose, chunk.span) {
            continue;
        }
        repair(prose, chunk, evidence, &mut found);
    }
    found
}

/// Whether the line has a backtick that closes code.
fn has_code(prose: &str, span: Span) -> bool {
    let line = prose.get(super::mixed::around::line_round(prose, span).range()).unwrap_or("");
    memchr::memchr_iter(b'`', line.as_bytes()).any(|at| {
        let (before, after) = (line.get(..at).unwrap_or(""), line.get(at + 1..).unwrap_or(""));
        before.ends_with(|c: char| !c.is_whitespace() && c != '\'' && c != '’') && !after.starts_with(signs::is_latin)
    })
}

/// A word that is being put together.
struct Draft {
    start: usize,
    text: String,
    sign: Option<char>,
    sure: bool,
    /// How many accents of the text show the side.
    shown: u32,
}

impl Draft {
    fn at(start: usize) -> Draft {
        Draft { start, text: String::new(), sign: None, sure: true, shown: 0 }
    }
    fn finish(self, prose: &str, end: usize, chunk: &Chunk, found: &mut Vec<Detached>) {
        let Draft { start, text, sign, sure, shown } = self;
        let Some(sign) = sign else { return };
        let span = Span::new(start, end);
        let lang = chunk.lang();
        if !is_word(&text, lang, shown) || prose.get(span.range()) == Some(text.as_str()) {
            return;
        }
        found.push(Detached { span, text, sign, sure });
    }
}

/// Whether the letters make a word of some language, or may: not `xô`, from a formula.
fn is_word(text: &str, lang: Option<&str>, shown: u32) -> bool {
    let count = text.chars().count();
    let own = |c: char| lang.is_some_and(|lang| super::has_letter(lang, c));
    if count < 4 {
        return shown > 3 || text.chars().all(|c| c.is_ascii() || own(c));
    }
    Letters::get().oddness(&text.to_lowercase(), lang) <= ODD
}

/// Bits a letter, in eighths, above what words cost on average.
const ODD: i32 = 20;

/// Whether the letter is one in one language and another in the next: the Turkish `ş` and the Romanian `ș`.
fn is_two_letters(site: &Site, letter: char, lang: Option<&str>) -> bool {
    site.mark == '\u{327}' && matches!(letter, 's' | 'S') && lang.is_none()
}

fn repair(prose: &str, chunk: &Chunk, evidence: &Evidence, found: &mut Vec<Detached>) {
    let mut draft = Draft::at(chunk.span.start);
    let mut at = chunk.span.start;
    for (i, site) in chunk.sites.iter().enumerate() {
        draft.text.push_str(prose.get(at..site.span.start).unwrap_or(""));
        let lang = chunk.lang();
        let side = words::resolve(prose, chunk, i, evidence);
        draft.shown = draft.shown.max(evidence.votes(site).side().map_or(0, |(_, n)| n));
        let letter = |c: Option<char>| c.and_then(|c| signs::with_mark(c, site.mark, lang));
        match side {
            Some((Side::Before, sure)) if letter(site.before).is_some() => {
                draft.text.pop();
                draft.text.extend(letter(site.before));
                draft.sign.get_or_insert(site.sign);
                draft.sure &= sure && !site.before.is_some_and(|c| is_two_letters(site, c, lang));
                at = site.span.end;
                if let Some((next, _)) = site.after.filter(|_| site.gap) {
                    std::mem::replace(&mut draft, Draft::at(next)).finish(prose, at, chunk, found);
                    at = next;
                }
            }
            Some((Side::After, sure)) if letter(site.after.map(|a| a.1)).is_some() => {
                let Some((next, c)) = site.after else { continue };
                draft.text.extend(letter(Some(c)));
                draft.sign.get_or_insert(site.sign);
                draft.sure &= sure && !is_two_letters(site, c, lang);
                at = next + c.len_utf8();
            }
            // One that is no accent, or may be one: nothing of the word is repaired.
            _ if site.kind != Kind::Ascii && (site.is_inner() && !site.gap || site.weights != [0, 0]) => return,
            _ => {
                let next = site.after.map_or(site.span.end, |a| a.0);
                std::mem::replace(&mut draft, Draft::at(next)).finish(prose, site.span.start, chunk, found);
                at = next;
            }
        }
    }
    draft.text.push_str(prose.get(at..chunk.span.end).unwrap_or(""));
    draft.finish(prose, chunk.span.end, chunk, found);
}
