"""What stands on the questionnaire on paper: steps with marks to tick, and a checklist over the marks.

Every condition here is over marks, and over boxes (`Box`), which it names as facts by their ids.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from ..conditions import ALWAYS, Condition
from ..model import Bundle, Choice, Deadline, Item, MaterialLine, Note, Question, Stop, Word
from ..values import Band, Computed
from ..walking.editions import Edition

T = TypeVar("T")
Change = Callable[[Condition], Condition]


@dataclass(frozen=True, slots=True)
class Range:
    """What a band of dates reaches from and to, both included; None where it has no such end."""

    lowest: date | None = None
    highest: date | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """An end of a band of numbers; `included` says whether the number itself is in the band."""

    number: Decimal
    included: bool


@dataclass(frozen=True, slots=True)
class NumberRange:
    """What a band of numbers reaches from and to; None where it has no such end."""

    lowest: Limit | None = None
    highest: Limit | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A box to tick, `3A`: a choice, a band, none of the choices, or a result. `offered` says when it may be ticked.

    `onward` is the number of the step to go to, where those between are never to be answered once this is ticked.
    """

    name: str
    value: str
    choice: Choice | None = None
    band: Band | None = None
    reach: Range | NumberRange | None = None
    offered: Condition = ALWAYS
    onward: int | None = None

    def changed(self, change: Change) -> "Mark":
        return replace(self, offered=change(self.offered))


@dataclass(frozen=True, slots=True)
class TickedBox:
    """Ticked where `when` holds, so that its name stands for all that `when` says: 甲."""

    id: str
    when: Condition
    name: str = ""


@dataclass(frozen=True, slots=True)
class PaperStop:
    """Where the marks up to here end the questionnaire."""

    stop: Stop
    when: Condition


@dataclass(frozen=True, slots=True)
class Step:
    """A question, or a computed value that the clerk works out. `guard`: the marks under which it is answered.

    `written` says that the date or number itself is needed too. `boxes`, then `stops`, are read after it, answered or
    not.
    """

    number: int
    of: Question | Computed
    guard: Condition
    marks: tuple[Mark, ...]
    written: bool = False
    boxes: tuple[TickedBox, ...] = ()
    stops: tuple[PaperStop, ...] = ()

    @property
    def id(self) -> str:
        return self.of.id

    def changed(self, change: Change) -> "Step":
        return replace(
            self,
            guard=change(self.guard),
            marks=tuple(mark.changed(change) for mark in self.marks),
            stops=tuple(replace(stop, when=change(stop.when)) for stop in self.stops),
        )


@dataclass(frozen=True, slots=True)
class Use:
    """Under which marks something belongs to items, once one of these items is ticked; `items` are their numbers."""

    items: tuple[int, ...]
    when: Condition

    def changed(self, change: Change) -> "Use":
        return replace(self, when=change(self.when))


@dataclass(frozen=True, slots=True)
class PaperItem:
    """An item of the checklist: when it applies, and when the counter decides instead (`NEVER`: it never does)."""

    number: int
    item: Item
    applies: Condition
    counter: Condition
    words: Mapping[str, Word[str]]
    deadline: Word[Deadline] = ()

    def changed(self, change: Change) -> "PaperItem":
        return replace(
            self,
            applies=change(self.applies),
            counter=change(self.counter),
            words={name: changed(word, change) for name, word in self.words.items()},
            deadline=changed(self.deadline, change),
        )


@dataclass(frozen=True, slots=True)
class PaperMaterial:
    """One material of one person; `lines` are the lines of all items that ask for it.

    With `any_of` it is one of several of which an item needs one alone: those that share the key, which stand together.
    Of these those count whose marks are there.
    """

    id: str
    of: str | None
    uses: tuple[Use, ...]
    lines: tuple[MaterialLine, ...]
    any_of: tuple[Hashable, ...] = ()

    def changed(self, change: Change) -> "PaperMaterial":
        lines = tuple(
            replace(
                line,
                originals=changed(line.originals, change),
                copies=changed(line.copies, change),
                waived_by=changed(line.waived_by, change),
            )
            for line in self.lines
        )
        return replace(self, uses=tuple(use.changed(change) for use in self.uses), lines=lines)


@dataclass(frozen=True, slots=True)
class PaperField:
    """One field of the form."""

    id: str
    uses: tuple[Use, ...]

    @property
    def person(self) -> str:
        return self.id.partition(".")[0]

    def changed(self, change: Change) -> "PaperField":
        return replace(self, uses=tuple(use.changed(change) for use in self.uses))


@dataclass(frozen=True, slots=True)
class PaperNote:
    """A note of the bundle, or of an item that applies, then with its number."""

    note: Note
    when: Condition
    item: int | None = None


@dataclass(frozen=True)
class PaperQuestionnaire:
    """The whole paper, in the order in which it is read: the steps, `boxes`, then the checklist."""

    rules: Edition
    steps: tuple[Step, ...]
    items: tuple[PaperItem, ...]
    materials: tuple[PaperMaterial, ...]
    fields: tuple[PaperField, ...]
    notes: tuple[PaperNote, ...]
    joint: Condition
    boxes: tuple[TickedBox, ...] = ()

    @property
    def bundle(self) -> Bundle:
        return self.rules.bundle

    @property
    def all_boxes(self) -> tuple[TickedBox, ...]:
        return (*(box for step in self.steps for box in step.boxes), *self.boxes)

    @cached_property
    def names(self) -> Mapping[tuple[str, str], str]:
        """What conditions call a question's or computed value's answer: `3B`; and a box, by ("", its id): 甲."""
        marks = {(step.id, mark.value): mark.name for step in self.steps for mark in step.marks}
        return marks | {("", box.id): box.name for box in self.all_boxes}

    def changed(self, change: Change) -> "PaperQuestionnaire":
        """The paper with every condition changed, but those of boxes."""
        return replace(
            self,
            steps=tuple(step.changed(change) for step in self.steps),
            items=tuple(item.changed(change) for item in self.items),
            materials=tuple(material.changed(change) for material in self.materials),
            fields=tuple(field.changed(change) for field in self.fields),
            notes=tuple(replace(note, when=change(note.when)) for note in self.notes),
            joint=change(self.joint),
        )

    def conditions(self) -> Iterator[Condition]:
        """Every condition on the paper, as often as it stands there; those of boxes last."""
        found: list[Condition] = []

        def seen(condition: Condition) -> Condition:
            found.append(condition)
            return condition

        self.changed(seen)
        yield from found
        yield from (box.when for box in self.all_boxes)


def changed(word: Word[T], change: Change) -> Word[T]:
    """The word with the conditions of its variants changed."""
    return tuple(variant if variant.when is None else replace(variant, when=change(variant.when)) for variant in word)
