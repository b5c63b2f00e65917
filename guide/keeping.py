"""Keeps rendered question pages in memory: the address is the whole state, so the same address gives the same page.

Addresses that differ only in a date, where conditions don't tell the dates apart, differ in nothing but that date: they
share a stencil, the page with a hole wherever the date stands.
"""

from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock

MOST_PAGES = 4096


class Pages:
    """The pages used last, by key."""

    def __init__(self, most: int = MOST_PAGES) -> None:
        self._pages: OrderedDict[object, str] = OrderedDict()
        self._most = most
        self._lock = Lock()

    def get(self, key: object) -> str | None:
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, key: object, page: str) -> None:
        with self._lock:
            self._pages[key] = page
            if len(self._pages) > self._most:
                self._pages.popitem(last=False)


def cut(page: str, words: Mapping[str, str]) -> str | None:
    """The page with holes, named as in `words`, in place of those words; None where two holes have the same words."""
    if len(set(words.values())) < len(words):
        return None
    for name, word in words.items():
        page = page.replace(word, _hole(name))
    return page


def filled(stencil: str, words: Mapping[str, str]) -> str:
    """The stencil with `words` in its holes."""
    for name, word in words.items():
        stencil = stencil.replace(_hole(name), word)
    return stencil


def _hole(name: str) -> str:
    """Private-use characters: no text of ours has them."""
    return f"\ue000{name}\ue001"
