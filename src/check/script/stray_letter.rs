//! A single letter of another script standing as a word.

use super::{
    alphabets::Fit,
    mixed::{
        around::{Around, Shared},
        codepage,
        explain::char_name,
    },
};
use crate::{
    analysis::{Signals, places::beginnings},
    check::{Check, Context, Example, Meta, Sink},
    finding::{Fix, Safety, Severity},
    text::Span,
    unicode::{Script, props, twins},
};

/// A single letter of another script standing as a word.
pub(super) struct StrayLetter;

static META: Meta = Meta {
    name: "script/stray-letter",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "one-letter word written with the look-alike letter of another script",
    why: "Prepositions and conjunctions of one letter are typed with the wrong keyboard layout and look the same; search and \
          spelling checkers see another word.",
    when_wrong: "When the letter is a symbol: a point, a variable, a label.",
    fix: "Writes the letter of the text's own script; suggested, since single letters are symbols as well.",
    needs: Signals::NON_ASCII,
    examples: &[
        Example::Bad {
            text: "Мы говорили c соседями о новой дороге.",
            find: &["c"],
            fixed: Some("Мы говорили с соседями о новой дороге."),
        },
        Example::Bad { text: "She bought а small house.", find: &["а"], fixed: Some("She bought a small house.") },
        Example::Good {
            text: "Отметим точки a и b на прямой, сторона a равна трём."
        },
        Example::Good { text: "Витамин C полезен, а гепатит B опасен." },
    ],
};

/// The one-letter words of languages, lower case.
const WORDS: &[(&str, &str)] = &[
    ("ru", "аоуск"),
    ("uk", "аоузі"),
    ("be", "аоузі"),
    ("bg", "аоусеѝ"),
    ("mk", "аоусеѝ"),
    ("sr", "аоусе"),
    ("el", "οη"),
    ("en", "ai"),
    ("es", "aoye"),
    ("pt", "aoe"),
    ("it", "aeio"),
    ("fr", "ay"),
    ("pl", "aiozuw"),
    ("cs", "aiosuk"),
    ("sk", "aiosuk"),
    ("hr", "aiosuk"),
    ("sl", "ahkos"),
    ("hu", "aős"),
    ("ro", "aio"),
    ("ca", "aio"),
    ("ga", "a"),
    ("hy", "օ"),
];

impl Check for StrayLetter {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let needs = Signals::CYRILLIC.or(Signals::GREEK).or(Signals::ARMENIAN);
        let prose = cx.prose();
        let blocks = cx.blocks(needs);
        if blocks.is_empty() {
            return;
        }
        let mut found: Vec<(Span, char)> = Vec::new();
        let mut symbols = 0;
        // In Latin text «w» and «z» are words.
        let latin = cx.facts().scripts(prose).main() == Some(Script::Latin);
        for block in blocks {
            if latin {
                possessive(prose, block, out);
            }
            singles(prose, block, &mut found, &mut symbols);
        }
        // A text with variables of one letter has them everywhere.
        if symbols > 2 && !latin {
            return;
        }
        let shared = Shared::default();
        for (span, c) in found {
            judge(cx, span, c, &shared, out);
        }
    }
}

/// The Cyrillic ѕ after an apostrophe in a Latin word: «Anna'ѕ».
fn possessive(prose: &str, block: Span, out: &mut Sink) {
    let Some(part) = prose.as_bytes().get(block.range()) else { return };
    for at in memchr::memmem::find_iter(part, "ѕ").map(|i| block.start + i) {
        let span = Span::new(at, at + "ѕ".len());
        let before = prose.get(..at).map(|t| t.strip_suffix(['\'', '’']).unwrap_or(""));
        let latin = before.and_then(|t| t.chars().next_back()).is_some_and(script_is_latin);
        let ends = prose.get(span.end..).is_some_and(|t| !t.starts_with(char::is_alphanumeric));
        if latin && ends {
            let message = format!("{} in an English word; write s (U+0073).", char_name('ѕ'));
            out.report(span, 0.95, message, Some(Fix::replace(Safety::Safe, span, "s")));
        }
    }
}

fn script_is_latin(c: char) -> bool {
    props(c).is_letter() && props(c).script() == Script::Latin
}

/// Single letters between blanks that have a twin; counts those that have none, which are symbols.
fn singles(prose: &str, block: Span, found: &mut Vec<(Span, char)>, symbols: &mut usize) {
    let bytes = prose.as_bytes();
    let ends = |b: u8| (b == b' ') | (b == b'\n') | (b == b',') | (b == b'.');
    let ascii = |b: u8| (b | 0x20).wrapping_sub(b'a') < 26;
    let greek_to_armenian = |b: u8| b.wrapping_sub(0xCD) <= 0xD6 - 0xCD;
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(b'\n');
    let cyrillic = |b: u8| (0xD0..=0xD2).contains(&b);
    let mut single = |at: usize| {
        // A Cyrillic letter before a Cyrillic word, as nearly all are: [`judge`] would say the same, after some search.
        if cyrillic(byte(at)) && byte(at + 2) == b' ' && cyrillic(byte(at + 3)) {
            return;
        }
        let Some(c) = prose.get(at..).and_then(|t| t.chars().next()) else { return };
        *symbols += usize::from("bdfglmnqrtwzαβγδλμπ".contains(c));
        found.push((Span::new(at, at + c.len_utf8()), c));
    };
    // ì and Ì, for the Bulgarian ѝ.
    let grave = |b: u8, c: u8| (b == 0xC3) & ((c == 0xAC) | (c == 0x8C));
    let is = |[b, c, d]: [u8; 3]| ascii(b) & ends(c) | (greek_to_armenian(b) | grave(b, c)) & ends(d);
    let opens = block.start == 0 || matches!(byte(block.start - 1), b' ' | b'\n');
    if opens && is([byte(block.start), byte(block.start + 1), byte(block.start + 2)]) {
        single(block.start);
    }
    let part = bytes.get(block.start..(block.end + 3).min(bytes.len())).unwrap_or_default();
    beginnings(
        part,
        // Few comparisons first; what is no letter, or no end, is told apart where one may be.
        |[a, b, c, d]| (a == b' ') & ((c <= b'.') | (b >= 0x80) & (d <= b'.')),
        |at| {
            let at = block.start + at + 1;
            if at < block.end && is([byte(at), byte(at + 1), byte(at + 2)]) {
                single(at);
            }
        },
    );
}

fn judge(cx: &Context<'_>, span: Span, c: char, shared: &Shared, out: &mut Sink) {
    let own = props(c).script();
    let prose = cx.prose();
    // Most stand before a word in their own script.
    let right = prose.get(span.end..).and_then(|t| t.strip_prefix(' ')).unwrap_or("");
    if right.chars().next().is_none_or(|next| props(next).script() == own) {
        return;
    }
    let letter = c.to_string();
    let around = Around::new(cx, span, shared);
    let Some(to) = around.script().filter(|s| *s != own) else { return };
    let Some(twin) = twins(&letter, to).find(|t| t.near) else { return };
    // Both neighbours are words of the text's script, right beside it.
    let next_lower = right.chars().next().is_some_and(|c| props(c).script() == to && c.is_lowercase());
    let next_home = right.chars().next().is_some_and(|c| props(c).script() == to);
    let left = prose.get(around.line.start..span.start).unwrap_or("");
    let start = left.trim().is_empty() || left.trim_end().ends_with(['.', '!', '?', '…']);
    let previous = left.split_whitespace().next_back().unwrap_or("");
    let previous_home = previous.chars().next_back().is_some_and(|c| props(c).script() == to || ",;:—–»".contains(c));
    let second = right.split_whitespace().nth(1).unwrap_or("");
    if !next_home || !(previous_home || start) || around.line_text().contains(['=', '≈', '≤', '∈', '√', '×']) {
        return;
    }
    // «Fox і Ramey»: between names, or in a line with words of the letter's own script, it is a word of that script.
    let others = if own == Script::Greek { 0 } else { 1 };
    if to == Script::Latin && (around.paragraph().count(own) > others || plain(around.line_text()) < 2) {
        return;
    }
    // A label or symbol: another single letter near, a noun before it that takes one.
    let single = |w: &str| {
        let w = w.trim_matches(|c: char| !c.is_alphabetic());
        let mut chars = w.chars();
        matches!((chars.next(), chars.next()), (Some(x), None) if props(x).script() == own && x != c)
    };
    if around.line_text().split_whitespace().any(single) {
        return;
    }
    let upper = c.is_uppercase();
    if upper && !(start && next_lower) {
        return;
    }
    let guess = around.guess();
    let lower: String = twin.text.to_lowercase();
    let is_word = match guess.as_deref().and_then(|l| WORDS.iter().find(|(lang, _)| *lang == l)) {
        Some((_, words)) => words.contains(lower.as_str()) || (upper && "ВАОУСК".contains(twin.text)),
        None => WORDS.iter().any(|(_, words)| words.contains(lower.as_str())),
    };
    if !is_word || around.languages(to).fit(twin.letter()) == Fit::No || takes_symbol(previous, second) {
        return;
    }
    // Where the file's other words were read in a wrong code page, so was this one.
    if let Some(letter) = around.proven().and_then(|pages| codepage::before(c, pages)) {
        let message =
            format!("{} stands alone in {} text; before a wrong code page it was {letter}.", char_name(c), to.name());
        out.report(span, 0.85, message, Some(Fix::replace(Safety::Suggested, span, letter.to_string())));
        return;
    }
    let message = format!(
        "{} stands alone in {} text; the word is {} (U+{:04X}).",
        char_name(c),
        to.name(),
        twin.text,
        twin.letter() as u32
    );
    // A letter beyond ASCII in Latin text is no variable of its own: nobody means a Cyrillic а there.
    let safety = if own == Script::Cyrillic && to == Script::Latin { Safety::Safe } else { Safety::Suggested };
    out.report(span, 0.85, message, Some(Fix::replace(safety, span, twin.text)));
}

/// Words in small letters only.
fn plain(line: &str) -> usize {
    let words = line.split_whitespace().map(|w| w.trim_end_matches([',', '.', ';', ':', '!', '?']));
    words.filter(|w| w.chars().count() > 1 && w.chars().all(char::is_lowercase)).count()
}

/// Words that a symbol of one letter follows or precedes.
fn takes_symbol(previous: &str, next: &str) -> bool {
    const STEMS: &[&str] = &[
        "пусть",
        "где",
        "точк",
        "букв",
        "сторон",
        "координат",
        "переменн",
        "параметр",
        "функци",
        "числ",
        "вектор",
        "ось",
        "оси",
        "пример",
        "пункт",
        "вариант",
        "групп",
        "класс",
        "тип",
        "витамин",
        "гепатит",
        "план",
        "серии",
        "серия",
        "категори",
        "значени",
        "скорост",
        "индекс",
        "коэффициент",
        "элемент",
        "столбц",
        "строк",
        "регистр",
        "клавиш",
        "символ",
        "літер",
        "змінн",
        "крапк",
        "точц",
        "promenljiv",
        "τιμή",
        "σημείο",
        "γράμμα",
        "μεταβλητή",
        "παράμετρο",
        "опци",
        "ключ",
        "диск",
    ];
    let previous = previous.to_lowercase();
    let _ = next;
    STEMS.iter().any(|s| previous.starts_with(s))
}
