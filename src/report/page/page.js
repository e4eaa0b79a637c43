"use strict";
// The page of one report. Everything from an input enters the page as text nodes, never as markup.
const data = JSON.parse(document.getElementById("data").textContent);
const SEVERITIES = ["error", "warning", "info"];
const $ = (id) => document.getElementById(id);
const state = { file: 0, finding: 0, off: new Set(), search: "" };

// ---- what is where in the text -------------------------------------------------------------------------------------
for (const file of data.files) {
  const starts = [0];
  for (let i = file.text === null ? -1 : file.text.indexOf("\n"); i >= 0; i = file.text.indexOf("\n", i + 1)) starts.push(i + 1);
  const at = (p) => (starts[p.line - 1] ?? 0) + p.utf16 - 1;
  file.findings.forEach((f, index) => {
    f.index = index;
    f.family = f.rule.split("/")[0];
    f.from = at(f.start);
    f.to = at(f.end);
    for (const e of f.fix?.edits ?? []) { e.from = at(e.start); e.to = at(e.end); }
    f.taken = f.fix?.safety === "safe";
  });
  // Of two suggestions for the same text only one can be taken.
  const busy = [];
  for (const f of file.findings) if (f.taken && collides(f, busy)) f.taken = false; else if (f.taken) busy.push(f);
}

function collides(f, others) {
  return others.some((o) => o !== f && o.fix.edits.some((a) => f.fix.edits.some((b) =>
    a.from === a.to || b.from === b.to ? a.from <= b.to && b.from <= a.to : a.from < b.to && b.from < a.to)));
}

function edits(file) {
  return file.findings.filter((f) => f.taken).flatMap((f) => f.fix.edits).sort((a, b) => a.from - b.from || a.to - b.to);
}

function cleaned(file) {
  let out = "", at = 0;
  for (const e of edits(file)) { out += file.text.slice(at, e.from) + e.text; at = e.to; }
  return out + file.text.slice(at);
}

// ---- text with its hidden characters and scripts --------------------------------------------------------------------
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\uffff\ue000-\uf8ff\u{1bca0}-\u{1bca3}\u{e0000}-\u{e0fff}]/u;
const SCRIPTS = [["latin", /\p{Script=Latin}/u], ["cyrillic", /\p{Script=Cyrillic}/u], ["greek", /\p{Script=Greek}/u], ["arabic", /\p{Script=Arabic}/u],
  ["hebrew", /\p{Script=Hebrew}/u], ["han", /\p{Script=Han}/u], ["kana", /[\p{Script=Hiragana}\p{Script=Katakana}]/u], ["hangul", /\p{Script=Hangul}/u],
  ["armenian", /\p{Script=Armenian}/u], ["georgian", /\p{Script=Georgian}/u], ["thai", /[\p{Script=Thai}\p{Script=Lao}]/u], ["ethiopic", /\p{Script=Ethiopic}/u],
  ["indic", /[\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}]/u]];
const scriptOf = (c) => SCRIPTS.find(([, r]) => r.test(c))?.[0];
const code = (c) => "U+" + c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");

// Joiners that a script's spelling needs, or that hold an emoji together, stay what they are in running text.
const JOINED = /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]/u;
const JOINER = /[\u200c\u200d]/, SPACE = /[\u00a0\u202f]/;

/** Puts a text into an element: hidden characters spelled out, and with `colour` each script in its colour. */
function put(into, text, colour) {
  let run = "", script, last = "";
  const flush = () => {
    if (!run) return;
    if (colour && script) { const s = document.createElement("span"); s.className = "s-" + script; s.textContent = run; into.append(s); } else into.append(run);
    run = "";
  };
  for (const c of text) {
    const before = last;
    last = c;
    // Where nothing is wrong with it, a space that does not break is drawn as one, with a line under it.
    const calm = !colour && (SPACE.test(c) || JOINER.test(c) && JOINED.test(before));
    if (HIDDEN.test(c) && !(calm && JOINER.test(c))) {
      flush();
      const s = document.createElement("span");
      s.className = calm ? "nb" : "hid"; s.textContent = calm ? c : code(c); s.title = code(c);
      into.append(s);
      continue;
    }
    const next = colour ? (/\p{M}/u.test(c) ? script : scriptOf(c)) : undefined;
    if (next !== script) { flush(); script = next; }
    run += c;
  }
  flush();
  return into;
}

function node(tag, props = {}, ...children) {
  const n = document.createElement(tag);
  for (const [k, v] of Object.entries(props)) k in n ? (n[k] = v) : n.setAttribute(k, v);
  n.append(...children);
  return n;
}

// ---- the parts of the page -------------------------------------------------------------------------------------------
const shown = (f) => !state.off.has(f.severity) && !state.off.has(f.family);
const visible = (file) => file.findings.filter(shown);

function draw() { drawSums(); drawCharts(); drawFiles(); drawFile(); }

function drawSums() {
  const all = data.files.flatMap(visible), n = (s) => all.filter((f) => f.severity === s).length;
  const taken = data.files.flatMap((f) => f.findings).filter((f) => f.taken).length;
  $("sums").textContent = `${data.files.length} files, ${data.skipped.length} skipped · ${n("error")} errors, ${n("warning")} warnings, ${n("info")} notes · ${taken} suggestions taken`;
}

function drawCharts() {
  const rows = (key) => {
    const sums = new Map();
    data.files.forEach((file) => visible(file).forEach((f) => {
      const k = key(file, f), row = sums.get(k) ?? { error: 0, warning: 0, info: 0 };
      row[f.severity] += 1; sums.set(k, row);
    }));
    return [...sums].map(([k, r]) => [k, r, r.error + r.warning + r.info]).sort((a, b) => b[2] - a[2]).slice(0, 8);
  };
  $("charts").replaceChildren(chart("by family", rows((_, f) => f.family)), chart("by file", rows((file) => file.path)));
}

function chart(title, rows) {
  const NS = $("svg").namespaceURI, most = Math.max(1, ...rows.map((r) => r[2]));
  const svg = document.createElementNS(NS, "svg");
  const make = (tag, attributes, text) => {
    const n = document.createElementNS(NS, tag);
    for (const [k, v] of Object.entries(attributes)) n.setAttribute(k, v);
    if (text !== undefined) n.textContent = text;
    svg.append(n);
  };
  svg.setAttribute("width", 420); svg.setAttribute("height", rows.length * 18 + 4);
  svg.setAttribute("role", "img"); svg.setAttribute("aria-label", "Findings " + title);
  rows.forEach(([name, row, sum], i) => {
    let x = 170;
    make("text", { x: 0, y: i * 18 + 13 }, name.length > 24 ? "…" + name.slice(-23) : name);
    for (const s of SEVERITIES) { const w = (row[s] / most) * 200; if (w) make("rect", { x, y: i * 18 + 3, width: w, height: 12, class: s }); x += w; }
    make("text", { x: x + 5, y: i * 18 + 13 }, sum);
  });
  return node("figure", {}, node("figcaption", {}, title), svg);
}

function drawFilters() {
  const families = [...new Set(data.files.flatMap((f) => f.findings.map((x) => x.family)))];
  for (const [id, names] of [["severities", SEVERITIES], ["families", families]]) {
    for (const name of names) {
      const box = node("input", { type: "checkbox", checked: true, onchange: () => {
        box.checked ? state.off.delete(name) : state.off.add(name);
        state.finding = 0;
        draw();
      } });
      box.dataset.filter = name;
      $(id).append(node("label", {}, box, " " + name));
    }
  }
}

function drawFiles() {
  $("files").replaceChildren(...data.files.flatMap((file, i) => {
    if (!file.path.toLowerCase().includes(state.search)) return [];
    const open = node("button", { onclick: () => { state.file = i; state.finding = 0; draw(); } }, node("bdi", {}, file.path), node("span", { className: "number" }, String(visible(file).length)));
    if (i === state.file) open.setAttribute("aria-current", "true");
    return [node("li", {}, open)];
  }));
}

function drawFile() {
  const file = data.files[state.file], article = $("file");
  if (!file) { article.replaceChildren(node("p", { className: "quiet" }, "Nothing was scanned.")); return; }
  const list = visible(file);
  const facts = [file.encoding, file.language ?? "language unknown", `${list.length} findings shown`].join(" · ");
  article.replaceChildren(node("h2", {}, node("bdi", {}, file.path)), node("p", { className: "facts" }, facts));
  if (file.text !== null) article.append(bar(file));
  if (!list.length) article.append(node("p", { className: "quiet" }, "Nothing found here."));
  list.forEach((f, i) => article.append(card(file, f, i)));
  if (file.text !== null) article.append(sides(file)); else article.append(node("p", { className: "quiet" }, "This file is too long to be shown whole; use tidyglot fix."));
}

function bar(file) {
  const all = (test) => () => { file.findings.forEach((f) => { if (f.fix) f.taken = false; });
    file.findings.forEach((f) => { if (f.fix && test(f) && !collides(f, file.findings.filter((o) => o.taken))) f.taken = true; }); drawSums(); drawFile(); };
  const name = file.path.split("/").pop() || "cleaned.txt";
  return node("div", { className: "bar" },
    node("button", { id: "take-safe", onclick: all((f) => f.fix.safety === "safe") }, "Take the safe ones"),
    node("button", { id: "take-all", onclick: all(() => true) }, "Take all"),
    node("button", { id: "leave-all", onclick: all(() => false) }, "Leave all"),
    node("button", { id: "copy", onclick: (e) => copy(cleaned(file), e.target) }, "Copy the cleaned text"),
    node("button", { id: "download", onclick: () => download(name, cleaned(file)) }, "Download the cleaned text"));
}

function card(file, f, i) {
  const box = node("section", { className: `finding ${f.severity}${i === state.finding ? " current" : ""}`, tabIndex: -1 });
  box.dataset.rule = f.rule;
  box.append(node("header", {}, node("span", { className: "severity" }, f.severity), node("span", {}, `line ${f.start.line}, column ${f.start.column}`), node("span", { className: "rule" }, f.rule)));
  box.append(put(node("p", { dir: "auto" }), f.message, false));
  const x = f.excerpt, lang = file.language ?? "", line = node("div", { className: "text before", dir: "auto", lang });
  put(line, (x.before_cut ? "…" : "") + x.before, false);
  line.append(put(node("mark"), x.text, true));
  put(line, x.after + (x.after_cut ? "…" : ""), false);
  box.append(line);
  if (f.fix) {
    if (x.fixed !== null) box.append(changed(node("div", { className: "text after", dir: "auto", lang }), x.before + x.text + x.after, x.fixed, x));
    const button = (label, taken) => {
      const b = node("button", { onclick: () => take(file, f, taken) }, label);
      b.setAttribute("aria-pressed", String(f.taken === taken));
      b.dataset.act = taken ? "take" : "leave";
      return b;
    };
    box.append(node("div", { className: "bar" }, button("Take", true), button("Leave", false), put(node("span", { className: "quiet" }), `${f.fix.safety}: ${f.fix.title}`, false)));
  }
  return box;
}

/** Puts a line as it is after a fix, with what is new in it marked. */
function changed(into, old, text, x) {
  const a = [...old], b = [...text], joins = (c) => c !== undefined && /[\p{M}\u200d\ufe0f]/u.test(c);
  let from = 0, end = 0;
  while (from < a.length && from < b.length && a[from] === b[from]) from += 1;
  while (end < a.length - from && end < b.length - from && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  // A mark belongs to the letter before it.
  while (from > 0 && (joins(b[from]) || joins(a[from]))) from -= 1;
  while (end > 0 && joins(b[b.length - end])) end -= 1;
  put(into, (x.before_cut ? "…" : "") + b.slice(0, from).join(""), false);
  const middle = b.slice(from, b.length - end).join("");
  if (middle) into.append(put(node("ins"), middle, true));
  return put(into, b.slice(b.length - end).join("") + (x.after_cut ? "…" : ""), false);
}

function take(file, f, taken) {
  if (taken) file.findings.forEach((o) => { if (o.taken && collides(f, [o])) o.taken = false; });
  f.taken = taken;
  state.finding = visible(file).indexOf(f);
  drawSums(); drawFile();
}

function sides(file) {
  // Without its language Japanese is drawn with the letters of Chinese.
  const lang = file.language ?? "";
  const before = node("div", { className: "text original", dir: "auto", lang }), after = node("div", { className: "text cleaned", dir: "auto", lang });
  const marks = visible(file).filter((f) => f.to > f.from).sort((a, b) => a.from - b.from);
  let at = 0;
  for (const f of marks) { if (f.from < at) continue; put(before, file.text.slice(at, f.from)); before.append(put(node("mark"), file.text.slice(f.from, f.to), true)); at = f.to; }
  put(before, file.text.slice(at));
  at = 0;
  for (const e of edits(file)) { put(after, file.text.slice(at, e.from)); if (e.text) after.append(put(node("ins"), e.text, true)); at = e.to; }
  put(after, file.text.slice(at));
  return node("div", { className: "sides" }, node("div", {}, node("h3", {}, "Original"), before), node("div", {}, node("h3", {}, "Cleaned, with the suggestions taken"), after));
}

// ---- acts ------------------------------------------------------------------------------------------------------------
async function copy(text, button) {
  try { await navigator.clipboard.writeText(text); } catch {
    const area = node("textarea", { value: text });
    document.body.append(area); area.select(); document.execCommand("copy"); area.remove();
  }
  button.textContent = "Copied";
}

function download(name, text) {
  const link = node("a", { href: URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" })), download: name });
  document.body.append(link); link.click(); link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function step(by) {
  const n = visible(data.files[state.file] ?? { findings: [] }).length;
  if (!n) return;
  state.finding = Math.min(n - 1, Math.max(0, state.finding + by));
  drawFile();
  const box = document.querySelectorAll(".finding")[state.finding];
  box?.scrollIntoView({ block: "center" }); box?.focus({ preventScroll: true });
}

document.addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || ["INPUT", "TEXTAREA"].includes(e.target.tagName) && e.target.type !== "checkbox") return;
  const file = data.files[state.file], f = file && visible(file)[state.finding];
  const acts = { j: () => step(1), k: () => step(-1), t: () => f?.fix && take(file, f, true), l: () => f?.fix && take(file, f, false),
    n: () => go(1), p: () => go(-1), "/": () => $("search").focus(), "?": () => $("help-button").click() };
  if (acts[e.key]) { e.preventDefault(); acts[e.key](); }
});

function go(by) { state.file = Math.min(data.files.length - 1, Math.max(0, state.file + by)); state.finding = 0; draw(); }

$("search").addEventListener("input", (e) => { state.search = e.target.value.toLowerCase(); drawFiles(); });
$("help-button").addEventListener("click", () => { $("help").hidden = !$("help").hidden; $("help-button").setAttribute("aria-expanded", String(!$("help").hidden)); });
$("theme").addEventListener("click", () => {
  const root = document.documentElement, dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
});
state.file = Math.max(0, data.files.findIndex((f) => f.findings.length));
drawFilters();
draw();
