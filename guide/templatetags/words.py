"""The catalogue's words on a page."""

from collections.abc import Iterable
from datetime import date

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from bundles.dictionary import Region
from bundles.model import Bundle
from guide.asking.phrases import ASKING
from guide.form.phrases import FORM
from guide.language import languages, pairs, wording
from guide.notice.phrases import NOTICE

register = template.Library()
PHRASES = wording.SAYING | ASKING | NOTICE | FORM


@register.simple_tag
def phrase(name: str, **values: object) -> SafeString:
    """What a room's table of phrases says by that name, with values for its `%(name)s`. Raises KeyError for others."""
    safe = {key: conditional_escape(str(value)) for key, value in values.items()}
    said = conditional_escape(PHRASES[name])
    return mark_safe(said % safe if safe else said)  # noqa: S308  # escaped, all of it


@register.filter
def say(text: str) -> str:
    """A text of the catalogue in the reader's language."""
    return languages.say(text)


@register.filter
def together(texts: Iterable[object]) -> str:
    """Several texts in one line."""
    return wording.together(texts)


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
