//! What letters cost that few languages have.

use crate::repair::{
    line::Cell,
    model::{BIT, Cost},
};

/// Whether most letters of a line are ASCII.
pub(in crate::repair) fn is_latin(cells: &[Cell]) -> bool {
    let ascii = cells.iter().filter(|c| c.ch.is_ascii_alphabetic()).count();
    ascii >= 2 * cells.iter().filter(|c| !c.ch.is_ascii()).count()
}

/// What a repaired letter costs in a Latin line: letters of a few languages in Latin script are rare in all languages
/// together, but no less likely than others in the text that has them.
pub(in crate::repair) fn rare(ch: char, cost: Cost) -> Cost {
    match ch {
        '\u{C0}'..='\u{FF}' => cost.min(14 * BIT),
        _ if "ƀƂƃƄƅƇƈƋƌƍƔƕƛƜƟƢƣƤƥƦƧƨƪƫƮƵƶƸƹƺƻƼƽƾƿǶǷȡȴȵȶȸȹ".contains(ch) => {
            cost + 8 * BIT
        }
        _ if is_african(ch) || is_tone(ch) => cost.min(15 * BIT),
        '\u{100}'..='\u{17F}' | '\u{218}'..='\u{21B}' => cost.min(15 * BIT),
        'Ə' | 'Ơ' | 'ơ' | 'Ư' | 'ư' | 'ǎ' | 'ǐ' | 'ǒ' | 'ǔ' | 'ǧ' | 'ǵ' => cost.min(15 * BIT),
        '\u{180}'..='\u{24F}' => cost.min(18 * BIT),
        '\u{1E00}'..='\u{1EFF}' | '\u{2BB}' | '\u{2BC}' => cost.min(15 * BIT),
        _ => cost,
    }
}

/// Of the letters of phonetic writing and their capitals, those that languages of Africa write.
fn is_african(ch: char) -> bool {
    "ɓɔɖɗəɛɣɨɩɪɲʃʉʊʋʌʒƁƆƉƊƐƑƒƓƔƖƗƘƙƝƲƳƴƱƩƷ".contains(ch)
}

/// Marks of tone, and the dot and the line below.
fn is_tone(ch: char) -> bool {
    matches!(ch, '\u{300}'..='\u{304}' | '\u{30C}' | '\u{323}' | '\u{329}' | '\u{331}')
}

/// Whether a letter is one of those that the model knows as signs of phonetic writing only, or a mark of tone.
pub(in crate::repair) fn is_phonetic(ch: char) -> bool {
    is_african(ch) || is_tone(ch)
}

/// What may follow such a repaired letter in a Latin line: the model has hardly seen it and what stands after it.
pub(in crate::repair) fn after_rare(ch: char, cost: Cost) -> Cost {
    if is_phonetic(ch) { cost.min(8 * BIT) } else { cost }
}
