"""Where the site is found from outside, for what leaves it: printed links, QR codes, calendars, files."""

import logging
from typing import Any

from django.conf import settings
from django.core import checks
from django.http import HttpRequest

LOCAL = {"localhost", "127.0.0.1", "[::1]"}
UNKNOWN = (
    "PUBLIC_URL isn't set: QR codes and printed links name the host that a page was asked at; set https://example.cn"
)


def from_outside(request: HttpRequest, address: str = "") -> str:
    """The full address of a page (a path as `reverse` gives it), of the site for none: at PUBLIC_URL if that is set."""
    return f"{settings.PUBLIC_ORIGIN or request.build_absolute_uri('/').rstrip('/')}{address}"


def is_unknown() -> bool:
    """Whether others than this machine may be served, and nobody said where the site is found."""
    return not (settings.PUBLIC_ORIGIN or settings.DEBUG or LOCAL.issuperset(settings.ALLOWED_HOSTS))


def warn_if_unknown() -> None:
    if is_unknown():
        logging.getLogger(__name__).warning(UNKNOWN)


@checks.register
def _checked(**_more: Any) -> list[checks.CheckMessage]:
    return [checks.Warning(UNKNOWN, id="guide.W001")] if is_unknown() else []
