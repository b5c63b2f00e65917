"""Persons' names as they stand on papers: every script, every ideograph, the glyphs of a police system's own.

The offline page does it again (static/offline/checks.js).
"""

import re

import unicodedata2

from bundles.walking.written import visible

# The dots between the parts of a Tibetan, Yi or Uyghur name, which is one on papers: ·
DOTS = str.maketrans(dict.fromkeys("•・‧∙⋅᛫･．﹒⸱⸳ꞏ●", "·"))
# A full stop between letters that aren't Latin, Greek or the like is that dot too
FULL_STOP = re.compile("([\u0f00-\U0010ffff])\\.(?=[\u0f00-\U0010ffff])")
# Besides letters and marks: dots, apostrophes, brackets; tsheg and shad; radicals; 〇; ideographs, whole planes of
# them; private use, without the marks of guide/language/pairs.py (U+10FFF0 to U+10FFF3)
NAME_MARKS = re.compile(
    "[·.'’\\-（）() \u0f0b-\u0f14\u2e80-\u2fd5〇\u3400-\u4dbf\u4e00-\u9fff\ue000-\uf8ff\U00020000-\U0003fffd"
    "\U000f0000-\U000ffffd\U00100000-\U0010ffef\U0010fff4-\U0010fffd]"
)
# Symbols, emoji and notes of music that older browsers don't know as such yet
SYMBOLS = re.compile(
    "[\u2e60-\u2e63\u20c1-\u20cf\u2427-\u243f\u2ff0-\u2fff\u31e4-\u31ef\ufbc3-\ufbd2\ufdc8-\ufdce\U00010ec9\U00010eca\U0001246f\U00012475-\U0001247f"
    "\U00012550-\U00012686\U0001cc00-\U0001cefe\U0001d1eb-\U0001d1ff\U0001d250-\U0001d2df\U0001db00-\U0001db1c\U0001f000-\U0001fbff]"
)


def tidy_name(text: str) -> str:
    """The name with one kind of dot and single spaces. Nothing is cut but what nobody sees."""
    dotted = str(unicodedata2.normalize("NFC", visible(text))).translate(DOTS)
    return FULL_STOP.sub(r"\1·", " ".join(dotted.split()))


def is_name(tidy: str) -> bool:
    """Whether it is letters of any script, ideographs and what stands between the parts of a name."""
    return all(map(_may_stand, tidy))


def _may_stand(letter: str) -> bool:
    """Letters, marks, and what no version of Unicode has named yet."""
    category = str(unicodedata2.category(letter))
    named = category[0] in "LM" or category == "Cn"
    return bool(NAME_MARKS.match(letter)) or (named and not SYMBOLS.match(letter))
