"""Cookies: each belongs to this site alone, no script reads it, and under HTTPS none is sent in the clear."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

A_YEAR = 365 * 24 * 60 * 60  # seconds
KIOSK = "kiosk"  # of which region a hall's terminal stands in


def give_cookie(response: HttpResponse, name: str, value: str, seconds: int | None = A_YEAR) -> None:
    """A cookie that stays so long; with None until the browser is closed."""
    secure = bool(settings.SESSION_COOKIE_SECURE)
    path = settings.SESSION_COOKIE_PATH
    response.set_cookie(name, value, max_age=seconds, path=path, httponly=True, samesite="Lax", secure=secure)


def take_cookie(response: HttpResponse, name: str) -> None:
    """The cookie is forgotten."""
    give_cookie(response, name, "", 0)


def in_kiosk(request: HttpRequest) -> bool:
    """Whether this browser is a hall's terminal."""
    return KIOSK in request.COOKIES
