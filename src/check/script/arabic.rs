//! Letters of another language of the Arabic script.

use super::{alphabets, mixed::explain::char_name};
use crate::{
    analysis::{Facts, Letters, Signals, around::boundary_after, word_at},
    check::{Check, Context, Example, Meta, Sink},
    finding::{Fix, Safety, Severity},
    text::Span,
    unicode::{Script, flag, props, visible},
};
use std::{borrow::Cow, cmp::Ordering};

/// Letters of another language of the Arabic script.
pub(super) struct ArabicLetter;

static META: Meta = Meta {
    name: "script/arabic-letter",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "letter of another language of the Arabic script",
    why: "Arabic, Persian, Urdu, Kurdish, Pashto and Uyghur have kaf, yeh and heh of their own that look alike in most \
          positions. A keyboard or a conversion for another language writes the wrong one: search and sorting fail, and \
          in some positions the shape is wrong.",
    when_wrong: "When a name or quotation keeps the spelling of its own language; put it into quotation marks.",
    fix: "Writes the letter of the text's own language; safe in long texts, suggested in short ones and where two letters \
          are possible.",
    needs: Signals::ARABIC,
    examples: &[
        Example::Bad {
            text: "افتتح الوزیر المكتبة الجديدة في مدينة طنطا.",
            find: &["الوزیر"],
            fixed: Some("افتتح الوزير المكتبة الجديدة في مدينة طنطا."),
        },
        Example::Bad {
            text: "این كتاب را از بازار خریدیم و خواندیم.",
            find: &["كتاب"],
            fixed: Some("این کتاب را از بازار خریدیم و خواندیم."),
        },
        Example::Good { text: "یہ کتاب میں نے بازار سے خریدی ہے۔" },
        Example::Good { text: "شاف المدير المصرى الكتاب فى المكتب." },
    ],
};

/// A language of the Arabic script that has letter variants of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lang {
    Arabic,
    Persian,
    Urdu,
    Sorani,
    Pashto,
    Uyghur,
}

impl Lang {
    fn name(self) -> &'static str {
        match self {
            Lang::Arabic => "Arabic",
            Lang::Persian => "Persian",
            Lang::Urdu => "Urdu",
            Lang::Sorani => "Sorani Kurdish",
            Lang::Pashto => "Pashto",
            Lang::Uyghur => "Uyghur",
        }
    }
    fn tag(self) -> &'static str {
        match self {
            Lang::Arabic => "ar",
            Lang::Persian => "fa",
            Lang::Urdu => "ur",
            Lang::Sorani => "ckb",
            Lang::Pashto => "ps",
            Lang::Uyghur => "ug",
        }
    }
    /// Letters beyond the alphabet that names and quotations bring.
    fn guests(self) -> &'static str {
        match self {
            Lang::Arabic => "پچژگڤٱ",
            Lang::Persian => "إۀ",
            Lang::Urdu => "آںأإؤئةۃۂٱۓﷲ",
            Lang::Sorani => "ھءآأطصضذثظ",
            Lang::Pashto => "ىگيکئ",
            Lang::Uyghur => "ھ",
        }
    }
    /// Whether the text has letters that this language has no use for: it is another one.
    fn is_strange_to(self, letters: &Letters, total: u32) -> bool {
        let Some(alphabet) = alphabets::of(self.tag(), Script::Arabic) else { return true };
        let known = |c: char| {
            alphabet.has(c) || self.guests().contains(c) || self.variants().iter().any(|(wrong, ..)| *wrong == c)
        };
        let ours = letters.iter().filter(|(c, _)| props(*c).script() == Script::Arabic && *c != 'ـ');
        ours.filter(|(c, _)| !known(*c)).map(|(_, n)| n).sum::<u32>() > total / 100
    }
    /// The wrong letters, what stands for them, and whether that is the only possibility.
    fn variants(self) -> &'static [(char, char, bool)] {
        match self {
            Lang::Arabic => {
                &[('ک', 'ك', true), ('ی', 'ي', true), ('ہ', 'ه', true), ('ھ', 'ه', true), ('ە', 'ه', false)]
            }
            Lang::Persian => {
                &[('ك', 'ک', true), ('ي', 'ی', true), ('ى', 'ی', true), ('ہ', 'ه', true), ('ھ', 'ه', true)]
            }
            Lang::Urdu => &[('ك', 'ک', true), ('ي', 'ی', true), ('ى', 'ی', true), ('ه', 'ہ', false)],
            Lang::Sorani => &[('ك', 'ک', true), ('ي', 'ی', true), ('ى', 'ی', true), ('ة', 'ە', true)],
            Lang::Pashto => &[('ك', 'ک', true)],
            Lang::Uyghur => &[('ک', 'ك', true), ('ی', 'ى', false)],
        }
    }
}

impl Check for ArabicLetter {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let prose = cx.prose();
        let letters = letters(cx);
        let Some(lang) = language(cx, prose, &letters) else { return };
        let variants = lang.variants();
        if !variants.iter().any(|(c, ..)| letters.has(*c)) {
            return;
        }
        // A text that writes the variant throughout follows an older keyboard: one note says it.
        let habit = |wrong: char, right: char| {
            let (w, r) = (letters.count(wrong), letters.count(right));
            // Letters that every line has: where two stand for them and none is right, nobody knows the right one.
            let frequent = matches!(right, 'ی' | 'ي' | 'ى' | 'ە');
            w >= 10 && w * 5 > r || w >= 3 && w > r || w == 2 && r == 0 && frequent
        };
        let mut noted: Vec<char> = Vec::new();
        for block in cx.blocks(Signals::ARABIC) {
            let Some(text) = prose.get(block.range()) else { continue };
            let mut skip_to = 0;
            for (at, c) in text.char_indices() {
                if at < skip_to || c.is_ascii() {
                    continue;
                }
                let Some(&(wrong, right, _)) = variants.iter().find(|(w, ..)| *w == c) else { continue };
                let word = word_at(prose, block.start + at);
                skip_to = word.end - block.start;
                if habit(wrong, right) {
                    if !noted.contains(&wrong) {
                        noted.push(wrong);
                        let message = format!(
                            "This {} text has {} throughout, where the language writes {right} (U+{:04X}).",
                            lang.name(),
                            char_name(wrong),
                            right as u32
                        );
                        out.report_as(Severity::Info, word, 0.6, message, None);
                    }
                    continue;
                }
                judge(cx, lang, word, out);
            }
        }
    }
}

/// The letters of what is written from right to left: those of [`Facts::profile`], without what the whole profile costs a
/// text that only names a language or a person in Arabic letters.
fn letters<'c>(cx: &'c Context<'_>) -> Cow<'c, Letters> {
    let prose = cx.prose();
    let looked_at = &prose[..boundary_after(prose, Facts::PROFILED)];
    let blocks = cx.blocks(Signals::ARABIC.or(Signals::HEBREW).or(Signals::OTHER_SCRIPT));
    if blocks.iter().map(|b| b.len()).sum::<usize>() * 2 > prose.len() {
        return Cow::Borrowed(cx.facts().profile(prose).letters());
    }
    let parts = blocks.iter().filter_map(|b| looked_at.get(b.start..b.end.min(looked_at.len())));
    Cow::Owned(Letters::beyond_ascii(parts))
}

fn judge(cx: &Context<'_>, lang: Lang, word: Span, out: &mut Sink) {
    let prose = cx.prose();
    let Some(text) = prose.get(word.range()) else { return };
    let letters = text.chars().filter(|c| props(*c).is_letter()).count();
    // One letter is an abbreviation or an example; vowel signs mean a verse.
    let vowels = text.chars().filter(|c| matches!(c, '\u{64B}'..='\u{652}' | '\u{670}')).count();
    if letters < 2 || vowels >= 2 || cx.facts().is_opaque(prose, word) || is_quoted(prose, word) {
        return;
    }
    let mut fixed = String::new();
    let mut first = None;
    let mut sure = true;
    for (at, c) in text.char_indices() {
        match lang.variants().iter().find(|(w, ..)| *w == c) {
            Some(&(wrong, right, only)) => {
                // At the end of an Arabic word, yeh and alef maksura are both possible.
                let last = text[at + c.len_utf8()..].chars().all(|c| props(c).is_mark());
                let right = if lang == Lang::Arabic && wrong == 'ی' && last && text.starts_with("إل") {
                    'ى'
                } else {
                    right
                };
                sure &= only && !(lang == Lang::Arabic && wrong == 'ی' && last);
                first.get_or_insert((wrong, right));
                fixed.push(right);
            }
            None => fixed.push(c),
        }
    }
    let Some((wrong, right)) = first else { return };
    let message = format!(
        "{} in the {} word «{}»; the language writes {right} (U+{:04X}).",
        char_name(wrong),
        lang.name(),
        visible(text),
        right as u32
    );
    let safety = if sure && cx.facts().profile(prose).total() >= 400 { Safety::Safe } else { Safety::Suggested };
    out.report(word, if sure { 0.9 } else { 0.75 }, message, Some(Fix::replace(safety, word, fixed)));
}

/// Inside quotation marks or brackets on the same line.
fn is_quoted(prose: &str, word: Span) -> bool {
    let line = super::mixed::around::line_round(prose, word);
    let before = prose.get(line.start..word.start).unwrap_or("");
    let mut depth = 0i32;
    for c in before.chars() {
        match c {
            '«' | '“' | '(' | '[' | '﴿' | '‹' | '{' => depth += 1,
            '»' | '”' | ')' | ']' | '﴾' | '›' | '}' => depth = (depth - 1).max(0),
            '"' => depth = if depth > 0 { depth - 1 } else { depth + 1 },
            _ => {}
        }
    }
    depth > 0
}

/// No word of the lists below is longer, in bytes.
const LONGEST: usize = 10;

const ARABIC: &[&str] =
    &["في", "فى", "من", "على", "عن", "إلى", "أن", "هذا", "هذه", "التي", "الذي", "مع", "ما", "لا", "كان", "قال"];

const PERSIAN: &[&str] = &[
    "است", "در", "را", "از", "این", "به", "با", "آن", "برای", "شد", "بود", "می", "اين", "براي", "کند", "شود", "که",
    "او", "یک", "هم", "اگر", "نیز", "شما", "خود", "کرد", "شده", "دارد",
];

/// Small words that tell Urdu from its neighbours.
const URDU: &[&str] =
    &["ہے", "ہیں", "کے", "کی", "کا", "کو", "میں", "سے", "نے", "اور", "نہیں", "پر", "یہ", "وہ", "ميں", "نہيں"];

fn language(cx: &Context<'_>, prose: &str, letters: &Letters) -> Option<Lang> {
    if let Some(given) = super::language::given(cx) {
        return match given {
            "ar" => Some(Lang::Arabic),
            "fa" => Some(Lang::Persian),
            "ur" => Some(Lang::Urdu),
            "ckb" => Some(Lang::Sorani),
            "ps" => Some(Lang::Pashto),
            "ug" => Some(Lang::Uyghur),
            _ => None,
        };
    }
    let count = |set: &str| set.chars().map(|c| letters.count(c)).sum::<u32>();
    let total: u32 = letters.iter().filter(|(c, _)| props(*c).any(flag::RTL)).map(|(_, n)| n).sum();
    if total < 8 {
        return None;
    }
    let share = |set: &str| count(set) as f32 / total as f32;
    let is_inside =
        |c: char| if c.is_ascii() { c.is_ascii_alphabetic() } else { props(c).is_letter() || props(c).is_mark() };
    let all = prose.split(|c: char| !is_inside(c)).filter(|w| !w.is_empty()).take(4000);
    let all: Vec<&str> = all.filter(|w| w.bytes().next().is_some_and(|lead| (0xD8..=0xDB).contains(&lead))).collect();
    let words = |list: &[&str]| all.iter().filter(|w| w.len() <= LONGEST && list.contains(w)).count();
    let own = [
        (Lang::Sorani, share("ێۆڵڕە")),
        (Lang::Uyghur, share("ېۇۈڭۆۋ")),
        (Lang::Pashto, share("ټډړښځڅږګڼ")),
        (Lang::Urdu, share("ٹڈڑںےہ")),
    ];
    let (best, most) = own.into_iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
    let fits = |lang: Lang| (!lang.is_strange_to(letters, total)).then_some(lang);
    if most > 0.03 {
        let lang = match best {
            // They share letters; the one has ې and ڭ, the other ێ and ڵ.
            Lang::Sorani | Lang::Uyghur => {
                let (s, u) = (count("ێڵڕ"), count("ېۈڭۇۋ"));
                match s.cmp(&u) {
                    Ordering::Greater => Lang::Sorani,
                    // Uyghur and Kazakh write ە in every word too, but ى and ك.
                    Ordering::Equal if count("یک") > count("ىكيهة") && letters.has('ە') => Lang::Sorani,
                    // Azerbaijani in Arabic letters has ۇ too, but neither ە nor ۋ.
                    Ordering::Less if letters.has('ە') || letters.has('ۋ') => Lang::Uyghur,
                    _ => return None,
                }
            }
            // Balochi, Punjabi and Sindhi write most letters of Urdu, but other small words.
            Lang::Urdu if words(URDU) == 0 => return None,
            other => other,
        };
        return fits(lang);
    }
    if most > 0.004 {
        return None;
    }
    // Letters alone are no proof: many languages share them. Nor are words: a long text has its own in every line, and
    // a neighbour's now and then.
    let tokens = prose.split_whitespace().take(4000).count();
    let enough = |n: usize, share: usize| if tokens < 60 || n * share >= tokens { n } else { 0 };
    let (arabic, persian) = (enough(words(ARABIC), 40), enough(words(PERSIAN), 12));
    let articles = || {
        let all = prose.split(|c: char| !props(c).is_letter()).take(400);
        all.filter(|w| w.starts_with("ال") && w.chars().count() > 4).count()
    };
    let articles = if persian == 0 && tokens < 60 { articles() } else { 0 };
    let letters = |set: &str| count(set).div_ceil(2) as usize;
    let arabic = if arabic > 0 || articles > 1 { arabic + articles / 2 + letters("ةأإ") } else { 0 };
    let persian = if persian > 0 { persian + letters("پچژگ") } else { 0 };
    match (arabic, persian) {
        (a, p) if a >= 2 && a >= p * 3 => fits(Lang::Arabic),
        (a, p) if p >= 2 && p >= a * 3 => fits(Lang::Persian),
        _ => None,
    }
}
