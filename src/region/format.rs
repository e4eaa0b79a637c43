//! Which format a file is in: by its name, and for a few by its first bytes.

use std::path::Path;

/// A file format that has a scanner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// All of it is prose.
    #[default]
    Plain,
    /// CommonMark with tables, footnotes and front matter.
    Markdown,
    /// HTML of any quality.
    Html,
    /// XML: documents, catalogues, feeds.
    Xml,
    /// Gettext catalogues.
    Po,
    /// JSON, JSON Lines and their kin.
    Json,
    /// YAML.
    Yaml,
    /// Keys and values, a pair a line: Java properties, INI, TOML, Apple strings, Fluent.
    Properties,
    /// Timed text.
    Subtitles,
    /// Values in columns.
    Table,
    /// TeX and LaTeX.
    Tex,
    /// Manual pages.
    Roff,
    /// Light markup other than Markdown: reStructuredText, AsciiDoc, Org, wiki text, POD.
    Light,
    /// An e-mail message with its headers.
    Mail,
    /// Source code; its comments and strings are prose.
    Code,
}

impl Format {
    /// The format that a file's name speaks for.
    pub fn of_path(path: &Path) -> Format {
        let name = path.file_name().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
        let ext = name.rsplit_once('.').map_or("", |(_, ext)| ext);
        match ext {
            "md" | "markdown" | "mdx" | "mkd" | "mdown" | "qmd" | "rmd" => Format::Markdown,
            "html" | "htm" | "xhtml" | "shtml" | "vue" | "svelte" => Format::Html,
            "xml" | "svg" | "xlf" | "xliff" | "tmx" | "tbx" | "resx" | "xsd" | "xsl" | "xslt" | "rss" | "atom"
            | "dita" | "ditamap" | "docbook" | "dbk" | "fb2" | "opf" | "ncx" | "plist" | "ttml" | "dfxp" | "ui"
            | "glade" | "wxl" | "stringsdict" | "storyboard" | "xib" | "kml" | "gpx" | "rdf" | "owl" | "csproj"
            | "xcs" => Format::Xml,
            "po" | "pot" => Format::Po,
            "json" | "jsonl" | "ndjson" | "arb" | "xcstrings" | "json5" | "jsonc" | "webmanifest" | "geojson"
            | "ipynb" => Format::Json,
            "yml" | "yaml" => Format::Yaml,
            "properties" | "strings" | "ini" | "cfg" | "conf" | "toml" | "desktop" | "lang" | "ftl" | "env" => {
                Format::Properties
            }
            "srt" | "vtt" | "ass" | "ssa" | "sbv" | "sub" | "smi" | "lrc" => Format::Subtitles,
            "csv" | "tsv" | "dic" | "aff" => Format::Table,
            "tex" | "latex" | "ltx" | "sty" | "cls" | "bib" | "dtx" => Format::Tex,
            "man" | "mdoc" | "roff" => Format::Roff,
            "rst" | "rest" | "adoc" | "asciidoc" | "asc" | "org" | "textile" | "pod" | "wiki" | "mediawiki"
            | "creole" | "texi" | "texinfo" | "rtf" => Format::Light,
            "eml" | "mbox" => Format::Mail,
            // `page.rst.txt` is what is shown as text, not what it is.
            "txt" | "orig" | "bak" | "in" if name.rsplit('.').count() > 2 => {
                match Format::of_path(Path::new(name.rsplit_once('.').map_or("", |(stem, _)| stem))) {
                    Format::Plain if ext == "in" => Format::Code,
                    format => format,
                }
            }
            _ if name == "cmakelists.txt" => Format::Code,
            _ if CODE.contains(&ext) || matches!(name.as_str(), "makefile" | "dockerfile" | "rakefile" | "gemfile") => {
                Format::Code
            }
            _ => Format::Plain,
        }
    }

    /// The format of a file, by its name and its text. A name that says nothing, or says two things, is settled by
    /// how the text begins.
    pub fn detect(path: &Path, text: &str) -> Format {
        let named = Format::of_path(path);
        let ext = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
        let head = head(text);
        match named {
            // Qt's translation sources share their ending with TypeScript.
            Format::Code if ext.eq_ignore_ascii_case("ts") && head.trim_start().starts_with('<') => Format::Xml,
            Format::Plain => sniff(ext, head).unwrap_or(Format::Plain),
            _ => named,
        }
    }

    /// The name used in configuration and reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Format::Plain => "plain",
            Format::Markdown => "markdown",
            Format::Html => "html",
            Format::Xml => "xml",
            Format::Po => "po",
            Format::Json => "json",
            Format::Yaml => "yaml",
            Format::Properties => "properties",
            Format::Subtitles => "subtitles",
            Format::Table => "table",
            Format::Tex => "tex",
            Format::Roff => "roff",
            Format::Light => "light",
            Format::Mail => "mail",
            Format::Code => "code",
        }
    }

    /// Whether a reader gets the text as it stands, or as a page made of it. In messages, data and code, tags,
    /// placeholders and labels are what the file is for, so nobody can call them leftovers.
    pub const fn is_text(self) -> bool {
        matches!(self, Format::Plain | Format::Markdown | Format::Html)
    }

    /// Every format.
    pub const ALL: &'static [Format] = &[
        Format::Plain,
        Format::Markdown,
        Format::Html,
        Format::Xml,
        Format::Po,
        Format::Json,
        Format::Yaml,
        Format::Properties,
        Format::Subtitles,
        Format::Table,
        Format::Tex,
        Format::Roff,
        Format::Light,
        Format::Mail,
        Format::Code,
    ];
}

const CODE: &[&str] = &[
    "c", "h", "cc", "cpp", "cxx", "hpp", "hh", "cs", "java", "kt", "kts", "scala", "go", "rs", "js", "mjs", "cjs",
    "jsx", "ts", "tsx", "py", "pyw", "pyi", "rb", "php", "pl", "pm", "t", "lua", "sh", "bash", "zsh", "fish", "ps1",
    "bat", "cmd", "sql", "swift", "m", "mm", "r", "jl", "dart", "ex", "exs", "erl", "hrl", "hs", "ml", "mli", "fs",
    "vb", "pas", "asm", "s", "f90", "gd", "groovy", "gradle", "tcl", "vim", "el", "lisp", "clj", "cljs", "scm", "css",
    "scss", "sass", "less", "styl", "proto", "graphql", "tf", "nix", "cmake", "mk", "diff", "patch", "m4", "awk",
    "zig", "erb", "ejs", "hbs", "mustache", "twig", "jsp", "asp", "aspx", "liquid", "njk", "j2", "jinja", "tmpl",
    "tpl", "haml", "pug", "in", "am",
];

/// The first part of a text, enough to know a format by.
fn head(text: &str) -> &str {
    let mut end = text.len().min(2048);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].trim_start_matches('\u{feff}')
}

fn sniff(ext: &str, head: &str) -> Option<Format> {
    let start = head.trim_start();
    let begins = |what: &str| start.get(..what.len()).is_some_and(|s| s.eq_ignore_ascii_case(what));
    if begins("<!doctype html") || begins("<html") {
        return Some(Format::Html);
    }
    if begins("<?xml") {
        return Some(if head.contains("<html") { Format::Html } else { Format::Xml });
    }
    if begins("{\\rtf") || begins("\\documentclass") {
        return Some(Format::Tex);
    }
    if begins("#!") && start.lines().next().is_some_and(|l| l.contains("/bin/")) {
        return Some(Format::Code);
    }
    if begins("diff --git ") || (begins("--- ") && head.contains("\n+++ ") && head.contains("\n@@ ")) {
        return Some(Format::Code);
    }
    // `page.7`, `page.3pm`: only where the text has the macros of a manual page.
    let numbered = ext.len() <= 5 && ext.bytes().next().is_some_and(|b| b.is_ascii_digit() || b == b'n');
    let macros = [".TH ", ".Dd ", ".SH ", ".so ", ".\\\"", "'\\\""];
    if numbered && macros.iter().any(|m| head.starts_with(m) || head.contains(&format!("\n{m}"))) {
        return Some(Format::Roff);
    }
    is_mail(start).then_some(Format::Mail)
}

/// A header block with at least two of the headers that only messages have.
fn is_mail(start: &str) -> bool {
    const HEADERS: &[&str] =
        &["received", "return-path", "delivered-to", "message-id", "date", "from", "subject", "mime-version"];
    let mut seen = 0;
    for line in start.lines().take(40) {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) || line.starts_with("From ") {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { break };
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            break;
        }
        if HEADERS.iter().any(|h| name.eq_ignore_ascii_case(h)) {
            seen += 1;
        }
    }
    seen >= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detect(name: &str, text: &str) -> Format {
        Format::detect(Path::new(name), text)
    }

    #[test]
    fn names_decide_first() {
        assert_eq!(detect("a.md", "<html>"), Format::Markdown);
        assert_eq!(detect("de.PO", ""), Format::Po);
        assert_eq!(detect("x/README", "Plain words."), Format::Plain);
        assert_eq!(detect("Makefile", ""), Format::Code);
        assert_eq!(detect("guide.rst.txt", ""), Format::Light);
        assert_eq!(detect("CMakeLists.txt", ""), Format::Code);
        assert_eq!(detect("a.b.txt", ""), Format::Plain);
    }

    #[test]
    fn beginnings_settle_the_rest() {
        assert_eq!(detect("app_de.ts", "<?xml version=\"1.0\"?><!DOCTYPE TS>"), Format::Xml);
        assert_eq!(detect("app.ts", "import x from 'y';"), Format::Code);
        assert_eq!(detect("page", "\u{feff}\n<!DOCTYPE html><p>"), Format::Html);
        assert_eq!(detect("ls.1", ".TH LS 1\n.SH NAME\n"), Format::Roff);
        assert_eq!(detect("notes.1", "First things first."), Format::Plain);
        assert_eq!(detect("0001.abc", "From: a@b.org\nDate: Mon\nSubject: Hi\n\nText"), Format::Mail);
        assert_eq!(detect("story.txt", "Note: this is no header.\nDate: none\n"), Format::Plain);
    }
}
