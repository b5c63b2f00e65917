"""Which papers a walk asks for: each alone, or several of which one is enough."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from ..model import Count
from ..walking.walks import Walk
from .plans import PlannedItem, PlannedMaterial, Said, said

Paper = tuple[str, str | None]  # which material, and whose
Choice = frozenset[Paper]  # papers of which one is enough
Lines = tuple[PlannedMaterial, ...]  # of one item: a paper alone, or several of which one is enough
Counts = tuple[Said[Count], Said[Count]]  # of originals and of copies


def paper_of(planned: PlannedMaterial) -> Paper:
    """Which paper a line asks for."""
    return planned.line.id, planned.line.of


def asked_for(walk: Walk, plan: PlannedItem) -> Iterator[Lines]:
    """What an item asks for by itself, in its order; nothing for persons that there are none of."""
    if plan.plain:
        yield from ((line,) for line in plan.materials if walk.decided_by(line.way))
        return
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


def counts(walk: Walk, planned: PlannedMaterial) -> Counts:
    """How many originals and copies are asked for, as it is written; one original where nothing is."""
    return said(walk, planned.originals) or Said(Count(1)), said(walk, planned.copies) or Said(Count(0))


def number_of(walk: Walk, count: Count) -> int:
    """How many a count comes to; for one, where the number of those who bring as many each isn't known."""
    persons = walk.used.get(count.per)
    return count.number * int(persons) if isinstance(persons, Decimal) else count.number


def _is_for_nobody(walk: Walk, planned: PlannedMaterial) -> bool:
    """Whether it is asked for each of some persons, and there are none."""
    asked = [count.value for count in counts(walk, planned)]
    return any(count.per for count in asked) and not any(number_of(walk, count) for count in asked)
