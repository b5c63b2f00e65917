"""The choice of a region: level by level, or by what its name holds."""

import pytest
from django.test import Client
from django.utils import translation

from bundles.loading import catalogue
from guide.language.languages import say
from guide.language.pairs import own
from tests.guide.cast import page_of


@pytest.mark.parametrize("typed", ["康定", "江", "县"])
def test_every_region_with_that_in_its_name_is_found_and_no_other(client: Client, typed: str) -> None:
    page = page_of(client.get("/region", {"find": typed, "next": "/newborn/"}))
    found = {link for link in page.links if link.startswith("?code=")}
    called = {code for code, region in catalogue().regions.items() if region.parent and typed in region.name}
    assert {f"?code={code}&next=/newborn/".replace("/", "%2F") for code in called} <= found
    assert len(found) == len(called) + 1  # and the province, which is always offered


def test_a_tibetan_name_finds_it_too(client: Client) -> None:
    with translation.override("bo"):
        name = own(say(catalogue().region("513301").name))
    assert name != "康定市"
    page = page_of(client.get("/bo/region", {"find": name, "next": "/bo/"}))
    assert "?code=513301&next=%2Fbo%2F" in page.links


def test_what_no_name_holds_leaves_the_levels(client: Client) -> None:
    page = page_of(client.get("/region", {"find": "xyzzy"}))
    assert "没有名字里有“xyzzy”" in page.text
    assert any(link.startswith("?in=5101") for link in page.links)


def test_a_finger_needs_no_keyboard_and_the_place_to_go_back_to_stays(client: Client) -> None:
    page = page_of(client.get("/region", {"find": "康定", "next": "/newborn/"}))
    assert page.inputs["next"] == ["/newborn/"]
