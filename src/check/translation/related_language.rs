//! A sentence in a neighbouring language, told by the letters: «ы» never stands in Ukrainian, nor «ї» in Russian.

use super::RUNNING_TEXT;
use crate::{
    analysis::{
        Signals,
        around::{boundary_before, is_inside_quotation},
        places::{beginnings, places},
    },
    check::{Check, Context, Example, Meta, Sink},
    finding::Severity,
    region::Format,
    text::{Mixing, Span},
};
use std::collections::HashSet;
use wide::{CmpEq, i8x16};

pub(super) struct RelatedLanguage;

static META: Meta = Meta {
    name: "translation/related-language",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "sentence in a neighbouring language",
    why: "The source and the target share most letters and many words, so a sentence that nobody translated is easily \
          overlooked.",
    when_wrong: "Speech that is given in the speaker's own language without quotation marks.",
    fix: "",
    needs: Signals::CYRILLIC.or(Signals::LATIN),
    examples: &[
        Example::Bad {
            text: "Міська рада затвердила план ремонту моста, і роботи почнуться у квітні. Водители жалуются, что объезд занимает слишком много времени. Депутати обіцяють, що влітку рух відновлять.",
            find: &["Водители жалуются, что объезд занимает слишком много времени."],
            fixed: None,
        },
        Example::Bad {
            text: "Рабочие разобрали старые рельсы и увезли их на склад, чтобы потом продать. Нові рейки вже привезли і складають біля станції. Движение поездов откроют в мае, сообщили в мэрии.",
            find: &["Нові рейки вже привезли і складають біля станції."],
            fixed: None,
        },
        Example::Bad {
            text: "Kommunen räknar med att bron står färdig före sommaren, säger rådet, och att arbetet inte blir dyrare än det var tänkt från början. Den gamla bron var från trettiotalet och hade inte lagats på många år. Færgen sejler hver time så længe broen er lukket, også om søndagen. Invånarna är nöjda, men många hade hellre åkt tåg.",
            find: &["Færgen sejler hver time så længe broen er lukket, også om søndagen."],
            fixed: None,
        },
        Example::Good {
            text: "Вона відповіла російською: «Мы здесь живём уже двадцать лет и никуда не уедем». Потім усі пішли до сільради і ще довго там сиділи, бо надворі йшов дощ.",
        },
        Example::Good {
            text: "Газету «Новые известия» і журнал «Огонёк» він читав щодня, а книжки купував рідко, бо їх ніде було ставити, та й грошей не вистачало.",
        },
        Example::Good {
            text: "Писатель Іван Франко и поэтесса Леся Українка жили в одно время, были знакомы и писали друг другу письма, которые вышли отдельным томом.",
        },
        Example::Good {
            text: "Ateljén Ærø ligger i København, säger han, och där sålde de både möbler och tyger på femtiotalet, innan hela gården såldes till staden.",
        },
    ],
};

/// Two languages, by the letters that only one of them has, and by function words of the other one.
struct Relation {
    main: &'static str,
    own: &'static [&'static str],
    other: &'static str,
    foreign: &'static [&'static str],
    words: &'static str,
}

static RELATIONS: &[Relation] = &[
    Relation {
        main: "uk",
        own: &["і", "ї", "є", "ґ"],
        other: "ru",
        foreign: &["ы", "э", "ъ", "ё"],
        words: " и с к что как это был была было были или если когда его она они только уже очень также чтобы потому который которые из от нет есть будет ещё еще но под после между ",
    },
    Relation {
        main: "ru",
        own: &["ы", "э", "ъ", "ё"],
        other: "uk",
        foreign: &["і", "ї", "є", "ґ"],
        words: " й та що як це був була було були або якщо коли вона вони тільки вже дуже також щоб який яка які з від немає буде ще але після ",
    },
    Relation {
        main: "be",
        own: &["ў", "і"],
        other: "ru",
        foreign: &["и", "щ", "ъ"],
        words: " и с к что как это был была было были или если когда его только уже очень также чтобы который которые из от нет есть но ",
    },
    Relation {
        main: "ru",
        own: &["и", "щ", "ъ"],
        other: "be",
        foreign: &["ў"],
        words: " і што як гэта быў калі яго яна яны толькі ўжо вельмі таксама каб які якія з ад ёсць але ",
    },
    Relation {
        main: "bg",
        own: &["ъ"],
        other: "ru",
        foreign: &["ы", "э", "ё"],
        words: " что это был если его только уже чтобы который которые от нет есть очень ",
    },
    Relation {
        main: "sv",
        own: &["ä", "ö"],
        other: "da",
        foreign: &["æ", "ø"],
        words: " og ikke jeg af fra også blev efter være ",
    },
    Relation {
        main: "da",
        own: &["æ", "ø"],
        other: "sv",
        foreign: &["ä", "ö"],
        words: " och inte jag av från också blev efter vara ",
    },
    Relation {
        main: "pl",
        own: &["ł", "ą", "ę", "ż", "ś", "ć"],
        other: "cs",
        foreign: &["ř", "ě", "ů", "š", "č", "ž"],
        words: " se je že jsem jsou byl byla ale také nebo při ",
    },
    Relation {
        main: "cs",
        own: &["ř", "ě", "ů", "š", "č", "ž"],
        other: "pl",
        foreign: &["ł", "ą", "ę", "ż", "ś", "ć"],
        words: " się jest że są był była nie także oraz przy ",
    },
];

/// Letters of Kazakh, Tatar, Tajik, Mongolian and their neighbours; of Icelandic, Faroese and Estonian.
static OTHERS: &[&str] = &["қ", "ғ", "ң", "ө", "ұ", "ү", "һ", "ә", "ӯ", "ӣ", "ҷ", "ҳ", "þ", "ð", "õ"];

/// Those of the other language in a relation.
type FunctionWords = HashSet<&'static str, Mixing>;

/// So much of a text says which language it is in.
const SAMPLE: usize = 16 * 1024;
/// So many letters must speak for the text's own language.
const LEAST_OWN: usize = 3;
/// A sentence with fewer words may be a title or a name.
const LEAST: usize = 4;
/// More sentences than this share of the text: it is in two languages.
const MOST_SHARE: usize = 5;

impl Check for RelatedLanguage {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn formats(&self) -> &'static [Format] {
        RUNNING_TEXT
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let bytes = cx.prose().as_bytes();
        let sample = Letters::of(&bytes[..bytes.len().min(SAMPLE)]);
        // Other languages share letters with two of these; theirs tell them apart.
        if sample.count(OTHERS) > 0 {
            return;
        }
        // Ukrainian has the «і» of Belarusian, and the «и» of Russian in every line.
        let belarusian = sample.count(&["ў"]) > sample.count(&["ї", "є"]);
        // It has the letters that tell Russian from Ukrainian, but no «и».
        let only_belarusian = belarusian && sample.count(&["и"]) < sample.count(&["ў"]);
        // German has the «ä» and «ö» of Swedish.
        let german = sample.count(&["ü", "ß"]) > sample.count(&["å"]);
        let is_possible = |relation: &&Relation| {
            let likely = match relation.main {
                "be" => belarusian,
                "sv" => !german,
                "ru" | "uk" | "bg" => !only_belarusian,
                _ => true,
            };
            likely && sample.count(relation.own) >= LEAST_OWN
        };
        let possible: Vec<&Relation> = RELATIONS.iter().filter(is_possible).collect();
        // Russian has two neighbours: one look for the letters of both.
        let letters: Vec<&str> = possible.iter().flat_map(|relation| relation.foreign).copied().collect();
        let all = stands(bytes, &letters);
        for relation in possible {
            let own = pairs(relation.foreign);
            let is_its_own = |at: &&usize| pair(bytes, **at).is_some_and(|pair| own.contains(&pair));
            let letters: Vec<usize> = all.iter().filter(is_its_own).copied().collect();
            sentences(cx, relation, &letters, out);
        }
    }
}

/// How often each letter of two bytes stands in a sample: one pass for all that is asked of it.
struct Letters([u16; LEADS * 64]);

/// The letters asked for begin with the bytes from `FIRST` on: Latin with marks, and Cyrillic.
const LEADS: usize = 17;
const FIRST: u8 = 0xC3;

impl Letters {
    fn of(sample: &[u8]) -> Self {
        let mut counts = [0u16; LEADS * 64];
        let end = FIRST + LEADS as u8;
        places(sample, |b| (b >= FIRST) & (b < end)).for_each(|at| {
            let cell = sample.get(at..at + 2).and_then(place_of).and_then(|i| counts.get_mut(i));
            if let Some(cell) = cell {
                *cell += 1;
            }
        });
        Self(counts)
    }

    fn count(&self, letters: &[&str]) -> usize {
        let cells = letters.iter().filter_map(|l| place_of(l.as_bytes())).filter_map(|i| self.0.get(i));
        cells.map(|count| usize::from(*count)).sum()
    }
}

/// Where a letter of two bytes is counted.
fn place_of(letter: &[u8]) -> Option<usize> {
    let [lead, second] = letter else { return None };
    Some(usize::from(lead.checked_sub(FIRST)?) * 64 + usize::from(second & 0x3F))
}

/// How often these letters stand in a text, counted no further than to `most`.
fn count(bytes: &[u8], letters: &[&str], most: usize) -> usize {
    letters.iter().fold(0, |sum, l| sum + memchr::memmem::find_iter(bytes, l.as_bytes()).take(most - sum).count())
}

/// Where one of these letters stands, in order.
fn stands(bytes: &[u8], letters: &[&str]) -> Vec<usize> {
    match letters {
        [] => Vec::new(),
        [one] => memchr::memmem::find_iter(bytes, one.as_bytes()).collect(),
        _ => stand_among(bytes, letters),
    }
}

/// As [`stands`], for several letters. All have two bytes in UTF-8, and the second one is the rarer.
fn stand_among(bytes: &[u8], letters: &[&str]) -> Vec<usize> {
    debug_assert!(letters.iter().all(|l| l.len() == 2));
    let seconds: Vec<u8> = letters.iter().filter_map(|letter| letter.as_bytes().last().copied()).collect();
    let mut found = Vec::new();
    let wanted = pairs(letters);
    // Polish and Czech have six each, whose second bytes the other one's letters have too: both bytes are compared.
    if let Some(six) = wanted.first_chunk::<6>().filter(|_| wanted.len() == 6) {
        let [p, q, r, s, t, u] = six.map(u16::to_be_bytes);
        let is = |a: u8, b: u8, [lead, second]: [u8; 2]| (a == lead) & (b == second);
        beginnings(
            bytes,
            |[a, b, ..]| is(a, b, p) | is(a, b, q) | is(a, b, r) | is(a, b, s) | is(a, b, t) | is(a, b, u),
            |at| found.push(at),
        );
        return found;
    }
    let mut look = |at: usize| {
        let start = at.wrapping_sub(1);
        if pair(bytes, start).is_some_and(|pair| wanted.contains(&pair)) {
            found.push(start);
        }
    };
    // Those that Russian lacks share half a byte, which only its capitals have besides, behind another lead byte.
    if seconds.iter().all(|b| b & 0xF0 == 0x90) {
        beginnings(bytes, |[a, b, ..]| (a != 0xD0) & (b & 0xF0 == 0x90), |at| look(at + 1));
    } else {
        among(bytes, &seconds, look);
    }
    found
}

/// Letters of two bytes as numbers.
fn pairs(letters: &[&str]) -> Vec<u16> {
    letters.iter().filter_map(|letter| pair(letter.as_bytes(), 0)).collect()
}

/// Two bytes as a number.
fn pair(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|two| u16::from_be_bytes(*two))
}

/// Where one of some bytes stands, in order.
fn among(bytes: &[u8], wanted: &[u8], then: impl FnMut(usize)) {
    match wanted.len() {
        ..=4 => among_exactly::<4>(bytes, wanted, then),
        5..=8 => among_exactly::<8>(bytes, wanted, then),
        _ => among_exactly::<MOST>(bytes, wanted, then),
    }
}

/// Letters of all relations together.
const MOST: usize = 32;

/// As [`among`]. Written as vectors: whether the compiler makes them of a loop over the letters is its mood, and tenfold
/// the cost.
fn among_exactly<const N: usize>(bytes: &[u8], wanted: &[u8], mut then: impl FnMut(usize)) {
    let Some(last) = wanted.last() else { return };
    debug_assert!(wanted.len() <= N);
    let wanted: [u8; N] = std::array::from_fn(|i| *wanted.get(i).unwrap_or(last));
    let vectors = wanted.map(|b| i8x16::splat(b.cast_signed()));
    let (parts, rest) = bytes.as_chunks::<16>();
    for (i, part) in parts.iter().enumerate() {
        let part = i8x16::new(part.map(u8::cast_signed));
        let any = vectors.iter().fold(i8x16::ZERO, |any, wanted| any | part.cmp_eq(*wanted));
        let mut bits = any.move_mask();
        while bits != 0 {
            then(i * 16 + bits.trailing_zeros() as usize);
            bits &= bits - 1;
        }
    }
    let start = bytes.len() - rest.len();
    rest.iter().enumerate().filter(|(_, b)| wanted.contains(b)).for_each(|(i, _)| then(start + i));
}

/// Reports the sentences of the other language; neighbours are one finding.
fn sentences(cx: &Context<'_>, relation: &Relation, letters: &[usize], out: &mut Sink) {
    let prose = cx.prose();
    let bytes = prose.as_bytes();
    if letters.is_empty() {
        return;
    }
    let mut found: Vec<Span> = Vec::new();
    let mut done = 0;
    let mut inside = 0;
    let all = letters.len();
    // Enough to compare all of them with eight times their number.
    let own = count(bytes, relation.own, all.saturating_mul(8));
    let function_words: FunctionWords = relation.words.split(' ').collect();
    // Far more of the other language's letters than of its own: a text in two languages.
    if all > own * 8 || is_bilingual(prose, relation, &function_words) {
        return;
    }
    let mut length = 0;
    // The other language's letters outside of its sentences, so far.
    let mut outside = 0;
    for (index, &at) in letters.iter().enumerate() {
        if at < done {
            continue;
        }
        let span = sentence(prose, at);
        done = span.end.max(at + 1);
        if !is_foreign(&prose[span.range()], relation, &function_words)
            || is_inside_quotation(prose, span)
            || prose[..span.start].trim_end_matches([' ', '\u{a0}']).ends_with(['«', '“', '„', '"', '(', '[', ':', '‘'])
        {
            outside += letters[index..].iter().take_while(|at| **at < done).count();
            if outside * 8 > own {
                return;
            }
            continue;
        }
        inside += count(&bytes[span.range()], relation.foreign, usize::MAX);
        // It must be a small part of the text.
        length += span.len();
        if length * MOST_SHARE > prose.len() * 2 {
            return;
        }
        match found.last_mut() {
            Some(last) if prose[last.end..span.start].trim_matches([' ', '\u{a0}']).is_empty() => last.end = span.end,
            _ => found.push(span),
        }
    }
    // Outside of these sentences the text must be in its own language, and it must be most of the text.
    if found.is_empty() || (all - inside) * 8 > own {
        return;
    }
    // German and Finnish have Swedish letters too, and so on: the identifier must say the same.
    let is_main = |tag: &str| tag == relation.main || relation.main == "da" && tag == "nb";
    let latin = matches!(relation.main, "sv" | "da" | "pl" | "cs");
    if latin && !cx.lang().is_some_and(is_main) {
        return;
    }
    for span in found {
        let message = format!(
            "these words are in another language («{}») than the rest of the text («{}»)",
            relation.other, relation.main
        );
        out.report(span, 0.85, message, None);
    }
}

/// Whether at more than a quarter of a few places of a long text, evenly spread, the sentence is in the other language.
fn is_bilingual(prose: &str, relation: &Relation, function_words: &FunctionWords) -> bool {
    const PLACES: usize = 48;
    if prose.len() < 4 * SAMPLE {
        return false;
    }
    let spread = (0..PLACES).map(|i| boundary_before(prose, i * (prose.len() / PLACES)));
    let foreign =
        spread.map(|at| sentence(prose, at)).filter(|span| is_foreign(&prose[span.range()], relation, function_words));
    foreign.count() > PLACES / 4
}

/// The sentence round a place: up to the end of another one, a quotation mark, a bracket, or the line.
fn sentence(prose: &str, at: usize) -> Span {
    let closes = |c: char| matches!(c, '\n' | '\r' | '.' | '!' | '?' | '…' | '\u{1}') || "«»“”„\"()[]|".contains(c);
    let start = prose[..at].rfind(closes).map_or(0, |i| i + prose[i..].chars().next().map_or(1, char::len_utf8));
    let end = prose[at..].find(closes).map_or(prose.len(), |i| {
        let stop = at + i;
        if prose[stop..].starts_with(['.', '!', '?', '…']) {
            stop + prose[stop..].chars().next().map_or(1, char::len_utf8)
        } else {
            stop
        }
    });
    let text = &prose[start..end];
    let from = start + (text.len() - text.trim_start_matches([' ', '\u{a0}', '\t', '-', '–', '—', '*', '•']).len());
    Span::new(from.min(end), start + text.trim_end().len().max(from - start))
}

/// Whether words in lower case, two at least, have the other language's letters or are its function words, and none has
/// the text's own letters.
fn is_foreign(sentence: &str, relation: &Relation, function_words: &FunctionWords) -> bool {
    if relation.own.iter().any(|l| memchr::memmem::find(sentence.as_bytes(), l.as_bytes()).is_some()) {
        return false;
    }
    let letters = stands(sentence.as_bytes(), relation.foreign);
    let mut letters = letters.iter().peekable();
    let mut words = 0;
    let mut foreign: Vec<&str> = Vec::new();
    let mut at = 0;
    while let Some(start) = sentence[at..].find(is_letter).map(|i| at + i) {
        let end = sentence[start..].find(|c| !is_letter(c)).map_or(sentence.len(), |i| start + i);
        let word = &sentence[start..end];
        at = end;
        words += 1;
        while letters.next_if(|letter| **letter < start).is_some() {}
        let lettered = letters.peek().is_some_and(|letter| **letter < end);
        let function = function_words.contains(word);
        if !lettered && !function {
            continue;
        }
        let mut chars = word.chars();
        let small = chars.next().is_some_and(char::is_lowercase);
        let long = chars.next().is_some();
        if small && (long || function) && !foreign.contains(&word) {
            foreign.push(word);
        }
    }
    // Half-translated titles and quoted terms have one or two of them among many other words.
    words >= LEAST && foreign.len() >= 2 && foreign.len() * 6 >= words
}

/// A letter, or the apostrophe that Ukrainian words have inside.
fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\x7F' => c.is_ascii_alphabetic() || c == '\'',
        // The letters that nearly all of these words are made of.
        '\u{400}'..='\u{481}' => true,
        _ => c.is_alphabetic() || c == '’',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_any_number_of_bytes_is_found() {
        assert!(RELATIONS.iter().map(|relation| relation.foreign.len()).sum::<usize>() <= MOST);
        let text: Vec<u8> = (0..200).collect();
        for n in [1, 4, 5, 8, 9, 31] {
            let wanted: Vec<u8> = (0..n).map(|i| 0x80 + i).collect();
            let mut found = Vec::new();
            among(&text, &wanted, |at| found.push(text[at]));
            assert_eq!(found, wanted);
        }
    }
}
