//! A file that declares another encoding than it is in.

use crate::{
    analysis::Signals,
    check::{Check, Context, Example, Meta, Sink},
    finding::Severity,
};

static META: Meta = Meta {
    name: "encoding/declared-otherwise",
    since: "0.1.0",
    severity: Severity::Warning,
    summary: "a declared charset that is not the file's encoding",
    why: "An HTML page, an XML file or a source file says in which encoding it is. Programs that believe it show \
          wrong letters.",
    when_wrong: "The server or another tool overrides the declaration for good.",
    fix: "",
    needs: Signals::NON_ASCII,
    examples: &[Example::Good { text: "Größe: a text that declares nothing is never wrong about it.\n" }],
};

/// The check.
pub(super) struct DeclaredOtherwise;

impl Check for DeclaredOtherwise {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        let source = cx.source();
        let Some(declared) = source.declared() else { return };
        let is = &source.encoding().name;
        let Some(says) = declared.encoding.map(|e| e.name()) else { return };
        if says.eq_ignore_ascii_case(is) {
            return;
        }
        let span = declared.span;
        let message = format!("The file says that it is in {says}, and is in {is}");
        out.report(span, 0.9, message, None);
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        Document, Engine, Settings,
        region::Format,
        text::{Options, Source},
    };

    #[test]
    fn a_wrong_declaration_is_found() {
        let raw = "<?xml version=\"1.0\" encoding=\"iso-8859-7\"?>\n<p>Größe und Maß</p>\n".as_bytes();
        let Ok(source) = Source::decode(raw, &Options::default()) else { panic!("it is text") };
        let Ok(engine) = Engine::new(Vec::new()) else { panic!("built-in rules load") };
        let found = engine.check(&Document::new(source, Format::Xml), &Settings::default());
        assert!(found.iter().any(|f| f.rule == "encoding/declared-otherwise"), "{found:?}");
    }
}
