"""Which papers a walk asks for: each alone, or several of which one is enough."""

from collections.abc import Iterator
from decimal import Decimal

from ..model import Count
from ..walking.walks import Walk
from .plans import PlannedItem, PlannedMaterial, Said, said

Paper = tuple[str, str | None]  # which material, and whose
Choice = frozenset[Paper]  # papers of which one is enough
Lines = tuple[PlannedMaterial, ...]  # of one item: a paper alone, or several of which one is enough
Counts = tuple[Said[Count], Said[Count]]  # of originals and of copies


def asked_for(walk: Walk, plan: PlannedItem) -> Iterator[Lines]:
    """What an item asks for, in its order; nothing for persons that there are none of."""
    if plan.plain:
        yield from ((line,) for line in plan.materials if walk.decided_by(line.way))
        return
    groups: dict[str, list[PlannedMaterial]] = {}
    for number, line in enumerate(plan.materials):
        if walk.decided_by(line.way) and not _is_for_nobody(walk, line):
            any_of = line.line.any_of
            groups.setdefault(f"{number}" if any_of is None else f"any of {any_of.id}", []).append(line)
    yield from map(tuple, groups.values())


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
