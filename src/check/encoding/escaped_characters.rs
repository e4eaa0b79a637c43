//! Characters that stand in prose as escapes.

use super::{coded, mojibake::short};
use crate::{
    analysis::{Signals, around::line_at},
    check::{
        Check, Context, Example, Meta, Sink,
        markup::near::{in_code_marks, is_mentioned},
        script::{are_of_one_language, has_letter},
    },
    finding::{Fix, Safety, Severity},
    region::{Format, MASK},
    repair::{self, Escape, Escaped, Languages},
    text::Span,
};

/// What an escape begins with that lost nothing.
const WHOLE: Signals = Signals::BACKSLASH
    .or(Signals::PERCENT)
    .or(Signals::AMPERSAND)
    .or(Signals::MARKDOWN)
    .or(Signals::ANGLE)
    .or(Signals::PLUS);

static META: Meta = Meta {
    name: "encoding/escaped-characters",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "characters that stand in prose as the escapes of a transport or a language",
    why: "A program wrote the text for a channel that takes only ASCII, and the reading side did not undo it: \
          `caf=C3=A9` from mail, `caf%C3%A9` from a URL, `caf\\u00e9` from JSON, `caf\\303\\251` from a shell, `caf%u00E9` from a script, `caf&#195;&#169;` from a web page. \
          Some lose a sign on the way: `cafu00e9`, `caf#233;`, `caf&#233`.",
    when_wrong: "Code, addresses, and texts about escapes.",
    fix: "Writes the characters. Safe in plain prose, where the bytes are UTF-8 or many escapes are letters of one script; suggested \
          in formats in which the escape has a meaning, and for single ones that lost a sign.",
    needs: WHOLE.or(Signals::DIGIT),
    examples: &[
        Example::Bad { text: "Le caf=C3=A9 est ouvert.", find: &["=C3=A9"], fixed: Some("Le café est ouvert.") },
        Example::Bad { text: "Der M\\u00e4rz ist kalt.", find: &["\\u00e4"], fixed: Some("Der März ist kalt.") },
        Example::Bad {
            text: "Die B=FCcher stehen im M=E4rz wieder hier.",
            find: &["=FC", "=E4"],
            fixed: Some("Die Bücher stehen im März wieder hier."),
        },
        Example::Bad {
            text: "Die Datei K\\303\\244fer liegt im Ordner.",
            find: &["\\303\\244"],
            fixed: Some("Die Datei Käfer liegt im Ordner."),
        },
        Example::Bad {
            text: "Der Hund lu00e4uft u00fcber die Wiese.",
            find: &["u00e4", "u00fc"],
            fixed: Some("Der Hund läuft über die Wiese."),
        },
        Example::Bad { text: "Le th&#233 est trop chaud.", find: &["&#233"], fixed: Some("Le thé est trop chaud.") },
        Example::Good { text: "See bug#233; and the year menu2019, the parts gpu0142 and Xu00df." },
        Example::Good { text: "In octal the letter is \\303\\251, in JavaScript %u00E9." },
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
        // A line is read once, however many escapes it has.
        let mut about = (Span::new(0, 0), false);
        let whole = cx.facts().signals(cx.text()).all().intersects(WHOLE);
        let (whole, lost) = (if whole { cx.facts().escapes(text) } else { &[] }, lost(cx));
        let mut found: Vec<&Escaped> = whole.iter().chain(&lost).collect();
        found.sort_by_key(|e| e.span);
        for e in found {
            if is_new(text, e) && is_shown(cx, e, &mut about) {
                continue;
            }
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
                Escape::Reference | Escape::ByteReferences | Escape::LostSemicolon => {
                    matches!(format, Format::Html | Format::Xml | Format::Markdown)
                }
                Escape::QuotedPrintable | Escape::Utf7 => format == Format::Mail,
                Escape::Percent | Escape::PercentUnits => false,
                Escape::LostBackslash | Escape::LostAmpersand => false,
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
            let byte = !e.sure && matches!(e.kind, Escape::QuotedPrintable | Escape::Percent | Escape::BackslashBytes);
            let name = if byte { "the escape of a byte of windows-1252" } else { e.kind.name() };
            let message = format!("«{shown}» is {name}; write «{}»", short(&e.text));
            out.report_as(severity, e.span, 0.9, message, Some(Fix::replace(safety, e.span, e.text.clone())));
        }
    }
}

/// Escapes that lost a sign.
fn lost(cx: &Context<'_>) -> Vec<Escaped> {
    let blocks = cx.facts().signals(cx.text());
    let own = |c: char| cx.lang().is_some_and(|lang| has_letter(lang, c));
    let languages = Languages { one_has: &are_of_one_language, own: &own };
    let mut found = Vec::new();
    for (sign, needs) in [(b'u', Signals::DIGIT), (b'#', Signals::MARKDOWN)] {
        if blocks.all().intersects(needs) && blocks.all().intersects(Signals::DIGIT) {
            found.extend(repair::lost(cx.prose(), &blocks.spans(needs), sign, &languages));
        }
    }
    found
}

/// Whether an escape is of a kind that texts about escapes show as often as it is left over.
fn is_new(text: &str, e: &Escaped) -> bool {
    match e.kind {
        Escape::PercentUnits | Escape::LostBackslash | Escape::LostAmpersand | Escape::LostSemicolon => true,
        Escape::BackslashBytes => text.get(e.span.range()).is_some_and(|e| !e.contains("\\x")),
        _ => false,
    }
}

/// Whether an escape is shown on purpose: in an address, between quotation or code marks, in a text about escapes. `about`
/// is the last line, and whether it is about escapes.
fn is_shown(cx: &Context<'_>, e: &Escaped, about: &mut (Span, bool)) -> bool {
    const WORDS: &[&str] = &[
        "escape",
        "unicode",
        "utf",
        "octal",
        "oktal",
        "hex",
        "byte",
        "octet",
        "encod",
        "codif",
        "ascii",
        "javascript",
        "json",
        "printf",
        "backslash",
        "quotepath",
        "code point",
        "codepoint",
        "html",
        "xml",
        "entit",
        "échapp",
        "kodier",
        "codier",
        "kodow",
        "кодир",
        "юникод",
        "байт",
        "восьмерич",
        "экранир",
        "转义",
        "轉義",
        "编码",
        "編碼",
        "エスケープ",
        "文字コード",
    ];
    let text = cx.text();
    let few = e.text.chars().count() < 4;
    if cx.facts().is_opaque(cx.prose(), e.span) || few && is_mentioned(text, e.span) || in_code_marks(text, e.span) {
        return true;
    }
    if about.0.end <= e.span.start {
        let line = line_at(text, e.span.start);
        let above = line_at(text, text[..line.start].trim_end().len());
        let words = text[above.start.min(line.start)..line.end].to_lowercase();
        *about = (line, WORDS.iter().any(|word| words.contains(word)));
    }
    about.1
}
