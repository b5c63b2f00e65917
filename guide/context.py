"""What every page needs: its frame, the look, and the links at the top, which keep the reader where they are."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import to_locale


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
        "large": request.COOKIES.get("look") == "large",
        "here": request.get_full_path(),
        "language_tag": tag_of(current),
        "languages": [
            Tongue(tag_of(code), name, _address(request, code), code == current) for code, name in settings.LANGUAGES
        ],
    }


def tag_of(code: str) -> str:
    """zh-hans -> zh-Hans."""
    return to_locale(code).replace("_", "-")


def _address(request: HttpRequest, code: str) -> str:
    """The same page in another language: Chinese has no prefix, the others have their code."""
    path = request.get_full_path()
    for other, _ in settings.LANGUAGES:
        if path.startswith(f"/{other}/"):
            path = path.removeprefix(f"/{other}")
    return path if code == settings.LANGUAGE_CODE else f"/{code}{path}"
