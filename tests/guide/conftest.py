"""Start pages and notices name the halls, so every test of the site has a database."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from bundles.model import Bundle
from tests.bundles.support import add_allowances
from tests.factories import PostFactory
from tests.guide.counter.cases import TODAY

expect.set_options(timeout=20_000)  # milliseconds; a page that is late isn't a page that is wrong


@pytest.fixture(autouse=True)
def database(db: None) -> None:
    """An empty one."""


@pytest.fixture
def in_november(monkeypatch: pytest.MonkeyPatch) -> date:
    """The day of the scenarios."""
    monkeypatch.setattr(timezone, "localdate", lambda *_args: TODAY)
    return TODAY


@pytest.fixture
def allowances(monkeypatch: pytest.MonkeyPatch) -> Bundle:
    """A bundle in which one of several items can be had, and one of several papers is enough."""
    return add_allowances(monkeypatch)


@pytest.fixture
def clerk(db: None) -> User:
    """A clerk with a hall in Kangding."""
    user: User = PostFactory.create().user
    return user


@pytest.fixture
def counter(client: Client, clerk: User) -> Client:
    """A clerk's browser."""
    client.force_login(clerk)
    return client
