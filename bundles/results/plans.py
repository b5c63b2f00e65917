"""What a notice looks at, put together once for a bundle: what may be told of each item, and what decides on it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from ..model import Bundle, Deadline, FieldLine, Item, MaterialLine, Note, Word
from ..walking.compiling import Target
from ..walking.walks import Walk

T = TypeVar("T")


class Said(NamedTuple, Generic[T]):
    """A word with its source; `confirmed` is false where nobody has confirmed it for the region."""

    value: T
    confirmed: bool = True
    source: str | None = None


Sayings = tuple[tuple[Target | None, Said[T]], ...]  # None: the only one, whatever was answered


@dataclass(frozen=True, slots=True)
class PlannedMaterial:
    """A line of an item; `target` decides whether it is asked for."""

    target: Target
    line: MaterialLine
    originals: Sayings[int]
    copies: Sayings[int]


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """An item; `applies` and `counter` decide where it stands."""

    item: Item
    applies: Target
    counter: Target
    words: Mapping[str, Sayings[str]]
    deadline: Sayings[Deadline]
    materials: tuple[PlannedMaterial, ...]
    fields: tuple[tuple[Target, FieldLine], ...]
    notes: tuple[tuple[Target, Note], ...]


@lru_cache(maxsize=512)
def plan_of(bundle: Bundle) -> tuple[PlannedItem, ...]:
    """The items of a bundle in the order in which they are done."""
    return tuple(map(_planned, in_order(bundle.items)))


def in_order(items: Iterable[Item]) -> tuple[Item, ...]:
    """Items in the order in which they are done: after what they wait for, else as declared."""
    waiting = list(items)
    done: dict[str, Item] = {}
    while waiting:
        ready = next(item for item in waiting if all(name in done for name in item.after))
        waiting.remove(ready)
        done[ready.id] = ready
    return tuple(done.values())


def said(walk: Walk, sayings: Sayings[T]) -> Said[T] | None:
    """The one that counts: the first whose condition holds."""
    return next((one for target, one in sayings if target is None or walk.decided(target)), None)


def _planned(item: Item) -> PlannedItem:
    return PlannedItem(
        item,
        Target("item", (item.id,)),
        Target("counter", (item.id,)),
        {name: _sayings(word, item.id, name) for name, word in item.words.items()},
        _sayings(item.deadline, item.id, "deadline"),
        tuple(
            PlannedMaterial(
                Target("material", (item.id, number)),
                line,
                _sayings(line.originals, item.id, number, "originals"),
                _sayings(line.copies, item.id, number, "copies"),
            )
            for number, line in enumerate(item.materials)
        ),
        tuple((Target("field", (item.id, number)), line) for number, line in enumerate(item.fields)),
        tuple((Target("note", (item.id, note.id)), note) for note in item.notes),
    )


def _sayings(word: Word[T], *path: str | int) -> Sayings[T]:
    single = len(word) == 1 and word[0].when is None
    return tuple(
        (
            None if single else Target("word", (*path, number)),
            Said(variant.value, variant.confirmed, variant.source),
        )
        for number, variant in enumerate(word)
    )
