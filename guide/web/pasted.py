"""Addresses as they come out of a chat: with what a messenger hung onto them, and the full stop of the sentence."""

import re
import unicodedata
from functools import lru_cache

from django.http import HttpRequest, HttpResponse, QueryDict

from bundles.faults import BundleError
from bundles.loading import UnknownBundle, catalogue
from bundles.reserved import date_parameters, is_parameter
from guide.web.headers import bare
from guide.web.requests import Respond
from guide.web.rules import rules_of

# What pages without a case read from their addresses, and a poster besides
OTHER_PARAMETERS = frozenset({
    "find", "department", "next", "code", "in", "bundle", "hall", "size", "other.region",
    "other.day",
})  # fmt: skip
SEARCHED = ("admin", "desk")  # where somebody may look for a full stop
NAMED_FREELY = ("api", "staff", "static")  # what reads other names, or tells which of them it knows
OF_ADDRESSES = "/-_"  # which an address of ours may end with
UNQUOTED = re.compile(r"[\w.~&=-]*", re.ASCII)  # in a query, what needs no quoting and what sets parameters apart
MARKS = "<>|^`~+"  # symbols that end no address; punctuation, blanks and what nobody sees are found by their kind


def as_meant(respond: Respond) -> Respond:
    """Middleware: takes marks at the end of the path and of each value away, and parameters that nobody here reads.

    So neither pages nor links carry them on. What is said twice, or left empty the second time, is said once. An
    answer by a name that the bundle doesn't know changes nothing of what is told: the walk asks for whatever it lacks.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        _mend_path(request)
        if request.META.get("QUERY_STRING"):
            _mend_query(request)
        return respond(request)

    return answer


def without_marks(text: str) -> str:
    """The text without the marks and blanks at its end."""
    end = len(text)
    while end and _is_mark(text[end - 1]):
        end -= 1
    return text[:end]


def _is_mark(letter: str) -> bool:
    return letter in MARKS or (unicodedata.category(letter)[0] in "PZC" and letter not in OF_ADDRESSES)


def _mend_path(request: HttpRequest) -> None:
    path = request.path_info
    meant = without_marks(path.rstrip("/"))
    if meant == path.rstrip("/"):
        return
    if not meant or path[len(meant)] == "/":
        meant += "/"
    request.path = request.path.removesuffix(path) + meant
    request.path_info = meant


def _mend_query(request: HttpRequest) -> None:
    first, _slash, rest = bare(request.path_info.removeprefix("/")).partition("/")
    if first in SEARCHED:
        return
    answers = _answers(rest.partition("/")[0] if first == "counter" else first)

    def is_read(name: str) -> bool:
        return first in NAMED_FREELY or name in answers or is_parameter(name) or name in OTHER_PARAMETERS

    if _is_as_we_write(request) and all(is_read(name) and _is_plain(values) for name, values in request.GET.lists()):
        return
    meant = QueryDict(mutable=True)
    for given, values in request.GET.lists():
        name = without_marks(given).removeprefix("amp;")  # from an address that was copied out of a page's source
        if is_read(name):
            said = list(dict.fromkeys(filter(None, map(without_marks, values))))
            meant.setlist(name, meant.getlist(name) + (said or [""]))
    query = meant.urlencode()
    if query != request.META["QUERY_STRING"]:
        request.META["QUERY_STRING"] = query
        vars(request)["GET"] = QueryDict(query)


def _is_as_we_write(request: HttpRequest) -> bool:
    """Whether nothing in the parameters could be written in another way, or in another order."""
    query: str = request.META["QUERY_STRING"]
    if UNQUOTED.fullmatch(query):
        return query == "&".join(f"{name}={value}" for name, values in request.GET.lists() for value in values)
    return query == request.GET.urlencode()


def _is_plain(values: list[str]) -> bool:
    """Whether nothing is to mend, as in every address that we write."""
    return len(values) == len(set(values)) and not any(value == "" or _is_mark(value[-1]) for value in values)


@lru_cache(maxsize=512)
def _answers(bundle: str) -> frozenset[str]:
    """The parameters that are answers to a bundle's questions, which are the same in every region and on every day."""
    try:
        questions = rules_of(catalogue, bundle).questions
    except (UnknownBundle, BundleError):
        return frozenset()
    boxes = (box for question in questions for box in date_parameters(question.id))
    return frozenset((*(question.id for question in questions), *boxes))
