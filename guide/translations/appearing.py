"""Where a message can be seen: a page of the site in a state in which it is said."""

from collections.abc import Iterator
from functools import cache

from django.urls import reverse
from django.utils.http import urlencode

from bundles.faults import BundleError
from bundles.loading import UnknownRegion, catalogue
from bundles.model import Bundle, Question
from bundles.proving.scenario_files import scenarios_in
from bundles.proving.scenarios import Scenario, play
from bundles.results.notices import Notice
from bundles.walking.answers import AnswersRefused
from bundles.walking.walks import Walk
from guide.cases.case import as_words
from guide.language.languages import CONTEXT, address_in
from guide.translations.pofiles import Entry, Key

SAMPLE = "newborn"
Places = dict[Key, str]

# Which kind of page says what stands in these files; the longest beginning that fits counts.
PAGES = {
    "templates/asking/": "ask", "templates/asking/home": "home", "templates/asking/bundles": "home",
    "templates/asking/start": "start", "templates/asking/stop": "stop", "templates/asking/code": "codes",
    "templates/asking/region": "region", "templates/parts/growing": "ask", "templates/parts/answers": "notice",
    "templates/notice/": "notice", "templates/form/": "form", "templates/editors/": "map",
    "templates/editors/rule": "rules", "templates/editors/scenarios": "scenarios", "templates/editors/faults": "faults",
    "templates/editors/differences": "differences", "templates/editors/unconfirmed": "unconfirmed",
    "templates/translations/": "desk",
    "guide/asking/": "ask", "guide/asking/home": "home", "guide/asking/finding": "home", "guide/asking/codes": "codes",
    "guide/cases/": "home", "guide/cases/codes": "codes", "guide/form/": "form", "guide/form/paper": "notice-paper",
    "guide/notice/": "notice", "guide/notice/paper": "notice-paper", "guide/notice/calendar": "calendar",
    "guide/language/wording": "notice", "guide/papers/": "notice-paper", "guide/editors/": "map",
    "guide/editors/rules": "rules", "guide/editors/scenarios": "scenarios",
    "guide/editors/differences": "differences", "guide/editors/unconfirmed": "unconfirmed",
    "bundles/walking/answers.py": "ask", "bundles/faults.py": "faults",
}  # fmt: skip
OF_RULES = ("start", "map", "rules", "scenarios", "differences", "unconfirmed")
OF_NO_BUNDLE = ("codes", "region", "faults", "desk")


def appears(entry: Entry, language: str) -> list[tuple[str, str]]:
    """Pages on which a message is said, in the language: a name (a bundle's title or a file) and an address each."""
    return [(name, address_in(address, language)) for name, address in (*_told(entry), *_framed(entry))]


def _told(entry: Entry) -> Iterator[tuple[str, str]]:
    for id in entry.bundles:
        bundle = catalogue().bundle(id)
        yield bundle.title, _places(id).get(entry.key) or reverse("rules", args=[id])


def _framed(entry: Entry) -> Iterator[tuple[str, str]]:
    for file in entry.files:
        if not entry.bundles:
            kinds = [kind for beginning, kind in sorted(PAGES.items(), key=lambda pair: -len(pair[0]))
                     if file.startswith(beginning)]  # fmt: skip
            yield file, _sample(kinds[0] if kinds else "home")


def _sample(kind: str) -> str:
    if kind == "home":
        return reverse(kind)
    if kind in OF_NO_BUNDLE:
        return reverse(kind)
    walks = [(scenario, walk) for scenario, walk in _played(SAMPLE) if walk.status == _status_of(kind)]
    if kind in OF_RULES or not walks:
        return reverse("start" if kind == "stop" else kind, args=[SAMPLE])
    scenario, walk = walks[0]
    asked = len(walk.asked) // 2 if kind == "ask" else len(walk.asked)
    return _address("ask" if kind in ("ask", "stop") else kind, scenario, walk, walk.asked[:asked])


def _status_of(kind: str) -> str:
    return "stopped" if kind == "stop" else "finished"


@cache
def _played(id: str) -> list[tuple[Scenario, Walk]]:
    """The bundle's scenarios with their walks, those whose answers can be used."""
    path = catalogue().file(id).parent / "scenarios.yaml"
    played = []
    for scenario in scenarios_in(path)[0] if path.exists() else ():
        try:
            played.append((scenario, play(scenario, catalogue(), id)))
        except (AnswersRefused, BundleError, UnknownRegion):
            continue
    return played


def _address(page: str, scenario: Scenario, walk: Walk, asked: tuple[str, ...], **more: str) -> str:
    pairs = [("region", scenario.region or "510000")]
    pairs += [(name, word) for name in asked for word in as_words(walk.bundle.question(name), walk.used[name])]
    return f"{reverse(page, args=[walk.bundle.id])}?{urlencode([*pairs, *more.items()])}"


@cache
def _places(id: str) -> Places:
    """Where each text of a bundle is told in one of its scenarios."""
    places: Places = {}
    for text in _opening(catalogue().bundle(id)):
        places.setdefault((CONTEXT, text), reverse("start", args=[id]))
    for scenario, walk in _played(id):
        for number, name in enumerate(walk.asked):
            address = _address("ask", scenario, walk, walk.asked[:number])
            for key in _question(walk.bundle.question(name)):
                places.setdefault(key, address)
        told = "notice" if walk.status == "finished" else "ask"
        for text in _result(walk):
            places.setdefault((CONTEXT, text), _address(told, scenario, walk, walk.asked))
        if walk.status == "finished":
            for text in _boxes(walk):
                places.setdefault((CONTEXT, text), _address("form", scenario, walk, walk.asked))
    return places


def _opening(bundle: Bundle) -> Iterator[str]:
    yield from (bundle.title, bundle.summary, *(item.usual("name") for item in bundle.items))


def _question(question: Question) -> Iterator[Key]:
    yield from (
        (CONTEXT, text)
        for text in (question.ask, question.hint, question.why, question.section, question.unit, question.none)
    )
    for choice in question.choices:
        yield question.ask, choice.label
        yield CONTEXT, choice.hint


def _result(walk: Walk) -> Iterator[str]:
    notice = Notice(walk)
    for stop in walk.stops:
        yield from (stop.tell, stop.instead)
    for told in notice.items:
        yield from (word.value for word in told.words.values())
    for need in notice.materials:
        entry = walk.bundle.dictionaries.materials.get(need.id)
        yield from ((entry.name, entry.hint) if entry else ())
        yield from need.notes
        for any_of in (line.any_of for line in need.lines if line.any_of):
            yield from (any_of.label, any_of.note)
    for contest in notice.contests:
        yield from (contest.one_of.tell, *(rival.label for rival in contest.held))
    yield from (note.tell for note in notice.notes)
    yield walk.bundle.joint_else


def _boxes(walk: Walk) -> Iterator[str]:
    for need in Notice(walk).fields:
        entry = walk.bundle.dictionaries.fields.get(need.id)
        yield from ((entry.label, entry.hint, *entry.options) if entry else ())
        yield walk.bundle.dictionaries.persons.get(need.person, "")


__all__ = ["appears"]
