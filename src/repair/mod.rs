//! Undoes what a wrong decoder did to a text.
//!
//! Every line is first searched for UTF-8 that was read as something else: the structure of UTF-8 proves itself, so
//! parts of a line, lost bytes and several layers can be told apart ([`search`], [`lattice`]). Only then legacy
//! encodings read as each other are tried ([`swap`]): there nothing but the languages' letters speaks. What is proven
//! on strong lines of a file counts for its weak lines.

mod chain;
mod escapes;
mod gate;
mod in_vain;
mod known;
mod lattice;
pub(crate) mod letters;
mod line;
pub(crate) mod model;
mod named;
mod natural;
mod pages;
mod plain;
mod quick;
mod rival;
mod search;
mod shape;
mod swap;
mod unseen;
mod weak;
mod wide;
mod words;

use crate::{analysis::Blocks, text::Span};
use lattice::{Setting, Through};
use model::{BIT, Cost};

pub use chain::{Chain, Layer};
pub use escapes::{Escape, Escaped, Languages, escapes, lost};
pub use named::{Kind, Named, named};

/// A stretch of text that was read through a wrong decoder, and what stood there before.
#[derive(Clone, Debug, PartialEq)]
pub struct Repair {
    /// Where.
    pub span: Span,
    /// What stood there; the same as in the text where that can no longer be told.
    pub text: String,
    /// What happened.
    pub chain: Chain,
    /// From 0 to 1.
    pub confidence: f32,
    /// Whether no other reading is near.
    pub safe: bool,
    /// Whether more than the letters that change speaks for it: the bytes, the other words of the line, the file.
    pub backed: bool,
    /// How many characters are lost for good; each stands as U+FFFD in `text`.
    pub lossy: u32,
    /// Where its line begins: all repairs of a line belong together.
    pub line: usize,
}

/// What is proven on the strong lines of a file.
#[derive(Default)]
struct Evidence {
    habit: gate::Habit,
    in_vain: in_vain::InVain,
    chains: Vec<Vec<Through>>,
    /// What weak lines have shown so far of a chain.
    sums: Vec<Sum>,
    swaps: Vec<(swap::Coding, swap::Coding)>,
}

/// Bits that a repair has to earn to be suggested, to be safe, and to be safe where the file has shown the same.
const SUGGESTED: Cost = 8 * BIT;
const SAFE: Cost = 12 * BIT;
const PROVEN: Cost = 5 * BIT;
/// Bits that make a line strong.
const STRONG: Cost = 40 * BIT;
/// Bits that several weak lines have to earn together before they prove their chain.
const TOGETHER: Cost = 30 * BIT;
/// Bits between the best and the second best reading.
const AHEAD: Cost = 3 * BIT;

/// What weak lines have shown of a chain.
#[derive(Default)]
struct Sum {
    chain: Vec<Through>,
    /// What it has earned; where the repair is no more than a suggestion, half counts.
    gain: Cost,
    /// Sequences of which every byte is there.
    exact: u32,
    /// Whether some line is repaired for certain.
    safe: bool,
}

impl Evidence {
    /// Whether a line would be searched for what has been searched for in vain. What the text has shown may explain it all
    /// the same.
    fn is_in_vain(&mut self, line: &str, look: gate::Look) -> bool {
        let habit = &mut self.habit;
        let is_proven = !self.chains.is_empty() || !self.swaps.is_empty();
        if is_proven || !self.in_vain.knows(line, look, |word| habit.is_usual(word)) {
            return false;
        }
        // It counts as if it had been searched.
        if look.swap && self.habit.tries() {
            self.habit.tried(false);
        }
        true
    }

    /// Takes in a line that proves nothing for others: several of them do together.
    fn add(&mut self, chain: &[Through], gain: Cost, exact: u32, safe: bool) {
        let at = self.sums.iter().position(|s| s.chain == chain).unwrap_or(self.sums.len());
        if at == self.sums.len() {
            self.sums.push(Sum { chain: chain.to_vec(), ..Sum::default() });
        }
        let Some(sum) = self.sums.get_mut(at) else { return };
        sum.gain = sum.gain.saturating_add(if safe { gain } else { gain / 2 });
        sum.exact += exact;
        sum.safe |= safe;
        if sum.safe && sum.gain >= TOGETHER && sum.exact > 1 {
            self.chains.push(chain.to_vec());
        }
    }
}

/// A line that may hold damage.
struct Line<'t> {
    text: &'t str,
    offset: usize,
    cells: Vec<line::Cell>,
}

impl<'t> Line<'t> {
    fn new(all: &'t str, span: Span) -> Line<'t> {
        let text = all.get(span.range()).unwrap_or_default();
        Line { text, offset: span.start, cells: line::cells(text) }
    }
}

/// All repairs, line by line, in order.
pub fn repairs(text: &str) -> Vec<Repair> {
    repairs_in(text, &Blocks::scan(text), || None)
}

/// As [`repairs`]. `blocks` are the text's; `language`, asked at most once, says in which language the text seems to be,
/// as a BCP 47 tag: then not all are tried on its first lines.
pub(crate) fn repairs_in<'l>(text: &str, blocks: &Blocks, language: impl FnOnce() -> Option<&'l str>) -> Vec<Repair> {
    let mut language = Some(language);
    let mut out = Vec::new();
    let mut evidence = Evidence::default();
    let mut waiting = Vec::new();
    let mut east_asian = None;
    let bytes = text.as_bytes();
    // Where the line after the last one begins.
    let mut done = named::mark(text).map_or(0, str::len);
    let mut wild = blocks.wild().iter();
    let mut block = Span::new(0, 0);
    loop {
        // Lines in which nothing can have been misread are not even looked at.
        let from = done.max(block.start);
        let hit = bytes.get(..block.end).and_then(|part| evidence.habit.natural().first_odd(part, from));
        evidence.habit.passed(hit.unwrap_or(block.end).saturating_sub(from));
        let Some(hit) = hit else {
            let Some(next) = wild.next() else { break };
            block = *next;
            continue;
        };
        let begin = memchr::memrchr(b'\n', &bytes[done..hit]).map_or(done, |i| done + i + 1);
        // No farther than a piece can reach: a file may be one line.
        let farthest = (hit + line::REACH).min(bytes.len());
        let end = memchr::memchr(b'\n', &bytes[hit..farthest]).map_or(farthest, |i| hit + i);
        let Span { start: begin, end } = line::piece(text, Span::new(begin, end), hit);
        done = if bytes.get(end) == Some(&b'\n') { end + 1 } else { end };
        let Some(body) = text.get(begin..end) else { continue };
        // What is natural counts as well: a line is judged as a whole.
        let high = plain::next_high(bytes, begin).map_or(0, |high| high - begin);
        if evidence.habit.is_plain(body, high) {
            continue;
        }
        if evidence.habit.is_new()
            && let Some(tag) = language.take().and_then(|language| language())
        {
            evidence.habit.expect(tag);
        }
        let look = gate::look(body, &mut evidence.habit);
        if look == gate::Look::default() {
            continue;
        }
        let span = Span::new(begin, end);
        let usual = look.mild && *east_asian.get_or_insert_with(|| natural::is_east_asian(text));
        let is_searched = !usual && (look.undo || look.swap) && !evidence.is_in_vain(body, look);
        let found = is_searched && in_line(&Line::new(text, span), look, &mut evidence, &mut out);
        if is_searched && !found {
            evidence.in_vain.remember();
        }
        if !found && span.len() < 4096 && waiting.len() < 4096 {
            waiting.push((span, look));
        }
    }
    if !evidence.chains.is_empty() || !evidence.swaps.is_empty() {
        // Lines in which nothing else was found keep what a dropped control left.
        let western = |chain: &[Through]| chain.iter().all(|t| matches!(t, Through::Page(0 | 1)));
        let dropped = evidence.chains.iter().any(|chain| western(chain));
        for (span, look) in waiting {
            let swap = (look.swap || look.later) && !evidence.swaps.is_empty();
            let undo = (look.undo || look.swap) && !evidence.chains.is_empty();
            if undo || swap {
                let line = Line::new(text, span);
                let undo = undo && (look.undo || rival::is_crossed(&line.cells));
                let look = gate::Look { undo, swap, ..gate::Look::default() };
                if !in_line(&line, look, &mut evidence, &mut out) && dropped {
                    rival::left_over(&line.cells).for_each(|cell| left(&line, cell, cell, &mut out));
                }
            }
        }
        out.sort_by_key(|r| r.span);
    }
    out
}

/// Repairs one line. Whether anything came of it.
fn in_line(line: &Line<'_>, look: gate::Look, evidence: &mut Evidence, out: &mut Vec<Repair>) -> bool {
    // Letters of another script inside Latin words are UTF-8 rather than a legacy encoding, though their own pairs may
    // be another language's.
    let undo_too = look.undo || look.swap && rival::is_crossed(&line.cells);
    if undo_too && proven(line, evidence, out) {
        return true;
    }
    let found = if undo_too { search::search(line.text, &line.cells, &evidence.chains) } else { None };
    if found.as_ref().is_some_and(|found| undo(line, found, evidence, out)) {
        return true;
    }
    // All of it spells UTF-8, though too little for a repair.
    let spelled = found.is_some_and(|f| f.best.kept == 0 && f.best.exact > 0 && f.best.exact == f.best.units);
    // What holds U+FFFD as bytes is lost, however it is read.
    if !look.swap || named::is_misread(line.text) || named::is_uninitialised(line.text) || !evidence.habit.tries() {
        return false;
    }
    if rival::is_remnant(&line.cells) {
        remnant(line, out);
        return true;
    }
    let found = swapped(line, spelled, evidence, out);
    evidence.habit.tried(found);
    found
}

/// The short way: a chain that the file has proven, where it explains the whole line and leaves clean text.
fn proven(line: &Line<'_>, evidence: &mut Evidence, out: &mut Vec<Repair>) -> bool {
    for index in 0..evidence.chains.len() {
        let chain = &evidence.chains[index];
        let mut cells: Option<Vec<line::Cell>> = None;
        for through in chain {
            cells = lattice::whole(cells.as_deref().unwrap_or(&line.cells), *through);
            if cells.is_none() {
                break;
            }
        }
        let Some(cells) = cells else { continue };
        let text: String = cells.iter().map(|c| c.ch).collect();
        if gate::look(&text, &mut gate::Habit::default()).undo || cells.iter().any(|c| c.ch == '\u{FFFD}') {
            continue;
        }
        // A capital before a quotation mark is a letter of phonetic writing in some page; alone it proves nothing.
        let mut new = cells.iter().filter(|c| c.new);
        if let (Some(only), None) = (new.next(), new.next())
            && ('\u{250}'..'\u{300}').contains(&only.ch)
        {
            continue;
        }
        let chain = Chain::utf8(chain);
        add(line, &cells, &chain, 0.99, true, out);
        return true;
    }
    // Intact text beside it: the same chain, if it leaves nothing over.
    for chain in &evidence.chains {
        if let Some(found) = search::along(&line.cells, chain)
            && found.best.exact == found.best.units
            && (found.before - found.best.cost >= SAFE
                || found.before - found.best.cost >= PROVEN && weak::is_at_home(line.text, &found.best))
            && (weak::is_sign(line.text, &found.best, true)
                || weak::is_at_home(line.text, &found.best)
                || weak::convincing(line.text, &found.best, found.before - found.best.cost)
                    && !weak::doubtful(line.text, &found.best))
            && weak::complete(line.text, &found.best)
        {
            add(line, &found.best.cells, &Chain::utf8(chain), 0.98, true, out);
            return true;
        }
    }
    false
}

/// UTF-8 read as something else.
fn undo(line: &Line<'_>, found: &search::Found, evidence: &mut Evidence, out: &mut Vec<Repair>) -> bool {
    let best = &found.best;
    let gain = found.before - best.cost;
    let known = evidence.chains.contains(&best.chain);
    let sign = weak::is_sign(line.text, best, known) || known && weak::is_at_home(line.text, best);
    if gain < if known { PROVEN } else { SUGGESTED } || !sign && !weak::convincing(line.text, best, gain) {
        return false;
    }
    // Replacement characters say that nothing is left to repair; a letter beside them is what bytes spelled by chance.
    let came_out = |mark: bool| {
        best.cells.iter().filter(|c| c.new && !c.ch.is_ascii() && !c.lost && mark == (c.ch == '\u{FFFD}')).count()
    };
    if came_out(false) <= came_out(true) && (came_out(true) > 0 || !best.cells.iter().any(|c| c.lost)) {
        return false;
    }
    if !known && !sign && rival::is_beaten(&line.cells, best) {
        return false;
    }
    // More than one byte in a few that left no trace: no reading of the rest is what stood there.
    if best.dropped > 0 && !known && rival::is_remnant(&line.cells) {
        remnant(line, out);
        return true;
    }
    let deepest = best.cells.iter().map(|c| usize::from(c.depth)).max().unwrap_or(0);
    if deepest < best.chain.len() && !best.cells.iter().any(|c| c.lost) {
        return side_by_side(line, best, out);
    }
    let ahead = found.second - best.cost;
    let safe = gain >= if known { PROVEN } else { SAFE } && ahead >= if known { 0 } else { AHEAD };
    // Few sequences read well through several pages.
    let near = best.units < 3 && !known && !sign && ahead < 2 * AHEAD;
    // Nor do letters that the language of the other words does not have, where another page gives others.
    let near = near || best.units < 3 && !known && !sign && ahead < 4 * AHEAD && rival::is_foreign(best);
    let safe = safe && best.told && !near && best.dropped == 0 && (known || sign || !weak::doubtful(line.text, best));
    // Two mistakes one on the other leave more traces than that.
    let wide = |t: &Through| matches!(t, Through::Wide(_));
    let several = best.chain.iter().any(|t| Some(t) != best.chain.first());
    let deep = several && best.units < 3 && best.chain.iter().any(wide);
    // One ideograph beside a lost character may be what is left of two others.
    let torn = best.units < 2 && best.chain.iter().any(wide) && line.text.contains('\u{FFFD}') && best.is_rare();
    let safe =
        safe && (known || !deep && !torn) && weak::complete(line.text, best) && !weak::legitimate(line.text, best);
    // A line that is broken throughout, or a long stretch beside intact text.
    let clear = best.kept == 0 && best.exact >= 3 || safe && best.exact >= 4 && gain >= 3 * STRONG / 2;
    if gain >= STRONG && ahead >= 2 * AHEAD && clear && !known {
        evidence.chains.push(best.chain.clone());
    } else if !known {
        evidence.add(&best.chain, gain, best.exact, safe);
    }
    let confidence = 1.0 - 0.5f32.powf(gain.min(ahead * 3).max(BIT) as f32 / (4 * BIT) as f32);
    add(line, &best.cells, &Chain::utf8(&best.chain), confidence, safe, out);
    true
}

/// Several decoders in one line, each with a part of its own: shown as such, not as one upon the other.
fn side_by_side(line: &Line<'_>, best: &search::Candidate, out: &mut Vec<Repair>) -> bool {
    let mut done: Vec<Span> = Vec::new();
    for through in &best.chain {
        let Some(reading) = lattice::read(&line.cells, *through, &Setting::of(&line.cells, false)) else { continue };
        let first = out.len();
        add(line, &reading.cells, &Chain::utf8(&[*through]), 0.6, false, out);
        let fresh: Vec<Repair> = out.drain(first..).filter(|r| !done.iter().any(|d| d.overlaps(r.span))).collect();
        done.extend(fresh.iter().map(|r| r.span));
        out.extend(fresh);
    }
    out.sort_by_key(|r| r.span);
    !done.is_empty()
}

/// A legacy encoding read as another.
fn swapped(line: &Line<'_>, spelled: bool, evidence: &mut Evidence, out: &mut Vec<Repair>) -> bool {
    let Some(mut found) = swap::read(&line.cells, line.text, &mut evidence.habit) else { return false };
    found.rivalled |= spelled;
    let pair = (found.was, found.read_as);
    let known = evidence.swaps.contains(&pair);
    let Some(safe) = found.verdict(known) else { return false };
    if found.gain >= STRONG && safe && !known {
        evidence.swaps.push(pair);
    }
    let confidence = 1.0 - 0.5f32.powf(found.gain.min(found.ahead * 2).max(BIT) as f32 / (8 * BIT) as f32);
    let chain = Chain(vec![Layer { was: found.was.name(), read_as: found.read_as.name() }]);
    let first = out.len();
    add(line, &found.cells, &chain, confidence, safe, out);
    for repair in out.iter_mut().skip(first) {
        repair.backed = known || found.backed();
    }
    true
}

/// What is left of UTF-8 that lost its controls: shown, and left as it is.
fn remnant(line: &Line<'_>, out: &mut Vec<Repair>) {
    let high = |c: &&line::Cell| !c.ch.is_ascii();
    let (Some(first), Some(last)) = (line.cells.iter().find(high), line.cells.iter().rfind(high)) else { return };
    left(line, first, last, out);
}

/// The stretch from one cell to another as what is left of UTF-8.
fn left(line: &Line<'_>, first: &line::Cell, last: &line::Cell, out: &mut Vec<Repair>) {
    let (start, end) = (first.start as usize, last.end as usize);
    out.push(Repair {
        span: Span::new(line.offset + start, line.offset + end),
        text: line.text.get(start..end).unwrap_or_default().to_owned(),
        chain: Chain::utf8(&[Through::Page(0)]),
        confidence: 0.9,
        safe: false,
        backed: true,
        lossy: 0,
        line: line.offset,
    });
}

fn add(line: &Line<'_>, cells: &[line::Cell], chain: &Chain, confidence: f32, safe: bool, out: &mut Vec<Repair>) {
    for patch in line::patches(line.text, cells) {
        out.push(Repair {
            span: Span::new(patch.span.start + line.offset, patch.span.end + line.offset),
            text: patch.text,
            chain: chain.clone(),
            confidence,
            safe,
            backed: true,
            lossy: patch.lost,
            line: line.offset,
        });
    }
}

/// A line with all its repairs, and whether all are safe.
#[cfg(test)]
fn repaired(line: &str) -> (String, bool) {
    let found = repairs(line);
    let mut out = line.to_owned();
    for r in found.iter().rev() {
        out.replace_range(r.span.range(), &r.text);
    }
    (out, found.iter().all(|r| r.safe))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixed(text: &str) -> Vec<(String, bool)> {
        repairs(text).into_iter().map(|r| (r.text, r.safe)).collect()
    }

    #[test]
    fn weak_lines_prove_a_chain_together() {
        let file = "Der KÃ¤se ist alt.\nDie TÃ¼r steht offen.\nACMEÂ®\nÅ“\n";
        let texts: Vec<String> = fixed(file).into_iter().map(|f| f.0).collect();
        assert_eq!(texts, ["ä", "ü", "®", "œ"]);
        // Alone such a line says too little.
        assert!(fixed("Å“\n").is_empty());
        // Nor does one damaged word make a guillemet after a capital suspicious.
        assert_eq!(fixed("Der KÃ¤se ist alt.\nDie TÃ¼r.\nDie TÃ¼ren.\nCAFÉ»\n").len(), 3);
    }

    #[test]
    fn a_lost_character_hides_no_damage_beside_it() {
        for (text, right) in [
            ("Die TÃ¼r st\u{FFFD}nd offen", "ü"),
            ("Der gro\u{FFFD}e SchlÃ¼ssel", "ü"),
            ("AvÃ\u{AD}o na pista \u{FFFD}", "í"),
        ] {
            assert_eq!(fixed(text), [(right.to_owned(), true)], "{text}");
        }
    }

    #[test]
    fn one_letter_is_enough_where_the_file_shows_the_decoder() {
        let file = "Он сказал Ð¿ÐµÑ€ÐµÐ´Ð°Ñ‡Ð° и Ð¿ÐµÑ€ÐµÐ´Ð°Ñ‡Ð°.\nЭто было создано Ð² прошлом году.\n";
        let texts: Vec<String> = fixed(file).into_iter().map(|f| f.0).collect();
        assert_eq!(texts, ["передача", "передача", "в"]);
    }

    #[test]
    fn a_line_is_found_before_one_of_another_script() {
        let texts: Vec<String> =
            fixed("Die Angaben sind g├╝ltig.\nDas ist vergr├╢├Яert\n").into_iter().map(|f| f.0).collect();
        assert_eq!(texts, ["ü", "öß"]);
    }

    #[test]
    fn two_letters_inside_a_word_of_another_script_are_one() {
        let polish = "W tablicy partycji typu DOS początkowe przesunięcie i rozmiar\n".repeat(12);
        let found = fixed(&format!("{polish}Ustawia przedrostek katalogรณw na nowy\n"));
        assert_eq!(found, [("ó".to_owned(), true)]);
    }

    #[test]
    fn signs_are_repaired_alone() {
        for (text, sign) in [("Copyright Â© 2019", "©"), ("Kostet 5â‚¬", "€"), ("Bei 10 Â°C", "°"), ("Sieheâ„¢", "™")]
        {
            assert_eq!(fixed(text), [(sign.to_owned(), true)], "{text}");
        }
        assert!(fixed("CRÂ®").is_empty());
    }

    #[test]
    fn accented_words_of_one_letter_are_no_letters_of_another_script() {
        for text in ["à una cosa che si è detto, e se è vero si è visto", "Ð and å are letters of the alphabet there"]
        {
            assert!(fixed(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn intact_letters_beside_a_sign_do_not_hide_it() {
        for (text, sign) in [
            ("Copyright Â© 2021 Pâtisserie Amélie", "©"),
            ("Il fait 12 Â°C à Besançon", "°"),
            ("Le gâteau coûte Â£9", "£"),
            ("C’est l’été â€¦ déjà", "…"),
            ("Prix : 3â‚¬ la pièce", "€"),
        ] {
            assert_eq!(fixed(text), [(sign.to_owned(), true)], "{text}");
        }
        let both = fixed("Il dit Â« bonsoir Â» à Zoé");
        assert_eq!(both, [("«".to_owned(), true), ("»".to_owned(), true)]);
    }

    #[test]
    fn few_east_asian_characters_are_repaired() {
        for (text, right) in
            [("±à¼\u{AD}´ËÒ³Ãæ", "编辑此页面"), ("¤¹¤Ù¤Æ¤Î½ñ¼°¤Ï", "すべての書式は"), ("ÆÄÀÏ ÀúÀå", "파일 저장")]
        {
            assert_eq!(fixed(text), [(right.to_owned(), true)], "{text}");
        }
        // Good words that spell such characters.
        for text in ["ταχωρί", "тамга", "ساعات", "čeština", "Þórður"] {
            assert!(fixed(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn damage_in_east_asian_text_is_found() {
        let good = "他打了一斤酒，看了一本书，还写了三封信。图书馆里有很多人，API文档在这里。\n".repeat(12);
        for text in ["鏈嶅姟鍣ㄥ拰瀹㈡埛绔箣闂寸殑杩炴帴", "鍏充簬OpenCode鐨勬枃妗�"] {
            assert!(!fixed(&format!("{good}{text}\n{good}")).is_empty(), "{text}");
        }
        // Latin words between the common characters are looked at no closer.
        assert!(fixed(&format!("{good}参见https://www.example.org/上的文档\n{good}")).is_empty());
    }

    #[test]
    fn memory_that_was_never_written_is_no_text() {
        assert!(fixed("保存文件烫烫烫烫烫烫烫烫").is_empty());
    }
}
