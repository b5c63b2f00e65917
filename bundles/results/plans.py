"""What a notice looks at, put together once for rules: what may be told of each item, and where that is decided."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from ..model import Count, Deadline, FieldLine, Item, MaterialLine, Note, Variant, Word
from ..walking.compiling import Kind, Program, Target, Way
from ..walking.walks import Walk

T = TypeVar("T")


class Said(NamedTuple, Generic[T]):
    """A word with its source; `confirmed` is false where nobody has confirmed it for the region.

    A text that is empty is one that nobody knows. It was said `until` that day.
    """

    value: T
    confirmed: bool = True
    source: str | None = None
    until: date | None = None


Sayings = tuple[tuple[Way | None, Said[T]], ...]  # None: the only one, whatever was answered


@dataclass(frozen=True, slots=True)
class PlannedMaterial:
    """A line of an item; `way` decides whether it is asked for."""

    way: Way
    line: MaterialLine
    originals: Sayings[Count]
    copies: Sayings[Count]
    waived_by: Sayings[str]


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """An item; `applies` and `counter` decide where it stands.

    `plain`: each of its papers stands alone, in a number that no number of persons changes.
    """

    item: Item
    applies: Way
    counter: Way
    words: Mapping[str, Sayings[str]]
    deadline: Sayings[Deadline]
    materials: tuple[PlannedMaterial, ...]
    plain: bool
    fields: tuple[tuple[Way, FieldLine], ...]
    notes: tuple[tuple[Way, Note], ...]


@lru_cache(maxsize=512)
def plan_of(program: Program) -> tuple[PlannedItem, ...]:
    """The items of a bundle in the order in which they are done."""
    return tuple(_planned(program, item) for item in in_order(program.bundle.items))


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
    return next((one for way, one in sayings if way is None or walk.decided_by(way)), None)


def _planned(program: Program, item: Item) -> PlannedItem:
    def way(kind: Kind, *path: str | int) -> Way:
        return program.way(Target(kind, (item.id, *path)))

    def sayings(word: Word[T], *path: str | int) -> Sayings[T]:
        single = len(word) == 1 and word[0].when is None
        return tuple(
            (None if single else way("word", *path, number), _said(entry)) for number, entry in enumerate(word)
        )

    return PlannedItem(
        item,
        way("item"),
        way("counter"),
        {name: sayings(word, name) for name, word in item.words.items()},
        sayings(item.deadline, "deadline"),
        tuple(
            PlannedMaterial(
                way("material", number),
                line,
                sayings(line.originals, number, "originals"),
                sayings(line.copies, number, "copies"),
                sayings(line.waived_by, number, "waived_by"),
            )
            for number, line in enumerate(item.materials)
        ),
        all(map(_is_plain, item.materials)),
        tuple((way("field", number), line) for number, line in enumerate(item.fields)),
        tuple((way("note", note.id), note) for note in item.notes),
    )


def _said(entry: Variant[T]) -> Said[T]:
    return Said(entry.value, entry.confirmed, entry.source, entry.until)


def _is_plain(line: MaterialLine) -> bool:
    return line.any_of is None and not any(count.value.per for count in (*line.originals, *line.copies))
