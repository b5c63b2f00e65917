"""The app's own log without a word of anybody's: no query string, no case code, nothing that was typed."""

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from functools import cache
from http import HTTPStatus
from typing import Any

from django.db import OperationalError

# Whose messages hold what was sent: an address, a host, a name that somebody typed
OF_REQUESTS = ("django.request", "django.security", "django.server")
OPEN = "…"
_QUERY = re.compile(r"\?[^\s'\"<>]+")
_CODE_PATH = re.compile(r"(/c/)[^\s'\"<>]*")
# Four characters and four again, as a case code is written: in any case, with any hyphen or none, some of them digits
_CODE = re.compile(r"\b(?=\S*[0-9])[0-9A-Za-z]{4}(?:[-‐‑–—_. ]?[0-9A-Za-z]{4}){2,}(?:[-‐‑–—_.]?[0-9A-Za-z]{1,3})?\b")
_SEGMENT = re.compile(r"[a-z0-9.-]+")


class NobodysWords(logging.Filter):
    """Rewrites a record before it is written; it drops none."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = message_of(record), None
        if record.exc_info:  # else another handler has done it already
            error, record.exc_info = record.exc_info[1], None
            record.exc_text = told(error) if error and not _is_refusal(record) else None
        record.stack_info = None
        return True


class AsJson(logging.Formatter):
    """A line a record as JSON, for machines that collect logs; says what the plain line says."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "process": record.process,
        }
        if record.exc_text:
            told["traceback"] = record.exc_text
        return json.dumps(told, ensure_ascii=False)


def _is_refusal(record: logging.LogRecord) -> bool:
    """Whether it tells of a request that was refused: where in the code is no news."""
    return HTTPStatus.BAD_REQUEST <= getattr(record, "status_code", 0) < HTTPStatus.INTERNAL_SERVER_ERROR


def message_of(record: logging.LogRecord) -> str:
    """What may be written of a record's message."""
    if record.name.startswith(OF_REQUESTS) or hasattr(record, "request"):
        return _of_request(record)
    try:
        text = record.getMessage()
    except (TypeError, ValueError, KeyError):
        text = str(record.msg)
    return scrubbed(text)


def _of_request(record: logging.LogRecord) -> str:
    """Status, method and the shape of the address; where there is no request, the kind of message alone."""
    status, request = getattr(record, "status_code", None), getattr(record, "request", None)
    path, method = getattr(request, "path", None), getattr(request, "method", "")
    if status is None and path is None:
        return scrubbed(str(record.msg))  # without its arguments
    words = [str(status or ""), _phrase(status), method if method.isalpha() else "", shape(path or "")]
    return " ".join(filter(None, words))


def _phrase(status: Any) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def scrubbed(text: str) -> str:
    """A text without query strings and case codes."""
    return _CODE.sub(OPEN, _CODE_PATH.sub(rf"\1{OPEN}", _QUERY.sub("?" + OPEN, text)))


def shape(path: str) -> str:
    """An address with nothing in it but the words of our own addresses: `/c/…`, `/newborn/notice`, `/…`."""
    return "/".join(part if not part or part in _words() else OPEN for part in path.split("/"))


@cache
def _words() -> frozenset[str]:
    """Every word that stands in our addresses: those of the patterns, bundles, languages."""
    from django.conf import settings  # noqa: PLC0415  # the settings name this module
    from django.urls import get_resolver  # noqa: PLC0415

    from bundles.loading import catalogue  # noqa: PLC0415

    parts = {part for route in _routes(get_resolver().url_patterns) for part in route.split("/")}
    words = {part for part in parts if _SEGMENT.fullmatch(part)}
    return frozenset({*words, *catalogue().ids, *(code for code, _name in settings.LANGUAGES)})


def _routes(patterns: Any, before: str = "") -> list[str]:
    found: list[str] = []
    for pattern in patterns:
        route = before + str(pattern.pattern)
        found += _routes(pattern.url_patterns, route) if hasattr(pattern, "url_patterns") else [route]
    return found


# Exceptions -----------------------------------------------------------------------------------------------------------


def told(error: BaseException) -> str:
    """A traceback with the lines of the code and the kinds of the exceptions, but not what these say.

    What they say may be what somebody typed; of a database that doesn't serve it is the cause, and is kept.
    """
    lines: list[str] = []
    for one in _chain(error):
        kind = f"{type(one).__module__}.{type(one).__qualname__}".removeprefix("builtins.")
        said = f": {scrubbed(str(one))}" if isinstance(one, OperationalError) else ""
        lines += [*traceback.format_tb(one.__traceback__), f"{kind}{said}\n"]
    return "".join(lines).rstrip()


def _chain(error: BaseException) -> list[BaseException]:
    """An exception and those that led to it, the first one first."""
    chain: list[BaseException] = []
    following: BaseException | None = error
    while following is not None and following not in chain:
        chain.insert(0, following)
        following = following.__cause__ or (None if following.__suppress_context__ else following.__context__)
    return chain
