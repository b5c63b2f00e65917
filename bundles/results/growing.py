"""What is clear so far of a walk that still asks: where each item stands, why one isn't needed, the materials till now.

It is what `Notice` says of the same, without what only a notice tells.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ..model import Item
from ..walking.compiling import Program, Reason, Target, Way
from ..walking.walks import Standing, Walk
from .notices import in_order

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


@dataclass(frozen=True, slots=True)
class _Shown:
    """Of an item, where that is decided which is looked at."""

    item: Item
    standing: tuple[Way, Way]
    names: tuple[tuple[Way | None, str], ...]
    materials: tuple[tuple[Way, Material], ...]


def known_so_far(walk: Walk) -> tuple[Known, ...]:
    """Every item in the order in which they are done; none under a stop."""
    return () if walk.status == "stopped" else tuple(_known(walk, shown) for shown in _shown_of(walk.program))


def materials_so_far(known: Iterable[Known]) -> tuple[Material, ...]:
    """The materials in a notice's order, without those that the counter alone decides on."""
    asked: dict[Material, bool] = {}
    for entry in known:
        for material in entry.materials:
            asked[material] = asked.get(material, False) or entry.standing == "applies"
    return tuple(material for material, certain in asked.items() if certain)


def _known(walk: Walk, shown: _Shown) -> Known:
    standing = walk.standing_by(*shown.standing)
    reasons = walk.reasons_by(*shown.standing) if standing == "not" else ()
    told = (text for way, text in shown.names if way is None or walk.decided_by(way))
    name = next(told, "") or shown.item.usual("name") or shown.item.id
    asks = shown.materials if standing in ("applies", "counter") else ()
    return Known(shown.item, standing, name, reasons, tuple(id for way, id in asks if walk.decided_by(way)))


@lru_cache(maxsize=512)
def _shown_of(program: Program) -> tuple[_Shown, ...]:
    return tuple(_shown(program, item) for item in in_order(program.bundle.items))


def _shown(program: Program, item: Item) -> _Shown:
    names = item.words.get("name", ())
    single = len(names) == 1 and names[0].when is None
    return _Shown(
        item,
        (program.way(Target("item", (item.id,))), program.way(Target("counter", (item.id,)))),
        tuple(
            (None if single else program.way(Target("word", (item.id, "name", number))), variant.value)
            for number, variant in enumerate(names)
        ),
        tuple(
            (program.way(Target("material", (item.id, number))), (line.id, line.of))
            for number, line in enumerate(item.materials)
        ),
    )
