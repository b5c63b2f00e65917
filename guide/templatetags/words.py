"""The catalogue's words on a page."""

from collections.abc import Iterable
from datetime import date

from django import template
from django.utils.translation import gettext

from bundles.model import Bundle, Region
from guide.language import languages, pairs, wording

register = template.Library()


@register.filter
def say(text: str) -> str:
    """A text of the catalogue in the reader's language."""
    return languages.say(text)


@register.filter
def together(texts: Iterable[object]) -> str:
    """Several texts in one line."""
    return gettext("、").join(map(str, texts))


@register.filter
def in_both(text: str) -> str:
    """A text that stands in both languages always, reviewed or not."""
    return pairs.in_both(text)


@register.filter
def day(value: date) -> str:
    """2026 年 12 月 10 日."""
    return wording.day_words(value)


@register.filter
def rules(bundle: Bundle) -> str:
    """Which rules of the bundle these are."""
    return wording.rules_words(bundle)


@register.filter
def grouped(number: int) -> str:
    """191,392,362,793."""
    return f"{number:,}"


@register.filter
def place(region: Region) -> str:
    """A region with the prefecture it belongs to; the province is named only by itself."""
    return wording.place_words(region)


@register.filter
def in_phrase(when: str, phrase: str) -> str:
    """A condition in words in its phrase, which has `{when}` for it."""
    return phrase.format(when=when)
