"""What rests on a law that has changed since, and whose new text nobody has seen, is told as still to be confirmed."""

import pytest

from bundles.loading import CATALOGUE, catalogue
from bundles.proving.scenarios import play, read_scenarios
from bundles.results.notices import Notice

RELIEF = {"low-income-support", "destitute-support", "temporary-relief", "medical-premium-aid"}


def told(bundle_id: str) -> list[Notice]:
    """The notice of every case that the bundle's file tells."""
    cases = read_scenarios(CATALOGUE / bundle_id / "scenarios.yaml")
    return [Notice(play(case, catalogue(), bundle_id)) for case in cases]


def test_relief_names_the_law_in_force() -> None:
    items = [
        item for notice in told("disability-support") for item in notice.with_standing("applies", "counter")
        if item.id in RELIEF
    ]  # fmt: skip
    assert {item.id for item in items} == RELIEF
    for item in items:
        assert not item.confirmed
        assert item.words["basis"].value == "《中华人民共和国社会救助法》"
        assert not item.words["basis"].confirmed


@pytest.mark.parametrize(
    ("bundle", "note"),
    [
        ("disability-support", "aid-first"),
        ("disability-support", "emergency"),
        ("employee-hiring", "fund-duty"),
        ("business-start", "fund-later"),
        ("business-closure", "fund-accounts"),
    ],
)
def test_what_the_old_text_says_is_for_the_counter_to_confirm(bundle: str, note: str) -> None:
    found = {one.confirmed for notice in told(bundle) for one in notice.notes if one.id == note}
    assert found == {False}


def test_the_days_for_a_fund_account_are_for_the_counter_to_confirm() -> None:
    dues = [
        item.due for notice in told("employee-hiring") for item in notice.applying if item.id == "housing-fund-accounts"
    ]
    assert dues
    assert not any(due and due.confirmed for due in dues)
