//! Every report against its official schema or its own rules.

mod common;

use common::Folder;
use serde_json::Value;

const TEXT: &str =
    "first line\nhere is zzz, \u{202e}hidden\u{202c} and \u{5e9}\u{5dc}\u{5d5}\u{5dd} zzz\n\tqqq & <b>zzz</b> \"'\n";

fn folder() -> Folder {
    let folder = Folder::with("news/a b.txt", TEXT);
    folder.write("news/clean.txt", "nothing\n").write("pic.bin", b"\x89PNG\0\0\0\0\0\0\0\0");
    folder
}

fn validate(schema: &str, value: &Value) {
    let path = format!("{}/tests/schemas/{schema}", env!("CARGO_MANIFEST_DIR"));
    let mut schemas = boon::Schemas::new();
    let index = boon::Compiler::new().compile(&path, &mut schemas).unwrap_or_else(|e| panic!("{e:#}"));
    if let Err(e) = schemas.validate(value, index) {
        panic!("{e:#}");
    }
}

#[test]
fn sarif_is_valid_and_complete() {
    let ran = folder().run(&["check", ".", "--format", "sarif"]);
    let json = ran.json();
    validate("sarif-2.1.0.json", &json);
    let run = &json["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 4);
    for result in results {
        let rule = &rules[result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(rule["help"]["text"].as_str().is_some_and(|t| !t.is_empty()));
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "news/a%20b.txt");
        assert_eq!(place["artifactLocation"]["uriBaseId"], "%SRCROOT%");
        let (from, len) = (place["region"]["byteOffset"].as_u64(), place["region"]["byteLength"].as_u64());
        let span = from.unwrap() as usize..(from.unwrap() + len.unwrap()) as usize;
        assert_eq!(place["region"]["snippet"]["text"], TEXT[span]);
        assert!(result["partialFingerprints"]["tidyglot/v1"].is_string());
        let change = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
        assert!(matches!(change["insertedContent"]["text"].as_str(), Some("aaa" | "ppp")));
    }
    assert_eq!(run["artifacts"].as_array().unwrap().len(), 2);
    assert!(
        run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].as_str().unwrap().contains("binary")
    );
}

#[test]
fn sarif_of_the_built_in_rules_is_valid() {
    let folder = Folder::with("a.txt", "Rufen Sie __INLINE_CODE_41__ auf.\n");
    let ran = folder.plain(&["check", ".", "--format", "sarif"]);
    validate("sarif-2.1.0.json", &ran.json());
}

#[test]
fn sarif_of_nothing_is_valid() {
    let ran = folder().run(&["check", "news/clean.txt", "--format", "sarif"]);
    validate("sarif-2.1.0.json", &ran.json());
}

#[test]
fn json_has_the_promised_shape() {
    let folder = folder();
    let json = folder.run(&["check", ".", "--format", "json"]).json();
    let keys: Vec<_> = json.as_object().unwrap().keys().cloned().collect();
    assert_eq!(keys, ["version", "findings", "files", "skipped", "summary"]);
    assert_eq!(json["version"], 1);
    let finding = json["findings"][0].as_object().unwrap();
    let keys: Vec<_> = finding.keys().map(String::as_str).collect();
    assert_eq!(keys, ["path", "rule", "severity", "confidence", "message", "text", "start", "end", "fix"]);
    let edit = &finding["fix"]["edits"][0];
    assert_eq!(edit["start"], finding["start"]);
    assert_eq!((&finding["fix"]["safety"], &edit["text"]), (&"safe".into(), &"aaa".into()));
    let file = json["files"][0].as_object().unwrap();
    assert!(file.contains_key("language") && file["encoding"]["bom"] == false);
    assert_eq!(
        json["summary"],
        serde_json::json!({"files": 2, "skipped": 1, "findings": {"error": 0, "warning": 3, "info": 1}})
    );
    let lines = folder.run(&["check", ".", "--format", "jsonl"]).lines();
    let types: Vec<_> = lines.iter().map(|l| l["type"].as_str().unwrap()).collect();
    assert_eq!(types, ["finding", "finding", "finding", "finding", "file", "file", "skipped", "summary"]);
    assert_eq!(lines[0]["text"], json["findings"][0]["text"]);
}

#[test]
fn json_hides_nothing_and_keeps_the_value() {
    let folder = Folder::with("a.txt", "x zzz\u{202e}\u{e0041}\u{85}y\n");
    let ran = folder.run(&["check", "a.txt", "--format", "jsonl"]);
    assert!(!ran.out.contains(['\u{202e}', '\u{e0041}', '\u{85}']));
    assert_eq!(ran.lines()[0]["text"], "zzz\u{202e}\u{e0041}");
}

#[test]
fn one_line_for_each_finding() {
    let folder = Folder::with("a.txt", "zzz\n".repeat(50));
    for format in ["concise", "github"] {
        let ran = folder.run(&["check", "a.txt", "--format", format]);
        assert_eq!(ran.out.lines().count(), 50, "{format}");
    }
}

#[test]
fn full_shows_the_damage_the_change_and_what_was_scanned() {
    let ran = folder().run(&["check", "."]);
    for part in [
        "news/a b.txt:2:9 warning markup/zzz",
        "news/a b.txt:3:2 info markup/qqq",
        "1 skipped, binary: pic.bin",
        "2 files scanned (utf-8 2)",
        "3 warnings, 1 note: markup 4",
        "3 with a safe fix: tidyglot fix; 1 with a suggestion: tidyglot fix --unsafe",
        "<U+202E>",
        "\u{2068}",
    ] {
        assert!(ran.out.contains(part), "no '{part}' in\n{}", ran.out);
    }
    let ran = Folder::with("a.txt", "日本語 zzz\n").run(&["check", "."]);
    assert!(ran.out.contains("     1 │ 日本語 zzz\n       │        ^^^\n"), "wide letters\n{}", ran.out);
    assert!(ran.out.contains("     - │ 日本語 zzz\n     + │ 日本語 aaa   safe fix\n"), "{}", ran.out);
}
