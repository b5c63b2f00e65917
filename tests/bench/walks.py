"""What people do: random walks through every bundle, in four places and two languages, page by page."""

import random
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from bundles.loading import catalogue
from bundles.walking.answers import Answer
from bundles.walking.editions import edition
from bundles.walking.walks import Walk, replay
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
        yield from _visit(chance)


def _visit(chance: random.Random) -> Iterator[Step]:
    id, place, language = chance.choice(catalogue().ids), chance.choice(PLACES), chance.choice(LANGUAGES)
    rules = edition(catalogue().bundle(id, place), date.today())  # noqa: DTZ011  # the day of this machine, as the server's
    htmx = chance.random() < 0.5
    answers: dict[str, Answer] = {}
    while (walk := replay(rules, answers)).question is not None:
        yield Step(f"{language}/{id}/ask?{query(walk, place)}", htmx and bool(answers))
        answers[walk.question.id] = random_answer(walk, chance)


def finished(id: str, seed: int = SEED) -> Walk:
    """A random walk through a bundle that ends with a notice."""
    chance = random.Random(f"{seed} {id}")  # noqa: S311  # as above
    rules = edition(catalogue().bundle(id), date.today())  # noqa: DTZ011  # as above
    while True:
        answers: dict[str, Answer] = {}
        while (walk := replay(rules, answers)).question is not None:
            answers[walk.question.id] = random_answer(walk, chance)
        if walk.status == "finished":
            return walk


def query(walk: Walk, place: str) -> str:
    """The walk's answers as they stand in an address."""
    words = [(name, word) for name in walk.asked for word in as_words(walk.bundle.question(name), walk.used[name])]
    return urlencode([("region", place), *words])
