"""`make bench`: the figures that matter to those who wait. Prints a table and writes bench.json into `var/`."""

import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import date, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings

import config.wsgi  # noqa: F401  # sets Django up, before the site below is imported
from bundles.loading import Catalogue, catalogue
from bundles.walking.answers import Answer, Answers
from bundles.walking.compiling import compile_bundle
from bundles.walking.editions import Edition, edition
from bundles.walking.navigation import Navigation
from bundles.walking.walks import replay
from guide.cases.case import as_words
from guide.form.boxes import blocks_of, filled
from guide.form.paper import form_paper_of
from guide.notice.paper import notice_paper_of
from guide.notice.rows import Telling
from guide.papers import form_pdf, notice_pdf
from tests.walking import possible_answers

TODAY = date(2026, 11, 22)
CONNECTIONS = 4
LINK = "https://example.invalid/c/0000"
Figure = tuple[str, float, str, str]


def milliseconds(work: Callable[[], object], rounds: int) -> float:
    """The median time of `work` over some rounds."""
    times = []
    for _round in range(rounds):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def rules_figures() -> Iterator[Figure]:
    catalogue = Catalogue()
    for name in catalogue.ids:
        yield f"load {name}", milliseconds(partial(_load, name), 5), "ms", ""
        rules = edition(catalogue.bundle(name), TODAY)
        yield f"compile {name}", milliseconds(partial(compile_bundle, rules), 5), "ms", "≤ 50"
        yield f"navigation graph of {name}", milliseconds(partial(_explore, rules), 3), "ms", ""
        answers = longest(name)
        replaying = milliseconds(partial(replay, rules, answers), 300)
        yield f"replay {len(answers)} answers of {name}", replaying * 1000, "µs", "≤ 300"


def _load(name: str) -> None:
    Catalogue().bundle(name)


def _explore(rules: Edition) -> None:
    navigation = Navigation(compile_bundle(rules))
    navigation.outlook(navigation.start)


def longest(name: str) -> Answers:
    """Answers of a long walk: at each question the one that leaves the most to ask."""
    rules = edition(catalogue().bundle(name), TODAY)
    answers: dict[str, Answer] = {}
    while (question := (walk := replay(rules, answers)).question) is not None:
        tries = [answers | {question.id: answer} for answer in possible_answers(walk)]
        answers = max(tries, key=lambda tried: replay(rules, tried).remaining[1])
    return walk.used


def paper_figures() -> Iterator[Figure]:
    for name in catalogue().ids:
        rules = edition(catalogue().bundle(name), TODAY)
        telling = Telling(replay(rules, longest(name)), catalogue().region(None))
        yield f"notice PDF of {name}, warm", milliseconds(partial(_notice, telling), 9), "ms", "≤ 120"
        yield f"form PDF of {name}, warm", milliseconds(partial(_form, telling), 9), "ms", "≤ 120"


def _notice(telling: Telling) -> bytes:
    return notice_pdf(notice_paper_of(telling, LINK))


def _form(telling: Telling) -> bytes:
    blocks = blocks_of(telling, {})
    return form_pdf(form_paper_of(telling, blocks, filled(telling, blocks, None), LINK))


@contextmanager
def server() -> Iterator[tuple[int, int, float]]:
    """The server with two workers: its port, its process, and the seconds until it answered."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "config.serving"]
    start = time.perf_counter()
    process = subprocess.Popen(command, env={**os.environ, "DEBUG": "0", "PORT": str(port)})  # noqa: S603  # ours
    try:
        while not _answers(port):
            time.sleep(0.02)
        yield port, process.pid, time.perf_counter() - start
    finally:
        process.terminate()
        process.wait()


def _answers(port: int) -> bool:
    try:
        return fetch(port, ["/newborn/ask"]) == 1
    except OSError:
        return False


def fetch(port: int, paths: list[str]) -> int:
    """Asks for the paths one after the other on one connection; returns how many were answered with 200."""
    good = 0
    with socket.create_connection(("127.0.0.1", port)) as connection:
        stream = connection.makefile("rb")
        for path in paths:
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            good += b" 200 " in stream.readline()
            length = 0
            while (header := stream.readline()) not in (b"\r\n", b""):
                if header.lower().startswith(b"content-length:"):
                    length = int(header.split(b":")[1])
            stream.read(length)
    return good


def rate(port: int, paths: list[str]) -> float:
    """Answered requests a second over some connections at once."""
    shares = [paths[share::CONNECTIONS] for share in range(CONNECTIONS)]
    start = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        good = sum(pool.map(lambda share: fetch(port, share), shares))
    if good < len(paths):
        raise SystemExit(f"only {good} of {len(paths)} pages came with status 200")
    return good / (time.perf_counter() - start)


def site_figures() -> Iterator[Figure]:
    warm = ["/newborn/ask?region=513301&birth_place=hospital"] * 6000
    days = (TODAY - timedelta(days=number) for number in range(1, 20_000))
    cold = [f"/newborn/ask?region=513301&birth_place=hospital&birth_date={day}" for day in islice(days, 3000)]
    with server() as (port, pid, seconds):
        yield "start-up until the first page", seconds, "s", "≤ 2"
        fetch(port, warm[:200])
        yield "question page, kept, 2 workers", rate(port, warm), "requests/s", "≥ 1,200"
        yield "question page, never seen, 2 workers", rate(port, cold), "requests/s", "≥ 1,200"
        yield "memory of the larger worker", max(_memory(pid)), "MB", "≤ 120"
        fetch(port, [_paper_address()] * 40)
        yield "the same after 40 notices on paper", max(_memory(pid)), "MB", ""


def _paper_address() -> str:
    bundle = catalogue().bundle("newborn")
    answers = longest("newborn")
    pairs = [(name, word) for name, answer in answers.items() for word in as_words(bundle.question(name), answer)]
    return f"/newborn/notice.pdf?{urlencode(pairs)}"


def _memory(pid: int) -> list[float]:
    """Resident memory of a process's children in MB."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    sizes = []
    for child in children:
        status = Path(f"/proc/{child}/status").read_text()
        sizes.append(next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS")))
    return sizes


def main() -> None:
    figures = []
    for figures_of in (rules_figures, paper_figures, site_figures):
        for name, value, unit, aim in figures_of():
            print(f"{name:<48}{value:>12,.1f} {unit:<12}{aim}", flush=True)
            figures.append({"name": name, "value": value, "unit": unit, "aim": aim})
    (settings.VAR_DIR / "bench.json").write_text(json.dumps(figures, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
