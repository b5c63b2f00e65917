"""Holds the offline page's engine against the walks, on random answers.

`python -m tests.bundles.results.offline_engine --draws 1000 [bundle …] [--seed N]` prints the seed,
and per bundle what was compared.
"""

import json
import random
import shutil
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from bundles.computing import Age, Days, Figure, Money, Month, Months, Percent, Years
from bundles.loading import PROVINCE, Catalogue, catalogue
from bundles.model import is_told
from bundles.results.case_codes import encode
from bundles.results.notices import FieldNeed, Notice, ToldItem
from bundles.results.offline_rules import offline_rules
from bundles.results.speech import Speech, as_written
from bundles.results.visits import visits_of
from bundles.walking.answers import Answer
from bundles.walking.compiling import Reason
from bundles.walking.editions import edition
from bundles.walking.walks import Walk, walk
from tests.bundles.plain import Plain
from tests.bundles.random_bundles import all_wishes, written
from tests.bundles.support import TODAY, by_command, dice
from tests.bundles.walking.exactness import Draw, plain_of

LATER = date(2028, 2, 29)
DRIVER = Path(__file__).with_suffix(".js")
NODE = shutil.which("node") or "node"
MOST_WISHES = 60  # of a random bundle
UNFINISHED, KEPT = 0.2, 0.85  # how many answer sets have gaps, and how many of their answers those keep
Data = dict[str, Any]


@dataclass(slots=True)
class Compared:
    """How many walks agreed, of which kind, and how many different ones."""

    walks: int = 0
    stopped: int = 0
    asking: int = 0
    editions: int = 0
    different: set[str] = field(default_factory=set)

    def add(self, walked: Walk) -> None:
        self.walks += 1
        self.stopped += walked.status == "stopped"
        self.asking += walked.status == "asking"
        self.different.add(str(sorted(walked.assigned.items())))

    def __str__(self) -> str:
        return (
            f"{self.walks} walks agree ({len(self.different)} different, {self.stopped} stopped, "
            f"{self.asking} unfinished) in {self.editions} regions and days"
        )


@contextmanager
def engine() -> Iterator[Callable[[Data], Data | None]]:
    """The engine in a Node process: tell it rules, then ask for outcomes."""
    with subprocess.Popen([NODE, str(DRIVER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as node:  # noqa: S603  # our own file
        assert node.stdin
        assert node.stdout
        writes, reads = node.stdin, node.stdout

        def ask(wish: Data) -> Data | None:
            writes.write(json.dumps(wish, ensure_ascii=False) + "\n")
            writes.flush()
            if "rules" in wish:
                return None
            line = reads.readline()
            assert line, f"the engine fails on {wish}"
            told: Data = json.loads(line)
            return told

        yield ask


def raw(answer: Answer) -> Any:
    """An answer as it is typed on the page."""
    match answer:
        case frozenset():
            return sorted(answer) or ["none"]
        case _:
            return str(answer)


def plain(answer: Answer | None) -> Any:
    """An answer as the engine keeps it."""
    match answer:
        case Decimal():
            return int(answer * 100)
        case date():
            return answer.isoformat()
        case _:
            return answer


def figure_data(figure: Figure | None) -> Any:
    """A figure as the engine has it."""
    match figure:
        case Month(year, month):
            return {"month": [year, month]}
        case Age(years, months):
            return {"age": [years, months]}
        case Money(yuan):
            return {"cents": int(yuan * 100)}
        case Percent(value):
            return {"percent": f"{value:f}"}
        case date():
            return figure.isoformat()
        case _:
            return _counted(figure)


def _counted(figure: Months | Days | Years | Decimal | int | None) -> Any:
    match figure:
        case Months(number):
            return {"months": number}
        case Days(number):
            return {"days": number}
        case Years(number):
            return {"years": number}
        case Decimal():
            return {"decimal": f"{figure:f}"}
        case _:
            return figure


def _figure_text(figure: Figure | None) -> str:
    return json.dumps(figure_data(figure), separators=(",", ":"))


SPEECH = Speech("zh-hans", as_written, _figure_text)


def told_by(walked: Walk, region: str) -> Data:
    """What the walks tell, as tests/bundles/results/offline_engine.js prints it."""
    notice = Notice(walked)
    code = None if walked.status == "asking" else encode(walked.bundle, region, walked.used)
    return {
        "state": walked.status,
        "question": walked.question.id if walked.question else None,
        "shown": list(walked.offered) if walked.question and walked.question.choices else None,
        "asked": list(walked.asked),
        "most": walked.remaining[1],
        "items": [_item(told, walked) for told in notice.items],
        "visits": [
            [visit.place or f":{visit.department}", visit.trip, [one.id for one in visit.items]]
            for visit in visits_of(notice)
        ],
        "materials": [
            {"id": need.id, "of": need.of, "originals": need.originals, "copies": need.copies, "for": need.items,
             "waivers": [waiver.value for _item, waiver in need.waivers],
             "group": need.group,
             "choice": need.any_of and "|".join(sorted(f"{id} {of or ''}" for id, of in need.any_of))}
            | _counter(need.counter) for need in notice.materials
        ],
        "fields": [_field(need, notice) for need in notice.fields],
        "stops": [
            [stop.id, SPEECH.tell(stop.tell, walked), SPEECH.tell(stop.instead, walked)] for stop in walked.stops
        ],
        "notes": [[note.id, SPEECH.tell(note.tell, walked)] for note in notice.notes],
        "contests": [
            [one.one_of.id, one.one_of.tell, list(one.told), list(one.out), [rival.label for rival in one.held]]
            for one in notice.contests
        ],
        "same": [[person, other] for person, other in notice.same.items()],
        "savings": {name: list(pair) for name, pair in asdict(notice.savings).items()},
        "joint": notice.joint,
        "code": code,
        "opened": [region, code] if code else None,
    }  # fmt: skip


def _item(told: ToldItem, walked: Walk) -> Data:
    due = {"deadline": told.due.day.isoformat(), "calendar": told.due.calendar} if told.due and told.due.day else {}
    words = sorted((name, said) for name, said in told.words.items() if is_told(name, told.item.words[name]))
    return {
        "id": told.id, "standing": told.standing, "because": list(told.because),
        "reasons": _reasons(walked.reasons_by(*told.decided_by)),
        **due,
        "words": [[name, SPEECH.tell(said.value, walked)] for name, said in words],
    }  # fmt: skip


def _reasons(reasons: tuple[Reason, ...]) -> list[list[str | None]]:
    return [list(reason) for reason in reasons]


def _counter(counter: bool) -> Data:
    return {"standing": "counter"} if counter else {}


def _field(need: FieldNeed, notice: Notice) -> Data:
    value = plain(need.value)
    if isinstance(value, frozenset):
        chosen = need.question.choices if need.question else ()
        value = [choice.id for choice in chosen if choice.id in value]
    repeat = {"repeat": notice.repeats(need.person)} if need.person in notice.bundle.repeat else {}
    return {"id": need.id, "for": need.items, "value": value, **repeat, **_counter(need.counter)}


def run(id: str, draws: int, seed: int, books: Catalogue | None = None) -> Compared:
    """Compares random answers over the bundle's regions and two days. Fails with the seed and the answers."""
    books = books or catalogue()
    chance = dice(f"{seed} {id} offline")
    compared = Compared()
    editions = [(region, day) for region in books.overlays(books.file(id)) for day in (TODAY, LATER)]
    with engine() as ask:
        for number, (region, today) in enumerate(editions):
            draw = Draw(books.bundle(id, region), plain_of(books, id, region, today), chance)
            ask({"rules": offline_rules(draw.edition, region)})
            compared.editions += 1
            for _draw in range(len(range(number, draws, len(editions)))):
                answers = draw.answers()
                if chance.random() < UNFINISHED:
                    answers = {name: answer for name, answer in answers.items() if chance.random() < KEPT}
                compared.add(_agreeing(draw, answers, region, ask, seed))
    return compared


def run_random(seeds: Iterable[int]) -> int:
    """Compares random small bundles on random answers; how many walks. Fails with the seed and the answers."""
    walks = 0
    with engine() as ask:
        for seed in seeds:
            tree, rules, _text = written(seed, functions=False)
            chance, today = dice(seed), (TODAY, LATER)[seed % 2]
            ask({"rules": offline_rules(edition(rules, today), PROVINCE)})
            for wish in _some(all_wishes(Plain(tree, TODAY)), chance):
                given = dict(zip((question.id for question in rules.questions), wish, strict=True))
                answers = {name: answer for name, answer in given.items() if chance.random() < KEPT}
                _compare(walk(rules, answers, today), answers, PROVINCE, ask, seed)
                walks += 1
    return walks


def _some(wishes: list[Any], chance: random.Random) -> list[Any]:
    return chance.sample(wishes, min(len(wishes), MOST_WISHES))


def _agreeing(draw: Draw, answers: dict[str, Answer], region: str, ask: Any, seed: int) -> Walk:
    walked = walk(draw.rules, answers, draw.plain.today)
    _compare(walked, answers, region, ask, seed)
    return walked


def _compare(walked: Walk, answers: dict[str, Answer], region: str, ask: Any, seed: int) -> None:
    today = walked.rules.today
    expected = told_by(walked, region)
    given = {name: raw(answer) for name, answer in answers.items()}
    told = ask({"answers": given, "today": today.isoformat()})
    differing = [(key, expected[key], told[key]) for key in expected if expected[key] != told[key]]
    assert not differing, f"{walked.bundle.id} in {region} on {today}, seed {seed}, {given}: {differing}"


def _timed(id: str, draws: int, seed: int) -> str:
    started = time.perf_counter()
    compared = run(id, draws, seed)
    return f"{id}: {compared}; {time.perf_counter() - started:.1f} s"


if __name__ == "__main__":
    by_command(__doc__, "answer sets per bundle", 1_000, _timed)
