import pytest

from bundles.loading import catalogue
from tests.bundles.support import fresh_seed
from tests.bundles.walking.exactness import run

DRAWS = 1_000


@pytest.mark.parametrize("id", catalogue().ids)
def test_walks_tell_what_plain_evaluation_tells(id: str) -> None:
    seed = fresh_seed(f"python -m tests.bundles.walking.exactness --draws {DRAWS} {id} --seed {{}}")
    assert run(id, DRAWS, seed).draws == DRAWS
