//! What holds for any bytes at all: no panic, untouched bytes stay, fixing twice changes nothing the second time,
//! positions and offsets agree.

use proptest::prelude::*;
use std::sync::LazyLock;
use tidyglot::{
    Document, Engine, Settings, locate,
    region::Format,
    text::{Options, Source, Span},
};

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(Vec::new()).expect("the built-in rules load"));

/// Damage of all kinds, and clean text, to be mixed.
const PIECES: &[&str] = &[
    "Ein Satz. ",
    "Рoссия ",
    "caf\u{C3}\u{A9} ",
    "\u{202E}abc\u{202C} ",
    "a\u{200B}b ",
    "\u{64C}\u{627}Кроме ",
    "\"text”, — said he. ",
    "&nbsp;",
    "<b>x</b> ",
    "[oaicite:0] ",
    "the the ",
    "\n",
    "\r\n",
    "\n\n",
    "Image caption\n",
    "日本語のテキスト。",
    "שלום ",
    "\u{0}",
    "\u{85}",
    "\u{FFFD}",
    "é",
    "e\u{301} ",
    "👨‍👩‍👧 ",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿 ",
    "\u{E000}",
    "  ",
    "\t",
    "Mistura and Mistora. ",
    "cease-fire ceasefire ",
    "`code` ",
    "# H\n",
    "\\u00e9 ",
    "%C3%A9 ",
    "=C3=A9 ",
    "{{x}} ",
    "_1_2_3_4\n",
    "\u{30A}",
    "\u{FB01}",
    "l50 ",
    "м\u{301} ",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..24).prop_map(|v| v.concat())
}

fn format() -> impl Strategy<Value = Format> {
    prop::sample::select(Format::ALL)
}

fn check_everything(raw: &[u8], format: Format, encoding: Option<&str>) {
    let options = Options { encoding, ..Options::default() };
    let Ok(source) = Source::decode(raw, &options) else { return };
    let doc = Document::new(source, format);
    assert_eq!(doc.prose().len(), doc.source.text().len());
    let settings = Settings::default();
    let found = ENGINE.check(&doc, &settings);
    for finding in &found {
        let located = locate(&doc, finding);
        assert_eq!(located.text, doc.source.text()[finding.span.range()]);
        let bytes = doc.source.raw_range(finding.span);
        assert_eq!(located.start.byte as usize, bytes.start, "{finding:?}");
        assert!(bytes.start <= bytes.end && bytes.end <= raw.len());
    }
    for unsafe_fixes in [false, true] {
        let once = ENGINE.clean(&doc, &found, &settings, unsafe_fixes);
        if once.applied == 0 {
            assert_eq!(once.bytes, raw, "no fix, and yet other bytes");
        }
        let name = doc.source.encoding().name.to_string();
        let options = Options { encoding: Some(&name), ..Options::default() };
        let again = Document::new(Source::decode(&once.bytes, &options).expect("still text"), format);
        let left = ENGINE.check(&again, &settings);
        let twice = ENGINE.clean(&again, &left, &settings, unsafe_fixes);
        assert_eq!(
            String::from_utf8_lossy(&twice.bytes),
            String::from_utf8_lossy(&once.bytes),
            "fixing twice changes something, from {:?}",
            doc.source.text()
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mixed_damage(text in text(), format in format()) {
        check_everything(text.as_bytes(), format, Some("utf-8"));
    }

    #[test]
    fn any_bytes(raw in prop::collection::vec(any::<u8>(), 0..200), format in format()) {
        check_everything(&raw, format, None);
    }

    #[test]
    fn any_characters(text in "\\PC{0,80}", format in format()) {
        check_everything(text.as_bytes(), format, Some("utf-8"));
    }

    #[test]
    fn damaged_utf8(text in text(), at in 0usize..300, byte in 0x80u8..) {
        let mut raw = text.into_bytes();
        let at = at.min(raw.len());
        raw.insert(at, byte);
        check_everything(&raw, Format::Plain, None);
    }

    #[test]
    fn offsets_come_back(text in text(), encoding in prop::sample::select(&["utf-8", "utf-16le", "utf-16be", "gb18030", "utf-32le"][..])) {
        let options = Options { encoding: Some(encoding), ..Options::default() };
        let empty = Source::decode(b"", &options).expect("empty is text");
        let raw = empty.encode(&text).expect("these encodings hold everything");
        let Ok(source) = Source::decode(&raw, &options) else { return Ok(()) };
        prop_assume!(source.text() == text);
        let mut last = 0;
        for (at, c) in text.char_indices() {
            let range = source.raw_range(Span::new(at, at + c.len_utf8()));
            prop_assert_eq!(range.start, last);
            let piece = empty.encode(&c.to_string()).expect("these encodings hold everything");
            prop_assert_eq!(&raw[range.clone()], &piece[..]);
            last = range.end;
        }
        prop_assert_eq!(last, raw.len());
    }
}
