//! The pipeline for one document, and for a set of documents in order.

use crate::{
    catalog::{self, Page},
    check::{self, Context, Mention, Sink},
    config::{FIRST_VERSION, SelectError, Selection, Settings, Version},
    document::{Document, Pair},
    finding::{Edit, Finding, Safety, Severity},
    fix::plan,
    region::Format,
    rules::{self, LoadError, Matcher, Rule},
    suppress::inline,
    text::{Options, Source, Span},
};
use std::collections::{HashMap, HashSet};

/// Checks and rules, ready to run. Immutable; share it between threads.
pub struct Engine {
    matcher: Matcher,
    pages: Vec<Page>,
    /// What may keep a rule from running, by its name; nothing does for the rules of the first version.
    reserved: HashMap<String, Reserve>,
}

/// What may keep a rule from running.
#[derive(Clone, Copy, Debug)]
struct Reserve {
    preview: bool,
    /// Since when it is there; `None` where a rule of the user's own does not say so.
    since: Option<Version>,
}

/// A cleaned document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// The bytes after the fixes, in the file's own encoding.
    pub bytes: Vec<u8>,
    /// How many fixes were applied.
    pub applied: usize,
    /// Fixes that the file's encoding cannot hold, each in one line.
    pub refused: Vec<String>,
}

/// What a round of fixing made of a document.
struct Round {
    bytes: Vec<u8>,
    applied: usize,
    refused: Vec<String>,
    /// The findings of the new bytes.
    left: Vec<Finding>,
    /// The edits that made them, in order: where they were, and the length of what took their place.
    edits: Vec<(Span, usize)>,
}

/// How often fixing is repeated until nothing changes: a fix can make room for another.
const ROUNDS: usize = 6;

impl Engine {
    /// An engine with the built-in checks and rules, and the user's own rules.
    pub fn new(own: Vec<Rule>) -> Result<Engine, LoadError> {
        let mut all = rules::builtin()?;
        for rule in own {
            if all.iter().any(|r| r.name == rule.name) || check::all().any(|c| c.meta().name == rule.name) {
                let what = format!("rule '{}': this name is taken; choose another", rule.name);
                return Err(LoadError { file: "rules".into(), place: None, what });
            }
            all.push(rule);
        }
        let pages = catalog::pages(&all);
        let reserve = |p: &Page| Reserve { preview: p.preview, since: Version::parse(&p.since) };
        let reserved = pages.iter().map(|p| (p.name.clone(), reserve(p)));
        let reserved = reserved.filter(|(_, r)| r.preview || r.since.is_some_and(|s| !FIRST_VERSION.has(s))).collect();
        Ok(Engine { matcher: Matcher::new(all)?, pages, reserved })
    }

    /// Whether a rule runs with these settings.
    pub fn runs(&self, rule: &str, settings: &Settings) -> bool {
        settings.selection.allows(rule) && !self.is_held_back(rule, settings)
    }

    /// Why nothing of a rule or family that somebody selects can run: it is in preview, or newer than the version asked
    /// for. `None` where something can.
    pub fn held_back(&self, name: &str, settings: &Settings) -> Option<String> {
        let mut meant = self.pages.iter().filter(|p| p.name == name || p.family() == name).peekable();
        let first = meant.peek().copied()?;
        if !meant.all(|p| self.is_held_back(&p.name, settings)) {
            return None;
        }
        match settings.target_version {
            _ if first.preview && !settings.preview => {
                Some(format!("'{name}' is in preview; preview = true (--preview) lets it run"))
            }
            Some(target) => Some(format!("'{name}' is there since {}, and target-version is {target}", first.since)),
            None => None,
        }
    }

    /// Whether a rule does not run, however it is selected.
    fn is_held_back(&self, rule: &str, settings: &Settings) -> bool {
        self.reserved.get(rule).is_some_and(|r| {
            let newer = |target: Version| r.since.is_some_and(|since| !target.has(since));
            r.preview && !settings.preview || settings.target_version.is_some_and(newer)
        })
    }

    /// What is said about every rule, by family and name.
    pub fn pages(&self) -> &[Page] {
        &self.pages
    }

    /// The names of all rules.
    pub fn names(&self) -> Vec<&str> {
        self.pages.iter().map(|p| p.name.as_str()).collect()
    }

    /// A selection of rules; an unknown name is an error that names the nearest one.
    pub fn selection(&self, select: &[String], ignore: &[String]) -> Result<Selection, SelectError> {
        Selection::new(select, ignore, &self.names())
    }

    /// All findings of one document, sorted by position.
    pub fn check(&self, doc: &Document<'_>, settings: &Settings) -> Vec<Finding> {
        let cx = Context { doc, settings };
        let wanted = |name: &str| self.runs(name, settings);
        let mut found = Vec::new();
        let signals = doc.facts.signals(cx.text()).all();
        for check in check::all() {
            let meta = check.meta();
            let needed = meta.needs == crate::analysis::Signals::ANY || meta.needs.intersects(signals);
            if needed && wanted(meta.name) && check.formats().contains(&doc.format) {
                let mut sink = Sink::new(meta);
                check.run(&cx, &mut sink);
                found.append(&mut sink.into_findings());
            }
        }
        self.matcher.run(&cx, &wanted, &mut found);
        // A tag or a gap that the source has too is no leftover: the translation keeps it, as it should.
        if let Some(pair) = &doc.pair {
            let kept = |f: &Finding| family(f) == "markup" && pair.source.contains(&cx.text()[f.span.range()]);
            found.retain(|f| !kept(f));
        }
        let mut found = resolve(found);
        hold_back(doc, &mut found);
        settings.grade(&mut found);
        if settings.inline && inline::is_possible(cx.text()) {
            inline::apply(doc, &mut found, &self.names(), &wanted);
        }
        found
    }

    /// What a document adds to the comparison of the whole set: for each set check, in order, its mentions.
    pub fn mentions(&self, doc: &Document<'_>, settings: &Settings) -> Vec<Vec<Mention>> {
        let cx = Context { doc, settings };
        check::sets().map(|c| if self.runs(c.meta().name, settings) { c.collect(&cx) } else { Vec::new() }).collect()
    }

    /// What only the set of all documents shows; each finding with its document's number.
    pub fn compare(&self, mentions: Vec<Vec<Vec<Mention>>>) -> Vec<(usize, Finding)> {
        let mut found = Vec::new();
        let mut by_check: Vec<Vec<(usize, Mention)>> = check::sets().map(|_| Vec::new()).collect();
        for (number, document) in mentions.into_iter().enumerate() {
            for (check, list) in document.into_iter().enumerate() {
                by_check[check].extend(list.into_iter().map(|m| (number, m)));
            }
        }
        for (check, mentions) in check::sets().zip(&by_check) {
            found.append(&mut check.finish(mentions));
        }
        found
    }

    /// A text with its fixes applied, until nothing changes. With `unsafe_fixes` the suggested ones too.
    pub fn clean_text(&self, text: &str, settings: &Settings, unsafe_fixes: bool) -> String {
        let doc = Document::new(Source::from_str(text), Format::Plain);
        let found = self.check(&doc, settings);
        let cleaned = self.clean(&doc, &found, settings, unsafe_fixes);
        String::from_utf8(cleaned.bytes).unwrap_or_else(|_| text.to_owned())
    }

    /// A document's bytes with the fixes of its findings applied, until nothing changes. Every byte outside a fix
    /// stays as it is. A round whose result has not fewer findings than the text before it is given up.
    pub fn clean(&self, doc: &Document<'_>, found: &[Finding], settings: &Settings, unsafe_fixes: bool) -> Cleaned {
        self.rounds(doc, found, found, settings, unsafe_fixes, |_, left, _| left.to_vec())
    }

    /// As [`Engine::clean`], but only the fixes of some of the findings. A fix can make room for another: `again` says which
    /// findings count in the new text, and gets the edits that made it, in order: where they were, and how many bytes of
    /// text took their place.
    pub fn clean_some(
        &self,
        doc: &Document<'_>,
        found: &[Finding],
        some: &[Finding],
        settings: &Settings,
        unsafe_fixes: bool,
        again: impl FnMut(&Document<'_>, &[Finding], &[(Span, usize)]) -> Vec<Finding>,
    ) -> Cleaned {
        self.rounds(doc, found, some, settings, unsafe_fixes, again)
    }

    fn rounds(
        &self,
        doc: &Document<'_>,
        found: &[Finding],
        some: &[Finding],
        settings: &Settings,
        unsafe_fixes: bool,
        mut again: impl FnMut(&Document<'_>, &[Finding], &[(Span, usize)]) -> Vec<Finding>,
    ) -> Cleaned {
        let least = if unsafe_fixes { Safety::Suggested } else { Safety::Safe };
        let Some(first) = self.round(doc, found, &plan::choose(some, least), settings) else {
            return untouched(doc);
        };
        let Round { bytes, applied, refused, mut left, mut edits } = first;
        let mut cleaned = Cleaned { bytes, applied, refused };
        for _ in 1..ROUNDS {
            let Some(next) = with_bytes(doc, &cleaned.bytes) else { break };
            // What is left was found when the round before proved itself.
            let some = again(&next, &left, &edits);
            let Some(round) = self.round(&next, &left, &plan::choose(&some, least), settings) else { break };
            cleaned.bytes = round.bytes;
            cleaned.applied += round.applied;
            (left, edits) = (round.left, round.edits);
        }
        cleaned
    }

    /// One round of fixing; `None` when nothing changes.
    fn round(&self, doc: &Document<'_>, found: &[Finding], chosen: &[&Finding], settings: &Settings) -> Option<Round> {
        if chosen.is_empty() {
            return None;
        }
        if let Some(done) = self.attempt(doc, found, chosen, settings) {
            return Some(done);
        }
        // Together they make the text worse: try rule by rule, and keep what proves itself.
        let mut rules: Vec<_> = chosen.iter().map(|f| f.rule.clone()).collect();
        rules.dedup();
        rules.iter().find_map(|rule| {
            let part: Vec<_> = chosen.iter().copied().filter(|f| f.rule == *rule).collect();
            self.attempt(doc, found, &part, settings)
        })
    }

    /// Applies the fixes of the chosen findings and proves the result: fewer findings than before.
    fn attempt(
        &self,
        doc: &Document<'_>,
        found: &[Finding],
        chosen: &[&Finding],
        settings: &Settings,
    ) -> Option<Round> {
        let mut refused = Vec::new();
        let mut edits: Vec<&Edit> = Vec::new();
        let mut applied = 0;
        for finding in chosen {
            let Some(fix) = &finding.fix else { continue };
            match fix.edits.iter().find_map(|e| doc.source.encode(&e.text).err()) {
                Some(e) => {
                    let place = doc.source.position(finding.span.start);
                    refused.push(format!("{}:{}: {}: {e}", place.line, place.column, finding.rule));
                }
                None => {
                    edits.extend(&fix.edits);
                    applied += 1;
                }
            }
        }
        if applied == 0 {
            return None;
        }
        edits.sort_by_key(|e| e.span);
        let mut pairs: Vec<_> = edits.iter().map(|e| (e.span, e.text.as_str())).collect();
        plan::close_gaps(doc.source.text(), &mut pairs);
        let bytes = crate::fix::raw::apply(&doc.source, &pairs).ok()?;
        let left = self.check(&with_bytes(doc, &bytes)?, settings);
        let weight = |list: &[Finding]| list.iter().map(|f| 1 + f.severity as usize).sum::<usize>();
        let edits = pairs.iter().map(|(span, text)| (*span, text.len())).collect();
        (weight(&left) < weight(found)).then_some(Round { bytes, applied, refused, left, edits })
    }

    /// A document made of a record of `stream`, which is plain text unless the settings say otherwise.
    pub fn record<'a>(&self, text: &'a str, pair: Option<Pair>, settings: &Settings) -> Document<'a> {
        let mut doc = Document::new(Source::from_str(text), settings.format.unwrap_or(Format::Plain));
        doc.pair = pair;
        doc
    }
}

/// A document that no fix changes.
fn untouched(doc: &Document<'_>) -> Cleaned {
    Cleaned { bytes: doc.source.raw().to_vec(), ..Cleaned::default() }
}

/// The document with other bytes, read in the same encoding.
fn with_bytes<'b>(doc: &Document<'_>, bytes: &'b [u8]) -> Option<Document<'b>> {
    let encoding = doc.source.encoding().name.to_string();
    let options = Options { encoding: Some(&encoding), ..Options::default() };
    let mut after = Document::new(Source::decode(bytes, &options).ok()?, doc.format);
    after.pair.clone_from(&doc.pair);
    Some(after)
}

/// Settles what several checks say about the same text: sorted by position, one finding for one damaged span.
fn resolve(mut found: Vec<Finding>) -> Vec<Finding> {
    let strength = |f: &Finding| {
        let fix = f.fix.as_ref().map_or(0, |x| if x.safety == Safety::Safe { 2 } else { 1 });
        (f.severity, fix, (f.confidence * 1000.0) as u32)
    };
    found.sort_by(|a, b| {
        (a.span.start, b.span.end)
            .cmp(&(b.span.start, a.span.end))
            .then_with(|| strength(b).cmp(&strength(a)))
            .then_with(|| a.rule.cmp(&b.rule))
    });
    found.dedup_by(|later, kept| {
        let same_span = later.span == kept.span && family(later) == family(kept);
        same_span || later.rule == kept.rule && later.span.start == kept.span.start && !later.span.is_empty()
    });
    // A repaired encoding explains everything inside its span: stray letters, controls, odd quotes. So does what is left of
    // one, though nobody can repair it, and lines that are read anew.
    let is_explained = |f: &&Finding| family(f) == "encoding" && !f.span.is_empty();
    let mut repaired: Vec<Span> = Vec::new();
    for f in found.iter().filter(is_explained) {
        if f.fix.is_some() || f.rule == "encoding/mojibake" {
            repaired.push(f.span);
        }
        if f.rule == "encoding/mixed-encodings" {
            repaired.extend(f.fix.iter().flat_map(|x| &x.edits).map(|e| e.span));
        }
    }
    // An accent beside its letter is no quotation mark and no apostrophe.
    let apart = "script/detached-accent";
    repaired.extend(found.iter().filter(|f| f.rule == apart).map(|f| f.span));
    if !repaired.is_empty() {
        found.retain(|f| family(f) == "encoding" || f.rule == apart || !repaired.iter().any(|r| r.contains(f.span)));
    }
    found
}

/// A letter of another script is a look-alike only where no wrong decoder wrote it: on a line whose encoding is damaged
/// beyond a safe repair, or in a file where one code page was read as another, nothing is promised.
fn hold_back(doc: &Document<'_>, found: &mut [Finding]) {
    let safe = |f: &Finding| f.fix.as_ref().is_some_and(|x| x.safety == Safety::Safe);
    let misread = |f: &Finding| {
        matches!(f.rule.as_ref(), "encoding/mojibake" | "encoding/wrong-code-page" | "encoding/replacement-character")
            && f.severity > Severity::Info
    };
    if !found.iter().any(misread) || !found.iter().any(|f| family(f) == "script" && safe(f)) {
        return;
    }
    let everywhere = found.iter().any(|f| f.rule == "encoding/wrong-code-page" && misread(f));
    let line = |f: &Finding| doc.source.line_of(f.span.start);
    let lines: HashSet<usize> = found.iter().filter(|f| misread(f) && !safe(f)).map(line).collect();
    for f in found.iter_mut().filter(|f| f.rule.starts_with("script/")) {
        if (everywhere || lines.contains(&line(f)))
            && let Some(fix) = &mut f.fix
        {
            fix.safety = Safety::Suggested;
        }
    }
}

fn family(finding: &Finding) -> &str {
    finding.rule.split('/').next().unwrap_or_default()
}
