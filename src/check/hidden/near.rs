//! What stands round a hidden character, and how that is said.

use crate::{
    analysis::{
        Hidden,
        around::{char_after, char_before, word_after, word_before},
    },
    check::Context,
    finding::{Edit, Fix, Safety},
    region::Kind,
    text::Span,
    unicode::{Script, ScriptSet, flag, props, script, short_name, visible},
};

/// Scripts that are written without blanks between words, where a zero width space says where a line may break.
pub(super) const UNSPACED: ScriptSet = ScriptSet::of_all(&[
    Script::Thai,
    Script::Lao,
    Script::Khmer,
    Script::Myanmar,
    Script::Tibetan,
    Script::Javanese,
    Script::Balinese,
    Script::Sundanese,
    Script::Buginese,
    Script::TaiLe,
    Script::NewTaiLue,
    Script::TaiTham,
    Script::TaiViet,
    Script::Cham,
    Script::Han,
    Script::Hiragana,
    Script::Katakana,
    Script::Bopomofo,
    Script::Yi,
]);

/// Scripts of Indian descent and joining scripts, where the joiners choose the shape of letters.
const SHAPED: ScriptSet = ScriptSet::of_all(&[
    Script::Devanagari,
    Script::Bengali,
    Script::Gurmukhi,
    Script::Gujarati,
    Script::Oriya,
    Script::Tamil,
    Script::Telugu,
    Script::Kannada,
    Script::Malayalam,
    Script::Sinhala,
    Script::Khmer,
    Script::Myanmar,
    Script::Tibetan,
    Script::Balinese,
    Script::Javanese,
    Script::Sundanese,
    Script::TaiTham,
    Script::Chakma,
    Script::MeeteiMayek,
    Script::Tirhuta,
    Script::Newa,
    Script::Grantha,
    Script::Arabic,
    Script::Syriac,
    Script::Nko,
    Script::Mongolian,
    Script::Mandaic,
    Script::PhagsPa,
    Script::Adlam,
    Script::HanifiRohingya,
    Script::Manichaean,
]);

/// A run of hidden characters that one check is about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    pub span: Span,
    /// The first of them.
    pub first: char,
    pub count: usize,
    /// The characters on both sides; `None` at the ends of the text.
    pub before: Option<char>,
    pub after: Option<char>,
}

impl Run {
    /// Either neighbour.
    pub(super) fn touches(&self, is: impl Fn(char) -> bool) -> bool {
        self.before.is_some_and(&is) || self.after.is_some_and(&is)
    }
    /// Letters or marks on both sides.
    pub(super) fn in_word(&self) -> bool {
        self.before.is_some_and(is_letter) && self.after.is_some_and(is_letter)
    }
    /// The character stands alone to be shown: between quotation marks or brackets, in a cell of its own.
    pub(super) fn is_shown(&self) -> bool {
        let cell =
            |c: Option<char>| c.is_some_and(|c| matches!(c, '\t' | '|' | '`' | '"' | '\'' | '“' | '”' | '(' | ')'));
        cell(self.before) && cell(self.after)
    }
}

/// The hidden characters that a check is about, neighbours together.
pub(super) fn runs(cx: &Context<'_>, wanted: impl Fn(&Hidden) -> bool) -> Vec<Run> {
    let text = cx.text();
    let mut runs: Vec<Run> = Vec::new();
    for h in cx.facts().hidden(text).iter().filter(|h| wanted(h)) {
        match runs.last_mut() {
            Some(run) if run.span.end == h.at => {
                run.span.end = h.end();
                run.count += 1;
            }
            _ => runs.push(Run { span: Span::new(h.at, h.end()), first: h.c, count: 1, before: None, after: None }),
        }
    }
    for run in &mut runs {
        run.before = char_before(text, run.span.start);
        run.after = char_after(text, run.span.end);
    }
    runs
}

/// A letter or a mark.
pub(super) fn is_letter(c: char) -> bool {
    props(c).any(flag::LETTER | flag::MARK) && !props(c).any(flag::FORMAT_INVISIBLE | flag::VARIATION_SELECTOR)
}

/// White space that ends a word, the ends of the text included.
pub(super) fn is_edge(c: Option<char>) -> bool {
    c.is_none_or(|c| c.is_ascii_whitespace() || props(c).any(flag::WHITE_SPACE))
}

/// A letter of a script without blanks between words.
pub(super) fn is_unspaced(c: char) -> bool {
    !c.is_ascii() && UNSPACED.contains(script(c))
}

/// A letter or mark of a script in which joiners choose shapes.
pub(super) fn is_shaped(c: char) -> bool {
    !c.is_ascii() && SHAPED.contains(script(c))
}

/// A strong right-to-left letter.
pub(super) fn is_rtl(c: char) -> bool {
    !c.is_ascii() && props(c).any(flag::RTL) && !props(c).any(flag::BIDI_CONTROL)
}

/// Part of an emoji.
pub(super) fn is_emoji(c: char) -> bool {
    !c.is_ascii() && (props(c).any(flag::EMOJI | flag::EMOJI_MODIFIER) || matches!(c, '\u{fe0f}' | '\u{20e3}'))
}

/// Whether a place lies in code, where a character may be named by itself.
pub(super) fn in_code(cx: &Context<'_>, at: usize) -> bool {
    let regions = &cx.doc.regions;
    let next = regions.partition_point(|r| r.span.end <= at);
    regions.get(next).is_some_and(|r| r.kind == Kind::Code && r.span.start <= at)
}

/// Whether a place lies in anything that is not prose.
pub(super) fn in_markup(cx: &Context<'_>, at: usize) -> bool {
    let regions = &cx.doc.regions;
    let next = regions.partition_point(|r| r.span.end <= at);
    regions.get(next).is_some_and(|r| r.span.start <= at)
}

/// «Zero width space (U+200B)», and how often where there are more.
pub(super) fn named(run: &Run) -> String {
    let name = capitalised(&short_name(run.first));
    let code = if name.contains("U+") { String::new() } else { format!(" (U+{:04X})", run.first as u32) };
    match run.count {
        1 => format!("{name}{code}"),
        2 => format!("{name}{code} twice"),
        n => format!("{name}{code} {n} times"),
    }
}

/// The first letter in upper case; the names are ASCII.
pub(super) fn capitalised(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |c| c.to_ascii_uppercase().to_string() + chars.as_str())
}

/// Where a run stands: « inside the word «…»», « before «…»»; empty where no word touches it.
pub(super) fn place(text: &str, span: Span) -> String {
    const MOST: usize = 60;
    let left = &text[word_before(text, span.start).range()];
    let right = &text[word_after(text, span.end).range()];
    if left.len() + right.len() > MOST {
        return if left.is_empty() || right.is_empty() { String::new() } else { " inside a word".to_owned() };
    }
    match (left.is_empty(), right.is_empty()) {
        (false, false) => format!(" inside the word «{}»", visible(&format!("{left}{right}"))),
        (false, true) => format!(" after «{}»", visible(left)),
        (true, false) => format!(" before «{}»", visible(right)),
        (true, true) => String::new(),
    }
}

/// A fix that deletes.
pub(super) fn delete(safety: Safety, span: Span) -> Fix {
    Fix { safety, title: "delete it".to_owned(), edits: vec![Edit { span, text: String::new() }] }
}
