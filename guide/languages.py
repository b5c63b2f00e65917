"""The language of a page is the language of its address, and of nothing else."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import pgettext

Respond = Callable[[HttpRequest], HttpResponse]


def language_of_the_address(respond: Respond) -> Respond:
    """Middleware in place of Django's: it asks neither cookie nor header, so that one page can be kept for all.

    A language without compiled messages is served too, in the words that are there.
    """
    prefixes = {code for code, _ in settings.LANGUAGES} - {settings.LANGUAGE_CODE}

    def answer(request: HttpRequest) -> HttpResponse:
        first = request.path_info.split("/", 2)[1]
        language = first if first in prefixes else settings.LANGUAGE_CODE
        with translation.override(language):
            response = respond(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return answer


def say(text: str) -> str:
    """A text of the catalogue in the active language; Chinese where nobody has translated it."""
    return pgettext("catalogue", text) if text else ""
