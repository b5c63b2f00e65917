"""What the engine tells, in the shape in which `Plain` tells it, and whether both are the same."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from bundles.amounts import Amount, Asked, Looked, Named, Ticked, leaves
from bundles.results.notices import Notice
from bundles.results.plans import said
from bundles.values import FigureEntry, FigureRef, figures_in
from bundles.walking.answers import Answer
from bundles.walking.diagrams import FALSE
from bundles.walking.walks import Walk

WORDS = ("name", "department", "at", "result", "fee", "where", "how", "due", "days", "legal_days", "basis")


def spelled(value: object) -> str:
    """A figure however it is counted."""
    for part in ("yuan", "value", "number"):
        value = getattr(value, part, value)
    return str(Fraction(value)) if isinstance(value, Decimal | int | Fraction) else str(value)


def told_by(walk: Walk) -> dict[str, Any]:
    """What the engine tells, in the shape of `Plain.told`."""
    if walk.status == "stopped":
        return {"stopped": True, "stops": [stop.id for stop in walk.stops]}
    assert walk.status == "finished", f"still asks {walk.question and walk.question.id}"
    notice = Notice(walk)
    told: dict[str, Any] = {"stopped": False, "joint": notice.joint, "words": {}}
    told["standing"] = {entry.id: entry.standing for entry in notice.items}
    told["notes"] = sorted(note.id for note in notice.notes)
    for entry in notice.with_standing("applies", "counter"):
        for name in WORDS:
            said = entry.words.get(name)
            told["words"][entry.id, name] = said.value if said else None
        due = entry.due
        until = (due.within or due.day) if due else None
        told["words"][entry.id, "deadline"] = (due.start, walk.used.get(due.start), until) if due and until else None
    told["materials"] = {
        (need.id, need.of, need.any_of): (
            (need.originals, need.copies),
            need.apart,
            set(need.items),
            sorted((item, waiver.value) for item, waiver in need.waivers),
        )
        for need in notice.materials
    }
    told["counted"] = counted_by(notice)
    told["fields"] = {need.id: set(need.items) for need in notice.fields}
    persons = {need.of for need in notice.materials if need.of} | {need.person for need in notice.fields}
    numbers = {person: notice.repeats(person) for person in persons}
    told["persons"] = {person: number for person, number in numbers.items() if number not in (None, "form")}
    told["figured"] = figured_by(notice, told["words"])
    shown = {name for text in texts_of(notice, told["words"]) for name in figures_in(text)}
    figures = notice.bundle.figures
    told["amounts"] = {name: spelled(walk.figure(name)) for name in figures if name in shown and figures[name].cases}
    return told


def counted_by(notice: Notice) -> dict[str, Answer]:
    """The numbers of persons by which papers are counted."""
    found: dict[str, Answer] = {}
    for told in notice.with_standing("applies", "counter"):
        for planned in told.plan.materials:
            if notice.walk.decided_by(planned.way):
                counts = [said(notice.walk, sayings) for sayings in (planned.originals, planned.copies)]
                pers = [count.value.per for count in counts if count and count.value.per]
                found |= {per: notice.walk.used[per] for per in pers if per in notice.walk.used}
    return found


def texts_of(notice: Notice, words: Mapping[Any, Any]) -> list[str]:
    return [note.tell for note in notice.notes] + [text for text in words.values() if isinstance(text, str)]


def figured_by(notice: Notice, words: Mapping[Any, Any]) -> dict[str, Answer]:
    """The answers on which the engine's figures rest, in the texts that are told."""
    names = [*figures_in(*texts_of(notice, words)), *lengths_by(notice)]
    found: set[str] = set()
    for name in names:
        if name in notice.bundle.figures:
            found |= worked_with(notice.walk, notice.bundle.figures[name])
    given = {id: notice.walk.used.get(id) for id in sorted(found)}
    return {id: answer for id, answer in given.items() if answer is not None}


def lengths_by(notice: Notice) -> list[str]:
    """The figures by which the deadlines run that are told."""
    found = []
    for told in notice.with_standing("applies", "counter"):
        for number, variant in enumerate(told.item.deadline):
            single = len(told.item.deadline) == 1 and variant.when is None
            held = single or notice.walk.holds("word", told.id, "deadline", number)
            if held and isinstance(variant.value.within, FigureRef):
                found.append(variant.value.within.name)
    return found


def worked_with(walk: Walk, entry: FigureEntry) -> set[str]:
    """The questions with whose answers the case that counts works."""
    if not entry.cases:
        return set(entry.questions)
    amount = walk.counting(entry)
    found: set[str] = set()
    if amount is None or not can_be_known(walk, amount):
        return found
    for leaf in leaves(amount):
        if isinstance(leaf, Named):
            found |= worked_with(walk, walk.bundle.figures[leaf.figure])
        elif isinstance(leaf, Looked):
            found |= set(walk.bundle.tables[leaf.table].by)
        elif isinstance(leaf, Asked | Ticked):
            found.add(leaf.question)
    return found


def can_be_known(walk: Walk, amount: Amount) -> bool:
    """Whether every question that an amount takes arises."""
    for leaf in leaves(amount):
        if isinstance(leaf, Named):
            nested = walk.counting(walk.bundle.figures[leaf.figure])
            if nested is None or not can_be_known(walk, nested):
                return False
        asked = walk.bundle.tables[leaf.table].by if isinstance(leaf, Looked) else ()
        asked = (leaf.question,) if isinstance(leaf, Asked | Ticked) else asked
        program = walk.program
        if any(program.diagrams.follow(program.gates[id], walk.assigned) == FALSE for id in asked):
            return False
    return True


def same(told: Mapping[str, Any], expected: Mapping[str, Any]) -> None:
    """Fails with what differs. A walk that is stopped may name fewer stops than hold: it ended at the first."""
    if told["stopped"] and expected["stopped"]:
        assert told["stops"], "stopped without a stop"
        assert set(told["stops"]) <= set(expected["stops"])
        return
    keys = [key for key in {**told, **expected} if told.get(key) != expected.get(key)]
    assert not keys, "; ".join(f"{key}: told {told.get(key)}, plainly {expected.get(key)}" for key in keys)
