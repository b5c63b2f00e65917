"""Which papers a walk asks for: each alone, or several of which one is enough."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from ..model import Count
from ..walking.walks import Walk
from .plans import PlannedItem, PlannedMaterial, said

Paper = tuple[str, str | None]  # which material, and whose
Choice = frozenset[Paper]  # papers of which one is enough
Lines = tuple[PlannedMaterial, ...]  # of one item: a paper alone, or several of which one is enough


def paper_of(planned: PlannedMaterial) -> Paper:
    """Which paper a line asks for."""
    return planned.line.id, planned.line.of


def asked_for(walk: Walk, plan: PlannedItem) -> Iterator[Lines]:
    """What an item asks for by itself, in its order; nothing for persons that there are none of."""
    groups: dict[str, list[PlannedMaterial]] = {}
    for number, line in enumerate(plan.materials):
        if walk.decided_by(line.way) and not _is_for_nobody(walk, line):
            any_of = line.line.any_of
            groups.setdefault(f"{number}" if any_of is None else f"any of {any_of.id}", []).append(line)
    for lines in groups.values():
        papers = dict.fromkeys(map(paper_of, lines))
        if len(papers) > 1:
            yield tuple(next(line for line in lines if paper_of(line) == paper) for paper in papers)
        else:
            yield from ((line,) for line in lines)


def without_needless(asked: Iterable[tuple[bool, Lines]]) -> Iterator[Lines]:
    """Where one of several papers is needed anyway, that one alone. With each, whether its item applies for certain.

    What only the counter may ask for is no reason to leave out a paper that is asked for certain.
    """
    asked = list(asked)
    alone = [(certain, paper_of(lines[0])) for certain, lines in asked if len(lines) == 1]
    surely = {paper for certain, paper in alone if certain}
    maybe = {paper for _certain, paper in alone}
    for certain, lines in asked:
        anyway = surely if certain else maybe
        yield next(((line,) for line in lines if paper_of(line) in anyway), lines)


def numbers(walk: Walk, planned: PlannedMaterial) -> tuple[int, int]:
    """How many originals and copies; of a number for each person that isn't known yet, for one."""
    originals, copies = said(walk, planned.originals), said(walk, planned.copies)
    return _number(walk, originals.value) if originals else 1, _number(walk, copies.value) if copies else 0


def _number(walk: Walk, count: Count) -> int:
    persons = walk.used.get(count.per)
    return count.number * int(persons) if isinstance(persons, Decimal) else count.number


def _is_for_nobody(walk: Walk, planned: PlannedMaterial) -> bool:
    """Whether it is asked for each of some persons, and there are none."""
    counts = [said(walk, sayings) for sayings in (planned.originals, planned.copies)]
    return any(count and count.value.per for count in counts) and numbers(walk, planned) == (0, 0)
