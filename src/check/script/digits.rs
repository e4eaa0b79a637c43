//! Digits of two kinds in one number, and signs that stand for the degree sign.

use super::mixed::explain::char_name;
use crate::{
    analysis::{Signals, around::char_after, places::list_beginnings},
    check::{Check, Context, Example, Meta, Sink},
    finding::{Fix, Safety, Severity},
    text::Span,
    unicode::{flag, props, visible},
};

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
            for at in list_beginnings(text.as_bytes(), may_be_digit) {
                if at < skip_to || !char_after(text, at).is_some_and(|c| props(c).any(flag::DIGIT)) {
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

/// Whether four bytes may begin with a digit beyond ASCII.
fn may_be_digit([a, b, c, _]: [u8; 4]) -> bool {
    let arabic = ((a == 0xD9) & (0xA0..0xAA).contains(&b)) | ((a == 0xDB) & (0xB0..0xBA).contains(&b)) | (a == 0xDF);
    let indian = (b & 1 == 1) & (0xA6..0xB0).contains(&c);
    let thai = ((b == 0xB9) | (b == 0xBB)) & (0x90..0x9A).contains(&c);
    let others = (a == 0xE1) | (a == 0xEA) | (a >= 0xEF);
    arabic | ((a == 0xE0) & (indian | thai | (b == 0xBC))) | others
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
    // The digits of one row stand side by side.
    let mut sixteens = number.chars().filter(|c| props(*c).any(flag::DIGIT)).map(|c| c as u32 >> 4);
    if sixteens.next().is_none_or(|first| sixteens.all(|other| other == first)) {
        return;
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::places::beginning_of;

    #[test]
    fn no_digit_is_passed_over() {
        for c in ('\u{80}'..=char::MAX).filter(|c| props(*c).any(flag::DIGIT)) {
            assert!(may_be_digit(beginning_of(c)), "U+{:04X}", c as u32);
        }
    }
}
