//! ISO-2022-JP: 7-bit Japanese whose meaning depends on the escape sequence before it.
//!
//! `encoding_rs` decodes it too, but it hides the state that an edit in the middle of a line must leave as it
//! found it.

use encoding_rs::{DecoderResult, EUC_JP};

use super::decode::Sink;
use super::encoding::Unencodable;

/// The character set that the last escape sequence switched to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum State {
    #[default]
    Ascii,
    Roman,
    Katakana,
    Jis0208,
    Jis0212,
}

const ESCAPES: [(&[u8], State); 7] = [
    (b"\x1B(B", State::Ascii),
    (b"\x1B(J", State::Roman),
    (b"\x1B(I", State::Katakana),
    (b"\x1B$B", State::Jis0208),
    (b"\x1B$@", State::Jis0208),
    (b"\x1B$(D", State::Jis0212),
    (b"\x1B$(B", State::Jis0208),
];

/// The length of the escape sequences at the start of the bytes, and the state after them.
pub(super) fn escapes(bytes: &[u8], mut state: State) -> (usize, State) {
    let mut at = 0;
    while let Some(rest) = bytes.get(at..)
        && let Some((escape, next)) = ESCAPES.iter().find(|(e, _)| rest.starts_with(e))
    {
        at += escape.len();
        state = *next;
    }
    (at, state)
}

/// The number of bytes of a well-formed character that starts with this byte.
pub(super) fn char_len(first: u8, state: State) -> usize {
    if matches!(state, State::Jis0208 | State::Jis0212) && first > 0x20 { 2 } else { 1 }
}

fn decode_char(bytes: &[u8], state: State) -> Option<char> {
    let (&first, rest) = bytes.split_first()?;
    if first <= 0x20 || state == State::Ascii {
        return (first < 0x80 && !matches!(first, 0x0E | 0x0F | 0x1B)).then_some(char::from(first));
    }
    let second = rest.first().copied().filter(|b| (0x21..=0x7E).contains(b));
    match state {
        State::Roman => match first {
            b'\\' => Some('¥'),
            b'~' => Some('‾'),
            0x80.. => None,
            _ => Some(char::from(first)),
        },
        State::Katakana => euc(&[0x8E, first | 0x80]).filter(|_| (0x21..=0x5F).contains(&first)),
        State::Jis0208 => euc(&[first | 0x80, second? | 0x80]).filter(|_| first < 0x7F),
        State::Jis0212 => euc(&[0x8F, first | 0x80, second? | 0x80]).filter(|_| first < 0x7F),
        State::Ascii => None,
    }
}

/// The same sets are in EUC-JP, with the high bit on.
fn euc(bytes: &[u8]) -> Option<char> {
    let mut out = [0; 8];
    let mut decoder = EUC_JP.new_decoder_without_bom_handling();
    let (result, _, written) = decoder.decode_to_utf8_without_replacement(bytes, &mut out, true);
    let text = std::str::from_utf8(out.get(..written)?).ok()?;
    if result == DecoderResult::InputEmpty { text.chars().next() } else { None }
}

pub(super) fn decode(bytes: &[u8], sink: &mut Sink) {
    let mut state = State::default();
    let mut at = 0;
    loop {
        let (skipped, next) = escapes(bytes.get(at..).unwrap_or_default(), state);
        at += skipped;
        state = next;
        let Some(rest) = bytes.get(at..).filter(|r| !r.is_empty()) else {
            return;
        };
        match decode_char(rest, state) {
            Some(ch) => {
                sink.text.push(ch);
                at += char_len(rest[0], state);
            }
            None => {
                sink.damaged(at..at + 1);
                at += 1;
            }
        }
    }
}

/// Encodes text that follows bytes in state `from` and is followed by bytes in state `to`.
pub(super) fn encode(text: &str, from: State, to: State) -> Result<Vec<u8>, Unencodable> {
    let mut out = Vec::with_capacity(text.len());
    let mut state = from;
    for ch in text.chars() {
        let missing = Unencodable { ch, encoding: "iso-2022-jp" };
        if ch.is_ascii() {
            if matches!(ch, '\x0E' | '\x0F' | '\x1B') {
                return Err(missing);
            }
            let roman = state == State::Roman && ch != '\\' && ch != '~';
            if !roman {
                switch(&mut state, State::Ascii, &mut out);
            }
            out.push(ch as u8);
            continue;
        }
        if matches!(ch, '¥' | '‾') {
            switch(&mut state, State::Roman, &mut out);
            out.push(if ch == '¥' { b'\\' } else { b'~' });
            continue;
        }
        let mut utf8 = [0; 4];
        let (bytes, _, failed) = EUC_JP.encode(ch.encode_utf8(&mut utf8));
        match *bytes {
            // The encoder of the web writes look-alikes, too.
            _ if failed || euc(&bytes) != Some(ch) => return Err(missing),
            [0x8E, kana] => {
                switch(&mut state, State::Katakana, &mut out);
                out.push(kana & 0x7F);
            }
            [first, second] => {
                switch(&mut state, State::Jis0208, &mut out);
                out.extend([first & 0x7F, second & 0x7F]);
            }
            _ => return Err(missing),
        }
    }
    switch(&mut state, to, &mut out);
    Ok(out)
}

fn switch(state: &mut State, to: State, out: &mut Vec<u8>) {
    if *state != to {
        if let Some((escape, _)) = ESCAPES.iter().find(|(_, s)| *s == to) {
            out.extend(*escape);
        }
        *state = to;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trips_and_agrees_with_encoding_rs() {
        for text in ["日本語のテキスト abc\n二行目", "¥100 \\ ~ ‾", "ｱｲｳ", "あ い", "plain"] {
            let bytes = encode(text, State::Ascii, State::Ascii).expect("can be written");
            let mut sink = Sink::default();
            decode(&bytes, &mut sink);
            assert_eq!((sink.text.as_str(), sink.damage.text.len()), (text, 0));
            let web = encoding_rs::ISO_2022_JP.decode_without_bom_handling_and_without_replacement(&bytes);
            assert_eq!(web.as_deref(), Some(text), "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn damage_stays_small() {
        let mut sink = Sink::default();
        decode(b"\x1B$B\x24\x22\xFF\x24\x24\x1B(Bx\x1By", &mut sink);
        assert_eq!(sink.text, "あ\u{FFFD}いx\u{FFFD}y");
        assert_eq!(sink.damage.raw, [5..6, 12..13]);
    }
}
