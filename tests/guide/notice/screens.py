"""How long notices are on a phone: `python -m tests.guide.notice.screens [bundle …]` prints it for all scenarios.

Counted in screens of 390 × 844 pixels, from the top of the page to the end of the papers that one finds oneself: the
verdict, the card, every place with its day and papers, the box for ※ lie within that. Also printed: of how many
notices the first screen doesn't hold the whole card.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from django.test import Client
from django.test.utils import setup_databases
from django.utils import timezone
from playwright.sync_api import Browser, Page, Route, sync_playwright

import config.wsgi  # noqa: F401  # sets Django up, before the site below is imported
from bundles.loading import catalogue
from bundles.proving.scenarios import Scenario
from bundles.walking.walks import Walk
from tests.guide.cast import at
from tests.guide.test_browser import CHROMIUM, QUIET
from tests.guide.test_every_bundle import as_sent, finished

WIDTH, HEIGHT = 390, 844
ENDS = """() => {
  const end = (one) => (one ? one.getBoundingClientRect().bottom + window.scrollY : 0);
  const visits = [...document.querySelectorAll(".visit, .does")].pop();
  return [end(document.querySelector(".bring section") || visits), end(document.querySelector(".first-words"))];
}"""


@dataclass(frozen=True, slots=True)
class Face:
    """How a notice is read."""

    name: str
    prefix: str
    look: str
    aim: float  # screens in the median


FACES = (
    Face("Chinese", "", "", 5.5),
    Face("large letters", "", "large", 8),
    Face("Tibetan with Chinese", "/bo", "", 9),
)


def answered(route: Route, client: Client) -> None:
    """The site's answer to what a page asks for."""
    parts = urlsplit(route.request.url)
    response = client.get(f"{parts.path}?{parts.query}" if parts.query else parts.path)
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    headers = {name: value for name, value in response.headers.items() if name != "Content-Security-Policy"}
    route.fulfill(status=response.status_code, headers=headers, body=body)


def measured(page: Page, client: Client, face: Face, id: str, scenario: Scenario, walk: Walk) -> tuple[float, bool]:
    """How many screens the notice takes, and whether the first holds the card."""
    client.cookies["look"] = face.look
    answers: dict[str, Any] = {"region": scenario.region or "510000", **as_sent(dict(walk.used))}
    page.goto(f"http://localhost{face.prefix}{at(id, 'notice', answers)}")
    end, card = page.evaluate(ENDS)
    return end / HEIGHT, card <= HEIGHT


def all_measured(browser: Browser, ids: list[str]) -> Iterator[tuple[Face, str, str, float, bool]]:
    """Each notice of the bundles' scenarios by the face that shows it."""
    client = Client(HTTP_HOST="localhost")
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    page.route("**/*", lambda route: answered(route, client))
    real = timezone.localdate
    for id in ids:
        for scenario, walk in finished(id):
            timezone.localdate = lambda *_args, day=scenario.today: day
            for face in FACES:
                yield face, id, scenario.id, *measured(page, client, face, id, scenario, walk)
    timezone.localdate = real


def main(ids: list[str]) -> None:
    setup_databases(verbosity=0, interactive=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        rows = list(all_measured(browser, ids or list(catalogue().ids)))
        browser.close()
    for face in FACES:
        mine = sorted((screens, id, name) for one, id, name, screens, _card in rows if one is face)
        cut = [f"{id} {name}" for one, id, name, _screens, card in rows if one is face and not card]
        screens, id, name = mine[-1]
        middle = median(one[0] for one in mine)
        sys.stdout.write(f"{face.name}: median {middle:.1f} [{face.aim}], worst {screens:.1f} ({id} {name})\n")
        sys.stdout.write(f"  card cut by the first screen: {len(cut)} of {len(mine)} {' · '.join(cut[:5])}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
