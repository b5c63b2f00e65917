"""A restaurant where the region has confirmed both areas: no region of Sichuan has yet, so a copy of one does here."""

import pytest

from bundles.loading import Catalogue
from bundles.results.notices import Notice
from bundles.walking.walks import walk
from tests.bundles.support import TODAY, catalogue_where

REGION = "510400"
CONFIRMED = """
params:
  small_shop_area_max: {value: 100, label: 一百}
  fire_area_threshold: {value: 300, label: 三百}
"""
NOODLES: dict[str, object] = {
    "licence": "individual", "shop": "eatery", "dishes": ["hot"], "location": "mall", "fumes": "yes", "area": 80,
    "fitting": "minor", "extras": [], "sign": "plain", "chain": "single", "uncertified": 2, "takeaway": "dine_in",
    "drains": "shared", "fire_route": "pledge", "handler": "self",
}  # fmt: skip
HOTPOT: dict[str, object] = NOODLES | {"dishes": ["hot", "cold_meat"], "area": 500, "sign": "mall", "drains": "own"}
BAR: dict[str, object] = NOODLES | {"dishes": ["hot", "drinks"], "extras": ["fun"], "area": 200}


@pytest.fixture(scope="module")
def confirmed(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return catalogue_where(tmp_path_factory.mktemp("catalogue"), "restaurant-opening", REGION, CONFIRMED)


@pytest.mark.parametrize(
    ("answers", "applies", "counter"),
    [
        (NOODLES, {"small-shop-filing", "shop-sign", "food-worker-health"}, {"food-licence"}),
        (NOODLES | {"area": 100}, {"small-shop-filing", "shop-sign", "food-worker-health"}, {"food-licence"}),
        (NOODLES | {"area": 101}, {"food-licence", "shop-sign", "food-worker-health"}, set()),
        (HOTPOT, {"food-licence", "fire-check", "food-worker-health", "drainage-permit"}, set()),
        (HOTPOT | {"area": 300}, {"food-licence", "fire-check", "food-worker-health", "drainage-permit"}, set()),
        (HOTPOT | {"area": 299}, {"food-licence", "food-worker-health", "drainage-permit"}, set()),
        (NOODLES | {"dishes": ["raw"], "area": 120}, {"food-licence", "shop-sign", "food-worker-health"}, set()),
        (
            NOODLES | {"licence": "company", "chain": "direct"},
            {"food-licence", "shop-sign", "food-worker-health"},
            set(),
        ),
        (BAR, {"food-licence", "fire-check", "shop-sign", "food-worker-health"}, set()),
    ],
)  # fmt: skip
def test_confirmed_areas_decide(
    confirmed: Catalogue, answers: dict[str, object], applies: set[str], counter: set[str]
) -> None:
    notice = Notice(walk(confirmed.bundle("restaurant-opening", REGION), answers, TODAY))
    assert {told.id for told in notice.applying} == {"business-licence-check", *applies}
    assert {told.id for told in notice.with_standing("counter")} == counter
