//! Glyphs in the place of letters: Arabic presentation forms, Latin and Armenian ligatures, radicals, styled letters.

use super::mixed::{around::is_cjk, explain::char_name};
use crate::{
    analysis::{Signals, around::char_after, places::places, word_at},
    check::{Check, Context, Example, Meta, Sink},
    finding::{Fix, Safety, Severity},
    text::Span,
    unicode::{Script, flag, name, props, visible},
};
use unicode_normalization::UnicodeNormalization;

fn compose(text: &str) -> String {
    text.nfkc().collect()
}

/// Glyphs of Arabic letters in the place of the letters.
pub(super) struct PresentationForm;

static FORM: Meta = Meta {
    name: "script/presentation-form",
    since: "0.1.0",
    severity: Severity::Error,
    summary: "glyphs of Arabic letters instead of the letters",
    why: "Text copied from a PDF or an old program carries the shapes of letters (beginning, middle, end) instead of the \
          letters, often in the order of the screen. Search does not find it and it cannot be edited.",
    when_wrong: "In tables that show the shapes themselves.",
    fix: "Writes the letters. Suggested; shapes in the order of the screen are turned round first.",
    needs: Signals::COMPAT,
    examples: &[
        Example::Bad {
            text: "زرنا ﺔﻨﻳﺪﻤﻟﺍ القديمة أمس.",
            find: &["ﺔﻨﻳﺪﻤﻟﺍ"],
            fixed: Some("زرنا المدينة القديمة أمس."),
        },
        Example::Bad {
            text: "باﻹضافة إلى ذلك عاد الجميع.",
            find: &["باﻹضافة"],
            fixed: Some("بالإضافة إلى ذلك عاد الجميع."),
        },
        Example::Good { text: "محمد ﷺ خاتم الأنبياء، والثمن ١٠ ﷼." },
    ],
};

/// Which neighbours a shape joins: before, after.
fn joins(c: char) -> Option<(bool, bool)> {
    let n = name(c);
    Some(match n.rsplit(' ').nth(1)? {
        "ISOLATED" => (false, false),
        "INITIAL" => (false, true),
        "MEDIAL" => (true, true),
        "FINAL" => (true, false),
        _ => return None,
    })
}

fn is_form(c: char) -> bool {
    matches!(c, '\u{FB50}'..='\u{FBFF}' | '\u{FC00}'..='\u{FDCF}' | '\u{FE70}'..='\u{FEFC}')
        && props(c).any(flag::PRESENTATION_FORM)
}

/// Whether the shapes can stand in this order.
fn is_valid(shapes: &[char]) -> bool {
    let mut open = false;
    for &c in shapes {
        let Some((before, after)) = joins(c) else { return false };
        if before != open {
            return false;
        }
        open = after;
    }
    !open
}

impl Check for PresentationForm {
    fn meta(&self) -> &'static Meta {
        &FORM
    }

    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let prose = cx.prose();
        for block in cx.blocks(Signals::COMPAT) {
            let Some(text) = prose.get(block.range()) else { continue };
            let mut skip_to = 0;
            for at in places(text.as_bytes(), |b| b == 0xEF) {
                if at < skip_to || !char_after(text, at).is_some_and(is_form) {
                    continue;
                }
                let mut word = word_at(prose, block.start + at);
                // Words of shapes in a row were turned round together.
                while let Some(next) = prose.get(word.end..).and_then(|t| t.strip_prefix(' '))
                    && next.starts_with(is_form)
                {
                    word = Span::new(word.start, word_at(prose, word.end + 1).end);
                }
                skip_to = word.end - block.start;
                forms(cx, word, out);
            }
        }
    }
}

fn forms(cx: &Context<'_>, word: Span, out: &mut Sink) {
    let Some(text) = cx.prose().get(word.range()) else { return };
    let shapes: Vec<char> = text.chars().filter(|c| is_form(*c)).collect();
    let letters = text.chars().filter(|c| props(*c).is_letter()).count();
    // A single shape by itself is shown as a shape.
    if letters < 2 {
        return;
    }
    let whole = shapes.len() == letters && !text.contains(' ') || text.chars().all(|c| is_form(c) || c == ' ');
    let parts: Vec<Vec<char>> = text.split(' ').map(|w| w.chars().filter(|c| is_form(*c)).collect()).collect();
    let logical = parts.iter().all(|p| is_valid(p));
    let visual = parts.iter().all(|p| is_valid(&p.iter().rev().copied().collect::<Vec<_>>()));
    let fixed = if !whole {
        Some(
            text.chars()
                .map(|c| if is_form(c) { compose(c.encode_utf8(&mut [0; 4])) } else { c.to_string() })
                .collect(),
        )
    } else if logical {
        Some(compose(text))
    } else if visual {
        Some(text.chars().rev().map(|c| compose(c.encode_utf8(&mut [0; 4]))).collect::<String>())
    } else {
        None
    };
    let (c, order) = (
        shapes.first().copied().unwrap_or(' '),
        if whole && !logical && visual { ", in the order of the screen" } else { "" },
    );
    let message =
        format!("{} in «{}»: the shapes of letters instead of the letters{order}.", char_name(c), visible(text));
    let severity = if shapes.len() >= 2 { Severity::Error } else { Severity::Warning };
    out.report_as(severity, word, 0.9, message, fixed.map(|f: String| Fix::replace(Safety::Suggested, word, f)));
}

/// Ligatures that a PDF leaves in words.
pub(super) struct Ligature;

static LIGATURE: Meta = Meta {
    name: "script/ligature",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "ligature character in a word",
    why: "Text copied from a PDF has one character for fi, fl or ffi. Search does not find the word, screen readers and \
          spelling checkers stumble.",
    when_wrong: "In texts about typography.",
    fix: "Writes the letters one by one; safe.",
    needs: Signals::COMPAT,
    examples: &[
        Example::Bad {
            text: "She opened the ﬁle and read it.",
            find: &["ﬁle"],
            fixed: Some("She opened the file and read it."),
        },
        Example::Bad { text: "Une aﬀaire de goût.", find: &["aﬀaire"], fixed: Some("Une affaire de goût.") },
        Example::Good { text: "L’œuf et la bœuf, Ærø and IJmuiden." },
    ],
};

impl Check for Ligature {
    fn meta(&self) -> &'static Meta {
        &LIGATURE
    }

    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        each_word(
            cx,
            |b| b == 0xEF,
            |c| matches!(c, '\u{FB00}'..='\u{FB06}' | '\u{FB13}'..='\u{FB17}'),
            |word, text, c| {
                // A ligature by itself is shown as a ligature; among signs it is what a wrong decoder made of a byte.
                let latin = |c: char| matches!(c, '\u{FB00}'..='\u{FB06}');
                let letter = |c: char| c.is_ascii_alphabetic() || c > '\u{24F}' && c.is_lowercase() && !latin(c);
                if text.chars().count() < 2 || latin(c) && !text.contains(letter) {
                    return;
                }
                let message = format!("{} in the word «{}»; write the letters.", char_name(c), visible(text));
                let ligature = |c: char| matches!(c, '\u{FB00}'..='\u{FB17}');
                let fixed: String = text
                    .chars()
                    .map(|c| if ligature(c) { compose(c.encode_utf8(&mut [0; 4])) } else { c.to_string() })
                    .collect();
                // «auﬂer»: the byte of ß is this ligature in Mac Roman.
                if let Some(page) = cx.lang().and_then(|lang| of_mac_roman(text, &fixed, lang)) {
                    let message = format!(
                        "{} in the word «{}» is a byte read as Mac Roman; the word was «{page}».",
                        char_name(c),
                        visible(text)
                    );
                    out.report(word, 0.9, message, Some(Fix::replace(Safety::Suggested, word, page)));
                    return;
                }
                out.report(word, 0.98, message, Some(Fix::replace(Safety::Safe, word, fixed)));
            },
        );
    }
}

/// A word whose ligature was a letter of windows-1252, where that reads better in the language than the letters of the
/// ligature.
fn of_mac_roman(word: &str, letters: &str, lang: &str) -> Option<String> {
    let page = match lang {
        "de" => word.replace('\u{FB02}', "ß"),
        "is" => word.replace('\u{FB01}', if word.starts_with('\u{FB01}') { "Þ" } else { "þ" }),
        _ => return None,
    };
    let all = crate::repair::letters::Letters::get();
    let better =
        page != word && all.spelling(&page, lang)? + 3 * crate::repair::model::BIT < all.spelling(letters, lang)?;
    better.then_some(page)
}

/// Calls back for every word that holds a wanted character. `lead` names the first bytes of wanted characters in UTF-8.
fn each_word(
    cx: &Context<'_>,
    lead: impl Fn(u8) -> bool + Copy,
    wanted: impl Fn(char) -> bool,
    mut then: impl FnMut(Span, &str, char),
) {
    let prose = cx.prose();
    for block in cx.blocks(Signals::COMPAT) {
        let Some(text) = prose.get(block.range()) else { continue };
        let mut skip_to = 0;
        for at in places(text.as_bytes(), lead) {
            let Some(c) = char_after(text, at).filter(|c| at >= skip_to && wanted(*c)) else { continue };
            let word = word_at(prose, block.start + at);
            skip_to = word.end.saturating_sub(block.start).max(at + c.len_utf8());
            let word =
                if word.is_empty() { Span::new(block.start + at, block.start + at + c.len_utf8()) } else { word };
            then(word, prose.get(word.range()).unwrap_or(""), c);
        }
    }
}

/// Radicals in the place of characters.
pub(super) struct Radical;

static RADICAL: Meta = Meta {
    name: "script/cjk-radical",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "radical instead of the character it looks like",
    why: "Fonts in PDF files give radicals and characters the same shape, and copying takes the radical. Search and fonts \
          treat it as another character.",
    when_wrong: "In texts about the radicals themselves.",
    fix: "Writes the character; safe.",
    needs: Signals::COMPAT,
    examples: &[
        Example::Bad { text: "请⽤手机登录。", find: &["⽤"], fixed: Some("请用手机登录。") },
        Example::Good { text: "部首：⽔、⽕、⽊。" },
    ],
};

impl Check for Radical {
    fn meta(&self) -> &'static Meta {
        &RADICAL
    }

    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let prose = cx.prose();
        for block in cx.blocks(Signals::COMPAT) {
            let Some(text) = prose.get(block.range()) else { continue };
            let mut at_end = 0;
            for at in places(text.as_bytes(), |b| b == 0xE2) {
                let radical = char_after(text, at).filter(|c| matches!(c, '\u{2F00}'..='\u{2FD5}'));
                let Some(c) = radical.filter(|_| at >= at_end) else { continue };
                let rest = &text[at..];
                let len = rest.find(|c| !matches!(c, '\u{2F00}'..='\u{2FD5}')).unwrap_or(rest.len());
                at_end = at + len;
                let is_letter = |c: Option<char>| c.is_some_and(|c| is_cjk(props(c).script()) && props(c).is_letter());
                // Beside ordinary characters it is one of them; alone it is a radical.
                if !is_letter(text[..at].chars().next_back()) && !is_letter(text[at_end..].chars().next()) {
                    continue;
                }
                let span = Span::new(block.start + at, block.start + at_end);
                let fixed = compose(&text[at..at_end]);
                let message = format!("{} instead of the character {fixed}.", char_name(c));
                out.report(span, 0.95, message, Some(Fix::replace(Safety::Safe, span, fixed)));
            }
        }
    }
}

/// Full-width or mathematical letters in ordinary words.
pub(super) struct StyledLetters;

static STYLED: Meta = Meta {
    name: "script/styled-letters",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "word in full-width or mathematical letters",
    why: "Letters of another width come from East Asian input methods, bold and italic ones from tools that style text in \
          places that cannot. Screen readers spell them out or skip them, and search does not find them.",
    when_wrong: "In mathematics, and where the style is meant.",
    fix: "Writes plain letters; suggested.",
    needs: Signals::COMPAT,
    examples: &[
        Example::Bad {
            text: "Please ｃｏｎｔａｃｔ the office.",
            find: &["ｃｏｎｔａｃｔ"],
            fixed: Some("Please contact the office."),
        },
        Example::Bad {
            text: "Join our 𝐟𝐫𝐞𝐞 course today.",
            find: &["𝐟𝐫𝐞𝐞"],
            fixed: Some("Join our free course today."),
        },
        Example::Good { text: "ＮＨＫのニュースを見る。" },
        Example::Good { text: "Let 𝑥 be a root of 𝑓 and 𝐀 a matrix." },
    ],
};

impl Check for StyledLetters {
    fn meta(&self) -> &'static Meta {
        &STYLED
    }

    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        // Full-width letters are at home where much is in East Asian script: most of it may be names and source.
        let profile = cx.facts().scripts(cx.prose());
        let wide: u32 = profile.scripts().filter(|(s, _)| is_cjk(*s)).map(|(_, n)| n).sum();
        let dense = wide > 0 && wide * 20 >= profile.total();
        let styled = |c: char| {
            let p = props(c);
            let wide = matches!(c, '\u{FF21}'..='\u{FF3A}' | '\u{FF41}'..='\u{FF5A}');
            (wide && !dense) || (p.any(flag::MATH_ALNUM) && p.is_letter() && c >= '\u{1D400}')
        };
        each_word(
            cx,
            |b| (b == 0xF0) | (b == 0xEF),
            styled,
            |word, text, c| {
                let letters = text.chars().filter(|c| styled(*c)).count();
                if letters < 3 || letters * 2 < text.chars().count() {
                    return;
                }
                // Full-width letters in a line of Chinese or Japanese are at home.
                let line = super::mixed::around::line_round(cx.prose(), word);
                let around = cx.prose().get(line.range()).unwrap_or("");
                if matches!(c, '\u{FF21}'..='\u{FF5A}') && around.chars().any(|c| is_cjk(props(c).script())) {
                    return;
                }
                let fixed = compose(text);
                let message =
                    format!("{} in the word «{}»; write plain letters: {fixed}.", char_name(c), visible(text));
                // In quotation marks they are shown on purpose.
                let shown = crate::analysis::around::is_inside_quotation(cx.prose(), word);
                let severity = if shown { Severity::Info } else { Severity::Warning };
                out.report_as(severity, word, 0.85, message, Some(Fix::replace(Safety::Suggested, word, fixed)));
            },
        );
    }
}

/// Hebrew in the order of the screen.
pub(super) struct ReversedHebrew;

static HEBREW: Meta = Meta {
    name: "script/reversed-hebrew",
    since: "0.1.0",
    severity: Severity::Error,
    summary: "Hebrew word written backwards",
    why: "Old programs stored Hebrew in the order of the screen. Shown by today's programs the word is backwards; the final \
          form of a letter at its beginning gives it away.",
    when_wrong: "In texts about the letters, and in word games.",
    fix: "Turns the word round; suggested.",
    needs: Signals::HEBREW,
    examples: &[
        Example::Bad {
            text: "אתמול קראנו םיבתכמ בבית הספר.",
            find: &["םיבתכמ"],
            fixed: Some("אתמול קראנו מכתבים בבית הספר."),
        },
        Example::Good { text: "האות ם נקראת מם סופית, ובסוף המילה שלום." },
    ],
};

impl Check for ReversedHebrew {
    fn meta(&self) -> &'static Meta {
        &HEBREW
    }

    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let prose = cx.prose();
        let is_final = |c: char| matches!(c, 'ם' | 'ן' | 'ץ' | 'ף' | 'ך');
        for block in cx.blocks(Signals::HEBREW) {
            let Some(text) = prose.get(block.range()) else { continue };
            for (at, c) in text.char_indices() {
                if !is_final(c)
                    || text[..at].chars().next_back().is_some_and(|c| props(c).is_word() || "\"'״׳־-".contains(c))
                {
                    continue;
                }
                let word = word_at(prose, block.start + at);
                let Some(letters) = prose.get(word.range()) else { continue };
                let count = letters.chars().count();
                let plain = letters.chars().all(|c| props(c).script() == Script::Hebrew && props(c).is_letter());
                let after = prose.get(word.end..).and_then(|t| t.chars().next());
                if count < 3
                    || !plain
                    || letters.chars().skip(1).any(is_final)
                    || matches!(after, Some('"' | '״' | '\'' | '׳'))
                {
                    continue;
                }
                let fixed: String = letters.chars().rev().collect();
                let message = format!(
                    "«{letters}» begins with {}, which ends words: the word is written backwards.",
                    char_name(c)
                );
                out.report(word, 0.9, message, Some(Fix::replace(Safety::Suggested, word, fixed)));
            }
        }
    }
}
