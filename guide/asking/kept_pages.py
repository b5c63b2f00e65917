"""Keeps rendered question pages in memory. A key names all that its page depends on, each answer to the letter."""

from threading import Lock

from cachetools import LRUCache

MOST_PAGES = 4096

_pages: LRUCache[object, str] = LRUCache(MOST_PAGES)
_lock = Lock()


def kept_page(key: object) -> str | None:
    """The page of that key, as it is sent; None where it isn't kept."""
    with _lock:
        return _pages.get(key)


def keep_page(key: object, page: str) -> None:
    """Keeps a page; where there are too many, the one that nobody has asked for longest goes."""
    with _lock:
        _pages[key] = page


def forget_pages() -> None:
    """Nothing is kept any more."""
    with _lock:
        _pages.clear()
