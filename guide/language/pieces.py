"""Pieces of pages: rendered once, kept by all that they depend on, and put together anew for every reader.

A piece is made without a request: all that it shows is in its context, and its key names all of that. What differs from
reader to reader, an address or other pieces, goes into holes, which are filled each time.
"""

import re
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from html import escape
from secrets import token_hex
from threading import Lock
from typing import NamedTuple

from cachetools import LRUCache
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

from guide.language.pages import shown, wants_both

MOST_BYTES = 24 * 1024 * 1024  # of pieces in a process
# Nobody can guess it, and neither escaping nor quoting changes it
_MARK = f"hole{token_hex(8)}"
_HOLE = re.compile(f"{_MARK}([a-z]+)Z")


class Voice(NamedTuple):
    """In whose words a page is sent: a language, and whether the Chinese stands beneath everything."""

    language: str
    both: bool


def voice_for(request: HttpRequest) -> Voice:
    """The active language, as this reader wants it."""
    return Voice(translation.get_language() or settings.LANGUAGE_CODE, wants_both(request))


class Piece:
    """A rendered text with holes."""

    __slots__ = ("_names", "_texts")

    def __init__(self, text: str) -> None:
        # Tuples of texts are nothing that a collection of garbage looks through
        self._texts = tuple(_HOLE.split(text)[::2])
        self._names = tuple(_HOLE.findall(text))

    def fill(self, **values: str) -> SafeString:
        """The text with these values, escaped where they aren't safe. Raises KeyError for a hole without a value."""
        filled = [self._texts[0]]
        for name, text in zip(self._names, self._texts[1:], strict=True):
            value = values[name]
            filled += (value if isinstance(value, SafeString) else escape(value), text)
        return SafeString("".join(filled))

    @property
    def size(self) -> int:
        """In bytes, about."""
        return 300 + sum(map(sys.getsizeof, self._texts))


_kept: LRUCache[tuple[object, ...], Piece] = LRUCache(MOST_BYTES, getsizeof=lambda piece: piece.size)
_lock = Lock()


def hole(name: str) -> SafeString:
    """What stands in a piece's context for a value to come. `name` is of small letters."""
    return SafeString(f"{_MARK}{name}Z")


def piece(
    template: str,
    key: tuple[object, ...],
    voice: Voice,
    context: Callable[[], Mapping[str, object]],
    frame: Callable[[], HttpRequest] | None = None,
) -> Piece:
    """The piece of that key. `frame` makes a request that says nothing of the reader, where the frame of all pages
    is needed.
    """
    return _keep((template, voice, key), lambda: rendered(template, voice, context(), frame and frame()))


def _keep(name: tuple[object, ...], made: Callable[[], str]) -> Piece:
    with _lock, suppress(KeyError):
        return _kept[name]
    found = Piece(made())
    with _lock:
        _kept[name] = found
    return found


def part(template: str, voice: Voice, context: Mapping[str, object], **filling: str) -> SafeString:
    """A filled piece that is kept by all of its context; `filling` goes into its holes."""
    holes = {name: hole(name) for name in filling}
    return piece(template, tuple(context.items()), voice, lambda: {**context, **holes}).fill(**filling)


def rendered(
    template: str, voice: Voice, context: Mapping[str, object], frame: HttpRequest | None = None
) -> SafeString:
    """The same for once: what isn't kept, as it is sent in the active language."""
    text = render_to_string(template, dict(context), frame)
    return SafeString(text if voice.language == settings.LANGUAGE_CODE else shown(text, *voice))


def line(kind: str, key: tuple[object, ...], voice: Voice, text: Callable[[], str]) -> SafeString:
    """A text by itself, kept like a piece."""
    return _keep((kind, voice, key), lambda: sent(text(), voice)).fill()


def sent(text: str, voice: Voice) -> SafeString:
    """A text by itself, as it is sent."""
    escaped = escape(text)
    return SafeString(escaped if voice.language == settings.LANGUAGE_CODE else shown(escaped, *voice))


def joined(parts: Iterable[SafeString]) -> SafeString:
    """Filled pieces, one after the other."""
    return SafeString("".join(parts))


def forget_pieces() -> None:
    """Nothing is kept any more."""
    with _lock:
        _kept.clear()
