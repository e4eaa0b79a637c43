//! Words of two scripts: what each of them is.
//!
//! A mixed word has one of several causes, and each needs another fix; the order of the questions matters. First what
//! is legitimate (symbols, endings on foreign names, numerals), then the readings that explain every letter (a wrong
//! code page, look-alike letters), then the rest (old fonts, keyboard layouts, a missing space).

pub(super) mod around;
pub(super) mod codepage;
mod convention;
mod convert;
pub(super) mod explain;
pub(super) mod foreign;
mod guard;
mod layout;
mod sound;
mod word;

use crate::{
    check::{Context, Sink},
    finding::{Edit, Fix, Safety, Severity},
    text::Span,
    unicode::Script,
};
use around::{Around, Shared};
use convert::{Conversion, convert};
use word::{Word, is_alphabet};

/// Why a word has letters of two scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// Letters that look like those of the other script, or letters that nothing explains.
    LookAlike,
    /// A byte read in the wrong code page.
    CodePage,
    /// What an old font left.
    OldFont,
    /// Typed while another keyboard layout was on.
    Layout,
    /// Two words without the space between them.
    Glued,
}

/// A word of two scripts, explained.
#[derive(Clone, Debug)]
pub(crate) struct Mixed {
    pub(crate) cause: Cause,
    pub(crate) span: Span,
    pub(crate) severity: Severity,
    pub(crate) confidence: f32,
    pub(crate) message: String,
    pub(crate) fix: Option<Fix>,
}

/// Every damaged word of two scripts of a document, computed once.
pub(super) fn all<'d>(cx: &Context<'d>) -> &'d [Mixed] {
    cx.facts().mixed.get_or_init(|| {
        let prose = cx.prose();
        let words = cx.facts().mixed_words(cx.text(), prose);
        let shared = Shared::default();
        let plain = words.iter().filter(|w| !cx.facts().is_opaque(prose, **w) && !is_on_old_screen(prose, **w));
        let found = plain.filter_map(|&w| {
            let word = Word::new(prose.get(w.range())?, w);
            let mixed = explain(cx, &word, &shared)?;
            Some((word, mixed))
        });
        let found: Vec<(Word<'_>, Mixed)> = found.collect();
        if found.is_empty() {
            return Vec::new();
        }
        convention::join(found, cx.facts().profile(prose))
    })
}

/// Whether the lines and blocks of old screens touch letters round a word: `╟ßµφ` was read in a wrong page, and its
/// letters are nobody's look-alikes.
fn is_on_old_screen(prose: &str, word: Span) -> bool {
    let line = around::line_round(prose, word);
    let Some(text) = prose.get(line.range()) else { return false };
    let mut last = ' ';
    let mut touching = 0;
    for c in text.chars() {
        let screen = |c| matches!(c, '\u{2550}'..='\u{2593}');
        touching += u32::from(screen(last) && c.is_alphabetic() || screen(c) && last.is_alphabetic());
        last = c;
    }
    touching > 2
}

fn explain(cx: &Context<'_>, word: &Word<'_>, shared: &Shared) -> Option<Mixed> {
    if let Some(found) = micro_sign(word) {
        return Some(found);
    }
    if word.scripts.len() < 2 {
        return None;
    }
    let around = Around::new(cx, word.span, shared);
    if word.scripts.iter().all(|(s, _)| is_alphabet(*s)) {
        alphabets(word, &around)
    } else if word.count(Script::Latin) > 0 && word.scripts.len() == 2 {
        foreign::explain(word, &around)
    } else {
        None
    }
}

/// µ (U+00B5, the sign of a millionth) written for the Greek letter μ.
fn micro_sign(word: &Word<'_>) -> Option<Mixed> {
    if !word.text.contains('µ') || word.scripts.first().map(|(s, _)| *s) != Some(Script::Greek) {
        return None;
    }
    if word.scripts.len() != 1 {
        return None;
    }
    Some(Mixed {
        cause: Cause::LookAlike,
        span: word.span,
        severity: Severity::Error,
        confidence: 0.98,
        message: format!(
            "Micro sign µ (U+00B5) in the Greek word «{}»; the letter is μ (U+03BC).",
            crate::unicode::visible(word.text)
        ),
        fix: Some(replace(word, word.text.replace('µ', "μ"), Safety::Safe)),
    })
}

/// Words of Latin, Cyrillic, Greek and Armenian letters.
fn alphabets(word: &Word<'_>, around: &Around<'_, '_>) -> Option<Mixed> {
    // What the file's other words show to be a wrong code page is no look-alike here.
    if let Some(page) = around.proven().and_then(|pages| codepage::along(word, pages, &around.languages(Script::Latin)))
    {
        return Some(by_page(word, around, page, true));
    }
    if let Some(numeral) = guard::roman(word) {
        let safety = if around.before.first().is_some_and(|(_, w)| guard::is_caps(w)) {
            Safety::Suggested
        } else {
            Safety::Safe
        };
        let message = explain::numeral(word, &numeral);
        return Some(found(
            word,
            Cause::LookAlike,
            Severity::Error,
            0.95,
            message,
            Some(replace(word, numeral, safety)),
        ));
    }
    if guard::is_symbol(word, around)
        || guard::is_phonetic(word, around)
        || guard::is_format(word, around)
        || guard::is_chess(word, around)
        || guard::is_formula(word, around)
    {
        return None;
    }
    let script = around.script();
    if guard::is_affixed(word, around, script) || guard::is_coined(word, script) {
        return None;
    }
    if let Some(at) = guard::glued_at(word) {
        let message = explain::glued(word, at);
        let fix = Fix {
            safety: Safety::Suggested,
            title: "insert a space".into(),
            edits: vec![Edit { span: Span::new(word.span.start + at, word.span.start + at), text: " ".into() }],
        };
        return Some(found(word, Cause::Glued, Severity::Warning, 0.8, message, Some(fix)));
    }
    // A capital that follows small letters belongs to no word.
    let changed_capital = |c: &Conversion| {
        word.camel()
            && !is_one_inside(word, c)
            && c.changes
                .iter()
                .any(|(i, text)| *i > 0 && !text.starts_with('Ӏ') && word::is_upper(word.letters[*i].base))
    };
    let looks = look_alike(word, around, script).filter(|(_, c)| !changed_capital(c));
    let page =
        (word.count(Script::Latin) * 2 >= word.letters.len() && word.scripts.len() == 2 && script != word_other(word))
            .then(|| codepage::reading(word, &around.languages(Script::Latin), around.guess().as_deref()))
            .flatten()
            .filter(|_| script == Some(Script::Latin) || script.is_none());
    let looks = looks.map(|(to, look)| (to, palochka(word, around, look)));
    // A letter written for its sound, where that makes the likeliest word by far.
    let sound = script.or(word.scripts.first().map(|(s, _)| *s)).and_then(|to| by_sound(word, around, to));
    if let Some((to, sound)) = &sound
        && looks.as_ref().is_none_or(|(_, l)| l.fit == super::alphabets::Fit::No || !l.near)
        && page.as_ref().is_none_or(|p| sound.beats(&p.text))
        && layout::retyped(word, *to, &around.languages(*to)).is_none_or(|keys| sound.beats_keys(&keys, *to))
    {
        let message = explain::sound(word, around, *to, sound);
        let fix = Some(replace(word, sound.text.clone(), Safety::Suggested));
        return Some(found(word, Cause::LookAlike, Severity::Error, 0.8, message, fix));
    }
    // Twins that the language does not have explain less than the keys of the other layout.
    if let Some((to, look)) = &looks
        && look.fit == super::alphabets::Fit::No
        && page.is_none()
        && let Some(found) = by_keys(word, around, *to, script)
    {
        return Some(found);
    }
    match (looks, page) {
        (Some((_, look)), Some(page)) if prefer_page(&look, &page, around) => Some(by_page(word, around, page, false)),
        (Some((to, look)), page) => Some(by_look(word, around, script, to, look, page.is_some())),
        (None, Some(page)) => {
            let only = sound.is_none_or(|(_, sound)| !sound.rivals(&page.text));
            Some(by_page(word, around, page, only))
        }
        (None, None) => rest(word, around, script),
    }
}

/// «LibreОffice»: one letter among many of the other script, in the middle, is no border of two words.
fn is_one_inside(word: &Word<'_>, looks: &Conversion) -> bool {
    let runs = word.runs();
    let [first, _, last] = runs.as_slice() else { return false };
    word.letters.len() >= 6
        && looks.changes.len() == 1
        && first.script == last.script
        && first.len() > 1
        && last.len() > 1
}

fn word_other(word: &Word<'_>) -> Option<Script> {
    word.scripts.iter().map(|(s, _)| *s).find(|s| *s != Script::Latin)
}

/// The script that the word is meant to be in, with the word written in it.
fn look_alike(word: &Word<'_>, around: &Around<'_, '_>, script: Option<Script>) -> Option<(Script, Conversion)> {
    let mut possible: Vec<(Script, Conversion)> = Vec::new();
    for &(to, _) in &word.scripts {
        if let Some(done) = convert(word, to, &around.languages(to)) {
            possible.push((to, done));
        }
    }
    // Letters of the same shape beat those that are only similar.
    if possible.iter().any(|(_, c)| c.near) {
        possible.retain(|(_, c)| c.near);
    }
    if possible.len() > 1
        && let Some(script) = script
        && possible.iter().any(|(to, _)| *to == script)
    {
        possible.retain(|(to, _)| *to == script);
    }
    if possible.len() > 1 {
        // Nothing round it decides: the word's own majority does, where there is one.
        let (first, n) = *word.scripts.first()?;
        if n * 4 >= word.letters.len() * 3 {
            possible.retain(|(to, _)| *to == first);
        } else {
            possible.truncate(1);
            possible[0].1.fit = super::alphabets::Fit::No;
        }
    }
    let (to, done) = possible.pop()?;
    // Letters that are only similar: the layout of the keyboard may explain the word better.
    if !done.near {
        return None;
    }
    Some((to, done))
}

fn by_sound(word: &Word<'_>, around: &Around<'_, '_>, to: Script) -> Option<(Script, sound::Reading)> {
    Some((to, sound::reading(word, to, &around.languages(to), around.guess().as_deref())?))
}

/// Whether the word is better explained by a code page than by look-alike letters.
fn prefer_page(look: &Conversion, page: &codepage::Reading, around: &Around<'_, '_>) -> bool {
    let guess = around.guess();
    let languages = around.languages(Script::Latin);
    let common = |w: &str| match &guess {
        Some(lang) => super::language::is_common(w, Some(lang)),
        None => languages.langs().any(|lang| super::language::is_common(w, Some(lang))),
    };
    if look.fit < page.fit && look.fit == super::alphabets::Fit::No {
        return true;
    }
    if common(&look.text) != common(&page.text) {
        return common(&page.text);
    }
    // «fenêtre» and not «fenktre», «niño» and not «nico», but «Kliknij» and not «Ęliknij»: the letters that follow each
    // other in the language, or in any.
    let letters = crate::repair::letters::Letters::get();
    let spelling = |w: &str| guess.as_ref().and_then(|lang| letters.spelling(w, lang));
    match (spelling(&look.text), spelling(&page.text)) {
        (Some(look), Some(page)) if page + 3 * crate::repair::model::BIT < look => return true,
        (Some(_), Some(_)) => {}
        _ if !guard::reads_better(&look.text, &page.text) => return true,
        _ => {}
    }
    around.stands_elsewhere(&page.text) && !around.stands_elsewhere(&look.text)
}

/// `only` says that no look-alike letter explains the word as well: two possible readings are a matter for a person.
fn by_page(word: &Word<'_>, around: &Around<'_, '_>, page: codepage::Reading, only: bool) -> Mixed {
    let sure = only && page.fit == super::alphabets::Fit::Yes;
    let message = explain::page(word, around, &page);
    let safety = if sure { Safety::Safe } else { Safety::Suggested };
    let fix = Some(replace(word, page.text, safety));
    found(word, Cause::CodePage, Severity::Error, if sure { 0.95 } else { 0.8 }, message, fix)
}

fn by_look(
    word: &Word<'_>,
    around: &Around<'_, '_>,
    script: Option<Script>,
    to: Script,
    look: Conversion,
    other_reading: bool,
) -> Mixed {
    use super::alphabets::Fit;
    let message = explain::look(word, around, to, &look);
    let agrees = script == Some(to) || script.is_none();
    // «DМАКРОС»: an option's letter glued to its argument, not the Latin word DMAKPOC.
    if !agrees && word.all_caps() && word.count(to) * 2 < word.letters.len() {
        return found(word, Cause::LookAlike, Severity::Info, 0.5, explain::unknown(word), None);
    }
    // У or Ү: statistics alone do not tell a small language from a great one, its own small words do.
    let two = look.changes.iter().any(|(_, text)| matches!(text.as_str(), "у" | "У"));
    let told = || {
        around.document().total() >= 400
            || around.guess().is_some_and(|lang| super::language::hits(around.line_text(), &lang) > 0)
    };
    let sure = look.near
        && look.fit == Fit::Yes
        && agrees
        && !other_reading
        && !guard::is_doubtful(word, around)
        && (!two || told());
    let safety = if sure { Safety::Safe } else { Safety::Suggested };
    let fix = (look.fit > Fit::No).then(|| replace(word, look.text, safety));
    let confidence = if sure { 0.97 } else { 0.8 };
    found(word, Cause::LookAlike, Severity::Error, confidence, message, fix)
}

/// I and l in a text of the Caucasus whose letters do not tell its language: the palochka.
fn palochka(word: &Word<'_>, around: &Around<'_, '_>, mut look: Conversion) -> Conversion {
    let typed = |i: &usize| word.letters.get(*i).is_some_and(|l| matches!(l.base, 'I' | 'l'));
    if look.fit == super::alphabets::Fit::No
        && look.changes.iter().all(|(i, _)| typed(i))
        && word.count(Script::Cyrillic) > 0
        && around.has_palochka()
    {
        let letter =
            |l: &word::Letter<'_>| if matches!(l.base, 'I' | 'l') { "Ӏ".to_owned() } else { l.text.to_owned() };
        look.text = word.letters.iter().map(letter).collect();
        look.changes.iter_mut().for_each(|(_, text)| *text = "Ӏ".to_owned());
        look.fit = super::alphabets::Fit::Maybe;
    }
    look
}

/// A part of the word as the keys of the layout of its other letters, in a text of their script.
fn by_keys(word: &Word<'_>, around: &Around<'_, '_>, to: Script, script: Option<Script>) -> Option<Mixed> {
    if script != Some(to) || word.all_caps() || word.camel() || word.count(to) < 3 {
        return None;
    }
    let text = layout::retyped(word, to, &around.languages(to))?;
    if text.trim_end_matches('ς').contains('ς') || !guard::reads_better(&text, word.text) {
        return None;
    }
    let message = explain::layout(word, &text);
    let fix = Some(replace(word, text, Safety::Suggested));
    Some(found(word, Cause::Layout, Severity::Warning, 0.75, message, fix))
}

/// What neither look-alikes nor code pages explain.
fn rest(word: &Word<'_>, around: &Around<'_, '_>, script: Option<Script>) -> Option<Mixed> {
    let runs = word.runs();
    // Capitals inside, and no reading: a coined name.
    if word.camel() {
        return None;
    }
    let (first, last) = (runs.first()?, runs.last()?);
    let inside = first.script == last.script;
    let to = if inside { first.script } else { word.scripts.first()?.0 };
    let languages = around.languages(to);
    let one = word.count(to) + 1 == word.letters.len() && word.letters.len() > 3;
    if (inside || one) && script.is_none_or(|s| s == to) && word.count(to) >= 2 {
        let like =
            convert(word, to, &languages).filter(|c| c.fit > super::alphabets::Fit::No && (c.near || !word.all_caps()));
        let keys = layout::retyped(word, to, &languages);
        if let Some(text) = keys.filter(|k| {
            !word.all_caps()
                && !k.trim_end_matches('ς').contains('ς')
                && like.as_ref().is_none_or(|l| guard::reads_better(k, &l.text))
        }) {
            let message = explain::layout(word, &text);
            let fix = Some(replace(word, text, Safety::Suggested));
            return Some(found(word, Cause::Layout, Severity::Warning, 0.75, message, fix));
        }
        if let Some(like) = like {
            let message = explain::look(word, around, to, &like);
            let fix = Some(replace(word, like.text, Safety::Suggested));
            return Some(found(word, Cause::LookAlike, Severity::Warning, 0.7, message, fix));
        }
    }
    if let Some(typed) = runs.iter().find(|r| r.script == Script::Latin && r.all_lower() && r.len() >= 4)
        && !typed.bases().any(|c| "aeiouy".contains(c))
        && script.is_some_and(|s| s != Script::Latin)
        && let Some(found) = by_keys(word, around, script.unwrap_or(to), script)
    {
        return Some(found);
    }
    // One border, both sides long: a name with an ending of its own kind. Nothing to say.
    if runs.len() == 2 && runs.iter().all(|r| r.len() >= 3) {
        return None;
    }
    if let Some(found) = by_keys(word, around, to, script) {
        return Some(found);
    }
    let message = explain::unknown(word);
    // «FРАСП», «ZТЕСТ»: names put together on purpose.
    let severity = if word.all_caps() { Severity::Info } else { Severity::Warning };
    Some(found(word, Cause::LookAlike, severity, 0.6, message, None))
}

fn replace(word: &Word<'_>, text: String, safety: Safety) -> Fix {
    Fix::replace(safety, word.span, text)
}

fn found(
    word: &Word<'_>,
    cause: Cause,
    severity: Severity,
    confidence: f32,
    message: String,
    fix: Option<Fix>,
) -> Mixed {
    Mixed { cause, span: word.span, severity, confidence, message, fix }
}

/// Reports the words with one cause.
pub(super) fn report(cx: &Context<'_>, cause: Cause, out: &mut Sink) {
    for m in all(cx).iter().filter(|m| m.cause == cause) {
        out.report_as(m.severity, m.span, m.confidence, m.message.clone(), m.fix.clone());
    }
}
