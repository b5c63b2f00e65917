"""Cases with the result they must have, played through the rules: by tests, `prove` and the reviewers' page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..computing import Figure, Money, Month, Months, Percent
from ..loading import Catalogue
from ..model import Bundle
from ..results.notices import MaterialNeed, Notice
from ..results.speech import chinese
from ..values import figures_in
from ..walking.answers import AnswersRefused
from ..walking.editions import edition
from ..walking.members import with_rows_counted
from ..walking.walks import Standing, Walk, walk
from .scenario_files import Expectation, Scenario, read_scenarios

__all__ = ["Compared", "Expectation", "Scenario", "check", "compare", "play", "read_scenarios"]
UNCOUNTED = str.maketrans("", "", " （）()")  # what doesn't count where figures are compared


@dataclass(frozen=True, slots=True)
class Compared:
    """One key of an expectation: what it says, what the walk gave, and where they disagree, a sentence each."""

    key: str
    expected: tuple[str, ...]
    got: tuple[str, ...]
    disagreements: tuple[str, ...]


def check(scenario: Scenario, catalogue: Catalogue, bundle: str | Path) -> list[str]:
    """Where the rules disagree with a scenario, a sentence each; nothing where they agree.

    Raises UnknownBundle, UnknownRegion, BundleError.
    """
    try:
        walked = play(scenario, catalogue, bundle)
    except AnswersRefused as refused:
        return [refusal.say() for refusal in refused.refusals]
    return [sentence for entry in compare(scenario.expect, walked) for sentence in entry.disagreements]


def play(scenario: Scenario, catalogue: Catalogue, bundle: str | Path) -> Walk:
    """The scenario's walk through a bundle, named by its id or its file.

    Raises AnswersRefused, UnknownBundle, UnknownRegion, BundleError.
    """
    rules = opened(catalogue, bundle, scenario.region)
    return walk(rules, with_rows_counted(edition(rules, scenario.today), scenario.given), scenario.today)


def opened(catalogue: Catalogue, bundle: str | Path, region: str | None) -> Bundle:
    """The bundle in a region, by its id or its file. Raises UnknownBundle, UnknownRegion, BundleError."""
    return catalogue.bundle(bundle, region) if isinstance(bundle, str) else catalogue.open(bundle, region)


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
        told = self.figures
        for name, value in expect.figures.items():
            yield self.figure(name, value, told.get(name))
        for person, number in expect.repeats.items():
            yield from self.equal(f"repeats {person}", number, str(self.notice.repeats(person)))

    def _with(self, standing: Standing) -> list[str]:
        return [told.id for told in self.notice.with_standing(standing)]

    def _deadline(self, item: str) -> date | None:
        return next((told.due.day for told in self.notice.items if told.id == item and told.due), None)

    @property
    def figures(self) -> dict[str, str]:
        """What the notice, or the stop, tells of the bundle's figures, in its words."""
        texts = [text for stop in self.walk.stops for text in (stop.tell, stop.instead)]
        texts += [note.tell for note in self.notice.notes]
        for told in self.notice.with_standing("applies", "counter"):
            texts += [said.value for said in told.words.values()]
        known = self.walk.bundle.figures
        return {name: chinese(self.walk.figure(name)) for name in figures_in(*texts) if name in known}

    def figure(self, name: str, expected: str, got: str | None) -> Compared:
        """A figure may be written as the notice says it, or plainly: 2039-03, 12000, 1.5."""
        key, value = f"figures {name}", self.walk.figure(name) if name in self.walk.bundle.figures else None
        if got is not None and _bare(expected) in {_bare(got), *_plainly(value)}:
            return Compared(key, (expected,), (got,), ())
        said = "没有告诉" if got is None else got
        return Compared(key, (expected,), (said,), (f"{key}：应为 {expected}，实为 {said}",))

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


def _bare(words: str) -> str:
    return words.translate(UNCOUNTED)


def _plainly(figure: Figure | None) -> tuple[str, ...]:
    """A figure as numbers write it."""
    match figure:
        case Month(year, month):
            return (f"{year}-{month:02}", f"{year}-{month}")
        case Money(yuan):
            return (f"{yuan.normalize():f}", f"{yuan:f}", f"{yuan:f}元")
        case Percent(value):
            return (f"{value.normalize():f}", f"{value.normalize():f}%")
        case Months(number):
            return (str(number), f"{number}个月")
        case date():
            return (figure.isoformat(),)
        case _:
            return ()
