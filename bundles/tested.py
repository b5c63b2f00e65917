"""Every condition that is written in a bundle."""

from collections.abc import Iterator

from .conditions import Answered, Condition, FactIs, Resulted, parts_of
from .model import Bundle, Deadline, FieldLine, Note, Variant
from .values import WorkedOut

_Conditional = FieldLine | Note | Variant[Deadline]


def conditions_of(bundle: Bundle) -> Iterator[Condition]:
    """Every condition written in a bundle."""
    found: list[Condition | None] = [bundle.joint, *bundle.facts.values()]
    for question in bundle.questions:
        found += [question.when, *(choice.when for choice in question.choices)]
    found += [stop.when for stop in bundle.stops] + [note.when for note in bundle.notes]
    found += [same.when for same in bundle.same]
    found += [rival.held for one_of in bundle.one_of for rival in one_of.rivals]
    for item in bundle.items:
        found += [item.as_written.when, item.as_written.may_when]
        conditional: tuple[_Conditional, ...] = (*item.fields, *item.notes, *item.deadline)
        found += [line.written_when for line in item.materials] + [entry.when for entry in conditional]
        found += [variant.when for word in item.words.values() for variant in word]
        for line in item.materials:
            found += [variant.when for variant in (*line.originals, *line.copies, *line.waived_by)]
    entries: tuple[WorkedOut, ...] = (*bundle.computed, *bundle.figures.values())
    found += [case.when for entry in entries for case in entry.cases]
    return (condition for condition in found if condition is not None)


def values_tested(bundle: Bundle) -> dict[str, set[str]]:
    """The tested values by question or computed value, in tables too; each fact is opened once."""
    found: dict[str, set[str]] = {}
    for table in bundle.tables.values():
        for path in (path for state in table.states for path in state.values):
            for question, value in zip(table.by, path, strict=False):
                found.setdefault(question, set()).add(value)
    closed = dict(bundle.facts)
    waiting = list(conditions_of(bundle))
    while waiting:
        for part in parts_of(waiting.pop(), {}):
            match part:
                case Answered(name, values) | Resulted(name, values):
                    found.setdefault(name, set()).update(values)
                case FactIs(fact) if fact in closed:
                    waiting.append(closed.pop(fact))
                case _:
                    pass
    return found
