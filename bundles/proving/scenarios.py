"""scenarios.yaml: real cases with the result they must have. Tests and the reviewers' page check the rules by it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ..faults import BundleError, Fault
from ..loading import Catalogue
from ..loading.entries import Parser, Reader
from ..loading.trees import Mapping as Tree
from ..loading.trees import read_tree_file
from ..model import Place
from ..results.notices import MaterialNeed, Notice
from ..walking.answers import AnswersRefused
from ..walking.walks import Standing, Walk, walk


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
    asks: tuple[str, ...] = ()
    skips: tuple[str, ...] = ()
    next: str | None = None
    repeats: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A case: answers on a day in a region (the province for None), and what must come of it."""

    id: str
    title: str
    today: date
    given: Mapping[str, object]
    expect: Expectation
    region: str | None = None
    why: str = ""
    place: Place | None = None


# Reading


def read_scenarios(path: Path) -> tuple[Scenario, ...]:
    """The scenarios in a file. Raises BundleError with all that is wrong with it."""
    faults: list[Fault] = []
    tree = read_tree_file(path, faults)
    scenarios: tuple[Scenario, ...] = ()
    if not faults:
        reader = _ScenarioReader(faults)
        scenarios = reader.many(reader.scenario)(tree, Place(str(path), 1))
        reader.check_ids(scenarios)
    if faults:
        raise BundleError(faults)
    return scenarios


class _ScenarioReader(Reader):
    def scenario(self, raw: Any, place: Place) -> Scenario:
        self.owner = str(raw.get("id", "scenario")) if isinstance(raw, Tree) else "scenario"
        keys: dict[str, Parser] = {
            "id": self.text, "title": self.text, "region": self.text, "today": self.day, "given": self.answers,
            "why": self.text, "expect": self.expectation,
        }  # fmt: skip
        parsed = self.entry(raw, place, keys, required=("id", "title", "today", "given", "expect"))
        usual = {"id": self.owner, "title": "", "today": date.min, "given": {}, "expect": Expectation()}
        return Scenario(**{**usual, **parsed, "place": place})

    def answers(self, raw: Any, place: Place) -> dict[str, object]:
        if not isinstance(raw, Tree):
            self.fault("L04", place, "这里要写成“问题: 回答”。")
            return {}
        return dict(raw)

    def expectation(self, raw: Any, place: Place) -> Expectation:
        lists = dict.fromkeys(
            ("applies", "counter", "materials", "without", "fields", "without_fields", "notes", "without_notes",
             "stops", "asks", "skips"), self.many(self.text),
        )  # fmt: skip
        keys: dict[str, Parser] = {
            **lists, "state": self.one_of("asking", "finished", "stopped"), "joint": self.flag, "next": self.text,
            "deadlines": self.mapping(self.dated), "repeats": self.mapping(self.counted),
        }  # fmt: skip
        return Expectation(**self.entry(raw, place, keys))

    def dated(self, id: str, raw: Any, place: Place) -> date:
        return self.day(raw, place)

    def counted(self, id: str, raw: Any, place: Place) -> str:
        return self.text(raw, place)

    def check_ids(self, scenarios: tuple[Scenario, ...]) -> None:
        seen: set[str] = set()
        for scenario in scenarios:
            if scenario.id in seen and scenario.place:
                self.fault("L07", scenario.place, "这个编号前面已经用过。", "换一个编号。", id=scenario.id)
            seen.add(scenario.id)


# Checking


@dataclass(frozen=True, slots=True)
class Compared:
    """One key of an expectation: what it says, what the walk gave, and where they disagree, a sentence each."""

    key: str
    expected: tuple[str, ...]
    got: tuple[str, ...]
    disagreements: tuple[str, ...]


def check(scenario: Scenario, catalogue: Catalogue, bundle_id: str) -> list[str]:
    """Where the rules disagree with a scenario, a sentence each; nothing where they agree.

    Raises UnknownBundle, UnknownRegion, BundleError.
    """
    try:
        walked = play(scenario, catalogue, bundle_id)
    except AnswersRefused as refused:
        return [refusal.say() for refusal in refused.refusals]
    return [sentence for entry in compare(scenario.expect, walked) for sentence in entry.disagreements]


def play(scenario: Scenario, catalogue: Catalogue, bundle_id: str) -> Walk:
    """The scenario's walk. Raises AnswersRefused, UnknownBundle, UnknownRegion, BundleError."""
    return walk(catalogue.bundle(bundle_id, scenario.region), scenario.given, scenario.today)


def compare(expect: Expectation, walked: Walk) -> list[Compared]:
    """Each key that the expectation has, beside what came of the walk."""
    return list(_Comparison(expect, walked).entries())


class _Comparison:
    def __init__(self, expect: Expectation, walked: Walk) -> None:
        self.expect, self.walk = expect, walked
        self.notice = Notice(walked)

    def entries(self) -> Iterator[Compared]:
        expect, walked = self.expect, self.walk
        following = walked.question.id if walked.question else None
        yield from self.equal("state", expect.state, walked.status, f"，下一题是 {following}" if following else "")
        yield from self.equal("next", expect.next, following)
        yield from self.equal("joint", expect.joint, self.notice.joint)
        yield from self.exactly("applies", expect.applies, self._with("applies"))
        yield from self.exactly("counter", expect.counter, self._with("counter"))
        yield from self.exactly("stops", expect.stops, [stop.id for stop in walked.stops])
        needs = self.notice.materials
        yield from self.among("materials", expect.materials, [label for need in needs for label in _labels(need)])
        yield from self.absent("without", expect.without, [label for need in needs for label in _labels(need)])
        fields = [need.id for need in self.notice.fields]
        yield from self.among("fields", expect.fields, fields)
        yield from self.absent("without_fields", expect.without_fields, fields)
        notes = [note.id for note in self.notice.notes]
        yield from self.among("notes", expect.notes, notes)
        yield from self.absent("without_notes", expect.without_notes, notes)
        asked = [*walked.asked, *([following] if following else [])]
        yield from self.among("asks", expect.asks, asked)
        yield from self.absent("skips", expect.skips, asked)
        for item, day in expect.deadlines.items():
            yield from self.equal(f"deadlines {item}", day, self._deadline(item))
        for person, number in expect.repeats.items():
            yield from self.equal(f"repeats {person}", number, str(self.notice.repeats(person)))

    def _with(self, standing: Standing) -> list[str]:
        return [told.id for told in self.notice.with_standing(standing)]

    def _deadline(self, item: str) -> date | None:
        return next((told.due.day for told in self.notice.items if told.id == item and told.due), None)

    @staticmethod
    def equal(key: str, expected: object, got: object, more: str = "") -> Iterator[Compared]:
        if expected is not None:
            wrong = () if expected == got else (f"{key}：应为 {expected}，实为 {got}{more}",)
            yield Compared(key, (str(expected),), (str(got),), wrong)

    @staticmethod
    def exactly(key: str, expected: tuple[str, ...] | None, got: list[str]) -> Iterator[Compared]:
        if expected is not None:
            missing = [f"{key}：少了 {id}" for id in expected if id not in got]
            more = [f"{key}：多了 {id}" for id in got if id not in expected]
            yield Compared(key, expected, tuple(got), (*missing, *more))

    @staticmethod
    def among(key: str, expected: tuple[str, ...], got: list[str]) -> Iterator[Compared]:
        if expected:
            wrong = tuple(f"{key}：少了 {id}" for id in expected if id not in got)
            yield Compared(key, expected, tuple(got), wrong)

    @staticmethod
    def absent(key: str, unwanted: tuple[str, ...], got: list[str]) -> Iterator[Compared]:
        if unwanted:
            there = [id for id in unwanted if id in got]
            yield Compared(key, unwanted, tuple(there), tuple(f"{key}：不该有 {id}" for id in there))


def _labels(need: MaterialNeed) -> tuple[str, ...]:
    """How a scenario may name a material: `card of child`, or `card` whoever it belongs to."""
    return (need.id, f"{need.id} of {need.of}") if need.of else (need.id,)
