#!/usr/bin/env python3
"""Lines of which a second byte was removed: are they found, and is what is offered the line before?

    removed_bytes.py TEXTS [BINARY]

TEXTS is a folder of texts, one language each (`tools/corpus/assemble.py` makes one). Up to 250 lines of each are misread as
windows-1252: all letters beyond ASCII, or one letter alone beside intact ones. The bytes that windows-1252 shows nowhere are
then removed: 81, 8D, 8F, 90, 9D and the soft hyphen; the no-break space becomes a blank. In German it is latin-1, and all its
controls are removed («ß»). Each line is checked by itself. Printed, in percent: found; exactly the line before or another text by
safe fixes; the same with the suggested ones.
"""

import json
import pathlib
import random
import re
import subprocess
import sys

LINES = 250
UNDEFINED = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
LETTERS = {
    "es": "í", "pt": "í", "gl": "í", "ca": "í", "it": "à", "fr": "à", "cs": "í", "sk": "í", "hu": "í", "is": "í",
    "de": "ß", "sl": "č", "hr": "č", "vi": "ờ", "sv": "ä",
}


def misread(line: str, only: str | None, latin1: bool) -> str:
    """The line after UTF-8 was read as another page and what it shows nowhere was removed."""

    def one(c: str) -> str:
        if c.isascii() or only and c != only:
            return c
        if latin1:
            return re.sub("[\x80-\x9f]", "", c.encode().decode("latin-1"))
        return "".join(bytes([b]).decode("cp1252") for b in c.encode() if b not in UNDEFINED)

    return "".join(map(one, line)).replace("\xad", "").replace("\xa0", " ")


def cleaned(binary: str, lines: list[str], *flags: str) -> list[dict]:
    records = "".join(json.dumps({"text": line}, ensure_ascii=False) + "\n" for line in lines)
    command = [binary, "stream", "--isolated", "--select", "encoding", *flags]
    done = subprocess.run(command, input=records.encode(), stdout=subprocess.PIPE, check=False)
    return [json.loads(answer) for answer in done.stdout.decode().splitlines()]


def main() -> None:
    texts = pathlib.Path(sys.argv[1])
    binary = sys.argv[2] if len(sys.argv) > 2 else "target/release/tidyglot"
    random.seed(8)
    rows = []
    for lang, letter in LETTERS.items():
        path = next(p for p in (texts / f"{lang}.txt", texts / f"{lang}-{lang.upper()}.txt") if p.exists())
        lines = dict.fromkeys(x.strip() for x in path.read_text(encoding="utf-8").split("\n"))
        good = [x for x in lines if 20 < len(x) < 160 and letter in x and not re.search("  |[\xa0\xadÃ]", x)]
        random.shuffle(good)
        for line in good[:LINES]:
            for what, only in (("all", None), ("one", letter)):
                bad = misread(line, only, lang == "de")
                if bad != line:
                    rows.append((lang, what, line, bad.strip()))
    safe = cleaned(binary, [row[3] for row in rows])
    suggested = cleaned(binary, [row[3] for row in rows], "--unsafe")
    counts: dict[tuple[str, str], list[int]] = {}
    for row, one, two in zip(rows, safe, suggested, strict=True):
        count = counts.setdefault(row[:2], [0] * 6)
        count[0] += 1
        count[1] += bool(one["findings"])
        for at, answer in ((2, one), (4, two)):
            text = (answer.get("cleaned") or row[3]).strip()
            if text != row[3]:
                count[at + (text != row[2])] += 1
    print("             found    safe  other   suggested  other")
    for (lang, what), (n, *rest) in counts.items():
        found, exact, other, more, others = (100 * x / n for x in rest)
        print(f"{lang}  {what}  {n:4}  {found:5.1f}   {exact:5.1f}  {other:5.1f}       {more:5.1f}  {others:5.1f}")


if __name__ == "__main__":
    main()
