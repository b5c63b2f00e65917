"""What is said where something went wrong. These pages must come whatever is broken, so they read little or nothing."""

import logging
import sys
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import FieldError, ValidationError
from django.db import DataError, Error
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.request import UnreadablePostError
from django.middleware.csrf import get_token
from django.template import loader
from django.utils import translation

from guide.language.languages import language_in
from guide.language.pages import Shown, shown
from guide.staff.guards import page_with_button
from guide.web.database import RETRY_AFTER, is_down
from guide.web.requests import Respond, from_elsewhere

MOST_REPEATED = 20_000  # characters of what was typed
CSRF = "csrfmiddlewaretoken"
SECRET = (CSRF, "draft", "action")
# What Django's back office makes of odd addresses
ODD = (ValueError, ArithmeticError, TypeError, AttributeError, LookupError, ValidationError, FieldError, DataError)
logger = logging.getLogger(__name__)


# The handlers -------------------------------------------------------------------------------------------------------


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400. Nothing of the request is read again: reading it may be what failed."""
    return _plain(request, "400.html", HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403, within the site's frame where that can be had."""
    return _framed(request, "403.html", HTTPStatus.FORBIDDEN, {})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, with what the view said of it."""
    said = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    return _framed(request, "404.html", HTTPStatus.NOT_FOUND, {"exception": said})


def server_error(request: HttpRequest) -> HttpResponse:
    """500; 503 where it is the database that failed."""
    if is_down(sys.exc_info()[1]):
        return database_down(request)
    return _plain(request, "500.html", HTTPStatus.INTERNAL_SERVER_ERROR, {"posted": request.method == "POST"})


def database_down(request: HttpRequest) -> HttpResponse:
    """503: which pages go on without the database, and what was typed, to be copied or sent again."""
    context = {"posted": request.method == "POST", "typed": _typed(request)}
    response = _plain(request, "503.html", HTTPStatus.SERVICE_UNAVAILABLE, context)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def _typed(request: HttpRequest) -> list[str]:
    """What was sent, where it has been read already; no password."""
    sent: QueryDict = vars(request).get("_post") or QueryDict()
    names = [name for name in sent if name not in SECRET and "password" not in name]
    values = [value.strip()[:MOST_REPEATED] for name in names for value in sent.getlist(name)]
    return [value for value in values if value]


def _onward(request: HttpRequest) -> str:
    """The page that a request can go on with: the one with its button, else the very address."""
    match = request.resolver_match
    return (match and page_with_button(match)) or request.get_full_path()


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a page whose token is older than a log-in. What it sent can be sent again, if it was a page of ours."""
    ours = [] if from_elsewhere(request) else list(request.POST.lists())
    sent = [(name, value) for name, values in ours for value in values if name != CSRF]
    secret = any("password" in name for name, _value in sent) or bool(request.FILES)
    context = {
        "onward": _onward(request),
        "here": request.get_full_path(),
        "again": [] if secret else sent,
        "token": (CSRF, get_token(request)),
    }
    return _plain(request, "403_csrf.html", HTTPStatus.FORBIDDEN, context)


# Made of templates --------------------------------------------------------------------------------------------------


def _plain(request: HttpRequest, template: str, status: int, context: dict[str, Any] | None = None) -> HttpResponse:
    """A page that reads nothing of the request but the language of its path."""
    language = language_in(request.path_info)
    with translation.override(language):
        page = loader.render_to_string(template, {**(context or {}), "root": settings.FORCE_SCRIPT_NAME or ""})
        response = Shown(shown(page, language) if language_in("") != language else page, status=status)
    response.headers["Content-Language"] = language
    response.headers["Cache-Control"] = "no-store"
    return response


def _framed(request: HttpRequest, template: str, status: int, context: dict[str, Any]) -> HttpResponse:
    try:
        return HttpResponse(loader.render_to_string(template, context, request), status=status)
    except Exception:
        logger.exception("the page for status %d failed; a plain one stands in", status)
        return _plain(request, template, status, context)


class Sessions(SessionMiddleware):
    """Django's; where a session can't be written the page says so."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except Error as error:
            logger.error("503: a session can't be written", exc_info=error)
            return database_down(request)


# Middleware ---------------------------------------------------------------------------------------------------------


def told_in_words(respond: Respond) -> Respond:
    """Middleware: pages for a database that is down, a broken upload, a method that an address doesn't take."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            page = _plain(request, "405.html", HTTPStatus.METHOD_NOT_ALLOWED, {"onward": _onward(request)})
            page.headers["Allow"] = response.headers.get("Allow", "GET, HEAD")
            vars(page)["_has_been_logged"] = True  # by the view, as Django asks
            return page
        return response

    vars(answer)["process_exception"] = _told
    return answer


def _told(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    """The page for an exception of a view; None for one that has none of its own."""
    if is_down(exception):
        logger.error("503: the database doesn't serve", exc_info=exception)
        return database_down(request)
    if isinstance(exception, UnreadablePostError):
        return bad_request(request)
    if _in_back_office(request) and isinstance(exception, ODD):
        logger.error("400 in the back office", exc_info=exception)
        return bad_request(request)
    return None


def _in_back_office(request: HttpRequest) -> bool:
    return request.resolver_match is not None and request.resolver_match.app_name == "admin"
