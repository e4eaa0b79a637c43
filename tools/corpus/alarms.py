#!/usr/bin/env python3
"""Counts what tidyglot says about text that is taken for clean.

    alarms.py DIR [--select FAMILIES] [--rule RULE] [--lang LANG] [--limit N] [--out FILE]

DIR as made by assemble.py. Each line is one record, so that a finding's line names its package. Prints findings at
warning level and above by million words, by rule and by language, and with --rule or --lang the findings themselves.
--out writes every finding as a line of language, line, package, rule, severity, text, replacement and sentence.
The binary: $TIDYGLOT, else target/release/tidyglot.
"""
import argparse, glob, json, os, subprocess
from collections import Counter, defaultdict

ap = argparse.ArgumentParser()
ap.add_argument("dir")
ap.add_argument("--select")
ap.add_argument("--rule")
ap.add_argument("--lang")
ap.add_argument("--limit", type=int, default=40)
ap.add_argument("--out")
ap.add_argument("--info", action="store_true", help="count findings of severity info too")
a = ap.parse_args()
binary = os.environ.get("TIDYGLOT", "target/release/tidyglot")
out_file = open(a.out, "w", encoding="utf-8") if a.out else None
words, lines, rules, shown = Counter(), Counter(), defaultdict(Counter), []
for path in sorted(glob.glob(os.path.join(a.dir, "text", "*.txt"))):
    lang = os.path.basename(path)[:-4]
    if a.lang and lang != a.lang:
        continue
    texts = open(path, encoding="utf-8").read().split("\n")[:-1]
    origin = open(path[:-4] + ".from", encoding="utf-8").read().split("\n")
    words[lang] = sum(len(s.split()) if s.isascii() or " " in s else len(s) // 2 for s in texts)
    lines[lang] = len(texts)
    command = [binary, "stream", "--isolated", *(["--select", a.select] if a.select else [])]
    data = "".join(json.dumps({"text": s}, ensure_ascii=False) + "\n" for s in texts).encode()
    out = subprocess.run(command, input=data, stdout=subprocess.PIPE).stdout.decode().split("\n")
    for number, (text, package, line) in enumerate(zip(texts, origin, out), 1):
        for f in json.loads(line)["findings"]:
            if f["severity"] != "info" or a.info:
                rules[lang][f["rule"]] += 1
                if out_file:
                    edits = (f.get("fix") or {}).get("edits") or [{}]
                    row = (lang, number, package, f["rule"], f["severity"], f["text"], edits[0].get("text", "-"), text)
                    print(*(str(cell).replace("\t", " ").replace("\n", " ") for cell in row), sep="\t", file=out_file)
                if f["rule"] == a.rule or (a.lang and not a.rule):
                    shown.append((lang, package, f["rule"], f["text"], text[:110]))
total, all_rules = sum(words.values()), Counter()
for lang in rules:
    all_rules.update(rules[lang])
print(f"{len(words)} languages, {sum(lines.values())} lines, {total} words")
for rule, n in all_rules.most_common():
    top = sorted(((rules[l][rule], l) for l in rules if rules[l][rule]), reverse=True)[:6]
    print(f"{rule:44} {n:6} {1e6 * n / total:8.2f} per million words   {' '.join(f'{l}:{c}' for c, l in top)}")
print("by language, above 200 in a million words:")
for lang in sorted(rules, key=lambda l: -sum(rules[l].values()) / words[l]):
    n = sum(rules[lang].values())
    if 1e6 * n / words[lang] > 200:
        print(f"  {lang:12} {n:5} in {words[lang]:8} words: {dict(rules[lang].most_common(4))}")
for row in shown[: a.limit]:
    print("  ", *map(repr, row))
