//! Marks that sit on nothing, or on a letter of another script.

use super::mixed::{explain::char_name, foreign::has_no_spaces};
use crate::{
    analysis::Signals,
    check::{Check, Context, Example, Meta, Sink},
    finding::{Edit, Fix, Safety, Severity},
    text::Span,
    unicode::{Script, flag, props, visible},
};

/// Marks that sit on nothing, or on a letter of another script.
pub(super) struct StrayMark;

static META: Meta = Meta {
    name: "script/stray-mark",
    since: "0.1.0",
    severity: Severity::Error,
    summary: "vowel sign or accent on nothing, or on a letter of another script",
    why: "A mark of one script on a letter of another, or at the beginning of a word, is what a conversion or a translation \
          engine left behind. It shows as a dotted circle or as dirt above the letter, and searching finds the word no more.",
    when_wrong: "When a text is about the mark itself; put it on a dotted circle or a no-break space then.",
    fix: "Deletes a mark of another script; safe, since no language writes it there. At the beginning of a word of the \
          mark's own script deleting is suggested where a word remains.",
    needs: Signals::MARK,
    examples: &[
        Example::Bad {
            text: "The envoy spoke to ِSky News on Tuesday.",
            find: &["ِSky"],
            fixed: Some("The envoy spoke to Sky News on Tuesday."),
        },
        Example::Bad {
            text: "Совет директоровٌ соберётся завтра.",
            find: &["директоровٌ"],
            fixed: Some("Совет директоров соберётся завтра."),
        },
        Example::Bad {
            text: "वह कल शहर ोमें था।", find: &["ोमें"], fixed: Some("वह कल शहर में था।")
        },
        Example::Good { text: "قال علي ؓ في خطبته." },
        Example::Good { text: "The stressed vowel is written а́ in Russian and x̄ is a mean." },
    ],
};

impl Check for StrayMark {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        for block in cx.blocks(Signals::MIXED.or(Signals::ORPHAN_MARK)) {
            scan(cx.prose(), block, out);
        }
    }
}

fn is_word(c: char) -> bool {
    let p = props(c);
    p.is_letter() || p.is_mark()
}

fn scan(prose: &str, block: Span, out: &mut Sink) {
    let Some(text) = prose.get(block.range()) else { return };
    let mut base: Option<char> = None;
    let mut skip_to = 0;
    for (at, c) in text.char_indices() {
        if c.is_ascii() {
            base = Some(c);
            continue;
        }
        let p = props(c);
        if !p.is_mark() || p.any(flag::VARIATION_SELECTOR) {
            base = Some(c);
            continue;
        }
        if at < skip_to || !p.any(flag::NONSPACING) && p.script() == Script::Inherited {
            continue;
        }
        let here = block.start + at;
        match base {
            Some(b) if props(b).is_letter() => {
                if is_foreign(c, b) {
                    let word = crate::analysis::word_at(prose, here);
                    skip_to = word.end - block.start;
                    foreign(prose, word, out);
                }
            }
            Some(b)
                if props(b)
                    .any(flag::NUMBER | flag::SYMBOL | flag::SPACE | flag::DEFAULT_IGNORABLE | flag::EMOJI_BASE) => {}
            _ => {
                let word = crate::analysis::word_at(prose, here);
                skip_to = word.end - block.start;
                // Only where the word begins: the block may begin in the middle of a line.
                if word.start == here {
                    orphan(prose, word, out);
                }
            }
        }
    }
}

/// A mark of a script of its own on a letter that it is never used with.
fn is_foreign(mark: char, base: char) -> bool {
    // The scripts from Devanagari to Burmese: no Arabic mark, and no letter of an alphabet.
    if matches!(mark, '\u{900}'..='\u{109F}') && matches!(base, '\u{900}'..='\u{109F}') {
        return false;
    }
    let (m, b) = (props(mark), props(base));
    let set = m.script_extensions();
    if set.is_all() || !b.script().is_real() {
        return false;
    }
    let arabic = set.contains(Script::Arabic)
        && matches!(mark, '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{610}'..='\u{61A}' | '\u{6D6}'..='\u{6ED}');
    let indic = m.script().is_real() && !set.contains(Script::Latin) && !set.contains(Script::Cyrillic);
    let alphabet =
        matches!(b.script(), Script::Latin | Script::Cyrillic | Script::Greek | Script::Armenian | Script::Georgian);
    (arabic && !matches!(b.script(), Script::Arabic | Script::Syriac | Script::Thaana | Script::Hebrew))
        || (indic && alphabet && props(base).any(flag::LOWER))
}

/// Whether a mark's script is a letter's script.
fn at_home(mark: char, letter: char) -> bool {
    let set = props(mark).script_extensions();
    let script = props(letter).script();
    !set.is_all() && script.is_real() && set.contains(script)
}

/// Takes the marks of another script out of a word.
fn foreign(prose: &str, word: Span, out: &mut Sink) {
    let Some(text) = prose.get(word.range()) else { return };
    // The mark's own script stands in the word: the letter under it is the stranger, and that is another rule's.
    let own = |c: char| props(c).is_mark() && text.chars().any(|l| props(l).is_letter() && l != c && at_home(c, l));
    if text.chars().any(own) {
        return;
    }
    let mut base = None;
    let mut edits: Vec<Edit> = Vec::new();
    let mut first = None;
    for (at, c) in text.char_indices() {
        if !props(c).is_mark() {
            base = Some(c);
        } else if base.is_none_or(|b| is_foreign(c, b)) {
            first.get_or_insert(c);
            let start = word.start + at;
            edits.push(Edit { span: Span::new(start, start + c.len_utf8()), text: String::new() });
        }
    }
    let Some(first) = first else { return };
    let script = base_script(text);
    let message =
        format!("{} in the {} word «{}»; no language writes it there.", char_name(first), script.name(), visible(text));
    out.report(word, 0.97, message, Some(Fix { safety: Safety::Safe, title: "delete it".into(), edits }));
}

fn base_script(text: &str) -> Script {
    text.chars().map(|c| props(c).script()).find(|s| s.is_real() && *s != Script::Arabic).unwrap_or(Script::Common)
}

/// A mark at the beginning of a word.
fn orphan(prose: &str, word: Span, out: &mut Sink) {
    let Some(text) = prose.get(word.range()) else { return };
    let before = prose.get(..word.start).and_then(|t| t.chars().next_back());
    let marks = text.find(|c| !props(c).is_mark()).unwrap_or(text.len());
    let (mark, rest) = text.split_at(marks);
    let (Some(first), Some(letter)) = (mark.chars().next(), rest.chars().next()) else { return };
    // On a dotted circle, in brackets or quotes: a text about the mark.
    if before.is_some_and(|c| {
        "◌\u{a0}([{«“\"'‘/<-ـ\u{1}\u{200d}\u{25cc}".contains(c) || props(c).any(flag::DEFAULT_IGNORABLE)
    }) {
        return;
    }
    let own = props(first).script_extensions();
    let script = props(letter).script();
    let arabic_letters =
        rest.find(|c| props(c).script() != Script::Arabic && !props(c).is_mark()).unwrap_or(rest.len());
    if own.is_all() || (script == Script::Common) {
        return;
    }
    if own.contains(Script::Arabic) && !props(first).script().is_real() && script != Script::Arabic {
        let span = Span::new(word.start, word.end);
        let message = format!(
            "{} before the {} word «{}»; it belongs to nothing there.",
            char_name(first),
            script.name(),
            visible(rest)
        );
        let edit = Edit { span: Span::new(word.start, word.start + marks), text: String::new() };
        let fix = Fix { safety: Safety::Safe, title: "delete it".into(), edits: vec![edit] };
        return out.report(span, 0.97, message, Some(fix));
    }
    if own.contains(Script::Arabic) && script == Script::Arabic {
        // Debris of another text glued to a word: mark and letters go together.
        if arabic_letters < rest.len() && rest[arabic_letters..].chars().next().is_some_and(is_word) {
            let span = Span::new(word.start, word.start + marks + arabic_letters);
            let message = format!(
                "Arabic debris «{}» glued to the word «{}».",
                visible(prose.get(span.range()).unwrap_or("")),
                visible(&rest[arabic_letters..])
            );
            return out.report(span, 0.9, message, Some(Fix::replace(Safety::Suggested, span, "")));
        }
        let message = format!("{} at the beginning of the word «{}» sits on nothing.", char_name(first), visible(rest));
        return out.report_as(Severity::Warning, word, 0.7, message, None);
    }
    if has_no_spaces(script) && !matches!(before, None | Some(' ' | '\n' | '\t')) {
        return;
    }
    if script != props(first).script() {
        return;
    }
    let message = format!(
        "{} at the beginning of the word «{}» sits on nothing; a letter is lost, or the sign is one too many.",
        char_name(first),
        visible(rest)
    );
    // What begins with a consonant can be a word of its own; a vowel letter after a lost consonant cannot.
    let consonant = crate::unicode::name(letter)
        .rsplit(' ')
        .next()
        .is_some_and(|n| n.len() > 1 && n.ends_with('A') && !matches!(n, "AA"));
    let fix = (consonant && rest.chars().filter(|c| is_word(*c)).count() >= 2).then(|| {
        let span = Span::new(word.start, word.start + marks);
        Fix { safety: Safety::Suggested, title: "delete it".into(), edits: vec![Edit { span, text: String::new() }] }
    });
    out.report_as(Severity::Error, word, 0.8, message, fix);
}
