"""The catalogue's words on a page, and in which language they stand there."""

import re
from datetime import date

from django import template
from django.conf import settings
from django.utils import translation
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from bundles.model import Bundle, Region
from guide import languages, wording
from guide.context import tag_of

register = template.Library()

HAN = re.compile("[\u3400-\u9fff\U00020000-\U000323af]")
TIBETAN = re.compile("[\u0f00-\u0fff]")


@register.filter
def say(text: str) -> str:
    """A text of the catalogue in the reader's language."""
    return languages.say(text)


@register.filter
def marked(text: str) -> SafeString:
    """A text marked as Chinese where it stands untranslated on a page of another language."""
    if translation.get_language() == settings.LANGUAGE_CODE or not HAN.search(text) or TIBETAN.search(text):
        return conditional_escape(text)
    return format_html('<span lang="{}">{}</span>', tag_of(settings.LANGUAGE_CODE), text)


@register.filter
def together(texts: list[str]) -> SafeString:
    """Several texts in one line, each marked by itself."""
    return format_html_join(gettext("、"), "{}", ((marked(text),) for text in texts))


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
    names = [languages.say(step.name) for step in wording.lineage(region)]
    return " ".join(names[1:] or names)
