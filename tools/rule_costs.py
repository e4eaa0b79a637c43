#!/usr/bin/env python3
"""What each rule costs on clean text in many languages, by instructions.

    rule_costs.py TEXTS [--least PERCENT]

TEXTS is a folder of texts, one language each (`tools/corpus/assemble.py` makes one). Of every text of 250 KB and more a
piece of 600 KB is taken, whole lines, from a third on where it is long. valgrind counts one run for each; the checks that
took `--least` percent (2.5) of it by themselves or with what they were the first to ask for, are then left out one at a time
(`cargo bench --bench rules -- --count`). Printed: every rule's share of all runs together, then the texts in which it is
above 3 percent; with a star where the rule finds something there, so that the text is not clean for it.
"""

import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import tempfile

LEAST_TEXT, PIECE = 250_000, 600_000
BAR = 3.0


def build(arguments: list[str], wanted: str) -> str:
    """Builds something and gives the path of its executable."""
    command = ["cargo", *arguments, "--message-format=json-render-diagnostics"]
    lines = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    made = (json.loads(line) for line in lines)
    return [m["executable"] for m in made if m.get("executable") and m["target"]["name"] == wanted][-1]


def piece(text: pathlib.Path, folder: pathlib.Path) -> pathlib.Path | None:
    """A part of a text, as a file of its own; none of a short text."""
    data = text.read_bytes()
    if len(data) < LEAST_TEXT:
        return None
    start = data.find(b"\n", len(data) // 3) + 1 if len(data) > 2.5 * PIECE else 0
    part = data[start : start + PIECE]
    path = folder / text.name
    path.write_bytes(part[: part.rfind(b"\n") + 1])
    return path


def candidates(bench: str, path: pathlib.Path, least: float) -> list[str]:
    """The rules whose checks took so many percent of one run."""
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder, "counts")
        watch = ["--zero-before=rules::one_run", "--dump-after=rules::one_run", f"--callgrind-out-file={out}"]
        # A family of few rules: so there are two runs with all rules, and one without it.
        run = [bench, "--counted", str(path), "bilingual"]
        subprocess.run(["valgrind", "--tool=callgrind", *watch, *run], check=True, capture_output=True)
        show = ["callgrind_annotate", "--inclusive=yes", "--threshold=100", f"{out}.2"]
        lines = subprocess.run(show, check=True, capture_output=True, text=True).stdout.splitlines()
    found = set()
    for line in lines:
        what = r"<tidyglot::check::(\w+)[\w:]*::(\w+) as tidyglot::check::(?:Check>::run|SetCheck>::collect)"
        check = re.search(r"\( *([\d.]+)%\).*" + what, line)
        if check and float(check[1]) >= least:
            found.add(check[2] + "/" + re.sub(r"(?<!^)([A-Z])", r"-\1", check[3]).lower())
    return sorted(found)


def costs(bench: str, program: str, path: pathlib.Path, least: float):
    """The instructions of a run in millions, and for each rule its share and whether it finds something."""
    listed = subprocess.run([program, "rules"], check=True, capture_output=True, text=True).stdout
    rules = [rule for rule in candidates(bench, path, least) if rule in listed]
    if not rules:
        return path.stem, 0.0, []
    out = subprocess.run([bench, "--count", str(path), *rules], check=True, capture_output=True, text=True).stdout
    whole = float(re.search(r": ([\d.]+) million", out)[1])
    shares = re.findall(r"^ *([\d.]+) % (\S+/\S+)$", out, re.M)
    check = [program, "check", "--no-cache", "--format", "concise", str(path)]
    said = subprocess.run(check, capture_output=True, text=True).stdout
    return path.stem, whole, [(rule, float(share), f"[{rule}]" in said) for share, rule in shares]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=pathlib.Path)
    parser.add_argument("--least", type=float, default=2.5)
    args = parser.parse_args()
    program = build(["build", "--release"], "tidyglot")
    bench = build(["bench", "--bench", "rules", "--no-run"], "rules")
    total, sums, above = 0.0, collections.Counter(), collections.defaultdict(list)
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        pieces = [piece(text, pathlib.Path(folder)) for text in sorted(args.texts.glob("*.txt"))]
        pieces = [path for path in pieces if path]
        for name, whole, rules in pool.map(lambda path: costs(bench, program, path, args.least), pieces):
            total += whole
            for rule, share, finds in rules:
                sums[rule] += share * whole / 100
                if share > BAR:
                    above[rule].append((share, f"{name} {share:.1f}{'*' if finds else ''}"))
    print(f"{len(pieces)} texts, {total:.0f} million instructions")
    for rule, cost in sums.most_common():
        cells = ", ".join(cell for _, cell in sorted(above[rule], reverse=True))
        print(f"{100 * cost / total:5.2f} % {rule}{': ' + cells if cells else ''}")


if __name__ == "__main__":
    main()
