//! What translation engines and language models leave behind.

mod bilingual_shape;
mod decimal_comma;
mod doubled_word;
mod echo_pairs;
mod foreign_punctuation;
mod foreign_quotes;
mod identified;
mod lower_name;
mod on_purpose;
mod related_language;
mod repetition_loop;
mod wrong_language;

use super::Check;
use crate::region::Format;

/// The checks of this family, by name.
pub(super) static CHECKS: &[&dyn Check] = &[
    &decimal_comma::DecimalComma,
    &doubled_word::DoubledWord,
    &echo_pairs::EchoPairs,
    &foreign_punctuation::ForeignPunctuation,
    &foreign_quotes::ForeignQuotes,
    &lower_name::LowerName,
    &related_language::RelatedLanguage,
    &repetition_loop::RepetitionLoop,
    &wrong_language::WrongLanguage,
];

/// The formats that hold running text. Message files hold two languages, and their keys are in none.
static RUNNING_TEXT: &[Format] =
    &[Format::Plain, Format::Markdown, Format::Html, Format::Light, Format::Tex, Format::Roff, Format::Mail];
