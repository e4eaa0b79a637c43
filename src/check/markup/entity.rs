//! Character references in a text that is not HTML: `&nbsp;`, `&#39;`, `&amp;eacute;`; in HTML and Markdown those that were
//! escaped twice.

use super::near;
use crate::{
    analysis::{
        Signals,
        around::{boundary_before, line_of},
    },
    check::{Check, Context, Example, Meta, Sink, encoding},
    finding::{Fix, Safety, Severity},
    region::Format,
    repair,
    text::{Span, legacy::of_number},
};
use std::{collections::HashMap, sync::OnceLock};

/// The check.
pub(super) struct Entity;

static META: Meta = Meta {
    name: "markup/entity",
    since: "0.1.0",
    severity: Severity::Error,
    summary: "HTML character reference that the reader sees",
    why: "Text was escaped for a web page, sometimes twice, and came out escaped. The reader sees `&eacute;` where an é belongs. In HTML and Markdown only what was escaped twice is found, inside words or beside them.",
    when_wrong: "A text about HTML: put the reference between code marks or quotation marks, or silence the line.",
    fix: "Writes the character that the reference stands for; references of references are decoded to the end. In HTML and Markdown the escape of the reference's ampersand is undone, and that only suggested. A reference without its semicolon is only suggested.",
    needs: Signals::AMPERSAND,
    examples: &[
        Example::Bad {
            text: "Le caf&eacute; ferme &agrave; midi.",
            find: &["&eacute;", "&agrave;"],
            fixed: Some("Le café ferme à midi."),
        },
        Example::Bad {
            text: "It&#39;s open &amp;amp; free, says Marks &amp Spencer.",
            find: &["&#39;", "&amp;amp;", "&amp"],
            fixed: Some("It's open & free, says Marks & Spencer."),
        },
        Example::Bad {
            text: "&#x412;&#x445;&#x43E;&#x434; &#1089;&#1074;&#1086;&#1073;&#1086;&#1076;&#1085;&#1099;&#1081;.",
            find: &["&#x412;&#x445;&#x43E;&#x434;", "&#1089;&#1074;&#1086;&#1073;&#1086;&#1076;&#1085;&#1099;&#1081;"],
            fixed: Some("Вход свободный."),
        },
        Example::Bad {
            text: "Sie sagte &bdquo;Nein&ldquo; &ndash; und ging.",
            find: &["&bdquo;", "&ldquo;", "&ndash;"],
            fixed: Some("Sie sagte „Nein“ – und ging."),
        },
        Example::Good { text: "AT&T; R&D; Q&A; B&B&C. See https://example.org/?a=1&copy=2&lang=de for more." },
        Example::Good { text: "Write &nbsp; in HTML for a space that does not break; \"&amp;\" is an ampersand." },
        Example::Good { text: "Simon & Garfunkel, Procter &Gamble, Tom&Jerry, Salt&pepper; R&B;" },
        Example::Good { text: "L'entité &eacute; s'écrit é, et `&lt;` s'écrit <." },
    ],
};

/// Names that are taken for references even without their semicolon.
const BARE: &[&str] = &[
    "nbsp", "amp", "quot", "lt", "gt", "ndash", "mdash", "rsquo", "lsquo", "ldquo", "rdquo", "hellip", "laquo",
    "raquo", "bull", "eacute", "egrave", "agrave", "ccedil", "uuml", "ouml", "auml", "szlig", "ntilde", "aacute",
    "iacute", "oacute", "uacute", "trade", "euro",
];

/// Names, sorted as in the file, with their characters.
fn named(name: &str) -> Option<char> {
    static TABLE: OnceLock<HashMap<&'static str, char>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        include_str!("entities.tsv")
            .lines()
            .filter_map(|line| {
                let (name, code) = line.split_once('\t')?;
                Some((name, char::from_u32(u32::from_str_radix(code, 16).ok()?)?))
            })
            .collect()
    });
    table.get(name).copied()
}

/// One reference: its end, and what it stands for.
fn reference(text: &str, at: usize) -> Option<(usize, char)> {
    any_reference(text, at).filter(|(_, c)| is_writable(*c))
}

/// Whether a text can hold a character; what it cannot stays as it is.
fn is_writable(c: char) -> bool {
    c != '\0' && (!c.is_control() || matches!(c, '\t' | '\n' | '\r'))
}

/// The same, of controls too: a byte that windows-1252 does not define is one.
fn any_reference(text: &str, at: usize) -> Option<(usize, char)> {
    let body = text.get(at + 1..)?;
    let bytes = body.as_bytes();
    if bytes.first() == Some(&b'#') {
        let hex = matches!(bytes.get(1), Some(b'x' | b'X'));
        let digits_at = if hex { 2 } else { 1 };
        let digits = bytes[digits_at..]
            .iter()
            .take(8)
            .take_while(|b| if hex { b.is_ascii_hexdigit() } else { b.is_ascii_digit() });
        let count = digits.count();
        let close = digits_at + count;
        if count == 0 || bytes.get(close) != Some(&b';') {
            return None;
        }
        let code = u32::from_str_radix(&body[digits_at..close], if hex { 16 } else { 10 }).ok()?;
        return Some((at + close + 2, of_number(code)?));
    }
    let length = bytes.iter().take(32).take_while(|b| b.is_ascii_alphanumeric()).count();
    if length < 2 || bytes.get(length) != Some(&b';') {
        return None;
    }
    Some((at + length + 2, named(&body[..length])?))
}

/// A reference with everything that it hides: `&amp;amp;eacute;` is an é. The end, and the character.
fn decoded(text: &str, at: usize) -> Option<(usize, char)> {
    any_decoded(text, at).filter(|(_, c)| is_writable(*c))
}

/// The same, of controls too: a byte that windows-1252 does not define is one.
pub(in crate::check) fn any_decoded(text: &str, at: usize) -> Option<(usize, char)> {
    let (mut end, mut c) = any_reference(text, at)?;
    for _ in 0..3 {
        if c != '&' {
            break;
        }
        let inner = format!("&{}", &text[end..boundary_before(text, end + 32)]);
        let Some((inner_end, inner_char)) = any_reference(&inner, 0) else { break };
        end += inner_end - 1;
        c = inner_char;
    }
    Some((end, c))
}

impl Check for Entity {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn formats(&self) -> &'static [Format] {
        &[Format::Plain, Format::Html, Format::Markdown]
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let text = cx.text();
        if cx.format() != Format::Plain {
            return escaped_twice(cx, out);
        }
        let mut reach = 0;
        for block in cx.blocks(Signals::AMPERSAND) {
            for at in memchr::memchr_iter(b'&', &text.as_bytes()[block.range()]).map(|i| i + block.start) {
                if at < reach {
                    continue;
                }
                match run_of(text, at) {
                    Some((span, fixed, starts)) => {
                        // What was misread before it was written as references is damage of the encoding.
                        let misread = first_misread(cx, span).unwrap_or(Span::new(span.end, span.end));
                        let kept = starts.iter().take_while(|start| **start < misread.start).count();
                        let end = starts.get(kept).copied().unwrap_or(span.end);
                        reach = if kept == 0 { misread.end } else { end };
                        let span = Span::new(span.start, end);
                        let fixed: String = fixed.chars().take(kept).collect();
                        if kept > 0 && is_leftover(cx, span, &fixed) && !is_behind_open(text, span) {
                            if fixed == "|" && ends_indic_sentence(text, span) {
                                let message = "A vertical bar, escaped, at the end of a sentence; the danda is ।";
                                out.report(span, 0.9, message, Some(Fix::replace(Safety::Suggested, span, "।")));
                                continue;
                            }
                            let title = format!("write «{}»", fixed.trim());
                            let message = format!(
                                "«{}» is how a web page writes «{}»; the escape was never undone",
                                shorten(&text[span.range()]),
                                shorten(&fixed)
                            );
                            let open = is_behind_open(text, span);
                            let fixed = if open { fixed + ";" } else { fixed };
                            let safety =
                                if open || may_be_misread(cx, span, &fixed) { Safety::Suggested } else { Safety::Safe };
                            let mut fix = Fix::replace(safety, span, fixed);
                            fix.title = title;
                            out.report(span, 0.98, message, Some(fix));
                        }
                    }
                    None => bare(cx, at, out),
                }
            }
        }
    }
}

/// Whether a sign stands right after a word of a script that ends its sentences with the danda.
fn ends_indic_sentence(text: &str, span: Span) -> bool {
    let before = text[..span.start].chars().next_back();
    before.is_some_and(|c| crate::check::script::has_danda(crate::unicode::script(c)))
        && text[span.end..].chars().next().is_none_or(char::is_whitespace)
}

/// References whose own ampersand was escaped: the page shows `Caf&eacute;`. Only inside words and beside them, where no text
/// about references writes them; the reference behind the escape stays, for the page to show its character.
fn escaped_twice(cx: &Context<'_>, out: &mut Sink) {
    const ESCAPE: &str = "&amp;";
    let (text, prose) = (cx.text(), cx.prose());
    for block in cx.blocks(Signals::AMPERSAND) {
        for at in memchr::memmem::find_iter(&text.as_bytes()[block.range()], ESCAPE).map(|i| i + block.start) {
            let body = at + ESCAPE.len();
            let inner: String = std::iter::once('&').chain(text[body..].chars().take(32)).collect();
            let Some((length, c)) = reference(&inner, 0) else { continue };
            let span = Span::new(at, body + length - 1);
            let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
            let beside = letter(text[..at].chars().next_back()) || letter(text[span.end..].chars().next());
            // What makes tags and references may be meant to be shown.
            let shows = c.is_alphabetic()
                || matches!(c, '\u{a0}' | '\'' | '’' | '‘' | '"' | '“' | '”' | '„' | '«' | '»' | '–' | '—' | '…');
            let is_prose = prose.get(body..span.end) == text.get(body..span.end);
            // Its page would show what was misread.
            if encoding::first_coded_in(cx, span).is_some() {
                continue;
            }
            if !shows || !beside || !is_prose || near::is_mentioned(text, span) || is_about_html(text, span) {
                continue;
            }
            let message = format!(
                "«{}» was escaped twice: the page shows «{inner_text}»",
                &text[span.range()],
                inner_text = &inner[..length]
            );
            let fix = Fix::replace(Safety::Suggested, Span::new(at, body), "&".to_owned());
            out.report(span, 0.95, message, Some(fix));
        }
    }
}

/// The references that follow one another without a gap, what they stand for, and where each begins.
fn run_of(text: &str, at: usize) -> Option<(Span, String, Vec<usize>)> {
    let (mut fixed, mut starts) = (String::new(), Vec::new());
    let mut end = at;
    while text.as_bytes().get(end) == Some(&b'&') {
        let Some((next, c)) = decoded(text, end) else { break };
        fixed.push(c);
        starts.push(end);
        end = next;
    }
    (!starts.is_empty()).then(|| (Span::new(at, end), fixed, starts))
}

/// The first part of a run that was misread before it was written as references.
fn first_misread(cx: &Context<'_>, span: Span) -> Option<Span> {
    let coded = encoding::first_coded_in(cx, span);
    // No byte without a number.
    let numbers = || {
        let all = cx.facts().escapes(cx.prose());
        let near = all[all.partition_point(|e| e.span.end <= span.start)..].iter();
        let mut near = near.take_while(|e| e.span.start < span.end);
        near.find(|e| e.kind == repair::Escape::ByteReferences && e.prose).map(|e| e.span)
    };
    let next = if cx.text()[span.range()].contains('#') { numbers() } else { None };
    coded.into_iter().chain(next).min_by_key(|s| s.start)
}

/// Whether a reference and what stands beside it may be a letter's bytes of UTF-8, read as windows-1252, though nothing
/// says which; or something on the line was.
fn may_be_misread(cx: &Context<'_>, span: Span, fixed: &str) -> bool {
    let text = cx.text();
    let line = near::line(text, span.start);
    if fixed.chars().any(|c| !c.is_ascii() && c.is_alphabetic()) && encoding::first_coded_in(cx, line).is_some() {
        return true;
    }
    let before = near::before(text, span.start).into_iter();
    let after = near::after(text, span.end).filter(|c| *c != '&').or_else(|| Some(decoded(text, span.end)?.1));
    let signs: Vec<char> = before.chain(fixed.chars()).chain(after).collect();
    signs.windows(2).any(|pair| {
        // The first bytes of the letters and signs of Western and Central Europe.
        let lead = matches!(pair[0], 'Â' | 'Ã' | 'Ä' | 'Å' | 'â');
        let sign = !pair[1].is_ascii() && !pair[1].is_alphabetic() && !"»«“”„".contains(pair[1]);
        lead && (sign || matches!(pair[1], 'ƒ' | 'ˆ' | 'Š' | 'š' | 'Œ' | 'œ' | 'Ž' | 'ž' | 'Ÿ' | 'ª' | 'º'))
    })
}

/// Whether a numeric reference without its semicolon touches the beginning: then the one here may be the
/// text's own.
fn is_behind_open(text: &str, span: Span) -> bool {
    let head = &text[..span.start];
    let rest = head.trim_end_matches(|c: char| c.is_ascii_hexdigit());
    rest.len() < head.len() && (rest.ends_with("&#") || rest.ends_with("&#x") || rest.ends_with("&#X"))
}

/// Whether a reference is left over in a plain text, and not shown on purpose.
pub(in crate::check) fn is_leftover(cx: &Context<'_>, span: Span, fixed: &str) -> bool {
    let text = cx.text();
    // In an address only the ampersand and the quotes are escaped; anything else there is a parameter's name.
    let in_address = cx.facts().is_opaque(cx.prose(), span)
        && text[..span.start]
            .rsplit(|c: char| c.is_whitespace())
            .next()
            .is_some_and(|t| t.contains("://") || t.contains("www."));
    (!in_address || fixed.chars().all(|c| "&'\"".contains(c)))
        && (!near::is_mentioned(text, span) || is_quoted_word(text, span, fixed))
        && !is_about_html(text, span)
        && !is_in_table(text, span, fixed)
}

/// Whether quotation marks stand round a whole word whose letters are all references, on a line that has more of them:
/// there the text quotes a word, and says nothing of references.
fn is_quoted_word(text: &str, span: Span, fixed: &str) -> bool {
    let line = line_of(text, span);
    let rest = [&text[line.start..span.start], &text[span.end..line.end.max(span.end)]];
    fixed.chars().count() > 1
        && fixed.chars().all(|c| !c.is_ascii() && !c.is_whitespace())
        && fixed.chars().any(char::is_alphabetic)
        && text[span.range()].matches("&#").count() > 1
        && !near::in_code_marks(text, span)
        && rest.iter().map(|r| r.matches("&#").count()).sum::<usize>() > 2
}

/// Whether a line with few letters sets the reference beside its own character: a table of references.
fn is_in_table(text: &str, span: Span, fixed: &str) -> bool {
    let line = line_of(text, span);
    let rest = [&text[line.start..span.start], &text[span.end..line.end.max(span.end)]];
    let letters = rest.iter().flat_map(|r| r.chars()).filter(|c| c.is_alphabetic()).count();
    letters < 24
        && rest.iter().any(|r| r.split(|c: char| c.is_whitespace() || "|│┃,;:()".contains(c)).any(|t| t == fixed))
}

/// Whether the line talks about references.
fn is_about_html(text: &str, span: Span) -> bool {
    const WORDS: &[&str] = &[
        "html",
        "xml",
        "entity",
        "entities",
        "entité",
        "entidad",
        "entidade",
        "entität",
        "entitäten",
        "entità",
        "escape",
        "escaped",
        "escaping",
        "сущност",
        "мнемоник",
        "encje",
        "encja",
        "entita",
        "实体",
        "實體",
        "実体参照",
        "엔티티",
        "كيان",
    ];
    let line = line_of(text, span);
    if near::names_markup(text, line) {
        return true;
    }
    let folded = text[line.range()].to_lowercase();
    WORDS.iter().any(|w| folded.contains(w))
}

/// A name without its semicolon, not before a `=` and not in an address.
fn bare(cx: &Context<'_>, at: usize, out: &mut Sink) {
    let text = cx.text();
    let body = &text[at + 1..];
    let length = body.bytes().take(12).take_while(u8::is_ascii_alphanumeric).count();
    let name = &body[..length];
    let next = body[length..].chars().next();
    if !BARE.contains(&name) || next.is_some_and(|c| c.is_alphanumeric() || "=_-&[(/.".contains(c)) {
        return;
    }
    let span = Span::new(at, at + 1 + length);
    let Some(c) = named(name) else { return };
    // `a &lt b` in code stands between blanks too; the letters' names do not.
    if cx.facts().is_opaque(cx.prose(), span) || near::is_mentioned(text, span) || is_about_html(text, span) {
        return;
    }
    let message = format!("«&{name}» is how a web page writes «{c}», without its semicolon");
    out.report_as(Severity::Warning, span, 0.9, message, Some(Fix::replace(Safety::Suggested, span, c.to_string())));
}

fn shorten(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Document, Settings, text::Source};

    fn found(format: Format, text: &str) -> Vec<String> {
        let doc = Document::new(Source::from_str(text), format);
        let mut out = Sink::new(&META);
        Entity.run(&Context { doc: &doc, settings: &Settings::default() }, &mut out);
        out.into_findings().iter().map(|f| text[f.span.range()].to_owned()).collect()
    }

    #[test]
    fn pages_show_what_was_escaped_twice() {
        let page =
            "<p title=\"a&amp;eacute;\">Der Fluss&amp;nbsp;ist breit, L&amp;#39;eau &amp;laquo;Non&amp;raquo;</p>";
        let twice = ["&amp;nbsp;", "&amp;#39;", "&amp;laquo;", "&amp;raquo;"];
        assert_eq!(found(Format::Html, page), twice);
        assert_eq!(
            found(Format::Markdown, "| Cr&egrave;me br&amp;ucirc;l&amp;eacute;e |"),
            ["&amp;ucirc;", "&amp;eacute;"]
        );
    }

    #[test]
    fn pages_about_references_are_right() {
        for page in [
            "<p>Tom &amp; Jerry, AT&amp;T, R&amp;D; caf&eacute;</p>",
            "<p>Write <code>x&amp;eacute;</code> or &amp;eacute; for é.</p>",
            "<p>The entity a&amp;nbsp;b of HTML.</p>",
            "<p>if a&amp;lt;b, a&amp;amp;b</p>",
        ] {
            assert_eq!(found(Format::Html, page), [""; 0], "{page}");
        }
    }
}
