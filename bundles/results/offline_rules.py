"""The rules of a bundle as plain data, from which the offline page walks by itself (static/offline/engine.js).

Nothing is decided here: the data are the compiled diagrams, the states' start, and the texts.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

from ..computing import law_for
from ..conditions import Answered, Condition, Every, Not, Some
from ..dictionary import FieldEntry, MaterialEntry, PlaceEntry
from ..facts import Fact, is_past
from ..model import (
    AnyOf,
    Choice,
    Count,
    Deadline,
    Item,
    MaterialLine,
    Members,
    Note,
    OneOf,
    Question,
    Rival,
    Stop,
    Variant,
    Word,
    is_told,
)
from ..times import read_span
from ..values import Band, EndOf, FigureRef, ParamRef, Table, WorkedOut
from ..walking.compiling import Target
from ..walking.diagrams import TRUE, Diagrams
from ..walking.editions import Edition, param_limit
from ..walking.walks import navigation_of
from ..walking.working_out import is_confirmed, past_of
from .amounts_as_data import amount_data, as_data, hundredths, limit_data
from .case_codes import bundle_number
from .offline_days import calendar_data, next_change
from .outcomes import official
from .plans import in_order
from .speech import Say, as_written
from .texts import NAMED_ELSEWHERE

T = TypeVar("T")
Data = dict[str, Any]
Nodes = list[int]


def offline_rules(rules: Edition, region: str, say: Say = as_written, city: str = "") -> Data:
    """Everything that a walk, its notice, form and case code need. Nodes are numbers: 0 is FALSE, 1 is TRUE.

    `children` has all nodes' children in a row, each as 0, 1, or one more than how many numbers it stands before its
    node: children stand close by, so a packer finds more that repeats.

    Numbers are in hundredths, days as 2026-11-22, a span as `[30, "days"]`. `until` is the first day on which other
    rules hold, None where none is known.
    """
    return _Export(rules, region, say, city).data()


@dataclass(slots=True)
class _Store:
    """Nodes renumbered without gaps, children first; `data` has each node's variable, and its children."""

    numbers: dict[int, int]
    data: Data


def _store(diagrams: Diagrams, wanted: Iterable[int]) -> _Store:
    reached: set[int] = set()
    waiting = list(wanted)
    while waiting:
        node = waiting.pop()
        if node > TRUE and node not in reached:
            reached.add(node)
            waiting += diagrams.children[node]
    order = sorted(reached)  # a node is made after its children
    numbers = {0: 0, 1: 1} | {node: number for number, node in enumerate(order, 2)}
    children = [
        numbers[child] if child <= TRUE else number + 1 - numbers[child]
        for number, node in enumerate(order, 2)
        for child in diagrams.children[node]
    ]
    return _Store(numbers, {"tests": [diagrams.variables[node] for node in order], "children": children})


class _Export:
    def __init__(self, rules: Edition, region: str, say: Say, city: str) -> None:
        self.city = city
        self.rules, self.bundle, self.region, self.say = rules, rules.bundle, region, say
        self.navigation = navigation_of(rules)
        self.program = self.navigation.program
        start = self.navigation.start
        wanted = [*start.nodes, *start.sides, *self.program.targets.values(), *self.program.roots.values()]
        wanted += self.program.gates.values()
        wanted += [node for offers in self.program.offers.values() for node in offers.values()]
        wanted += [node for nodes in self.program.cases.values() for node in nodes]
        self.store = _store(self.program.diagrams, wanted)

    def data(self) -> Data:
        bundle = self.bundle
        return {
            "bundle": bundle.id,
            "title": self.say(bundle.title),
            "version": bundle.version,
            "number": bundle_number(bundle.id),
            "region": self.region,
            "today": self.rules.today.isoformat(),
            "until": next_change(self.rules),
            "variables": [_filled({"kind": entry.kind, "name": entry.name, "values": entry.values, "tick": entry.tick})
                          for entry in self.program.variables],
            **self.store.data,
            "start": self.numbered(self.navigation.start.nodes),
            "sides": self.numbered(self.navigation.start.sides),
            "owned": self.navigation.owned,
            "questions": [self.question(question) for question in bundle.questions],
            "computed": [
                {"id": entry.id, **self.worked_out(entry), **_filled({"bands": list(map(self.limit, entry.bands))})}
                for entry in bundle.computed
            ],
            "figures": {
                entry.id: {**self.worked_out(entry), "unit": entry.unit, "confirmed": is_confirmed(self.rules, entry)}
                | _past(past_of(self.rules, entry))
                for entry in bundle.figures.values()
            },
            "tables": {table.id: self.table(table) for table in bundle.tables.values()},
            "law": law_data(entry.by for entry in self.functions),
            "params": self.params(),
            "stops": [self.stop(stop) for stop in bundle.stops],
            "items": [self.item(item) for item in in_order(bundle.items)],
            "notes": [self.note(note, note.id) for note in bundle.notes],
            "one_of": list(map(self.one_of, bundle.one_of)),
            "joint": self.target("joint"),
            "joint_else": self.say(bundle.joint_else),
            "same": [
                {"person": same.person, "other": same.other, "when": self.target("same", number)}
                for number, same in enumerate(bundle.same)
            ],
            "fills": dict(bundle.fills),
            "repeat": dict(bundle.repeat),
            **_filled({"members": [self.members(table) for table in bundle.members]}),
            "visits": [bundle.visits_before, bundle.visits_after],
            **_filled({"visits_unsure": bundle.visits_before is not None and not bundle.visits_confirmed}),
            **self.dictionaries(),
            "calendar": calendar_data(),
        }  # fmt: skip

    # Nodes

    def numbered(self, nodes: Iterable[int]) -> Nodes:
        return [self.store.numbers[node] for node in nodes]

    def target(self, kind: str, *path: str | int) -> Nodes:
        """A target's own node and, where it differs, the one under which something may be asked for it."""
        key = Target(kind, path)  # type: ignore[arg-type]  # one of Kind by construction
        return self.numbered(dict.fromkeys(self.program.way(key)))

    # Questions

    def question(self, question: Question) -> Data:
        said = {name: self.say(getattr(question, name)) for name in ("ask", "hint", "why", "section", "unit", "none")}
        return _filled({
            "id": question.id,
            "type": question.type,
            **said,
            "gate": self.store.numbers[self.program.gates[question.id]],
            "least": question.least,
            "future": question.future,
            "whole": question.id in self.bundle.counting,
            "range": _range(question),
            "choices": [self.choice(question, number) for number in range(len(question.choices))],
            "bands": [self.band(band) for band in question.bands],
        })  # fmt: skip

    def choice(self, question: Question, number: int) -> Data:
        choice = question.choices[number]
        told = {"id": choice.id, "label": self.say(choice.label, question.ask), "hint": self.say(choice.hint)}
        told = _filled(told) | (self.official(choice) if question.id in self.filling else {})
        offer = self.program.offers[question.id].get(choice.id)
        if offer is None:
            return told
        place = self.navigation.places[question.id, choice.id]
        return told | {"offer": self.store.numbers[offer], "side": place}

    @cached_property
    def filling(self) -> frozenset[str]:
        """The questions whose answers fill boxes."""
        return frozenset(self.bundle.fills.values())

    def official(self, choice: Choice) -> Data:
        """What a form prints for a choice, where that isn't its label."""
        word = official(choice, self.city)
        return {} if word == choice.label else {"official": word}

    def members(self, table: Members) -> Data:
        """A table of people; only bundles with one have any."""
        said = {name: self.say(getattr(table, name)) for name in ("ask", "hint", "why", "row")}
        return _filled({
            "id": table.id,
            **said,
            "most": table.most,
            "columns": [self.column(column) | _filled({"fills": table.fills.get(column.id)})
                        for column in table.columns],
            "results": [
                _filled({"question": result.question, "kind": result.kind, "column": result.column})
                | {"where": _rows(result.where)}
                for result in table.results
            ],
        })  # fmt: skip

    def column(self, column: Question) -> Data:
        said = {name: self.say(getattr(column, name)) for name in ("ask", "hint", "unit")}
        choices = [
            _filled({"id": one.id, "label": self.say(one.label, column.ask), "hint": self.say(one.hint)})
            | self.official(one)
            for one in column.choices
        ]
        bands = list(map(self.band, column.bands))
        return _filled(
            {"id": column.id, "type": column.type, **said, "range": _range(column), "choices": choices, "bands": bands}
        )

    # What is worked out

    @cached_property
    def functions(self) -> list[WorkedOut]:
        """What is worked out by a function."""
        entries: tuple[WorkedOut, ...] = (*self.bundle.computed, *self.bundle.figures.values())
        return [entry for entry in entries if not entry.cases]

    def params(self) -> Data:
        """The values that functions are given."""
        names = sorted({name[1:] for entry in self.functions for name in entry.of if name.startswith("$")})
        return {name: as_data(self.bundle.params[name].on(self.rules.today).value) for name in names}

    def worked_out(self, entry: WorkedOut) -> Data:
        if not entry.cases:
            return {"by": entry.by, "of": entry.of}
        holding = [self.numbered(dict.fromkeys(way)) for way in self.program.case_ways(entry)]
        amounts = [amount_data(self.rules, amount) for amount in entry.amounts]
        return {"of": entry.of, "cases": [list(pair) for pair in zip(amounts, holding, strict=True)]}

    def limit(self, band: Band) -> Data:
        """A band of an amount; its limit is written in full."""
        limit = param_limit(self.bundle, self.rules.today, band)
        return _filled({"id": band.id, "kind": band.kind, "limit": f"{limit:f}" if isinstance(limit, Decimal) else ""})

    def table(self, table: Table) -> Data:
        cells = table.on(self.rules.today).values.items()
        return {"by": table.by, "cells": [[path, f"{value:f}"] for path, value in cells]}

    def band(self, band: Band) -> Data:
        limit = param_limit(self.bundle, self.rules.today, band)
        return _filled({"id": band.id, "kind": band.kind, "limit": limit_data(limit)})

    # What is told

    def stop(self, stop: Stop) -> Data:
        told = {"id": stop.id, "tell": self.say(stop.tell), "instead": self.say(stop.instead)}
        return _filled(told | self.standing(stop)) | {"when": self.target("stop", stop.id)}

    def note(self, note: Note, *path: str) -> Data:
        told = {"id": note.id, "tell": self.say(note.tell), "verdict": note.verdict}
        return _filled(told | self.standing(note)) | {"when": self.target("note", *path)}

    def standing(self, fact: Fact) -> Data:
        """Whether nobody confirmed a fact, and until when it was said where that is past."""
        return {"unsure": not fact.confirmed} | _past(fact.until if is_past(fact, self.rules.today) else None)

    def item(self, item: Item) -> Data:
        return _filled({
            "id": item.id,
            "usual": self.say(item.usual("name")),
            "after": item.after,
            "wish": item.wish,
            "unsure": not item.confirmed,
            "words": {
                name: self.texts(word, item.id, name) for name, word in item.words.items() if is_told(name, word)
            },
            "deadline": self.word(item.deadline, self.deadline, item.id, "deadline"),
            "materials": [self.material(line, item.id, number) for number, line in enumerate(item.materials)],
            "fields": [
                {"id": line.id, "when": self.target("field", item.id, number)}
                for number, line in enumerate(item.fields)
            ],
            "notes": [self.note(note, item.id, note.id) for note in item.notes],
        }) | {
            "applies": self.target("item", item.id),
            "counter": self.target("counter", item.id),
            **({"alone": self.target("alone", item.id)} if item.alone else {}),
        }  # fmt: skip

    def texts(self, word: Word[str], *path: str | int) -> list[Data]:
        """Variants of a text; ids of what the dictionaries name."""
        if path[-1] in NAMED_ELSEWHERE:
            return self.word(word, lambda variant: {"text": variant.value}, *path)
        return self.word(word, lambda variant: {"text": self.say(variant.value)}, *path)

    def word(self, word: Word[T], say: Callable[[Variant[T]], Data], *path: str | int) -> list[Data]:
        """The variants of a word, each with when it is the one that counts; a single one without condition always."""
        return [self.variant(word, number, say(variant), *path) for number, variant in enumerate(word)]

    def variant(self, word: Word[T], number: int, told: Data, *path: str | int) -> Data:
        data = _filled(told | self.standing(word[number]))
        if _is_plain(word):
            return data
        return data | {"when": self.target("word", *path, number)}

    def deadline(self, variant: Variant[Deadline]) -> Data:
        deadline = variant.value
        told = _filled({"start": deadline.start, "contested": as_data(deadline.contested)})
        match deadline.within:
            case ParamRef(name):
                value = self.bundle.params[name].on(self.rules.today)
                return told | {"within": as_data(read_span(value.value)), "local": not value.confirmed}
            case FigureRef(name):
                return told | {"figure": name, "local": not is_confirmed(self.rules, self.bundle.figures[name])}
            case EndOf(unit, plus):
                return told | {"ends": [unit, plus]}
            case date() as day:
                return told | {"ends": day.isoformat()}
            case within:
                return told | {"within": as_data(within)}

    def material(self, line: MaterialLine, item: str, number: int) -> Data:
        def count(variant: Variant[Count]) -> Data:
            return _filled({"number": variant.value.number, "per": variant.value.per})

        def waiver(variant: Variant[str]) -> Data:
            return {"by": variant.value}

        return _filled({
            "id": line.id,
            "of": line.of,
            "waived": line.waived_by[0].value if _is_plain(line.waived_by) and line.waived_by[0].confirmed
            else self.word(line.waived_by, waiver, item, number, "waived_by"),
            "any_of": line.any_of and self.any_of(line.any_of),
            "note": self.say(line.note),
            "unsure": not line.confirmed,
            "originals": self.word(line.originals, count, item, number, "originals"),
            "copies": self.word(line.copies, count, item, number, "copies"),
        }) | {"when": self.target("material", item, number)}  # fmt: skip

    def any_of(self, any_of: AnyOf) -> Data:
        return _filled({"id": any_of.id, "label": self.say(any_of.label), "note": self.say(any_of.note)})

    def one_of(self, one_of: OneOf) -> Data:
        told = _filled({"id": one_of.id, "tell": self.say(one_of.tell)} | self.standing(one_of))
        return told | {"rivals": [self.rival(one_of, number, rival) for number, rival in enumerate(one_of.rivals)]}

    def rival(self, one_of: OneOf, number: int, rival: Rival) -> Data:
        if rival.held is None:
            return {"item": rival.item}
        return {"label": self.say(rival.label), "held": self.target("held", one_of.id, number)}

    # Dictionaries

    def dictionaries(self) -> Data:
        """The entries that the bundle uses; persons in the dictionary's order, which is that of the form."""
        known, items = self.bundle.dictionaries, self.bundle.items
        materials = dict.fromkeys(line.id for item in items for line in item.materials)
        fields = dict.fromkeys(line.id for item in items for line in item.fields)
        departments = dict.fromkeys(variant.value for item in items for variant in item.words.get("department", ()))
        places = dict.fromkeys(variant.value for item in items for variant in item.words.get("at", ()))
        owners = {line.of for item in items for line in item.materials} | {id.partition(".")[0] for id in fields}
        owners |= {same.other for same in self.bundle.same}
        return {
            "persons": {id: self.say(name) for id, name in known.persons.items() if id in owners},
            "departments": {id: self.say(known.departments.get(id, id)) for id in departments},
            "places": {id: self.place_entry(known.places.get(id) or PlaceEntry(id)) for id in places},
            "materials": {id: self.material_entry(known.materials.get(id) or MaterialEntry(id)) for id in materials},
            "fields": {id: self.field_entry(known.fields.get(id) or FieldEntry(id)) for id in fields},
        }

    def place_entry(self, entry: PlaceEntry) -> Data:
        return _filled({"name": self.say(entry.name), "home": not entry.trip, "follows": entry.follows})

    def material_entry(self, entry: MaterialEntry) -> Data:
        return _filled({"name": self.say(entry.name), "hint": self.say(entry.hint), "given": entry.given})

    def field_entry(self, entry: FieldEntry) -> Data:
        derived = entry.derived
        return _filled({
            "label": self.say(entry.label),
            "type": entry.type,
            "hint": self.say(entry.hint),
            "options": [[option, self.say(option)] for option in entry.options],
            "derived": [derived.field, derived.take, *filter(None, [derived.on])] if derived else None,
            "max": entry.max,
            "optional": entry.optional,
        })  # fmt: skip


def law_data(functions: Iterable[str]) -> Data:
    """What the law sets for these functions, by module and name, as static/offline/figures.js takes it."""
    return {
        module: {name: as_data(value) for name, value in constants.items()}
        for module, constants in law_for(functions).items()
    }


def _is_plain(word: Word[Any]) -> bool:
    """Whether it says one thing, whatever was answered."""
    return len(word) == 1 and word[0].when is None


def _filled(data: Mapping[str, Any]) -> Data:
    """Without what is empty or false; a zero stays."""
    return {name: value for name, value in data.items() if value or type(value) is int}


def _range(question: Question) -> list[int] | None:
    """The least and the largest number that may be answered; None where the answer is no number."""
    return [hundredths(question.lowest), hundredths(question.highest)] if question.type == "number" else None


def _rows(condition: Condition) -> list[Any]:
    """A condition on columns, as static/offline/members.js takes it."""
    match condition:
        case Answered(column, values):
            return ["is", column, sorted(values)]
        case Not(part):
            return ["not", _rows(part)]
        case Every(parts):
            return ["all", list(map(_rows, parts))]
        case Some(parts):
            return ["any", list(map(_rows, parts))]
        case _:
            raise TypeError(condition)


def _past(day: date | None) -> Data:
    return {"past": day.isoformat()} if day else {}
