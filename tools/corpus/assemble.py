#!/usr/bin/env python3
"""Assembles clean published text, one file a language, to count false alarms on.

    assemble.py DIR [--keep-downloads]

Downloads the packages of packages.txt with apt-get, pip and npm, takes the sentences out of manuals, HTML pages and
message catalogues, and writes DIR/text/LANG.txt, one paragraph or message a line, each once. Prints words by language.
Source packages need deb-src lines in apt's configuration (APT_CONFIG may name another one). Takes some 20 minutes and 2 GB of downloads. The text is nobody's to redistribute from here: it stays in DIR.
"""
import glob, gzip, html, json, os, re, subprocess, sys, tarfile, zipfile
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor

HERE = os.path.dirname(os.path.abspath(__file__))


def expand(spec):
    m = re.match(r"(.*)\{(.*)\}(.*)", spec)
    return [m[1] + x + m[3] for x in m[2].split(",")] if m else [spec]


def wanted():
    for line in open(os.path.join(HERE, "packages.txt"), encoding="utf-8"):
        if line.strip() and not line.startswith("#"):
            kind, spec, keep = line.split(maxsplit=2)
            for name in expand(spec):
                yield kind, name, re.compile(keep.strip())


def download(kind, name, dest):
    os.makedirs(dest, exist_ok=True)
    if os.listdir(dest):
        return
    command = {
        "deb": ["apt-get", "-q", "download", name],
        "src": ["apt-get", "-q", "source", "--download-only", name],
        "npm": ["npm", "pack", "--silent", name],
        "pip": [sys.executable, "-m", "pip", "download", "-q", "--no-deps", name],
    }[kind]
    done = subprocess.run(command, cwd=dest, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    if done.returncode:
        print(f"not to be had: {kind} {name}", file=sys.stderr)


def members(path, keep):
    """The wanted members of an archive: (name, bytes)."""
    if path.endswith((".whl", ".zip")):
        with zipfile.ZipFile(path) as z:
            for n in z.namelist():
                if keep.search(n):
                    yield n, z.read(n)
        return
    source = None
    if path.endswith(".deb"):
        source = subprocess.Popen(["dpkg-deb", "--fsys-tarfile", path], stdout=subprocess.PIPE).stdout
    elif not re.search(r"\.(tar\.\w+|tgz)$", path):
        return
    try:
        with tarfile.open(path if source is None else None, "r|*", fileobj=source) as tar:
            for m in tar:
                name = re.sub(r"\.gz$", "", m.name)
                if m.isfile() and keep.search(name):
                    data = tar.extractfile(m).read()
                    yield name, gzip.decompress(data) if m.name.endswith(".gz") else data
    except (tarfile.TarError, EOFError, OSError) as e:
        print(f"{path}: {e}", file=sys.stderr)


def language(kind_path, name):
    """The language that a member's path or its package's name speaks for."""
    for pattern in (r"/man/([a-z]{2,3}(?:_[A-Z]{2})?)(?:\.[\w-]+)?/", r"/([a-z]{2,3}(?:[-_@][A-Za-z]+)?)\.po$", r"/i18n/([a-z-]+)\.json$",
                    r"/locale/([a-z]{2,3}(?:_[A-Za-z]+)?)/", r"/help/([a-z]{2,3}(?:-[A-Za-z]+)?)/", r"/html/([a-z]{2,3}(?:-[A-Z]{2})?)/",
                    r"/(?:debian-handbook/html|installation-guide-amd64|gimp/2\.0/help)/([a-z]{2,3}(?:[-_][A-Z]{2})?)/", r"/gnome-help/([a-z]{2,3}(?:[-_@]\w+)?)/"):
        m = re.search(pattern, kind_path)
        if m and m[1] not in ("gnome", "man"):
            return m[1].replace("_", "-").replace("@", "-")
    m = re.search(r"-((?:pt-br|zh-cn|zh-tw|en-us|[a-z]{2}))$", name)
    return m[1] if m else None


def roff(text):
    for line in text.split("\n"):
        if line.startswith((".", "'")):
            continue
        line = re.sub(r"\\f(?:\[\w*\]|\(?\w\w?)|\\[-&:c|^%]|\\s[-+]?\d", lambda m: "-" if m[0] == "\\-" else "", line)
        line = line.replace("\\(aq", "'").replace("\\(co", "©").replace("\\~", "\u00a0")
        if "\\" not in line and "\t" not in line:
            yield line


def pages(text):
    text = re.sub(r"(?s)<(script|style|pre|code|tt|kbd|samp|var|head)\b.*?</\1>", "\x00", text)
    for part in re.split(r"</?(?:p|div|li|h\d|td|th|tr|dd|dt|br|body|table|ul|ol|span class)\b[^>]*>", text):
        part = html.unescape(re.sub(r"<[^>]+>", "", part))
        if "\x00" not in part:
            yield part


def catalogue(text):
    for m in re.finditer(r'^msgstr(?:\[\d\])? ((?:"(?:[^"\\]|\\.)*"\s*)+)', text, re.M):
        value = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', m[1]))
        if "\\" in value or re.search(r"%[\w(]|[<{$&_]|Content-Type", value):
            value = value.replace('\\"', '"').replace("\\n", " ")
            if "\\" in value or re.search(r"%[\w(]|[<{$&]|Content-Type", value):
                continue
            value = re.sub(r"_(?=\w)", "", value)
        yield value


def messages(text):
    try:
        values = [v for k, v in json.loads(text).items() if isinstance(v, str)]
    except ValueError:
        return
    yield from (v for v in values if not re.search(r"[{$<\[&|]|''|~~|%", v))


def sentences(name, data):
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return
    reader = catalogue if name.endswith(".po") else messages if name.endswith(".json") else roff if "/man/" in name else pages
    for part in reader(text):
        part = re.sub(r"[ \t\r\n]+", " ", part).strip()
        if len(part) > 20 and sum(c.isalpha() for c in part) > 0.5 * len(part):
            yield part


def main(root):
    downloads = os.path.join(root, "downloads")
    packages = list(wanted())
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda p: download(p[0], p[1], os.path.join(downloads, p[0] + "-" + re.sub(r"\W+", "-", p[1]))), packages))
    found = defaultdict(dict)
    for kind, name, keep in packages:
        for path in sorted(glob.glob(os.path.join(downloads, kind + "-" + re.sub(r"\W+", "-", name), "*"))):
            for member, data in members(path, keep):
                lang = language("/" + member, name)
                if lang:
                    for s in sentences("/" + member, data):
                        found[lang].setdefault(s, name)
    os.makedirs(os.path.join(root, "text"), exist_ok=True)
    total = 0
    for lang, lines in sorted(found.items()):
        words = sum(len(s.split()) if s.isascii() or " " in s else len(s) // 2 for s in lines)
        if words < 300:
            continue
        total += words
        with open(os.path.join(root, "text", lang + ".txt"), "w", encoding="utf-8") as f:
            f.writelines(s + "\n" for s in lines)
        with open(os.path.join(root, "text", lang + ".from"), "w", encoding="utf-8") as f:
            f.writelines(p + "\n" for p in lines.values())
        print(f"{lang:12} {len(lines):8} lines {words:10} words")
    print(f"{total} words")


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]))
