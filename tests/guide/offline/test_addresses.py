"""Where the offline page stands in for a page of the site, it takes what that page's address says."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import timezone

from bundles.loading import catalogue
from bundles.results.offline_rules import offline_rules
from bundles.walking.editions import edition
from guide.cases.case import read_case
from tests.bundles.results.offline_engine import plain
from tests.bundles.support import TODAY
from tests.guide.offline.scripts import in_node

REGION = "510000"
ADDRESSES = {
    "newborn": [
        "wants=card,insurance", "wants=card&wants=insurance", "wants=card, insurance,", "wants=card&wants=card",
        "wants=none", "wants=none,card", "wants=card,nothing", "wants=card,insurance&wants=card", "wants=",
        "birth_place=hospital&birth_place=hospital", "birth_place=hospital&birth_place=home", "birth_place= hospital",
        "birth_place=nowhere", "birth_date=2026年11月12日", "birth_date=２０２６-１１-１２", "birth_date=20261112",
        "birth_date=2026-11-12&birth_date=2026-11-13", "birth_date=2027-01-01", "birth_date=2026.2.30",
        "birth_date-year=2026&birth_date-month=11&birth_date-day= 12 ", "birth_date-year=２０２６&birth_date-month=1",
        "birth_date=2026-11-01&birth_date-year=2026&birth_date-month=11&birth_date-day=12",
        "birth_date-year=2026年&birth_date-month=11月&birth_date-day=12号", "birth_date-year=20261112&birth_date-day=",
        "birth_date-year=2026-11-12&birth_date-month=",
        "birth_date-year=2026&birth_date-month=十一&birth_date-day=十二",
        "birth_date-year=2026&birth_date-month=2&birth_date-day=30", "birth_date=2026年13月1日",
        "birth_date=0001-01-01",
        "birth_date-year=2025&birth_date-year=2026&birth_date-month=11&birth_date-day=12",
    ],
    "second-hand-home": [
        "home_price=８０.５", "home_price=80，5", "home_price=80.125", "home_price=80&home_price=90", "home_price= 80 ",
        "home_price=-1", "floor_area=140.00",
    ],
}  # fmt: skip


@pytest.fixture(autouse=True)
def in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_args: TODAY)


@pytest.mark.parametrize("bundle", ADDRESSES)
def test_an_address_says_to_the_offline_page_what_it_says_to_the_site(bundle: str) -> None:
    rules = offline_rules(edition(catalogue().bundle(bundle), TODAY), REGION)
    wishes = [{"address": address, "rules": rules, "today": TODAY.isoformat()} for address in ADDRESSES[bundle]]
    found = in_node("offline_checks.js", wishes=wishes)
    expected = [dict(on_the_site(bundle, address)) for address in ADDRESSES[bundle]]
    assert dict(zip(ADDRESSES[bundle], map(in_order, found), strict=True)) == dict(
        zip(ADDRESSES[bundle], expected, strict=True)
    )


def on_the_site(bundle: str, address: str) -> Iterator[tuple[str, Any]]:
    """The answers of an address, and why others can't be used."""
    case = read_case(bundle, QueryDict(address))
    yield from ((name, sorted(answer) if isinstance(answer, frozenset) else plain(answer))
                for name, answer in case.answers.items())  # fmt: skip
    yield from ((refusal.question, refusal.code) for refusal in case.refusals)


def in_order(found: dict[str, Any]) -> dict[str, Any]:
    return {name: sorted(answer) if isinstance(answer, list) else answer for name, answer in found.items()}
