//! Words of two scripts that are right: symbols, endings on foreign names, numerals, coined names.

use super::{
    super::{alphabets::Fit, language},
    around::Around,
    convert::has_near_twin,
    word::{Run, Word, is_upper},
};
use crate::unicode::{Script, twins};

/// Greek letters that stand for quantities, units, particles and kinds.
const SYMBOLS: &str = "αβγδεζηθκλμνξπρστφχψωΔΓΘΛΞΠΣΦΨΩ∆";

/// The word as a Roman numeral, where it is one with letters of another script in it.
pub(super) fn roman(word: &Word<'_>) -> Option<String> {
    if word.count(Script::Latin) == 0 || word.letters.len() < 2 {
        return None;
    }
    let mut text = String::new();
    for letter in &word.letters {
        let c = if letter.script == Script::Latin {
            letter.base
        } else {
            // The palochka and both I's look the same.
            twins(letter.text, Script::Latin).find(|t| t.near && "IVXLCDM".contains(t.text))?.letter()
        };
        if letter.text.len() != letter.base.len_utf8() {
            return None;
        }
        text.push(c);
    }
    let plain = text.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    // Letters that only the numeral can have brought.
    let unmistakable = word.letters.iter().any(|l| matches!(l.base, 'V' | 'L' | 'D'));
    ((plain && (text.contains('X') || text.contains('V'))) || unmistakable).then_some(())?;
    value(&text).map(|_| text)
}

/// The value of a well-formed Roman numeral.
fn value(text: &str) -> Option<u32> {
    const PARTS: &[(&str, u32)] = &[
        ("M", 1000),
        ("CM", 900),
        ("D", 500),
        ("CD", 400),
        ("C", 100),
        ("XC", 90),
        ("L", 50),
        ("XL", 40),
        ("X", 10),
        ("IX", 9),
        ("V", 5),
        ("IV", 4),
        ("I", 1),
    ];
    let (mut rest, mut sum) = (text, 0);
    for (part, worth) in PARTS {
        let most = if part.len() == 2 || matches!(*part, "D" | "L" | "V") { 1 } else { 3 };
        for _ in 0..most {
            match rest.strip_prefix(part) {
                Some(after) => (rest, sum) = (after, sum + worth),
                None => break,
            }
        }
    }
    (rest.is_empty() && sum > 0).then_some(sum)
}

/// A Greek letter as a symbol beside one or two Latin letters, or beside Latin capitals: μs, kΩ, Δt, TNFα, NFκB.
pub(super) fn is_symbol(word: &Word<'_>, around: &Around<'_, '_>) -> bool {
    let greek: Vec<_> = word.letters.iter().enumerate().filter(|(_, l)| l.script == Script::Greek).collect();
    let [(at, letter)] = greek.as_slice() else { return false };
    if !SYMBOLS.contains(letter.base) || letter.text.len() != letter.base.len_utf8() {
        return false;
    }
    // A language that has a Latin letter of this shape: Kabyle γ for ɣ.
    let own = twins(letter.text, Script::Latin).find(|t| !t.letter().is_ascii());
    if own.is_some_and(|t| around.languages(Script::Latin).fit(t.letter()) == Fit::Yes) {
        return false;
    }
    if is_common_word(word, around) {
        return false;
    }
    let latin = word.count(Script::Latin);
    if latin + 1 != word.letters.len() || around.script() == Some(Script::Greek) && latin > 2 {
        // δlj in Greek text is a formula; Greek words with a stray Latin letter are longer.
        return false;
    }
    let near = |i: Option<usize>| i.and_then(|i| word.letters.get(i)).is_some_and(|l| is_upper(l.base));
    let capitals_round = near(at.checked_sub(1)) || near(Some(at + 1));
    if latin <= 2 {
        // «wε» and «γe» are damaged words; a unit or an index has a consonant or stands alone.
        let vowel = |c: char| "aeiouyAEIOUY".contains(c);
        let function_word = around.script() == Some(Script::Latin)
            && latin == 2
            && *at > 0
            && twins(letter.text, Script::Latin).any(|t| t.near && vowel(t.letter()))
            && word.letters.iter().all(|l| !is_upper(l.base));
        let eszett = letter.base == 'β' && latin == 2 && *at == 2 && word.letters.iter().any(|l| vowel(l.base));
        return !(function_word || eszett);
    }
    // Before a word: αSyn, βcat; at its end after capitals: TNFα.
    capitals_round || (*at == 0 && !"αονιυρκχ".contains(letter.base))
}

/// Whether the word, written in its neighbours' script, is a common word of the language: «vα», «νon».
fn is_common_word(word: &Word<'_>, around: &Around<'_, '_>) -> bool {
    let Some(to) = around.script() else { return false };
    let mut text = String::new();
    for letter in &word.letters {
        if letter.script == to {
            text.push_str(letter.text);
        } else if let Some(twin) = twins(letter.text, to).filter(|t| t.near).last() {
            text.push_str(twin.text);
        } else {
            return false;
        }
    }
    let guess = if to == Script::Greek { Some("el".to_owned()) } else { around.guess() };
    guess.is_some_and(|lang| language::is_common(&text, Some(&lang)))
}

/// Phonetic transcription: between brackets or slashes, or with signs of stress and length.
pub(super) fn is_phonetic(word: &Word<'_>, around: &Around<'_, '_>) -> bool {
    if word.text.contains(['ˈ', 'ˌ', 'ː', 'ʰ', 'ʲ']) {
        return true;
    }
    let line = around.line_text();
    let at = word.span.start - around.line.start;
    let before = line.get(..at).and_then(|t| t.rfind(['[', '/', ' '])).and_then(|i| line.get(i..i + 1));
    let after = line.get(at..).and_then(|t| t.find([']', '/', ' ']).and_then(|i| t.get(i..i + 1)));
    matches!((before, after), (Some("["), Some("]")) | (Some("/"), Some("/")))
}

/// An ending or prefix of the text's own language on a foreign name or abbreviation.
pub(super) fn is_affixed(word: &Word<'_>, around: &Around<'_, '_>, script: Option<Script>) -> bool {
    let runs = word.runs();
    let [first, second] = runs.as_slice() else {
        // неURLом: prefix, abbreviation, ending.
        return matches!(runs.as_slice(), [a, b, c]
            if a.script == c.script && a.script != Script::Latin && b.script == Script::Latin
                && b.len() >= 2 && b.all_caps() && a.all_lower() && c.all_lower());
    };
    let (latin, native) = match (first.script, second.script) {
        (Script::Latin, s) if s != Script::Latin => (first, second),
        (s, Script::Latin) if s != Script::Latin => (second, first),
        _ => return false,
    };
    let name_first = first.script == Script::Latin;
    if name_first {
        // URLы, IPOната. Not where Latin words stand on both sides.
        let among_latin = script == Some(Script::Latin) && latin.len() < 3;
        if latin.len() >= 2 && latin.all_caps() && native.all_lower() && !among_latin {
            return true;
        }
        // Windowsом, Facebookа: a name that cannot be a native word, with a short ending, among native words.
        // The Cyrillic twins of d, q and w are letters of the past: «wikiдагы».
        let archaic = |l: &super::word::Letter<'_>| matches!(l.base, 'd' | 'q' | 'w' | 'D' | 'Q' | 'W');
        let foreign = latin.letters.iter().any(|l| archaic(l) || !has_near_twin(l, native.script));
        return foreign
            && latin.len() >= 3
            && native.len() <= 4
            && native.all_lower()
            && script == Some(native.script)
            && around.before.iter().chain(&around.after).next().is_some_and(|(s, _)| *s == native.script);
    }
    // вIP: a preposition or prefix glued to an abbreviation.
    native.len() <= 4 && native.all_lower() && latin.len() >= 2 && latin.all_caps() && script != Some(Script::Latin)
}

/// A name in capitals put together on purpose, in a Cyrillic text: «NЁBO». Nobody types Ё or Й among Latin letters that have
/// no Cyrillic twin by mistake.
pub(super) fn is_coined(word: &Word<'_>, script: Option<Script>) -> bool {
    script == Some(Script::Cyrillic)
        && word.all_caps()
        && word.letters.len() <= 6
        && word.letters.iter().any(|l| matches!(l.base, 'Ё' | 'Й') || l.text.starts_with(['Ё', 'Й']))
        && word.letters.iter().any(|l| l.script == Script::Latin && !has_near_twin(l, Script::Cyrillic))
}

/// Where two words touch without a space: компанииMicrosoft.
pub(super) fn glued_at(word: &Word<'_>) -> Option<usize> {
    let runs = word.runs();
    let [first, second] = runs.as_slice() else { return None };
    let border = first.letters.last().is_some_and(|l| !is_upper(l.base))
        && second.letters.first().is_some_and(|l| is_upper(l.base));
    let rest_lower = |r: &Run<'_, '_>| r.letters.iter().skip(1).all(|l| !is_upper(l.base));
    let word_like = rest_lower(second) || second.all_caps();
    (border && first.len() >= 3 && second.len() >= 3 && word_like).then(|| first.text().len())
}

/// A single Latin capital before a native word part that is an index: Uвых, Tмакс.
pub(super) fn is_doubtful(word: &Word<'_>, around: &Around<'_, '_>) -> bool {
    const INDEXES: &[&str] =
        &["макс", "мин", "вх", "вых", "ном", "ср", "кр", "эфф", "нач", "кон", "общ", "раб", "доп", "max", "min"];
    let runs = word.runs();
    let index = matches!(runs.as_slice(), [a, b] if a.len() == 1 && INDEXES.contains(&b.text().as_str()));
    let formula = matches!(around.edges(), (_, Some('=' | '(' | '[' | '_')) | (Some('=' | '_'), _));
    let glued = word.all_caps()
        && matches!(runs.as_slice(), [a, b] if a.len() == 1 && b.len() >= 3)
        && !around.before.iter().chain(&around.after).take(2).any(|(_, w)| is_caps(w));
    index || formula || glued || (word.letters.len() == 2 && word.all_caps())
}

/// A move in the notation of chess: the piece's letter and the square, Кe2, Лa1.
pub(super) fn is_chess(word: &Word<'_>, around: &Around<'_, '_>) -> bool {
    let [piece, file] = word.letters.as_slice() else { return false };
    let (_, rank) = around.edges();
    piece.script != Script::Latin
        && is_upper(piece.base)
        && file.script == Script::Latin
        && matches!(file.base, 'a'..='h')
        && rank.is_some_and(|c| matches!(c, '1'..='8' | 'x' | ':'))
}

/// A letter of a format or of markup at the edge of a word: %sслово, \\nСлово, словоE<lt>.
pub(super) fn is_format(word: &Word<'_>, around: &Around<'_, '_>) -> bool {
    let runs = word.runs();
    let (Some(first), Some(last)) = (runs.first(), runs.last()) else { return false };
    let (before, after) = around.edges();
    let single = |r: &Run<'_, '_>| r.script == Script::Latin && r.len() == 1;
    let line = around.line_text();
    let at = word.span.start - around.line.start;
    let named =
        before == Some(')') && line.get(..at).is_some_and(|t| t.rfind("%(").is_some_and(|i| !t[i..].contains(' ')));
    single(first) && (matches!(before, Some('%' | '\\' | '&' | '$')) || named)
        || single(last) && last.all_caps() && after == Some('<')
        || before.is_some_and(|c| c.is_ascii_digit())
            && line.get(..at).is_some_and(|t| t.ends_with("%1") || t.ends_with('$'))
}

/// Greek letters in mathematics as TeX writes it: `\fracπ2` behind a command, `$αn_k$` between dollar signs.
pub(super) fn is_formula(word: &Word<'_>, around: &Around<'_, '_>) -> bool {
    if word.count(Script::Greek) + word.count(Script::Latin) != word.letters.len() {
        return false;
    }
    let line = around.line_text();
    let at = word.span.start - around.line.start;
    let (Some(before), Some(after)) = (line.get(..at), line.get(at..)) else { return false };
    let runs = word.runs();
    if before.ends_with('\\')
        && matches!(runs.as_slice(), [command, symbol, ..] if command.script == Script::Latin && symbol.len() == 1)
    {
        return true;
    }
    let (Some(open), Some(close)) = (before.rfind('$'), after.find('$')) else { return false };
    let (head, tail) = (&before[open + 1..], &after[..close]);
    // Money, and the words between two formulas: those begin and end with a blank.
    if head.starts_with(|c: char| c == ' ' || c.is_ascii_digit()) && head.contains(' ') || tail.ends_with(' ') {
        return false;
    }
    let signs = ['\\', '^', '_', '{', '='];
    head.contains(signs) || tail.contains(signs) || !head.contains(' ') && !tail.contains(' ')
}

/// Whether all letters are upper case, more than one.
pub(super) fn is_caps(word: &str) -> bool {
    word.chars().nth(1).is_some() && word.chars().all(is_upper)
}

/// Whether one reading of a word is more like a word than another: vowels and consonants alternate.
pub(super) fn reads_better(a: &str, b: &str) -> bool {
    let vowel = |c: char| "аеёиоуыэюяіїєўәөүaeiouyàáâãäåæèéêëìíîïòóôõöøùúûüąęěėőűýαεηιουωάέήίόύώ".contains(c);
    let changes = |w: &str| {
        let lower = w.to_lowercase();
        let kinds: Vec<bool> = lower.chars().map(vowel).collect();
        // ь and ъ between two consonants, or at the start, are rare.
        let signs = lower.matches(['ъ', 'ь']).count();
        kinds.windows(2).filter(|w| w[0] != w[1]).count() as i32 * 2 - signs as i32
    };
    changes(a) >= changes(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals() {
        assert_eq!(value("XVIII"), Some(18));
        assert_eq!(value("IIX"), None);
        assert_eq!(value("CMI"), Some(901));
    }
}
