"""Case codes: typed in anywhere they restore the walk; a wrong one says which part can't be right."""

import re
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from bundles.results.case_codes import ALPHABET, plain
from tests.guide.cast import MOTHER, at, page_of


@pytest.fixture(autouse=True)
def in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_args: date(2026, 11, 22))


NOTICE = at("newborn", "notice", MOTHER | {"birth_date": "2026-11-12"})


@pytest.fixture
def code(client: Client) -> str:
    told = client.get(NOTICE.replace("/newborn/notice", "/api/newborn/walk")).json()
    return str(told["code"])


def test_a_code_opens_the_notice_it_came_from(client: Client, code: str) -> None:
    opened = client.get(f"/c/{code}", follow=True)
    assert page_of(opened).words == page_of(client.get(NOTICE)).words


@pytest.mark.parametrize("spoil", [str.lower, plain, lambda code: f" {code.replace('0', 'O').replace('1', 'l')} "])
def test_a_code_may_be_written_in_any_way(client: Client, code: str, spoil: object) -> None:
    assert callable(spoil)
    response = client.get("/c/", {"code": spoil(code)}, follow=True)
    assert response.status_code == 200
    assert "一次性告知书" in page_of(response).text


def test_a_wrong_character_is_found_in_its_group(client: Client, code: str) -> None:
    for place in range(0, len(code), 5):
        wrong = ALPHABET[(ALPHABET.index(code[place]) + 7) % 32]
        response = client.get(f"/c/{code[:place]}{wrong}{code[place + 1 :]}")
        assert response.status_code == 404
        assert f"第 {place // 5 + 1} 组" in page_of(response).text


def test_a_code_that_is_half_typed_says_so_and_how_long_it_should_be(client: Client, code: str) -> None:
    whole = plain(code)
    for count in range(1, len(whole) // 2):
        text = page_of(client.get(f"/c/{whole[:count]}", follow=True)).text
        found = re.search(r"写了 (\d+) 个字，至少要有 (\d+) 个字", text)
        assert found, (count, text)
        said, least = map(int, found.groups())
        assert said == count < least <= len(whole)


@pytest.mark.parametrize("typed", ["0", "UUUU-UUUU-UUUU", "0000-0000-0000-0000", "Z" * 3000, "%00", "办事码", "'\"<>"])
def test_nonsense_is_refused_in_words(client: Client, typed: str) -> None:
    response = client.get("/c/", {"code": typed}, follow=True)
    assert response.status_code in (200, 404)
    page = page_of(response)
    assert "code" in page.inputs
    assert response.status_code == 200 or "打不开" in page.text


def test_a_code_holds_no_personal_data_and_is_short_enough_to_type(code: str) -> None:
    assert len(plain(code)) <= 32
