"""What is clear so far of a walk that still asks: where each item stands, why one isn't needed, the materials till now.

It is what `Notice` says of the same, without what only a notice tells. Where an item's diagrams lead depends on the
values of the variables that they test and on nothing else; so it is worked out once, and kept by these values.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock

from cachetools import LRUCache

from ..model import Item
from ..walking.compiling import Program, Target
from ..walking.diagrams import bits
from ..walking.navigation import Navigation
from ..walking.walks import Reason, Standing, Walk
from .notices import Notice, in_order

MOST_KEPT = 20_000  # of items under some values; half a kilobyte each

_Values = tuple[int | None, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What is clear of an item. `name` is a text of the catalogue, as it is called under these answers.

    `deciding` are the answers that brought an item to `not`, forced ones too; `materials` what it asks for already.
    """

    item: Item
    standing: Standing
    name: str
    deciding: tuple[Reason, ...]
    materials: tuple[tuple[str, str | None], ...]


_kept: LRUCache[tuple[Navigation, str, _Values], Known] = LRUCache(MOST_KEPT)
_tested: dict[Navigation, tuple[tuple[Item, tuple[int, ...]], ...]] = {}
_lock = Lock()


def known_so_far(walk: Walk) -> tuple[Known, ...]:
    """Every item in the order in which they are done; none under a stop."""
    if walk.status == "stopped":
        return ()
    navigation = walk.navigation
    if navigation not in _tested:
        _tested[navigation] = tuple(
            (item, _variables(navigation.program, item)) for item in in_order(walk.bundle.items)
        )
    return tuple(_known(walk, item, variables) for item, variables in _tested[navigation])


def materials_so_far(known: Iterable[Known]) -> tuple[tuple[str, str | None], ...]:
    """The materials, each with whose it is, in a notice's order; without those that the counter alone decides on."""
    asked: dict[tuple[str, str | None], bool] = {}
    for entry in known:
        for material in entry.materials:
            asked[material] = asked.get(material, False) or entry.standing == "applies"
    return tuple(material for material, certain in asked.items() if certain)


def _variables(program: Program, item: Item) -> tuple[int, ...]:
    """The variables that the diagrams of what is shown of an item test, in ascending order."""
    mask = 0
    for target in program.targets:
        if _is_shown(target, item.id):
            for node in (program.targets[target], program.roots[target]):
                mask |= program.diagrams.supports[node]
    return tuple(bits(mask))


def _is_shown(target: Target, item: str) -> bool:
    match target:
        case Target("item" | "counter", (owner,)) | Target("material", (owner, _)) | Target("word", (owner, "name", _)):
            return owner == item
        case _:
            return False


def _known(walk: Walk, item: Item, variables: tuple[int, ...]) -> Known:
    key = (walk.navigation, item.id, tuple(map(walk.assigned.get, variables)))
    with _lock:
        found = _kept.get(key)
    if found is None:
        found = _work_out(walk, item)
        with _lock:
            _kept[key] = found
    return found


def _work_out(walk: Walk, item: Item) -> Known:
    notice = Notice(walk)
    standing = walk.standing(item.id)
    told = notice.variant(item.words["name"], item.id, "name") if "name" in item.words else None
    deciding = walk.deciding(Target("item", (item.id,)), Target("counter", (item.id,))) if standing == "not" else ()
    asks = standing in ("applies", "counter")
    materials = [
        (line.id, line.of)
        for number, line in enumerate(item.materials)
        if asks and walk.holds("material", item.id, number)
    ]
    name = (told.value if told else "") or item.usual("name") or item.id
    return Known(item, standing, name, deciding, tuple(dict.fromkeys(materials)))
