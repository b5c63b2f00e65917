"""Text and data packed for a page that unpacks them by itself (static/offline/unpack.js)."""

import json
import re
import zlib
from base64 import b85encode
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import zopfli.zlib

from guide.language.pairs import CHINESE, DRAFT, END, MARKS, REVIEWED, chinese, own

_ONE_PAIR = re.compile(f"([{DRAFT}{REVIEWED}])[^{MARKS}]*{CHINESE}[^{MARKS}]*{END}")
ROUNDS = 5  # of zopfli; more gain next to nothing
HEAD, TAIL = 2, 4  # bytes of zlib (RFC 1950) around what is deflated; the page unpacks it bare
MEMORY = 5  # of zlib: blocks of 2048 symbols, as texts, numbers and names take turns
HTML_SAFE = bytes.maketrans(b"<>&", b".,/")


@dataclass(frozen=True, slots=True)
class Packed:
    """What stands in the page, and how many bytes it is unpacked."""

    text: str
    size: int


def packed(text: str, patiently: bool = False) -> Packed:
    """The text deflated (RFC 1951) and in base 85 (RFC 1924), but for the digits that mean something in HTML.

    `patiently` makes it 4 to 9 % smaller and takes twenty times as long: for what is made seldom, or is very long.
    """
    data = text.encode()
    bare = zopfli.zlib.compress(data, numiterations=ROUNDS)[HEAD:-TAIL] if patiently else _deflated(data)
    digits = b85encode(bare).translate(HTML_SAFE)
    return Packed(digits.decode(), len(data))


def _deflated(data: bytes) -> bytes:
    made = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, MEMORY)
    return made.compress(data) + made.flush()


def as_json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def with_texts_apart(data: Any, page: str) -> str:
    """Two lines of JSON: all translations and all their Chinese, and the data, in which a pair is its mark and number.

    A packer looks back 32 KB only, so each text stands there once and beside its like. One that stands in the page
    already is where it is: `[steps from the end of the one before, length]`, in UTF-16 units, as scripts count.
    """
    numbers: dict[str, int] = {}

    def numbered(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: numbered(part) for name, part in value.items()}
        if isinstance(value, list):
            return [numbered(part) for part in value]
        if isinstance(value, str) and _ONE_PAIR.fullmatch(value):
            return f"{value[0]}{numbers.setdefault(value[1:], len(numbers))}"
        return value

    rest = numbered(data)
    pairs = [DRAFT + text for text in numbers]
    texts = [_placed(map(half, pairs), page) for half in (own, chinese)]
    return f"{as_json(texts)}\n{as_json(rest)}"


def _placed(texts: Iterable[str], page: str) -> list[str | list[int]]:
    found: list[str | list[int]] = []
    end = 0
    for text in texts:
        start = page.find(text, end)
        start = page.find(text) if start < 0 else start
        if start < 0:
            found.append(text)
        else:
            found.append([_units(page[end:start]) if start >= end else -_units(page[start:end]), _units(text)])
            end = start + len(text)
    return found


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
