//! Signs that a paragraph in another language was meant to be: it is quoted, introduced, signed with its source, labelled,
//! or stands beside its translation.

use crate::{analysis::around::boundary_before, region::MASK, text::Span};

/// Marks that open speech, a quotation or a listing at the start of a line.
const OPENS: &[char] = &['‹', '‘', '‚', '\'', '>', '|', '*', '_', '—', '–'];
const QUOTES: &[char] = &['"', '“', '”', '„', '«', '»', '「', '」', '『', '』', '《', '》'];
const CLOSES: &[char] = &['"', '”', '“', '»', '«', '›', '’', '‘', '」', '』', '》'];

/// Whether a paragraph is marked as somebody's words.
pub(super) fn is_quoted(prose: &str, span: Span) -> bool {
    let text = prose.get(span.range()).unwrap_or_default();
    let above = prose.get(..span.start).unwrap_or_default().trim_end_matches(is_blank);
    text.starts_with(OPENS)
        || text.starts_with(QUOTES) && is_mostly_in_quotes(text)
        || text.ends_with(CLOSES) && is_mostly_in_quotes(text)
        || above.ends_with([':', '：', '﹕', '։'])
        || names_its_source(text)
        || is_signed(prose.get(span.end..).unwrap_or_default())
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == MASK
}

/// Whether at least a third of a text stands between quotation marks, or the first one of it never closes.
fn is_mostly_in_quotes(text: &str) -> bool {
    let (mut inside, mut from) = (0, None);
    for (at, _) in text.match_indices(QUOTES) {
        match from.take() {
            Some(start) => inside += at - start,
            None => from = Some(at),
        }
    }
    inside += from.map_or(0, |start| text.len() - start);
    inside * 3 >= text.len()
}

/// Whether a paragraph ends in a year or a page in brackets, a number of a note, or a dash and a name.
fn names_its_source(text: &str) -> bool {
    const FAR: usize = 120;
    let tail = &text[boundary_before(text, text.len().saturating_sub(FAR))..];
    let tail = tail.trim_end_matches(['.', ' ']);
    for (open, close) in [('(', ')'), ('[', ']'), ('（', '）')] {
        if let Some(inner) = tail.strip_suffix(close).and_then(|t| t.rsplit_once(open)).map(|(_, inner)| inner)
            && inner.chars().any(char::is_numeric)
        {
            return true;
        }
    }
    tail.rsplit_once(['—', '–'])
        .is_some_and(|(before, name)| before.trim_end().ends_with(['.', '!', '?', '…', '。']) && is_name(name))
}

/// Whether the next line is a dash and a name, or a name in brackets.
fn is_signed(below: &str) -> bool {
    let line = below.trim_start_matches(is_blank).lines().next().unwrap_or_default();
    let signed = line.strip_prefix(['—', '–', '―']).or_else(|| line.strip_prefix("--"));
    let bracketed = line.strip_prefix(['(', '（']).and_then(|l| l.trim_end_matches('.').strip_suffix([')', '）']));
    signed.or(bracketed).is_some_and(is_name)
}

/// A few words, the first of which has a capital.
fn is_name(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() <= 60 && text.chars().next().is_some_and(|c| c.is_uppercase()) && !text.ends_with(['!', '?'])
}

/// Whether one text may be the other's translation, as far as its length goes.
pub(super) fn are_alike(a: &str, b: &str) -> bool {
    let (less, more) = (a.len().min(b.len()), a.len().max(b.len()));
    less * 5 >= more * 2
}

/// Whether two neighbours say the same in two languages: most of the [`anchors`] of one stand in the other too, and in none
/// of the paragraphs `around` them.
pub(super) fn are_partners(a: &[&str], b: &[&str], around: &[&str]) -> bool {
    if !a.iter().any(|anchor| b.contains(anchor)) {
        return false;
    }
    let is_own = |anchor: &&&str| around.iter().all(|other| !other.contains(**anchor));
    let ours: Vec<&&str> = a.iter().filter(is_own).collect();
    let theirs: Vec<&&str> = b.iter().filter(is_own).collect();
    let shared = ours.iter().filter(|anchor| theirs.contains(anchor)).count();
    let least = ours.len().min(theirs.len());
    shared >= 2 && shared * 2 >= least || shared == 1 && least == 1 && ours.len().max(theirs.len()) <= 2
}

/// The figures of a paragraph, its words with a capital inside a sentence, and what no sentence has: once each.
pub(super) fn anchors(text: &str) -> Vec<&str> {
    const CODE: [char; 4] = ['/', '_', '@', '.'];
    let mut found: Vec<&str> = Vec::new();
    let mut opens = true;
    for token in text.split(is_blank) {
        // Most words are none.
        if token.starts_with(char::is_lowercase) && token.bytes().all(|b| b >= 0x80 || b.is_ascii_alphanumeric()) {
            opens = token.ends_with('…');
            continue;
        }
        let word = token.trim_matches(|c: char| !c.is_alphanumeric());
        let figure = word.len() > 1 && word.starts_with(|c: char| c.is_ascii_digit());
        let name = !opens && word.chars().count() > 3 && word.starts_with(char::is_uppercase);
        let code = word.contains(CODE) && word.len() > 3;
        if (figure || name || code) && !found.contains(&word) {
            found.push(word);
        }
        opens = token.is_empty() && opens || token.ends_with(['.', '!', '?', ':', '…']);
    }
    found
}

/// The label above a paragraph without its number: a short line that is no sentence.
pub(super) fn label(prose: &str, span: Span) -> Option<String> {
    let above = prose.get(..span.start).unwrap_or_default().trim_end_matches(is_blank);
    let line = above.get(above.rfind('\n').map_or(0, |at| at + 1)..).unwrap_or_default().trim();
    let label: String = line.chars().filter(|c| c.is_alphabetic()).collect();
    (!label.is_empty() && line.chars().count() <= 40 && !line.ends_with(['.', '!', '?', '…', '。', ',', ';']))
        .then_some(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_a_quotation() {
        let quoted = |before: &str, text: &str, after: &str| {
            let prose = format!("{before}{text}{after}");
            is_quoted(&prose, Span::new(before.len(), before.len() + text.len()))
        };
        assert!(quoted("", "«El río no vuelve», dijo.", ""));
        assert!(!quoted("", "«Río» es una palabra que en este pueblo no dice nadie desde hace años.", ""));
        assert!(quoted("He wrote:\n\n", "El río no vuelve.", ""));
        assert!(quoted("", "El río no vuelve (Ruiz 1931, 12).", ""));
        assert!(quoted("", "El río no vuelve. — Ana Ruiz", ""));
        assert!(quoted("", "El río no vuelve.", "\n\n— Ana Ruiz, 1931\n"));
        assert!(!quoted("The house is old.\n\n", "El río no vuelve (nunca).", "\n\nThe garden is large.\n"));
        assert!(!quoted("", "El río – dice Ana – no vuelve.", "\n– the garden\n"));
    }

    #[test]
    fn partners_share_names_and_figures() {
        let en = "The council of Arlen met on 14 March and gave 3,200 crowns to the school.";
        let de = "Der Rat von Arlen tagte am 14. März und gab der Schule 3.200 Kronen.";
        let partners = |a, b, around: &[&str]| are_partners(&anchors(a), &anchors(b), around);
        assert!(partners(en, de, &[]));
        assert!(!partners(en, de, &["On 14 June Arlen was still asleep."]));
        assert!(!partners(en, "Der Fluss Bran führt seit 1950 weniger Wasser als vor dem Bau.", &[]));
        assert!(are_alike(en, de) && !are_alike(en, "Der Rat tagte."));
        assert_eq!(anchors("the file a.out/b, then e.g. arlen… Rat at 14 o'clock. It was"), ["a.out/b", "14"]);
    }

    #[test]
    fn labels() {
        let prose = "Text 1\n\nDas Haus.\n\nEnd of it.\n\nDas Haus.";
        assert_eq!(label(prose, Span::new(8, 17)).as_deref(), Some("Text"));
        assert_eq!(label(prose, Span::new(31, 40)), None);
    }
}
