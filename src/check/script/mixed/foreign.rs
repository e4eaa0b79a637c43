//! Latin letters inside words of scripts that join them freely: Indic, Hebrew, Arabic, Georgian, Ethiopic.

use super::{
    Cause, Mixed,
    around::Around,
    explain::char_name,
    found, replace,
    word::{Word, is_upper},
};
use crate::{
    finding::{Edit, Fix, Safety, Severity},
    text::Span,
    unicode::{Script, visible},
};

/// Letters that an old font had in the place of another script's: script, letter, what it showed.
const OLD_FONTS: &[(Script, &str, &str)] = &[(Script::Bengali, "ÿ", "ক্ষ")];

/// Scripts that put no spaces between words: a Latin letter inside says nothing.
pub(in super::super) fn has_no_spaces(script: Script) -> bool {
    use Script::{
        Balinese, Han, Hangul, Hiragana, Javanese, Katakana, Khmer, Lao, Myanmar, NewTaiLue, TaiLe, TaiTham, Thai,
        Tibetan,
    };
    matches!(
        script,
        Han | Hangul
            | Hiragana
            | Katakana
            | Khmer
            | Lao
            | Myanmar
            | Thai
            | Tibetan
            | Balinese
            | Javanese
            | TaiTham
            | TaiLe
            | NewTaiLue
    )
}

pub(super) fn explain(word: &Word<'_>, around: &Around<'_, '_>) -> Option<Mixed> {
    let native = word.scripts.iter().map(|(s, _)| *s).find(|s| *s != Script::Latin)?;
    if super::around::is_cjk(native) {
        return None;
    }
    let runs = word.runs();
    for (i, run) in runs.iter().enumerate().filter(|(_, r)| r.script == Script::Latin) {
        let beyond_ascii = run.bases().all(|c| !c.is_ascii());
        let inside = i > 0 && i + 1 < runs.len();
        let single = run.len() == 1 && run.all_lower();
        if run.len() <= 2 && beyond_ascii && !(run.bases().all(is_upper) && i == 0) {
            return Some(old_font(word, native, &run.bases().collect::<String>()));
        }
        if single && inside && !has_no_spaces(native) {
            let c = run.bases().next().unwrap_or(' ');
            let message = format!("{} inside the {} word «{}».", char_name(c), native.name(), visible(word.text));
            return Some(found(word, Cause::LookAlike, Severity::Error, 0.85, message, None));
        }
    }
    let [first, second] = runs.as_slice() else { return None };
    let (latin, other, at_end) =
        if first.script == Script::Latin { (first, second, false) } else { (second, first, true) };
    // An l or I for the danda.
    let (_, next) = around.edges();
    let bar = latin.len() == 1 && latin.bases().all(|c| matches!(c, 'l' | 'I'));
    if bar && at_end && super::super::sequences::has_danda(native) && next.is_none_or(char::is_whitespace) {
        let at = word.span.start + other.text().len();
        let c = latin.bases().next().unwrap_or(' ');
        let message = format!("{} at the end of the {} sentence; the danda is ।", char_name(c), native.name());
        let fix = Fix::replace(Safety::Suggested, Span::new(at, word.span.end), "।");
        return Some(found(word, Cause::LookAlike, Severity::Warning, 0.75, message, Some(fix)));
    }
    // A Latin letter left over at the end of a word. Alphabets whose prefixes join names are spared at the start.
    if latin.len() == 1 && latin.all_lower() && at_end && other.len() >= 4 && !has_no_spaces(native) {
        let at = word.span.start + other.text().len();
        let c = latin.bases().next().unwrap_or(' ');
        if next.is_some_and(|c| c.is_ascii_digit() || "=+^_-".contains(c)) {
            return None;
        }
        let message = format!("{} glued to the {} word «{}».", char_name(c), native.name(), other.text());
        let fix = Fix {
            safety: Safety::Suggested,
            title: "delete it".into(),
            edits: vec![Edit { span: Span::new(at, word.span.end), text: String::new() }],
        };
        return Some(found(word, Cause::Glued, Severity::Warning, 0.75, message, Some(fix)));
    }
    None
}

fn old_font(word: &Word<'_>, native: Script, run: &str) -> Mixed {
    let known = OLD_FONTS.iter().find(|(script, letter, _)| *script == native && *letter == run);
    let c = run.chars().next().unwrap_or(' ');
    let mut message = format!(
        "{} in the {} word «{}»: an old font showed another letter in its place",
        char_name(c),
        native.name(),
        visible(word.text)
    );
    match known {
        Some((_, letter, meant)) => {
            message.push_str(&format!(", {meant}."));
            let fix = replace(word, word.text.replace(letter, meant), Safety::Suggested);
            found(word, Cause::OldFont, Severity::Error, 0.9, message, Some(fix))
        }
        None => {
            message.push('.');
            found(word, Cause::OldFont, Severity::Error, 0.8, message, None)
        }
    }
}
