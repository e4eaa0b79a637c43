//! UTF-8 that was read through another decoder.

use super::coded::{self, Coded};
use crate::{
    analysis::{
        Signals,
        around::{boundary_after, char_after, char_before, line_of},
    },
    check::{Check, Context, Example, Meta, Sink, script::are_of_one_language},
    finding::{Fix, Safety, Severity},
    region::{Format, MASK},
    repair::{Chain, Repair},
    text::Span,
};

static META: Meta = Meta {
    name: "encoding/mojibake",
    since: "0.1.0",
    severity: Severity::Error,
    summary: "text in UTF-8 that was read as another encoding",
    why: "A program read UTF-8 bytes with the wrong decoder and saved what it saw. Every letter beyond ASCII became \
          two or more strange characters; names and words can no longer be read or searched.",
    when_wrong: "The text shows such characters on purpose: a table of encodings, an article about them, a test. \
                 A file that shows the work of several decoders is taken as such, and one finding says so.",
    fix: "Puts the original characters back. Safe where the repair is the only good reading, and reading it wrongly \
          again gives exactly the damaged text; where a byte was lost, U+FFFD stays in its place.",
    needs: Signals::NON_ASCII.or(Signals::BACKSLASH).or(Signals::AMPERSAND),
    examples: &[
        Example::Bad {
            text: "Le cafÃ© est dÃ©jÃ\u{a0} fermÃ©.",
            find: &["Ã©", "Ã©jÃ\u{a0}", "Ã©"],
            fixed: Some("Le café est déjà fermé."),
        },
        Example::Bad {
            text: "РџРѕРіРѕРґР°", find: &["РџРѕРіРѕРґР°"], fixed: Some("Погода")
        },
        Example::Bad {
            text: "zpÄ›t na domovskou strÃ¡nku",
            find: &["Ä›", "Ã¡"],
            fixed: Some("zpět na domovskou stránku"),
        },
        Example::Good { text: "Від нього, ÅØ, MÅ², qu’à" },
        Example::Good { text: "ATTIVITÀ¶ und LIBERTÀ®" },
    ],
};

/// The check.
pub(super) struct Mojibake;

impl Check for Mojibake {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        report(cx, out, true);
    }
}

/// Reports the repairs of one kind: of UTF-8, or of anything else.
pub(super) fn report(cx: &Context<'_>, out: &mut Sink, utf8: bool) {
    let text = cx.text();
    let all = cx.facts().repairs(text, || cx.lang());
    // Lines that hold such damage in escapes are read as a reader of the format reads them.
    let coded = coded::coded(cx);
    if utf8 {
        report_coded(coded, out);
    }
    let is_coded = |span: Span| {
        let next = coded.partition_point(|c| c.line.end <= span.start);
        coded.get(next).is_some_and(|c| c.line.overlaps(span))
    };
    let mine = || all.iter().filter(|r| r.chain.is_utf8() == utf8);
    if let Some(first) = mine().next()
        && on_purpose(text, all)
    {
        let count = all.len();
        let message = format!(
            "The file shows the work of several wrong decoders in {count} places, so it shows them on purpose; nothing else \
             is said about them"
        );
        out.report_as(Severity::Info, first.span, 0.5, message, None);
        return;
    }
    let tally = Tally::of(text, all);
    // Lines in UTF-8 that the rest of the file is not in: read anew they lose nothing, repaired they would.
    // Repairs and stretches stand in order: each is looked up, not searched for.
    let lossy = |span: Span| {
        let from = all.partition_point(|r| r.span.start < span.start);
        let mut inside = all[from..].iter().take_while(|r| r.span.start < span.end);
        inside.any(|r| r.lossy > 0 && span.contains(r.span))
    };
    let stretches = if all.iter().any(|r| r.lossy > 0) { cx.doc.source.mixed() } else { &[] };
    let torn: Vec<Span> = stretches.iter().map(|s| s.span).filter(|s| lossy(*s)).collect();
    for r in mine().filter(|r| !is_coded(r.span)) {
        let damaged = text.get(r.span.range()).unwrap_or_default();
        if r.text == damaged {
            let message = format!(
                "«{}» is what is left of {}; the bytes that are missing are lost for good",
                short(damaged),
                r.chain
            );
            out.report_as(Severity::Warning, r.span, r.confidence, message, None);
            continue;
        }
        // Nothing but controls that should be quotation marks: the family `hidden` says that better.
        if only_controls(damaged, &r.text) {
            continue;
        }
        let is_torn = || torn.get(torn.partition_point(|s| s.end < r.span.end)).is_some_and(|s| s.contains(r.span));
        let at = all.partition_point(|o| o.line < r.line);
        // What is shown on purpose is all that the line has; half a repair is worse than none.
        let all_cited = || all[at..].iter().take_while(|o| o.line == r.line).all(|o| is_cited(text, o));
        if utf8 && (is_cited(text, r) && all_cited() || is_torn()) {
            continue;
        }
        // One character alone in a line of code, or in a key, is shown on purpose as often as not.
        let alone = || all.get(at + 1).is_none_or(|o| o.line != r.line) && r.text.chars().nth(1).is_none();
        let is_key = || {
            matches!(cx.format(), Format::Json | Format::Properties | Format::Yaml)
                && cx.prose().get(r.span.range()).is_some_and(|p| p.starts_with(MASK))
        };
        if utf8 && alone() && (cx.doc.is_code(r.span) || is_key()) {
            continue;
        }
        // Between legacy encodings only letters bear witness: one odd sign is no proof, and a few letters are no promise.
        let (count, letters) = tally.line(r);
        if !utf8 && count < 3 && !letters && r.confidence < 0.9 {
            continue;
        }
        // All that one decoder did to the file is proven together, or it takes more: half a repair is worse than none.
        let sure = || tally.chain(r) >= 4 || r.confidence >= 0.8;
        let safe = r.safe && (utf8 || sure() && !leaves_controls(text, r, all));
        let safety = if safe { Safety::Safe } else { Safety::Suggested };
        // A guess between legacy pages that is hardly better than even is no alarm.
        // Nor is one where the letters as they stand are all some language's own: no model knows every language.
        let guess = !utf8 && !safe && (r.confidence < 0.7 || !r.backed && is_possible(text, r));
        let severity = if safe {
            out.severity()
        } else if guess {
            Severity::Info
        } else {
            Severity::Warning
        };
        let lost = lost(r.lossy);
        // Every question mark for a byte is damage of its own, which stays when the rest is repaired.
        let asked = damaged.match_indices('?').filter(|(at, _)| damaged[..*at].ends_with(|c: char| !c.is_ascii()));
        for (at, mark) in asked.take(r.lossy as usize) {
            let span = Span::new(r.span.start + at, r.span.start + at + mark.len());
            out.report_as(severity, span, r.confidence, "A question mark stands where a byte was lost", None);
        }
        let message = format!("«{}» is {}; write «{}»{lost}", short(damaged), r.chain, short(&r.text));
        out.report_as(severity, r.span, r.confidence, message, Some(Fix::replace(safety, r.span, r.text.clone())));
    }
}

fn report_coded(coded: &[Coded], out: &mut Sink) {
    for c in coded {
        let (safety, severity) =
            if c.safe { (Safety::Safe, out.severity()) } else { (Safety::Suggested, Severity::Warning) };
        let then = if c.leftover { ", then written as character references" } else { "" };
        let (shown, meant, lost) = (short(&c.shown), short(&c.meant), lost(c.lossy));
        let message = format!("«{shown}» is {}{then}; write «{meant}»{lost}", c.chain);
        out.report_as(severity, c.span, c.confidence, message, Some(Fix::replace(safety, c.span, c.text.clone())));
    }
}

/// How much is gone, for the end of a message.
fn lost(count: u32) -> String {
    match count {
        0 => String::new(),
        1 => "; one character is lost for good".to_owned(),
        n => format!("; {n} characters are lost for good"),
    }
}

/// «signs like “Ã©” mean a wrong encoding»: one letter's bytes and nothing else between quotation marks are shown.
fn is_cited(text: &str, repair: &Repair) -> bool {
    let quote = |c: Option<char>| c.is_some_and(|c| crate::unicode::props(c).any(crate::unicode::flag::QUOTATION));
    let blank = [' ', '\u{a0}', '\u{202f}'];
    let (left, right) = (&text[..repair.span.start], &text[repair.span.end..]);
    text[repair.span.range()].chars().count() <= 3
        && repair.text.chars().count() == 1
        && quote(right.trim_start_matches(blank).chars().next())
        && (quote(left.trim_end_matches(blank).chars().next_back()) || left.is_empty() || left.ends_with(blank))
}

/// Whether controls are left on the line of a repair: then more of it is damaged than what is repaired.
fn leaves_controls(text: &str, repair: &Repair, all: &[Repair]) -> bool {
    let line = line_of(text, repair.span);
    let control = |c: char| matches!(c, '\u{80}'..='\u{9F}');
    let mut places = text.get(line.range()).unwrap_or_default().match_indices(control).map(|(at, _)| line.start + at);
    places.any(|at| {
        let next = all.partition_point(|r| r.span.end <= at);
        all.get(next).is_none_or(|r| at < r.span.start)
    })
}

/// Whether what would be repaired are letters, and all letters of the line are in the alphabet of one language.
fn is_possible(text: &str, repair: &Repair) -> bool {
    let damaged = text.get(repair.span.range()).unwrap_or_default();
    let letters = damaged.chars().filter(|c| !c.is_ascii()).all(|c| c.is_alphabetic() && !matches!(c, 'ª' | 'º'));
    letters && are_of_one_language(text.get(line_of(text, repair.span).range()).unwrap_or_default())
}

/// How much each decoder changed, in the file and in each line.
struct Tally<'r> {
    chains: Vec<(&'r Chain, usize)>,
    /// By the start of the line: changed characters, and whether letters are among them.
    lines: Vec<(usize, usize, bool)>,
}

impl<'r> Tally<'r> {
    fn of(text: &str, all: &'r [Repair]) -> Tally<'r> {
        let mut tally = Tally { chains: Vec::new(), lines: Vec::new() };
        for r in all {
            let damaged = text.get(r.span.range()).unwrap_or_default();
            let changed = || damaged.chars().zip(r.text.chars()).filter(|(a, b)| a != b);
            let count = changed().count();
            let letters = changed().any(|(a, _)| a.is_alphabetic());
            match tally.chains.iter_mut().find(|(c, _)| **c == r.chain) {
                Some((_, n)) => *n += count,
                None => tally.chains.push((&r.chain, count)),
            }
            match tally.lines.last_mut() {
                Some((line, n, any)) if *line == r.line => {
                    *n += count;
                    *any |= letters;
                }
                _ => tally.lines.push((r.line, count, letters)),
            }
        }
        tally
    }
    fn line(&self, r: &Repair) -> (usize, bool) {
        let at = self.lines.partition_point(|l| l.0 < r.line);
        self.lines.get(at).filter(|l| l.0 == r.line).map_or((0, false), |l| (l.1, l.2))
    }
    fn chain(&self, r: &Repair) -> usize {
        self.chains.iter().find(|(c, _)| **c == r.chain).map_or(0, |(_, n)| *n)
    }
}

/// Whether a repair makes signs of some C1 controls and changes nothing else. Controls that are letters of a DOS page
/// are a matter for this family: all letters of its line are repaired together.
fn only_controls(damaged: &str, repaired: &str) -> bool {
    let mut changed = damaged.chars().zip(repaired.chars()).filter(|(a, b)| a != b);
    damaged.chars().count() == repaired.chars().count()
        && changed.all(|(a, b)| ('\u{80}'..='\u{9F}').contains(&a) && !b.is_alphabetic())
}

/// A text for a message: the beginning, if it is long.
pub(super) fn short(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// How many bytes before and after a repair are looked through for what it gives.
const NEAR: usize = 4096;

/// Whether a file shows mojibake for its own sake. A file has one history: several decoders in one file, none of them
/// in the majority, are examples; so is damage that stands beside what it was.
pub(super) fn on_purpose(text: &str, all: &[Repair]) -> bool {
    let mut chains: Vec<(&Repair, usize)> = Vec::new();
    let mut beside = 0;
    for r in all {
        match chains.iter_mut().find(|(c, _)| c.chain == r.chain) {
            Some((_, n)) => *n += 1,
            None => chains.push((r, 1)),
        }
        // What stands far away in a file of one line is not beside it.
        let near = boundary_after(text, r.span.start.saturating_sub(NEAR));
        let far = boundary_after(text, r.span.end + NEAR);
        let before = text.get(near..r.span.start).unwrap_or_default();
        let before = before.rsplit('\n').next().unwrap_or_default();
        let after = text.get(r.span.end..far).unwrap_or_default();
        let after = after.split('\n').next().unwrap_or_default();
        let good = r.text.trim();
        // A single letter counts where both stand alone, as in a table.
        let whole = good.chars().count() > 1 || stands_alone(text, r.span);
        let there = |part: &str| {
            part.match_indices(good)
                .any(|(at, t)| good.chars().count() > 1 || stands_alone(part, Span::new(at, at + t.len())))
        };
        beside += usize::from(whole && !good.is_empty() && (there(before) || there(after)));
    }
    let most = chains.iter().map(|(_, n)| *n).max().unwrap_or(0);
    chains.len() >= 4 && most * 2 <= all.len()
        || beside >= 3 && beside * 3 >= all.len()
        || beside >= 2 && beside == all.len()
}

/// Whether neither a letter nor a digit touches a stretch.
fn stands_alone(text: &str, span: Span) -> bool {
    ![char_before(text, span.start), char_after(text, span.end)].into_iter().flatten().any(char::is_alphanumeric)
}
