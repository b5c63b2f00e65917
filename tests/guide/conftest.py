"""Start pages and notices name the halls, so every test of the site has a database."""

import pytest


@pytest.fixture(autouse=True)
def database(db: None) -> None:
    """An empty one."""
