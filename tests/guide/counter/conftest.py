"""The counter's tests take place on one day, in one hall."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from tests.counter.cases import TODAY
from tests.factories import PostFactory


@pytest.fixture(autouse=True)
def in_november(monkeypatch: pytest.MonkeyPatch) -> date:
    monkeypatch.setattr(timezone, "localdate", lambda *_args: TODAY)
    return TODAY


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
