//! Tells binary files from text.

use memchr::memchr_iter;

/// Starts of files that are never text, whatever their bytes.
const MAGIC: [(&[u8], &str); 28] = [
    (b"\x89PNG\r\n", "PNG image"),
    (b"GIF87a", "GIF image"),
    (b"GIF89a", "GIF image"),
    (b"\xFF\xD8\xFF", "JPEG image"),
    (b"%PDF-", "PDF document"),
    (b"PK\x03\x04", "ZIP archive"),
    (b"PK\x05\x06", "ZIP archive"),
    (b"\x1F\x8B\x08", "gzip archive"),
    (b"BZh", "bzip2 archive"),
    (b"\xFD7zXZ\0", "xz archive"),
    (b"7z\xBC\xAF\x27\x1C", "7z archive"),
    (b"\x28\xB5\x2F\xFD", "zstd archive"),
    (b"Rar!\x1A\x07", "RAR archive"),
    (b"\x7FELF", "ELF program"),
    (b"\xCA\xFE\xBA\xBE", "Java class or Mach-O program"),
    (b"\xCF\xFA\xED\xFE", "Mach-O program"),
    (b"\0asm", "WebAssembly"),
    (b"SQLite format 3\0", "SQLite database"),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "OLE document"),
    (b"OggS\0", "Ogg media"),
    (b"ID3\x02", "MP3 audio"),
    (b"ID3\x03", "MP3 audio"),
    (b"ID3\x04", "MP3 audio"),
    (b"wOFF", "WOFF font"),
    (b"wOF2", "WOFF font"),
    (b"\0\x01\0\0\0", "TrueType font"),
    (b"!<arch>\n", "library archive"),
    (b"\xDE\x12\x04\x95", "GNU message catalog"),
];

/// How much of a file is looked at for control characters.
const SAMPLE: usize = 16 * 1024;

/// The kind of a file that its first bytes name.
pub(super) fn magic(raw: &[u8]) -> Option<&'static str> {
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| raw.starts_with(magic) && really(raw, magic)) {
        return Some(what);
    }
    let riff = raw.starts_with(b"RIFF") && matches!(raw.get(8..12), Some(b"WAVE" | b"AVI " | b"WEBP"));
    riff.then_some("RIFF media")
}

/// Why bytes with control characters are not text in an encoding that keeps ASCII; nothing if they may be.
pub(super) fn reason(raw: &[u8]) -> Option<String> {
    let sample = raw.get(..SAMPLE).unwrap_or(raw);
    let nuls = memchr_iter(0, sample).count();
    // One stray NUL in a text is damage, and worth a finding; more are records of a program.
    if nuls > 1 + sample.len() / 4096 || (nuls > 0 && sample.len() < 24) {
        return Some(if nuls == 1 { "has a NUL byte".to_owned() } else { format!("has {nuls} NUL bytes") });
    }
    let controls = sample.iter().filter(|b| is_odd_control(**b)).count();
    if controls > 2 && controls * 20 > sample.len() {
        return Some(format!("{controls} of {} bytes are control characters", sample.len()));
    }
    None
}

/// Short printable signatures need a second look.
fn really(raw: &[u8], magic: &[u8]) -> bool {
    match magic {
        b"BZh" => matches!(raw.get(3..7), Some([b'1'..=b'9', 0x31, 0x41, 0x59] | [b'1'..=b'9', 0x17, 0x72, 0x45])),
        _ => true,
    }
}

/// Controls that text does not hold: not blanks, ESC (terminal output, ISO-2022), backspace or the DOS end mark.
fn is_odd_control(byte: u8) -> bool {
    byte == 0x7F || (byte < 0x20 && !matches!(byte, 0x08..=0x0D | 0x1A | 0x1B))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_files_apart() {
        assert_eq!(magic(b"\x89PNG\r\n\x1A\n"), Some("PNG image"));
        assert_eq!(magic(b"%PDF-1.7 ..."), Some("PDF document"));
        assert_eq!(reason(b"a\0b").as_deref(), Some("has a NUL byte"));
        assert_eq!(reason(&[1, 2, 3, 4, 5, 6, 7, 0x41]).as_deref(), Some("7 of 8 bytes are control characters"));
        assert_eq!(magic(b"BZh is how the word begins"), None);
        assert_eq!(reason(b"\x1B[31mred\x1B[0m text\r\n"), None);
        assert_eq!(reason("Ein langer Satz mit einer\0Null.".as_bytes()), None);
        assert_eq!(reason(b""), None);
    }
}
