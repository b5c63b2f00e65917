"""A bundle's map as rows and arcs: what the map page draws."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from bundles.model import Question
from bundles.proving.maps import (
    FINISHED,
    LONG,
    STOPPED,
    BundleMap,
    Passage,
    Station,
    lengthy,
    mean_questions,
)
from bundles.walking.answers import Answer
from bundles.walking.editions import Edition
from bundles.walking.walks import replay
from guide.cases.case import Case
from guide.editors.rules_in_words import Sheet
from guide.language.languages import say

HEAD, ROW, GAP, END = 58, 34, 18, 44  # heights in pixels; style.css has the same
NARROWEST, WIDEST, REACH = 1.0, 7.0, 0.16
FARTHEST = 300


@dataclass(frozen=True, slots=True)
class Arc:
    """A curve from an answer down to where its walks go on; coordinates are pixels from the row's right edge."""

    path: str
    width: float


@dataclass(frozen=True, slots=True)
class Goal:
    """Where walks go on: an anchor on the page, its number or words, and how many of the answer's walks go there."""

    anchor: str
    words: str
    share: str


@dataclass(frozen=True, slots=True)
class MapAnswer:
    label: str
    share: str
    address: str
    goals: list[Goal]
    arcs: list[Arc]


@dataclass(frozen=True, slots=True)
class StationRow:
    id: str
    number: int
    section: str
    ask: str
    share: str
    touches: list[str]
    answers: list[MapAnswer]


@dataclass(frozen=True, slots=True)
class Picture:
    """The rows of a map and where its ends stand."""

    walks: int | None
    stations: list[StationRow]
    ends: list[tuple[str, str]]
    mean: float | None = None
    advice: str = ""


@lru_cache(maxsize=64)
def _map_from(rules: Edition, answers: tuple[tuple[str, Answer], ...]) -> BundleMap:
    return BundleMap(replay(rules, dict(answers)))


def picture(case: Case) -> Picture:
    """What may follow the case's walk."""
    return _Drawing(case, _map_from(case.rules, tuple(case.walk.used.items()))).picture()


class _Drawing:
    def __init__(self, case: Case, drawn: BundleMap) -> None:
        self.case, self.drawn = case, drawn
        self.walks = drawn.walks or 1
        self.sheet = Sheet(case.bundle)
        self.stations = drawn.stations
        self.numbers = {question.id: number for number, question in enumerate(case.bundle.questions, 1)}
        self.tops = self._tops()

    def _tops(self) -> dict[str, int]:
        """Where each question and each end begins, in pixels from the top."""
        tops: dict[str, int] = {}
        top = 0
        for station in self.stations:
            tops[station.question.id] = top
            top += HEAD + ROW * len(station.passages) + GAP
        return {**tops, FINISHED: top, STOPPED: top + END}

    def picture(self) -> Picture:
        ends = [("end-finished", _("问完了：拿到清单")), ("end-stopped", _("停止：这件事不这样办"))]
        rows = [self._station(station) for station in self.stations]
        whole = not self.case.walk.used
        mean = mean_questions(self.case.walk) if whole else None
        return Picture(self.drawn.walks, rows, ends, mean, self._advice() if whole else "")

    def _advice(self) -> str:
        """What to do where a walk has too many questions in the mean; nothing where it hasn't."""
        found = lengthy(self.drawn)
        if found is None:
            return ""
        number, share = self.numbers[found.question.id], f"{100 * found.share:.0f}%"
        said = _("平均超过 {most} 题。先看第 {number} 题：{share} 的走法问它，靠它定的只有 {decides} 样。").format(
            most=LONG, number=number, share=share, decides=found.decides
        )
        if found.behind is None:
            return said + _("能去掉，或并进别的题，就少问一题。")
        return said + _("挪到第 {behind} 题后面再问，平均就是 {mean} 题；或者去掉它。").format(
            behind=self.numbers[found.behind.id], mean=f"{found.mean:.1f}"
        )

    def _station(self, station: Station) -> StationRow:
        question = station.question
        return StationRow(
            question.id,
            self.numbers[question.id],
            say(question.section),
            say(question.ask),
            share_words(station.walks, self.walks),
            self._touches(question),
            [self._answer(station, number, passage) for number, passage in enumerate(station.passages)],
        )

    def _touches(self, question: Question) -> list[str]:
        """The items that the question's answer may decide."""
        program = self.case.walk.program
        names = {question.id, *(entry.id for entry in self.case.bundle.computed if question.id in entry.questions)}
        variables = [number for number, entry in enumerate(program.variables) if entry.name in names]
        mask = sum(1 << number for number in variables)
        found = {
            str(target.path[0])
            for target, node in program.targets.items()
            if target.kind in ("item", "counter") and program.diagrams.supports[node] & mask
        }
        return [self.sheet.item_name(item.id) for item in self.case.bundle.items if item.id in found]

    def _answer(self, station: Station, number: int, passage: Passage) -> MapAnswer:
        top = self.tops[station.question.id] + HEAD + ROW * number + ROW // 2
        goals = sorted(passage.leads_to.items(), key=lambda goal: self.tops[goal[0]])
        total = passage.walks or 1
        return MapAnswer(
            self.sheet.value_name(station.question.id, passage.value),
            share_words(passage.walks, self.walks),
            self._address(passage.answers),
            [self._goal(goal, walks, total) for goal, walks in goals],
            [self._arc(self.tops[goal] + HEAD // 2 - top, walks / self.walks) for goal, walks in goals if walks],
        )

    def _address(self, answers: Mapping[str, Answer] | None) -> str:
        return self.case.with_answers(answers).address("map") if answers is not None else ""

    def _goal(self, goal: str, walks: int, total: int) -> Goal:
        if goal in (FINISHED, STOPPED):
            words = _("问完") if goal == FINISHED else _("停止")
            return Goal(f"end-{goal}", words, share_words(walks, total))
        return Goal(f"q-{goal}", _("第 {number} 题").format(number=self.numbers[goal]), share_words(walks, total))

    def _arc(self, down: int, share: float) -> Arc:
        out = min(24 + down * REACH, FARTHEST)
        width = NARROWEST + (WIDEST - NARROWEST) * share**0.5
        return Arc(f"M0 0C{out:.0f} 0 {out:.0f} {down} 0 {down}", round(width, 1))


def share_words(part: int, whole: int) -> str:
    """A share in per cent; a small one as less than one, so that nothing that happens reads as nothing."""
    if part in (0, whole):
        return "100%" if part else "0%"
    percent = 100 * part / whole
    return f"{percent:.0f}%" if 1 <= percent <= 99 else "<1%" if percent < 1 else ">99%"
