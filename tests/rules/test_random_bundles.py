"""Random bundles hold what the design promises: exact, minimal, honest about what is still to come."""

import pytest

from .random_bundles import check
from .support import fresh_seed


@pytest.mark.parametrize("part", range(4))
def test_random_bundles_are_exact_and_minimal(part: int) -> None:
    first = fresh_seed("python -m tests.rules.random_bundles {} 12")
    assert any(check(seed) for seed in range(first, first + 12))
