//! A spelling of a name that the user's list does not want.

use crate::{
    analysis::{
        Signals,
        around::{char_after, char_before},
        is_word_char,
    },
    check::{Check, Context, Example, Meta, Sink},
    finding::{Safety, Severity},
    text::Span,
};
use aho_corasick::{AhoCorasick, MatchKind};

pub(super) struct PreferredName;

static META: Meta = Meta {
    name: "consistency/preferred-name",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "spelling of a name that the list of names does not want",
    why: "A house decides once how a name is romanised. The list «names» in the configuration holds these decisions: \
          the preferred form, an equals sign, and the other forms with commas between them.",
    when_wrong: "Somebody else with that name: take the form out of the list.",
    fix: "Writes the preferred form.",
    needs: Signals::ANY,
    examples: &[
        Example::Good { text: "Without a list of names this says nothing: Sergey Ivanov met Sergei Ivanov in town." },
        Example::Good { text: "Kiev and Kyiv, Peking and Beijing, Bombay and Mumbai stand in old and new maps." },
        Example::Good { text: "" },
    ],
};

/// The rows of a list of names that have other forms: the preferred form and what is written after the equals sign.
fn rows(names: &[String]) -> impl Iterator<Item = (&str, &str)> {
    names.iter().filter_map(|row| row.split_once('=')).map(|(right, others)| (right.trim(), others))
}

/// All forms of all names of a list.
pub(super) fn forms(names: &[String]) -> impl Iterator<Item = &str> {
    names.iter().flat_map(|row| row.split(['=', ','])).map(str::trim).filter(|form| !form.is_empty())
}

impl Check for PreferredName {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let mut preferred = Vec::new();
        let mut patterns = Vec::new();
        for (right, others) in rows(&cx.settings.names) {
            // The right form is searched too: it may hold a wrong one (`Al-Zaid` and `Zaid`).
            let others = others.split(',').map(str::trim).filter(|form| !form.is_empty() && *form != right);
            for form in std::iter::once(right).chain(others) {
                preferred.push(right);
                patterns.push(form);
            }
        }
        if patterns.is_empty() {
            return;
        }
        let Ok(forms) = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&patterns) else { return };
        let prose = cx.prose();
        for hit in forms.find_iter(prose) {
            let number = hit.pattern().as_usize();
            let (Some(&right), Some(&form)) = (preferred.get(number), patterns.get(number)) else { continue };
            let span = Span::new(hit.start(), hit.end());
            let joins = |c: Option<char>| c.is_some_and(is_word_char);
            let inside = joins(char_before(prose, span.start)) || joins(char_after(prose, span.end));
            if form == right || inside || cx.facts().is_opaque(prose, span) {
                continue;
            }
            let message = format!("«{form}»: the list of names wants «{right}»");
            out.replace(span, 0.95, message, Safety::Suggested, right);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Document, Engine, Settings, region::Format, text::Source};

    #[test]
    fn the_list_decides() -> Result<(), Box<dyn std::error::Error>> {
        let names = vec!["Sergei Orlov = Sergey Orlov, Sergej Orlov".to_owned(), "Zeta".to_owned()];
        let settings = Settings { names, ..Settings::default() };
        let engine = Engine::new(Vec::new()).map_err(|e| e.to_string())?;
        let text = "Then Sergey Orlov, Sergei Orlov and Sergej Orlova spoke of Zeta.";
        let doc = Document::new(Source::from_str(text), Format::Plain);
        let found = engine.check(&doc, &settings);
        let found: Vec<_> = found.iter().filter(|f| f.rule == "consistency/preferred-name").collect();
        assert_eq!(found.len(), 1);
        assert_eq!(&text[found[0].span.range()], "Sergey Orlov");
        Ok(())
    }
}
