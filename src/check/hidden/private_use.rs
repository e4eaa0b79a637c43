//! Private-use characters: what is left of symbol fonts and of fonts from before Unicode.

use super::near::{self, Run};
use crate::{
    analysis::{
        Signals,
        around::{char_before, line_at},
    },
    check::{Check, Context, Example, Meta, Sink},
    finding::{Fix, Safety, Severity},
    text::Span,
    unicode::{Script, flag, script},
};
use unicode_normalization::UnicodeNormalization;

pub(super) struct PrivateUse;

static META: Meta = Meta {
    name: "hidden/private-use",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "private-use character that only one font can show",
    why: "Bullets of symbol fonts, tone marks of old Thai and Yoruba fonts and icons have no character of their own; \
          without their font the reader sees an empty box or nothing.",
    when_wrong: "The text is meant for the font that has the character, as with icons of a terminal.",
    fix: "Writes the character that the known symbol fonts show there. Other characters are only reported.",
    needs: Signals::PRIVATE_USE,
    examples: &[
        Example::Bad {
            text: "\u{f0b7} Two eggs\n\u{f0a7}\tA cup of flour",
            find: &["\u{f0b7}", "\u{f0a7}"],
            fixed: Some("• Two eggs\n▪\tA cup of flour"),
        },
        Example::Bad { text: "A tolerance of \u{f0b1}5 mm", find: &["\u{f0b1}"], fixed: Some("A tolerance of ±5 mm") },
        Example::Bad { text: "ọjọ́ o\u{f023}la", find: &["\u{f023}"], fixed: Some("ọjọ́ ọla") },
        Example::Bad { text: "น\u{f70a}ารัก", find: &["\u{f70a}"], fixed: Some("น่ารัก") },
        Example::Bad { text: "The house\u{e123}keeper", find: &["\u{e123}"], fixed: None },
        Example::Good { text: "A bullet • and a square ▪ of their own" },
    ],
};

/// More of them are a font's own alphabet, or the icons of a program: one finding for all.
const MANY: usize = 40;

impl Check for PrivateUse {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let text = cx.text();
        let runs: Vec<Run> = near::runs(cx, |h| h.props.any(flag::PRIVATE_USE));
        let mut unknown = 0;
        for run in runs.iter().filter(|r| !r.is_shown() && !near::in_code(cx, r.span.start)) {
            if is_citation(text, run) {
                continue;
            }
            if let Some((span, instead, safety, from)) = known(text, run) {
                let message = format!("{} {from}; write «{instead}»", near::named(run));
                out.report(run.span, 0.9, message, Some(Fix::replace(safety, span, instead)));
                continue;
            }
            unknown += 1;
            let of_logo = run.first == '\u{f8ff}';
            if unknown > MANY || of_logo {
                continue;
            }
            let touches = run.touches(near::is_letter);
            let message = format!("{}{} shows nothing without its font", near::named(run), near::place(text, run.span));
            let severity = if touches { Severity::Warning } else { Severity::Info };
            out.report_as(severity, run.span, 0.7, message, None);
        }
    }
}

/// Chat assistants set citations and names between these, after a word of theirs; the rules about assistants report
/// the whole token.
fn is_citation(text: &str, run: &Run) -> bool {
    let line = line_at(text, run.span.start);
    let bytes = text.as_bytes();
    ('\u{e200}'..='\u{e206}').contains(&run.first)
        && memchr::memmem::find_iter(&bytes[line.range()], "\u{e200}")
            .any(|i| bytes.get(line.start + i + 3).is_some_and(u8::is_ascii_lowercase))
}

/// What a known font shows there: the span to replace, the text, and where it is known from.
fn known(text: &str, run: &Run) -> Option<(Span, String, Safety, &'static str)> {
    if run.count == 1
        && let Some(instead) = thai(run.first)
        && run.touches(|c| script(c) == Script::Thai)
    {
        return Some((run.span, instead.to_string(), Safety::Safe, "is a mark of an old Thai font"));
    }
    if run.first == '\u{f023}' && run.count == 1 {
        // A dot below that an old Yoruba font put after its letter.
        let base = char_before(text, run.span.start).filter(|c| "sSeEoO".contains(*c))?;
        let span = Span::new(run.span.start - base.len_utf8(), run.span.end);
        let letter: String = [base, '\u{323}'].iter().copied().nfc().collect();
        return Some((span, letter, Safety::Suggested, "is the dot below of an old Yoruba font"));
    }
    let line = line_at(text, run.span.start);
    let starts_line = text[line.start..run.span.start]
        .trim_start_matches(|c: char| c.is_whitespace() || c == '>' || c == '"')
        .is_empty();
    let gap = run.after.is_none_or(|c| c.is_whitespace());
    if run.count == 1
        && starts_line
        && let Some(sign) = bullet(run.first)
    {
        let safety = if gap { Safety::Safe } else { Safety::Suggested };
        return Some((run.span, sign.to_string(), safety, "is a bullet of a symbol font"));
    }
    if run.count == 1
        && let Some(sign) = symbol(run.first)
    {
        return Some((run.span, sign.to_string(), Safety::Suggested, "is a sign of a symbol font"));
    }
    None
}

/// Bullets of Symbol and Wingdings, in the place where Windows puts the characters of symbol fonts.
fn bullet(c: char) -> Option<char> {
    Some(match c {
        '\u{f0b7}' | '\u{f09f}' => '•',
        '\u{f0a7}' => '▪',
        '\u{f0a8}' => '◻',
        '\u{f06c}' => '●',
        '\u{f06e}' => '■',
        '\u{f06f}' | '\u{f071}' | '\u{f072}' => '❑',
        '\u{f075}' => '◆',
        '\u{f076}' => '❖',
        '\u{f0d8}' => '➢',
        '\u{f0e0}' | '\u{f0e8}' => '➔',
        '\u{f0f0}' => '⇨',
        '\u{f0fc}' => '✓',
        '\u{f0fb}' => '✗',
        '\u{f0fe}' => '☑',
        '\u{f02d}' => '–',
        _ => return None,
    })
}

/// Signs of the Symbol font that stand in running text.
fn symbol(c: char) -> Option<char> {
    Some(match c {
        '\u{f0b7}' => '•',
        '\u{f0a7}' => '▪',
        '\u{f0e0}' => '→',
        '\u{f0df}' => '←',
        '\u{f0f3}' => '⇔',
        '\u{f04a}' => '☺',
        '\u{f04c}' => '☹',
        '\u{f0fc}' => '✓',
        '\u{f0b0}' => '°',
        '\u{f0b1}' => '±',
        '\u{f0b3}' => '≥',
        '\u{f0a3}' => '≤',
        '\u{f0b4}' => '×',
        '\u{f0b9}' => '≠',
        '\u{f0bb}' => '≈',
        '\u{f0a5}' => '∞',
        '\u{f0ae}' => '→',
        '\u{f0ac}' => '←',
        '\u{f0de}' => '⇒',
        '\u{f061}' => 'α',
        '\u{f062}' => 'β',
        '\u{f067}' => 'γ',
        '\u{f064}' => 'δ',
        '\u{f06c}' => 'λ',
        '\u{f06d}' => 'μ',
        '\u{f070}' => 'π',
        '\u{f073}' => 'σ',
        '\u{f044}' => 'Δ',
        '\u{f053}' => 'Σ',
        '\u{f057}' => 'Ω',
        _ => return None,
    })
}

/// Thai glyphs at other heights, which old fonts had as characters.
fn thai(c: char) -> Option<char> {
    const SAME_MARK: [(u32, u32, u32); 5] = [
        (0xF701, 0xF704, 0x0E34),
        (0xF705, 0xF709, 0x0E48),
        (0xF70A, 0xF70E, 0x0E48),
        (0xF713, 0xF717, 0x0E48),
        (0xF718, 0xF71A, 0x0E38),
    ];
    let single = match c {
        '\u{f700}' => Some('\u{0e10}'),
        '\u{f70f}' => Some('\u{0e0d}'),
        '\u{f710}' => Some('\u{0e31}'),
        '\u{f711}' => Some('\u{0e4d}'),
        '\u{f712}' => Some('\u{0e47}'),
        _ => None,
    };
    single.or_else(|| {
        let cp = c as u32;
        let (from, _, to) = SAME_MARK.iter().find(|(a, b, _)| (*a..=*b).contains(&cp))?;
        char::from_u32(to + cp - from)
    })
}
