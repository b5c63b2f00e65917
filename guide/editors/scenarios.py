"""A bundle's cases as an editor reads them: what was expected, and what came."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from bundles.facts import in_force
from bundles.loading import Catalogue, UnknownRegion
from bundles.model import Bundle
from bundles.proving.reaching import reached
from bundles.proving.scenarios import Compared, Scenario, compare, play, read_scenarios
from bundles.walking.answers import REFUSALS, AnswersRefused
from guide.editors.rule_lines import Reaching
from guide.editors.rules_in_words import Sheet, field_name, material_name
from guide.language.languages import say
from guide.language.wording import answer_words, day_words, person_words


@dataclass(frozen=True, slots=True)
class Expected:
    """One thing that a scenario expects, in words, beside what came of it."""

    key: str
    expected: list[str]
    got: list[str]
    wrong: bool


@dataclass(frozen=True, slots=True)
class PlayedScenario:
    """A scenario played through the rules; `refused` says why its answers can't be used."""

    scenario: Scenario
    region: str
    today: str
    given: list[tuple[str, str]]
    rows: list[Expected]
    refused: list[str]

    @property
    def passed(self) -> bool:
        return not self.refused and not any(row.wrong for row in self.rows)


@lru_cache(maxsize=64)
def checked_scenarios(books: Catalogue, bundle: str, language: str) -> list[PlayedScenario]:
    """The bundle's scenarios, each played through the rules of its place and day, in the active `language`.

    Rules don't change while the program runs, so each is played once. Raises BundleError.
    """
    path = books.file(bundle).parent / "scenarios.yaml"
    return [_checked(books, bundle, scenario) for scenario in read_scenarios(path)] if path.exists() else []


def _checked(books: Catalogue, bundle: str, scenario: Scenario) -> PlayedScenario:
    if scenario.region is not None and scenario.region not in books.regions:
        reason = _("没有代码是“{name}”的地区。").format(name=scenario.region[:60])
        return PlayedScenario(scenario, scenario.region, day_words(scenario.today), [], [], [reason])
    rules = in_force(books.bundle(bundle, scenario.region), scenario.today)
    region, today = say(books.region(scenario.region).name), day_words(scenario.today)
    try:
        walked = play(scenario, books, bundle)
    except AnswersRefused as refused:
        reasons = [refusal.say(_(REFUSALS[refusal.code]), say(refusal.ask)) for refusal in refused.refusals]
        return PlayedScenario(scenario, region, today, [], [], reasons)
    given = [(say(rules.question(name).ask), answer_words(rules.question(name), walked.given[name]))
             for name in walked.given]  # fmt: skip
    words = _Names(rules)
    rows = [words.row(entry) for entry in compare(scenario.expect, walked)]
    return PlayedScenario(scenario, region, today, given, rows, [])


MOST_NAMED = 5  # cases beside a rule


@lru_cache(maxsize=64)
def reaching(books: Catalogue, bundle: str) -> dict[str, dict[str, Reaching]]:
    """Which cases reach each stop, note and item of a bundle, by its kind and id; `item note` for an item's note.

    Raises BundleError.
    """
    path = books.file(bundle).parent / "scenarios.yaml"
    found: dict[str, dict[str, list[str]]] = {"stop": {}, "item": {}, "note": {}}
    for scenario in read_scenarios(path) if path.exists() else ():
        try:
            walked = play(scenario, books, bundle)
        except (AnswersRefused, UnknownRegion):
            continue
        for kind, key in reached(walked):
            if kind in found:
                name = " ".join(key).strip() if isinstance(key, tuple) else str(key)
                found[kind].setdefault(name, []).append(scenario.id)
    return {
        kind: {name: Reaching(tuple(ids[:MOST_NAMED]), len(ids)) for name, ids in names.items()}
        for kind, names in found.items()
    }


class _Names:
    """What the ids of a scenario are called."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self.items = {item.id: Sheet(bundle).item_name(item.id) for item in bundle.items}
        self.questions = {question.id: say(question.ask) for question in bundle.questions}
        sheet = Sheet(bundle)
        notes = [*bundle.notes, *(note for item in bundle.items for note in item.notes)]
        self.told = {note.id: sheet.text(note.tell) for note in notes}
        self.figures = {figure.id: say(figure.label) for figure in bundle.figures.values()}
        self.told |= {stop.id: sheet.text(stop.tell) for stop in bundle.stops}

    def row(self, entry: Compared) -> Expected:
        kind, _space, about = entry.key.partition(" ")
        label = self.labels.get(kind, kind)
        if about:
            label = _("{label}：{name}").format(
                label=label, name=self.items.get(about) or self.figures.get(about) or person_words(self.bundle, about)
            )
        expected = [self.name(kind, id) for id in entry.expected]
        return Expected(label, expected, [self.name(kind, id) for id in self.telling(entry)], bool(entry.disagreements))

    @staticmethod
    def telling(entry: Compared) -> list[str]:
        """What came, without saying a material twice: by itself and with whose it is."""
        owned = {id.partition(" of ")[0] for id in entry.got if " of " in id}
        return [id for id in entry.got if id not in owned or id in entry.expected]

    @property
    def labels(self) -> dict[str, str]:
        return {
            "state": _("走到哪里"), "next": _("下一题"), "joint": _("能不能合在一起办"), "applies": _("正好要办"),
            "counter": _("正好由窗口判定"), "stops": _("停止的原因"), "materials": _("要带（至少）"),
            "without": _("不要带"), "fields": _("要填（至少）"), "without_fields": _("不要填"),
            "notes": _("提示（至少）"), "without_notes": _("不提示"), "asks": _("问到（至少）"), "skips": _("不问"),
            "figures": _("算出来的"), "deadlines": _("最晚哪天"), "repeats": _("几位"),
        }  # fmt: skip

    def name(self, kind: str, id: str) -> str:
        match kind:
            case "applies" | "counter":
                return self.items.get(id, id)
            case "materials" | "without":
                material, _of, owner = id.partition(" of ")
                return material_name(self.bundle, material, owner)
            case "fields" | "without_fields":
                return field_name(self.bundle, id)
            case "notes" | "without_notes" | "stops":
                return self.told.get(id, id)
            case "asks" | "skips" | "next":
                return self.questions.get(id, id)
            case "state" | "joint":
                return {"finished": _("问完"), "stopped": _("停止"), "asking": _("还在问"), "True": _("能"),
                        "False": _("不能"), "None": "–"}.get(id, id)  # fmt: skip
            case _:
                return id
