//! Commands that say something about tidyglot or its configuration: `config show`, `init`, `schema`, `files`,
//! `completions`, `man`.

use super::{
    args::{Args, ConfigArgs, ConfigCommand, FilesArgs, InitArgs},
    configs::Configs,
    exit::{Exit, Trouble, say},
    files,
    output::{Output, Wanted},
    session::{self, Session},
};
use crate::{
    config::keys,
    input::{Entry, Origin, Problem},
    report::{json_line, line},
    text,
};
use clap::CommandFactory;
use std::{
    collections::BTreeMap,
    io::{self, Write},
};

/// `tidyglot config show FILE`.
pub(super) fn config(args: ConfigArgs) -> Result<Exit, Trouble> {
    let ConfigCommand::Show { path, common } = args.command;
    let inside = if path.is_dir() { path.join("x") } else { path.clone() };
    let mut configs = Configs::new(&common, &files::common_folder(std::slice::from_ref(&inside)), &[])?;
    let engine = session::engine(&common, &configs)?;
    let entry = Entry { path: inside.clone(), origin: Origin::Named, size: 0, stamp: None, skip: None };
    configs.prepare(&[entry], &engine)?;
    let mut out = Output::open(Wanted::new(&common.output)?.main.as_deref())?;
    writeln!(out, "# {}", line::path(&path))?;
    let shown: Vec<_> = configs.show(&inside);
    for (key, value, origin) in &shown {
        writeln!(out, "{key} = {}  # {}", line::shown(value), line::shown(origin))?;
    }
    for key in keys::KEYS.iter().filter(|k| !shown.iter().any(|(name, ..)| name == k.name)) {
        writeln!(out, "# {} is not set", key.name)?;
    }
    out.finish()?;
    Ok(Exit::Clean)
}

/// `tidyglot schema`.
pub(super) fn schema() -> Result<Exit, Trouble> {
    let text = serde_json::to_string_pretty(&keys::schema()).unwrap_or_default();
    writeln!(io::stdout(), "{text}")?;
    Ok(Exit::Clean)
}

/// `tidyglot completions SHELL`.
pub(super) fn completions(shell: clap_complete::Shell) -> Result<Exit, Trouble> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "tidyglot", &mut text);
    io::stdout().write_all(&text)?;
    Ok(Exit::Clean)
}

/// `tidyglot man`.
pub(super) fn man() -> Result<Exit, Trouble> {
    let mut text = Vec::new();
    let mut command = Args::command();
    command.build();
    clap_mangen::Man::new(command.clone()).render(&mut text)?;
    for sub in command.get_subcommands().filter(|s| s.get_name() != "help") {
        let man = clap_mangen::Man::new(sub.clone());
        writeln!(text, ".SH \"TIDYGLOT {}\"", sub.get_name().to_uppercase())?;
        man.render_description_section(&mut text)?;
        man.render_options_section(&mut text)?;
    }
    io::stdout().write_all(&text)?;
    Ok(Exit::Clean)
}

/// `tidyglot init`.
pub(super) fn init(args: InitArgs) -> Result<Exit, Trouble> {
    let target = args.folder.join("tidyglot.toml");
    if target.exists() && !args.force {
        return Err(Trouble::new(format!("{}: is there already; --force replaces it", line::path(&target))));
    }
    if !args.folder.is_dir() {
        return Err(Trouble::new(format!("{}: no such folder", line::path(&args.folder))));
    }
    let text = draft(&args.folder);
    let mut out = Output::open(Some(&target))?;
    out.write_all(text.as_bytes())?;
    out.finish()?;
    say(&format!("{} written; 'tidyglot check' reads it", line::path(&target)));
    Ok(Exit::Clean)
}

/// A commented file that fits what is in the folder.
fn draft(folder: &std::path::Path) -> String {
    let (entries, _) = crate::input::walk(&[folder.to_path_buf()], &crate::input::Walk::default());
    let mut endings: BTreeMap<String, usize> = BTreeMap::new();
    for entry in entries.iter().filter(|e| e.skip.is_none()) {
        let ending = entry.path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
        *endings.entry(ending).or_default() += 1;
    }
    let of = |list: &[&str]| list.iter().filter_map(|e| endings.get(*e)).sum::<usize>();
    let catalogues = of(&["po", "pot", "xlf", "xliff", "tmx", "ftl", "strings", "arb", "properties", "resx"]);
    let manuals = of(&["md", "rst", "adoc", "mdx"]);
    let data = of(&["jsonl", "ndjson", "tsv"]);
    let rest = of(&["txt", "html", "htm", "docx", "odt"]);
    let code = of(&["rs", "py", "js", "ts", "c", "go", "java", "rb", "cpp"]);
    let preset = match [catalogues, manuals, data, rest].iter().max() {
        Some(0) | None => "publication",
        Some(n) if *n == catalogues => "localization",
        Some(n) if *n == manuals && code > 0 => "docs",
        Some(n) if *n == data => "corpus",
        _ => "publication",
    };
    let mut out = String::from(
        "# Configuration of tidyglot. The nearest file above a text holds; 'tidyglot config show FILE' says what that gives.\n\n",
    );
    for key in keys::KEYS {
        let value = if key.name == "preset" { format!("\"{preset}\"") } else { key.example.to_owned() };
        let hash = if key.name == "preset" { "" } else { "# " };
        out.push_str(&format!("# {}\n", key.doc));
        if let keys::Kind::OneOf(list) = key.kind {
            out.push_str(&format!("# One of {}.\n", list.join(", ")));
        }
        out.push_str(&format!("{hash}{} = {value}\n\n", key.name));
    }
    out.push_str("# Keys for some files; later ones win.\n# [[override]]\n# files = [\"de/**\"]\n# lang = \"de\"\n");
    out
}

/// `tidyglot files`.
pub(super) fn files(args: FilesArgs) -> Result<Exit, Trouble> {
    let check = &args.check;
    let wanted = Wanted::new(&check.common.output)?;
    let mut out = Output::open(wanted.main.as_deref())?;
    if args.list_encodings {
        for encoding in text::encodings() {
            writeln!(out, "{}", encoding.name())?;
        }
        out.finish()?;
        return Ok(Exit::Clean);
    }
    let json = match check.format.as_deref() {
        None | Some("full" | "concise") => false,
        Some("jsonl") => true,
        Some(other) => {
            return Err(Trouble::new(format!("--format {other}: the list of files comes as concise or jsonl")));
        }
    };
    let paths = files::paths(check)?;
    let mut session = Session::new(check, &paths)?;
    let list = files::list(check, &paths, &session.configs.run, &wanted.files())?;
    session.prepare(&list.entries)?;
    let mut failed = list.failed;
    files::in_order(
        &list.entries,
        |_, entry| {
            if let Some(reason) = &entry.skip {
                return Err(Problem::Skipped(reason.clone()));
            }
            let bytes = session.load(entry)?;
            session.document(&entry.path, &bytes, |doc, settings| {
                let language = settings.lang.clone().or_else(|| doc.facts.language(doc.prose()).map(str::to_owned));
                (doc.source.encoding().clone(), language, doc.format.as_str())
            })
        },
        |number, result| {
            let Some(entry) = list.entries.get(number) else { return Ok(()) };
            let path = line::path(&entry.path);
            match result {
                Ok((e, language, format)) if json => {
                    let value = serde_json::json!({"path": entry.path.to_string_lossy(), "encoding": {"name": e.name, "bom": e.bom, "confidence": (f64::from(e.confidence) * 1000.0).round() / 1000.0, "why": e.why}, "language": language, "format": format});
                    json_line(&mut out, &value)?;
                }
                Ok((e, language, format)) => {
                    let bom = if e.bom { " with a byte-order mark" } else { "" };
                    let language = language.as_deref().unwrap_or("-");
                    let sure = (e.confidence * 100.0).round();
                    writeln!(out, "{path}: {}{bom} ({sure} %: {}), {language}, {format}", e.name, line::shown(&e.why))?;
                }
                Err(Problem::Skipped(reason)) if json => {
                    let value = serde_json::json!({"path": entry.path.to_string_lossy(), "reason": reason});
                    json_line(&mut out, &value)?;
                }
                Err(Problem::Skipped(reason)) => writeln!(out, "{path}: skipped: {}", line::shown(&reason))?,
                Err(Problem::Unreadable(why)) => {
                    say(&format!("{path}: {why}"));
                    failed = true;
                }
            }
            Ok(())
        },
    )?;
    out.finish()?;
    Ok(if failed { Exit::Trouble } else { Exit::Clean })
}
