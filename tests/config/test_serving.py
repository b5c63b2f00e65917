"""The server: who announces and doesn't send, or asks and doesn't read, stops nobody; workers come back.

A socket is bounded in number and time here; `python -m tests.attacks` does the same for longer, and prints figures.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path

import pytest
from django.conf import settings

from config.serving import MOST_BODY

QUESTION = "/newborn/ask?region=513301&birth_place=hospital"
SECONDS = 20  # after which a page that doesn't come has failed
IDLE = 8  # sockets of each kind
pytestmark = pytest.mark.xdist_group("server")


@dataclass(frozen=True)
class Running:
    port: int
    pid: int

    def get(self, path: str) -> HTTPResponse:
        """The answer, read to its end."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        connection.request("GET", path, headers={"Host": "localhost"})
        response = connection.getresponse()
        response.body = response.read()  # type: ignore[attr-defined]
        connection.close()
        return response

    def socket(self, sent: bytes, receives: int = 0) -> socket.socket:
        """A connection on which that was sent; `receives` bytes of room for what comes back."""
        made = socket.socket()
        if receives:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receives)
        made.settimeout(SECONDS)
        made.connect(("127.0.0.1", self.port))
        made.sendall(sent)
        return made

    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return [int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


@contextmanager
def served(folder: Path, **environment: str) -> Iterator[Running]:
    """The server as `make run` starts it, on a port of its own."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    told = {**os.environ, "VAR_DIR": str(folder), "PORT": str(port), "WORKERS": "2", **environment}
    told.pop("DJANGO_SETTINGS_MODULE", None)
    for command in (["migrate", "--verbosity", "0"], ["collectstatic", "--noinput", "--verbosity", "0"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=settings.BASE_DIR, env=told, check=True)  # noqa: S603
    command = [sys.executable, "-m", "config.serving"]
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=told, start_new_session=True)  # noqa: S603  # ours
    running = Running(port, process.pid)
    try:
        until_it_answers(running)
        yield running
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            raise


def until_it_answers(running: Running) -> None:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        try:
            if running.get("/health/live").status == 200:
                return
        except (OSError, HTTPException):
            time.sleep(0.05)
    raise AssertionError("the server doesn't answer")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with served(tmp_path_factory.mktemp("var")) as running:
        yield running


ANNOUNCED = (
    b"POST /newborn/form?x=1 HTTP/1.1\r\nHost: localhost\r\n"
    b"Cookie: csrftoken=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\na=b"
)
CHUNKED = b"POST /wipe HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n"
UNREAD = b"GET /offline.zip HTTP/1.1\r\nHost: localhost\r\n\r\n"
HEADERS = b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "


@pytest.mark.parametrize("sent", [ANNOUNCED, CHUNKED, UNREAD, HEADERS], ids=["body", "chunks", "unread", "headers"])
def test_idle_sockets_stop_nobody(server: Running, sent: bytes) -> None:
    with ExitStack() as idle:
        for _number in range(IDLE):
            idle.enter_context(closing(server.socket(sent, receives=2048 if sent == UNREAD else 0)))
        for _number in range(10):
            assert server.get(QUESTION).status == 200


def test_a_body_that_is_too_large_is_refused_before_it_comes(server: Running) -> None:
    announced = f"POST /wipe HTTP/1.1\r\nHost: localhost\r\nContent-Length: {MOST_BODY + 1}\r\n\r\n"
    with closing(server.socket(announced.encode())) as told:
        assert told.recv(100).startswith(b"HTTP/1.1 413")


def test_a_form_comes_whole_however_it_is_cut(server: Running) -> None:
    with closing(server.socket(ANNOUNCED.replace(b"1000", b"9"))) as told:
        for piece in (b"&b", b"=d", b"&c"):
            time.sleep(0.05)
            told.sendall(piece)
        assert told.recv(100).startswith((b"HTTP/1.1 403", b"HTTP/1.1 302"))  # without a token, or without a case


def test_a_body_in_ten_thousands_of_pieces_costs_nobody_else_anything(server: Running) -> None:
    head = CHUNKED.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    with closing(server.socket(head + b"1\r\na\r\n" * 50_000)) as told:
        assert server.get(QUESTION).status == 200
        told.sendall(b"0\r\n\r\n")
        assert told.recv(100).startswith((b"HTTP/1.1 403", b"HTTP/1.1 302"))  # without a token, or without a case


def test_a_worker_that_is_killed_comes_back(server: Running) -> None:
    for _time in range(3):
        for worker in server.workers():
            os.kill(worker, signal.SIGKILL)
            until_it_answers(server)
    end = time.monotonic() + SECONDS
    while len(server.workers()) < 2 and time.monotonic() < end:
        time.sleep(0.1)
    assert len(server.workers()) == 2


def test_a_reload_brings_new_workers_and_pages_go_on_coming(server: Running) -> None:
    """They are spawned, not forked, so they read the code anew.

    A connection that waits for a worker which ends may be reset; the kernel hands it on where the operator lets it.
    """
    before = set(server.workers())
    os.kill(server.pid, signal.SIGHUP)
    end = time.monotonic() + 3 * SECONDS
    while (set(server.workers()) & before or len(server.workers()) < 2) and time.monotonic() < end:
        until_it_answers(server)
        time.sleep(0.1)
    assert not set(server.workers()) & before
    assert server.get(QUESTION).status == 200


def test_papers_past_the_gate_are_told_when_to_come_again(server: Running) -> None:
    paper = b"GET /bo/newborn/paper.pdf?region=513301&large=1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    with ExitStack() as asked:
        told = [
            asked.enter_context(closing(server.socket(paper.replace(b"513301", b"5133%02d" % (22 + number)))))
            for number in range(10)
        ]
        assert server.get(QUESTION).status == 200
        answers = [one.recv(2000) for one in told]
    refused = [answer for answer in answers if answer.startswith(b"HTTP/1.1 503")]
    assert refused
    assert all(b"retry-after: 5" in answer.lower() for answer in refused)
    end = time.monotonic() + 2 * SECONDS
    while server.get("/newborn/poster.pdf?region=513301&size=A4").status != 200:
        assert time.monotonic() < end
        time.sleep(1)


def test_it_stops_when_it_is_told_to_whoever_hangs_on(tmp_path: Path) -> None:
    with ExitStack() as idle, served(tmp_path) as running:
        for sent in (ANNOUNCED, UNREAD):
            idle.enter_context(closing(running.socket(sent, receives=2048)))
        # `served` raises TimeoutExpired where it doesn't stop


def test_it_listens_to_this_machine_alone_unless_told_otherwise(server: Running) -> None:
    listening = Path("/proc/net/tcp").read_text().splitlines()
    mine = [
        line.split()[1]
        for line in listening
        if line.split()[1].endswith(f":{server.port:04X}") and line.split()[3] == "0A"
    ]
    assert {address.partition(":")[0] for address in mine} == {"0100007F"}
