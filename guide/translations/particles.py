"""Tibetan particles: which form follows which word, and where none may stand since the word isn't known.

Rules: the classical sandhi of the Sum cu pa, as school grammars teach it. Of each particle only those forms are checked
that can hardly be anything else: དེ, ཡང, ཞིང, ཤིང, ཤེས and the doubled finals (གམ, ངམ, གོ, ངོ …) are words of their own.
What all the same only looks like a particle stands in `locale/bo/not_particles.txt`, a line each.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

TSHEG = "\u0f0b"
LETTER = "[\u0f40-\u0fbc]"
ALONE = f"(?!{LETTER})"  # no letter follows, the syllable ends
# The finals that a form follows; nothing stands for a vowel, and for འ, which counts as one
AFTER: dict[str, tuple[str, ...]] = {
    "གི": ("ག", "ང"), "ཀྱི": ("ད", "བ", "ས"), "གྱི": ("ན", "མ", "ར", "ལ"), "ཡི": ("",),
    "གིས": ("ག", "ང"), "ཀྱིས": ("ད", "བ", "ས"), "གྱིས": ("ན", "མ", "ར", "ལ"), "ཡིས": ("",),
    "ཏུ": ("ག", "བ"), "དུ": ("ང", "ད", "ན", "མ", "ར", "ལ"), "སུ": ("ས",), "རུ": ("",),
    "ཏེ": ("ན", "ར", "ལ", "ས"), "སྟེ": ("ག", "ང", "བ", "མ", ""),
    "ཀྱང": ("ག", "ད", "བ", "ས"), "ཅིང": ("ག", "ད", "བ"), "ཅེས": ("ག", "ད", "བ"),
    "ཞེས": ("ང", "ན", "མ", "ར", "ལ", "ས", ""),
}  # fmt: skip
PLACE = r"(?:%\([a-z_]+\)[sd]|\{[a-z0-9_-]*\})"
DEPENDENT = (
    *AFTER, "འི", "ས", "ར", "དེ", "འམ", "གམ", "ངམ", "དམ", "ནམ", "བམ", "མམ", "རམ", "ལམ", "སམ", "འང", "ཞིང", "ཤིང", "ཤེས",
    "ཅིག", "ཞིག", "ཤིག", "འོ", "གོ", "ངོ", "ན",
)  # fmt: skip
AFTER_A_PLACE = re.compile(f"{PLACE}[”》）]?{TSHEG}?(?:{'|'.join(DEPENDENT)}){ALONE}")
AFTER_A_MARK = re.compile(f"[”》）](?:འི|འམ|འང|འོ|ཡང){ALONE}(?!{TSHEG}ན{ALONE})")
# A condition that ends without its verb in ན. གལ་ཏེ opens it; སྐབས and ཚེ may close it too.
UNFINISHED = re.compile(f"གལ་ཏེ{TSHEG}(?:(?!ན{ALONE}|ནའང{ALONE}|སྐབས|ཚེ{ALONE})[^།])*(?:།|$)")
_STACK = re.compile("[\u0f40-\u0f6c][\u0f90-\u0fbc]*[\u0f71-\u0f84]*")
_ASIDE = re.compile("（([^（）]*)）")
_PAIR = re.compile(f"({LETTER}+)(?:[{TSHEG}”》]+)(?=({LETTER}+))")


def final_of(syllable: str) -> str:
    """The letter with which a syllable ends, as sandhi knows it; nothing for a vowel."""
    stacks = _STACK.findall(syllable)
    bare = len(stacks) > 1 and len(stacks[-1]) == 1 and stacks[-1] != "འ"
    return stacks[-1] if bare else ""


def slips_of_particles(text: str) -> Iterator[str]:
    """What is wrong with the particles of a text, in words."""
    if found := AFTER_A_PLACE.search(text):
        yield f"“{found[0]}”：填进去的词还不知道，后面的虚词要不随前字变"
    if found := AFTER_A_MARK.search(text):
        yield f"“{found[0]}”：标点把虚词和它的词隔开了"
    if found := UNFINISHED.search(text):
        yield f"“{found[0]}”：གལ་ཏེ 后面的条件要以动词加 ན 结束"
    bare = _no_particles().sub("…", text)
    for before, particle in _PAIR.findall(_ASIDE.sub("", bare)):
        inside = [_last(aside) for aside in _ASIDE.findall(bare)]  # said aloud, it stands before the particle too
        allowed = AFTER.get(particle)
        if allowed is not None and not {final_of(before), *map(final_of, filter(None, inside))} & set(allowed):
            yield f"{before}{TSHEG}{particle}：{before} 后面不用 {particle}"


def _last(text: str) -> str:
    syllables = re.findall(f"{LETTER}+", text)
    return syllables[-1] if syllables else ""


def _no_particles() -> re.Pattern[str]:
    return _words_of(Path(settings.LOCALE_PATHS[0]) / "bo" / "not_particles.txt")


@cache
def _words_of(file: Path) -> re.Pattern[str]:
    """What finds the words in the lines of a file; nothing where there is no file."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    words = [re.escape(line) for line in lines if line and not line.startswith("#")]
    return re.compile(f"(?<!{LETTER})(?:{'|'.join(words)}){ALONE}" if words else "(?!)")
