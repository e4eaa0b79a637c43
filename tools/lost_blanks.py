#!/usr/bin/env python3
"""Lines with «à» whose second byte became a blank: are they repaired, and are words ever glued together?

    lost_blanks.py TEXTS [BINARY]

TEXTS is a folder of texts, one language each (`tools/corpus/assemble.py` makes one). Of the French, Italian, Catalan,
Portuguese and Vietnamese text up to 400 lines with «à» are misread as windows-1252: all letters beyond ASCII, or «à» alone
beside intact letters; the no-break spaces become blanks; then blanks side by side stay, or become one. Each line is checked
by itself, safe fixes only. Printed: the share that is exactly the line before, that is left as it is, that is another text.
"""

import json
import pathlib
import random
import re
import subprocess
import sys

LINES = 400


def misread(line: str, only: str | None) -> str:
    """The line after UTF-8 was read as windows-1252 and no-break spaces became blanks."""

    def one(c: str) -> str:
        if c.isascii() or only and c not in only:
            return c
        return c.encode().decode("cp1252", "replace").replace("\xa0", " ")

    return "".join(map(one, line))


def main() -> None:
    texts = pathlib.Path(sys.argv[1])
    binary = sys.argv[2] if len(sys.argv) > 2 else "target/release/tidyglot"
    random.seed(5)
    rows = []
    for lang in ("fr", "it", "ca", "pt", "vi"):
        lines = dict.fromkeys((texts / f"{lang}.txt").read_text(encoding="utf-8").split("\n"))
        good = [x for x in lines if 30 < len(x) < 160 and "à" in x and "  " not in x and "\xa0" not in x]
        random.shuffle(good)
        for line in good[:LINES]:
            for what, only in (("all", None), ("à only", "à")):
                for collapsed in (False, True):
                    bad = misread(line, only)
                    bad = re.sub(" {2,}", " ", bad) if collapsed else bad
                    if "\ufffd" not in bad:
                        rows.append((lang, what, "one blank" if collapsed else "both blanks", line.rstrip(), bad.rstrip()))
    records = "".join(json.dumps({"text": row[4]}, ensure_ascii=False) + "\n" for row in rows)
    done = subprocess.run([binary, "stream", "--isolated"], input=records.encode(), stdout=subprocess.PIPE, check=False)
    counts: dict[tuple[str, str, str], list[int]] = {}
    for row, answer in zip(rows, map(json.loads, done.stdout.decode().splitlines()), strict=True):
        cleaned = (answer.get("cleaned") or row[4]).rstrip()
        kind = 0 if cleaned == row[3] else 1 if cleaned == row[4] else 2
        counts.setdefault(row[:3], [0, 0, 0])[kind] += 1
    for (lang, what, blanks), count in counts.items():
        exact, same, other = (100 * n / sum(count) for n in count)
        print(f"{lang}  {what:6}  {blanks:11}  n {sum(count):4}  exact {exact:5.1f}  same {same:5.1f}  other {other:5.1f}")


if __name__ == "__main__":
    main()
