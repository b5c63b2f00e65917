"""The app's own log says what went wrong and where in the code, and never what anybody answered or typed."""

import json
import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client

from guide.web.logs import AsJson, NobodysWords, scrubbed, shape, told

CODE = "3HEJ-70X2-7Z0D-K7KS-RSPD-SDBF"
TYPED = "卓玛四川"
HANDLERS: dict[str, Any] = dict(settings.LOGGING["handlers"])  # type: ignore[call-overload]


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What a running site writes."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logging.Formatter("{levelname} {name}: {message}", style="{"))
    handler.addFilter(NobodysWords())
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def test_every_handler_has_the_filter() -> None:
    assert all(handler["filters"] == ["nobodys_words"] for handler in HANDLERS.values())


@pytest.mark.parametrize(("address", "told"), [
    (f"/c/{CODE[:-1]}Z", "404 Not Found GET /c/…"), (f"/bo/c/{CODE.lower()}x/", "404 Not Found GET /bo/c/…/"),
    (f"/{CODE}/", "404 Not Found GET /…/"), (f"/newborn/{TYPED}/?a=1", "404 Not Found GET /newborn/…/"),
    (f"/newborn/ask?wants={TYPED}", "400 Bad Request GET /newborn/ask"),
])  # fmt: skip
def test_an_address_is_written_by_its_shape(client: Client, log: StringIO, address: str, told: str) -> None:
    client.get(address)
    assert told in log.getvalue()
    assert CODE[:9].lower() not in log.getvalue().lower()
    assert TYPED not in log.getvalue()


@pytest.mark.parametrize("headers", [{"Host": f"{CODE}.example"}, {"Host": "1.2.3.4 x"}])
def test_a_strange_host_is_not_written(client: Client, log: StringIO, headers: dict[str, str]) -> None:
    client.get(f"/c/{CODE}", headers=headers)
    assert "django.security.DisallowedHost: 400 Bad Request GET /c/…" in log.getvalue()
    assert headers["Host"] not in log.getvalue()


def test_a_refused_form_tells_nothing(log: StringIO) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.post(f"/newborn/form?wants={TYPED}", {"mother.name": TYPED}, headers={"Referer": f"https://{CODE}/"})
    assert "403 Forbidden POST /newborn/form" in log.getvalue()
    assert TYPED not in log.getvalue()


def test_a_machine_reads_the_same_as_json(client: Client, log: StringIO) -> None:
    next(handler for handler in logging.getLogger().handlers if getattr(handler, "stream", None) is log).setFormatter(
        AsJson()
    )
    client.get(f"/c/{CODE[:-1]}Z?typed={TYPED}")
    told = json.loads(log.getvalue())
    assert (told["level"], told["logger"], told["message"]) == ("WARNING", "django.request", "404 Not Found GET /c/…")
    assert CODE[:9] not in log.getvalue()
    assert TYPED not in log.getvalue()


def test_an_exception_is_told_by_its_kind(client: Client, log: StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: Any) -> None:
        try:
            int(TYPED)
        except ValueError as error:
            raise RuntimeError(f"/c/{CODE}?wants={TYPED}") from error

    monkeypatch.setattr("guide.asking.codes.read_code", broken)
    client.raise_request_exception = False
    assert client.get(f"/c/{CODE}").status_code == 500
    for words in ("500 Internal Server Error GET /c/…", "ValueError", "RuntimeError", "in open_by_code"):
        assert words in log.getvalue()
    assert CODE not in log.getvalue()
    assert TYPED not in log.getvalue()


def test_a_database_that_does_not_serve_is_told_with_its_cause() -> None:
    assert told(OperationalError("disk is full")).endswith("OperationalError: disk is full")


@pytest.mark.parametrize("text", [f"x /c/{CODE} y", f"x {CODE} y", f"x {CODE.replace('-', '')} y", "x /a?q=1&b=2 y"])
def test_other_messages_are_scrubbed(text: str) -> None:
    assert "3HEJ" not in scrubbed(text)
    assert "q=1" not in scrubbed(text)
    assert scrubbed(text).startswith("x ")
    assert scrubbed(text).endswith(" y")


@pytest.mark.parametrize("text", ["newborn can't be read", "halls: OperationalError", "8000", "a/b.py:12"])
def test_our_own_messages_stay(text: str) -> None:
    assert scrubbed(text) == text


def test_a_shape_keeps_our_own_words() -> None:
    assert shape("/bo/newborn/form/ready") == "/bo/newborn/form/ready"
    assert shape("/admin/guide/hall/12/change/") == "/admin/guide/hall/…/change/"
