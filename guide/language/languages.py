"""The language of a page is the language of its address, and of nothing else."""

from functools import cache

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix
from django.utils import translation
from django.utils.translation import pgettext, to_locale

from guide.web.requests import Respond

CONTEXT = "catalogue"  # gettext's context of the catalogue's texts; an answer's is the question it answers


def language_of_the_address(respond: Respond) -> Respond:
    """Middleware in place of Django's: it asks neither cookie nor header, so that one page can be kept for all.

    A language without compiled messages is served too, in the words that are there. All are read before anybody asks:
    threads that ask at once would each read theirs.
    """
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            translation.gettext(code)

    def answer(request: HttpRequest) -> HttpResponse:
        language = language_in(request.path_info)
        with translation.override(language):
            response = respond(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return answer


def language_in(path: str) -> str:
    """The language that a path stands for: that of its prefix, else Chinese."""
    first = path.removeprefix("/").partition("/")[0]
    return first if first in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def say(text: str, question: str = "") -> str:
    """A text of the catalogue in the active language, as a pair (see `pairs`); Chinese where nobody translated it.

    `question` is what an answer answers, in the catalogue's words: 有 after one verb isn't 有 after another.
    """
    return pgettext(question or CONTEXT, text) if text else ""


def tag_of(code: str) -> str:
    """A language's BCP 47 tag: zh-hans -> zh-Hans."""
    return to_locale(code).replace("_", "-")


def address_in(path: str, code: str) -> str:
    """The same page in another language: Chinese has no prefix, the others have their code."""
    root = get_script_prefix().rstrip("/")
    path = path.removeprefix(root)
    for other, _ in settings.LANGUAGES:
        if path == f"/{other}" or path.startswith(f"/{other}/"):
            path = path.removeprefix(f"/{other}")
    path = f"/{path.lstrip('/')}"  # two slashes would name another host
    return root + (path if code == settings.LANGUAGE_CODE else f"/{code}{path}")


@cache
def style_of(language: str) -> str:
    """The static file that says how the language is set; nothing where it needs no rules of its own."""
    name = f"languages/{language}.css"
    return name if finders.find(name) else ""
