"""Which questions will be asked whatever is answered now, so that a clerk sees several at once."""

from itertools import chain, combinations, product

from bundles.model import Question
from bundles.walking.answers import Answer
from bundles.walking.editions import Edition, example
from bundles.walking.walks import Walk, replay

MOST_AHEAD = 4
MOST_WALKS = 60
MOST_TICKS = 5


def ahead(walk: Walk) -> list[Walk]:
    """The walk at its question, then a walk at each question that follows for certain with the same choices.

    It looks past questions with few answers that conditions can tell apart.
    """
    found: list[Walk] = []
    walks = [walk]
    while walks and len(found) < MOST_AHEAD:
        first = walks[0]
        if first.question is None or any(not _same(first, other) for other in walks[1:]):
            break
        found.append(first)
        choices = _answers(walk.rules, first.question, first.offered)
        if not choices or len(walks) * len(choices) > MOST_WALKS:
            break
        walks = [replay(one.rules, {**one.used, first.question.id: choice}) for one, choice in product(walks, choices)]
    return found


def _same(one: Walk, other: Walk) -> bool:
    return (one.question, one.offered) == (other.question, other.offered)


def _answers(rules: Edition, question: Question, offered: tuple[str, ...]) -> list[Answer]:
    """One answer of each kind that makes a difference; none where they are too many to try."""
    match question.type:
        case "date" | "number":
            return [example(rules, question, band) for band in dict(rules.bands).get(question.id, ())]
        case "many":
            sets = chain.from_iterable(
                combinations(offered, size) for size in range(1 if question.least else 0, len(offered) + 1)
            )
            return list(map(frozenset, sets)) if len(offered) <= MOST_TICKS else []
        case _:
            return list(offered)
