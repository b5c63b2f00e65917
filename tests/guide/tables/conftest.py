"""A bundle with a table of people in the catalogue, and those who fill it in."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from bundles.loading import CATALOGUE, Catalogue, catalogue
from guide.cases.bundles import readable
from guide.web.rules import rules_of
from tests.guide.test_browser import CHROMIUM, QUIET

HERE = Path(__file__).parent
KEPT = (catalogue, readable, rules_of)


@pytest.fixture(scope="module", autouse=True)
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    """The catalogue with `family-help` in it; no bundle of ours has a table yet."""
    folder = tmp_path_factory.mktemp("catalogue")
    shutil.copytree(CATALOGUE, folder, dirs_exist_ok=True)
    (folder / "family-help").mkdir()
    shutil.copy(HERE / "family-help.yaml", folder / "family-help" / "bundle.yaml")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Catalogue.__init__, "__defaults__", (folder,))
        for kept in KEPT:
            kept.cache_clear()
        yield catalogue()
    for kept in KEPT:
        kept.cache_clear()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def the_day(in_november: object) -> None:
    """The day of the scenarios."""
