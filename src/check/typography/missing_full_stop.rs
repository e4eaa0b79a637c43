//! A paragraph of several sentences whose last one has no full stop, while all other paragraphs end properly.

use crate::{
    analysis::Signals,
    check::{Check, Context, Example, Meta, Sink},
    finding::{Edit, Fix, Safety, Severity},
    region::{Format, MASK},
    text::Span,
};

pub(super) struct MissingFullStop;

static META: Meta = Meta {
    name: "typography/missing-full-stop",
    since: "0.1.0",
    severity: Severity::Info,
    summary: "paragraph whose last sentence has no full stop",
    why: "The end of the paragraph was lost in copying or never typed. Every other paragraph of the document ends \
          with a mark.",
    when_wrong: "The last line is a heading, a caption or a signature.",
    fix: "Adds the full stop that the other paragraphs end with.",
    needs: Signals::ANY,
    examples: &[
        Example::Bad {
            text: "The village lies at the end of the valley, where the road turns into a path. Few people live there \
                   now, and fewer stay through the winter.\n\
                   In the old days a bus came twice a day, in the morning and in the evening. It carried the post and \
                   the milk, and sometimes a guest.\n\
                   Then the bus stopped coming, and the shop closed its doors for good. The school followed two years \
                   later, as everybody had expected\n\
                   What remains is the church, and a bench in front of it with a view of the lake. On Sundays the old \
                   men still sit there and talk.\n",
            find: &["as everybody had expected"],
            fixed: Some(
                "The village lies at the end of the valley, where the road turns into a path. Few people live there \
                 now, and fewer stay through the winter.\n\
                 In the old days a bus came twice a day, in the morning and in the evening. It carried the post and \
                 the milk, and sometimes a guest.\n\
                 Then the bus stopped coming, and the shop closed its doors for good. The school followed two years \
                 later, as everybody had expected.\n\
                 What remains is the church, and a bench in front of it with a view of the lake. On Sundays the old \
                 men still sit there and talk.\n",
            ),
        },
        Example::Bad {
            text: "Деревня стоит в конце долины, там, где дорога переходит в тропу. Людей здесь осталось мало, и зимой \
                   почти никого нет.\n\
                   Когда-то два раза в день приходил автобус, утром и вечером. Он привозил почту и молоко, а иногда и \
                   гостя из города.\n\
                   Потом автобус перестал ходить, и магазин закрылся навсегда. Школа закрылась через два года, как все \
                   и ожидали\n\
                   Остались церковь и скамейка перед ней с видом на озеро. По воскресеньям старики всё ещё сидят там и \
                   разговаривают.\n",
            find: &["как все и ожидали"],
            fixed: None,
        },
        Example::Good {
            text: "A short note. It has no end\nAnother short note. It has none either\nAnd a third. Nobody minds",
        },
        Example::Good {
            text: "One paragraph alone shows no habit, however long it is and however many sentences it has. \
                   So nothing can be said about its end, which may be a signature or a caption",
        },
        Example::Good { text: "" },
    ],
};

/// Fewer paragraphs than this show no habit.
const LEAST: usize = 4;
/// Shorter lines, in bytes, are headings, captions, list items; in scripts of three bytes a letter they are shorter still.
const LONG: usize = 100;
/// A longer document has room for anything: tables, verse, lists.
const LARGEST: usize = 256 * 1024;

impl Check for MissingFullStop {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let prose = cx.prose();
        // Only where a line is a paragraph: other formats know paragraphs that are not prose.
        if prose.len() > LARGEST || cx.format() != Format::Plain || matches!(cx.lang(), Some("th" | "lo" | "km" | "my"))
        {
            return;
        }
        let mut open: Option<Span> = None;
        let mut marks: Vec<(char, usize)> = Vec::new();
        let mut closed = 0;
        let lines = cx.facts().lines(prose);
        for (number, &line) in lines.iter().enumerate() {
            // A request of roff: the lines of that format are no paragraphs.
            if prose[line.range()].starts_with(".") && prose[line.range()][1..].starts_with(char::is_alphabetic) {
                return;
            }
            if line.len() < LONG {
                continue;
            }
            let part = prose[line.range()].trim_end();
            let core = part.trim_end_matches(['"', '”', '’', '\'', '»', '“', ')', ']', '」', '』', '）', '*', '_']);
            let Some(last) = core.chars().next_back() else { continue };
            if ENDS.contains(last) || last.is_ascii_punctuation() || last == MASK {
                closed += 1;
                match marks.iter_mut().find(|(c, _)| *c == last) {
                    Some((_, n)) => *n += 1,
                    None => marks.push((last, 1)),
                }
            } else if last.is_alphanumeric()
                && sentences(part) >= 2
                && open.is_none()
                && lines.get(number + 1).is_none_or(|n| n.is_empty() || n.len() >= LONG)
            {
                open = Some(Span::new(line.start, line.start + part.len()));
            } else {
                // A second one, or a long line that is no sentence: no habit.
                return;
            }
        }
        let Some(paragraph) = open.filter(|_| closed + 1 >= LEAST) else { return };
        let Some(&(mark, _)) = marks.iter().filter(|(c, _)| STOPS.contains(*c)).max_by_key(|(_, n)| *n) else { return };
        let text = &prose[paragraph.range()];
        let tail = text.rmatch_indices(' ').take(4).last().map_or(0, |(i, _)| i + 1);
        let tail = text[tail..].rfind([',', ';']).map_or(tail, |i| tail + i + 1);
        let tail = tail + (text[tail..].len() - text[tail..].trim_start().len());
        let end = Span::new(paragraph.end, paragraph.end);
        let fix = Fix {
            safety: Safety::Suggested,
            title: format!("add «{mark}»"),
            edits: vec![Edit { span: end, text: mark.to_string() }],
        };
        let message = format!("the last sentence has no full stop; the other {closed} long paragraphs end with a mark");
        out.report(Span::new(paragraph.start + tail, paragraph.end), 0.8, message, Some(fix));
    }
}

/// What ends a sentence in the scripts of the world.
const ENDS: &str = ".!?…:;。！？；：։؟۔।॥።፧᙮།༎၊။។៕᠃᠉⸮‽—–-";
/// Of these, the full stops.
const STOPS: &str = ".。։۔।።།။។᠃";

/// How many sentences a paragraph shows; at least 1.
fn sentences(text: &str) -> usize {
    let mut count = 1;
    for (at, c) in text.char_indices() {
        if STOPS.contains(c) || c == '!' || c == '?' {
            let rest = text[at + c.len_utf8()..].trim_start_matches(['"', '”', '’', '»', '“', ')']);
            let blank = rest.starts_with(' ') || !c.is_ascii();
            let next = rest.trim_start().chars().next();
            if blank && next.is_some_and(|n| n.is_alphabetic() && !n.is_lowercase()) {
                count += 1;
            }
        }
    }
    count
}
