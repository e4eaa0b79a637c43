"use strict";
(() => {
  const read = (kind) => [...document.querySelectorAll(`script[data-kind="${kind}"]`)].map((s) => JSON.parse(s.textContent));
  const files = read("file"), skipped = read("skipped"), summary = read("summary")[0];
  const el = (name, props = {}, ...children) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(props)) {
      if (key === "class") node.className = value;
      else if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
      else if (key.startsWith("data-") || key.startsWith("aria-")) node.setAttribute(key, value);
      else node[key] = value;
    }
    node.append(...children);
    return node;
  };
  const family = (rule) => rule.split("/")[0];
  const plural = (n, what) => `${n} ${what}${n === 1 ? "" : "s"}`;

  // Text with hidden characters spelled out and each script in its own colour.
  const SCRIPTS = [
    ["Cyrillic", /\p{Script=Cyrillic}/u], ["Greek", /\p{Script=Greek}/u], ["Arabic", /\p{Script=Arabic}/u],
    ["Hebrew", /\p{Script=Hebrew}/u], ["Han", /\p{Script=Han}/u], ["Kana", /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
    ["Hangul", /\p{Script=Hangul}/u],
    ["Indic", /[\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Oriya}]/u],
    ["Other", /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u],
  ];
  const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0\u034f]/u;
  const SPACES = /[\u00a0\u2000-\u200a\u202f\u205f\u3000]/u;
  const scriptOf = (c) => (c < "\u0250" ? "" : (SCRIPTS.find(([, is]) => is.test(c)) || [""])[0]);
  const shown = (text, strict) => {
    const out = [];
    let run = "", script = "";
    const flush = () => {
      if (run) out.push(script ? el("span", { "data-script": script }, run) : document.createTextNode(run));
      run = "";
    };
    const chars = [...text];
    chars.forEach((c, i) => {
      const code = c.codePointAt(0);
      const line = c === "\n" || c === "\t" || (c === "\r" && chars[i + 1] === "\n");
      // Joiners inside words of scripts that spell with them are no news, except where they are the finding.
      const joiner = !strict && (code === 0x200c || code === 0x200d) && i > 0 && scriptOf(chars[i - 1]);
      if (!line && ((HIDDEN.test(c) && !joiner) || (strict && SPACES.test(c)))) {
        flush();
        out.push(el("span", { class: "hidden-char", title: "invisible character" }, "U+" + code.toString(16).toUpperCase().padStart(4, "0")));
        return;
      }
      if (c === "\r" && line) return;
      const next = /[\p{Script=Common}\p{Script=Inherited}]/u.test(c) ? script : scriptOf(c);
      if (next !== script) { flush(); script = next; }
      run += c;
    });
    flush();
    return out;
  };
  const textBlock = (...children) => el("p", { class: "text", dir: "auto" }, ...children);

  // Which suggestions are taken: the safe ones, until somebody decides otherwise.
  const taken = new Map();
  const all = [];
  files.forEach((file, f) => file.findings.forEach((finding, n) => {
    const id = `${f}.${n}`;
    all.push({ id, file, finding });
    if (finding.fix) taken.set(id, finding.fix.safety === "safe");
  }));

  // From lines and UTF-16 columns to offsets.
  const starts = new Map();
  const offset = (file, at) => {
    if (!starts.has(file)) {
      const list = [0];
      for (let i = file.text.indexOf("\n"); i >= 0; i = file.text.indexOf("\n", i + 1)) list.push(i + 1);
      starts.set(file, list);
    }
    return (starts.get(file)[at.line - 1] ?? file.text.length) + at.utf16 - 1;
  };
  const editsOf = (file, f) => {
    const edits = [];
    file.findings.forEach((finding, n) => {
      if (!taken.get(`${f}.${n}`)) return;
      const own = finding.fix.edits.map((e) => ({ from: offset(file, e.start), to: offset(file, e.end), text: e.text }));
      // Two suggestions for the same place cannot both be taken.
      const clash = own.some((a) => edits.some((b) => a.from < b.to && b.from < a.to || (a.from === b.from && a.to === b.to)));
      if (!clash) edits.push(...own);
    });
    return edits.sort((a, b) => a.from - b.from);
  };
  const cleaned = (file, f) => {
    let out = "", at = 0;
    for (const e of editsOf(file, f)) { out += file.text.slice(at, e.from) + e.text; at = e.to; }
    return out + file.text.slice(at);
  };

  const page = document.getElementById("page");
  const off = { severity: new Set(), family: new Set(), file: new Set() };
  const refresh = [];
  const update = () => refresh.forEach((f) => f());

  const group = (title, kind, values) => {
    const most = Math.max(1, ...values.map(([, n]) => n));
    const box = el("fieldset", {}, el("legend", {}, title));
    for (const [value, n] of values) {
      const input = el("input", { type: "checkbox", checked: true, onchange: () => { off[kind][input.checked ? "delete" : "add"](value); update(); } });
      input.dataset.kind = kind;
      input.dataset.value = value;
      box.append(el("label", { class: "filter" }, input, el("span", {}, ...shown(value, true)), el("span", { class: "count" }, String(n)),
        el("meter", { min: 0, max: most, value: n, "aria-label": `${n} of ${most}` })));
    }
    return box;
  };
  const tally = (key) => {
    const map = new Map();
    for (const item of all) map.set(key(item), (map.get(key(item)) || 0) + 1);
    return [...map].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  };

  const counts = summary.findings;
  const status = el("span", { class: "soft" });
  status.setAttribute("role", "status");
  page.append(el("header", {}, el("h1", {}, "tidyglot"),
    el("span", {}, `${plural(counts.error, "error")}, ${plural(counts.warning, "warning")}, ${plural(counts.info, "note")} in ${plural(summary.files, "file")}`),
    status, el("span", { class: "soft" }, "Keys: j next, k previous, t take or leave")));
  const aside = el("aside", {}, group("Severity", "severity", tally((i) => i.finding.severity)),
    group("Family", "family", tally((i) => family(i.finding.rule))), group("File", "file", tally((i) => i.file.path)));
  aside.setAttribute("aria-label", "Filters");
  if (skipped.length) {
    aside.append(el("details", {}, el("summary", {}, `${skipped.length} skipped`),
      ...skipped.map((s) => el("div", { class: "soft" }, ...shown(`${s.path}: ${s.reason}`, true)))));
  }
  const main = el("main", {});
  page.append(el("div", { class: "layout" }, aside, main));

  files.forEach((file, f) => {
    const section = el("section", { class: "file" }, el("h2", {}, ...shown(file.path, true)),
      el("div", { class: "meta" }, `${plural(file.findings.length, "finding")}, ${file.encoding}${file.language ? `, ${file.language}` : ""}`));
    file.findings.forEach((finding, n) => {
      const id = `${f}.${n}`;
      const card = el("article", { class: finding.severity, tabIndex: -1, "data-id": id });
      const [before, damage, after] = finding.context;
      card.append(el("h3", {}, el("span", { class: "sev" }, finding.severity), el("span", {}, finding.rule),
        el("span", { class: "soft" }, `line ${finding.start.line}, column ${finding.start.column}`)),
        el("p", { class: "message", dir: "auto" }, ...shown(finding.message, true)),
        textBlock(...shown(before, false), el("mark", {}, ...shown(damage, true)), ...shown(after, false)));
      if (finding.fix) {
        if (finding.fixed !== null) card.append(textBlock(...shown(finding.fixed, false)));
        const button = el("button", { type: "button", onclick: () => { taken.set(id, !taken.get(id)); update(); } });
        button.dataset.take = id;
        card.append(el("div", { class: "row" }, button, el("span", { class: "soft" }, `${finding.fix.safety === "safe" ? "safe" : "suggested"}: `, ...shown(finding.fix.title, true))));
        refresh.push(() => {
          button.setAttribute("aria-pressed", String(taken.get(id)));
          button.textContent = taken.get(id) ? "Taken" : "Take";
        });
      } else card.append(el("div", { class: "row soft" }, "No suggestion: what was there is not known."));
      section.append(card);
      refresh.push(() => {
        card.hidden = off.severity.has(finding.severity) || off.family.has(family(finding.rule)) || off.file.has(file.path);
      });
    });
    if (file.text !== null && file.text !== undefined) {
      const result = textBlock();
      result.dataset.cleaned = f;
      const old = textBlock();
      const name = file.path.split(/[\\/]/).pop() || "text.txt";
      const copy = el("button", { type: "button", onclick: () => navigator.clipboard.writeText(cleaned(file, f)).then(() => { status.textContent = "Copied."; }, () => { status.textContent = "The browser did not allow copying; use Download."; }) }, "Copy cleaned text");
      const save = el("button", { type: "button", "data-download": String(f), onclick: () => {
        const url = URL.createObjectURL(new Blob([cleaned(file, f)], { type: "text/plain;charset=utf-8" }));
        const link = el("a", { href: url, download: name });
        document.body.append(link);
        link.click();
        link.remove();
        setTimeout(() => URL.revokeObjectURL(url), 10000);
      } }, "Download cleaned text");
      const details = el("details", {}, el("summary", {}, "Original beside cleaned text"),
        el("div", { class: "panes" }, el("div", {}, el("h3", {}, "Original"), old), el("div", {}, el("h3", {}, "Cleaned"), result)));
      section.append(el("div", { class: "row" }, copy, save), details);
      const draw = () => {
        if (!details.open) return;
        const left = [], right = [];
        let at = 0;
        for (const e of editsOf(file, f)) {
          left.push(...shown(file.text.slice(at, e.from), false), el("del", {}, ...shown(file.text.slice(e.from, e.to), true)));
          right.push(...shown(file.text.slice(at, e.from), false), el("ins", {}, ...shown(e.text, true)));
          at = e.to;
        }
        left.push(...shown(file.text.slice(at), false));
        right.push(...shown(file.text.slice(at), false));
        old.replaceChildren(...left);
        result.replaceChildren(...right);
      };
      details.addEventListener("toggle", draw);
      refresh.push(draw);
    }
    refresh.push(() => { section.hidden = [...section.querySelectorAll("article")].every((a) => a.hidden); });
    main.append(section);
  });
  if (!files.length) main.append(el("p", {}, "Nothing found."));
  refresh.push(() => {
    const n = [...taken.values()].filter(Boolean).length;
    const visible = document.querySelectorAll("article:not([hidden])").length;
    status.textContent = `${visible} shown, ${n} of ${plural(taken.size, "suggestion")} taken`;
  });
  update();

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input")) return;
    const cards = [...document.querySelectorAll("article:not([hidden])")];
    const at = cards.indexOf(document.activeElement.closest("article"));
    if (event.key === "j" || event.key === "k") {
      const next = cards[Math.max(0, Math.min(cards.length - 1, event.key === "j" ? at + 1 : at - 1))];
      if (next) { next.focus(); next.scrollIntoView({ block: "center" }); }
    } else if (event.key === "t" && at >= 0) {
      cards[at].querySelector("button[data-take]")?.click();
    } else return;
    event.preventDefault();
  });
})();
