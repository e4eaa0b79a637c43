//! `the the`: a function word twice in a row.

use crate::{
    analysis::{Signals, around::boundary_before, is_word_char, language_tag as tag, stop_words},
    check::{Check, Context, Example, Meta, Sink},
    finding::{Edit, Fix, Safety, Severity},
    text::Span,
};
use std::{cell::LazyCell, collections::HashSet, sync::LazyLock};

pub(super) struct DoubledWord;

static META: Meta = Meta {
    name: "translation/doubled-word",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "function word twice in a row",
    why: "The word was written twice where a sentence was put together from pieces or edited in the middle.",
    when_wrong: "Speech written down as it was spoken, or a sentence in which both are meant.",
    fix: "Leaves one.",
    needs: Signals::ANY,
    examples: &[
        Example::Bad {
            text: "The road to the the old harbour has been closed since the storm of last week.",
            find: &["the the"],
            fixed: Some("The road to the old harbour has been closed since the storm of last week."),
        },
        Example::Bad {
            text: "Die Straße zum alten Hafen ist seit dem Sturm und und wegen der Bauarbeiten gesperrt.",
            find: &["und und"],
            fixed: Some("Die Straße zum alten Hafen ist seit dem Sturm und wegen der Bauarbeiten gesperrt."),
        },
        Example::Bad {
            text: "La route qui mène au port est fermée depuis depuis la tempête de de la semaine dernière.",
            find: &["de de"],
            fixed: Some("La route qui mène au port est fermée depuis depuis la tempête de la semaine dernière."),
        },
        Example::Bad {
            text: "Broen over åen skal lukkes i maj, siger hun, og og hendes kolleger er enige med hende.",
            find: &["og og"],
            fixed: Some("Broen over åen skal lukkes i maj, siger hun, og hendes kolleger er enige med hende."),
        },
        Example::Bad {
            text: "Nobody was hurt. The the roof of the mill has to be rebuilt, the owner said, and that will take a year.",
            find: &["The the"],
            fixed: Some(
                "Nobody was hurt. The roof of the mill has to be rebuilt, the owner said, and that will take a year.",
            ),
        },
        Example::Good {
            text: "Niemand war überrascht. Von von der Leyen war an diesem Tag nichts zu hören, und das war auch gut so.",
        },
        Example::Good { text: "She had had enough, and he knew that that was the end of the story between them." },
        Example::Good { text: "Ich weiß, dass die, die die Straße bauen, das das ganze Jahr über tun müssen." },
        Example::Good { text: "He gave in in the end, and what it is is a plain old house with a roof of straw." },
        Example::Good {
            text: "“I I don't know the the name,” the witness said, and the judge wrote it down as it was.",
        },
        Example::Good {
            text: "Värdet är större än eller lika med med två platshållare i den här formeln, X, Y och Z z.",
        },
        Example::Good { text: "Ik raad het al jaren aan aan vrienden die meer over de stad willen weten." },
        Example::Good {
            text: "Součet dvou kladných čísel a a b, kde je první z nich menší než druhé, se do tabulky nepíše, a to ani pro malá čísla.",
        },
        Example::Good {
            text: "En la tabla de la izquierda los valores de y y son iguales, y por eso la línea del dibujo pasa por el centro.",
        },
        Example::Good { text: "Nous nous sommes levés tôt, et vous vous êtes levés tard, comme tous les jours." },
    ],
};

/// Words that never stand twice in a row, by language.
static WORDS: &[(&str, &[&str])] = &[
    (
        "en",
        &["the", "a", "an", "of", "and", "to", "with", "for", "from", "by", "at", "or", "but", "into", "their", "its"],
    ),
    ("de", &["und", "mit", "von", "zu", "oder", "aber", "für", "aus", "vom", "zum", "zur", "des", "im"]),
    ("fr", &["de", "et", "le", "les", "des", "du", "un", "une", "dans", "pour", "avec", "sur", "par"]),
    ("es", &["de", "y", "el", "los", "las", "en", "con", "por", "para", "del", "un", "una"]),
    ("it", &["di", "e", "il", "gli", "con", "per", "del", "della", "un", "una", "nel"]),
    ("pt", &["de", "e", "os", "as", "com", "por", "para", "do", "da", "em", "um", "uma"]),
    ("nl", &["de", "en", "van", "met", "voor", "bij", "tot"]),
    ("sv", &["och", "av", "med", "för", "att", "en", "ett", "från"]),
    ("da", &["og", "af", "med", "til", "en", "et", "fra", "eller"]),
    ("nb", &["og", "av", "med", "til", "en", "et", "fra", "eller"]),
    ("fi", &["ja", "sekä", "tai", "että"]),
    ("pl", &["i", "na", "z", "w", "do", "nie", "oraz", "dla", "przez", "że"]),
    ("cs", &["a", "na", "z", "v", "do", "pro", "nebo", "že"]),
    ("sk", &["a", "na", "z", "v", "do", "pre", "alebo", "že"]),
    ("sl", &["in", "na", "za", "ali", "pri", "iz"]),
    ("hr", &["i", "na", "u", "iz", "za", "ili", "od"]),
    ("ru", &["и", "на", "для", "из", "от", "при", "или", "под", "в", "с", "к", "у", "по", "за", "что", "со"]),
    ("uk", &["і", "та", "на", "для", "із", "від", "при", "або", "в", "у", "з", "до", "по", "за", "що"]),
    ("be", &["і", "на", "для", "ад", "з", "у", "да", "што"]),
    ("bg", &["и", "на", "за", "от", "с", "в", "или", "по"]),
    ("mk", &["и", "на", "за", "од", "со", "во", "или"]),
    ("sr", &["и", "на", "за", "од", "у", "из", "или"]),
    ("el", &["και", "για", "από", "με", "στο", "στη", "στην", "του", "των", "ότι"]),
    ("tr", &["ve", "ile", "için", "veya"]),
    ("id", &["dan", "yang", "di", "dari", "untuk", "dengan"]),
    ("ro", &["și", "de", "la", "în", "cu", "pentru"]),
    ("hu", &["és", "hogy", "egy"]),
    ("ca", &["i", "de", "el", "la", "els", "les", "amb", "per", "del"]),
    ("ar", &["في", "من", "على", "إلى", "عن", "التي", "الذي"]),
    ("fa", &["و", "در", "از", "که", "را", "برای"]),
    ("he", &["של", "על", "עם", "אל", "או"]),
];

/// Capitalised, they may stand before a name that begins with the same: «Von von der Leyen war nichts zu hören».
static OF_NAMES: &[&str] = &["De", "Von", "Van", "Zu", "Zum", "Zur", "Des", "Del", "Della", "Le", "Da", "Do", "Di"];

/// Whether a word is one of those, in any of the languages, ASCII case ignored.
fn is_function_word(word: &str) -> bool {
    static ALL: LazyLock<HashSet<&str>> = LazyLock::new(|| WORDS.iter().flat_map(|(_, list)| *list).copied().collect());
    ALL.contains(word)
        || word.bytes().any(|b| b.is_ascii_uppercase()) && ALL.contains(word.to_ascii_lowercase().as_str())
}

/// The best guess for a text that is too short for the identifier to be sure of, with the different function words of that
/// language that the text begins with.
fn spoken(prose: &str) -> Option<(&'static str, Vec<&str>)> {
    const SHORT: usize = 4096;
    let start = &prose[..boundary_before(prose, SHORT)];
    let lang = tag(whatlang::detect(start)?.lang());
    let number = stop_words::language(lang)?;
    let mut seen: Vec<&str> = Vec::new();
    for word in start.split(|c: char| !is_word_char(c)) {
        let speaks =
            |word: &str| stop_words::languages_at(word.as_bytes(), 0, word.len()).is_some_and(|l| l[number] == 1);
        if !seen.contains(&word) && speaks(word) {
            seen.push(word);
        }
    }
    Some((lang, seen))
}

impl Check for DoubledWord {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let prose = cx.prose();
        let guess = LazyCell::new(|| spoken(prose));
        for repeat in cx.facts().repeats(prose) {
            let span = Span::new(repeat.first.start, repeat.end);
            let word = &prose[repeat.first.range()];
            if !(2..=3).contains(&repeat.count) {
                continue;
            }
            // A hyphen, a quotation mark, a bracket or a dash beside the pair: not two words of one sentence. «A a» is
            // a pair of letters.
            let second = &prose[repeat.end - word.len()..repeat.end];
            let before = prose[..span.start].chars().rev().find(|c| *c != ' ');
            let after = prose[span.end..].chars().next();
            let begins = word.starts_with(char::is_uppercase);
            let next = prose[span.end..].trim_start_matches(' ').chars().next();
            if after != Some(' ')
                || !next.is_some_and(is_word_char)
                || second.chars().any(char::is_uppercase)
                || word.chars().all(char::is_uppercase)
                || !before.is_none_or(|c| is_word_char(c) || ",\n".contains(c) || begins && ".!?…".contains(c))
                || (begins || prose[..span.start].ends_with('\n')) && word.len() == 1
                || begins && OF_NAMES.contains(&word)
                || !is_function_word(word)
                || crate::analysis::around::is_inside_quotation(prose, span)
            {
                continue;
            }
            let lang = cx.lang().map(|tag| tag.split(['-', '_']).next().unwrap_or(tag));
            let is_listed = |lang: &str| {
                WORDS.iter().any(|(l, list)| *l == lang && list.iter().any(|w| w.eq_ignore_ascii_case(word)))
            };
            let listed = match lang {
                Some(lang) => is_listed(lang),
                // Two other function words, besides the doubled one.
                None => guess
                    .as_ref()
                    .is_some_and(|(lang, seen)| seen.iter().filter(|w| **w != word).count() >= 2 && is_listed(lang)),
            };
            // Where the two letters of `a a` belong to formulas, the neighbours are single letters too.
            let single = |c: Option<&str>| c.is_some_and(|w| w.chars().count() == 1);
            let bare = |word: &'_ str| word.trim_matches(|c: char| !is_word_char(c)).len();
            let (left, right) = (
                prose[..span.start].split_ascii_whitespace().next_back(),
                prose[span.end..].split_ascii_whitespace().next(),
            );
            // «čísla a a b, kde», «los valores de y y son»: one of the two is a variable, or one was lost.
            let is_variable = word.len() == 1
                && [left, right].into_iter().flatten().any(|word| bare(word) < 3 || word == "entre" || word == "mezi");
            // «lika med med två», «til og med med»: the first belongs to the word before it.
            if word == "med" && left.is_some_and(|w| matches!(w, "lika" | "lig" | "like" | "og" | "samman")) {
                continue;
            }
            // Greek «ίσο με με δύο» likewise.
            if word == "με"
                && left.is_some_and(|w| ["ίσ", "ανάλογ", "παρόμοι", "όμοι", "σχέση"].iter().any(|o| w.starts_with(o)))
            {
                continue;
            }
            if !listed || is_variable || (word.chars().count() == 1 && (single(left) || single(right))) {
                continue;
            }
            let fix = Fix {
                safety: Safety::Suggested,
                title: format!("leave one «{word}»"),
                edits: vec![Edit { span: Span::new(repeat.first.end, repeat.end), text: String::new() }],
            };
            out.report(span, 0.85, format!("«{word}» stands here twice"), Some(fix));
        }
    }
}
