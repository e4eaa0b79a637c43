//! What the function words of a paragraph say about its language.

use super::{COUNT, LANES, Reader};
use crate::text::Span;

/// What a paragraph's words say.
pub(crate) struct Paragraph {
    pub(crate) span: Span,
    pub(crate) words: usize,
    pub(crate) hits: [u8; LANES],
    /// It is clearly in the text's own language; the rest of it was not read.
    pub(crate) own: bool,
}

/// Shorter paragraphs are not judged.
const LEAST: usize = 20;
/// So many words of a paragraph are looked at.
const SAMPLE: usize = 48;

impl Paragraph {
    /// Looks at the first words of a paragraph; `None` where it is short.
    pub(crate) fn read(words: &mut Reader<'_>, span: Span, main: Option<usize>) -> Option<Paragraph> {
        let mut paragraph = Paragraph { span, words: 0, hits: [0; LANES], own: false };
        words.begin(span);
        while paragraph.words < SAMPLE {
            let Some(more) = words.next_part() else { break };
            let half = (paragraph.words < SAMPLE / 2) & (paragraph.words + more >= SAMPLE / 2);
            paragraph.words += more;
            words.hits().for_each(|hits| paragraph.note(hits));
            if let Some(main) = main
                && (paragraph.is_in(main) || half && paragraph.leans_to(main))
            {
                paragraph.own = true;
                return Some(paragraph);
            }
            // Names, figures, a list: the rest will hardly say more. Nor does it where another language is beyond doubt.
            if half && (paragraph.hits.iter().all(|hits| *hits < 2) || main.is_some_and(|main| paragraph.leaves(main)))
            {
                break;
            }
        }
        (paragraph.words >= LEAST).then_some(paragraph)
    }
    /// Counts a word for the languages that it speaks for. Never inlined: only by itself it becomes vectors.
    #[inline(never)]
    fn note(&mut self, hits: &[u8; LANES]) {
        for (sum, hit) in self.hits.iter_mut().zip(hits) {
            *sum += *hit;
        }
    }
    /// Whether no language is ahead of this one: half of the words say so, and no other can then win by a wide margin.
    fn leans_to(&self, main: usize) -> bool {
        let own = self.hits[main];
        own >= 2 && self.hits.iter().all(|hits| *hits <= own)
    }
    /// Whether a third of the words is another language's, and none the text's own.
    fn leaves(&self, main: usize) -> bool {
        let most = self.hits.iter().copied().max().unwrap_or(0);
        self.hits[main] == 0 && usize::from(most) * 3 >= self.words
    }
    /// Whether what was read so far is clearly in a language: three of its words, and two more than of any other.
    fn is_in(&self, main: usize) -> bool {
        let own = self.hits[main];
        own >= 3 && self.hits.iter().map(|hits| u8::from(hits + 2 > own)).sum::<u8>() == 1
    }
    /// The language that most of the function words speak for, with their share of all words; `None` where two are
    /// equally likely or nothing is known.
    pub(crate) fn best(&self) -> Option<(usize, f32)> {
        let best = (0..COUNT).max_by_key(|&i| self.hits[i])?;
        let hits = self.hits[best];
        let second = (0..COUNT).filter(|&i| i != best).map(|i| self.hits[i]).max()?;
        let share = f32::from(hits) / self.words.max(1) as f32;
        (hits >= 4 && share >= 0.12 && hits > second).then_some((best, share))
    }
}
