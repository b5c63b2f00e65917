"""The guide without a network: a bundle's page as one file, all of them as an archive, and what a phone installs."""

import json
from collections.abc import Iterable
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import get_script_prefix, reverse
from django.utils import translation
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from guide.cases.bundles import all_bundles, open_bundle
from guide.cases.case import region_of
from guide.language.languages import address_in, say, tag_of
from guide.language.pages import Shown
from guide.language.pairs import own
from guide.offline.page import STATIC, offline_kit, offline_page, release
from guide.web.gate import dear
from guide.web.headers import OURS
from guide.web.public import from_outside

ICON_SIZES = (192, 512)
JADE, PAPER = "#0a5c47", "#fbfaf6"
PATIENCE = 8  # seconds that a phone waits for the site where it has kept the page


def _chosen(request: HttpRequest) -> str | None:
    """The code of the region that the address or a cookie names."""
    known = region_of(request)
    return request.GET.get("region") or (known.code if known else None)


@require_safe
@dear
def page(request: HttpRequest, bundle: str) -> HttpResponse:
    """A bundle's offline page, in the language of the address. Raises Http404 for an unknown bundle or region."""
    site = from_outside(request)
    made = offline_page(bundle, _chosen(request), translation.get_language() or settings.LANGUAGE_CODE, site)
    response = Shown(made.html)
    vars(response)["_csp_replace"] = made.directives  # read by django-csp
    response.headers["Last-Modified"] = http_date()
    response.headers["Guide-Release"] = release()
    return response


@require_safe
@dear
def kit(request: HttpRequest) -> HttpResponse:
    """All bundles in all languages as an archive, made whole before any of it is sent."""
    _bundle, place = open_bundle(all_bundles()[0].id, _chosen(request))
    site = from_outside(request)
    response = HttpResponse(_zipped(offline_kit(place.code, site)), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="offline-{place.code}.zip"'
    return response


def _zipped(files: Iterable[tuple[str, str]]) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, text in files:
            archive.writestr(name, text)
    return made.getvalue()


@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """The service worker, with the release of the pages that it keeps, and what it says in each language."""
    guide = {
        "release": release(),
        "patience": PATIENCE * 1000,
        "mark": OURS,
        "languages": [_spoken(code) for code, _name in settings.LANGUAGES],
    }
    code = (STATIC / "offline" / "worker.js").read_text(encoding="utf-8")
    script = f"const GUIDE = {json.dumps(guide, ensure_ascii=False)};\n{code}"
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


def _spoken(language: str) -> dict[str, Any]:
    """What the worker says in a language, and what stands before its addresses: "", "/bo", under a path "/guide/bo"."""
    with translation.override(language):
        return {
            "prefix": address_in("/", language).rstrip("/"),
            "tag": tag_of(language),
            "titles": {bundle.id: own(say(bundle.title)) for bundle in all_bundles()},
            "brand": own(_("一次告知")),
            "kept": own(_("现在没有网，或者网站不通。下面这些存在这台机器里，没有网也能办：")),
            "nothing": own(_("现在没有网，或者网站不通。这台机器里还没有存下什么，请过一会儿再打开。")),
        }


@require_safe
def manifest(_request: HttpRequest) -> JsonResponse:
    """What a phone installs the guide as."""
    icons = [
        {"src": static(f"icons/{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"} for size in ICON_SIZES
    ]
    return JsonResponse(
        {
            "name": own(_("一次告知")),
            "short_name": own(_("一次告知")),
            "description": own(_("一件事一次办：要办哪几件、带什么材料、去哪里办，一次说清。")),
            "lang": tag_of(translation.get_language() or settings.LANGUAGE_CODE),
            "start_url": reverse("home"),
            "scope": get_script_prefix(),
            "display": "standalone",
            "theme_color": JADE,
            "background_color": PAPER,
            "icons": icons,
        },
        content_type="application/manifest+json",
    )
