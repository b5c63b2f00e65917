"""What a faulty file still says, put together so that its logic can be looked at: what names nothing is left out."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from ..conditions import Answered, Condition, FactIs, Resulted, Unread, parts_of, questions_in
from ..model import NONE, Bundle, Choice, Item, Note, Question, Stop
from ..reading.keys import FIELD_IDENTIFIER, IDENTIFIER
from ..tested import conditions_of
from ..values import Band, Computed, FigureEntry, Param, ParamRef, figures_in


class _Named(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Named)


def sound(bundle: Bundle) -> Bundle:
    """The bundle, which is faulty, without what would lead nowhere. Faults have been told where it was read."""
    questions = _distinct(bundle.questions)
    known = {question.id for question in questions}
    facts = _without_circles(bundle)
    tested = _tested(bundle)
    computed = tuple(
        _resting(entry, bundle.questions, known)
        for entry in _distinct(bundle.computed)
        if known and (entry.gives or entry.id in tested)
    )
    questions = tuple(_with_values(question, tested.get(question.id, set())) for question in questions)
    computed = tuple(
        replace(entry, gives=(*entry.gives, *sorted(tested.get(entry.id, set()) - set(entry.gives))))
        for entry in computed
    )
    whole = replace(
        bundle, questions=_in_turn(questions, facts, computed), facts=facts, computed=computed,
        stops=_distinct(bundle.stops), notes=_distinct(bundle.notes),
        items=tuple(_item(item, questions) for item in _distinct(bundle.items)),
        repeat={person: name for person, name in bundle.repeat.items() if name in known or name == "form"},
        later=tuple(sound(later) for later in bundle.later),
    )  # fmt: skip
    return replace(whole, params=_params(whole), figures=_figures(whole, known))


def _distinct(entries: Iterable[T]) -> tuple[T, ...]:
    found: dict[str, T] = {}
    for entry in entries:
        found.setdefault(entry.id, entry)
    return tuple(found.values())


def _resting(entry: Computed, questions: Sequence[Question], known: Collection[str]) -> Computed:
    """A computed value without what it rests on and isn't there; on the first question where nothing is left."""
    of = tuple(name for name in entry.of if name.startswith("$") or name in known)
    return replace(entry, of=of if any(name in known for name in of) else (questions[0].id, *of))


def _tested(bundle: Bundle) -> dict[str, set[str]]:
    """The values that conditions test, by question or computed value."""
    found: dict[str, set[str]] = {}
    for condition in conditions_of(bundle):
        for part in parts_of(condition, {}):
            if isinstance(part, Answered):
                found.setdefault(part.question, set()).update(part.choices)
            elif isinstance(part, Resulted):
                found.setdefault(part.computed, set()).update(part.results)
    return found


def _with_values(question: Question, tested: set[str]) -> Question:
    """The question with an answer for each value that is tested but isn't there: it may be what is missing."""
    more = sorted(tested - set(question.values) - {NONE})
    if question.type in ("date", "number"):
        bands = tuple(Band(id, "up_to", ParamRef(f"?{question.id}={id}")) for id in more)
        return replace(question, bands=(*bands, *question.bands))
    return replace(question, choices=(*question.choices, *(Choice(id, id, place=question.place) for id in more)))


def _in_turn(
    questions: Sequence[Question], facts: dict[str, Condition], computed: Iterable[Computed]
) -> tuple[Question, ...]:
    """The questions; a gate or offer that rests on one which isn't asked before may hold or not."""
    inputs = {entry.id: entry.questions for entry in computed}

    def gate(when: Condition | None, asked: Collection[str], name: str) -> Condition | None:
        late = when is not None and not questions_in(when, facts, inputs).issubset(asked)
        return Unread((f"?when {name}",)) if late else when

    found, asked = [], set[str]()
    for question in questions:
        id = question.id
        choices = tuple(replace(one, when=gate(one.when, asked, f"{id}={one.id}")) for one in question.choices)
        found.append(replace(question, when=gate(question.when, asked, id), choices=choices))
        asked.add(id)
    return tuple(found)


def _item(item: Item, questions: Iterable[Question]) -> Item:
    dates = {question.id for question in questions if question.type == "date"}
    deadline = tuple(variant for variant in item.deadline if variant.value.start in dates)
    materials = tuple(
        replace(line, of=line.of if line.of and IDENTIFIER.match(line.of) else None)
        for line in item.materials
        if IDENTIFIER.match(line.id)
    )
    fields = tuple(line for line in item.fields if FIELD_IDENTIFIER.match(line.id))
    words = {name: tuple(said for said in word if said.value is not None) for name, word in item.words.items()}
    return replace(
        item, words=words, deadline=deadline, materials=materials, fields=fields, notes=_distinct(item.notes)
    )


def _without_circles(bundle: Bundle) -> dict[str, Condition]:
    """The facts; one that rests on itself may hold or not."""
    facts = dict(bundle.facts)
    for name in facts:
        if _rests_on(name, name, facts):
            facts[name] = Unread((f"?fact {name}",))
    return facts


def _rests_on(start: str, goal: str, facts: dict[str, Condition]) -> bool:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        used = {part.fact for part in parts_of(facts[waiting.pop()], {}) if isinstance(part, FactIs)}
        if goal in used:
            return True
        waiting += [name for name in used - seen if name in facts]
        seen |= used
    return False


def _params(bundle: Bundle) -> dict[str, Param]:
    limits: list[object] = [band.limit for question in bundle.questions for band in question.bands]
    limits += [variant.value.within for item in bundle.items for variant in item.deadline]
    missing = {limit.name for limit in limits if isinstance(limit, ParamRef)} - set(bundle.params)
    return {**bundle.params, **{name: Param(name, ()) for name in missing}}


def _figures(bundle: Bundle, known: set[str]) -> dict[str, FigureEntry]:
    """The figures that texts may show; one that isn't there rests on nothing."""
    told: list[Note | Stop] = [*bundle.stops, *bundle.notes, *(note for item in bundle.items for note in item.notes)]
    texts = [entry.tell for entry in told] + [stop.instead for stop in bundle.stops]
    texts += [said.value or "" for item in bundle.items for word in item.words.values() for said in word]
    figures = {
        name: replace(entry, of=tuple(one for one in entry.of if one.startswith("$") or one in known))
        for name, entry in bundle.figures.items()
    }
    return {name: FigureEntry(name, "", ()) for name in figures_in(*texts)} | figures
