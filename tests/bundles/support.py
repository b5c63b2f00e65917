"""Words for tests: a bundle written as YAML, and what an applicant with given answers is asked and told."""

import argparse
import random
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bundles.faults import BundleError
from bundles.loading import CATALOGUE, Catalogue, catalogue
from bundles.model import Bundle
from bundles.proving.scenarios import read_scenarios
from bundles.results.notices import Notice
from bundles.results.outcomes import outcome
from bundles.walking.answers import AnswersRefused, sort_answers
from bundles.walking.editions import edition
from bundles.walking.walks import Walk, walk

TODAY = date(2026, 11, 22)
ALLOWANCES = Path(__file__).parent / "allowances" / "bundle.yaml"
EMPTY: dict[str, str] = {"regions": "'510000': {name: 四川省}"}


def bundle(text: str, region: str | None = None, **files: str) -> Bundle:
    """The bundle written in `text`; `id`, `title` and `version` may be left out.

    `files` are further files of its catalogue, by name without `.yaml`; `region_510100` is a region's file.
    """
    text = textwrap.dedent(text)
    if "id: " not in text.split("questions:", 1)[0]:
        text = f"id: small\ntitle: 小小一件事\nversion: 1\n{text}"
    with TemporaryDirectory() as folder:
        write(Path(folder), text, EMPTY | files)
        return Catalogue(Path(folder)).bundle("small", region)


def write(folder: Path, text: str, files: dict[str, str]) -> Path:
    """Writes a catalogue with one bundle, `small`; returns the bundle's file."""
    (folder / "small" / "regions").mkdir(parents=True)
    for name, content in files.items():
        path = folder / f"{name}.yaml"
        if name.startswith("region_"):
            path = folder / "small" / "regions" / f"{name.removeprefix('region_')}.yaml"
        path.write_text(textwrap.dedent(content), encoding="utf-8")
    file = folder / "small" / "bundle.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def catalogue_where(folder: Path, id: str, region: str, text: str) -> Catalogue:
    """A copy of the catalogue in `folder`, in which that region's file for that bundle reads `text`."""
    shutil.copytree(CATALOGUE, folder, dirs_exist_ok=True)
    (folder / id / "regions" / f"{region}.yaml").write_text(text, encoding="utf-8")
    return Catalogue(folder)


def add_allowances(monkeypatch: pytest.MonkeyPatch) -> Bundle:
    """Adds to the catalogue a bundle with all that says "one of": of several items, of several papers."""
    books = catalogue()
    find = books.file
    monkeypatch.setitem(vars(books), "ids", (*books.ids, "allowances"))
    monkeypatch.setattr(books, "file", lambda id: ALLOWANCES if id == "allowances" else find(id))
    return books.bundle("allowances")


def catalogue_cases() -> Iterator[object]:
    """A parameter (bundle, case) for each case of the catalogue; where a file can't be read, one with its faults.

    So one bundle's broken file stops only its own tests.
    """
    for path in sorted(CATALOGUE.glob("*/scenarios.yaml")):
        id = path.parent.name
        try:
            yield from (pytest.param(id, scenario, id=f"{id}-{scenario.id}") for scenario in read_scenarios(path))
        except BundleError as error:
            yield pytest.param(id, error, id=f"{id}-broken")


def fresh_seed(repeat: str) -> int:
    """A new seed on every run; `repeat` says, around `{}`, how to run the same once more."""
    seed = random.SystemRandom().randrange(10**9)
    sys.stdout.write(f"To repeat: {repeat.format(seed)}\n")
    return seed


def dice(seed: object) -> random.Random:
    """Chance that repeats for the same seed."""
    return random.Random(str(seed))  # noqa: S311  # draws answers, keeps no secret


class Applicant:
    """Somebody who has given some answers; each verb fails where the rules say otherwise."""

    def __init__(self, rules: Bundle, answers: dict[str, object], today: date) -> None:
        self.bundle, self.answers, self.today = rules, answers, today

    @property
    def walk(self) -> Walk:
        return walk(self.bundle, self.answers, self.today)

    @property
    def notice(self) -> Notice:
        return Notice(self.walk)

    @property
    def outcome(self) -> dict[str, object]:
        return outcome(self.walk)

    def asks(self, question: str, *choices: str) -> None:
        """The question that comes next, and, where given, exactly the choices it shows."""
        walked = self.walk
        assert walked.question is not None, f"nothing is asked: {walked.status}"
        assert walked.question.id == question
        if choices:
            assert walked.offered == choices

    def asked(self, *questions: str) -> None:
        assert self.walk.asked == questions

    def skips(self, *questions: str) -> None:
        """Neither asked so far nor next."""
        walked = self.walk
        reached = {*walked.asked, *([walked.question.id] if walked.question else [])}
        assert not reached.intersection(questions)

    def applies(self, *items: str) -> None:
        for item in items:
            assert self.walk.standing(item) == "applies", item

    def leaves_out(self, *items: str) -> None:
        for item in items:
            assert self.walk.standing(item) == "not", item

    def leaves_open(self, *items: str) -> None:
        for item in items:
            assert self.walk.standing(item) == "open", item

    def leaves_to_the_counter(self, *items: str) -> None:
        for item in items:
            assert self.walk.standing(item) == "counter", item

    def brings(self, *materials: str) -> None:
        """Exactly these materials in this order, each as `id` or `id of person`."""
        told = [f"{need.id} of {need.of}" if need.of else need.id for need in self.notice.materials]
        assert told == list(materials)

    def fills_in(self, *fields: str) -> None:
        assert [need.id for need in self.notice.fields] == list(fields)

    def hears(self, *notes: str) -> None:
        assert [note.id for note in self.notice.notes] == list(notes)

    def finishes(self) -> None:
        assert self.walk.status == "finished"

    def stops_at(self, *stops: str) -> None:
        assert self.walk.status == "stopped"
        assert [stop.id for stop in self.walk.stops] == list(stops)

    def refuses(self, *codes: str) -> None:
        """Exactly these refusals, and no more."""
        refusals = sort_answers(edition(self.bundle, self.today), self.answers)[1]
        assert [refusal.code for refusal in refusals] == list(codes)
        if codes:
            with pytest.raises(AnswersRefused) as caught:
                walk(self.bundle, self.answers, self.today)
            assert caught.value.refusals == tuple(refusals)

    def reads(self, **answers: object) -> None:
        """What the given answers are understood as."""
        assert sort_answers(edition(self.bundle, self.today), self.answers) == (answers, [])


def given(rules: Bundle, today: date = TODAY, **answers: object) -> Applicant:
    return Applicant(rules, answers, today)


def by_command(about: str | None, drawn: str, draws: int, line: Callable[[str, int, int], str]) -> None:
    """What `python -m tests.bundles.…` does: for each bundle asked for, on all cores, prints `line(id, draws, seed)`.

    `drawn` says what is drawn, `draws` how many of them where the command doesn't say.
    """
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("bundles", nargs="*", default=catalogue().ids)
    parser.add_argument("--draws", type=int, default=draws, help=drawn)
    parser.add_argument("--seed", type=int, default=None)
    wish = parser.parse_args()
    seed = fresh_seed("--seed {}") if wish.seed is None else wish.seed
    with ProcessPoolExecutor() as pool:
        for told in pool.map(line, wish.bundles, [wish.draws] * len(wish.bundles), [seed] * len(wish.bundles)):
            sys.stdout.write(f"{told}\n")
            sys.stdout.flush()
