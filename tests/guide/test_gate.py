"""The gate of dear work: some at once, some who wait, and everybody else is told when to come again."""

import threading
from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from guide.web import gate
from guide.web.gate import Full, Gate, dear
from tests.guide.cast import page_of


def test_one_works_one_waits_and_the_third_is_full() -> None:
    narrow, working, done = Gate(at_once=1, waiting=1, patience=10), threading.Event(), threading.Event()
    came = []

    def work() -> None:
        with narrow.entered():
            working.set()
            done.wait(10)
        came.append("first")

    def wait() -> None:
        with narrow.entered():
            came.append("second")

    first, second = threading.Thread(target=work), threading.Thread(target=wait)
    first.start()
    working.wait(10)
    second.start()
    while narrow._queue._value:  # until the second stands in the queue
        pass
    with pytest.raises(Full), narrow.entered():
        came.append("third")
    done.set()
    first.join(10)
    second.join(10)
    assert came == ["first", "second"]


def test_who_waits_too_long_is_told() -> None:
    narrow = Gate(at_once=1, waiting=1, patience=0.01)
    with narrow.entered(), pytest.raises(Full), narrow.entered():
        pass
    with narrow.entered():  # the places are free again
        pass


def test_a_work_that_fails_gives_its_place_back() -> None:
    narrow = Gate(at_once=1, waiting=0)
    with pytest.raises(RuntimeError), narrow.entered():
        raise RuntimeError
    with narrow.entered():
        pass


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    narrow = Gate(at_once=1, waiting=0, patience=0)
    monkeypatch.setattr(gate, "_gate", narrow)
    with narrow.entered():
        yield


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize(
    "address", ["/newborn/paper.pdf", "/bo/newborn/poster.pdf", "/offline.zip", "/newborn/offline.html?region=513301"]
)
def test_the_page_says_when_to_come_again_and_where(client: Client, address: str) -> None:
    response = client.get(address)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert response.headers["Cache-Control"] == "no-store"
    assert address in page_of(response).links
    assert client.get("/newborn/ask").status_code == 200


@pytest.mark.usefixtures("full")
def test_what_was_sent_is_not_asked_for_again_by_a_link(rf: RequestFactory) -> None:
    @dear
    def view(_request: HttpRequest) -> HttpResponse:
        raise AssertionError

    assert "再试一次" not in view(rf.post("/counter/file")).content.decode()
