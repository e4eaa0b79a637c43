#!/usr/bin/env python3
"""How many words are found and repaired whose accents were put beside their letters, as text copied from a PDF has them.

    detached_accents.py DIR PROGRAM [--lines N] [--alone] [--show]

DIR holds LANG.txt, one sentence a line (tools/corpus/assemble.py makes them). Passages of N lines (12) are damaged in four shapes:
the accent before its letter (`Universit¨at`, dotless i, all of it as the fonts of TeX have it), with a blank after it (`M¨ unchen`),
behind the letter (`Bu¨rger`), and as the compatibility form (NFKC) of the first has it. For each language and shape: damaged
lines, those with a finding of script/detached-accent, those that the safe fixes and all fixes repair to the letter, and those
that a fix leaves further from the original than they were. With --alone each line is a text of its own.
"""
import json, os, random, re, subprocess, sys, unicodedata

LANGS = "de fr es pt it ca cs sk pl hu sv fi ro hr".split()
SPACING = {0x300: "`", 0x301: "´", 0x302: "ˆ", 0x303: "˜", 0x304: "¯", 0x306: "˘", 0x307: "˙", 0x308: "¨", 0x30A: "˚", 0x30B: "˝", 0x30C: "ˇ", 0x327: "¸", 0x328: "˛", 0x326: "¸"}
SHAPES = ("before", "blank", "behind", "nfkc")


def damaged(line, shape):
    out = []
    for i, c in enumerate(line):
        parts = unicodedata.normalize("NFD", c)
        sign = SPACING.get(ord(parts[1])) if len(parts) == 2 and parts[0].isascii() else None
        if not sign or (sign == "`" and shape == "behind"):
            out.append(c)
            continue
        base = parts[0]
        dotless = "ı" if base == "i" and sign != "¸" and sign != "˛" else base
        inside = i > 0 and line[i - 1].isalpha()
        if shape == "behind":
            out.append(base + sign)
        elif shape == "blank" and inside:
            out.append(sign + " " + base)
        else:
            out.append(sign + dotless)
    text = "".join(out)
    return unicodedata.normalize("NFKC", text) if shape == "nfkc" else text


def run(program, texts, mode):
    data = "".join(json.dumps({"id": str(i), "text": t}, ensure_ascii=False) + "\n" for i, t in enumerate(texts))
    args = [program, "stream", "--isolated", "--select", "script,encoding"] + mode
    rows = subprocess.run(args, input=data.encode(), stdout=subprocess.PIPE).stdout.decode().splitlines()
    return [json.loads(row) for row in rows]


def distance(a, b):
    # Words that differ, near enough.
    a, b = a.split(), b.split()
    return sum(1 for w in set(a + b) if a.count(w) != b.count(w))


def main():
    folder, program = sys.argv[1], sys.argv[2]
    size = int(sys.argv[sys.argv.index("--lines") + 1]) if "--lines" in sys.argv else 12
    if "--alone" in sys.argv:
        size = 1
    rng = random.Random(7)
    print("language shape   damaged  found  safe  all  worse  (lines)")
    for lang in LANGS:
        lines = [l for l in open(os.path.join(folder, lang + ".txt"), encoding="utf-8").read().split("\n") if l.count(" ") > 6]
        lines = [l for l in lines if not re.search("[`´¨¸ˆˇ˘˙˚˛˜˝^~]", l) and len(l) < 600]
        starts = list(range(0, len(lines) - size, size))
        rng.shuffle(starts)
        passages = ["\n".join(lines[s : s + size]) for s in starts[: 1200 // size]]
        for shape in SHAPES:
            broken = ["\n".join(damaged(l, shape) for l in p.split("\n")) for p in passages]
            safe, every = run(program, broken, []), run(program, broken, ["--unsafe"])
            sums = [0] * 5
            for p, b, s, e in zip(passages, broken, safe, every):
                named = {x["start"]["line"] for x in s["findings"] if x["rule"] == "script/detached-accent"}
                rows = [p.split("\n"), b.split("\n"), s["cleaned"].split("\n"), e["cleaned"].split("\n")]
                if len({len(r) for r in rows}) != 1:
                    print("  lines lost:", lang, shape, repr(p[:60]))
                    continue
                for i, (good, bad, one, two) in enumerate(zip(*rows)):
                    if good == bad:
                        sums[4] += one != good
                        continue
                    sums[0] += 1
                    sums[1] += i + 1 in named
                    sums[2] += one == good
                    sums[3] += two == good
                    worse = any(distance(x, good) > distance(bad, good) for x in (one, two))
                    sums[4] += worse
                    if "--show" in sys.argv and (worse or "--all" in sys.argv and two != good):
                        print("  ", bad, "\n  1", one, "\n  2", two)
            print(f"{lang:8} {shape:7}", "".join(f"{n:7}" for n in sums))


main()
