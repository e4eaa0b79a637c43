//! Text in XML.

use super::line;

/// Text or an attribute's value: hidden characters spelled out, which also takes care of those that XML forbids.
pub(super) fn escape(text: &str) -> String {
    markup(&line::shown(text))
}

/// The characters that mean something in XML and HTML.
pub(super) fn markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}
