"""The frame of a page, kept without its reader: what differs from one to the next goes into holes."""

from collections.abc import Callable, Mapping
from functools import partial
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils.safestring import SafeString

from guide.language.languages import address_in
from guide.language.pages import BOTH
from guide.language.pieces import Piece, Voice, hole, piece, rendered
from guide.web.cookies import KIOSK, in_kiosk


def framed(
    request: HttpRequest,
    voice: Voice,
    template: str,
    key: tuple[object, ...],
    context: Callable[[], Mapping[str, object]],
    **filling: str,
) -> SafeString:
    """A whole page, or its changing part for htmx. `key` names all that is in `context`; what is kept never
    saw `filling`.
    """
    look = (request.COOKIES.get("look") == "large", in_kiosk(request), bool(getattr(request, "htmx", False)))
    frame = piece(
        template,
        (*key, look),
        voice,
        lambda: {**context(), **{name: hole(name) for name in ("here", *filling)}},
        partial(_nobodys_request, voice, *look),
    )
    here = request.get_full_path()
    path = address_in(here, settings.LANGUAGE_CODE).removeprefix(get_script_prefix())
    return frame.fill(here=quote(here, safe=""), path=path, **filling)


def once(
    request: HttpRequest, voice: Voice, template: str, context: Mapping[str, object], **filling: str
) -> SafeString:
    """The same for once, with all that the request says."""
    holes = {name: hole(name) for name in filling}
    return Piece(rendered(template, voice, {**context, **holes}, request)).fill(**filling)


def _nobodys_request(voice: Voice, large: bool, kiosk: bool, htmx: bool) -> HttpRequest:
    """A request for a page that looks like this, and says nothing else of who asks."""
    request = HttpRequest()
    request.path = address_in(f"/{hole('path')}", voice.language)
    request.COOKIES = {BOTH: str(int(voice.both))}
    if large:
        request.COOKIES["look"] = "large"
    if kiosk:
        request.COOKIES[KIOSK] = ""
    request.htmx = htmx  # type: ignore[attr-defined]  # as django-htmx sets it
    return request
