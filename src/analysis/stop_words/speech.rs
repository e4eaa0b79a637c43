//! In which language a text speaks, place by place: counted for all words in the pass that looks for repeated ones, and
//! so almost for nothing.

use super::{LANES, LANGUAGES, Paragraph, Reader, number};
use crate::{
    analysis::paragraphs::{Paragraphs, trimmed},
    text::Span,
};
use std::sync::OnceLock;

/// What a word says where one language is the text's own: 0 for almost all words.
pub(crate) struct Ear {
    language: usize,
    /// By the word's place: [`OWN`] or [`FOREIGN`].
    says: [u8; PLACES],
}

/// Words that speak for another language in the list but are frequent in this one too: they say nothing here.
static SHARED: &[(&str, &str)] = &[
    ("en", "a on"),
    ("de", "es um"),
    ("fr", "de un en si il a"),
    ("es", "de a o no si este"),
    ("it", "e i a o se al su lo"),
    ("pt", "de a se"),
    ("nl", "als om dan kan er je"),
    ("sv", "i du"),
    ("da", "i du der kun"),
    ("nb", "i du din kun"),
    ("pl", "jako o"),
    ("cs", "po ve"),
    ("sk", "nie"),
    ("hu", "ha"),
    ("ro", "se al ale"),
    ("ru", "до то"),
    ("sr", "са из до"),
];

const PLACES: usize = 1 << 14;
/// A function word of the text's own language.
const OWN: u8 = 1;
/// One of another language, and not of the own one. Sixty-four bytes have thirty-two words at most.
const FOREIGN: u8 = 1 << 6;
/// So many bytes are counted together.
pub(crate) const STEP: usize = 64;
/// So many of these counts are enough to know a paragraph.
const ENOUGH: usize = 6;

/// So few foreign words among those of [`ENOUGH`] counts do not make another language.
const LEAST: u32 = 4;

impl Ear {
    /// For the language that the first paragraphs of a text are in; `None` for one whose function words are not known.
    pub(crate) fn for_text(prose: &str, paragraphs: Paragraphs<'_>) -> Option<&'static Ear> {
        const FIRST: usize = 40;
        paragraphs.clone().nth(1)?;
        let mut words = Reader::new(prose);
        let mut sum = [0usize; LANES];
        let mut read = |span| Paragraph::read(&mut words, trimmed(prose, span), None);
        for p in paragraphs.filter_map(&mut read).take(FIRST) {
            for (total, hits) in sum.iter_mut().zip(p.hits) {
                *total += usize::from(hits);
            }
        }
        let language = (0..LANGUAGES.len()).max_by_key(|&i| sum[i])?;
        (sum[language] >= 8).then(|| Ear::of(language))
    }

    fn of(language: usize) -> &'static Ear {
        static EARS: [OnceLock<Box<Ear>>; LANES] = [const { OnceLock::new() }; LANES];
        EARS[language % LANES].get_or_init(|| {
            let mut ear = Box::new(Ear { language, says: [0; PLACES] });
            let words = |i: usize| LANGUAGES[i].1.split(' ').filter(|w| w.len() <= 8);
            for word in (0..LANGUAGES.len()).filter(|i| *i != language).flat_map(words) {
                ear.says[place(spoken(word))] = FOREIGN;
            }
            let tag = LANGUAGES[language].0;
            let shared = SHARED.iter().filter(|(own, _)| *own == tag).flat_map(|(_, words)| words.split(' '));
            shared.for_each(|word| ear.says[place(spoken(word))] = 0);
            for word in words(language) {
                ear.says[place(spoken(word))] = OWN;
            }
            ear
        })
    }

    /// What a word of up to eight bytes says, by its number without the bits of ASCII case, times [`FACTOR`]. No word has
    /// the number 0.
    #[inline(always)]
    pub(crate) fn hear(&self, word: u64) -> u16 {
        u16::from(self.says[place(word)])
    }
}

/// What a word's number is multiplied with: the product's upper bits tell words apart.
pub(crate) const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// Keeps all of a word's first eight bytes but the bit of ASCII case.
pub(crate) const CASELESS: u64 = !0x2020_2020_2020_2020;

/// A word as [`Ear::hear`] wants it.
fn spoken(word: &str) -> u64 {
    (number(word.as_bytes()) & CASELESS).wrapping_mul(FACTOR)
}

#[inline(always)]
fn place(word: u64) -> usize {
    (word >> 50) as usize % PLACES
}

/// What was heard in a text.
pub(crate) struct Speech {
    /// The text's own language, by number.
    pub(crate) language: usize,
    /// For each sixty-four bytes the own function words, and sixty-four times the foreign ones.
    counts: Vec<u16>,
}

impl Speech {
    pub(crate) fn new(ear: &Ear, counts: Vec<u16>) -> Speech {
        Speech { language: ear.language, counts }
    }

    /// How many function words of its own language, and of others, a paragraph begins with; `None` where it is short, and
    /// where it may be in another language: it must be read then.
    pub(crate) fn of(&self, paragraph: Span) -> Option<(u32, u32)> {
        let (own, foreign) = self.heard(paragraph)?;
        let may_be_foreign = foreign >= own + 2 && (foreign >= LEAST || paragraph.len() < (ENOUGH + 1) * STEP);
        (!may_be_foreign).then_some((own, foreign))
    }

    #[inline(always)]
    fn heard(&self, paragraph: Span) -> Option<(u32, u32)> {
        let from = paragraph.start.div_ceil(STEP);
        let to = (paragraph.end / STEP).min(from + ENOUGH);
        let counts = self.counts.get(from..to).filter(|counts| !counts.is_empty())?;
        // The foreign words of all of them above, the own ones below.
        let both = |count: &u16| u32::from(count % 64) | u32::from(count / 64) << 16;
        let sum: u32 = match counts.first_chunk::<ENOUGH>() {
            Some([a, b, c, d, e, f]) => both(a) + both(b) + both(c) + both(d) + both(e) + both(f),
            None => counts.iter().map(both).sum(),
        };
        Some((sum & 0xFFFF, sum >> 16))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Facts;

    #[test]
    fn own_and_foreign_words_are_counted() {
        let own = "The house is old and stands by the river, and the road to it has been closed since the winter.";
        let other = "Das Haus ist alt und steht am Fluss, und die Straße zu ihm ist seit dem Winter nicht mehr frei.";
        let text = format!("{}\n\n{}\n\n{}\n", own.repeat(3), other.repeat(3), own.repeat(3));
        let facts = Facts::default();
        let speech = facts.speech(&text).unwrap();
        assert_eq!(super::super::tag(speech.language), "en");
        let said: Vec<_> = Paragraphs::of(facts.lines(&text)).map(|p| speech.heard(p).unwrap()).collect();
        assert!(said[0].0 > 15 && said[0].1 < 3, "{said:?}");
        assert!(said[1].0 < 3 && said[1].1 > 15, "{said:?}");
        assert!(said[2].0 > 15 && said[2].1 < 3, "{said:?}");
    }
}
