"""scenarios.yaml -> Scenario: what is written of a case, with what it takes over from the case that it is like."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ..faults import BundleError, Fault
from ..reading.entries import Parser, Reader
from ..reading.trees import Mapping as Tree
from ..reading.trees import Sequence, nearest, read_tree_file
from ..values import Place

LISTS = (
    "applies", "counter", "materials", "without", "fields", "without_fields", "notes", "without_notes", "stops",
    "asks", "skips",
)  # fmt: skip
MAPPINGS = ("deadlines", "figures", "repeats")
KEYS = ("id", "like", "title", "region", "today", "given", "why", "expect")


@dataclass(frozen=True, slots=True)
class Expectation:
    """What must come of a scenario; None where it says nothing. The keys are explained in catalogue/README.md."""

    state: str | None = None
    applies: tuple[str, ...] | None = None
    counter: tuple[str, ...] | None = None
    materials: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    without_fields: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    without_notes: tuple[str, ...] = ()
    stops: tuple[str, ...] | None = None
    joint: bool | None = None
    deadlines: Mapping[str, date] = field(default_factory=dict)
    figures: Mapping[str, str] = field(default_factory=dict)
    asks: tuple[str, ...] = ()
    skips: tuple[str, ...] = ()
    next: str | None = None
    repeats: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A case: answers on a day in a region (the province for None), and what must come of it.

    `like` is the case whose answers and expectations it takes over; `places` says where `given.<question>` and
    `expect.<key>` are written, for those that it says itself.
    """

    id: str
    title: str
    today: date
    given: Mapping[str, object]
    expect: Expectation
    region: str | None = None
    why: str = ""
    place: Place | None = None
    like: str | None = None
    places: Mapping[str, Place] = field(default_factory=dict)


def read_scenarios(path: Path) -> tuple[Scenario, ...]:
    """The scenarios in a file. Raises BundleError with all that is wrong with it."""
    scenarios, faults = scenarios_in(path)
    if faults:
        raise BundleError(faults)
    return scenarios


def scenarios_in(path: Path) -> tuple[tuple[Scenario, ...], list[Fault]]:
    """The scenarios in a file that can be played, and all that is wrong with the file."""
    faults: list[Fault] = []
    tree = read_tree_file(path, faults)
    scenarios = _ScenarioReader(faults).scenarios(tree, Place(str(path), 1)) if not faults else ()
    return scenarios, faults


@dataclass(frozen=True, slots=True)
class _Written:
    """A case as it stands in the file: its keys, which of them are taken away (null), and whether all could be read."""

    id: str
    place: Place
    keys: Mapping[str, Any]
    given: Mapping[str, object]
    expect: Mapping[str, Any]
    removed: frozenset[str]
    places: Mapping[str, Place]
    sound: bool


class _ScenarioReader(Reader):
    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(faults)
        self.written: dict[str, _Written] = {}

    def scenarios(self, raw: Any, place: Place) -> tuple[Scenario, ...]:
        if not isinstance(raw, Sequence | Tree):
            self.fault("L04", place, "文件要写成情形的列表。", "每个情形以“- id: T1”开头。", id="scenarios")
            return ()
        for written in self.many(self.case)(raw, place):
            if written.id in self.written:
                first = self.written[written.id].place.line
                self.fault("L07", written.place, f"这个编号在第 {first} 行已经用过。", "换一个编号。", id=written.id)
            else:
                self.written[written.id] = written
        found = [self.scenario(written) for written in self.written.values()]
        return tuple(scenario for scenario in found if scenario is not None)

    def case(self, raw: Any, place: Place) -> _Written:
        known = len(self.faults)
        named = isinstance(raw, Tree) and raw.get("id") is not None
        self.owner = str(raw["id"]) if named else f"scenario:{place.line}"
        keys: dict[str, Parser] = {
            "id": self.text, "like": self.text, "title": self.text, "region": self.text, "today": self.day,
            "given": self.answers, "why": self.text, "expect": self.expectation,
        }  # fmt: skip
        like = isinstance(raw, Tree) and raw.get("like") is not None
        parsed = self.entry(raw, place, keys, ("id", "title") if like else ("id", "title", "today", "given", "expect"))
        removed, places = _written_in(raw) if isinstance(raw, Tree) else (frozenset[str](), {})
        given, expect = parsed.get("given", {}), parsed.get("expect", {})
        return _Written(self.owner, place, parsed, given, expect, removed, places, len(self.faults) == known)

    def answers(self, raw: Any, place: Place) -> dict[str, object]:
        if not isinstance(raw, Tree):
            self.fault("L04", place, "这里要写成“问题: 回答”。", "例如 {birth_place: hospital}。")
            return {}
        return {name: answer for name, answer in raw.items() if self.is_answer(name, answer, raw.places[name])}

    def is_answer(self, name: str, answer: object, place: Place) -> bool:
        words = answer if isinstance(answer, Sequence) else [answer]
        if isinstance(answer, Sequence) and answer and all(map(_is_row, answer)):
            return True
        if any(isinstance(word, Tree | Sequence) for word in words):
            remedy = "例如 [card, insurance]；表格的写 [{age: 7}, {age: 40}]。"
            self.fault("L04", place, f"{name} 的回答要写成一个词，或一列词。", remedy)
            return False
        return answer is not None

    def expectation(self, raw: Any, place: Place) -> dict[str, Any]:
        keys: dict[str, Parser] = {
            **dict.fromkeys(LISTS, self.many(self.text)), "state": self.one_of("asking", "finished", "stopped"),
            "joint": self.flag, "next": self.text, "deadlines": self.under(self.day),
            "figures": self.under(self.text), "repeats": self.under(self.text),
        }  # fmt: skip
        return self.entry(raw, place, keys)

    def under(self, parse: Parser) -> Parser:
        """A parser of mappings from a name to a value; nothing stands for a name whose value is taken away."""

        def parser(raw: Any, place: Place) -> dict[str, Any]:
            if not isinstance(raw, Tree):
                self.fault("L04", place, "这里要写成“编号: 值”。")
                return {}
            return {name: parse(value, raw.places[name]) for name, value in raw.items() if value is not None}

        return parser

    def scenario(self, written: _Written) -> Scenario | None:
        """The case with what it takes over; None where it, or a case that it is like, can't be read."""
        self.owner = written.id
        lineage = self.lineage(written)
        if not all(case.sound for case in lineage):
            return None
        keys: dict[str, Any] = {}
        given: dict[str, object] = {}
        expect: dict[str, Any] = {}
        for case in lineage:
            keys = {name: value for name, value in keys.items() if name not in case.removed} | dict(case.keys)
            given = {name: value for name, value in given.items() if f"given.{name}" not in case.removed}
            given |= case.given
            expect = _laid_over(expect, case)
        for name in ("title", "like"):
            keys[name] = written.keys.get(name)
        missing = [name for name in ("today", "given", "expect") if name not in keys]
        for name in missing:  # only where the case that it is like is sound, and this one takes it away
            self.fault("L03", written.place, f"没有写 {name}。", f"补上 {name}。")
        if missing:
            return None
        keys |= {"given": given, "expect": Expectation(**expect), "place": written.place, "places": written.places}
        return Scenario(**keys)

    def lineage(self, written: _Written) -> list[_Written]:
        """The case and those that it is like, the first one first; an unsound one where there is none to begin with."""
        found = [written]
        while (like := found[0].keys.get("like")) is not None:
            other = self.written.get(like)
            if other is None or other in found:
                self.leads_nowhere(written, other, found)
                return [_Written("", written.place, {}, {}, {}, frozenset(), {}, sound=False)]
            found.insert(0, other)
        return found

    def leads_nowhere(self, written: _Written, other: _Written | None, found: list[_Written]) -> None:
        """A fault where no case has the name that `like` says, or it leads back; once, with the case that says so."""
        like = str(found[0].keys["like"])
        if other is None and found[0] is written:
            self.fault("L13", written.places["like"], f"没有情形 {like}。", nearest(like, self.written))
        elif other is not None and written is min(found[: found.index(other) + 1], key=lambda case: case.place):
            self.fault("L13", written.places["like"], "like 绕了一圈又回到自己。", "让其中一个写全。")


def _is_row(raw: object) -> bool:
    """Whether it is a row of a table of people: cells by column."""
    return isinstance(raw, Tree) and not any(isinstance(cell, Tree | Sequence) for cell in raw.values())


def _written_in(raw: Tree) -> tuple[frozenset[str], dict[str, Place]]:
    """Which names a case writes as null, and where each of its names stands: `region`, `given.wants`,
    `expect.deadlines.card`."""
    removed: set[str] = set()
    places: dict[str, Place] = {}

    def look(tree: Tree, before: str, depth: int) -> None:
        for name, value in tree.items():
            places[before + name] = tree.places[name]
            if value is None:
                removed.add(before + name)
            elif isinstance(value, Tree) and depth:
                look(value, f"{before}{name}.", depth - 1)

    look(raw, "", 2)
    return frozenset(removed), places


def _laid_over(expect: Mapping[str, Any], case: _Written) -> dict[str, Any]:
    """What a case expects over what the case that it is like expects: key by key, mappings name by name."""
    result = {name: value for name, value in expect.items() if f"expect.{name}" not in case.removed}
    for name, value in case.expect.items():
        if name in MAPPINGS:
            kept = {id: one for id, one in result.get(name, {}).items() if f"expect.{name}.{id}" not in case.removed}
            result[name] = kept | value
        else:
            result[name] = value
    return result
