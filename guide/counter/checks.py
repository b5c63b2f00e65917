"""What the applicant has brought, against what the notice asks for: what is missing, and until when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from bundles.casecodes import CodeError
from bundles.checkcodes import STATES, State, decode_check, encode_check
from bundles.loading import catalogue
from bundles.notices import MaterialNeed
from guide.models import LaterRule
from guide.telling import MaterialRow, Telling
from guide.wording import count_words


@dataclass(frozen=True, slots=True)
class Line:
    """A material with what was brought of it; `choices` are the states that make sense for it, in words."""

    name: str  # of its box on the page
    id: str
    row: MaterialRow
    state: State
    choices: tuple[tuple[State, str], ...]
    missing: str  # how many originals and copies are missing, in words; empty where nothing is
    later: LaterRule | None  # where it will be handed in later


class Check:
    """The materials of a finished walk as a clerk checked them. Nothing of it is stored: it is all in `code`."""

    def __init__(self, telling: Telling, states: tuple[State, ...] | None = None) -> None:
        self.telling = telling
        self.needs = telling.notice.materials
        nothing: State = "none"
        self.states = states or (nothing,) * len(self.needs)
        self.rules = _later_rules(telling)

    @cached_property
    def lines(self) -> list[Line]:
        rows = [self.telling.material(need) for need in self.needs]
        return [self._line(*told) for told in zip(self.needs, rows, self.states, range(len(rows)), strict=True)]

    def _line(self, need: MaterialNeed, row: MaterialRow, state: State, number: int) -> Line:
        choices = self._choices(need)
        chosen = state if state in dict(choices) else "none"
        later = self.rules.get(need.id) if chosen == "later" else None
        return Line(f"m{number + 1}", need.id, row, chosen, tuple(choices), _missing(need, chosen), later)

    def _choices(self, need: MaterialNeed) -> list[tuple[State, str]]:
        both = need.originals and need.copies
        choices: list[tuple[State, str]] = [("both", _("原件和复印件都带了") if both else _("带了"))]
        if both:
            choices += [("original", _("只带了原件")), ("copy", _("只带了复印件"))]
        if need.waived_by:
            choices.append(("electronic", _("有电子的，已经查到")))
        if need.id in self.rules:
            choices.append(("later", _("{days} 天内补交").format(days=self.rules[need.id].days)))
        return [*choices, ("none", _("没带"))]

    @property
    def missing(self) -> list[Line]:
        """What must still be brought, all at once. What only the counter's items ask for isn't missing yet."""
        return [line for line, need in zip(self.lines, self.needs, strict=True) if line.missing and not need.counter]

    @property
    def handed_in(self) -> list[Line]:
        return [line for line in self.lines if line.state not in ("none", "later")]

    @property
    def later(self) -> list[Line]:
        return [line for line in self.lines if line.later]

    @property
    def by(self) -> date | None:
        """The earliest deadline of an item that a missing material is for."""
        waiting = {number for line in self.missing for number in line.row.numbers}
        days = [row.deadline_day for row in self.telling.applying if row.number in waiting and row.deadline_day]
        return min(days, default=None)

    @cached_property
    def code(self) -> str:
        return encode_check(self.telling.code, self.states)


def check_of(telling: Telling, code: str) -> Check:
    """What a check code restores. Raises CodeError where it isn't this case's, or can't be right."""
    return Check(telling, decode_check(telling.code, len(telling.notice.materials), code)) if code else Check(telling)


def ticked(telling: Telling, ticks: Mapping[str, str]) -> Check:
    """What a clerk ticked on the page: a state by box, `m1` for the first material; anything else counts as missing."""
    states: list[State] = []
    for number in range(1, len(telling.notice.materials) + 1):
        tick = ticks.get(f"m{number}", "none")
        states.append(next((state for state in STATES if state == tick), "none"))
    return Check(telling, tuple(states))


def check_problem(error: CodeError) -> str:
    """What is wrong with a check code, in words."""
    if error.reason == "case":
        return _("这个核对码是另一个办事码的。请两个码一起，从同一张补正告知上抄。")
    return _("核对码对不上，可能写错了一个字。请对照补正告知再看一遍。")


def _missing(need: MaterialNeed, state: State) -> str:
    lacking = {
        "none": (need.originals, need.copies),
        "original": (0, need.copies),
        "copy": (need.originals, 0),
    }.get(state, (0, 0))
    return count_words(*lacking) if any(lacking) else ""


def _later_rules(telling: Telling) -> dict[str, LaterRule]:
    """The region's list of what may be handed in later, its own before that of the regions above."""
    codes, place = [], telling.region.code
    while place:
        codes.append(place)
        place = catalogue().regions[place].parent or ""
    rules = LaterRule.objects.filter(region__in=codes)
    return {rule.material: rule for rule in sorted(rules, key=lambda rule: -codes.index(rule.region_id))}
