"""Nobody is shown what another visitor answered: a page from a warm process is the page of one that keeps nothing."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from bundles.loading import CATALOGUE, catalogue
from bundles.proving.scenarios import Scenario, read_scenarios
from bundles.walking.answers import Answer, Answers, read_answers
from bundles.walking.editions import Edition, edition
from bundles.walking.walks import Walk, replay
from guide.cases.case import as_words
from guide.language.pieces import forget_pieces
from tests.bundles.support import dice
from tests.factories import PostFactory
from tests.walking import possible_answers

ASKING = ("/{id}/ask?{unfinished}", "/counter/{id}/?{unfinished}")
NOTICE = "/{id}/notice?{answers}"
EXACT = ("/bo/{id}/ask?{unfinished}", "/bo/{id}/notice?{answers}")  # besides, where an answer is a date or a number
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')


def nothing_is_kept() -> None:
    """As in a process that has just begun: rendered pieces are gone."""
    cache.clear()
    forget_pieces()


def seen(client: Client, address: str) -> tuple[int, str, bytes]:
    """What a visitor gets: status, where it leads, and every character but the token of a form."""
    response = client.get(address)
    assert response.status_code in (200, 302), address
    return response.status_code, response.headers.get("Location", ""), TOKEN.sub(b"", response.content)


@pytest.mark.parametrize("id", catalogue().ids)
def test_no_page_shows_what_another_visitor_answered(id: str, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over all questions of a bundle; two visitors who differ in that one answer, in both orders."""
    client.force_login(PostFactory.create().user)
    for today, pages, one, other in visitors(id):
        monkeypatch.setattr(timezone, "localdate", lambda *_args, today=today: today)
        for page in pages:
            assert_shown_apart(client, page.format(**one), page.format(**other))


@pytest.mark.parametrize("page", [*ASKING, NOTICE, *EXACT])
def test_no_page_shows_another_bundle_or_place(page: str, client: Client) -> None:
    """Two visitors who have answered nothing yet differ in nothing but what they ask about, and where."""
    client.force_login(PostFactory.create().user)
    begun = [page.format(id=id, answers=f"region={code}", unfinished=f"region={code}")
             for id in ("newborn", "retirement", "veteran") for code in ("510000", "510100", "513301")]  # fmt: skip
    for one, other in combinations(begun, 2):
        assert_shown_apart(client, one, other)


def assert_shown_apart(client: Client, *addresses: str) -> None:
    """Each of two addresses gives, after the other, what it gives a process that keeps nothing."""
    first: dict[str, tuple[int, str, bytes]] = {}
    after: dict[str, tuple[int, str, bytes]] = {}
    for one, other in (addresses, addresses[::-1]):
        nothing_is_kept()
        first[one] = seen(client, one)
        after[other] = seen(client, other)
    for address in addresses:
        assert after[address] == first[address], f"{address} after the other of {addresses}"


def visitors(id: str) -> Iterator[tuple[date, tuple[str, ...], dict[str, str], dict[str, str]]]:
    """Two visitors for every question that some scenario asks, and every band of it, who differ in that answer alone.

    The day, the pages to look at, and for each of the two what stands in the pages' addresses.
    """
    done = set[tuple[str, str]]()
    for scenario in read_scenarios(CATALOGUE / id / "scenarios.yaml"):
        rules = edition(catalogue().bundle(id, scenario.region), scenario.today)
        answers = read_answers(rules, scenario.given)
        for name in replay(rules, answers).asked:
            at = replay(rules, without(answers, name))
            for answer in (answers[name], *possible_answers(at)):
                kind = (name, band_of(at, answer))
                if kind not in done and (another := another_answer(at, answer)) is not None:
                    done.add(kind)
                    yield from looks(scenario, rules, {**answers, name: answer}, {**answers, name: another}, name)


def looks(
    scenario: Scenario, rules: Edition, one: Answers, other: Answers, name: str
) -> Iterator[tuple[date, tuple[str, ...], dict[str, str], dict[str, str]]]:
    """The pages at the end and, where the answers are dates or numbers, at some questions on the way."""
    asked = [question for question in replay(rules, one).asked if question != name]
    exact = isinstance(one[name], date | Decimal)
    for number, last in enumerate(dice(asked).sample(asked, min(5, len(asked))) if exact else asked[-1:]):
        later = asked[asked.index(last) :]
        pages = (*ASKING, *(() if number else (NOTICE, *EXACT) if exact else (NOTICE,)))
        both = (
            {"id": rules.bundle.id, "answers": query(rules, scenario, given), "unfinished":
             query(rules, scenario, without(given, *later))}
            for given in (one, other)
        )  # fmt: skip
        yield scenario.today, pages, next(both), next(both)


def band_of(at: Walk, answer: Answer) -> str:
    """The band of a date or number; all other answers to a question are one kind."""
    assert at.question is not None
    return at.rules.band(at.question, answer) if isinstance(answer, date | Decimal) else ""


def without(answers: Answers, *names: str) -> dict[str, Answer]:
    return {name: answer for name, answer in answers.items() if name not in names}


def another_answer(at: Walk, answer: Answer) -> Answer | None:
    """Another answer to the question that the walk asks; the nearest in the same band where there are bands."""
    question = at.question
    assert question is not None
    others = [other for other in possible_answers(at) if other != answer]
    if isinstance(answer, date):
        others = [day for number in (1, 2, 9) for sign in (-1, 1)
                  if (day := answer + sign * timedelta(days=number)) <= at.rules.today or question.future]  # fmt: skip
    elif isinstance(answer, Decimal):
        others = [number for step in (1, 2) for sign in (1, -1)
                  if question.lowest <= (number := answer + sign * step) <= question.highest]  # fmt: skip
    else:
        return dice(others).choice(others) if others else None
    same = [other for other in others if band_of(at, other) == band_of(at, answer)]
    return next(iter([*same, *others]), None)


def query(rules: Edition, scenario: Scenario, answers: Answers) -> str:
    words = [(question.id, word) for question in rules.bundle.questions if question.id in answers
             for word in as_words(question, answers[question.id])]  # fmt: skip
    return urlencode([("region", catalogue().region(scenario.region).code), *words])
