"""What is clear so far of a walk that still asks: where each item stands, why one isn't needed, the materials till now.

It is what `Notice` says of the same, without what only a notice tells.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ..model import Item
from ..walking.compiling import Reason
from ..walking.walks import Standing, Walk
from .papers import Lines, Paper, asked_for
from .plans import PlannedItem, plan_of, said


@dataclass(frozen=True, slots=True)
class Known:
    """What is clear of an item. `name` is a text of the catalogue, as it is called under these answers.

    `reasons` are the answers because of which an item isn't needed; `asks` what it asks for already.
    """

    item: Item
    standing: Standing
    name: str
    reasons: tuple[Reason, ...]
    asks: tuple[Lines, ...]


def known_so_far(walk: Walk) -> tuple[Known, ...]:
    """Every item in the order in which they are done; none under a stop."""
    return () if walk.status == "stopped" else tuple(_known(walk, plan) for plan in plan_of(walk.program))


def materials_so_far(known: Iterable[Known]) -> tuple[tuple[Paper, ...], ...]:
    """The materials in a notice's order, each a paper, or several of which one is enough; without those that the
    counter alone decides on.
    """
    found: dict[object, tuple[Paper, ...]] = {}
    sure: set[object] = set()
    for entry in known:
        for lines in entry.asks:
            papers = tuple(planned.line.paper for planned in lines)
            choice = papers if len(papers) == 1 else frozenset(papers)
            found.setdefault(choice, papers)
            if entry.standing == "applies":
                sure.add(choice)
    return tuple(papers for choice, papers in found.items() if choice in sure)


def _known(walk: Walk, plan: PlannedItem) -> Known:
    standing = walk.standing_by(plan.applies, plan.counter)
    reasons = walk.reasons_by(plan.applies, plan.counter) if standing == "not" else ()
    name = said(walk, plan.words.get("name", ()))
    return Known(
        plan.item,
        standing,
        (name.value if name else "") or plan.item.usual("name") or plan.item.id,
        reasons,
        tuple(asked_for(walk, plan)) if standing in ("applies", "counter") else (),
    )
