//! A part of a word typed while the other keyboard layout was on.

use super::super::alphabets::{Fit, Languages};
use super::word::Word;
use crate::unicode::Script;

const LATIN: &str = "qwertyuiopasdfghjklzxcvbnm";
const RUSSIAN: &str = "йцукенгшщзфывапролдячсмить";
const GREEK: &str = ";ςερτυθιοπασδφγηξκλζχψωβνμ";

/// The word with its Latin letters as the keys of the native layout, or its native letters as Latin keys.
pub(super) fn retyped(word: &Word<'_>, to: Script, languages: &Languages) -> Option<String> {
    let native = word.scripts.iter().map(|(s, _)| *s).find(|s| *s != Script::Latin)?;
    let row: Vec<char> = match native {
        Script::Cyrillic => RUSSIAN.chars().collect(),
        Script::Greek => GREEK.chars().collect(),
        _ => return None,
    };
    // і, ӕ and the palochka are typed with Latin letters by habit, in languages whose letters are not known too.
    let habit = |c: char| matches!(c, 'i' | 'I' | 'æ' | 'Æ');
    if native == Script::Cyrillic
        && to == native
        && word.letters.iter().all(|l| l.script != Script::Latin || habit(l.base))
    {
        return None;
    }
    let mut text = String::new();
    for letter in &word.letters {
        if letter.script == to || !letter.script.is_real() {
            text.push_str(letter.text);
            continue;
        }
        let lower = letter.base.to_lowercase().next()?;
        let key = if to == Script::Latin {
            let at = row.iter().position(|c| *c == lower)?;
            LATIN.chars().nth(at)?
        } else {
            let at = LATIN.find(lower)?;
            // Ukrainian and Belarusian have their і where the Russian layout has ы.
            match *row.get(at)? {
                'ы' if languages.fit('ы') == Fit::No => 'і',
                'щ' if languages.fit('щ') == Fit::No => 'ў',
                'и' if languages.fit('и') == Fit::No => return None,
                c => c,
            }
        };
        if languages.fit(key) == Fit::No {
            return None;
        }
        if lower == letter.base { text.push(key) } else { text.extend(key.to_uppercase()) }
    }
    Some(text)
}
