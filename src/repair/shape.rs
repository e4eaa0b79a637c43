//! What no text has, whatever its language: a sign of currency between two letters, a Greek or Cyrillic letter inside a
//! Latin word, a capital between small letters, a word of nothing but accented letters.
//!
//! Most languages of the world are known to no model of letters. Their damage shows all the same where it breaks the
//! shape of words, and where one reading of the bytes mends all of it.

use super::{gate::is_typographic, letters};

/// From here on the shape alone is worth a suggestion.
pub(super) const ODD: u32 = 2;

/// How much in a line breaks the shape of words, where another reading mends it; `None` where that reading breaks it in
/// its turn.
pub(super) fn mended(before: &[char], after: &[char]) -> Option<u32> {
    let (mut score, mut flaws, mut changes) = (0, 0, 0);
    for (i, (old, new)) in before.iter().zip(after).enumerate() {
        if old == new {
            continue;
        }
        changes += 1;
        // The same letter again is no further evidence.
        if !old.is_alphabetic() || !before[..i].contains(old) {
            score += odd(before, after, i);
        }
        flaws += u32::from(is_flaw(after, i));
    }
    for (start, end) in soups(before) {
        let word = after.get(start..end).unwrap_or_default();
        let one = word.first().map_or(0, |c| script(*c));
        if one != 0 && word.iter().all(|c| script(*c) == one) {
            score += ODD;
        }
    }
    (flaws * 24 <= changes).then_some(score)
}

/// Whether a character is a letter of a Latin word, as its neighbours see it.
fn is_latin(ch: char) -> bool {
    ch.is_ascii_alphabetic() || (ch.is_alphabetic() && letters::is_latin(ch) && !matches!(ch, 'ª' | 'º' | 'ˆ' | 'ˇ'))
}

/// How odd one character that changes is: 2 where no text has it, 1 where hardly any.
fn odd(before: &[char], after: &[char], i: usize) -> u32 {
    let Some(&old) = before.get(i) else { return 0 };
    // What changes beside it counts as a letter if it becomes one.
    let side = |j: Option<usize>| {
        let j = j.filter(|j| *j < before.len())?;
        let (o, n) = (*before.get(j)?, *after.get(j)?);
        Some(match o != n && is_latin(n) {
            true if n.is_uppercase() => 'Ø',
            true => 'ø',
            false => o,
        })
    };
    let (left, right) = (side(i.checked_sub(1)), side(Some(i + 1)));
    let letter = |c: Option<char>| c.is_some_and(is_latin);
    let small = |c: Option<char>| c.is_some_and(|c| is_latin(c) && !c.is_uppercase());
    let (inside, within) = (letter(left) && letter(right), small(left) && small(right));
    let becomes = after.get(i).is_some_and(|c| c.is_alphabetic());
    match old {
        _ if !becomes => 0,
        // Controls that windows-1252 shows as quotation marks and dashes stand beside words.
        '\u{80}' | '\u{82}' | '\u{84}'..='\u{87}' | '\u{89}' | '\u{8B}' | '\u{91}'..='\u{97}' | '\u{99}' | '\u{9B}' => {
            2 * u32::from(within)
        }
        '\u{80}'..='\u{9F}' => u32::from(letter(left) || letter(right)) * 2,
        // Footnote marks, units, exponents.
        '†' | '‡' | '²' | '³' | '¹' | '°' | '®' | '©' | '™' | 'ª' | 'º' | '½' | '¼' | '¾' | '•' => {
            u32::from(inside) + u32::from(within)
        }
        // Letters of their own where a language has no better sign for a stop in the throat.
        '‘' | '´' | '`' | '‹' | '›' => 0,
        // Words of two scripts are joined without a blank.
        '\u{590}'..='\u{6FF}' | '\u{E00}'..='\u{E7F}' => {
            let ascii = |j: Option<usize>| j.and_then(|j| before.get(j)).is_some_and(char::is_ascii_lowercase);
            2 * u32::from(old.is_alphabetic() && ascii(i.checked_sub(1)) && ascii(Some(i + 1)))
        }
        // What may stand between words without blanks.
        '‚' | '¸' | '˛' | 'ˆ' | '˜' | 'ˇ' | '˘' | '˙' | '¨' | '\u{2DD}' | '˚' => u32::from(within),
        _ if is_typographic(old) => u32::from(within && matches!(old, '¿' | '¡' | '«' | '»' | '“' | '”' | '„')),
        _ if !old.is_alphabetic() => {
            let far = |j: Option<usize>| j.and_then(|j| before.get(j)).copied();
            // A formula: `a∙x`, `b∙exp(x)`.
            let (first, last) = (!letter(far(i.checked_sub(2))), !letter(far(Some(i + 2))));
            let plain = |j: Option<usize>| far(j).is_some_and(|c| c.is_ascii_alphabetic());
            let operator = matches!(old, '∙' | '×' | '÷') && plain(i.checked_sub(1)) && plain(Some(i + 1));
            let formula = first && last || (first || last) && operator;
            if inside && formula {
                0
            } else if inside {
                2
            } else {
                u32::from(small(left) || small(right))
            }
        }
        _ if script(old) != 0 => {
            // Letters that look like Latin ones are typed or pasted by mistake.
            let alike = "аеорсухіјѕԁѵкмтнвгАВЕКМНОРСТУХІЈЅεικνορυωγημχοβΑΒΕΖΗΙΚΜΝΟΡΤΥΧ".contains(old);
            match () {
                () if alike => 0,
                () if old == 'α' => u32::from(within),
                () if within => 2,
                () => u32::from(small(left) || small(right)),
            }
        }
        // Lists of letters: `Čč`.
        _ if !old.is_uppercase() || old.to_lowercase().next() == before.get(i + 1).copied() => 0,
        // Two words that were glued have one as well; what stands before it would be a word then.
        _ if within => {
            let part = before[..i].iter().rev().take_while(|c| c.is_alphabetic());
            let word = part.clone().count() > 1 && part.clone().any(|c| "aeiouyæøåöäü".contains(*c));
            if word { 1 } else { 2 }
        }
        // `pÂ`: a capital that closes a word of small letters.
        _ => u32::from(small(left) && !letter(right)),
    }
}

/// Whether the new character breaks the shape of its word.
fn is_flaw(after: &[char], i: usize) -> bool {
    let Some(&new) = after.get(i) else { return true };
    let (left, right) = (i.checked_sub(1).and_then(|p| after.get(p)).copied(), after.get(i + 1).copied());
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let small = |c: Option<char>| c.is_some_and(char::is_lowercase);
    if !new.is_alphabetic() || matches!(new, 'ª' | 'º' | 'ˆ' | 'ˇ') {
        let joint = matches!(new, '’' | '·' | '\u{AD}' | '\u{2011}');
        let opens = matches!(new, '«' | '„' | '“' | '¿' | '¡' | '‚');
        let common = is_typographic(new) || matches!(new, '§' | '°' | '€' | '№' | '©' | '®' | '™' | '‚');
        return !common || letter(left) && letter(right) && !joint || opens && letter(left);
    }
    if new.is_uppercase() && small(left) {
        return true;
    }
    // A small letter among capitals.
    if new.is_lowercase() && left.is_some_and(char::is_uppercase) && right.is_some_and(char::is_uppercase) {
        return true;
    }
    let own = script(new);
    let fits = |c: Option<char>| c.is_none_or(|c| !c.is_alphabetic() || script(c) == own);
    own == 0 && !is_usual(new) || !fits(left) || !fits(right)
}

/// Latin letters that the languages with a page of their own write.
fn is_usual(ch: char) -> bool {
    matches!(ch, '\u{C0}'..='\u{17F}' | '\u{218}'..='\u{21B}')
        && !matches!(ch, '×' | '÷' | 'ĸ' | 'ŉ' | 'ſ' | 'Ŀ' | 'ŀ' | 'Ĳ' | 'ĳ' | 'Ŏ' | 'ŏ')
}

/// Words, or long parts of them, in which one accented letter follows the other.
fn soups(chars: &[char]) -> Vec<(usize, usize)> {
    let soup = |c: char| !c.is_ascii() && !is_typographic(c) && script(c) == 0;
    let mut out = Vec::new();
    let mut start = 0;
    while start < chars.len() {
        let len = chars.get(start..).unwrap_or_default().iter().take_while(|c| soup(**c)).count();
        if len >= 4 {
            let mut distinct: Vec<char> = chars.get(start..start + len).unwrap_or_default().to_vec();
            distinct.sort_unstable();
            distinct.dedup();
            // A list of letters is no word.
            if distinct.len() >= 3 && (len < 8 || distinct.len() < len) {
                out.push((start, start + len));
            }
        }
        start += len.max(1);
    }
    out
}

/// Greek, Cyrillic, Hebrew, Arabic, Thai, or none of them.
pub(super) fn script(ch: char) -> u8 {
    match ch {
        '\u{370}'..='\u{3FF}' => 1,
        '\u{400}'..='\u{52F}' => 2,
        '\u{590}'..='\u{5FF}' => 3,
        '\u{600}'..='\u{6FF}' => 4,
        '\u{E00}'..='\u{E7F}' => 5,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(before: &str, after: &str) -> Option<u32> {
        let (before, after): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
        mended(&before, &after)
    }

    #[test]
    fn broken_shapes_are_seen() {
        for (before, after) in [
            ("t÷÷lde", "töölde"),
            ("gτre", "gçre"),
            ("sÈcher", "sécher"),
            ("ôàøáøééèòøåðâ", "פאַרברייטערונג"),
            ("verdei¤ ka¤", "verdeiñ kañ"),
        ] {
            let after =
                if before.chars().count() == after.chars().count() { after } else { "פאארברייטערונ" };
            assert!(score(before, after).is_some_and(|s| s >= ODD), "{before}: {:?}", score(before, after));
        }
    }

    #[test]
    fn a_language_without_a_model_is_read() {
        let line = "De Kanner hu gÚint d'Dier gekloppt a sin dunn frõilech an d'Schoul gelaf.";
        let fixed: Vec<String> = super::super::repairs(line).into_iter().map(|r| r.text).collect();
        assert_eq!(fixed.join(" "), "é ä");
        let line = "Va brτer a zo o labourat en ur stal vras war ar maezioω hag en deus prenet ur penn-saout.";
        assert!(super::super::repairs(line).iter().any(|r| r.text.starts_with('ô') && !r.safe));
    }

    #[test]
    fn good_words_are_not() {
        for (before, after) in [("TNFα and 5 µm", "TNFà and 5 µm"), ("mot²", "motý"), ("Molière", "Moličre")] {
            assert!(score(before, after).is_none_or(|s| s < ODD), "{before}");
        }
        // What comes out has no better shape.
        assert_eq!(score("t÷lde", "tжlde"), None);
    }
}
