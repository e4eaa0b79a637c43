//! What stands round a word: the scripts of its neighbours, its paragraph and its document, and their language.

use super::{
    super::{alphabets::Languages, language},
    codepage,
};
use crate::{
    analysis::{Profile, around::boundary_after, stop_words::Own, word_at},
    check::Context,
    text::{Mixing, Span},
    unicode::{Script, props},
};
use std::{
    cell::{Cell, OnceCell, RefCell},
    collections::{HashMap, HashSet},
    hash::BuildHasher,
    rc::Rc,
};

/// What the words of one document share: the guess for the last line, and the languages that its letters allow.
#[derive(Default)]
pub(in super::super) struct Shared {
    guess: RefCell<Option<(Span, Option<String>)>>,
    /// The function words of the document's language.
    own: OnceCell<Option<Own>>,
    languages: RefCell<Vec<Known>>,
    /// The code pages that the document's other words prove.
    proven: OnceCell<Option<codepage::Pages>>,
    /// The hashes of the words with which the document begins, once they have been asked for often.
    words: OnceCell<HashSet<u64, Mixing>>,
    asked: Cell<u32>,
}

/// A script and the language guessed, and the languages that the whole document's letters allow then.
type Known = ((Script, Option<String>), Rc<Languages>);

/// The surroundings of one word.
pub(in super::super) struct Around<'c, 'd> {
    cx: &'c Context<'d>,
    /// The text of the word's line, cut to a few hundred bytes on both sides.
    pub(in super::super) line: Span,
    /// The nearest words of one script, before and after, nearest first.
    pub(in super::super) before: Vec<(Script, &'d str)>,
    pub(in super::super) after: Vec<(Script, &'d str)>,
    paragraph: OnceCell<Profile>,
    word: Span,
    shared: &'c Shared,
}

/// How far round a word its neighbours are looked for.
const REACH: usize = 400;

impl<'c, 'd> Around<'c, 'd> {
    pub(in super::super) fn new(cx: &'c Context<'d>, word: Span, shared: &'c Shared) -> Around<'c, 'd> {
        let line = line_round(cx.prose(), word);
        let (before, after) = neighbours(cx.prose(), line, word, 4);
        Around { cx, line, before, after, paragraph: OnceCell::new(), word, shared }
    }

    pub(in super::super) fn line_text(&self) -> &'d str {
        self.cx.prose().get(self.line.range()).unwrap_or("")
    }

    /// The letters of the line without the word.
    pub(in super::super) fn paragraph(&self) -> &Profile {
        self.paragraph.get_or_init(|| {
            let prose = self.cx.prose();
            let before = prose.get(self.line.start..self.word.start).unwrap_or("");
            let after = prose.get(self.word.end..self.line.end).unwrap_or("");
            Profile::of(&format!("{before} {after}"))
        })
    }

    pub(in super::super) fn document(&self) -> &'d Profile {
        self.cx.facts().profile(self.cx.prose())
    }

    /// The code pages that the document's other words prove.
    pub(in super::super) fn proven(&self) -> Option<codepage::Pages> {
        *self.shared.proven.get_or_init(|| codepage::proven(self.cx))
    }

    /// The script that the neighbours use: of the nearest words, else of the line, else of the document.
    pub(in super::super) fn script(&self) -> Option<Script> {
        let near = |list: &[(Script, &str)]| list.first().map(|(s, _)| *s);
        let (before, after) = (near(&self.before), near(&self.after));
        if let (Some(a), Some(b)) = (before, after)
            && a == b
        {
            return Some(a);
        }
        let mut votes: HashMap<Script, usize> = HashMap::new();
        for (script, _) in self.before.iter().chain(&self.after) {
            *votes.entry(*script).or_default() += 1;
        }
        let total: usize = votes.values().sum();
        if let Some((script, n)) = votes.into_iter().max_by_key(|(s, n)| (*n, *s as u8))
            && n * 3 >= total * 2
        {
            return Some(script);
        }
        self.paragraph().main().or_else(|| self.document().main())
    }

    /// The likely language of the paragraph.
    pub(in super::super) fn guess(&self) -> Option<String> {
        let mut last = self.shared.guess.borrow_mut();
        if let Some((line, guess)) = &*last
            && line.contains(self.word)
        {
            return guess.clone();
        }
        // Where the paragraph is in the document's language beyond doubt, its words need not be looked up in all of them.
        let (prose, given) = (self.cx.prose(), language::given(self.cx));
        let own = self.shared.own.get_or_init(|| self.cx.lang().and_then(Own::of_tag));
        let guess = match self.cx.lang() {
            Some(lang) if given.is_none() && own.as_ref().is_some_and(|own| own.speaks_for(prose, self.line)) => {
                Some(lang.to_owned())
            }
            _ => language::guess(self.cx, self.line_text()),
        };
        *last = Some((self.line, guess.clone()));
        guess
    }

    /// The languages that the document's letters of a script allow.
    pub(in super::super) fn languages(&self, script: Script) -> Rc<Languages> {
        let guess = self.guess();
        let given = language::given(self.cx);
        if self.document().count(script) < 20 {
            return Rc::new(Languages::of(self.paragraph().letters(), script, given, guess.as_deref()));
        }
        let key = (script, guess);
        if let Some((_, known)) = self.shared.languages.borrow().iter().find(|(k, _)| *k == key) {
            return Rc::clone(known);
        }
        let found = Rc::new(Languages::of(self.document().letters(), script, given, key.1.as_deref()));
        self.shared.languages.borrow_mut().push((key, Rc::clone(&found)));
        found
    }

    /// Whether the document is in a language of the Caucasus that has the palochka.
    pub(in super::super) fn has_palochka(&self) -> bool {
        super::super::digit_letter::has_palochka(self.cx)
    }

    /// Whether a word stands elsewhere in the document.
    pub(in super::super) fn stands_elsewhere(&self, word: &str) -> bool {
        let prose = self.cx.prose();
        let head = &prose[..boundary_after(prose, 256 << 10)];
        // A few words are searched for; a list of all words is for a text with many damaged ones.
        const OFTEN: u32 = 32;
        self.shared.asked.set(self.shared.asked.get().saturating_add(1));
        if self.shared.asked.get() > OFTEN {
            let hash = |word: &str| Mixing::default().hash_one(word);
            let is_word = |c: char| props(c).is_letter() || props(c).is_mark();
            let all = || head.split(|c| !is_word(c)).filter(|w| !w.is_empty()).map(hash).collect();
            return self.shared.words.get_or_init(all).contains(&hash(word));
        }
        memchr::memmem::find_iter(head.as_bytes(), word.as_bytes())
            .take(8)
            .any(|at| head.is_char_boundary(at) && word_at(head, at) == Span::new(at, at + word.len()))
    }

    /// The character right before and right after the word.
    pub(in super::super) fn edges(&self) -> (Option<char>, Option<char>) {
        let prose = self.cx.prose();
        let before = prose.get(..self.word.start).and_then(|t| t.chars().next_back());
        let after = prose.get(self.word.end..).and_then(|t| t.chars().next());
        (before, after)
    }
}

/// The line that a span lies in, cut to [`REACH`] bytes on both sides.
pub(in super::super) fn line_round(text: &str, word: Span) -> Span {
    let bytes = text.as_bytes();
    let low = word.start.saturating_sub(REACH);
    let high = (word.end + REACH).min(bytes.len());
    let start = memchr::memrchr(b'\n', &bytes[low..word.start]).map_or(low, |i| low + i + 1);
    let end = memchr::memchr(b'\n', &bytes[word.end..high]).map_or(high, |i| word.end + i);
    let start = (start..=word.start).find(|&i| text.is_char_boundary(i)).unwrap_or(word.start);
    let end = (word.end..=end).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(word.end);
    Span::new(start, end)
}

/// Words of one script each, with it.
type Words<'t> = Vec<(Script, &'t str)>;

/// Up to `most` words of one script before and after a span, nearest first.
pub(in super::super) fn neighbours(text: &str, line: Span, word: Span, most: usize) -> (Words<'_>, Words<'_>) {
    let is_word = |c: char| {
        let p = props(c);
        p.is_letter() || p.is_mark()
    };
    let pure = |w: &str| {
        let mut scripts = w.chars().map(|c| props(c).script()).filter(|s| s.is_real());
        let first = scripts.next()?;
        scripts.all(|s| s == first || is_cjk(s) && is_cjk(first)).then_some(first)
    };
    let left = text.get(line.start..word.start).unwrap_or("");
    let right = text.get(word.end..line.end).unwrap_or("");
    let keep = |w: &&str| !w.is_empty();
    let before = left.rsplit(|c| !is_word(c)).filter(keep).filter_map(|w| Some((pure(w)?, w))).take(most).collect();
    let after = right.split(|c| !is_word(c)).filter(keep).filter_map(|w| Some((pure(w)?, w))).take(most).collect();
    (before, after)
}

pub(in super::super) fn is_cjk(script: Script) -> bool {
    use Script::{Bopomofo, Han, Hangul, Hiragana, Katakana};
    matches!(script, Han | Hiragana | Katakana | Hangul | Bopomofo)
}
