//! How like two names are.

use crate::analysis::sounds::{fold, sound};

/// Whether two different words are one inner edit apart: a letter replaced, left out, added, or two swapped, with at
/// least one letter before it and one after it left the same. A different ending is a different form, not a slip.
pub(super) fn one_inner_edit(a: &str, b: &str) -> bool {
    // Most pairs differ at an end.
    if a.as_bytes().first() != b.as_bytes().first() || a.as_bytes().last() != b.as_bytes().last() {
        return false;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a == b || a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let most = a.len().min(b.len()) - head;
    let tail = a.iter().rev().zip(b.iter().rev()).take(most).take_while(|(x, y)| x == y).count();
    let (da, db) = (a.len() - head - tail, b.len() - head - tail);
    let letters = a[head..a.len() - tail].iter().chain(&b[head..b.len() - tail]).all(|c| c.is_lowercase());
    let swapped = da == 2 && db == 2 && a[head] == b[head + 1] && a[head + 1] == b[head];
    letters && head >= 1 && tail >= 1 && ((da <= 1 && db <= 1) || swapped)
}

/// Whether two different spellings may be one name in two romanisations: the same first letter, the same consonants,
/// the same kinds of vowels. The endings `a`, `e` and `o` tell people apart, `ei` and `ey` don't.
pub(super) fn same_sound(a: &str, b: &str) -> bool {
    let (fa, fb) = (fold(a), fold(b));
    if fa == fb {
        return true;
    }
    if fa.chars().count().min(fb.chars().count()) < 4 || fa.chars().next() != fb.chars().next() {
        return false;
    }
    let (la, lb) = (fa.chars().next_back(), fb.chars().next_back());
    let gender = |c: Option<char>| matches!(c, Some('a' | 'e' | 'o'));
    if la != lb && (gender(la) || gender(lb)) {
        return false;
    }
    sound(a) == sound(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inner_edits() {
        for (a, b) in [("Mistora", "Mistura"), ("Garett", "Garrett"), ("Starhip", "Starship"), ("Gradner", "Gardner")] {
            assert!(one_inner_edit(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("Syria", "Syrian"),
            ("Marie", "Maria"),
            ("Hall", "Ball"),
            ("Austria", "Australia"),
            ("Linuxkern", "Linux-kern"),
        ] {
            assert!(!one_inner_edit(a, b), "{a} {b}");
        }
    }

    #[test]
    fn sounds() {
        for (a, b) in [("Sergei", "Sergey"), ("Stefan", "Staffan"), ("Jaysh", "Jaish"), ("Mohamed", "Mohammed")] {
            assert!(same_sound(a, b), "{a} {b}");
        }
        for (a, b) in
            [("Maria", "Marie"), ("Mario", "Maria"), ("Hassan", "Hussein"), ("Ellen", "Allen"), ("Jean", "Jane")]
        {
            assert!(!same_sound(a, b), "{a} {b}");
        }
    }
}
