//! Few sequences are weak evidence: clean text has some of the same shape.
//!
//! A word in capitals before a footnote mark (`LIBERTÀ®`, `PROSZĘ²`) is a lead byte and a continuation byte in some
//! page or other, and one ideograph is a Cyrillic letter in another. Two such sequences prove nothing.

use super::{
    gate,
    lattice::{self, Through},
    letters::{self, Language, Letters},
    line::Cell,
    model::{BIT, BLANK, Cost, Model},
    pages::Pages,
    search::Candidate,
    swap,
};

/// What one repaired stretch may cost at most where it is the only one.
const DEAR: Cost = 24 * BIT;
/// What repaired characters may cost on average: where they are few, where they are many and nothing else is left.
const UNUSUAL: Cost = 16 * BIT;
const STRANGE: Cost = 18 * BIT;
/// What the next character of the same class costs at most.
const FAMILIAR: Cost = 8 * BIT;

/// Whether the candidate is more than an accident of clean text. `gain` is what it saves.
pub(super) fn convincing(text: &str, candidate: &Candidate, gain: Cost) -> bool {
    let model = Model::get();
    let (mut firm, mut doubtful, mut wide, mut foreign) = (0, 0, 0, false);
    let cells = &candidate.cells;
    let new = |i: usize| cells.get(i).is_some_and(|c| c.new);
    let at = |i: usize| cells.get(i).map_or(BLANK, |c| model.symbol(c.ch));
    let before = |i: usize| i.checked_sub(1).map_or(BLANK, at);
    let latin = lattice::is_latin(cells);
    // Signs that are rare in every text say nothing here.
    let is_western = is_western(candidate);
    let is_rare = |c: &Cell| is_western && is_one_sign(text, candidate, c, true);
    let repaired = (0..cells.len()).filter(|i| cells[*i].new && !cells[*i].lost && !is_rare(&cells[*i]));
    let (count, total) = repaired.fold((0, 0), |(n, sum), i| {
        // Letters of a script that the model has never seen stand among their own.
        let known =
            if before(i) == at(i) { model.cost(before(i), at(i)).min(FAMILIAR) } else { model.cost(before(i), at(i)) };
        let ch = cells.get(i).map_or(' ', |c| c.ch);
        (n + 1, sum + if latin { lattice::rare(ch, known) } else { known })
    });
    // What comes out must be something that people write.
    if total > count * if count < 8 || candidate.kept > 0 { UNUSUAL } else { STRANGE } {
        return false;
    }
    // Where intact text stands beside it, losses need whole sequences that speak for them.
    let losses = candidate.units - candidate.exact;
    if candidate.kept > 0 && candidate.exact < 2 * losses.saturating_sub(graves(text, candidate)) {
        return false;
    }
    let intact = |script: Script| cells.iter().filter(|c| !c.new && Script::of(c.ch) == script).count() as u32;
    for (i, cell) in cells.iter().enumerate() {
        if !cell.new || cell.start == cell.end {
            continue;
        }
        let damaged = text.get(cell.start as usize..cell.end as usize).unwrap_or_default();
        let prev = text.get(..cell.start as usize).and_then(|t| t.chars().next_back()).unwrap_or(' ');
        let next = text.get(cell.end as usize..).and_then(|t| t.chars().next()).unwrap_or(' ');
        if damaged.chars().any(|c| model.rank(model.symbol(c)).is_some()) {
            wide += damaged.chars().count();
            foreign |= prev.is_ascii_alphabetic() || next.is_ascii_alphabetic();
        }
        // Letters among many intact letters of their own script are letters.
        let first = damaged.chars().next().unwrap_or(' ');
        let script = Script::of(first);
        if script != Script::Other
            && damaged.chars().all(|c| Script::of(c) == script || is_neutral(c))
            && intact(script) > 2 * candidate.units
            && (candidate.units < 3 || gain < 18 * BIT * candidate.units as Cost)
        {
            doubtful += 1;
            continue;
        }
        // Side by side they are no accident.
        if new(i + 1) || i.checked_sub(1).is_some_and(new) {
            firm += 1;
            continue;
        }
        let (to, from) = (model.cost(before(i), at(i)), model.cost(at(i), at(i + 1)));
        // After capitals, a quotation mark closes something.
        let closes = prev.is_uppercase() && damaged.ends_with(['’', '‘', '”', '“', '»', '…']);
        // Nor is a no-break space before a capital damage: `4.2. Étapes`.
        let inside = prev.is_lowercase() || candidate.units > 1 && !damaged.starts_with('\u{A0}');
        let price = if latin && !closes && inside && lattice::is_phonetic(cell.ch) {
            lattice::rare(cell.ch, to) + lattice::after_rare(cell.ch, from)
        } else {
            to + from
        };
        let dear = if gain >= 18 * BIT * candidate.units as Cost { DEAR + 10 * BIT } else { DEAR };
        if price > dear || capital(prev, first, next) {
            doubtful += 1;
        } else {
            firm += 1;
        }
    }
    // In a Latin word an ideograph is foreign; among its own kind it takes several, or none is left over.
    if wide > 0 && !foreign && wide < 4 && (gain < 28 * BIT || candidate.kept > 0) {
        return false;
    }
    firm > 0 && firm * 2 >= doubtful || (doubtful > 3 && candidate.kept == 0)
}

/// How many `à` came of `Ã` and a blank before another blank or a stop: no language ends a word like that, but for those
/// in capitals.
fn graves(text: &str, candidate: &Candidate) -> u32 {
    if !is_western(candidate) {
        return 0;
    }
    let grave = |c: &&Cell| {
        let before = text.get(..c.start as usize).and_then(|t| t.chars().next_back());
        let after = text.get(c.end as usize..).and_then(|t| t.chars().next());
        let stop = |c| matches!(c, ' ' | ',' | '.' | ';' | ':' | '!' | '?' | ')' | '»' | '”' | '"');
        let source = text.get(c.start as usize..c.end as usize);
        let is_end = source == Some("Ã ") && after.is_some_and(stop) || source == Some("Ã") && after == Some(' ');
        // Nor is that capital one of its letters anywhere else than at their beginning.
        let is_hidden = source == Some("Ã") && before.is_some_and(char::is_lowercase);
        c.new && (is_end || is_hidden) && !before.is_some_and(char::is_uppercase)
    };
    candidate.cells.iter().filter(grave).count() as u32
}

/// Whether all that was repaired are signs that are rare in every text, and were written as nobody writes: `Â©` after no
/// letter, `â‚¬`, `â€¦`. No language has them, so intact letters beside them only say that the line was put together from
/// two. Through other pages than the western ones that holds where the file has shown the same.
pub(super) fn is_sign(text: &str, candidate: &Candidate, known: bool) -> bool {
    let mut new = candidate.cells.iter().filter(|c| c.new && c.start < c.end).peekable();
    let is_western = is_western(candidate);
    new.peek().is_some()
        && candidate.chain.len() == 1
        && candidate.exact == candidate.units
        && (is_western || known && candidate.chain.iter().all(|t| matches!(t, Through::Page(_))))
        && new.all(|cell| is_one_sign(text, candidate, cell, is_western))
}

fn is_western(candidate: &Candidate) -> bool {
    candidate.chain.iter().all(|t| matches!(t, Through::Page(0 | 1)))
}

/// As [`is_sign`], for one of them.
fn is_one_sign(text: &str, candidate: &Candidate, cell: &Cell, is_western: bool) -> bool {
    let there = |sign: char| candidate.cells.iter().any(|c| c.new && c.ch == sign);
    let before = text.get(..cell.start as usize).and_then(|t| t.chars().next_back());
    let damaged = text.get(cell.start as usize..cell.end as usize).unwrap_or_default();
    let alone = !before.is_some_and(|c| c.is_uppercase() || !c.is_ascii());
    match cell.ch {
        '©' | '®' | '°' | '§' | '£' | '½' | '¼' | '¾' | '±' | '¿' | '¡' => {
            alone
                && (!is_western || damaged.starts_with('Â'))
                && (is_western || !before.is_some_and(char::is_alphabetic))
        }
        // Either alone may stand round a letter that is spoken of.
        '«' | '»' => alone && damaged.starts_with('Â') && there('«') && there('»'),
        '€' | '™' => damaged.starts_with('â'),
        '…' | '–' | '—' | '‘' | '’' | '“' | '”' | '•' | '‹' | '›' => {
            damaged.starts_with("â€") || damaged.starts_with("â\u{80}")
        }
        _ => false,
    }
}

/// Whether only letters came out that are of the script of the line's intact letters, and are written as none of them:
/// `Ð²` in a Russian line. Where the file has shown the same decoder, such a letter alone is enough.
pub(super) fn is_at_home(text: &str, candidate: &Candidate) -> bool {
    let mut intact = [0u32; KINDS];
    for c in candidate.cells.iter().filter(|c| !c.new && c.ch.is_alphabetic()) {
        intact[kind(c.ch)] += 1;
    }
    let Some(home) = (1..KINDS).max_by_key(|k| intact[*k]).filter(|k| intact[*k] >= 6 && intact[*k] > intact[0]) else {
        return false;
    };
    let mut new = candidate.cells.iter().filter(|c| c.new && c.start < c.end).peekable();
    new.peek().is_some()
        && candidate.exact == candidate.units
        && new.all(|cell| {
            let damaged = text.get(cell.start as usize..cell.end as usize).unwrap_or_default();
            cell.ch.is_alphabetic() && kind(cell.ch) == home && damaged.chars().all(|c| kind(c) != home)
        })
}

/// Blanks and signs that follow letters in any script.
fn is_neutral(ch: char) -> bool {
    matches!(ch, ' ' | '\u{A0}' | '«' | '»' | '“' | '”' | '„' | '’' | '–' | '—' | '…' | '\u{AD}')
}

/// Whether a few letters of one script become something that is rare: good enough to be shown, not to be applied.
pub(super) fn doubtful(text: &str, candidate: &Candidate) -> bool {
    let model = Model::get();
    let letters = text.chars().filter(|c| !c.is_ascii());
    let (all, own) = letters
        .fold((0, 0), |(n, own), c| (n + 1, own + u32::from(!matches!(Script::of(c), Script::Other | Script::Box))));
    let mixed = candidate.kept > 0 && candidate.units < 3;
    if candidate.units >= 4 || own * 2 < all && !mixed {
        return false;
    }
    let cells = &candidate.cells;
    let pages = candidate.chain.iter().all(|t| matches!(t, Through::Page(_)));
    if pages && candidate.kept == 0 && lattice::is_latin(cells) && inside_words(text, candidate) {
        return false;
    }
    let (mut sum, mut count, mut prev) = (0, 0, BLANK);
    for cell in cells {
        let symbol = model.symbol(cell.ch);
        if cell.new {
            sum += model.cost(prev, symbol);
            count += 1;
        }
        prev = symbol;
    }
    sum > count * if mixed { 11 } else { 14 } * BIT
}

/// Whether every repaired stretch of letters of another script touches a letter of a Latin word: two such stretches, or
/// one between two letters.
fn inside_words(text: &str, candidate: &Candidate) -> bool {
    let mut sides = 0;
    for cell in candidate.cells.iter().filter(|c| c.new && c.start < c.end) {
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
        let before = letter(text.get(..cell.start as usize).and_then(|t| t.chars().next_back()));
        let after = letter(text.get(cell.end as usize..).and_then(|t| t.chars().next()));
        if !(before || after) {
            return false;
        }
        sides += u32::from(before) + u32::from(after);
    }
    sides > 1
}

/// Whether nothing of the damage is left over: half a repair is worse than none.
pub(super) fn complete(text: &str, candidate: &Candidate) -> bool {
    let cells = &candidate.cells;
    let layers = candidate.chain.len();
    if cells.iter().any(|c| c.new && usize::from(c.depth) < layers && !c.ch.is_ascii()) {
        return false;
    }
    // A capital after a small letter comes of a blank taken for a lost byte.
    let blank = |c: &Cell| text.get(c.start as usize..c.end as usize).is_some_and(|t| t.contains(' '));
    if cells.windows(2).any(|w| w[1].new && w[1].ch.is_uppercase() && w[0].ch.is_lowercase() && blank(&w[1])) {
        return false;
    }
    // `à` whose second byte became a blank, in a page that shows the other bytes of the line alike: the chain is in doubt.
    let grave = |w: &[Cell]| {
        let [a, b, c, d] = w else { return false };
        let next = c.ch == ' ' && d.ch.is_lowercase();
        matches!(b.ch, 'Ã' | 'Ă') && !b.new && next && (a.ch.is_lowercase() || a.ch.is_ascii_uppercase())
    };
    // Nor does a mark of quotation that lost all but its first byte stand alone in this text: `â/â`.
    let alone = |i: usize| {
        let letter = |i: Option<usize>| i.and_then(|i| cells.get(i)).is_some_and(|c| c.ch.is_alphanumeric());
        cells.get(i).is_some_and(|c| c.ch == 'â' && !c.new)
            && !letter(i.checked_sub(1))
            && !letter(Some(i + 1))
            && candidate.kept <= candidate.units
    };
    // `Ã ne`: `à` with a no-break space for its second byte, or a letter of which a control was dropped; that is told by
    // other bytes of the kind.
    let source = |c: &Cell| text.get(c.start as usize..c.end as usize).unwrap_or_default();
    let joined = |i: usize| {
        let letter = |i: Option<usize>| i.and_then(|i| cells.get(i)).is_some_and(|c| c.ch.is_alphabetic());
        cells.get(i).is_some_and(|b| b.new && source(b) == "Ã ") && !letter(i.checked_sub(1)) && letter(Some(i + 1))
    };
    let low = |c: &Cell| c.new && source(c).chars().skip(1).any(|s| (0x80..0xA0).contains(&image_of(candidate, s)));
    if (0..cells.len()).any(joined) && !cells.iter().any(low) {
        return false;
    }
    if cells.windows(4).any(grave) || (0..cells.len()).any(alone) {
        return false;
    }
    // What the decoder cannot have written is no part of this damage, whatever else it is.
    let page = matches!(candidate.chain.first(), Some(Through::Page(_)));
    let image = |ch: char| !page || image_of(candidate, ch) != 0;
    let lead = |ch: char| (0xC2..0xE0).contains(&image_of(candidate, ch));
    let kept = |c: &Cell| !c.new && !c.ch.is_ascii() && image(c.ch);
    if !cells.iter().any(kept) {
        return true;
    }
    let repaired: String = cells.iter().map(|c| c.ch).collect();
    if gate::look(&repaired, &mut gate::Habit::default()).undo {
        return false;
    }
    let wide = candidate.chain.iter().any(|t| matches!(t, Through::Wide(_)));
    let (mut here, mut there) = ([0u32; KINDS], [0u32; KINDS]);
    for c in cells.iter().filter(|c| c.ch.is_alphabetic()) {
        if let Some(count) = if c.new { &mut there } else { &mut here }.get_mut(kind(c.ch)) {
            *count += 1;
        }
    }
    if !is_sign(text, candidate, false) && leads_alone(candidate, |ch| image_of(candidate, ch)) {
        return false;
    }
    let mut prev: Option<&Cell> = None;
    for (i, cell) in cells.iter().enumerate() {
        let next = cells.get(i + 1);
        if kept(cell) {
            let touches = |c: Option<&Cell>| {
                c.is_some_and(|c| {
                    (c.ch.is_ascii_alphabetic() && !matches!(kind(cell.ch), 0 | 6 | 7))
                        || (c.new && c.ch.is_alphabetic() && kind(c.ch) != kind(cell.ch))
                        || swap::is_ideograph(cell.ch) && (c.ch.is_ascii_alphabetic() || c.ch == '\u{FFFD}')
                })
            };
            let letter = cell.ch.is_alphabetic();
            let capital = cell.ch.is_uppercase() && prev.is_some_and(|p| p.ch.is_lowercase());
            // A few letters of a script that stands nowhere else, while those of another came out of the repair.
            let own = kind(cell.ch);
            let stranger = letter
                && own != 0
                && there.get(own) == Some(&0)
                && here.get(own).is_some_and(|n| *n * 4 <= there.iter().sum::<u32>());
            // The image of a lead byte whose second byte became a blank.
            let before_blank = next.is_some_and(|n| n.ch == ' ');
            let blank = before_blank && matches!(cell.ch, 'Ã' | 'Ă' | 'Â');
            // A lead byte that became a blank, where the decoder shows it as a no-break space: ` ã` for `ʋ`.
            let after_blank = prev.is_some_and(|p| p.ch == ' ')
                && (0xC2..0xE0).contains(&image_of(candidate, '\u{A0}'))
                && (0x80..0xC0).contains(&image_of(candidate, cell.ch));
            let blank = blank || letter && after_blank && candidate.kept * 4 <= candidate.units;
            // The same with any lead byte that stands alone, where next to nothing else was kept.
            let alone = !prev.is_some_and(|p| p.ch.is_alphabetic());
            let blank = blank || before_blank && alone && candidate.kept * 4 <= candidate.units && lead(cell.ch);
            // What is left of an apostrophe that lost its other two bytes: `dâ` before a vowel.
            let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'é' | 'è' | 'ê');
            // Or before a word, the only one of its kind: `âs`.
            let only = |c: &Cell| candidate.kept == 1 && candidate.units < 3 && !c.ch.is_alphabetic();
            let apostrophe = cell.ch == 'â' && prev.is_none_or(only) && next.is_some_and(|n| n.ch.is_alphabetic())
                || cell.ch == 'â' && next.is_some_and(|n| vowel(n.ch)) && prev.is_some_and(|p| p.ch.is_alphabetic());
            let blank = blank || apostrophe;
            let ascii = |c: Option<&Cell>| c.is_some_and(|c| c.ch.is_ascii_alphabetic());
            let alone = letter
                && own == 0
                && !ascii(prev)
                && !ascii(next)
                && here.first().is_some_and(|n| *n * 8 <= there.iter().skip(1).sum::<u32>());
            if blank || alone {
                return false;
            }
            if letter && (touches(prev) || touches(next)) || capital || stranger {
                return false;
            }
            if wide && swap::is_ideograph(cell.ch) && here.get(own).is_some_and(|n| *n < 4) {
                return false;
            }
        }
        prev = Some(cell);
    }
    true
}

/// The byte that a character is the image of through the outermost decoder; 0 if none.
fn image_of(candidate: &Candidate, ch: char) -> u8 {
    match candidate.chain.first() {
        Some(Through::Page(page)) => Pages::get().row(ch).and_then(|row| row.get(*page)).copied().unwrap_or(0),
        _ => 0,
    }
}

/// Whether all that was kept of a Latin line are images of lead bytes, and at least one of them is no letter of the
/// languages that the repaired line reads best in: then the bytes after it were lost.
fn leads_alone(candidate: &Candidate, image: impl Fn(char) -> u8) -> bool {
    let cells = &candidate.cells;
    let kept: Vec<char> = cells.iter().filter(|c| !c.new && !c.ch.is_ascii()).map(|c| c.ch).collect();
    let lead = |c: &char| c.is_alphabetic() && (0xC2..0xF5).contains(&image(*c));
    if kept.len() > 8 || !kept.iter().any(lead) || !lattice::is_latin(cells) {
        return false;
    }
    let came_out = |ch: char| cells.iter().any(|c| c.new && c.ch == ch);
    let chars: Vec<char> = cells.iter().map(|c| if c.new || c.ch.is_ascii() { c.ch } else { ' ' }).collect();
    let near: Vec<&Language> = Letters::get().nearest(&chars).map(|(l, _)| l).collect();
    let own = |ch: char| near.iter().any(|l| l.letter(letters::slot(ch)) != 0);
    let strange = |c: &char| !came_out(*c) && !own(*c);
    kept.iter().filter(|c| c.is_alphabetic()).all(|c| lead(c) && strange(c))
}

/// Whether the only sequence is one that good text has as well: a capital before an apostrophe or a closing quotation
/// mark, a capital between blanks that would become a blank.
pub(super) fn legitimate(text: &str, candidate: &Candidate) -> bool {
    let mut new = candidate.cells.iter().filter(|c| c.new && c.start < c.end);
    let (Some(cell), None) = (new.next(), new.next()) else { return false };
    let before = text.get(..cell.start as usize).and_then(|t| t.chars().next_back()).unwrap_or(' ');
    let mut damaged = text.get(cell.start as usize..cell.end as usize).unwrap_or_default().chars();
    let (Some(first), Some(second)) = (damaged.next(), damaged.next()) else { return false };
    let closing = matches!(second, '’' | '‘' | '”' | '“' | '»' | '…' | '–' | '—') && before.is_uppercase();
    let blank = cell.ch.is_whitespace() && !before.is_alphanumeric() && !before.is_ascii_punctuation();
    first.is_uppercase() && (closing || blank)
}

const KINDS: usize = 8;

/// The script of a letter, roughly; 0 is Latin.
fn kind(ch: char) -> usize {
    match Script::of(ch) {
        Script::Greek => 1,
        Script::Cyrillic => 2,
        Script::Hebrew => 3,
        Script::Arabic => 4,
        Script::Thai => 5,
        _ if swap::is_wide(ch) => 6,
        _ if ch < '\u{300}' || ('\u{1E00}'..'\u{2100}').contains(&ch) => 0,
        _ => 7,
    }
}

/// Scripts whose letters are images of lead and continuation bytes alike.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Greek,
    Cyrillic,
    Hebrew,
    Arabic,
    Thai,
    Box,
    Other,
}

impl Script {
    fn of(ch: char) -> Script {
        match ch {
            '\u{370}'..='\u{3FF}' => Script::Greek,
            '\u{400}'..='\u{52F}' => Script::Cyrillic,
            '\u{590}'..='\u{5FF}' => Script::Hebrew,
            '\u{600}'..='\u{6FF}' => Script::Arabic,
            '\u{E00}'..='\u{E7F}' => Script::Thai,
            '\u{2500}'..='\u{259F}' => Script::Box,
            _ => Script::Other,
        }
    }
}

/// A capital where a capital belongs, before something that is no letter. `Ã` and `Â` are left out: in text they are
/// nearly always lead bytes.
fn capital(before: char, first: char, after: char) -> bool {
    let fits = before.is_uppercase() || !before.is_alphanumeric();
    first.is_uppercase() && !matches!(first, 'Ã' | 'Â') && fits && !after.is_lowercase()
}
