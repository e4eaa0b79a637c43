"""Writes `code point <tab> general category <tab> name` for every named character.

    pip install unicodedata2==18.0.0
    python3 dump.py > target/names.tsv
"""
import unicodedata2

assert unicodedata2.unidata_version == "18.0.0", unicodedata2.unidata_version
for cp in range(0x110000):
    c = chr(cp)
    name = unicodedata2.name(c, "")
    gc = unicodedata2.category(c)
    if gc != "Cn":
        print(f"{cp:X}\t{gc}\t{name}")
