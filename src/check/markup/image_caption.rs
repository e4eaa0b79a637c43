//! Labels of picture captions and credits, alone on a line or glued to their neighbours.

use super::{
    line_edges::{labelled, may_be_caption},
    near, phrases,
};
use crate::{
    analysis::{Signals, around::boundary_after},
    check::{Check, Context, Example, Meta, Sink},
    finding::{Edit, Fix, Safety, Severity},
    region::Format,
    text::Span,
};
use std::{cell::LazyCell, sync::OnceLock};

/// The check.
pub(super) struct ImageCaption;

static META: Meta = Meta {
    name: "markup/image-caption",
    since: "0.1.0",
    severity: Severity::Error,
    summary: "caption or credit of a picture copied without its picture",
    why: "News pages mark captions and credits for screen readers. Copied as text, the labels stand between the paragraphs or stick to the neighbouring words.",
    when_wrong: "A text about such labels: put them between quotation marks, or silence the line.",
    fix: "Deletes the label, the credit, and the caption that the label introduces; only suggested, since a caption can be worth keeping.",
    needs: Signals::ANY,
    examples: &[
        Example::Bad {
            text: "The harbour was closed at noon.\n\nImage copyright\nReuters\n\nImage caption\n\nBoats wait outside the harbour wall\n\nIt will open again on Friday.",
            find: &["Image copyright\nReuters\n\nImage caption\n\nBoats wait outside the harbour wall"],
            fixed: Some("The harbour was closed at noon.\n\nIt will open again on Friday."),
        },
        Example::Bad {
            text: "The harbour was closed at noon.\n\nMedia captionBoats wait outside the harbour wall\n\nIt will open again on Friday.",
            find: &["Media caption"],
            fixed: Some(
                "The harbour was closed at noon.\n\nBoats wait outside the harbour wall\n\nIt will open again on Friday.",
            ),
        },
        Example::Bad {
            text: "Порт закрыли в полдень.\n\nПодпись к фото\n\nСуда ждут за молом\n\nОткроют его в пятницу.",
            find: &["Подпись к фото\n\nСуда ждут за молом"],
            fixed: Some("Порт закрыли в полдень.\n\nОткроют его в пятницу."),
        },
        Example::Bad {
            text: "Boats wait outside the harbour wall in AlderportImage copyright\nAFP\n\nIt will open again on Friday.",
            find: &["Boats wait outside the harbour wall in AlderportImage copyright\nAFP"],
            fixed: Some("It will open again on Friday."),
        },
        Example::Bad {
            text: "Der Hafen war am Mittag für zwei Stunden gesperrt, sagte der Hafenmeister.\n\nFoto: Archiv\n",
            find: &["Foto: Archiv"],
            fixed: Some("Der Hafen war am Mittag für zwei Stunden gesperrt, sagte der Hafenmeister.\n"),
        },
        Example::Bad {
            text: "Мост закрыли на два дня, сообщили в мэрии города в среду утром. Объезд идёт через мельницу.\n\nМост вечером. Фото: ТАСС\n\nДвижение откроют в пятницу.",
            find: &["Фото: ТАСС"],
            fixed: Some(
                "Мост закрыли на два дня, сообщили в мэрии города в среду утром. Объезд идёт через мельницу.\n\nМост вечером.\n\nДвижение откроют в пятницу.",
            ),
        },
        Example::Good {
            text: "Name: Anna Berg\nFoto: Anna Berg\nAlter: 34\n\nSie wohnt seit vier Jahren in der Stadt und arbeitet im Archiv am alten Hafen.",
        },
        Example::Good {
            text: "The word for it in German is simple: Foto: a picture taken with a camera, as it stands in every archive.",
        },
        Example::Good {
            text: "Image caption generation is a task for machines, and image copyright is a matter for lawyers.",
        },
        Example::Good { text: "Reuters\n\nThe agency was founded in London. Getty Images came later, in Seattle." },
        Example::Good { text: "Who owns the image? The photo credit should name the author. That is the law." },
        Example::Good {
            text: "Автор фото неизвестен, но подпись к фото сохранилась в архиве."
        },
    ],
};

struct Found {
    /// The label in its line.
    span: Span,
    source: bool,
    glued_before: bool,
    /// Whether words follow on the same line.
    follows: bool,
}

impl Check for ImageCaption {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn formats(&self) -> &'static [Format] {
        &[Format::Plain, Format::Markdown]
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let text = cx.text();
        let lines = cx.facts().lines(text);
        let signals = cx.facts().signals(text).all();
        // Polish and Lithuanian abbreviate: «fot. Jan Nowak». Both have letters of Latin Extended-A in every few words.
        let mut short = Vec::new();
        let blocks = if has_extended(text) { cx.blocks(Signals::LATIN) } else { Default::default() };
        for block in blocks {
            let part = &text.as_bytes()[block.range()];
            for (end, word) in ["ot. ", "otr. "].into_iter().enumerate() {
                short.extend(memchr::memmem::find_iter(part, word).map(|at| (block.start + at + 2 + end, 1)));
            }
        }
        // Once for a text, not for each of its credits.
        let pictured = LazyCell::new(|| has_picture(text));
        let running = LazyCell::new(|| has_prose(text, lines));
        for (at, width) in near::colons(text, signals.intersects(Signals::WIDTH_FORM)).chain(short) {
            let Some(credit) = credit(text, lines, at, width).filter(|_| *running) else { continue };
            if cx.format() != Format::Plain && (*pictured || cx.prose()[credit.range()] != text[credit.range()]) {
                continue;
            }
            let edits = vec![Edit { span: near::deletion(text, credit), text: String::new() }];
            let fix = Fix { safety: Safety::Suggested, title: "delete it".into(), edits };
            let message = "credit of a picture, copied from a page without the picture";
            out.report_as(Severity::Warning, credit, 0.85, message, Some(fix));
        }
        let mut next = 0;
        for i in labelled(cx.facts(), text).iter().map(|i| *i as usize) {
            if i >= next
                && let Some(found) = label(text, lines[i])
            {
                next = group(text, lines, i, &found, out).max(i) + 1;
            }
        }
    }
}

/// Whether letters of Latin Extended-A are more than those of a name here and there.
fn has_extended(text: &str) -> bool {
    let few = text.len() / 2048;
    memchr::memchr2_iter(0xC4, 0xC5, text.as_bytes()).take(few + 1).count() > few
}

/// Whether a Markdown text has pictures that a credit may belong to.
fn has_picture(text: &str) -> bool {
    text.contains("![") || text.contains("<img") || text.contains("<figure")
}

/// Whether a text has a line of prose: a list of labels and values has none.
fn has_prose(text: &str, lines: &[Span]) -> bool {
    let ends = ['.', '!', '?', '。', '।', '؟', '”', '"', '»'];
    lines.iter().any(|l| l.len() > 60 && text[l.range()].trim_end().ends_with(ends))
}

/// The credit that a line is (`Foto: Archiv`), or that a caption ends with (`The harbour in May. Foto: dpa`), by its colon.
fn credit(text: &str, lines: &[Span], colon: usize, width: usize) -> Option<Span> {
    const FAR: usize = 72;
    const LONGEST: usize = 260;
    if !phrases::may_be_photo_label(text, colon) {
        return None;
    }
    let bytes = text.as_bytes();
    let behind = bytes.get(colon + width..bytes.len().min(colon + width + FAR))?;
    let end = match memchr::memchr(b'\n', behind) {
        Some(end) => colon + width + end,
        None if behind.len() < FAR => bytes.len(),
        None => return None,
    };
    let edge = boundary_after(text, colon.saturating_sub(FAR / 2));
    let label = text[edge..colon].trim_end().rsplit([' ', '(', '[', '\t', '*', '_', '.', '。', '（', '\n']).next()?;
    let at = lines.partition_point(|l| l.end < end.min(colon)).min(lines.len().saturating_sub(1));
    let line = *lines.get(at)?;
    let part = &text[line.range()];
    if part.len() < 8 || part.len() > LONGEST || line.start > colon || end < line.start {
        return None;
    }
    let (before, after) = (&text[line.start..colon], &text[colon + width..line.end.max(colon + width)]);
    let whole = before.trim_matches(|c: char| c.is_whitespace() || "([*_-–—•".contains(c));
    let is_whole = phrases::is_photo_label(whole);
    if !is_whole && !phrases::is_photo_label(label) {
        return None;
    }
    let value = after.trim_end_matches(|c: char| c.is_whitespace() || ")].*_".contains(c));
    let credit = phrases::credit(value)?;
    let start = match is_whole {
        true => line.start + (part.len() - part.trim_start().len()),
        false => {
            let start = line.start + before.trim_end().len() - label.len();
            if text[..start].ends_with(['(', '[', '（']) {
                start - text[..start].chars().next_back()?.len_utf8()
            } else {
                start
            }
        }
    };
    let blank = |i: Option<usize>| i.and_then(|i| lines.get(i)).is_none_or(|l| text[l.range()].trim().is_empty());
    let alone = blank(at.checked_sub(1)) && blank(Some(at + 1));
    let bracketed = text[start..].starts_with(['(', '[', '（']);
    let sure = match (credit, is_whole) {
        (phrases::Credit::Known, true) => true,
        // Behind other words: a caption, or the last words of a paragraph.
        (phrases::Credit::Known, false) => {
            bracketed
                || before
                    .trim_end()
                    .trim_end_matches(label)
                    .trim_end()
                    .ends_with(['.', '!', '?', '…', '。', '”', '"', '»'])
        }
        (phrases::Credit::Name, true) => alone,
        (phrases::Credit::Name, false) => false,
    };
    sure.then(|| Span::new(start, line.start + part.trim_end().len()))
}

/// The labels by their first and by their last four bytes.
struct Edges {
    /// (edge, label), sorted.
    heads: Vec<([u8; 4], u16)>,
    tails: Vec<([u8; 4], u16)>,
}

fn edges() -> &'static Edges {
    static EDGES: OnceLock<Edges> = OnceLock::new();
    EDGES.get_or_init(|| {
        let mut edges = Edges { heads: Vec::new(), tails: Vec::new() };
        for (number, (label, _)) in (0u16..).zip(phrases::captions()) {
            let (head, tail) = (label.as_bytes(), label.trim_end_matches(CLOSES).as_bytes());
            edges.heads.extend(head.first_chunk::<4>().map(|edge| (*edge, number)));
            edges.tails.extend(tail.last_chunk::<4>().map(|edge| (*edge, number)));
        }
        edges.heads.sort_unstable();
        edges.tails.sort_unstable();
        edges
    })
}

impl Edges {
    /// The numbers of the labels that may begin or end a line with these edges, in their own order.
    fn candidates(&self, head: Option<&[u8; 4]>, tail: Option<&[u8; 4]>) -> Vec<u16> {
        let mut numbers = Vec::new();
        for (list, edge) in [(&self.heads, head), (&self.tails, tail)] {
            let Some(edge) = edge else { continue };
            let from = list.partition_point(|entry| entry.0 < *edge);
            numbers.extend(list[from..].iter().take_while(|entry| entry.0 == *edge).map(|entry| entry.1));
        }
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }
}

/// What may follow a label.
const CLOSES: [char; 5] = [':', ',', '،', '，', ' '];

/// The label that a line begins or ends with.
fn label(text: &str, line: Span) -> Option<Found> {
    let whole = &text[line.range()];
    let part = whole.trim();
    let body = part.trim_end_matches(CLOSES);
    if !may_be_caption(part, body) {
        return None;
    }
    let labels = edges().candidates(part.as_bytes().first_chunk::<4>(), body.as_bytes().last_chunk::<4>());
    if labels.is_empty() {
        return None;
    }
    let start = line.start + (whole.len() - whole.trim_start().len());
    for &(label, source) in labels.iter().filter_map(|number| phrases::captions().get(usize::from(*number))) {
        if let Some(rest) = part.strip_prefix(label) {
            let span = Span::new(start, start + label.len());
            let bare = rest.trim_start_matches(CLOSES);
            let glued =
                rest.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || "“\"«‘".contains(c));
            // Behind a Latin label a comma goes on with a sentence: «Image source, you must …».
            let spaced = rest.starts_with([':', '،', '，'])
                || rest.starts_with(',') && !label.is_ascii()
                || label.ends_with([',', '،', '，']);
            let whole = bare.is_empty();
            let credited = source && !bare.is_empty() && phrases::is_agency(bare);
            // In writing without capitals a label followed by words is told by its comma only.
            if whole
                || glued
                || credited
                || (spaced && !near::is_mentioned(text, span) && !rest.ends_with(['.', '!', '?', '。']))
            {
                return Some(Found { span, source, glued_before: false, follows: !whole });
            }
            return None;
        }
        if let Some(head) = body.strip_suffix(label.trim_end_matches([',', '،', '，'])) {
            // Glued to a word or a stop, and beginning with a capital: `AlderportImage copyright`.
            let glued = head
                .chars()
                .next_back()
                .is_some_and(|c| c.is_lowercase() || c.is_ascii_digit() || ".!?”\"»)’".contains(c));
            if glued && label.chars().next().is_some_and(char::is_uppercase) {
                let at = start + head.len();
                return Some(Found {
                    span: Span::new(at, start + body.len()),
                    source,
                    glued_before: true,
                    follows: false,
                });
            }
        }
    }
    None
}

/// A label with what belongs to it: the credit below a source label, the words below a caption label, and the next label
/// that follows them. The number of the last line.
fn group(text: &str, lines: &[Span], at: usize, found: &Found, out: &mut Sink) -> usize {
    let line = |i: usize| text[lines[i].range()].trim();
    let next = |i: usize| (i + 1..lines.len()).take(3).find(|&j| !line(j).is_empty());
    let message = |what: &str| format!("{what} copied from a page without the picture");
    if found.follows && !found.source {
        // The words after the label are the caption: it may stay, the label may not.
        let span = found.span;
        let mut end = span.end;
        while text[end..].starts_with([':', ',', ' ', '，', '،']) {
            end += text[end..].chars().next().map_or(1, char::len_utf8);
        }
        let edit = Edit { span: Span::new(span.start, end), text: String::new() };
        let fix = Fix { safety: Safety::Suggested, title: "delete the label".into(), edits: vec![edit] };
        out.report(span, 0.95, message("this is the label of a picture's caption,"), Some(fix));
        return at;
    }
    let mut start = found.span.start;
    if found.glued_before {
        let head = &text[lines[at].start..found.span.start];
        // What the label is glued to describes the picture, unless it is a sentence of the text.
        let ends = head.trim_end_matches(|c: char| "\"'”’»)".contains(c)).ends_with(['.', '!', '?', '…']);
        if !ends && head.split_whitespace().count() <= 40 {
            start = lines[at].start + (head.len() - head.trim_start().len());
        }
    }
    let mut last = at;
    let mut source = found.source;
    let mut label_again = false;
    for _ in 0..8 {
        let Some(j) = next(last) else { break };
        if let Some(more) = label(text, lines[j]).filter(|l| !l.glued_before && (!l.follows || l.source)) {
            last = j;
            source = more.source;
            label_again = false;
            continue;
        }
        if label_again {
            break;
        }
        let words = line(j).split_whitespace().count();
        let ends = line(j)
            .trim_end_matches(|c: char| "\"'”’»)".contains(c))
            .ends_with(['.', '!', '?', '…', '。', '।', '؟', ':']);
        let belongs = if source {
            phrases::is_agency(line(j)) || (j == last + 1 && words <= 4 && !ends)
        } else {
            !ends && words <= 45
        };
        if !belongs {
            break;
        }
        last = j;
        label_again = true;
    }
    let end = lines[last].start + text[lines[last].range()].trim_end().len();
    let end = if last == at { found.span.end.max(end) } else { end };
    let span = Span::new(start, end);
    let glued = start == found.span.start && found.glued_before;
    let cut = if glued { span } else { near::deletion(text, span) };
    let fix = Fix {
        safety: Safety::Suggested,
        title: "delete it".into(),
        edits: vec![Edit { span: cut, text: String::new() }],
    };
    out.report(span, 0.95, message("caption or credit of a picture,"), Some(fix));
    last
}
