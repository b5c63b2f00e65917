"""A bundle whose files are broken: the others are served, and its own pages say what is the matter."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from bundles.loading import CATALOGUE, Catalogue
from guide.cases.bundles import readable
from tests.guide.cast import page_of

pytestmark = pytest.mark.django_db
MODULES = ("cases.bundles", "cases.case", "cases.onward", "cases.codes", "editors.views", "web.pasted", "asking.home")


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the catalogue in which one bundle can't be read; its folder."""
    shutil.copytree(CATALOGUE, tmp_path, dirs_exist_ok=True)
    (tmp_path / "land-preexam" / "bundle.yaml").write_bytes(b"\xff")
    (tmp_path / "newborn" / "scenarios.yaml").write_text("- [", encoding="utf-8")
    books = Catalogue(tmp_path)
    for module in MODULES:
        monkeypatch.setattr(f"guide.{module}.catalogue", lambda: books)
    readable.cache_clear()
    yield tmp_path
    readable.cache_clear()


@pytest.mark.usefixtures("broken")
def test_the_other_bundles_are_served(client: Client) -> None:
    home = page_of(client.get("/"))
    assert "/newborn/" in home.links
    assert "/land-preexam/" not in home.links
    assert client.get("/newborn/ask").status_code == 200
    assert client.get("/river-outfall/").status_code == 200


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize("page", ["", "ask", "notice", "map", "rules", "scenarios", "differences", "unconfirmed"])
def test_a_broken_bundle_says_so_in_words(client: Client, page: str) -> None:
    response = client.get(f"/land-preexam/{page}")
    assert response.status_code == 404
    assert "正在修改" in response.content.decode()


@pytest.mark.usefixtures("broken")
def test_broken_cases_are_named_on_their_page_and_leave_the_rules_alone(client: Client) -> None:
    page = page_of(client.get("/newborn/scenarios"))
    assert "scenarios.yaml:2: L01" in page.text
    assert client.get("/newborn/rules").status_code == 200
