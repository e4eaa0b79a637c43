//! The messages of a gettext catalogue, each with its translations.

use crate::text::Span;

/// A message that has a translation and is not marked as fuzzy.
#[derive(Default)]
pub(super) struct Message {
    /// What a program's own text is, escapes and all; the plural is empty where there is none.
    pub(super) source: String,
    pub(super) plural: String,
    /// The translations, more than one for a message with a plural.
    pub(super) targets: Vec<Target>,
    /// Whether a flag says that it has placeholders (`c-format`).
    pub(super) has_format: bool,
    is_fuzzy: bool,
}

/// A translation: its text as it stands between the quotation marks of its lines, and where each of these begins, in the
/// text and in the file.
#[derive(Default)]
pub(super) struct Target {
    pub(super) text: String,
    parts: Vec<(usize, usize)>,
}

impl Target {
    fn push(&mut self, part: &str, at: usize) {
        self.parts.push((self.text.len(), at));
        self.text.push_str(part);
    }
    /// Where a part of the text stands in the file.
    pub(super) fn place(&self, span: Span) -> Span {
        let at = |offset: usize, inside: bool| {
            let holds = |part: &&(usize, usize)| if inside { part.0 < offset } else { part.0 <= offset };
            self.parts.iter().rev().find(holds).map_or(0, |(own, file)| file + (offset - own))
        };
        Span::new(at(span.start, false), at(span.end, true))
    }
}

/// What the strings of the next lines belong to.
enum Field {
    None,
    Source,
    Plural,
    Target,
}

/// The messages of a catalogue, the header first: its source is empty.
pub(super) fn messages(text: &str) -> Vec<Message> {
    let mut all = Vec::new();
    let (mut message, mut field) = (Message::default(), Field::None);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        let trimmed = line.trim();
        if let Some(comment) = trimmed.strip_prefix('#') {
            if matches!(field, Field::Target) {
                close(&mut message, &mut all);
                field = Field::None;
            }
            if let Some(flags) = comment.strip_prefix(',') {
                message.is_fuzzy |= flags.contains("fuzzy");
                message.has_format |= flags.contains("-format") && !flags.contains("no-");
            }
            continue;
        }
        let Some((open, close_at)) = trimmed.find('"').zip(trimmed.rfind('"')).filter(|(a, b)| a < b) else { continue };
        match trimmed[..open].trim_end() {
            "" => {}
            "msgid" => {
                if matches!(field, Field::Target) {
                    close(&mut message, &mut all);
                }
                field = Field::Source;
            }
            "msgid_plural" => field = Field::Plural,
            "msgctxt" => {
                if matches!(field, Field::Target) {
                    close(&mut message, &mut all);
                }
                field = Field::None;
            }
            keyword if keyword.starts_with("msgstr") => {
                message.targets.push(Target::default());
                field = Field::Target;
            }
            _ => field = Field::None,
        }
        let part = &trimmed[open + 1..close_at];
        let place = at + (line.len() - line.trim_start().len()) + open + 1;
        match field {
            Field::Source => message.source.push_str(part),
            Field::Plural => message.plural.push_str(part),
            Field::Target => {
                if let Some(target) = message.targets.last_mut() {
                    target.push(part, place);
                }
            }
            Field::None => {}
        }
    }
    close(&mut message, &mut all);
    all
}

fn close(message: &mut Message, all: &mut Vec<Message>) {
    let message = std::mem::take(message);
    if !message.is_fuzzy && message.targets.iter().any(|target| !target.text.is_empty()) {
        all.push(message);
    }
}

/// The language of a catalogue, by its header.
pub(super) fn language(messages: &[Message]) -> Option<&str> {
    let header = messages.first().filter(|message| message.source.is_empty())?;
    let (_, rest) = header.targets.first()?.text.split_once("Language: ")?;
    rest.split(['\\', '-', '_', '@', ' ']).next().filter(|tag| !tag.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_and_their_places() {
        let text = "msgid \"\"\nmsgstr \"\"\n\"Language: de_AT\\n\"\n\n#, c-format\nmsgid \"\"\n\"one \"\n\"%s\"\nmsgstr \"\"\n\"eins \"\n\"%s\"\n\n\
                    #, fuzzy\nmsgid \"two\"\nmsgstr \"zwo\"\n\n#~ msgid \"old\"\n#~ msgstr \"alt\"\n\nmsgid \"%d b\"\nmsgid_plural \"%d c\"\nmsgstr[0] \"x\"\nmsgstr[1] \"\"\n";
        let all = messages(text);
        assert_eq!(language(&all), Some("de"));
        assert_eq!(all.len(), 3);
        assert_eq!((all[1].source.as_str(), all[1].has_format), ("one %s", true));
        let target = &all[1].targets[0];
        assert_eq!(target.text, "eins %s");
        assert_eq!(&text[target.place(Span::new(5, 7)).range()], "%s");
        assert_eq!(&text[target.place(Span::new(0, 4)).range()], "eins");
        assert_eq!((all[2].plural.as_str(), all[2].targets.len()), ("%d c", 2));
    }
}
