//! Whether a text with many paragraphs in another language is in two languages on purpose: told by its shape, turn by turn,
//! one half after the other, each paragraph beside its partner.

use crate::{
    analysis::{paragraphs::trimmed, places::places},
    text::Span,
};
use std::collections::BTreeMap;

/// What language a paragraph is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Own,
    /// In another one, given by its tag.
    Other(&'static str),
    /// In another language, but not so surely that it would be reported.
    Leaning(&'static str),
    /// In no clear language.
    Unclear,
    /// In another language on purpose.
    Quoted,
}

impl Kind {
    /// What it is where the text's own language turns out to be that of the unclear paragraphs, and another one was `heard`.
    pub(super) fn turned(self, heard: &'static str) -> Kind {
        match self {
            Kind::Own => Kind::Other(heard),
            _ => Kind::Own,
        }
    }
}

/// What to say of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Nothing: it is in several languages on purpose, or in none.
    Silent,
    /// Each place for itself.
    Places,
    /// All places together: a large part of the text was left out of the translation.
    Together,
}

/// What the paragraphs of a text are, counted in order.
#[derive(Default)]
pub(super) struct Outline {
    own: usize,
    others: usize,
    unclear: usize,
    /// Whether the last one that is clear is in the text's own language, how often that changed, and where first.
    last: Option<bool>,
    changes: usize,
    change: usize,
}

impl Outline {
    pub(super) fn of(paragraphs: &[(Span, Kind)]) -> Outline {
        let mut outline = Outline::default();
        paragraphs.iter().for_each(|(span, kind)| outline.note(span.start, *kind));
        outline
    }

    fn note(&mut self, start: usize, kind: Kind) {
        match kind {
            Kind::Unclear => self.unclear += 1,
            Kind::Quoted => {}
            _ => self.note_clear(start, kind),
        }
    }

    fn note_clear(&mut self, start: usize, kind: Kind) {
        let own = kind == Kind::Own;
        self.own += usize::from(own);
        self.others += usize::from(!own);
        if self.last.replace(own).is_some_and(|last| last != own) {
            if self.changes == 0 {
                self.change = start;
            }
            self.changes += 1;
        }
    }

    /// Whether one language is the text's own beyond doubt.
    pub(super) fn is_clear(&self) -> bool {
        (self.others + self.unclear) * 3 <= self.own
    }

    /// Whether most of the text is in a language that its words do not tell.
    pub(super) fn is_unclear(&self) -> bool {
        self.unclear * 2 > self.own + self.others
    }

    /// Whether the language changes once, near the middle of a text of so many bytes: paragraphs that are not clear leave the
    /// place as it is.
    fn are_halves(&self, len: usize) -> bool {
        self.changes == 1 && (38..=62).contains(&(self.change * 100 / len.max(1)))
    }
}

/// Judges a text by its paragraphs, in order. They are asked for one by one only where one language is not the text's own
/// beyond doubt.
pub(super) fn verdict(prose: &str, paragraphs: &[(Span, Kind)]) -> Verdict {
    let outline = Outline::of(paragraphs);
    let Outline { own, others, unclear, .. } = outline;
    if own < 2 || outline.are_halves(prose.len()) {
        return Verdict::Silent;
    }
    if outline.is_clear() || others + unclear < 2 {
        return Verdict::Places;
    }
    // A list, a table, names: what little is clear says nothing about the rest.
    if others < 2 || outline.is_unclear() {
        return Verdict::Silent;
    }
    if others * 3 <= own {
        return Verdict::Places;
    }
    // What stayed untranslated is in the language of the source; a page for visitors from everywhere is in many.
    let mut languages: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, kind) in paragraphs {
        if let Kind::Other(language) | Kind::Leaning(language) = kind {
            *languages.entry(language).or_default() += 1;
        }
    }
    let most = languages.values().copied().max().unwrap_or(0);
    if most * 5 < others * 4 || others * 4 >= own * 3 || returns(paragraphs) || is_bilingual(prose, paragraphs) {
        Verdict::Silent
    } else {
        Verdict::Together
    }
}

/// Whether some paragraphs of a long text, whose function words are those of `heard`, say by themselves that nothing will be
/// reported: so much of it is in other languages, or so little in a clear one.
pub(super) fn is_mixed(some: &[(Span, Kind)], heard: &'static str) -> bool {
    const LEAST: usize = 24;
    let many = |outline: &Outline| outline.others >= LEAST && outline.others * 4 >= outline.own * 3;
    let outline = Outline::of(some);
    match outline.is_unclear() {
        false => many(&outline),
        // English paragraphs are reported in a language of which nothing is known.
        true if heard == "en" => {
            let turned: Vec<(Span, Kind)> = some.iter().map(|(span, kind)| (*span, kind.turned(heard))).collect();
            many(&Outline::of(&turned))
        }
        true => outline.unclear > outline.own + outline.others,
    }
}

/// A paragraph in a clear language.
struct Part<'t> {
    text: &'t str,
    start: usize,
    own: bool,
}

/// Neighbours in one language.
struct Run {
    first: usize,
    count: usize,
    bytes: usize,
    own: bool,
}

fn is_bilingual(prose: &str, paragraphs: &[(Span, Kind)]) -> bool {
    let clear =
        paragraphs.iter().filter(|(_, kind)| !matches!(kind, Kind::Unclear | Kind::Quoted)).map(|(span, kind)| Part {
            text: prose.get(span.range()).unwrap_or_default(),
            start: span.start,
            own: *kind == Kind::Own,
        });
    let clear: Vec<Part<'_>> = clear.collect();
    let mut runs: Vec<Run> = Vec::new();
    for (i, part) in clear.iter().enumerate() {
        match runs.last_mut() {
            Some(run) if run.own == part.own => {
                run.count += 1;
                run.bytes += part.text.len();
            }
            _ => runs.push(Run { first: i, count: 1, bytes: part.text.len(), own: part.own }),
        }
    }
    are_turns(&runs) || is_regular(&runs) || has_partners(&clear) || is_version(prose, &clear, &runs)
}

/// Whether every second, third or fourth paragraph is in the other language, whatever is not clear.
fn returns(paragraphs: &[(Span, Kind)]) -> bool {
    (2..=4).any(|step: usize| {
        let (mut agreed, mut clear, mut foreign) = (0, 0, 0);
        for phase in 0..step {
            let (mut own, mut other) = (0, 0);
            for (_, kind) in paragraphs.iter().skip(phase).step_by(step) {
                own += usize::from(*kind == Kind::Own);
                other += usize::from(matches!(kind, Kind::Other(_) | Kind::Leaning(_)));
            }
            agreed += own.max(other);
            clear += own + other;
            foreign += usize::from(other > own);
        }
        foreign > 0 && clear >= step * 3 && agreed * 100 >= clear * 85
    })
}

/// Whether each run has a partner of its own size beside it: paragraph by paragraph, section by section, two halves.
fn are_turns(runs: &[Run]) -> bool {
    let all: usize = runs.iter().map(|run| run.count).sum();
    // An introduction may stand before the first turn.
    let introduced = runs.split_first().filter(|(first, _)| first.count * 4 <= all).map(|(_, rest)| rest);
    [Some(runs), introduced].into_iter().flatten().any(|runs| {
        let pairs = runs.as_chunks::<2>().0;
        let alike = |[a, b]: &&[Run; 2]| {
            // A single pair is a pair only if the two are of one size.
            let least = if runs.len() == 2 { 15 } else { 12 };
            let near = |a: usize, b: usize| a.min(b) * 20 >= a.max(b) * least;
            near(a.count, b.count) && near(a.bytes, b.bytes)
        };
        let paired = pairs.iter().filter(alike).count();
        // And a last word behind the last one.
        paired * 4 >= runs.len().div_ceil(2) * 3 && paired * 2 + 2 >= runs.len()
    })
}

/// Whether the other language returns at regular steps: a text with its translation and a note on it.
fn is_regular(runs: &[Run]) -> bool {
    let usual = |own: bool| {
        let counts: Vec<usize> = runs.iter().filter(|run| run.own == own).map(|run| run.count).collect();
        let inner = counts.get(..counts.len().saturating_sub(usize::from(own))).unwrap_or_default();
        let most = inner.iter().map(|count| inner.iter().filter(|other| *other == count).count()).max().unwrap_or(0);
        most >= 3 && most * 5 >= inner.len() * 4
    };
    usual(true) && usual(false)
}

/// Whether the figures of a paragraph stand in its neighbour in the other language too.
fn has_partners(clear: &[Part<'_>]) -> bool {
    let (mut asked, mut paired) = (0, 0);
    for (i, part) in clear.iter().enumerate().filter(|(_, part)| !part.own) {
        let figures = figures(part.text);
        if figures.is_empty() {
            continue;
        }
        asked += 1;
        let beside = [i.checked_sub(1), Some(i + 1)].into_iter().flatten().filter_map(|i| clear.get(i));
        let shares = |other: &Part<'_>| {
            // Most are in neither: the others are looked at where one is.
            let theirs = if figures.iter().any(|figure| other.text.contains(figure)) {
                self::figures(other.text)
            } else {
                Vec::new()
            };
            figures.iter().filter(|figure| theirs.contains(figure)).count() * 3 >= figures.len() * 2
        };
        paired += usize::from(beside.filter(|other| other.own).any(shares));
    }
    asked >= 2 && paired * 3 >= asked * 2
}

/// Whether the other language is one block at an end with a heading or a rule of its own: a version of the text, a summary.
fn is_version(prose: &str, clear: &[Part<'_>], runs: &[Run]) -> bool {
    let second = match runs {
        [_, second] => second,
        _ => return false,
    };
    let Some(part) = clear.get(second.first) else { return false };
    let start = trimmed(prose, Span::new(part.start, part.start + part.text.len())).start;
    let above = prose.get(..start).unwrap_or_default().trim_end_matches([' ', '\t', '\n', '\r', crate::region::MASK]);
    let line = above.get(above.rfind('\n').map_or(0, |at| at + 1)..).unwrap_or_default().trim();
    let ends = line.ends_with(['.', '!', '?', '…', '。', '”', '"', '»', ',', ';']);
    line.chars().count() <= 60 && !ends
}

/// The numbers of a text, of two digits and more.
fn figures(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut end = 0;
    for at in places(text.as_bytes(), |b| b.is_ascii_digit()) {
        if at >= end {
            let len = text.as_bytes()[at..].iter().take_while(|b| b.is_ascii_digit()).count();
            end = at + len;
            found.extend(text.get(at..end).filter(|_| len > 1));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of paragraphs, one for each letter: `o` its own, `x` another language, `y` a third one, `-` none that is clear.
    fn judge(shape: &str) -> Verdict {
        judge_with(shape, |_| String::new())
    }

    fn judge_with(shape: &str, figures: impl Fn(usize) -> String) -> Verdict {
        let mut prose = String::new();
        let mut paragraphs = Vec::new();
        for (i, c) in shape.chars().enumerate() {
            let start = prose.len();
            prose.push_str(&format!(
                "words and {} more words of it, so that this is a paragraph of the text.",
                figures(i)
            ));
            let kind = match c {
                'o' => Kind::Own,
                'x' => Kind::Other("de"),
                'y' => Kind::Other("fr"),
                _ => Kind::Unclear,
            };
            paragraphs.push((Span::new(start, prose.len()), kind));
            prose.push_str("\n\n");
        }
        verdict(&prose, &paragraphs)
    }

    #[test]
    fn some_places_are_places() {
        for shape in ["ooxo", "oox", "oooxoooooxooo", "oooooooooxxx"] {
            assert_eq!(judge(shape), Verdict::Places, "{shape}");
        }
    }

    #[test]
    fn a_third_left_out_is_one_matter() {
        for shape in ["ooxoooxxoxoo", "ooooooxxx", "xxooooo", "oxxooooxo"] {
            assert_eq!(judge(shape), Verdict::Together, "{shape}");
        }
    }

    #[test]
    fn two_languages_on_purpose() {
        let shapes = [
            "oxoxoxox",
            "xoxoxo",
            "oxoxoxo",
            "ooxxooxx",
            "ooooxxxx",
            "xxxxooooo",
            "oooxxxooxx",
            "ooxooxooxoox",
            "oxyoxyo",
            "o-x-o-",
            "ox",
            "----oxxoo",
        ];
        for shape in shapes {
            assert_eq!(judge(shape), Verdict::Silent, "{shape}");
        }
    }

    #[test]
    fn partners_share_their_figures() {
        // Each paragraph in the other language has the figure of the one before it.
        let shape = "oxoooxoxoo";
        let number = |i: usize| (100 + shape[..=i].matches('o').count()).to_string();
        assert_eq!(judge_with(shape, number), Verdict::Silent);
        assert_eq!(judge_with(shape, |i| (100 + i).to_string()), Verdict::Together);
    }
}
