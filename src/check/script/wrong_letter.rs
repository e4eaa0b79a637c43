//! Latin letters that another language has, where the text's own language has one that looks like them.

use super::{
    alphabets,
    language::{self, hits, is_common},
    mixed::{around::line_round, explain::char_name},
};
use crate::{
    analysis::{Signals, around::boundary_before, places::beginnings, word_at},
    check::{Check, Context, Example, Meta, Sink},
    finding::{Fix, Safety, Severity},
    text::Span,
    unicode::{Script, props, visible},
};
use memchr::memmem;
use std::cell::{LazyCell, OnceCell};

/// Latin letters that another language has, where the text's own language has one that looks like them.
pub(super) struct WrongLetter;

static META: Meta = Meta {
    name: "script/wrong-letter",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "letter of another Latin alphabet that looks like the language's own",
    why: "Old code pages and fonts had no room for every alphabet and took the nearest letter: ã for ă, õ for ő, ð for đ. \
          Spelling checkers, search and sorting do not know the word.",
    when_wrong: "When the word is a name of another language.",
    fix: "Writes the language's own letter; suggested.",
    needs: Signals::LATIN,
    examples: &[
        Example::Bad {
            text: "Copiii merg la școală și învață sã citeascã în fiecare zi.",
            find: &["sã", "citeascã"],
            fixed: Some("Copiii merg la școală și învață să citească în fiecare zi."),
        },
        Example::Bad {
            text: "Vlada je donijela odluku, ali građani i dalje čekaju na odgovor. Ðaci su na moru.",
            find: &["Ðaci"],
            fixed: Some("Vlada je donijela odluku, ali građani i dalje čekaju na odgovor. Đaci su na moru."),
        },
        Example::Good { text: "Avionul de la São Paulo a aterizat la București în cursul nopții." },
        Example::Good { text: "Guðrún og Sigurður fóru með bátnum til Vestmannaeyja." },
    ],
};

/// Letter, its twin.
const TWINS: [(char, char); 23] = [
    ('ã', 'ă'),
    ('Ã', 'Ă'),
    ('ǎ', 'ă'),
    ('Ǎ', 'Ă'),
    ('ð', 'đ'),
    ('Ð', 'Đ'),
    ('đ', 'ð'),
    ('Đ', 'Ð'),
    ('Ɖ', 'Đ'),
    ('ő', 'õ'),
    ('Ő', 'Õ'),
    ('õ', 'ő'),
    ('Õ', 'Ő'),
    ('û', 'ű'),
    ('Û', 'Ű'),
    ('ǝ', 'ə'),
    ('ş', 'ș'),
    ('Ş', 'Ș'),
    ('ţ', 'ț'),
    ('Ţ', 'Ț'),
    ('ǧ', 'ğ'),
    ('ğ', 'ǧ'),
    ('ǔ', 'ŭ'),
];

impl Check for WrongLetter {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let prose = cx.prose();
        let document = OnceCell::new();
        let document = || -> Option<&str> {
            let guess = || language::guess(cx, prose.get(..boundary_before(prose, 4000)).unwrap_or_default());
            document.get_or_init(guess).as_deref()
        };
        // A document in a language that has the letter is right to write it.
        let has = |lang: &str, c| alphabets::of(lang, Script::Latin).is_some_and(|alphabet| alphabet.has(c));
        let written = |c: char| [document(), cx.lang()].into_iter().flatten().any(|lang| has(lang, c));
        let wrong: LazyCell<[bool; TWINS.len()], _> = LazyCell::new(|| TWINS.map(|(wrong, _)| !written(wrong)));
        // Where the document's language does not have just the right one of the two, only a word that is common tells more.
        let ruled_out: LazyCell<[bool; TWINS.len()], _> = LazyCell::new(|| {
            let mixes = |lang: &str, (wrong, right)| shares(lang) || !has(lang, wrong) && has(lang, right);
            TWINS.map(|twins| document().is_some_and(|lang| !mixes(lang, twins)))
        });
        let mut places = Vec::new();
        for block in cx.blocks(Signals::LATIN) {
            let Some(part) = prose.get(block.range()) else { continue };
            beginnings(part.as_bytes(), may_be_twin, |at| {
                let twin = part.as_bytes().get(at..).and_then(twin);
                places.extend(twin.filter(|twin| wrong[*twin]).map(|twin| (block.start + at, Some(twin))));
            });
        }
        for block in cx.blocks(Signals::MARK) {
            let dots = memmem::find_iter(&prose.as_bytes()[block.range()], DOT).map(|at| block.start + at);
            let behind_i = |at: &usize| prose.get(..*at).is_some_and(|before| before.ends_with(['i', 'ı']));
            places.extend(dots.filter(behind_i).map(|at| (at, None)));
        }
        places.sort_unstable();
        let (mut cedillas, mut skip_to) = (0, 0);
        // A letter that is right in so many words in a row is at home in the text.
        const AT_HOME: u32 = 100;
        let mut right_words = [0u32; TWINS.len()];
        for (at, twin) in places {
            if at < skip_to || twin.is_some_and(|twin| right_words[twin] >= AT_HOME) {
                continue;
            }
            let word = word_at(prose, at);
            skip_to = word.end;
            match twin {
                None => dotted_i(cx, word, document(), out),
                Some(twin) => {
                    let ruled_out = ruled_out[twin];
                    // No common word is so long, however it is repaired.
                    let is_right = ruled_out && word.len() > language::LONGEST_LATIN
                        || !judge(cx, word, TWINS[twin], document(), ruled_out, &mut cedillas, out);
                    right_words[twin] = if is_right { right_words[twin] + 1 } else { 0 };
                }
            }
        }
    }
}

/// Languages whose words stand among those of a neighbour.
fn shares(lang: &str) -> bool {
    ["hr", "sr", "bs"].contains(&lang)
}

/// Which of the [`TWINS`] begins a text; all have two bytes.
fn twin(text: &[u8]) -> Option<usize> {
    let [lead, second, ..] = text else { return None };
    let at = usize::from(lead & 0x1F) << 6 | usize::from(second & 0x3F);
    NUMBERS.get(at).map(|n| usize::from(*n)).filter(|n| *n < TWINS.len())
}

/// The number of a letter among the [`TWINS`], by its code point; elsewhere one that none of them has.
static NUMBERS: [u8; 0x200] = {
    let mut numbers = [u8::MAX; 0x200];
    let mut n = 0;
    while n < TWINS.len() {
        numbers[TWINS[n].0 as usize] = n as u8;
        n += 1;
    }
    numbers
};

/// Whether four bytes may begin with one of the letters.
fn may_be_twin([a, b, ..]: [u8; 4]) -> bool {
    let (caseless, even) = (b & 0xDF, b & 0xFE);
    let western = (caseless == 0x83) | (caseless == 0x90) | (caseless == 0x95) | (caseless == 0x9B);
    let first = (even == 0x90) | (b == 0x9F);
    let second = (even == 0x90) | (even == 0x9E) | (even == 0xA2);
    let rest = ((a == 0xC6) & (b == 0x89)) | (a == 0xC7);
    ((a == 0xC3) & western) | ((a == 0xC4) & first) | ((a == 0xC5) & second) | rest
}

/// A dot that is set on the letter before it.
const DOT: &[u8] = "\u{307}".as_bytes();

/// Judges a word with the letter `wrong`, `ruled_out` where the document's language does not have just the right one.
/// `false` where it is right beyond doubt: the document's language has both letters, or neither, and no common word comes
/// out.
fn judge(
    cx: &Context<'_>,
    word: Span,
    (wrong, right): (char, char),
    document: Option<&str>,
    ruled_out: bool,
    cedillas: &mut u32,
    out: &mut Sink,
) -> bool {
    let prose = cx.prose();
    let Some(text) = prose.get(word.range()) else { return false };
    if text.chars().any(|c| !c.is_ascii() && props(c).is_letter() && props(c).script() != Script::Latin) {
        return false;
    }
    let fixed: String = text
        .chars()
        .map(|c| {
            if c.is_ascii() {
                c
            } else if c == wrong {
                right
            } else {
                TWINS.iter().find(|(w, _)| *w == c && same(*w, wrong)).map_or(c, |(_, r)| *r)
            }
        })
        .collect();
    // A common word of one language, once it is repaired, tells the language by itself.
    let known = is_common(&fixed, None) && !is_common(text, None);
    // A text in one language is not searched for paragraphs in others.
    let elsewhere = |lang: &str| known || shares(lang);
    if ruled_out && !known {
        return false;
    }
    let line = line_round(prose, word);
    let paragraph = prose.get(line.range()).unwrap_or("");
    let lang = language::given(cx)
        .map(str::to_owned)
        .or_else(|| {
            ["ro", "hu", "vi", "hr", "sr", "az"]
                .into_iter()
                .find(|l| known && is_common(&fixed, Some(l)) && may_be(paragraph, l))
                .map(str::to_owned)
        })
        .or_else(|| language::guess(cx, paragraph))
        .or_else(|| by_letters(paragraph, right))
        .filter(|l| document.is_none_or(|d| d == l || elsewhere(d)));
    let Some(lang) = lang else { return true };
    // What no code page confuses is a slip of somebody who knows the language: then its small words stand there too.
    let slip = matches!(wrong, 'ǧ' | 'ğ' | 'ǔ' | 'ǝ' | 'ǎ' | 'Ǎ');
    if slip && !known && language::given(cx).is_none() && hits(paragraph, &lang) < 2 {
        return true;
    }
    if !may_be(paragraph, &lang) || rival(paragraph, wrong, &lang) {
        return true;
    }
    let Some(alphabet) = alphabets::of(&lang, Script::Latin) else { return true };
    if alphabet.has(wrong) || !alphabet.has(right) {
        return true;
    }
    let cedilla = matches!(wrong, 'ş' | 'Ş' | 'ţ' | 'Ţ');
    let first = text.chars().next().unwrap_or(' ');
    let before = prose.get(line.start..word.start).unwrap_or("").trim_end();
    let sentence_start = before.is_empty() || before.ends_with(['.', '!', '?', ':', '"', '„', '«']);
    // A capitalised word inside a sentence is a name, which may be foreign; a letter that begins it is no less wrong.
    if first.is_uppercase() && first != wrong && !sentence_start && !cedilla {
        return true;
    }
    let others = text.chars().any(|c| {
        !c.is_ascii() && c != wrong && props(c).is_letter() && !alphabet.has(c) && !TWINS.iter().any(|(w, _)| *w == c)
    });
    if others || cx.facts().is_opaque(prose, word) {
        return true;
    }
    let name = language::name(&lang).unwrap_or("this");
    let message = format!(
        "{} in the {name} word «{}»; the {name} letter is {right} (U+{:04X}).",
        char_name(wrong),
        visible(text),
        right as u32
    );
    let fix = Fix::replace(Safety::Suggested, word, fixed);
    if cedilla {
        // Older Romanian text has the cedilla throughout: one note. Beside the comma it is a slip.
        let letters = cx.facts().profile(prose).letters();
        let commas = letters.count('ș') + letters.count('ț');
        // A name in a text that has the comma: Beşiktaş.
        if commas > 0 && first.is_uppercase() && !sentence_start {
            return true;
        }
        if commas < letters.count('ş') + letters.count('ţ') {
            *cedillas += 1;
            if *cedillas == 1 {
                out.report_as(Severity::Info, word, 0.6, message, Some(fix));
            }
            return true;
        }
    }
    out.report(word, if known { 0.9 } else { 0.8 }, message, Some(fix));
    true
}

/// A language with the letter, one of whose small words stands in the text, and which has all its other letters, at
/// least one of them beyond ASCII.
fn by_letters(text: &str, right: char) -> Option<String> {
    let others = text.chars().filter(|c| !c.is_ascii() && props(*c).script() == Script::Latin);
    if !others.clone().any(|c| c.is_lowercase() && !TWINS.iter().any(|(w, _)| *w == c)) {
        return None;
    }
    let mut fitting = alphabets::all().iter().filter(|a| a.script == Script::Latin && a.has(right));
    fitting.find(|a| may_be(text, a.lang) && hits(text, a.lang) > 0).map(|a| a.lang.to_owned())
}

/// Whether all letters of a text are the language's own, or stand for them; names may have others.
fn may_be(text: &str, lang: &str) -> bool {
    let Some(alphabet) = alphabets::of(lang, Script::Latin) else { return false };
    let own = |c: char| alphabet.has(c) || TWINS.iter().any(|(w, r)| *w == c && alphabet.has(*r));
    let strange = |c: char| !c.is_ascii() && props(c).is_letter() && props(c).script() == Script::Latin && !own(c);
    let words = text.split(|c: char| !props(c).is_letter() && !props(c).is_mark());
    words.filter(|w| !w.starts_with(char::is_uppercase)).all(|w| !w.chars().any(strange))
}

/// Whether another language has the letter and all others of the text, and nearly as many of its common words.
fn rival(text: &str, wrong: char, lang: &str) -> bool {
    let own = hits(text, lang);
    let fits = |a: &alphabets::Alphabet| {
        let letters = text.chars().filter(|c| !c.is_ascii() && props(*c).is_letter());
        a.has(wrong) && letters.filter(|c| props(*c).script() == Script::Latin).all(|c| a.has(c))
    };
    let mut others = alphabets::all().iter().filter(|a| a.script == Script::Latin && a.lang != lang && fits(a));
    others.any(|a| own < 2 || hits(text, a.lang) + 1 >= own)
}

/// Whether two suspects come from the same old code page, so that one repair covers both.
fn same(a: char, b: char) -> bool {
    let group = |c: char| match c {
        'ã' | 'Ã' => 1,
        'õ' | 'Õ' | 'û' | 'Û' => 2,
        'ş' | 'Ş' | 'ţ' | 'Ţ' => 3,
        c => c as u32 + 10,
    };
    group(a) == group(b)
}

/// What lower-casing makes of İ: i with a second dot.
fn dotted_i(cx: &Context<'_>, word: Span, document: Option<&str>, out: &mut Sink) {
    let prose = cx.prose();
    let Some(text) = prose.get(word.range()) else { return };
    // Lithuanian writes the dot below its accents.
    if document == Some("lt") || text.chars().any(|c| matches!(c, '\u{300}' | '\u{301}' | '\u{303}')) {
        return;
    }
    let message = format!(
        "i with a second dot (U+0307) in «{}»: İ was made lower case without regard to the language.",
        visible(text)
    );
    out.report(
        word,
        0.9,
        message,
        Some(Fix::replace(Safety::Suggested, word, text.replace("i\u{307}", "i").replace("ı\u{307}", "i"))),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::places::beginning_of;

    #[test]
    fn no_twin_is_passed_over() {
        for (wrong, _) in TWINS {
            assert!(may_be_twin(beginning_of(wrong)), "{wrong}");
            assert_eq!(twin(&beginning_of(wrong)).map(|twin| TWINS[twin].0), Some(wrong));
        }
    }
}
