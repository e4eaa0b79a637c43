//! Which lines are worth a look: clean text must not pay.
//!
//! One pass over the characters beyond ASCII, table look-ups only, nothing allocated. A line goes on if a lead byte's
//! image stands before a continuation byte's image and clean text does not have that pair, if ideographs are odd, or
//! if words do not read like the language of the lines before.

use crate::text::Mixer;
use std::hash::Hasher;

use super::{
    known,
    letters::Letters,
    model::{BIT, Cost, Model},
    natural::Natural,
    pages::Pages,
    plain, shape, swap, unseen, words,
};

/// What a line may hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// UTF-8 read as something else.
    pub(super) undo: bool,
    /// A legacy encoding read as another.
    pub(super) swap: bool,
    /// The same, if other lines show it.
    pub(super) later: bool,
    /// No more speaks for either than good East Asian text shows: Latin words beside common ideographs, or a few of these
    /// that are none too common.
    pub(super) mild: bool,
}

/// A pair that clean text does not have.
const ODD: Cost = 7 * BIT;
/// The same where both are letters of one script other than Latin.
const STRANGE: Cost = 11 * BIT;
/// Languages that the document has shown, the last one first.
const LANGUAGES: usize = 4;
/// Lines that may be looked at in vain before only some are.
const VAIN: u32 = 48;
/// Good lines after which a document's language is beyond doubt.
const ESTABLISHED: u32 = 8;
/// Bytes that count as a line.
const LINE: usize = 128;
/// Good lines for which one other is looked at more closely.
const SHARE: u32 = 1024;

/// What repeats from line to line.
#[derive(Default)]
pub(super) struct Habit {
    languages: Vec<usize>,
    /// Lines that were looked at for nothing, since the last that was not.
    vain: u32,
    /// Lines that were not looked at since the last that was.
    passed: u32,
    /// Lines that read like the ones before.
    plain: u32,
    /// Lines that were looked at although the document's language is known.
    closer: u32,
    /// Strange words, with what follows them, that were found harmless: they come again and again.
    harmless: Vec<u64>,
    /// Good words.
    known: known::Known,
    /// The language that the document seems to be in.
    hint: Option<usize>,
}

/// So many harmless words are remembered, each in the place that its hash says.
const HARMLESS: usize = 1 << 12;

impl Habit {
    /// Nothing has been read so far that would show the document's language.
    pub(super) fn is_new(&self) -> bool {
        self.languages.is_empty() && self.hint.is_none()
    }
    /// The document seems to be in this language, by its tag.
    pub(super) fn expect(&mut self, tag: &str) {
        self.hint = Letters::get().languages.iter().position(|l| l.tag == tag);
    }
    /// A line reads well in this language.
    pub(super) fn speaks(&mut self, language: usize) {
        if self.languages.first() == Some(&language) {
            return;
        }
        self.languages.retain(|l| *l != language);
        self.languages.insert(0, language);
        self.languages.truncate(LANGUAGES);
    }
    /// A long line is in this language, though not all of its words are.
    pub(super) fn leans(&mut self, language: usize) {
        if self.languages.first() == Some(&language) {
            self.plain = self.plain.saturating_add(2);
        }
        self.speaks(language);
    }
    /// Whether a line reads like the ones before. `high`: where its first byte beyond ASCII stands.
    pub(super) fn is_plain(&mut self, line: &str, high: usize) -> bool {
        let letters = Letters::get();
        if self.languages.is_empty() {
            return plain::is_plain(line, high, None, None, None);
        }
        // Strange words are let pass once the language is beyond doubt.
        if let Some(language) = self.established() {
            let seen = &mut self.harmless;
            seen.resize(HARMLESS, 0);
            let mut harmless = |word: &str, around: &str| {
                let mut print = Mixer::default();
                print.write_usize(language);
                print.write_usize(word.len());
                print.write(around.as_bytes());
                let print = print.finish();
                let place = print as usize % HARMLESS;
                if seen.get(place) == Some(&print) {
                    return true;
                }
                let fine = words::weigh(word, language) == 0 && !look(around, &mut Habit::default()).undo;
                if fine && let Some(cell) = seen.get_mut(place) {
                    *cell = print;
                }
                fine
            };
            let known = Some(self.known.of(language));
            if plain::is_plain(line, high, letters.quick(language), known, Some(&mut harmless)) {
                self.plain = self.plain.saturating_add(1);
                return true;
            }
        }
        let known = &mut self.known;
        let mut reads = |l: &usize| plain::is_plain(line, high, letters.quick(*l), Some(known.of(*l)), None);
        let good = self.languages.iter().copied().find(|l| reads(l));
        if let Some(language) = good {
            self.speaks(language);
            self.plain = self.plain.saturating_add(1);
        }
        good.is_some()
    }
    /// Whether a word is one of the languages that the document has shown.
    pub(super) fn is_usual(&mut self, word: &str) -> bool {
        let (letters, known) = (Letters::get(), &mut self.known);
        let reads = |l: &usize| plain::is_plain(word, 0, letters.quick(*l), Some(known.of(*l)), None);
        self.languages.iter().any(reads)
    }
    /// The document's language, if that is beyond doubt.
    pub(super) fn established(&self) -> Option<usize> {
        self.languages.first().copied().filter(|_| self.plain >= ESTABLISHED)
    }
    /// What text passes without a look at its words.
    pub(super) fn natural(&self) -> Natural<'static> {
        let letters = Letters::get();
        let Some(index) = self.established() else { return Natural::default() };
        Natural { language: letters.quick(index).zip(letters.beside(index)) }
    }
    /// So many bytes were passed like that.
    pub(super) fn passed(&mut self, bytes: usize) {
        if self.established().is_some() {
            self.plain = self.plain.saturating_add((bytes / LINE) as u32);
        }
    }
    /// Whether one more line is looked at closely in a document of a known language.
    fn affords(&mut self) -> bool {
        let fine = self.closer * SHARE < self.plain;
        self.closer += u32::from(fine);
        fine
    }
    /// Whether a line that reads well in no language is tried. In a document of an unknown language ever fewer are.
    pub(super) fn tries(&mut self) -> bool {
        self.passed += 1;
        self.vain < VAIN || self.passed > self.vain
    }
    /// What came of it.
    pub(super) fn tried(&mut self, found: bool) {
        self.passed = 0;
        self.vain = if found { 0 } else { self.vain + self.vain / 8 + 1 };
    }
}

/// Ideographs of this rank and rarer ones are what a damaged letter may have become.
const UNCOMMON: u32 = 3;
/// Fewer ideographs than that stand in a Latin line as letters do.
const FEW: u32 = 4;
/// By so much a few ideographs are rarer than others by chance.
const CHANCE: u32 = 6;
/// Whether ideographs are too rare on average for good text.
pub(super) fn are_rare(ranks: u32, count: u32) -> bool {
    ranks * 4 >= count * 7
}

/// Looks at one line.
pub(super) fn look(line: &str, habit: &mut Habit) -> Look {
    let (model, pages) = (Model::get(), Pages::get());
    let mut undo = false;
    let (mut wide, mut ranks, mut foreign, mut others) = (0u32, 0u32, 0u32, 0u32);
    // The rarest of all, and of one or two that touch a Latin letter.
    let (mut rarest, mut touching) = (0, 0);
    let mut kana = 0;
    let (mut innocent, mut pageable) = (true, true);
    // Which lines and blocks of old screens stand there: drawings use few of them, misread letters many.
    let mut boxes = 0u64;
    let bytes = line.as_bytes();
    // The masks of the character just before, and of a lead byte that still waits for its second follower.
    let (mut two, mut more, mut waiting) = (0u32, 0u32, 0u32);
    let mut end_of_last = usize::MAX;
    let mut last = ' ';
    let mut at = 0;
    while let Some(step) = bytes.get(at..).and_then(|b| b.iter().position(|b| *b >= 0x80)) {
        at += step;
        let Some(ch) = line.get(at..).and_then(|r| r.chars().next()) else { break };
        let next_at = at + ch.len_utf8();
        if at != end_of_last {
            (two, more, waiting) = (0, 0, 0);
            last = at.checked_sub(1).and_then(|i| bytes.get(i)).map_or(' ', |b| char::from(*b));
        }
        let symbol = model.symbol(ch);
        if swap::is_ideograph(ch) {
            wide += 1;
            let rank = if ch >= '\u{E000}' { 7 } else { u32::from(model.rank(symbol).unwrap_or(0)) };
            ranks += rank;
            rarest = rarest.max(rank);
            let (after, before) = (last.is_ascii_alphabetic(), bytes.get(next_at).is_some_and(u8::is_ascii_alphabetic));
            if after || before {
                foreign += 1;
                let wide = |at: usize| bytes.get(at).is_some_and(|lead| *lead >= 0xE3);
                let more = |near: usize, far: usize| wide(near) && wide(far);
                if !(after && more(next_at, next_at + 3) || before && at >= 6 && more(at - 3, at - 6)) {
                    touching = touching.max(rank);
                }
            }
            (two, more, waiting) = (0, 0, 0);
        } else if swap::is_wide(ch) && ch != '\u{F8FF}' {
            // Signs of East Asian text say nothing.
            kana += u32::from(('\u{3041}'..'\u{3100}').contains(&ch));
            (two, more, waiting) = (0, 0, 0);
        } else {
            others += 1;
            let marks = pages.marks(ch);
            pageable &= marks.known;
            if !undo {
                let tail = marks.tail;
                let hit = two & tail | waiting & tail;
                if hit != 0 {
                    let cost = model.cost(model.symbol(last), symbol);
                    undo = is_stuck(line, at, last, ch)
                        || match (is_plain(last), is_plain(ch)) {
                            (true, true) => cost >= STRANGE && ch != 'ё' || last.is_lowercase() && ch.is_uppercase(),
                            // A quotation mark before a word.
                            _ if is_typographic(last) && ch.is_alphabetic() => cost >= STRANGE + 2 * BIT,
                            _ => cost >= ODD,
                        };
                }
                waiting = more & tail;
                two = marks.two;
                more = marks.more;
            }
            if matches!(ch, '\u{2500}'..='\u{259F}') {
                boxes |= 1 << (ch as u32 & 63);
            }
            // `vÃ lid`: the no-break space after it became a blank.
            if matches!(ch, 'Ã' | 'Ă') && bytes.get(next_at) == Some(&b' ') {
                undo |= last.is_lowercase() || bytes.get(next_at + 1) == Some(&b' ');
            }
            let next = bytes.get(next_at).copied().unwrap_or(b' ');
            undo |= match ch {
                // `paÃs`: the soft hyphen after it was removed.
                _ if unseen::is_lead(ch) && last.is_lowercase() => {
                    next.is_ascii_lowercase() || ch == 'Ã' && is_stop(next)
                }
                'Ã' if last.is_ascii_uppercase() => next.is_ascii_lowercase() && !matches!(next, b'o' | b'e'),
                // `â€TM`
                '€' => matches!(last, 'â' | 'Â'),
                // `niã±o`: the text was put in small letters afterwards.
                _ if ('â'..='ÿ').contains(&last) && !ch.is_alphabetic() => {
                    let before = at.checked_sub(3).and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_lowercase);
                    let letter = bytes.get(next_at + 1).is_some_and(|b| matches!(b, 0xB0 | 0xB1)) && next == 0xC3;
                    before && !is_joint(ch) && (next.is_ascii_lowercase() || ch == '©')
                        || matches!(last, 'ð' | 'ñ') && letter
                }
                _ => false,
            };
            if innocent {
                let control = ('\u{80}'..'\u{A0}').contains(&ch);
                innocent = !control && !ch.is_alphabetic() && {
                    let inside = last.is_alphabetic() && bytes.get(next_at).is_some_and(u8::is_ascii_alphabetic);
                    !inside || is_joint(ch)
                };
            }
        }
        last = ch;
        at = next_at;
        end_of_last = at;
    }
    let boxes = boxes.count_ones() >= 7;
    let letters = || bytes.iter().filter(|b| b.is_ascii_alphabetic()).count() as u32;
    let rare = wide > 0 && are_rare(ranks, wide);
    let few = wide < FEW;
    let odd = rare || wide > 0 && (foreign > 0 && letters() > 2 * wide || few && letters() > 12 * wide);
    let mild = odd
        && !undo
        && !are_rare(ranks.saturating_sub(CHANCE), wide + kana)
        && touching.max(if few && !rare { rarest } else { 0 }) < UNCOMMON;
    let mut look = Look { undo: undo || odd, swap: odd, later: false, mild };
    if !odd && others > 0 && wide == 0 && pageable {
        match habit.established() {
            _ if boxes => look.swap = true,
            _ if innocent => {}
            None => look.swap = !fluent(line, habit),
            // Only what would be a word of the document's language.
            Some(language) if words::repairable(line, language) => look.swap = !fluent(line, habit),
            Some(_) => look.later = true,
        }
        if look.later && habit.affords() && !fluent(line, habit) {
            look.swap = true;
        }
    }
    look
}

/// Whether two letters of another script, `ch` at `at` being the second, stand alone inside a Latin word: `katalogรณw`.
fn is_stuck(line: &str, at: usize, last: char, ch: char) -> bool {
    let foreign = |c: char| shape::script(c) != 0;
    let latin = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphabetic);
    let bytes = line.as_bytes();
    let before = at.checked_sub(last.len_utf8() + 1).and_then(|i| bytes.get(i));
    latin(before) && latin(bytes.get(at + ch.len_utf8())) && foreign(last) && foreign(ch)
}

/// Whether a byte ends a word.
fn is_stop(byte: u8) -> bool {
    byte.is_ascii_punctuation() || byte.is_ascii_whitespace()
}

/// Letters that are images of lead and continuation bytes alike.
fn is_plain(ch: char) -> bool {
    matches!(ch, '\u{386}'..='\u{3CE}' | '\u{401}'..='\u{45F}' | '\u{490}' | '\u{491}' | '\u{5D0}'..='\u{5EA}' | '\u{620}'..='\u{6D5}')
}

/// Signs that stand between letters in good text.
pub(super) fn is_joint(ch: char) -> bool {
    matches!(ch, '’' | '‘' | '·' | '\u{A0}' | '\u{AD}' | '–' | '—' | '…' | '\u{200B}'..='\u{200F}' | '\u{2011}')
}

/// Those, and the signs round words.
pub(super) fn is_typographic(ch: char) -> bool {
    matches!(
        ch,
        '’' | '‘'
            | '«'
            | '»'
            | '“'
            | '”'
            | '„'
            | '¿'
            | '¡'
            | '·'
            | '\u{A0}'
            | '\u{AD}'
            | '–'
            | '—'
            | '…'
            | '\u{200B}'..='\u{200F}' | '\u{2011}'
    )
}

fn fluent(line: &str, habit: &mut Habit) -> bool {
    let letters = Letters::get();
    let mut index = 0;
    while let Some(&language) = habit.languages.get(index) {
        if letters.reads(line, language) {
            if index > 0 {
                habit.speaks(language);
            }
            return true;
        }
        index += 1;
    }
    // Before all languages are tried.
    if let Some(language) = habit.hint
        && !habit.languages.contains(&language)
        && letters.reads(line, language)
    {
        habit.speaks(language);
        return true;
    }
    false
}
