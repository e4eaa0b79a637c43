//! A file that declares another encoding than it is in.

use crate::{
    analysis::Signals,
    check::{Check, Context, Example, Meta, Sink},
    finding::Severity,
    text::Span,
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
    examples: &[
        Example::Bad {
            text: "<?xml version=\"1.0\" encoding=\"iso-8859-7\"?>\n<p>Größe</p>\n",
            find: &["iso-8859-7"],
            fixed: None,
        },
        Example::Good { text: "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<p>Größe</p>\n" },
    ],
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
        // The declaration stands in ASCII, so it is found again in the text.
        let Some(at) = cx.text().find(declared.label.as_str()) else { return };
        let span = Span::new(at, at + declared.label.len());
        let message = format!("The file says that it is in {says}, and is in {is}");
        out.report(span, 0.9, message, None);
    }
}
