#!/usr/bin/env python3
"""Swaps every look-alike letter of a text, one at a time, and counts how many swaps are found and repaired.

    python3 tools/swap_test.py ru=text1.txt el=text2.txt ...

Each file holds plain text of one script; the first 2,000 words are used, in documents of about 60 words. Damage is a
letter of Latin, Cyrillic, Greek or Armenian replaced by its twin of the same shape. Uses target/release/tidyglot or
$TIDYGLOT.
"""
import json, os, re, subprocess, sys

LATIN_CYRILLIC = dict(zip("aceopxyABCEHKMOPTXijs", "асеорхуАВСЕНКМОРТХіјѕ"))
LATIN_GREEK = dict(zip("ovABEZHIKMNOPTYX", "ονΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"))
LATIN_ARMENIAN = dict(zip("oungh", "օսոցհ"))
PAIRS = {"Latn": [LATIN_CYRILLIC, LATIN_GREEK], "Cyrl": [{v: k for k, v in LATIN_CYRILLIC.items()}],
         "Grek": [{v: k for k, v in LATIN_GREEK.items()}], "Armn": [{v: k for k, v in LATIN_ARMENIAN.items()}]}
SCRIPT = {"ru": "Cyrl", "uk": "Cyrl", "bg": "Cyrl", "sr": "Cyrl", "mk": "Cyrl", "be": "Cyrl", "el": "Grek", "hy": "Armn"}
binary = os.environ.get("TIDYGLOT", "target/release/tidyglot")


def stream(records):
    data = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records).encode()
    out = subprocess.run([binary, "stream", "--unsafe", "--isolated", "--select", "script"], input=data,
                         stdout=subprocess.PIPE)
    return [json.loads(l) for l in out.stdout.decode().splitlines()]


for argument in sys.argv[1:]:
    lang, path = argument.split("=", 1)
    words = open(path, encoding="utf-8").read().split()[:2000]
    records, wanted = [], []
    for start in range(0, len(words), 60):
        part = words[start:start + 60]
        if len(part) < 50:
            continue
        text = " ".join(part)
        for pairs in PAIRS[SCRIPT.get(lang, "Latn")]:
            for i, c in enumerate(text):
                if c in pairs:
                    records.append({"id": 0, "text": text[:i] + pairs[c] + text[i + 1:]})
                    wanted.append((text, len(text[:i].encode()), i))
    found = exact = safe = 0
    misses, wrong = {}, {}
    for record, (text, at, i), result in zip(records, wanted, stream(records)):
        word = record["text"][record["text"].rfind(" ", 0, i) + 1:].split(" ")[0]
        hits = [f for f in result["findings"] if f["start"]["byte"] <= at < f["end"]["byte"]]
        found += bool(hits)
        exact += result["cleaned"] == text
        if not hits:
            misses[word] = misses.get(word, 0) + 1
        elif result["cleaned"] != text:
            wrong[word] = wrong.get(word, 0) + 1
        safe += any((f.get("fix") or {}).get("safety") == "safe" for f in hits)
    n = max(len(records), 1)
    print(f"{lang}: {len(records)} swaps, found {found / n:.2%}, exact {exact / n:.2%}, of them safe {safe / n:.2%}")
    top = lambda d: ", ".join(f"{w} {k}" for w, k in sorted(d.items(), key=lambda x: -x[1])[:12])
    print("   missed:", top(misses), "\n   wrong:", top(wrong))
