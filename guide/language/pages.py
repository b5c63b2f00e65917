"""A page with pairs in it -> the page as it is sent: one language above the other, each marked as what it is."""

import re
from collections.abc import Iterator
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation

from guide.language.languages import address_in, tag_of
from guide.language.pairs import chinese, in_a_line, is_pair, own, shows_chinese
from guide.web.cookies import give_cookie
from guide.web.requests import Respond, from_elsewhere

BOTH = "both"
_TAG = re.compile(r"(<[^>]*>)")
_ATTRIBUTE = re.compile(r'"([^"]*)"')
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U000323af]")
_PLAIN = re.compile(r"<(title|option)[\s>]")  # elements that hold nothing but text
# How a pair is written: as a block of two lines, and, where every byte counts and the page is in that language, without
_BLOCK = '<span class="pair"><span lang="{tag}">{own}</span> <span lang="{other}">{chinese}</span></span>'
_BRIEF = "{own}<i lang=zh>{chinese}</i>"
_ALONE = {_BLOCK: '<span lang="zh-Hans">{text}</span>', _BRIEF: "<span lang=zh>{text}</span>"}  # text left in Chinese
_NUMBER = re.compile(r"[0-9]+\. ")
_UNTOUCHED = re.compile(r"<(script|style|textarea)[\s>]")  # code, and what the visitor typed


def wants_both(request: HttpRequest) -> bool:
    """Whether the reader wants the Chinese beneath everything: `?both=1`, or chosen before and kept in a cookie."""
    asked = request.GET.get(BOTH)
    return request.COOKIES.get(BOTH) == "1" if asked is None else asked == "1"


def wants_large(request: HttpRequest) -> bool:
    """Whether the reader wants papers in large print: `?large=1`, or large text chosen before and kept in a cookie."""
    asked = request.GET.get("large")
    return request.COOKIES.get("look") == "large" if asked is None else asked == "1"


class Shown(HttpResponse):
    """A page whose pairs are shown already, as one that was kept."""


def as_sent(request: HttpRequest, page: str) -> str:
    """The page as this reader gets it in the active language."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    return page if language == settings.LANGUAGE_CODE else shown(page, language, wants_both(request))


def both_languages(respond: Respond) -> Respond:
    """Middleware: pages in another language than Chinese are sent with their pairs shown.

    Chinese pages have no second language of their own: asked for both, they lead to the first other one.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        language = translation.get_language() or settings.LANGUAGE_CODE
        if language == settings.LANGUAGE_CODE:
            other = next((code for code, _name in settings.LANGUAGES if code != language), None)
            if other and request.method == "GET" and request.GET.get(BOTH) == "1":
                return HttpResponseRedirect(address_in(request.get_full_path(), other))
            return respond(request)
        response = respond(request)
        if _chooses(request) and response.status_code == HTTPStatus.OK:
            give_cookie(response, BOTH, str(int(wants_both(request))), None)
        if isinstance(response, Shown) or response.streaming:
            return response
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.content = as_sent(request, response.content.decode(response.charset))
        return response

    return answer


def _chooses(request: HttpRequest) -> bool:
    """Whether the reader, not another website, says whether they want both: it holds on the pages that follow, too."""
    return BOTH in request.GET and not from_elsewhere(request)


def shown(page: str, language: str, both: bool = False, brief: bool = False) -> str:
    """The page with each text that is a pair as two, and text left in Chinese marked as such.

    `brief` is for a page that is itself marked as being in the language, and shows an `i` as a line of its own; there
    both have one number.
    """
    return "".join(_pieces(page, tag_of(language), both, _BRIEF if brief else _BLOCK))


def _pieces(page: str, tag: str, both: bool, form: str) -> Iterator[str]:
    inside, plain, last = "", False, ""
    for piece in _TAG.split(page):
        if inside and piece != f"</{inside}>":
            yield _line(piece, both) if plain else piece
        elif piece.startswith("<"):
            plain = bool(found := _PLAIN.match(piece))
            found = found or _UNTOUCHED.match(piece)
            inside, last = found[1] if found else "", piece
            yield _attributes(piece, both) if is_pair(piece) else piece
        else:
            yield _run(piece, tag, both, form, marked=' lang="' in last)


def _attributes(tag: str, both: bool) -> str:
    return _ATTRIBUTE.sub(lambda value: f'"{_line(value[1], both)}"', tag)


def _line(text: str, both: bool) -> str:
    return " ".join(in_a_line(text, both).split()) if is_pair(text) else text


def _run(text: str, tag: str, both: bool, form: str, marked: bool) -> str:
    """A run of text between two tags; `marked` where the tag before it says the language."""
    if not is_pair(text):
        return _ALONE[form].format(text=text) if _HAN.search(text) and not marked else text
    bare = text.strip()
    before, _, after = text.partition(bare)
    said, beneath = own(bare), chinese(bare)
    if said == beneath:
        return _run(said, tag, both, form, marked)
    if not shows_chinese(bare, both):
        return f"{before}{said}{after}"
    if form == _BRIEF and (number := _NUMBER.match(said)):
        beneath = beneath.removeprefix(number[0])
    return before + form.format(tag=tag, own=said, other=tag_of(settings.LANGUAGE_CODE), chinese=beneath) + after
