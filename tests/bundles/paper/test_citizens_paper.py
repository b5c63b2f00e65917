"""The questionnaire for citizens: short, whole, and never a wrong list."""

from datetime import date
from decimal import Decimal

import pytest

from bundles.conditions import ALWAYS, Answered, Every, Not, Some
from bundles.loading import catalogue
from bundles.paper.citizens import CitizensPaper, Need, citizens_paper_of, is_plain
from bundles.paper.filling_in import Filled, fill_in
from bundles.walking.answers import Answer
from tests.bundles.paper.citizens import MARKED, run
from tests.bundles.support import TODAY, bundle, fresh_seed

DRAWS = 200


@pytest.mark.parametrize("id", MARKED)
def test_a_reader_ends_with_the_walks_list_or_at_the_counter(id: str) -> None:
    seed = fresh_seed(f"python -m tests.bundles.paper.citizens --draws {DRAWS} {id} --seed {{}}")
    ends = run(id, DRAWS, seed)
    assert ends.lists >= DRAWS / 10, "hardly anybody who is common gets a list"


@pytest.mark.parametrize("id", MARKED)
def test_it_can_be_said_plainly_everywhere_and_on_days_to_come(id: str) -> None:
    books = catalogue()
    for region in books.overlays(books.file(id)):
        for today in (TODAY, date(2028, 2, 29)):
            paper = citizens_paper_of(books.bundle(id, region), today)
            assert paper
            assert paper.unsaid == (), (region, today)


def test_a_bundle_without_marks_has_none() -> None:
    assert citizens_paper_of(bundle(SHOP.replace(", common: true", "")), TODAY) is None


SHOP = """
questions:
  - id: kind
    ask: 哪种
    choices: [{id: shop, label: 店, common: true}, {id: stall, label: 摊, common: true}, {id: farm, label: 农场}]
  - {id: colour, ask: 什么颜色, choices: [{id: red, label: 红}, {id: blue, label: 蓝}]}
  - {id: crops, ask: 种什么, when: {kind: farm}, choices: [{id: rice, label: 稻}, {id: tea, label: 茶}]}
  - {id: staff, ask: 几个人, type: number, when: {kind: shop}, bands: [{id: few, up_to: 4, common: true}, {id: many}]}
  - {id: wants, ask: 还要吗, type: many, choices: [{id: seal, label: 章, common: true}, {id: bank, label: 户}]}
items:
  - id: licence
    materials:
      - {id: lease, when: {kind: shop}}
      - {id: deed, when: {crops: tea}}
  - {id: seals, when: {wants: seal}}
  - {id: accounts, may_when: {wants: bank}}
  - {id: paint, when: {any: [{kind: shop, colour: red, wants: seal}, {kind: stall, colour: blue}]}}
"""


@pytest.fixture
def paper() -> CitizensPaper:
    found = citizens_paper_of(bundle(SHOP), TODAY)
    assert found
    assert not found.unsaid
    return found


def read(paper: CitizensPaper, **answers: Answer) -> Filled:
    return fill_in(paper.sheet, lambda question, offered: answers[question.id])


def test_only_what_is_common_can_be_ticked(paper: CitizensPaper) -> None:
    ticks = {step.id: [mark.value for mark in step.marks] for step in paper.sheet.steps}
    assert ticks["kind"] == ["shop", "stall"]
    assert ticks["wants"] == ["seal", "none"]


def test_what_leads_nowhere_here_is_not_asked(paper: CitizensPaper) -> None:
    assert [(step.number, step.id) for step in paper.sheet.steps] == [(1, "kind"), (2, "staff"), (3, "wants")]
    assert [entry.of[0].id for entry in paper.papers] == ["lease"]


@pytest.mark.parametrize("left", [{"kind": "farm"}, {"staff": Decimal(9)}, {"wants": frozenset({"bank", "seal"})}])
def test_whoever_leaves_what_is_common_is_sent_to_the_counter(paper: CitizensPaper, left: dict[str, Answer]) -> None:
    usual: dict[str, Answer] = {"kind": "shop", "staff": Decimal(2), "wants": frozenset()}
    assert read(paper, **(usual | left)).stops


def test_what_one_sentence_cannot_say_is_left_to_the_counter(paper: CitizensPaper) -> None:
    assert paper.items["licence"] == Need(ALWAYS, sure=True)
    assert paper.items["seals"] == Need(Answered("wants", frozenset({"seal"})), sure=True)
    assert paper.items["paint"] == Need(ALWAYS, sure=False)
    assert "accounts" not in paper.items


def test_one_sentence_says_two_things_at_most() -> None:
    one, other, third = (Answered(name, frozenset({"yes"})) for name in ("one", "other", "third"))
    assert is_plain(Every((one, Not(other))))
    assert not is_plain(Every((one, other, third)))
    assert not is_plain(Every((one, Some((other, third)))))
    assert not is_plain(Answered("one", frozenset("abcde")))
