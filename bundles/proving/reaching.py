"""What cases reach of a bundle: its stops, notes, items, materials, choices and facts; and what none of them does."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..conditions import ALWAYS, Told, holds
from ..faults import Fault
from ..model import NONE, Bundle, Choice, Item, MaterialLine, Question
from ..results.notices import Notice
from ..values import Band, Place
from ..walking.walks import Walk


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that a case may reach. `key` tells it from others, wherever and whenever the bundle has it."""

    kind: str
    key: Hashable
    id: str
    what: str
    place: Place | None


def things_of(bundle: Bundle) -> Iterator[Thing]:
    """All that a case may reach in a bundle."""
    for stop in bundle.stops:
        yield Thing("stop", stop.id, stop.id, f"停止 {stop.id}", stop.place)
    for item in bundle.items:
        yield from _of_item(item)
    for note in bundle.notes:
        yield Thing("note", ("", note.id), note.id, f"提示 {note.id}", note.place)
    for question in bundle.questions:
        entries: tuple[Choice | Band, ...] = (*question.choices, *question.bands)
        for entry in entries:
            place = entry.place or question.place
            yield Thing("choice", (question.id, entry.id), entry.id, f"{question.id} 的选项 {entry.id}", place)
    for fact in bundle.named_facts:
        yield Thing("fact", fact, fact, f"事实 {fact}", None)


def _of_item(item: Item) -> Iterator[Thing]:
    yield Thing("item", item.id, item.id, f"事项 {item.id}", item.place)
    for line in item.materials:
        owner = f"组 {line.group}" if line.group else f"事项 {item.id}"
        yield Thing("material", _material(item, line), line.id, f"{owner} 的材料 {_named(line)}", line.place)
    for note in item.notes:
        yield Thing("note", (item.id, note.id), note.id, f"事项 {item.id} 的提示 {note.id}", note.place)


def _material(item: Item, line: MaterialLine) -> Hashable:
    """What tells a line from others; one of a named group counts wherever the group is asked for."""
    if line.group:
        return "", line.group, line.id, line.of, line.place
    return item.id, line.id, line.of, line.written_when or ALWAYS


def _named(line: MaterialLine) -> str:
    return f"{line.id} of {line.of}" if line.of else line.id


def reached(walked: Walk) -> frozenset[tuple[str, Hashable]]:
    """The things that a walk reaches, by kind and key."""
    notice, found = Notice(walked), set[tuple[str, Hashable]]()
    found |= {("stop", stop.id) for stop in walked.stops}
    if walked.status != "stopped":
        found |= {("note", ("", note.id)) for note in walked.bundle.notes if walked.holds("note", note.id)}
    for told in notice.with_standing("applies", "counter"):
        found.add(("item", told.id))
        for number, line in enumerate(told.item.materials):
            if walked.holds("material", told.id, number):
                found.add(("material", _material(told.item, line)))
        for note in told.item.notes:
            if told.standing == "applies" and walked.holds("note", told.id, note.id):
                found.add(("note", (told.id, note.id)))
    for question in walked.bundle.questions:
        found |= {("choice", (question.id, value)) for value in _picked(walked, question)}
    known = _known(walked)
    found |= {("fact", fact) for fact, condition in walked.bundle.facts.items() if holds(condition, known)}
    return frozenset(found)


def _known(walked: Walk) -> Told:
    """What is known at the end of a walk; of a question that it didn't need to ask, nothing."""
    values: dict[str, set[str]] = {}
    for number, value in walked.assigned.items():
        variable = walked.program.variables[number]
        picked = values.setdefault(variable.name, set())
        if variable.kind != "tick":
            picked.add(variable.values[value])
        elif value:
            picked.add(variable.tick)
    known = {name: frozenset(picked or {NONE}) for name, picked in values.items()}
    return Told(known, walked.rules.valued, walked.rules.confirmed, walked.bundle.facts)


def _picked(walked: Walk, question: Question) -> Iterable[str]:
    answer = walked.used.get(question.id)
    if answer is None:
        return ()
    if isinstance(answer, frozenset):
        return answer
    return (answer,) if isinstance(answer, str) else (walked.rules.band(question, answer),)


def unreached(bundles: Sequence[Bundle], walks: Iterable[Walk], facts: Mapping[str, Place]) -> Iterator[Fault]:
    """A remark for each thing of these bundles, one bundle in several regions, that no walk reaches.

    `facts` says where each fact is written.
    """
    there: set[tuple[str, Hashable]] = set().union(*map(reached, walks))
    told: set[tuple[str, Hashable]] = set()
    for bundle in (some for one in bundles for some in (one, *one.later)):
        for thing in things_of(bundle):
            name = (thing.kind, thing.key)
            if name not in there and name not in told:
                told.add(name)
                place = thing.place or facts.get(thing.id) or Place(bundle.file, 1)
                said = "没有情形满足" if thing.kind == "fact" else "没有情形走到"
                yield Fault(place, "R01", thing.id, f"{said}：{thing.what}。", "补一个情形。")
