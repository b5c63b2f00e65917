"""What the foot of each page says and leads to."""

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client

from guide.language.pieces import forget_pieces
from tests.guide.cast import page_of

OPERATOR = "康定市政务服务局"


@pytest.fixture
def run_by(settings: LazySettings) -> str:
    """Somebody who runs the site, on pages that are made anew."""
    settings.OPERATOR_NAME = OPERATOR
    settings.OPERATOR_CONTACT = "0836-283 1234"
    cache.clear()
    forget_pieces()
    return OPERATOR


@pytest.mark.parametrize("address", ["/", "/newborn/", "/newborn/ask", "/region", "/prints", "/bo/"])
def test_the_foot_says_who_runs_the_site_and_leads_to_both_statements(
    client: Client, run_by: str, address: str
) -> None:
    page = page_of(client.get(address))
    assert run_by in page.text
    prefix = "/bo" if address.startswith("/bo") else ""
    assert {f"{prefix}/privacy", f"{prefix}/accessibility"} <= set(page.links)


def test_where_nobody_is_named_the_foot_names_nobody(client: Client, settings: LazySettings) -> None:
    settings.OPERATOR_NAME = ""
    cache.clear()
    forget_pieces()
    assert "运行" not in page_of(client.get("/")).text


@pytest.mark.parametrize("address", ["/privacy", "/accessibility"])
def test_a_statement_says_whom_to_turn_to(client: Client, run_by: str, address: str) -> None:
    page = page_of(client.get(address))
    assert run_by in page.text
    assert "tel:0836-2831234" in page.links
