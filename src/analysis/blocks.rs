//! One cache-warm pass that says which kinds of characters stand in which blocks of a text. A check that needs a kind
//! of character is called only where that kind stands.

use super::{around::boundary_after, scan::scan_block, signals::Signals};
use crate::text::Span;

/// The blocks of a text with what stands in each.
#[derive(Debug, Default)]
pub struct Blocks {
    all: Signals,
    blocks: Vec<(Span, Signals)>,
    wild: Vec<Span>,
}

/// About how long a block is, in bytes: long enough to be cheap, short enough to stay in the first-level cache.
const BLOCK: usize = 4096;

impl Blocks {
    /// Scans a text. Blocks end at line ends, or at a blank where a line is very long.
    pub fn scan(text: &str) -> Blocks {
        let bytes = text.as_bytes();
        let mut blocks = Blocks::default();
        let mut start = 0;
        while start < bytes.len() {
            let mut end = (start + BLOCK).min(bytes.len());
            if end < bytes.len() {
                end = match memchr::memrchr(b'\n', &bytes[start..end])
                    .or_else(|| memchr::memrchr(b' ', &bytes[start..end]))
                {
                    Some(i) => start + i + 1,
                    None => boundary_after(text, end),
                };
            }
            let (signals, calm) = scan_block(text.get(start..end).unwrap_or_default());
            blocks.all |= signals;
            if !calm {
                extend(&mut blocks.wild, Span::new(start, end));
            }
            blocks.blocks.push((Span::new(start, end), signals));
            start = end;
        }
        blocks
    }
    /// What stands anywhere in the text.
    pub fn all(&self) -> Signals {
        self.all
    }
    /// Every block with what it shows, in order.
    pub(crate) fn each(&self) -> impl Iterator<Item = (Span, Signals)> {
        self.blocks.iter().copied()
    }
    /// The blocks that show one of `needs`, neighbours merged.
    pub fn spans(&self, needs: Signals) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        for &(span, signals) in &self.blocks {
            if needs == Signals::ANY || signals.intersects(needs) {
                extend(&mut spans, span);
            }
        }
        spans
    }
    /// Those of [`Blocks::wild`] that show one of `needs`.
    pub(crate) fn wild_with(&self, needs: Signals) -> Vec<Span> {
        let mut spans = Vec::new();
        let mut wild = self.wild.iter().peekable();
        for &(span, signals) in &self.blocks {
            while wild.next_if(|w| w.end <= span.start).is_some() {}
            if signals.intersects(needs) && wild.peek().is_some_and(|w| w.start <= span.start) {
                extend(&mut spans, span);
            }
        }
        spans
    }
    /// The blocks that hold anything beyond ASCII but dashes, apostrophes, `…`, and the quotation marks `“` and `”` at
    /// their places, neighbours merged. Elsewhere no encoding can have been misread.
    pub(crate) fn wild(&self) -> &[Span] {
        &self.wild
    }
}

/// Adds a span to those before it.
fn extend(spans: &mut Vec<Span>, span: Span) {
    match spans.last_mut() {
        Some(last) if last.end == span.start => last.end = span.end,
        _ => spans.push(span),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Signals {
        // The same text at every offset: what a chunk says must not depend on where it begins.
        let all = Blocks::scan(text).all();
        for shift in 1..70 {
            let shifted = format!("{}{text}", " ".repeat(shift));
            assert_eq!(Blocks::scan(&shifted).all(), all, "{text:?} after {shift} blanks");
        }
        all
    }

    #[test]
    fn blocks_cover_the_text() {
        let text = format!("{}\n{}é\n", "a ".repeat(5000), "x".repeat(9000));
        let blocks = Blocks::scan(&text);
        assert_eq!(blocks.spans(Signals::ANY), [Span::new(0, text.len())]);
        assert!(blocks.all().intersects(Signals::NON_ASCII));
        let with = blocks.spans(Signals::NON_ASCII);
        assert_eq!(with.len(), 1);
        assert!(text[with[0].range()].contains('é'));
    }

    #[test]
    fn calm_blocks() {
        for text in ["It isn’t – “so” he said…", "plain", "", "“Gut”, ’tis", "a\u{2011}b"] {
            assert!(Blocks::scan(text).wild().is_empty(), "{text}");
            assert!(Blocks::scan(&format!("{text} ").repeat(50)).wild().is_empty(), "{text} often");
        }
        for text in ["l”senordet", "„Gut“", "é", "â€™", "12 °C", "я", "a…”b", "\u{A0}", "“\u{FEFF}"]
        {
            assert_eq!(Blocks::scan(text).wild(), [Span::new(0, text.len())], "{text}");
            let long = format!("{}{text}{}", "a ".repeat(90), " b".repeat(90));
            assert_eq!(Blocks::scan(&long).wild(), [Span::new(0, long.len())], "{text}");
        }
    }

    #[test]
    fn wild_blocks_with_a_kind() {
        let (calm, wild) = ("It isn’t 5 so. ".repeat(400), "Où 7 ? ".repeat(900));
        let text = format!("{calm}\n{wild}\n{calm}\nü\n{calm}");
        let blocks = Blocks::scan(&text);
        assert!(blocks.wild().len() > 1);
        assert_eq!(blocks.wild_with(Signals::LATIN), blocks.wild());
        let digits = blocks.wild_with(Signals::DIGIT);
        assert!(digits.iter().all(|d| blocks.wild().iter().any(|w| w.start <= d.start && d.end <= w.end)));
        assert!(blocks.wild_with(Signals::CYRILLIC).is_empty());
    }

    #[test]
    fn kinds_of_characters() {
        for (text, kinds) in [
            ("a\u{200b}", Signals::INVISIBLE),
            ("a\u{fe0f}", Signals::INVISIBLE),
            ("\u{3164}", Signals::INVISIBLE),
            ("\u{202e}", Signals::BIDI.or(Signals::INVISIBLE)),
            ("\u{92}", Signals::C1),
            ("\u{f0b7}", Signals::PRIVATE_USE),
            ("\u{10fffd}", Signals::PRIVATE_USE.or(Signals::SUPPLEMENTARY)),
            ("\u{378}", Signals::UNASSIGNED),
            ("\u{fdd0}", Signals::UNASSIGNED),
            ("\u{a0}", Signals::ODD_SPACE),
            ("\u{2028}", Signals::ODD_SPACE),
            ("é", Signals::LATIN),
            ("e\u{301}", Signals::MARK.or(Signals::NFC_NOT_YES)),
            (" \u{301}", Signals::ORPHAN_MARK),
            ("ﬁ", Signals::COMPAT),
            ("Ａ", Signals::WIDTH_FORM.or(Signals::COMPAT)),
            ("«", Signals::QUOTATION),
            ("—", Signals::DASH),
            ("\u{fffd}", Signals::REPLACEMENT),
            ("٣", Signals::OTHER_DIGIT),
            ("😀", Signals::EMOJI.or(Signals::SUPPLEMENTARY)),
            ("ʼ", Signals::MODIFIER),
            ("µ", Signals::COMMON_LETTER),
            ("я", Signals::CYRILLIC),
            ("λ", Signals::GREEK),
            ("و", Signals::ARABIC),
            ("ש", Signals::HEBREW),
            ("հ", Signals::ARMENIAN),
            ("ქ", Signals::GEORGIAN),
            ("क", Signals::INDIC),
            ("ក", Signals::SOUTH_EAST_ASIAN),
            ("木", Signals::HAN),
            ("の", Signals::KANA),
            ("각", Signals::HANGUL),
            ("አ", Signals::OTHER_SCRIPT),
        ] {
            let all = of(text);
            assert_eq!(all & kinds, kinds, "{text:?}");
            assert!(all.intersects(Signals::NON_ASCII) && !all.intersects(Signals::MIXED), "{text:?}");
            assert_eq!(of(&text.repeat(40)) & kinds, kinds, "{text:?} often");
        }
        assert!(!of("Où ça ? En été. Наша земля, вот она.").intersects(Signals::HIDDEN));
        assert!(!of("e\u{301}").intersects(Signals::ORPHAN_MARK));
    }

    #[test]
    fn two_scripts_that_touch() {
        for text in ["Gуинеа", "словo", "бa", "वnews", "кλ", "aِl", "а\u{301}b"] {
            assert!(of(text).intersects(Signals::MIXED), "{text:?}");
        }
        for text in [
            "été",
            "IT-компания и Word 2",
            "東京タワー",
            "カー",
            "LG는",
            "卡拉OK",
            "مـن",
            "а\u{301}б",
            "x̄",
            "한국 TV",
            "ö\u{301}a",
        ] {
            assert!(!of(text).intersects(Signals::MIXED), "{text:?}");
        }
        // At every offset of a long Cyrillic run.
        for n in 0..80 {
            assert!(of(&format!("{}a{}", "д".repeat(n), "ж".repeat(40))).intersects(Signals::MIXED));
        }
    }
}
