//! A word or two of another script in running text.

use super::foreign_runs::{foreign_runs, is_foreign};
use super::language::is_common;
use super::mixed::around::{is_cjk, line_round, neighbours};
use crate::{
    analysis::{Facts, Profile, Signals, word_at},
    check::{Check, Context, Example, Meta, Sink},
    finding::Severity,
    text::Span,
    unicode::{Script, flag, props, visible},
};

/// A word or two of another script in running text.
pub(super) struct StrayWord;

static META: Meta = Meta {
    name: "script/stray-word",
    since: "0.1.0",
    severity: Severity::Error,
    summary: "word of another script left in running text",
    why: "Translation engines and language models leave a word of the source, or of any other language, in the middle of a \
          sentence. The reader cannot read it, and a part of the meaning is lost.",
    when_wrong: "When the word is quoted or named on purpose: put it in quotation marks or brackets, or say what it is.",
    fix: "",
    needs: Signals::NON_ASCII,
    examples: &[
        Example::Bad {
            text: "El equipo ha logrado un resultado 优秀 en la última prueba.",
            find: &["优秀"],
            fixed: None,
        },
        Example::Bad {
            text: "The mayor opened a new больница in the north of the city.",
            find: &["больница"],
            fixed: None,
        },
        Example::Good { text: "The word больница (bolnitsa) means hospital in Russian." },
        Example::Good { text: "Languages: English, Русский, 中文, العربية" },
        Example::Good { text: "The novel «Отцы и дети» and the Greek letter λ are named here." },
    ],
};

impl Check for StrayWord {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let prose = cx.prose();
        let others = Signals::CYRILLIC
            .or(Signals::GREEK)
            .or(Signals::ARABIC)
            .or(Signals::HEBREW)
            .or(Signals::ARMENIAN)
            .or(Signals::GEORGIAN)
            .or(Signals::INDIC)
            .or(Signals::SOUTH_EAST_ASIAN)
            .or(Signals::HAN)
            .or(Signals::KANA)
            .or(Signals::HANGUL)
            .or(Signals::OTHER_SCRIPT);
        // Most Latin texts have no letter of another script at all.
        if !cx.facts().signals(cx.text()).all().intersects(others) {
            return;
        }
        // What its parts show is looked at again with all of the text in view.
        let sample = cx.facts().scripts(prose);
        let mut found = strays(cx, sample, others);
        if found.is_some() && sample.looked_at() < prose.len() {
            found = strays(cx, cx.facts().profile(prose), others);
        }
        let Some((main, found)) = found else { return };
        for (span, script) in found {
            let text = prose.get(span.range()).unwrap_or("");
            let message = format!(
                "{} word «{}» in {} text: it was left untranslated, or put there by a machine.",
                named(script),
                visible(text),
                named(main)
            );
            out.report(span, 0.85, message, None);
        }
    }
}

/// The words that are out of place among those of a text with these scripts, with the script of the text. `others` are the
/// signals of scripts that can be foreign.
fn strays(cx: &Context<'_>, profile: &Profile, others: Signals) -> Option<(Script, Vec<(Span, Script)>)> {
    let prose = cx.prose();
    let main = main_script(profile)?;
    let own = signal_of(main);
    let blocks = cx.blocks(others.without(own));
    if blocks.is_empty() {
        return None;
    }
    let mut found: Vec<(Span, Script)> = Vec::new();
    // A script that has more than a little of the document is at home in it.
    let count = |script: Script| {
        let same = profile.scripts().filter(|(s, _)| *s == script || is_cjk(*s) && is_cjk(script));
        same.map(|(_, n)| n).sum::<u32>()
    };
    let is_at_home = |script: &Script| count(*script) > (profile.total() / 100).max(24);
    let home: Vec<Script> = profile.scripts().map(|(s, _)| s).filter(is_at_home).collect();
    // Words of those are not looked at one by one.
    const WORD: u32 = 8;
    let foreign_home: u32 =
        profile.scripts().filter(|(s, _)| home.contains(s) && is_foreign(*s, main)).map(|(_, n)| n).sum();
    let mut places = (foreign_home / WORD) as usize;
    for block in blocks {
        let runs = foreign_runs(prose, block, main, &home);
        places += runs.len();
        for (at, &(span, script)) in runs.iter().enumerate() {
            // So is a line with several such words.
            let line = line_round(prose, span);
            let inside = |(run, _): &&(Span, Script)| line.contains(*run);
            let before = runs[..at].iter().rev().take_while(inside).count();
            let beside = before + runs[at..].iter().take_while(inside).count();
            if beside <= 2 && is_stray(cx, span, script, main) {
                found.push((span, script));
            }
        }
    }
    // A text with many words of another script is about them.
    let letters = profile.total() as usize * (prose.len().min(Facts::PROFILED) / profile.looked_at()).max(1);
    if found.len() > 3 && (found.len() * 2 < places || found.len() * 400 > letters) {
        return None;
    }
    (!found.is_empty()).then_some((main, found))
}

/// The script that nearly all of the document is in.
fn main_script(profile: &Profile) -> Option<Script> {
    let main = profile.main()?;
    let share = if is_cjk(main) {
        profile.scripts().filter(|(s, _)| is_cjk(*s)).map(|(_, n)| n).sum::<u32>() as f32
            / profile.total().max(1) as f32
    } else {
        profile.share(main)
    };
    // A Chinese sentence has fewer letters than a foreign word in it.
    let (least_share, least) = if is_cjk(main) { (0.6, 8) } else { (0.72, 15) };
    (share > least_share && profile.total() >= least).then_some(main)
}

fn signal_of(script: Script) -> Signals {
    match script {
        Script::Cyrillic => Signals::CYRILLIC,
        Script::Greek => Signals::GREEK,
        Script::Arabic => Signals::ARABIC,
        Script::Hebrew => Signals::HEBREW,
        Script::Armenian => Signals::ARMENIAN,
        Script::Georgian => Signals::GEORGIAN,
        Script::Han | Script::Hiragana | Script::Katakana => Signals::HAN.or(Signals::KANA),
        Script::Hangul => Signals::HANGUL,
        _ => Signals::NONE,
    }
}

fn named(script: Script) -> &'static str {
    match script {
        Script::Han => "Chinese",
        Script::Hiragana | Script::Katakana => "Japanese",
        Script::Hangul => "Korean",
        s => s.name(),
    }
}

fn is_stray(cx: &Context<'_>, span: Span, script: Script, main: Script) -> bool {
    let prose = cx.prose();
    let text = prose.get(span.range()).unwrap_or("");
    let letters = text.chars().filter(|c| props(*c).is_letter()).count();
    let words = text.split(' ').count();
    // Single letters are symbols; three words and more are a quotation.
    let least = if is_cjk(script) { 2 } else { 3 };
    if letters < least || words > 2 || letters > 24 {
        return false;
    }
    // Korean writes Chinese characters beside its own; only kana among them tell of Japanese.
    if main == Script::Hangul && script == Script::Han {
        return false;
    }
    // Greek and Coptic are cited, in capitals and without accents, in texts on mathematics and on the Bible.
    if cx.facts().is_opaque(prose, span) || word_at(prose, span.start).start < span.start && !glued_debris(prose, span)
    {
        return false;
    }
    let line = line_round(prose, span);
    let before = prose.get(line.start..span.start).unwrap_or("");
    let after = prose.get(span.end..line.end).unwrap_or("");
    if set_apart(before, after, main, is_cjk(main)) {
        return false;
    }
    // Its own line is mostly foreign: an address, a list of names, another language's paragraph.
    let profile = Profile::of(&format!("{before} {after}"));
    let own: u32 = if is_cjk(main) {
        profile.scripts().filter(|(s, _)| is_cjk(*s)).map(|(_, n)| n).sum()
    } else {
        profile.count(main)
    };
    if (own as f32) < 0.85 * profile.total() as f32 || own < if is_cjk(main) { 6 } else { 12 } {
        return false;
    }
    // Names, commands and identifiers make no prose: a label or a particle beside them is in the text's own language.
    if is_cased(main) && plain_words(before) + plain_words(after) < 3 {
        return false;
    }
    // Nor do lists of terms: a sentence has small words of its language. Letters beyond ASCII are a language's, too.
    let few = cx.facts().scripts(prose).total() < 400;
    let least = if is_cjk(script) || script == Script::Cyrillic { 2 } else { 1 };
    // A sentence in a language of which no small words are known: a capital, words in small letters, a full stop.
    let whole = before.starts_with(char::is_uppercase)
        && after.ends_with('.')
        && plain_words(before) >= 2
        && plain_words(after) >= 2;
    if main == Script::Latin
        && few
        && before.is_ascii()
        && after.is_ascii()
        && small_words(before, after) < least
        && !whole
    {
        return false;
    }
    // East Asian punctuation on the line, a particle at its start, a label before a few words: a line of that language.
    if is_cased(main) && is_cjk(script) {
        let native = |c: char| matches!(c, '\u{3001}'..='\u{303f}' | '\u{ff01}'..='\u{ff20}');
        let particle = text.chars().next().is_some_and(|c| matches!(c, 'ぁ'..='ゖ')) && !before.trim().is_empty();
        let label = before.trim().is_empty() && plain_words(after) < 6;
        // A clause before or after the line says the same in two languages.
        let edge = before.trim().is_empty() || after.trim().is_empty();
        let others = (before.chars().chain(after.chars())).any(|c| is_cjk(props(c).script()));
        if after.contains(native)
            || before.contains(native)
            || particle
            || label
            || edge && letters > 6
            || few && others
        {
            return false;
        }
    }
    // Another word of a foreign script stands in the line in quotation marks or brackets: the writer names such words.
    if names_others(before, main) || names_others(after, main) {
        return false;
    }
    let (left, right) = neighbours(prose, line, span, 2);
    let at_home = |list: &[(Script, &str)]| list.first().is_some_and(|(s, _)| *s == main || is_cjk(*s) && is_cjk(main));
    at_home(&right) && (at_home(&left) || sentence_start(before)) || at_home(&left) && sentence_end(after)
}

fn is_cased(script: Script) -> bool {
    matches!(script, Script::Latin | Script::Cyrillic | Script::Greek | Script::Armenian)
}

/// Lower-case words of letters only, with at most a sign of punctuation at their ends.
fn plain_words(text: &str) -> usize {
    text.split_whitespace()
        .map(|w| w.trim_end_matches(['.', ',', ';', ':', '!', '?', '…']))
        .filter(|w| w.chars().count() > 1 && w.chars().all(|c| props(c).is_mark() || c.is_lowercase()))
        .count()
}

/// Common words beside a stray one, in any language.
fn small_words(before: &str, after: &str) -> usize {
    let words = before.split_whitespace().chain(after.split_whitespace());
    words.filter(|w| w.len() > 1 && is_common(w.trim_matches(|c: char| !c.is_alphabetic()), None)).count()
}

/// The word begins after the debris of a third script: that is reported by itself.
fn glued_debris(prose: &str, span: Span) -> bool {
    let word = word_at(prose, span.start);
    let debris = prose.get(word.start..span.start).unwrap_or("");
    debris.chars().count() <= 4 && debris.chars().next().is_some_and(|c| props(c).is_mark())
}

/// Brackets, quotation marks, separators or an explanation beside it: named on purpose.
fn set_apart(before: &str, after: &str, main: Script, dense: bool) -> bool {
    let open = |c: char| {
        let p = props(c);
        p.any(flag::QUOTATION | flag::DEFAULT_IGNORABLE)
            || "([{<（［【「『〈《:：=/|•·*_`\u{1}–—-~+#→\\".contains(c)
            || p.any(flag::DIGIT)
    };
    let close = |c: char| {
        let p = props(c);
        p.any(flag::QUOTATION | flag::DEFAULT_IGNORABLE) || ")]}>）］】」』〉》=/|•·*_`\u{1}–—-:~+#→\\".contains(c)
    };
    let trimmed_before = before.trim_end_matches([' ', '\u{a0}']);
    let trimmed_after = after.trim_start_matches([' ', '\u{a0}']);
    let b = trimmed_before.chars().next_back();
    let a = trimmed_after.chars().next();
    // A label before its number or letter: «Рисунок 4.8», «부록 A.».
    let numbered = trimmed_after.split_whitespace().next().is_some_and(|w| {
        w.starts_with(|c: char| c.is_ascii_digit() || c == '©')
            || w.starts_with(|c: char| c.is_ascii_uppercase()) && w[1..].starts_with(['.', ',', ':'])
    });
    if numbered {
        return true;
    }
    if b.is_some_and(open) || a.is_some_and(close) || a == Some('(') || a == Some('（') {
        return true;
    }
    // Commas on both sides: a list.
    if matches!((b, a), (Some(',' | '،' | '、' | ';'), _)) && matches!(a, None | Some(',' | '.' | ';' | '،' | '、'))
    {
        return true;
    }
    // Glued to the text on both sides without blanks: only in scripts that have none.
    if !dense
        && (b.is_some()
            && before.len() == trimmed_before.len()
            && before.chars().next_back().is_some_and(|c| props(c).is_letter())
            && script_of_last(before) == Some(main))
    {
        return true;
    }
    const NAMING: &[&str] = &[
        "word",
        "words",
        "term",
        "called",
        "character",
        "characters",
        "letter",
        "letters",
        "sign",
        "lit.",
        "literally",
        "kanji",
        "hanzi",
        "means",
        "meaning",
        "name",
        "named",
        "script",
        "written",
        "spelled",
        "spelling",
        "phrase",
        "verb",
        "noun",
        "слово",
        "слова",
        "термин",
        "буква",
        "буквы",
        "буквой",
        "иероглиф",
        "иероглифы",
        "названием",
        "знак",
        "mot",
        "mots",
        "terme",
        "lettre",
        "lettres",
        "caractère",
        "caractères",
        "Wort",
        "Wörter",
        "Buchstabe",
        "Zeichen",
        "Begriff",
        "palabra",
        "letra",
        "carácter",
        "termino",
        "término",
        "palavra",
        "parola",
        "lettera",
        "carattere",
        "chữ",
        "từ",
        "kata",
        "kelime",
        "слово,",
        "літера",
        "слова,",
        "woord",
        "ord",
        "ordet",
        "sana",
        "słowo",
        "znak",
        "litera",
        "slovo",
        "písmeno",
    ];
    let last = before.split_whitespace().rev().take(2);
    let first = after.split_whitespace().take(2);
    last.chain(first).any(|w| NAMING.contains(&w.trim_matches(|c: char| !c.is_alphanumeric() && c != '.')))
}

fn script_of_last(text: &str) -> Option<Script> {
    text.chars().next_back().map(|c| props(c).script())
}

/// A foreign word in quotation marks or brackets.
fn names_others(text: &str, main: Script) -> bool {
    let mut open = false;
    for c in text.chars() {
        let p = props(c);
        if p.any(flag::QUOTATION) || "([（".contains(c) {
            open = true;
        } else if open && p.is_letter() && p.script().is_real() && is_foreign(p.script(), main) {
            return true;
        } else if p.is_letter() {
            open = false;
        }
    }
    false
}

fn sentence_start(before: &str) -> bool {
    let trimmed =
        before.trim_end_matches(|c: char| c == ' ' || props(c).is_mark() || props(c).script() == Script::Arabic);
    trimmed.is_empty() || trimmed.ends_with(['.', '!', '?', '…', '。'])
}

fn sentence_end(after: &str) -> bool {
    after.is_empty() || after.starts_with(['.', '!', '?', ',', ';', '…', '。'])
}
