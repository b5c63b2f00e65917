"""The page of what can be printed: whole, or the matters whose names hold what was typed."""

from django.test import Client

from bundles.loading import catalogue
from tests.guide.cast import page_of


def offered(client: Client, **typed: str) -> set[str]:
    """The bundles that the page offers papers of."""
    links = page_of(client.get("/prints", typed)).links
    return {id for id in catalogue().ids if any(link.startswith(f"/{id}/paper.pdf") for link in links)}


def test_it_offers_every_bundle(client: Client) -> None:
    assert offered(client) == set(catalogue().ids)


def test_a_name_or_a_word_that_stands_for_it_finds_it_alone(client: Client) -> None:
    assert offered(client, find="新生儿") == {"newborn"}
    assert "newborn" in offered(client, find="上户口")


def test_what_is_not_there_leads_back_to_everything(client: Client) -> None:
    page = page_of(client.get("/prints", {"find": "xyzzy"}))
    assert "没有找到" in page.text
    assert "/prints" in page.links
