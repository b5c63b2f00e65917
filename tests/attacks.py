"""`python -m tests.attacks`: what the tests do to the server in short, for longer, with figures.

Everything goes to servers that it starts itself, on addresses of this machine, and ends by itself: odd requests to
every address in every role; a worker killed again and again; idle sockets and floods, bare and behind the proxy.
`--requests 100000 --seconds 20 --seed 1` are the usual numbers. Exit status 1 where something didn't hold.
"""

import argparse
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.test import Client

import config.wsgi  # noqa: F401  # sets Django up, before the site below is imported
from guide.staff.roles import ROLES
from tests.config.test_proxy import Proxy, proxied
from tests.config.test_serving import ANNOUNCED, HEADERS, QUESTION, UNREAD, Running, served, until_it_answers
from tests.factories import UserFactory
from tests.guide.odd_requests import DEAR, Request, odd_requests

SLOW = 2.0  # seconds that no page but a paper may take
LINES = 6  # at once
FLOOD = (
    "/offline.zip?region=513301",
    "/bo/newborn/paper.pdf?region=513301&large=1",
    "/bo/booklet.pdf?bundle=newborn&bundle=retirement&bundle=veteran&bundle=after-death",
)


def raw(request: Request, cookie: str) -> bytes:
    """The request as bytes; what a line can't hold is left out of it."""
    method, address, headers, body = request
    told = {"Host": "localhost", "Connection": "close", **headers}
    if cookie:
        told["Cookie"] = "; ".join(filter(None, [cookie, headers.get("Cookie", "")]))
    announced = told.get("Content-Length", "0" if body else "")
    if announced.isascii() and announced.isdecimal():  # what never comes is awaited: that is tried with idle sockets
        told["Content-Length"] = str(len(body))
    lines = [f"{method} {address} HTTP/1.1", *(f"{name}: {value}" for name, value in told.items())]
    clean = (line.replace("\r", "").replace("\n", "").replace("\0", "") for line in lines)
    return "\r\n".join(clean).encode("utf-8", "replace") + b"\r\n\r\n" + body


def status_of(port: int, sent: bytes) -> int:
    """The status of the answer; 0 where the connection is closed without one."""
    with closing(socket.create_connection(("127.0.0.1", port), 60)) as connection:
        try:
            connection.sendall(sent)
            line = connection.makefile("rb").readline().split()
        except (ConnectionError, TimeoutError):
            return 0
    return int(line[1]) if len(line) > 1 and line[1].isdigit() else 0


def memory(pids: list[int]) -> float:
    """Resident memory of the largest of some processes in MB."""
    sizes = [0.0]
    for pid in pids:
        status = Path(f"/proc/{pid}/status").read_text().splitlines()
        sizes += [int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS")]
    return max(sizes)


class Odd:
    """Odd requests on some lines at once, in every role."""

    def __init__(self, running: Running, cookies: list[str], number: int, seed: int) -> None:
        self.running, self.cookies, self.number, self.seed = running, cookies, number, seed
        self.statuses: Counter[int] = Counter()
        self.bad: list[str] = []
        self.slow: list[str] = []
        self.most_memory = 0.0
        self._lock = threading.Lock()

    def send(self) -> None:
        """Sends them all."""
        lines = [threading.Thread(target=self._line, args=(line,)) for line in range(LINES)]
        for line in lines:
            line.start()
        while any(line.is_alive() for line in lines):
            time.sleep(1)
            self.most_memory = max(self.most_memory, memory(self.running.workers()))

    def _line(self, line: int) -> None:
        chance = random.Random(f"{self.seed} {line}")  # odd requests, no secrets
        for _number, request in zip(range(self.number // LINES), odd_requests(chance), strict=False):
            start = time.monotonic()
            status = status_of(self.running.port, raw(request, chance.choice(self.cookies)))
            took = time.monotonic() - start
            with self._lock:
                self.statuses[status // 100 * 100] += 1
                if status >= 500:
                    self.bad.append(f"{status} {request[0]} {request[1][:200]} {request[2]}")
                if took > SLOW and not DEAR.search(request[1]):
                    self.slow.append(f"{took:.1f} s {request[0]} {request[1][:200]} {request[2]}")


def times_of(ask: Callable[[str], HTTPResponse], seconds: float) -> list[float]:
    """How long question pages took, asked one after the other by one visitor, in milliseconds."""
    times: list[float] = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        start = time.monotonic()
        if ask(f"{QUESTION}&birth_date=2026-11-{len(times) % 20 + 1:02d}").status != 200:
            raise SystemExit("a question page didn't come")
        times.append((time.monotonic() - start) * 1000)
        time.sleep(0.02)
    return times


@contextmanager
def floods(ask: Callable[[str], HTTPResponse], number: int, pause: float) -> Iterator[Counter[int]]:
    """Clients that ask for dear work as fast as they get answers; the statuses that they got."""
    stop, statuses = threading.Event(), Counter[int]()

    def flood(line: int) -> None:
        while not stop.is_set():
            try:
                statuses[ask(FLOOD[line % len(FLOOD)]).status] += 1
            except (OSError, HTTPException):
                statuses[0] += 1
            time.sleep(pause)

    lines = [threading.Thread(target=flood, args=(line,)) for line in range(number)]
    for line in lines:
        line.start()
    try:
        yield statuses
    finally:
        stop.set()
        for line in lines:
            line.join()


def told(name: str, times: list[float], aim: float, more: object = "") -> bool:
    """Prints a line of figures in milliseconds; whether the 99th percentile keeps its aim."""
    times = sorted(times)
    middle, late = statistics.median(times), times[int(len(times) * 0.99)]
    print(f"{name:<52} p50 {middle:7.1f}  p99 {late:8.1f}  most {times[-1]:8.1f} ms  ≤ {aim:.0f}  {more}", flush=True)
    return late <= aim


def bare(folder: Path, seconds: float) -> bool:
    """Eight idle sockets of either kind and one flooding client leave question pages under a second."""
    with served(folder) as running:
        times_of(running.get, 2)  # the bundle is read
        held = told("bare: nobody else", times_of(running.get, seconds / 4), 1000)
        for name, sent in (("bodies that don't come", ANNOUNCED), ("answers that nobody reads", UNREAD)):
            with ExitStack() as idle:
                for _number in range(8):
                    idle.enter_context(closing(running.socket(sent, receives=2048 if sent == UNREAD else 0)))
                held &= told(f"bare: 8 × {name}", times_of(running.get, seconds / 2), 1000)
        with floods(running.get, 10, 0.5) as statuses:
            held &= told("bare: one client at 5 papers a second", times_of(running.get, seconds), 1000, dict(statuses))
    return held


def behind(folder: Path, seconds: float) -> bool:
    """200 idle sockets and ten floods leave question pages under 100 ms."""
    with proxied(folder) as proxy:
        times_of(proxy.get, 2)  # the bundle is read
        held = told("proxy: nobody else", times_of(proxy.get, seconds / 4), 100)
        with ExitStack() as idle:
            for number in range(200):
                sent, source = (ANNOUNCED, HEADERS)[number % 2], f"127.0.0.{2 + number // 2}"
                idle.enter_context(closing(proxy.socket(sent.replace(b"localhost", b"guide.example"), source)))
            held &= told("proxy: 200 idle sockets", times_of(proxy.get, seconds / 2), 100)
            with floods(_from_ten(proxy), 10, 0.05) as statuses:
                held &= told("proxy: 200 idle sockets, 10 floods", times_of(proxy.get, seconds), 100, dict(statuses))
    return held


def _from_ten(proxy: Proxy) -> Callable[[str], HTTPResponse]:
    sources = iter(range(10**9))
    return lambda path: proxy.get(path, f"127.0.2.{next(sources) % 10 + 1}")


def killed(folder: Path, times: int = 10) -> bool:
    """A worker that is killed comes back, and the others go on meanwhile."""
    with served(folder) as running:
        for _time in range(times):
            os.kill(random.choice(running.workers()), signal.SIGKILL)  # any of them
            until_it_answers(running)
            time.sleep(1)
        print(f"killed: a worker {times} times, {len(running.workers())} are there", flush=True)
        return len(running.workers()) == 2


def odd(folder: Path, number: int, seed: int) -> bool:
    """No 5xx, no worker's death, no answer over two seconds but papers."""
    with served(folder, ALLOWED_HOSTS="*") as running:
        before = running.workers()
        sent = Odd(running, ["", *cookies_of_every_role(folder)], number, seed)
        sent.send()
        alive = running.workers() == before
    print(f"odd: seed {seed}, {dict(sorted(sent.statuses.items()))}, {len(sent.bad)} bad, {len(sent.slow)} slow, "
          f"workers alive: {alive}, most memory {sent.most_memory:.0f} MB", flush=True)  # fmt: skip
    for line in [*sent.bad[:20], *sent.slow[:20]]:
        print(f"  {line}", flush=True)
    return not sent.bad and not sent.slow and alive


def cookies_of_every_role(folder: Path) -> list[str]:
    """A session of one account of each role, made in the server's own database by a process of its own."""
    told = {**os.environ, "VAR_DIR": str(folder)}
    command = [sys.executable, "-m", "tests.attacks", "sessions"]
    done = subprocess.run(command, env=told, capture_output=True, text=True, check=True)  # ours
    return done.stdout.split()


def print_sessions() -> None:
    """Makes an account of each role and prints its session cookie, a line each."""
    for role in ROLES:
        client = Client()
        client.force_login(UserFactory.create(role=role))
        print(f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("only", nargs="*", choices=[[], "odd", "bare", "behind", "killed", "sessions"])
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--seed", type=int, default=random.randrange(10**9))  # printed, to be used again
    asked = parser.parse_args()
    if "sessions" in asked.only:
        print_sessions()
        return 0
    attacks: dict[str, Callable[[Path], bool]] = {
        "bare": lambda folder: bare(folder, asked.seconds),
        "behind": lambda folder: behind(folder, asked.seconds),
        "killed": killed,
        "odd": lambda folder: odd(folder, asked.requests, asked.seed),
    }
    held = True
    for name in asked.only or attacks:
        with TemporaryDirectory(prefix="guide-attack-") as folder:
            held &= attacks[name](Path(folder))
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
