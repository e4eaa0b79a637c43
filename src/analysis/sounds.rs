//! How a romanised name is compared with others: by its letters, and by its sounds.

use super::is_mark;
use unicode_normalization::UnicodeNormalization;

/// A name as it is compared: lower case, without marks, apostrophes, hyphens and a leading Arabic article.
pub(crate) fn fold(name: &str) -> String {
    let folded: String =
        name.nfd().filter(|c| c.is_alphabetic() && !is_mark(*c)).flat_map(char::to_lowercase).collect();
    let article = name.get(..3).is_some_and(|p| matches!(p, "al-" | "Al-" | "el-" | "El-"));
    match folded.get(2..) {
        Some(rest) if article && rest.len() >= 3 => rest.to_owned(),
        _ => folded,
    }
}

/// The sounds of a romanised name that spellings agree about: consonants once, vowels by kind.
pub(crate) fn sound(name: &str) -> String {
    let folded = fold(name);
    let mut out = String::with_capacity(folded.len());
    let mut chars = folded.chars().peekable();
    while let Some(c) = chars.next() {
        let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
        let kind = match c {
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' => {
                // A run of vowels counts by its first: `ei`, `ey`, `ai`, `ay` are one sound, `oo`, `ou`, `u` another.
                let mut last = c;
                while let Some(&next) = chars.peek() {
                    if !vowel(next) {
                        break;
                    }
                    last = next;
                    chars.next();
                }
                match (c, last) {
                    ('o' | 'u', _) | (_, 'o' | 'u') => 'o',
                    _ => 'e',
                }
            }
            'q' | 'c' => 'k',
            'w' => 'v',
            'z' => 's',
            'p' if chars.peek() == Some(&'h') => 'f',
            'h' => continue,
            c => c,
        };
        if out.ends_with(kind) {
            continue;
        }
        out.push(kind);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_and_sound() {
        assert_eq!(fold("al-Ja'afari"), "jaafari");
        assert_eq!(fold("Önal"), "onal");
        assert_eq!(sound("Sergei"), sound("Sergey"));
        assert_eq!(sound("Mohammed"), sound("Muhamed"));
        assert_eq!(sound("Zaid"), sound("Zeid"));
        assert_ne!(sound("Ivan"), sound("Igor"));
    }
}
