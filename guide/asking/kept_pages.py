"""Keeps what was made in memory. A key names everything that the value depends on, each answer to the letter."""

from collections import OrderedDict
from threading import Lock
from typing import Generic, TypeVar

MOST_PAGES = 4096
T = TypeVar("T")


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

    def forget(self) -> None:
        """Nothing is kept any more."""
        with self._lock:
            self._kept.clear()
