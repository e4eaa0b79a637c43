//! How letters follow each other in each language: pairs and triples, compact.
//!
//! Only what a single-byte page can hold is here: languages in Latin, Cyrillic, Greek, Hebrew, Arabic and Thai
//! letters. A text in another language fits none of them well, and then nothing is concluded.

mod language;

use super::{
    model::{BIT, Cost, Model, Reader, part},
    natural::Beside,
    quick::Quick,
    words::Ways,
};
use std::sync::OnceLock;

pub(crate) use language::Language;

/// A place in the table of letters; 0 is everything that is no letter.
pub(crate) type Slot = u16;

/// Places in the table of letters.
pub(super) const SLOTS: usize = 0x880;

/// Letters of the other words of a line that are asked which language they are in.
const ENOUGH: usize = 200;
/// A step that ordinary words hardly ever take.
const DEAR: Cost = 15 * BIT;
/// Words of the language for which one may take such a step, where its letters tell little of damage: in Latin text.
const FAMILIAR: u32 = 4;
/// The place of the letter that mostly stands for `ё`.
const SLOT_OF_YE: Slot = 'е' as Slot;
/// A capital after a small letter, inside a word.
const CASE: Cost = 7 * BIT;

/// The languages, and which slots are letters.
pub(crate) struct Letters {
    pub(crate) languages: Vec<Language>,
    /// 0: no letter; 1: small; 2: capital; 3: without case.
    kind: Vec<u8>,
}

/// How well a text fits the language it fits best.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fit {
    /// Index of the language.
    pub(super) language: usize,
    /// What the words with letters beyond ASCII cost.
    pub(super) cost: Cost,
    /// Letters in those words.
    pub(super) letters: u32,
    /// What the other words cost a letter, and how many letters those have.
    pub(super) around: Cost,
    pub(super) around_letters: u32,
}

/// The place of a character in the tables.
pub(crate) fn slot(ch: char) -> Slot {
    match ch as u32 {
        c @ 0..0x700 => c as Slot,
        c @ 0xE00..0xE80 => (c - 0xE00 + 0x700) as Slot,
        c @ 0x1E00..0x1F00 => (c - 0x1E00 + 0x780) as Slot,
        _ => 0,
    }
}

/// Whether a letter is Latin, as far as the models know letters.
pub(super) fn is_latin(ch: char) -> bool {
    ch < '\u{250}' || ('\u{1E00}'..'\u{1F00}').contains(&ch)
}

impl Letters {
    /// The models, unpacked on first use.
    pub(crate) fn get() -> &'static Letters {
        static ALL: OnceLock<Letters> = OnceLock::new();
        ALL.get_or_init(Letters::load)
    }

    fn load() -> Letters {
        let mut data = Reader(part(3));
        let languages = (0..data.short()).map(|_| Language::load(&mut data)).collect();
        let mut kind = vec![0; SLOTS];
        let points = (0..0x700).chain(0xE00..0xE80).chain(0x1E00..0x1F00);
        for ch in points.filter_map(char::from_u32) {
            let thai = ('\u{E01}'..='\u{E4E}').contains(&ch) && ch != '\u{E3F}';
            if ch.is_alphabetic() || thai {
                let case = if ch.is_lowercase() {
                    1
                } else if ch.is_uppercase() {
                    2
                } else {
                    3
                };
                if let Some(cell) = kind.get_mut(usize::from(slot(ch))) {
                    *cell = case;
                }
            }
        }
        Letters { languages, kind }
    }

    fn kind(&self, slot: Slot) -> u8 {
        self.kind.get(usize::from(slot)).copied().unwrap_or(0)
    }

    /// Whether a character is a letter that the models know of.
    pub(super) fn is_letter(&self, ch: char) -> bool {
        self.kind(slot(ch)) != 0
    }

    /// The best language for a text. `tokens` says which characters stand in tokens that are in question; the others
    /// only speak for the language. `None` where no letter is in question.
    pub(super) fn fit(&self, chars: &[char], tokens: &[bool]) -> Option<Fit> {
        self.fit_among(chars, tokens, &mut self.around(chars, tokens))
    }

    /// What the words of a text that are not in question say.
    pub(super) fn around(&self, chars: &[char], tokens: &[bool]) -> Around {
        let mut words = self.words(chars, tokens).plain;
        // Thirty words or so say what the language is; every language is asked about each of them.
        if words.len() > ENOUGH {
            let end = words.get(..ENOUGH).and_then(|w| w.iter().rposition(|s| *s == 0)).map_or(ENOUGH, |i| i + 1);
            words.truncate(end);
        }
        let letters = words.iter().filter(|s| **s != 0).count() as u32;
        // What is far worse than the best so far need not be counted to its end.
        let mut least = Cost::MAX;
        let latin = |l: &Language| {
            let limit = least.saturating_add(least / 2).saturating_add(64 * BIT);
            let cost = if l.latin { l.rough(&words, limit) } else { Cost::MAX };
            least = least.min(cost);
            cost
        };
        let rough: Vec<Cost> = self.languages.iter().map(latin).collect();
        Around { exact: vec![None; rough.len()], words, letters, rough, least }
    }

    /// The languages in Latin letters whose pairs of letters like a text about best, with how far each is behind the first.
    pub(super) fn nearest(&self, chars: &[char]) -> impl Iterator<Item = (&Language, Cost)> {
        let around = self.around(chars, &[]);
        let most = around.letters as Cost * BIT / 4 + 8 * BIT;
        let behind = around.rough.into_iter().map(move |cost| cost.saturating_sub(around.least));
        self.languages.iter().zip(behind).filter(move |(_, cost)| *cost <= most)
    }

    /// As [`Letters::fit`], for several texts that differ only in the words in question.
    pub(super) fn fit_among(&self, chars: &[char], tokens: &[bool], around: &mut Around) -> Option<Fit> {
        let words = self.words(chars, tokens);
        let letters = words.special.iter().filter(|s| **s != 0).count() as u32;
        if letters == 0 {
            return None;
        }
        // Pairs for all, triples for the few that pairs like best.
        let mut order: [(Cost, usize); 6] = [(Cost::MAX, usize::MAX); 6];
        for (i, (l, &plain)) in self.languages.iter().zip(&around.rough).enumerate() {
            let plain = if l.latin { plain } else { around.least };
            // One that is worse than the fifth need not be counted to its end.
            let limit = order[4].0.saturating_sub(plain);
            let cost = l.rough(&words.special, limit);
            if cost <= limit {
                order[5] = (cost + plain, i);
                order.sort_unstable();
            }
        }
        let mut best: Option<(Cost, Fit)> = None;
        for &(_, i) in order.iter().take(5) {
            let Some(l) = self.languages.get(i) else { continue };
            let cost = l.exact(&words.special) + words.penalty;
            let plain = if l.latin { around.exact(l, i) } else { 0 };
            let total = cost + if l.latin { around.rough.get(i).map_or(0, |a| a - around.least) } else { 0 };
            if best.as_ref().is_none_or(|(t, _)| total < *t) {
                let mean = plain / (around.letters.max(1) as Cost);
                let around_letters = if l.latin { around.letters } else { 0 };
                best = Some((total, Fit { language: i, cost: total, letters, around: mean, around_letters }));
            }
        }
        best.map(|(_, fit)| fit)
    }

    /// The tables for quick reading in a language.
    pub(super) fn quick(&self, language: usize) -> Option<&Quick> {
        self.languages.get(language)?.quick.get_or_init(|| Quick::new(self, language)).as_ref()
    }

    /// What stands beside the letters of a language that has capitals.
    pub(super) fn beside(&self, language: usize) -> Option<&Beside> {
        let l = self.languages.get(language)?;
        let new = || self.quick(language).filter(|quick| l.latin || quick.has('а')).map(Beside::new);
        l.beside.get_or_init(new).as_ref()
    }

    /// How other pages' letters become letters of a language.
    pub(super) fn ways(&self, language: usize) -> Option<&Ways> {
        self.languages.get(language)?.ways.get_or_init(|| self.quick(language).map(Ways::new)).as_ref()
    }

    /// Whether a line reads like any other in a language: its words with letters beyond ASCII have no letter that the
    /// language lacks, no sign among their letters, hardly a step that is dear. Allocates nothing.
    pub(super) fn reads(&self, line: &str, language: usize) -> bool {
        let Some(l) = self.languages.get(language) else { return false };
        let bytes = line.as_bytes();
        let (mut cost, mut count) = (0, 0);
        // A name or two take steps of their own.
        let (mut words, mut dear) = (0, 0);
        let mut done = 0;
        while let Some(step) = bytes.get(done..).and_then(|b| b.iter().position(|b| *b >= 0x80)) {
            let at = done + step;
            // Back to where the word begins.
            let letter = line.get(at..).and_then(|r| r.chars().next()).is_some_and(|c| self.is_letter(c));
            let before = bytes.get(done..at).filter(|_| letter).unwrap_or_default();
            let start = at - before.iter().rev().take_while(|b| b.is_ascii_alphabetic()).count();
            let Some(rest) = line.get(start..) else { return false };
            let (mut before, mut prev, mut case, mut len) = (None, 0usize, 0u8, 0);
            for ch in rest.chars() {
                let slot = slot(ch);
                let kind = self.kind(slot);
                if kind == 0 {
                    break;
                }
                let id = l.letter(slot);
                let mut price = Cost::from(l.pairs.get(prev * l.n + id).copied().unwrap_or(255));
                // A rare pair may be a frequent triple: `zéro`.
                if price >= 9 * BIT
                    && let Some(a) = before
                {
                    price = Cost::from(l.cube().get((a * l.n + prev) * l.n + id).copied().unwrap_or(255));
                }
                // Mostly written without its dots.
                if ch == 'ё' && price >= DEAR {
                    price = l.pair(prev, l.letter(SLOT_OF_YE)) + 5 * BIT;
                }
                if id == 0 || price >= DEAR && !l.latin || case == 1 && kind == 2 {
                    return false;
                }
                dear += u32::from(price >= DEAR);
                cost += price;
                count += 1;
                before = Some(prev);
                prev = id;
                case = kind;
                len += ch.len_utf8();
            }
            done = start + len;
            let mut after = line.get(done..).unwrap_or_default().chars();
            if len > 0 {
                cost += Cost::from(l.pairs.get(prev * l.n).copied().unwrap_or(255));
                count += 1;
                words += 1;
            }
            match after.next() {
                Some(sign) if !sign.is_ascii() => {
                    // Right after a letter or a sign, right before another one.
                    let touches = len > 0
                        || done > 0 && bytes.get(done - 1).is_some_and(|b| *b >= 0x80 || b.is_ascii_alphabetic());
                    let odd = |c: char| self.is_letter(c) || !c.is_ascii() && !super::gate::is_typographic(c);
                    let next = after.next();
                    let inside = touches && next.is_some_and(odd);
                    // A quotation mark does not stand between two letters.
                    let between = len > 0 && next.is_some_and(|c| self.is_letter(c)) && !super::gate::is_joint(sign);
                    if between || inside && !super::gate::is_typographic(sign) || ('\u{80}'..'\u{A0}').contains(&sign) {
                        return false;
                    }
                    done += sign.len_utf8();
                }
                Some(_) => done += 1,
                None => break,
            }
        }
        dear * FAMILIAR <= words && cost <= count * (l.mean + 3 * BIT / 4) + 10 * BIT
    }

    /// Whether a text is near what the language's words cost on average.
    pub(super) fn close(&self, chars: &[char], tokens: &[bool], language: usize) -> bool {
        let Some(l) = self.languages.get(language) else { return false };
        let words = self.words(chars, tokens);
        let count = words.special.iter().filter(|s| **s != 0).count() as Cost;
        count > 5 && l.exact(&words.special) + words.penalty <= count * (l.mean + 5 * BIT / 4)
    }

    /// Whether some Latin letter that is new in `after` is none of the language's.
    pub(super) fn strange(&self, before: &[char], after: &[char], language: usize) -> bool {
        let Some(l) = self.languages.get(language) else { return false };
        let mut new = before.iter().zip(after).filter(|(old, new)| old != new).map(|(_, new)| *new);
        new.any(|c| is_latin(c) && self.is_letter(c) && l.letter(slot(c)) == 0)
    }

    /// The words in question and the others, as slots, 0 before and after each word.
    fn words(&self, chars: &[char], tokens: &[bool]) -> Words {
        let mut words = Words { special: vec![0], plain: vec![0], penalty: 0 };
        let mut at = 0;
        while let Some(&ch) = chars.get(at) {
            if !self.is_letter(ch) {
                at += 1;
                continue;
            }
            let start = at;
            let mut last = 0;
            while let Some(&c) = chars.get(at) {
                let kind = self.kind(slot(c));
                if kind == 0 {
                    break;
                }
                if last == 1 && kind == 2 {
                    words.penalty += CASE;
                }
                last = kind;
                at += 1;
            }
            let marked = tokens.get(start).copied().unwrap_or(false);
            let target = if marked { &mut words.special } else { &mut words.plain };
            target.extend(chars.get(start..at).unwrap_or_default().iter().map(|c| slot(*c)));
            target.push(0);
        }
        words
    }

    /// What a word costs in a language that the models know by its tag, in eighths of a bit.
    pub(crate) fn spelling(&self, word: &str, tag: &str) -> Option<Cost> {
        let l = self.languages.iter().find(|l| l.tag == tag)?;
        let mut slots = vec![0];
        slots.extend(word.chars().map(slot));
        slots.push(0);
        Some(l.exact(&slots))
    }

    /// What a letter of a word costs above the average of a language, in eighths of a bit: of the one with a tag, or of that
    /// in Latin letters which likes the word best.
    pub(crate) fn oddness(&self, word: &str, tag: Option<&str>) -> Cost {
        let mut slots = vec![0];
        slots.extend(word.chars().map(slot));
        slots.push(0);
        let count = slots.len() as Cost - 1;
        let rough = |l: &Language| (l.rough(&slots, Cost::MAX) - l.mean * count) / count;
        let own = self.languages.iter().find(|l| Some(l.tag) == tag).map(rough);
        let others = || self.languages.iter().filter(|l| l.latin).map(rough).min();
        own.filter(|cost| *cost <= BIT).or_else(others).unwrap_or(Cost::MAX)
    }

    /// What a text costs: its words in question in the language that fits best, and everything else beyond ASCII by
    /// the pairs of all languages.
    pub(super) fn price(&self, chars: &[char], tokens: &[bool]) -> (Cost, Option<Fit>) {
        self.price_among(chars, tokens, &mut self.around(chars, tokens))
    }

    /// As [`Letters::price`], for several texts that differ only in the words in question.
    pub(super) fn price_among(&self, chars: &[char], tokens: &[bool], around: &mut Around) -> (Cost, Option<Fit>) {
        let model = Model::get();
        let fit = self.fit_among(chars, tokens, around);
        let mut cost = fit.map_or(0, |f| f.cost);
        let mut prev = ' ';
        for &ch in chars.iter().chain(std::iter::once(&' ')) {
            if !(ch.is_ascii() && prev.is_ascii() || self.is_letter(ch) && self.is_letter(prev)) {
                let sign = |c: char| !c.is_ascii() && !self.is_letter(c);
                if sign(ch) || sign(prev) {
                    cost += model.cost(model.symbol(prev), model.symbol(ch));
                }
            }
            prev = ch;
        }
        (cost, fit)
    }
}

/// For each character whether it stands in a token that holds something beyond ASCII. Blanks and ASCII signs end one.
pub(super) fn tokens(chars: &[char]) -> Vec<bool> {
    let mut marks = Vec::with_capacity(chars.len());
    for token in chars.split_inclusive(|c| c.is_ascii() && !c.is_ascii_alphabetic()) {
        let special = token.iter().any(|c| !c.is_ascii());
        marks.extend(token.iter().map(|_| special));
    }
    marks
}

/// The words of a text that are not in question.
pub(super) struct Around {
    words: Vec<Slot>,
    letters: u32,
    /// What they cost in each language by pairs, and the least of it.
    rough: Vec<Cost>,
    least: Cost,
    /// The same by triples, where it was asked for.
    exact: Vec<Option<Cost>>,
}

impl Around {
    fn exact(&mut self, language: &Language, index: usize) -> Cost {
        match self.exact.get_mut(index) {
            Some(cost) => *cost.get_or_insert_with(|| language.exact(&self.words)),
            None => 0,
        }
    }
}

struct Words {
    special: Vec<Slot>,
    plain: Vec<Slot>,
    penalty: Cost,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(text: &str) -> &'static str {
        let letters = Letters::get();
        let chars: Vec<char> = text.chars().collect();
        letters.fit(&chars, &tokens(&chars)).and_then(|f| letters.languages.get(f.language)).map_or("", |l| l.tag)
    }

    #[test]
    fn languages_are_told_apart() {
        assert_eq!(best("Příliš žluťoučký kůň úpěl na louce"), "cs");
        assert_eq!(best("Съешь ещё этих мягких булочек, да выпей чаю"), "ru");
        assert_eq!(best("Les élèves étaient déjà arrivés à l'école"), "fr");
        assert_eq!(best("Η γρήγορη αλεπού πηδάει πάνω από τον σκύλο"), "el");
    }

    #[test]
    fn the_right_letter_is_cheaper() {
        let letters = Letters::get();
        let price = |t: &str| {
            let chars: Vec<char> = t.chars().collect();
            letters.price(&chars, &tokens(&chars)).0
        };
        assert!(price("Ce livre est très intéressant") + 8 * BIT < price("Ce livre est trčs intéressant"));
        assert!(price("Привет, как дела") + 40 * BIT < price("рТЙЧЕФ, ЛБЛ ДЕМБ"));
    }
}
