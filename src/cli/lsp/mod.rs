//! `tidyglot lsp`: a language server. Diagnostics are what `check` says about the text that the editor holds; quick
//! fixes are its fixes, the safe ones preferred; `source.fixAll` is what `fix` writes.

mod open;
mod place;
mod wire;

use super::{
    args::LspArgs,
    exit::{Exit, Trouble},
    session::Session,
};
use crate::{
    catalog::Page,
    config::FILE_NAMES,
    input::{Entry, Origin},
    report::line,
    suppress::baseline::Baseline,
};
use open::{Open, path_of};
use place::{Text, Units};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};
use wire::Client;

/// Errors of the protocol.
const INVALID: i64 = -32600;
const UNKNOWN: i64 = -32601;
const NOT_READY: i64 = -32002;

pub(super) fn run(args: LspArgs) -> Result<Exit, Trouble> {
    let client = Client::new(io::stdin(), io::stdout().lock());
    let mut server = Server {
        client,
        args,
        root: PathBuf::from("."),
        units: Units::Utf16,
        versions: false,
        watches: false,
        state: State::New,
        session: None,
        baseline: None,
        open: BTreeMap::new(),
        pages: super::cache::usual_place().map(|p| p.join("rules").join(env!("TIDYGLOT_SOURCES"))),
    };
    Ok(if server.serve()? { Exit::Clean } else { Exit::Findings })
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    New,
    Ready,
    ShutDown,
}

struct Server<W: Write> {
    client: Client<W>,
    args: LspArgs,
    root: PathBuf,
    units: Units,
    /// Whether the client takes edits of a certain version of a document.
    versions: bool,
    /// Whether the client can watch files for us.
    watches: bool,
    state: State,
    /// `None` while the configuration is broken.
    session: Option<Session>,
    baseline: Option<Baseline>,
    open: BTreeMap<String, Open>,
    /// Where rules' pages are written for editors to open.
    pages: Option<PathBuf>,
}

impl<W: Write> Server<W> {
    /// Serves to the end; says whether the client said goodbye.
    fn serve(&mut self) -> io::Result<bool> {
        loop {
            // Diagnostics wait until the client has no more to say: while somebody types, only the last text counts.
            let message = match self.client.poll() {
                Ok(message) => message,
                Err(_) => {
                    self.publish()?;
                    match self.client.wait() {
                        Some(message) => message,
                        None => return Ok(false),
                    }
                }
            };
            let method = message["method"].as_str().unwrap_or_default().to_owned();
            if method == "exit" {
                return Ok(self.state == State::ShutDown);
            }
            let (id, params) = (&message["id"], &message["params"]);
            if id.is_null() {
                if self.state == State::Ready {
                    self.told(&method, params)?;
                }
            } else if !method.is_empty() {
                let answer = if self.client.is_cancelled(id) { Ok(Value::Null) } else { self.asked(&method, params) };
                self.client.answer(id, answer)?;
            }
        }
    }

    /// A request.
    fn asked(&mut self, method: &str, params: &Value) -> Result<Value, (i64, String)> {
        match (self.state, method) {
            (State::New, "initialize") => {
                let hello = self.initialize(params);
                self.state = State::Ready;
                return Ok(hello);
            }
            (State::New, _) => return Err((NOT_READY, "the server is not initialized".into())),
            (State::ShutDown, _) => return Err((INVALID, "the server is shutting down".into())),
            (State::Ready, "shutdown") => {
                self.state = State::ShutDown;
                return Ok(Value::Null);
            }
            (State::Ready, _) => {}
        }
        let uri = params["textDocument"]["uri"].as_str().unwrap_or_default().to_owned();
        self.check(&uri);
        let (Some(document), Some(session)) = (self.open.get(&uri), &self.session) else {
            return match method {
                "textDocument/codeAction" | "textDocument/hover" => Ok(Value::Null),
                _ => Err((UNKNOWN, format!("{method} is not known"))),
            };
        };
        match method {
            "textDocument/hover" => Ok(document.hover(&params["position"], self.units, session)),
            "textDocument/codeAction" => {
                let only: Option<Vec<&str>> =
                    params["context"]["only"].as_array().map(|l| l.iter().filter_map(Value::as_str).collect());
                let wants = |kind: &str| {
                    let under = |o: &&str| kind == *o || kind.starts_with(&format!("{o}."));
                    only.as_ref().is_none_or(|list| list.iter().any(under))
                };
                let mut actions = Vec::new();
                if wants("quickfix") {
                    let page = |rule: &str| self.page(rule);
                    actions.extend(document.quick_fixes(&params["range"], self.units, self.versions, page));
                }
                if wants("source.fixAll.tidyglot") {
                    actions.extend(document.fix_all(session, self.units, self.versions));
                }
                Ok(actions.into())
            }
            _ => Err((UNKNOWN, format!("{method} is not known"))),
        }
    }

    /// A notification.
    fn told(&mut self, method: &str, params: &Value) -> io::Result<()> {
        let document = &params["textDocument"];
        let uri = document["uri"].as_str().unwrap_or_default().to_owned();
        match method {
            "initialized" => {
                self.configure()?;
                if self.watches {
                    let globs: Vec<_> = FILE_NAMES.iter().map(|n| json!({"globPattern": format!("**/{n}")})).collect();
                    let watch = json!({"id": "tidyglot-configuration", "method": "workspace/didChangeWatchedFiles", "registerOptions": {"watchers": globs}});
                    self.client.ask("client/registerCapability", json!({"registrations": [watch]}))?;
                }
            }
            "textDocument/didOpen" => {
                let path = path_of(&uri, document["languageId"].as_str().unwrap_or_default(), &self.root);
                let text = Text::new(document["text"].as_str().unwrap_or_default().to_owned());
                let open = Open { uri: uri.clone(), path, version: document["version"].clone(), text, found: None };
                self.open.insert(uri.clone(), open);
                self.prepare(&uri)?;
            }
            "textDocument/didChange" => {
                let units = self.units;
                if let Some(open) = self.open.get_mut(&uri) {
                    open.version = document["version"].clone();
                    for change in params["contentChanges"].as_array().into_iter().flatten() {
                        open.text = open.text.changed(change, units);
                    }
                    open.found = None;
                }
            }
            "textDocument/didClose" => {
                self.open.remove(&uri);
                self.client.notify("textDocument/publishDiagnostics", json!({"uri": uri, "diagnostics": []}))?;
            }
            "textDocument/didSave" => {
                let path = path_of(&uri, "", &self.root);
                if path.file_name().and_then(|n| n.to_str()).is_some_and(|n| FILE_NAMES.contains(&n)) {
                    self.configure()?;
                }
            }
            "workspace/didChangeWatchedFiles" | "workspace/didChangeConfiguration" => self.configure()?,
            _ => {}
        }
        Ok(())
    }

    fn initialize(&mut self, params: &Value) -> Value {
        let folders = params["workspaceFolders"][0]["uri"].as_str();
        if let Some(uri) = folders.or(params["rootUri"].as_str()) {
            self.root = path_of(uri, "", Path::new("."));
        }
        let able = &params["capabilities"];
        let encodings = able["general"]["positionEncodings"].as_array();
        let utf8 = encodings.is_some_and(|l| l.iter().any(|e| e == "utf-8"));
        self.units = if utf8 { Units::Utf8 } else { Units::Utf16 };
        self.versions = able["workspace"]["workspaceEdit"]["documentChanges"] == true;
        self.watches = able["workspace"]["didChangeWatchedFiles"]["dynamicRegistration"] == true;
        json!({
            "capabilities": {
                "positionEncoding": if utf8 { "utf-8" } else { "utf-16" },
                "textDocumentSync": {"openClose": true, "change": 2, "save": true},
                "codeActionProvider": {"codeActionKinds": ["quickfix", "source.fixAll.tidyglot"]},
                "hoverProvider": true,
            },
            "serverInfo": {"name": "tidyglot", "version": env!("CARGO_PKG_VERSION")},
        })
    }

    /// Reads the configuration (again); what is wrong with it is shown, and nothing is reported until it is right.
    fn configure(&mut self) -> io::Result<()> {
        let paths = [self.root.clone()];
        self.session = None;
        match Session::new(&self.args.check(&paths), &paths) {
            Ok(session) => {
                self.baseline = session.configs.run.baseline().and_then(|file| {
                    let text = fs::read_to_string(file).ok()?;
                    Baseline::read(&text).ok()
                });
                self.session = Some(session);
            }
            Err(trouble) => self.complain(&trouble)?,
        }
        let all: Vec<String> = self.open.keys().cloned().collect();
        for uri in all {
            self.prepare(&uri)?;
        }
        Ok(())
    }

    /// Reads the configuration of a document's folder.
    fn prepare(&mut self, uri: &str) -> io::Result<()> {
        let (Some(session), Some(open)) = (&mut self.session, self.open.get_mut(uri)) else { return Ok(()) };
        open.found = None;
        let entry = Entry { path: open.path.clone(), origin: Origin::Named, size: 0, stamp: None, skip: None };
        if let Err(trouble) = session.prepare(&[entry]) {
            self.session = None;
            self.complain(&trouble)?;
        }
        Ok(())
    }

    fn complain(&mut self, trouble: &Trouble) -> io::Result<()> {
        let what = match trouble {
            Trouble::Said(what) => what.clone(),
            Trouble::Output(e) => e.to_string(),
        };
        let message = format!("tidyglot: {}", line::shown(&what));
        self.client.notify("window/showMessage", json!({"type": 1, "message": message}))
    }

    fn check(&mut self, uri: &str) {
        if let (Some(session), Some(open)) = (&self.session, self.open.get_mut(uri)) {
            open.check(session, self.baseline.as_ref());
        }
    }

    /// Tells what is found in every document whose text has changed.
    fn publish(&mut self) -> io::Result<()> {
        if self.session.is_none() {
            return Ok(());
        }
        let stale: Vec<String> = self.open.values().filter(|o| o.found.is_none()).map(|o| o.uri.clone()).collect();
        for uri in stale {
            self.check(&uri);
            let Some(open) = self.open.get(&uri) else { continue };
            let list = open.diagnostics(self.units, |rule| self.page(rule));
            let params = json!({"uri": uri, "version": open.version, "diagnostics": list});
            self.client.notify("textDocument/publishDiagnostics", params)?;
        }
        Ok(())
    }

    /// Where the page of a rule is, written when it is first asked for.
    fn page(&self, rule: &str) -> Option<String> {
        let page: &Page = self.session.as_ref()?.engine.pages().iter().find(|p| p.name == rule)?;
        let file = self.pages.as_ref()?.join(format!("{}.md", rule.replace('/', "-")));
        if !file.is_file() {
            fs::create_dir_all(file.parent()?).ok()?;
            fs::write(&file, super::explain::markdown(page)).ok()?;
        }
        Some(crate::report::uri(&file))
    }
}
