"""The language of a page is the language of its address."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils.translation import get_language

from guide.language.languages import language_of_the_address


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(get_language())


@pytest.mark.parametrize(
    ("path", "language"),
    [("/", "zh-hans"), ("/newborn/", "zh-hans"), ("/bo/newborn/", "bo"), ("/bo", "bo"), ("/bohemia/", "zh-hans")],
)
def test_the_first_part_of_the_address_says_it(path: str, language: str) -> None:
    response = language_of_the_address(page)(RequestFactory().get(path))
    assert response.content.decode() == language
    assert response["Content-Language"] == language


def test_neither_cookie_nor_header_change_it() -> None:
    request = RequestFactory().get("/", headers={"accept-language": "bo", "cookie": "django_language=bo"})
    response = language_of_the_address(page)(request)
    assert response.content.decode() == "zh-hans"
    assert "Vary" not in response
