"""An address -> bundle, region and walk; and back: a walk -> its address. The address is the whole state."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import get_script_prefix, reverse
from django.utils import timezone, translation

from bundles.dictionary import Region
from bundles.loading import catalogue
from bundles.model import NONE, Bundle, Question
from bundles.reserved import DATE_PARTS, date_parameters
from bundles.walking.answers import Answer, Refusal, sort_answers
from bundles.walking.editions import Edition, edition
from bundles.walking.walks import Walk, replay
from guide.cases.bundles import open_bundle

WITHIN = "counter-"  # what the names of a clerk's pages begin with
MOST_CODE = 600  # characters


@dataclass(frozen=True)
class Case:
    """What an address says. `refusals` are answers that can't be used; `typed` keeps every answer as it came."""

    bundle: Bundle
    region: Region
    rules: Edition
    answers: dict[str, Answer]
    refusals: list[Refusal]
    typed: Mapping[str, list[str]]
    within: str = ""  # what the names of its pages begin with: "counter-" where a clerk asks
    checked: str = ""  # the check code that a counter's pages carry along

    @cached_property
    def walk(self) -> Walk:
        return replay(self.rules, self.answers)

    def walk_without(self, question: str) -> Walk:
        """The walk up to that question, as if it weren't answered."""
        return replay(self.rules, {name: answer for name, answer in self.answers.items() if name != question})

    def with_answers(self, answers: Mapping[str, Answer]) -> "Case":
        """The same bundle in the same region with other answers."""
        return replace(self, answers=dict(answers))

    def pairs(self, without: str = "") -> list[tuple[str, str]]:
        """Region and answers as an address carries them, in the bundle's order."""
        pairs = [("region", self.region.code)]
        for question in self.bundle.questions:
            if question.id in self.answers and question.id != without:
                pairs += [(question.id, word) for word in as_words(question, self.answers[question.id])]
        return pairs

    def as_typed(self, page: str) -> str:
        """The address of a page with every answer as it came, for a page that says what can't be used."""
        pairs = [("region", self.region.code), *((name, word) for name, words in self.typed.items() for word in words)]
        return f"{self._path(page)}?{urlencode(pairs)}"

    def address(self, page: str, **extra: str) -> str:
        """The address of one of the bundle's pages with these answers."""
        if self.checked and page != "facing":
            extra = {"checked": self.checked} | extra
        more = f"&{urlencode(extra)}" if extra else ""
        return f"{self._path(page)}?{self.query}{more}"

    def _path(self, page: str) -> str:
        return _path(self.within + page, self.bundle.id, get_script_prefix(), translation.get_language())

    @cached_property
    def query(self) -> str:
        return urlencode(self.pairs())


@lru_cache(maxsize=2_048)
def _path(page: str, bundle: str, _root: str, _language: str | None) -> str:
    """A page's path, which differs by language and by where the site stands."""
    return reverse(page, args=[bundle])


def as_words(question: Question, answer: Answer) -> Iterable[str]:
    """An answer as the values of its parameter."""
    if isinstance(answer, frozenset):
        return [choice.id for choice in question.choices if choice.id in answer] or [NONE]
    return [str(answer)]


def read_case(id: str, parameters: QueryDict, within: str = "") -> Case:
    """The case that an address names. Raises Http404 for an unknown bundle or region."""
    bundle, region = open_bundle(id, parameters.get("region") or None)
    rules = edition(bundle, timezone.localdate())
    typed = _typed(bundle, parameters)
    raw: dict[str, object] = {name: values[0] if len(values) == 1 else values for name, values in typed.items()}
    answers, refusals = sort_answers(rules, raw)
    return Case(
        rules.bundle,
        region,
        rules,
        answers,
        refusals,
        typed,
        within,
        parameters.get("checked", "")[:MOST_CODE] if within else "",
    )


def _typed(bundle: Bundle, parameters: QueryDict) -> dict[str, list[str]]:
    """The answers as they came; a date's three boxes as one. What is no question's changes nothing and is left out."""
    typed = {}
    for question in bundle.questions:
        if question.id not in parameters and question.type != "date":
            continue
        values = _given(parameters, question.id)
        if question.type == "date":
            parts = ["".join(_given(parameters, box)[-1:]) for box in date_parameters(question.id)]
            values = ["-".join(parts)] if any(parts) else values
        if values:
            typed[question.id] = values
    return typed


def _given(parameters: QueryDict, name: str) -> list[str]:
    """What is given under a name, each once; boxes left empty aside."""
    if name not in parameters:
        return []
    return list(dict.fromkeys(value.strip() for value in parameters.getlist(name) if value.strip()))


def region_of(request: HttpRequest) -> Region | None:
    """The region that the visitor chose before, kept in a cookie; None where there is none that we know."""
    return catalogue().regions.get(request.COOKIES.get("region", ""))


__all__ = ["DATE_PARTS", "Case", "as_words", "open_bundle", "read_case", "region_of"]
