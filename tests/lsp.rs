//! A language client's session with `tidyglot lsp`, against what the command line says about the same files.

#![cfg(feature = "lsp")]

mod common;

use common::Folder;
use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader, Read, Write},
    process::{Child, ChildStdin, ChildStdout, Stdio},
};

/// A client that plays a session.
struct Client {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    /// Notifications and requests of the server, not yet looked at.
    heard: Vec<Value>,
    next: u64,
}

impl Client {
    fn new(folder: &Folder, args: &[&str], own_rules: bool) -> Client {
        let args = [&["lsp"], args].concat();
        let mut command = if own_rules { folder.ruled(&args) } else { folder.command(&args) };
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (input, output) = (child.stdin.take(), BufReader::new(child.stdout.take().unwrap()));
        Client { child, input, output, heard: Vec::new(), next: 0 }
    }
    fn start(folder: &Folder, args: &[&str], own_rules: bool, capabilities: Value) -> (Client, Value) {
        let mut client = Client::new(folder, args, own_rules);
        let hello = client
            .ask("initialize", json!({"processId": null, "rootUri": uri(folder, ""), "capabilities": capabilities}));
        client.tell("initialized", json!({}));
        (client, hello["result"]["capabilities"].clone())
    }
    fn send(&mut self, message: Value) {
        let text = message.to_string();
        write!(self.input.as_mut().unwrap(), "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
    }
    fn tell(&mut self, method: &str, params: Value) {
        self.send(json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }
    fn read(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert!(self.output.read_line(&mut line).unwrap() > 0, "the server is gone");
            if line.trim().is_empty() {
                break;
            }
            if let Some(n) = line.strip_prefix("Content-Length: ") {
                length = n.trim().parse().unwrap();
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body).unwrap();
        serde_json::from_slice(&body).unwrap()
    }
    fn answer(&mut self, id: &Value) -> Value {
        loop {
            let message = self.read();
            if message["id"] == *id && message["method"].is_null() {
                return message;
            }
            self.heard.push(message);
        }
    }
    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        let id = json!(self.next);
        self.send(json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        self.answer(&id)
    }
    fn hear(&mut self, method: &str) -> Value {
        if let Some(at) = self.heard.iter().position(|m| m["method"] == method) {
            return self.heard.remove(at)["params"].clone();
        }
        loop {
            let message = self.read();
            if message["method"] == method {
                return message["params"].clone();
            }
            self.heard.push(message);
        }
    }
    fn diagnostics(&mut self, uri: &str) -> Vec<Value> {
        loop {
            let params = self.hear("textDocument/publishDiagnostics");
            if params["uri"] == uri {
                return params["diagnostics"].as_array().unwrap().clone();
            }
        }
    }
    fn open(&mut self, uri: &str, text: &str) -> Vec<Value> {
        self.tell(
            "textDocument/didOpen",
            json!({"textDocument": {"uri": uri, "languageId": "plaintext", "version": 1, "text": text}}),
        );
        self.diagnostics(uri)
    }
    fn change(&mut self, uri: &str, version: u64, changes: Value) {
        self.tell(
            "textDocument/didChange",
            json!({"textDocument": {"uri": uri, "version": version}, "contentChanges": changes}),
        );
    }
    fn actions(&mut self, uri: &str, range: Value, only: &[&str]) -> Vec<Value> {
        let context =
            if only.is_empty() { json!({"diagnostics": []}) } else { json!({"diagnostics": [], "only": only}) };
        let answer = self
            .ask("textDocument/codeAction", json!({"textDocument": {"uri": uri}, "range": range, "context": context}));
        answer["result"].as_array().unwrap().clone()
    }
    fn end(mut self) {
        assert_eq!(self.ask("shutdown", Value::Null)["result"], Value::Null);
        assert_eq!(self.ask("textDocument/hover", json!({}))["error"]["code"], -32600);
        self.tell("exit", Value::Null);
        assert_eq!(self.child.wait().unwrap().code(), Some(0));
    }
}

fn uri(folder: &Folder, name: &str) -> String {
    let path = folder.path().join(name).to_string_lossy().into_owned();
    let path: String = path
        .bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() || b"/._-".contains(&b) {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect();
    format!("file://{path}")
}

fn everything() -> Value {
    json!({"start": {"line": 0, "character": 0}, "end": {"line": 9999, "character": 0}})
}

/// Texts with damage of many kinds, in many scripts, with everything that makes places hard to count.
fn texts() -> Vec<(&'static str, String)> {
    vec![
        (
            "plain.txt",
            "The caf\u{c3}\u{a9} 😀 opens. The m\u{430}ster said so.\r\nNext \u{200b}line: na\u{c3}\u{af}ve.\r\n"
                .into(),
        ),
        (
            "русский.txt",
            "Первая строка 😀😀.\nГород постро\u{131}л новый мост, и в город\u{435} это вид\u{65}ли все.\n".into(),
        ),
        ("arabic.txt", "أعلنت البلدية افتتاح المكتبة 😀 يوم الاثنين.\nوحضر الحفل \u{202e}عدد كبير من الأهالي.\n".into()),
        (
            "page.md",
            "# Title 😀\n\nA caf\u{c3}\u{a9} and `caf\u{c3}\u{a9}` in code.\n\n```\ncaf\u{c3}\u{a9}\n```\n".into(),
        ),
        ("clean.txt", "Nothing to see here.\n".into()),
        ("empty.txt", String::new()),
    ]
}

/// A finding of the command line as a diagnostic of these units.
fn expected(finding: &Value, text: &str, utf8: bool) -> Value {
    let place = |p: &Value| {
        let byte = usize::try_from(p["byte"].as_u64().unwrap()).unwrap();
        let line = p["line"].as_u64().unwrap() - 1;
        let in_line = byte - text[..byte].rfind('\n').map_or(0, |i| i + 1);
        let character = if utf8 { in_line as u64 } else { p["utf16"].as_u64().unwrap() - 1 };
        json!({"line": line, "character": character})
    };
    let severity = match finding["severity"].as_str().unwrap() {
        "error" => 1,
        "warning" => 2,
        _ => 3,
    };
    json!({
        "range": {"start": place(&finding["start"]), "end": place(&finding["end"])},
        "severity": severity,
        "code": finding["rule"],
    })
}

#[test]
fn the_same_findings_as_the_command_line() {
    let folder = Folder::new();
    for (name, text) in texts() {
        folder.write(name, text);
    }
    for utf8 in [false, true] {
        let encodings = if utf8 { json!(["utf-16", "utf-8"]) } else { json!(["utf-16"]) };
        let (mut client, able) =
            Client::start(&folder, &[], false, json!({"general": {"positionEncodings": encodings}}));
        assert_eq!(able["positionEncoding"], if utf8 { "utf-8" } else { "utf-16" });
        let mut total = 0;
        for (name, text) in texts() {
            let uri = uri(&folder, name);
            let got = client.open(&uri, &text);
            let said: Vec<Value> = folder.plain(&["check", name, "--format", "jsonl", "--allow-empty"]).lines();
            let findings: Vec<_> = said.iter().filter(|l| l["type"] == "finding").collect();
            let want: Vec<_> = findings.iter().map(|f| expected(f, &text, utf8)).collect();
            let short: Vec<_> = got
                .iter()
                .map(|d| json!({"range": d["range"], "severity": d["severity"], "code": d["code"]}))
                .collect();
            assert_eq!(short, want, "{name} {utf8}");
            total += want.len();
            for (diagnostic, finding) in got.iter().zip(&findings) {
                assert_eq!(diagnostic["message"], finding["message"], "{name}");
                let page = diagnostic["codeDescription"]["href"].as_str().unwrap().strip_prefix("file://").unwrap();
                let page = std::fs::read_to_string(page).unwrap();
                assert!(page.starts_with(&format!("# {}", finding["rule"].as_str().unwrap())), "{page}");
            }
            // Its quick fixes are those of the command line, the safe ones preferred.
            let fixes: Vec<_> = client.actions(&uri, everything(), &["quickfix"]);
            let want: Vec<_> = findings.iter().filter(|f| !f["fix"].is_null()).collect();
            assert_eq!(fixes.len(), want.len(), "{name}");
            for (fix, finding) in fixes.iter().zip(want) {
                assert_eq!(fix["isPreferred"], finding["fix"]["safety"] == "safe");
                let edits = fix["edit"]["changes"][&uri].as_array().unwrap();
                let texts: Vec<_> = edits.iter().map(|e| &e["newText"]).collect();
                let want: Vec<_> = finding["fix"]["edits"].as_array().unwrap().iter().map(|e| &e["text"]).collect();
                assert_eq!(texts, want);
            }
            // All safe fixes at once give what `fix` writes.
            folder.write(format!("copy/{name}"), &text);
            folder.plain(&["fix", &format!("copy/{name}"), "--allow-empty"]);
            let fixed = folder.text(&format!("copy/{name}"));
            let all = client.actions(&uri, everything(), &["source.fixAll"]);
            match all.first() {
                Some(action) => {
                    let edit = &action["edit"]["changes"][&uri][0];
                    client.change(&uri, 2, json!([{"range": edit["range"], "text": edit["newText"]}]));
                    let left = client.diagnostics(&uri).len();
                    assert!(left < got.len());
                    client.change(&uri, 3, json!([{"text": fixed}]));
                    assert_eq!(client.diagnostics(&uri).len(), left, "{name}: the same text as `fix` writes");
                    assert_eq!(client.actions(&uri, everything(), &["source.fixAll"]), [] as [Value; 0]);
                }
                None => assert_eq!(fixed, text, "{name}"),
            }
        }
        assert!(total >= 6, "{total}");
        client.end();
    }
}

#[test]
fn edits_are_followed() {
    let folder = Folder::new();
    let (mut client, _) =
        Client::start(&folder, &[], true, json!({"workspace": {"workspaceEdit": {"documentChanges": true}}}));
    let uri = uri(&folder, "a b.txt");
    assert_eq!(client.open(&uri, "one 😀\ntwo\n").len(), 0);
    let at = |line: u32, from: u32, to: u32| json!({"start": {"line": line, "character": from}, "end": {"line": line, "character": to}});
    // Two changes in one message: the second one counts from the first one's result.
    client.change(&uri, 2, json!([{"range": at(0, 6, 6), "text": " zzz"}, {"range": at(0, 7, 7), "text": "qqq "}]));
    let found = client.diagnostics(&uri);
    let codes: Vec<_> = found.iter().map(|d| d["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["markup/qqq", "markup/zzz"]);
    assert_eq!(found[1]["range"], at(0, 11, 14));
    let actions = client.actions(&uri, at(0, 12, 12), &[]);
    assert_eq!(actions.len(), 2, "{actions:?}");
    assert_eq!((&actions[0]["isPreferred"], &actions[0]["kind"]), (&json!(true), &json!("quickfix")));
    assert_eq!(actions[0]["edit"]["documentChanges"][0]["textDocument"]["version"], 2);
    assert_eq!(actions[0]["edit"]["documentChanges"][0]["edits"][0], json!({"range": at(0, 11, 14), "newText": "aaa"}));
    assert_eq!(
        client.actions(&uri, at(0, 8, 8), &["quickfix"])[0]["isPreferred"],
        false,
        "a suggestion is not preferred"
    );
    assert_eq!(client.actions(&uri, at(1, 0, 1), &["quickfix"]).len(), 0);
    assert_eq!(client.actions(&uri, everything(), &["refactor"]).len(), 0);
    let hover = client
        .ask("textDocument/hover", json!({"textDocument": {"uri": uri}, "position": {"line": 0, "character": 12}}));
    assert!(hover["result"]["contents"]["value"].as_str().unwrap().contains("Nobody writes zzz."));
    client.tell("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    assert_eq!(client.diagnostics(&uri).len(), 0);
    // What is not saved yet, and requests that nobody knows.
    assert_eq!(client.open("untitled:Untitled-1", "zzz").len(), 1);
    assert_eq!(
        client.ask("textDocument/rename", json!({"textDocument": {"uri": "untitled:Untitled-1"}}))["error"]["code"],
        -32601
    );
    client.end();
}

#[test]
fn a_cancelled_request_is_told_so() {
    let folder = Folder::new();
    let (mut client, _) = Client::start(&folder, &[], false, json!({}));
    let uri = uri(&folder, "big.txt");
    let text = "The caf\u{c3}\u{a9} opens at nine, and the m\u{430}ster is pleased with it.\n".repeat(3000);
    client.tell(
        "textDocument/didOpen",
        json!({"textDocument": {"uri": uri, "languageId": "plaintext", "version": 1, "text": text}}),
    );
    for id in ["a", "b", "c"] {
        client.send(json!({"jsonrpc": "2.0", "id": id, "method": "textDocument/codeAction", "params": {"textDocument": {"uri": uri}, "range": everything(), "context": {"diagnostics": []}}}));
    }
    client.tell("$/cancelRequest", json!({"id": "c"}));
    client.tell("$/cancelRequest", json!({"id": "b"}));
    assert!(client.answer(&json!("a"))["result"].is_array());
    for id in ["b", "c"] {
        assert_eq!(client.answer(&json!(id))["error"]["code"], -32800);
    }
    assert!(client.actions(&uri, everything(), &["quickfix"]).len() > 1000, "the server goes on");
    client.end();
}

#[test]
fn configuration_and_known_findings_count() {
    let folder = Folder::with(
        "tidyglot.toml",
        "severity = { 'markup/zzz' = 'error' }\nbaseline = 'known.json'\nexclude = ['gen/**']\n",
    );
    folder.write("a.txt", "old zzz here\n");
    folder.run(&["check", "a.txt", "--update-baseline"]);
    let watch = json!({"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}}});
    let (mut client, _) = Client::start(&folder, &[], true, watch);
    assert_eq!(
        client.hear("client/registerCapability")["registrations"][0]["method"],
        "workspace/didChangeWatchedFiles"
    );
    let a = uri(&folder, "a.txt");
    let found = client.open(&a, "old zzz here\nnew zzz there\n");
    assert_eq!((found.len(), &found[0]["range"]["start"]["line"], &found[0]["severity"]), (1, &json!(1), &json!(1)));
    assert_eq!(client.open(&uri(&folder, "gen/x.txt"), "zzz\n").len(), 0);
    // A broken configuration is said and mended.
    folder.write("tidyglot.toml", "severty = {}\n");
    client.tell("workspace/didChangeWatchedFiles", json!({"changes": []}));
    assert!(client.hear("window/showMessage")["message"].as_str().unwrap().contains("did you mean 'severity'"));
    folder.write("tidyglot.toml", "severity = { 'markup/zzz' = 'info' }\n");
    client.tell("textDocument/didSave", json!({"textDocument": {"uri": uri(&folder, "tidyglot.toml")}}));
    assert_eq!(client.diagnostics(&a).iter().map(|d| d["severity"].as_u64().unwrap()).collect::<Vec<_>>(), [3, 3]);
    client.end();
}

#[test]
fn a_client_that_goes_away_ends_the_server() {
    let folder = Folder::new();
    let mut client = Client::new(&folder, &["--stdio"], false);
    assert_eq!(client.ask("textDocument/hover", json!({}))["error"]["code"], -32002);
    client.input.take();
    assert_eq!(client.child.wait().unwrap().code(), Some(1));
    let mut client = Client::new(&folder, &[], false);
    client.input.as_mut().unwrap().write_all(b"Content-Length: nonsense\r\n\r\n{}").unwrap();
    assert_eq!(client.child.wait().unwrap().code(), Some(1));
}
