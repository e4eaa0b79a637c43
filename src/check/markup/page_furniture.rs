//! What stands round an article on a page: share buttons, log-in forms, footers, time stamps, lists of further reading.

use super::{
    line_edges, near,
    phrases::{self, Label},
    stamps,
};
use crate::{
    analysis::Signals,
    check::{Check, Context, Example, Meta, Sink},
    finding::{Edit, Fix, Safety, Severity},
    region::Format,
    text::Span,
};

/// The check.
pub(super) struct PageFurniture;

static META: Meta = Meta {
    name: "markup/page-furniture",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "furniture of a web page copied along with the article",
    why: "Whoever copies an article from a page takes along what stands round it: share buttons, log-in forms, copyright notes, time stamps, lists of further reading. None of it belongs to the text.",
    when_wrong: "A text that is about such a page or lists its labels: silence the lines.",
    fix: "Deletes the lines; only suggested, since a byline or a credit may be wanted. A run of lines at the start or the end of the text is one finding.",
    needs: Signals::ANY,
    examples: &[
        Example::Bad {
            text: "The ferry to the island will run every hour from May, the company said on Tuesday.\n\nShare this article\nTweet\nPrint\n",
            find: &["Share this article\nTweet\nPrint"],
            fixed: Some("The ferry to the island will run every hour from May, the company said on Tuesday.\n"),
        },
        Example::Bad {
            text: "Der neue Radweg am Fluss ist seit Montag für alle offen, teilte die Stadt mit.\n\nLesen Sie auch\n\nIm Sommer folgt das zweite Stück bis zur alten Brücke.",
            find: &["Lesen Sie auch"],
            fixed: Some(
                "Der neue Radweg am Fluss ist seit Montag für alle offen, teilte die Stadt mit.\n\nIm Sommer folgt das zweite Stück bis zur alten Brücke.",
            ),
        },
        Example::Bad {
            text: "Мост через реку откроют для машин в начале июня, сообщили в мэрии города.\n\nПоделиться\nКомментарии\nВойти\nЗабыли пароль?\n© 2011-2024 Речные вести. Все права защищены.",
            find: &["Поделиться\nКомментарии\nВойти\nЗабыли пароль?\n© 2011-2024 Речные вести. Все права защищены."],
            fixed: Some("Мост через реку откроют для машин в начале июня, сообщили в мэрии города."),
        },
        Example::Bad {
            text: "Region|transport|May 3, 2019 / 11:20 AM\nFerry to run every hour\n\nThe ferry to the island will run every hour from May, the company said on Tuesday.",
            find: &["Region|transport|May 3, 2019 / 11:20 AM"],
            fixed: Some(
                "Ferry to run every hour\n\nThe ferry to the island will run every hour from May, the company said on Tuesday.",
            ),
        },
        Example::Bad {
            text: "Bron över ån stängs i maj, sade kommunens ordförande på tisdagen.\n\nLäs också: Nya bussar från juni\n",
            find: &["Läs också: Nya bussar från juni"],
            fixed: Some("Bron över ån stängs i maj, sade kommunens ordförande på tisdagen.\n"),
        },
        Example::Good {
            text: "Read more: that was the advice of the old teacher, who had read it all. Read more: www.example.org",
        },
        Example::Good {
            text: "Contact\n\nWrite to the office in Mill Street. It answers on weekdays.\n\nSearch\n\nThe search for the lost dog goes on, and the village helps.",
        },
        Example::Good {
            text: "We asked readers to share this article with friends. Next: the results.\n\nHome\n\nThey all came home late and happy.",
        },
        Example::Good {
            text: "Copyright (c) 1998 The Example Project. All rights reserved.\n\nRedistribution in source and binary forms is permitted.",
        },
        Example::Good {
            text: "Комментарии\n\nСудья отказался от комментариев после заседания, сообщает газета."
        },
        Example::Good {
            text: "Roses are red\nViolets are blue\nHome\nIs where you are\n\nThe poem ends here, and nobody knows who wrote it.",
        },
    ],
};

/// What a line at the head or the tail is.
#[derive(Clone, Copy, PartialEq)]
enum Line {
    Known(Label),
    /// A time stamp or breadcrumb with a date.
    Stamp {
        sure: bool,
    },
    /// Short, and no sentence.
    Short,
    Sentence,
}

impl Line {
    fn label(self) -> Option<Label> {
        match self {
            Line::Known(label) => Some(label),
            Line::Stamp { sure } => Some(Label { kind: "stamp", strong: sure }),
            Line::Short | Line::Sentence => None,
        }
    }
}

/// How many lines at most belong to a head or a tail.
const EDGE: usize = 80;

impl Check for PageFurniture {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn formats(&self) -> &'static [Format] {
        &[Format::Plain, Format::Markdown]
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let text = cx.text();
        let all = cx.facts().lines(text);
        let line = |i: usize| text[all[i].range()].trim();
        let filled = |i: &usize| !line(*i).is_empty();
        let format = cx.format();
        let prose = if format == Format::Plain { text } else { cx.prose() };
        let classify = |i: usize| match line(i) {
            _ if format == Format::Plain => classify(line(i)),
            part if part.starts_with('#') => Line::Short,
            part if is_own(&text[all[i].range()], &prose[all[i].range()]) => classify(part),
            _ => Line::Sentence,
        };
        // From the end upwards, to the last sentence.
        let mut tail: Vec<(usize, Line)> = Vec::new();
        for i in (0..all.len()).rev().filter(filled).take(EDGE) {
            let what = classify(i);
            if what == Line::Sentence {
                break;
            }
            tail.push((i, what));
        }
        tail.reverse();
        let from = tail.first().map_or(all.len(), |(i, _)| *i);
        let mut head: Vec<(usize, Line)> = Vec::new();
        for i in (0..from).filter(filled).take(16) {
            let what = classify(i);
            if what == Line::Sentence {
                break;
            }
            head.push((i, what));
        }
        let until = head.last().map_or(0, |(i, _)| i + 1);
        let is_writers = |i: usize| format != Format::Plain && !is_own(&text[all[i].range()], &prose[all[i].range()]);
        let labelled = line_edges::labelled(cx.facts(), text).iter().map(|i| *i as usize);
        let between = labelled.filter(|i| (until..from).contains(i));
        let mut middle: Vec<(usize, Label)> =
            between.filter_map(|i| Some((i, phrases::whole_or_lead(text, all[i])?))).collect();
        middle.retain(|(i, _)| !is_writers(*i));
        // One such word may be a heading; in capitals, between dashes, or again, it is a page's mark.
        let ads = middle.iter().filter(|(_, l)| l.kind == "ads").count();
        for (i, label) in &mut middle {
            label.strong |= label.kind == "ads" && (ads > 1 || is_shouted(line(*i)));
        }
        let known = |lines: &[(usize, Line)]| lines.iter().any(|(_, l)| l.label().is_some());
        let truncated = [head.first(), tail.last()].into_iter().flatten().any(|(i, _)| is_dots(line(*i)));
        if middle.iter().all(|(_, l)| !l.strong) && !known(&tail) && !known(&head) && !truncated {
            return;
        }
        // A list of labels is no page: somewhere there must be prose.
        if !(0..all.len()).any(|i| is_prose(line(i))) {
            return;
        }
        let cx = Text { text, lines: all };
        cx.tail(&tail, out);
        cx.head(&head, out);
        cx.middle(&middle, out);
        for (i, _) in [head.first(), tail.last()].into_iter().flatten() {
            if is_dots(line(*i)) {
                cx.report(
                    *i,
                    *i,
                    0.85,
                    "this line of dots marks a cut made by a page, not a pause of the writer".into(),
                    out,
                );
            }
        }
    }
}

struct Text<'t> {
    text: &'t str,
    lines: &'t [Span],
}

impl Text<'_> {
    /// Everything from the first known line to the end, if enough of it is known.
    fn tail(&self, tail: &[(usize, Line)], out: &mut Sink) {
        let known: Vec<(usize, Label)> = tail.iter().filter_map(|(i, l)| Some((*i, l.label()?))).collect();
        let (Some(first), Some(last)) = (known.first(), tail.last()) else { return };
        let block = tail.iter().filter(|(i, _)| *i >= first.0).count();
        if known.len() >= 2 && is_enough(&known) && block <= known.len() * 2 + 2 {
            self.block(first.0, last.0, "end", &known, out);
            return;
        }
        self.alone(&known, out);
    }

    /// Runs of known lines before the first sentence. The headline stands among them, so nothing else goes with them.
    fn head(&self, head: &[(usize, Line)], out: &mut Sink) {
        let mut run: Vec<(usize, Label)> = Vec::new();
        for (at, (i, line)) in head.iter().enumerate() {
            if let Some(label) = line.label() {
                run.push((*i, label));
            } else if *line == Line::Short
                && at == 0
                && matches!(head.get(1), Some((_, Line::Stamp { sure: true })))
                && head.get(2).is_some_and(|(_, l)| *l == Line::Short)
                && phrases::trimmed(&self.text[self.lines[*i].range()]).split_whitespace().count() <= 3
            {
                // A section's name above the breadcrumb, when the headline follows below it.
                run.push((*i, Label { kind: "nav", strong: false }));
            } else {
                self.run(&run, out);
                run.clear();
            }
        }
        self.run(&run, out);
    }

    /// Runs of known lines between the paragraphs.
    fn middle(&self, middle: &[(usize, Label)], out: &mut Sink) {
        let blank = |from: usize, to: usize| (from..to).all(|i| self.text[self.lines[i].range()].trim().is_empty());
        let mut run: Vec<(usize, Label)> = Vec::new();
        for &(i, label) in middle {
            if run.last().is_some_and(|(last, _)| !blank(last + 1, i)) {
                self.run(&run, out);
                run.clear();
            }
            run.push((i, label));
        }
        self.run(&run, out);
    }

    fn run(&self, run: &[(usize, Label)], out: &mut Sink) {
        match run {
            [first, .., last] if run.iter().any(|(_, l)| l.strong) && is_enough(run) => {
                self.block(first.0, last.0, "", run, out);
            }
            _ => self.alone(run, out),
        }
    }

    /// Lines that are proof by themselves.
    fn alone(&self, known: &[(usize, Label)], out: &mut Sink) {
        for (i, label) in known {
            if label.strong {
                let what = named(label.kind);
                self.report(
                    *i,
                    *i,
                    0.9,
                    format!("this line is furniture of a web page ({what}), not part of the text"),
                    out,
                );
            } else if label.kind == "stamp" {
                let message = "this line is only a date and a time, as a page prints them above an article".to_owned();
                out.report_as(Severity::Info, self.lines[*i], 0.5, message, None);
            }
        }
    }

    fn block(&self, from: usize, to: usize, place: &str, known: &[(usize, Label)], out: &mut Sink) {
        let mut kinds: Vec<&str> = Vec::new();
        for (_, label) in known {
            if !kinds.contains(&named(label.kind)) {
                kinds.push(named(label.kind));
            }
        }
        kinds.truncate(4);
        let count = (from..=to).filter(|i| !self.text[self.lines[*i].range()].trim().is_empty()).count();
        let lines =
            if place.is_empty() { format!("these {count} lines are") } else { format!("the last {count} lines are") };
        let message = format!("{lines} furniture of a web page ({}), not part of the text", kinds.join(", "));
        self.report(from, to, 0.9, message, out);
    }

    fn report(&self, from: usize, to: usize, confidence: f32, message: String, out: &mut Sink) {
        let (Some(first), Some(last)) = (self.lines.get(from), self.lines.get(to)) else { return };
        let part = &self.text[first.start..last.end];
        let start = first.start + (part.len() - part.trim_start_matches(['\u{feff}', ' ', '\t']).len());
        let span = Span::new(start, last.start + self.text[last.range()].trim_end().len());
        let edits = vec![Edit { span: near::deletion(self.text, span), text: String::new() }];
        out.report(
            span,
            confidence,
            message,
            Some(Fix { safety: Safety::Suggested, title: "delete it".into(), edits }),
        );
    }
}

/// Two points for a line that is proof, one for another: three make a block, of one kind only with a proof among them.
fn is_enough(known: &[(usize, Label)]) -> bool {
    let points: usize = known.iter().map(|(_, l)| if l.strong { 2 } else { 1 }).sum();
    let strong = known.iter().any(|(_, l)| l.strong);
    let kinds = known.iter().any(|(_, l)| l.kind != known[0].1.kind);
    let shared = known.len() >= 3 && known.iter().all(|(_, l)| l.kind == "share");
    points >= if strong { 3 } else { 4 } && (strong || kinds) || shared
}

fn named(kind: &str) -> &str {
    match kind {
        "read-more" => "read-on links",
        "related" => "further reading",
        "share" => "share buttons",
        "comment" => "comments",
        "login" => "log-in form",
        "nav" => "navigation",
        "legal" | "disclaimer" => "legal notes",
        "ads" => "advertising",
        "newsletter" => "newsletter",
        "player" => "media player",
        "meta" => "labels",
        "contact" => "contact",
        "date" | "stamp" => "time stamp",
        "counter" => "counters",
        other => other,
    }
}

/// Whether a line is all capitals, or stands between dashes or brackets.
fn is_shouted(line: &str) -> bool {
    let capitals = line.chars().filter(|c| c.is_uppercase()).count() >= 4 && !line.chars().any(char::is_lowercase);
    capitals || (line.starts_with(['-', '–', '—', '[', '(', '*']) && line.ends_with(['-', '–', '—', ']', ')', '*']))
}

/// Whether nothing of a Markdown line is markup but bold and italic marks: a heading, a link and code are the writer's.
fn is_own(line: &str, prose: &str) -> bool {
    line.bytes().zip(prose.bytes()).all(|(line, prose)| line == prose || b"*_>-+\\".contains(&line))
}

fn classify(line: &str) -> Line {
    let dated = stamps::dated(line);
    if let Some(sure) = dated.then(|| stamps::stamp(line)).flatten() {
        return Line::Stamp { sure };
    }
    if let Some(label) = phrases::edge(line, dated) {
        return Line::Known(label);
    }
    if stamps::is_copyright(line) {
        return Line::Known(Label { kind: "legal", strong: false });
    }
    if stamps::is_contact(line) {
        return Line::Known(Label { kind: "contact", strong: false });
    }
    if ends_sentence(line) || is_long(line) { Line::Sentence } else { Line::Short }
}

fn is_long(line: &str) -> bool {
    line.len() > 100 && (line.chars().count() > 90 || line.split_whitespace().count() > 14)
}

fn ends_sentence(line: &str) -> bool {
    let bare = line.trim_end_matches(|c: char| "\"'”’»)]』」›".contains(c) || c.is_whitespace());
    bare.ends_with(['.', '!', '?', '…', '。', '！', '？', '।', '۔', '؟', '։', '።', '၊', '။', ',', ';', '،', '、', '，'])
        && !is_dots(line)
}

/// A line that only a text has: long, or a sentence of some length.
fn is_prose(line: &str) -> bool {
    (ends_sentence(line) && line.len() >= 40) || line.len() > 160
}

fn is_dots(line: &str) -> bool {
    matches!(line, "..." | "…" | "[...]" | "[…]" | "(...)" | "…." | "....")
}
