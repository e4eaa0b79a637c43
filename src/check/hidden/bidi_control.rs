//! Embeddings, overrides and isolates that are not closed, close nothing or hold nothing.

use super::near;
use crate::{
    analysis::{Hidden, Signals},
    check::{Check, Context, Example, Meta, Sink},
    finding::{Edit, Fix, Safety, Severity},
    region::Format,
    text::Span,
    unicode::{flag, props, short_name},
};

pub(super) struct BidiControl;

const LRO: char = '\u{202d}';
const RLO: char = '\u{202e}';
const PDF: char = '\u{202c}';
const PDI: char = '\u{2069}';

static META: Meta = Meta {
    name: "hidden/bidi-control",
    since: "0.1.0",
    severity: Severity::Error,
    summary: "unbalanced or empty bidirectional control; an override",
    why: "These characters set the direction of the text between two of them. Without the second one, the rest of the \
          line, and whatever a program puts behind it, may be shown in the wrong order; an override shows letters in \
          another order than programs read them.",
    when_wrong: "The text shows how the characters work: write them as escapes.",
    fix: "Deletes a control that closes nothing and a pair that holds nothing. A control that is not closed is deleted \
          only on request; an override is never touched.",
    needs: Signals::BIDI,
    examples: &[
        Example::Bad {
            text: "الميناء \u{202c}مغلق اليوم.", find: &["\u{202c}"], fixed: Some("الميناء مغلق اليوم.")
        },
        Example::Bad {
            text: "Pasar itu \u{202a}\u{202c}dibuka pagi.",
            find: &["\u{202a}\u{202c}"],
            fixed: Some("Pasar itu dibuka pagi."),
        },
        Example::Bad {
            text: "Il porto \u{202a}resta chiuso.",
            find: &["\u{202a}"],
            fixed: Some("Il porto resta chiuso."),
        },
        Example::Bad { text: "Open the file report\u{202e}txt.exe now.", find: &["\u{202e}"], fixed: None },
        Example::Good { text: "The user \u{2068}מרים\u{2069} wrote to us." },
        Example::Good { text: "اكتب \u{202a}--help\u{202c} لمزيد من المعلومات." },
        Example::Good { text: "\u{2067}هذا \u{2066}GTK+\u{2069} هنا\u{2069}" },
        Example::Good { text: "\u{202b}دو خط\nدر یک بند\u{202c}" },
    ],
};

impl Check for BidiControl {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let text = cx.text();
        let is_control = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let controls: Vec<Hidden> = cx.facts().hidden(text).iter().copied().filter(|h| is_control(h.c)).collect();
        let mut open: Vec<Hidden> = Vec::new();
        let mut end_of_last = 0;
        for h in &controls {
            if ends_paragraph(cx.format(), &text[end_of_last..h.at]) {
                unclosed(cx, &mut open, out);
            }
            end_of_last = h.end();
            if !matches!(h.c, PDF | PDI) {
                open.push(*h);
                continue;
            }
            // An isolate's end also ends the embeddings inside it; an embedding's end reaches no isolate.
            let isolate = |c: char| matches!(c, '\u{2066}'..='\u{2068}');
            let partner = if h.c == PDI {
                open.iter().rposition(|o| isolate(o.c))
            } else {
                open.len().checked_sub(1).filter(|&i| !isolate(open[i].c))
            };
            match partner {
                Some(i) => {
                    let inner = open.split_off(i);
                    pair(cx, &inner[0], h, out);
                    unclosed(cx, &mut inner[1..].to_vec(), out);
                }
                None => {
                    let span = Span::new(h.at, h.end());
                    let message = format!("{}{} closes nothing; delete it", label(h.c), near::place(text, span));
                    out.report(span, 0.95, message, Some(near::delete(Safety::Safe, span)));
                }
            }
        }
        unclosed(cx, &mut open, out);
    }
}

fn label(c: char) -> String {
    format!("{} (U+{:04X})", near::capitalised(&short_name(c)), c as u32)
}

/// Direction ends with the paragraph. Where every line is a message of its own it ends with the line.
fn ends_paragraph(format: Format, between: &str) -> bool {
    let by_line = matches!(format, Format::Json | Format::Properties | Format::Table | Format::Code | Format::Yaml);
    if by_line {
        return between.contains(['\n', '\u{2029}']);
    }
    between.contains('\u{2029}') || between.split('\n').skip(1).any(|line| line.trim_end_matches('\r').is_empty())
}

fn pair(cx: &Context<'_>, opener: &Hidden, closer: &Hidden, out: &mut Sink) {
    let text = cx.text();
    let inside = &text[opener.end()..closer.at];
    let span = Span::new(opener.at, closer.end());
    if inside.chars().all(|c| props(c).any(flag::BIDI_CONTROL)) {
        let message = format!("{} and its end with nothing between them; delete both", label(opener.c));
        let gone = |h: &Hidden| Edit { span: Span::new(h.at, h.end()), text: String::new() };
        let fix =
            Fix { safety: Safety::Safe, title: "delete both".to_owned(), edits: vec![gone(opener), gone(closer)] };
        out.report(span, 0.95, message, Some(fix));
    } else if matches!(opener.c, LRO | RLO) {
        turned_round(opener, out);
    }
}

fn turned_round(opener: &Hidden, out: &mut Sink) {
    let message = format!(
        "{} shows the text behind it in another order than it is stored; nobody types that in prose",
        label(opener.c)
    );
    out.report(Span::new(opener.at, opener.end()), 0.9, message, None);
}

fn unclosed(cx: &Context<'_>, open: &mut Vec<Hidden>, out: &mut Sink) {
    let text = cx.text();
    for h in open.drain(..) {
        if matches!(h.c, LRO | RLO) {
            turned_round(&h, out);
            continue;
        }
        let span = Span::new(h.at, h.end());
        // At the start of a message it gives the whole of it a direction, and the message's end closes it.
        let before = text[..h.at].chars().rev().find(|&c| !props(c).any(flag::BIDI_CONTROL) && c != ' ');
        let whole = before.is_none_or(|c| matches!(c, '\n' | '"' | '\'' | '>' | '=' | ':' | '\t'));
        let message = format!("{}{} is not closed in its paragraph", label(h.c), near::place(text, span));
        let severity = if whole { Severity::Info } else { Severity::Error };
        out.report_as(severity, span, 0.85, message, Some(near::delete(Safety::Suggested, span)));
    }
}
