"""What who watches over the guide is told: that it lives, what it can serve, and figures without persons."""

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from bundles.faults import BundleError
from guide import health
from guide.health import REQUESTS

TOKEN = "a token for tests"


def test_a_living_process_says_so_without_the_database(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert client.get("/health/live").content == b"ok"


def test_it_is_ready_as_far_as_it_can_serve(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/health/ready").json() == {"questions": True, "database": True}

    def broken() -> None:
        raise OperationalError

    with monkeypatch.context() as down:
        down.setattr(connection, "cursor", broken)
        told = client.get("/health/ready")
    assert (told.status_code, told.json()) == (200, {"questions": True, "database": False})

    def faulty() -> None:
        raise BundleError([])

    monkeypatch.setattr(health, "catalogue", faulty)
    assert client.get("/health/ready").status_code == 503


def test_figures_are_for_who_brings_the_token(client: Client, settings: Any) -> None:
    assert client.get("/metrics").status_code == 404
    settings.METRICS_TOKEN = TOKEN
    assert client.get("/metrics", headers={"Authorization": "Bearer another"}).status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer \u5bc6"}).status_code == 404
    assert client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_requests_are_counted_by_name_and_nothing_that_was_asked_is_kept(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN
    asked = REQUESTS.labels("ask", "200")
    before = asked._value.get()
    client.get("/newborn/ask?region=513301&birth_place=hospital")
    client.get("/c/ZZZZ-9999-SECRET")
    client.get("/nothing/here/SECRET")
    assert asked._value.get() == before + 1
    told = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).content.decode()
    assert 'guide_requests_total{page="ask",status="200"}' in told
    assert not any(said in told for said in ("SECRET", "hospital", "513301"))
