//! The one way in which text gets into a report.
//!
//! A report that prints the text it found fault with must not be fooled by that text: an escape
//! sequence would drive the reader's terminal, an override would turn the line round, and a
//! zero-width space would point at nothing. So what cannot be seen is spelled out, `<U+202E>`.

use super::flag;
use super::props::{Props, props};
use std::borrow::Cow;
use std::fmt::Write;
use std::path::Path;

const HIDDEN: u64 = flag::HIDDEN;
const ZWJ: char = '\u{200d}';
const DOTTED_CIRCLE: char = '\u{25cc}';

/// Text that is safe and visible on one line: controls (line ends and tabs too), invisible and
/// format characters, odd spaces, private use and unassigned characters become `<U+202E>`; a
/// combining mark with nothing to sit on gets a dotted circle. Joiners and variation selectors of
/// a well-formed emoji stay.
pub fn visible(s: &str) -> Cow<'_, str> {
    spell_out(s, false)
}

/// As [`visible`], but line feeds and tabs stay.
pub fn visible_lines(s: &str) -> Cow<'_, str> {
    spell_out(s, true)
}

/// Whether [`visible`] leaves this character alone, on its own, within a line.
#[inline]
pub fn is_visible_as_is(c: char) -> bool {
    !props(c).any(HIDDEN) && !matches!(c, '\t' | '\n' | '\r')
}

/// One character, made visible: a mark on a dotted circle, anything hidden as `<U+202E>`.
pub fn visible_char(c: char) -> String {
    visible(c.encode_utf8(&mut [0; 4])).into_owned()
}

/// A path, made visible; bytes that are not text are shown as `<0xFF>`.
pub fn visible_path(path: &Path) -> String {
    let mut out = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        out.push_str(&visible(chunk.valid()));
        for b in chunk.invalid() {
            let _ = write!(out, "<0x{b:02X}>");
        }
    }
    out
}

fn spell_out(s: &str, lines: bool) -> Cow<'_, str> {
    if s.bytes().all(|b| (0x20..0x7f).contains(&b)) {
        return s.into();
    }
    let mut out = String::new();
    // `s[..copied]` is in `out` already.
    let mut copied = 0;
    let mut at = 0;
    // Whether a mark would have nothing to sit on: at the start, and after what was spelled out.
    let mut bare = true;
    while let Some(c) = s.get(at..).and_then(|r| r.chars().next()) {
        let p = props(c);
        let next = at + c.len_utf8();
        if p.any(flag::EMOJI_BASE) {
            let end = emoji_end(s, at, p).max(next);
            (at, bare) = (end, false);
            continue;
        }
        let line_end = matches!(c, '\t' | '\n');
        if p.any(HIDDEN) || c == '\r' || (line_end && !lines) {
            out.push_str(s.get(copied..at).unwrap_or(""));
            let _ = write!(out, "<U+{:04X}>", c as u32);
            (copied, bare) = (next, true);
        } else if bare && p.is_mark() {
            out.push_str(s.get(copied..at).unwrap_or(""));
            out.push(DOTTED_CIRCLE);
            out.push(c);
            (copied, bare) = (next, false);
        } else {
            bare = line_end;
        }
        at = next;
    }
    if copied == 0 && out.is_empty() {
        return s.into();
    }
    out.push_str(s.get(copied..).unwrap_or(""));
    out.into()
}

/// The end of the emoji sequence that begins at `at` with a character of properties `p`, as far as
/// its hidden characters belong there.
fn emoji_end(s: &str, at: usize, p: Props) -> usize {
    let mut rest = s.get(at..).unwrap_or("").chars();
    let Some(first) = rest.next() else { return at };
    let end = |rest: &std::str::Chars<'_>| s.len() - rest.as_str().len();
    if !p.any(flag::EMOJI) {
        // A keycap: digit, selector, enclosing box. Without the box the selector does nothing.
        let tail = ['\u{fe0f}', '\u{20e3}'];
        return if rest.as_str().starts_with("\u{fe0f}\u{20e3}") {
            at + first.len_utf8() + tail.iter().map(|c| c.len_utf8()).sum::<usize>()
        } else {
            at + first.len_utf8()
        };
    }
    // The flags of England, Scotland and Wales are spelled in tag characters. Others would be a
    // place to hide text in.
    if first == '\u{1f3f4}' {
        for region in ["gbeng", "gbsct", "gbwls"] {
            let mut tail = rest.clone();
            let tags = region.chars().map(|c| c as u32 + 0xE0000).chain([0xE007F]);
            if tags.into_iter().all(|t| tail.next().map(|c| c as u32) == Some(t)) {
                return end(&tail);
            }
        }
    }
    loop {
        // After a pictograph: a selector or a skin tone, then perhaps a joiner and another one.
        if let Some('\u{fe0e}' | '\u{fe0f}') = rest.clone().next() {
            rest.next();
        }
        if rest.clone().next().is_some_and(|c| props(c).any(flag::EMOJI_MODIFIER)) {
            rest.next();
        }
        let mut tail = rest.clone();
        let joined = tail.next() == Some(ZWJ) && tail.next().is_some_and(is_pictograph);
        if !joined {
            return end(&rest);
        }
        rest = tail;
    }
}

fn is_pictograph(c: char) -> bool {
    props(c).any(flag::EMOJI)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clean_text_is_borrowed() {
        for s in ["", "plain", "Où ça ?", "שלום", "हिन्दी", "日本語", "e\u{301}", "👍🏽 ok", "1. ©"]
        {
            assert!(matches!(visible(s), Cow::Borrowed(_)), "{s}");
        }
    }

    #[test]
    fn hidden_characters_are_spelled_out() {
        assert_eq!(visible("a\u{202e}b"), "a<U+202E>b");
        assert_eq!(visible("\u{1b}[31m"), "<U+001B>[31m");
        assert_eq!(visible("a\nb\tc\r"), "a<U+000A>b<U+0009>c<U+000D>");
        assert_eq!(visible_lines("a\nb\tc\r"), "a\nb\tc<U+000D>");
        assert_eq!(visible("10\u{a0}km"), "10<U+00A0>km");
        assert_eq!(visible("a\u{200d}b\u{2028}\u{e000}\u{378}"), "a<U+200D>b<U+2028><U+E000><U+0378>");
        assert_eq!(visible("\u{e0041}\u{fe0f}\u{ffff}"), "<U+E0041><U+FE0F><U+FFFF>");
        assert_eq!(visible_char('\u{7f}'), "<U+007F>");
    }

    #[test]
    fn marks_without_a_base() {
        assert_eq!(visible("\u{301}a"), "\u{25cc}\u{301}a");
        assert_eq!(visible("a\u{200b}\u{301}"), "a<U+200B>\u{25cc}\u{301}");
        assert_eq!(visible("a\u{301}\u{302}"), "a\u{301}\u{302}");
        assert_eq!(visible_lines("a\n\u{301}"), "a\n\u{25cc}\u{301}");
    }

    #[test]
    fn emoji_keep_what_holds_them_together() {
        for s in [
            "👩\u{200d}💻",
            "👩🏽\u{200d}❤\u{fe0f}\u{200d}👨",
            "❤\u{fe0f}",
            "1\u{fe0f}\u{20e3}",
            "🇫🇷",
            "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
            "🏳\u{fe0f}\u{200d}🌈",
        ] {
            assert_eq!(visible(s), s);
        }
        assert_eq!(visible("1\u{fe0f}"), "1<U+FE0F>");
        assert_eq!(visible("😀\u{200d}"), "😀<U+200D>");
        assert_eq!(visible("😀\u{200d}a"), "😀<U+200D>a");
        assert_eq!(visible("😀\u{fe0f}\u{fe0f}"), "😀\u{fe0f}<U+FE0F>");
        assert_eq!(visible("🏴\u{e0041}"), "🏴<U+E0041>");
        assert_eq!(visible("a\u{fe0f}"), "a<U+FE0F>");
    }

    #[test]
    fn what_was_made_visible_stays_as_it_is() {
        for c in '\0'..=char::MAX {
            let once = visible_char(c);
            assert_eq!(visible(&once), once, "U+{:04X}", c as u32);
            assert_eq!(is_visible_as_is(c), !once.starts_with("<U+"), "U+{:04X}", c as u32);
        }
    }

    #[cfg(unix)]
    #[test]
    fn paths() {
        use std::os::unix::ffi::OsStrExt;
        let p = Path::new(std::ffi::OsStr::from_bytes(b"a\n\xff/\xc3\xa9.txt"));
        assert_eq!(visible_path(p), "a<U+000A><0xFF>/é.txt");
    }
}
