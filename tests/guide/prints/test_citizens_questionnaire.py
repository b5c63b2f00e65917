"""The questionnaire for citizens on paper: two pages, plain sentences, and everything on it."""

import re
from functools import cache

import pytest
from django.test import Client
from django.utils import timezone, translation

from bundles.loading import catalogue
from guide.papers import words_now
from guide.papers.questionnaire import CitizensQuestionnaire, citizens_pdf
from guide.prints.citizens_questionnaire import citizens_questionnaire_of
from tests.bundles.paper.citizens import MARKED
from tests.bundles.support import TODAY
from tests.guide.cast import page_of
from tests.guide.papers.papers_fit import faults_of, said_in
from tests.guide.papers.test_papers import languages_of, passes_the_check
from tests.guide.prints.test_blank_questionnaire import sizes_of, squeezed
from tests.guide.tibetan_texts import texts_of

MOST_PAGES = 2
PLACE = "513301"
LETTERED = re.compile(r"\d[A-Z]|[甲乙丙丁]|（.*勾")


def paper(id: str, region: str = PLACE, large: bool = False) -> CitizensQuestionnaire:
    books = catalogue()
    found = citizens_questionnaire_of(books.bundle(id, region), books.region(region), TODAY, f"https://x/{id}/", large)
    assert found
    return found


@cache
def printed(id: str, region: str = PLACE, language: str = "zh-hans", large: bool = False) -> bytes:
    with translation.override(language):
        return citizens_pdf(paper(id, region, large), words_now())


@pytest.mark.parametrize("id", MARKED)
def test_it_is_accessible_and_has_two_pages_at_most_in_every_region(id: str) -> None:
    assert passes_the_check(printed(id))
    for region in ("510000", "510100", PLACE):
        assert not faults_of(printed(id, region), pages=MOST_PAGES)


@pytest.mark.parametrize("id", MARKED)
def test_its_text_has_twelve_points_and_what_explains_it_eleven(id: str) -> None:
    assert {11.0, 12.0} <= sizes_of(printed(id))
    assert min(sizes_of(printed(id))) >= 11


@pytest.mark.parametrize("id", MARKED)
def test_it_says_everything_in_sentences_without_marks(id: str) -> None:
    text = said_in(printed(id))
    found = paper(id)
    texts = texts_of(found)
    unprinted = {found.head.language, found.head.link}
    assert [said for said in texts if said not in unprinted and squeezed(said) not in text] == []
    conditions = [said for said in texts if "如果" in said]
    assert conditions
    assert not [said for said in conditions if LETTERED.search(said)]


@pytest.mark.parametrize("id", MARKED)
def test_somebody_who_finds_no_box_is_sent_to_the_counter(id: str) -> None:
    ends = [tick for asked in paper(id).asked for row in asked.rows for tick in row if tick.then == "请到窗口"]
    assert ends
    assert all("说不准" in tick.label for tick in ends)


@pytest.mark.parametrize("large", [False, True])
def test_a_paper_in_two_languages_is_accessible(large: bool) -> None:
    pdf = printed("newborn", PLACE, "bo", large)
    assert passes_the_check(pdf)
    assert "bo" in languages_of(pdf)
    if large:
        assert min(sizes_of(pdf)) >= 18


@pytest.fixture(autouse=True)
def in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_args: TODAY)


def test_the_pages_offer_it_before_the_one_for_staff(client: Client) -> None:
    client.cookies["region"] = PLACE
    for page in ("/newborn/", "/prints"):
        links = page_of(client.get(page)).links
        plain, exact = "/newborn/paper-plain.pdf?region=513301", "/newborn/paper.pdf?region=513301"
        assert links.index(plain) < links.index(exact)
    response = client.get(plain)
    assert response["Content-Type"] == "application/pdf"
    assert "康定市" in said_in(response.content)


def test_a_bundle_without_one_says_nothing_of_it(client: Client) -> None:
    assert "land-preexam" not in MARKED
    assert not [link for link in page_of(client.get("/land-preexam/")).links if "paper-plain" in link]
    assert client.get("/land-preexam/paper-plain.pdf").status_code == 404
