"""Writes src/check/markup/entities.tsv: the named character references that leftovers in text really use.

Source: the WHATWG HTML Standard's table of named character references, as Python's `html.entities` carries it.
All names of HTML 4, and of the later names those that stand for a letter or for common punctuation.
"""

import html.entities as e
import unicodedata

COMMON = set("""apos ensp emsp thinsp hairsp nbsp Tab NewLine excl num dollar percnt lpar rpar ast plus comma period sol
colon semi equals quest commat lsqb lbrack rsqb rbrack lowbar lcub lbrace rcub rbrace vert verbar hyphen dash horbar
ldquor lsquor bdquo sbquo numero copysr phone star starf check checkmark cross half frac13 frac23 frac15 frac25 frac18
frac38 frac58 frac78 AMP LT GT QUOT COPY REG TRADE nbhy shy zwnj zwj ZeroWidthSpace NoBreak""".split())

rows = {}
for name, value in e.html5.items():
    if not name.endswith(";") or len(value) != 1:
        continue
    name = name[:-1]
    letter = unicodedata.category(value) in ("Lu", "Ll", "Lt") and ord(value) < 0x530
    if name in e.name2codepoint or name in COMMON or (letter and len(name) > 2 and not name.endswith(("scr", "fr", "opf"))):
        rows[name] = value
with open("src/check/markup/entities.tsv", "w", encoding="utf-8") as out:
    for name in sorted(rows):
        out.write(f"{name}\t{ord(rows[name]):X}\n")
print(len(rows))
