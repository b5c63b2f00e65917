"""What people do: random walks through every bundle, in four places and two languages, page by page."""

import random
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import cache
from typing import NamedTuple
from urllib.parse import urlencode

from bundles.loading import catalogue
from bundles.proving.scenarios import read_scenarios
from bundles.walking.answers import Answer, AnswersRefused
from bundles.walking.editions import edition
from bundles.walking.walks import Walk, replay, walk
from guide.cases.case import as_words
from tests.walking import random_answer

SEED = 1130
# The province, and places with rules of their own: Chengdu, Garzê, Yibin
PLACES = ("510000", "510100", "513300", "511500")
LANGUAGES = ("", "/bo")


class Step(NamedTuple):
    """A page that somebody asks for; `htmx` says that the page before asks for it in place."""

    address: str
    htmx: bool


def steps(seed: int = SEED) -> Iterator[Step]:
    """The question pages of one visitor after the other, without end."""
    chance = random.Random(seed)  # noqa: S311  # a load, no secret
    while True:
        yield from (step for step in _visit(chance) if "/ask?" in step.address)


def notices(seed: int = SEED) -> Iterator[Step]:
    """The notices of visitors who came to one, without end."""
    chance = random.Random(seed)  # noqa: S311  # as above
    while True:
        yield from (step for step in _visit(chance) if "/notice?" in step.address)


def _visit(chance: random.Random) -> Iterator[Step]:
    """The pages of a visitor, the notice at last where they come to one."""
    id, place, language = chance.choice(catalogue().ids), chance.choice(PLACES), chance.choice(LANGUAGES)
    rules = edition(catalogue().bundle(id, place), date.today())  # noqa: DTZ011  # the day of this machine, as the server's
    htmx = chance.random() < 0.5
    answers: dict[str, Answer] = {}
    while (step := replay(rules, answers)).question is not None:
        yield Step(f"{language}/{id}/ask?{query(step, place)}", htmx and bool(answers))
        answers[step.question.id] = random_answer(step, chance)
    if step.status == "finished":
        yield Step(f"{language}/{id}/notice?{query(step, place)}", htmx=False)


@cache
def finished(id: str) -> Walk:
    """The longest walk of the bundle's scenarios that ends with a notice today."""
    walks = []
    for scenario in read_scenarios(catalogue().file(id).parent / "scenarios.yaml"):
        with suppress(AnswersRefused):  # a day that isn't any more
            walks.append(walk(catalogue().bundle(id), scenario.given, date.today()))  # noqa: DTZ011  # as above
    return max((walked for walked in walks if walked.status == "finished"), key=lambda walked: len(walked.asked))


def query(walked: Walk, place: str) -> str:
    """The walk's answers as they stand in an address."""
    used = [(walked.bundle.question(name), walked.used[name]) for name in walked.asked]
    words = [(question.id, word) for question, answer in used for word in as_words(question, answer)]
    return urlencode([("region", place), *words])
