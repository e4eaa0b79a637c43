#!/usr/bin/env python3
"""Counts findings per million words, by rule and by language, on a folder of clean text.

    python3 tools/count_alarms.py FOLDER [--family script] [--examples N] [--level warning] [--max-mb 400]

Uses target/release/tidyglot or $TIDYGLOT. Words are runs of letters; for Chinese, Japanese, Thai and the like a word is
three letters. The language is the one that the program reports for the file.
"""
import argparse, collections, json, os, re, subprocess, sys

ap = argparse.ArgumentParser()
ap.add_argument("folder", nargs="+")
ap.add_argument("--family", default="script")
ap.add_argument("--level", default="warning")
ap.add_argument("--examples", type=int, default=12)
ap.add_argument("--threads", default="1")
args = ap.parse_args()

binary = os.environ.get("TIDYGLOT", "target/release/tidyglot")
levels = {"info": 0, "warning": 1, "error": 2}
cmd = [binary, "check", "--isolated", "--format", "jsonl", "--select", args.family, "--fail-on", "never",
       "--threads", args.threads, "--allow-empty", *args.folder]
by_rule, by_lang, words_by_lang = collections.Counter(), collections.Counter(), collections.Counter()
shown = collections.defaultdict(collections.Counter)
places = {}
pending = []
total = 0
run = subprocess.Popen(cmd, stdout=subprocess.PIPE)


def count_words(path):
    try:
        with open(path, "rb") as f:
            data = f.read()
    except OSError:
        return 0
    text = data.decode("utf-8", "replace")
    spaced = len(re.findall(r"[^\W\d_]+", text))
    dense = len(re.findall(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]", text))
    return max(spaced, dense // 3)


for line in run.stdout:
    record = json.loads(line)
    if record["type"] == "finding":
        if levels[record["severity"]] >= levels[args.level]:
            pending.append(record)
    elif record["type"] == "file":
        lang = record.get("language") or "?"
        n = count_words(record["path"])
        total += n
        words_by_lang[lang] += n
        for f in pending:
            by_rule[f["rule"]] += 1
            by_lang[lang] += 1
            fix = (f.get("fix") or {}).get("edits") or [{}]
            key = f"[{lang}] {f['text'][:60]!r} -> {fix[0].get('text')!r}"
            shown[f["rule"]][key] += 1
            places.setdefault((f["rule"], key), f"{f['path']}:{f['start']['line']}")
        pending = []
run.wait()
print(f"{total:,} words, {sum(by_rule.values())} findings = {sum(by_rule.values()) * 1e6 / max(total, 1):.1f} per million")
for rule, n in by_rule.most_common():
    print(f"\n{rule}: {n}")
    for key, k in shown[rule].most_common(args.examples):
        print(f"   {k:5} {key}  {places[rule, key]}")
print("\nby language (words, findings, per million)")
for lang, n in sorted(by_lang.items(), key=lambda kv: -kv[1] * 1e6 / max(words_by_lang[kv[0]], 1)):
    print(f"   {lang:5} {words_by_lang[lang]:>10,} {n:>6} {n * 1e6 / max(words_by_lang[lang], 1):8.1f}")
