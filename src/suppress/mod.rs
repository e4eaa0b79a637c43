//! What silences findings: directives inside the text ([`inline`]), a file of known findings ([`baseline`]), and the
//! choice of changed lines only ([`changed`]).

pub mod baseline;
pub mod changed;
pub mod inline;
