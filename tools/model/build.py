#!/usr/bin/env python3
"""Count the fetched texts into src/repair/model.bin.

    build.py DIR OUT        (needs the Python package brotli; fetch.py and texts.py come first)

Parts, each after its length (u32, little endian):
  1 symbols     runs (first code point u16, symbol u16) over the basic plane; classes (symbol -> class u8)
  2 pairs       what follows what in clean text of all languages together, each language with the same weight
  3 ideographs  how common each Han character is in simplified, traditional and Japanese text, each Hangul syllable in Korean
  4 letters     for each language: its letters, pairs and triples of letters
Costs are in eighths of a bit.
"""
import json
import re
import struct
import sys
import unicodedata
import zipfile
from collections import Counter, defaultdict

import brotli

from common import block, char_class, bits, eighths, han_counts, lines, page_characters

HAN_RANKS, HANGUL_RANKS = 8, 4
# Not languages of their own in the sense of letters, or too little text.
SKIP = {"trs", "sco", "cak", "kmr@latin"}
LETTER_SCRIPTS = {"latin", "cyrillic", "greek", "hebrew", "arabic", "thai"}
LINGUA = {"pt": "pt", "zh-cn": "zh", "sr@latin": None, "ca@valencia": None}


def lingua_reader(base):
    import glob
    wheel = zipfile.ZipFile(glob.glob(base + "/pip/lingua*.whl")[0])
    names = set(wheel.namelist())

    def read(tag, n):
        path = f"lingua/language-models/{tag}/{['unigrams', 'bigrams', 'trigrams'][n - 1]}.json.br"
        if path not in names:
            return {}
        table = {}
        for fraction, grams in json.loads(brotli.decompress(wheel.read(path)))["ngrams"].items():
            a, b = fraction.split("/")
            for g in grams.split(" "):
                if len(g) == n:
                    table[g] = int(a) / int(b)
        return table
    return read


def blob(parts):
    return b"".join(struct.pack("<I", len(p)) + p for p in parts)


class Symbols:
    """Code point -> symbol. Characters of the single-byte pages and frequent others have their own; the rest share one a class."""

    def __init__(self, base):
        own = {chr(c) for c in range(0x20, 0x7F)} | page_characters()
        seen = Counter()
        for tag, rows in lines(base):
            c = Counter("".join(rows))
            total = sum(c.values())
            for ch, n in c.items():
                seen[ch] += n / total
        for ch, n in seen.items():
            if n > (2e-7 if block(ord(ch)) in ("latin", "cyrillic") else 2e-5) and block(ord(ch)) in ("hiragana", "katakana", "cjk-punctuation", "fullwidth", "punctuation", "latin", "cyrillic", "mark"):
                own.add(ch)
        own |= {chr(c) for c in range(0xFF61, 0xFFA0)}
        digits = set("0123456789")
        self.classes, self.of, self.klass = {}, {}, []
        for cp in range(0x10000):
            name = char_class(cp)
            if name not in self.classes:
                self.classes[name] = len(self.classes)
        self.members = Counter()
        class_symbol, digit_symbol = {}, None
        for cp in range(0x20, 0x10000):
            ch, name = chr(cp), char_class(cp)
            if ch in own and ch not in digits:
                self.of[cp] = self.new(name)
            elif ch in digits:
                digit_symbol = self.new(name) if digit_symbol is None else digit_symbol
                self.of[cp] = digit_symbol
            else:
                # What the texts never show is set apart from the rare.
                key = name, seen[ch] > 0
                if key not in class_symbol:
                    class_symbol[key] = self.new(name)
                self.of[cp] = class_symbol[key]
        self.of.update({cp: self.of[0x20] for cp in range(0x20)})
        self.han = [self.new("han") for _ in range(HAN_RANKS)]
        self.hangul = [self.new("hangul") for _ in range(HANGUL_RANKS)]
        self.astral = self.new(self.add("astral"))

    def add(self, name):
        self.classes.setdefault(name, len(self.classes))
        return name

    def new(self, name):
        self.klass.append(self.classes[name])
        return len(self.klass) - 1

    def rank(self, ideographs):
        for ch, nibble in ideographs["any"].items():
            self.of[ord(ch)] = self.han[min(HAN_RANKS - 1, nibble // 2)]
        for ch, nibble in ideographs["ko"].items():
            if "\uac00" <= ch:
                self.of[ord(ch)] = self.hangul[min(HANGUL_RANKS - 1, nibble // 4)]

    def __call__(self, ch):
        return self.of.get(ord(ch), self.astral)

    def runs(self):
        out, last = [], None
        for cp in range(0x10000):
            if 0x4E00 <= cp <= 0x9FFF or 0xAC00 <= cp <= 0xD7A3:
                continue
            s = self.of[cp]
            if s != last:
                out.append(struct.pack("<HH", cp, s))
                last = s
        return b"".join(out)


def in_page(ch, codec, first, last):
    try:
        raw = ch.encode(codec)
    except UnicodeEncodeError:
        return None
    return len(raw) == 2 and first <= raw[0] <= last


def ideographs(base, lingua):
    """A nibble for each ideograph, the cost of one character in about 1.25 bits: 0 most common, 15 not in the basic sets."""
    counts = han_counts(base, lingua)
    out = {}
    sets = {"hans": ("gb2312", 0xB0, 0xD7), "hant": ("big5", 0xA4, 0xC6), "ja": ("euc-jp", 0xB0, 0xCF), "ko": ("euc-kr", 0xB0, 0xC8)}
    for key, (codec, first, last) in sets.items():
        total = sum(counts[key].values())
        rows = {}
        span = range(0xAC00, 0xD7A4) if key == "ko" else range(0x4E00, 0xA000)
        for cp in span:
            ch = chr(cp)
            level = in_page(ch, codec, first, last)
            prior = 3e-5 if level else 1.5e-6 if level is not None else 3e-8
            p = (counts[key][ch] + prior * 2e5) / (total + 2e5)
            rows[ch] = max(0, min(15, round((bits(p) - 6) / 1.25)))
        out[key] = rows
    out["any"] = {ch: min(out[k][ch] for k in ("hans", "hant", "ja")) for ch in out["hans"]}
    return out


def pairs(base, sym):
    n = len(sym.klass)
    one, two = defaultdict(float), defaultdict(float)
    spread = defaultdict(Counter)
    for tag, rows in lines(base):
        count = Counter()
        size = sum(map(len, rows)) or 1
        # Headlines in capitals are a small part of every language.
        upper = [r.upper() for r in rows[:: 25]]
        for part, weight in ((rows, 1.0), (upper, 1.0)):
            for row in part:
                prev = sym(" ")
                for ch in row + " ":
                    s = sym(ch)
                    count[prev, s] += weight
                    spread[s][ch] += 1
                    prev = s
        scale = min(1e6, size) / size
        for k, v in count.items():
            two[k] += v * scale
    for (a, b), v in two.items():
        one[b] += v
    total = sum(one.values())
    k_of, kk, kt = sym.klass, defaultdict(float), defaultdict(float)
    for (a, b), v in two.items():
        kk[k_of[a], k_of[b]] += v
        kt[k_of[a]] += v
    nk = len(sym.classes)
    kc = defaultdict(float)
    for s, v in one.items():
        kc[k_of[s]] += v
    members = Counter(k_of)
    # Class to class, and the symbol within its class, both smoothed.
    kcost = [[bits((kk[a, b] + 12 * (kc[b] + 30) / (total + 30 * nk)) / (kt[a] + 12)) for b in range(nk)] for a in range(nk)]
    inside = [bits((one[s] + 3) / (kc[k_of[s]] + 3 * members[k_of[s]])) for s in range(n)]
    # A symbol that stands for many characters: what it costs to say which.
    extra = []
    chars_of = Counter(sym.of.values())
    for s in range(n):
        c = spread[s]
        t = sum(c.values())
        entropy = sum(v / t * bits(v / t) for v in c.values()) if t else 0
        wide = bits(1 / chars_of[s]) if chars_of[s] > 1 else 0
        extra.append(wide if t < 200 else min(wide, entropy + 0.5))
    head = struct.pack("<HH", n, nk) + bytes(k_of) + bytes(eighths(inside[s] + extra[s]) for s in range(n))
    head += b"".join(bytes(eighths(kcost[a][b]) for b in range(nk)) for a in range(nk))
    na = defaultdict(float)
    for (a, b), v in two.items():
        na[a] += v
    # Where a symbol has been seen often, what never followed it is dearer than its class says.
    never = [max(0, min(4, bits(20 / (na[a] + 20)))) for a in range(n)]
    bow = bytes(eighths(x) for x in never)
    rows, kept = defaultdict(list), 0
    for (a, b), v in sorted(two.items()):
        back = kcost[k_of[a]][k_of[b]] + inside[b]
        p = (v + 20 * 2**-back) / (na[a] + 20)
        if abs(bits(p) - back - never[a]) > 0.6 and v > 0.5:
            rows[a].append((b, eighths(bits(p) + extra[b])))
            kept += 1
    body = b"".join(struct.pack("<H", len(rows[a])) + b"".join(struct.pack("<HB", b, c) for b, c in rows[a]) for a in range(n))
    print("symbols", n, "classes", nk, "pairs", kept, "bytes", len(head) + len(bow) + len(body))
    return head + bow + body


def script_of(counter):
    tally = Counter()
    for ch, v in counter.items():
        name = block(ord(ch))
        tally["latin" if name == "ascii" else name] += v
    return tally.most_common(1)[0][0]


LETTER = re.compile(r"[^\W\d_]+")


def letters(base, lingua):
    out = []
    for tag, rows in [*lines(base), *lines(base, folder="more")]:
        if tag in SKIP:
            continue
        text = "\n".join(rows).lower()
        uni = Counter(ch for ch in text if unicodedata.category(ch)[0] in "LM")
        script = script_of(uni)
        if script not in LETTER_SCRIPTS:
            continue
        own = {ch for ch in uni if block(ord(ch)) == script or (script == "latin" and block(ord(ch)) in ("ascii", "latin"))}
        source = LINGUA.get(tag, tag.split("@")[0])
        grams = {n: lingua(source, n) if source else {} for n in (1, 2, 3)}
        total = sum(uni[c] for c in own)
        # Only letters of the translators' texts: news text from the web holds misread letters of its own (ð for š, þ for ţ).
        alphabet = [c for c in own if uni[c] > max(3, 4e-6 * total) and (unicodedata.category(c)[0] == "L" or script == "thai")]
        alphabet = sorted(alphabet, key=lambda c: (-uni[c], c))[:95]
        alphabet.sort()
        index = {c: i + 1 for i, c in enumerate(alphabet)}
        n = len(alphabet) + 1
        c1, c2, c3 = Counter(), Counter(), Counter()
        for word in re.findall(r"[^\W\d_]+" if script != "thai" else r"[\u0e00-\u0e7f]+", text):
            ids = [0, *(index.get(c, -1) for c in word), 0]
            a, b = -1, 0
            for c in ids[1:]:
                if c >= 0:
                    c1[c] += 1
                    if b >= 0:
                        c2[b, c] += 1
                        if a >= 0:
                            c3[a, b, c] += 1
                a, b = b, c
        if grams[1]:
            base_count = sum(v for k, v in c1.items() if k)
            boost = 2.0
            for t in (c1, c2, c3):
                for k in list(t):
                    if k == 0 or (isinstance(k, tuple) and 0 in k):
                        t[k] *= 1 + boost
            for g, p in grams[1].items():
                if g in index:
                    c1[index[g]] += p * base_count * boost
            for g, p in grams[2].items():
                if all(c in index for c in g):
                    c2[tuple(index[c] for c in g)] += grams[1].get(g[0], 0) * p * base_count * boost
            for g, p in grams[3].items():
                if all(c in index for c in g):
                    c3[tuple(index[c] for c in g)] += grams[1].get(g[0], 0) * grams[2].get(g[:2], 0) * p * base_count * boost
        t1 = sum(c1.values())
        p1 = [(c1[i] + 0.5) / (t1 + 0.5 * n) for i in range(n)]
        s1 = Counter()
        for (a, b), v in c2.items():
            s1[a] += v
        p2 = [[(c2[a, b] + 4 * p1[b]) / (s1[a] + 4) for b in range(n)] for a in range(n)]
        s2 = Counter()
        for (a, b, c), v in c3.items():
            s2[a, b] += v
        ascii_index = {0} | {i for c, i in index.items() if c < "\x80"}
        k3 = 4
        triples = []
        floor = 2 if script == "latin" else max(6, t1 * 8e-6)
        for (a, b, c), v in sorted(c3.items()):
            if script == "latin" and a in ascii_index and b in ascii_index and c in ascii_index:
                continue
            p = (v + k3 * p2[b][c]) / (s2[a, b] + k3)
            bow = k3 / (s2[a, b] + k3)
            if v >= floor and abs(bits(p) - bits(min(1, bow * 1) * p2[b][c])) > 1.0:
                triples.append(((a * n + b) * n + c, min(63, round(bits(p) * 4))))
        bow = bytes(eighths(min(8, bits(k3 / (s2[a, b] + k3)))) if s2[a, b] > 8 else 0 for a in range(n) for b in range(n))
        bi = bytes(eighths(bits(p2[a][b])) for a in range(n) for b in range(n))
        # What the language's own words cost a letter, with the letters in a row of 8 words: the usual and the dear end.
        mean = sum(v * bits(p2[a][b]) for (a, b), v in c2.items()) / max(1, sum(c2.values()))
        data = struct.pack("<B", len(tag)) + tag.encode() + struct.pack("<BBB", sorted(LETTER_SCRIPTS).index(script), n, eighths(mean))
        data += b"".join(struct.pack("<H", ord(c)) for c in alphabet) + bi + bow
        data += struct.pack("<H", len(triples)) + b"".join(struct.pack("<I", (k << 6) | v)[: 3 if n < 64 else 4] for k, v in triples)
        out.append(data)
        print(tag, script, n, len(triples), f"{mean:.2f}", len(data), "".join(alphabet)[-40:])
    return struct.pack("<H", len(out)) + b"".join(out)


def main():
    base, target = sys.argv[1:3]
    lingua = lingua_reader(base)
    ideo = ideographs(base, lingua)
    sym = Symbols(base)
    sym.rank(ideo)
    part1 = sym.runs()
    part2 = pairs(base, sym)
    part3 = bytearray()
    for key in ("hans", "hant", "ja", "ko"):
        span = range(0xAC00, 0xD7A4) if key == "ko" else range(0x4E00, 0xA000)
        row = [ideo[key][chr(cp)] for cp in span]
        part3 += bytes(a | b << 4 for a, b in zip(row[::2], row[1::2]))
    special = struct.pack("<HHH", sym.han[0], sym.hangul[0], sym.astral)
    part4 = letters(base, lingua)
    data = blob([special + part1, part2, bytes(part3), part4])
    open(target, "wb").write(data)
    print("total", len(data), [len(p) for p in (part1, part2, part3, part4)])


if __name__ == "__main__":
    main()
