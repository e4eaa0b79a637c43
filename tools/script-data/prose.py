#!/usr/bin/env python3
"""Fetches what marked_words.py counts besides the texts of tools/model, by package name, with the ordinary clients.

    prose.py DIR

- libreoffice-help-*    The Document Foundation's translators, MPL-2.0: a manual in whole sentences, to DIR/help/LANG.txt
- stopwordsiso 0.7.1    stopwords-iso, MIT: function words of 57 languages, to DIR/pip
"""
import glob, html, os, re, subprocess, sys, tempfile

STOP = "stopwordsiso==0.7.1"
ALIAS = {"en-us": "en", "en-gb": None, "pt-br": None, "zh-cn": None, "zh-tw": None, "common": None, "dz": None, "hi": None, "ja": None, "km": None, "ko": None, "ru": None}


def sentences(page):
    body = re.sub(r"(?s)<(script|style|head|nav|pre|code)\b.*?</\1>", " ", page)
    for part in re.findall(r"(?s)<p\b[^>]*>(.*?)</p>", body):
        text = re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", part))).strip()
        # A sentence, not the name of a command.
        if len(text) > 40 and text.count(" ") > 5:
            yield text


def main(folder):
    deb, out, pip = (os.path.join(folder, name) for name in ("help-deb", "help", "pip"))
    for path in (deb, out, pip):
        os.makedirs(path, exist_ok=True)
    found = subprocess.run(["apt-cache", "search", "-n", "^libreoffice-help-"], check=True, capture_output=True, text=True).stdout
    names = {line.split()[0] for line in found.splitlines()}
    tags = {name: ALIAS.get(tag := name.removeprefix("libreoffice-help-"), tag) for name in names}
    have = {f.split("_")[0] for f in os.listdir(deb)}
    missing = [name for name in sorted(names) if tags[name] and name not in have]
    if missing:
        subprocess.run(["apt-get", "download", *missing], cwd=deb, check=True)
    if not glob.glob(os.path.join(pip, "stopwordsiso*.whl")):
        subprocess.run([sys.executable, "-m", "pip", "download", "--no-deps", "-q", "-d", pip, STOP], check=True)
    for package in sorted(glob.glob(os.path.join(deb, "*.deb"))):
        tag = tags.get(os.path.basename(package).split("_")[0])
        if not tag:
            continue
        seen = {}
        with tempfile.TemporaryDirectory() as box:
            subprocess.run(["dpkg", "-x", package, box], check=True)
            for path in sorted(glob.glob(box + "/**/text/**/*.html", recursive=True)):
                for line in sentences(open(path, encoding="utf-8", errors="replace").read()):
                    seen.setdefault(line)
        with open(os.path.join(out, tag + ".txt"), "w", encoding="utf-8") as f:
            f.write("".join(line + "\n" for line in seen))


main(sys.argv[1])
