#!/usr/bin/env python3
"""Writes src/check/encoding/data/marked_words.tsv: for each language frequent words that nobody writes without their marks.

    marked_words.py DIR > src/check/encoding/data/marked_words.tsv

DIR as made by tools/model/fetch.py and tools/model/texts.py; DIR/help and DIR/pip as made by prose.py. A word is taken if it
carries a mark, if its bare form is not written in its own language, and if it is a function word or among the most frequent.
A word's ending (`-cion`) is taken if many words have it and hardly one of them is written without the mark.
First the languages, each with how many words in a thousand carry a mark; then the bare words in order, each with the numbers
of the languages that mark it, with a `!` where it stands in no other language's text.
"""
import glob, json, os, re, sys, unicodedata, zipfile
from collections import Counter

import brotli

WORDS, SHARED, LEAST, SURE = 300, 90, 3, 30
# What programs write for letters that are no letter and mark in Unicode.
PLAIN = str.maketrans("łøđıðħŧə", "lodidhte")
WIDE = {"æ": "ae", "œ": "oe", "ß": "ss", "þ": "th"}
# Two names for one language, mixtures, and languages whose texts are too thin or too often mixed with another.
SKIP = {"ca@valencia", "gug", "trs", "sco", "cak", "son", "kab", "ff", "en", "nl", "af", "fy", "eu", "oc", "an", "sc", "lij", "fur", "skr", "rm", "nso", "kmr@latin", "gn"}
# Languages in which few words carry a mark, but those always.
SPARSE = {"it"}
STOP = {"nb": "no", "nn": "no"}


def bare(word):
    plain = "".join(WIDE.get(c, c) for c in word.translate(PLAIN))
    return unicodedata.normalize("NFC", "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c)))


def is_marked(word):
    return bare(word) != "".join(WIDE.get(c, c) for c in word)


def wheel(folder, name):
    return zipfile.ZipFile(glob.glob(os.path.join(folder, "pip", name + "*.whl"))[0])


class News:
    """How often runs of letters stand in news text: small where a bare form is no spelling of the language."""

    def __init__(self, archive, lang):
        self.tables = {}
        for n, name in ((3, "tri"), (4, "quadri"), (5, "five")):
            path = f"lingua/language-models/{lang}/{name}grams.json.br"
            if path in archive.namelist():
                table = self.tables[n] = {}
                for fraction, grams in json.loads(brotli.decompress(archive.read(path)))["ngrams"].items():
                    a, b = fraction.split("/")
                    for gram in grams.split(" "):
                        table[gram] = int(a) / int(b)

    def is_never_bare(self, word):
        """Whether the bare form holds a run that the language hardly has, next to the marked one. True where nothing is known."""
        if not self.tables or WIDE.keys() & set(word):
            return True
        n = min(len(word), 5)
        table, stripped = self.tables.get(n, {}), bare(word)
        least = 1.0
        for i in range(len(word) - n + 1):
            marked, plain = word[i : i + n], stripped[i : i + n]
            if marked != plain and marked in table:
                least = min(least, table.get(plain, 0) / table[marked])
        return least < 0.1


ENDING, TYPES, ENDINGS = (4, 5), 25, 30


def endings(count, own):
    """Bare endings that nearly always stand for marked ones, the most frequent first."""
    marked, other, types, slips = Counter(), Counter(), Counter(), Counter()
    for word, n in count.items():
        if not own(word):
            continue
        stripped = bare(word)
        for size in ENDING:
            # The mark is in the ending, and the word is more than that.
            if len(stripped) > size + 1:
                end = stripped[-size:]
                if is_marked(word) and not word.endswith(end):
                    marked[end] += n
                    types[end] += 1
                else:
                    other[end] += n
                    slips[end] += 1
    good = lambda e: types[e] >= TYPES and other[e] * 200 <= marked[e] and slips[e] * 20 <= types[e]
    return [(e, n) for e, n in marked.most_common() if good(e) and e.isascii()]


def main(folder):
    counts = {}
    for path in sorted(glob.glob(os.path.join(folder, "text", "*.txt"))):
        lang = os.path.basename(path)[:-4]
        text = open(path, encoding="utf-8").read()
        prose = os.path.join(folder, "help", lang + ".txt")
        if os.path.exists(prose):
            text += "\n" + open(prose, encoding="utf-8").read()
        text = unicodedata.normalize("NFC", text)
        # Names and headings say nothing about small letters.
        counts[lang] = Counter(re.findall(r"(?<![\w'’-])[^\W\d_A-Z]+(?![\w-])", text))
    plain = Counter()
    for count in counts.values():
        total = sum(count.values()) or 1
        ends = Counter()
        for word, n in count.items():
            plain[word] = max(plain[word], n / total)
            for size in ENDING:
                if len(word) > size + 1:
                    ends["-" + word[-size:]] += n
        for end, n in ends.items():
            plain[end] = max(plain[end], n / total)
    stop = json.loads(wheel(folder, "stopwordsiso").read("stopwordsiso/stopwords-iso.json"))
    lingua = wheel(folder, "lingua")
    print("# Generated by tools/script-data/marked_words.py: do not edit.")
    languages, table = [], {}
    for lang, count in counts.items():
        greek = lang == "el"
        own = lambda w: w.islower() and w.isalpha() and all("GREEK" in unicodedata.name(c, "") if greek else "LATIN" in unicodedata.name(c, "") for c in w)
        total = sum(n for w, n in count.items() if own(w)) or 1
        marked = [(w, n) for w, n in count.most_common() if own(w) and is_marked(w)]
        share = sum(n for _, n in marked) / total
        if lang in SKIP or share < 0.02 and lang not in SPARSE:
            continue
        functional = {unicodedata.normalize("NFC", w) for w in stop.get(STOP.get(lang, lang), []) if own(w) and is_marked(w)}
        also_bare = set(stop.get(STOP.get(lang, lang), []))
        news = News(lingua, {"sr-latn": "hr"}.get(lang, lang))
        alone, shared, seen = [], [], set()
        frequent = [(w, n, False) for w, n in marked if n >= 5]
        for word, n, special in [(w, count[w], True) for w in sorted(functional)] + frequent:
            stripped = bare(word)
            clean = stripped.isascii() or greek and all(ord(c) < 0x3CF for c in stripped)
            short = len(stripped) < LEAST
            if not clean or stripped in seen or short and (len(stripped) < 2 or n < 200 or share > 0.53):
                continue
            # In its own language the bare form is a slip at most.
            if count[stripped] > max(n / 100, 2e-6 * total):
                continue
            # Where the word itself is rare in these texts they say too little; lists of function words hold slips, too.
            if n < (5 if special and not count[stripped] else SURE) and (stripped in also_bare or not news.is_never_bare(word)):
                continue
            unique = not short and plain[stripped] <= 2e-6 and not any(stripped in words for words in stop.values())
            here = alone if unique else shared
            if special or len(here) < (WORDS if unique else SHARED):
                seen.add(stripped)
                here.append(stripped)
        covered = set()
        for end, n in endings(count, own):
            here = alone if plain["-" + end] <= 2e-5 else shared if plain["-" + end] <= 1e-4 else None
            if here is not None and len(covered) < ENDINGS and not any(end.endswith(c) for c in covered):
                covered.add(end)
                here.append("-" + end)
        if len(alone) >= 25 or lang in SPARSE and len(alone) >= 12:
            for words, sign in ((alone, "!"), (shared, "")):
                for word in words:
                    table.setdefault(word, []).append(f"{len(languages)}{sign}")
            languages.append((lang.replace("@", "-"), round(share * 1000)))
    for lang, share in languages:
        print(lang, share, sep="\t")
    print()
    for word, numbers in sorted(table.items()):
        print(word, *numbers)


main(sys.argv[1])
