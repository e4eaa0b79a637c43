//! Kanji in the place of kana that look the same.

use crate::{
    analysis::{Signals, around::char_after, places::places},
    check::{Check, Context, Example, Meta, Sink},
    finding::{Fix, Safety, Severity},
    text::Span,
    unicode::{Script, props},
};

/// Kanji in the place of kana that look the same.
pub(super) struct KanaLookAlike;

static KANA: Meta = Meta {
    name: "script/kana-look-alike",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "kanji inside a katakana word that looks like a kana",
    why: "Optical recognition and careless input take 一 for ー or 卜 for ト; search does not find the word.",
    when_wrong: "When the kanji is meant, between two katakana words.",
    fix: "Writes the kana; suggested.",
    needs: Signals::KANA,
    examples: &[
        Example::Bad {
            text: "駅前でコ一ヒーを飲む。", find: &["コ一ヒー"], fixed: Some("駅前でコーヒーを飲む。")
        },
        Example::Good { text: "アパート一室とカメラ一つ、メニュー一覧、ネット口コミ。" },
    ],
};

const KANA_TWINS: &[(char, char)] =
    &[('一', 'ー'), ('卜', 'ト'), ('夕', 'タ'), ('工', 'エ'), ('二', 'ニ'), ('力', 'カ'), ('口', 'ロ'), ('八', 'ハ')];

fn is_katakana(c: Option<char>) -> bool {
    c.is_some_and(|c| matches!(c, 'ァ'..='ヴ' | 'ー') && !matches!(c, 'ヵ' | 'ヶ'))
}

impl Check for KanaLookAlike {
    fn meta(&self) -> &'static Meta {
        &KANA
    }

    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let prose = cx.prose();
        for block in cx.blocks(Signals::KANA) {
            let Some(text) = prose.get(block.range()) else { continue };
            let bytes = text.as_bytes();
            for at in places(bytes, |b| (b == 0xE4) | (b == 0xE5)) {
                // Katakana lie in two rows of sixty-four: before the kanji, or after it.
                let row = |i: usize| matches!(bytes.get(i..i + 3), Some([0xE3, 0x82 | 0x83, _]));
                if !at.checked_sub(3).is_some_and(row) && !row(at + 3) {
                    continue;
                }
                let (previous, c) = (text[..at].chars().next_back(), char_after(text, at));
                let Some(&(kanji, kana)) = KANA_TWINS.iter().find(|(k, _)| Some(*k) == c) else { continue };
                let rest = &text[at + kanji.len_utf8()..];
                let next = rest.chars().next();
                // 卜 is a rare kanji: after katakana it is always the kana.
                let ends =
                    kanji == '卜' && is_katakana(previous) && next.is_none_or(|c| props(c).script() != Script::Han);
                if !is_katakana(next) && !ends {
                    continue;
                }
                if !is_katakana(previous) {
                    first_letter(Span::new(block.start + at, block.start + at), previous, (kanji, kana), rest, out);
                    continue;
                }
                let run_before = text[..at].chars().rev().take_while(|c| is_katakana(Some(*c))).count();
                let run_after = rest.chars().take_while(|c| is_katakana(Some(*c))).count();
                // 口コミ, 力フェ and numbers of months are words of their own; so is a kanji between two long words.
                let word_of_its_own = match kanji {
                    '口' => rest.starts_with("コミ") || run_before > 2,
                    '二' | '八' => {
                        rest.starts_with("カ月")
                            || rest.starts_with("カ国")
                            || rest.starts_with("カ所")
                            || run_before > 2
                    }
                    '一' => {
                        (rest.starts_with("カ月") || rest.starts_with("カ国") || rest.starts_with("カ所"))
                            || (run_before > 4 && run_after > 4)
                    }
                    '力' | '工' | '夕' => run_before > 2 || run_after > 4,
                    _ => false,
                };
                if word_of_its_own {
                    continue;
                }
                let start = text[..at]
                    .char_indices()
                    .rev()
                    .take_while(|&(_, c)| is_katakana(Some(c)))
                    .last()
                    .map_or(at, |(i, _)| i);
                let end = at
                    + kanji.len_utf8()
                    + rest.char_indices().find(|&(_, c)| !is_katakana(Some(c))).map_or(rest.len(), |(i, _)| i);
                let span = Span::new(block.start + start, block.start + end);
                let word = &text[start..end];
                let fixed = format!("{}{kana}{rest}", &text[start..at], rest = &text[at + kanji.len_utf8()..end]);
                let message = format!(
                    "The kanji {kanji} (U+{:04X}) inside the katakana word «{word}»; write {kana} (U+{:04X}).",
                    kanji as u32, kana as u32
                );
                out.report(span, 0.8, message, Some(Fix::replace(Safety::Suggested, span, fixed)));
            }
        }
    }
}

/// A kanji for the first kana of a word: what no kanji has after it, a long vowel or a small kana, proves it, or the
/// word is a common one.
fn first_letter(at: Span, previous: Option<char>, twin: (char, char), rest: &str, out: &mut Sink) {
    let (kanji, kana) = twin;
    let tail = &rest[..rest.find(|c| !is_katakana(Some(c))).unwrap_or(rest.len())];
    let alone = previous.is_none_or(|c| props(c).script() != Script::Han);
    let sign =
        tail.starts_with(['ー', 'ァ', 'ィ', 'ゥ', 'ェ', 'ォ', 'ッ', 'ャ', 'ュ', 'ョ']) && tail.chars().count() > 1;
    let word = format!("{kana}{tail}");
    if kanji == '一' || !alone || !(sign || is_common_katakana(&word)) {
        return;
    }
    let span = Span::new(at.start, at.start + kanji.len_utf8() + tail.len());
    let message = format!(
        "The kanji {kanji} (U+{:04X}) begins the katakana word «{word}»; write {kana} (U+{:04X}).",
        kanji as u32, kana as u32
    );
    out.report(span, 0.8, message, Some(Fix::replace(Safety::Suggested, span, word)));
}

/// Whether a word is in the list of common words in katakana.
fn is_common_katakana(word: &str) -> bool {
    let mut lines = include_str!("data/katakana_words.txt").lines().filter(|l| !l.starts_with('#'));
    lines.any(|l| l.split(' ').any(|w| w == word))
}
