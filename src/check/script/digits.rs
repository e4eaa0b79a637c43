//! Digits and letters that stand in for one another, and digits of two kinds in one number.

use super::{
    alphabets::{Fit, Languages},
    mixed::{around::is_cjk, explain::char_name},
};
use crate::{
    analysis::{Signals, around::char_after, places::places},
    check::{Check, Context, Example, Meta, Sink},
    finding::{Fix, Safety, Severity},
    text::Span,
    unicode::{Script, flag, props, visible},
};

/// A digit inside a word, or a letter inside a number.
pub(super) struct DigitLetter;

static META: Meta = Meta {
    name: "script/digit-letter",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "digit inside a word, or letter inside a number",
    why: "Optical recognition and old typewriter habits write 0 for o and l for 1. Numbers are not counted, words are not \
          found.",
    when_wrong: "When it is a code or a coined name.",
    fix: "Writes the look-alike; suggested.",
    needs: Signals::DIGIT.or(Signals::HAN),
    examples: &[
        Example::Bad {
            text: "Все д0роги ведут в Рим.", find: &["д0роги"], fixed: Some("Все дороги ведут в Рим.")
        },
        Example::Bad {
            text: "It was built in 19O7 by monks.",
            find: &["19O7"],
            fixed: Some("It was built in 1907 by monks."),
        },
        Example::Bad { text: "一九O五年开始。", find: &["一九O五"], fixed: Some("一九〇五年开始。") },
        Example::Good { text: "H2O, CO2, O2, the 10l bucket, B2B and MP3." },
        Example::Good { text: "Модель А10 и 3D-печать, 90-е годы." },
    ],
};

impl Check for DigitLetter {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let prose = cx.prose();
        let bytes = prose.as_bytes();
        let palochka = std::cell::OnceCell::new();
        for block in cx.blocks(Signals::DIGIT) {
            let Some(part) = bytes.get(block.range()) else { continue };
            let mut skip_to = 0;
            let letter = |at: usize| part.get(at).is_some_and(|b| b.is_ascii_alphabetic() || *b >= 0x80);
            for at in places(part, |b| b.is_ascii_digit()) {
                // Only where a digit touches a letter; most digits touch none.
                if at < skip_to || !(letter(at + 1) || letter(at.wrapping_sub(1))) {
                    continue;
                }
                let token = token_at(prose, block.start + at);
                skip_to = token.end.saturating_sub(block.start).max(at + 1);
                judge(cx, token, &palochka, out);
            }
        }
        chinese_zero(cx, out);
    }
}

/// The run of letters, marks and digits round a position.
fn token_at(text: &str, at: usize) -> Span {
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    let start = before.char_indices().rev().take_while(|&(_, c)| props(c).is_word()).last().map_or(at, |(i, _)| i);
    let end = after.char_indices().find(|&(_, c)| !props(c).is_word()).map_or(text.len(), |(i, _)| at + i);
    Span::new(start, end)
}

fn judge(cx: &Context<'_>, token: Span, palochka: &std::cell::OnceCell<bool>, out: &mut Sink) {
    let prose = cx.prose();
    let Some(text) = prose.get(token.range()) else { return };
    if text.len() > 80 || cx.facts().is_opaque(prose, token) {
        return;
    }
    let before = prose.get(..token.start).and_then(|t| t.chars().next_back());
    let after = prose.get(token.end..).and_then(|t| t.chars().next());
    let plain = |c: Option<char>| {
        c.is_none_or(|c| {
            c.is_whitespace() || ".,;:!?()-–—".contains(c) || props(c).any(flag::QUOTATION) || is_cjk(props(c).script())
        })
    };
    if !plain(before) || !plain(after) {
        return;
    }
    let chars: Vec<char> = text.chars().collect();
    let digits = chars.iter().filter(|c| c.is_ascii_digit()).count();
    let letters = chars.len() - digits;
    let dotted = matches!(before, Some('.' | ':' | '-')) || after == Some(':');
    // 1oo: a number of which only the first digit is one.
    let hundreds = chars.first().is_some_and(char::is_ascii_digit)
        && chars.len() < 5
        && chars.iter().all(|c| c.is_ascii_digit() || matches!(c, 'O' | 'o'));
    if letters > digits && !hundreds {
        let foreign = || {
            let line = super::mixed::around::line_round(prose, token);
            super::language::guess(cx, prose.get(line.range()).unwrap_or("")).is_some_and(|lang| lang != "en")
        };
        if let Some(fixed) = word(&chars, foreign) {
            let digit = chars.iter().copied().find(char::is_ascii_digit).unwrap_or('0');
            let message = format!("Digit {digit} inside the word «{}»; the word is «{fixed}».", visible(text));
            return out.report(token, 0.85, message, Some(Fix::replace(Safety::Suggested, token, fixed)));
        }
        if text.contains('1')
            && *palochka.get_or_init(|| has_palochka(cx))
            && let Some(fixed) = with_palochka(&chars)
        {
            let message = format!("Digit 1 in the word «{}»; the letter is the palochka Ӏ (U+04C0).", visible(text));
            out.report(token, 0.8, message, Some(Fix::replace(Safety::Suggested, token, fixed)));
        }
        return;
    }
    let next = prose.get(token.end..).and_then(|t| t.strip_prefix([' ', '\u{a0}']));
    // What is counted stands after the number.
    let small = |c: char| c.is_lowercase() && matches!(props(c).script(), Script::Cyrillic | Script::Greek);
    let small_next = next.is_some_and(|t| t.starts_with(small) && t.chars().nth(1).is_some_and(small));
    let counted = small_next || next.is_some_and(|t| t.chars().take_while(|c| c.is_lowercase()).count() >= 3);
    if dotted || digits < if small_next || counted && letters > 1 { 1 } else { 2 } {
        return;
    }
    if let Some(fixed) = number(&chars, small_next, counted) {
        let letter = chars.iter().copied().find(|c| !c.is_ascii_digit()).unwrap_or('O');
        let message = format!("{} inside the number «{}»; the number is {fixed}.", char_name(letter), visible(text));
        out.report(token, 0.85, message, Some(Fix::replace(Safety::Suggested, token, fixed)));
    }
}

/// A word of small letters with one digit inside that looks like a letter.
fn word(chars: &[char], foreign: impl Fn() -> bool) -> Option<String> {
    let at = chars.iter().position(char::is_ascii_digit)?;
    if chars.iter().filter(|c| c.is_ascii_digit()).count() != 1 || chars.len() < 4 {
        return None;
    }
    let (before, after) = (chars.get(at.checked_sub(1)?)?, chars.get(at + 1)?);
    let script = props(*before).script();
    let first_upper = |i: usize, c: &char| c.is_lowercase() || (i == 0 && c.is_uppercase());
    let plain = chars.iter().enumerate().all(|(i, c)| i == at || (first_upper(i, c) && props(*c).script() == script));
    let caps = chars.iter().enumerate().all(|(i, c)| i == at || (c.is_uppercase() && props(*c).script() == script));
    if props(*after).script() != script || !plain {
        // ГОР0Д: all capitals, long enough to be no code.
        if !(caps
            && script == Script::Cyrillic
            && chars[at] == '0'
            && chars.len() >= 5
            && props(*after).script() == script)
        {
            return None;
        }
    }
    let letter = match (script, chars[at]) {
        (Script::Cyrillic, '0') => 'о',
        (Script::Cyrillic, '3') => 'з',
        (Script::Cyrillic, '6') => 'б',
        (Script::Greek, '0') => 'ο',
        // English words have names such as h0tkey; only long ones with letters on both sides are words.
        (Script::Latin, '0') if chars.len() - at > 3 && (at >= 2 || chars.len() >= 7 || foreign()) => 'o',
        _ => return None,
    };
    let letter = if caps { letter.to_uppercase().next()? } else { letter };
    Some(chars.iter().enumerate().map(|(i, c)| if i == at { letter } else { *c }).collect())
}

/// A number with letters inside that look like digits. `small_next` says that a word of Cyrillic or Greek small letters
/// follows, `counted` that any word of small letters does.
fn number(chars: &[char], small_next: bool, counted: bool) -> Option<String> {
    let mut fixed = String::new();
    let mut found = 0;
    let is_zero = |c: char| matches!(c, 'O' | 'О' | 'Ο' | 'o' | 'о' | 'ο');
    // The letters for zeros that stand together count as one: 2OO1, 1oo.
    let zeros = chars.iter().position(|c| is_zero(*c)).unwrap_or(0);
    let behind = zeros + chars.iter().skip(zeros).take_while(|c| is_zero(**c)).count();
    for (i, &c) in chars.iter().enumerate() {
        if c.is_ascii_digit() {
            fixed.push(c);
            continue;
        }
        let digit = |j: Option<usize>| j.and_then(|j| chars.get(j)).is_some_and(char::is_ascii_digit);
        let (left, right) = (digit(i.checked_sub(1)), digit(Some(i + 1)));
        let inside = left && right;
        let several = behind > zeros + 1
            && (zeros..behind).contains(&i)
            && digit(zeros.checked_sub(1))
            && chars.get(zeros..behind).is_some_and(|run| run.iter().all(|z| *z == c));
        let last = i + 1 == chars.len();
        let d = match c {
            _ if several && (digit(Some(behind)) || counted && behind == chars.len()) => {
                fixed.push('0');
                found += usize::from(i == zeros);
                continue;
            }
            _ if is_zero(c) && inside && !(c.is_lowercase() && chars.len() < 4) => '0',
            'l' | 'I' if inside && chars.len() >= 4 => '1',
            'l' if i == 0 && right && (chars.len() == 3 || counted && chars.len() > 3 || small_next) => '1',
            'З' if inside || i == 0 && right && small_next && chars.len() >= 3 => '3',
            // «1З мая»: at the end, before a word; houses have other letters.
            'З' if left && last && small_next => '3',
            'О' | 'Ο' | 'O' if left && last && small_next => '0',
            'б' if inside => '6',
            _ => return None,
        };
        found += 1;
        fixed.push(d);
    }
    // 0x… is a code; a leading zero is no number in a sentence.
    (found == 1 && !fixed.starts_with('0') && chars.len() >= if small_next { 2 } else { 3 } && chars.len() <= 6)
        .then_some(fixed)
}

/// Whether the text is in a language of the Caucasus that has the palochka.
pub(super) fn has_palochka(cx: &Context<'_>) -> bool {
    let prose = cx.prose();
    let letters = cx.facts().profile(prose).letters();
    if super::language::given(cx).is_some() {
        return Languages::of(letters, Script::Cyrillic, super::language::given(cx), None).fit('ӏ') == Fit::Yes;
    }
    if letters.has('ӏ') || letters.has('Ӏ') {
        return true;
    }
    if letters.has('і') || letters.has('ў') || letters.has('ї') {
        return false;
    }
    let end = (8192..=prose.len()).find(|&i| prose.is_char_boundary(i)).unwrap_or(prose.len());
    let sample = prose.get(..end).unwrap_or(prose).to_lowercase();
    let pairs = ["оь", "уь", "аь", "хь", "къ", "кхь", "хъ", "гъ", "лъ", "кь", "тӏ", "цӏ"];
    let with_one = ["г1", "к1", "т1", "ц1", "ч1", "п1", "х1", "гi", "кi", "тi", "цi", "чi", "пi", "хi"];
    pairs.iter().filter(|p| sample.contains(*p)).count() + with_one.iter().filter(|p| sample.contains(*p)).count() >= 3
}

fn with_palochka(chars: &[char]) -> Option<String> {
    let mut fixed = String::new();
    for (i, &c) in chars.iter().enumerate() {
        if c != '1' {
            if props(c).script() != Script::Cyrillic {
                return None;
            }
            fixed.push(c);
            continue;
        }
        let before = chars.get(i.checked_sub(1)?)?.to_lowercase().next()?;
        let after = chars.get(i + 1).copied();
        let joins = "гкптцчхлщфӏ".contains(before) || (after.is_some() && i > 0);
        if !joins {
            return None;
        }
        fixed.push('Ӏ');
    }
    (chars.len() >= 3).then_some(fixed)
}

/// The letter O among Chinese numerals.
fn chinese_zero(cx: &Context<'_>, out: &mut Sink) {
    let prose = cx.prose();
    let numeral = |c: char| "〇一二三四五六七八九零".contains(c);
    for block in cx.blocks(Signals::HAN) {
        let Some(text) = prose.get(block.range()) else { continue };
        let mut skip_to = 0;
        for at in memchr::memchr3_iter(b'O', b'o', b'0', text.as_bytes()) {
            let before = text[..at].chars().next_back();
            if at < skip_to || !before.is_some_and(numeral) {
                continue;
            }
            let zero = |c: char| matches!(c, 'O' | 'o' | '0');
            let start = text[..at].char_indices().rev().take_while(|&(_, c)| numeral(c)).last().map_or(at, |(i, _)| i);
            let rest = &text[at..];
            let zeros = rest.find(|c| !zero(c)).unwrap_or(rest.len());
            // 二O一O年: numerals and letters for zeros by turns.
            let mut tail = rest[zeros..].find(|c| !(numeral(c) || zero(c))).unwrap_or(rest.len() - zeros);
            if rest[zeros + tail..].starts_with(|c: char| c.is_ascii_alphanumeric()) {
                tail = rest[zeros..].find(|c| !numeral(c)).unwrap_or(tail);
            }
            let end = at + zeros + tail;
            let numerals = text[start..end].chars().count();
            let next = text[end..].chars().next();
            if numerals < 3 || !(tail > 0 || next == Some('年')) || next.is_some_and(|c| c.is_ascii_alphanumeric()) {
                continue;
            }
            skip_to = end;
            let span = Span::new(block.start + start, block.start + end);
            let fixed: String = text[start..end].chars().map(|c| if zero(c) { '〇' } else { c }).collect();
            let c = rest.chars().next().unwrap_or('O');
            let message =
                format!("{} in the Chinese number «{}»; the zero is 〇 (U+3007).", char_name(c), &text[start..end]);
            out.report(span, 0.9, message, Some(Fix::replace(Safety::Suggested, span, fixed)));
        }
    }
}

/// Digits of two kinds in one number.
pub(super) struct MixedDigits;

static MIXED: Meta = Meta {
    name: "script/mixed-digits",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "digits of two kinds in one number",
    why: "Several digits of different rows look alike (Arabic and Persian 4, 5, 6); programs cannot read the number, and in \
          some fonts the digits jump.",
    when_wrong: "When two numbers stand side by side without a space.",
    fix: "Writes the digits of the row that the number, or else the text, uses; suggested.",
    needs: Signals::OTHER_DIGIT,
    examples: &[
        Example::Bad { text: "سال ۱۳٦۵ بود.", find: &["۱۳٦۵"], fixed: Some("سال ۱۳۶۵ بود.") },
        Example::Good { text: "سنة ١٩٧٥م و 1975 و ۱۳۵۴." },
    ],
};

impl Check for MixedDigits {
    fn meta(&self) -> &'static Meta {
        &MIXED
    }

    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let prose = cx.prose();
        for block in cx.blocks(Signals::OTHER_DIGIT) {
            let Some(text) = prose.get(block.range()) else { continue };
            let mut skip_to = 0;
            for (at, c) in text.char_indices() {
                if at < skip_to || c.is_ascii() || !props(c).any(flag::DIGIT) {
                    continue;
                }
                let inside = |c: char| props(c).any(flag::DIGIT) || matches!(c, '٬' | '٫' | '.' | ',');
                let start =
                    text[..at].char_indices().rev().take_while(|&(_, c)| inside(c)).last().map_or(at, |(i, _)| i);
                let rest = &text[at..];
                let end = at + rest.find(|c| !inside(c)).unwrap_or(rest.len());
                let number = text[start..end].trim_matches(['.', ',', '٬', '٫']);
                let start = start + text[start..end].find(number).unwrap_or(0);
                let span = Span::new(block.start + start, block.start + start + number.len());
                skip_to = end;
                mixed_number(cx, span, number, out);
            }
        }
    }
}

/// The first digit of a digit's row, and its value.
fn row(c: char) -> Option<(u32, u32)> {
    let cp = c as u32;
    if !props(c).any(flag::DIGIT) {
        return None;
    }
    // Rows of digits begin at a multiple of ten code points that differ from row to row: count back to the zero.
    let mut zero = cp;
    for _ in 0..9 {
        let Some(before) = char::from_u32(zero.wrapping_sub(1)) else { break };
        if !props(before).any(flag::DIGIT) || crate::unicode::name(char::from_u32(zero)?).contains("DIGIT ZERO") {
            break;
        }
        zero -= 1;
    }
    Some((zero, cp - zero))
}

fn mixed_number(cx: &Context<'_>, span: Span, number: &str, out: &mut Sink) {
    let mut rows: Vec<(u32, usize)> = Vec::new();
    for c in number.chars() {
        if let Some((zero, _)) = row(c) {
            match rows.iter_mut().find(|(z, _)| *z == zero) {
                Some((_, n)) => *n += 1,
                None => rows.push((zero, 1)),
            }
        }
    }
    // Full-width and ASCII digits meet in Chinese dates and tables; mathematical digits are styles.
    // Tamil had no zero of its own for long.
    let tamil = rows.iter().any(|(z, _)| *z == 0xBE6) && number.contains('0');
    if rows.len() < 2 || tamil || rows.iter().any(|(z, _)| *z >= 0xFF10) {
        return;
    }
    let letters = cx.facts().profile(cx.prose()).letters();
    let persian = letters.count('ی') + letters.count('ک') > letters.count('ي') + letters.count('ك');
    let favourite = |z: u32| match z {
        0x6F0 => u32::from(persian) * 2,
        0x660 => u32::from(!persian) * 2,
        _ => 1,
    };
    rows.sort_by_key(|&(z, n)| std::cmp::Reverse((n, favourite(z))));
    let Some(&(target, _)) = rows.first() else { return };
    let fixed: String =
        number.chars().map(|c| row(c).and_then(|(_, v)| char::from_u32(target + v)).unwrap_or(c)).collect();
    let message =
        format!("Digits of two kinds in the number «{}»; written in one kind it is {fixed}.", visible(number));
    out.report(span, 0.85, message, Some(Fix::replace(Safety::Suggested, span, fixed)));
}

/// The ordinal indicator or a ring in the place of the degree sign.
pub(super) struct DegreeSign;

static DEGREE: Meta = Meta {
    name: "script/degree-sign",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "ordinal indicator or ring instead of the degree sign",
    why: "º (ordinal indicator) and ˚ (ring) look like ° and are not: units are not recognised, and some fonts underline \
          the ordinal indicator.",
    when_wrong: "In an ordinal such as 3º C, third class C.",
    fix: "Writes the degree sign °; safe.",
    needs: Signals::NON_ASCII,
    examples: &[
        Example::Bad {
            text: "El agua hierve a 100 ºC al nivel del mar.",
            find: &["ºC"],
            fixed: Some("El agua hierve a 100 °C al nivel del mar."),
        },
        Example::Bad {
            text: "Bake at 180˚C for an hour.", find: &["˚C"], fixed: Some("Bake at 180°C for an hour.")
        },
        Example::Good { text: "El 3º C y la 2ª planta; 21 °C, K à 0 K." },
    ],
};

impl Check for DegreeSign {
    fn meta(&self) -> &'static Meta {
        &DEGREE
    }

    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let prose = cx.prose();
        for block in cx.blocks(Signals::COMMON_LETTER.or(Signals::MODIFIER).or(Signals::LATIN).or(Signals::MARK)) {
            let Some(text) = prose.get(block.range()) else { continue };
            for sign in ["º", "˚", "\u{30A}"] {
                for at in memchr::memmem::find_iter(text.as_bytes(), sign) {
                    let rest = &text[at + sign.len()..];
                    let unit = match rest.chars().next() {
                        Some(c @ ('C' | 'F' | 'С')) => c,
                        _ => continue,
                    };
                    let then = rest[unit.len_utf8()..].chars().next();
                    let before = text[..at].trim_end_matches([' ', '\u{a0}', '\u{202f}']);
                    if then.is_some_and(char::is_alphanumeric) || !before.ends_with(|c| props(c).any(flag::DIGIT)) {
                        continue;
                    }
                    let start = block.start + at;
                    let span = Span::new(start, start + sign.len() + unit.len_utf8());
                    let c = sign.chars().next().unwrap_or('º');
                    let message = format!("{} before the unit {unit}; the degree sign is ° (U+00B0).", char_name(c));
                    out.report(span, 0.95, message, Some(Fix::replace(Safety::Safe, span, format!("°{unit}"))));
                }
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
