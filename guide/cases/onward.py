"""From one bundle to the next: what was answered needn't be answered again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from bundles.dictionary import Region
from bundles.loading import catalogue
from bundles.model import Bundle, Note, Stop
from bundles.walking.answers import Answer, sort_answers
from bundles.walking.editions import edition
from bundles.walking.walks import Walk
from guide.cases.bundles import readable
from guide.cases.case import as_words
from guide.language.languages import say


@dataclass(frozen=True, slots=True)
class Onward:
    """A link to the bundle that comes next."""

    title: str
    address: str


def onward(walk: Walk, region: Region, told: Note | Stop) -> Onward | None:
    """The link to the next bundle's start page, with the answers that count there too; None where there is none."""
    if told.next is None or told.next not in catalogue().ids:
        return None
    bundle = readable(told.next, region.code)
    if bundle is None:
        return None
    pairs = [("region", region.code), *_pairs(bundle, carried(walk, bundle, told.answers))]
    return Onward(say(bundle.title), f"{reverse('start', args=[told.next])}?{urlencode(pairs)}")


def carried(walk: Walk, bundle: Bundle, known: Mapping[str, str]) -> dict[str, Answer]:
    """The walk's answers to questions that `bundle` shares, as far as they can be given there, and what is `known`."""
    asked = {question.id for question in bundle.questions if question.shared}
    raw: dict[str, object] = dict(known)
    for name, answer in walk.used.items():
        if name in asked and walk.bundle.question(name).shared:
            raw[name] = list(answer) if isinstance(answer, frozenset) else answer
    answers, _refused = sort_answers(edition(bundle, walk.rules.today), raw)
    return dict(answers)


def _pairs(bundle: Bundle, answers: dict[str, Answer]) -> Iterator[tuple[str, str]]:
    for name, answer in answers.items():
        yield from ((name, word) for word in as_words(bundle.question(name), answer))
