"""All cases of a bundle's file: what is wrong with them, and what none of them reaches."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ..facts import in_force
from ..faults import REMARKS, BundleError, Fault
from ..loading import Catalogue, UnknownRegion
from ..model import Bundle
from ..reading.trees import nearest
from ..values import Place
from ..walking.answers import AnswersRefused, Refusal
from ..walking.walks import Walk
from .gaps import ending, holes, names_under, never_asked, never_shown, unused, written_beside
from .reaching import unreached
from .scenario_files import MAPPINGS, Expectation, Scenario, scenarios_in
from .scenarios import Compared, compare, opened, play

NAMED = {
    "applies": "事项", "counter": "事项", "materials": "材料", "without": "材料", "fields": "填报项",
    "without_fields": "填报项", "notes": "提示", "without_notes": "提示", "stops": "停止", "asks": "问题",
    "skips": "问题", "next": "问题", "deadlines": "事项", "figures": "数字", "repeats": "人",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cases:
    """The cases beside a bundle's file. `passed` of them come out as they must; remarks fail nothing.

    `broken`: the bundle itself can't be read somewhere, so that not all of them could be played.
    """

    file: Path
    played: int = 0
    passed: int = 0
    faults: tuple[Fault, ...] = ()
    remarks: tuple[Fault, ...] = ()
    broken: bool = False


def prove_cases(catalogue: Catalogue, file: Path) -> Cases:
    """Plays all cases of the bundle in `file`. What is wrong with the bundle itself isn't said here."""
    path = file.parent / "scenarios.yaml"
    opened = {region: _readable(catalogue, file, region) for region in catalogue.overlays(file)}
    by_region = {region: bundle for region, bundle in opened.items() if bundle is not None}
    bundles = list(by_region.values())
    broken = len(bundles) < len(opened)
    trees, today = written_beside(file), date.today()  # noqa: DTZ011  # the editor's own day
    remarks = [] if broken else [*unused(trees), *holes(by_region, today), *ending(by_region, today)]
    unasked = () if broken else tuple(never_asked(by_region, today))
    remarks += [fault for fault in unasked if fault.code in REMARKS]
    remarks += [fault for bundle in bundles[:1] if not broken for fault in never_shown(bundle)]
    wrong = tuple(fault for fault in unasked if fault.code not in REMARKS)
    if not path.exists():
        none = Fault(Place(str(path), 1), "R01", "scenarios", "没有一个情形。", "写 scenarios.yaml，写法见 README。")
        return Cases(file, faults=wrong, remarks=() if broken else (none, *remarks), broken=broken)
    scenarios, faults = scenarios_in(path)
    sound = not faults
    faults += wrong
    playing = _Playing(catalogue, file, bundles)
    walks: list[Walk] = []
    passed = 0
    for scenario in scenarios if bundles else ():
        found, walked = playing.played(scenario)
        faults += found
        passed += walked is not None and not found
        walks += [walked] if walked else []
    if sound and not broken and len(walks) == len(scenarios):
        remarks += unreached(bundles, walks, names_under(trees, "facts"))
    return Cases(file, len(scenarios), passed, tuple(sorted(set(faults))), tuple(sorted(set(remarks))), broken)


def _readable(catalogue: Catalogue, file: Path, region: str) -> Bundle | None:
    try:
        return catalogue.open(file, region)
    except BundleError:
        return None


class _Playing:
    def __init__(self, catalogue: Catalogue, file: Path, bundles: Iterable[Bundle]) -> None:
        self.catalogue, self.file = catalogue, file
        self.known = _names(bundles)

    def played(self, scenario: Scenario) -> tuple[list[Fault], Walk | None]:
        """What is wrong with a case, and its walk; None where there can be none."""
        faults = list(self.unknown(scenario))
        try:
            walked = play(scenario, self.catalogue, self.file)
        except UnknownRegion:
            known = self.catalogue.regions
            message, remedy = f"没有地区 {scenario.region}。", nearest(str(scenario.region), known)
            return [*faults, Fault(_at(scenario, "region"), "L13", scenario.id, message, remedy)], None
        except BundleError:
            return faults, None
        except AnswersRefused as refused:
            return [*faults, *(self.refused(scenario, refusal) for refusal in refused.refusals)], None
        faults += _disagreements(scenario, compare(_known_only(scenario.expect, self.known), walked))
        return [*faults, *_unasked(scenario, walked)], walked

    def unknown(self, scenario: Scenario) -> Iterator[Fault]:
        """The names in an expectation that the bundle has nowhere: what must be absent would be, whatever the rules."""
        for key, what in NAMED.items():
            known = self.known[key]
            for name in _named(scenario.expect, key):
                if name not in known:
                    place = _at(scenario, f"expect.{key}.{name}", f"expect.{key}")
                    remedy = nearest(name, known) or "核对编号。"
                    yield Fault(place, "L13", scenario.id, f"{key} 写的{what} {name}，这件事里没有。", remedy)

    def refused(self, scenario: Scenario, refusal: Refusal) -> Fault:
        bundle = in_force(opened(self.catalogue, self.file, scenario.region), scenario.today)
        remedy = ""
        if refusal.code == "unknown-question":
            known = refusal.allowed or [question.id for question in bundle.questions]
            remedy = nearest(refusal.question, known)
            said = f"没有问题 {refusal.question}。"
        elif refusal.code == "unknown-choice":
            remedy, said = nearest(refusal.value, refusal.allowed), f"{refusal.question} 没有选项 {refusal.value}。"
        else:
            said = refusal.say()
        table = refusal.question.partition(".")[0]  # where a cell is meant
        return Fault(_at(scenario, f"given.{table}"), "S02", scenario.id, said, remedy)


def _disagreements(scenario: Scenario, compared: list[Compared]) -> Iterator[Fault]:
    """One fault with all that disagrees; where the walk didn't get as far as it must, that alone: the rest follows."""
    wrong = [entry for entry in compared if entry.disagreements]
    wrong = [entry for entry in wrong if entry.key == "state"] or wrong
    if wrong:
        said = "；".join(sentence for entry in wrong for sentence in entry.disagreements)
        place = min(_at(scenario, *_keys(entry.key)) for entry in wrong)
        yield Fault(place, "S01", scenario.id, f"{said}。", "核对规则和情形，改错的那一个。")


def _at(scenario: Scenario, *keys: str) -> Place:
    """Where the first of these keys is written; the case itself for what it takes over."""
    found = (scenario.places[key] for key in keys if key in scenario.places)
    return next(found, scenario.place or Place("", 1))


def _keys(key: str) -> tuple[str, str]:
    """Where an expectation stands by the key of what was compared: `deadlines card`."""
    kind, _space, about = key.partition(" ")
    return f"expect.{kind}.{about}", f"expect.{kind}"


def _unasked(scenario: Scenario, walked: Walk) -> Iterator[Fault]:
    """The answers that a case gives itself and nobody asks for; what it takes over from another may be left over."""
    own = [name for name in walked.ignored if f"given.{name}" in scenario.places]
    here = walked.question.id if walked.question else None
    if here in own:
        message = f"问到 {here} 时没有选项 {scenario.given[here]}。"
        yield Fault(_at(scenario, f"given.{here}"), "S02", scenario.id, message, nearest("", walked.offered))
    elif own:
        message = f"给了 {'、'.join(own)} 的回答，可这样走不问。"
        remedy = "去掉它，或核对规则为什么不问。"
        yield Fault(_at(scenario, f"given.{own[0]}"), "S03", scenario.id, message, remedy)


def _named(expect: Expectation, key: str) -> tuple[str, ...]:
    said = getattr(expect, key)
    return (said,) if isinstance(said, str) else tuple(said or ())


def _known_only(expect: Expectation, known: Mapping[str, frozenset[str]]) -> Expectation:
    """The expectation without the names that the bundle doesn't have."""
    changes: dict[str, object] = {}
    for key in NAMED:
        said = getattr(expect, key)
        if key in MAPPINGS:
            changes[key] = {name: value for name, value in said.items() if name in known[key]}
        elif isinstance(said, str):
            changes[key] = said if said in known[key] else None
        elif said is not None:
            changes[key] = tuple(name for name in said if name in known[key])
    return replace(expect, **changes)  # type: ignore[arg-type]  # each key keeps its type


def _names(bundles: Iterable[Bundle]) -> dict[str, frozenset[str]]:
    """What each key of an expectation may name, wherever and whenever the bundle has it."""
    found: dict[str, set[str]] = {key: set() for key in NAMED}
    for bundle in (some for one in bundles for some in (one, *one.later)):
        questions = {question.id for question in bundle.questions}
        found["asks"] |= questions
        found["notes"] |= {note.id for note in bundle.notes}
        found["stops"] |= {stop.id for stop in bundle.stops}
        found["figures"] |= set(bundle.figures)
        found["repeats"] |= set(bundle.repeat)
        for item in bundle.items:
            found["applies"].add(item.id)
            found["notes"] |= {note.id for note in item.notes}
            found["fields"] |= {line.id for line in item.fields}
            found["materials"] |= {line.id for line in item.materials}
            found["materials"] |= {f"{line.id} of {line.of}" for line in item.materials if line.of}
            if item.deadline:
                found["deadlines"].add(item.id)
    same = {"counter": "applies", "without": "materials", "without_fields": "fields", "without_notes": "notes",
            "skips": "asks", "next": "asks"}  # fmt: skip
    return {key: frozenset(found[same.get(key, key)]) for key in NAMED}
