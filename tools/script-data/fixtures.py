#!/usr/bin/env python3
"""Writes fixtures/scripts/swapped.jsonl: each sentence of sentences.tsv clean, and once with letters of one word
replaced by look-alikes of another script (one letter, then two or more)."""
import json, os, random, unicodedata

here = os.path.dirname(os.path.abspath(__file__))
LATIN = {"a": "а", "c": "с", "e": "е", "o": "о", "p": "р", "x": "х", "y": "у", "i": "і"}
CYRILLIC = {v: k for k, v in LATIN.items()} | {"А": "A", "В": "B", "Е": "E", "К": "K", "М": "M", "Н": "H", "О": "O",
                                               "Р": "P", "С": "C", "Т": "T", "Х": "X", "ј": "j", "ү": "v", "һ": "h",
                                               "ӕ": "æ", "ӑ": "ă"}
GREEK = {"ο": "o", "ό": "ó", "α": "a", "ι": "i", "ν": "v", "Η": "H", "κ": "k", "ρ": "p"}
GREEK_FOR_LATIN = {"o": "ο", "a": "α", "v": "ν", "i": "ι"}
ARMENIAN = {"ո": "n", "ս": "u", "հ": "h", "օ": "o", "ց": "g"}


def table(text):
    name = unicodedata.name(next(c for c in text if c.isalpha() and ord(c) > 64)).split()[0]
    return {"LATIN": LATIN, "CYRILLIC": CYRILLIC, "GREEK": GREEK, "ARMENIAN": ARMENIAN}[name]


def swap(word, pairs, rng, most):
    places = [i for i, c in enumerate(word) if c in pairs]
    if not places:
        return None
    chosen = set(rng.sample(places, min(most, len(places))))
    return "".join(pairs[c] if i in chosen else c for i, c in enumerate(word))


def main():
    rng = random.Random(20)
    out = []
    with open(os.path.join(here, "sentences.tsv"), encoding="utf-8") as f:
        rows = [l.rstrip("\n").split("\t") for l in f if l.strip() and not l.startswith("#")]
    for lang, text in rows:
        out.append({"lang": lang, "text": text, "expect": "clean"})
        words = [w for w in text.rstrip(".։").split(" ") if len(w) >= 4 and w.isalpha()]
        rng.shuffle(words)
        for most, word in zip((1, 2), words):
            pairs = table(text)
            if pairs is LATIN and rng.random() < 0.25:
                pairs = GREEK_FOR_LATIN
            bad = swap(word, pairs, rng, most)
            if bad:
                out.append({"lang": lang, "text": text.replace(word, bad, 1), "expect": "flag", "span": bad, "fix": text})
    path = os.path.join(here, "../../fixtures/scripts/swapped.jsonl")
    with open(path, "w", encoding="utf-8") as f:
        for case in out:
            f.write(json.dumps(case, ensure_ascii=False) + "\n")
    print(len(out), "cases")


main()
