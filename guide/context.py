"""What every page needs: its frame, the look, and the links at the top, which keep the reader where they are."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.utils import translation

from guide.kiosk import IDLE, WARNING, in_kiosk
from guide.languages import address_in, tag_of
from guide.showing import wants_both


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language of the site, with the address of this page in it. `tag` is its BCP 47 tag: zh-Hans."""

    tag: str
    name: str
    address: str
    current: bool


def page(request: HttpRequest) -> dict[str, Any]:
    """A whole page, or only its changing part where htmx asks; the same view and context give both."""
    current = translation.get_language() or settings.LANGUAGE_CODE
    return {
        "base": "fragment.html" if getattr(request, "htmx", False) else "base.html",
        "kiosk": in_kiosk(request),
        "kiosk_idle": IDLE,
        "kiosk_warning": WARNING,
        "large": request.COOKIES.get("look") == "large",
        "here": request.get_full_path(),
        "language_tag": tag_of(current),
        "translated": current != settings.LANGUAGE_CODE,
        "both": wants_both(request),
        "own_style": style_of(current),
        "languages": [
            Tongue(tag_of(code), name, address_in(request.get_full_path(), code), code == current)
            for code, name in settings.LANGUAGES
        ],
    }


@cache
def style_of(language: str) -> str:
    """The static file that says how the language is set; nothing where it needs no rules of its own."""
    name = f"languages/{language}.css"
    return name if finders.find(name) else ""
