//! JSON in which every hidden character is written as an escape: the same value, safe to print.

use crate::unicode::is_visible_as_is;
use serde::Serialize;
use serde_json::{Serializer, ser::Formatter};
use std::io::{self, Write};

struct Escaping;

impl Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut from = 0;
        for (at, c) in fragment.char_indices() {
            if c.is_ascii() && c != '\x7F' || is_visible_as_is(c) {
                continue;
            }
            out.write_all(&fragment.as_bytes()[from..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            from = at + c.len_utf8();
        }
        out.write_all(&fragment.as_bytes()[from..])
    }
}

/// Writes a value on one line, without a line end.
pub(super) fn write(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Escaping)).map_err(io::Error::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_value_nothing_hidden() {
        let text = "a\u{202e}b\u{e0041}\u{1b}\u{7f}é\"\\\n";
        let mut out = Vec::new();
        write(&mut out, &serde_json::json!({"text": text, "list": [1, 2]})).unwrap();
        let json = String::from_utf8(out).unwrap();
        assert_eq!(json, r#"{"text":"a\u202eb\udb40\udc41\u001b\u007fé\"\\\n","list":[1,2]}"#);
        let back: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(back["text"], text);
    }
}
