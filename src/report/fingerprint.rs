//! What a finding is recognised by in the next run: its rule, its text and the words next to it. Not the file's name
//! and not the line, so that a finding stays the same when lines shift and files are renamed.

use crate::finding::Located;

/// How many characters on each side belong to it.
const SIDE: usize = 24;

/// The finding's fingerprint: 32 hexadecimal digits.
pub fn fingerprint(finding: &Located) -> String {
    let e = &finding.excerpt;
    let (from, to) = e.mark;
    let before = e.text.get(..from).unwrap_or("");
    let after = e.text.get(to..).unwrap_or("");
    let before: String = normal(before).chars().rev().take(SIDE).collect();
    let after: String = normal(after).chars().take(SIDE).collect();
    let mut hash = Fnv::new();
    for part in [&*finding.rule, &normal(&finding.text), &before, &after] {
        hash.add(part.as_bytes());
        hash.add(&[0]);
    }
    format!("{:032x}", hash.0)
}

/// Runs of white space count as one space; at the edges they don't count.
fn normal(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// FNV-1a of 128 bits: stable for ever, which the standard library's hashes don't promise.
struct Fnv(u128);

impl Fnv {
    const fn new() -> Fnv {
        Fnv(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }
    fn add(&mut self, bytes: &[u8]) {
        for b in bytes {
            self.0 = (self.0 ^ u128::from(*b)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013B);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        let mut hash = Fnv::new();
        assert_eq!(format!("{:032x}", hash.0), "6c62272e07bb014262b821756295c58d");
        hash.add(b"a");
        assert_eq!(format!("{:032x}", hash.0), "d228cb696f1a8caf78912b704e4a8964");
    }
}
