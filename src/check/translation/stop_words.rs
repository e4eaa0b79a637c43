//! Function words of some languages: a look at a few dozen words says which language a paragraph is in, ten thousand
//! times cheaper than identification by letter statistics. It only proposes; the identifier has the last word.

use crate::{analysis::places::places, text::Span};
use std::{collections::BTreeMap, hint::select_unpredictable, sync::OnceLock};

/// The languages, with words that none of their neighbours shares or that are frequent enough to tell.
static LANGUAGES: &[(&str, &str)] = &[
    (
        "en",
        "the and of to with was that for is are were his her from this which have has had they been not by it as at",
    ),
    (
        "de",
        "der die und das nicht mit ein ist den auch von sich des dem eine auf für wird werden sind zu im als bei einer wurde",
    ),
    ("fr", "le la les des et est une dans pour que du qui par sur avec pas au ne sont plus aux cette ont été ses leur"),
    ("es", "el los las y que una con por para del se la es su al como más fue en un lo sus ha desde"),
    ("it", "il di che è per una non sono della gli con del dei nel alla le più anche si da un la dal delle"),
    ("pt", "não uma com para que do da em os as um dos das no na por mais foi ao pela pelo são como o e"),
    ("nl", "het een van en niet de dat voor zijn op met aan ook werd worden bij naar door wordt uit te is die"),
    ("sv", "och att det som är på en av för med inte till den har ett från om var de vid kan"),
    ("da", "og at det som er på en af for med ikke til den har et fra om var de ved kan blev"),
    ("nb", "og at det som er på en av for med ikke til den har et fra om var de ved kan ble"),
    ("fi", "ja on ei oli että se hän mutta ovat myös joka kun tai sen niin kuin mukaan olla vuonna"),
    ("pl", "nie się że na jest do w z jak od po to przez oraz dla są ale jego był i za przy"),
    ("cs", "a se na je že v s z do to o jako byl pro za podle ale jsou také nebo by jeho"),
    ("sk", "a sa na je že v s z do to o ako bol pre za podľa ale sú tiež alebo by jeho"),
    ("hu", "a az és hogy nem egy is meg volt ez de csak már kell mint vagy szerint"),
    ("ro", "și de la în cu pe care nu este pentru a din un o mai sunt fost prin sau"),
    ("tr", "bir ve bu için ile da de olarak olan daha çok gibi en kadar sonra"),
    ("id", "yang dan di dengan untuk dari pada ini itu dalam tidak adalah oleh ke akan juga"),
    ("ru", "и в не на что с по это как к из у но за он от его для же был было так только или они которые"),
    ("uk", "і в не на що з та це як до у але за він від його для є був було так або вони які про"),
    ("bg", "и в не на че с по това как към от но за той се да са е беше като или които"),
    ("be", "і ў не на што з па гэта як да у але за ён ад яго для быў было так або яны якія"),
    ("sr", "и у не на да с по то као од али за он се је су био или који"),
    ("ar", "في من على أن إلى عن التي الذي هذا هذه كان مع ما لا بين وقد كما أو"),
    ("fa", "در به از که این را با است برای آن یک خود تا کرد بر هم نیز"),
    ("el", "και το της την του να η ο για με από στο που οι δεν είναι τα στην"),
];

/// How many languages there are.
pub(super) const COUNT: usize = LANGUAGES.len();

/// The tag of a language by its number.
pub(super) fn tag(language: usize) -> &'static str {
    LANGUAGES.get(language).map_or("", |l| l.0)
}

/// The languages a word speaks for, one bit each. Only words in lower case are known.
#[inline]
pub(super) fn languages(word: &[u8]) -> u32 {
    if word.is_empty() || word.len() > LONGEST { 0 } else { of_key(key(word)) }
}

/// As [`languages`], for the word of `len` bytes that stands at a place of a text.
#[inline(always)]
pub(super) fn languages_at(bytes: &[u8], at: usize, len: usize) -> u32 {
    if len.wrapping_sub(1) >= LONGEST {
        return 0;
    }
    match bytes.get(at..).and_then(|rest| rest.first_chunk::<LONGEST>()) {
        Some(window) => of_key(u128::from_le_bytes(*window) << (128 - 8 * len) >> (128 - 8 * len)),
        None => languages(bytes.get(at..at + len).unwrap_or_default()),
    }
}

#[inline(always)]
fn of_key(key: u128) -> u32 {
    static TABLE: OnceLock<Table> = OnceLock::new();
    let table = TABLE.get_or_init(Table::new);
    // Most words are refused by the filter, which stays in the first-level cache.
    let place = place(key);
    if table.filter[place >> 6] >> (place & 63) & 1 == 0 {
        return 0;
    }
    let from = table.entries.partition_point(|entry| entry.0 < key);
    table.entries.get(from).filter(|entry| entry.0 == key).map_or(0, |entry| entry.1)
}

/// The words that speak for one language: enough of them among the first words of a paragraph are proof, and cheaper than
/// counting for all languages.
pub(super) struct Own {
    /// Each word at the place that its number says; 0 where there is none.
    words: [u64; OWN],
    /// What each of them is worth: one that no other language has is worth two that others share.
    worth: [u8; OWN],
}

const OWN: usize = 1024;
/// Three of a language's own words are proof, or six that it shares,
const PROOF: u8 = 6;
/// among so many.
const FIRST: usize = 40;

impl Own {
    /// Those of the language of a number.
    pub(super) fn of(language: usize) -> Own {
        let mut own = Own { words: [0; OWN], worth: [0; OWN] };
        let list = LANGUAGES.get(language).map_or("", |l| l.1).split(' ');
        for word in list.map(str::as_bytes).filter(|w| (1..=8).contains(&w.len())) {
            // At the upper end, so that what follows a word in a text can be shifted out.
            let number = number(word) << (64 - 8 * word.len());
            own.words[Own::place(number)] = number;
            own.worth[Own::place(number)] = if languages(word) == 1 << language { 2 } else { 1 };
        }
        own
    }

    fn place(number: u64) -> usize {
        (number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 54) as usize
    }

    /// Whether a paragraph's first words are beyond doubt in this language.
    pub(super) fn speaks_for(&self, prose: &str, paragraph: Span) -> bool {
        let bytes = prose.as_bytes();
        let part = bytes.get(paragraph.range()).unwrap_or_default();
        let (mut start, mut worth) = (paragraph.start, 0);
        for end in places(part, |b| b <= b' ').take(FIRST) {
            let end = paragraph.start + end;
            let at = std::mem::replace(&mut start, end + 1);
            let len = end - at;
            // A window past the text's end: the paragraph is short, and read in the ordinary way.
            let Some(window) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) else { return false };
            // Which word is known cannot be guessed: so nothing branches on it. No word has the number 0.
            let number = u64::from_le_bytes(*window) << (len.min(8).wrapping_mul(8).wrapping_neg() & 63);
            let number = select_unpredictable(len.wrapping_sub(1) < 8, number, 0);
            let place = Own::place(number);
            worth += select_unpredictable(self.words[place] == number, self.worth[place], 0);
            if worth >= PROOF {
                return true;
            }
        }
        false
    }
}

struct Table {
    /// One bit for each word, at its place.
    filter: [u64; 1 << (BITS - 6)],
    /// The words with their languages, sorted.
    entries: Vec<(u128, u32)>,
}

impl Table {
    fn new() -> Table {
        let mut words = BTreeMap::new();
        let mut filter = [0; 1 << (BITS - 6)];
        for (i, (_, list)) in LANGUAGES.iter().enumerate() {
            for word in list.split(' ') {
                let key = key(word.as_bytes());
                *words.entry(key).or_insert(0u32) |= 1 << i;
                filter[place(key) >> 6] |= 1 << (place(key) & 63);
            }
        }
        Table { filter, entries: words.into_iter().collect() }
    }
}

/// The filter's size: two kilobytes.
const BITS: u32 = 14;
/// Function words are short; in Cyrillic a letter has two bytes.
const LONGEST: usize = 16;

/// The word as a number.
#[inline]
fn key(word: &[u8]) -> u128 {
    let (low, high) = word.split_at(word.len().min(8));
    u128::from(number(low)) | u128::from(number(high)) << 64
}

/// Up to eight bytes as a number.
#[inline]
fn number(bytes: &[u8]) -> u64 {
    match bytes {
        [a, b, c, d, rest @ ..] => {
            let low = u64::from(u32::from_le_bytes([*a, *b, *c, *d]));
            let high = match rest {
                [a, b, c, d, ..] => u32::from_le_bytes([*a, *b, *c, *d]),
                [a, b, c] => u32::from_le_bytes([*a, *b, *c, 0]),
                [a, b] => u32::from_le_bytes([*a, *b, 0, 0]),
                [a] => u32::from(*a),
                [] => 0,
            };
            low | u64::from(high) << 32
        }
        [a, b, c] => u64::from(u32::from_le_bytes([*a, *b, *c, 0])),
        [a, b] => u64::from(u32::from_le_bytes([*a, *b, 0, 0])),
        [a] => u64::from(*a),
        [] => 0,
    }
}

#[inline]
fn place(key: u128) -> usize {
    let folded = (key as u64) ^ ((key >> 64) as u64).rotate_left(29);
    (folded.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - BITS)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_speak_for_their_languages() {
        let tags =
            |word: &str| (0..COUNT).filter(|i| languages(word.as_bytes()) >> i & 1 == 1).map(tag).collect::<Vec<_>>();
        assert_eq!(tags("und"), ["de"]);
        assert_eq!(tags("które"), [""; 0]);
        assert_eq!(tags("и"), ["ru", "bg", "sr"]);
        assert_eq!(tags("extraordinarily-long-word"), [""; 0]);
    }
}
