//! The kinds of escapes.

/// The kind of escape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Escape {
    /// `=C3=A9`, of e-mail.
    QuotedPrintable,
    /// `%C3%A9`, of URLs.
    Percent,
    /// `%u00E9`, of JavaScript's `escape`.
    PercentUnits,
    /// `&#195;&#169;`: the bytes of UTF-8 as character references.
    ByteReferences,
    /// `&#233;`, `&#xE9;`.
    Reference,
    /// `\u00e9`, of JSON and many languages.
    Backslash,
    /// `\xc3\xa9`, `\303\251`: bytes, of many languages.
    BackslashBytes,
    /// `<U+00E9>`, of R and other programs.
    Angle,
    /// `+AOk-`, of old mail.
    Utf7,
    /// `u00e9`: a Unicode escape that lost its backslash.
    LostBackslash,
    /// `#233;`: a numeric reference that lost its ampersand.
    LostAmpersand,
    /// `&#233 `: a numeric reference without its semicolon.
    LostSemicolon,
}

impl Escape {
    /// The name for people.
    pub fn name(self) -> &'static str {
        match self {
            Escape::QuotedPrintable => "a quoted-printable escape",
            Escape::Percent => "a percent escape",
            Escape::PercentUnits => "an escape of JavaScript",
            Escape::ByteReferences => "UTF-8 bytes written as character references",
            Escape::Reference => "a numeric character reference",
            Escape::Backslash => "a Unicode escape",
            Escape::BackslashBytes => "UTF-8 bytes written as escapes",
            Escape::Angle => "a code point in angle brackets",
            Escape::Utf7 => "UTF-7",
            Escape::LostBackslash => "a Unicode escape that lost its backslash",
            Escape::LostAmpersand => "a character reference that lost its ampersand",
            Escape::LostSemicolon => "a character reference without its semicolon",
        }
    }
}
