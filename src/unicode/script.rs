//! Scripts and sets of scripts.

use super::props::{props, u64s};
use super::scripts::{ALL, EXTENSION_SETS, NAMES, Script};

static EXTENSIONS: [u64; 3 * EXTENSION_SETS] = u64s(include_bytes!("data/script_extensions.bin"));

/// The table's number of a script, padded so that every byte has one: no bounds check.
static BY_NUMBER: [Script; 256] = {
    let mut a = [Script::Unknown; 256];
    let mut i = 0;
    while i < ALL.len() {
        a[i] = ALL[i];
        i += 1;
    }
    a
};

#[inline]
pub(super) fn from_number(n: u8) -> Script {
    BY_NUMBER[n as usize]
}

#[inline]
pub(super) fn extensions(set: u8, script: Script) -> ScriptSet {
    let at = 3 * set as usize;
    match EXTENSIONS.get(at..at + 3) {
        Some(&[a, b, c]) if set != 0 => ScriptSet([a, b, c]),
        _ => match script {
            Script::Common | Script::Inherited => ScriptSet::ALL,
            s => ScriptSet::of(s),
        },
    }
}

/// The three words of an extension set, by the number that the property table holds; for tables that the compiler
/// fills.
pub(crate) const fn extension_words(set: usize) -> ScriptSet {
    ScriptSet([EXTENSIONS[3 * set], EXTENSIONS[3 * set + 1], EXTENSIONS[3 * set + 2]])
}

/// The script of a character.
#[inline]
pub fn script(c: char) -> Script {
    props(c).script()
}

/// The scripts a character is used with; see [`Props::script_extensions`](super::Props).
#[inline]
pub fn script_extensions(c: char) -> ScriptSet {
    props(c).script_extensions()
}

impl Script {
    /// The English name, as people write it: "Old Italic".
    pub fn name(self) -> &'static str {
        NAMES.get(self as usize).map_or("Unknown", |n| n.0)
    }

    /// The ISO 15924 code: "Cyrl".
    pub fn code(self) -> &'static str {
        NAMES.get(self as usize).map_or("Zzzz", |n| n.1)
    }

    /// The script of an ISO 15924 code, upper and lower case alike.
    pub fn from_code(code: &str) -> Option<Script> {
        let at = NAMES.iter().position(|n| n.1.eq_ignore_ascii_case(code))?;
        ALL.get(at).copied()
    }

    /// Every script.
    pub fn all() -> &'static [Script] {
        &ALL
    }

    /// A script of its own: neither Common, Inherited nor Unknown.
    #[inline]
    pub fn is_real(self) -> bool {
        !matches!(self, Script::Common | Script::Inherited | Script::Unknown)
    }
}

/// A set of scripts.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ScriptSet([u64; 3]);

impl ScriptSet {
    /// No script.
    pub const EMPTY: ScriptSet = ScriptSet([0; 3]);
    /// Every script: what a Common or Inherited character without a narrower list goes with.
    pub const ALL: ScriptSet = ScriptSet([u64::MAX; 3]);

    /// The set of one script.
    #[inline]
    pub const fn of(script: Script) -> ScriptSet {
        let n = script as usize;
        let mut a = [0; 3];
        a[n / 64] = 1 << (n % 64);
        ScriptSet(a)
    }

    /// The set of some scripts.
    pub const fn of_all(scripts: &[Script]) -> ScriptSet {
        let mut set = ScriptSet::EMPTY;
        let mut i = 0;
        while i < scripts.len() {
            set = set.union(ScriptSet::of(scripts[i]));
            i += 1;
        }
        set
    }

    /// Whether `script` is in the set.
    #[inline]
    pub const fn contains(self, script: Script) -> bool {
        let n = script as usize;
        self.0[n / 64] >> (n % 64) & 1 == 1
    }

    /// The scripts in both sets.
    #[inline]
    pub const fn intersect(self, o: ScriptSet) -> ScriptSet {
        ScriptSet([self.0[0] & o.0[0], self.0[1] & o.0[1], self.0[2] & o.0[2]])
    }

    /// The scripts in either set.
    #[inline]
    pub const fn union(self, o: ScriptSet) -> ScriptSet {
        ScriptSet([self.0[0] | o.0[0], self.0[1] | o.0[1], self.0[2] | o.0[2]])
    }

    /// Whether the sets share a script.
    #[inline]
    pub const fn intersects(self, o: ScriptSet) -> bool {
        !self.intersect(o).is_empty()
    }

    /// Adds a script.
    #[inline]
    pub fn insert(&mut self, script: Script) {
        *self = self.union(ScriptSet::of(script));
    }

    /// Whether no script is in it.
    #[inline]
    pub const fn is_empty(self) -> bool {
        self.0[0] | self.0[1] | self.0[2] == 0
    }

    /// Whether it is [`ScriptSet::ALL`].
    #[inline]
    pub const fn is_all(self) -> bool {
        self.0[0] & self.0[1] & self.0[2] == u64::MAX
    }

    /// How many scripts are in it.
    pub fn len(self) -> usize {
        self.iter().count()
    }

    /// The scripts of the set, in the order of the enum.
    pub fn iter(self) -> impl Iterator<Item = Script> {
        ALL.iter().copied().filter(move |s| self.contains(*s))
    }
}

impl std::fmt::Debug for ScriptSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.is_all() {
            return f.write_str("ScriptSet::ALL");
        }
        f.debug_set().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_codes() {
        assert_eq!(Script::Cyrillic.name(), "Cyrillic");
        assert_eq!(Script::Cyrillic.code(), "Cyrl");
        assert_eq!(Script::OldItalic.name(), "Old Italic");
        assert_eq!(Script::from_code("arab"), Some(Script::Arabic));
        assert_eq!(Script::from_code("Qqqq"), None);
        for (n, s) in Script::all().iter().enumerate() {
            assert_eq!(*s as usize, n);
        }
    }

    #[test]
    fn extensions_are_narrower_than_common() {
        // The prolonged sound mark is Common, and used with kana only.
        let set = script_extensions('ー');
        assert_eq!(script('ー'), Script::Common);
        assert!(set.contains(Script::Katakana) && set.contains(Script::Hiragana));
        assert!(!set.contains(Script::Latin) && !set.is_all());
        assert!(script_extensions('!').is_all());
        assert_eq!(script_extensions('a'), ScriptSet::of(Script::Latin));
    }

    #[test]
    fn sets() {
        let mut set = ScriptSet::of_all(&[Script::Latin, Script::Greek]);
        assert_eq!(set.len(), 2);
        assert!(!set.intersects(ScriptSet::of(Script::Han)));
        set.insert(Script::ZanabazarSquare);
        assert!(set.contains(Script::ZanabazarSquare));
        assert!(set.intersect(ScriptSet::of(Script::Han)).is_empty());
    }
}
