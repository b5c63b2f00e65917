"""A loan from the housing fund where the region has confirmed its terms: none has yet, so a copy of one does here."""

import pytest

from bundles.loading import Catalogue
from bundles.results.notices import Notice
from bundles.walking.walks import walk
from tests.bundles.support import TODAY, catalogue_where

REGION = "510700"
CONFIRMED = """
params:
  contract_window: {value: 24 months, label: 两年}
  home_age_limit: {value: 30, label: 三十}
"""
LOAN: dict[str, object] = {
    "loan_home": "second_hand", "past_loans": "never", "fund_months": 24, "fund_place": "city", "marriage": "single",
    "others": [], "homes": "none_owned", "payment": "fund", "home_price": 100, "down_payment": 40, "loan_wanted": 60,
    "sex": "male", "birthday": "1992-03-01", "sellers": "one", "mortgage": "clear", "circumstances": [],
    "home_age_known": "known", "home_age": 10, "contract_date": "2026-11-01",
}  # fmt: skip
AGE_UNKNOWN = {key: value for key, value in LOAN.items() if key != "home_age"} | {"home_age_known": "unsure"}


@pytest.fixture(scope="module")
def confirmed(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return catalogue_where(tmp_path_factory.mktemp("catalogue"), "housing-fund-loan", REGION, CONFIRMED)


@pytest.mark.parametrize(
    ("answers", "told", "untold"),
    [
        (LOAN, set(), {"contract-late", "contract-window", "home-old", "home-age"}),
        (LOAN | {"contract_date": "2024-11-22"}, set(), {"contract-late"}),
        (LOAN | {"contract_date": "2024-11-21"}, {"contract-late"}, {"contract-window"}),
        (LOAN | {"contract_date": "2026-12-20"}, set(), {"contract-late"}),
        (LOAN | {"home_age": 30}, set(), {"home-old"}),
        (LOAN | {"home_age": 31}, {"home-old"}, {"home-age"}),
        (AGE_UNKNOWN, {"home-age-unsure"}, {"home-age", "home-old"}),
    ],
)
def test_confirmed_terms_decide(
    confirmed: Catalogue, answers: dict[str, object], told: set[str], untold: set[str]
) -> None:
    notice = Notice(walk(confirmed.bundle("housing-fund-loan", REGION), answers, TODAY))
    notes = {note.id for note in notice.notes}
    assert told <= notes
    assert not untold & notes
