//! Facts that several checks need, each computed once, when first asked for.

pub(crate) mod around;
mod blocks;
mod hidden;
mod joints;
mod language;
pub(crate) mod names;
pub(crate) mod paragraphs;
pub(crate) mod places;
pub(crate) mod prints;
mod quotes;
mod repeats;
mod says;
mod scan;
mod scripts;
mod signals;
pub(crate) mod sounds;
pub(crate) mod stop_words;
pub(crate) mod wider;
mod words;

pub use blocks::Blocks;
pub use hidden::Hidden;
pub use joints::Joint;
pub(crate) use language::{certain_language, is_certainly, tag as language_tag};
pub use names::{Name, Names};
pub use quotes::{QuotePair, Quotes};
pub use repeats::Repeat;
pub(crate) use scripts::word_at;
pub use scripts::{Letters, Profile};
pub use signals::Signals;
pub use words::{Word, words};
pub(crate) use words::{is_alphabetic, is_alphanumeric, is_word_char};

use crate::text::Span;
use joints::Pairs;
use paragraphs::Paragraphs;
use std::sync::OnceLock;
use stop_words::{Ear, Speech};

/// The facts of one document.
#[derive(Default)]
pub struct Facts {
    signals: OnceLock<Blocks>,
    hidden: OnceLock<Vec<Hidden>>,
    language: OnceLock<Option<String>>,
    words: OnceLock<Vec<Word>>,
    lines: OnceLock<Vec<Span>>,
    opaque: OnceLock<Vec<Span>>,
    profile: OnceLock<Profile>,
    scripts: OnceLock<Profile>,
    mixed_words: OnceLock<Vec<Span>>,
    pub(crate) mixed: OnceLock<Vec<crate::check::Mixed>>,
    /// Words whose accents stand beside their letters.
    pub(crate) detached: OnceLock<Vec<crate::check::Detached>>,
    pub(crate) bare: OnceLock<Option<crate::check::Bare>>,
    /// What was read through a wrong decoder and then written in escapes.
    pub(crate) coded: OnceLock<Vec<crate::check::Coded>>,
    /// The numbers of the lines whose edges are those of a label.
    pub(crate) labelled: OnceLock<Vec<u32>>,
    pairs: OnceLock<Pairs>,
    quotes: OnceLock<Quotes>,
    names: OnceLock<Names>,
    passed: OnceLock<(Vec<Repeat>, Option<Speech>)>,
    repairs: OnceLock<Vec<crate::repair::Repair>>,
    lost: OnceLock<Vec<crate::repair::Named>>,
    escapes: OnceLock<Vec<crate::repair::Escaped>>,
}

impl Facts {
    /// Which kinds of characters stand in which blocks of the text.
    pub fn signals(&self, text: &str) -> &Blocks {
        self.signals.get_or_init(|| Blocks::scan(text))
    }
    /// Every hidden character of the text, odd spaces apart.
    pub fn hidden(&self, text: &str) -> &[Hidden] {
        self.hidden.get_or_init(|| hidden::hidden(text, self.signals(text)))
    }
    /// The language of most of the prose, as a BCP 47 primary tag; `None` where unsure.
    pub fn language(&self, prose: &str) -> Option<&str> {
        self.language.get_or_init(|| language::of_document(prose)).as_deref()
    }
    /// What was read through a wrong decoder. `language`: the text's, if that is asked for.
    pub fn repairs<'l>(&self, text: &str, language: impl FnOnce() -> Option<&'l str>) -> &[crate::repair::Repair] {
        self.repairs.get_or_init(|| crate::repair::repairs_in(text, self.signals(text), language))
    }
    /// Damage that nobody can undo.
    pub fn lost(&self, text: &str) -> &[crate::repair::Named] {
        self.lost.get_or_init(|| crate::repair::named(text, self.signals(text), self.lines(text)))
    }
    /// Escapes of characters beyond ASCII, in order; those apart that lost a sign.
    pub(crate) fn escapes(&self, prose: &str) -> &[crate::repair::Escaped] {
        self.escapes.get_or_init(|| crate::repair::escapes(prose))
    }
    /// The words of the prose: runs of letters and marks.
    pub fn words(&self, prose: &str) -> &[Word] {
        self.words.get_or_init(|| words(prose))
    }
    /// The lines, without their line ends.
    pub fn lines(&self, text: &str) -> &[Span] {
        self.lines.get_or_init(|| {
            // Few texts have shorter lines: most are not copied while the list grows.
            let mut lines = Vec::with_capacity(text.len() / 128 + 8);
            let mut start = 0;
            for end in places::places(text.as_bytes(), |b| b == b'\n').chain(std::iter::once(text.len())) {
                let cut = if end > start && text.as_bytes()[end - 1] == b'\r' { end - 1 } else { end };
                lines.push(Span::new(start, cut));
                start = end + 1;
            }
            lines
        })
    }
    /// Words and phrases that stand twice or more in a row.
    pub fn repeats(&self, prose: &str) -> &[Repeat] {
        &self.pass(prose).0
    }
    /// How the text speaks; `None` where its language is not known by its function words, or it has one paragraph only.
    pub(crate) fn speech(&self, prose: &str) -> Option<&Speech> {
        self.pass(prose).1.as_ref()
    }
    /// The pass over all words.
    fn pass(&self, prose: &str) -> &(Vec<Repeat>, Option<Speech>) {
        self.passed.get_or_init(|| {
            let ear = Ear::for_text(prose, Paragraphs::of(self.lines(prose)));
            let (repeats, counts) = repeats::repeats(prose, ear);
            (repeats, ear.map(|ear| Speech::new(ear, counts)))
        })
    }
    /// Tokens that are not words although letters stand in them: URLs, e-mail addresses, paths, file names, hashes.
    pub fn opaque(&self, prose: &str) -> &[Span] {
        self.opaque.get_or_init(|| words::opaque(prose))
    }
    /// The scripts and letters of the prose, or of the first part of a long one.
    pub fn profile(&self, prose: &str) -> &Profile {
        self.profile.get_or_init(|| Profile::of(&prose[..around::boundary_after(prose, Self::PROFILED)]))
    }
    /// So many bytes of a long text are looked at for its profile.
    pub(crate) const PROFILED: usize = 256 << 10;
    /// The scripts of the prose, of a long one by pieces from all its parts: their shares are as in all of it, about.
    pub(crate) fn scripts(&self, prose: &str) -> &Profile {
        const PIECES: usize = 64;
        const PIECE: usize = 256;
        if prose.len() <= PIECES * PIECE * 4 {
            return self.profile(prose);
        }
        self.scripts.get_or_init(|| Profile::of(&around::pieces(prose, PIECES, PIECE).collect::<String>()))
    }
    /// The words in which two scripts meet: candidates for the checks of scripts.
    pub(crate) fn mixed_words(&self, text: &str, prose: &str) -> &[Span] {
        self.mixed_words.get_or_init(|| scripts::mixed_words(prose, self.signals(text)))
    }
    /// Punctuation that is followed at once by something other than a blank, in order.
    pub fn joints(&self, prose: &str) -> &[(usize, Joint)] {
        &self.pairs(prose).joints
    }
    /// Where a hyphen stands before a blank, in order.
    pub(crate) fn hyphens(&self, prose: &str) -> &[usize] {
        &self.pairs(prose).hyphens
    }
    /// Where a hyphen stands behind an `l`, as in the Arabic article, in order.
    pub(crate) fn articles(&self, prose: &str) -> &[usize] {
        &self.pairs(prose).articles
    }
    /// Where `GMT` or `UTC` stands, the time zone that all others are counted from, in order.
    pub(crate) fn zones(&self, prose: &str) -> &[usize] {
        &self.pairs(prose).zones
    }
    fn pairs(&self, prose: &str) -> &Pairs {
        self.pairs.get_or_init(|| joints::pairs(prose))
    }
    /// The quotation marks of a text that has both straight and typographic ones; empty otherwise.
    pub fn quotes(&self, prose: &str) -> &Quotes {
        self.quotes.get_or_init(|| quotes::quotes(prose))
    }
    /// Capitalised words with their particles, in order. For texts of an article's size: see [`Facts::is_article`].
    pub fn names(&self, prose: &str) -> &Names {
        self.names.get_or_init(|| names::names(prose))
    }
    /// Whether a text is short enough to compare its names and words with each other. A book has too many of both:
    /// different people with like names, and a cost that a reader would notice.
    pub fn is_article(prose: &str) -> bool {
        prose.len() <= 256 * 1024
    }
    /// Whether a span touches an opaque token.
    pub fn is_opaque(&self, prose: &str, span: Span) -> bool {
        // Few are asked about in most texts: all tokens of the text need not be known for them.
        if self.opaque.get().is_none()
            && let Some(is_opaque) = words::is_opaque(prose, span)
        {
            return is_opaque;
        }
        words::touches(self.opaque(prose), span)
    }
}

/// Whether a character is a combining mark.
pub(crate) fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}
