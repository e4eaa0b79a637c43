#!/usr/bin/env python3
"""Turn the fetched packages into one plain text file a language: DIR/text/LANG.txt, one message a line, and
DIR/more/LANG.txt for languages of which only GNOME and KDE have texts.

    texts.py DIR

Placeholders, markup, accelerators and messages that were left in English are taken out.
"""
import glob
import os
import re
import struct
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from collections import defaultdict

ALIAS = {
    "nb-no": "nb", "nn-no": "nn", "sv-se": "sv", "ga-ie": "ga", "hy-am": "hy", "gu-in": "gu", "hi-in": "hi", "pa-in": "pa",
    "ne-np": "ne", "fy-nl": "fy", "es-es": "es", "es-ar": "es", "es-cl": "es", "es-mx": "es", "es-419": "es", "pt-pt": "pt",
    "pt-br": "pt", "en-gb": "en", "en-ca": "en", "en-us": "en", "en-za": "en", "ca-valencia": "ca", "fil": "tl", "iw": "he", "kmr": "ku",
    "sr-latn": "sr-latn", "zh-hk": "zh-tw", "in": None, "no": "nb", "dz": "dz",
}


# Languages that are counted from GNOME and KDE, by the names of their folders.
MORE = {tag: tag for tag in "crh csb lb li nds se wa yi".split()} | {"ku": "ku", "be@latin": "be@latin"}


def lang(tag):
    tag = tag.lower().replace("_", "-")
    return ALIAS.get(tag, tag)


def tidy(s):
    s = re.sub(r"<[^<>]*>|\{[^{}]*\}|%\d*\$?[-.\d]*[a-zA-Z@]|\$[A-Za-z_0-9()]+\$?|&[a-zA-Z][\w.]*;|https?://\S+|\\[nrt\"']|\\u[0-9a-fA-F]{4}", " ", s)
    s = re.sub(r"\(?[&_~]([^\W\d_])\)?", r"\1", s)
    s = re.sub(r"[\x00-\x1f\x7f-\x9f\ufeff\ufffd\ue000-\uf8ff\u2060-\u206f]", " ", s)
    s = re.sub(r"[ ]+", " ", s).strip()
    return unicodedata.normalize("NFC", s)


def firefox(xpi):
    z = zipfile.ZipFile(xpi)
    for name in z.namelist():
        if not name.endswith((".ftl", ".properties", ".dtd")):
            continue
        text = z.read(name).decode("utf-8", "replace")
        key = name.split("/locale/")[-1].split("/", 1)[-1] if "/locale/" in name else re.sub(r"^.*localization/[^/]+/", "", name)
        if name.endswith(".dtd"):
            found = re.findall(r'<!ENTITY\s+(\S+)\s+"([^"]*)"', text)
        elif name.endswith(".properties"):
            found = re.findall(r"^([^#\s=][^=\n]*?)\s*=\s*(.+)$", text, re.M)
        else:
            found, key_now = [], ""
            for line in text.split("\n"):
                m = re.match(r"^\s*(\.?-?[A-Za-z][\w.-]*)\s*=\s*(.*)$", line)
                if m:
                    key_now = m[1]
                    found.append((key_now, m[2]))
                elif line.startswith(" "):
                    found.append((key_now + "+", re.sub(r"^\s*\*?\[[^\]]*\]", "", line)))
        for k, v in found:
            if not re.search(r"accesskey|style|width|height|\.key$|commandkey|charset|intl\.|url", k, re.I):
                yield (key, k), v


def mo(path):
    raw = open(path, "rb").read()
    magic, _, n, a, b = struct.unpack("<5I", raw[:20])
    if magic != 0x950412DE:
        return
    for i in range(n):
        la, oa = struct.unpack_from("<2I", raw, a + 8 * i)
        lb, ob = struct.unpack_from("<2I", raw, b + 8 * i)
        src = raw[oa : oa + la].decode("utf-8", "replace").split("\x04")[-1].split("\0")[0]
        dst = raw[ob : ob + lb].decode("utf-8", "replace")
        if la and dst and dst != src:
            for part in dst.split("\0"):
                if part != src:
                    yield part


def pak(path):
    raw = open(path, "rb").read()
    version = struct.unpack_from("<I", raw)[0]
    if version == 5:
        n, at = struct.unpack_from("<H", raw, 8)[0], 12
    else:
        n, at = struct.unpack_from("<I", raw, 4)[0], 9
    for i in range(n):
        ident, start = struct.unpack_from("<HI", raw, at + 6 * i)
        _, end = struct.unpack_from("<HI", raw, at + 6 * (i + 1))
        try:
            yield ident, raw[start:end].decode("utf-8")
        except UnicodeDecodeError:
            pass


def main():
    base = sys.argv[1]
    out, more = defaultdict(list), defaultdict(list)
    with tempfile.TemporaryDirectory() as tmp:
        english = None
        debs = sorted(glob.glob(os.path.join(base, "apt", "*.deb")))
        debs.sort(key=lambda p: "l10n-en-gb" not in p)
        for deb in debs:
            name = os.path.basename(deb).split("_")[0]
            box = os.path.join(tmp, name)
            subprocess.run(["dpkg", "-x", deb, box], check=True)
            if name.startswith("firefox"):
                tag = lang(name.split("l10n-")[1])
                for xpi in glob.glob(box + "/**/*.xpi", recursive=True):
                    rows = list(firefox(xpi))
                    if name.endswith("l10n-en-gb"):
                        english = set(v for _, v in rows)
                    out[tag] += [v for _, v in rows if tag == "en" or v not in english]
            elif name.startswith("libreoffice"):
                for path in glob.glob(box + "/**/*.mo", recursive=True):
                    tag = lang(path.split("/resource/")[1].split("/")[0])
                    if tag:
                        out[tag] += mo(path)
            elif name.startswith(("libgtk", "libglib", "kio", "libkf5")):
                for path in glob.glob(box + "/usr/share/locale/*/LC_MESSAGES/*.mo"):
                    tag = MORE.get(path.split("/locale/")[1].split("/")[0])
                    if tag:
                        # Places of time zones are no words.
                        more[tag] += (v for v in mo(path) if not re.fullmatch(r"\w+/[\w/ -]+", v))
            else:
                files = {os.path.basename(p)[:-4]: dict(pak(p)) for p in glob.glob(box + "/**/locales/*.pak", recursive=True)}
                files = {k: v for k, v in files.items() if not re.search("_(FEMININE|MASCULINE|NEUTER)$", k)}
                base_text = set(files.get("en-US", {}).values())
                for tag, rows in files.items():
                    t = lang(tag)
                    if t:
                        out[t] += [v for v in rows.values() if t == "en" or v not in base_text]
            subprocess.run(["rm", "-rf", box], check=True)
    # Kurdish of LibreOffice is little, and counts with the other.
    more["ku"] += out.get("kmr@latin", [])
    for folder, texts in (("text", out), ("more", more)):
        os.makedirs(os.path.join(base, folder), exist_ok=True)
        for tag, rows in sorted(texts.items()):
            seen = dict.fromkeys(t for r in rows for t in [tidy(r)] if len(t) > 2 and re.search(r"[^\W\d_]", t))
            with open(os.path.join(base, folder, tag + ".txt"), "w", encoding="utf-8") as f:
                f.writelines(t + "\n" for t in seen)
            print(folder, tag, len(seen), sum(map(len, seen)))


if __name__ == "__main__":
    main()
