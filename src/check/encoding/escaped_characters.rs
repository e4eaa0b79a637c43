//! Characters that stand in prose as escapes.

use super::{coded, mojibake::short};
use crate::{
    analysis::{Signals, around::line_at},
    check::{Check, Context, Example, Meta, Sink},
    finding::{Fix, Safety, Severity},
    region::{Format, MASK},
    repair::{self, Escape},
};

static META: Meta = Meta {
    name: "encoding/escaped-characters",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "characters that stand in prose as the escapes of a transport or a language",
    why: "A program wrote the text for a channel that takes only ASCII, and the reading side did not undo it: \
          `caf=C3=A9` from mail, `caf%C3%A9` from a URL, `caf\\u00e9` from JSON, `caf&#195;&#169;` from a web page.",
    when_wrong: "Code, addresses, and texts about escapes.",
    fix: "Writes the characters. Safe in plain prose, where the bytes are UTF-8; suggested in formats in which the escape has a meaning.",
    needs: Signals::BACKSLASH
        .or(Signals::PERCENT)
        .or(Signals::AMPERSAND)
        .or(Signals::MARKDOWN)
        .or(Signals::ANGLE)
        .or(Signals::PLUS),
    examples: &[
        Example::Bad { text: "Le caf=C3=A9 est ouvert.", find: &["=C3=A9"], fixed: Some("Le café est ouvert.") },
        Example::Bad { text: "Der M\\u00e4rz ist kalt.", find: &["\\u00e4"], fixed: Some("Der März ist kalt.") },
        Example::Bad {
            text: "Die B=FCcher stehen im M=E4rz wieder hier.",
            find: &["=FC", "=E4"],
            fixed: Some("Die Bücher stehen im März wieder hier."),
        },
        Example::Good { text: "The cells =E9+E10 and =E9 hold the sums." },
        Example::Good { text: "See https://example.org/caf%C3%A9 for more." },
    ],
};

/// The check.
pub(super) struct EscapedCharacters;

impl Check for EscapedCharacters {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let text = cx.prose();
        let format = cx.format();
        for e in repair::escapes(text) {
            // References of whole characters belong to the rules about markup.
            if !e.prose || e.text.contains(MASK) || e.kind == Escape::Reference {
                continue;
            }
            if e.kind == Escape::ByteReferences {
                let twice = text.get(e.span.range()).is_some_and(|e| e.contains("&amp;"));
                if coded::first_in(cx, e.span).is_some() || twice && format != Format::Plain {
                    continue;
                }
            }
            // «%C3%A9 (é)»: a text that shows both explains them.
            if e.kind == Escape::Percent && e.text.chars().count() < 40 {
                const QUOTES: [[char; 2]; 7] =
                    [['"', '"'], ['“', '”'], ['«', '»'], ['»', '«'], ['(', ')'], ['「', '」'], ['„', '“']];
                let line = &text[line_at(text, e.span.start).range()];
                if QUOTES.iter().any(|[open, close]| line.contains(&format!("{open}{}{close}", e.text))) {
                    continue;
                }
            }
            let own = match e.kind {
                Escape::Reference | Escape::ByteReferences => {
                    matches!(format, Format::Html | Format::Xml | Format::Markdown)
                }
                Escape::QuotedPrintable | Escape::Utf7 => format == Format::Mail,
                Escape::Percent => false,
                Escape::Backslash | Escape::BackslashBytes | Escape::Angle => {
                    !matches!(format, Format::Plain | Format::Subtitles | Format::Po)
                }
            };
            // A reference of bytes is wrong in HTML too; any other escape is at home in its own format.
            if own && e.kind != Escape::ByteReferences {
                continue;
            }
            // Subtitles and tables are shown as they stand, and know no escapes of their own; fonts in them look like UTF-7.
            let plain = format == Format::Plain
                || matches!(format, Format::Subtitles | Format::Table) && e.kind != Escape::Utf7;
            let safety = if format == Format::Plain && e.sure { Safety::Safe } else { Safety::Suggested };
            let severity = if plain { META.severity } else { Severity::Info };
            let shown = short(text.get(e.span.range()).unwrap_or_default());
            let name = if e.sure { e.kind.name() } else { "the escape of a byte of windows-1252" };
            let message = format!("«{shown}» is {name}; write «{}»", short(&e.text));
            out.report_as(severity, e.span, 0.9, message, Some(Fix::replace(safety, e.span, e.text)));
        }
    }
}
