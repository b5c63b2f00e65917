"""What two workers bear: random walks and papers over eight connections, their memory, and what the peers bear."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from urllib.parse import quote

from bundles.loading import catalogue
from tests.bench.figures import Figure
from tests.bench.peers import STEP_BODY
from tests.bench.serving import CONNECTIONS, Asked, Rate, fetch, memory, rate, server
from tests.bench.walks import PLACES, Step, finished, query, steps

LOAD = 4_000  # pages that a rate is taken over
SOME, MANY = 20_000, 200_000  # random pages after which memory is looked at
PEERS = "tests.bench.peers"


def load_figures() -> Iterator[Figure]:
    walks = map(_asked, steps())
    with server() as (port, pid, seconds):
        yield Figure("start-up until the first page", seconds, "s", "≤ 2")
        yield from _first_pages(port)
        begun = [Asked(f"/{id}/ask?region={place}") for id in catalogue().ids for place in PLACES]
        rate(port, [one for one in begun * 2 for _connection in range(CONNECTIONS)])  # so either worker has loaded all
        yield Figure("memory of a worker with all bundles loaded", loaded := memory(pid), "MB")
        rate(port, list(islice(walks, LOAD)))  # so that what is kept is there
        ours = rate(port, list(islice(walks, LOAD)))
        yield from _rate("question pages of random walks", ours)
        same = rate(port, [Asked("/newborn/ask?region=513301&birth_place=hospital")] * LOAD)
        yield from _rate("one question page", same)
        for number in (SOME, MANY):
            for _chunk in range((number - LOAD) // LOAD if number == SOME else (number - SOME) // LOAD):
                rate(port, list(islice(walks, LOAD)))
            more = memory(pid) - loaded
            yield Figure(f"memory that a worker gained after {number:,} random pages", more, "MB", "≤ 60")
        yield from _beside_papers(port, list(islice(walks, LOAD)))
        yield Figure("memory of a worker after papers", memory(pid), "MB")
    with server(PEERS, first="/page", DJANGO_SETTINGS_MODULE="") as (port, _pid, _seconds):
        rate(port, [Asked("/page")] * 500)
        page = rate(port, [Asked("/page")] * LOAD)
        form = rate(port, [Asked("/form")] * LOAD)
        step = rate(port, [Asked("/wizard", body=STEP_BODY)] * (LOAD // 2))
    yield from _rate("peer: a bare Django page with four radios", page)
    yield from _rate("peer: the same as a form of Django's", form)
    yield from _rate("peer: a step of django-formtools' wizard", step)
    yield Figure("random walks to the bare page", ours.a_second / page.a_second, "", "≥ 0.9")
    yield Figure("random walks to the form of Django's", ours.a_second / form.a_second, "")
    yield Figure("random walks to the wizard's step", ours.a_second / step.a_second, "", "≥ 1")


def _asked(step: Step) -> Asked:
    return Asked(quote(step.address, safe="/?&=%"), "HX-Request: true\r\n" if step.htmx else "")


def _rate(name: str, measured: Rate) -> Iterator[Figure]:
    yield Figure(name, measured.a_second, "a second")
    yield Figure(f"{name}, p50", measured.p50, "ms")
    yield Figure(f"{name}, p99", measured.p99, "ms")


def _first_pages(port: int) -> Iterator[Figure]:
    """Of each bundle in a place with rules of its own, asked for by the first visitor after a start."""
    times = sorted(time for id in catalogue().ids for time in fetch(port, [Asked(f"/{id}/ask?region={PLACES[1]}")]))
    yield Figure("first page of a bundle after a start, median", times[len(times) // 2], "ms")
    yield Figure("first page of a bundle after a start, at worst", times[-1], "ms")


def _beside_papers(port: int, walks: list[Asked]) -> Iterator[Figure]:
    """Question pages while one client asks for papers as fast as it can."""
    papers = [Asked(f"/{id}/notice.pdf?{query(finished(id), PLACES[0])}") for id in catalogue().ids]
    with ThreadPoolExecutor(1) as pool:
        printing = pool.submit(fetch, port, papers * 3)
        slowest = 0.0
        while not printing.done():
            slowest = max(slowest, rate(port, walks[:1000]).p99)
    yield Figure("question pages beside a client that prints, p99", slowest, "ms", "≤ 50")
