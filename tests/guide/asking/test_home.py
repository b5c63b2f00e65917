"""The home page: search first, what is done most, then every matter, by theme and by department."""

import re

import pytest
from django.test import Client

from bundles.loading import catalogue
from bundles.model import Bundle
from guide.asking import home
from guide.asking.finding import MOST_COMMON, by_theme, commonest, departments
from guide.cases.bundles import all_bundles
from tests.guide.cast import page_of

SAD = {"after-death", "business-closure"}


def links_of(text: str) -> list[str]:
    """The bundles that a page links to, in its order, each as often as it stands there."""
    return [id for id in re.findall(r'href="/([a-z-]+)/"', text) if id in catalogue().ids]


def test_it_names_what_is_done_most_and_then_everything(client: Client) -> None:
    listed = links_of(client.get("/").content.decode())
    most = [bundle.id for bundle in commonest(all_bundles())]
    assert listed[: len(most)] == most
    assert sorted(listed[len(most) :]) == sorted(catalogue().ids)


def test_nothing_sad_is_among_the_six_nor_first_in_a_theme() -> None:
    most = [bundle.id for bundle in commonest(all_bundles())]
    assert len(most) == MOST_COMMON
    assert SAD.isdisjoint(most)
    assert SAD.isdisjoint(bundles[0].id for _id, _name, bundles in by_theme(all_bundles()))


def test_no_two_bundles_share_a_place_among_what_is_done_most() -> None:
    places = [bundle.common for bundle in all_bundles() if bundle.common]
    assert len(places) == len(set(places))
    assert catalogue().common == {bundle.id: bundle.common for bundle in all_bundles()}


def test_each_department_leads_to_what_it_takes_part_in(client: Client) -> None:
    page = page_of(client.get("/"))
    for id, bundles in departments():
        address = f"/?department={id}"
        assert address in page.links
        assert links_of(client.get(address).content.decode()) == [bundle.id for bundle in bundles]


def test_what_is_found_stands_right_under_the_search_and_alone(client: Client) -> None:
    text = client.get("/", {"find": "生娃"}).content.decode()
    assert links_of(text)[0] == "newborn"
    assert text.index('class="matters found"') < text.index('class="under"')
    assert "theme-family" not in text


def test_what_is_not_found_leaves_everything_to_choose_from(client: Client) -> None:
    text = client.get("/", {"find": "xyzzy"}).content.decode()
    assert "没有找到" in text
    assert sorted(links_of(text)) == sorted(catalogue().ids)


@pytest.mark.parametrize(("times", "unfolded"), [(1, True), (10, False)])
def test_a_wide_screen_unfolds_no_more_than_one_can_look_over(
    client: Client, monkeypatch: pytest.MonkeyPatch, times: int, unfolded: bool
) -> None:
    bundles = all_bundles()

    def several() -> list[Bundle]:
        return bundles * times

    monkeypatch.setattr(home, "all_bundles", several)
    text = client.get("/?find=xyzzy").content.decode()
    assert ("open-wide" in text) == unfolded
    assert f"全部 {len(bundles) * times} 件" in text
