"""Writes pyscan/internal/decode/charmaps.txt: what CPython's codecs say.

    python3 scripts/charmaps.py > pyscan/internal/decode/charmaps.txt

A line is a codec, its other names, and, for a codec of one byte a character
whose lower half is ASCII, behind a colon the characters of the upper half.
"""

import codecs
import encodings.aliases
import pkgutil

# More than one byte a character, or none that is one byte.
NO_CHARMAP = {"ascii", "cp932", "shift_jis", "raw_unicode_escape", "unicode_escape", "utf_7", "utf_8", "utf_8_sig"}

ALIASES = {}
for alias, name in encodings.aliases.aliases.items():
    ALIASES.setdefault(name, []).append(alias)


def upper_half(name):
    try:
        if bytes(range(128)).decode(name) != "".join(map(chr, range(128))):
            return None
        out = []
        for byte in range(128, 256):
            try:
                text = bytes([byte]).decode(name)
            except UnicodeDecodeError:
                text = "\ufffd"
            if len(text) != 1:
                return None
            out.append("%x" % ord(text))
    except (UnicodeDecodeError, LookupError):
        return None
    return out


print("# Written by scripts/charmaps.py from the codecs of CPython.")
for module in pkgutil.iter_modules(encodings.__path__):
    name = module.name
    try:
        info = codecs.lookup(name)
    except (LookupError, ImportError):
        continue
    if not info._is_text_encoding or name in ("charmap", "idna", "punycode", "undefined", "mbcs", "oem"):
        continue
    words = [name, *sorted(ALIASES.get(name, ()))]
    half = None
    if name not in NO_CHARMAP:
        half = upper_half(name)
        if half and half.count("fffd") > 100:
            half = None
    print(" ".join(words) + (": " + " ".join(half) if half else ""))
