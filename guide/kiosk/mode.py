"""Kiosk mode, for the terminal in a hall: nothing leads outside, nothing is kept, and big targets.

A member of staff turns it on for a browser; a cookie says so, and of which region the hall is.
"""

import re

from csp.constants import SELF
from django.http import HttpRequest, HttpResponse

from bundles.loading import catalogue
from guide.web.cookies import KIOSK, in_kiosk
from guide.web.requests import Respond

IDLE = 90  # seconds without a touch, after which everything is wiped
WARNING = 20  # seconds before that, in which one can say "I'm still here"
FORGOTTEN = ("look", "both", "draft", "applicant", "aside")
_LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_LEADS_OUT = re.compile(r"(?![/?#])")
_SAVES = re.compile(r"[^?#]*(\.(ics|zip|json|po|csv)|/offline\.html)([?#]|\Z)")


def kiosk_region(request: HttpRequest) -> str:
    """The code of the region in which the terminal stands; empty where nobody said so."""
    code = request.COOKIES.get(KIOSK, "")
    return code if code in catalogue().regions else ""


def kiosk_mode(respond: Respond) -> Respond:
    """Middleware: what a terminal gets keeps nothing behind, and leads nowhere else."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        if not in_kiosk(request):
            return response
        response.headers["Cache-Control"] = "no-store"
        kind = response.headers.get("Content-Type", "")
        if kind.startswith("text/html") and not response.streaming:
            response.content = _LINK.sub(_kept_inside, response.content.decode(response.charset))
        if kind == "application/pdf":  # printed from a frame, so that nobody leaves the page
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
            vars(response)["_csp_update"] = {"frame-ancestors": [SELF]}  # read by django-csp
        if "HX-Push-Url" in response.headers:
            response.headers["HX-Replace-Url"] = response.headers["HX-Push-Url"]
            del response.headers["HX-Push-Url"]
        return response

    return answer


def _kept_inside(link: "re.Match[str]") -> str:
    """The words alone of a link that leads to another host or rings; nothing of one that saves a file."""
    address, words = link[1], link[2]
    if _SAVES.match(address):
        return ""
    return f"<span>{words}</span>" if _LEADS_OUT.match(address) else link[0]
