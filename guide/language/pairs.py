"""A text in two languages at once: how it is said in the page's language, and the Chinese it stands for.

Compiled messages of every language but Chinese are pairs (see `translations.pofiles`), so whatever the site puts
together of them with `format`, `join` or a template is still both texts. Only at the very end somebody chooses: a page
shows them one above the other, a paper too, data take the first. What marks the parts are four characters of the last
private plane, which nobody types; text that has them all the same is read as far as it makes sense, and never refused.

A Tibetan text that stands alone ends in a shad; inside a phrase it mustn't. Since the marks say where one text ends and
the other goes on, that is put right when somebody chooses, in one place for pages, papers and data (`_met`), and by the
same rule in static/offline/words.js.
"""

import re
from collections.abc import Iterable

DRAFT, REVIEWED, CHINESE, END = "\U0010fff0", "\U0010fff1", "\U0010fff2", "\U0010fff3"
MARKS = f"{DRAFT}{REVIEWED}{CHINESE}{END}"
_MARK = re.compile(f"([{MARKS}])")
SHAD, TSHEG = "\u0f0d", "\u0f0b"
_TIBETAN = re.compile("[\u0f40-\u0fbc]")  # letters with all that stands above and below them
_GOES_ON = re.compile("[\u0f40-\u0fbc0-9A-Za-z]")


def pair(own: str, chinese: str, reviewed: bool = False) -> str:
    """Both texts as one; `reviewed` says that a person has found the translation right."""
    return f"{REVIEWED if reviewed else DRAFT}{own}{CHINESE}{chinese}{END}"


def is_pair(text: str) -> bool:
    """Whether any part of the text stands in two languages."""
    return DRAFT in text or REVIEWED in text


def is_draft(text: str) -> bool:
    """Whether any part of the text is a translation that nobody has reviewed."""
    return DRAFT in text


def own(text: str) -> str:
    """The text in the page's language; what isn't translated stays Chinese."""
    return _half(text, chinese=False)


def chinese(text: str) -> str:
    """The text in Chinese."""
    return _half(text, chinese=True)


def shows_chinese(text: str, both: bool) -> bool:
    """Whether the Chinese has to stand beneath: always beneath a draft, and where the reader wants both."""
    return is_draft(text) or (both and is_pair(text))


def in_both(text: str) -> str:
    """The text so that it stands in both languages always, reviewed or not."""
    return text.replace(REVIEWED, DRAFT)


def in_a_line(text: str, both: bool = False) -> str:
    """For places that hold plain text only, such as a page's title: the one and, where it is needed, the other."""
    if not is_pair(text):
        return text
    halves = [own(text), chinese(text)] if shows_chinese(text, both) else [own(text)]
    return " · ".join(dict.fromkeys(halves))


def _half(text: str, chinese: bool) -> str:
    if not _MARK.search(text):
        return text
    kept: list[tuple[str, bool]] = []  # each piece, and whether a text of its own begins with it
    sides: list[bool] = []  # of each pair around this place: whether we are in its Chinese half
    begins = False
    for piece in _MARK.split(text):
        if piece in (DRAFT, REVIEWED):
            sides.append(False)
            begins = True
        elif piece == CHINESE:
            sides[-1:] = [True] if sides else []
        elif piece == END:
            sides[-1:] = []
            begins = False
        elif piece and all(side is chinese for side in sides):
            kept.append((piece, begins))
            begins = False
    return "".join(piece for piece, _ in kept) if chinese else _met(kept)


def _met(pieces: Iterable[tuple[str, bool]]) -> str:
    """The pieces as one Tibetan text. Only where two meet anything changes, and only at a shad or between letters:

    - where a phrase goes on right behind what was put in, that loses its shad: before a letter or digit a tsheg stands
      instead, before a tsheg, a shad or a closing quotation mark nothing; what the phrase sets apart with a blank or
      has at its end keeps its shad;
    - two letters of a phrase and of what was put in are kept apart by a tsheg;
    - where another text begins right behind a shad, there is a blank between them;
    - a shad of the phrase is dropped behind ག and ཀ, which take none, and has a tsheg before it behind ང.
    """
    text = ""
    for piece, begins in pieces:
        takes_none = text.endswith(("ག", "ཀ")) and piece.startswith(SHAD)
        text = _before(text, piece[0], begins) + (piece[1:] if takes_none else piece)
    return text


def _before(text: str, first: str, begins: bool) -> str:
    """The text as it has to end before that letter."""
    goes_on = bool(_GOES_ON.match(first))
    if text.endswith(SHAD) and begins:
        return f"{text} " if goes_on else text
    if text.endswith(SHAD) and first == SHAD:
        return text[:-1]
    if text.endswith(SHAD) and (goes_on or first in (TSHEG, "”")):
        return text[:-1].removesuffix(TSHEG) + (TSHEG if goes_on else "")
    apart = _TIBETAN.match(text[-1:]) and _TIBETAN.match(first)
    return text + TSHEG if apart or (text.endswith("ང") and first == SHAD) else text
