//! Function words of some languages: a look at a few dozen words says which language a paragraph is in, ten thousand
//! times cheaper than identification by letter statistics. It only proposes; the identifier has the last word.

use crate::{analysis::places::mask, text::Span};
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

/// How many lanes a count for each language has: as many as vectors like.
pub(super) const LANES: usize = 32;
const _: () = assert!(COUNT <= LANES);

/// What a word says.
struct Word {
    key: u128,
    /// The languages it speaks for: 1 for each of them, by number.
    hits: [u8; LANES],
}

/// The languages that the word of `len` bytes at a place of a text speaks for, 1 for each. Only words in lower case are
/// known.
#[inline(always)]
pub(super) fn languages_at(bytes: &[u8], at: usize, len: usize) -> Option<&'static [u8; LANES]> {
    if len.wrapping_sub(1) >= LONGEST {
        return None;
    }
    match bytes.get(at..).and_then(|rest| rest.first_chunk::<LONGEST>()) {
        Some(window) => of_key(u128::from_le_bytes(*window) & HEAD[len % HEAD.len()]),
        None => of_key(key(bytes.get(at..at + len)?)),
    }
}

#[inline(always)]
fn of_key(key: u128) -> Option<&'static [u8; LANES]> {
    static TABLE: OnceLock<Table> = OnceLock::new();
    let table = TABLE.get_or_init(Table::new);
    // Most words are refused by the filter, which stays in the first-level cache.
    let place = place(key);
    if table.filter[place >> 6] >> (place & 63) & 1 == 0 {
        return None;
    }
    let words = table.words.get(usize::from(table.starts[place >> SHARED])..)?;
    words
        .iter()
        .take_while(|word| self::place(word.key) >> SHARED == place >> SHARED)
        .find(|w| w.key == key)
        .map(|w| &w.hits)
}

/// The words that speak for one language: enough of them among the first words of a paragraph are proof, and cheaper than
/// counting for all languages.
pub(super) struct Own {
    /// Each word at the place that its number says; 0 where there is none.
    words: [u64; OWN],
    /// What each of them is worth: one that no other language has is worth two that others share.
    worth: [u8; OWN],
    /// What a word's number is multiplied with for its place.
    factor: u64,
}

const OWN: usize = 1024;
/// Three of a language's own words are proof, or six that it shares,
const PROOF: u8 = 6;
/// among so many.
const FIRST: u32 = 40;

impl Own {
    /// Those of the language of a number.
    pub(super) fn of(language: usize) -> Own {
        let list = LANGUAGES.get(language).map_or("", |l| l.1).split(' ');
        let list: Vec<&[u8]> = list.map(str::as_bytes).filter(|w| (1..=8).contains(&w.len())).collect();
        let mut own = Own { words: [0; OWN], worth: [0; OWN], factor: 0x9E37_79B9_7F4A_7C15 };
        let worth = |word: &&[u8]| {
            let shared = languages_at(word, 0, word.len()).map_or(0, |hits| hits.iter().sum());
            if shared == 1 { 2 } else { 1 }
        };
        let worths: Vec<u8> = list.iter().map(worth).collect();
        // A place has room for one word: another factor, until none meets another.
        while !list.iter().zip(&worths).all(|(word, worth)| own.put(word, *worth)) {
            let factor = own.factor.wrapping_mul(0xD134_2543_DE82_EF95) | 1;
            own = Own { words: [0; OWN], worth: [0; OWN], factor };
        }
        own
    }

    /// Takes in a word; `false` where another has its place.
    fn put(&mut self, word: &[u8], worth: u8) -> bool {
        let number = number(word);
        let place = self.place(number);
        let free = self.words[place] == 0 || self.words[place] == number;
        (self.words[place], self.worth[place]) = (number, worth);
        free
    }

    fn place(&self, number: u64) -> usize {
        (number.wrapping_mul(self.factor) >> 54) as usize
    }

    /// Whether a paragraph's first words are beyond doubt in this language.
    pub(super) fn speaks_for(&self, prose: &str, paragraph: Span) -> bool {
        let bytes = prose.as_bytes();
        let (mut start, mut at) = (paragraph.start, paragraph.start);
        let (mut worth, mut words) = (0, 0);
        while at < paragraph.end && words < FIRST {
            // The text ends here: the paragraph is read in the ordinary way.
            let Some(part) = bytes.get(at..).and_then(|rest| rest.first_chunk()) else { return false };
            let mut ends = mask(part, |b| b <= b' ');
            if paragraph.end - at < 64 {
                ends &= (1 << (paragraph.end - at)) - 1;
            }
            words += ends.count_ones();
            while ends != 0 {
                let end = at + ends.trailing_zeros() as usize;
                ends &= ends - 1;
                let Some(window) = bytes.get(start..start + 8).and_then(|part| part.first_chunk()) else {
                    return false;
                };
                // Which word is known cannot be guessed: so nothing branches on it. No word has the number 0.
                let number = u64::from_le_bytes(*window) & SHORT[(end - start).min(9)];
                let place = self.place(number);
                worth += select_unpredictable(self.words[place] == number, self.worth[place], 0);
                start = end + 1;
            }
            if worth >= PROOF {
                return true;
            }
            at += 64;
        }
        false
    }
}

/// Masks for words of so many bytes; nothing is left of an empty or a longer one.
static SHORT: [u64; 10] = {
    let mut masks = [0; 10];
    let mut len = 1;
    while len <= 8 {
        masks[len] = u64::MAX >> (64 - 8 * len);
        len += 1;
    }
    masks
};

struct Table {
    /// One bit for each word, at its place.
    filter: [u64; 1 << (BITS - 6)],
    /// The words, by place.
    words: Vec<Word>,
    /// Where the words of a stretch of places begin.
    starts: [u16; 1 << (BITS - SHARED)],
}

impl Table {
    fn new() -> Table {
        let mut words = BTreeMap::new();
        let mut filter = [0; 1 << (BITS - 6)];
        for (i, (_, list)) in LANGUAGES.iter().enumerate() {
            for word in list.split(' ') {
                let key = key(word.as_bytes());
                words.entry((place(key), key)).or_insert([0; LANES])[i] = 1;
                filter[place(key) >> 6] |= 1 << (place(key) & 63);
            }
        }
        let words: Vec<Word> = words.into_iter().map(|((_, key), hits)| Word { key, hits }).collect();
        let mut starts = [0; 1 << (BITS - SHARED)];
        for (stretch, start) in starts.iter_mut().enumerate() {
            *start = words.partition_point(|w| place(w.key) >> SHARED < stretch) as u16;
        }
        Table { filter, words, starts }
    }
}

/// So many bits of places share a start in the list of words.
const SHARED: u32 = 4;
/// The filter's size: two kilobytes.
const BITS: u32 = 14;
/// Function words are short; in Cyrillic a letter has two bytes.
const LONGEST: usize = 16;

/// Masks for the first bytes of a window.
static HEAD: [u128; LONGEST + 1] = {
    let mut masks = [u128::MAX; LONGEST + 1];
    let mut len = 0;
    while len < LONGEST {
        masks[len] = (1 << (8 * len)) - 1;
        len += 1;
    }
    masks
};

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
    fn the_own_words_of_each_language_have_places_of_their_own() {
        for (language, (tag, list)) in LANGUAGES.iter().enumerate() {
            let own = Own::of(language);
            let known = own.words.iter().filter(|w| **w != 0).count();
            let short: std::collections::BTreeSet<_> = list.split(' ').filter(|w| w.len() <= 8).collect();
            assert_eq!(known, short.len(), "{tag}");
            let text = format!("{} and nothing else in this line of the text at all, whatever it may say.", list);
            assert!(own.speaks_for(&text, Span::new(0, text.len() - 64)), "{tag}");
        }
    }

    #[test]
    fn words_speak_for_their_languages() {
        let tags = |word: &str| {
            let hits = languages_at(word.as_bytes(), 0, word.len()).copied().unwrap_or_default();
            (0..COUNT).filter(|i| hits[*i] == 1).map(tag).collect::<Vec<_>>()
        };
        assert_eq!(tags("und"), ["de"]);
        assert_eq!(tags("które"), [""; 0]);
        assert_eq!(tags("и"), ["ru", "bg", "sr"]);
        assert_eq!(tags("extraordinarily-long-word"), [""; 0]);
    }
}
