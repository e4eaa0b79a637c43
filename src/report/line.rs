//! Text from an input, made fit to stand in a line of a report.

use crate::unicode::{Script, flag, props, visible, visible_path};
use std::{borrow::Cow, path::Path};

const FSI: char = '\u{2068}';
const PDI: char = '\u{2069}';

/// Marks that build servers read as commands wherever they stand in a line.
const COMMANDS: &[&str] = &["##[", "##vso[", "##teamcity["];

/// Text on one line with everything hidden spelled out, and nothing that a build server takes for a command.
pub(crate) fn shown(text: &str) -> Cow<'_, str> {
    disarmed(visible(text))
}

/// As [`shown`], for running text that people read round the damage: the spaces that good typography asks for are
/// spaces, tabs too, and the joiners that a script's spelling needs stay.
pub(crate) fn readable(text: &str) -> Cow<'_, str> {
    calm(text, true)
}

/// As [`shown`], but the joiners that a script's spelling needs stay: for messages.
pub(crate) fn message(text: &str) -> Cow<'_, str> {
    calm(text, false)
}

/// A path on one line. It never begins like a command or an option.
pub(crate) fn path(path: &Path) -> String {
    let text = disarmed(Cow::Owned(visible_path(path))).into_owned();
    if text.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '/' | '_' | '<')) {
        text
    } else {
        format!("./{text}")
    }
}

/// Text that holds right-to-left letters, isolated from what stands round it.
pub(crate) fn isolated(text: &str) -> Cow<'_, str> {
    if is_rtl(text) { format!("{FSI}{text}{PDI}").into() } else { text.into() }
}

/// Whether a right-to-left letter is in it.
pub(crate) fn is_rtl(text: &str) -> bool {
    !text.is_ascii() && text.chars().any(|c| props(c).any(flag::RTL))
}

fn calm(text: &str, spaces: bool) -> Cow<'_, str> {
    if text.bytes().all(|b| (0x20..0x7F).contains(&b)) {
        return disarmed(Cow::Borrowed(text));
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    let mut before = None;
    for (at, c) in text.char_indices() {
        let plain = match c {
            '\t' | '\u{A0}' | '\u{202F}' if spaces => Some(' '),
            '\u{200C}' | '\u{200D}' if before.is_some_and(joins) => Some(c),
            _ => None,
        };
        if let Some(plain) = plain {
            out.push_str(&visible(&text[from..at]));
            out.push(plain);
            from = at + c.len_utf8();
        }
        before = Some(c);
    }
    out.push_str(&visible(&text[from..]));
    disarmed(Cow::Owned(out))
}

/// Whether a letter is of a script that spells with joiners.
fn joins(c: char) -> bool {
    let p = props(c);
    p.is_word()
        && !matches!(
            p.script(),
            Script::Latin
                | Script::Common
                | Script::Cyrillic
                | Script::Greek
                | Script::Han
                | Script::Hiragana
                | Script::Katakana
                | Script::Hangul
        )
}

fn disarmed(text: Cow<'_, str>) -> Cow<'_, str> {
    if !COMMANDS.iter().any(|c| text.contains(c)) {
        return text;
    }
    let armed = |text: String, c: &&str| text.replace(c, &c.replacen("##", "#<U+0023>", 1));
    COMMANDS.iter().fold(text.into_owned(), armed).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_text_is_spelled_out() {
        assert_eq!(shown("a\u{1b}[31m"), "a<U+001B>[31m");
        assert_eq!(shown("##[error]x ##vso[task]"), "#<U+0023>[error]x #<U+0023>vso[task]");
        assert_eq!(readable("10\u{A0}km\tma"), "10 km ma");
        assert_eq!(message("10\u{A0}km"), "10<U+00A0>km");
        assert_eq!(readable("می\u{200C}روم a\u{200C}b"), "می\u{200C}روم a<U+200C>b");
    }

    #[test]
    fn paths_never_begin_like_commands() {
        assert_eq!(path(Path::new("::error::x")), "./::error::x");
        assert_eq!(path(Path::new("a/b.txt")), "a/b.txt");
        assert_eq!(path(Path::new("\n::error::")), "<U+000A>::error::");
        assert_eq!(path(Path::new("-x")), "./-x");
        assert_eq!(path(Path::new("été")), "été");
    }

    #[test]
    fn right_to_left_is_isolated() {
        assert_eq!(isolated("abc"), "abc");
        assert_eq!(isolated("שלום"), "\u{2068}שלום\u{2069}");
    }
}
