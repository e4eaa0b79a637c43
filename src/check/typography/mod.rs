//! Quotation marks, dashes, spacing and glue.

use super::Check;

mod clock_zone_spacing;
mod double_hyphen;
mod doubled_punctuation;
mod glued_after_quote;
mod glued_comma;
mod glued_sentence;
mod habit;
mod hyphen_as_dash;
mod mismatched_quotes;
mod missing_full_stop;
mod mixed_apostrophes;
mod mixed_quotes;
mod utc_offset_spacing;

/// The checks of this family, by name.
pub(super) static CHECKS: &[&dyn Check] = &[
    &clock_zone_spacing::ClockZoneSpacing,
    &double_hyphen::DoubleHyphen,
    &doubled_punctuation::DoubledPunctuation,
    &glued_after_quote::GluedAfterQuote,
    &glued_comma::GluedComma,
    &glued_sentence::GluedSentence,
    &hyphen_as_dash::HyphenAsDash,
    &mismatched_quotes::MismatchedQuotes,
    &missing_full_stop::MissingFullStop,
    &mixed_apostrophes::MixedApostrophes,
    &mixed_quotes::MixedQuotes,
    &utc_offset_spacing::UtcOffsetSpacing,
];
