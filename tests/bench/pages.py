"""What a page or a paper costs: milliseconds of CPU through the whole stack of middleware, in this process."""

import io
import logging
import sys
from collections.abc import Iterable, Iterator
from functools import cache, partial
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.test import Client
from weasyprint import HTML, URLFetcher

from bundles.loading import catalogue
from config.wsgi import application
from guide.offline import page as offline
from guide.papers import hall_sheets
from guide.prints import views
from tests.bench.figures import Figure, cpu_of, milliseconds, spread
from tests.bench.walks import PLACES, Step, finished, notices, query, steps

WARM = 5_000  # pages that were asked for before
PAGES = 5_000
ROUNDS = 3


def get(address: str, htmx: bool = False, cookie: str = "") -> bytes:
    """The answer to a request. Raises SystemExit where it isn't a page."""
    path, _mark, parameters = address.partition("?")
    asked = {
        "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": parameters,
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "localhost",
        "REMOTE_ADDR": "127.0.0.1", "HTTP_COOKIE": cookie, "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http", "wsgi.version": (1, 0), "wsgi.multithread": True, "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }  # fmt: skip
    told: list[str] = []
    response = application(
        asked | ({"HTTP_HX_REQUEST": "true"} if htmx else {}), lambda status, _headers: told.append(status)
    )
    body = b"".join(response)
    response.close()
    if not told[0].startswith("200"):
        raise SystemExit(f"{address} came with {told[0]}")
    return body


def page_figures() -> Iterator[Figure]:
    yield from spread("question page of random walks", _costs(steps(), WARM, PAGES), ("≤ 1.0", "", "≤ 4"))
    yield Figure(
        "question page without a walk", _median(Step(f"/{id}/ask", htmx=False) for id in catalogue().ids), "ms"
    )
    yield from spread("notice page of random walks", _costs(notices(), WARM // 3, PAGES // 5), ("≤ 6", "", ""))
    known = (Step(address, htmx=False) for address in _notices("notice"))
    yield Figure("notice page that isn't new", _median(known), "ms", "≤ 6")
    yield Figure("form page", _median_of_forms(), "ms")
    yield Figure("home page", milliseconds(partial(get, "/"), 50), "ms")
    yield Figure(
        "search on the home page", milliseconds(partial(get, "/?find=孩子上户口".encode().decode("latin-1")), 50), "ms"
    )


def _costs(asked: Iterator[Step], warm: int, pages: int) -> list[float]:
    """The milliseconds of CPU of so many pages, after as many were asked for as make it warm."""
    for step in islice(asked, warm):
        get(*step)
    return [cpu_of(partial(get, *step)) for step in islice(asked, pages)]


def _median(asked: Iterable[Step]) -> float:
    """Of what each costs when it isn't new."""
    costs = sorted(milliseconds(partial(get, *step), 9) for step in asked)
    return costs[len(costs) // 2]


@cache
def _notices(page: str, prefix: str = "", more: str = "") -> tuple[str, ...]:
    walks = {id: finished(id) for id in catalogue().ids}
    return tuple(f"{prefix}/{id}/{page}?{query(walk, PLACES[0])}{more}" for id, walk in walks.items())


def _median_of_forms() -> float:
    client = Client(headers={"host": "localhost"})
    costs = []
    for address in _notices("form"):
        client.cookies.clear()
        client.post(address, {"action": "agree", "sensitive": "1"})
        cookie = "; ".join(f"{name}={held.value}" for name, held in client.cookies.items())
        costs.append(milliseconds(partial(get, address, cookie=cookie), 9))
    return sorted(costs)[len(costs) // 2]


PAPERS = {
    "notice PDF": ("notice.pdf", "", "", "≤ 60 in the median, ≤ 120 at worst"),
    "notice PDF in Tibetan": ("notice.pdf", "/bo", "", "≤ 200"),
    "notice PDF in Tibetan, large": ("notice.pdf", "/bo", "&large=1", ""),
    "form PDF, blank": ("form.pdf", "", "&blank=1", ""),
    "form PDF in Tibetan, blank": ("form.pdf", "/bo", "&blank=1", ""),
    "questionnaire on paper": ("paper.pdf", "", "", ""),
    "questionnaire on paper in Tibetan, large": ("paper.pdf", "/bo", "&large=1", ""),
    "poster": ("poster.pdf", "", "", ""),
    "questionnaire on paper in Tibetan": ("paper.pdf", "/bo", "", ""),
    "offline file in Tibetan": ("offline.html", "/bo", "", ""),
}


def paper_figures() -> Iterator[Figure]:
    """Median and worst over all bundles, each made anew: what was kept of one is gone before its next turn."""
    for name, (page, prefix, more, aim) in PAPERS.items():
        addresses = _notices(page, prefix, more)
        rounds = [[_made_anew(address) for address in addresses] for _round in range(ROUNDS)]
        costs = sorted(map(min, zip(*rounds, strict=True)))
        yield Figure(f"{name}, median over all bundles", costs[len(costs) // 2], "ms", aim)
        yield Figure(f"{name}, at worst", costs[-1], "ms")
    four = "&".join(f"bundle={id}" for id in catalogue().ids[:4])
    yield Figure("booklet of four bundles", _made_anew(f"/booklet.pdf?{four}"), "ms")
    yield Figure("booklet of four bundles in Tibetan", _made_anew(f"/bo/booklet.pdf?{four}"), "ms")
    yield Figure("kit of all bundles", cpu_of(partial(get, "/offline.zip")), "ms")


def _made_anew(address: str) -> float:
    for kept in (views._questionnaire, hall_sheets._booklet, offline._compiled):
        kept.cache_clear()
    return cpu_of(partial(get, address))


class _OurFiles(URLFetcher):  # type: ignore[misc]  # without types
    """Reads static files from the folder they are collected in, and asks nobody else for anything."""

    def fetch(self, url: str, headers: object = None) -> object:
        name = url.partition("/static/")[2]
        return super().fetch((Path(settings.STATIC_ROOT) / name).as_uri(), headers)


def weasy_figures() -> Iterator[Figure]:
    """The same notices by WeasyPrint, from the notice's page."""
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # styles that it doesn't know
    costs = sorted(cpu_of(partial(_by_weasyprint, get(address).decode())) for address in _notices("notice"))
    yield Figure("notice page as PDF by WeasyPrint, median", costs[len(costs) // 2], "ms")
    yield Figure("notice page as PDF by WeasyPrint, at worst", costs[-1], "ms")


def _by_weasyprint(page: str) -> object:
    return HTML(string=page, url_fetcher=_OurFiles(), base_url="http://localhost/").write_pdf()
