"""Keeps rendered question pages in memory: the address is the whole state, so the same address gives the same page."""

from collections import OrderedDict
from threading import Lock

MOST_PAGES = 4096


class Pages:
    """The pages used last, by key."""

    def __init__(self, most: int = MOST_PAGES) -> None:
        self._pages: OrderedDict[object, bytes] = OrderedDict()
        self._most = most
        self._lock = Lock()

    def get(self, key: object) -> bytes | None:
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, key: object, page: bytes) -> None:
        with self._lock:
            self._pages[key] = page
            if len(self._pages) > self._most:
                self._pages.popitem(last=False)
