"""What the rules cost: to read, compile and walk through them; and what a notice and a form on paper cost."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from bundles.loading import Catalogue, catalogue
from bundles.walking.answers import Answer, Answers
from bundles.walking.compiling import compile_bundle
from bundles.walking.editions import Edition, edition
from bundles.walking.navigation import Navigation
from bundles.walking.walks import replay
from guide.form.boxes import blocks_of, filled
from guide.form.paper import form_paper_of
from guide.notice.paper import notice_paper_of
from guide.notice.rows import Telling
from guide.papers import form_pdf, notice_pdf
from tests.bench.figures import Figure, milliseconds
from tests.walking import possible_answers

TODAY = date(2026, 11, 22)
LINK = "https://example.invalid/c/0000"


def rules_figures() -> Iterator[Figure]:
    catalogue = Catalogue()
    for name in catalogue.ids:
        yield Figure(f"load {name}", milliseconds(partial(_load, name), 5), "ms", "")
        rules = edition(catalogue.bundle(name), TODAY)
        yield Figure(f"compile {name}", milliseconds(partial(compile_bundle, rules), 5), "ms", "≤ 50")
        yield Figure(f"navigation graph of {name}", milliseconds(partial(_explore, rules), 3), "ms", "")
        answers = longest(name)
        replaying = milliseconds(partial(replay, rules, answers), 300)
        yield Figure(f"replay {len(answers)} answers of {name}", replaying * 1000, "µs", "≤ 300")


def _load(name: str) -> None:
    Catalogue().bundle(name)


def _explore(rules: Edition) -> None:
    navigation = Navigation(compile_bundle(rules))
    navigation.outlook(navigation.start)


def longest(name: str) -> Answers:
    """Answers of a long walk: at each question the one that leaves the most to ask."""
    rules = edition(catalogue().bundle(name), TODAY)
    answers: dict[str, Answer] = {}
    while (question := (walk := replay(rules, answers)).question) is not None:
        tries = [answers | {question.id: answer} for answer in possible_answers(walk)]
        answers = max(tries, key=lambda tried: replay(rules, tried).remaining[1])
    return walk.used


def paper_figures() -> Iterator[Figure]:
    for name in catalogue().ids:
        rules = edition(catalogue().bundle(name), TODAY)
        telling = Telling(replay(rules, longest(name)), catalogue().region(None))
        yield Figure(f"notice PDF of {name}, warm", milliseconds(partial(_notice, telling), 9), "ms", "≤ 120")
        yield Figure(f"form PDF of {name}, warm", milliseconds(partial(_form, telling), 9), "ms", "≤ 120")


def _notice(telling: Telling) -> bytes:
    return notice_pdf(notice_paper_of(telling, LINK))


def _form(telling: Telling) -> bytes:
    blocks = blocks_of(telling, {})
    return form_pdf(form_paper_of(telling, blocks, filled(telling, blocks, None), LINK))
