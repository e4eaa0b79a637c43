//! What the identifier says of paragraphs. It costs a thousand times more than a look at the words: so it is asked only
//! where the words leave a doubt, and not again where it has said enough.

use crate::{
    analysis::{around::boundary_before, certain_language, is_certainly, paragraphs::trimmed},
    text::Span,
};

/// What it has said so far.
#[derive(Default)]
pub(super) struct Identifier {
    /// How often it agreed that a paragraph is in a language, and how often not.
    said: Vec<(&'static str, u8, u8)>,
    /// How often it was asked which language a paragraph is in, and how often it did not know.
    asked: u8,
    silent: u8,
}

impl Identifier {
    /// So often it is asked about a language where it always says the same.
    const OFTEN: u8 = 5;

    /// Whether a paragraph is in the language that its words propose.
    pub(super) fn agrees(&mut self, prose: &str, paragraph: Span, tag: &'static str) -> bool {
        let at = self.said.iter().position(|said| said.0 == tag).unwrap_or_else(|| {
            self.said.push((tag, 0, 0));
            self.said.len() - 1
        });
        let Some((_, agreed, refused)) = self.said.get_mut(at) else { return false };
        match (*agreed, *refused) {
            (Self::OFTEN.., 0) => return true,
            (0, Self::OFTEN..) => return false,
            // Sometimes it did and sometimes not: what it did mostly.
            (a, r) if a.saturating_add(r) >= 3 * Self::OFTEN => return a >= r.saturating_mul(4),
            _ => {}
        }
        let text = sample(prose, paragraph);
        let agrees = is_written_in(text, tag) && is_certainly(text, tag);
        *if agrees { agreed } else { refused } += 1;
        agrees
    }

    /// Which language a paragraph is in whose words leave it open; `None` too where it was asked often enough.
    pub(super) fn names(&mut self, prose: &str, paragraph: Span) -> Option<&'static str> {
        const MOST: u8 = 24;
        if self.asked >= MOST || self.silent >= Self::OFTEN && self.silent * 2 > self.asked {
            return None;
        }
        self.asked += 1;
        let text = sample(prose, paragraph);
        let named = certain_language(text).filter(|tag| is_written_in(text, tag));
        self.silent += u8::from(named.is_none());
        named
    }
}

/// Whether the letters of a text are those of a language's script. A text in a script that the identifier does not know is
/// judged by the few words of another one that stand in it.
fn is_written_in(text: &str, tag: &str) -> bool {
    // Lead bytes of Greek and of what follows it; Vietnamese has some of them.
    let far = text.bytes().filter(|b| *b >= 0xCE && *b != 0xE2).count();
    match OTHER_SCRIPTS.contains(&tag) {
        true => far * 5 >= text.len(),
        false => far * 6 <= text.len(),
    }
}

/// Languages that the identifier knows and that are not written in Latin letters.
const OTHER_SCRIPTS: &[&str] = &[
    "ru", "uk", "bg", "be", "sr", "mk", "el", "ar", "fa", "ur", "he", "yi", "hi", "mr", "ne", "bn", "gu", "pa", "or",
    "ta", "te", "kn", "ml", "si", "th", "km", "my", "ka", "hy", "am", "zh", "ja", "ko",
];

/// Whether most letters of a paragraph are of no Latin script, where the text's own language is written in it.
pub(super) fn is_in_another_script(text: &str, main: &str) -> bool {
    const LEAST: usize = 150;
    text.len() >= LEAST && !OTHER_SCRIPTS.contains(&main) && is_written_in(text, "ru")
}

/// Whether most of some paragraphs are in a language.
pub(super) fn are_in(prose: &str, paragraphs: &[Span], tag: &str) -> bool {
    let asked: Vec<&Span> = spread(paragraphs, 3).collect();
    let mut refused = 0;
    for span in &asked {
        refused += usize::from(!is_certainly(sample(prose, **span), tag));
        if refused * 3 > asked.len() {
            return false;
        }
    }
    true
}

/// The language that most of some paragraphs are in.
pub(super) fn common(prose: &str, paragraphs: &[Span]) -> Option<&'static str> {
    let said: Vec<_> = spread(paragraphs, 5).map(|span| certain_language(sample(prose, *span))).collect();
    let count = |tag| said.iter().filter(|said| **said == tag).count();
    let most = said.iter().copied().flatten().max_by_key(|tag| count(Some(*tag)))?;
    (count(Some(most)) >= 2 && count(Some(most)) * 3 >= said.len() * 2).then_some(most)
}

/// So many of them, from all parts of the text.
fn spread(paragraphs: &[Span], count: usize) -> impl Iterator<Item = &Span> {
    paragraphs.iter().step_by(paragraphs.len().div_ceil(count).max(1))
}

/// So many bytes are enough to identify a language.
const ENOUGH: usize = 320;

fn sample(prose: &str, paragraph: Span) -> &str {
    let text = prose.get(trimmed(prose, paragraph).range()).unwrap_or_default();
    &text[..boundary_before(text, ENOUGH)]
}
