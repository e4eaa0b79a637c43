//! A word cut into letters and runs of one script.

use crate::{
    text::Span,
    unicode::{Script, flag, props},
};

/// A letter with its marks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Letter<'t> {
    pub(super) text: &'t str,
    pub(super) base: char,
    pub(super) script: Script,
}

/// A word of two scripts or more.
#[derive(Debug)]
pub(super) struct Word<'t> {
    pub(super) text: &'t str,
    pub(super) span: Span,
    pub(super) letters: Vec<Letter<'t>>,
    /// The scripts, the most frequent first.
    pub(super) scripts: Vec<(Script, usize)>,
}

/// Neighbouring letters of one script.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run<'a, 't> {
    pub(super) script: Script,
    pub(super) letters: &'a [Letter<'t>],
}

impl<'t> Word<'t> {
    pub(super) fn new(text: &'t str, span: Span) -> Word<'t> {
        let mut letters: Vec<Letter<'t>> = Vec::new();
        let mut scripts: Vec<(Script, usize)> = Vec::new();
        let mut open: Option<(usize, char, Script)> = None;
        let close = |letters: &mut Vec<Letter<'t>>, open: Option<(usize, char, Script)>, end: usize| {
            if let (Some((start, base, script)), true) = (open, end > 0) {
                letters.push(Letter { text: &text[start..end], base, script });
            }
        };
        for (at, c) in text.char_indices() {
            let p = props(c);
            if !p.is_letter() && open.is_some() {
                continue;
            }
            close(&mut letters, open, at);
            open = Some((at, c, p.script()));
        }
        close(&mut letters, open, text.len());
        for letter in letters.iter().filter(|l| l.script.is_real()) {
            match scripts.iter_mut().find(|(s, _)| *s == letter.script) {
                Some((_, n)) => *n += 1,
                None => scripts.push((letter.script, 1)),
            }
        }
        scripts.sort_by_key(|&(_, n)| std::cmp::Reverse(n));
        Word { text, span, letters, scripts }
    }

    pub(super) fn count(&self, script: Script) -> usize {
        self.scripts.iter().find(|(s, _)| *s == script).map_or(0, |&(_, n)| n)
    }

    /// The letters run by run; letters of no script of their own go with the run before.
    pub(super) fn runs(&self) -> Vec<Run<'_, 't>> {
        let mut runs: Vec<(Script, usize, usize)> = Vec::new();
        for (i, letter) in self.letters.iter().enumerate() {
            match runs.last_mut() {
                Some(last) if last.0 == letter.script || !letter.script.is_real() => last.2 = i + 1,
                Some(last) if !last.0.is_real() => *last = (letter.script, last.1, i + 1),
                _ => runs.push((letter.script, i, i + 1)),
            }
        }
        let run = |(script, start, end): (Script, usize, usize)| Run { script, letters: &self.letters[start..end] };
        runs.into_iter().map(run).collect()
    }

    pub(super) fn all_caps(&self) -> bool {
        self.letters.len() > 1 && self.letters.iter().all(|l| is_upper(l.base))
    }

    /// Upper case beyond the first letter, in a word that is not all upper case.
    pub(super) fn camel(&self) -> bool {
        !self.all_caps() && self.letters.iter().skip(1).any(|l| is_upper(l.base))
    }
}

impl Run<'_, '_> {
    pub(super) fn text(&self) -> String {
        self.letters.iter().map(|l| l.text).collect()
    }
    pub(super) fn len(&self) -> usize {
        self.letters.len()
    }
    pub(super) fn all_caps(&self) -> bool {
        self.letters.iter().all(|l| is_upper(l.base))
    }
    pub(super) fn all_lower(&self) -> bool {
        self.letters.iter().all(|l| !is_upper(l.base))
    }
    pub(super) fn bases(&self) -> impl Iterator<Item = char> {
        self.letters.iter().map(|l| l.base)
    }
}

pub(super) fn is_upper(c: char) -> bool {
    props(c).any(flag::UPPER)
}

/// The alphabets whose letters stand in for one another.
pub(super) fn is_alphabet(script: Script) -> bool {
    matches!(script, Script::Latin | Script::Cyrillic | Script::Greek | Script::Armenian)
}
