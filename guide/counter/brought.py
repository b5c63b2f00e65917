"""What the applicant has brought, against what the notice asks for: what is missing, and until when."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, partial
from hashlib import sha256
from itertools import groupby

from django.http import QueryDict
from django.utils.translation import gettext as _

from bundles.loading import catalogue
from bundles.model import Bundle
from bundles.results.case_codes import CodeError, encode, plain, write_word
from bundles.results.check_codes import STATES, BroughtState, Checked, decode_check, encode_check
from bundles.results.notices import MaterialNeed
from bundles.results.papers import Choice
from guide.language.wording import count_words, either
from guide.models import LaterRule
from guide.notice.rows import MaterialRow, Telling

REFERENCE_BYTES = 4
REPLACING = ("e-certificate", "data-check", "commitment", "earlier-item")  # what may stand in for a paper


@dataclass(frozen=True, slots=True)
class BroughtMaterial:
    """A material with what was brought of it; `choices` are the states that make sense for it, in words.

    Of several of which one is enough, `any_of` says so at the first of them; `among` tells them from others. Where one
    of them is there, none is missing, and those that aren't there are `needless`.
    """

    name: str  # of its box on the page
    id: str
    row: MaterialRow
    state: BroughtState
    choices: tuple[tuple[BroughtState, str], ...]
    missing: str  # how many originals and copies are missing, in words; empty where nothing is
    later: LaterRule | None  # where it will be handed in later
    asked: bool  # by an item that applies, or that the clerk takes in
    plain: bool  # nobody has to decide anything about it: it was brought or wasn't
    among: Choice | None = None
    any_of: str = ""
    needless: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """What must still be brought: a material, or several of which one is enough."""

    lines: tuple[BroughtMaterial, ...]

    @property
    def name(self) -> str:
        """Of several each with how much of it is missing."""
        if len(self.lines) == 1:
            return self.lines[0].row.name
        return either([_("{text}（{when}）").format(text=line.row.name, when=how_many(line)) for line in self.lines])

    @property
    def count(self) -> str:
        return how_many(self.lines[0]) if len(self.lines) == 1 else _("带一样就行")

    @property
    def hints(self) -> list[str]:
        return [text for line in self.lines for text in (line.row.hint, *line.row.notes) if text]


class Check:
    """The materials of a finished walk as a clerk checked them. Nothing of it is stored: it is all in `code`."""

    def __init__(self, telling: Telling, checked: Checked | None = None) -> None:
        self.telling = telling
        self.needs = telling.notice.materials
        self.counter = [entry.id for entry in telling.notice.with_standing("counter")]
        nothing: BroughtState = "none"
        self.checked = checked or Checked((nothing,) * len(self.needs), (False,) * len(self.counter), telling.today)
        self.rules = _later_rules(telling)

    @cached_property
    def taken(self) -> frozenset[str]:
        """The items of the counter's that the clerk takes in."""
        return frozenset(id for id, taken in zip(self.counter, self.checked.taken, strict=True) if taken)

    @cached_property
    def lines(self) -> list[BroughtMaterial]:
        rows = [self.telling.material(need) for need in self.needs]
        lines = [
            self._line(*told) for told in zip(self.needs, rows, self.checked.states, range(len(rows)), strict=True)
        ]
        return [line for among in _together(lines) for line in self._settled(among)]

    def _settled(self, lines: list[BroughtMaterial]) -> list[BroughtMaterial]:
        """A line, or those of which one is enough."""
        if len(lines) == 1:
            return lines
        enough = any(not line.missing for line in lines)
        settled = [replace(line, missing="", needless=bool(line.missing)) for line in lines] if enough else lines
        needs = [need for need in self.needs if need.any_of == lines[0].among]
        return [replace(settled[0], any_of=self.telling.choice(needs).name), *settled[1:]]

    def _line(self, need: MaterialNeed, row: MaterialRow, state: BroughtState, number: int) -> BroughtMaterial:
        choices = self._choices(need)
        chosen = state if state in dict(choices) else "none"
        later = self.rules.get(need.id) if chosen == "later" else None
        asked = not need.counter or bool(self.taken.intersection(need.items))
        return BroughtMaterial(
            f"m{number + 1}",
            need.id,
            row,
            chosen,
            tuple(choices),
            _missing(self.telling.numbers_of(need), chosen),
            later,
            asked,
            asked and not _may_be_waived(need),
            need.any_of,
        )

    def _choices(self, need: MaterialNeed) -> list[tuple[BroughtState, str]]:
        both = need.originals and need.copies
        choices: list[tuple[BroughtState, str]] = [("both", _("原件和复印件都带了") if both else _("带了"))]
        if both:
            choices += [("original", _("只带了原件")), ("copy", _("只带了复印件"))]
        replaced = _replaced(need.waived_by)
        if replaced:
            choices.append(("replaced", replaced))
        if need.id in self.rules:
            choices.append(("later", _("{days} 天内补交").format(days=self.rules[need.id].days)))
        return [*choices, ("none", _("没带"))]

    @property
    def missing(self) -> list[Missing]:
        """What must still be brought, all at once."""
        return [found for found in self._missing if found.lines[0].asked]

    @property
    def undecided(self) -> list[Missing]:
        """What would be missing too, if the clerk took in more of the counter's items."""
        return [found for found in self._missing if not found.lines[0].asked]

    @property
    def _missing(self) -> list[Missing]:
        return [Missing(tuple(lines)) for lines in _together(self.lines) if lines[0].missing]

    @property
    def handed_in(self) -> list[BroughtMaterial]:
        return [line for line in self.lines if line.state not in ("none", "later")]

    @property
    def later(self) -> list[BroughtMaterial]:
        return [line for line in self.lines if line.later]

    @property
    def _deadlines(self) -> list[date]:
        """Those of the items that a missing material is for."""
        waiting = {number for missing in self.missing for number in missing.lines[0].row.numbers}
        rows = [*self.telling.applying, *self.telling.counter]
        return [row.deadline_day for row in rows if row.number in waiting and row.deadline_day]

    @property
    def by(self) -> date | None:
        """The earliest deadline still to come of an item that a missing material is for."""
        return min((day for day in self._deadlines if day >= self.telling.today), default=None)

    @property
    def overdue(self) -> bool:
        """Whether such a deadline has passed."""
        return any(day < self.telling.today for day in self._deadlines)

    def later_by(self, line: BroughtMaterial) -> date | None:
        """The last day for what is handed in later, counted from the first check."""
        return self.checked.day + timedelta(days=line.later.days) if line.later else None

    @cached_property
    def code(self) -> str:
        return encode_check(_case_of(self.telling, self.telling.code), self.checked)


def check_of(telling: Telling, code: str) -> Check:
    """What a check code restores. Raises CodeError where it isn't this case's, or can't be right."""
    if not code:
        return Check(telling)
    materials, items = len(telling.notice.materials), len(telling.notice.with_standing("counter"))
    for case in map(partial(_case_of, telling), codes_of(telling)):
        with suppress(CodeError):
            return Check(telling, decode_check(case, materials, items, code))
    return Check(telling, decode_check(_case_of(telling, telling.code), materials, items, code))


def codes_of(telling: Telling) -> Iterator[str]:
    """The codes of the case: today's, and those of older versions of the questions, the newest first."""
    yield telling.code
    bundle = telling.bundle
    for version in range(bundle.version - 1, 0, -1):
        older = catalogue().older(bundle.id, version)
        if older is not None and _could_be_said(telling, older):
            yield encode(older, telling.region.code, telling.walk.used)


def _could_be_said(telling: Telling, older: Bundle) -> bool:
    """Whether older questions had every choice that is answered now."""
    used = telling.walk.used
    for question in older.questions:
        answer = used.get(question.id) if question.choices else None
        picked = answer if isinstance(answer, frozenset) else {answer} - {None}
        if not picked <= {choice.id for choice in question.choices}:
            return False
    return True


def ticked(telling: Telling, ticks: QueryDict, before: Check) -> Check:
    """What a clerk ticked: a state by box, `m1` for the first material, and the counter's items as `also`.

    Anything else counts as missing. The day of the first check stays where something was ticked `before`.
    """
    states: list[BroughtState] = []
    for number in range(1, len(telling.notice.materials) + 1):
        tick = ticks.get(f"m{number}", "none")
        states.append(next((state for state in STATES if state == tick), "none"))
    also = ticks.getlist("also")
    return Check(telling, Checked(tuple(states), tuple(id in also for id in before.counter), before.checked.day))


def reference_of(check: Check) -> str:
    """What the receipt and the departments' sheets are called alike: it leads nobody to the applicant's answers."""
    case = _case_of(check.telling, check.telling.code)
    digest = sha256(f"{case} {check.code}".encode()).digest()
    return write_word(int.from_bytes(digest[:REFERENCE_BYTES], "big") + 1)


def _case_of(telling: Telling, code: str) -> str:
    """A case by its code, and its list of materials: a list that was put right since is another one."""
    needs = " ".join(f"{need.id}/{need.of}" for need in telling.notice.materials)
    items = " ".join(entry.id for entry in telling.notice.with_standing("counter"))
    return f"{plain(code)} {needs} {items}"


def _may_be_waived(need: MaterialNeed) -> bool:
    """Whether something may stand in for it here that nobody has confirmed for the place: the clerk knows."""
    return not need.confirmed and any(waiver.value in REPLACING for _item, waiver in need.waivers)


def _replaced(waived_by: str | None) -> str:
    """In words, that what stands in for a material was found; empty where nothing does."""
    return {
        "e-certificate": _("有电子的，已经查到"),
        "data-check": _("部门已经核验到"),
        "commitment": _("写了承诺书代替"),
        "earlier-item": _("前面的事项办好自动带入"),
    }.get(waived_by or "", "")


def check_problem(error: CodeError) -> str:
    """What is wrong with a check code, in words."""
    if error.reason == "case":
        return _("这个核对码是另一个办事码的。请两个码一起，从同一张补正告知上抄。")
    return _("核对码对不上，可能写错了一个字。请对照补正告知再看一遍。")


def _together(lines: list[BroughtMaterial]) -> Iterator[list[BroughtMaterial]]:
    """Each line by itself, and those of which one is enough together."""
    for _among, together in groupby(lines, key=lambda line: line.among or line.name):
        yield list(together)


def how_many(line: BroughtMaterial) -> str:
    """How many are missing, and of how many persons each."""
    if line.row.each < 2:
        return line.missing
    return _("{count}（每人一份，共 {number} 人）").format(count=line.missing, number=line.row.each)


def _missing(asked: tuple[str, str], state: BroughtState) -> str:
    """What is lacking of so many originals and copies, in words."""
    originals, copies = asked
    lacking = {"none": asked, "original": ("", copies), "copy": (originals, "")}.get(state, ("", ""))
    return count_words(*lacking)


def _later_rules(telling: Telling) -> dict[str, LaterRule]:
    """The region's list of what may be handed in later, its own before that of the regions above."""
    codes, place = [], telling.region.code
    while place:
        codes.append(place)
        place = catalogue().regions[place].parent or ""
    rules = LaterRule.objects.filter(region__in=codes)
    return {rule.material: rule for rule in sorted(rules, key=lambda rule: -codes.index(rule.region_id))}
