"""Walking through a bundle in tests: what can be answered where a walk stands."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from bundles.walking.answers import Answer
from bundles.walking.editions import earliest
from bundles.walking.walks import Walk


def possible_answers(walk: Walk) -> Iterator[Answer]:
    """An answer for each choice or band of the question asked; for `many`: none, each alone, all."""
    question = walk.question
    if question is None:
        return
    if question.type == "many":
        yield from ([] if question.least else [frozenset()])
        yield from (frozenset({id}) for id in walk.offered)
        yield frozenset(walk.offered)
    elif question.type in ("choice", "yesno"):
        yield from walk.offered
    else:
        yield from _one_per_band(walk).values()


def _one_per_band(walk: Walk) -> dict[str, Answer]:
    question = walk.question
    assert question is not None
    if question.type == "number":
        numbers = [question.lowest, *map(Decimal, (1, 2, 3, 5, 19, 20, 49, 50, 51, 200, 201, 1000)), question.highest]
        allowed: list[Answer] = [number for number in numbers if question.lowest <= number <= question.highest]
    else:
        today = walk.rules.today
        days = [0, 1, 20, 40, 100, 200, 300, 400, 800, 1500, 2400, 3000, 9000, 20_000]
        allowed = [day for number in days if (day := today - timedelta(days=number)) >= earliest(today)]
    found: dict[str, Answer] = {}
    for answer in allowed:
        if isinstance(answer, date | Decimal):
            found.setdefault(walk.rules.band(question, answer), answer)
    return found


def random_answer(walk: Walk, chance: random.Random) -> Answer:
    """Any answer to the question asked."""
    if walk.question is not None and walk.question.type == "many":
        ticked = frozenset(id for id in walk.offered if chance.random() < 0.4)  # a mixture
        return ticked or (frozenset({chance.choice(walk.offered)}) if walk.question.least else ticked)
    return chance.choice(list(possible_answers(walk)))
