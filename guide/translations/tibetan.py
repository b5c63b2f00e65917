"""How Tibetan is written: what can be wrong with a translation whatever it says.

Rules: the W3C's Tibetan layout requirements (tlreq) on shad and tsheg; PRC administrative practice on digits.
Syllables are checked by Hunspell's dictionary `bo` (package hunspell-bo).
"""

import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator

TSHEG, SHAD = "\u0f0b", "\u0f0d"
LETTERS = "\u0f40-\u0fbc"
SYLLABLE = re.compile(f"[{LETTERS}\u0f71-\u0f84]+")
DICTIONARY = "bo_CN"

SLIPS = {
    re.compile(f"{TSHEG}(?<!ང{TSHEG}){SHAD}"): "tsheg 后面不写 shad（ང་། 除外）",
    re.compile(f"ང{SHAD}"): "ང 后面先写 tsheg 再写 shad",
    re.compile(f"[གཀ]{SHAD}"): "ག、ཀ 后面不写 shad",
    re.compile(f"[{TSHEG}]{{2,}}"): "两个 tsheg 连在一起",
    re.compile(f"{SHAD}{{2,}}"): "两个 shad 连在一起",
    re.compile(rf"(^|\s){TSHEG}"): "tsheg 前面没有字",
    re.compile(rf"^\s*{SHAD}|\s{SHAD}"): "shad 前面没有字",
    re.compile(f"{SHAD}(?:[{LETTERS}{TSHEG}0-9A-Za-z{{]|%\\()"): "shad 后面要空一格",
    re.compile("[\u0f0c\u200b\u200c\u200d\ufeff]"): "有看不见的字符或不断行的 tsheg",
    re.compile("[\u0f20-\u0f33]"): "数字写 0 到 9",
    re.compile("[\u3400-\u9fff]"): "译文里还有汉字",
    re.compile("[，。；：？！、]"): "译文里还有汉文标点",
    re.compile("  "): "两个空格连在一起",
}


def syllables(text: str) -> list[str]:
    """The syllables of a text, without tsheg and shad."""
    return SYLLABLE.findall(text)


def slips(text: str) -> Iterator[str]:
    """What is written wrong in a text, in words."""
    yield from (words for pattern, words in SLIPS.items() if pattern.search(text))
    yield from (f"“{run}”写了好几遍" for run in repeated(syllables(text)))


def repeated(run: list[str]) -> Iterator[str]:
    """What machines stammer: one syllable three times in a row, or several of them twice."""
    for size in range(1, 7):
        times = 3 if size == 1 else 2
        for start in range(len(run) - size * times + 1):
            first = run[start : start + size]
            if len(set(first)) == size and all(
                run[start + size * turn : start + size * (turn + 1)] == first for turn in range(1, times)
            ):
                yield TSHEG.join(first)


def misspelt(texts: Iterable[str]) -> set[str]:
    """The syllables that Hunspell doesn't know. Raises FileNotFoundError where Hunspell isn't installed."""
    words = sorted({syllable for text in texts for syllable in syllables(text)})
    hunspell = shutil.which("hunspell")
    if hunspell is None:
        raise FileNotFoundError("hunspell")
    checked = subprocess.run(  # noqa: S603  # the program and its arguments are ours
        [hunspell, "-l", "-i", "utf-8", "-d", DICTIONARY],
        input="\n".join(words), capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    return set(checked.stdout.split())
