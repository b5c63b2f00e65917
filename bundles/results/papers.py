"""Which papers a walk asks for: each alone, or several of which one is enough."""

from collections.abc import Iterator
from decimal import Decimal

from ..model import Count
from ..walking.walks import Walk
from .plans import PlannedItem, PlannedMaterial, said

Paper = tuple[str, str | None]  # which material, and whose
Choice = frozenset[Paper]  # papers of which one is enough
Lines = tuple[PlannedMaterial, ...]  # of one item: a paper alone, or several of which one is enough


def asked_for(walk: Walk, plan: PlannedItem) -> Iterator[Lines]:
    """What an item asks for, in its order; nothing for persons that there are none of."""
    groups: dict[str, list[PlannedMaterial]] = {}
    for number, line in enumerate(plan.materials):
        if walk.decided_by(line.way) and not _is_for_nobody(walk, line):
            any_of = line.line.any_of
            groups.setdefault(f"{number}" if any_of is None else f"any of {any_of.id}", []).append(line)
    yield from map(tuple, groups.values())


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
