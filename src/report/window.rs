//! The part of a line that is shown round a finding, cut to the width of the terminal, and the change that a fix makes.

use super::line;
use crate::{
    finding::Excerpt,
    unicode::{char_width, width},
};

/// Stands for what was cut off.
const MORE: char = '…';

/// A line round its damaged part, ready to print.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) before: String,
    pub(super) marked: String,
    pub(super) after: String,
}

/// The window of an excerpt in at most `room` columns.
pub(super) fn of(excerpt: &Excerpt, room: usize) -> Window {
    let text = &excerpt.text;
    let (from, to) = excerpt.mark;
    let marked = lines_shown(text.get(from..to).unwrap_or(""));
    let marked = middle_cut(&marked, room * 2 / 3);
    let before = line::readable(text.get(..from).unwrap_or("")).into_owned();
    let after = line::readable(text.get(to..).unwrap_or("").trim_end()).into_owned();
    let (before, lead) = match before.trim_start() {
        trimmed if trimmed.len() < before.len() => (trimmed.to_owned(), false),
        _ => (before, excerpt.cut_before),
    };
    let rest = room.saturating_sub(width(&marked));
    let (b, a) = (width(&before) + usize::from(lead), width(&after) + usize::from(excerpt.cut_after));
    // Each side has half of the room, and what the other leaves.
    let (b_room, a_room) = match (b <= rest / 2, a <= rest / 2) {
        (true, _) => (b, rest - b),
        (false, true) => (rest - a, a),
        (false, false) => (rest / 2, rest - rest / 2),
    };
    Window { before: keep_end(&before, b_room, lead), marked, after: keep_start(&after, a_room, excerpt.cut_after) }
}

/// What a fix changes: the words round it, the old and the new text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) before: String,
    pub(super) old: String,
    pub(super) new: String,
    pub(super) after: String,
}

/// The change in at most `room` columns a line; `None` where the fix reaches beyond the excerpt.
pub(super) fn change(excerpt: &Excerpt, room: usize) -> Option<Change> {
    let (old, new) = (excerpt.text.as_str(), excerpt.fixed.as_deref()?);
    let same = |(a, b): &((usize, char), char)| a.1 == *b;
    let start = old.char_indices().zip(new.chars()).take_while(same).last().map_or(0, |((at, c), _)| at + c.len_utf8());
    let tail = (old.len() - start).min(new.len() - start);
    let end: usize = old
        .chars()
        .rev()
        .zip(new.chars().rev())
        .take_while(|(a, b)| a == b)
        .scan(0, |sum, (c, _)| {
            *sum += c.len_utf8();
            (*sum <= tail).then_some(*sum)
        })
        .last()
        .unwrap_or(0);
    // Whole words are easier to compare than letters.
    let start =
        old[..start].rfind(char::is_whitespace).map_or(0, |i| i + old[i..].chars().next().map_or(1, char::len_utf8));
    let end = old[old.len() - end..].find(char::is_whitespace).map_or(0, |i| end - i);
    let (old_part, new_part) = (old.get(start..old.len() - end)?, new.get(start..new.len() - end)?);
    let each = room * 2 / 3;
    let (old_part, new_part) = (lines_shown(old_part), lines_shown(new_part));
    let (old_part, new_part) = (middle_cut(&old_part, each), middle_cut(&new_part, each));
    let side = (room.saturating_sub(width(&old_part).max(width(&new_part))) / 2).min(24);
    let before = line::readable(&old[..start]);
    let after = line::readable(old[old.len() - end..].trim_end());
    Some(Change {
        before: keep_end(before.trim_start(), side, false),
        old: old_part,
        new: new_part,
        after: keep_start(&after, side, false),
    })
}

/// Damaged text on one line: hidden characters spelled out, line ends as a sign that everybody knows.
fn lines_shown(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.split('\n').map(line::shown).collect::<Vec<_>>().join("⏎")
}

/// The last columns of a text.
fn keep_end(text: &str, room: usize, cut: bool) -> String {
    if width(text) + usize::from(cut) <= room {
        return if cut { format!("{MORE}{text}") } else { text.to_owned() };
    }
    if room == 0 {
        return String::new();
    }
    let mut used = 1;
    let mut start = text.len();
    for (at, c) in text.char_indices().rev() {
        used += char_width(c);
        if used > room {
            break;
        }
        // A mark never loses the letter that it stands on.
        if char_width(c) > 0 {
            start = at;
        }
    }
    format!("{MORE}{}", &text[start..])
}

/// The first columns of a text.
fn keep_start(text: &str, room: usize, cut: bool) -> String {
    if width(text) + usize::from(cut) <= room {
        return if cut { format!("{text}{MORE}") } else { text.to_owned() };
    }
    if room == 0 {
        return String::new();
    }
    let mut used = 1;
    let end = text.char_indices().find(|(_, c)| {
        used += char_width(*c);
        used > room
    });
    format!("{}{MORE}", &text[..end.map_or(text.len(), |(at, _)| at)])
}

/// A text whose middle is left out when it is wider than the room.
fn middle_cut(text: &str, room: usize) -> String {
    let room = room.max(8);
    if width(text) <= room {
        return text.to_owned();
    }
    let head = keep_start(text, room / 2 + 1, false);
    let tail = keep_end(text, room - room / 2, false);
    format!("{head}{}", tail.trim_start_matches(MORE))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excerpt(text: &str, mark: &str, fixed: Option<&str>) -> Excerpt {
        let at = text.find(mark).unwrap();
        Excerpt {
            text: text.into(),
            mark: (at, at + mark.len()),
            cut_before: false,
            cut_after: false,
            fixed: fixed.map(str::to_owned),
        }
    }

    #[test]
    fn cuts_both_sides() {
        let w = of(&excerpt("one two three four five six seven", "four", None), 20);
        assert_eq!((w.before.as_str(), w.marked.as_str(), w.after.as_str()), ("… three ", "four", " five s…"));
        let w = of(&excerpt("日本語日本語X日本語日本語", "X", None), 11);
        assert_eq!((w.before.as_str(), w.after.as_str()), ("…本語", "日本…"));
        let w = of(&excerpt("short X line", "X", None), 80);
        assert_eq!((w.before.as_str(), w.after.as_str()), ("short ", " line"));
    }

    #[test]
    fn changes_whole_words() {
        let c = change(&excerpt("eins zwei drei", "zwei", Some("eins zwo drei")), 60).unwrap();
        assert_eq!(c, Change { before: "eins ".into(), old: "zwei".into(), new: "zwo".into(), after: " drei".into() });
        let c = change(&excerpt("aa", "a", Some("a")), 60).unwrap();
        assert_eq!((c.old.as_str(), c.new.as_str()), ("aa", "a"));
        let c = change(&excerpt("x \u{200b} y", "\u{200b}", Some("x  y")), 60).unwrap();
        assert_eq!((c.old.as_str(), c.new.as_str()), ("<U+200B>", ""));
        let c = change(&excerpt("", "", Some("new")), 60).unwrap();
        assert_eq!(c.new, "new");
    }
}
