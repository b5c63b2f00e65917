"""A text in two languages at once: how it is said in the page's language, and the Chinese it stands for.

Compiled messages of every language but Chinese are pairs (see `translations.mo_files`), so whatever the site puts
together of them with `format`, `join` or a template is still both texts. Only at the very end somebody chooses: a page
shows them one above the other, a paper too, data take the first. What marks the parts are four characters of the last
private plane, which nobody types; text that has them all the same is read as far as it makes sense, and never refused.
"""

import re

DRAFT, REVIEWED, CHINESE, END = "\U0010fff0", "\U0010fff1", "\U0010fff2", "\U0010fff3"
MARKS = f"{DRAFT}{REVIEWED}{CHINESE}{END}"
_MARK = re.compile(f"([{MARKS}])")


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
    kept: list[str] = []
    sides: list[bool] = []  # of each pair around this place: whether we are in its Chinese half
    for piece in _MARK.split(text):
        if piece in (DRAFT, REVIEWED):
            sides.append(False)
        elif piece == CHINESE:
            sides[-1:] = [True] if sides else []
        elif piece == END:
            sides[-1:] = []
        elif all(side is chinese for side in sides):
            kept.append(piece)
    return "".join(kept)
