//! Labels of a picture's credit, and what credits name.

use super::{
    normalise,
    table::{has_end, phrases},
    trimmed,
};

/// Whether the label of a credit may end at a colon.
pub(in crate::check::markup) fn may_be_photo_label(text: &str, colon: usize) -> bool {
    has_end(&phrases().photo_ends, text, colon)
}

/// Whether a word before a colon is the label of a picture's credit.
pub(in crate::check::markup) fn is_photo_label(words: &str) -> bool {
    words.len() <= 40
        && phrases().photos.binary_search(&normalise(trimmed(words).trim_end_matches('.')).as_str()).is_ok()
}

/// What a credit names: an agency, an archive or another source that is known, or else what may be a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check::markup) enum Credit {
    Known,
    Name,
}

/// What stands behind the label of a credit.
pub(in crate::check::markup) fn credit(value: &str) -> Option<Credit> {
    let value = trimmed(value.trim());
    if value.is_empty() || value.len() > 80 {
        return None;
    }
    let p = phrases();
    let folded = normalise(value);
    let is_known = |part: &str| {
        let part = trimmed(part);
        p.origins.binary_search(&part).is_ok() || p.agencies.contains(&part)
    };
    if is_known(&folded) || folded.split(['/', '|', ',', '–']).any(|part| part.len() > 1 && is_known(part)) {
        return Some(Credit::Known);
    }
    // «пресс-служба мэрии», «courtesy of the museum»: the source is named, and whose it is.
    let owned =
        |origin: &str| origin.len() > 8 && folded.strip_prefix(origin).is_some_and(|rest| rest.starts_with(' '));
    if folded.split(' ').count() <= 6 && p.origins.iter().any(|origin| owned(origin)) {
        return Some(Credit::Known);
    }
    let words: Vec<&str> = value.split([' ', '/']).filter(|w| !w.is_empty()).collect();
    let name = |w: &&str| {
        let mut chars = w.chars();
        chars.next().is_some_and(char::is_uppercase)
            && chars.all(|c| c.is_lowercase() || matches!(c, '.' | '-' | '\'' | '’') || c.is_uppercase())
    };
    ((2..=4).contains(&words.len()) && words.iter().all(name)).then_some(Credit::Name)
}

/// Whether a line names nothing but an agency or a picture desk.
pub(in crate::check::markup) fn is_agency(line: &str) -> bool {
    if line.len() > 60 {
        return false;
    }
    let folded = normalise(trimmed(line));
    let known = |part: &str| phrases().agencies.contains(&part.trim());
    known(&folded) || folded.split(['/', '|', ',']).all(|part| known(part) || part.trim().is_empty())
}
