"""Every condition that is written in a bundle."""

from collections.abc import Iterator

from ..conditions import Condition
from ..model import Bundle, Deadline, FieldLine, MaterialLine, Note, Variant
from ..values import WorkedOut

_Conditional = MaterialLine | FieldLine | Note | Variant[Deadline]


def conditions_of(bundle: Bundle) -> Iterator[Condition]:
    """Every condition written in a bundle."""
    found: list[Condition | None] = [bundle.joint, *bundle.facts.values()]
    for question in bundle.questions:
        found += [question.when, *(choice.when for choice in question.choices)]
    found += [stop.when for stop in bundle.stops] + [note.when for note in bundle.notes]
    found += [same.when for same in bundle.same]
    for item in bundle.items:
        found += [item.when, item.may_when]
        conditional: tuple[_Conditional, ...] = (*item.materials, *item.fields, *item.notes, *item.deadline)
        found += [entry.when for entry in conditional]
        found += [variant.when for word in item.words.values() for variant in word]
        for line in item.materials:
            found += [variant.when for variant in (*line.originals, *line.copies)]
    entries: tuple[WorkedOut, ...] = (*bundle.computed, *bundle.figures.values())
    found += [case.when for entry in entries for case in entry.cases]
    return (condition for condition in found if condition is not None)
