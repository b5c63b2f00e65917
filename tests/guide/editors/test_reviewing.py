"""What a reviewer finds on the editors' pages: which case reaches a rule, what differs, what isn't confirmed."""

import re

import pytest
from django.test import Client

from bundles.loading import catalogue
from bundles.proving.maps import LONG, BundleMap, lengthy, mean_questions
from bundles.proving.scenarios import play, read_scenarios
from bundles.walking.walks import walk
from guide.editors.scenarios import reaching
from tests.bundles.support import TODAY
from tests.guide.cast import page_of

IDS = catalogue().ids
pytestmark = pytest.mark.django_db


def test_a_rule_names_the_cases_that_reach_it(client: Client) -> None:
    page = page_of(client.get("/land-preexam/rules"))
    links = [link for link in page.links if "/land-preexam/scenarios?region=510000#s-" in link]
    assert links
    scenarios = {one.id: one for one in read_scenarios(catalogue().file("land-preexam").parent / "scenarios.yaml")}
    for kind, names in reaching(catalogue(), "land-preexam").items():
        for name, cases in names.items():
            walked = play(scenarios[cases.first[0]], catalogue(), "land-preexam")
            if kind == "stop":
                assert name in {stop.id for stop in walked.stops}


def test_what_no_case_reaches_says_so(client: Client) -> None:
    """So does every page of rules whose bundle has such a thing."""
    missing = [
        id for id in IDS for note in catalogue().bundle(id).notes if note.id not in reaching(catalogue(), id)["note"]
    ]
    for id in missing[:1]:
        assert "没有情形走到" in page_of(client.get(f"/{id}/rules")).text


def test_another_region_is_a_difference_in_words(client: Client) -> None:
    page = page_of(client.get("/newborn/differences", {"region": "510000", "other.region": "510100"}))
    assert re.search(r"[0-9]+ 处不同", page.text)
    assert "180 天" in page.text
    back = page_of(client.get("/newborn/differences", {"region": "510100", "other.region": "510000"}))
    number = re.compile(r"([0-9]+) 处不同")
    assert number.findall(page.text) == number.findall(back.text)


@pytest.mark.parametrize("id", IDS)
def test_the_same_place_and_day_differ_in_nothing(client: Client, id: str) -> None:
    page = page_of(client.get(f"/{id}/differences", {"other.region": "510000", "other.day": "2026-11-30"}))
    assert "处不同" not in page.text or catalogue().bundle(id).changes_after(TODAY)


@pytest.mark.parametrize("typed", ["soon", "2026-13-01", "0", "9" * 500, "<b>"])
def test_what_is_no_day_is_said(client: Client, typed: str) -> None:
    page = page_of(client.get("/newborn/differences", {"other.day": typed}))
    assert "不是日期" in page.text


def test_an_unknown_region_is_the_page_s_own(client: Client) -> None:
    assert client.get("/newborn/differences", {"other.region": "999999"}).status_code == 200


@pytest.mark.parametrize("id", IDS)
def test_what_is_not_confirmed_stands_by_its_source(client: Client, id: str) -> None:
    page = page_of(client.get(f"/{id}/unconfirmed"))
    bundle = catalogue().bundle(id)
    unsure = [note for note in bundle.notes if not note.confirmed]
    assert unsure or "都核实过了" in page.text or page.text
    for note in unsure:
        assert note.source is None or bundle.sources[note.source].title in page.text


@pytest.mark.parametrize("id", IDS)
def test_too_many_questions_name_the_one_to_move_or_drop(client: Client, id: str) -> None:
    start = BundleMap(walk(catalogue().bundle(id), {}, TODAY))
    mean, found = mean_questions(start.walk), lengthy(start)
    assert mean is not None
    assert (found is not None) == (mean > LONG)
    text = page_of(client.get(f"/{id}/map")).text
    assert f"平均问 {mean:.1f} 题" in text
    assert ("先看第" in text) == (mean > LONG)
    if found and found.behind:
        assert found.mean is not None
        assert found.mean < mean
