"""What the parts of the model generator share: the pages, the symbols, the classes of characters."""
import glob
import math
import os
import unicodedata
from collections import Counter

PAGES = """cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp874 latin-1 iso8859-2 iso8859-3 iso8859-4 iso8859-5
iso8859-6 iso8859-7 iso8859-8 iso8859-9 iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16 koi8-r koi8-u cp437 cp737 cp775 cp850
cp852 cp855 cp857 cp858 cp860 cp861 cp862 cp863 cp865 cp866 cp869 mac-roman mac-cyrillic mac-greek mac-latin2 mac-turkish""".split()


def page_characters():
    """Every character that some single-byte page holds."""
    out = set()
    for page in PAGES:
        for byte in range(0x80, 0x100):
            try:
                out.add(bytes([byte]).decode(page))
            except UnicodeDecodeError:
                pass
    return {c for c in out if not 0x80 <= ord(c) <= 0x9F}


# Blocks whose characters share one symbol; (first, last, name). Case splits Latin, Greek, Cyrillic and Armenian.
BLOCKS = [
    (0x0000, 0x001F, "control"), (0x0020, 0x007F, "ascii"), (0x0080, 0x009F, "c1"), (0x00A0, 0x00FF, "latin"), (0x0100, 0x024F, "latin"),
    (0x0250, 0x02AF, "ipa"), (0x02B0, 0x02FF, "modifier"), (0x0300, 0x036F, "mark"), (0x0370, 0x03FF, "greek"),
    (0x0400, 0x052F, "cyrillic"), (0x0530, 0x058F, "armenian"), (0x0590, 0x05FF, "hebrew"), (0x0600, 0x06FF, "arabic"),
    (0x0700, 0x074F, "rare-script"), (0x0750, 0x077F, "arabic"), (0x0780, 0x08FF, "rare-script"), (0x0900, 0x097F, "devanagari"),
    (0x0980, 0x09FF, "bengali"), (0x0A00, 0x0A7F, "gurmukhi"), (0x0A80, 0x0AFF, "gujarati"), (0x0B00, 0x0B7F, "oriya"),
    (0x0B80, 0x0BFF, "tamil"), (0x0C00, 0x0C7F, "telugu"), (0x0C80, 0x0CFF, "kannada"), (0x0D00, 0x0D7F, "malayalam"),
    (0x0D80, 0x0DFF, "sinhala"), (0x0E00, 0x0E7F, "thai"), (0x0E80, 0x0EFF, "lao"), (0x0F00, 0x0FFF, "tibetan"),
    (0x1000, 0x109F, "myanmar"), (0x10A0, 0x10FF, "georgian"), (0x1100, 0x11FF, "jamo"), (0x1200, 0x139F, "ethiopic"),
    (0x13A0, 0x177F, "rare-script"), (0x1780, 0x17FF, "khmer"), (0x1800, 0x1AFF, "rare-script"), (0x1C50, 0x1C7F, "ol-chiki"),
    (0x1B00, 0x1CFF, "rare-script"), (0x1D00, 0x1DFF, "ipa"), (0x1E00, 0x1EFF, "latin"), (0x1F00, 0x1FFF, "greek"),
    (0x2000, 0x206F, "punctuation"), (0x2070, 0x209F, "superscript"), (0x20A0, 0x20CF, "currency"), (0x20D0, 0x20FF, "mark"),
    (0x2100, 0x218F, "letterlike"), (0x2190, 0x21FF, "arrow"), (0x2200, 0x22FF, "mathematical"), (0x2300, 0x24FF, "technical"),
    (0x2500, 0x257F, "box"), (0x2580, 0x259F, "block"), (0x25A0, 0x25FF, "geometric"), (0x2600, 0x27BF, "pictograph"),
    (0x27C0, 0x2BFF, "mathematical"), (0x2C00, 0x2DFF, "rare-script"), (0x2E00, 0x2FFF, "rare-symbol"), (0x3000, 0x303F, "cjk-punctuation"),
    (0x3040, 0x309F, "hiragana"), (0x30A0, 0x30FF, "katakana"), (0x3100, 0x312F, "bopomofo"), (0x3130, 0x318F, "jamo"),
    (0x3190, 0x33FF, "cjk-symbol"), (0x3400, 0x4DBF, "han"), (0x4DC0, 0x4DFF, "rare-symbol"), (0x4E00, 0x9FFF, "han"),
    (0xA000, 0xABFF, "rare-script"), (0xAC00, 0xD7A3, "hangul"), (0xD7A4, 0xDFFF, "unassigned"), (0xE000, 0xF8FF, "private"),
    (0xF900, 0xFAFF, "han"), (0xFB00, 0xFB4F, "ligature"), (0xFB50, 0xFDFF, "presentation"), (0xFE00, 0xFE0F, "mark"),
    (0xFE10, 0xFE6F, "rare-symbol"), (0xFE70, 0xFEFE, "presentation"), (0xFEFF, 0xFEFF, "bom"), (0xFF00, 0xFF60, "fullwidth"),
    (0xFF61, 0xFF9F, "halfwidth"), (0xFFA0, 0xFFFC, "rare-symbol"), (0xFFFD, 0xFFFD, "replacement"), (0xFFFE, 0xFFFF, "unassigned"),
]
CASED = {"latin", "greek", "cyrillic", "armenian"}


def block(cp):
    for first, last, name in BLOCKS:
        if first <= cp <= last:
            return name
    return "unassigned"


def char_class(cp):
    """The class a character backs off to."""
    ch = chr(cp)
    name = block(cp)
    if name == "ascii":
        if ch == " ":
            return "space"
        if ch.isdigit():
            return "digit"
        if ch.isalpha():
            return "ascii-upper" if ch.isupper() else "ascii-lower"
        return "ascii-open" if ch in "([{<" else "ascii-punctuation"
    cat = unicodedata.category(ch)
    if cat == "Cn" and name not in ("private", "han"):
        return "unassigned"
    if name == "latin" and not cat.startswith("L"):
        if ch == "\u00a0":
            return "nbsp"
        if ch in "ªº°²³¹¼½¾":
            return "superscript"
        if ch in "¢£¤¥":
            return "currency"
        if ch in "«»¡¿·":
            return "punctuation"
        return "latin-symbol"
    if name == "modifier":
        return "modifier"
    if name in CASED:
        if cat.startswith("M"):
            return "mark"
        if not cat.startswith("L"):
            return name + "-sign"
        return name + ("-upper" if cat in ("Lu", "Lt") else "-lower")
    if name == "hebrew" or name == "arabic":
        return name + ("-mark" if cat.startswith("M") else "" if cat.startswith("L") else "-sign")
    return name


def lines(base, tags=None, folder="text"):
    """(language, [line]) for every text, in a fixed order."""
    for path in sorted(glob.glob(os.path.join(base, folder, "*.txt"))):
        tag = os.path.basename(path)[:-4]
        if tags is None or tag in tags:
            yield tag, open(path, encoding="utf-8").read().split("\n")


def bits(p):
    return -math.log2(p)


def eighths(cost):
    """A cost in bits as one byte, in eighths of a bit."""
    return max(0, min(255, round(cost * 8)))


def han_counts(base, lingua):
    """Counts of Han characters and Hangul syllables: {"hans": Counter, "hant": …, "ja": …, "ko": …}."""
    out = {k: Counter() for k in ("hans", "hant", "ja", "ko")}
    for key, tag in (("hans", "zh-cn"), ("hant", "zh-tw"), ("ja", "ja"), ("ko", "ko")):
        for _, rows in lines(base, {tag}):
            for row in rows:
                out[key].update(c for c in row if 0x4E00 <= ord(c) <= 0x9FFF or 0xAC00 <= ord(c) <= 0xD7A3)
    for key, tag in (("hans", "zh"), ("ja", "ja"), ("ko", "ko")):
        table = lingua(tag, 1)
        total = sum(out[key].values())
        for g, f in table.items():
            if 0x4E00 <= ord(g) <= 0x9FFF or 0xAC00 <= ord(g) <= 0xD7A3:
                out[key][g] += f * total
    return out
