//! Which language a text is in.

use super::around;
use whatlang::{Detector, Lang};

/// The language of most of a document: one sample of a few kilobytes, because identification costs a thousand times
/// more than everything else.
pub(super) fn of_document(prose: &str) -> Option<String> {
    let sample = sample(prose);
    let english = English::of(&sample);
    // English is what most repositories hold, and known without the identifier.
    if english.is_certain(&sample) {
        return Some("en".to_owned());
    }
    let info = whatlang::detect(&sample)?;
    // Below some fifty letters only what whatlang itself calls reliable is acted on.
    let long = sample.len() >= 120 && info.confidence() > 0.3;
    // Short English sentences with foreign names in them are what whatlang is least sure of.
    let short = info.lang() == whatlang::Lang::Eng && english.seen >= 3 && english.hits * 5 >= english.all;
    (info.is_reliable() || long || short).then(|| tag(info.lang()).to_owned())
}

/// So many bytes are identified.
const SAMPLE: usize = 4096;
/// From so many samples on a text has room for more than its beginning, which may be a licence, a list of contents or
/// an abstract in another language.
const LONG: usize = 4;
/// From so many places it is taken then,
const PIECES: usize = 8;
/// and each piece of it from so many bytes.
const NEAR: usize = 1 << 16;

/// Words of a text, from all its parts where it is long; without addresses, paths and code.
fn sample(prose: &str) -> String {
    let mut sample = String::with_capacity(SAMPLE + 64);
    if prose.len() < SAMPLE * LONG {
        take(prose, SAMPLE, &mut sample);
        return sample;
    }
    for (piece, part) in around::pieces(prose, PIECES, NEAR).enumerate() {
        // Not from the middle of a word, where words are parted by blanks.
        let near = part.get(..around::boundary_before(part, 64)).unwrap_or_default();
        let cut = if piece == 0 { 0 } else { near.find(|c: char| c.is_ascii_whitespace()).unwrap_or(0) };
        take(part.get(cut..).unwrap_or_default(), SAMPLE / PIECES * (piece + 1), &mut sample);
    }
    sample
}

/// Adds the words of a text until the sample has so many bytes.
fn take(text: &str, most: usize, sample: &mut String) {
    for word in text.split_ascii_whitespace() {
        if sample.len() >= most {
            return;
        }
        // Where nothing parts the words, as in Chinese, one may be a page.
        let word = word.get(..around::boundary_before(word, WORD)).unwrap_or(word);
        if word.bytes().any(|b| matches!(b, b'/' | b'@' | b'_' | 1)) {
            continue;
        }
        sample.push_str(word);
        sample.push(' ');
    }
}

/// No word of a sample is longer, in bytes.
const WORD: usize = 512;

/// Whether a text is in a language, given by its tag; a short one, or one with many names, is in none.
pub(crate) fn is_certainly(text: &str, tag: &str) -> bool {
    tag == "en" && begins_in_english(text) || may_be(text, tag) && reliable(text) == Some(tag)
}

/// The language that a text is surely in; a short one, or one with many names, is in none.
pub(crate) fn certain_language(text: &str) -> Option<&'static str> {
    if begins_in_english(text) { Some("en") } else { reliable(text) }
}

/// What stays untranslated is mostly English, and known without the identifier. Its translation may follow.
fn begins_in_english(text: &str) -> bool {
    let ascii = text.find(|c: char| !c.is_ascii() && c.is_alphabetic()).and_then(|at| text.get(..at)).unwrap_or(text);
    let english = English::of(ascii);
    ascii.len() >= ENOUGH && english.seen >= 3 && english.hits * 6 >= english.all
}

/// Whether a text may be in a language, as far as its neighbours and some languages of every other group say: what
/// [`reliable`] names, this lets through, at a third of its cost.
fn may_be(text: &str, wanted: &str) -> bool {
    let Some(group) = GROUPS.iter().find(|group| group.split(' ').any(|tag| tag == wanted)) else { return true };
    let firsts = GROUPS.iter().filter_map(|group| group.split(' ').next());
    let asked: Vec<Lang> = group.split(' ').chain(firsts).filter_map(of_tag).collect();
    let info = Detector::with_allowlist(asked).detect(text);
    info.is_some_and(|info| info.is_reliable() && tag(info.lang()) == wanted)
}

/// Languages in Latin letters that are taken for each other, the most frequent one first.
static GROUPS: &[&str] = &[
    "en",
    "fr es pt it ca ro la eo",
    "de nl af da",
    "sv da nb",
    "pl cs sk hr sl",
    "fi et",
    "hu",
    "tr az uz tk",
    "lt lv",
    "id jv tl",
    "vi",
];

fn of_tag(wanted: &str) -> Option<Lang> {
    Lang::all().iter().copied().find(|lang| tag(*lang) == wanted)
}

fn reliable(text: &str) -> Option<&'static str> {
    whatlang::detect(text).filter(|info| info.is_reliable()).map(|info| tag(info.lang()))
}

/// So many bytes are enough to know English.
const ENOUGH: usize = 120;

/// The English function words of a text.
struct English {
    /// All its words, those that are such, and how many different ones.
    all: usize,
    hits: usize,
    seen: u32,
}

impl English {
    fn of(sample: &str) -> English {
        const WORDS: &[&str] = &[
            "the", "and", "that", "this", "with", "from", "were", "had", "have", "has", "said", "which", "they", "his",
            "her", "their", "been", "would", "could", "not", "but", "its", "it", "of", "to", "by", "at", "on", "is",
            "was", "for",
        ];
        let mut english = English { all: 0, hits: 0, seen: 0 };
        let mut seen = 0u32;
        for word in sample.split_ascii_whitespace() {
            english.all += 1;
            if word.len() <= 5
                && let Some(at) = WORDS.iter().position(|w| w.eq_ignore_ascii_case(word))
            {
                english.hits += 1;
                seen |= 1 << at;
            }
        }
        english.seen = seen.count_ones();
        english
    }

    /// Whether they are so many and so different that the text is English, a thousand times cheaper than the identifier.
    fn is_certain(&self, text: &str) -> bool {
        let many = self.seen >= 6 && self.hits * 4 >= self.all || self.seen >= 8 && self.hits * 6 >= self.all;
        many && text.len() >= ENOUGH && !text.chars().any(|c| !c.is_ascii() && c.is_alphabetic())
    }
}

/// The BCP 47 primary tag of a language that whatlang knows.
pub(crate) fn tag(lang: Lang) -> &'static str {
    use Lang::*;
    match lang {
        Epo => "eo",
        Eng => "en",
        Rus => "ru",
        Cmn => "zh",
        Spa => "es",
        Por => "pt",
        Ita => "it",
        Ben => "bn",
        Fra => "fr",
        Deu => "de",
        Ukr => "uk",
        Kat => "ka",
        Ara => "ar",
        Hin => "hi",
        Jpn => "ja",
        Heb => "he",
        Yid => "yi",
        Pol => "pl",
        Amh => "am",
        Jav => "jv",
        Kor => "ko",
        Nob => "nb",
        Dan => "da",
        Swe => "sv",
        Fin => "fi",
        Tur => "tr",
        Nld => "nl",
        Hun => "hu",
        Ces => "cs",
        Ell => "el",
        Bul => "bg",
        Bel => "be",
        Mar => "mr",
        Kan => "kn",
        Ron => "ro",
        Slv => "sl",
        Hrv => "hr",
        Srp => "sr",
        Mkd => "mk",
        Lit => "lt",
        Lav => "lv",
        Est => "et",
        Tam => "ta",
        Vie => "vi",
        Urd => "ur",
        Tha => "th",
        Guj => "gu",
        Uzb => "uz",
        Pan => "pa",
        Aze => "az",
        Ind => "id",
        Tel => "te",
        Pes => "fa",
        Mal => "ml",
        Ori => "or",
        Mya => "my",
        Nep => "ne",
        Sin => "si",
        Khm => "km",
        Tuk => "tk",
        Aka => "ak",
        Zul => "zu",
        Sna => "sn",
        Afr => "af",
        Lat => "la",
        Slk => "sk",
        Cat => "ca",
        Tgl => "tl",
        Hye => "hy",
        Cym => "cy",
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn knows_plain_languages() {
        let en = "The committee met on Tuesday to talk about the new library and the roads that lead to it.";
        let ru = "Комитет собрался во вторник, чтобы обсудить новую библиотеку и дороги, которые к ней ведут.";
        assert_eq!(super::of_document(en).as_deref(), Some("en"));
        assert_eq!(super::of_document(ru).as_deref(), Some("ru"));
        assert_eq!(super::of_document(""), None);
        // A long text is in the language of its body, not of its head.
        let head =
            "The license of this document is printed on the first pages of it, and that in English.\n".repeat(50);
        let body = "Die Bibliothek öffnet um neun Uhr und schließt um sechs, freitags bleibt sie bis acht Uhr offen.\n"
            .repeat(300);
        assert_eq!(super::of_document(&(head + &body)).as_deref(), Some("de"));
    }
}
