//! Digits and letters that stand in for one another.

use super::{
    alphabets::{Fit, Languages},
    mixed::{around::is_cjk, explain::char_name},
};
use crate::{
    analysis::{Signals, around::boundary_after, places::beginnings},
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
        let palochka = std::cell::OnceCell::new();
        for block in cx.blocks(Signals::DIGIT) {
            let mut skip_to = 0;
            suspects(prose.as_bytes(), block, |at| {
                if at >= skip_to {
                    let token = token_at(prose, at);
                    skip_to = token.end.max(at + 1);
                    judge(cx, token, &palochka, out);
                }
            });
        }
        chinese_zero(cx, out);
    }
}

/// The digits of a block beside which a letter stands that may be part of a finding, in order: most digits touch no
/// letter, and most letters that touch one are of no use (`2nd`, `10k`, `5年`).
fn suspects(bytes: &[u8], block: Span, mut then: impl FnMut(usize)) {
    // Digits and some signs, letters and others: near enough, and few comparisons.
    let figure = |b: u8| b & 0xF0 == 0x30;
    let letter = |b: u8| b & 0xC0 != 0;
    let Some(part) = bytes.get(block.range()) else { return };
    beginnings(
        part,
        |[a, b, _, _]| figure(a) & letter(b) | letter(a) & figure(b),
        |at| {
            let at = block.start + at;
            let at = at + usize::from(bytes.get(at).is_some_and(|b| letter(*b)));
            if may_be_wrong(bytes, at) {
                then(at);
            }
        },
    );
}

/// Whether a letter at one side of a digit looks like a digit; or the digit looks like a letter, and letters stand at both.
fn may_be_wrong(bytes: &[u8], at: usize) -> bool {
    let byte = |at: Option<usize>| at.and_then(|at| bytes.get(at)).copied().unwrap_or(b' ');
    let (before, digit, after) = (byte(at.checked_sub(1)), byte(Some(at)), byte(Some(at + 1)));
    let like_digit = |b: u8| matches!(b, b'O' | b'o' | b'l' | b'I');
    if before.is_ascii() && after.is_ascii() {
        return digit.is_ascii_digit()
            && (like_digit(before)
                || like_digit(after)
                || digit == b'0' && before.is_ascii_alphabetic() && after.is_ascii_alphabetic());
    }
    // Latin beyond ASCII, Greek and Cyrillic; their rarer letters begin with E1 and EA.
    let of_use = |lead: u8| matches!(lead, 0xC3..=0xCB | 0xCE..=0xD4 | 0xE1 | 0xEA);
    let lead = match (before, byte(at.checked_sub(2))) {
        (0x80.., lead @ 0xC0..) => lead,
        (0x80.., _) => byte(at.checked_sub(3)),
        _ => before,
    };
    digit.is_ascii_digit() && (of_use(lead) || of_use(after) || like_digit(before) || like_digit(after))
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
    if text.len() > 80 {
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
    let is_opaque = || cx.facts().is_opaque(prose, token);
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
            if is_opaque() {
                return;
            }
            let digit = chars.iter().copied().find(char::is_ascii_digit).unwrap_or('0');
            let message = format!("Digit {digit} inside the word «{}»; the word is «{fixed}».", visible(text));
            return out.report(token, 0.85, message, Some(Fix::replace(Safety::Suggested, token, fixed)));
        }
        if text.contains('1')
            && let Some(fixed) = with_palochka(&chars)
            && *palochka.get_or_init(|| has_palochka(cx))
            && !is_opaque()
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
    if let Some(fixed) = number(&chars, small_next, counted)
        && !is_opaque()
    {
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
    let sample = prose[..boundary_after(prose, 8192)].to_lowercase();
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
        let mut zeros = Vec::new();
        // Behind another character than those of ASCII; most of these letters and digits stand in names and numbers.
        let zero = |b: u8| (b == b'O') | (b == b'o') | (b == b'0');
        beginnings(text.as_bytes(), |[a, b, _, _]| (a >= 0x80) & zero(b), |at| zeros.push(at + 1));
        for at in zeros {
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
