"""Keeps rendered question pages in memory: the address is the whole state, so the same address gives the same page.

Addresses that differ only in a date, where conditions don't tell the dates apart, differ in nothing but that date: they
share a stencil, the page with a hole wherever the date stands.
"""

from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from typing import Generic, TypeVar

MOST_PAGES = 4096
T = TypeVar("T")
Words = Mapping[str, str]


class Kept(Generic[T]):
    """What was used last, by key."""

    def __init__(self, most: int = MOST_PAGES) -> None:
        self._kept: OrderedDict[object, T] = OrderedDict()
        self._most = most
        self._lock = Lock()

    def get(self, key: object) -> T | None:
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: object, value: T) -> None:
        with self._lock:
            self._kept[key] = value
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)


class Stencils:
    """Stencils by shape. One is trusted once two pages with other dates have given the same.

    A text of the page may happen to name the visitor's date, as an example does: then the two differ.
    """

    def __init__(self) -> None:
        self._made: Kept[str] = Kept()
        self._offered: Kept[tuple[str, Words]] = Kept()

    def page(self, shape: object, words: Words) -> str | None:
        """The page of that shape with these words; None where there is no trusted stencil."""
        stencil = self._made.get(shape)
        return None if stencil is None else filled(stencil, words)

    def offer(self, shape: object, page: str, words: Words) -> None:
        """A page of that shape, made with these words."""
        made = cut(page, words)
        if made is None:
            return
        before = self._offered.get(shape)
        if before is not None and before[0] == made and all(before[1][name] != word for name, word in words.items()):
            self._made.put(shape, made)
        else:
            self._offered.put(shape, (made, words))


def cut(page: str, words: Words) -> str | None:
    """The page with holes, named as in `words`, in place of those words; None where two holes have the same words."""
    if len(set(words.values())) < len(words):
        return None
    for name, word in words.items():
        page = page.replace(word, _hole(name))
    return page


def filled(stencil: str, words: Words) -> str:
    """The stencil with `words` in its holes."""
    for name, word in words.items():
        stencil = stencil.replace(_hole(name), word)
    return stencil


def _hole(name: str) -> str:
    """Private-use characters: no text of ours has them."""
    return f"\ue000{name}\ue001"
