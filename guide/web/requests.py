"""Requests that nobody can read are refused before anything reads them; whether a request comes from our own pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation, TooManyFieldsSent
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

Respond = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponse]
CHARSETS = ("utf-8", "utf8", "us-ascii", "ascii")
MOST_CHARSET = 40  # characters
MOST_PARAMETERS = 1_000  # of an address; a form that is sent may have more


class ReadableRequest(WSGIRequest):
    """A request whose Content-Type may be nonsense: Django's own fails before it can be refused."""

    unreadable = False

    def _set_content_type_params(self, meta: dict[str, str]) -> None:
        try:
            super()._set_content_type_params(meta)  # type: ignore[misc]  # which the stubs leave out
        except (ValueError, LookupError, TypeError, SuspiciousOperation):
            self.content_type, self.content_params, self.unreadable = "", {}, True
            self._encoding = None


class Handler(WSGIHandler):
    """Django's, for such requests, and for a site that stands under a path."""

    request_class = ReadableRequest

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Answers; the path of PUBLIC_URL is taken off where the web server in front has left it on."""
        root, path = settings.FORCE_SCRIPT_NAME or "", environ.get("PATH_INFO", "")
        if root and (path == root or path.startswith(f"{root}/")):
            environ["PATH_INFO"] = path[len(root) :] or "/"
        return super().__call__(environ, start_response)


def sound_requests(respond: Respond) -> Respond:
    """Middleware: what isn't a request that we can read gets the page for that, and nothing looks at it again."""

    def answer(request: HttpRequest) -> HttpResponse:
        fault = _fault(request)
        if fault:
            raise BadRequest(fault)
        _read_all(request)
        return respond(request)

    return answer


def _fault(request: HttpRequest) -> str:
    """What can't be read of a request, without a word of it."""
    if getattr(request, "unreadable", False) or not _is_latin(request.META.get("HTTP_COOKIE", "")):
        return "headers"
    if not request.path_info.startswith("/"):
        return "no path"
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not str(length).isascii() or not str(length).isdecimal():
        return "content length"
    if any("\0" in text for text in _texts(request)):
        return "NUL"
    charset = (request.content_params or {}).get("charset")
    if charset is not None and charset.strip("\"' ").lower()[:MOST_CHARSET] not in CHARSETS:
        return "charset"
    return ""


def _is_latin(text: str) -> bool:
    """Whether a server can have read this from the wire (PEP 3333)."""
    return text.isascii() or max(text) <= "\xff"


def _texts(request: HttpRequest) -> list[str]:
    headers = [value for name, value in request.META.items() if name.startswith("HTTP_") and isinstance(value, str)]
    return [request.path_info, *headers]


def _read_all(request: HttpRequest) -> None:
    """Reads what everything behind this reads. Raises SuspiciousOperation: too many parameters, a strange host."""
    if request.encoding and request.encoding.lower() != "utf-8":
        request.encoding = "utf-8"  # "utf8" and ASCII are the same to us
    request.get_host()
    if request.META.get("QUERY_STRING", "").count("&") >= MOST_PARAMETERS:
        raise TooManyFieldsSent("parameters")
    len(request.GET)
    len(request.COOKIES)


def from_elsewhere(request: HttpRequest) -> bool:
    """Whether another website sent the browser here. Browsers say so; what says nothing wasn't sent by one.

    An address that was typed, scanned or bookmarked comes from nowhere else.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin") or request.headers.get("Referer")
    return origin is not None and _host(origin) not in (request.get_host(), *map(_host, settings.CSRF_TRUSTED_ORIGINS))


def _host(address: str) -> str:
    """The host of an address, with its port; empty where it has none, as `null`."""
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""


def own_links_only(instead: str) -> Callable[[View], View]:
    """A decorator for pages that write something down when they are looked at: another website's link leads `instead`.

    To that page, by its name. What a clerk's pages count and log would be that website's doing.
    """

    def guarded(view: View) -> View:
        @wraps(view)
        def entered(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
            return HttpResponseRedirect(reverse(instead)) if from_elsewhere(request) else view(request, *args, **more)

        return entered

    return guarded
