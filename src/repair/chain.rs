//! What happened to a text, in order, in plain words.

use super::lattice::Through;
use std::fmt;

/// One step: text in one encoding was read as another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layer {
    /// What it was.
    pub was: &'static str,
    /// What it was read as.
    pub read_as: &'static str,
}

/// All steps, the first mistake first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain(pub Vec<Layer>);

impl Chain {
    /// Whether the text was UTF-8.
    pub fn is_utf8(&self) -> bool {
        self.0.iter().all(|l| l.was == "utf-8")
    }
    pub(super) fn utf8(undone: &[Through]) -> Chain {
        Chain(undone.iter().rev().map(|t| Layer { was: "utf-8", read_as: t.name() }).collect())
    }
}

/// The name of an encoding for people.
fn plain(name: &str) -> &str {
    match name {
        "utf-8" => "UTF-8",
        "iso-8859-1-strict" => "latin-1",
        "macintosh" => "Mac Roman",
        "x-mac-cyrillic" => "Mac Cyrillic",
        "x-mac-ce" => "Mac Central European",
        "x-mac-turkish" => "Mac Turkish",
        "gbk" => "GBK",
        "big5" => "Big5",
        "shift_jis" => "Shift_JIS",
        "euc-kr" => "EUC-KR",
        "euc-jp" => "EUC-JP",
        "koi8-r" => "KOI8-R",
        "koi8-u" => "KOI8-U",
        other => other.strip_prefix("ibm").map_or(other, |_| other),
    }
}

impl fmt::Display for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = &self.0[..];
        let mut first = true;
        while let Some(layer) = rest.first() {
            let same = rest.iter().take_while(|l| *l == layer).count();
            if !first {
                f.write_str(", then ")?;
            }
            write!(f, "{} read as {}", plain(layer.was), plain(layer.read_as))?;
            match same {
                1 => {}
                2 => f.write_str(", twice")?,
                n => write!(f, ", {n} times")?,
            }
            first = false;
            rest = &rest[same..];
        }
        Ok(())
    }
}
