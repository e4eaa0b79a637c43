//! Where words of another script stand in a text.

use super::mixed::around::is_cjk;
use crate::{
    analysis::places::list_beginnings,
    text::Span,
    unicode::{Script, props},
};

/// The runs of words of one foreign script: words with nothing but single blanks between them. The scripts at `home` are
/// not foreign.
pub(super) fn foreign_runs(prose: &str, block: Span, main: Script, home: &[Script]) -> Vec<(Span, Script)> {
    let mut runs: Vec<(Span, Script)> = Vec::new();
    let Some(text) = prose.get(block.range()) else { return runs };
    // Characters beyond ASCII only, without those that only letters of the text's own scripts begin as.
    let own = Leads::of(main);
    let second = home.iter().find(|s| is_foreign(**s, main)).map(|s| Leads::of(*s));
    let beginnings = match second {
        Some(second) => list_beginnings(text.as_bytes(), |four| own.are_not_of(four) & second.are_not_of(four)),
        None => list_beginnings(text.as_bytes(), |four| own.are_not_of(four)),
    };
    for at in beginnings {
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { continue };
        let p = props(c);
        let script = p.script();
        if !p.is_letter() || !is_foreign(script, main) || home.contains(&script) {
            continue;
        }
        let here = block.start + at;
        let end = here + c.len_utf8();
        if let Some((last, s)) = runs.last_mut() {
            let between = prose.get(last.end..here).unwrap_or("x");
            let joins =
                between.chars().all(|c| props(c).is_mark() || matches!(c, '\'' | '’' | '\u{200c}' | '\u{200d}' | 'ー'));
            if (joins || between == " ") && (*s == script || is_cjk(*s) && is_cjk(script)) {
                last.end = end;
                // Kana among Han: Japanese.
                if matches!(script, Script::Hiragana | Script::Katakana) {
                    *s = script;
                }
                continue;
            }
        }
        runs.push((Span::new(here, end), script));
    }
    // The marks after the last letter belong to the word.
    for (span, _) in &mut runs {
        let rest = prose.get(span.end..).unwrap_or("");
        span.end += rest.find(|c| !props(c).is_mark()).unwrap_or(rest.len());
    }
    runs
}

/// How the letters of a script begin, as far as those of no other script begin so.
struct Leads {
    /// The first bytes, from one to another.
    first: (u8, u8),
    /// A first byte with the second bytes that follow it, from one to another.
    pair: (u8, u8, u8),
}

impl Leads {
    fn of(script: Script) -> Leads {
        const NONE: (u8, u8, u8) = (0, 0, 0);
        let of = |first, pair| Leads { first, pair };
        // The blocks of India and its neighbours, in the order of Unicode.
        let block = |number: u8| of((0, 0), (0xE0, 0xA4 + 2 * number, 0xA5 + 2 * number));
        match script {
            Script::Latin => of((0xC3, 0xC9), (0xE1, 0xB8, 0xBB)),
            Script::Greek => of((0xCE, 0xCE), NONE),
            Script::Cyrillic => of((0xD0, 0xD1), NONE),
            Script::Hebrew => of((0xD7, 0xD7), NONE),
            Script::Arabic => of((0xD8, 0xDB), NONE),
            Script::Han | Script::Hiragana | Script::Katakana => of((0xE4, 0xE9), (0xE3, 0x81, 0x83)),
            Script::Hangul => of((0xEB, 0xED), (0xEA, 0xB0, 0xBF)),
            Script::Devanagari => block(0),
            Script::Bengali => block(1),
            Script::Gurmukhi => block(2),
            Script::Gujarati => block(3),
            Script::Oriya => block(4),
            Script::Tamil => block(5),
            Script::Telugu => block(6),
            Script::Kannada => block(7),
            Script::Malayalam => block(8),
            Script::Sinhala => block(9),
            Script::Thai => block(10),
            Script::Lao => block(11),
            Script::Myanmar => of((0, 0), (0xE1, 0x80, 0x81)),
            Script::Georgian => of((0, 0), (0xE1, 0x83, 0x83)),
            Script::Khmer => of((0, 0), (0xE1, 0x9E, 0x9F)),
            _ => of((0, 0), NONE),
        }
    }

    /// Whether four bytes begin with a character beyond ASCII that may be a letter of another script.
    #[inline(always)]
    fn are_not_of(&self, [a, b, ..]: [u8; 4]) -> bool {
        let within = |byte: u8, first: u8, last: u8| byte.wrapping_sub(first) <= last.wrapping_sub(first);
        let (lead, from, to) = self.pair;
        let own = within(a, self.first.0, self.first.1)
            | ((a == lead) & within(b, from, to))
            // Dashes, typographic quotation marks, joiners.
            | ((a == 0xE2) & (b == 0x80));
        (a >= 0xC0) & !own
    }
}

/// Whether a script is foreign to a text: Latin is at home everywhere, and so is Han in Korea.
pub(super) fn is_foreign(script: Script, main: Script) -> bool {
    if !script.is_real() || script == main || script == Script::Latin {
        return false;
    }
    match main {
        Script::Han | Script::Hiragana | Script::Katakana => {
            !matches!(script, Script::Han | Script::Hiragana | Script::Katakana | Script::Bopomofo)
        }
        Script::Hangul => true,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::places::beginning_of;
    use crate::unicode::script;

    #[test]
    fn no_letter_of_another_script_is_passed_over() {
        use Script::*;
        let scripts = [
            Latin, Greek, Cyrillic, Hebrew, Arabic, Han, Hiragana, Hangul, Devanagari, Bengali, Gurmukhi, Gujarati,
            Oriya, Tamil, Telugu, Kannada, Malayalam, Sinhala, Thai, Lao, Myanmar, Georgian, Khmer, Armenian,
        ];
        for main in scripts {
            let own = Leads::of(main);
            for c in '\u{80}'..=char::MAX {
                if !own.are_not_of(beginning_of(c)) && props(c).is_letter() {
                    assert!(!is_foreign(script(c), main), "{c} in {main:?}");
                }
            }
        }
    }
}
