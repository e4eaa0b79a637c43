//! How many terminal columns a text takes.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns of a text that went through [`visible`](super::visible()). A control character counts
/// as one column.
pub fn width(s: &str) -> usize {
    s.width()
}

/// Columns of one character; 0 for what has none.
pub fn char_width(c: char) -> usize {
    c.width().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns() {
        assert_eq!(width("héllo"), 5);
        assert_eq!(width("日本"), 4);
        assert_eq!(width("e\u{301}"), 1);
        assert_eq!(char_width('語'), 2);
        assert_eq!(char_width('\u{301}'), 0);
    }
}
