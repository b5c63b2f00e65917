"""What is clear so far of a walk that still asks: where each item stands, why one isn't needed, the materials till now.

It is what `Notice` says of the same, without what only a notice tells.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ..model import Item
from ..walking.compiling import Reason
from ..walking.walks import Standing, Walk
from .plans import PlannedItem, plan_of, said

Material = tuple[str, str | None]  # its id, and whose it is


@dataclass(frozen=True, slots=True)
class Known:
    """What is clear of an item. `name` is a text of the catalogue, as it is called under these answers.

    `reasons` are the answers because of which an item isn't needed; `materials` what it asks for already.
    """

    item: Item
    standing: Standing
    name: str
    reasons: tuple[Reason, ...]
    materials: tuple[Material, ...]


def known_so_far(walk: Walk) -> tuple[Known, ...]:
    """Every item in the order in which they are done; none under a stop."""
    return () if walk.status == "stopped" else tuple(_known(walk, plan) for plan in plan_of(walk.program))


def materials_so_far(known: Iterable[Known]) -> tuple[Material, ...]:
    """The materials in a notice's order, without those that the counter alone decides on."""
    asked: dict[Material, bool] = {}
    for entry in known:
        for material in entry.materials:
            asked[material] = asked.get(material, False) or entry.standing == "applies"
    return tuple(material for material, certain in asked.items() if certain)


def _known(walk: Walk, plan: PlannedItem) -> Known:
    standing = walk.standing_by(plan.applies, plan.counter)
    reasons = walk.reasons_by(plan.applies, plan.counter) if standing == "not" else ()
    name = said(walk, plan.words.get("name", ()))
    asks = plan.materials if standing in ("applies", "counter") else ()
    return Known(
        plan.item,
        standing,
        (name.value if name else "") or plan.item.usual("name") or plan.item.id,
        reasons,
        tuple((asked.line.id, asked.line.of) for asked in asks if walk.decided_by(asked.way)),
    )
