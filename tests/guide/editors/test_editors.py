"""The pages for those who write and review bundles, and the links from one bundle to the next."""

import json
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from bundles.faults import CODES
from bundles.loading import catalogue
from bundles.model import Bundle
from bundles.proving.maps import BundleMap
from bundles.proving.scenarios import read_scenarios
from bundles.walking.walks import Walk, walk
from guide.asking.finding import by_theme, departments, find
from guide.cases.onward import carried, onward
from tests.bundles.support import TODAY
from tests.guide.cast import SHOPKEEPER, at, page_of

IDS = catalogue().ids
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("id", IDS)
def test_the_map_shows_every_question_and_answer(client: Client, id: str) -> None:
    text = page_of(client.get(f"/{id}/map")).text
    stations = BundleMap(walk(catalogue().bundle(id), {}, TODAY)).stations
    assert stations
    for question in (station.question for station in stations):
        assert question.ask in text
        assert all(choice.label in text for choice in question.choices)


def test_an_answer_on_the_map_opens_the_map_from_there(client: Client) -> None:
    first = page_of(client.get("/newborn/map"))
    link = next(link for link in first.links if "birth_place=overseas" in link)
    page = page_of(client.get(link))
    assert "已经答了" in page.text
    assert "宝宝回国用的是什么证件" in page.text
    assert any(link.startswith("/newborn/ask?") and "birth_place=overseas" in link for link in page.links)


def test_the_map_of_a_finished_walk_leads_to_its_result(client: Client) -> None:
    page = page_of(client.get("/business-start/map?kind=foreign_office"))
    assert "停止" in page.text


def test_an_odd_address_of_a_map_goes_on_without_what_is_odd(client: Client) -> None:
    response = client.get("/newborn/map?birth_place=moon&nothing=1")
    assert (response.status_code, response.headers["Location"]) == (302, "/newborn/map?region=510000")


@pytest.mark.parametrize("id", IDS)
def test_the_rules_say_every_condition_and_no_name_of_the_program(client: Client, id: str) -> None:
    page = page_of(client.get(f"/{id}/rules?region=510100"))
    bundle = catalogue().bundle(id, "510100").on(date.today())  # noqa: DTZ011  # the site's own day
    for item in bundle.items:
        assert item.usual("name") in page.text
    for stop in bundle.stops:
        assert stop.tell.partition("{")[0] in page.text
    assert all(figure.label in page.text for figure in bundle.figures.values())
    assert not re.search(r"“[a-z_]+”|\{[a-z_]+\}", page.text)


@pytest.mark.parametrize("id", IDS)
def test_the_scenarios_stand_in_a_table_with_what_came_of_them(client: Client, id: str) -> None:
    page = page_of(client.get(f"/{id}/scenarios"))
    scenarios = read_scenarios(catalogue().file(id).parent / "scenarios.yaml")
    assert f"{len(scenarios)} 个情形，结果都和应有的一样" in page.text
    assert all(scenario.title in page.text for scenario in scenarios)


def test_every_fault_code_has_an_example(client: Client) -> None:
    page = page_of(client.get("/faults"))
    for code, meaning in CODES.items():
        assert code in page.text
        assert meaning in page.text


def test_the_schema_is_served(client: Client) -> None:
    schema: dict[str, Any] = json.loads(client.get("/bundle.schema.json").content)
    assert schema["title"] == "bundle.yaml"


# From one bundle to the next


def test_answers_go_along_to_the_next_bundle(client: Client) -> None:
    """From a bought home to the loan, and from a company that has started to its first employee."""
    given = {"payment": "fund", "homes": "one", "marriage": "married"}
    loan = catalogue().bundle("housing-fund-loan")
    shared = {question.id for question in loan.questions if question.shared}
    taken = [(name, value) for name, value in given.items() if name in shared]
    assert taken
    page = page_of(client.get("/housing-fund-loan/", {"region": "510100", **given}))
    assert "前面答过的，带过来了" in page.text
    begin = next(link for link in page.links if link.startswith("/housing-fund-loan/ask"))
    assert all(f"{name}={value}" in begin for name, value in taken)
    start = catalogue().bundle("business-start")
    walked = replay_to_the_end(start, SHOPKEEPER)
    note = next(note for note in start.notes if note.next == "employee-hiring")
    hiring = carried(walked, catalogue().bundle("employee-hiring"), note.answers)
    assert hiring.items() >= {"unit_insurance": "yes"}.items()
    agent = replay_to_the_end(start, SHOPKEEPER | {"handler": "agent"})
    assert carried(agent, catalogue().bundle("employee-hiring"), {}) == {"handler": "agent"}


def replay_to_the_end(bundle: Bundle, given: dict[str, Any]) -> Walk:
    walked = walk(bundle, {name: answer for name, answer in given.items() if name != "region"}, TODAY)
    assert walked.status == "finished"
    return walked


def test_what_a_note_knows_goes_along_too(client: Client) -> None:
    """A house left behind: the transfer's reason is clear."""
    note = next(note for note in catalogue().bundle("after-death").notes if note.next == "second-hand-home")
    walked = walk(catalogue().bundle("after-death"), {}, TODAY)
    link = onward(walked, catalogue().region(None), note)
    assert link is not None
    assert link.address == "/second-hand-home/?region=510000&cause=inheritance"
    assert "继承" in page_of(client.get(link.address)).text


@pytest.mark.parametrize("id", IDS)
def test_what_goes_along_is_an_answer_there(id: str) -> None:
    bundle = catalogue().bundle(id)
    notes = [*bundle.notes, *(note for item in bundle.items for note in item.notes)]
    known = [(stop.next, stop.answers) for stop in bundle.stops] + [(note.next, note.answers) for note in notes]
    for next_one, answers in known:
        if answers:
            assert next_one is not None
            assert walk(catalogue().bundle(next_one), answers, TODAY).given.keys() == answers.keys()


def test_questions_of_the_same_name_that_are_not_shared_stay_behind() -> None:
    """Two bundles ask `wants`, each for things of its own."""
    asks_too = [id for id in IDS if any(question.id == "wants" for question in catalogue().bundle(id).questions)]
    assert len(asks_too) > 1
    walked = replay_to_the_end(catalogue().bundle("business-start"), SHOPKEEPER)
    assert "wants" in walked.used
    assert all("wants" not in carried(walked, catalogue().bundle(id), {}) for id in asks_too)


@pytest.mark.parametrize("id", IDS)
def test_every_link_to_a_next_bundle_opens(client: Client, id: str) -> None:
    bundle = catalogue().bundle(id)
    notes = [*bundle.notes, *(note for item in bundle.items for note in item.notes)]
    ways = [stop.next for stop in bundle.stops] + [note.next for note in notes]
    for next_one in filter(None, dict.fromkeys(ways)):
        assert client.get(f"/{next_one}/").status_code == 200


def test_a_stop_links_to_the_bundle_that_is_meant_with_the_answers(client: Client) -> None:
    for id in IDS:
        bundle = catalogue().bundle(id)
        scenarios = read_scenarios(catalogue().file(id).parent / "scenarios.yaml")
        with_next = {stop.id: stop.next for stop in bundle.stops if stop.next}
        for scenario in scenarios:
            stops = scenario.expect.stops or ()
            if stops and stops[0] in with_next and scenario.region is None:
                given = {name: value for name, value in scenario.given.items() if value != []}
                page = page_of(client.get(at(id, "ask", given)))
                assert any(link.startswith(f"/{with_next[stops[0]]}/?region=") for link in page.links), (
                    id,
                    scenario.id,
                )
                return
    pytest.fail("no stop leads on")


# Finding


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("上户口", "newborn"), ("刚生了孩子", "newborn"), ("出生证", "newborn"), ("结婚", "marriage-childbearing"),
        ("领结婚证", "marriage-childbearing"), ("怀孕", "marriage-childbearing"), ("退休", "retirement"),
        ("领养老金", "retirement"), ("父亲去世了", "after-death"), ("死亡证明", "after-death"),
        ("抚恤金", "after-death"),
        ("残疾证", "disability-support"), ("护理补贴", "disability-support"), ("轮椅", "disability-support"),
        ("退伍", "veteran"), ("当兵回来", "veteran"), ("外卖", "flexible-employment"),
        ("自己交社保", "flexible-employment"), ("二手房过户", "second-hand-home"), ("水电过户", "second-hand-home"),
        ("公积金贷款", "housing-fund-loan"), ("开火锅店", "restaurant-opening"), ("开餐馆", "restaurant-opening"),
        ("开公司", "business-start"), ("公章", "business-start"), ("办执照", "business-start"),
        ("招人", "employee-hiring"), ("新员工社保", "employee-hiring"), ("厂房过户", "enterprise-property"),
        ("注销公司", "business-closure"), ("关店", "business-closure"), ("用地预审", "land-preexam"),
        ("选址意见书", "land-preexam"), ("排污口", "river-outfall"), ("污水排到河里", "river-outfall"),
    ],
)  # fmt: skip
def test_life_s_words_find_the_bundle_first(typed: str, id: str) -> None:
    found = find(typed)
    assert found
    assert found[0].id == id, [bundle.id for bundle in found[:4]]


def test_every_bundle_stands_under_its_theme_and_its_departments(client: Client) -> None:
    bundles = [catalogue().bundle(id) for id in IDS]
    assert sorted(bundle.id for _, _, group in by_theme(bundles) for bundle in group) == sorted(IDS)
    assert {bundle.id for _, group in departments() for bundle in group} == set(IDS)
    page = page_of(client.get("/", {"department": "tax"}))
    tax = dict(departments())["tax"]
    assert {link for link in page.links if link.strip("/") in IDS} == {f"/{bundle.id}/" for bundle in tax}


@pytest.mark.parametrize("page", ["map", "rules", "scenarios", "differences", "unconfirmed"])
def test_a_page_says_which_of_the_editors_pages_it_is(client: Client, page: str) -> None:
    text = client.get(f"/land-preexam/{page}").content.decode()
    current = re.findall(r'<a href="([^"]+)"[^>]*aria-current="page"', text)
    assert current == [f"/land-preexam/{page}?region=510000"]


@pytest.mark.parametrize("page", ["rules", "scenarios"])
def test_a_long_page_has_contents_that_lead_to_what_is_there(client: Client, page: str) -> None:
    text = client.get(f"/newborn/{page}").content.decode()
    anchors = re.findall(r'href="#((?:question|item|s)-[^"]+)"', text)
    assert anchors
    assert set(anchors) <= set(re.findall(r'id="([^"]+)"', text))


@pytest.mark.parametrize("page", ["rules", "scenarios"])
def test_a_long_page_shows_what_holds_a_word_alone(client: Client, page: str) -> None:
    whole = client.get(f"/newborn/{page}").content.decode()
    some = client.get(f"/newborn/{page}", {"find": "收养"}).content.decode()
    none = client.get(f"/newborn/{page}", {"find": "xyzzy"}).content.decode()
    assert whole.count('class="rule') > some.count('class="rule') > none.count('class="rule')
    assert "收养" in some
