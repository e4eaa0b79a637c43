//! A letter read in the wrong 8-bit code page: in «kцnnen» the byte of the ö became a ц.

use super::{
    super::alphabets::{Fit, Languages},
    word::{Word, is_upper},
};
use crate::{
    check::Context,
    text::{Encoding as Page, lookup},
    unicode::{Script, props},
};
use encoding_rs::{Encoding, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1257};

/// The word as it was meant.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) text: String,
    pub(super) fit: Fit,
    /// The pages: what the bytes were, and what they were taken for.
    pub(super) pages: (&'static str, &'static str),
}

/// What the foreign letters of a Latin word were, if they were read in a Cyrillic or Greek code page.
pub(super) fn reading(word: &Word<'_>, languages: &Languages, lang: Option<&str>) -> Option<Reading> {
    let foreign = word.letters.iter().find(|l| l.script.is_real() && l.script != Script::Latin)?.script;
    let taken_for = match foreign {
        Script::Cyrillic => WINDOWS_1251,
        Script::Greek => WINDOWS_1253,
        _ => return None,
    };
    let mut best: Option<Reading> = None;
    for page in [WINDOWS_1252, WINDOWS_1250, WINDOWS_1254, WINDOWS_1257] {
        if lang.is_some_and(|lang| own_page(lang) != page) {
            continue;
        }
        let Some((text, fit)) = read(word, taken_for, page, languages) else { continue };
        match &best {
            Some(b) if b.fit > fit || b.text == text => {}
            // Two readings that are equally good are none.
            Some(b) if b.fit == fit => return None,
            _ => best = Some(Reading { text, fit, pages: (page.name(), taken_for.name()) }),
        }
    }
    best.filter(|b| b.fit > Fit::No)
}

/// The pages that a file's other words prove: what the bytes were, and what they were taken for.
pub(in super::super) type Pages = (&'static Page, &'static Page);

/// The wrong code page that several words of a file show, if it is one.
pub(super) fn proven(cx: &Context<'_>) -> Option<Pages> {
    const LOOKED_AT: usize = 4096;
    let mut all: Vec<((&'static str, &'static str), usize)> = Vec::new();
    let repairs = cx.facts().repairs(cx.text(), || cx.lang());
    for repair in repairs.iter().take(LOOKED_AT).filter(|r| r.safe && !r.chain.is_utf8()) {
        let [layer] = repair.chain.0.as_slice() else { continue };
        let pages = (layer.was, layer.read_as);
        match all.iter_mut().find(|(p, _)| *p == pages) {
            Some((_, count)) => *count += 1,
            None => all.push((pages, 1)),
        }
    }
    let ((was, read_as), count) = all.into_iter().max_by_key(|(_, count)| *count)?;
    if count < 3 { None } else { lookup(was).zip(lookup(read_as)) }
}

/// What a letter was before it was read in the wrong page.
pub(in super::super) fn before(c: char, (was, read_as): Pages) -> Option<char> {
    let bytes = read_as.encode(c.encode_utf8(&mut [0; 4])).ok()?;
    let decoded = was.decode_strict(&bytes)?;
    let mut chars = decoded.chars();
    chars.next().filter(|c| chars.next().is_none() && !c.is_ascii() && c.is_alphabetic())
}

/// The word through pages that the file proves, where every letter of it becomes one of its language.
pub(super) fn along(word: &Word<'_>, pages: Pages, languages: &Languages) -> Option<Reading> {
    let mut text = String::new();
    let mut fit = Fit::Yes;
    for letter in &word.letters {
        if letter.script == Script::Latin && letter.text.is_ascii() {
            text.push_str(letter.text);
            continue;
        }
        let mut chars = letter.text.chars();
        let c =
            before(chars.next()?, pages).filter(|c| chars.next().is_none() && props(*c).script() == Script::Latin)?;
        fit = fit.min(languages.fit(c));
        text.push(c);
    }
    let reading = Reading { text, fit, pages: (pages.0.name(), pages.1.name()) };
    (reading.fit > Fit::No).then_some(reading)
}

/// The code page that a language was written in.
fn own_page(lang: &str) -> &'static Encoding {
    match lang {
        "pl" | "cs" | "sk" | "hu" | "ro" | "hr" | "bs" | "sr" | "sl" | "sq" | "hsb" | "dsb" | "szl" | "csb" => {
            WINDOWS_1250
        }
        "tr" | "az" | "tk" | "crh" | "gag" | "ku" => WINDOWS_1254,
        "lt" | "lv" | "et" | "ltg" | "sgs" => WINDOWS_1257,
        _ => WINDOWS_1252,
    }
}

fn read(
    word: &Word<'_>,
    taken_for: &'static Encoding,
    page: &'static Encoding,
    languages: &Languages,
) -> Option<(String, Fit)> {
    let mut text = String::new();
    let mut fit = Fit::Yes;
    for letter in &word.letters {
        if letter.script == Script::Latin {
            text.push_str(letter.text);
            continue;
        }
        let (bytes, _, lost) = taken_for.encode(letter.text);
        if lost || bytes.len() != 1 {
            return None;
        }
        let (meant, bad) = page.decode_without_bom_handling(&bytes);
        let c = meant.chars().next()?;
        if bad || c.is_ascii() || !c.is_alphabetic() {
            return None;
        }
        // A capital inside a lower-case word, or the reverse, is no reading.
        let upper_round = word.letters.iter().filter(|l| l.script == Script::Latin).skip(1).any(|l| is_upper(l.base));
        if is_upper(c) && !upper_round && !text.is_empty() {
            return None;
        }
        fit = fit.min(languages.fit(c));
        text.push(c);
    }
    Some((text, fit))
}
