"""Threads in tests: several that do the same at the same time, and give way to each other as often as they can."""

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

T = TypeVar("T")
THREADS = 4
HURRIED = 1e-6  # seconds after which a thread gives way


def at_once(work: Callable[[], T]) -> list[T]:
    """What each of them gets."""
    start = Barrier(THREADS)

    def begun(_number: int) -> T:
        start.wait()
        return work()

    before = sys.getswitchinterval()
    sys.setswitchinterval(HURRIED)
    try:
        with ThreadPoolExecutor(THREADS) as pool:
            return list(pool.map(begun, range(THREADS)))
    finally:
        sys.setswitchinterval(before)
