#!/usr/bin/env python3
"""How often a text that lost its accents is named, and how often one that has lost nothing.

    lost_accents.py DIR PROGRAM [--clean]

DIR holds LANG.txt, one sentence a line, and LANG.from, the package each line comes from (tools/corpus/assemble.py makes them).
Passages of 10, 30 and 60 lines of manuals that marked_words.py was not counted from lose their accents, and the share that is
named is printed for each language; where there are no such manuals, of other messages. With --clean: passages of every
language as they are, and what is said about them.
"""
import collections, json, os, random, re, subprocess, sys, unicodedata

LANGS = "fr es pt it ca gl ro pl cs sk hr hu tr sv da nb nn de fi et is lt lv vi el sq eo".split()
PROSE = ("manpages", "installation-guide", "debian-", "developers-ref", "maint-guide", "gimp-help", "aptitude-doc")
ENGLISH = re.compile(r"\b(the|of|and|with|this|from|are|your|which|when)\b")
WIDE = {"æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "Æ": "Ae", "Œ": "Oe", "Þ": "Th"}
PLAIN = str.maketrans("łŁøØđĐıðÐħŧŦəƏ", "lLoOdDidDhtTeE")


def bare(text):
    text = "".join(WIDE.get(c, c) for c in text).translate(PLAIN)
    return unicodedata.normalize("NFC", "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)))


def lines(folder, lang, wanted=lambda source: True):
    read = lambda ending: open(os.path.join(folder, lang + ending), encoding="utf-8").read().split("\n")
    return [line for line, source in zip(read(".txt"), read(".from")) if line and wanted(source)]


def is_sentence(line):
    # Manuals hold sentences that nobody has translated yet.
    return len(line) > 50 and line.count(" ") > 6 and len(ENGLISH.findall(line)) < 2 and not re.search(r"\b(the|with|this|from|your)\b", line)


def passages(all_lines, size, count, rng):
    found = ["\n".join(all_lines[i : i + size]) for i in range(0, len(all_lines) - size + 1, size)]
    rng.shuffle(found)
    return found[:count]


def messages(program, texts):
    data = "".join(json.dumps({"id": str(i), "text": text}, ensure_ascii=False) + "\n" for i, text in enumerate(texts))
    run = subprocess.run([program, "stream", "--isolated", "--select", "encoding/lost-letters"], input=data.encode(), stdout=subprocess.PIPE)
    return [[f["message"] for f in json.loads(row)["findings"]] for row in run.stdout.decode().splitlines()]


def main(folder, program, clean):
    rng = random.Random(3)
    if clean:
        for size in (10, 30, 60):
            found = [(f[:-4], p) for f in sorted(os.listdir(folder)) if f.endswith(".txt") for p in passages(lines(folder, f[:-4]), size, 120, rng)]
            said = [(lang, m) for (lang, _), all_said in zip(found, messages(program, [p for _, p in found])) for m in all_said]
            print(f"{len(found)} clean passages of {size} lines: {len(said)} findings", dict(collections.Counter(lang for lang, _ in said)))
        return
    sums = collections.Counter()
    for lang in LANGS:
        kind, good = "manuals", [l for l in lines(folder, lang, lambda s: s.startswith(PROSE)) if is_sentence(l)]
        if len(good) < 300:
            kind, good = "messages", [l for l in lines(folder, lang, lambda s: not s.startswith("libreoffice")) if is_sentence(l)]
        row, names = [], collections.Counter()
        for size in (10, 30, 60):
            texts = [bare(p) for p in passages(good, size, 150, rng) if bare(p) != p]
            said = messages(program, texts)
            hits = sum(map(bool, said))
            names.update(m[0].split(" text")[0] for m in said if m)
            sums[size] += 100 * hits / max(1, len(texts)) / len(LANGS)
            row.append(f"{100 * hits / max(1, len(texts)):4.0f} of {len(texts):3}")
        print(f"{lang:4} {kind:9}", *row, " ", ", ".join(f"{n} {c}" for n, c in names.most_common(3)))
    print("mean          ", *(f"{sums[size]:5.1f}     " for size in (10, 30, 60)))


main(sys.argv[1], sys.argv[2], "--clean" in sys.argv)
