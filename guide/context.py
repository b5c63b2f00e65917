"""What every page needs: its frame, the look, and the links at the top, which keep the reader where they are."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils import translation

from guide.kiosk.mode import IDLE, WARNING
from guide.language.languages import address_in, style_of, tag_of
from guide.language.pages import wants_both
from guide.web.cookies import in_kiosk


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
        "root": get_script_prefix(),
        "run_by": settings.OPERATOR_NAME,
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
