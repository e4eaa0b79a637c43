//! A legacy encoding that was read as another.

use super::mojibake;
use crate::{
    analysis::Signals,
    check::{Check, Context, Example, Meta, Sink},
    finding::Severity,
};

static META: Meta = Meta {
    name: "encoding/wrong-code-page",
    since: "0.1.0",
    severity: Severity::Error,
    summary: "text in a legacy encoding that was read as another",
    why: "The same byte is another letter in every code page. Text that was saved in one page and opened in another \
          keeps its ASCII letters and shows wrong ones in place of all others: Russian becomes accented Latin letters \
          or Cyrillic gibberish, `ł` becomes `³`, `é` becomes `č`.",
    when_wrong: "Names and quotations in a language that the models of letters do not know. Nothing is reported where \
                 the text reads well as it stands in any known language, or where the repair reads well in none.",
    fix: "Reads the bytes in the encoding in which the text is good. Safe where no other encoding comes near.",
    needs: Signals::NON_ASCII,
    examples: &[
        Example::Bad {
            text: "Äîáðûé äåíü, äîðîãèå äðóçüÿ!",
            find: &["Äîáðûé äåíü, äîðîãèå äðóçüÿ"],
            fixed: Some("Добрый день, дорогие друзья!"),
        },
        Example::Bad {
            text: "рТЙЧЕФ, ЛБЛ Х ФЕВС ДЕМБ?",
            find: &["рТЙЧЕФ, ЛБЛ Х ФЕВС ДЕМБ"],
            fixed: Some("Привет, как у тебя дела?"),
        },
        Example::Good { text: "Привет, как у тебя дела?" },
        Example::Good { text: "Dvořák, Łódź, Čapek and Ångström were mentioned by the speaker." },
    ],
};

/// The check.
pub(super) struct WrongCodePage;

impl Check for WrongCodePage {
    fn meta(&self) -> &'static Meta {
        &META
    }
    fn run(&self, cx: &Context<'_>, out: &mut Sink) {
        mojibake::report(cx, out, false);
    }
}
