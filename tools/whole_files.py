#!/usr/bin/env python3
"""Whole files in every format, damaged as users meet them: what is found, what is repaired, what is harmed.

    python3 tools/whole_files.py TEXTS WORK [--langs de,ru] [--formats md,po] [--damages u8:cp1252] [--seed 1] [--sets 1]

TEXTS holds clean text, LANG.txt with a sentence a line. Files are written below WORK and judged with
target/release/tidyglot or $TIDYGLOT: `check`, `fix`, `fix --unsafe`, each again on what `fix` left. A line that was not
damaged must stay; a damaged one must come out as it was or stay; the syntax must stay. WORK/failures.jsonl has every
line that is not as it should be, with its class.
"""
import argparse, csv, html, io, json, os, random, re, shutil, subprocess, sys, unicodedata, urllib.parse
from collections import Counter, defaultdict

binary = os.environ.get("TIDYGLOT", "target/release/tidyglot")
EAST = {"ja": ["shift_jis", "euc_jp"], "zh-CN": ["gbk"], "zh-TW": ["big5"], "ko": ["euc_kr"]}
LEGACY = dict(EAST)
for langs, pages in [("de fr es it pt nl sv da fi nb nn ca gl eu is sq af id ga", "cp1252 cp850 mac_roman latin_1"),
                     ("pl cs hu hr sl sk", "cp1250 iso8859_2 cp852"), ("ro", "cp1250 iso8859_16"),
                     ("ru uk bg be", "cp1251 koi8_u cp866 iso8859_5"), ("sr mk", "cp1251"),
                     ("el", "cp1253 iso8859_7"), ("tr", "cp1254 cp857"), ("he", "cp1255"), ("ar", "cp1256 iso8859_6"),
                     ("fa", "cp1256"), ("lt lv et", "cp1257"), ("th", "cp874")]:
    for lang in langs.split():
        LEGACY[lang] = pages.split()
NAMES = {"mac_roman": "macintosh", "latin_1": "iso-8859-1", "koi8_u": "koi8-u", "cp874": "windows-874", "gbk": "gbk",
         "euc_jp": "euc-jp", "euc_kr": "euc-kr", "shift_jis": "shift_jis", "cp866": "ibm866"}


def name_of(page):
    m = re.match(r"cp(125\d)$", page)
    if m:
        return "windows-" + m[1]
    m = re.match(r"iso8859_(\d+)$", page)
    return f"iso-8859-{m[1]}" if m else NAMES.get(page, page)


# -- damage of a string: gives None where nothing would change or the encoding cannot do it

def decode(raw, page, lost):
    """As a program that keeps undefined bytes as C1 controls, drops them, or writes a mark for them."""
    if page in ("gbk", "big5", "shift_jis", "euc_kr", "euc_jp"):
        return raw.decode(page, "replace" if lost else "strict")
    out = []
    for b in raw:
        try:
            out.append(bytes([b]).decode(page))
        except UnicodeDecodeError:
            out.append({"": chr(b), "drop": "", "fffd": "\ufffd", "?": "?"}[lost])
    return "".join(out)


def u8(page, times=1, lost=""):
    def run(text, rng, lang):
        for _ in range(times):
            text = decode(text.encode(), page, lost)
        return text
    return run


def nbsp(page):
    return lambda text, rng, lang: u8(page)(text, rng, lang).replace("\xa0", " ")


def drop_c1(text, rng, lang):
    return re.sub("[\x80-\x9f]", "", text.encode().decode("latin_1"))


def legacy_as(page):
    def run(text, rng, lang):
        was = LEGACY[lang][0]
        return decode(text.encode(was), page, "")
    return run


def as_question(text, rng, lang):
    return text.encode(LEGACY[lang][0] if rng.random() < 0 else "ascii", "replace").decode()


def fffd(text, rng, lang):
    return text.encode(LEGACY[lang][0]).decode("utf-8", "replace")


def fffd_some(text, rng, lang):
    at = [i for i, c in enumerate(text) if not c.isascii()]
    i = rng.choice(at)
    return text[:i] + "\ufffd" + text[i + 1:]


def half(page):
    def run(text, rng, lang):
        words = text.split(" ")
        k = max(1, len(words) // 2)
        start = rng.randrange(len(words) - k + 1)
        part = " ".join(words[start:start + k])
        return " ".join(words[:start] + [u8(page)(part, rng, lang)] + words[start + k:])
    return run


def word(page):
    def run(text, rng, lang):
        words = text.split(" ")
        odd = [i for i, w in enumerate(words) if not w.isascii()]
        i = rng.choice(odd)
        words[i] = u8(page)(words[i], rng, lang)
        return " ".join(words)
    return run


def escape(how):
    def run(text, rng, lang):
        def one(m):
            c = m[0]
            return {"u": lambda: "".join(f"\\u{u:04x}" for u in units(c)), "%": lambda: urllib.parse.quote(c),
                    "=": lambda: "".join(f"={b:02X}" for b in c.encode()),
                    "&#": lambda: f"&#{ord(c)};", "x": lambda: "".join(f"\\x{b:02x}" for b in c.encode()),
                    "<>": lambda: f"<U+{ord(c):04X}>", "&#b": lambda: "".join(f"&#{b};" for b in c.encode())}[how]()
        return re.sub(r"[^\x00-\x7f]", one, text)
    return run


def units(c):
    raw = c.encode("utf-16-be")
    return [raw[i] << 8 | raw[i + 1] for i in range(0, len(raw), 2)]


STRING = {f"u8:{p}": u8(p) for p in ["cp1252", "latin_1", "cp1251", "cp1250", "cp1254", "cp437", "cp850", "mac_roman", "cp866",
                                     "koi8_r", "cp1253", "gbk", "shift_jis", "cp874", "cp1256"]}
STRING |= {"u8x2:cp1252": u8("cp1252", 2), "u8x3:latin_1": u8("latin_1", 3), "nbsp:cp1252": nbsp("cp1252"),
           "nbsp:latin_1": nbsp("latin_1"), "dropc1": drop_c1, "lost:cp1252": u8("cp1252", 1, "fffd"),
           "ask:cp1252": u8("cp1252", 1, "?"), "half:cp1252": half("cp1252"), "word:cp1252": word("cp1252"),
           "word:latin_1": word("latin_1"), "word:cp1251": word("cp1251"),
           "leg:cp1252": legacy_as("cp1252"), "leg:latin_1": legacy_as("latin_1"), "leg:cp1251": legacy_as("cp1251"),
           "leg:mac_roman": legacy_as("mac_roman"), "leg:cp437": legacy_as("cp437"), "leg:gbk": legacy_as("gbk"),
           "fffd": fffd, "fffd1": fffd_some, "?": as_question}
STRING |= {f"esc:{h}": escape(h) for h in ["u", "%", "=", "&#", "x", "<>", "&#b"]}
# What cannot be given back.
LOST = {"dropc1", "lost:cp1252", "ask:cp1252", "fffd", "fffd1", "?"}
CAUSE = {"cp1252": ["windows-1252", "1252", "latin-1"], "latin_1": ["latin-1", "1252", "1254"], "cp1251": ["1251"],
         "cp437": ["437"], "cp850": ["850"], "mac_roman": ["Mac Roman"], "cp866": ["866"], "koi8_r": ["KOI8"],
         "cp1250": ["1250", "8859-2"], "cp1254": ["1254", "1252", "latin-1"], "cp1253": ["1253", "8859-7"], "gbk": ["GBK"],
         "shift_jis": ["Shift_JIS"], "cp874": ["874"], "cp1256": ["1256"]}


# -- formats: build(sentences, english, f) calls f(slot, text) for every string a person wrote

def txt(s, en, f):
    return "\n\n".join(f("p", " ".join(s[i:i + 3])) for i in range(0, len(s), 3)) + "\n"


def wrap(s, en, f):
    out, words, east = [], " ".join(s).split(" "), False
    line = ""
    for w in words:
        if line and len(line) + len(w) > 72:
            out.append(f("p", line))
            line = w
        else:
            line = f"{line} {w}" if line else w
    return "\n".join(out + [f("p", line)]) + "\n"


def md(s, en, f):
    it = iter(range(10 ** 6))
    g = lambda slot="p": f(slot, s[next(it) % len(s)].replace("|", "/").replace("`", "'"))
    out = ["---", 'title: "' + g("title").replace('"', "'") + '"', "date: 2024-05-01", "---", "", "# " + g("h"), "", g(), ""]
    out += [g() + " [" + g("link") + "](https://example.org/a?b=1) " + g(), "", "- " + g("li"), "- **" + g("li") + "**", ""]
    out += ["| id | text |", "| --- | --- |", "| 1 | " + g("cell") + " |", "| 2 | " + g("cell") + " |", "", "```sh", "ls -l | sort", "```", ""]
    out += ["> " + g(), "", "Use `x = 1`: " + g(), "", "![" + g("alt") + "](img/a.png)", ""]
    for i in range(8):
        out += [g(), ""]
    return "\n".join(out)


def page(s, en, f, esc, charset):
    it = iter(range(10 ** 6))
    g = lambda slot="p": esc(f(slot, s[next(it) % len(s)].replace('"', "'")))
    out = ["<!DOCTYPE html>", "<html>", "<head>", f'<meta charset="{charset}">', "<title>" + g("title") + "</title>",
           '<meta name="description" content="' + g("attr") + '">', "<style>p { margin: 0 }</style>", "</head>", "<body>",
           "<h1>" + g("h") + "</h1>", "<!-- " + g("comment").replace("--", "-") + " -->"]
    for i in range(4):
        out += ["<p>" + g() + "&nbsp;&mdash; <b>" + g("b") + "</b> &amp; " + g() + "</p>"]
    out += ["<ul>"] + ["<li><a href=\"/x?a=1&amp;b=2\" title=\"" + g("attr") + "\">" + g("li") + "</a></li>" for _ in range(4)]
    out += ["</ul>", '<img src="a.png" alt="' + g("attr") + '">', "<script>", "var t = {\"a\": \"" + g("script") + "\"};", "</script>"]
    out += ["<p>" + g() + "</p>" for _ in range(6)] + ["</body>", "</html>", ""]
    return "\n".join(out)


def plain_html(text):
    return text.replace("&", "&amp;").replace("<", "&lt;") if "&#" not in text and "<U+" not in text else text


def entities(text):
    known = lambda c: html.entities.codepoint2name.get(ord(c))
    return "".join(f"&{known(c)};" if c not in '"' and known(c) else c for c in text)


def as_json(s, en, f, ascii_only=False):
    items = [{"id": i, "title": f("title", s[i % len(s)]), "body": f("body", s[(i + 7) % len(s)] + "\n" + s[(i + 9) % len(s)]),
              "tags": [f("tag", s[(i + 11) % len(s)].split(" ")[0])], "url": f"https://example.org/{i}"} for i in range(8)]
    return json.dumps({"version": 1, "items": items}, ensure_ascii=ascii_only, indent=2) + "\n"


def po(s, en, f, charset="UTF-8"):
    q = lambda t: t.replace("\\", "\\\\").replace('"', '\\"')
    out = ['msgid ""', 'msgstr ""', '"Project-Id-Version: demo 1.0\\n"', '"MIME-Version: 1.0\\n"',
           f'"Content-Type: text/plain; charset={charset}\\n"', '"Content-Transfer-Encoding: 8bit\\n"', ""]
    for i in range(14):
        out += [f"#: src/main.c:{i + 10}", f'msgid "{q(en[i % len(en)])}"']
        a, b = s[i % len(s)], s[(i + 5) % len(s)]
        if i % 3:
            out += [f'msgstr "{q(f("msg", a))}"', ""]
        else:
            out += ['msgstr ""', f'"{q(f("msg", a))}\\n"', f'"{q(f("msg", b))}"', ""]
    return "\n".join(out)


def xlf(s, en, f, charset="UTF-8"):
    out = [f'<?xml version="1.0" encoding="{charset}"?>', '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">',
           '<file original="a.txt" source-language="en" datatype="plaintext"><body>']
    for i in range(12):
        out += [f'<trans-unit id="{i}">', f"  <source>{html.escape(en[i % len(en)], False)}</source>",
                f"  <target>{plain_html(f('target', s[i % len(s)]))}</target>", "</trans-unit>"]
    return "\n".join(out + ["</body></file>", "</xliff>", ""])


def rss(s, en, f, charset="UTF-8"):
    out = [f'<?xml version="1.0" encoding="{charset}"?>', '<rss version="2.0"><channel>', f"<title>{plain_html(f('title', s[0]))}</title>"]
    for i in range(10):
        out += ["<item>", f"<title>{plain_html(f('title', s[i % len(s)]))}</title>",
                f"<description><![CDATA[<p>{f('p', s[(i + 3) % len(s)])}</p>]]></description>", f"<link>https://example.org/{i}</link>", "</item>"]
    return "\n".join(out + ["</channel></rss>", ""])


def table(s, en, f, sep=","):
    buf = io.StringIO()
    w = csv.writer(buf, delimiter=sep, lineterminator="\n")
    w.writerow(["id", "name", "note", "price"])
    for i in range(20):
        w.writerow([i, f("name", " ".join(s[i % len(s)].split(" ")[:2])), f("note", s[(i + 3) % len(s)]), f"{i}.50"])
    return buf.getvalue()


def srt(s, en, f):
    out = []
    for i in range(16):
        words = s[i % len(s)].split(" ")
        k = (len(words) + 1) // 2
        parts = [" ".join(words[:k])] + ([" ".join(words[k:])] if words[k:] else [])
        if i % 5 == 2:
            parts[0] = "<i>" + f("cue", parts[0]) + "</i>"
            parts[1:] = [f("cue", p) for p in parts[1:]]
        else:
            parts = [f("cue", p) for p in parts]
        out += [str(i + 1), f"00:00:{i * 3:02d},000 --> 00:00:{i * 3 + 2:02d},500"] + parts + [""]
    return "\n".join(out)


def vtt(s, en, f):
    body = srt(s, en, f)
    return "WEBVTT\n\n" + re.sub(r"(\d\d),(\d\d\d)", r"\1.\2", body)


def yml(s, en, f):
    q = lambda t: '"' + t.replace("\\", "\\\\").replace('"', '\\"') + '"'
    out = ["demo:", "  menu:"]
    for i in range(14):
        out.append(f"    key_{i}: {q(f('value', s[i % len(s)]))}")
    out += ["  list:"] + [f"    - {q(f('value', s[(i + 4) % len(s)]))}" for i in range(5)]
    return "\n".join(out) + "\n"


def props(s, en, f, ascii_only=False):
    e = (lambda t: escape("u")(t, None, None)) if ascii_only else (lambda t: t)
    out = ["# " + en[0]]
    for i in range(18):
        out.append(f"app.key{i}=" + e(f("value", s[i % len(s)])))
    return "\n".join(out) + "\n"


def sql(s, en, f):
    q = lambda t: "'" + t.replace("'", "''") + "'"
    out = ["-- dump", "CREATE TABLE `news` (id int, title varchar(200), body text);"]
    for i in range(14):
        out.append(f"INSERT INTO `news` VALUES ({i},{q(f('title', s[i % len(s)]))},{q(f('body', s[(i + 3) % len(s)]))});")
    return "\n".join(out) + "\n"


def code(s, en, f):
    q = lambda t: json.dumps(t, ensure_ascii=False)
    out = ["# -*- coding: utf-8 -*-", "import sys", ""]
    for i in range(10):
        out += ["# " + f("comment", s[i % len(s)]), f"print({q(f('string', s[(i + 2) % len(s)]))})"]
    return "\n".join(out) + "\n"


def tex(s, en, f):
    t = lambda x: re.sub(r"([%&#_$])", r"\\\1", x)
    out = ["\\documentclass{article}", "\\usepackage[utf8]{inputenc}", "\\begin{document}", "\\section{" + t(f("h", s[0])) + "}", ""]
    for i in range(12):
        out += [t(f("p", s[i % len(s)])) + " \\emph{" + t(f("p", s[(i + 5) % len(s)])) + "} $x_1 = 2$", ""]
    return "\n".join(out + ["\\end{document}", ""])


FORMATS = {"txt": txt, "wrap.txt": wrap, "md": md, "html": lambda s, e, f, c="utf-8": page(s, e, f, plain_html, c),
           "ent.html": lambda s, e, f: page(s, e, f, entities, "utf-8"), "json": as_json,
           "u.json": lambda s, e, f: as_json(s, e, f, True), "po": po, "xlf": xlf, "rss.xml": rss, "csv": table,
           "tsv": lambda s, e, f: table(s, e, f, "\t"), "srt": srt, "vtt": vtt, "yml": yml, "properties": props,
           "u.properties": lambda s, e, f: props(s, e, f, True), "sql": sql, "py": code, "tex": tex}
DECLARES = {"html", "po", "xlf", "rss.xml"}
ESCAPED = {"ent.html", "u.json", "u.properties"}


def canon(fmt, text):
    """What a reader of the format sees."""
    if fmt == "ent.html":
        return html.unescape(text)
    if fmt in ("u.json", "u.properties"):
        pairs = lambda m: bytes.fromhex(re.sub(r"\\u", "", m[0])).decode("utf-16-be", "replace")
        return re.sub(r"(\\u[0-9a-fA-F]{4})+", pairs, text)
    return text


def shape(fmt, text):
    """The syntax of a file, without what a person wrote."""
    try:
        if fmt.endswith("json"):
            strip = lambda x: {k: strip(v) for k, v in x.items()} if isinstance(x, dict) else [strip(v) for v in x] if isinstance(x, list) else type(x).__name__
            return strip(json.loads(text.lstrip("\ufeff")))
        if fmt in ("csv", "tsv"):
            return [len(r) for r in csv.reader(io.StringIO(text), delimiter="," if fmt == "csv" else "\t")]
        if fmt.endswith(("html", "xlf", "xml")):
            return [re.split(r"[\s>]", t)[0] for t in re.findall(r"<[/!?a-zA-Z][^>]*>", text)], text.count('"')
        if fmt == "po":
            return [re.match(r'(msg\w+|#\S*|")?', l)[0] for l in text.split("\n")], len(re.findall(r'(?<!\\)"', text))
        if fmt in ("srt", "vtt"):
            return re.findall(r"^\S+ --> \S+", text, re.M), text.count("<")
        if fmt in ("yml", "properties", "u.properties", "py", "sql"):
            return [re.match(r"[\w.\s\-#]*[:=(]?", l)[0] if not l.startswith("#") else "#" for l in text.split("\n")]
        return text.count("\n")
    except Exception as e:
        return "does not parse: " + str(e)[:60]


class Case:
    def __init__(self, lang, fmt, damage, scope, good, bad, raw, codec, lines, **more):
        self.lang, self.fmt, self.damage, self.scope = lang, fmt, damage, scope
        self.good, self.bad, self.raw, self.codec, self.lines = good, bad, raw, codec, lines
        self.__dict__.update(more)
        self.clean = not lines and damage.startswith("clean")


def encode(text, codec):
    if codec == "utf-16-bom":
        return b"\xff\xfe" + text.encode("utf-16-le")
    if codec == "utf-16be-bom":
        return b"\xfe\xff" + text.encode("utf-16-be")
    return text.encode(codec)


def read(raw, codec):
    if codec == "utf-16-bom":
        return raw[2:].decode("utf-16-le", "replace")
    if codec == "utf-16be-bom":
        return raw[2:].decode("utf-16-be", "replace")
    if codec == "mixed":
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            return None
    return raw.decode(codec, "surrogateescape" if codec.startswith("utf-8") else "replace")


def differing(a, b):
    la, lb = a.split("\n"), b.split("\n")
    assert len(la) == len(lb), (len(la), len(lb))
    return [i for i, (x, y) in enumerate(zip(la, lb)) if x != y]


def scopes(rng, count, fmt):
    yield "all", set(range(count))
    yield "one", {rng.randrange(count)}
    yield "tail", set(range(count * 2 // 3, count))
    yield "third", {i for i in range(count) if rng.random() < 0.33}


def cases(lang, lines, en, rng, formats, damages, share):
    fit = {}

    def pick(n, page=None):
        def fits(t):
            try:
                t.encode(page)
                return True
            except UnicodeEncodeError:
                return False
        if page not in fit:
            fit[page] = [l for l in lines if page is None or fits(l)]
        ok = fit[page]
        return [l for l in rng.sample(ok, min(n, len(ok)))] if len(ok) >= 12 else None
    wanted = lambda name: (not damages or any(name.startswith(d) for d in damages)) and rng.random() < share
    for fmt in formats:
        build = FORMATS[fmt]
        # clean ones
        s = pick(30)
        good = build(s, en, lambda slot, t: t)
        if wanted("clean"):
            for codec in ["utf-8", "utf-8-sig", "utf-16-bom", "utf-16be-bom", "utf-16-le"]:
                if codec.startswith("utf-16") and (fmt in DECLARES or fmt in ESCAPED):
                    continue
                text = good.replace("\n", "\r\n") if rng.random() < 0.4 else good
                yield Case(lang, fmt, "clean:" + codec, "-", text, text, encode(text, codec), codec, [])
            nfd = build(s, en, lambda slot, t: unicodedata.normalize("NFD", t))
            if nfd != good and lang not in ("ko", "vi", "ja") and fmt not in ESCAPED:
                yield Case(lang, fmt, "clean-nfd", "-", nfd, nfd, nfd.encode(), "utf-8", [])
        # legacy files, declared rightly, not at all, wrongly
        for page_ in LEGACY.get(lang, []):
            ls = pick(30, page_)
            if not ls or fmt in ESCAPED or fmt == "py":
                continue
            args = [(page_, "")]
            if fmt in DECLARES:
                args = [(name_of(page_), ":right"), ("UTF-8", ":says-utf8"), ("iso-8859-1" if lang not in ("de", "fr") else "windows-1251", ":wrong")]
            for charset, tag in args:
                text = build(ls, en, lambda slot, t: t, charset) if fmt in DECLARES else build(ls, en, lambda slot, t: t)
                name = ("clean-legacy:" if tag in ("", ":right") else "declared:") + page_ + tag
                if wanted(name) and not text.isascii():
                    yield Case(lang, fmt, name, "-", text, text, text.encode(page_), page_, [])
        if fmt in DECLARES and LEGACY.get(lang):
            text = build(s, en, lambda slot, t: t, name_of(LEGACY[lang][0]))
            if wanted("declared:utf8"):
                yield Case(lang, fmt, "declared:utf8-as-legacy", "-", text, text, text.encode(), "utf-8", [])
        # strings
        for damage, run in STRING.items():
            if not wanted(damage) or (damage.startswith("esc") and (fmt in ESCAPED or fmt in ("properties", "py", "json", "yml", "po", "tex"))):
                continue
            if damage.startswith(("leg:", "fffd")) and damage != "fffd1" and lang not in LEGACY:
                continue
            if damage.split(":")[-1] == (LEGACY.get(lang) or [""])[0] and damage.startswith("leg"):
                continue
            need = LEGACY[lang][0] if damage.startswith("leg") or damage == "fffd" else None
            s = pick(30, need)
            if not s:
                continue
            count = [0]
            def tally(slot, t):
                count[0] += 1
                return t
            good = build(s, en, tally)
            if rng.random() < 0.5:
                options = list(scopes(rng, count[0], fmt))
                options = [rng.choice(options)]
            else:
                options = list(scopes(rng, count[0], fmt))[:2]
            for scope, chosen in options:
                number = [-1]
                def hurt(slot, t):
                    number[0] += 1
                    if number[0] not in chosen or t.isascii():
                        return t
                    try:
                        return run(t, rng, lang)
                    except (UnicodeError, LookupError, IndexError):
                        return t
                bad = build(s, en, hurt)
                if bad == good or len(good.split("\n")) != len(bad.split("\n")):
                    continue
                codec = rng.choice(["utf-8"] * 6 + ["utf-8-sig", "utf-16-bom"]) if fmt not in DECLARES | ESCAPED else "utf-8"
                g, b = good, bad
                if rng.random() < 0.3:
                    g, b = good.replace("\n", "\r\n"), bad.replace("\n", "\r\n")
                yield Case(lang, fmt, damage, scope, g, b, encode(b, codec), codec, differing(g, b))
        # bytes
        s = pick(30)
        good = build(s, en, lambda slot, t: t)
        if wanted("whole") and fmt not in ESCAPED:
            for page_, times in [("cp1252", 1), ("latin_1", 2), ("cp1251", 1)]:
                bad = good
                for _ in range(times):
                    bad = decode(bad.encode(), page_, "")
                if bad != good and len(bad.split("\n")) == len(good.split("\n")):
                    yield Case(lang, fmt, f"whole:{page_}x{times}", "all", good, bad, bad.encode(), "utf-8", differing(good, bad))
            bad = ("\ufeff" + good).encode().decode("latin_1")
            mark = "\ufeff" + good
            if not good.isascii():
                yield Case(lang, fmt, "whole:bom", "all", mark, bad, bad.encode(), "utf-8", differing(mark, bad))
        if wanted("mixed") and fmt not in ESCAPED:
            for page_ in LEGACY.get(lang, [])[:2]:
                ls = pick(30, page_)
                if not ls:
                    continue
                good = build(ls, en, lambda slot, t: t)
                all_ = good.split("\n")
                odd = [i for i, l in enumerate(all_) if not l.isascii()]
                if len(odd) < 6:
                    continue
                for tag, chosen in [("one", {rng.choice(odd)}), ("tail", set(odd[len(odd) * 2 // 3:])), ("third", set(rng.sample(odd, len(odd) // 3))),
                                    ("most", set(rng.sample(odd, len(odd) * 4 // 5)))]:
                    raw = b"\n".join(l.encode(page_ if i in chosen else "utf-8") for i, l in enumerate(all_))
                    real = {i for i in chosen if all_[i].encode(page_) != all_[i].encode()}
                    yield Case(lang, fmt, f"mixed:{page_}", tag, good, None, raw, "mixed", sorted(real), other=page_)
        if wanted("cut") and fmt in ("txt", "md", "srt") and not good.isascii():
            at = max(i for i, c in enumerate(good) if not c.isascii())
            raw = good[:at + 1].encode()[:-1]
            yield Case(lang, fmt, "cut", "one", good[:at], None, raw, "utf-8", [good[:at].count("\n")])
        if wanted("stray") and fmt not in ESCAPED and LEGACY.get(lang, [""])[0] in ("cp1252", "cp1250", "cp1254", "cp1257"):
            raw = good.encode()
            at = [m.start() for m in re.finditer(rb"[\xc3-\xc5][\x80-\xbf]", raw)]
            if at:
                i = rng.choice(at)
                try:
                    new = raw[i:i + 2].decode().encode(LEGACY[lang][0])
                    yield Case(lang, fmt, "stray", "one", good, None, raw[:i] + new + raw[i + 2:], "utf-8", [raw[:i].count(b"\n")])
                except UnicodeError:
                    pass


def run(*args):
    done = subprocess.run([binary, *args, "--isolated", "--threads", "2"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode not in (0, 1):
        print("exit", done.returncode, args, done.stderr.decode()[:2000], file=sys.stderr)
    return done.stdout


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("texts"), ap.add_argument("work")
    ap.add_argument("--langs"), ap.add_argument("--formats"), ap.add_argument("--damages")
    ap.add_argument("--seed", type=int, default=1), ap.add_argument("--sets", type=int, default=1)
    ap.add_argument("--share", type=float, default=0.25, help="of all files of a language, so many are made")
    ap.add_argument("--select", default="")
    a = ap.parse_args()
    work = a.work
    if os.path.exists(work):
        shutil.rmtree(work)
    langs = a.langs.split(",") if a.langs else ("de fr es pt sv fi pl cs hu ro hr lt ru uk bg sr el tr he ar fa vi th ja zh-CN zh-TW ko hi ka hy "
                                                "is ca").split()
    formats = a.formats.split(",") if a.formats else list(FORMATS)
    damages = a.damages.split(",") if a.damages else None
    def load(lang):
        path = os.path.join(a.texts, lang + ".txt")
        if not os.path.exists(path):
            return None
        lines = [l.strip() for l in open(path, encoding="utf-8")]
        lines = [l for l in lines if 30 <= len(l) <= 300 or lang in ("ja", "zh-CN", "zh-TW", "ko", "th") and 12 <= len(l) <= 200]
        lines = [l for l in dict.fromkeys(lines) if "\\" not in l and "<" not in l and "&" not in l and "\t" not in l and "*" not in l and "_" not in l and "`" not in l]
        return lines
    english = [l for l in load("en") or [] if l.isascii()] or ["Open the file", "Close the window", "Nothing was found"]
    all_cases = []
    for lang in langs:
        lines = load(lang)
        if not lines or len(lines) < 60:
            print("no text for", lang, file=sys.stderr)
            continue
        for k in range(a.sets):
            rng = random.Random(f"{a.seed}/{lang}/{k}")
            en = rng.sample(english, min(20, len(english)))
            all_cases += list(cases(lang, lines, en, rng, formats, damages, a.share))
    for i, c in enumerate(all_cases):
        c.path = f"{c.lang}/{re.sub('[^a-z0-9_]+', '-', c.damage + '-' + c.scope)}-{i}.{c.fmt}"
        for sub, raw in [("in", c.raw), ("clean", c.good.encode())]:
            os.makedirs(os.path.join(work, sub, c.lang), exist_ok=True)
            open(os.path.join(work, sub, c.path), "wb").write(raw)
    sel = ["--select", a.select] if a.select else []
    print(len(all_cases), "files", file=sys.stderr)
    found = defaultdict(list)
    told = {}
    def check(sub, into):
        for line in run("check", "--no-cache", "--format", "jsonl", "--fail-on", "never", *sel, os.path.join(work, sub)).decode("utf-8", "replace").splitlines():
            r = json.loads(line)
            key = r.get("path", "")
            key = key[key.find(f"/{sub}/") + len(sub) + 2:]
            if r["type"] == "finding":
                into[key].append(r)
            elif r["type"] == "file" and sub == "in":
                told[key] = r["encoding"]["name"]
            elif r["type"] == "skipped" and sub == "in":
                told[key] = "skipped: " + r["reason"]
    check("in", found)
    for out, more in [("safe", []), ("unsafe", ["--unsafe"])]:
        run("fix", *more, *sel, "--output-dir", os.path.join(work, out), os.path.join(work, "in"))
    run("fix", *sel, "--output-dir", os.path.join(work, "clean-safe"), os.path.join(work, "clean"))
    run("fix", *sel, "--unsafe", "--output-dir", os.path.join(work, "clean-unsafe"), os.path.join(work, "clean"))
    base = os.path.basename(os.path.join(work, "in"))
    def result(sub, c):
        for p in (os.path.join(work, sub, c.path), os.path.join(work, sub, base, c.path)):
            if os.path.exists(p):
                return open(p, "rb").read()
        return None
    roots = {sub: os.path.join(work, sub) for sub in ("safe", "unsafe")}
    for sub in roots:
        run("fix", *sel, *(["--unsafe"] if sub == "unsafe" else []), "--output-dir", os.path.join(work, sub + "2"), roots[sub])
    after = defaultdict(list)
    check("safe", after)
    fail = open(os.path.join(work, "failures.jsonl"), "w", encoding="utf-8", errors="backslashreplace")
    rows = defaultdict(Counter)
    kinds = Counter()

    def failed(kind, c, **more):
        kinds[kind, c.damage.split("+")[0]] += 1
        fail.write(json.dumps({"class": kind, "path": c.path, "lang": c.lang, "fmt": c.fmt, "damage": c.damage, "scope": c.scope, **more}, ensure_ascii=False) + "\n")

    for c in all_cases:
        mine = [f for f in found[c.path] if f["rule"].startswith("encoding/")]
        row = rows[c.damage]
        row["files"] += 1
        if c.codec != "mixed" and c.damage.startswith(("clean", "declared")):
            is_ = told.get(c.path, "?")
            same = lambda n: canonical(n)
            want = same(c.codec)
            if is_.startswith("skipped") or (same(is_) != want and read_like(c, is_) != c.good):
                failed("read-wrongly", c, told=is_, want=c.codec)
                row["misread"] += 1
        safe, unsafe = result("safe", c), result("unsafe", c)
        if safe is None or unsafe is None:
            failed("no-output", c, told=told.get(c.path))
            continue
        # again: nothing may change, nothing may come up
        for sub in ("safe", "unsafe"):
            again = next((open(p, "rb").read() for p in (os.path.join(work, sub + "2", c.path), os.path.join(work, sub + "2", base, c.path),
                          os.path.join(work, sub + "2", sub, c.path)) if os.path.exists(p)), None)
            if again is not None and again != (safe if sub == "safe" else unsafe):
                first = result(sub, c)
                a_, b_ = first.split(b"\n"), again.split(b"\n")
                diff = [(x.decode("utf-8", "replace")[:300], y.decode("utf-8", "replace")[:300]) for x, y in zip(a_, b_) if x != y][:1]
                failed("not-idempotent-" + sub, c, diff=diff)
                row["again"] += 1
        new = Counter(f["rule"] for f in after.get(c.path, []) if f["severity"] != "info")
        old = Counter(f["rule"] for f in found[c.path] if f["severity"] != "info")
        worse = {r: n for r, n in new.items() if r.startswith("encoding/") and n > old[r]}
        if worse:
            failed("new-after-fix", c, rules=worse)
        # lines
        g = canon(c.fmt, c.good).split("\n")
        if c.codec == "mixed":
            texts = {k: mixed_text(v, c) for k, v in (("in", c.raw), ("safe", safe), ("unsafe", unsafe))}
        else:
            texts = {k: canon(c.fmt, read(v, c.codec)).split("\n") for k, v in (("in", c.raw), ("safe", safe), ("unsafe", unsafe))}
            if c.codec == "utf-8-sig" or c.codec == "utf-8":
                for k in texts:
                    if c.good.startswith("\ufeff") and texts[k][0][:1] != "\ufeff":
                        texts[k][0] = "\ufeff" + texts[k][0]
        cleaned = {k: canon(c.fmt, (result("clean-" + k, c) or b"").decode("utf-8", "replace")).split("\n") for k in ("safe", "unsafe")}
        if c.codec == "mixed":
            row["lines"] += 1
            row["flag"] += any(f["rule"] in ("encoding/mixed-encodings", "encoding/mojibake") for f in mine)
            for k, raw in (("safe", safe), ("unsafe", unsafe)):
                one = any(whole(raw, e) in (c.good, "\n".join(cleaned[k])) for e in ("utf-8", c.other))
                row[k] += one
                if k == "unsafe" and not one:
                    failed("mixed-left", c, told=told.get(c.path), says=[f["message"][:100] for f in mine][:4])
        lines_found = defaultdict(list)
        for f in mine:
            for e in [f] + ((f.get("fix") or {}).get("edits") or []):
                for line in range(e["start"]["line"] - 1, max(e["end"]["line"] - 1, e["start"]["line"] - 1) + 1):
                    lines_found[line].append(f)
            if f["rule"] == "encoding/mixed-encodings":
                m = re.match(r"Lines (\d+) to (\d+)", f["message"])
                for line in range(int(m[1]) - 1, int(m[2])) if m else []:
                    lines_found[line].append(f)
        for k in ("safe", "unsafe"):
            if len(texts[k]) != len(g):
                failed("line-count-" + k, c, was=len(g), now=len(texts[k]))
                continue
            if c.codec != "mixed" and k == "safe":
                a_, b_ = shape(c.fmt, "\n".join(canon_none(c, c.raw))), shape(c.fmt, "\n".join(canon_none(c, safe)))
                if a_ != b_:
                    failed("syntax", c, was=str(a_)[:200], now=str(b_)[:200])
            for i, want in enumerate(g):
                if c.codec == "mixed":
                    if texts["in"][i] == want and texts[k][i] not in (want, cleaned[k][i] if i < len(cleaned[k]) else want):
                        failed("good-line-changed-" + k, c, line=i, want=want[:400], now=texts[k][i][:400])
                        row["harm-" + k] += 1
                    continue
                now, was = texts[k][i], texts["in"][i]
                ok = now == want or (len(cleaned[k]) == len(g) and now == cleaned[k][i])
                if i not in c.lines:
                    if not ok and now != was:
                        # what other rules do to text as it is is not this campaign's matter
                        if c.clean or c.codec != "mixed" or True:
                            failed("good-line-changed-" + k, c, line=i, want=want[:400], now=now[:400], rules=sorted({f["rule"] for f in found[c.path] if f["start"]["line"] - 1 == i}))
                            row["harm-" + k] += 1
                    continue
                row["lines"] += k == "safe"
                if ok:
                    row[k] += 1
                elif now == was:
                    pass
                elif masked(now, want):
                    row["mask-" + k] += 1
                else:
                    less = distance(now, want) < distance(was, want)
                    row[("half-" if less else "wrong-") + k] += 1
                    failed(("half-" if less else "wrong-") + k, c, line=i, want=want[:400], was=was[:400], now=now[:400],
                           says=[f["message"][:200] for f in lines_found[i]][:3])
        if c.codec == "mixed":
            continue
        for i in c.lines:
            hits = [f for f in lines_found[i] if f["severity"] != "info"]
            row["flag"] += bool(hits)
            if not hits:
                failed("missed", c, line=i, was=(texts["in"][i] if i < len(texts["in"]) else "")[:300],
                       info=[f["message"][:120] for f in lines_found[i]][:2])
            page_ = c.damage.split(":")[-1].split("x")[0]
            if hits and c.damage.startswith(("u8:", "nbsp:", "half:", "word:", "whole:")) and page_ in CAUSE:
                named = any(n in f["message"] for f in hits for n in CAUSE[page_])
                row["cause"] += named
                if not named:
                    failed("cause", c, line=i, says=[f["message"][:160] for f in hits][:2])
        for i, fs in lines_found.items():
            bad = [f for f in fs if f["severity"] != "info" and f["rule"] != "encoding/declared-otherwise"]
            if i not in c.lines and bad and not (bad[0]["rule"] == "encoding/mixed-encodings" and ascii_line(c, i)):
                row["false"] += 1
                failed("false-alarm", c, line=i, text=(texts["in"][i] if i < len(texts["in"]) else "")[:300], says=[(f["rule"], f["message"][:200]) for f in bad][:2])
        if c.damage.startswith("declared:"):
            hit = any(f["rule"] == "encoding/declared-otherwise" for f in mine)
            row["flag"] += hit
            row["lines"] += 1
            if not hit:
                failed("declaration-missed", c, told=told.get(c.path))
    print(f"{'damage':24} {'files':>5} {'lines':>6} {'safe%':>6} {'mask%':>6} {'all%':>6} {'amask%':>6} {'flag%':>6} {'cause%':>6} | "
          f"{'harm':>5} {'wrong':>5} {'half':>5} {'Uharm':>5} {'Uwrng':>5} {'Uhalf':>5} {'false':>5} {'again':>5} {'misrd':>5}")
    total = Counter()
    for name, r in rows.items():
        total.update(r)
    for name, r in sorted(rows.items()) + [("all", total)]:
        n = max(r["lines"], 1)
        p = lambda k: f"{100 * r[k] / n:6.1f}"
        print(f"{name:24} {r['files']:5} {r['lines']:6} {p('safe')} {p('mask-safe')} {p('unsafe')} {p('mask-unsafe')} {p('flag')} {p('cause')} | "
              f"{r['harm-safe']:5} {r['wrong-safe']:5} {r['half-safe']:5} {r['harm-unsafe']:5} {r['wrong-unsafe']:5} {r['half-unsafe']:5} "
              f"{r['false']:5} {r['again']:5} {r['misread']:5}")
    by = Counter()
    for (k, d), n in kinds.items():
        by[k] += n
    print({k: n for k, n in by.most_common()})


def canon_none(c, raw):
    text = read(raw, c.codec)
    return text.replace("\r\n", "\n").lstrip("\ufeff").split("\n")


def canonical(name):
    name = name.lower().replace("_", "-")
    return {"utf-8-sig": "utf-8", "utf-16-bom": "utf-16le", "utf-16be-bom": "utf-16be", "utf-16-le": "utf-16le", "cp866": "ibm866", "cp850": "ibm850",
            "cp852": "ibm852", "cp857": "ibm857", "mac-roman": "macintosh", "latin-1": "windows-1252", "iso8859-1": "windows-1252", "koi8-u": "koi8-u",
            "cp874": "windows-874", "gbk": "gb18030"}.get(name, re.sub(r"^cp12", "windows-12", re.sub("^iso8859-", "iso-8859-", name)))


def read_like(c, name):
    """A file read as something else that gives the same text is read rightly."""
    try:
        return c.raw.decode({"macintosh": "mac_roman", "windows-874": "cp874"}.get(name, name.replace("ibm", "cp").replace("windows-", "cp")))
    except (UnicodeError, LookupError):
        return None


def whole(raw, codec):
    try:
        return raw.decode(codec)
    except UnicodeDecodeError:
        return None


def ascii_line(c, i):
    lines = c.raw.split(b"\n")
    return i < len(lines) and lines[i].isascii()


def mixed_text(raw, c):
    out = []
    for line in raw.split(b"\n"):
        try:
            out.append(line.decode())
        except UnicodeDecodeError:
            out.append(line.decode(c.other, "replace"))
    return out


def masked(now, want):
    if "\ufffd" not in now and "?" not in now:
        return False
    parts = [re.escape(p) for p in re.split(r"[\ufffd?]+", now)]
    return re.fullmatch(r".{0,6}".join(parts), want, re.S) is not None


def distance(a, b):
    """Characters of the wanted text that are not there, and those there that are not wanted, roughly."""
    x, y = Counter(a), Counter(b)
    return sum((x - y).values()) + sum((y - x).values())


main()
