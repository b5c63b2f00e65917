"""Every bundle from its start page to the papers: random walks over HTTP, the scenarios' notices and forms as PDF."""

import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from bundles.loading import catalogue
from bundles.model import NONE
from bundles.proving.scenarios import Scenario, play, read_scenarios
from bundles.walking.answers import Answer, AnswersRefused
from bundles.walking.walks import Walk, walk
from tests.bundles.support import TODAY, dice, fresh_seed
from tests.guide.cast import at, page_of
from tests.walking import random_answer

IDS = catalogue().ids
WALKS = 4
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_args: TODAY)


def as_sent(answers: dict[str, Answer]) -> dict[str, Any]:
    """Answers as an address carries them."""
    return {name: (sorted(given) or NONE) if isinstance(given, frozenset) else given for name, given in answers.items()}


def random_walk(client: Client, id: str, region: str, chance: random.Random) -> Walk:
    """A walk answered at random, every page of it opened."""
    bundle, answers = catalogue().bundle(id, region), dict[str, Answer]()
    while (walked := walk(bundle, answers, TODAY)).question is not None:
        response = client.get(at(id, "ask", {"region": region, **as_sent(answers)}))
        assert response.status_code == 200
        page = page_of(response)
        assert walked.question.ask in page.text
        answers[walked.question.id] = random_answer(walked, chance)
    return walked


@pytest.mark.parametrize("id", IDS)
def test_every_walk_ends_in_a_notice_or_in_what_to_do_instead(client: Client, id: str) -> None:
    chance = dice(f"{fresh_seed('put {} here')} {id}")
    for _walk in range(WALKS):
        region = chance.choice(catalogue().overlays(catalogue().file(id)))
        walked = random_walk(client, id, region, chance)
        address = {"region": region, **as_sent(dict(walked.used))}
        if walked.status == "stopped":
            page = page_of(client.get(at(id, "ask", address)))
            assert "这件事现在不能这样办" in page.text
            assert "{" not in page.text.replace("{{", "")
        else:
            page = page_of(client.get(at(id, "notice", address)))
            assert "您的一次性告知书" in page.text
            for figure in walked.bundle.figures:
                assert f"{{{figure}}}" not in page.text


def finished(id: str) -> Iterator[tuple[Scenario, Walk]]:
    """The bundle's scenarios that finish."""
    for scenario in read_scenarios(catalogue().file(id).parent / "scenarios.yaml"):
        try:
            walked = play(scenario, catalogue(), id)
        except AnswersRefused:
            continue
        if walked.status == "finished":
            yield scenario, walked


def on_the_day(monkeypatch: pytest.MonkeyPatch, scenario: Scenario) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_args: scenario.today)


@pytest.mark.parametrize("id", IDS)
def test_the_papers_of_real_cases_can_be_printed(client: Client, monkeypatch: pytest.MonkeyPatch, id: str) -> None:
    cases = list(finished(id))
    assert cases
    for scenario, walked in [cases[0], cases[len(cases) // 2], cases[-1]]:
        on_the_day(monkeypatch, scenario)
        answers = {"region": scenario.region or "510000", **as_sent(dict(walked.used))}
        for paper in ("notice.pdf", "form.pdf"):
            response = client.get(at(id, paper, answers))
            assert response.status_code == 200
            assert response.content.startswith(b"%PDF")


@pytest.mark.parametrize("id", IDS)
def test_what_answers_fill_in_fits_its_box(client: Client, monkeypatch: pytest.MonkeyPatch, id: str) -> None:
    """A filled box of the form is one that its own check takes."""
    for scenario, walked in list(finished(id))[:4]:
        on_the_day(monkeypatch, scenario)
        answers = {"region": scenario.region or "510000", **as_sent(dict(walked.used))}
        client.post(at(id, "form", answers), {"action": "agree", "sensitive": "1"})
        page = page_of(client.get(at(id, "form/ready", answers)))
        assert "看起来不对" not in page.text, scenario.id
        client.post("/wipe")


def test_numbers_of_answers_survive_the_address() -> None:
    assert as_sent({"price": Decimal("100.50")})["price"] == Decimal("100.50")
