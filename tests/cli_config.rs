//! Configuration: files, merging, overrides, `config show`, `init`, `schema`, and what else the command line offers.

mod common;

use common::{Folder, Ran};
use serde_json::Value;

fn severities(ran: &Ran) -> Vec<(String, String)> {
    let of = |l: &Value, k: &str| l[k].as_str().unwrap_or_default().to_owned();
    ran.lines().iter().filter(|l| l["type"] == "finding").map(|l| (of(l, "path"), of(l, "severity"))).collect()
}

fn jsonl(folder: &Folder, args: &[&str]) -> Ran {
    folder.run(&[&["check", "--format", "jsonl"], args].concat())
}

#[test]
fn the_nearest_file_wins() {
    let folder = Folder::with("a.txt", "zzz\n");
    folder.write("sub/a.txt", "zzz\n").write("sub/deep/a.txt", "zzz\n");
    folder.write("tidyglot.toml", "severity = { markup = 'error' }\n");
    folder.write("sub/pyproject.toml", "[tool.tidyglot]\nseverity = { 'markup/zzz' = 'info' }\n");
    let list = severities(&jsonl(&folder, &["--ignore", "markup/qqq", "a.txt", "sub/a.txt", "sub/deep/a.txt"]));
    let want = [("a.txt", "error"), ("sub/a.txt", "info"), ("sub/deep/a.txt", "info")];
    assert_eq!(list, want.map(|(a, b)| (a.to_owned(), b.to_owned())));
    let isolated = severities(&jsonl(&folder, &["--isolated", "a.txt"]));
    assert_eq!(isolated[0].1, "warning");
}

#[test]
fn package_metadata_and_extend_are_read() {
    let folder = Folder::with("a.txt", "zzz\n");
    folder.write("Cargo.toml", "[package]\nname = 'x'\n[package.metadata.tidyglot]\nextend = 'base/tidyglot.toml'\n");
    folder.write("base/tidyglot.toml", "severity = { markup = 'info' }\n");
    assert_eq!(severities(&jsonl(&folder, &["a.txt"]))[0].1, "info");
    folder.write("base/tidyglot.toml", "extend = '../Cargo.toml'\n");
    jsonl(&folder, &["a.txt"]).is_trouble(&["extends itself"]);
}

#[test]
fn overrides_hold_for_their_globs() {
    let folder = Folder::with("a.txt", "zzz\n");
    folder.write("b.md", "zzz `zzz`\n").write("c.txt", "<p>zzz</p>\n").write("l.txt", b"\xe9 zzz\n");
    folder.write(
        "tidyglot.toml",
        "[[override]]\nfiles = ['*.md']\nlang = 'de'\nseverity = { markup = 'error' }\n[[override]]\nfiles = ['/c.txt']\nformat = 'html'\nseverity = { 'markup/zzz' = 'off' }\n[[override]]\nfiles = ['l.txt']\nencoding = 'windows-1251'\n",
    );
    let ran = jsonl(&folder, &["."]);
    let list = severities(&ran);
    assert_eq!(list.iter().filter(|(path, _)| path != "tidyglot.toml").count(), 3, "{list:?}");
    assert_eq!(list[1], ("b.md".to_owned(), "error".to_owned()));
    let files: Vec<_> = ran.lines().into_iter().filter(|l| l["type"] == "file").collect();
    let of = |name: &str| files.iter().find(|f| f["path"] == name).unwrap();
    assert_eq!(of("b.md")["language"], "de");
    assert_eq!(of("c.txt")["format"], "html");
    assert_eq!(of("l.txt")["encoding"]["name"], "windows-1251");
    let ran = jsonl(&folder, &["b.md", "--lang", "es"]);
    assert!(ran.out.contains("\"language\":\"es\""), "the command line stands above every override");
}

#[test]
fn any_key_from_the_command_line() {
    let folder = Folder::with("a.txt", "zzz\n");
    folder.write("tidyglot.toml", "severity = { markup = 'error' }\n");
    let ran = jsonl(&folder, &["--config", "severity = { markup = 'info' }", "a.txt"]);
    assert_eq!(severities(&ran)[0].1, "info");
    folder.write("other.toml", "severity = { 'markup/zzz' = 'off' }\n");
    assert_eq!(severities(&jsonl(&folder, &["--config", "other.toml", "a.txt"])).len(), 0);
    folder.write("x/Cargo.toml", "[package]\nname = 'x'\n");
    folder.run(&["check", "--config", "x/Cargo.toml", "a.txt"]).is_trouble(&["no configuration"]);
}

#[test]
fn a_broken_configuration_is_one_line() {
    let folder = Folder::with("a.txt", "zzz\n");
    for (text, words) in [
        ("lang = 'de'\nigonre = []\n", &["tidyglot.toml:2:1", "unknown key 'igonre'", "'ignore'"][..]),
        ("lang = \n", &["tidyglot.toml:1:"]),
        ("ignore = ['encodign']\n", &["tidyglot.toml", "encodign", "did you mean 'encoding'"]),
        ("[[override]]\nfiles = ['[']\n", &["tidyglot.toml", "glob"]),
        ("encoding = 'utf-88'\n", &["utf-88"]),
        ("preset = 'docks'\n", &["docks", "did you mean 'docs'"]),
        ("max-file-size = 'big'\n", &["max-file-size", "512M"]),
        ("rules = ['none.toml']\n", &["none.toml"]),
    ] {
        folder.write("tidyglot.toml", text);
        folder.plain(&["check", "a.txt"]).is_trouble(words);
        folder.plain(&["fix", "a.txt"]).is_trouble(words);
    }
    folder.write("tidyglot.toml", "").write("sub/tidyglot.toml", "x = 1\n").write("sub/b.txt", "x");
    folder.plain(&["check", "."]).is_trouble(&["sub/tidyglot.toml:1:1"]);
}

#[test]
fn config_show_says_where_each_value_comes_from() {
    let folder = Folder::with("docs/a.md", "x\n");
    folder.write("tidyglot.toml", "preset = 'docs'\nlang = 'de'\n[[override]]\nfiles = ['docs/**']\nlang = 'fr'\n");
    let ran = folder.plain(&["config", "show", "docs/a.md", "--ignore", "hidden"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    for line in [
        "lang = \"fr\"  # tidyglot.toml, override for docs/**",
        "preset = \"docs\"  # tidyglot.toml",
        "# preset docs",
        "# --ignore",
        "# encoding is not set",
    ] {
        assert!(ran.out.contains(line), "{line} in\n{}", ran.out);
    }
}

#[test]
fn presets_change_what_runs() {
    let folder = Folder::with("a.txt", "zzz\n");
    let ran = folder.plain(&["check", "a.txt", "--config", "preset = 'corpus'", "--format", "sarif"]);
    let rules = ran.json()["runs"][0]["tool"]["driver"]["rules"].to_string();
    assert!(!rules.contains("\"typography/") && rules.contains("\"translation/"));
}

#[test]
fn init_writes_a_file_that_fits_and_the_schema_describes_it() {
    let folder = Folder::with("po/de.po", "msgid \"\"\n");
    assert_eq!(folder.plain(&["init"]).status, 0);
    let text = folder.text("tidyglot.toml");
    assert!(text.contains("\npreset = \"localization\"\n"), "{text}");
    folder.plain(&["init"]).is_trouble(&["tidyglot.toml", "--force"]);
    assert_eq!(folder.plain(&["check", "."]).status, 0);
    let schema = folder.plain(&["schema"]).json();
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.add_resource("schema.json", schema).unwrap();
    let index = compiler.compile("schema.json", &mut schemas).unwrap();
    // Every key that is commented out is one that the schema takes.
    let all: String =
        text.lines()
            .map(|l| {
                l.strip_prefix("# ")
                    .filter(|l| l.contains(" = ") || l.starts_with("[["))
                    .unwrap_or(if l.starts_with('#') { "" } else { l })
            })
            .map(|l| format!("{l}\n"))
            .collect();
    let value: Value = serde_json::to_value(toml::from_str::<toml::Table>(&all).unwrap()).unwrap();
    assert!(value.as_object().unwrap().len() > 10, "{all}");
    schemas.validate(&value, index).unwrap_or_else(|e| panic!("{e:#}"));
    assert!(schemas.validate(&serde_json::json!({"lnag": "x"}), index).is_err());
}

#[test]
fn excludes_hold_for_named_files_on_request() {
    let folder = Folder::with("gen/a.txt", "zzz\n");
    folder.write("b.txt", "fine\n").write("tidyglot.toml", "exclude = ['gen/**']\n");
    assert_eq!(jsonl(&folder, &["."]).status, 0);
    assert_eq!(jsonl(&folder, &["gen/a.txt"]).status, 1);
    let ran = jsonl(&folder, &["gen/a.txt", "--force-exclude"]);
    assert_eq!(ran.status, 0);
    assert!(ran.out.contains("excluded"));
    assert!(!jsonl(&folder, &[".", "--isolated", "--exclude", "*.txt", "--allow-empty"]).out.contains("\"finding\""));
}

#[test]
fn warnings_can_be_counted() {
    let folder = Folder::with("a.txt", "zzz\nzzz\n");
    for (args, status) in [
        (&["--max-warnings", "2"][..], 0),
        (&["--max-warnings", "1"], 1),
        (&["--fail-on", "never", "--max-warnings", "1"], 1),
        (&["--exit-zero"], 0),
        (&["--config", "max-warnings = 2"], 0),
        (&["--config", "fail-on = 'error'"], 0),
    ] {
        assert_eq!(folder.run(&[&["check", "a.txt"], args].concat()).status, status, "{args:?}");
    }
    assert_eq!(folder.run(&["check", "nope", "--exit-zero"]).status, 2);
}

#[test]
fn paths_come_from_a_list_that_ends_in_zero_bytes() {
    let folder = Folder::with("a b.txt", "zzz\n");
    folder.write("sub/c.txt", "zzz\n");
    let ran = folder.feed(&["check", "--files-from0", "-", "--format", "jsonl"], "a b.txt\0sub/c.txt\0");
    assert_eq!((ran.status, severities(&ran).len()), (1, 2));
    folder.feed(&["check", "--files-from0", "-"], "").is_trouble(&["nothing to scan"]);
}

#[test]
fn several_reports_in_one_run() {
    let folder = Folder::with("a.txt", "zzz\n");
    let ran =
        folder.run(&["check", "a.txt", "--format", "github", "--output", "sarif=r.sarif", "--output", "json=r.json"]);
    assert_eq!(ran.status, 1);
    assert!(ran.out.starts_with("::warning "));
    for name in ["r.sarif", "r.json"] {
        serde_json::from_str::<Value>(&folder.text(name)).unwrap();
    }
    folder.run(&["check", "a.txt", "--output", "x", "--output", "y"]).is_trouble(&["--output y", "FORMAT=FILE"]);
}

#[test]
fn files_says_how_each_was_read() {
    let folder = Folder::with("a.txt", "Just a plain sentence in English, and one more after that.\n");
    folder.write("u.txt", b"\xff\xfeh\0i\0\n\0").write("p.bin", b"\x89PNG\0\0\0\0");
    let ran = folder.plain(&["files", "."]);
    assert_eq!(ran.status, 0);
    assert!(ran.out.contains("a.txt: utf-8 ("), "{}", ran.out);
    assert!(ran.out.contains("u.txt: utf-16le with a byte-order mark"), "{}", ran.out);
    assert!(ran.out.contains("p.bin: skipped: binary"));
    let ran = folder.plain(&["files", "--list-encodings"]);
    assert!(ran.out.lines().any(|l| l == "windows-1252") && ran.out.lines().count() > 30);
}

#[test]
fn texts_become_utf_8_when_asked() {
    let folder = Folder::with("l.txt", b"Grube\xdf zzz\r\nStra\xdfe\r\n");
    folder.write("h.html", b"<meta charset=\"windows-1252\"><p>Stra\xdfe zzz </p>");
    folder.write("d.txt", b"\xff\xfez\0z\0z\0 \0x");
    let ran = folder.run(&["fix", "l.txt", "h.html", "d.txt", "--to-utf8", "--encoding", "windows-1252"]);
    assert_eq!(folder.text("l.txt"), "Grubeß aaa\r\nStraße\r\n");
    assert_eq!(folder.text("h.html"), "<meta charset=\"utf-8\"><p>Straße aaa </p>");
    assert!(ran.err.contains("d.txt") && ran.err.contains("damaged byte"), "{}", ran.err);
    assert_eq!(folder.read("d.txt"), b"\xff\xfea\0a\0a\0 \0x");
}

#[test]
fn what_is_cleaned_keeps_its_encoding_on_the_way_to_utf_8() {
    // Without the mojibake these bytes would be taken for another encoding.
    let folder = Folder::with("a.txt", b"a \xed\xa0\x80 caf\xc3\x83\xc2\xa9\n");
    folder.plain(&["fix", "a.txt", "--to-utf8"]);
    assert_eq!(folder.read("a.txt"), b"a \xed\xa0\x80 caf\xc3\xa9\n");
}

#[test]
fn fixes_can_be_chosen_one_by_one() {
    let folder = Folder::with("a.txt", "zzz one\nzzz two\nqqq three\n");
    let ran = folder.feed(&["fix", "-i", "a.txt"], "n\nwhat\ny\ny\n");
    assert_eq!(folder.text("a.txt"), "zzz one\naaa two\nppp three\n");
    assert_eq!(ran.status, 1);
    assert!(ran.err.contains("2 taken, 1 left"), "{}", ran.err);
    folder.write("a.txt", "zzz one\nzzz two\nqqq three\n");
    folder.feed(&["fix", "-i", "a.txt"], "a\nq\n");
    assert_eq!(folder.text("a.txt"), "aaa one\naaa two\nqqq three\n");
}

#[test]
fn completions_and_the_manual_are_generated() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(folder.plain(&["completions", shell]).out.contains("stdin-filename"), "{shell}");
    }
    let man = folder.plain(&["man"]).out;
    assert!(man.starts_with(".ie") && man.contains("TIDYGLOT FIX") && man.contains("output\\-dir"), "{man}");
}
