"""No row of a relative stands in an address, a code, a log, a cache, or readable in the database."""

import gc
import logging
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from guide.language import pieces
from guide.models import Draft
from guide.web.logs import NobodysWords
from tests.guide.cast import HTMX, at, page_of
from tests.guide.tables.people import ASK, CITY, TABLE, Rows, fill_in

pytestmark = pytest.mark.django_db
STRIKING = ("73.37", "61313.13", "19.91", "12121.21", "口罩猫头鹰")
RELATIVES = [
    {"age": STRIKING[0], "earns": STRIKING[1], "health": "well"},
    {"age": STRIKING[2], "earns": STRIKING[3], "health": "ill"},
]
WRONG: Rows = [*RELATIVES, {"age": STRIKING[4]}]


@pytest.fixture
def log() -> Iterator[StringIO]:
    """All that is logged, at any level."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(NobodysWords())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)  # statements, which nobody logs
    yield written
    root.removeHandler(handler)
    root.setLevel(before)


def all_rows() -> str:
    """Everything in the database."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  # a name out of the database itself
            found += [
                repr(tuple(bytes(cell) if isinstance(cell, memoryview) else cell for cell in row))
                for row in cursor.fetchall()
            ]
    return "\n".join(found)


def told_outside(response: Any) -> str:
    """What of a response stands where others may see it: its headers and cookies, and the links of its page."""
    links = " ".join(page_of(response).links)
    return f"{dict(response.headers)} {response.cookies} {links} {response.request['QUERY_STRING']}"


def walked(client: Client, prefix: str = "") -> str:
    """A visitor fills in the table, wrong first, goes on to the notice and its papers, and changes an answer."""
    table, ask = prefix + TABLE, prefix + ASK
    seen = []
    for action, rows in (("more", RELATIVES), ("save", WRONG), ("save", RELATIVES)):
        for headers in ({}, HTMX):
            response = client.post(table, {"action": action} | {
                f"family-{number}-{name}": text for number, row in enumerate(rows) for name, text in row.items()
            }, headers=headers)  # fmt: skip
            seen.append(told_outside(response))
    address = response.headers["HX-Redirect"]
    ended = f"{address}&roof=no"
    seen += [told_outside(client.get(page)) for page in (ask, address, ended, f"{ended}&change=people")]
    told = (ended.replace("/ask?", f"/{page}?") for page in ("notice", "list.pdf", "calendar.ics"))
    return "\n".join([*seen, *(client.get(page).content.decode(errors="replace") for page in told)])


@pytest.mark.parametrize("prefix", ["", "/bo"])
def test_rows_stand_in_no_address_page_code_log_cache_or_database(
    client: Client, log: StringIO, settings: Any, prefix: str
) -> None:
    outside = walked(client, prefix)
    kept = all_rows()
    in_process = repr(getattr(cache, "_cache", {})) + "".join(
        text for piece in pieces._kept.values() for text in piece._texts
    )
    files = b"".join(
        path.read_bytes() for path in Path(settings.VAR_DIR).rglob("*") if path.is_file() and path.suffix != ".sqlite3"
    )
    assert "73434.34" in outside  # what they come to
    assert Draft.objects.count() == 1
    for word in STRIKING:
        assert word not in outside, word
        assert word not in log.getvalue()
        assert word not in kept
        assert word not in in_process
        assert word.encode() not in files


def test_the_counter_leaves_no_row_either(counter: Client, log: StringIO) -> None:
    address = TABLE.replace("/family-help", "/counter/family-help")
    for rows in (WRONG, RELATIVES):
        fill_in(counter, rows, address=address)
    counter.get(address)
    kept = all_rows()
    for word in STRIKING:
        assert word not in log.getvalue()
        assert word not in kept


def test_a_terminal_leaves_nothing_of_its_visitor(client: Client) -> None:
    client.cookies["kiosk"] = "510100"
    fill_in(client, RELATIVES)
    assert STRIKING[0] in client.get(ASK).content.decode()
    assert client.get(ASK).headers["Cache-Control"] == "no-store"
    client.post("/kiosk/reset", headers={"Prefer": "return=minimal", "Sec-Fetch-Site": "same-origin"})
    assert not Draft.objects.exists()
    assert STRIKING[0] not in client.get(ASK).content.decode()


def test_a_failure_on_the_way_tells_no_row(client: Client, log: StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> None:
        raise ValueError("broken")

    monkeypatch.setattr("guide.asking.views.filled_in", broken)
    client.raise_request_exception = False
    assert fill_in(client, RELATIVES).status_code == 500
    assert not [word for word in STRIKING if word in log.getvalue()]


def test_one_visitor_never_sees_the_rows_of_another(client: Client) -> None:
    fill_in(client, RELATIVES)
    gc.collect()
    assert STRIKING[0] not in Client().get(ASK).content.decode()
    assert at("family-help", "ask", CITY) == ASK
