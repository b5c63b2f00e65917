from datetime import date

import pytest

from bundles.loading import catalogue
from bundles.results.offline_rules import offline_rules
from bundles.walking.editions import edition
from tests.bundles.results.offline_engine import run
from tests.bundles.support import TODAY, bundle, fresh_seed

DRAWS = 60
TURNING = """
    params:
      span: [{value: 30 days}, {from: 2027-03-01, value: 60 days}]
    questions:
      - {id: born, ask: 哪天？, type: date, bands: [{id: new, up_to: $span}, {id: old}]}
    items:
      - {id: card, name: 卡, department: health, when: {born: new}}
"""


@pytest.mark.parametrize("id", catalogue().ids)
def test_the_offline_engine_tells_what_the_walks_tell(id: str) -> None:
    seed = fresh_seed(f"python -m tests.bundles.results.offline_engine --draws {DRAWS} {id} --seed {{}}")
    assert run(id, DRAWS, seed).walks == DRAWS


def test_the_rules_say_until_when_they_hold() -> None:
    turning = bundle(TURNING)
    assert offline_rules(edition(turning, TODAY), "510000")["until"] == "2027-03-01"
    assert offline_rules(edition(turning, date(2027, 3, 1)), "510000")["until"] is None
