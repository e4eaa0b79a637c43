//! `你好，world` the other way round: full-width or Arabic punctuation in a line of Latin, Cyrillic or Greek letters.

use crate::{
    analysis::{
        Signals,
        around::{char_after, char_before, line_of},
        places::count,
    },
    check::{Check, Context, Example, Meta, Sink, script::has_small_words},
    finding::{Fix, Safety, Severity},
    text::Span,
};

pub(super) struct ForeignPunctuation;

static META: Meta = Meta {
    name: "translation/foreign-punctuation",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "Chinese, Japanese or Arabic punctuation in a line of another script",
    why: "A translation from Chinese, Japanese or Arabic kept the source's commas, stops or brackets. They are wider or \
          turned the other way, line breaks fall in the wrong places, and searches miss them.",
    when_wrong: "A line about these characters: put them into quotation marks.",
    fix: "Writes the sign that the line's own script uses, with its blank.",
    needs: Signals::SIGN.or(Signals::WIDTH_FORM).or(Signals::QUOTATION),
    examples: &[
        Example::Bad {
            text: "The lamp is made of glass，and the foot is made of wood。 It weighs two kilograms.",
            find: &["，", "。"],
            fixed: Some("The lamp is made of glass, and the foot is made of wood. It weighs two kilograms."),
        },
        Example::Bad {
            text: "Das Gerät（Modell A）ist neu：Bitte lesen Sie die Anleitung！",
            find: &["（", "）", "：", "！"],
            fixed: Some("Das Gerät (Modell A) ist neu: Bitte lesen Sie die Anleitung!"),
        },
        Example::Bad {
            text: "После встречи، которая длилась два часа, министр уехал.",
            find: &["،"],
            fixed: Some("После встречи, которая длилась два часа, министр уехал."),
        },
        Example::Bad {
            text: "The minister said، on Monday، that nobody knows؟",
            find: &["،", "،", "؟"],
            fixed: Some("The minister said, on Monday, that nobody knows?"),
        },
        Example::Good { text: "他在Windows上安装了Python，然后打开了Firefox。" },
        Example::Good {
            text: "استخدم برنامج Windows 11، ثم افتح Firefox أو Chrome؛ هل فهمت؟"
        },
        Example::Good { text: "The full-width comma «，» and the ideographic stop «。» are wide characters." },
        Example::Good { text: "See you tomorrow （＾▽＾） and do not be late this time, please!" },
        Example::Good { text: "The street is called 中山路（Zhongshan Lu） and leads to the river in the east." },
    ],
};

impl Check for ForeignPunctuation {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let prose = cx.prose();
        let bytes = prose.as_bytes();
        // Whether Chinese and Japanese signs are the text's own, and whether Arabic's are.
        let mut own = [None; 2];
        let mut asked = [false; 2];
        let mut found = Sink::new(&META);
        for block in cx.facts().signals(cx.text()).wild_with(META.needs) {
            let mut at = block.start;
            while at < block.end {
                let rest = &bytes[at..block.end];
                // The lead bytes of full-width forms, of Chinese punctuation, and of Arabic.
                let next = match own {
                    [Some(true), Some(true)] => None,
                    [Some(true), _] => memchr::memchr(0xD8, rest),
                    [_, Some(true)] => memchr::memchr2(0xEF, 0xE3, rest),
                    _ => memchr::memchr3(0xEF, 0xE3, 0xD8, rest),
                };
                let Some(i) = next else { break };
                at += i;
                let Some(c) = char_after(prose, at) else {
                    at += 1;
                    continue;
                };
                let arabic = is_arabic(c);
                let line = line_of(prose, Span::new(at, at));
                if !mostly_western(&bytes[line.range()]) {
                    // Most likely a text of the sign's own script: then no sign of it is looked for any longer.
                    if !std::mem::replace(&mut asked[usize::from(arabic)], true) && has_many(bytes, arabic) {
                        own[usize::from(arabic)] = Some(true);
                    }
                    at = line.end.max(at + 1);
                    continue;
                }
                // In a Chinese or Arabic text a line of foreign names keeps the text's own punctuation.
                if let Some(plain) = plain(c)
                    && !*own[usize::from(arabic)].get_or_insert_with(|| is_own(bytes, arabic))
                {
                    report(prose, Span::new(at, at + c.len_utf8()), c, plain, &mut found);
                }
                at += c.len_utf8();
            }
        }
        let found = found.into_findings();
        // A record that is nothing but a name or a call of a Chinese or Japanese text ends in that text's own stop.
        let alone = found.len() == 1 && prose.len() < RECORD;
        // A language whose small words nobody knows may be at home where these signs are.
        let latin = || count(bytes, |b| b.is_ascii_alphabetic()) > count(bytes, |b| (0xCE..=0xD1).contains(&b));
        let short = !found.is_empty() && prose.len() < RECORD && cx.settings.lang.is_none();
        let unknown = short && latin() && !has_small_words(prose);
        for f in found {
            let rest = prose[f.span.end..].lines().next().unwrap_or_default();
            let ends = rest.trim_matches([' ', ')', '）']).is_empty();
            let severity = if alone && ends || unknown { Severity::Info } else { f.severity };
            out.report_as(severity, f.span, f.confidence, f.message, f.fix);
        }
    }
}

/// A text shorter than this says little about its own language.
const RECORD: usize = 400;

/// Whether nearly all letters of a line are Latin, Cyrillic or Greek. Counts lead bytes, which vectorises.
fn mostly_western(line: &[u8]) -> bool {
    let is_other = |b: u8| (0xD6..=0xED).contains(&b) & (b != 0xE2);
    // The beginning of a line in Chinese or Arabic has too many of their letters for whatever else may stand in it.
    let mut other = 0;
    for part in line.chunks(256) {
        other += count(part, is_other);
        if other * 9 > line.len() {
            return false;
        }
    }
    let ascii = count(line, |b| b.is_ascii_alphabetic());
    let two = count(line, |b| (0xC3..=0xD1).contains(&b));
    // The foreign signs themselves are counted as letters of their script: allow for a few.
    ascii + two >= 12 && other * 8 <= ascii + two
}

fn is_arabic(c: char) -> bool {
    ('\u{600}'..'\u{700}').contains(&c)
}

/// Whether letters that begin like none of the signs are enough to say what [`is_own`] says; soon counted where there are
/// many.
fn has_many(bytes: &[u8], arabic: bool) -> bool {
    let (leads, share) = if arabic { (0xD9..=0xDB, 20) } else { (0xE4..=0xED, 40) };
    let mut letters = 0;
    bytes.chunks(4096).any(|part| {
        letters += count(part, |b| leads.contains(&b));
        letters * share > bytes.len()
    })
}

/// Whether Arabic's punctuation is at home in the text, or that of Chinese, Japanese and Korean.
fn is_own(bytes: &[u8], arabic: bool) -> bool {
    if has_many(bytes, arabic) {
        return true;
    }
    let western = count(bytes, |b| b.is_ascii_alphabetic()) + count(bytes, |b| (0xC3..=0xD1).contains(&b));
    // Their signs alone prove nothing: they are what is looked for.
    if arabic {
        let after = memchr::memchr_iter(0xD8, bytes).filter_map(|i| bytes.get(i + 1));
        let signs = after.filter(|b| matches!(b, 0x8C | 0x9B | 0x9F)).count();
        (count(bytes, |b| (0xD8..=0xDB).contains(&b)) - signs) * 20 > western
    } else {
        // Of Chinese and Japanese ones only comma and stop; brackets stand round words of the text's own.
        let stops = memchr::memmem::find_iter(bytes, "、").count() + memchr::memmem::find_iter(bytes, "。").count();
        (count(bytes, |b| (0xE3..=0xED).contains(&b)) - stops) * 40 > western
    }
}

/// What the line's own script writes for a foreign sign.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        '，' | '、' | '،' => ",",
        '。' | '．' => ".",
        '：' => ":",
        '；' | '؛' => ";",
        '！' => "!",
        '？' | '؟' => "?",
        '（' => "(",
        '）' => ")",
        '「' | '『' | '《' => "“",
        '」' | '』' | '》' => "”",
        '【' => "[",
        '】' => "]",
        _ => return None,
    })
}

fn report(prose: &str, span: Span, c: char, plain: &str, out: &mut Sink) {
    let (before, after) = (char_before(prose, span.start), char_after(prose, span.end));
    let western = |c: char| c.is_ascii_alphanumeric() || ('\u{C0}'..'\u{530}').contains(&c);
    let opens = matches!(c, '（' | '「' | '『' | '《' | '【');
    let near = |c: Option<char>| c.is_some_and(|c| western(c) || ")\"”’»]'%,.!?）".contains(c));
    // A sign belongs to this line only where it touches this line's letters.
    // A blank may have got between the two: «lost ，and».
    let spaced = before == Some(' ')
        && matches!(c, '，' | '、' | '،')
        && char_before(prose, span.start.saturating_sub(1)).is_some_and(western)
        && after.is_some_and(western);
    let touches = if opens { after.is_some_and(western) } else { near(before) || spaced };
    let quoted = crate::analysis::around::is_inside_quotation(prose, span);
    if !touches || quoted || prose[span.end..].starts_with('†') {
        return;
    }
    // Brackets come in pairs, on one line, round letters of this line's script.
    let line = line_of(prose, span);
    let partner = match c {
        '（' => Some('）'),
        '【' => Some('】'),
        '「' => Some('」'),
        '『' => Some('』'),
        '《' => Some('》'),
        _ => None,
    };
    if let Some(partner) = partner {
        let Some(inner) = prose[span.end..line.end].split_once(partner).map(|(inner, _)| inner) else { return };
        if inner.contains('†') || !inner.chars().last().is_some_and(|c| western(c) || ".!?”\")".contains(c)) {
            return;
        }
        // A gloss behind a name in its own script keeps that script's brackets.
        if before.is_some_and(|c| c as u32 > 0x2E80) {
            return;
        }
    }
    let open = match c {
        '）' => Some('（'),
        '】' => Some('【'),
        '」' => Some('「'),
        '』' => Some('『'),
        '》' => Some('《'),
        _ => None,
    };
    if let Some(open) = open {
        let Some((head, inner)) = prose[line.start..span.start].rsplit_once(open) else { return };
        if inner.contains('†')
            || !inner.chars().next().is_some_and(western)
            || head.chars().next_back().is_some_and(|c| c as u32 > 0x2E80)
        {
            return;
        }
    }
    let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '（' | '“'));
    let mut text = plain.to_owned();
    if opens && before.is_some_and(char::is_alphanumeric) {
        text.insert(0, ' ');
    } else if !opens && joins(after) && !(c == '．' || after.is_some_and(|c| c.is_ascii_digit()) && c == '：') {
        text.push(' ');
    }
    let span = if spaced { Span::new(span.start - 1, span.end) } else { span };
    let script = if is_arabic(c) { "an Arabic" } else { "a Chinese or Japanese" };
    let message = format!("{script} sign in a line of another script; write «{plain}»");
    out.report(span, 0.9, message, Some(Fix::replace(Safety::Suggested, span, text)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::found_by;

    fn severities(text: &str) -> Vec<Severity> {
        found_by(&ForeignPunctuation, text).iter().map(|f| f.severity).collect()
    }

    #[test]
    fn a_stop_at_the_end_of_a_record_is_a_note() {
        assert_eq!(severities("--sort-by-name, --sort-by-size。"), [Severity::Info]);
        assert_eq!(severities("The door is open。 Come in, please."), [Severity::Warning]);
        assert_eq!(severities("The papers had been lost ，and nobody knew where they were."), [Severity::Warning]);
        assert_eq!(severities("The signs ， and 、 are commas in Chinese and Japanese texts."), []);
    }
}
