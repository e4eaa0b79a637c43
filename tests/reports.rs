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

/// Well-formed XML with these elements; a small reader, enough to see that nothing from a text became markup.
fn elements(xml: &str) -> Vec<String> {
    let mut open: Vec<String> = Vec::new();
    let mut all = Vec::new();
    let mut rest = xml;
    while let Some(at) = rest.find('<') {
        assert!(!rest[..at].contains('>'), "a bare > in {xml}");
        let end = rest[at..].find('>').expect("an open tag") + at;
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if tag.starts_with('?') {
            continue;
        }
        let name = tag.trim_matches('/').split_whitespace().next().unwrap_or_default().to_owned();
        if tag.starts_with('/') {
            assert_eq!(open.pop().as_deref(), Some(name.as_str()));
            continue;
        }
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        all.push(name.clone());
        if !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?}");
    all
}

fn hostile() -> Folder {
    let name = if cfg!(windows) { "a & b.txt" } else { "a <b> & \"c\" 'd'.txt" };
    Folder::with(name, "zzz</failure>\nzzz]]><script>alert(1)</script>\u{1}\u{ffff}\nqqq | `x` @you\n")
}

#[test]
fn junit_and_checkstyle_are_well_formed() {
    let folder = hostile();
    let junit = folder.run(&["check", ".", "--format", "junit"]).out;
    let list = elements(&junit);
    assert_eq!(list.iter().filter(|e| *e == "failure").count(), 2, "{junit}");
    assert_eq!(list.iter().filter(|e| *e == "testcase").count(), 3);
    assert!(junit.contains("tests=\"3\" failures=\"2\""));
    let checkstyle = folder.run(&["check", ".", "--format", "checkstyle"]).out;
    assert_eq!(elements(&checkstyle), ["checkstyle", "file", "error", "error", "error"]);
}

#[test]
fn gitlab_has_what_the_service_asks_for() {
    let folder = Folder::with("sub/a.txt", "zzz same\nzzz same\nqqq\n");
    let json = folder.run(&["check", ".", "--format", "gitlab"]).json();
    let list = json.as_array().unwrap();
    let mut prints: Vec<_> = list.iter().map(|i| i["fingerprint"].as_str().unwrap()).collect();
    prints.sort_unstable();
    prints.dedup();
    assert_eq!((list.len(), prints.len()), (3, 3));
    for item in list {
        assert!(item["description"].is_string() && item["check_name"].is_string());
        assert!(matches!(item["severity"].as_str(), Some("info" | "minor" | "major" | "critical" | "blocker")));
        assert_eq!(item["location"]["path"], "sub/a.txt");
        assert!(item["location"]["lines"]["begin"].as_u64().is_some_and(|n| n > 0));
    }
}

#[test]
fn rdjson_counts_bytes() {
    let folder = Folder::with("a.txt", "\u{e9}\u{1f600} zzz b\n");
    let json = folder.run(&["check", ".", "--format", "rdjson"]).json();
    let item = &json["diagnostics"][0];
    assert_eq!(item["location"]["range"]["start"], serde_json::json!({"line": 1, "column": 8}));
    assert_eq!(item["suggestions"][0]["text"], "aaa");
    assert_eq!(item["code"]["value"], "markup/zzz");
}

#[test]
fn azure_markdown_grouped_and_statistics() {
    let folder = hostile();
    let azure = folder.run(&["check", ".", "--format", "azure"]).out;
    assert!(azure.lines().all(|l| l.starts_with("##vso[task.logissue type=")), "{azure}");
    assert_eq!(azure.lines().count(), 3);
    let markdown = folder.run(&["check", ".", "--format", "markdown"]).out;
    assert!(!markdown.contains("<script>") && markdown.contains("| Place |"), "{markdown}");
    let rows = markdown.lines().filter(|l| l.starts_with("| ") && l.contains("zzz"));
    assert!(rows.clone().count() == 2 && rows.clone().all(|l| l.replace("\\|", "").matches('|').count() == 6));
    let grouped = folder.run(&["check", ".", "--format", "grouped"]).out;
    assert!(grouped.contains("(3 findings)") && grouped.contains("  3:1 info[markup/qqq] "), "{grouped}");
    let statistics = folder.run(&["check", ".", "--format", "statistics"]).out;
    assert!(statistics.contains("       2        2      1  markup/zzz"), "{statistics}");
}

#[test]
fn the_page_holds_no_markup_of_a_text() {
    let folder = hostile();
    let page = folder.run(&["check", ".", "--format", "html"]).out;
    assert!(page.starts_with("<!doctype html>") && page.ends_with("</html>\n"));
    assert!(page.contains("default-src 'none'") && !page.contains("http://") && !page.contains("https://"));
    assert!(!page.contains("alert(1)</script>") && !page.contains("]]><script>") && !page.contains("</failure>"));
    let data: Vec<Value> = page
        .split("<script type=\"application/json\"")
        .skip(1)
        .map(|part| part.split_once('>').unwrap().1.split("</script>").next().unwrap())
        .map(|json| serde_json::from_str(json).unwrap())
        .collect();
    assert_eq!(data.len(), 1);
    let file = &data[0]["files"][0];
    assert!(file["text"].as_str().unwrap().contains("<script>alert(1)</script>"), "the value is whole");
    assert_eq!(file["findings"].as_array().unwrap().len(), 3);
}
