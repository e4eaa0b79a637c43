//! Undoes what a wrong decoder did to a text.

mod lattice;
mod line;
#[allow(dead_code)] // the models of letters come next
mod model;
#[allow(dead_code)]
mod pages;
#[allow(dead_code)]
mod search;
mod weak;
#[allow(dead_code)]
mod wide;

use crate::text::Span;

pub use chain::{Chain, Layer};
mod chain;

/// A stretch of text that was read through a wrong decoder, and what stood there before.
#[derive(Clone, Debug, PartialEq)]
pub struct Repair {
    /// Where.
    pub span: Span,
    /// What stood there.
    pub text: String,
    /// What happened.
    pub chain: Chain,
    /// From 0 to 1.
    pub confidence: f32,
    /// Whether no other reading is near.
    pub safe: bool,
    /// How many characters are lost for good; each stands as U+FFFD in `text`.
    pub lossy: u32,
}

/// What is proven on the strong lines of a file.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    chains: Vec<Vec<lattice::Through>>,
}

/// Reads the strong lines.
pub fn evidence(_text: &str) -> Evidence {
    Evidence::default()
}

/// A repair has to earn this many bits to be suggested, and to be safe.
const SUGGESTED: model::Cost = 8 * model::BIT;
const SAFE: model::Cost = 12 * model::BIT;

/// All repairs, line by line, in order.
pub fn repairs(text: &str, evidence: &Evidence) -> Vec<Repair> {
    let mut out = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end_matches(['\n', '\r']);
        if !body.is_ascii() {
            in_line(body, start, evidence, &mut out);
        }
        start += line.len();
    }
    out
}

fn in_line(text: &str, offset: usize, evidence: &Evidence, out: &mut Vec<Repair>) {
    let cells = line::cells(text);
    if search::suspects(&cells).is_empty() {
        return;
    }
    let Some(found) = search::search(&cells, &evidence.chains) else { return };
    let gain = found.before - found.best.cost;
    if gain < SUGGESTED || !weak::convincing(text, &found.best, gain) {
        return;
    }
    let ahead = found.second - found.best.cost;
    let safe = gain >= SAFE && ahead >= 3 * model::BIT;
    let confidence = 1.0 - 0.5f32.powf((gain.min(ahead * 3)) as f32 / (4 * model::BIT) as f32);
    let chain = Chain::utf8(&found.best.chain);
    for patch in line::patches(text, &found.best.cells) {
        out.push(Repair {
            span: Span::new(patch.span.start + offset, patch.span.end + offset),
            text: patch.text,
            chain: chain.clone(),
            confidence,
            safe,
            lossy: patch.lost,
        });
    }
}
