//! Placeholders that are in the source and not in the translation, or the other way round.

use super::catalogue;
use crate::{
    analysis::Signals,
    check::{Check, Context, Example, Meta, Sink},
    finding::{Fix, Safety, Severity},
    region::Format,
    text::Span,
};
use regex::Regex;
use std::sync::OnceLock;

pub(super) struct Placeholders;

static META: Meta = Meta {
    name: "bilingual/placeholders",
    since: "0.1.0",
    severity: Severity::Error,
    summary: "placeholder lost or changed in the translation",
    why: "A program puts values in the place of placeholders. One that is missing, translated or misspelt shows the \
          reader a hole or the placeholder itself; with printf it can crash the program.",
    when_wrong: "A placeholder that the translation does not need: say so where your format has a mark for it.",
    fix: "Puts the source's placeholder in the place of a changed one, where there is exactly one of each.",
    needs: Signals::ANY,
    // Pairs of texts cannot stand in an example; the tests below hold them.
    examples: &[
        Example::Good { text: "Without a source nobody knows whether %s or {name} or ${x} is missing anywhere." },
        Example::Good { text: "Ein Anteil von 50 % steht so in jeder Sprache, und {0} ist hier nur ein Beispiel." },
        Example::Good {
            text: "Файл %(name)s не найден, и это единственное, что здесь написано про файлы."
        },
    ],
};

impl Check for Placeholders {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let text = cx.text();
        if let Some(pair) = &cx.doc.pair {
            compare(&[&pair.source], text, |span| span, out);
        } else if cx.format() == Format::Po {
            // Only what the program's own flag says to have placeholders: a percentage may look like one.
            for message in catalogue::messages(text).iter().filter(|message| message.has_format) {
                for target in &message.targets {
                    let place = |span| target.place(span);
                    match message.plural.as_str() {
                        "" => compare(&[&message.source], &target.text, place, out),
                        plural => compare(&[&message.source, plural], &target.text, place, out),
                    }
                }
            }
        }
    }
}

/// Compares a translation with its source, or with its singular and plural; `place` says where a part of it stands.
fn compare(sources: &[&str], text: &str, place: impl Fn(Span) -> Span, out: &mut Sink) {
    let Some(source) = sources.last().filter(|source| !source.trim().is_empty()) else { return };
    if text.trim().is_empty() {
        return;
    }
    let found = find(text);
    let ours: Vec<&str> = find(source).iter().map(|s| &source[s.range()]).collect();
    let theirs: Vec<&str> = found.iter().map(|s| &text[s.range()]).collect();
    // A translation in another order numbers what the source does not: `%s` and `%1$s`.
    let is_numbered = |placeholders: &[&str]| placeholders.iter().any(|p| p.starts_with('%') && p.contains('$'));
    let by_number = is_numbered(&ours) || is_numbered(&theirs);
    let (our_keys, their_keys) = (keys(&ours, by_number), keys(&theirs, by_number));
    let every: Vec<String> = sources
        .iter()
        .flat_map(|source| keys(&find(source).iter().map(|s| &source[s.range()]).collect::<Vec<_>>(), by_number))
        .collect();
    // A plural form may use a placeholder more or less often than the source.
    let lost: Vec<&str> =
        ours.iter().zip(&our_keys).filter(|(_, key)| !their_keys.contains(key)).map(|(p, _)| *p).collect();
    let lost: Vec<&str> = lost.into_iter().filter(|p| !text.contains(*p)).collect();
    let extra: Vec<Span> =
        found.iter().zip(&their_keys).filter(|(_, key)| !every.contains(key)).map(|(span, _)| *span).collect();
    let extra: Vec<Span> =
        extra.into_iter().filter(|s| !sources.iter().any(|source| source.contains(&text[s.range()]))).collect();
    if let ([one], [changed]) = (lost.as_slice(), extra.as_slice()) {
        let message = format!("the source has «{one}» here; the translation changed it");
        let changed = place(*changed);
        out.report(changed, 0.95, message, Some(Fix::replace(Safety::Suggested, changed, *one)));
        return;
    }
    for span in extra {
        let message = format!("«{}» is not in the source", &text[span.range()]);
        out.report(place(span), 0.85, message, None);
    }
    // The form for one thing often says it in words.
    if !lost.is_empty() && sources.len() == 1 {
        let start = text.len() - text.trim_start().len();
        let span = place(Span::new(start, start + text.trim().len()));
        out.report(span, 0.95, format!("the source's {} is missing here", list(&lost)), None);
    }
}

fn list(lost: &[&str]) -> String {
    lost.iter().map(|p| format!("«{p}»")).collect::<Vec<_>>().join(", ")
}

/// What placeholders mean, for a comparison: blanks inside braces don't count, nor how many digits printf is to show. Where
/// one side numbers those of printf, all of them have numbers.
fn keys(placeholders: &[&str], by_number: bool) -> Vec<String> {
    let mut next = 0;
    let key = |placeholder: &&str| {
        let Some(rest) = placeholder.strip_prefix('%').filter(|rest| !rest.starts_with('(')) else {
            return placeholder.replace(' ', "");
        };
        let (number, rest) = match rest.split_once('$') {
            Some((number, rest)) => (number.parse().unwrap_or(0), rest),
            None => {
                next += 1;
                (next, rest)
            }
        };
        let (flags, precise) = rest.split_once('.').unwrap_or((rest, ""));
        let kind = precise.trim_start_matches(|c: char| c.is_ascii_digit());
        let number = if by_number { number } else { 0 };
        format!("{number}%{}{kind}", flags.replace('I', ""))
    };
    placeholders.iter().map(key).collect()
}

/// The placeholders of a text, without overlaps.
fn find(text: &str) -> Vec<Span> {
    static REGEX: OnceLock<Option<Regex>> = OnceLock::new();
    if memchr::memchr3(b'%', b'{', b'$', text.as_bytes()).is_none() {
        return Vec::new();
    }
    let regex = REGEX.get_or_init(|| {
        Regex::new(concat!(
            r"%(?:[0-9]+\$)?[-+0#I]*(?:[0-9]+|\*)?(?:\.[0-9]+)?(?:hh|h|ll|l|L|z|j|t)?[sdiufFeEgGxXoc@]|%\([A-Za-z_]\w*\)[-+ 0#]*[0-9.]*[sdifr]",
            r"|\{\{ ?[\w.#/^-]+ ?\}\}|\$\{[\w.]+\}|\{ ?\$?[\w.-]+ ?\}|\{\w+, ?(?:plural|select|selectordinal|number|date|time)",
        ))
        .ok()
    });
    let Some(regex) = regex else { return Vec::new() };
    let icu = text.contains(", plural,")
        || text.contains(", select,")
        || text.contains(",plural,")
        || text.contains(",select,");
    let mut spans: Vec<Span> = Vec::new();
    for m in regex.find_iter(text) {
        let part = m.as_str();
        // Branches of a plural are words in braces; only what names an argument counts there.
        let branch = icu && part.starts_with('{') && !part.contains(',');
        // `50% de`: a percentage, no placeholder.
        let percentage = part.starts_with('%')
            && (text[..m.start()].ends_with(|c: char| c.is_ascii_digit())
                || text[m.end()..].starts_with(|c: char| c.is_ascii_alphabetic()));
        if !branch && !percentage {
            spans.push(Span::new(m.start(), m.end()));
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use crate::{Document, Engine, Pair, Settings, region::Format, text::Source};

    fn found(source: &str, target: &str) -> Vec<String> {
        let mut doc = Document::new(Source::from_str(target), Format::Plain);
        doc.pair = Some(Pair { source: source.into(), lang: None });
        let engine = Engine::new(Vec::new()).unwrap();
        let all = engine.check(&doc, &Settings::default());
        all.iter().filter(|f| f.rule == "bilingual/placeholders").map(|f| target[f.span.range()].to_owned()).collect()
    }

    #[test]
    fn lost_and_changed_placeholders() {
        assert_eq!(found("Hello {name}!", "Hallo {Name}!"), ["{Name}"]);
        assert_eq!(found("%s was not found", "wurde nicht gefunden"), ["wurde nicht gefunden"]);
        assert_eq!(found("Copy %1$s to %2$s", "%2$s nach %1$s kopieren"), [""; 0]);
        assert_eq!(found("%d files", "%s Dateien"), ["%s"]);
        assert_eq!(found("%s in %d days", "%2$d jours pour %1$s"), [""; 0]);
        assert_eq!(found("%s in %d days", "%2$s jours pour %1$s"), ["%2$s"]);
        assert_eq!(found("%1$s on %2$s", "%s %s"), [""; 0]);
        assert_eq!(found("%s of %s", "%2$s의 %1$s입니다"), [""; 0]);
        assert_eq!(found("%.250s has %d parts", "%.255s: %Id"), [""; 0]);
        assert_eq!(found("Save ${file}", "${file} speichern, ${datei}"), ["${datei}"]);
    }

    #[test]
    fn messages_of_catalogues() {
        let po = "#, c-format\nmsgid \"%d of %s\"\nmsgstr \"%d von\"\n\n#, python-brace-format\nmsgid \"{file} is open\"\nmsgstr \"{Datei} ist offen\"\n\n\
                  #, c-format\nmsgid \"one file\"\nmsgid_plural \"%d files\"\nmsgstr[0] \"eine Datei\"\nmsgstr[1] \"%d Dateien\"\n\nmsgid \"100% safe\"\nmsgstr \"ganz sicher\"\n";
        let doc = Document::new(Source::from_str(po), Format::Po);
        let all = Engine::new(Vec::new()).unwrap().check(&doc, &Settings::default());
        let found: Vec<_> =
            all.iter().filter(|f| f.rule == "bilingual/placeholders").map(|f| &po[f.span.range()]).collect();
        assert_eq!(found, ["%d von", "{Datei}"]);
    }

    #[test]
    fn what_may_differ() {
        assert_eq!(found("50% done", "50 % fertig"), [""; 0]);
        assert_eq!(found("50% of all", "50% de todos"), [""; 0]);
        assert_eq!(
            found("{n, plural, one {file} other {files}}", "{n, plural, one {файл} few {файла} other {файлов}}"),
            [""; 0]
        );
        assert_eq!(found("%d file", "%d Datei, %d"), [""; 0]);
        assert_eq!(found("no placeholder", "kein Platzhalter"), [""; 0]);
    }
}
