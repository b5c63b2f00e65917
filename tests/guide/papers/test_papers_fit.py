"""The papers of every bundle fit their paper; all of them: `python -m tests.guide.papers.papers_fit`."""

from datetime import date
from typing import Any

import page
import pytest
from django.test import Client
from django.urls import reverse

from bundles.loading import catalogue
from guide.asking.finding import by_theme
from guide.cases.bundles import all_bundles
from guide.notice.paper import notice_paper_of
from guide.papers import list_pdf, notice_pdf, poster_pdf
from guide.prints.posters_and_booklet import head_of, poster_of
from tests.bundles.support import dice, fresh_seed
from tests.factories import HallFactory, UserFactory, WindowFactory
from tests.guide.cast import MOTHER, at, page_of
from tests.guide.papers.papers_fit import (
    LARGE,
    Word,
    faults_of,
    prints_of,
    richest_telling,
    said_in,
    sheets_of,
    sizes_of,
)

TODAY = date(2026, 11, 25)
pytestmark = pytest.mark.django_db


def is_accessible(pdf: bytes) -> bool:
    return page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1).is_compliant


def test_all_papers_of_a_bundle_drawn_at_random_fit() -> None:
    chance = dice(fresh_seed("put {} here"))
    id, language = chance.choice(catalogue().ids), chance.choice(("zh-hans", "bo"))
    for name, pdf, texts, least, pages in prints_of(id, language, TODAY):
        assert not faults_of(pdf, texts, least, pages), (id, language, name)


def test_a_normal_notice_is_smaller_than_large_print() -> None:
    paper = notice_paper_of(richest_telling("newborn"), "https://guide.example/")
    assert min(size for size, _text in sizes_of(notice_pdf(paper))) < LARGE


def test_words_over_each_other_are_seen() -> None:
    word = Word("甲", 10, 10, 30, 20)
    assert word.lies_on(Word("乙", 12, 11, 32, 21))
    assert not word.lies_on(Word("乙", 30, 10, 50, 20))
    assert not word.lies_on(Word("乙", 10, 20, 30, 30))


def test_what_is_missing_cut_or_too_long_is_seen() -> None:
    pdf = list_pdf(notice_paper_of(richest_telling("newborn"), "https://guide.example/", large=True))
    assert not faults_of(pdf, ["材料清单"], pages=1)
    assert faults_of(pdf, ["没有印的字"]) == ["missing: 没有印的字"]
    assert faults_of(pdf, least=100)


def pdf_at(client: Client, page: str, parameters: dict[str, Any]) -> bytes:
    response = client.get(at("newborn", page, parameters))
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    return bytes(response.content)


@pytest.mark.parametrize("page", ["notice.pdf", "form.pdf"])
def test_papers_are_in_large_print_for_who_reads_large_text(client: Client, page: str) -> None:
    born = MOTHER | {"birth_date": "2026-11-12"}

    def least(parameters: dict[str, Any]) -> float:
        return min(size for size, _text in sizes_of(pdf_at(client, page, parameters)))

    assert least(born) < LARGE
    assert least(born | {"large": "1"}) >= LARGE
    client.cookies["look"] = "large"
    assert least(born) >= LARGE
    assert least(born | {"large": "0"}) < LARGE


def test_the_list_says_each_material_and_the_code(client: Client) -> None:
    born = MOTHER | {"birth_date": "2026-11-12"}
    assert "材料清单" in said_in(pdf_at(client, "list.pdf", born))
    assert any("list.pdf" in link for link in page_of(client.get(at("newborn", "notice", born))).links)


def test_an_unfinished_walk_has_no_list(client: Client) -> None:
    assert client.get(at("newborn", "list.pdf", {"region": "513301"})).status_code == 302


@pytest.mark.parametrize("size", ["A4", "A3"])
def test_a_poster_has_the_size_asked_for(client: Client, size: str) -> None:
    pdf = pdf_at(client, "poster.pdf", {"region": "513301", "size": size})
    assert "12345" in said_in(pdf)
    assert is_accessible(pdf)


def test_another_size_is_refused(client: Client) -> None:
    assert client.get(at("newborn", "poster.pdf", {"size": "A5"})).status_code == 404


def test_a_booklet_holds_the_bundles_asked_for_in_their_order(client: Client) -> None:
    response = client.get(reverse("booklet"), {"bundle": ["veteran", "newborn"], "region": "513301"})
    said = said_in(response.content)
    titles = [catalogue().bundle(id).title for id in ("veteran", "newborn")]
    assert said.index(titles[0]) < said.index(titles[1])
    assert catalogue().bundle("retirement").title not in said
    assert client.get(reverse("booklet"), {"bundle": "nothing"}).status_code == 404


def test_a_whole_booklet_goes_as_the_home_page_does_and_begins_with_its_contents(client: Client) -> None:
    hall = WindowFactory.create(bundles=["veteran", "newborn", "retirement", "after-death"]).hall
    said = said_in(client.get(reverse("booklet"), {"hall": hall.pk}).content)
    at_home = [bundle.title for _id, _name, bundles in by_theme(all_bundles()) for bundle in bundles]
    titles = [title for title in at_home if title in said]
    assert len(titles) == 4
    contents = said[said.index("目录") :]
    assert sorted(titles, key=contents.index) == titles  # as they are listed
    assert sorted(titles, key=contents.rindex) == titles  # and as they follow


@pytest.mark.parametrize("id", catalogue().ids)
def test_a_poster_is_read_from_two_metres(id: str) -> None:
    """Nothing that matters is below 30 pt on A3; its QR code is 60 mm."""
    region, link = catalogue().region(None), "https://guide.example/"
    bundle = catalogue().bundle(id).on(TODAY)
    paper = poster_of(bundle, region, head_of(region, TODAY, link, bundle), "a3")
    pdf = poster_pdf(paper)
    assert not faults_of(pdf, ["差不多人人都要带" if paper.materials else "扫码", "12345"], pages=1)
    fine_print = 17  # what ※ means, the place, the rules' day
    assert not [text for size, text in sizes_of(pdf) if size < 30 and size != fine_print]


def test_a_poster_names_what_nearly_all_bring_and_nothing_that_is_printed_here() -> None:
    bundle, region = catalogue().bundle("retirement").on(TODAY), catalogue().region(None)
    paper = poster_of(bundle, region, head_of(region, TODAY, "", bundle), "a3")
    assert {"居民身份证", "居民户口簿"} <= set(paper.materials)  # asked for in every walk
    assert not [name for name in paper.materials if "申请表" in name]


def test_everything_listed_to_print_is_there(client: Client) -> None:
    links = [link for link in page_of(client.get(reverse("prints"))).links if "newborn" in link or "booklet" in link]
    assert len(links) >= 4
    for link in links:
        if "bundle=" in link or "newborn" in link:
            assert client.get(link).status_code == 200


def test_a_whole_booklet_is_printed_by_staff_and_a_halls_has_its_own_bundles(client: Client) -> None:
    hall = WindowFactory.create(bundles=["veteran", "newborn"]).hall
    assert "/staff/login" in client.get(reverse("booklet")).headers["Location"]
    own = said_in(client.get(reverse("booklet"), {"hall": hall.pk}).content)
    assert "退役军人服务一件事" in own
    assert "个人身后一件事" not in own
    client.force_login(UserFactory.create(role="clerk"))
    assert client.get(reverse("booklet"), {"bundle": catalogue().ids[:5]}).content.startswith(b"%PDF")


def test_poster_booklet_and_notice_name_the_halls_that_handle_the_bundle(client: Client) -> None:
    HallFactory.create(region__code="513301", name="康定大厅", address="测试路 7 号")
    asked = {"bundle": "newborn", "region": "513301"}
    notice = client.get(at("newborn", "notice.pdf", MOTHER | {"birth_date": "2026-11-20"})).content
    for pdf in (pdf_at(client, "poster.pdf", asked), client.get(reverse("booklet"), asked).content, notice):
        for text in ("康定大厅", "测试路7号"):
            assert text in said_in(pdf)


def test_the_list_says_originals_and_copies_of_every_material() -> None:
    """Who reads of a copy alone leaves the original at home."""
    paper = notice_paper_of(richest_telling("newborn"), "https://guide.example/", large=True)
    [(_width, _height, words)] = sheets_of(list_pdf(paper))
    asked = [*paper.materials, *paper.counter_materials]
    for head, counts in (
        ("原件", [material.originals for material in asked]),
        ("复印件", [material.copies for material in asked]),
    ):
        column = next(word for word in words if word.text == head)
        below = [word for word in words if word.top > column.top and column.left <= word.left < column.right]
        assert [int(word.text) for word in sorted(below, key=lambda word: word.top) if word.text.isdigit()] == [
            count for count in counts if count
        ]
