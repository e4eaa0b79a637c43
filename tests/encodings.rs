//! Whatever the bytes: nothing panics, no byte is lost, and an edit changes what it is meant to change only.

use proptest::prelude::*;
use tidyglot::fix::raw::{ApplyError, apply};
use tidyglot::text::{Encoding, Options, Source, Span, encodings};

fn forced<'a>(encoding: &'static Encoding, raw: &'a [u8]) -> Source<'a> {
    let options = Options { encoding: Some(encoding.name()), ..Options::default() };
    Source::decode(raw, &options).expect("a given encoding always decodes")
}

/// Text of many scripts, of which every encoding can write some.
fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        prop_oneof![
            Just("plain "),
            Just("é"),
            Just("Ж"),
            Just("日本"),
            Just("語ｶﾅ"),
            Just("한글"),
            Just("λόγος"),
            Just("שלום"),
            Just("سلام"),
            Just("ไทย"),
            Just("ęż"),
            Just("ı"),
            Just("😀"),
            Just("\n"),
            Just("\r\n"),
            Just("+"),
            Just("-"),
            Just("~\\"),
            Just("Ê̄"),
            Just("ê̌"),
            Just("€"),
            Just("\0"),
            Just("\u{85}"),
            Just("A"),
            Just("@"),
            Just("0"),
        ],
        0..24,
    )
    .prop_map(|parts| parts.concat())
}

/// Bytes that are mostly valid in an encoding: pieces of text in it, and pieces of noise.
fn bytes_in(encoding: &'static Encoding) -> impl Strategy<Value = Vec<u8>> {
    let good = text().prop_map(move |text| {
        let kept: String = text.chars().filter(|c| encoding.encode(c.encode_utf8(&mut [0; 4])).is_ok()).collect();
        encoding.encode(&kept).unwrap_or_default()
    });
    let noise = proptest::collection::vec(any::<u8>(), 0..6);
    let tricky = proptest::sample::select(vec![
        &b"\x1B"[..],
        b"\x1B$",
        b"\x1B$B",
        b"\x1B(B",
        b"\x1B(J",
        b"\xED\xA0\x80",
        b"\xED\xA0\xBD\xED\xB8\x80",
        b"\xC0\x80",
        b"+AG-",
        b"+",
        b"\xD8\x00",
        b"\x00\xD8",
        b"\x88\x62",
        b"\x84\x31\x95",
        b"\x8F\xA1",
        b"\xFF\xFE",
        b"\xEF\xBB\xBF",
    ])
    .prop_map(<[u8]>::to_vec);
    proptest::collection::vec(prop_oneof![4 => good, 1 => noise, 1 => tricky], 0..5).prop_map(|parts| parts.concat())
}

fn any_file() -> impl Strategy<Value = (&'static Encoding, Vec<u8>)> {
    (0..encodings().len()).prop_flat_map(|index| {
        let encoding = &encodings()[index];
        (Just(encoding), bytes_in(encoding))
    })
}

fn boundaries(text: &str) -> Vec<usize> {
    text.char_indices().map(|(i, _)| i).chain([text.len()]).collect()
}

/// Every span's bytes follow each other and cover the file; damage is marked where it is.
fn check_map(source: &Source<'_>) {
    let (text, raw) = (source.text(), source.raw());
    let places = boundaries(text);
    let mut covered = source.raw_range(Span::new(0, 0)).start;
    assert!(covered == 0 || source.encoding().bom || raw.is_empty() || text.is_empty());
    for pair in places.windows(2) {
        let range = source.raw_range(Span::new(pair[0], pair[1]));
        assert_eq!(range.start, covered, "{:?} {text:?}", source.encoding());
        assert!(range.end <= raw.len());
        covered = range.end;
    }
    assert_eq!(covered, raw.len());
    let mut last = 0;
    for span in source.damaged() {
        assert!(span.start >= last);
        last = span.end;
        assert_eq!(&text[span.range()], "\u{FFFD}");
        assert!(!source.damaged_bytes(*span).is_empty());
        let range = source.raw_range(*span);
        assert!(raw[range].ends_with(source.damaged_bytes(*span)) || source.encoding().name == "iso-2022-jp");
    }
    for place in places {
        let position = source.position(place);
        assert_eq!(position.byte, source.raw_range(Span::new(place, place)).start as u64);
    }
}

fn check_edit(source: &Source<'_>, at: (prop::sample::Index, prop::sample::Index), new: &str) {
    let places = boundaries(source.text());
    let (a, b) = (at.0.get(&places), at.1.get(&places));
    let span = Span::new(*a.min(b), *a.max(b));
    let out = match apply(source, &[(span, new)]) {
        Ok(out) => out,
        Err(ApplyError::BadEdit { .. }) => panic!("the edit is on boundaries"),
        Err(ApplyError::Unencodable { .. } | ApplyError::Joins { .. }) => return,
    };
    let expected = [&source.text()[..span.start], new, &source.text()[span.end..]].concat();
    let after = forced(source.codec(), &out);
    assert_eq!(after.text(), expected);
    let replaced = source.replace(span, new).expect("could be applied");
    assert!(out.starts_with(&source.raw()[..replaced.raw.start]));
    assert!(out.ends_with(&source.raw()[replaced.raw.end..]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_bytes_in_any_encoding(
        (encoding, raw) in any_file(),
        at in any::<(prop::sample::Index, prop::sample::Index)>(),
        new in text(),
    ) {
        let source = forced(encoding, &raw);
        check_map(&source);
        prop_assert!(apply(&source, &[]).is_ok_and(|out| out == raw));
        check_edit(&source, at, &new);
        check_edit(&source, at, "");
        check_edit(&source, at, "x");
    }

    #[test]
    fn any_bytes_without_a_hint((_, raw) in any_file(), noise in proptest::collection::vec(any::<u8>(), 0..200)) {
        for raw in [raw, noise] {
            if let Ok(source) = Source::decode(&raw, &Options::default()) {
                check_map(&source);
                prop_assert!(apply(&source, &[]).is_ok_and(|out| out == raw));
            }
        }
    }
}

/// Sixteen letters that begin at every distance from a block's edge, in each encoding.
#[test]
fn every_alignment() {
    for encoding in encodings() {
        let sample: String =
            "aé日한Жλשسไęı😀\u{85}".chars().filter(|c| encoding.encode(c.encode_utf8(&mut [0; 4])).is_ok()).collect();
        for shift in 0..16 {
            let text = format!("{}{}", "x".repeat(200 + shift), sample.repeat(6));
            let raw = encoding.encode(&text).expect("was tried");
            let source = forced(encoding, &raw);
            assert_eq!(source.text(), text, "{encoding:?}");
            assert_eq!(source.damaged(), []);
            check_map(&source);
        }
    }
}

#[test]
fn one_long_line_is_not_slow() {
    let line = "слово ".repeat(5_000_000);
    let source = Source::from_str(&line);
    let started = std::time::Instant::now();
    let step = line.len() / 5000 / 11 * 11;
    for at in (0..line.len()).step_by(step) {
        assert_eq!(source.position(at).line, 1);
    }
    assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
}

#[test]
fn clean_text_is_borrowed() {
    let raw = "żółw\n".repeat(1000).into_bytes();
    let source = Source::decode(&raw, &Options::default()).expect("is text");
    assert_eq!(source.text().as_ptr(), raw.as_ptr());
}
