//! Sequences of signs that look like one letter, and signs that look like others, in scripts of South and South-East Asia.

use crate::{
    analysis::{Signals, places::list_beginnings},
    check::{Check, Context, Example, Meta, Sink},
    finding::{Fix, Safety, Severity},
    text::Span,
    unicode::{Script, props, visible},
};

/// Two signs that look like one letter.
pub(super) struct LookAlikeSequence;

static META: Meta = Meta {
    name: "script/look-alike-sequence",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "two signs that look like one letter",
    why: "The two signs show like the letter and are not: search, sorting and dictionaries do not know the word, and some \
          fonts show it with a dotted circle.",
    when_wrong: "In texts about the signs.",
    fix: "Writes the letter; safe.",
    needs: Signals::INDIC.or(Signals::SOUTH_EAST_ASIAN),
    examples: &[
        Example::Bad {
            text: "เเม่ไปตลาดทุกเช้า", find: &["เเ"], fixed: Some("แม่ไปตลาดทุกเช้า")
        },
        Example::Bad {
            text: "अाज बारिश होगी।", find: &["अा"], fixed: Some("आज बारिश होगी।")
        },
        Example::Bad {
            text: "ดื่มนํ้าทุกวัน", find: &["\u{E4D}\u{E49}\u{E32}"], fixed: Some("ดื่มน้ำทุกวัน")
        },
        Example::Good { text: "แม่น้ำและทะเล เล่น เวลา" },
    ],
};

/// What is written, what is meant. From the "Do Not Use" tables of the Unicode Standard (chapters 12 and 16).
const SEQUENCES: &[(&str, &str)] = &[
    ("\u{E40}\u{E40}", "\u{E41}"),
    ("\u{E4D}\u{E32}", "\u{E33}"),
    ("\u{EC0}\u{EC0}", "\u{EC1}"),
    ("\u{905}\u{93E}", "\u{906}"),
    ("\u{905}\u{94B}", "\u{913}"),
    ("\u{905}\u{94C}", "\u{914}"),
    ("\u{906}\u{947}", "\u{913}"),
    ("\u{906}\u{948}", "\u{914}"),
    ("\u{90F}\u{947}", "\u{910}"),
    ("\u{985}\u{9BE}", "\u{986}"),
    ("\u{A05}\u{A3E}", "\u{A06}"),
    ("\u{A85}\u{ABE}", "\u{A86}"),
    ("\u{B05}\u{B3E}", "\u{B06}"),
    ("\u{C92}\u{CCC}", "\u{C94}"),
    ("\u{D07}\u{D57}", "\u{D08}"),
];

impl Check for LookAlikeSequence {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let prose = cx.prose();
        for block in cx.blocks(Signals::INDIC.or(Signals::SOUTH_EAST_ASIAN)) {
            let Some(text) = prose.get(block.range()) else { continue };
            // One pass: where one of the first letters stands, the second is looked at.
            let mut skip_to = 0;
            for at in list_beginnings(text.as_bytes(), is_first) {
                let Some(six) = text.as_bytes().get(at..at + 6) else { continue };
                if at < skip_to || !SECOND[usize::from(six[5] & 0x3F)] {
                    continue;
                }
                let Some(&(wrong, right)) = SEQUENCES.iter().find(|(w, _)| w.as_bytes() == six) else { continue };
                skip_to = at + wrong.len();
                let rest = &text[skip_to..];
                // Three in a row are a drawing.
                if rest.starts_with(&wrong[..3]) {
                    continue;
                }
                let span = Span::new(block.start + at, block.start + at + wrong.len());
                let codes: Vec<String> = wrong.chars().map(|c| format!("U+{:04X}", c as u32)).collect();
                let c = right.chars().next().unwrap_or(' ');
                let message =
                    format!("{} look like the letter {right} (U+{:04X}); write that.", codes.join(" and "), c as u32);
                out.report(span, 0.95, message, Some(Fix::replace(Safety::Safe, span, right)));
            }
        }
        burmese_zero(cx, out);
        split_am(cx, out);
    }
}

/// The two halves of the Thai vowel am, with the mark of tone between them.
fn split_am(cx: &Context<'_>, out: &mut Sink) {
    let prose = cx.prose();
    for block in cx.blocks(Signals::SOUTH_EAST_ASIAN) {
        let Some(text) = prose.get(block.range()) else { continue };
        for at in memchr::memmem::find_iter(text.as_bytes(), "\u{E4D}") {
            let mut after = text[at + 3..].chars();
            let (Some(tone @ '\u{E48}'..='\u{E4B}'), Some('\u{E32}')) = (after.next(), after.next()) else { continue };
            let span = Span::new(block.start + at, block.start + at + 9);
            let message =
                "The vowel am in two signs, with the mark of tone between them; it is one sign after the mark.";
            let fixed = format!("{tone}\u{E33}");
            out.report(span, 0.9, message, Some(Fix::replace(Safety::Safe, span, fixed)));
        }
    }
}

/// Whether four bytes may begin with one of the sequences.
fn is_first([a, b, c, d]: [u8; 4]) -> bool {
    let thai = ((b == 0xB9) | (b == 0xBB)) & ((c == 0x80) | (c == 0x8D));
    let vowel = (c == 0x85) | (c == 0x86) | (c == 0x87) | (c == 0x8F) | (c == 0x92);
    // The block of an Indian script begins with an even one of these.
    let indic = (0xA4..=0xB4).contains(&b) & (b & 1 == 0);
    (a == 0xE0) & (d == 0xE0) & (thai | (indic & vowel))
}

/// The last six bits of the second letters: a filter before the table is searched.
static SECOND: [bool; 64] = {
    let mut table = [false; 64];
    let mut i = 0;
    while i < SEQUENCES.len() {
        table[(SEQUENCES[i].0.as_bytes()[5] & 0x3F) as usize] = true;
        i += 1;
    }
    table
};

/// The Burmese digit zero in the place of the letter wa.
fn burmese_zero(cx: &Context<'_>, out: &mut Sink) {
    let prose = cx.prose();
    for block in cx.blocks(Signals::SOUTH_EAST_ASIAN) {
        let Some(text) = prose.get(block.range()) else { continue };
        for at in memchr::memmem::find_iter(text.as_bytes(), "\u{1040}") {
            let (before, after) = (&text[..at], &text[at + 3..]);
            let digit =
                |c: Option<char>| c.is_some_and(|c| matches!(c, '\u{1040}'..='\u{1049}' | '.' | ',' | '/' | '-'));
            let next = after.chars().next();
            // A mark on it, or letters right after it and no digit near: a letter.
            let marked = next.is_some_and(|c| matches!(c, '\u{102B}'..='\u{103E}'));
            // A final consonant closes a syllable, which no digit begins.
            let mut two = after.chars().skip(1);
            let closed = next.is_some_and(|c| matches!(c, '\u{1000}'..='\u{1021}'))
                && two.next() == Some('\u{103A}')
                && two.next() != Some('\u{1039}');
            if digit(before.chars().next_back()) || digit(next) || !(marked || closed) {
                continue;
            }
            let span = Span::new(block.start + at, block.start + at + 3);
            let message = "The Burmese digit zero (U+1040) in a word; the letter wa is ဝ (U+101D).";
            out.report(span, 0.9, message, Some(Fix::replace(Safety::Suggested, span, "\u{101D}")));
        }
    }
}

/// Latin signs in the place of the danda, the visarga or another sign of Indic scripts.
pub(super) struct IndicSign;

static INDIC: Meta = Meta {
    name: "script/indic-sign",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "vertical bar, letter or colon instead of a danda or visarga",
    why: "Keyboards without the sign offer one that looks like it. Sentences are not recognised, words are not found.",
    when_wrong: "When a bar separates columns or a colon introduces a list.",
    fix: "Writes the sign of the script; suggested.",
    needs: Signals::INDIC,
    examples: &[
        Example::Bad {
            text: "राम घर गया| सीता बाज़ार गई।", find: &["|"], fixed: Some("राम घर गया। सीता बाज़ार गई।")
        },
        Example::Bad {
            text: "उसे बहुत दु:ख हुआ।", find: &["दु:ख"], fixed: Some("उसे बहुत दुःख हुआ।")
        },
        Example::Good { text: "| नाम | पता |\n| राम | दिल्ली |" },
        Example::Good { text: "समय: दस बजे। स्थान: पुस्तकालय।" },
    ],
};

/// Words with a visarga that are written with a colon; the part before it.
const VISARGA: &[&str] = &[
    "दु",
    "नि",
    "अत",
    "प्रात",
    "पुन",
    "प्राय",
    "अंत",
    "अन्त",
    "मूलत",
    "क्रमश",
    "वस्तुत",
    "विशेषत",
    "सामान्यत",
    "स्वत",
    "संभवत",
    "सम्भवत",
    "शत",
    "यशोधरत",
    "साधारणत",
    "पूर्णत",
    "मुख्यत",
    "अक्षरश",
    "बहिः",
    "छ",
    "शनै",
    "नम",
    "इतस्तत",
];

/// Scripts that end their sentences with the danda.
pub(in crate::check) fn has_danda(script: Script) -> bool {
    matches!(script, Script::Devanagari | Script::Bengali | Script::Gurmukhi | Script::Oriya)
}

impl Check for IndicSign {
    fn meta(&self) -> &'static Meta {
        &INDIC
    }

    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let prose = cx.prose();
        let indic = |c: Option<char>| {
            c.is_some_and(|c| has_danda(props(c).script()) && (props(c).is_letter() || props(c).is_mark()))
        };
        for block in cx.blocks(Signals::INDIC) {
            let Some(text) = prose.get(block.range()) else { continue };
            let bars = memchr::memchr_iter(b'|', text.as_bytes());
            for at in bars {
                let before = text[..at].trim_end_matches(' ').chars().next_back();
                let next = text[at + 1..].chars().next();
                let line_start = text[..at].rfind('\n').map_or(0, |i| i + 1);
                let line_end = text[at..].find('\n').map_or(text.len(), |i| at + i);
                let line = &text[line_start..line_end];
                let table = line.trim_start().starts_with('|')
                    || line.trim_end().ends_with('|') && line.matches('|').count() > 1
                    || line.matches('|').count() > 2
                    || line.contains(['/', '•'])
                    || line.contains(" | ");
                if !indic(before) || table || !matches!(next, None | Some(' ' | '\n' | '"' | '”')) {
                    continue;
                }
                let glued = !text[..at].ends_with(' ');
                let sentence = text[line_start..at].split_whitespace().count() >= 3;
                if !glued && !line[..at - line_start].trim_end().is_empty() && !line_end.eq(&(at + 1)) || !sentence {
                    continue;
                }
                let span = Span::new(block.start + at, block.start + at + 1);
                let message = "Vertical bar at the end of a sentence; the danda is । (U+0964).";
                out.report(span, 0.8, message, Some(Fix::replace(Safety::Suggested, span, "।")));
            }
            for at in memchr::memchr_iter(b':', text.as_bytes()) {
                visarga_of_others(text, at, block, out);
                let word_start = text[..at]
                    .char_indices()
                    .rev()
                    .take_while(|&(_, c)| props(c).script() == Script::Devanagari)
                    .last()
                    .map_or(at, |(i, _)| i);
                let stem = &text[word_start..at];
                if !VISARGA.contains(&stem) {
                    continue;
                }
                let rest = &text[at + 1..];
                let tail =
                    rest.find(|c| props(c).script() != Script::Devanagari && !props(c).is_mark()).unwrap_or(rest.len());
                let inside = tail > 0;
                // नि: and दु: only inside a word; the adverbs stand before a blank.
                let adverb = stem.ends_with('त') || stem.ends_with('श') || matches!(stem, "पुन" | "प्राय");
                let stands = inside || adverb && rest.starts_with(' ');
                if !stands {
                    continue;
                }
                let span = Span::new(block.start + word_start, block.start + at + 1 + tail);
                let word = &text[word_start..at + 1 + tail];
                let fixed = word.replacen(':', "ः", 1);
                let message = format!("Colon in the word «{}»; the visarga is ः (U+0903).", visible(word));
                out.report(span, 0.8, message, Some(Fix::replace(Safety::Suggested, span, fixed)));
            }
        }
    }
}

/// Beginnings of words that have a visarga inside, as letters' places in their blocks: du, ni, an-ta, pra-ta, pu-na. The
/// blocks of Indic scripts are laid out alike.
const INSIDE: &[&[u32]] =
    &[&[0x26, 0x41], &[0x28, 0x3F], &[0x05, 0x28, 0x4D, 0x24], &[0x2A, 0x4D, 0x30, 0x3E, 0x24], &[0x2A, 0x41, 0x28]];

/// A colon for the visarga inside a word of another script than Devanagari.
fn visarga_of_others(text: &str, at: usize, block: Span, out: &mut Sink) {
    let Some(last) = text[..at].chars().next_back() else { return };
    let base = last as u32 & !0x7F;
    if !matches!(base, 0x980 | 0xA80 | 0xB00 | 0xC00 | 0xC80 | 0xD00) {
        return;
    }
    let own = |c: &char| *c as u32 & !0x7F == base;
    let stem: Vec<char> = text[..at].chars().rev().take_while(own).take(8).collect();
    let places: Vec<u32> = stem.iter().rev().map(|c| *c as u32 - base).collect();
    let tail: usize = text[at + 1..].chars().take_while(own).map(char::len_utf8).sum();
    let Some(visarga) = char::from_u32(base + 3).filter(|_| tail > 0 && INSIDE.contains(&places.as_slice())) else {
        return;
    };
    let start = at - stem.iter().map(|c| c.len_utf8()).sum::<usize>();
    let span = Span::new(block.start + start, block.start + at + 1 + tail);
    let word = &text[start..at + 1 + tail];
    let fixed = word.replacen(':', visarga.encode_utf8(&mut [0; 4]), 1);
    let message =
        format!("Colon in the word «{}»; the visarga is {visarga} (U+{:04X}).", visible(word), visarga as u32);
    out.report(span, 0.8, message, Some(Fix::replace(Safety::Suggested, span, fixed)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_sequence_is_passed_over() {
        for (wrong, _) in SEQUENCES {
            assert!(wrong.as_bytes().first_chunk().is_some_and(|four| is_first(*four)), "{wrong}");
        }
    }
}
