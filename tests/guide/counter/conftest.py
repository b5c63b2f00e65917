"""These tests take place on one day, in one hall."""

import pytest


@pytest.fixture(autouse=True)
def the_day(in_november: object) -> None:
    """The day of the scenarios."""
