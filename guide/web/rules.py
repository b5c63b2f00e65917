"""The rules of a bundle, read by one thread: the others wait for it.

Several visitors may be the first after a start. Each of their threads would read the bundle for itself, and all that is
compiled of it would be kept as often.
"""

import gc
from collections.abc import Callable
from functools import cache
from threading import Lock

from bundles.loading import Catalogue
from bundles.model import Bundle

_reading = Lock()


@cache
def rules_of(books: Callable[[], Catalogue], id: str, region: str | None = None) -> Bundle:
    """The bundle as `books` have it in a region. Raises UnknownBundle, UnknownRegion, BundleError.

    Rules stay as long as the process, some hundred thousand objects. Each full collection of garbage looked through
    them for nothing, and no thread worked for 0.2 s: so they are frozen, with what was compiled before.
    """
    with _reading:
        read = books().bundle(id, region)
        gc.freeze()
        return read
