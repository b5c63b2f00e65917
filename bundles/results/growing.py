"""What is clear so far of a walk that still asks: where each item stands, why one isn't needed, the materials till now.

It is what `Notice` says of the same, without what only a notice tells.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ..model import Bundle, Item
from ..walking.compiling import Reason, Target
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
    """Of an item, the targets that are looked at."""

    item: Item
    standing: tuple[Target, Target]
    names: tuple[tuple[Target | None, str], ...]
    materials: tuple[tuple[Target, Material], ...]


def known_so_far(walk: Walk) -> tuple[Known, ...]:
    """Every item in the order in which they are done; none under a stop."""
    return () if walk.status == "stopped" else tuple(_known(walk, shown) for shown in _shown_of(walk.bundle))


def materials_so_far(known: Iterable[Known]) -> tuple[Material, ...]:
    """The materials in a notice's order, without those that the counter alone decides on."""
    asked: dict[Material, bool] = {}
    for entry in known:
        for material in entry.materials:
            asked[material] = asked.get(material, False) or entry.standing == "applies"
    return tuple(material for material, certain in asked.items() if certain)


def _known(walk: Walk, shown: _Shown) -> Known:
    standing = walk.standing_of(*shown.standing)
    reasons = walk.reasons(*shown.standing) if standing == "not" else ()
    told = (text for target, text in shown.names if target is None or walk.decided(target))
    name = next(told, "") or shown.item.usual("name") or shown.item.id
    asks = shown.materials if standing in ("applies", "counter") else ()
    return Known(shown.item, standing, name, reasons, tuple(id for target, id in asks if walk.decided(target)))


@lru_cache(maxsize=512)
def _shown_of(bundle: Bundle) -> tuple[_Shown, ...]:
    return tuple(map(_shown, in_order(bundle.items)))


def _shown(item: Item) -> _Shown:
    names = item.words.get("name", ())
    single = len(names) == 1 and names[0].when is None
    return _Shown(
        item,
        (Target("item", (item.id,)), Target("counter", (item.id,))),
        tuple(
            (None if single else Target("word", (item.id, "name", number)), variant.value)
            for number, variant in enumerate(names)
        ),
        tuple(
            (Target("material", (item.id, number)), (line.id, line.of)) for number, line in enumerate(item.materials)
        ),
    )
