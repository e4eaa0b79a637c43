//! UTF-8 that was read as another encoding and then written in escapes: `&Atilde;&copy;` in a page, `\u00c3\u00a9` in JSON.
//!
//! The text is read as a reader of its format reads it, and repaired like that; what comes out is written as it stood. In
//! a plain text, where references are a leftover themselves, it is read as if they were undone, and the characters are
//! written.

use crate::{
    check::{Context, markup::entity},
    region::Format,
    repair::{self, Chain, Escape},
    text::{Span, utf8},
};

/// A stretch with escapes in it, and what belongs there.
pub(crate) struct Coded {
    /// Where in the file's text.
    pub(super) span: Span,
    /// What a reader sees there.
    pub(super) shown: String,
    /// Whether the references are seen too.
    pub(super) leftover: bool,
    /// What a reader should see.
    pub(super) meant: String,
    /// The same as it is written in the file.
    pub(super) text: String,
    pub(super) chain: Chain,
    pub(super) confidence: f32,
    pub(super) safe: bool,
    pub(super) lossy: u32,
    /// The line in the file's text.
    pub(super) line: Span,
}

/// How a format writes characters that it cannot or need not hold.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// `&eacute;`, `&#233;`
    Reference,
    /// `\u00e9`
    Backslash,
    /// References that the format does not know.
    Leftover,
}

impl Style {
    fn of(format: Format) -> Option<Style> {
        match format {
            Format::Html | Format::Xml | Format::Markdown => Some(Style::Reference),
            Format::Json | Format::Properties => Some(Style::Backslash),
            Format::Plain => Some(Style::Leftover),
            _ => None,
        }
    }

    /// The escape of a character beyond ASCII that begins here: its end, and the character. A reference that was escaped
    /// again counts too.
    fn read(self, text: &str, at: usize) -> Option<(usize, char)> {
        let (end, c) = match self {
            Style::Reference | Style::Leftover => entity::any_decoded(text, at)?,
            Style::Backslash => {
                let digits = text.get(at..)?.strip_prefix("\\u")?.get(..4)?;
                let code = u32::from_str_radix(digits, 16).ok().filter(|_| !digits.starts_with('+'))?;
                (at + 6, char::from_u32(code)?)
            }
        };
        (!c.is_ascii()).then_some((end, c))
    }

    fn sign(self) -> u8 {
        match self {
            Style::Reference | Style::Leftover => b'&',
            Style::Backslash => b'\\',
        }
    }

    fn write(self, c: char, like: &str, plain: bool, out: &mut String) {
        let hidden =
            c.is_control() || c.is_whitespace() || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{FEFF}');
        match self {
            _ if c.is_ascii() => out.push(c),
            Style::Leftover => out.push(c),
            Style::Reference if !plain && !hidden => out.push(c),
            Style::Reference => out.push_str(&format!("&#{};", u32::from(c))),
            Style::Backslash => {
                let upper = like.bytes().any(|b| b.is_ascii_uppercase());
                for unit in c.encode_utf16(&mut [0; 2]) {
                    out.push_str(&if upper { format!("\\u{unit:04X}") } else { format!("\\u{unit:04x}") });
                }
            }
        }
    }
}

/// The text as its readers see it, with the places of the escapes.
struct View {
    text: String,
    /// Where an escape's character stands in the view, and where the escape stands in the file's text.
    escapes: Vec<(Span, Span)>,
}

impl View {
    /// `None` where no two characters stand side by side, one of them as an escape, that may be bytes of UTF-8.
    fn new(text: &str, style: Style) -> Option<View> {
        let mut escapes: Vec<(Span, Span, char)> = Vec::new();
        let mut from = 0;
        while let Some(at) = memchr::memchr(style.sign(), text.as_bytes().get(from..)?).map(|i| from + i) {
            let doubled = style == Style::Backslash && text.as_bytes().get(at + 1) == Some(&b'\\');
            match style.read(text, at) {
                Some((end, c)) => {
                    escapes.push((Span::new(0, 0), Span::new(at, end), c));
                    from = end;
                }
                None => from = at + 1 + usize::from(doubled),
            }
        }
        let beyond = |at: usize| text.get(at..).and_then(|t| t.chars().next()).is_some_and(|c| !c.is_ascii());
        let leads = |c: char| !c.is_ascii() && (c.is_alphabetic() || matches!(c, '¬' | '\u{2200}'..='\u{25FF}'));
        let promising = |i: usize| {
            let (_, span, c) = escapes[i];
            let next = escapes.get(i + 1).is_some_and(|n| n.1.start == span.end) || beyond(span.end);
            next && leads(c) || text[..span.start].chars().next_back().is_some_and(leads)
        };
        if !(0..escapes.len()).any(promising) {
            return None;
        }
        let mut view = View { text: String::with_capacity(text.len()), escapes: Vec::with_capacity(escapes.len()) };
        let mut at = 0;
        for (_, span, c) in escapes {
            view.text.push_str(text.get(at..span.start)?);
            let start = view.text.len();
            view.text.push(c);
            view.escapes.push((Span::new(start, view.text.len()), span));
            at = span.end;
        }
        view.text.push_str(text.get(at..)?);
        Some(view)
    }

    /// The escapes inside a stretch of the view.
    fn inside(&self, span: Span) -> &[(Span, Span)] {
        let from = self.escapes.partition_point(|(v, _)| v.end <= span.start);
        let to = self.escapes.partition_point(|(v, _)| v.start < span.end);
        self.escapes.get(from..to).unwrap_or_default()
    }

    /// The place in the file's text of one in the view that is not inside a character.
    fn place(&self, at: usize) -> usize {
        match self.escapes.partition_point(|(v, _)| v.end <= at).checked_sub(1).and_then(|i| self.escapes.get(i)) {
            Some((view, file)) => file.end + (at - view.end),
            None => at,
        }
    }
}

/// All of them, in order.
pub(super) fn coded<'d>(cx: &Context<'d>) -> &'d [Coded] {
    cx.facts().coded.get_or_init(|| find(cx))
}

/// The first of them that lies in a stretch or overlaps it.
pub(in crate::check) fn first_in(cx: &Context<'_>, span: Span) -> Option<Span> {
    let coded = coded(cx);
    let next = coded.get(coded.partition_point(|c| c.span.end <= span.start))?;
    next.span.overlaps(span).then_some(next.span)
}

fn find(cx: &Context<'_>) -> Vec<Coded> {
    let text = cx.text();
    let Some(style) = Style::of(cx.format()) else { return Vec::new() };
    let Some(view) = View::new(text, style) else { return Vec::new() };
    let repairs = repair::repairs(&view.text);
    let wanted = |r: &&repair::Repair| r.chain.is_utf8() && view.text.get(r.span.range()) != Some(&r.text);
    let lines: Vec<usize> =
        repairs.iter().filter(wanted).filter(|r| !view.inside(r.span).is_empty()).map(|r| r.line).collect();
    if lines.is_empty() || super::mojibake::on_purpose(&view.text, &repairs) {
        return Vec::new();
    }
    // A page in ASCII that does not say that it is UTF-8 may be read as anything.
    let says_utf8 = || cx.source().declared().and_then(|d| d.encoding) == Some(utf8());
    let plain = text.is_ascii() && cx.format() == Format::Html && !says_utf8();
    let mut found = Vec::new();
    // A file may be one line: its end is looked for once.
    let mut ends = (0, 0);
    for r in repairs.iter().filter(wanted).filter(|r| lines.binary_search(&r.line).is_ok()) {
        let span = Span::new(view.place(r.span.start), view.place(r.span.end));
        let like = text.get(span.range()).unwrap_or_default();
        let escaped = !view.inside(r.span).is_empty();
        let mut written = String::new();
        for c in r.text.chars() {
            if escaped { style.write(c, like, plain, &mut written) } else { written.push(c) }
        }
        if ends.1 <= r.span.start {
            let end = memchr::memchr(b'\n', view.text.as_bytes().get(r.span.end..).unwrap_or_default());
            ends = (r.line, end.map_or(view.text.len(), |i| r.span.end + i));
        }
        let twice = |(_, e): &(Span, Span)| text.get(e.range()).is_some_and(|e| e.starts_with("&amp;"));
        let twice = style == Style::Reference && view.inside(r.span).iter().any(twice);
        let leftover = style == Style::Leftover && escaped;
        if twice && cx.prose().get(span.range()) != Some(like)
            || (twice || leftover) && !entity::is_leftover(cx, span, &r.text)
        {
            continue;
        }
        // One character alone in code is shown on purpose as often as not.
        if cx.doc.is_code(span) && r.text.chars().nth(1).is_none() {
            continue;
        }
        let shown = if leftover { like } else { view.text.get(r.span.range()).unwrap_or_default() };
        found.push(Coded {
            span,
            shown: shown.to_owned(),
            leftover,
            meant: r.text.clone(),
            text: written,
            chain: r.chain.clone(),
            confidence: r.confidence,
            safe: r.safe && !twice,
            lossy: r.lossy,
            line: Span::new(view.place(ends.0), view.place(ends.1)),
        });
    }
    if style == Style::Leftover && found.iter().any(|c| !c.safe) {
        // Bytes that prove themselves are repaired for certain.
        let proven = repair::escapes(text).into_iter().filter(|e| e.kind == Escape::ByteReferences && e.prose);
        let proven: Vec<Span> = proven.map(|e| e.span).collect();
        found.retain(|c| c.safe || !proven.iter().any(|p| p.overlaps(c.span)));
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::{Document, Engine, Settings, region::Format, text::Source};

    fn cleaned(format: Format, text: &str) -> String {
        let Ok(engine) = Engine::new(Vec::new()) else { panic!("built-in rules load") };
        let (doc, settings) = (Document::new(Source::from_str(text), format), Settings::default());
        let found = engine.check(&doc, &settings);
        String::from_utf8(engine.clean(&doc, &found, &settings, false).bytes).unwrap_or_default()
    }

    #[test]
    fn escapes_are_written_as_they_stood() {
        for (format, text, right) in [
            (
                Format::Json,
                r#"{"a": "Die B\u00c3\u00bccher sind gr\u00c3\u00bc\u00c3\u009fer"}"#,
                r#"{"a": "Die B\u00fccher sind gr\u00fc\u00dfer"}"#,
            ),
            (
                Format::Json,
                r#"["\u00D0\u009F\u00D1\u0080\u00D0\u00B8\u00D0\u00B2\u00D0\u00B5\u00D1\u0082"]"#,
                r#"["\u041F\u0440\u0438\u0432\u0435\u0442"]"#,
            ),
            (
                Format::Html,
                "<p>Le caf&Atilde;&copy; est ferm&Atilde;&copy;</p>\n",
                "<p>Le caf&#233; est ferm&#233;</p>\n",
            ),
            (
                Format::Html,
                "<p>Où est le caf&Atilde;&copy;, l&acirc;&euro;&trade;autre ?</p>\n",
                "<p>Où est le café, l’autre ?</p>\n",
            ),
            (Format::Properties, "titel=Die T\\u00c3\\u00bcr steht offen\n", "titel=Die T\\u00fcr steht offen\n"),
        ] {
            assert_eq!(cleaned(format, text), right, "{text}");
        }
    }

    #[test]
    fn plain_texts_lose_the_references_too() {
        for (text, right) in [
            ("Die Stra&#195;&#376;e ist lang.", "Die Straße ist lang."),
            ("A f&#197;&#8216;v&#195;&#161;ros sz&eacute;p.", "A főváros szép."),
            ("&#195;&#339;brigens kam der B&amp;#195;&amp;#188;rger.", "Übrigens kam der Bürger."),
            ("El ni&Atilde;±o est&Atilde;&iexcl; l&Atilde;\u{AD}quido.", "El niño está líquido."),
            ("Il est &Atilde;  c&Atilde;´t&Atilde;&copy; de l&acirc;&euro;&trade;eau.", "Il est à côté de l’eau."),
            ("&amp;Atilde;&amp;copy;t&amp;Atilde;&amp;copy; &mdash; hiver", "été — hiver"),
            // A capital and the sign behind it.
            (
                "LIBERT&#201;&#187;, «CAF&Eacute;&raquo;, TROPH&#201;&#176; PI&#217;&#187;",
                "LIBERTÉ», «CAFÉ», TROPHÉ° PIÙ»",
            ),
        ] {
            assert_eq!(cleaned(Format::Plain, text), right, "{text}");
        }
    }

    #[test]
    fn no_reference_becomes_mojibake() {
        for text in ["Ma&Atilde;&sect;&Atilde;", "x&Atilde;&copy;y is how HTML shows it", "Ein Wort &Atilde;¬"] {
            let fixed = cleaned(Format::Plain, text);
            assert!(fixed == text || !fixed.contains(['Ã', 'Â']), "{text}: {fixed}");
        }
    }

    #[test]
    fn good_escapes_stay() {
        for (format, text) in [
            (
                Format::Json,
                r#"{"a": "Die B\u00fccher", "b": "\u041f\u0440\u0438\u0432\u0435\u0442, \u043a\u0430\u043a \u0434\u0435\u043b\u0430?"}"#,
            ),
            (Format::Json, r#"{"path": "C:\\u00c3\\u00a9"}"#),
            (Format::Html, "<p>10&nbsp;&mdash;&nbsp;20&nbsp;&euro;, &Aring;&Oslash; und &Eacute;&eacute;</p>\n"),
            (Format::Html, "<p>The page shows &amp;Atilde;&amp;copy; (HTML)</p>\n"),
            (Format::Html, "<p>The letter <code>&Atilde;&copy;</code> is shown here.</p>\n"),
        ] {
            assert_eq!(cleaned(format, text), text);
        }
    }
}
