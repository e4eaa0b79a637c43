//! Where escapes belong: addresses, paths and assignments.

/// The token round an escape.
pub(super) fn token(line: &str, start: usize, end: usize) -> std::ops::Range<usize> {
    let before = line.get(..start).unwrap_or_default();
    let after = line.get(end..).unwrap_or_default();
    let from = before.rfind([' ', '\t', '"', '\'', '<', '>', '(']).map_or(0, |i| i + 1);
    let to = after.find([' ', '\t', '"', '\'', '<', '>', ')']).map_or(line.len(), |i| end + i);
    from..to
}

/// Whether the token round an escape is an address, a path or an assignment, where escapes belong.
pub(super) fn in_address(line: &str, start: usize, end: usize) -> bool {
    let std::ops::Range { start: from, end: to } = token(line, start, end);
    let token = line.get(from..to).unwrap_or_default();
    // Two words with a stroke between them, one of them beginning with an escape, are no path.
    let escaped = |t: &&str| t.matches('%').count() > 1 && !t.contains('/');
    let in_prose = || line.split([' ', '\t']).filter(escaped).nth(1).is_some();
    let path = || {
        let words = token.trim_end_matches(['.', ',', ';', ':', '!', '?']);
        token.contains("/%")
            && (words.matches('/').count() > 1
                || words.starts_with(['/', '.'])
                || words.starts_with('%') && !in_prose()
                || words.contains(['.', ':', '?', '&', '=', '_', '#'])
                || !line.get(..from).unwrap_or_default().contains('%')
                    && !line.get(to..).unwrap_or_default().contains('%'))
    };
    let windows = token.starts_with("\\\\") || token.get(1..).is_some_and(|t| t.starts_with(":\\"));
    windows
        || token.contains("://")
        || token.starts_with("www.")
        || token.starts_with("mailto:")
        || path()
        || token.contains("=%")
}

#[cfg(test)]
mod tests {
    use super::super::escapes;

    #[test]
    fn a_stroke_between_words_is_no_path_in_a_sentence() {
        let prose = |line| escapes(line).iter().all(|e| e.prose);
        assert!(prose("%D0%B4%D0%B0 %D0%BD%D0%B5%D1%82 %D0%B8/%D0%B8%D0%BB%D0%B8 %D0%BD%D0%B5%D1%82"));
        assert!(!prose("%D0%B4%D0%B0/%D0%B8%D0%BB%D0%B8 stands in the list"));
    }

    #[test]
    fn addresses_are_no_prose() {
        assert!(escapes("see https://example.org/caf%C3%A9").iter().all(|e| !e.prose));
        assert!(escapes("the page /wiki/%E2%80%9Cso%E2%80%9D").iter().all(|e| !e.prose));
    }
}
