"""Keeps rendered question pages in memory. A key names all that its page depends on, each answer to the letter."""

from threading import Lock

from cachetools import LRUCache

MOST_BYTES = 24 * 1024 * 1024  # of pages in a process

_pages: LRUCache[object, bytes] = LRUCache(MOST_BYTES, getsizeof=len)
_lock = Lock()


def kept_page(key: object) -> bytes | None:
    """The page of that key, as it is sent; None where it isn't kept."""
    with _lock:
        return _pages.get(key)


def keep_page(key: object, page: bytes) -> None:
    """Keeps a page; where they take too much room, those go that nobody has asked for longest."""
    with _lock:
        _pages[key] = page


def forget_pages() -> None:
    """Nothing is kept any more."""
    with _lock:
        _pages.clear()
