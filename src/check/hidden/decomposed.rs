//! Words written with separate marks in a text that writes the letters in one piece, and jamo among syllables.

use super::near;
use crate::{
    analysis::{
        Signals,
        around::{char_after, char_before, word_after, word_before},
        places::list_beginnings,
    },
    check::{Check, Context, Example, Meta, Sink},
    finding::{Edit, Fix, Safety, Severity},
    text::Span,
    unicode::{Script, flag, props, script, visible},
};
use unicode_normalization::UnicodeNormalization;

pub(super) struct Decomposed;

static META: Meta = Meta {
    name: "hidden/decomposed",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "decomposed word in a composed text",
    why: "The same letter can be one character or a letter and a mark. Both look alike, but a search for one does not \
          find the other, sorting puts them apart, and some fonts set the mark beside the letter. File names of macOS \
          and text from PDF are where it comes from.",
    when_wrong: "The two forms are told apart on purpose, in test data for instance.",
    fix: "Composes the word (NFC). That changes no letter.",
    needs: Signals::NFC_NOT_YES,
    examples: &[
        Example::Bad {
            text: "Le bâtiment était fermé, la fe\u{302}te aussi.",
            find: &["fe\u{302}te"],
            fixed: Some("Le bâtiment était fermé, la fête aussi."),
        },
        Example::Bad {
            text: "오늘은 \u{1112}\u{1161}\u{11a8}교에 갑니다.",
            find: &["\u{1112}\u{1161}\u{11a8}교에"],
            fixed: Some("오늘은 학교에 갑니다."),
        },
        Example::Bad {
            text: "Мой твердый строи\u{306} речной.",
            find: &["строи\u{306}"],
            fixed: Some("Мой твердый строй речной."),
        },
        Example::Good { text: "Le ba\u{302}timent e\u{301}tait ferme\u{301}." },
        Example::Good { text: "The mean x\u{304} and the share p\u{302} of the café" },
        Example::Good { text: "क़लम और ज़मीन, फ\u{93c}िल्म" },
        Example::Good { text: "\u{1112}\u{119e}\u{11ab} 글" },
    ],
};

/// More of them: one finding for all.
const MANY: usize = 20;

impl Check for Decomposed {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let text = cx.text();
        let mut words: Vec<(Span, String)> = Vec::new();
        for block in cx.blocks(Signals::NFC_NOT_YES) {
            let Some(part) = text.get(block.range()) else { continue };
            let mut end = block.start;
            for at in list_beginnings(part.as_bytes(), begins_mark) {
                let at = block.start + at;
                let Some(c) = char_after(text, at).filter(|c| at >= end && may_compose(*c)) else { continue };
                // Kana words have no blanks between them: the letter alone.
                let span = if is_kana_mark(c) {
                    Span::new(at - char_before(text, at).map_or(0, char::len_utf8), at + c.len_utf8())
                } else {
                    Span::new(word_before(text, at).start, word_after(text, at).end)
                };
                if span.is_empty() {
                    continue;
                }
                end = span.end;
                let word = &text[span.range()];
                if !near::in_markup(cx, span.start) && is_meant(word) {
                    let composed: String = word.nfc().collect();
                    if composed != word {
                        words.push((span, composed));
                    }
                }
            }
        }
        let Some((first, _)) = words.first() else { return };
        // A dot below is on the keyboards of languages whose tone marks are not: it is no evidence for those.
        let dots = words.iter().any(|(span, _)| text[span.range()].contains('\u{323}'));
        if composed_words(text, words.len(), dots) < words.len() {
            return;
        }
        let quote = |span: &Span| visible(&text[span.range()]).into_owned();
        if words.len() > MANY {
            let edits = words.iter().map(|(span, text)| Edit { span: *span, text: text.clone() }).collect();
            let title = format!("compose all {} words", words.len());
            let message = format!(
                "{} words like «{}» are written with separate marks, the others in one piece; compose them",
                words.len(),
                quote(first)
            );
            let fix = Fix { safety: Safety::Safe, title, edits };
            out.report_as(Severity::Info, *first, 0.8, message, Some(fix));
            return;
        }
        // A language whose letters have no composed form with its marks («ọ́», «ɔ́») is typed with separate ones.
        let by_nature = mark_by_nature(text, words.len());
        for (span, composed) in words {
            let message = format!(
                "«{}» is written with separate {}, unlike the rest of the text; compose it",
                quote(&span),
                if text[span.range()].chars().any(is_jamo) { "jamo" } else { "marks" }
            );
            let severity = if by_nature { Severity::Info } else { out.severity() };
            out.report_as(severity, span, 0.9, message, Some(Fix::replace(Safety::Safe, span, composed)));
        }
    }
}

/// Whether at least half as many words as `words` have a mark of this kind that their letter cannot be composed with.
fn mark_by_nature(text: &str, words: usize) -> bool {
    let mut found = 0;
    for (at, c) in text.char_indices() {
        if !c.is_ascii() && matches!(c, '\u{300}'..='\u{30c}' | '\u{323}' | '\u{331}') {
            let base = char_before(text, at).unwrap_or(' ');
            if script(base) == Script::Latin && std::iter::once(base).chain([c]).nfc().nth(1).is_some() {
                found += 1;
                if found * 2 >= words {
                    return true;
                }
            }
        }
    }
    false
}

/// Vowels and finals of Korean syllables.
fn is_jamo(c: char) -> bool {
    matches!(c, '\u{1161}'..='\u{11c2}')
}

fn is_kana_mark(c: char) -> bool {
    matches!(c, '\u{3099}' | '\u{309a}')
}

/// A mark that European letters, kana or jamo are composed with.
fn may_compose(c: char) -> bool {
    is_jamo(c) || (matches!(c, '\u{300}'..='\u{345}') || is_kana_mark(c)) && props(c).any(flag::NFC_NOT_YES)
}

/// Whether four bytes may begin with such a mark.
fn begins_mark([a, b, ..]: [u8; 4]) -> bool {
    (a == 0xCC) | (a == 0xCD) | ((a == 0xE1) & (0x85..=0x87).contains(&b)) | ((a == 0xE3) & (b == 0x82))
}

/// A word of a script whose composed letters are the usual ones; not a stress mark that happens to compose.
fn is_meant(word: &str) -> bool {
    let mut before = '\0';
    for c in word.chars() {
        let usual = matches!(
            script(c),
            Script::Latin
                | Script::Cyrillic
                | Script::Greek
                | Script::Hangul
                | Script::Hiragana
                | Script::Katakana
                | Script::Han
                | Script::Inherited
                | Script::Common
        );
        let stress = c == '\u{300}' && matches!(before, 'и' | 'е' | 'И' | 'Е');
        // Composed text holds no such characters for other reasons than a mark: ångström, polytonic accents.
        let other = props(c).any(flag::NFC_NO);
        if !usual || stress || other {
            return false;
        }
        before = c;
    }
    true
}

/// How many words hold a letter that is composed, counted up to `enough`.
fn composed_words(text: &str, enough: usize, dots: bool) -> usize {
    let mut count = 0;
    let mut in_word = false;
    for (at, c) in text.char_indices() {
        if count >= enough {
            break;
        }
        if matches!(c, 'が'..='ヺ') {
            count += usize::from(is_composed(c));
            continue;
        }
        if !crate::analysis::is_word_char(c) {
            in_word = false;
        } else if !in_word && !c.is_ascii() && is_composed(c) && (dots || !is_dotted(c)) {
            // Jamo right behind make the same word one of the decomposed.
            let rest = word_after(text, at);
            let clean =
                !text[rest.range()].chars().any(may_compose) && char_before(text, at).is_none_or(|b| !may_compose(b));
            if clean {
                count += 1;
            }
            in_word = true;
        }
    }
    count
}

/// A letter whose only mark is a dot below.
fn is_dotted(c: char) -> bool {
    let mut parts = std::iter::once(c).nfd().skip(1);
    parts.next() == Some('\u{323}') && parts.next().is_none()
}

fn is_composed(c: char) -> bool {
    match c {
        'À'..='ɏ' | 'Ḁ'..='ỿ' | 'Ѐ'..='ӿ' | 'Ά'..='ώ' | 'が'..='ヺ' => {
            std::iter::once(c).nfd().nth(1).is_some()
        }
        '가'..='힣' => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::places::beginning_of;

    #[test]
    fn no_mark_is_passed_over() {
        for c in ('\u{80}'..=char::MAX).filter(|c| may_compose(*c)) {
            assert!(begins_mark(beginning_of(c)), "U+{:04X}", c as u32);
        }
    }
}
