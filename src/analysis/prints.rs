//! Which words a text or a table has, a bit for each: quick, and now and then wrong about one that it does not have.

/// A set of words that knows only their prints.
#[derive(Debug)]
pub(crate) struct Prints {
    bits: Vec<u64>,
}

impl Prints {
    /// A set with so many bits, some twenty for each word that is expected.
    pub(crate) fn new(bits: usize) -> Prints {
        Prints { bits: vec![0; bits.div_ceil(64).max(1)] }
    }
    pub(crate) fn add(&mut self, word: &[u8]) {
        let bit = self.bit(word);
        self.bits[bit / 64] |= 1 << (bit % 64);
    }
    /// `false` of no word that was added.
    pub(crate) fn may_have(&self, word: &[u8]) -> bool {
        let bit = self.bit(word);
        self.bits[bit / 64] >> (bit % 64) & 1 == 1
    }
    fn bit(&self, word: &[u8]) -> usize {
        print(word) as usize % (64 * self.bits.len())
    }
}

/// A number made of the first and last bytes of a word and its length.
fn print(word: &[u8]) -> u64 {
    let hash = match (word.first_chunk::<8>(), word.last_chunk::<8>(), word.first_chunk::<4>(), word.last_chunk::<4>())
    {
        (Some(head), Some(tail), ..) => u64::from_le_bytes(*head) ^ u64::from_le_bytes(*tail).rotate_left(29),
        (_, _, Some(head), Some(tail)) => {
            u64::from(u32::from_le_bytes(*head)) | u64::from(u32::from_le_bytes(*tail)) << 32
        }
        _ => word.iter().fold(0, |hash, b| hash << 8 | u64::from(*b)),
    };
    (hash ^ word.len() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_is_there() {
        let words = ["a", "ab", "house", "windows", "boundary", "unhappiness", "żółw", ""];
        let mut prints = Prints::new(1 << 12);
        assert!(words.iter().all(|w| !prints.may_have(w.as_bytes())));
        words.iter().for_each(|w| prints.add(w.as_bytes()));
        assert!(words.iter().all(|w| prints.may_have(w.as_bytes())));
        assert!(["b", "mouse", "boundaries", "happiness"].iter().all(|w| !prints.may_have(w.as_bytes())));
    }
}
