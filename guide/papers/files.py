"""A paper as it is sent, and what it says of itself."""

from datetime import date, datetime, time

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone, translation

from bundles.dictionary import Region
from guide.language.languages import say
from guide.language.wording import day_words
from guide.papers.contents import Head


def dated_head(title: str, region: Region, today: date, rules: str, link: str, code: str = "") -> Head:
    """What a paper says of itself. It is dated by the day whose rules it tells, so the same walk gives the same paper.

    `link` is the address that its QR code opens; `code` the case code, where it has one.
    """
    made = datetime.combine(today, time(12), tzinfo=timezone.get_default_timezone())
    language = translation.get_language() or settings.LANGUAGE_CODE
    return Head(title, say(region.name), day_words(today), rules, code, link, made, language)


def pdf_response(pdf: bytes, name: str) -> HttpResponse:
    """A PDF that opens in the browser; `name` is what it is saved as, without `.pdf`."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
